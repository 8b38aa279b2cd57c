/** acos x = π/2 − asin x on (−1, 1); the derivative is −1/√(1 − x²). */
import { integerPower, neg, ones, reciprocal, sub } from "../build";
import { map } from "../term";
import { elementwise } from "./elementwise";

export const acos = elementwise({
  name: "acos",
  title: "differential of the arccosine",
  domain: (u) => 0.8 * u,
  forward: Math.acos,
  slope: (x) => -1 / Math.sqrt(1 - x * x),
  spread: (x, e) => e / Math.sqrt(Math.max(0, 1 - (Math.abs(x) + e) ** 2)),
  exactness: "atom",
  forwardModular: (x, atoms) => atoms.field.reduce(atoms.unknown("half pi") - atoms.odd("asin", x)),
  reverseSlope: (x) => neg(reciprocal(map("sqrt", sub(ones(x.shape), integerPower(x, 2))))),
});
