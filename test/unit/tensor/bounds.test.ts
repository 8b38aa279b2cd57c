/** The error bounds of the rules: never less than what a change of the input, or rounding, does. */
import assert from "node:assert/strict";
import { hashString } from "../../../src/base/random";
import { callRules, map, mapRule, mapRules, matrixExponential, scale, sizeOf, variable, type Dense } from "../../../src/tensor/index";
import { boundedValueOf, drawEntries, random, valueOf } from "./draw";

describe("error bounds", () => {
  for (const rule of [...mapRules, mapRule("polygamma:0")!, mapRule("polygamma:1")!, mapRule("free:f:0")!, mapRule("free:f:2")!]) {
    it(`of ${rule.name} cover a wrong input`, () => {
      const draw = random(hashString(rule.name));
      for (let i = 0; i < 300; i++) {
        const x = rule.domain(draw.uniform(-1, 1));
        const e = 10 ** draw.uniform(-12, -2);
        const moved = x + e * draw.uniform(-1, 1);
        const [y, other] = [rule.forward(x), rule.forward(moved)];
        const slack = 1e-14 * (1 + Math.abs(y)); // the rounding of the other value
        // First-order bounds leave out what is of order e².
        assert.ok(Math.abs(other - y) <= rule.bound(x, e, y) * (1 + 20 * e) + slack, `${rule.name}(${x} ± ${e})`);
      }
    });
  }

  for (const rule of callRules) {
    it(`of ${rule.name} cover a wrong input`, () => {
      for (const { shapes, params = [], result } of rule.sizes) {
        const shape = result ?? shapes[0]!;
        const draw = random(hashString(rule.name));
        for (let i = 0; i < 40; i++) {
          const size = 10 ** draw.uniform(-10, -4);
          const args = shapes.map((of, argument): Dense => {
            const data = drawEntries(draw, of);
            rule.domain(data, of, argument);
            return { shape: of, data, error: data.map(() => size * draw.uniform(0, 1)) };
          });
          const moved = args.map(({ shape: of, data, error }): Dense => ({ shape: of, data: data.map((x, j) => x + error![j]! * draw.uniform(-1, 1)), error: null }));
          const [y, other, bound] = [0, 0, 0].map(() => new Float64Array(sizeOf(shape)).fill(NaN)) as [Float64Array, Float64Array, Float64Array];
          rule.forward(args, params, y, shape);
          rule.forward(moved, params, other, shape);
          rule.bound(args, params, y, bound, shape);
          y.forEach((value, j) => {
            assert.ok(Math.abs(other[j]! - value) <= bound[j]! * (1 + 100 * size) + 1e-12 * (1 + Math.abs(value)), `${rule.name}: ${other[j]} for ${value} ± ${bound[j]}`);
            assert.ok(bound[j]! <= 1e4 * size * (1 + Math.abs(value)) + 1e-9, `${rule.name}: the bound ${bound[j]} says nothing`);
          });
        }
      }
    });
  }

  it("of steps and signs reach over the jump", () => {
    for (const x of [-0.01, 0, 0.01]) {
      assert.ok(mapRule("step")!.bound(x, 0.02, x > 0 ? 1 : 0) >= 1);
      assert.ok(mapRule("sign")!.bound(x, 0.02, Math.sign(x)) >= 2);
      assert.equal(mapRule("step")!.bound(x, 0, x > 0 ? 1 : 0), 0);
    }
  });

  it("are infinite where nothing can be said", () => {
    const x = variable("x", [2, 2]);
    const singular = new Map([["x", { shape: [2, 2], data: Float64Array.of(1, 2, 2, 4) }]]);
    const third = scale(x, 1, 3);
    for (const fn of ["inverse", "logAbsDeterminant"] as const) {
      const rule = callRules.find(({ name }) => name === fn)!;
      const data = valueOf(third, singular);
      const shape = fn === "inverse" ? [2, 2] : [];
      const [out, error] = [new Float64Array(sizeOf(shape)), new Float64Array(sizeOf(shape))];
      rule.forward([{ shape: [2, 2], data, error: null }], [], out, shape);
      rule.bound([{ shape: [2, 2], data, error: null }], [], out, error, shape);
      assert.equal(error[0], Infinity);
    }
    assert.equal(mapRule("reciprocal")!.bound(1e-3, 1e-2, 1e3), Infinity);
    assert.equal(mapRule("log")!.bound(1e-3, 1e-2, 1), Infinity);
  });

  it("of a determinant stay finite at a singular matrix", () => {
    const rule = callRules.find(({ name }) => name === "determinant")!;
    const data = Float64Array.of(1, 2, 3, 2, 4, 6, 0.1, 0.7, 0.3);
    const [out, error] = [new Float64Array(1), new Float64Array(1)];
    rule.forward([{ shape: [3, 3], data, error: null }], [], out, []);
    rule.bound([{ shape: [3, 3], data, error: null }], [], out, error, []);
    assert.ok(Math.abs(out[0]!) <= error[0]! && error[0]! < 1e-12);
  });
});

