import assert from "node:assert/strict";
import { createWasmKernels, type WasmKernels } from "../../../src/tensor/kernels/wasm";
import { assertSameBits, cases, describeCase, exactModular, places, residues, SHAPES } from "./operands";

/** The least, primes on both sides of powers of two, the largest below 2^26, and an odd number that is no prime. */
const MODULI = [3, 5, 7, 251, 257, 65521, 65537, 8388593, 16777259, 33554383, 33554393, 33554467, 47453111, 67108271, 67108859, 2 ** 26 - 1];

describe("compiled kernels: products over GF(p)", () => {
  let kernels: WasmKernels;
  before(async () => {
    const created = await createWasmKernels();
    assert(created);
    kernels = created;
  });

  for (const shape of cases(SHAPES)) {
    it(`${describeCase(shape)}: exact modulo 2^26 − 5`, () => check(shape, 2 ** 26 - 5));
  }

  for (const modulus of MODULI) {
    it(`exact modulo ${modulus}`, () => {
      for (const shape of cases([[2, 3, 2], [3, 50, 3], [4, 4, 4], [5, 9, 6], [9, 100, 7], [70, 70, 70], [66, 520, 5]])) check(shape, modulus);
    });
  }

  it("adds up the largest products of one sign without loss", () => {
    for (const modulus of MODULI) {
      const half = (modulus - 1) / 2;
      for (const shape of cases([[1, 600, 1], [4, 64, 4], [68, 600, 68]])) {
        const { m, k, n, transposeA, transposeB } = shape;
        const a = new Float64Array(m * k).fill(half);
        const b = new Float64Array(k * n).fill(-half);
        const c = new Float64Array(m * n);
        kernels.matmulModular(a, b, c, m, k, n, transposeA, transposeB, modulus);
        assertSameBits(c, exactModular(a, b, shape, modulus));
      }
    }
  });

  for (const modulus of [67108859, 33554383]) {
    it(`decides right beside a tie: large sums with residues ±(p − 1)/2 modulo ${modulus}`, () => {
      const half = (modulus - 1) / 2;
      for (const shape of cases([[1, 8, 1], [2, 8, 2], [4, 8, 4], [70, 8, 70]])) {
        const { m, k, n, transposeA, transposeB } = shape;
        const at = places(shape);
        for (const sign of [1, -1]) {
          const a = new Float64Array(m * k);
          const b = new Float64Array(k * n);
          // Every entry of C is ±(half − i)(1 ± 3p), three quarters of what fits, with the residue ±(half − i).
          for (let i = 0; i < m; i++) for (let l = 0; l < k; l++) a[at.a(i, l)] = sign * (half - i);
          for (let j = 0; j < n; j++) {
            const total = 1 + (j % 2 ? 3 : -3) * modulus;
            for (let l = 0; l < k; l++) b[at.b(l, j)] = Math.floor(total / k) + (l < ((total % k) + k) % k ? 1 : 0);
          }
          const c = new Float64Array(m * n);
          kernels.matmulModular(a, b, c, m, k, n, transposeA, transposeB, modulus);
          assertSameBits(c, exactModular(a, b, shape, modulus));
        }
      }
    });
  }

  it("multiplies batches", () => {
    for (const shape of cases([[2, 2, 2], [4, 4, 4], [5, 20, 6]])) {
      const { m, k, n, transposeA, transposeB } = shape;
      const [count, modulus] = [4, 67108859];
      const a = residues(count * m * k, modulus, 1);
      const b = residues(k * n, modulus, 2);
      const c = new Float64Array(count * m * n);
      kernels.matmulModularBatched(a, b, c, count, m, k, n, transposeA, transposeB, modulus);
      for (let i = 0; i < count; i++) assertSameBits(c.slice(i * m * n, (i + 1) * m * n), exactModular(a.subarray(i * m * k, (i + 1) * m * k), b, shape, modulus));
    }
  });

  it("refuses what is no odd modulus below 2^26", () => {
    const x = new Float64Array(1);
    for (const modulus of [1, 2, 4, -7, 2.5, NaN, 2 ** 26, 2 ** 26 + 1]) {
      assert.throws(() => kernels.matmulModular(x, x, new Float64Array(1), 1, 1, 1, false, false, modulus), RangeError);
    }
  });

  function check(shape: ReturnType<typeof cases>[number], modulus: number): void {
    const { m, k, n, transposeA, transposeB } = shape;
    const a = residues(m * k, modulus, 1);
    const b = residues(k * n, modulus, 2);
    const c = new Float64Array(m * n).fill(NaN);
    kernels.matmulModular(a, b, c, m, k, n, transposeA, transposeB, modulus);
    assertSameBits(c, exactModular(a, b, shape, modulus));
  }
});
