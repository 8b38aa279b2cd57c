/**
 * Products without packing: for up to some thousand multiplications, copying
 * both factors costs more than it saves.
 *
 * A may be stored either way; B must be row-major. The last tile of a row or
 * column is moved back to end at the edge; the entries that two tiles share
 * are computed twice, to the same bits.
 */
import { multiplyAdd, reduce } from "./arithmetic";
import { SHORT } from "./layout";

/**
 * C ← A·B for m, n ≥ 4, `count` times. Strides in bytes; `aNext`, `bNext`,
 * `cNext`: from one product to the next; `interval`: terms between reductions,
 * or 0. All in one function: for the smallest products a call for each would
 * cost more than they do.
 */
export function direct(
  count: i32, aNext: i32, bNext: i32, cNext: i32,
  a: usize, aRow: i32, aTerm: i32, b: usize, bTerm: i32, c: usize, cRow: i32,
  m: i32, k: i32, n: i32, interval: i32,
): void {
  const twice = interval != 0 && k > load<i32>(SHORT);
  for (; count > 0; count--) {
    for (let i = 0; i < m; i += 4) {
      const top = min(i, m - 4);
      for (let j = 0; j < n; j += 4) {
        const left = min(j, n - 4) << 3;
        tile(a + top * aRow, aRow, aTerm, b + left, bTerm, c + top * cRow + left, cRow, k, interval, twice);
      }
    }
    a += aNext;
    b += bNext;
    c += cNext;
  }
}

// @ts-ignore: decorator
@inline
function tile(p0: usize, aRow: i32, aTerm: i32, pb: usize, bTerm: i32, pc: usize, cRow: i32, k: i32, interval: i32, twice: bool): void {
  let c00 = f64x2.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
  let p1 = p0 + aRow, p2 = p1 + aRow, p3 = p2 + aRow;
  let stop = interval ? max(k - interval, 0) : 0;
  while (true) {
    while (k > stop) {
      const b0 = v128.load(pb), b1 = v128.load(pb, 16);
      let a = v128.load64_splat(p0);
      c00 = multiplyAdd(c00, a, b0); c01 = multiplyAdd(c01, a, b1);
      a = v128.load64_splat(p1);
      c10 = multiplyAdd(c10, a, b0); c11 = multiplyAdd(c11, a, b1);
      a = v128.load64_splat(p2);
      c20 = multiplyAdd(c20, a, b0); c21 = multiplyAdd(c21, a, b1);
      a = v128.load64_splat(p3);
      c30 = multiplyAdd(c30, a, b0); c31 = multiplyAdd(c31, a, b1);
      p0 += aTerm; p1 += aTerm; p2 += aTerm; p3 += aTerm;
      pb += bTerm;
      k--;
    }
    if (interval) {
      c00 = reduce(c00); c01 = reduce(c01); c10 = reduce(c10); c11 = reduce(c11);
      c20 = reduce(c20); c21 = reduce(c21); c30 = reduce(c30); c31 = reduce(c31);
    }
    if (k == 0) break;
    stop = max(stop - interval, 0);
  }
  if (twice) {
    c00 = reduce(c00); c01 = reduce(c01); c10 = reduce(c10); c11 = reduce(c11);
    c20 = reduce(c20); c21 = reduce(c21); c30 = reduce(c30); c31 = reduce(c31);
  }
  v128.store(pc, c00); v128.store(pc, c01, 16);
  pc += cRow;
  v128.store(pc, c10); v128.store(pc, c11, 16);
  pc += cRow;
  v128.store(pc, c20); v128.store(pc, c21, 16);
  pc += cRow;
  v128.store(pc, c30); v128.store(pc, c31, 16);
}
