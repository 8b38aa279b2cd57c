/**
 * The eigenvalues, in descending order, of an n×n matrix that has n distinct
 * real ones. With the eigenvectors V: λ̇ᵢ = (V⁻¹ Ẋ V)ᵢᵢ. Forward mode takes V
 * of X, reverse mode the left eigenvectors, V of Xᵀ, whose scale it divides out.
 */
import { einsum, reciprocal } from "../build";
import { eigenvectors, inverse } from "../calls";
import { realEigen, residual } from "../dense/eigen";
import { frobeniusNorm } from "../dense/matrix";
import type { Shape } from "../shape";
import { atomDegree } from "./degrees";
import type { CallRule } from "./types";

export const eigenvalues: CallRule = {
  kind: "call",
  name: "eigenvalues",
  title: "differential of an eigenvalue",
  sizes: [
    { shapes: [[1, 1]], result: [1] },
    { shapes: [[3, 3]], result: [3] },
    { shapes: [[5, 5]], result: [5] },
  ],
  domain: spreadDiagonal,
  forward: ([x], _, out) => out.set(realEigen(x!.data, x!.shape[0]!).values),
  // Bauer and Fike: a perturbation E moves an eigenvalue by at most κ(V) ‖E‖.
  bound: ([x], _, __, error) => {
    const n = x!.shape[0]!;
    const eigen = realEigen(x!.data, n);
    error.fill(eigen.condition * ((x!.error ? frobeniusNorm(x!.error) : 0) + residual(x!.data, eigen, n) + 20 * n * 2 ** -53 * frobeniusNorm(x!.data)));
  },
  rounds: true,
  exactness: "none",
  tangent: ([dot], _, [x]) => {
    const v = eigenvectors(x!);
    return einsum("ij,...jk,ki->...i", inverse(v), dot!, v);
  },
  pullback: (ybar, _, [x]) => {
    const [right, left] = [eigenvectors(x!), eigenvectors(einsum("ij->ji", x!))];
    return [einsum("...i,i,ji,ki->...jk", ybar, reciprocal(einsum("ji,ji->i", left, right)), left, right)];
  },
  degree: atomDegree,
  cost: ([x]) => 100 * x![0]! ** 3,
};

/** Small entries beside a diagonal of 2, 4, …: by Gershgorin, distinct real eigenvalues. */
export function spreadDiagonal(data: Float64Array, shape: Shape): void {
  const n = shape[0]!;
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) data[i * n + j] = data[i * n + j]! / (2 * n) + (i === j ? 2 * (i + 1) : 0);
}
