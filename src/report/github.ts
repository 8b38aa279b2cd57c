/**
 * Workflow commands, which GitHub shows as annotations on the lines of a pull
 * request: `::error file=…,line=…::message`. Lines and columns count from 1.
 * GitHub takes columns only for annotations of a single line.
 */
import type { Range, Severity, Statement } from "../base/statement";
import { type CheckedFile, type FailedFile, problemsOf } from "./checked";
import { describeCounterexample } from "./words";

const commands: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", information: "notice", hint: "notice" };

export function githubFile({ path, report }: CheckedFile): string {
  return [...report.statements.map((statement) => annotation(path, statement)), ...problemsOf(report).map(({ range, code, message }) => command("notice", placesOf(path, range, code), message))].join("");
}

export function githubFailure({ path, message }: FailedFile): string {
  return command("error", { file: path, title: "not checked" }, message);
}

function annotation(path: string, statement: Statement): string {
  const { severity, range, code, message } = statement;
  if (!severity) return "";
  return command(commands[severity], placesOf(path, range, code), [message ?? statement.verdict, ...details(statement)].join("\n"));
}

function placesOf(path: string, { start, end }: Range, code: string | null): Record<string, string> {
  return {
    file: path,
    line: `${start.line + 1}`,
    endLine: `${end.line + 1}`,
    ...(start.line === end.line ? { col: `${start.character + 1}`, endColumn: `${end.character + 1}` } : {}),
    title: code ? `gradcheck: ${code}` : "gradcheck",
  };
}

function details({ computed, counterexample, verdict }: Statement): string[] {
  if (verdict !== "refuted") return [];
  return [...(computed ? [`right: ${computed}`] : []), ...(counterexample ? [`counterexample: ${describeCounterexample(counterexample)}`] : [])];
}

function command(name: string, properties: Readonly<Record<string, string>>, message: string): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(value)}`);
  return `::${name} ${list.join(",")}::${escapeData(message)}\n`;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
