/**
 * The memory map and the block sizes of the product.
 *
 * The first page holds the constants of the reductions and the control words
 * of the threads; then comes one scratch area for each thread; the host's
 * arena follows. The host reads the size of a scratch area from the exports,
 * so that it is stated once.
 */

/** Rows of a register tile. Fused instructions need no register for the product, and their latency is hidden only by twelve accumulators: six rows there, four elsewhere. */
// @ts-ignore: decided by the compiler, from a feature flag
export const ROWS: i32 = ASC_FEATURE_RELAXED_SIMD ? 6 : 4;
/** Rows of the tiles that what is left over is divided into. */
export const LOW_ROWS: i32 = 4;
/** Columns of a register tile: two vectors. */
export const COLUMNS: i32 = 4;

/** Terms of a packed block: a panel of four columns is 8 KiB and stays in the first-level cache. */
export const DEPTH: i32 = 256;
/** Rows of a packed block of A, a multiple of ROWS: about 128 KiB stay in the second-level cache. */
// @ts-ignore: decided by the compiler
export const BLOCK_ROWS: i32 = ASC_FEATURE_RELAXED_SIMD ? 66 : 64;
/** Columns of a packed block of B: 1 MiB. */
export const BLOCK_COLUMNS: i32 = 512;

/** The modulus p as float64, and 1/p. */
export const MODULUS: usize = 64;
export const INVERSE: usize = 72;
/** The power of two s just above p: 1/s, s and p/s. */
export const DOWN: usize = 80;
export const UP: usize = 88;
export const RATIO: usize = 96;
/** How many products have a sum below 2^51, as an i32. */
export const SHORT: usize = 104;

/** Within a scratch area: the tile of an edge (at most 6×4), packed A, packed B. */
export const PACKED_A: usize = 256;
export const PACKED_B: usize = PACKED_A + <usize>BLOCK_ROWS * DEPTH * 8;
export const SCRATCH_BYTES: usize = PACKED_B + <usize>BLOCK_COLUMNS * DEPTH * 8;
