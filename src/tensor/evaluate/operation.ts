/**
 * One step of a compiled program. Values live in numbered slots; the same step
 * can be done over float64, for the error bounds of those values, and in GF(p).
 */
import type { Atoms } from "../atoms";
import type { Field } from "../field";
import type { Kernels } from "../kernels/types";

export interface Memory {
  /** One dense row-major tensor for each slot, with any contents at first: a step writes all of its target. */
  readonly values: readonly Float64Array[];
  /** Absolute error bounds; null for a slot that is always exact. Filled by `bound` alone. */
  readonly errors: readonly (Float64Array | null)[];
  readonly kernels: Kernels;
}

export interface ModularContext {
  readonly field: Field;
  readonly atoms: Atoms;
  readonly kernels: Kernels;
  /** The mask for the term that the step computes, where one was given. */
  mask(step: Operation): Float64Array | undefined;
}

export interface Operation {
  readonly target: number;
  /** Multiply-adds. */
  readonly cost: number;
  /** Whether the result is exact as soon as the operands are. */
  readonly exact: boolean;
  readonly sources: readonly number[];
  run(memory: Memory): void;
  /** After all steps have run: fills the errors of the target. */
  bound(memory: Memory): void;
  modular(memory: Memory, context: ModularContext): void;
}

/** Unit roundoff of float64. */
export const UNIT = 2 ** -53;

/** The factor of a step: exact, and as near as float64 comes. */
export interface Factor {
  readonly numerator: number;
  readonly denominator: number;
  readonly value: number;
  /** Whether multiplying by it does not round: plus or minus a power of two. */
  readonly exact: boolean;
}

export function factorOf(numerator: number, denominator: number): Factor {
  return { numerator, denominator, value: numerator / denominator, exact: isPowerOfTwo(Math.abs(numerator)) && isPowerOfTwo(denominator) };
}

function isPowerOfTwo(n: number): boolean {
  return n > 0 && Number.isInteger(Math.log2(n)) && 2 ** Math.round(Math.log2(n)) === n;
}
