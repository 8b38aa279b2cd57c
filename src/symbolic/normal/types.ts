/**
 * The normal form of a term: a sum of products of atoms, both trials at once.
 *
 * A product is a contraction: each factor has a label for each of its axes, a
 * label that is not in the output is summed, one that is in the output twice
 * embeds on the diagonal, and one that no factor has broadcasts. Axes of size
 * one are left out everywhere: a column, a row and a list of numbers are the
 * same here, and only atoms remember how they are written.
 *
 * Everything is interned in a Workspace: equal sums are one object.
 */
import type { Term } from "../../tensor";
import type { Coefficient, Dim, Ratio } from "../sizes";

export interface Factor {
  readonly atom: Atom;
  /** Entry by entry. */
  readonly exponent: Ratio;
  readonly labels: readonly number[];
}

export interface Product {
  readonly coefficient: Coefficient;
  readonly factors: readonly Factor[];
  /** Labels of the output's axes; 0, 1, … by first appearance. */
  readonly output: readonly number[];
  /** The size of each label. */
  readonly sizes: readonly Dim[];
  /** Equal for products that are equal up to the coefficient. */
  readonly key: string;
}

export interface Sum {
  readonly id: number;
  readonly dims: readonly Dim[];
  /** In the order in which they came up. */
  readonly products: readonly Product[];
}

interface AtomBase {
  readonly id: number;
  /** Axes longer than one. */
  readonly dims: readonly Dim[];
  /** A matrix that is its own transpose. */
  readonly symmetric: boolean;
}

/** Functions of whole matrices; all axes of the result are those of the argument, or none are left. */
export type MatrixFunction = "inverse" | "determinant" | "logAbsDeterminant" | "matrixExponential" | "matrixSquareRoot" | "nuclearNorm" | "spectralNorm";

export type Atom = AtomBase &
  (
    | {
        readonly kind: "variable";
        readonly name: string;
        readonly shape: readonly Dim[];
        /** Which of its entries sum to one. */
        readonly stochastic: "rows" | "columns" | null;
      }
    /** A node that the notes name. */
    | { readonly kind: "node"; readonly latex: string; readonly terms: readonly [Term, Term]; readonly shape: readonly Dim[] }
    /** The unit vector with its one at a position, counted from 0, of each trial. */
    | { readonly kind: "unit"; readonly position: readonly [number, number] }
    | { readonly kind: "sum"; readonly sum: Sum }
    | { readonly kind: "map"; readonly fn: string; readonly arg: Sum }
    | { readonly kind: "power"; readonly base: Sum; readonly exponent: Sum }
    | { readonly kind: "matrix"; readonly fn: MatrixFunction; readonly arg: Sum }
    /** exp of the argument divided by its sum over `axes`. */
    | { readonly kind: "softmax"; readonly arg: Sum; readonly axes: readonly number[] }
    /** log of the sum over `axes` of exp of the argument. */
    | { readonly kind: "logsumexp"; readonly arg: Sum; readonly axes: readonly number[] }
    | { readonly kind: "max"; readonly arg: Sum; readonly axis: number }
    /** One where the argument is largest along the axis, zero elsewhere. */
    | { readonly kind: "maxMask"; readonly arg: Sum; readonly axis: number }
    /** Two axes as one, and back: one where the first index counts the pair of the others, row by row; else zero. */
    | { readonly kind: "pair" }
  );

export type AtomOf<K extends Atom["kind"]> = Extract<Atom, { readonly kind: K }>;

/** A product being built; its labels are any numbers. */
export interface Draft {
  coefficient: Coefficient;
  factors: Factor[];
  output: number[];
  sizes: Map<number, Dim>;
  /** Labels that were made equal to others. */
  renamed: Map<number, number>;
}
