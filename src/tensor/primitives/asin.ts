/** The arc sine on (−1, 1); the derivative is 1/√(1 − x²). */
import { integerPower, ones, reciprocal, sub } from "../build";
import { map } from "../term";
import { elementwise } from "./elementwise";

export const asin = elementwise({
  name: "asin",
  title: "differential of the arcsine",
  domain: (u) => 0.8 * u,
  forward: Math.asin,
  slope: (x) => 1 / Math.sqrt(1 - x * x),
  spread: (x, e) => e / Math.sqrt(Math.max(0, 1 - (Math.abs(x) + e) ** 2)),
  exactness: "atom",
  forwardModular: (x, atoms) => atoms.odd("asin", x),
  reverseSlope: (x) => reciprocal(map("sqrt", sub(ones(x.shape), integerPower(x, 2)))),
});
