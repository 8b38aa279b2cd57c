/**
 * Eigenvalues, in descending order, and unit eigenvectors of an n×n matrix
 * whose eigenvalues are real: by Jacobi's rotations where it is symmetric, else
 * by the QR iteration with shifts, and the vectors by inverse iteration. Small
 * matrices only: nothing is reduced first.
 */
import { symmetricEigen } from "./jacobi";
import { factorize, invertFactors } from "./lu";
import { frobeniusNorm, multiplySquare } from "./matrix";

export interface Eigen {
  readonly values: Float64Array;
  /** As columns, each with its largest entry positive. */
  readonly vectors: Float64Array;
  /** V⁻¹. */
  readonly inverse: Float64Array;
  /** Bound of the change of an eigenvalue for a perturbation of norm one (Bauer and Fike): the condition of V. */
  readonly condition: number;
  /** The least distance between two eigenvalues. */
  readonly gap: number;
}

const ITERATIONS = 500;

/** NaN where eigenvalues are not real. */
export function realEigen(a: Float64Array, n: number): Eigen {
  const { values, vectors } = isSymmetric(a, n) ? symmetricEigen(a, n) : unsymmetricEigen(a, n);
  const order = [...values.keys()].sort((i, j) => values[j]! - values[i]!);
  const sorted = Float64Array.from(order, (i) => values[i]!);
  const signs = order.map((j) => signOf(vectors, n, j));
  const columns = Float64Array.from({ length: n * n }, (_, at) => signs[at % n]! * vectors[Math.floor(at / n) * n + order[at % n]!]!);
  const inverse = new Float64Array(n * n);
  invertFactors(factorize(columns, n), inverse);
  let gap = Infinity;
  for (let i = 1; i < n; i++) gap = Math.min(gap, sorted[i - 1]! - sorted[i]!);
  return { values: sorted, vectors: columns, inverse, condition: frobeniusNorm(columns) * frobeniusNorm(inverse), gap };
}

/** What makes the largest entry of a column positive. */
function signOf(vectors: Float64Array, n: number, column: number): 1 | -1 {
  let largest = 0;
  for (let i = 0; i < n; i++) if (Math.abs(vectors[i * n + column]!) > Math.abs(largest)) largest = vectors[i * n + column]!;
  return largest < 0 ? -1 : 1;
}

function isSymmetric(a: Float64Array, n: number): boolean {
  const size = frobeniusNorm(a);
  return a.every((entry, at) => Math.abs(entry - a[(at % n) * n + Math.floor(at / n)]!) <= 1e-13 * size);
}

function unsymmetricEigen(a: Float64Array, n: number): { values: Float64Array; vectors: Float64Array } {
  const values = eigenvaluesByQr(a, n);
  const vectors = new Float64Array(n * n);
  values.forEach((value, j) => eigenvector(a, n, value).forEach((entry, i) => (vectors[i * n + j] = entry)));
  return { values, vectors };
}

/** A ← RQ + μI for A − μI = QR, on the leading block whose last row has not settled. */
function eigenvaluesByQr(matrix: Float64Array, n: number): Float64Array {
  const a = matrix.slice();
  const small = 1e-15 * frobeniusNorm(matrix);
  let active = n;
  for (let step = 0; active > 1; step++) {
    if (step > ITERATIONS) return new Float64Array(n).fill(NaN);
    let below = 0;
    for (let j = 0; j < active - 1; j++) below += Math.abs(a[(active - 1) * n + j]!);
    if (below <= small) active--;
    else qrStep(a, n, active, a[active * n - n + active - 1]!);
  }
  return Float64Array.from({ length: n }, (_, i) => a[i * n + i]!);
}

function qrStep(a: Float64Array, n: number, active: number, shift: number): void {
  for (let i = 0; i < active; i++) a[i * n + i] = a[i * n + i]! - shift;
  const turns: [number, number, number, number][] = [];
  for (let j = 0; j < active - 1; j++) {
    for (let i = j + 1; i < active; i++) {
      const [x, y] = [a[j * n + j]!, a[i * n + j]!];
      const length = Math.hypot(x, y);
      if (y === 0) continue;
      const [c, s] = [x / length, y / length];
      turns.push([j, i, c, s]);
      for (let k = j; k < active; k++) rotate(a, j * n + k, i * n + k, c, s);
    }
  }
  for (const [j, i, c, s] of turns) for (let k = 0; k < active; k++) rotate(a, k * n + j, k * n + i, c, s);
  for (let i = 0; i < active; i++) a[i * n + i] = a[i * n + i]! + shift;
}

function rotate(data: Float64Array, p: number, q: number, c: number, s: number): void {
  const [x, y] = [data[p]!, data[q]!];
  data[p] = c * x + s * y;
  data[q] = c * y - s * x;
}

/** Inverse iteration: (A − λ′I)⁻¹ of any vector, λ′ next to λ, is along the eigenvector. */
function eigenvector(a: Float64Array, n: number, value: number): Float64Array {
  const shifted = a.slice();
  const near = value + 1e-10 * frobeniusNorm(a);
  for (let i = 0; i < n; i++) shifted[i * n + i] = shifted[i * n + i]! - near;
  const inverse = new Float64Array(n * n);
  invertFactors(factorize(shifted, n), inverse);
  let v = Float64Array.from({ length: n }, (_, i) => 1 + i / n);
  for (let round = 0; round < 4; round++) {
    const next = Float64Array.from(v, (_, i) => v.reduce((sum, entry, j) => sum + inverse[i * n + j]! * entry, 0));
    const length = frobeniusNorm(next);
    v = next.map((entry) => entry / length);
  }
  return v;
}

/** ‖A − VΛV⁻¹‖: what the computed decomposition leaves out. */
export function residual(a: Float64Array, { values, vectors, inverse }: Eigen, n: number): number {
  const scaled = vectors.map((entry, at) => entry * values[at % n]!);
  const product = multiplySquare(scaled, inverse, n);
  return frobeniusNorm(product.map((entry, at) => entry - a[at]!));
}
