/**
 * Expressions as they are written: matrices, row and column vectors and
 * numbers, each with its shape. Axes that the notes run over with an index are
 * letters: an expression may have some free, and then stands for one matrix
 * for each of their values.
 */
import type { Term } from "../../tensor";
import type { Coefficient, Dim, Ratio, WrittenNumber } from "../sizes";

/** An index that runs over an axis. */
export interface Letter {
  readonly id: number;
  readonly latex: string;
  readonly dim: Dim;
  /** It counts from 0, and says so where it is summed over. */
  readonly counts?: true;
}

/** A letter, or a position counted from 0 in each trial. */
export type Index = Letter | readonly [number, number];

export function isLetter(index: Index): index is Letter {
  return "latex" in index;
}

/** What moves under d: a variable of a term. */
export interface Moving {
  readonly name: string;
  readonly shape: readonly Dim[];
}

/** The variable that stands for the differential of one. */
export function differentialName(name: string): string {
  return `d:${name}`;
}

export function isDifferentialName(name: string): boolean {
  return name.startsWith("d:");
}

interface Shaped {
  readonly rows: Dim;
  readonly columns: Dim;
  /** What it costs to read: about one for each symbol. */
  readonly cost: number;
}

/** What is written before a parenthesis that holds one whole matrix. */
export type WholeFunction = "inverse" | "trace" | "determinant" | "logAbsDeterminant" | "diagonal" | "diagonalOf" | "vec" | "mat" | "matrixExponential" | "matrixSquareRoot" | "nuclearNorm" | "spectralNorm" | "norm" | "softmax" | "logsumexp" | "maximum" | "maxMask";

export type Expression = Shaped &
  (
    | {
        readonly kind: "symbol";
        /** Of the variable in the term; what is written for a node. */
        readonly name: string;
        readonly latex: string;
        readonly shape: readonly Dim[];
        /** The node in both trials; null for a variable. */
        readonly terms: readonly [Term, Term] | null;
        /** Of the leading axes of a family. */
        readonly indices: readonly Index[];
        readonly symmetric: boolean;
      }
    | { readonly kind: "number"; readonly value: Coefficient; readonly written: WrittenNumber }
    /** A column of ones. */
    | { readonly kind: "ones" }
    | { readonly kind: "identity" }
    /** K with K vec X = vec Xᵀ for X of this shape. */
    | { readonly kind: "commutation"; readonly shape: readonly [Dim, Dim] }
    /** A column with a one at an index. */
    | { readonly kind: "unit"; readonly index: Index }
    | { readonly kind: "delta"; readonly first: Letter; readonly second: Index }
    | { readonly kind: "sum"; readonly terms: readonly Expression[] }
    /** Of matrices, in order; numbers scale. */
    | { readonly kind: "product"; readonly factors: readonly Expression[] }
    /** By a number. */
    | { readonly kind: "quotient"; readonly numerator: Expression; readonly denominator: Expression }
    | { readonly kind: "hadamard"; readonly factors: readonly Expression[] }
    | { readonly kind: "division"; readonly numerator: Expression; readonly denominator: Expression }
    /** Entry by entry; of a number, or with `matrix` of a whole matrix, the usual power. */
    | { readonly kind: "power"; readonly base: Expression; readonly exponent: Ratio; readonly matrix: boolean }
    /** The same with an exponent that is a size, such as k − 1. */
    | { readonly kind: "sizePower"; readonly base: Expression; readonly exponent: Coefficient; readonly written: WrittenNumber; readonly matrix: boolean }
    /** Of a whole matrix, to a power that a letter counts from 0: Xʳ, or Xᵏ⁻¹⁻ʳ from k − 1 down. */
    | { readonly kind: "letterPower"; readonly base: Expression; readonly letter: Letter; readonly from: { readonly value: Coefficient; readonly written: WrittenNumber } | null }
    /** Entry by entry, the exponent of the same shape or a number. */
    | { readonly kind: "raised"; readonly base: Expression; readonly exponent: Expression }
    | { readonly kind: "transpose"; readonly arg: Expression }
    | { readonly kind: "kronecker"; readonly left: Expression; readonly right: Expression }
    /**
     * `softmax`, `logsumexp`, `maximum` and `maxMask`, which has ones where the
     * maximum is, are over all entries of a vector, over each row of a matrix;
     * `norm` is the root of the sum of squares, and `mat` makes a matrix of its
     * columns, one below the other.
     */
    | { readonly kind: "whole"; readonly fn: WholeFunction; readonly arg: Expression }
    /** A function of each entry. */
    | { readonly kind: "apply"; readonly fn: string; readonly arg: Expression }
    /** An entry, a row or a column. */
    | { readonly kind: "entry"; readonly base: Expression; readonly row: Index | null; readonly column: Index | null }
    /** d of an expression, not worked out. */
    | { readonly kind: "differential"; readonly of: Expression; readonly by: Moving }
    | { readonly kind: "sigma"; readonly letters: readonly Letter[]; readonly body: Expression }
    /** Row by row. */
    | { readonly kind: "matrix"; readonly cells: readonly (readonly Expression[])[] }
  );

export type ExpressionOf<K extends Expression["kind"]> = Extract<Expression, { readonly kind: K }>;
