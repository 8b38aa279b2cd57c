/** A sheet has the values that the programs have, over both kinds of numbers. */
import assert from "node:assert/strict";
import { contract, evaluateModular, evaluateReal, field, inverse, map, mul, NotExact, Sheet, sum, TooLarge, variable, type Term, type Variable } from "../../../src/tensor";

const [x, a] = [variable("x", [3]), variable("A", [3, 3])];
const values = new Map([["x", { shape: [3], data: Float64Array.of(1, 2, 4) }], ["A", { shape: [3, 3], data: Float64Array.of(2, 1, 0, 1, 3, 1, 0, 1, 5) }]]);
const draw = ({ name }: Variable): Float64Array => values.get(name)?.data ?? new Float64Array();
const quadratic = contract([[0], [0, 1], [1]], [], [x, inverse(a), x]);
const terms: readonly Term[] = [quadratic, mul(x, map("exp", x)), sum(map("reciprocal", x), [0]), contract([[0]], [0, 0], [x])];

describe("sheet", () => {
  it("agrees with programs over float64", () => {
    const sheet = new Sheet("real", draw);
    for (const term of terms) {
      const expected = evaluateReal([term], values)[0]?.data ?? [];
      sheet.value(term).data.forEach((entry, i) => assert.ok(Math.abs(entry - (expected[i] ?? NaN)) < 1e-12));
    }
  });
  it("agrees with programs in the field, atoms included", () => {
    const gf = field();
    const sheet = new Sheet(gf, draw, { seed: 7 });
    for (const term of terms) {
      const [expected] = evaluateModular([term], values, gf, { seed: 7 });
      assert.deepEqual([...sheet.value(term).data], [...(expected?.data ?? [])]);
      assert.equal(sheet.value(term).usesAtoms, expected?.usedAtoms);
    }
  });
  it("says what cannot be computed, again for what is made of it", () => {
    const sheet = new Sheet(field(), draw);
    const branch = map("relu", x);
    assert.throws(() => sheet.value(branch), NotExact);
    assert.throws(() => sheet.value(mul(branch, x)), NotExact);
    assert.throws(() => new Sheet("real", draw, { limit: 10 }).value(quadratic), TooLarge);
  });
});
