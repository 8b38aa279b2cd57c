import assert from "node:assert/strict";
import { createWasmKernels, type WasmKernels } from "../../../src/tensor/kernels/wasm";
import { assertSameBits, cases, describeCase, naive, reals, SHAPES, type Case } from "./operands";

describe("compiled kernels: real products", () => {
  let kernels: WasmKernels;
  before(async () => {
    const created = await createWasmKernels();
    assert(created, "this machine has WebAssembly SIMD");
    kernels = created;
  });
  beforeEach(() => kernels.release());

  for (const shape of cases(SHAPES)) {
    it(`${describeCase(shape)}: the bits of the plain loop`, () => {
      const { m, k, n, transposeA, transposeB } = shape;
      const [a, b] = operands(shape);
      const c = reals(m * n, 3);
      kernels.matmul(a, b, c, m, k, n, transposeA, transposeB);
      assertSameBits(c, naive(a, b, shape));
    });
  }

  it("gives the same bits wherever the operands lie", () => {
    for (const shape of cases([[5, 6, 7], [20, 33, 17]])) {
      const { m, k, n, transposeA, transposeB } = shape;
      const [a, b] = operands(shape);
      const expected = naive(a, b, shape);
      for (let resident = 0; resident < 8; resident++) {
        kernels.release();
        const [x, y, z] = [a, b, new Float64Array(m * n)].map((array, i) => ((resident >> i) & 1 ? inside(kernels, array) : array)) as [Float64Array, Float64Array, Float64Array];
        kernels.matmul(x, y, z, m, k, n, transposeA, transposeB);
        assertSameBits(z, expected);
        assert.deepEqual([Float64Array.from(x), Float64Array.from(y)], [a, b]);
      }
    }
  });

  it("writes nothing beside a resident result", () => {
    for (const shape of cases([[5, 6, 7], [67, 70, 69], [9, 300, 6]])) {
      const { m, k, n, transposeA, transposeB } = shape;
      kernels.release();
      const before = inside(kernels, reals(64, 7));
      const c = kernels.allocate(m * n);
      const after = inside(kernels, reals(64, 8));
      const [a, b] = operands(shape);
      kernels.matmul(a, b, c, m, k, n, transposeA, transposeB);
      assert.deepEqual([Float64Array.from(before), Float64Array.from(after)], [reals(64, 7), reals(64, 8)]);
    }
  });

  it("starts every sum from zero, so that no entry is a negative zero", () => {
    for (const n of [1, 2, 3, 4, 5, 8, 20]) {
      const [zeros, minus, c] = [new Float64Array(n * n), new Float64Array(n * n).fill(-1), new Float64Array(n * n)];
      kernels.matmul(zeros, minus, c, n, n, n, false, false);
      assertSameBits(c, new Float64Array(n * n));
    }
  });

  it("computes αA·B + βC", () => {
    for (const shape of cases([[0, 1, 1], [3, 0, 3], [2, 2, 2], [6, 7, 5], [66, 67, 65], [10, 600, 13]])) {
      for (const [alpha, beta] of [[1, 0], [1, 1], [-2, 0.5], [0, 0], [0, 3], [0.1, 1]] as const) {
        const { m, n } = shape;
        const [a, b] = operands(shape);
        const c = beta === 0 ? new Float64Array(m * n).fill(NaN) : reals(m * n, 3);
        const start = c.map((x) => (beta === 0 ? 0 : beta * x));
        kernels.gemm({ ...shape, a, b, c, alpha, beta });
        assertSameBits(c, alpha === 0 ? start : naive(a, b, shape, alpha, start));
      }
    }
  });

  it("multiplies batches, with a factor of their own or one for all", () => {
    for (const shape of cases([[2, 2, 2], [4, 4, 4], [3, 5, 8], [9, 7, 10], [2, 0, 3]])) {
      const { m, k, n, transposeA, transposeB } = shape;
      const count = 5;
      for (const [countA, countB] of [[count, count], [1, count], [count, 1]] as const) {
        const a = reals(countA * m * k, 1);
        const b = reals(countB * k * n, 2);
        const c = reals(count * m * n, 3);
        kernels.matmulBatched(a, b, c, count, m, k, n, transposeA, transposeB);
        for (let i = 0; i < count; i++) {
          const [x, y] = [a.subarray((i % countA) * m * k).subarray(0, m * k), b.subarray((i % countB) * k * n).subarray(0, k * n)];
          assertSameBits(c.slice(i * m * n, (i + 1) * m * n), naive(x, y, shape));
        }
      }
    }
  });

  it("multiplies what does not fit into its memory block by block", async () => {
    const tight = await createWasmKernels({ pages: 40 });
    assert(tight);
    const free = tight.mark();
    for (const shape of cases([[300, 310, 290], [3, 100000, 2], [430, 5, 390]])) {
      const { m, k, n, transposeA, transposeB } = shape;
      const [a, b] = operands(shape);
      assert(8 * (m * k + k * n + m * n) > tight.memory.buffer.byteLength - free, "the case is large enough");
      const c = new Float64Array(m * n);
      tight.matmul(a, b, c, m, k, n, transposeA, transposeB);
      assertSameBits(c, naive(a, b, shape));
      tight.gemm({ ...shape, a, b, c, alpha: 0.5, beta: 1 });
      assertSameBits(c, naive(a, b, shape, 0.5, naive(a, b, shape)));
    }
    assert.equal(tight.mark(), free);
    assert.equal(tight.memory.buffer.byteLength, 40 * 65536);
  });

  it("with fused instructions, keeps the error bound", async () => {
    const relaxed = await createWasmKernels({ relaxed: true });
    assert(relaxed);
    for (const shape of cases(SHAPES)) {
      const { m, k, n, transposeA, transposeB } = shape;
      const [a, b] = operands(shape);
      const c = new Float64Array(m * n);
      relaxed.matmul(a, b, c, m, k, n, transposeA, transposeB);
      assertClose(c, a, b, shape);
    }
  });

  function operands({ m, k, n }: Case): [Float64Array, Float64Array] {
    return [reals(m * k, 1), reals(k * n, 2)];
  }
});

/** Two roundings of the same sum are each within k·u·Σ|a||b| of the exact one. */
function assertClose(c: Float64Array, a: Float64Array, b: Float64Array, shape: Case): void {
  const plain = naive(a, b, shape);
  const sizes = naive(a.map(Math.abs), b.map(Math.abs), shape);
  c.forEach((x, i) => assert(Math.abs(x - plain[i]!) <= 2 * shape.k * 2 ** -53 * sizes[i]!, `entry ${i}: ${x}, not ${plain[i]}`));
}

function inside(kernels: WasmKernels, array: Float64Array): Float64Array {
  const view = kernels.allocate(array.length);
  view.set(array);
  return view;
}
