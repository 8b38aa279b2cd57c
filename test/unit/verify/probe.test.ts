/** One point tells what is plainly false, and never rejects what is true. */
import assert from "node:assert/strict";
import { add, constant, contract, map, mul, scale, variable, type Term } from "../../../src/tensor";
import { Probe } from "../../../src/verify/probe";

const drawing = { drawn: new Map(), extra: new Map() };
const [x, y] = [variable("x", [4]), variable("y", [4])];
const [a, b] = [variable("A", [3, 4]), variable("B", [4, 3])];
const product = (left: Term, right: Term): Term => contract([[0, 1], [1, 2]], [0, 2], [left, right]);
const transposed = (term: Term): Term => contract([[0, 1]], [1, 0], [term]);
const differ = (left: Term, right: Term): boolean => new Probe("test").look(left, right, drawing) === "different";

describe("probe", () => {
  it("tells polynomials apart in the field", () => {
    assert.equal(differ(mul(x, y), mul(x, x)), true);
    assert.equal(differ(product(a, b), scale(product(a, b), 2)), true);
  });
  it("lets identities pass", () => {
    assert.equal(differ(transposed(product(a, b)), product(transposed(b), transposed(a))), false);
    assert.equal(differ(mul(add(x, y), add(x, y)), add(mul(x, x), scale(mul(x, y), 2), mul(y, y))), false);
  });
  it("asks real numbers where the field has atoms only", () => {
    assert.equal(differ(map("exp", add(x, y)), mul(map("exp", x), map("exp", y))), false);
    assert.equal(differ(map("exp", x), map("log", x)), true);
  });
  it("computes nothing twice, and still tells new terms apart", () => {
    const probe = new Probe("test");
    assert.equal(probe.look(product(a, b), product(a, b), drawing), "alike");
    assert.equal(probe.look(product(a, b), scale(product(a, b), -1), drawing), "different");
  });
  it("tells small values apart, and takes no rounding for a difference", () => {
    const small = scale(map("tanh", x), 1, 100_000);
    assert.equal(differ(small, scale(small, 2)), true);
    assert.equal(differ(add(small, map("exp", y)), add(map("exp", y), small)), false);
  });
  it("leaves open what has no values", () => {
    const below = map("log", scale(map("exp", x), -1));
    assert.equal(new Probe("test").look(below, scale(below, 2), drawing), "open");
  });
  it("counts only the entries that are asked about", () => {
    const [left, right] = [scale(constant([4], [1, 0, 0, 0]), 2), constant([4], [1, 0, 0, 0])];
    const look = (asked: (entry: number) => boolean): string => new Probe("test").look(add(x, left), add(x, right), drawing, asked);
    assert.equal(look((entry) => entry > 0), "alike");
    assert.equal(look((entry) => entry < 2), "different");
  });
  it("looks at terms as a whole, and leaves atoms open", () => {
    const look = (left: Term, right: Term): string => new Probe("test").lookAsWhole(left, right, drawing);
    assert.equal(look(transposed(product(a, b)), product(transposed(b), transposed(a))), "alike");
    assert.equal(look(product(a, b), scale(product(a, b), 2)), "different");
    assert.equal(look(map("exp", x), map("exp", y)), "open");
  });
});
