import assert from "node:assert/strict";
import { random } from "../../../src/base/random";
import { createWasmKernels, type WasmKernels } from "../../../src/tensor/kernels/wasm";
import { needNumpy, runNumpy } from "../numpy";
import { cases, reals, SHAPES, type Case } from "./operands";

const SCRIPT = `
import json, sys, numpy
out = []
for c in json.load(sys.stdin):
    a = numpy.array(c["a"]).reshape(c["shapeA"]); b = numpy.array(c["b"]).reshape(c["shapeB"])
    a = a.T if c["transposeA"] else a; b = b.T if c["transposeB"] else b
    out.append([(a @ b).ravel().tolist(), (abs(a) @ abs(b)).ravel().tolist()])
json.dump(out, sys.stdout)
`;

describe("compiled kernels: against numpy", () => {
  let strict: WasmKernels;
  let relaxed: WasmKernels;
  before(async function () {
    needNumpy(this);
    strict = (await createWasmKernels())!;
    relaxed = (await createWasmKernels({ relaxed: true }))!;
  });

  it("agrees on all shapes, within both rounding errors", () => check(cases(SHAPES.filter(([m, k, n]) => m * k * n < 10 ** 6))));

  it("agrees on random shapes", () => check(randomCases(120, 90)));

  it("agrees on random small shapes", () => check(randomCases(300, 9)));

  function check(shapes: readonly Case[]): void {
    const all = shapes.map((shape, i) => ({
      ...shape,
      shapeA: shape.transposeA ? [shape.k, shape.m] : [shape.m, shape.k],
      shapeB: shape.transposeB ? [shape.n, shape.k] : [shape.k, shape.n],
      a: Array.from(reals(shape.m * shape.k, i)),
      b: Array.from(reals(shape.k * shape.n, i + 1000)),
    }));
    const answers = runNumpy(SCRIPT, all) as [number[], number[]][];
    all.forEach(({ a, b, m, k, n, transposeA, transposeB }, i) => {
      for (const kernels of [strict, relaxed]) {
        const c = new Float64Array(m * n);
        kernels.matmul(Float64Array.from(a), Float64Array.from(b), c, m, k, n, transposeA, transposeB);
        const [values, sizes] = answers[i]!;
        assert.equal(values.length, c.length);
        c.forEach((x, j) => assert(Math.abs(x - values[j]!) <= 2 * k * 2 ** -53 * sizes[j]!, `${m}×${k}×${n}, entry ${j}: ${x}, not ${values[j]}`));
      }
    });
  }
});

function randomCases(count: number, largest: number): Case[] {
  const draw = random(largest);
  const size = (): number => draw.integer(1, largest);
  return Array.from({ length: count }, () => ({ m: size(), k: size(), n: size(), transposeA: draw.integer(0, 1) === 1, transposeB: draw.integer(0, 1) === 1 }));
}
