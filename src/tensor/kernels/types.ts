/**
 * What the evaluator asks of a matrix-product kernel. Two implementations keep
 * this contract: the plain loops of `reference.ts` and the WebAssembly ones.
 * What is optional makes chains of products and batches faster, not different.
 */
export interface Kernels {
  /**
   * C ← A·B, row-major, m×k times k×n; C is overwritten. `transposeA`: A is
   * stored k×m; `transposeB`: B is stored n×k. C must not overlap A or B.
   */
  matmul(a: Float64Array, b: Float64Array, c: Float64Array, m: number, k: number, n: number, transposeA: boolean, transposeB: boolean): void;
  /**
   * The same over GF(modulus), modulus an odd prime below 2^26. All entries
   * are balanced residues, |x| ≤ (modulus − 1)/2; eight products fit below
   * 2^53 between two reductions.
   */
  matmulModular(a: Float64Array, b: Float64Array, c: Float64Array, m: number, k: number, n: number, transposeA: boolean, transposeB: boolean, modulus: number): void;

  /** `count` products of one shape, one after the other in each array. */
  matmulBatched?(a: Float64Array, b: Float64Array, c: Float64Array, count: number, m: number, k: number, n: number, transposeA: boolean, transposeB: boolean): void;
  matmulModularBatched?(a: Float64Array, b: Float64Array, c: Float64Array, count: number, m: number, k: number, n: number, transposeA: boolean, transposeB: boolean, modulus: number): void;

  /** Entries, not cleared, in a memory whose arrays need not be copied for a product; throws `TooLarge` where it is full. */
  allocate?(length: number): Float64Array;
  /** The present state of that memory: equal marks mean that the same arrays would be allocated next. */
  mark?(): number;
  /** Frees what was allocated after the mark: those arrays must not be used any more. */
  release?(mark: number): void;
}
