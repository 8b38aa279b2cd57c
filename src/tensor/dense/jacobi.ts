/**
 * Jacobi's rotations: singular values of an m×n matrix and the eigenvectors of
 * a symmetric one. Slow for large matrices and accurate for small ones; a
 * fixed cyclic order makes it reproducible.
 */
const SWEEPS = 60;

/** Singular values (in no order) by one-sided rotations of the columns (Hestenes). */
export function singularValues(a: Float64Array, m: number, n: number): Float64Array {
  const [rows, columns] = m >= n ? [m, n] : [n, m];
  const u = m >= n ? a.slice() : transposed(a, m, n);
  for (let sweep = 0, turning = true; sweep < SWEEPS && turning; sweep++) {
    turning = false;
    for (let p = 0; p < columns; p++) for (let q = p + 1; q < columns; q++) turning = rotateColumns(u, rows, columns, p, q) || turning;
  }
  const values = new Float64Array(columns);
  for (let j = 0; j < columns; j++) {
    let sum = 0;
    for (let i = 0; i < rows; i++) sum += u[i * columns + j]! ** 2;
    values[j] = Math.sqrt(sum);
  }
  return values;
}

function rotateColumns(u: Float64Array, rows: number, columns: number, p: number, q: number): boolean {
  let alpha = 0;
  let beta = 0;
  let gamma = 0;
  for (let i = 0; i < rows; i++) {
    const x = u[i * columns + p]!;
    const y = u[i * columns + q]!;
    alpha += x * x;
    beta += y * y;
    gamma += x * y;
  }
  if (!(Math.abs(gamma) > 1e-16 * Math.sqrt(alpha * beta))) return false;
  const [c, s] = rotation(alpha, beta, gamma);
  for (let i = 0; i < rows; i++) {
    const x = u[i * columns + p]!;
    const y = u[i * columns + q]!;
    u[i * columns + p] = c * x - s * y;
    u[i * columns + q] = s * x + c * y;
  }
  return true;
}

/** Cosine and sine that diagonalise [[alpha, gamma], [gamma, beta]]. */
function rotation(alpha: number, beta: number, gamma: number): [number, number] {
  const zeta = (beta - alpha) / (2 * gamma);
  const t = (zeta >= 0 ? 1 : -1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
  const c = 1 / Math.sqrt(1 + t * t);
  return [c, c * t];
}

/** Eigenvalues, and as columns their unit eigenvectors, of a symmetric n×n matrix. */
export function symmetricEigen(matrix: Float64Array, n: number): { values: Float64Array; vectors: Float64Array } {
  const a = matrix.slice();
  const vectors = new Float64Array(n * n);
  for (let i = 0; i < n; i++) vectors[i * n + i] = 1;
  for (let sweep = 0, turning = true; sweep < SWEEPS && turning; sweep++) {
    turning = false;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) turning = rotateBoth(a, vectors, n, p, q) || turning;
  }
  return { values: Float64Array.from({ length: n }, (_, i) => a[i * n + i]!), vectors };
}

function rotateBoth(a: Float64Array, vectors: Float64Array, n: number, p: number, q: number): boolean {
  const gamma = a[p * n + q]!;
  const alpha = a[p * n + p]!;
  const beta = a[q * n + q]!;
  if (!(Math.abs(gamma) > 1e-17 * (Math.abs(alpha) + Math.abs(beta)))) return false;
  const [c, s] = rotation(alpha, beta, gamma);
  for (let k = 0; k < n; k++) rotatePair(a, k * n + p, k * n + q, c, s);
  for (let k = 0; k < n; k++) rotatePair(a, p * n + k, q * n + k, c, s);
  for (let k = 0; k < n; k++) rotatePair(vectors, k * n + p, k * n + q, c, s);
  return true;
}

function rotatePair(data: Float64Array, i: number, j: number, c: number, s: number): void {
  const x = data[i]!;
  const y = data[j]!;
  data[i] = c * x - s * y;
  data[j] = s * x + c * y;
}

function transposed(a: Float64Array, m: number, n: number): Float64Array {
  const out = new Float64Array(a.length);
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) out[j * m + i] = a[i * n + j]!;
  return out;
}
