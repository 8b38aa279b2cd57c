/**
 * ‖X‖* = Σ σᵢ of an m×n matrix of full rank. With X = U Σ Vᵀ the derivative is
 * UVᵀ, the polar factor: X (XᵀX)^(−1/2) if m ≥ n, else (XXᵀ)^(−1/2) X. Forward
 * mode differentiates tr (XᵀX)^(1/2) instead.
 */
import { einsum } from "../build";
import { inverse, matrixSquareRoot } from "../calls";
import { singularValues } from "../dense/jacobi";
import { frobeniusNorm } from "../dense/matrix";
import type { Shape } from "../shape";
import type { Term } from "../term";
import { atomDegree } from "./degrees";
import type { CallRule } from "./types";

export const nuclearNorm: CallRule = {
  kind: "call",
  name: "nuclearNorm",
  title: "differential of the nuclear norm",
  sizes: [
    { shapes: [[1, 1]], result: [] },
    { shapes: [[3, 3]], result: [] },
    { shapes: [[4, 2]], result: [] },
    { shapes: [[2, 3]], result: [] },
  ],
  domain: fullRank,
  forward: ([x], _, out) => void (out[0] = singularValues(x!.data, x!.shape[0]!, x!.shape[1]!).reduce((sum, s) => sum + s, 0)),
  // A perturbation E moves Σ σᵢ by at most √rank ‖E‖.
  bound: ([x], _, out, error) => {
    const [m, n] = x!.shape as [number, number];
    error[0] = Math.sqrt(Math.min(m, n)) * (x!.error ? frobeniusNorm(x!.error) : 0) + 20 * (m + n) * 2 ** -53 * out[0]!;
  },
  rounds: true,
  exactness: "none",
  tangent: ([dot], _, [x]) => {
    const tall = x!.shape[0]! >= x!.shape[1]!;
    return tall ? einsum("ij,kj,...ki->...", inverse(gramRoot(x!, true)), x!, dot!) : einsum("ij,jk,...ik->...", inverse(gramRoot(x!, false)), x!, dot!);
  },
  pullback: (ybar, _, [x]) => {
    const tall = x!.shape[0]! >= x!.shape[1]!;
    return [tall ? einsum("...,ij,jk->...ik", ybar, x!, inverse(gramRoot(x!, true))) : einsum("...,ij,jk->...ik", ybar, inverse(gramRoot(x!, false)), x!)];
  },
  degree: atomDegree,
  cost: ([x]) => 20 * x![0]! * x![1]! * Math.min(x![0]!, x![1]!),
};

/** (XᵀX)^(1/2), or (XXᵀ)^(1/2). */
function gramRoot(x: Term, columns: boolean): Term {
  return matrixSquareRoot(columns ? einsum("ki,kj->ij", x, x) : einsum("ik,jk->ij", x, x));
}

/** Adds 3, 6, … on the diagonal, which keeps the singular values apart from 0 and one another. */
export function fullRank(data: Float64Array, shape: Shape): void {
  const [m, n] = shape as [number, number];
  for (let i = 0; i < Math.min(m, n); i++) data[i * n + i] = data[i * n + i]! + 3 * (i + 1);
}
