/**
 * What the compiled kernels offer beyond `Kernels`: the full form of the
 * product, batches, and a memory in which chains of products copy nothing.
 */
import type { Kernels } from "./types";

/** C ← αA·B + βC. Each term of the sum is (αa)·b, added to βc from the first to the last. */
export interface Gemm {
  readonly m: number;
  readonly k: number;
  readonly n: number;
  /** m×k; with `transposeA` the array holds Aᵀ, k×m. */
  readonly a: Float64Array;
  /** k×n; with `transposeB` the array holds Bᵀ, n×k. */
  readonly b: Float64Array;
  /** m×n; not read when β = 0. */
  readonly c: Float64Array;
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
  readonly alpha?: number;
  readonly beta?: number;
}

export interface WasmKernels extends Kernels {
  readonly memory: WebAssembly.Memory;
  readonly relaxed: boolean;
  /** Threads that work on a large product, this one included. */
  readonly threads: number;

  /** The full form of the product. */
  gemm(product: Gemm): void;
  /** `count` products of one shape, one after the other in each array; a factor with the entries of one matrix serves all. */
  matmulBatched(a: Float64Array, b: Float64Array, c: Float64Array, count: number, m: number, k: number, n: number, transposeA: boolean, transposeB: boolean): void;
  matmulModularBatched(a: Float64Array, b: Float64Array, c: Float64Array, count: number, m: number, k: number, n: number, transposeA: boolean, transposeB: boolean, modulus: number): void;

  /** `length` entries in the memory of the kernels, not cleared. Throws `ArenaFull` before anything is done. */
  allocate(length: number): Float64Array;
  /** The present state of the arena, for `release`. */
  mark(): number;
  /** Frees what was allocated after the mark, or everything: the arrays must not be used any more. */
  release(mark?: number): void;
  /** Ends the workers. */
  dispose(): void;
}
