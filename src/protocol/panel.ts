/**
 * What the panel shows of one document. Everything is ready to print: LaTeX
 * cleaned for rendering, sentences in the user's language. `key`s stay the same
 * from check to check for what has not changed, so that the page keeps its
 * elements and nothing flickers.
 */
import type { InCode, MacroInfo } from "../base/statement";
import type { Range, TextEdit } from "./places";
import type { Counts, Verdict } from "./verdicts";

export interface PanelDocument {
  readonly uri: string;
  /** The document's version that was checked. */
  readonly version: number;
  readonly name: string;
  readonly formulas: { readonly total: number; readonly read: number };
  readonly counts: Counts;
  /** The document-wide reading, one phrase each: layout, vectors, further notes. */
  readonly reading: readonly string[];
  readonly symbols: readonly PanelSymbol[];
  readonly items: readonly PanelItem[];
  /** What the formulas are written with, for rendering. */
  readonly macros: readonly MacroInfo[];
}

export interface PanelSymbol {
  readonly key: string;
  /** `W \in \mathbb{R}^{k \times n}` */
  readonly latex: string;
  /** "matrix", "scalar, symmetric", … */
  readonly role: string;
  /** The right side of its definition; null where it is free. */
  readonly value: string | null;
  /** Where it is defined; null where that is nowhere. */
  readonly range: Range | null;
}

export interface PanelItem {
  readonly key: string;
  readonly verdict: Verdict;
  /** The verdict in words: "wrong", "verified". */
  readonly word: string;
  /** "gradient", "equation", … in words. */
  readonly kind: string;
  readonly code: string | null;
  readonly message: string | null;
  /** The whole relation. */
  readonly latex: string;
  readonly left: string;
  readonly right: string;
  /** `right` with what is wrong inside `\htmlClass{wrong}{…}`; null where that cannot be told. */
  readonly marked: string | null;
  readonly computed: string | null;
  /** `computed` as code; null where there is none. */
  readonly inCode: InCode | null;
  /** Whether a derivation can be asked for. */
  readonly derivable: boolean;
  readonly entries: readonly PanelEntry[];
  /** Short sentences: the counterexample, assumptions, how it was decided. */
  readonly notes: readonly string[];
  /** The whole relation, for the cursor, and what the verdict is about, to jump to. */
  readonly relation: Range;
  readonly range: Range;
  readonly actions: readonly PanelAction[];
}

export interface PanelEntry {
  /** "row 1, column 2" */
  readonly place: string;
  readonly stated: string;
  readonly computed: string;
  readonly range: Range;
}

export interface PanelAction {
  readonly title: string;
  /** What exactly it does, where the title does not say it. */
  readonly detail: string | null;
  readonly edits: readonly TextEdit[];
}
