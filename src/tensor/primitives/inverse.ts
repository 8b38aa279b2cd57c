/**
 * Y = X⁻¹ of an n×n matrix. From XY = I: Ẏ = −Y Ẋ Y, and X̄ = −Yᵀ Ȳ Yᵀ.
 *
 * The domain X + 2n·I keeps the rows diagonally dominant when the entries of X
 * lie in [−1, 1].
 */
import { einsum } from "../build";
import { inverseModular } from "../dense/modular";
import { factorize, inverseError, invertFactors } from "../dense/lu";
import { scalar } from "../term";
import type { Shape } from "../shape";
import { totalDegree } from "./degrees";
import type { CallRule } from "./types";

export const inverse: CallRule = {
  kind: "call",
  name: "inverse",
  title: "differential of an inverse",
  sizes: [{ shapes: [[1, 1]] }, { shapes: [[3, 3]] }, { shapes: [[5, 5]] }],
  domain: dominantDiagonal,
  forward: ([x], _, out) => invertFactors(factorize(x!.data, x!.shape[0]!), out),
  bound: ([x], _, out, error) => inverseError(x!.data, x!.error, out, x!.shape[0]!, error),
  rounds: true,
  exactness: "rational",
  forwardModular: ([x], _, out, { field }) => inverseModular(x!.data, x!.shape[0]!, out, field),
  tangent: ([dot], y) => einsum(",ij,...jk,kl->...il", scalar(-1), y, dot!, y),
  pullback: (ybar, y) => [einsum(",ji,...jk,lk->...il", scalar(-1), y, ybar, y)],
  // adj(N)·D / det(N) for X = N/D.
  degree: ([x], y) => {
    const n = y.shape[0]!;
    return {
      numerator: totalDegree(x!.denominator) + (n - 1) * x!.numerator,
      denominator: new Map([[y.id, { degree: n * x!.numerator, count: 1 }]]),
      collisions: 0,
    };
  },
  cost: ([x]) => x![0]! ** 3,
};

export function dominantDiagonal(data: Float64Array, shape: Shape): void {
  const n = shape[0]!;
  for (let i = 0; i < n; i++) data[i * n + i] = data[i * n + i]! + 2 * n;
}
