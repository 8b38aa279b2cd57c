/**
 * What the checker says of one document: plain data, as the command line prints
 * it (the contract's version 1) and as the editor shows it.
 */
import type { LinePosition } from "./line-index";

/** Both numbers from 0, columns in UTF-16 units. */
export type Position = LinePosition;

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export type Verdict = "verified" | "refuted" | "conditional" | "convention" | "definition" | "unchecked";
export type StatementKind = "gradient" | "equation" | "shape" | "label" | "definition" | "differential";
export type Severity = "error" | "warning" | "information" | "hint";
export type UncheckedReason = "unread" | "unknown-symbol" | "unknown-shape" | "unsupported" | "ambiguous" | "not-a-claim" | "too-large";
export type Layout = "denominator" | "numerator";

export interface Statement {
  readonly range: Range;
  readonly relation: Range;
  readonly latex: string;
  readonly kind: StatementKind;
  readonly verdict: Verdict;
  readonly code: string | null;
  readonly severity: Severity | null;
  readonly message: string | null;
  readonly reason: UncheckedReason | null;
  readonly assumptions: readonly string[];
  readonly evidence: Evidence | null;
  readonly computed: string | null;
  /** The same as code; null where there is none. */
  readonly inCode?: InCode | null;
  /** Its derivation, where it was asked for; null where none is found. */
  readonly steps?: readonly Step[] | null;
  readonly counterexample: Counterexample | null;
  readonly fix: Fix | null;
  /** Definitions and earlier statements that the verdict rests on. */
  readonly related: readonly Related[];
  /** Stated left and right side, for the panel. */
  readonly left: string;
  readonly right: string;
  /** Ranges of the single wrong entries of a matrix, with what each should be (LaTeX). */
  readonly entries: readonly WrongEntry[];
  /** Index into `DocumentReport.formulaRanges`. */
  readonly formula: number;
}

/** A derivative that the notes leave open (`\frac{\partial L}{\partial W} =`), with what it is: that can be written at its range. */
export function isOpen<S extends Statement>(statement: S): statement is S & { readonly computed: string } {
  return statement.verdict === "unchecked" && statement.computed !== null;
}

/** A closed form as an expression of three array libraries: columns are n×1, rows 1×n. */
export interface InCode {
  readonly numpy: string;
  readonly pytorch: string;
  readonly jax: string;
}

/** One line of a derivation: what is equal, and the rule that says so. */
export interface Step {
  readonly rule: string;
  /** LaTeX of the left side; empty where the line goes on from the one before. */
  readonly left: string;
  readonly right: string;
}

export interface Evidence {
  readonly method: "exact" | "numeric" | "structural" | null;
  readonly trials: number;
  readonly errorBound: number;
  readonly certificate: string;
}

export interface Counterexample {
  /** Numbers for the sizes and the free indices of the claim, by their names in LaTeX. */
  readonly sizes: Readonly<Record<string, number>>;
  readonly seed: number;
  /** One-based row and column; null for scalars. */
  readonly entry: readonly number[] | null;
  readonly left: number;
  readonly right: number;
}

export interface Fix {
  readonly title: string;
  readonly edits: readonly { readonly range: Range; readonly newText: string }[];
  readonly safe: boolean;
}

export interface Related {
  readonly range: Range;
  readonly message: string;
  /** Where it stands in another file of the document: that file, null for the one that was asked about. */
  readonly file?: string | null;
}

export interface WrongEntry {
  readonly range: Range;
  /** One-based. */
  readonly row: number;
  readonly column: number;
  readonly stated: string;
  readonly computed: string;
}

/** A symbol as the document defines it in some scope. */
export interface SymbolInfo {
  readonly latex: string;
  /** LaTeX of the shape: `m \times n`, `n`, or "" for a scalar. */
  readonly shape: string;
  readonly role: "scalar" | "vector" | "matrix" | "function" | "size" | "index";
  readonly assumptions: readonly string[];
  /** Where it is defined, and where that definition holds. */
  readonly definition: Range | null;
  readonly scope: Range;
  /** What it stands for: the right side of its definition, LaTeX; null where free. */
  readonly value: string | null;
  /** Every place where it is written, for hovers. */
  readonly occurrences: readonly Range[];
}

/** Something to say of the text itself, apart from what it states. */
export interface Problem {
  readonly range: Range;
  readonly message: string;
  readonly code: "syntax" | "stale-directive";
}

export interface DocumentReport {
  readonly formulas: { readonly total: number; readonly read: number };
  readonly statements: readonly Statement[];
  readonly symbols: readonly SymbolInfo[];
  readonly formulaRanges: readonly Range[];
  /** Indices of the formulas in which something could not be read. */
  readonly unreadFormulas: readonly number[];
  /** The document-wide reading. */
  readonly reading: { readonly layout: Layout; readonly vectors: "columns" | "rows"; readonly notes: readonly string[] };
  /** What could not be read, and words to the checker that do nothing. */
  readonly problems: readonly Problem[];
  /** The macros that formulas may use, for whoever shows them. */
  readonly macros: readonly MacroInfo[];
  /** What is said of the files that the document reads, where they were given. */
  readonly included?: readonly FileReport[];
}

export interface FileReport {
  /** Relative to the document's folder. */
  readonly path: string;
  readonly text: string;
  readonly report: DocumentReport;
}

export interface MacroInfo {
  /** With its backslash. */
  readonly name: string;
  readonly parameters: number;
  /** The default of the first argument, where it may be left out. */
  readonly optional: string | null;
  readonly body: string;
}
