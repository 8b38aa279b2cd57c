/**
 * Packing: a block of a matrix as panels of `width` rows, the values of one
 * term together, so that the tile reads both factors in the order in which
 * they lie. Either storage order comes in here and is gone afterwards, so a
 * transposed factor costs nothing more. Rows missing from the last panel are
 * zeros.
 */

/**
 * `row`, `term`: bytes between two rows and between two terms of the source,
 * one of them 8. For B a "row" is a column.
 */
export function pack(source: usize, row: i32, term: i32, rows: i32, terms: i32, to: usize, width: i32, scale: f64): void {
  const step = width << 3;
  let r = 0;
  if (row == 8 && width == 4) {
    for (; r + 8 <= rows; r += 8) {
      packEight(source + (r << 3), term, terms, to, scale);
      to += terms << 6;
    }
  }
  for (; r < rows; r += width) {
    for (let pair = 0; pair < width; pair += 2) {
      packPair(source + (r + pair) * row, row, term, rows - r - pair, terms, to + (pair << 3), step, scale);
    }
    to += terms * step;
  }
}

/**
 * Two panels of four at once: a term's values fill a line of the cache, which
 * is fetched once, though the next term may lie a page away.
 */
function packEight(source: usize, term: i32, terms: i32, to: usize, scale: f64): void {
  const factor = f64x2.splat(scale), second = terms << 5, end = to + second;
  for (; to < end; to += 32) {
    v128.store(to, f64x2.mul(factor, v128.load(source)));
    v128.store(to, f64x2.mul(factor, v128.load(source, 16)), 16);
    v128.store(to + second, f64x2.mul(factor, v128.load(source, 32)));
    v128.store(to + second, f64x2.mul(factor, v128.load(source, 48)), 16);
    source += term;
  }
}

function packPair(source: usize, row: i32, term: i32, rows: i32, terms: i32, to: usize, step: i32, scale: f64): void {
  const factor = f64x2.splat(scale), end = to + terms * step;
  if (rows < 2) {
    for (; to < end; to += step) {
      v128.store(to, rows > 0 ? f64x2.mul(factor, v128.load64_zero(source)) : f64x2.splat(0));
      source += term;
    }
  } else if (row == 8) {
    for (; to < end; to += step) {
      v128.store(to, f64x2.mul(factor, v128.load(source)));
      source += term;
    }
  } else {
    for (const last = end - step; to < last; to += step << 1) {
      const upper = f64x2.mul(factor, v128.load(source)), lower = f64x2.mul(factor, v128.load(source + row));
      v128.store(to, v128.shuffle<f64>(upper, lower, 0, 2));
      v128.store(to + step, v128.shuffle<f64>(upper, lower, 1, 3));
      source += 16;
    }
    if (to < end) v128.store(to, f64x2.mul(factor, v128.load64_lane(source + row, v128.load64_zero(source), 1)));
  }
}
