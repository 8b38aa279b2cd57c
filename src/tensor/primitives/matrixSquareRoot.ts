/**
 * Y with Y² = X and positive eigenvalues, for X without eigenvalues on the
 * closed negative axis (a positive definite one, say), by the iteration of
 * Denman and Beavers.
 *
 * Ẏ solves Y Ẏ + Ẏ Y = Ẋ, a linear system with the matrix Y ⊗ I + I ⊗ Yᵀ on
 * row-major entries; the adjoint solves the transposed one.
 */
import { einsum, identity } from "../build";
import { inverse, reshape } from "../calls";
import { factorize, invertFactors } from "../dense/lu";
import { frobeniusNorm, identityMatrix } from "../dense/matrix";
import { add, type Term } from "../term";
import type { Shape } from "../shape";
import { atomDegree } from "./degrees";
import type { CallRule } from "./types";

export const matrixSquareRoot: CallRule = {
  kind: "call",
  name: "matrixSquareRoot",
  title: "differential of a matrix square root",
  sizes: [{ shapes: [[1, 1]] }, { shapes: [[2, 2]] }, { shapes: [[4, 4]] }],
  domain: wellRooted,
  forward: ([x], _, out) => out.set(squareRoot(x!.data, x!.shape[0]!)),
  bound: ([x], _, out, error) => void error.fill(squareRootError(x!.data, x!.error, out, x!.shape[0]!)),
  rounds: true,
  exactness: "none",
  tangent: ([dot], y) => reshape(einsum("abij,...ij->...ab", solution(y), dot!), dot!.shape),
  pullback: (ybar, y) => [reshape(einsum("ijab,...ij->...ab", solution(y), ybar), ybar.shape)],
  degree: atomDegree,
  cost: ([x]) => 40 * x![0]! ** 3,
};

/** S with Ẏ_ab = Σ S_abij Ẋ_ij. */
function solution(y: Term): Term {
  const n = y.shape[0]!;
  const sylvester = add(einsum("ai,bj->abij", y, identity(n)), einsum("ai,jb->abij", identity(n), y));
  return reshape(inverse(reshape(sylvester, [n * n, n * n])), [n, n, n, n]);
}

/** Yₖ → √X and Zₖ → 1/√X, each the mean of itself and the other's inverse. */
export function squareRoot(x: Float64Array, n: number): Float64Array {
  let y: Float64Array = x.slice();
  let z: Float64Array = identityMatrix(n);
  let last = Infinity;
  for (let step = 0; step < 60; step++) {
    const next = meanWithInverse(y, z, n);
    z = meanWithInverse(z, y, n);
    let change = 0;
    for (let i = 0; i < y.length; i++) change = Math.max(change, Math.abs(next[i]! - y[i]!));
    y = next;
    if (change <= 1e-15 * frobeniusNorm(y) || (change < 1e-10 * frobeniusNorm(y) && change >= last)) return y;
    if (!(change < Infinity)) break;
    last = change;
  }
  return y.fill(NaN);
}

function meanWithInverse(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const mean = new Float64Array(n * n);
  invertFactors(factorize(b, n), mean);
  for (let i = 0; i < mean.length; i++) mean[i] = (mean[i]! + a[i]!) / 2;
  return mean;
}

/**
 * Newton and Kantorovich: with R = X − Y², a root is within 2‖K⁻¹‖‖R‖ of Y as
 * soon as 4‖K⁻¹‖²‖R‖ < 1, where K is the Sylvester operator of Y; all in the
 * Frobenius norm. For a symmetric Y, ‖K⁻¹‖ = 1/(2 λmin) ≤ ‖Y⁻¹‖/2; else, for
 * small matrices, K is inverted.
 */
function squareRootError(x: Float64Array, inputError: Float64Array | null, y: Float64Array, n: number): number {
  let residual = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let sum = x[i * n + j]!;
      let slack = Math.abs(sum);
      for (let k = 0; k < n; k++) {
        const term = y[i * n + k]! * y[k * n + j]!;
        sum -= term;
        slack += Math.abs(term);
      }
      residual += (Math.abs(sum) + (n + 3) * 2 ** -53 * slack + (inputError ? inputError[i * n + j]! : 0)) ** 2;
    }
  }
  const inverseNorm = isSymmetric(y, n) ? 0.6 * frobeniusNorm(invert(y, n)) : n <= 8 ? 1.1 * frobeniusNorm(invert(sylvesterMatrix(y, n), n * n)) : Infinity;
  const norm = Math.sqrt(residual);
  return 4 * inverseNorm * inverseNorm * norm < 1 ? 2 * inverseNorm * norm : Infinity;
}

function sylvesterMatrix(y: Float64Array, n: number): Float64Array {
  const size = n * n;
  const k = new Float64Array(size * size);
  for (let a = 0; a < n; a++) {
    for (let b = 0; b < n; b++) {
      for (let i = 0; i < n; i++) {
        const left = (a * n + b) * size + i * n + b;
        k[left] = k[left]! + y[a * n + i]!;
        const right = (a * n + b) * size + a * n + i;
        k[right] = k[right]! + y[i * n + b]!;
      }
    }
  }
  return k;
}

export function invert(a: Float64Array, n: number): Float64Array {
  const out = new Float64Array(n * n);
  invertFactors(factorize(a, n), out);
  return out;
}

function isSymmetric(y: Float64Array, n: number): boolean {
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) if (!(Math.abs(y[i * n + j]! - y[j * n + i]!) <= 1e-10 * (Math.abs(y[i * n + i]!) + Math.abs(y[j * n + j]!)))) return false;
  return true;
}

/** X Xᵀ/n + X/4 + I, which has eigenvalues of positive real parts and is not symmetric. */
export function wellRooted(data: Float64Array, shape: Shape): void {
  const n = shape[0]!;
  const x = data.slice();
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let sum = (i === j ? 1 : 0) + x[i * n + j]! / 4;
      for (let k = 0; k < n; k++) sum += (x[i * n + k]! * x[j * n + k]!) / n;
      data[i * n + j] = sum;
    }
  }
}
