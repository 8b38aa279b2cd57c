/**
 * From operands to addresses: finds or makes room for each in the memory of
 * the kernels, and chooses who multiplies: TypeScript, one thread, or several.
 */
import { ShapeError } from "../errors";
import { roomFor, type Arena } from "./wasm-memory";
import type { Exports, SharedExports } from "./wasm-module";
import { Residues } from "./wasm-residues";
import { reduceSums, smallProduct } from "./wasm-small";
import { tinyProduct, twoByTwo } from "./wasm-tiny";
import { mayBlock, type WorkerHandle } from "./wasm-threads";
import type { Gemm, WasmKernels } from "./wasm-types";

/** Products of at most so many multiplications stay in TypeScript (measured). */
const SMALL = 64;
/** The same where operands would have to be copied, or where C is thinner than a register tile. */
const SMALL_ELSEWHERE = 128;
/** From here on it pays to wake the workers (measured). */
const PARALLEL = 160 ** 3;
/** The scratch area of this thread; the first page holds constants. */
const SCRATCH = 65536;

export class CompiledKernels implements WasmKernels {
  readonly threads: number;
  private readonly residues: Residues;
  private readonly sleeps: number;

  constructor(
    private readonly arena: Arena,
    private readonly exports: Exports,
    readonly relaxed: boolean,
    private readonly workers: readonly WorkerHandle[],
  ) {
    this.threads = workers.length + 1;
    this.residues = new Residues(arena.heap);
    this.sleeps = workers.length > 0 && mayBlock() ? 1 : 0;
  }

  get memory(): WebAssembly.Memory {
    return this.arena.memory;
  }

  matmul(a: Float64Array, b: Float64Array, c: Float64Array, m: number, k: number, n: number, transposeA: boolean, transposeB: boolean): void {
    // So short that it becomes part of the caller: for 2×2 even a call would cost more than the product.
    if (n === 2 && m === 2 && k === 2 && a.length >= 4 && b.length >= 4 && c.length >= 4) twoByTwo(a, b, c, transposeA, transposeB);
    else this.multiplyReal(a, b, c, m, k, n, transposeA, transposeB);
  }

  private multiplyReal(a: Float64Array, b: Float64Array, c: Float64Array, m: number, k: number, n: number, transposeA: boolean, transposeB: boolean): void {
    if (isTiny(a, b, c, m, k, n)) return tinyProduct(a, b, c, n, transposeA, transposeB);
    checkLengths("matmul", a, b, c, m, k, n, 1);
    if (this.isSmall(a, b, c, m, k, n)) smallProduct(a, b, c, m, k, n, transposeA, transposeB);
    else this.run(a, b, c, 1, m, k, n, transposeA, transposeB, 1, false, 0);
  }

  matmulModular(a: Float64Array, b: Float64Array, c: Float64Array, m: number, k: number, n: number, transposeA: boolean, transposeB: boolean, modulus: number): void {
    const interval = this.residues.select(modulus);
    if (isTiny(a, b, c, m, k, n)) {
      tinyProduct(a, b, c, n, transposeA, transposeB);
      return reduceSums(c, n * n, n, this.residues);
    }
    checkLengths("matmulModular", a, b, c, m, k, n, 1);
    if (k <= interval && this.isSmall(a, b, c, m, k, n)) {
      smallProduct(a, b, c, m, k, n, transposeA, transposeB);
      reduceSums(c, m * n, k, this.residues);
    } else this.run(a, b, c, 1, m, k, n, transposeA, transposeB, 1, false, interval);
  }

  gemm({ a, b, c, m, k, n, transposeA = false, transposeB = false, alpha = 1, beta = 0 }: Gemm): void {
    checkLengths("gemm", a, b, c, m, k, n, 1);
    if (beta !== 0 && beta !== 1) for (let i = 0; i < m * n; i++) c[i]! *= beta;
    if (alpha !== 0) this.run(a, b, c, 1, m, k, n, transposeA, transposeB, alpha, beta !== 0, 0);
    else if (beta === 0) c.fill(0, 0, m * n);
  }

