import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createWasmKernels } from "../../../src/tensor/kernels/wasm";
import { cases, reals, SHAPES } from "./operands";

const python = ["python3", "/usr/bin/python3"].find((command) => spawnSync(command, ["-c", "import numpy"]).status === 0);

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
  it("agrees on all shapes, within both rounding errors", async function () {
    if (!python) return this.skip();
    const kernels = (await createWasmKernels())!;
    const all = cases(SHAPES.filter(([m, k, n]) => m * k * n < 10 ** 6)).map((shape, i) => ({
      ...shape,
      shapeA: shape.transposeA ? [shape.k, shape.m] : [shape.m, shape.k],
      shapeB: shape.transposeB ? [shape.n, shape.k] : [shape.k, shape.n],
      a: Array.from(reals(shape.m * shape.k, i)),
      b: Array.from(reals(shape.k * shape.n, i + 1000)),
    }));
    const { stdout, stderr } = spawnSync(python, ["-c", SCRIPT], { input: JSON.stringify(all), maxBuffer: 2 ** 28, encoding: "utf8" });
    assert.equal(stderr, "");
    const answers = JSON.parse(stdout) as [number[], number[]][];
    all.forEach(({ a, b, m, k, n, transposeA, transposeB }, i) => {
      const c = new Float64Array(m * n);
      kernels.matmul(Float64Array.from(a), Float64Array.from(b), c, m, k, n, transposeA, transposeB);
      const [values, sizes] = answers[i]!;
      assert.equal(values.length, c.length);
      c.forEach((x, j) => assert(Math.abs(x - values[j]!) <= 2 * k * 2 ** -53 * sizes[j]!, `${m}×${k}×${n}, entry ${j}: ${x}, not ${values[j]}`));
    });
  });
});
