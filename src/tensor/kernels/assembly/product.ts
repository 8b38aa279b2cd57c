/**
 * The blocked product, after Goto and van de Geijn ("Anatomy of
 * High-Performance Matrix Multiplication", 2008): a block of B is packed, then
 * blocks of A, and the register tile runs over them; a panel of B stays in the
 * first-level cache, the block of A in the second.
 *
 * Every entry of C is summed from its first term to its last, one block after
 * the other and each continuing from C. So neither blocks nor tiles nor the
 * number of threads change a bit of the result: it is that of the plain loop.
 */
import { direct } from "./direct";
import { BLOCK_COLUMNS, BLOCK_ROWS, COLUMNS, DEPTH, DOWN, LOW_ROWS, PACKED_A, PACKED_B, ROWS } from "./layout";
import { pack } from "./pack";
import { tile as tile4 } from "./tile4";
import { tile as tile6 } from "./tile6";

/** Up to this many multiplications packing costs more than it saves (measured). */
const DIRECT_LIMIT: i64 = 48 * 48 * 48;

/**
 * C ← αA·B, or C + αA·B if `keep`; all strides in bytes. A is m×k with `aRow`
 * between its rows and `aTerm` along k, B is k×n with `bColumn` and `bTerm`; of
 * each pair one is 8. `interval`: 0 for real numbers, else the even number of
 * terms between two reductions; α is 1 then. k ≥ 1.
 */
export function product(
  a: usize, aRow: i32, aTerm: i32,
  b: usize, bColumn: i32, bTerm: i32,
  c: usize, cRow: i32,
  m: i32, k: i32, n: i32,
  alpha: f64, keep: bool, interval: i32, scratch: usize,
): void {
  if (!keep && alpha == 1 && isDirect(bColumn, m, k, n)) {
    direct(1, 0, 0, 0, a, aRow, aTerm, b, bTerm, c, cRow, m, k, n, interval);
    return;
  }
  if (interval) alpha = load<f64>(DOWN);
  for (let j = 0; j < n; j += BLOCK_COLUMNS) {
    const columns = min(BLOCK_COLUMNS, n - j);
    for (let l = 0; l < k; l += DEPTH) {
      const terms = min(DEPTH, k - l);
      pack(b + j * bColumn + l * bTerm, bColumn, bTerm, columns, terms, scratch + PACKED_B, COLUMNS, 1);
      for (let i = 0; i < m; i += BLOCK_ROWS) {
        const rows = min(BLOCK_ROWS, m - i);
        const high = rows - lowRows(rows), from = a + i * aRow + l * aTerm, to = scratch + PACKED_A;
        pack(from, aRow, aTerm, high, terms, to, ROWS, alpha);
        pack(from + high * aRow, aRow, aTerm, rows - high, terms, to + (high * terms << 3), LOW_ROWS, alpha);
        tiles(c + i * cRow + (j << 3), cRow, rows, terms, columns, keep || l > 0, interval, scratch);
      }
    }
  }
}

/** Whether the product is better done without packing. */
export function isDirect(bColumn: i32, m: i32, k: i32, n: i32): bool {
  return m >= 4 && n >= 4 && bColumn == 8 && <i64>m * n * k <= DIRECT_LIMIT;
}

export function tiles(c: usize, cRow: i32, m: i32, k: i32, n: i32, keep: bool, interval: i32, scratch: usize): void {
  const high = m - lowRows(m);
  let pb = scratch + PACKED_B;
  for (let j = 0; j < n; j += COLUMNS) {
    let pa = scratch + PACKED_A, pc = c + (j << 3);
    for (let i = 0; i < m; ) {
      const rows = i < high ? ROWS : LOW_ROWS;
      if (n - j >= COLUMNS && m - i >= rows) tile(rows, pa, pb, k, pc, cRow, keep, interval);
      else edge(rows, pa, pb, k, pc, cRow, min(rows, m - i), min(COLUMNS, n - j), keep, interval, scratch);
      i += rows;
      pa += k * rows << 3;
      pc += cRow * rows;
    }
    pb += k * COLUMNS << 3;
  }
}

/** How many of m rows are left to tiles of four rows, so that no tile overhangs where m is even. */
function lowRows(m: i32): i32 {
  if (ROWS == LOW_ROWS) return 0;
  return m % ROWS == 4 ? 4 : m % ROWS == 2 && m >= 8 ? 8 : 0;
}

/** A tile that overhangs C is computed beside it, and the part inside is copied. */
function edge(height: i32, pa: usize, pb: usize, k: i32, pc: usize, cRow: i32, rows: i32, columns: i32, keep: bool, interval: i32, beside: usize): void {
  if (keep) copy(pc, cRow, beside, COLUMNS << 3, rows, columns);
  tile(height, pa, pb, k, beside, COLUMNS << 3, keep, interval);
  copy(beside, COLUMNS << 3, pc, cRow, rows, columns);
}

function copy(from: usize, fromRow: i32, to: usize, toRow: i32, rows: i32, columns: i32): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) store<f64>(to + (j << 3), load<f64>(from + (j << 3)));
    from += fromRow;
    to += toRow;
  }
}

// @ts-ignore: decorator
@inline
function tile(rows: i32, pa: usize, pb: usize, k: i32, pc: usize, stride: i32, keep: bool, interval: i32): void {
  if (ROWS == LOW_ROWS || rows == LOW_ROWS) tile4(pa, pb, pa + (k * LOW_ROWS << 3), pc, stride, keep, interval * LOW_ROWS << 3);
  else tile6(pa, pb, pa + (k * ROWS << 3), pc, stride, keep, interval * ROWS << 3);
}
