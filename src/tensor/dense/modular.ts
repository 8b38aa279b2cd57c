/**
 * Linear algebra over GF(p) by Gaussian elimination, on row-major matrices of
 * balanced residues. Exact; O(n³) field operations.
 */
import { ZeroDivisor } from "../errors";
import type { Field } from "../field";
import { referenceKernels } from "../kernels/reference";

/** The determinant of an n×n matrix. */
export function determinantModular(a: Float64Array, n: number, field: Field): number {
  const u = a.slice();
  let det = 1;
  for (let k = 0; k < n; k++) {
    const pivot = findPivot(u, n, n, k, k);
    if (pivot < 0) return 0;
    if (pivot !== k) {
      swapRows(u, n, pivot, k);
      det = -det;
    }
    det = field.multiply(det, u[k * n + k]!);
    const inverse = field.inverse(u[k * n + k]!);
    for (let i = k + 1; i < n; i++) eliminate(u, n, i, k, k, field.multiply(u[i * n + k]!, inverse), field);
  }
  return det;
}

/** The inverse of an n×n matrix; throws `ZeroDivisor` where it is singular. */
export function inverseModular(a: Float64Array, n: number, out: Float64Array, field: Field): void {
  out.fill(0);
  for (let i = 0; i < n; i++) out[i * n + i] = 1;
  solveModular(a, n, out, n, field);
}

/** Replaces the n×m matrix b by A⁻¹·b; throws `ZeroDivisor` where A is singular. */
export function solveModular(a: Float64Array, n: number, b: Float64Array, m: number, field: Field): void {
  const u = a.slice();
  for (let k = 0; k < n; k++) {
    const pivot = findPivot(u, n, n, k, k);
    if (pivot < 0) throw new ZeroDivisor("solve");
    if (pivot !== k) {
      swapRows(u, n, pivot, k);
      swapRows(b, m, pivot, k);
    }
    const inverse = field.inverse(u[k * n + k]!);
    scaleRow(u, n, k, inverse, field);
    scaleRow(b, m, k, inverse, field);
    for (let i = 0; i < n; i++) {
      const factor = u[i * n + k]!;
      if (i === k || factor === 0) continue;
      eliminate(u, n, i, k, k, factor, field);
      eliminate(b, m, i, k, 0, factor, field);
    }
  }
}

/** The rank of an m×n matrix. */
export function rankModular(a: Float64Array, m: number, n: number, field: Field): number {
  const u = a.slice();
  let rank = 0;
  for (let column = 0; column < n && rank < m; column++) {
    const pivot = findPivot(u, m, n, rank, column);
    if (pivot < 0) continue;
    if (pivot !== rank) swapRows(u, n, pivot, rank);
    const inverse = field.inverse(u[rank * n + column]!);
    for (let i = rank + 1; i < m; i++) eliminate(u, n, i, rank, column, field.multiply(u[i * n + column]!, inverse), field);
    rank++;
  }
  return rank;
}

/** A^k of an n×n matrix for any integer k; a negative one throws `ZeroDivisor` where A is singular. */
export function powerModular(a: Float64Array, n: number, k: number, field: Field): Float64Array {
  let square: Float64Array = a.slice();
  if (k < 0) inverseModular(a, n, square, field);
  let result: Float64Array | null = null;
  for (let rest = Math.abs(k); rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = result ? multiplyModular(result, square, n, field) : square;
    if (rest > 1) square = multiplyModular(square, square, n, field);
  }
  return result ?? Float64Array.from(a, (_, place) => (place % (n + 1) === 0 ? 1 : 0));
}

function multiplyModular(a: Float64Array, b: Float64Array, n: number, field: Field): Float64Array {
  const c = new Float64Array(n * n);
  referenceKernels.matmulModular(a, b, c, n, n, n, false, false, field.modulus);
  return c;
}

function findPivot(u: Float64Array, rows: number, columns: number, from: number, column: number): number {
  for (let i = from; i < rows; i++) if (u[i * columns + column] !== 0) return i;
  return -1;
}

/** Row i −= factor · row k, from a column on. */
function eliminate(u: Float64Array, columns: number, i: number, k: number, from: number, factor: number, field: Field): void {
  if (factor === 0) return;
  for (let j = from; j < columns; j++) u[i * columns + j] = field.reduce(u[i * columns + j]! - factor * u[k * columns + j]!);
}

function scaleRow(u: Float64Array, columns: number, row: number, factor: number, field: Field): void {
  for (let j = 0; j < columns; j++) u[row * columns + j] = field.multiply(u[row * columns + j]!, factor);
}

function swapRows(u: Float64Array, columns: number, a: number, b: number): void {
  for (let j = 0; j < columns; j++) {
    const kept = u[a * columns + j]!;
    u[a * columns + j] = u[b * columns + j]!;
    u[b * columns + j] = kept;
  }
}
