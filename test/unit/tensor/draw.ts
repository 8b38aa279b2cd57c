/** Random inputs, by seed, for the tests. */
import { random, type Random } from "../../../src/base/random";
import { contract, evaluateReal, sizeOf, type Bindings, type Shape, type Term } from "../../../src/tensor/index";

export { random };

/** Entries in [−1, 1]. */
export function drawEntries(draw: Random, shape: Shape): Float64Array {
  return Float64Array.from({ length: sizeOf(shape) }, () => draw.uniform(-1, 1));
}

export const DYADIC = 2 ** 38;

/** Multiples of 1 / DYADIC up to 4 in size: exact in float64 and as fractions, but their products are rounded. */
export function drawDyadic(draw: Random, shape: Shape): Float64Array {
  return Float64Array.from({ length: sizeOf(shape) }, () => draw.integer(-4 * DYADIC, 4 * DYADIC) / DYADIC);
}

export function valueOf(term: Term, bindings: Bindings): Float64Array {
  return evaluateReal([term], bindings, { errors: false })[0]!.data;
}

/** The value with the bound on its error at each entry. */
export function boundedValueOf(term: Term, bindings: Bindings): { data: Float64Array; error: Float64Array } {
  const { data, error } = evaluateReal([term], bindings)[0]!;
  return { data, error: typeof error === "number" ? data.map(() => error) : error };
}

/** Σ aᵢ bᵢ over all entries, as a term. */
export function innerProduct(a: Term, b: Term): Term {
  const labels = a.shape.map((_, axis) => axis);
  return contract([labels, labels], [], [a, b]);
}

export function largest(data: Iterable<number>): number {
  let size = 0;
  for (const x of data) size = Math.max(size, Math.abs(x));
  return size;
}

export function difference(a: Float64Array, b: Float64Array): number {
  return largest(a.map((x, i) => x - b[i]!));
}
