/**
 * The checker's interface to other programs: one JSON object, version 1, held
 * by `schema/report.schema.json`. Fields are only ever added. Places count
 * lines and UTF-16 units from 0, as the language server protocol does.
 */
import type { DocumentReport, Fix, Problem, Range, Related, Statement, WrongEntry } from "../base/statement";
import { countVerdicts, statementsOf, type CheckedFile, type Counts, type FailedFile, type Outcome } from "./checked";

export interface JsonReport {
  readonly version: 1;
  readonly files: readonly JsonFile[];
  /** Files that could not be checked; left out where there are none. */
  readonly failures?: readonly FailedFile[];
  readonly summary: Counts;
}

export interface JsonFile {
  readonly path: string;
  readonly formulas: { readonly total: number; readonly read: number };
  /** The reading that was chosen for the whole document. */
  readonly reading: DocumentReport["reading"];
  readonly statements: readonly JsonStatement[];
  /** What could not be read as written, and directives that do nothing. */
  readonly problems: readonly Problem[];
}

export type JsonStatement = Omit<Statement, "left" | "right" | "formula" | "inCode" | "steps">;

export function jsonReport({ files, failures }: Outcome): JsonReport {
  return {
    version: 1,
    files: files.map(jsonFile),
    ...(failures.length ? { failures } : {}),
    summary: countVerdicts(statementsOf(files)),
  };
}

export function jsonFile({ path, report }: CheckedFile): JsonFile {
  const { total, read } = report.formulas;
  const { layout, vectors, notes } = report.reading;
  return {
    path,
    formulas: { total, read },
    reading: { layout, vectors, notes },
    statements: report.statements.map(jsonStatement),
    problems: report.problems.map(({ range, message, code }) => ({ range: jsonRange(range), message, code })),
  };
}

/** Field by field, so that the order is the documented one and nothing internal slips out. */
export function jsonStatement(statement: Statement): JsonStatement {
  const { latex, kind, verdict, code, severity, message, reason, assumptions, evidence, computed, counterexample, fix } = statement;
  return {
    range: jsonRange(statement.range),
    relation: jsonRange(statement.relation),
    latex,
    kind,
    verdict,
    code,
    severity,
    message,
    reason,
    assumptions,
    evidence,
    computed,
    counterexample,
    fix: fix && jsonFix(fix),
    related: statement.related.map(jsonRelated),
    entries: statement.entries.map(jsonEntry),
  };
}

function jsonFix({ title, edits, safe }: Fix): Fix {
  return { title, edits: edits.map(({ range, newText }) => ({ range: jsonRange(range), newText })), safe };
}

function jsonRelated({ range, message, file }: Related): Related {
  return { range: jsonRange(range), message, ...(file === undefined ? {} : { file }) };
}

function jsonEntry({ range, row, column, stated, computed }: WrongEntry): WrongEntry {
  return { range: jsonRange(range), row, column, stated, computed };
}

function jsonRange({ start, end }: Range): Range {
  return {
    start: { line: start.line, character: start.character },
    end: { line: end.line, character: end.character },
  };
}
