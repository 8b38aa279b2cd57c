/** What is done again takes no new memory: neither of the kernels nor from the system. */
import assert from "node:assert/strict";
import { analyze } from "../../../src/analysis/analyze";
import { createCore, createWasmKernels, evaluateModular, field, inverse, map, matmul, mul, sum, TooLarge, variable, type Core, type Term, type WasmKernels } from "../../../src/tensor/core";
import { reals, residues } from "./operands";

const NOTE = String.raw`
Let $A = ZW$ with $Z \in \mathbb{R}^{3 \times 4}$ and $W \in \mathbb{R}^{4 \times 5}$, and let $L$ be a scalar function of $A$.

$$\frac{\partial L}{\partial W} = Z^\top \frac{\partial L}{\partial A}$$
`;

describe("after warm-up", () => {
  let kernels: WasmKernels;
  let core: Core;
  before(async () => {
    kernels = (await createWasmKernels({ pages: 200 }))!;
    core = await createCore({ kernels });
  });

  /** The bytes of WebAssembly memory that `action` asks of the system, and the entries that it leaves in the arena. */
  function growth(action: () => void): { bytes: number; left: number } {
    const { Memory } = WebAssembly;
    const { grow } = Memory.prototype;
    const mark = kernels.mark();
    let bytes = 0;
    Memory.prototype.grow = function (pages) {
      bytes += pages * 65536;
      return grow.call(this, pages);
    };
    WebAssembly.Memory = class extends Memory {
      constructor(descriptor: WebAssembly.MemoryDescriptor) {
        super(descriptor);
        bytes += this.buffer.byteLength;
      }
    };
    try {
      action();
    } finally {
      WebAssembly.Memory = Memory;
      Memory.prototype.grow = grow;
    }
    return { bytes, left: kernels.mark() - mark };
  }

  it("a check of a note takes none", () => {
    const check = (): void => assert.equal(analyze(NOTE, { layout: "auto", filename: "note.md" }).statements.at(-1)?.verdict, "verified");
    check();
    assert.deepEqual(growth(check), { bytes: 0, left: 0 });
  });

  it("values, gradients and products of every kind take none", () => {
    const [z, w] = [variable("Z", [30, 40]), variable("W", [40, 30])];
    const y = sum(mul(map("tanh", matmul(z, w)), inverse(matmul(z, w))));
    const gradient = core.gradient(y, [z, w]);
    const values = { Z: reals(1200, 1), W: reals(1200, 2) };
    const all = (): void => {
      core.evaluate(y, values);
      core.evaluateWithErrors(y, values);
      gradient(values);
      core.matmul(values.Z, values.W, { m: 30, k: 40, n: 30 });
      core.matmulMod(residues(1200, 33554383, 1), residues(1200, 33554383, 2), { m: 30, k: 40, n: 30, modulus: 33554383 });
      evaluateModular([sum(matmul(z, w))], new Map([["Z", { shape: z.shape, data: residues(1200, 33554383, 1) }], ["W", { shape: w.shape, data: residues(1200, 33554383, 2) }]]), field(), { kernels });
    };
    all();
    const address = kernels.mark();
    for (let i = 0; i < 3; i++) assert.deepEqual(growth(all), { bytes: 0, left: 0 });
    assert.equal(kernels.mark(), address);
    assert.equal(kernels.memory.buffer.byteLength, 200 * 65536);
  });

  it("what would not fit is refused with its sizes before anything is done", () => {
    const [a, b] = [variable("A", [5000, 5000]), variable("B", [5000, 5000])];
    const refused = (error: unknown): boolean => error instanceof TooLarge && /125000\d* operations are more than the limit of 1073741824 \(largest: 5000×5000\)/.test(error.message);
    const products: Term = matmul(a, b);
    assert.deepEqual(growth(() => assert.throws(() => core.evaluate(products, {}), refused)), { bytes: 0, left: 0 });
    assert.throws(() => core.gradient(sum(products), [a]), TooLarge);
  });

  it("an error half-way leaves nothing behind", () => {
    const x = variable("X", [20, 20]);
    const y = matmul(matmul(x, x), map("nonesuch:", x));
    assert.deepEqual(growth(() => assert.throws(() => core.evaluate(y, { X: reals(400, 1) }))), { bytes: 0, left: 0 });
    const z = matmul(matmul(x, x), variable("missing", [20, 20]));
    assert.deepEqual(growth(() => assert.throws(() => core.evaluate(z, { X: reals(400, 1) }))), { bytes: 0, left: 0 });
  });
});
