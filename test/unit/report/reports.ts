/** Reports made by hand: places are named by the text that stands there. */
import { LineIndex } from "../../../src/base/line-index";
import type { DocumentReport, Range, Statement, WrongEntry } from "../../../src/base/statement";
import type { CheckedFile } from "../../../src/report/checked";

/** The place of the `nth` occurrence (from 0) of `part`. */
export function placeOf(text: string, part: string, nth = 0): Range {
  let at = -1;
  for (let i = 0; i <= nth; i++) at = text.indexOf(part, at + 1);
  if (at < 0) throw new Error(`no ${nth + 1}th ${JSON.stringify(part)} in the text`);
  const index = new LineIndex(text);
  return { start: index.position(at), end: index.position(at + part.length) };
}

export function statement(range: Range, given: Partial<Statement> = {}): Statement {
  return {
    range,
    relation: range,
    latex: "a = b",
    kind: "equation",
    verdict: "verified",
    code: null,
    severity: null,
    message: null,
    reason: null,
    assumptions: [],
    evidence: null,
    computed: null,
    counterexample: null,
    fix: null,
    related: [],
    left: "a",
    right: "b",
    entries: [],
    formula: 0,
    ...given,
  };
}

export function refuted(range: Range, message: string, given: Partial<Statement> = {}): Statement {
  return statement(range, { verdict: "refuted", kind: "gradient", severity: "error", code: "gradient-mismatch", message, ...given });
}

export function entry(range: Range, row: number, column: number, computed: string): WrongEntry {
  return { range, row, column, stated: "", computed };
}

export function report(statements: readonly Statement[], given: Partial<DocumentReport> = {}): DocumentReport {
  return {
    formulas: { total: statements.length, read: statements.length },
    statements,
    symbols: [],
    formulaRanges: [],
    unreadFormulas: [],
    macros: [],
    reading: { layout: "denominator", vectors: "columns", notes: [] },
    problems: [],
    ...given,
  };
}

export function file(text: string, statements: readonly Statement[], given: Partial<DocumentReport> = {}): CheckedFile {
  return { path: "notes.md", text, report: report(statements, given) };
}
