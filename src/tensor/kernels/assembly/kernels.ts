/** What the host calls: one product, and a batch of them. */
import { direct } from "./direct";
import { isDirect, product } from "./product";
import { SCRATCH_BYTES } from "./layout";

export { product };

export function scratchBytes(): usize {
  return SCRATCH_BYTES;
}

/** `count` products of the same shape; `aNext`, `bNext`, `cNext`: bytes from one to the next, 0 to use a factor again. */
export function batch(
  count: i32, aNext: i32, bNext: i32, cNext: i32,
  a: usize, aRow: i32, aTerm: i32,
  b: usize, bColumn: i32, bTerm: i32,
  c: usize, cRow: i32,
  m: i32, k: i32, n: i32,
  interval: i32, scratch: usize,
): void {
  if (isDirect(bColumn, m, k, n)) {
    direct(count, aNext, bNext, cNext, a, aRow, aTerm, b, bTerm, c, cRow, m, k, n, interval);
    return;
  }
  for (let i = 0; i < count; i++) {
    product(a, aRow, aTerm, b, bColumn, bTerm, c, cRow, m, k, n, 1, false, interval, scratch);
    a += aNext;
    b += bNext;
    c += cNext;
  }
}
