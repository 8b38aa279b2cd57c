/** The library's face: products, values and gradients, and what it says of what does not fit. */
import assert from "node:assert/strict";
import { add, cholesky, createCore, einsum, field, gradient, hessian, identity, jacobian, jacobianForward, jvp, map, matmul, MissingBinding, mul, PRIMES, Redraw, scale, ShapeError, solve, stack, sub, sum, TooLarge, transpose, variable, vjp, type Core, type Term } from "../../../src/tensor/core";
import { referenceKernels } from "../../../src/tensor/kernels/reference";
import { drawEntries, difference, random } from "./draw";
import { evaluateNaively, floats } from "./naive";

const cores: readonly (readonly [string, Promise<Core>])[] = [
  ["its own kernels", createCore()],
  ["the reference kernels", createCore({ kernels: referenceKernels })],
];

for (const [name, promise] of cores) {
  describe(`the core with ${name}`, () => {
    let core: Core;
    before(async () => {
      core = await promise;
    });

    it("multiplies matrices of any size, either factor transposed", () => {
      for (const [m, k, n] of [[1, 1, 1], [2, 3, 4], [5, 1, 7], [9, 17, 3], [33, 20, 41]] as const) {
        const draw = random(m + k + n);
        const [a, b] = [drawEntries(draw, [m, k]), drawEntries(draw, [k, n])];
        const expected = Float64Array.from({ length: m * n }, (_, at) => {
          let total = 0;
          for (let p = 0; p < k; p++) total += a[Math.floor(at / n) * k + p]! * b[p * n + (at % n)]!;
          return total;
        });
        for (const transposeA of [false, true]) {
          for (const transposeB of [false, true]) {
            const c = core.matmul(transposeA ? transposed(a, m, k) : a, transposeB ? transposed(b, k, n) : b, { m, k, n, transposeA, transposeB });
            assert.ok(difference(c, expected) < 1e-13 * k, `${m}×${k}×${n} ${transposeA} ${transposeB}`);
          }
        }
      }
    });

    it("multiplies exactly in GF(p), at the largest residues too", () => {
      for (const modulus of PRIMES) {
        const half = (modulus - 1) / 2;
        const draw = random(modulus);
        for (const [m, k, n] of [[1, 64, 1], [3, 40, 5], [17, 9, 12]] as const) {
          const extreme = (length: number): Float64Array => Float64Array.from({ length }, () => (draw.integer(0, 1) === 0 ? half : draw.integer(-half, half)));
          const [a, b] = [extreme(m * k), extreme(k * n)];
          const c = core.matmulMod(a, b, { m, k, n, modulus });
          c.forEach((entry, at) => {
            let total = 0n;
            for (let p = 0; p < k; p++) total += BigInt(a[Math.floor(at / n) * k + p]!) * BigInt(b[p * n + (at % n)]!);
            assert.equal((((BigInt(entry) - total) % BigInt(modulus)) + BigInt(modulus)) % BigInt(modulus), 0n);
            assert.ok(Math.abs(entry) <= half && !Object.is(entry, -0));
          });
        }
      }
    });

    it("writes where it is told to", () => {
      const out = new Float64Array(1).fill(7);
      assert.equal(core.matmul(Float64Array.of(1, 2), Float64Array.of(3, 4), { m: 1, k: 2, n: 1, out }), out);
      assert.equal(out[0], 11);
      assert.throws(() => core.matmul(out, out, { m: 1, k: 1, n: 1, out }), RangeError);
    });

    it("solves, inverts and takes powers in GF(p), as BigInt does", () => {
      for (const modulus of PRIMES) {
        const draw = random(modulus + 1);
        const half = (modulus - 1) / 2;
        const n = 5;
        const matrix = (rows: number, columns: number): Float64Array => Float64Array.from({ length: rows * columns }, () => draw.integer(-half, half));
        const [a, b] = [matrix(n, n), matrix(n, 3)];
        const unit = matrix(n, n).map((_, place) => (place % (n + 1) === 0 ? 1 : 0));
        const product = (x: Float64Array, y: Float64Array, columns = n): Float64Array => exactProduct(x, y, n, n, columns, modulus);
        assert.deepEqual(product(a, core.inverseMod(a, { n, modulus })), unit);
        assert.deepEqual(product(a, core.solveMod(a, b, { n, m: 3, modulus }), 3), b);
        assert.deepEqual(core.powerMod(a, 5, { n, modulus }), product(a, product(a, product(a, product(a, a)))));
        assert.deepEqual(product(core.powerMod(a, -2, { n, modulus }), product(a, a)), unit);
        assert.deepEqual(core.powerMod(a, 0, { n, modulus }), unit);
        assert.equal(core.determinantMod(product(a, a), { n, modulus }), field(modulus).multiply(core.determinantMod(a, { n, modulus }), core.determinantMod(a, { n, modulus })));
        assert.equal(core.rankMod(exactProduct(matrix(n, 2), matrix(2, 7), n, 2, 7, modulus), { m: n, n: 7, modulus }), 2);
        assert.throws(() => core.inverseMod(a.map(() => 1), { n, modulus }), Redraw);
        assert.throws(() => core.solveMod(a, a, { n, modulus }), (error) => error instanceof ShapeError && /25 does not fit 5×1/.test(error.message));
        assert.throws(() => core.determinantMod(a.map(() => modulus), { n, modulus }), RangeError);
        assert.throws(() => core.rankMod(a, { n: 0, modulus }), RangeError);
        assert.throws(() => core.powerMod(a, 1.5, { n, modulus }), RangeError);
      }
    });

    it("takes Hessians, and products with Jacobians in both directions", () => {
      const [x, a, u] = [variable("x", [4]), variable("A", [4, 4]), variable("u", [4])];
      const y = map("sin", matmul(a, x));
      const draw = random(12);
      const values = { x: drawEntries(draw, [4]), A: drawEntries(draw, [4, 4]), u: drawEntries(draw, [4]) };
      const valueOf = (term: Term): Float64Array => core.evaluate(term, values).data;
      const whole = jacobian(y, x);
      assert.ok(difference(valueOf(vjp(y, u, [x])[0]!), valueOf(matmul(u, whole))) < 1e-14);
      assert.ok(difference(valueOf(jvp(y, new Map([[x, u]]))), valueOf(matmul(whole, u))) < 1e-14);
      assert.ok(difference(valueOf(whole), valueOf(jacobianForward(y, x))) < 1e-14);
      const loss = sum(mul(y, y));
      const second = hessian(loss, x);
      assert.deepEqual(second.shape, [4, 4]);
      assert.ok(difference(valueOf(second), valueOf(jacobianForward(gradient(loss, [x])[0]!, x))) < 1e-13);
      assert.throws(() => hessian(y, x), ShapeError);
    });

    it("factors positive definite matrices, and solves systems", () => {
      const [x, b] = [variable("X", [6, 6]), variable("B", [6, 2])];
      const draw = random(13);
      const values = { X: drawEntries(draw, [6, 6]), B: drawEntries(draw, [6, 2]) };
      const definite = add(matmul(x, transpose(x)), identity(6));
      const l = core.evaluate(cholesky(definite), values).data;
      l.forEach((entry, place) => assert.ok(place % 6 > Math.floor(place / 6) ? entry === 0 : place % 7 !== 0 || entry > 0));
      assert.ok(difference(core.matmul(l, l, { m: 6, k: 6, n: 6, transposeB: true }), core.evaluate(definite, values).data) < 1e-14);
      assert.ok(difference(core.evaluate(matmul(definite, solve(definite, b)), values).data, values.B) < 1e-12);
      assert.ok(core.evaluate(cholesky(scale(identity(2), -1)), {}).data.some(Number.isNaN));
      assert.throws(() => cholesky(b), ShapeError);
    });

    it("evaluates and differentiates", () => {
      const [z, w, y] = [variable("Z", [12, 9]), variable("W", [9, 10]), variable("Y", [12, 10])];
      const residual = sub(matmul(z, w), y);
      const loss = sum(mul(residual, residual));
      const draw = random(4);
      const values = { Z: drawEntries(draw, [12, 9]), W: drawEntries(draw, [9, 10]), Y: drawEntries(draw, [12, 10]) };
      const r = core.evaluate(residual, values);
      assert.deepEqual(r.shape, [12, 10]);
      const { value, gradients } = core.gradient(loss, [z, w])(values);
      assert.ok(Math.abs(value - r.data.reduce((total, x) => total + x * x, 0)) < 1e-12 * value);
      const out: Float64Array[] = [new Float64Array(108), new Float64Array(90)];
      assert.deepEqual(core.gradient(loss, [z, w])(values, out).gradients.map(({ data }) => out.indexOf(data)), [0, 1]);
      assert.deepEqual(out, gradients.map(({ data }) => data));
      const doubled = r.data.map((x) => 2 * x);
      assert.ok(difference(gradients[0]!.data, core.matmul(doubled, values.W, { m: 12, k: 10, n: 9, transposeB: true })) < 1e-12);
      assert.ok(difference(gradients[1]!.data, core.matmul(values.Z, doubled, { m: 9, k: 12, n: 10, transposeA: true })) < 1e-12);
      const { error } = core.evaluateWithErrors(loss, values);
      assert.ok(typeof error !== "number" && error[0]! > 0 && error[0]! < 1e-10);
    });

    it("gives the same values each time, also to programs in turn", () => {
      const [a, b] = [variable("A", [9, 9]), variable("B", [9, 9])];
      const first = sum(mul(matmul(a, b), matmul(b, a)));
      const second = einsum("bij,bjk->bik", stack([a, b]), stack([matmul(a, b), b]));
      const third = einsum("ij->iij", matmul(a, b));
      const draw = random(8);
      const values = { A: drawEntries(draw, [9, 9]), B: drawEntries(draw, [9, 9]) };
      const literal = new Map(Object.entries(values).map(([key, data]) => [key, [...data]]));
      for (let round = 0; round < 3; round++) {
        for (const term of [first, second, third]) {
          const { data } = core.evaluate(term, values);
          const expected = Float64Array.from(evaluateNaively(term, literal, floats));
          assert.ok(difference(data, expected) < 1e-12);
          assert.ok(data.buffer instanceof ArrayBuffer && data.buffer.byteLength === 8 * data.length);
        }
      }
    });

    it("names what does not fit", () => {
      const x = variable("X", [2, 3]);
      const names = (left: string, right: string) => (error: unknown) => error instanceof ShapeError && error.message.includes(left) && error.message.includes(right);
      assert.throws(() => core.matmul(new Float64Array(5), new Float64Array(12), { m: 2, k: 3, n: 4 }), names("5", "2×3"));
      assert.throws(() => core.matmul(new Float64Array(6), new Float64Array(11), { m: 2, k: 3, n: 4 }), names("11", "3×4"));
      assert.throws(() => core.matmul(new Float64Array(6), new Float64Array(12), { m: 2, k: 3, n: 4, out: new Float64Array(9) }), names("9", "2×4"));
      assert.throws(() => core.evaluate(x, { X: new Float64Array(5) }), names("5", "2×3"));
      assert.throws(() => core.gradient(x, [x]), names("2×3", "scalar"));
      assert.throws(() => core.gradient(sum(x), [x])({ X: new Float64Array(6) }, [new Float64Array(5)]), names("5", "2×3"));
      assert.throws(() => core.evaluate(x, {}), MissingBinding);
      assert.throws(() => core.evaluate(variable("toString", []), {}), MissingBinding);
      assert.throws(() => core.matmul(new Float64Array(0), new Float64Array(0), { m: 0, k: 0, n: 0 }), RangeError);
      assert.throws(() => core.matmulMod(Float64Array.of(5), Float64Array.of(1), { m: 1, k: 1, n: 1, modulus: 7 }), RangeError);
      assert.throws(() => core.matmulMod(Float64Array.of(1), Float64Array.of(1), { m: 1, k: 1, n: 1, modulus: 8 }), RangeError);
    });
  });
}

describe("a core with a limit", () => {
  it("refuses what is above it", async () => {
    const core = await createCore({ kernels: referenceKernels, limit: 100 });
    const x = variable("X", [10, 10]);
    assert.throws(() => core.evaluate(matmul(x, x), { X: new Float64Array(100) }), TooLarge);
  });
});

/** The product as balanced residues, in integers of any size. */
function exactProduct(a: Float64Array, b: Float64Array, m: number, k: number, n: number, modulus: number): Float64Array {
  return Float64Array.from({ length: m * n }, (_, at) => {
    let total = 0n;
    for (let p = 0; p < k; p++) total += BigInt(a[Math.floor(at / n) * k + p]!) * BigInt(b[p * n + (at % n)]!);
    const rest = Number(((total % BigInt(modulus)) + BigInt(modulus)) % BigInt(modulus));
    return rest > modulus / 2 ? rest - modulus : rest;
  });
}

function transposed(a: Float64Array, m: number, n: number): Float64Array {
  return Float64Array.from({ length: m * n }, (_, at) => a[(at % m) * n + Math.floor(at / m)]!);
}