  matmulBatched(a: Float64Array, b: Float64Array, c: Float64Array, count: number, m: number, k: number, n: number, transposeA: boolean, transposeB: boolean): void {
    checkLengths("matmulBatched", a, b, c, m, k, n, count);
    this.run(a, b, c, count, m, k, n, transposeA, transposeB, 1, false, 0);
  }

  matmulModularBatched(a: Float64Array, b: Float64Array, c: Float64Array, count: number, m: number, k: number, n: number, transposeA: boolean, transposeB: boolean, modulus: number): void {
    checkLengths("matmulModularBatched", a, b, c, m, k, n, count);
    this.run(a, b, c, count, m, k, n, transposeA, transposeB, 1, false, this.residues.select(modulus));
  }

  allocate(length: number): Float64Array {
    return this.arena.allocate(length);
  }

  mark(): number {
    return this.arena.mark();
  }

  release(mark?: number): void {
    this.arena.release(mark);
  }

  dispose(): void {
    if (this.workers.length > 0) (this.exports as SharedExports).stop();
    for (const worker of this.workers) worker.terminate();
  }

  private isSmall(a: Float64Array, b: Float64Array, c: Float64Array, m: number, k: number, n: number): boolean {
    const products = m * k * n;
    if (products <= SMALL || products > SMALL_ELSEWHERE) return products <= SMALL;
    const { arena } = this;
    return m < 4 || n < 4 || !(arena.knows(a) && arena.knows(b) && arena.knows(c));
  }

  /** C ← αA·B [+ C], `count` times, wherever the operands lie. */
  private run(a: Float64Array, b: Float64Array, c: Float64Array, count: number, m: number, k: number, n: number, transposeA: boolean, transposeB: boolean, alpha: number, keep: boolean, interval: number): void {
    const lengthC = count * m * n;
    if (lengthC === 0) return;
    if (k === 0) {
      if (!keep) c.fill(0, 0, lengthC);
      return;
    }
    const nextA = count > 1 && a.length > m * k ? m * k : 0;
    const nextB = count > 1 && b.length > k * n ? k * n : 0;
    const lengthA = nextA ? count * m * k : m * k;
    const lengthB = nextB ? count * k * n : k * n;

    const { arena } = this;
    const { staging } = arena;
    let atA = arena.addressOf(a);
    let atB = arena.addressOf(b);
    let atC = arena.addressOf(c);
    let free = staging;
    if (atA < 0) free = (atA = free) + roomFor(lengthA);
    if (atB < 0) free = (atB = free) + roomFor(lengthB);
    if (atC < 0) free = (atC = free) + roomFor(lengthC);
    if (free > arena.end) {
      const part = (array: Float64Array, size: number, next: number, i: number): Float64Array => array.subarray(i * next, i * next + size);
      for (let i = 0; i < count; i++) {
        this.runInBlocks(part(a, m * k, nextA, i), part(b, k * n, nextB, i), part(c, m * n, m * n, i), m, k, n, transposeA, transposeB, alpha, keep, interval);
      }
      return;
    }
    if (atA >= staging) arena.copyIn(a, lengthA, atA);
    if (atB >= staging) arena.copyIn(b, lengthB, atB);
    if (atC >= staging && keep) arena.copyIn(c, lengthC, atC);
    if (count === 1) this.multiply(atA, atB, atC, m, k, n, transposeA, transposeB, alpha, keep, interval);
    else this.multiplyBatch(count, nextA, nextB, atA, atB, atC, m, k, n, transposeA, transposeB, interval);
    if (atC >= staging) arena.copyOut(c, lengthC, atC);
  }

