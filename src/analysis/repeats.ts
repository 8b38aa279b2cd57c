/**
 * The same slip made twice: a refuted statement that says what an earlier one
 * said names the first, so that a reader corrects both for one reason. Over all
 * files of a document, in the order given.
 */
import type { DocumentReport, Statement } from "./types";

export interface ReportedFile {
  /** Null is the document itself. */
  readonly path: string | null;
  readonly report: DocumentReport;
}

interface Earlier {
  readonly path: string | null;
  readonly statement: Statement;
}

export function nameRepeats(files: readonly ReportedFile[]): DocumentReport[] {
  const first = new Map<string, Earlier>();
  return files.map(({ path, report }) => ({ ...report, statements: report.statements.map((statement) => named(statement, path, first)) }));
}

function named(statement: Statement, path: string | null, first: Map<string, Earlier>): Statement {
  if (statement.verdict !== "refuted") return statement;
  const key = slipOf(statement);
  const earlier = first.get(key);
  if (!earlier) {
    first.set(key, { path, statement });
    return statement;
  }
  const elsewhere = earlier.path === path ? {} : { file: earlier.path };
  const where = `line ${earlier.statement.range.start.line + 1}${earlier.path === path ? "" : ` of ${fileName(earlier.path)}`}`;
  return { ...statement, message: `${statement.message ?? "wrong"} (same slip as ${where})`, related: [...statement.related, { range: earlier.statement.range, message: "the same slip, made first here", ...elsewhere }] };
}

/** Editors call the cells of a notebook by addresses that say nothing to a reader. */
function fileName(path: string | null): string {
  if (path === null) return "the main file";
  return /^[\w.+-]+:/.test(path) ? "another cell" : path;
}

/** What is stated, whatever its layout: blanks, alignment and numbering are no part of it. */
function slipOf({ code, left, right }: Statement): string {
  const plain = (latex: string): string => latex.replace(/\\(?:label|tag\*?)\s*\{[^{}]*\}|\\(?:notag|nonumber|displaystyle|quad|qquad)(?![A-Za-z])|\\[,;:! ]|[\s&]|[.,;]$/g, "");
  return `${code}\n${plain(left)}\n${plain(right)}`;
}
