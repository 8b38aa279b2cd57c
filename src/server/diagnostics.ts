/**
 * Statements as marks in the text. Only what is wrong, or right under a
 * condition, is a problem; slips of notation are hints unless the user wants
 * more of them. A message is one line, short enough to stand behind the code.
 */
import { DiagnosticSeverity } from "vscode-languageserver";
import type { Diagnostic, DiagnosticRelatedInformation } from "vscode-languageserver";
import type { DocumentReport, Related, Severity, Statement } from "../analysis/types";
import { oneLine } from "../base/one-line";
import type { SeveritySetting, SeveritySettings } from "../protocol/settings";
import type { Words } from "./words";

export interface DiagnosticContext {
  readonly uri: string;
  readonly severity: SeveritySettings;
  /** The page of a code, without the code's name; null where there is none. */
  readonly pages: string | null;
  readonly t: Words;
}

export const source = "gradcheck";
const longest = 199;

export function diagnosticsOf(report: DocumentReport, statements: readonly Statement[], context: DiagnosticContext): Diagnostic[] {
  const marks = statements.map((statement) => diagnosticOf(statement, context)).filter((mark) => mark !== null);
  const severity = severityFrom(context.severity.notation, "hint");
  if (severity === null) return marks;
  return [...marks, ...report.problems.map(({ range, message, code }) => mark(range, code === "syntax" ? severity : DiagnosticSeverity.Information, code, message, context))];
}

export function diagnosticOf(statement: Statement, context: DiagnosticContext): Diagnostic | null {
  const severity = severityOf(statement, context.severity);
  if (severity === null || statement.code === null) return null;
  const related = relatedOf(statement, context);
  return { ...mark(statement.range, severity, statement.code, statement.message ?? statement.code, context), ...(related.length > 0 ? { relatedInformation: related } : {}) };
}

function mark(range: Statement["range"], severity: DiagnosticSeverity, code: string, message: string, { pages }: DiagnosticContext): Diagnostic {
  return { range, severity, source, code, message: shortened(message), ...(pages === null ? {} : { codeDescription: { href: `${pages}${code}.md` } }) };
}

function severityOf(statement: Statement, settings: SeveritySettings): DiagnosticSeverity | null {
  switch (statement.verdict) {
    case "refuted":
      return severityFrom(settings.refuted, statement.severity ?? "error");
    case "conditional":
      return severityFrom(settings.conditional, statement.severity ?? "warning");
    case "convention":
      return severityFrom(settings.convention, statement.severity ?? "information");
    case "verified":
    case "definition":
    case "unchecked":
      return severityFrom(settings.notation, statement.severity ?? "hint");
  }
}

function severityFrom(setting: SeveritySetting, own: Severity): DiagnosticSeverity | null {
  switch (setting === "default" ? own : setting) {
    case "error":
      return DiagnosticSeverity.Error;
    case "warning":
      return DiagnosticSeverity.Warning;
    case "information":
      return DiagnosticSeverity.Information;
    case "hint":
      return DiagnosticSeverity.Hint;
    default:
      return null;
  }
}

/** The definitions it rests on, and the other wrong entries of a matrix. */
function relatedOf(statement: Statement, { uri, t }: DiagnosticContext): DiagnosticRelatedInformation[] {
  const entries: readonly Related[] = statement.entries.length > 1 ? statement.entries.map(({ range, row, column, computed }) => ({ range, message: t("row {0}, column {1} should be {2}", row, column, computed) })) : [];
  return [...entries, ...statement.related].map(({ range, message, file }) => ({ location: { uri: file ?? uri, range }, message: shortened(message) }));
}

function shortened(message: string): string {
  const line = oneLine(message);
  return line.length <= longest ? line : `${line.slice(0, longest - 1).trimEnd()}…`;
}
