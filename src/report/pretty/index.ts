/**
 * Reports for people at a terminal. Pure: the width and the colours are given,
 * and the text is returned.
 */
import type { Problem, Statement } from "../../base/statement";
import { type CheckedFile, countVerdicts, problemsOf, type Outcome, statementsOf, verdicts } from "../checked";
import { plural, reasonWords, verdictNames } from "../words";
import { printable } from "./columns";
import { type Message, messageOf, printMessage, type Screen } from "./message";
import type { Role } from "./style";

export type { Screen } from "./message";
export { ansiPaint, type Paint, plainPaint } from "./style";

/** Everything that is to be said of one file, in the order of its lines; "" where that is nothing. */
export function prettyFile({ path, text, report }: CheckedFile, screen: Screen): string {
  const lines = linesOf(text);
  const messages = [...report.statements.flatMap((statement) => (statement.severity ? [messageOf(statement, statement.severity)] : [])), ...problemsOf(report).map(problemMessage)];
  return messages
    .sort((a, b) => a.place.start.line - b.place.start.line || a.place.start.character - b.place.start.character)
    .map((message) => `${printMessage(path, lines, message, screen)}\n`)
    .join("");
}

/** A line for each statement about which there is nothing more to say. */
export function prettyRest({ path, report }: CheckedFile, { paint }: Screen): string {
  const quiet = report.statements.filter(({ severity }) => !severity);
  const row = ({ verdict, reason, message, range, latex, computed }: Statement): string => {
    const why = verdict === "unchecked" ? `, ${message ?? (reason ? reasonWords[reason] : "no reason given")}${computed === null ? "" : `: ${computed}`}` : "";
    return `${paint(verdict === "verified" ? "good" : "faint", verdict.padEnd(10))} ${printable(path)}:${range.start.line + 1}:${range.start.character + 1}: ${shortened(latex)}${printable(why)}\n`;
  };
  return quiet.map(row).join("");
}

/** `checked 2 files: 3 wrong, 31 verified, 4 unchecked; 64 of 64 formulas read` */
export function prettySummary({ files, failures }: Outcome, { paint }: Screen): string {
  const statements = statementsOf(files);
  const counts = countVerdicts(statements);
  const total = files.reduce((sum, { report }) => sum + report.formulas.total, 0);
  const read = files.reduce((sum, { report }) => sum + report.formulas.read, 0);
  const parts = verdicts
    .filter((verdict) => verdict !== "refuted" && counts[verdict] > 0)
    .map((verdict) => paint(tones[verdict] ?? "faint", `${counts[verdict]} ${verdictNames[verdict][counts[verdict] === 1 ? 0 : 1]}`));
  const wrong = counts.refuted ? paint("error", `${counts.refuted} wrong`) : paint("good", "nothing wrong");
  const failed = failures.length ? `; ${paint("error", `${plural(failures.length, "file")} could not be checked`)}` : "";
  if (!files.length) return `nothing was checked${failed}\n`;
  const summary = `checked ${plural(files.length, "file")}: ${[wrong, ...parts].join(", ")}; ${read} of ${plural(total, "formula")} read${failed}\n`;
  return `${summary}${pointer(statements, files.flatMap(({ report }) => problemsOf(report)))}`;
}

const tones: Readonly<Partial<Record<Statement["verdict"], Role>>> = { verified: "good", conditional: "warning", convention: "information" };

export function linesOf(text: string): string[] {
  return text.split(/\r\n|\r|\n/);
}

function pointer(statements: readonly Statement[], problems: readonly Problem[]): string {
  const code = statements.find(({ severity, code: named }) => severity === "error" && named)?.code ?? statements.find(({ severity, code: named }) => severity && named)?.code ?? problems[0]?.code;
  return code ? `what a code means: gradcheck explain ${code}\n` : "";
}

function problemMessage({ range, message, code }: Problem): Message {
  return { role: "information", label: `info[${code}]`, text: message, place: range, marks: [{ range, label: "", primary: true }], notes: [], fix: null };
}

function shortened(latex: string): string {
  const line = printable(latex).replace(/ {2,}/g, " ").trim();
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
