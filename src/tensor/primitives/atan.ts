/** The arc tangent; the derivative is 1/(1 + x²). */
import { integerPower, ones, reciprocal } from "../build";
import { add } from "../term";
import { elementwise } from "./elementwise";

export const atan = elementwise({
  name: "atan",
  title: "differential of the arctangent",
  domain: (u) => 2 * u,
  forward: Math.atan,
  slope: (x) => 1 / (1 + x * x),
  spread: (x, e) => e / (1 + Math.max(0, Math.abs(x) - e) ** 2),
  exactness: "atom",
  forwardModular: (x, atoms) => atoms.odd("atan", x),
  reverseSlope: (x) => reciprocal(add(ones(x.shape), integerPower(x, 2))),
});
