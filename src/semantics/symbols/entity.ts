/**
 * What the document says a symbol is. Shapes are lists of dimension keys: a
 * size's name (`n`), a number (`2`), an arithmetic expression in names
 * (`n+1`), or `?7` where it is only inferred. Scalars have none, vectors and
 * matrices two: a vector of length n is `[n, 1]`.
 */
import type { Span } from "../../base/span";
import type { Expr, SymbolExpr } from "../expression";
import type { SpectralPart } from "../prose/types";
import { weight } from "./key";

export type Shape = readonly string[];

export interface Definition {
  readonly expr: Expr;
  /** Arguments of a function, or letters of a family or of entries (`v_j = …`): bound in `expr`. */
  readonly params: readonly SymbolExpr[];
  /** `entries`: of an array whose shape is given elsewhere. */
  readonly kind: "value" | "function" | "family" | "entries" | "argmin" | "alias";
  /** What the text has in the place of `params`, where these are letters of its own: `f(x_1, x_2) = …`. */
  readonly written?: readonly SymbolExpr[];
  /** Which of the arguments are written as squares of the letters in `params`. */
  readonly squares?: readonly boolean[];
  readonly formula: number;
  /** In formula text. */
  readonly start: number;
  readonly end: number;
  /** Stated in the words around formulas ("where …"), or by `:=`. */
  readonly stated: boolean;
  /** The assertion's identity, so that it is not judged by itself. */
  readonly assertion: number;
  /** Named by a brace below it: the rest of its assertion may be judged with it. */
  readonly below?: boolean;
  /** Set where it is what a general definition says of one more layer; the text at its place has the general letter. */
  readonly instance?: boolean;
}

/** What a symbol is of the spectrum of a matrix. */
export interface Spectrum {
  readonly part: SpectralPart;
  /** The largest or smallest; null: any, or each where the symbol is a family. */
  readonly end: "largest" | "smallest" | null;
  /** The matrix. */
  readonly of: Expr | null;
  /** Tells an eigenvalue from others that have a letter of their own; its vectors have the same. */
  readonly ordinal: number;
  /** All of them: a diagonal matrix of the values, or the matrix of the vectors. */
  readonly whole: boolean;
  /** B of `x^\top Bx = 1`, by which its vectors are of length one; the identity where null. */
  readonly metric?: Expr | null;
  /** A left eigenvector whose product with the right one is 1. */
  readonly dual: boolean;
  /** The first is the smallest. */
  readonly ascending: boolean;
}

export interface Entity {
  readonly id: number;
  readonly key: string;
  readonly symbol: SymbolExpr;
  readonly position: number;
  readonly section: number;
  shape: Shape | null;
  /** Whether the text gives the shape, or it was only worked out. */
  shapeFrom: "declared" | "defined" | "inferred" | "guessed" | null;
  /** The number of the first entry. */
  origin: 0 | 1;
  /** A vector written as a row. */
  orientation: "column" | "row" | null;
  /** A list of its entries shows it, which tells no orientation. */
  listed: boolean;
  /** Where the entries that displays show it by have their numbers: above in `y^{(1)}` to `y^{(m)}`. */
  readonly entries: Set<"above" | "below">;
  readonly properties: Set<string>;
  /** Properties that it has in a case alone ("if $A$ is symmetric"), with the paragraphs that speak of the case. */
  readonly supposed: Map<string, Set<number>>;
  definition: Definition | null;
  /** What the text sets it equal to later on: claims about it, or new definitions. */
  readonly restated: Definition[];
  /** Named standard function that this symbol stands for. */
  named: string | null;
  /** Acts entry by entry / on rows / on columns. */
  elementwise: boolean;
  rowwise: boolean;
  columnwise: boolean;
  isFunction: boolean;
  /** The shape of what a function takes, where its signature says it. */
  domain: Shape | null;
  isSize: boolean;
  isLoss: boolean;
  /** Parameters that it depends on (`A = A(t)`). */
  parameters: SymbolExpr[];
  /** For a family `x_i` declared as vectors: the number of letters that index it. */
  arity: number;
  /** `x \sim N(m, S)`, "with mean m and covariance S": a random variable. */
  distribution: Distribution | null;
  /** Rows or columns of another array: `x_i^\top` are the rows of X. */
  slices: { readonly matrix: SymbolExpr; readonly by: "row" | "column" } | null;
  spectrum: Spectrum | null;
  /** Its spectrum has symbols: where they are functions of it, no factors define it. */
  hasSpectrum: boolean;
  /** The place in the file that gives its shape; null where only what is written of it shows that. */
  declaredAt: Span | null;
  /** Other sections whose words say again what it is. */
  toldAgain: Set<number>;
}

/** Whether such a letter may be a number of its own: where its entity is a vector only because its entries are written somewhere, or is written in bold. */
export function maybeNumber(symbol: SymbolExpr, entity: Entity): boolean {
  return isShownByEntries(entity) || (weight(symbol.font) !== "b" && weight(entity.symbol.font) === "b");
}

/** A vector only because its entries are written somewhere, `\sum_i y_i = 1`, or because more of them than entries are. */
function isShownByEntries({ shape, shapeFrom, declaredAt, definition, isFunction, arity }: Entity): boolean {
  const sizes = shape?.filter((dim) => dim !== "1") ?? [];
  return shapeFrom === "declared" && !isFunction && sizes.length > 0 && (arity > 0 || sizes.every((dim) => dim.startsWith("?"))) && declaredAt === null && definition === null;
}

/** The moments of a random variable, as far as the text gives them: `mean` null is zero. */
export interface Distribution {
  readonly mean: Expr | null | "unsaid";
  readonly covariance: Expr | null;
}

/** Words that make a shape certain to be square. */
export const squareProperties: ReadonlySet<string> = new Set(["symmetric", "skew", "positiveDefinite", "positiveSemidefinite", "orthogonal", "diagonal", "idempotent", "invertible", "upperTriangular", "lowerTriangular", "squareMatrix"]);

/** Whether a section declares it, or says again what it is. */
export function isOf({ section, toldAgain }: Entity, place: { readonly section: number }): boolean {
  return section === place.section || toldAgain.has(place.section);
}
