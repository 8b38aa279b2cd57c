/** What goes into an evaluation and what comes out of it. */
import type { Atoms } from "../atoms";
import type { Field } from "../field";
import type { Kernels } from "../kernels/types";
import type { Shape } from "../shape";

/** The value of a variable, row-major. */
export interface Binding {
  readonly shape: Shape;
  readonly data: Float64Array;
}

export type Bindings = ReadonlyMap<string, Binding>;

export interface RealTensor {
  readonly shape: Shape;
  readonly data: Float64Array;
  /** Bound on the absolute rounding error of each entry; 0 where all are exact. */
  readonly error: Float64Array | number;
}

export interface ModularTensor {
  readonly shape: Shape;
  /** Balanced residues. */
  readonly data: Float64Array;
  /** Whether atoms went into it: then a difference proves nothing. */
  readonly usedAtoms: boolean;
}

export interface CompileOptions {
  /** Multiply-adds of one evaluation, and 16 times its entries in memory; 2^30 by default. */
  readonly limit?: number;
}

export interface RealOptions {
  readonly kernels?: Kernels;
  /** Whether to bound the errors (at about twice the time); true by default. Without, they are NaN. */
  readonly errors?: boolean;
  /** Arrays to put the results in, as long as these; where there is none, a new one is made. */
  readonly out?: readonly (Float64Array | undefined)[];
}

/** Signs of arguments, or ones at maxima, by the id of the branching term. */
export type Masks = ReadonlyMap<number, Float64Array>;

export interface ModularOptions {
  readonly kernels?: Kernels;
  /** For the atoms; 0 by default. */
  readonly seed?: number;
  /** Atoms of earlier evaluations, to be shared with this one. */
  readonly atoms?: Atoms;
  readonly masks?: Masks;
}

export interface Branches {
  readonly masks: Masks;
  /** Whether some choice was too close to call. */
  readonly ties: boolean;
}

export interface Program {
  /** Multiply-adds of one evaluation. */
  readonly cost: number;
  real(bindings: Bindings, options?: RealOptions): RealTensor[];
  modular(bindings: Bindings, field: Field, options?: ModularOptions): ModularTensor[];
  /** The branches that real values take: for relu, abs, sign, step and max. */
  branches(bindings: Bindings, options?: RealOptions): Branches;
}
