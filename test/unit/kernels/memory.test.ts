import assert from "node:assert/strict";
import { ShapeError, TooLarge } from "../../../src/tensor/errors";
import { ArenaFull, createWasmKernels, type WasmKernels } from "../../../src/tensor/kernels/wasm";
import { assertSameBits, naive, reals } from "./operands";

describe("compiled kernels: memory and limits", () => {
  let kernels: WasmKernels;
  before(async () => {
    const created = await createWasmKernels({ pages: 100 });
    assert(created);
    kernels = created;
  });
  beforeEach(() => kernels.release());

  it("chains products without a copy", () => {
    const n = 20;
    const [x, y, z] = [1, 2, 3].map(() => kernels.allocate(n * n)) as [Float64Array, Float64Array, Float64Array];
    x.set(reals(n * n, 1));
    const shape = { m: n, k: n, n, transposeA: false, transposeB: true };
    kernels.matmul(x, x, y, n, n, n, false, true);
    kernels.matmul(y, x, z, n, n, n, false, true);
    assert([x, y, z].every(({ buffer }) => buffer === kernels.memory.buffer));
    assertSameBits(z, naive(naive(x, x, shape), x, shape));
  });

  it("gives back what was allocated after a mark", () => {
    const first = kernels.allocate(3);
    const mark = kernels.mark();
    const second = kernels.allocate(5);
    kernels.release(mark);
    assert.equal(kernels.allocate(1).byteOffset, second.byteOffset);
    assert(second.byteOffset >= first.byteOffset + 24);
    assert.throws(() => kernels.release(mark + 1000), RangeError);
    assert.throws(() => kernels.release(0), RangeError);
  });

  it("refuses more than there is, before anything is done", () => {
    const mark = kernels.mark();
    assert.throws(() => kernels.allocate(10 ** 7), (error) => error instanceof ArenaFull && error instanceof TooLarge && /^10000000 entries do not fit into the \d+ that are free/.test(error.message));
    assert.throws(() => kernels.allocate(NaN), ArenaFull);
    assert.equal(kernels.mark(), mark);
  });

  it("still multiplies when the arena is full", () => {
    for (let size = 2 ** 20; size >= 1; ) {
      try {
        kernels.allocate(size);
      } catch {
        size /= 2;
      }
    }
    const shape = { m: 230, k: 240, n: 250, transposeA: false, transposeB: false };
    const [a, b, c] = [reals(230 * 240, 1), reals(240 * 250, 2), new Float64Array(230 * 250)];
    kernels.matmul(a, b, c, 230, 240, 250, false, false);
    assertSameBits(c, naive(a, b, shape));
  });

  it("names both lengths when an array is too short", () => {
    const [four, five] = [new Float64Array(4), new Float64Array(5)];
    assert.throws(() => kernels.matmul(four, four, four, 2, 2, 3, false, false), (error) => error instanceof ShapeError && /right factor/.test(error.message) && error.left[0] === 4 && error.right.join() === "2,3");
    assert.throws(() => kernels.matmul(five, five, four, 5, 1, 5, false, false), (error) => error instanceof ShapeError && /result/.test(error.message));
    assert.throws(() => kernels.matmul(four, five, five, 5, 1, 1, false, false), (error) => error instanceof ShapeError && /left factor/.test(error.message));
    assert.throws(() => kernels.matmulBatched(five, four, new Float64Array(8), 2, 2, 2, 2, false, false), ShapeError);
    assert.throws(() => kernels.matmul(four, four, four, 2, 1.5, 2, false, false), RangeError);
    assert.throws(() => kernels.matmul(four, four, four, -1, 2, 2, false, false), RangeError);
  });

  it("is null where there is no WebAssembly, or too little memory", async () => {
    assert.equal(await createWasmKernels({ pages: 30 }), null);
    assert.equal(await createWasmKernels({ pages: 10 ** 6 }), null);
    const there = Object.getOwnPropertyDescriptor(globalThis, "WebAssembly")!;
    try {
      Object.defineProperty(globalThis, "WebAssembly", { ...there, value: undefined });
      assert.equal(await createWasmKernels(), null);
      Object.defineProperty(globalThis, "WebAssembly", { ...there, value: { ...there.value, validate: () => false } });
      assert.equal(await createWasmKernels(), null);
    } finally {
      Object.defineProperty(globalThis, "WebAssembly", there);
    }
  });
});
