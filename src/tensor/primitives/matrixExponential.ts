/**
 * exp X = Σ Xᵏ/k! of an n×n matrix, by scaling and squaring a Taylor polynomial.
 *
 * The derivative in the direction E is L(X, E) = ∫₀¹ e^(sX) E e^((1−s)X) ds, the
 * upper right block of exp [[X, E], [0, X]] (Van Loan); its adjoint is L(Xᵀ, ·).
 */
import { einsum } from "../build";
import { matrixExponential as exponentialTerm } from "../calls";
import { identityMatrix, multiplySquare, rowNorm } from "../dense/matrix";
import { atomDegree } from "./degrees";
import { frechet } from "./frechet";
import type { CallRule } from "./types";

const ORDER = 17;

export const matrixExponential: CallRule = {
  kind: "call",
  name: "matrixExponential",
  title: "differential of the matrix exponential",
  sizes: [{ shapes: [[1, 1]] }, { shapes: [[3, 3]] }, { shapes: [[4, 4]] }],
  domain: () => undefined,
  forward: ([x], _, out) => out.set(exponential(x!.data, x!.shape[0]!).value),
  bound: ([x], _, __, error) => {
    const n = x!.shape[0]!;
    const { norm, rounding } = exponential(x!.data, n);
    const input = x!.error ? rowNorm(x!.error, n) : 0;
    error.fill(rounding + input * Math.exp(norm + input));
  },
  rounds: true,
  exactness: "none",
  tangent: ([dot], _, [x]) => frechet(exponentialTerm, x!, dot!),
  pullback: (ybar, _, [x]) => [frechet(exponentialTerm, einsum("ij->ji", x!), ybar)],
  degree: atomDegree,
  cost: ([x]) => 30 * x![0]! ** 3,
};

/**
 * The value, ‖X‖, and a bound in the row norm on the rounding errors: those of
 * the polynomial of X/2ˢ, doubled by each squaring T → T².
 */
export function exponential(x: Float64Array, n: number): { value: Float64Array; norm: number; rounding: number } {
  const norm = rowNorm(x, n);
  const squarings = norm > 0.5 && norm < 2 ** 60 ? Math.ceil(Math.log2(norm)) + 1 : 0;
  const scaled = x.map((entry) => entry / 2 ** squarings);
  let value = identityMatrix(n);
  for (let k = ORDER; k >= 1; k--) {
    value = multiplySquare(scaled, value, n).map((entry) => entry / k);
    for (let i = 0; i < n; i++) value[i * n + i] = value[i * n + i]! + 1;
  }
  const unit = (n + 3) * 2 ** -53;
  let rounding = 3 * unit * Math.exp(norm / 2 ** squarings);
  for (let s = 0; s < squarings; s++) {
    const size = rowNorm(value, n);
    rounding = 2 * size * rounding + rounding * rounding + unit * size * size;
    value = multiplySquare(value, value, n);
  }
  return { value, norm, rounding };
}
