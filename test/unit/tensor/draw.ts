/** Random inputs, by seed, for the tests. */
import { random, type Random } from "../../../src/base/random";
import { add, broadcast, constant, contract, determinant, einsum, evaluateReal, inverse, matmul, mul, scale, sizeOf, sub, sum, transpose, variable, type Bindings, type Shape, type Term } from "../../../src/tensor/index";

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

/** A rational graph with shared nodes over the 3×3 variables x0 and x1, in all the ways of putting terms together. */
export function drawGraph(draw: Random): Term {
  const n = 3;
  const nodes: Term[] = [variable("x0", [n, n]), variable("x1", [n, n]), constant([n, n], [1, 2, 0, -1, 3, 1, 0, 0, 2], 3)];
  const pick = (): Term => nodes[draw.integer(0, nodes.length - 1)]!;
  for (let i = 0; i < draw.integer(3, 9); i++) {
    const kind = draw.integer(0, 9);
    const [a, b, c] = [pick(), pick(), pick()];
    if (draw.integer(0, 9) === 0) nodes.push(broadcast(determinant(draw.integer(0, 1) === 0 ? a : matmul(constant([n, n], [0, 1, 0, 0, 0, 1, 1, 0, 0]), a)), [n, n], []));
    else if (kind === 0) nodes.push(matmul(a, b));
    else if (kind === 1) nodes.push(add(a, b, c));
    else if (kind === 2) nodes.push(sub(a, scale(b, draw.integer(-3, 3), 2)));
    else if (kind === 3) nodes.push(transpose(a));
    else if (kind === 4) nodes.push(mul(a, b));
    else if (kind === 5) nodes.push(einsum("ij,ik->jk", a, b));
    else if (kind === 6) nodes.push(einsum("ii,jk->jk", a, b));
    else if (kind === 7) nodes.push(einsum("ij->ii", a));
    else if (kind === 8) nodes.push(add(a, contract([], [0, 0], [], [n, n])));
    else nodes.push(inverse(add(a, scale(contract([], [0, 0], [], [n, n]), 40))));
  }
  return draw.integer(0, 2) === 0 ? sum(nodes[nodes.length - 1]!) : nodes[nodes.length - 1]!;
}
