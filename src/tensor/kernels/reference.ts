/**
 * Matrix products in plain TypeScript: what the kernels must compute, the
 * fallback where there is no WebAssembly, and the choice for tiny sizes.
 *
 * C is filled row by row as sums of rows of B, so that the inner loop runs
 * along memory; a transposed B is read in dot products instead.
 */
import type { Kernels } from "./types";

export const referenceKernels: Kernels = { matmul, matmulModular };

function matmul(a: Float64Array, b: Float64Array, c: Float64Array, m: number, k: number, n: number, transposeA: boolean, transposeB: boolean): void {
  const rowA = transposeA ? 1 : k;
  const stepA = transposeA ? m : 1;
  if (!transposeB) c.fill(0, 0, m * n);
  for (let i = 0; i < m; i++) {
    if (transposeB) {
      for (let j = 0; j < n; j++) {
        let sum = 0;
        for (let p = 0; p < k; p++) sum += a[i * rowA + p * stepA]! * b[j * k + p]!;
        c[i * n + j] = sum;
      }
    } else {
      for (let p = 0; p < k; p++) {
        const x = a[i * rowA + p * stepA]!;
        for (let j = 0; j < n; j++) c[i * n + j] = c[i * n + j]! + x * b[p * n + j]!;
      }
    }
  }
}

/** Sums of eight products are exact, so they are reduced together. */
function matmulModular(a: Float64Array, b: Float64Array, c: Float64Array, m: number, k: number, n: number, transposeA: boolean, transposeB: boolean, modulus: number): void {
  const rowA = transposeA ? 1 : k;
  const stepA = transposeA ? m : 1;
  const stepB = transposeB ? 1 : n;
  const columnB = transposeB ? k : 1;
  const half = (modulus - 1) / 2;
  const reciprocal = 1 / modulus;
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let p = 0; p < k; ) {
        const end = Math.min(k, p + 8);
        for (; p < end; p++) sum += a[i * rowA + p * stepA]! * b[p * stepB + j * columnB]!;
        sum -= modulus * Math.round(sum * reciprocal);
        // The quotient may be off by one where it lies halfway.
        if (sum > half) sum -= modulus;
        else if (sum < -half) sum += modulus;
      }
      c[i * n + j] = sum + 0;
    }
  }
}
