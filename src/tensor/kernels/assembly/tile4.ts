/**
 * The 4×4 register tile of packed panels: C ← A·B, or C + A·B.
 *
 * Its form is for the order that V8 gives the instructions, which decides how
 * well the processor can fill its units: best where every load of A comes
 * right before its products, worse by a tenth where all six loads of a term
 * come first. So the loop has one term, for loads are moved to the front of a
 * step that another step follows, and the rows run from the last to the first,
 * as V8 sets them. Nine accumulators would spill. The masks show that the
 * addresses have no upper half; else each step would clear it.
 */
import { canonical, multiplyAdd, reduceScaled } from "./arithmetic";
import { DOWN, UP } from "./layout";

/**
 * `pa`, `pb`: panels with 4 and 4 values a term; `end`: the end of the panel
 * of A; `pc`, `stride`: the tile of C and the bytes between its rows; `keep`:
 * add to what is there. `interval`: 0 for real numbers; else A is scaled by
 * 1/s, and `interval` is the bytes of A, an even number of terms, between two
 * reductions.
 */
export function tile(pa: usize, pb: usize, end: usize, pc: usize, stride: i32, keep: bool, interval: usize): void {
  let c00 = f64x2.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
  let a: v128, b0: v128, b1: v128;
  const row1 = pc + stride, row2 = row1 + stride, row3 = row2 + stride;
  if (keep) {
    c00 = v128.load(pc); c01 = v128.load(pc, 16);
    c10 = v128.load(row1); c11 = v128.load(row1, 16);
    c20 = v128.load(row2); c21 = v128.load(row2, 16);
    c30 = v128.load(row3); c31 = v128.load(row3, 16);
    if (interval) {
      a = v128.load64_splat(DOWN);
      c00 = f64x2.mul(c00, a); c01 = f64x2.mul(c01, a);
      c10 = f64x2.mul(c10, a); c11 = f64x2.mul(c11, a);
      c20 = f64x2.mul(c20, a); c21 = f64x2.mul(c21, a);
      c30 = f64x2.mul(c30, a); c31 = f64x2.mul(c31, a);
    }
  }
  pa &= -8;
  pb &= -8;
  let stop = interval ? min(end, pa + interval) : end;
  while (true) {
    do {
      b0 = v128.load(pb); b1 = v128.load(pb, 16);
      a = v128.load64_splat(pa, 24); c30 = multiplyAdd(c30, a, b0); c31 = multiplyAdd(c31, a, b1);
      a = v128.load64_splat(pa, 16); c20 = multiplyAdd(c20, a, b0); c21 = multiplyAdd(c21, a, b1);
      a = v128.load64_splat(pa, 8); c10 = multiplyAdd(c10, a, b0); c11 = multiplyAdd(c11, a, b1);
      a = v128.load64_splat(pa); c00 = multiplyAdd(c00, a, b0); c01 = multiplyAdd(c01, a, b1);
      pa += 32;
      pb += 32;
    } while (pa != stop);
    if (stop == end) break;
    c00 = reduceScaled(c00); c01 = reduceScaled(c01);
    c10 = reduceScaled(c10); c11 = reduceScaled(c11);
    c20 = reduceScaled(c20); c21 = reduceScaled(c21);
    c30 = reduceScaled(c30); c31 = reduceScaled(c31);
    stop = min(end, stop + interval);
  }
  if (interval) {
    a = v128.load64_splat(UP);
    c00 = canonical(f64x2.mul(c00, a)); c01 = canonical(f64x2.mul(c01, a));
    c10 = canonical(f64x2.mul(c10, a)); c11 = canonical(f64x2.mul(c11, a));
    c20 = canonical(f64x2.mul(c20, a)); c21 = canonical(f64x2.mul(c21, a));
    c30 = canonical(f64x2.mul(c30, a)); c31 = canonical(f64x2.mul(c31, a));
  }
  v128.store(pc, c00); v128.store(pc, c01, 16);
  v128.store(row1, c10); v128.store(row1, c11, 16);
  v128.store(row2, c20); v128.store(row2, c21, 16);
  v128.store(row3, c30); v128.store(row3, c31, 16);
}