  /** Block by block through the free end of the memory; every sum still runs from its first term to its last. */
  private runInBlocks(a: Float64Array, b: Float64Array, c: Float64Array, m: number, k: number, n: number, transposeA: boolean, transposeB: boolean, alpha: number, keep: boolean, interval: number): void {
    const { arena } = this;
    const side = 4 * Math.floor(Math.sqrt((arena.end - arena.staging) / 24) / 4);
    const [atA, atB, atC] = [0, 1, 2].map((i) => arena.staging + i * 8 * side ** 2) as [number, number, number];
    for (let i = 0; i < m; i += side) {
      const rows = Math.min(side, m - i);
      for (let j = 0; j < n; j += side) {
        const columns = Math.min(side, n - j);
        if (keep) arena.copyBlockIn(c, n, i, j, rows, columns, atC);
        for (let l = 0; l < k; l += side) {
          const terms = Math.min(side, k - l);
          if (transposeA) arena.copyBlockIn(a, m, l, i, terms, rows, atA);
          else arena.copyBlockIn(a, k, i, l, rows, terms, atA);
          if (transposeB) arena.copyBlockIn(b, k, j, l, columns, terms, atB);
          else arena.copyBlockIn(b, n, l, j, terms, columns, atB);
          this.multiply(atA, atB, atC, rows, terms, columns, transposeA, transposeB, alpha, keep || l > 0, interval);
        }
        arena.copyBlockOut(c, n, i, j, rows, columns, atC);
      }
    }
  }

  /** Operands at these addresses; m, k, n ≥ 1. */
  private multiply(a: number, b: number, c: number, m: number, k: number, n: number, transposeA: boolean, transposeB: boolean, alpha: number, keep: boolean, interval: number): void {
    const aRow = transposeA ? 8 : 8 * k;
    const aTerm = transposeA ? 8 * m : 8;
    const bColumn = transposeB ? 8 * k : 8;
    const bTerm = transposeB ? 8 : 8 * n;
    if (this.threads > 1 && m * k * n >= PARALLEL) {
      (this.exports as SharedExports).share(a, aRow, aTerm, b, bColumn, bTerm, c, 8 * n, m, k, n, alpha, keep ? 1 : 0, interval, SCRATCH, this.workers.length, this.sleeps);
    } else {
      this.exports.product(a, aRow, aTerm, b, bColumn, bTerm, c, 8 * n, m, k, n, alpha, keep ? 1 : 0, interval, SCRATCH);
    }
  }

  private multiplyBatch(count: number, nextA: number, nextB: number, a: number, b: number, c: number, m: number, k: number, n: number, transposeA: boolean, transposeB: boolean, interval: number): void {
    const aRow = transposeA ? 8 : 8 * k;
    const aTerm = transposeA ? 8 * m : 8;
    const bColumn = transposeB ? 8 * k : 8;
    const bTerm = transposeB ? 8 : 8 * n;
    this.exports.batch(count, 8 * nextA, 8 * nextB, 8 * m * n, a, aRow, aTerm, b, bColumn, bTerm, c, 8 * n, m, k, n, interval, SCRATCH);
  }
}

/** Whether all is well with a product of 2×2 to 4×4 matrices, in as few steps as can tell. */
function isTiny(a: Float64Array, b: Float64Array, c: Float64Array, m: number, k: number, n: number): boolean {
  const length = n * n;
  return (n === 2 || n === 3 || n === 4) && m === n && k === n && a.length >= length && b.length >= length && c.length >= length;
}

/** The arrays may be longer than their matrices. A batch may use a single factor for all. */
function checkLengths(operation: string, a: Float64Array, b: Float64Array, c: Float64Array, m: number, k: number, n: number, count: number): void {
  if (!(isSize(m) && isSize(k) && isSize(n) && isSize(count))) throw new RangeError(`${operation}: sizes must be integers from 0, not ${m}, ${k}, ${n}`);
  if (a.length < count * m * k && a.length !== m * k) throw new ShapeError(`${operation}, left factor`, [a.length], [count * m, k], "number of entries");
  if (b.length < count * k * n && b.length !== k * n) throw new ShapeError(`${operation}, right factor`, [b.length], [count * k, n], "number of entries");
  if (c.length < count * m * n) throw new ShapeError(`${operation}, result`, [c.length], [count * m, n], "number of entries");
}

function isSize(x: number): boolean {
  return (x | 0) === x && x >= 0;
}
