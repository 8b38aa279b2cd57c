/**
 * Products in plain TypeScript, for the sizes at which calling the compiled
 * kernels costs more than the product, and for shapes thinner than a tile.
 *
 * The sums run from the first term to the last, so the results are those of
 * the compiled kernels to the bit. Strides are in entries: one loop serves
 * every storage order. Two columns at a time share the entry of A.
 */

/** C ← A·B at the given offsets. */
export function smallProduct(a: Float64Array, b: Float64Array, c: Float64Array, m: number, k: number, n: number, transposeA: boolean, transposeB: boolean, a0 = 0, b0 = 0, c0 = 0): void {
  const aRow = transposeA ? 1 : k;
  const aTerm = transposeA ? m : 1;
  const bTerm = transposeB ? 1 : n;
  const bColumn = transposeB ? k : 1;
  for (let i = 0; i < m; i++) {
    let j = 0;
    for (; j + 1 < n; j += 2) {
      let x = a0;
      let y = b0 + j * bColumn;
      let left = 0;
      let right = 0;
      for (let l = 0; l < k; l++) {
        const entry = a[x]!;
        left += entry * b[y]!;
        right += entry * b[y + bColumn]!;
        x += aTerm;
        y += bTerm;
      }
      c[c0 + j] = left;
      c[c0 + j + 1] = right;
    }
    if (j < n) {
      let x = a0;
      let y = b0 + j * bColumn;
      let sum = 0;
      for (let l = 0; l < k; l++) {
        sum += a[x]! * b[y]!;
        x += aTerm;
        y += bTerm;
      }
      c[c0 + j] = sum;
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
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let x = a0;
      let y = b0 + j * bColumn;
      let sum = 0;
      for (let l = 0; l < k; ) {
        for (const stop = Math.min(k, l + interval); l < stop; l++) {
          sum += a[x]! * b[y]!;
          x += aTerm;
          y += bTerm;
        }
        sum -= modulus * (sum * inverse + ROUNDING - ROUNDING);
      }
      c[c0 + j] = sum - modulus * (sum * inverse + ROUNDING - ROUNDING);
    }
    a0 += aRow;
    c0 += n;
  }
}
