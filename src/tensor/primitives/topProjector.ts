/**
 * P = vvᵀ for the unit eigenvector v of the largest eigenvalue λ of M, the
 * symmetric part of an n×n matrix, where λ is simple.
 *
 * Ṗ = P Ṁ G + G Ṁ P with G = (λI − M + P)⁻¹ − P, the inverse of λI − M on the
 * other eigenvectors (first-order perturbation theory). The map is its own
 * adjoint, and Ṁ is the symmetric part of the tangent.
 */
import { einsum, identity, mul, sub } from "../build";
import { inverse } from "../calls";
import { symmetricEigen } from "../dense/jacobi";
import { frobeniusNorm } from "../dense/matrix";
import type { Shape } from "../shape";
import { add, type Term } from "../term";
import { atomDegree } from "./degrees";
import { symmetricPart, symmetrized } from "./symmetric";
import type { CallRule } from "./types";

export const topProjector: CallRule = {
  kind: "call",
  name: "topProjector",
  title: "differential of a projector",
  sizes: [{ shapes: [[1, 1]] }, { shapes: [[2, 2]] }, { shapes: [[4, 4]] }],
  domain: apart,
  forward: ([x], _, out) => {
    const n = x!.shape[0]!;
    const { vectors, top } = topEigen(x!.data, n);
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) out[i * n + j] = vectors[i * n + top]! * vectors[j * n + top]!;
  },
  // Davis and Kahan: a perturbation E moves P by at most 2√2 ‖E‖ / gap.
  bound: ([x], _, __, error) => {
    const n = x!.shape[0]!;
    const { gap, size } = topEigen(x!.data, n);
    const change = (x!.error ? frobeniusNorm(x!.error) : 0) + 20 * n * 2 ** -53 * size;
    error.fill(n === 1 ? 0 : change < gap / 4 ? (4 * change) / gap + 20 * n * 2 ** -53 : Infinity);
  },
  rounds: true,
  exactness: "none",
  tangent: ([dot], y, [x]) => {
    const g = pseudoInverse(x!, y);
    const m = symmetricPart(dot!);
    return add(einsum("ij,...jk,kl->...il", y, m, g), einsum("ij,...jk,kl->...il", g, m, y));
  },
  pullback: (ybar, y, [x]) => {
    const g = pseudoInverse(x!, y);
    return [symmetricPart(add(einsum("ji,...jk,lk->...il", y, ybar, g), einsum("ji,...jk,lk->...il", g, ybar, y)))];
  },
  degree: atomDegree,
  cost: ([x]) => 40 * x![0]! ** 3,
};

function pseudoInverse(x: Term, p: Term): Term {
  const lambda = einsum("ij,ij->", p, x);
  const shifted = add(sub(mul(lambda, identity(x.shape[0]!)), symmetricPart(x)), p);
  return sub(inverse(shifted), p);
}

function topEigen(x: Float64Array, n: number): { vectors: Float64Array; top: number; gap: number; size: number } {
  const m = symmetrized(x, n);
  const { values, vectors } = symmetricEigen(m, n);
  let top = 0;
  for (let i = 1; i < n; i++) if (values[i]! > values[top]!) top = i;
  let gap = Infinity;
  for (let i = 0; i < n; i++) if (i !== top) gap = Math.min(gap, values[top]! - values[i]!);
  return { vectors, top, gap, size: frobeniusNorm(m) };
}

/** Adds 3, 6, … on the diagonal of the symmetric part. */
function apart(data: Float64Array, shape: Shape): void {
  const n = shape[0]!;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) data[i * n + j] = data[j * n + i]!;
    data[i * n + i] = data[i * n + i]! + 3 * (i + 1);
  }
}
