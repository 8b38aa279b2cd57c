/**
 * The same kernels over a shared memory, and the work shared among threads.
 *
 * C is cut into squares; whoever is free takes the next one, packs for itself
 * and multiplies. A worker lives in `serve`, asleep between two products. The
 * caller of `share` works too, and returns when every worker has said that it
 * found no more squares, so that no worker can read the next job half written.
 */
import { product } from "./product";

export * from "./kernels";

/** Control words, each on a cache line of its own: the number of the job, the next square, the workers that are through. */
const JOB: usize = 256;
const NEXT: usize = 384;
const DONE: usize = 512;
/** The arguments of the job. No squares: the workers end. */
const ARGUMENTS: usize = 640;

const SQUARE: i32 = 256;
/** Tests of the counter before the caller goes to sleep, where it may. */
const SPINS: i32 = 20000;

export function serve(scratch: usize): void {
  let seen = 0;
  while (true) {
    memory.atomic.wait32(JOB, seen, -1);
    const job = atomic.load<i32>(JOB);
    if (job == seen) continue;
    seen = job;
    const stop = load<i32>(ARGUMENTS, 32) == 0;
    if (!stop) work(scratch);
    atomic.add<i32>(DONE, 1);
    atomic.notify(DONE, 1);
    if (stop) return;
  }
}

/** `product` by the caller and `workers` others. `sleeps`: whether the caller may block, which a browser's main thread may not. */
export function share(
  a: usize, aRow: i32, aTerm: i32,
  b: usize, bColumn: i32, bTerm: i32,
  c: usize, cRow: i32,
  m: i32, k: i32, n: i32,
  alpha: f64, keep: bool, interval: i32, scratch: usize,
  workers: i32, sleeps: bool,
): void {
  store<usize>(ARGUMENTS, a); store<i32>(ARGUMENTS, aRow, 4); store<i32>(ARGUMENTS, aTerm, 8);
  store<usize>(ARGUMENTS, b, 12); store<i32>(ARGUMENTS, bColumn, 16); store<i32>(ARGUMENTS, bTerm, 20);
  store<usize>(ARGUMENTS, c, 24); store<i32>(ARGUMENTS, cRow, 28);
  store<i32>(ARGUMENTS, m, 32); store<i32>(ARGUMENTS, k, 36); store<i32>(ARGUMENTS, n, 40);
  store<i32>(ARGUMENTS, keep ? 1 : 0, 44); store<i32>(ARGUMENTS, interval, 48); store<f64>(ARGUMENTS, alpha, 56);
  announce();
  work(scratch);
  let spins = SPINS;
  while (true) {
    const through = atomic.load<i32>(DONE);
    if (through == workers) return;
    if (spins > 0) spins--;
    else if (sleeps) memory.atomic.wait32(DONE, through, -1);
  }
}

/** Ends `serve` in every worker. */
export function stop(): void {
  store<i32>(ARGUMENTS, 0, 32);
  announce();
}

function announce(): void {
  atomic.store<i32>(NEXT, 0);
  atomic.store<i32>(DONE, 0);
  atomic.add<i32>(JOB, 1);
  atomic.notify(JOB);
}

function work(scratch: usize): void {
  const aRow = load<i32>(ARGUMENTS, 4), bColumn = load<i32>(ARGUMENTS, 16), cRow = load<i32>(ARGUMENTS, 28);
  const m = load<i32>(ARGUMENTS, 32), n = load<i32>(ARGUMENTS, 40);
  const across = (n + SQUARE - 1) / SQUARE, squares = across * ((m + SQUARE - 1) / SQUARE);
  while (true) {
    const square = atomic.add<i32>(NEXT, 1);
    if (square >= squares) return;
    const i = square / across * SQUARE, j = square % across * SQUARE;
    product(
      load<usize>(ARGUMENTS) + i * aRow, aRow, load<i32>(ARGUMENTS, 8),
      load<usize>(ARGUMENTS, 12) + j * bColumn, bColumn, load<i32>(ARGUMENTS, 20),
      load<usize>(ARGUMENTS, 24) + i * cRow + (j << 3), cRow,
      min(SQUARE, m - i), load<i32>(ARGUMENTS, 36), min(SQUARE, n - j),
      load<f64>(ARGUMENTS, 56), load<i32>(ARGUMENTS, 44) != 0, load<i32>(ARGUMENTS, 48), scratch,
    );
  }
}
