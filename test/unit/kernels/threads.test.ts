import assert from "node:assert/strict";
import { createWasmKernels, type WasmKernels } from "../../../src/tensor/kernels/wasm";
import { assertSameBits, cases, describeCase, reals, residues } from "./operands";
import { spawn } from "./spawn";

describe("compiled kernels: threads", () => {
  let alone: WasmKernels;
  let together: WasmKernels;
  before(async () => {
    alone = (await createWasmKernels())!;
    together = (await createWasmKernels({ threads: { workers: 2, spawn } }))!;
  });
  after(() => together.dispose());

  it("has as many as were asked for", () => assert.deepEqual([alone.threads, together.threads], [1, 3]));

  for (const shape of cases([[256, 300, 257], [700, 170, 129], [1, 5000, 1100], [513, 40, 515]])) {
    const { m, k, n, transposeA, transposeB } = shape;
    it(`${describeCase(shape)}: the bits of one thread`, () => {
      const [a, b] = [reals(m * k, 1), reals(k * n, 2)];
      const [expected, c] = [new Float64Array(m * n), new Float64Array(m * n)];
      alone.matmul(a, b, expected, m, k, n, transposeA, transposeB);
      together.matmul(a, b, c, m, k, n, transposeA, transposeB);
      assertSameBits(c, expected);
    });
  }

  it("works over GF(p), and adds to what is there", () => {
    const [m, k, n, modulus] = [300, 290, 310, 67108859];
    const [a, b] = [residues(m * k, modulus, 1), residues(k * n, modulus, 2)];
    const [expected, c] = [new Float64Array(m * n), new Float64Array(m * n)];
    alone.matmulModular(a, b, expected, m, k, n, false, true, modulus);
    together.matmulModular(a, b, c, m, k, n, false, true, modulus);
    assertSameBits(c, expected);
    alone.gemm({ a, b, c: expected, m, k, n, alpha: 3, beta: -1 });
    together.gemm({ a, b, c, m, k, n, alpha: 3, beta: -1 });
    assertSameBits(c, expected);
  });

  it("does many products in a row", () => {
    const n = 200;
    const [a, c, expected] = [reals(n * n, 1), new Float64Array(n * n), new Float64Array(n * n)];
    alone.matmul(a, a, expected, n, n, n, false, false);
    for (let i = 0; i < 50; i++) together.matmul(a, a, c.fill(0), n, n, n, false, false);
    assertSameBits(c, expected);
  });

  it("goes on alone where no worker starts", async () => {
    const refused = (await createWasmKernels({ threads: { workers: 1, spawn: () => { throw new Error("not here"); } } }))!;
    assert.equal(refused.threads, 1);
    const n = 200;
    const [a, c, expected] = [reals(n * n, 1), new Float64Array(n * n), new Float64Array(n * n)];
    alone.matmul(a, a, expected, n, n, n, false, false);
    refused.matmul(a, a, c, n, n, n, false, false);
    assertSameBits(c, expected);
  });
});
