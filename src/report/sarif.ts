/**
 * SARIF 2.1.0, which code scanning reads: a result for each statement that has
 * a severity and each problem of the text, a rule for each code, the corrections as fixes. SARIF counts
 * lines and columns from 1; `columnKind` says that columns are UTF-16 units.
 */
import { hashString } from "../base/random";
import type { Fix, Range, Severity, Statement } from "../base/statement";
import { type CheckedFile, type FailedFile, type Outcome, problemsOf } from "./checked";
import { codes } from "./codes";
import { describeCounterexample } from "./words";

export interface SarifTool {
  readonly version: string;
  /** The Markdown page of a code. */
  readonly page: (code: string) => string | undefined;
}

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

const levels: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", information: "note", hint: "note" };

export function sarifReport({ files, failures }: Outcome, tool: SarifTool): Json {
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "gradcheck", version: tool.version, rules: codes.map(({ name, summary }) => rule(name, summary, tool.page(name))) } },
        columnKind: "utf16CodeUnits",
        artifacts: files.map(({ path }) => ({ location: { uri: uriOf(path) } })),
        invocations: [{ executionSuccessful: failures.length === 0, toolExecutionNotifications: failures.map(notification) }],
        results: files.flatMap(results),
      },
    ],
  };
}

function rule(id: string, summary: string, page: string | undefined): Json {
  return { id, shortDescription: { text: summary }, help: { text: page ?? summary, ...(page ? { markdown: page } : {}) } };
}

function notification({ path, message }: FailedFile): Json {
  return { level: "error", message: { text: message }, locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(path) } } }] };
}

function results({ path, report }: CheckedFile, index: number): Json[] {
  const identities = new Map<string, number>();
  const identify = (content: string): string => {
    const before = identities.get(content) ?? 0;
    identities.set(content, before + 1);
    return `${content}\n${before}`;
  };
  const statements = report.statements.flatMap((statement) => (statement.severity ? [result(path, index, statement, statement.severity, identify(`${statement.code}\n${statement.latex}`))] : []));
  const problems = problemsOf(report).map(({ code, message, range }) => ({ ...said(code, "information", message, identify(`${code}\n${message}`)), locations: [location(path, range, index)] }));
  return [...statements, ...problems];
}

/** The same slip keeps its identity when lines move; equal ones are told apart by their order. */
function said(code: string | null, severity: Severity, text: string, identity: string): { [key: string]: Json } {
  const rule = codes.findIndex(({ name }) => name === code);
  return {
    ...(code ? { ruleId: code } : {}),
    ...(rule >= 0 ? { ruleIndex: rule } : {}),
    level: levels[severity],
    message: { text },
    partialFingerprints: { "gradcheck/v1": hashString(identity).toString(16).padStart(8, "0") },
  };
}

function result(path: string, index: number, statement: Statement, severity: Severity, identity: string): Json {
  const { code, range, fix } = statement;
  const related = statement.related.filter(({ file }) => file === undefined);
  return {
    ...said(code, severity, messageOf(statement), identity),
    locations: [location(path, range, index)],
    ...(related.length ? { relatedLocations: related.map((other, id) => ({ id, ...location(path, other.range, index), message: { text: other.message } })) } : {}),
    ...(fix ? { fixes: [sarifFix(path, fix, index)] } : {}),
    properties: { verdict: statement.verdict, latex: statement.latex, computed: statement.computed, assumptions: statement.assumptions },
  };
}

function messageOf({ message, verdict, computed, counterexample }: Statement): string {
  const details = verdict === "refuted" ? [...(computed ? [`Right: ${computed}`] : []), ...(counterexample ? [`Counterexample: ${describeCounterexample(counterexample)}.`] : [])] : [];
  return [message ?? verdict, ...details].join("\n");
}

function location(path: string, range: Range, index: number): { [key: string]: Json } {
  return { physicalLocation: { artifactLocation: { uri: uriOf(path), index }, region: region(range) } };
}

function sarifFix(path: string, { title, edits }: Fix, index: number): Json {
  const replacements = edits.map(({ range, newText }) => ({ deletedRegion: region(range), insertedContent: { text: newText } }));
  return { description: { text: title }, artifactChanges: [{ artifactLocation: { uri: uriOf(path), index }, replacements }] };
}

function region({ start, end }: Range): Json {
  return { startLine: start.line + 1, startColumn: start.character + 1, endLine: end.line + 1, endColumn: end.character + 1 };
}

/** A relative path stays relative; `C:\\notes` and `/notes` become `file:` addresses. */
function uriOf(path: string): string {
  const slashed = path.replaceAll("\\", "/");
  const encoded = slashed.split("/").map(encodeURIComponent).join("/");
  if (slashed.startsWith("/")) return `file://${encoded}`;
  if (/^[A-Za-z]:\//.test(slashed)) return `file:///${slashed.slice(0, 2)}${encoded.slice(encoded.indexOf("/"))}`;
  return encoded;
}
