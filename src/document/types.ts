/**
 * A document as the layers above see it: blocks in reading order, made of
 * pieces of text and formulas, each with its exact place in the file. What
 * format it was written in is no longer visible, but for `format` itself.
 */
import type { SourceText, Span } from "../base/span";

export type Format = "markdown" | "latex" | "notebook";

export interface Document {
  readonly format: Format;
  readonly text: string;
  readonly blocks: readonly Block[];
  /** Every mathematical span, in file order; `Piece.formula` is an index into it. */
  readonly formulas: readonly Formula[];
  /** Definitions found outside formulas (a preamble) and in formulas that only define. */
  readonly macros: readonly MacroDefinition[];
  readonly directives: readonly Directive[];
  readonly problems: readonly DocumentProblem[];
}

export interface Formula {
  readonly id: number;
  readonly display: boolean;
  /** The name of the environment where the delimiters are `\begin{…}`/`\end{…}` (align, equation, …); the source is then what is inside. */
  readonly environment: string | null;
  /** What is between the delimiters. */
  readonly source: SourceText;
  /** The whole in the file, delimiters included. */
  readonly span: Span;
  /** Struck out (`~~…~~`, `\sout`). */
  readonly struck: boolean;
  /** Nothing but macro definitions, which are in `Document.macros`: shows nothing. */
  readonly definesOnly?: boolean;
  /** The notebook cell it is in, counted from 0 over cells of every type. */
  readonly cell?: number;
}

export type Piece =
  | { readonly kind: "text"; readonly source: SourceText }
  | { readonly kind: "formula"; readonly formula: number }
  /** Inline code: numpy shapes and names are written so. */
  | { readonly kind: "code"; readonly source: SourceText };

export type Block = InCell &
  (
    | { readonly kind: "heading"; readonly level: number; readonly pieces: readonly Piece[]; readonly span: Span }
    /** Running text. Display formulas are pieces of it: a paragraph goes on across them until a blank line of prose, so that "where …" after a display is still near it. */
    | { readonly kind: "paragraph"; readonly role: ParagraphRole; readonly ordered: boolean; /** Paragraphs of one item of a list have the same. */ readonly item?: number; readonly pieces: readonly Piece[]; readonly span: Span; /** Where its role is "cell". */ readonly at?: CellPlace }
    /** A thematic break (`---`). */
    | { readonly kind: "rule"; readonly span: Span }
    /** A fenced or indented code block, a code cell, a verbatim environment. */
    | { readonly kind: "code"; readonly language: string; readonly source: SourceText; readonly span: Span }
    /** A LaTeX environment around text (theorem, proof, exercise, …) or a MyST/Quarto/Docusaurus directive opens or closes. */
    | { readonly kind: "boundary"; readonly name: string; readonly opens: boolean; readonly span: Span }
  );

interface InCell {
  /** The notebook cell it is in, counted from 0 over cells of every type. */
  readonly cell?: number;
}

/** Which table of the document, and where in it; all from 0. The head of a Markdown table is row 0. */
export interface CellPlace {
  readonly table: number;
  readonly row: number;
  readonly column: number;
}

export type ParagraphRole = "body" | "item" | "quote" | "cell" | "footnote";

/** `\newcommand{\name}[parameters][optional]{body}` and its kin, `\DeclareMathOperator` included (body `\operatorname{…}`). */
export interface MacroDefinition {
  /** With its backslash. */
  readonly name: string;
  readonly parameters: number;
  /** The default of the first argument, where it is optional. */
  readonly optional: string | null;
  readonly body: string;
  readonly span: Span;
  /** `\providecommand`: only where there is none yet. */
  readonly provided?: boolean;
}

/** `<!-- gradcheck: layout=numerator -->`, `% gradcheck: off reason` */
export interface Directive {
  /** `layout`, `off`, `on`, `ignore-next`, `expect`, … */
  readonly name: string;
  /** What follows `=` or the name. */
  readonly value: string;
  readonly span: Span;
}

export interface DocumentProblem {
  readonly message: string;
  readonly span: Span;
}
