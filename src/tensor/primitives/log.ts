/** The natural logarithm of x > 0; the derivative is 1/x. */
import { reciprocal } from "../build";
import { elementwise } from "./elementwise";

export const log = elementwise({
  name: "log",
  title: "differential of the logarithm",
  domain: (u) => u + 1.25,
  forward: Math.log,
  slope: (x) => 1 / x,
  spread: (x, e) => (e < x ? -Math.log1p(-e / x) : Infinity),
  exactness: "atom",
  forwardModular: (x, atoms) => atoms.log(x),
  reverseSlope: (x) => reciprocal(x),
});
