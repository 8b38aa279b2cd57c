import assert from "node:assert/strict";
import { field, NonResidue, PRIMES, ZeroDivisor } from "../../../src/tensor/index";
import { determinantModular, inverseModular, rankModular, solveModular } from "../../../src/tensor/dense/modular";
import { random } from "./draw";

function balanced(x: bigint, p: number): number {
  const q = BigInt(p);
  const r = Number(((x % q) + q) % q);
  return r > (p - 1) / 2 ? r - p : r;
}

describe("GF(p)", () => {
  for (const p of PRIMES) {
    const gf = field(p);
    const half = (p - 1) / 2;
    const draw = random(p);
    const element = (): number => draw.integer(-half, half);

    it(`${p} is a prime ≡ 3 (mod 4) below 2^25`, () => {
      for (let d = 2; d * d <= p; d++) assert.notEqual(p % d, 0);
      assert.ok(p % 4 === 3 && p < 2 ** 25);
    });

    it(`computes modulo ${p} as BigInt does, at the extremes too`, () => {
      const extremes = [0, 1, -1, half, -half, half - 1];
      for (let i = 0; i < 2000; i++) {
        const [a, b] = i < 36 ? [extremes[i % 6]!, extremes[Math.floor(i / 6)]!] : [element(), element()];
        assert.equal(gf.add(a, b), balanced(BigInt(a) + BigInt(b), p));
        assert.equal(gf.multiply(a, b), balanced(BigInt(a) * BigInt(b), p));
        if (a !== 0) assert.equal(gf.multiply(gf.inverse(a), a), 1);
      }
      for (let i = 0; i < 2000; i++) {
        // Halfway between multiples of p, where a rounded quotient goes wrong.
        const x = (i % 4 < 2 ? 1 : -1) * (draw.integer(2 ** 26, 2 ** 27 - 1) * p + (i % 2 === 0 ? half : -half) + draw.integer(-1, 1));
        assert.equal(gf.reduce(x), balanced(BigInt(x), p));
      }
      assert.throws(() => gf.inverse(0), ZeroDivisor);
    });

    it(`takes powers and roots modulo ${p}`, () => {
      for (let i = 0; i < 200; i++) {
        const [a, b] = [element() || 1, element() || 1];
        assert.equal(gf.power(a, p - 1), 1);
        assert.equal(gf.multiply(gf.power(a, -3), gf.power(a, 3)), 1);
        const square = gf.multiply(a, a);
        const root = gf.squareRoot(square);
        assert.equal(gf.multiply(root, root), square);
        assert.equal(gf.legendre(root), 1);
        if (gf.legendre(a) === 1 && gf.legendre(b) === 1) assert.equal(gf.squareRoot(gf.multiply(a, b)), gf.multiply(gf.squareRoot(a), gf.squareRoot(b)));
        if (gf.legendre(a) === -1) assert.throws(() => gf.squareRoot(a), NonResidue);
      }
    });
  }

  it("knows the roots of small numbers in all primes but the first", () => {
    for (const p of PRIMES.slice(1)) for (const n of [2, 3, 5, 7]) assert.equal(field(p).legendre(n), 1);
  });

  it("refuses a modulus that it cannot serve", () => {
    for (const p of [2, 5, 2 ** 26 + 7, 10.5, -7]) assert.throws(() => field(p), RangeError);
  });
});

describe("elimination over GF(p)", () => {
  const gf = field();
  const draw = random(5);
  const matrix = (m: number, n: number): Float64Array => Float64Array.from({ length: m * n }, () => gf.reduce(draw.integer(0, gf.modulus)));
  const product = (a: Float64Array, b: Float64Array, m: number, k: number, n: number): Float64Array => Float64Array.from({ length: m * n }, (_, at) => {
    let sum = 0;
    for (let i = 0; i < k; i++) sum = gf.reduce(sum + a[Math.floor(at / n) * k + i]! * b[i * n + (at % n)]!);
    return sum;
  });

  it("inverts and solves", () => {
    for (const n of [1, 2, 5, 8]) {
      const a = matrix(n, n);
      const inverse = new Float64Array(n * n);
      inverseModular(a, n, inverse, gf);
      const unit = product(a, inverse, n, n, n);
      unit.forEach((x, i) => assert.equal(x, i % (n + 1) === 0 ? 1 : 0));
      const x = matrix(n, 2);
      const b = product(a, x, n, n, 2);
      solveModular(a, n, b, 2, gf);
      assert.deepEqual(b, x);
    }
  });

  it("finds pivots below zeros, determinants with their signs, and ranks", () => {
    const shuffle = Float64Array.of(0, 0, 1, 1, 0, 0, 0, 1, 0);
    assert.equal(determinantModular(shuffle, 3, gf), 1);
    assert.equal(determinantModular(Float64Array.of(0, 2, 3, 0), 2, gf), -6);
    const [a, b] = [matrix(4, 4), matrix(4, 4)];
    assert.equal(determinantModular(product(a, b, 4, 4, 4), 4, gf), gf.multiply(determinantModular(a, 4, gf), determinantModular(b, 4, gf)));
    const [tall, wide] = [matrix(5, 2), matrix(2, 6)];
    assert.equal(rankModular(product(tall, wide, 5, 2, 6), 5, 6, gf), 2);
    assert.equal(rankModular(matrix(3, 5), 3, 5, gf), 3);
    assert.throws(() => inverseModular(product(tall, wide.subarray(0, 10), 5, 2, 5), 5, new Float64Array(25), gf), ZeroDivisor);
  });
});
