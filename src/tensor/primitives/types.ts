/**
 * What a primitive must say of itself. `tangent` and `pullback` are written
 * independently of one another, as terms, so that derivatives can be
 * differentiated again and the two modes check each other.
 */
import type { Atoms } from "../atoms";
import type { Field } from "../field";
import type { Shape } from "../shape";
import type { Term } from "../term";
import type { Degree } from "./degrees";

/** Values with an absolute error bound for each entry; null: the values are exact. */
export interface Dense {
  readonly shape: Shape;
  readonly data: Float64Array;
  readonly error: Float64Array | null;
}

/** Arguments on which the tests try a rule. */
export interface Example {
  readonly shapes: readonly Shape[];
  readonly params?: readonly number[];
  /** The result's shape, where shapes and params do not tell it. */
  readonly result?: Shape;
}

/** A choice made where real arithmetic branches: signs, or ones at maxima. */
export interface Mask {
  readonly data: Float64Array;
  /** Whether the choice was too close to call within the error bounds. */
  readonly tie: boolean;
}

/** What a rule may use in GF(p). */
export interface ModularChoices {
  readonly field: Field;
  readonly atoms: Atoms;
  /** For a rule with the exactness "mask". */
  readonly mask: Float64Array | null;
}

interface Rule {
  readonly name: string;
  /** What the rule for its differential is called. */
  readonly title: string;
  /**
   * J·ẋ. A tangent has the shape [...batch, ...argument]; null stands for zero,
   * and at least one is not null. The result has [...batch, ...result].
   */
  tangent(dots: readonly (Term | null)[], y: Term, args: readonly Term[], params: readonly number[]): Term;
  /** Jᵀ·ȳ for each argument; ȳ has the shape [...batch, ...result]; null stands for zero. */
  pullback(ybar: Term, y: Term, args: readonly Term[], params: readonly number[]): readonly (Term | null)[];
  /** Degree of the result as a rational function, or as a fresh unknown where it is an atom. */
  degree(args: readonly Degree[], y: Term): Degree;
}

/** A function of one number, applied at each entry. */
export interface MapRule extends Rule {
  readonly kind: "map";
  /** A valid input, away from kinks and poles, for any u in [−1, 1]. */
  domain(u: number): number;
  forward(x: number): number;
  /** Absolute error of `y = forward(x)` for an x that is off by at most e. */
  bound(x: number, e: number, y: number): number;
  /**
   * "rational": exact; "atom": a pseudo-random residue with some relations;
   * "mask": exact once the sign of x is chosen.
   */
  readonly exactness: "rational" | "atom" | "mask";
  forwardModular(x: number, atoms: Atoms, sign: number): number;
}

/** Any other function of tensors. */
export interface CallRule extends Rule {
  readonly kind: "call";
  readonly sizes: readonly Example[];
  /** Turns entries in [−1, 1] into a valid argument, in place. */
  domain(data: Float64Array, shape: Shape, argument: number): void;
  forward(args: readonly Dense[], params: readonly number[], out: Float64Array, shape: Shape): void;
  /** Whether `forward` computes, or only moves and selects entries. */
  readonly rounds: boolean;
  /** Fills `error` with bounds for the values `out` that `forward` gave. */
  bound(args: readonly Dense[], params: readonly number[], out: Float64Array, error: Float64Array, shape: Shape): void;
  /** As for `MapRule`; "none": no meaning in GF(p). */
  readonly exactness: "rational" | "atom" | "mask" | "none";
  /** Absent where the exactness is "none". */
  readonly forwardModular?: (args: readonly Dense[], params: readonly number[], out: Float64Array, context: ModularChoices, shape: Shape) => void;
  /** Given where the real function branches; `forwardModular` then gets the mask. */
  readonly mask?: (args: readonly Dense[], params: readonly number[]) => Mask;
  /** Multiply-adds of one forward evaluation. */
  cost(args: readonly Shape[], shape: Shape): number;
}
