/**
 * Products in plain TypeScript, for the sizes at which calling the compiled
 * kernels costs more than the product.
 *
 * The sums run from the first term to the last, so the results are those of
 * the compiled kernels to the bit. Strides are in entries: one loop serves
 * every storage order, and the offsets serve batches.
 */

/** C ← A·B. */
export function smallProduct(a: Float64Array, b: Float64Array, c: Float64Array, m: number, k: number, n: number, transposeA: boolean, transposeB: boolean, a0 = 0, b0 = 0, c0 = 0): void {
  const aRow = transposeA ? 1 : k;
  const aTerm = transposeA ? m : 1;
  const bTerm = transposeB ? 1 : n;
  const bColumn = transposeB ? k : 1;
  if (k === 2 && n === 2) byTwo(a, b, c, m, aRow, aTerm, bTerm, bColumn, a0, b0, c0);
  else if (k === 3 && n === 3) byThree(a, b, c, m, aRow, aTerm, bTerm, bColumn, a0, b0, c0);
  else byAny(a, b, c, m, k, n, aRow, aTerm, bTerm, bColumn, a0, b0, c0);
}

function byTwo(a: Float64Array, b: Float64Array, c: Float64Array, m: number, aRow: number, aTerm: number, bTerm: number, bColumn: number, a0: number, b0: number, c0: number): void {
  const b00 = b[b0]!;
  const b01 = b[b0 + bColumn]!;
  const b10 = b[b0 + bTerm]!;
  const b11 = b[b0 + bTerm + bColumn]!;
  for (let i = 0; i < m; i++) {
    const x = a[a0]!;
    const y = a[a0 + aTerm]!;
    // From 0 on, as everywhere: the sum of two negative zeros is a positive one.
    c[c0] = 0 + x * b00 + y * b10;
    c[c0 + 1] = 0 + x * b01 + y * b11;
    a0 += aRow;
    c0 += 2;
  }
}

function byThree(a: Float64Array, b: Float64Array, c: Float64Array, m: number, aRow: number, aTerm: number, bTerm: number, bColumn: number, a0: number, b0: number, c0: number): void {
  const b1 = b0 + bTerm;
  const b2 = b1 + bTerm;
  const b00 = b[b0]!;
  const b01 = b[b0 + bColumn]!;
  const b02 = b[b0 + 2 * bColumn]!;
  const b10 = b[b1]!;
  const b11 = b[b1 + bColumn]!;
  const b12 = b[b1 + 2 * bColumn]!;
  const b20 = b[b2]!;
  const b21 = b[b2 + bColumn]!;
  const b22 = b[b2 + 2 * bColumn]!;
  for (let i = 0; i < m; i++) {
    const x = a[a0]!;
    const y = a[a0 + aTerm]!;
    const z = a[a0 + 2 * aTerm]!;
    c[c0] = 0 + x * b00 + y * b10 + z * b20;
    c[c0 + 1] = 0 + x * b01 + y * b11 + z * b21;
    c[c0 + 2] = 0 + x * b02 + y * b12 + z * b22;
    a0 += aRow;
    c0 += 3;
  }
}

/** Four columns at a time share the entries of A, and their sums do not wait for one another. */
function byAny(
  a: Float64Array, b: Float64Array, c: Float64Array, m: number, k: number, n: number,
  aRow: number, aTerm: number, bTerm: number, bColumn: number, a0: number, b0: number, c0: number,
): void {
  const second = bColumn;
  const third = 2 * bColumn;
  const fourth = 3 * bColumn;
  for (let i = 0; i < m; i++) {
    let j = 0;
    let column = b0;
    for (; j + 3 < n; j += 4) {
      let x = a0;
      let y = column;
      let c1 = 0;
      let c2 = 0;
      let c3 = 0;
      let c4 = 0;
      for (let l = 0; l < k; l++) {
        const entry = a[x]!;
        c1 += entry * b[y]!;
        c2 += entry * b[y + second]!;
        c3 += entry * b[y + third]!;
        c4 += entry * b[y + fourth]!;
        x += aTerm;
        y += bTerm;
      }
      c[c0 + j] = c1;
      c[c0 + j + 1] = c2;
      c[c0 + j + 2] = c3;
      c[c0 + j + 3] = c4;
      column += 4 * bColumn;
    }
    for (; j < n; j++) {
      let x = a0;
      let y = column;
      let sum = 0;
      for (let l = 0; l < k; l++) {
        sum += a[x]! * b[y]!;
        x += aTerm;
        y += bTerm;
      }
      c[c0 + j] = sum;
      column += bColumn;
    }
    a0 += aRow;
    c0 += n;
  }
}

/** 1.5·2^52: adding it rounds a number of size below 2^51 to an integer. */
const ROUNDING = 6755399441055744;

/** The same over GF(modulus), reducing after every `interval` terms. */
export function smallProductModular(
  a: Float64Array, b: Float64Array, c: Float64Array, m: number, k: number, n: number, transposeA: boolean, transposeB: boolean,
  modulus: number, interval: number, a0 = 0, b0 = 0, c0 = 0,
): void {
  const aRow = transposeA ? 1 : k;
  const aTerm = transposeA ? m : 1;
  const bTerm = transposeB ? 1 : n;
  const bColumn = transposeB ? k : 1;
  const inverse = 1 / modulus;
  const half = (modulus - 1) / 2;
  for (let i = 0; i < m; i++) {
    let column = b0;
    for (let j = 0; j < n; j++) {
      let x = a0;
      let y = column;
      let sum = 0;
      for (let l = 0; l < k; ) {
        const stop = k - l > interval ? l + interval : k;
        for (; l < stop; l++) {
          sum += a[x]! * b[y]!;
          x += aTerm;
          y += bTerm;
        }
        sum -= modulus * (sum * inverse + ROUNDING - ROUNDING);
      }
      // The quotient may be off by one where it lies nearly halfway.
      c[c0 + j] = sum > half ? sum - modulus : sum < -half ? sum + modulus : sum;
      column += bColumn;
    }
    a0 += aRow;
    c0 += n;
  }
}