// To 19 places, by mpmath.
const KNOWN: readonly (readonly [string, number, number])[] = [
  ["erf", 1e-8, 1.1283791670955125599e-8],
  ["erf", -0.125, -0.14031620480133381739],
  ["erf", 1, 0.84270079294971486934],
  ["erf", 2.4375, 0.99943345674541983509],
  ["erf", 2.5625, 0.99970983113832659393],
  ["erf", 4.5, 0.99999999980338395585],
  ["loggamma", 0.0625, 2.7396316219462034186],
  ["loggamma", 1.0009765625, -0.0005629031799912046317],
  ["loggamma", 10.25, 13.368023671476046295],
  ["loggamma", 40, 106.63176026064345913],
  ["polygamma:0", 0.0625, -16.478853490060104367],
  ["polygamma:0", 1, -0.57721566490153286061],
  ["polygamma:0", 60, 4.0859880813835382899],
  ["polygamma:1", 0.0625, 257.50642004291541426],
  ["polygamma:1", 1, 1.6449340668482264365],
  ["polygamma:1", 7.5, 0.14261589669670379977],
  ["polygamma:2", 7.5, -0.020305252536644664065],
  ["polygamma:5", 7.5, 0.0013927076560043098558],
  ["polygamma:5", 60, 3.2171633678303336072e-8],
  ["softplus", -40, 4.2483542552915889863e-18],
  ["softplus", 0.5, 0.97407698418010668087],
  ["sigmoid", -40, 4.2483542552915889773e-18],
];

describe("special functions", () => {
  for (const [fn, x, expected] of KNOWN) {
    it(`${fn}(${x}) is known within its bound`, () => {
      const { data, error } = boundedValueOf(map(fn, variable("x", [])), new Map([["x", { shape: [], data: Float64Array.of(x) }]]));
      assert.ok(Math.abs(data[0]! - expected) <= error[0]! + 1e-16 * Math.abs(expected), `${data[0]} ± ${error[0]} for ${expected}`);
      assert.ok(error[0]! <= 1e-12 * Math.abs(expected) || error[0]! <= 1e-12);
    });
  }

  it("the exponential of a small matrix is known within its bound, but not exactly", () => {
    // X² = (3/8) X, so exp X = I + (e^(3/8) − 1)/(3/8) X.
    const x = variable("x", [2, 2]);
    const { data, error } = boundedValueOf(matrixExponential(x), new Map([["x", { shape: [2, 2], data: Float64Array.of(0.25, 0.25, 0.125, 0.125) }]]));
    const rest = 0.45499141461820133 / 0.375;
    [1 + rest / 4, rest / 4, rest / 8, 1 + rest / 8].forEach((value, i) => assert.ok(Math.abs(data[i]! - value) <= error[i]! && error[i]! > 0 && error[i]! < 1e-14));
  });

  it("the exponential of a matrix that needs squaring is known within its bound", () => {
    const x = variable("x", [3, 3]);
    const { data, error } = boundedValueOf(matrixExponential(x), new Map([["x", { shape: [3, 3], data: Float64Array.of(0, 6, 0, -6, 0, 1, 2, 0.5, -3) }]]));
    const expected = [0.83978219622303103925, -0.36802998537603194822, -0.13009870842189091538, 0.32466374923540164309, 0.82894063718787346297, 0.0037110233149401329876, 0.072471400840825723666, -0.25834190518631176427, 0.037215316711707571716];
    expected.forEach((value, i) => assert.ok(Math.abs(data[i]! - value) <= error[i]! && error[i]! < 1e-8));
  });
});
