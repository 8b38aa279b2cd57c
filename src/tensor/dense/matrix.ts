/** Plain arithmetic on small square row-major matrices, and their norms. */
export function multiplySquare(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const c = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      const x = a[i * n + k]!;
      if (x === 0) continue;
      for (let j = 0; j < n; j++) c[i * n + j] = c[i * n + j]! + x * b[k * n + j]!;
    }
  }
  return c;
}

export function identityMatrix(n: number): Float64Array {
  const a = new Float64Array(n * n);
  for (let i = 0; i < n; i++) a[i * n + i] = 1;
  return a;
}

/** The largest sum of absolute values in a row. */
export function rowNorm(a: Float64Array, n: number): number {
  let norm = 0;
  for (let i = 0; i < a.length; i += n) {
    let row = 0;
    for (let j = 0; j < n; j++) row += Math.abs(a[i + j]!);
    norm = Math.max(norm, row);
  }
  return norm;
}

/** The root of the sum of squares. */
export function frobeniusNorm(a: Float64Array): number {
  let sum = 0;
  for (const x of a) sum += x * x;
  return Math.sqrt(sum);
}
