/**
 * Products in plain TypeScript, for the sizes at which calling the compiled
 * kernels costs more than the product.
 *
 * The sums run from the first term to the last, so the results are those of
 * the compiled kernels to the bit. Strides are in entries, so that one
 * function serves every storage order.
 */
import { tinyProduct } from "./wasm-tiny";

/** C ← A·B. */
export function smallProduct(a: Float64Array, b: Float64Array, c: Float64Array, m: number, k: number, n: number, transposeA: boolean, transposeB: boolean): void {
  if (m === n && k === n && n >= 2 && n <= 4) tinyProduct(a, b, c, n, transposeA, transposeB);
  else byAny(a, b, c, m, k, n, transposeA ? 1 : k, transposeA ? m : 1, transposeB ? 1 : n, transposeB ? k : 1);
}

/** Four terms of two columns at a time, then the other terms row by row. */
function byAny(a: Float64Array, b: Float64Array, c: Float64Array, m: number, k: number, n: number, aRow: number, aTerm: number, bTerm: number, bColumn: number): void {
  for (let i = 0; i < m * n; i++) c[i] = 0;
  let l = 0;
  for (; l + 3 < k; l += 4) {
    let j = 0;
    for (; j + 1 < n; j += 2) addToTwo(a, b, c, m, n, l * aTerm, aRow, aTerm, l * bTerm + j * bColumn, bTerm, bColumn, j);
    if (j < n) addToOne(a, b, c, m, n, l * aTerm, aRow, aTerm, l * bTerm + j * bColumn, bTerm, j);
  }
  for (; l < k; l++) {
    for (let i = 0; i < m; i++) {
      const x = a[i * aRow + l * aTerm]!;
      for (let j = 0; j < n; j++) c[i * n + j] = c[i * n + j]! + x * b[l * bTerm + j * bColumn]!;
    }
  }
}

function addToTwo(a: Float64Array, b: Float64Array, c: Float64Array, m: number, n: number, from: number, aRow: number, aTerm: number, left: number, bTerm: number, bColumn: number, to: number): void {
  const right = left + bColumn;
  const b00 = b[left]!;
  const b10 = b[left + bTerm]!;
  const b20 = b[left + 2 * bTerm]!;
  const b30 = b[left + 3 * bTerm]!;
  const b01 = b[right]!;
  const b11 = b[right + bTerm]!;
  const b21 = b[right + 2 * bTerm]!;
  const b31 = b[right + 3 * bTerm]!;
  for (let i = 0; i < m; i++) {
    const x = a[from]!;
    const y = a[from + aTerm]!;
    const z = a[from + 2 * aTerm]!;
    const w = a[from + 3 * aTerm]!;
    c[to] = c[to]! + x * b00 + y * b10 + z * b20 + w * b30;
    c[to + 1] = c[to + 1]! + x * b01 + y * b11 + z * b21 + w * b31;
    from += aRow;
    to += n;
  }
}

function addToOne(a: Float64Array, b: Float64Array, c: Float64Array, m: number, n: number, from: number, aRow: number, aTerm: number, first: number, bTerm: number, to: number): void {
  const b0 = b[first]!;
  const b1 = b[first + bTerm]!;
  const b2 = b[first + 2 * bTerm]!;
  const b3 = b[first + 3 * bTerm]!;
  for (let i = 0; i < m; i++) {
    c[to] = c[to]! + a[from]! * b0 + a[from + aTerm]! * b1 + a[from + 2 * aTerm]! * b2 + a[from + 3 * aTerm]! * b3;
    from += aRow;
    to += n;
  }
}

/** 1.5·2^52: adding it rounds a number of size below 2^51 to an integer. */
const ROUNDING = 6755399441055744;

/**
 * Sums of `k` products, no more than there may be between two reductions, to
 * balanced residues. A quotient x/p keeps a distance of 1/2p from every tie,
 * and is computed with an error below |x|/p·2^−52: sums of up to `short`
 * products are reduced once, others twice.
 */
export function reduceSums(c: Float64Array, length: number, k: number, { modulus, inverse, short }: { readonly modulus: number; readonly inverse: number; readonly short: number }): void {
  for (let i = 0; i < length; i++) {
    const sum = c[i]!;
    c[i] = sum - modulus * (sum * inverse + ROUNDING - ROUNDING);
  }
  if (k <= short) return;
  for (let i = 0; i < length; i++) {
    const rest = c[i]!;
    c[i] = rest - modulus * (rest * inverse + ROUNDING - ROUNDING);
  }
}
