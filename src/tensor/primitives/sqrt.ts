/**
 * √x for x > 0; the derivative is 1/(2y) in reverse mode, y/(2x) in forward mode.
 *
 * In GF(p) the root that is itself a square: √(xy) = √x √y holds, but √(x²) is
 * x only up to sign, so this can verify and not refute.
 */
import { div, reciprocal, scale } from "../build";
import { elementwise } from "./elementwise";

export const sqrt = elementwise({
  name: "sqrt",
  title: "differential of a square root",
  domain: (u) => u + 1.25,
  forward: Math.sqrt,
  slope: (_, y) => 0.5 / y,
  spread: (x, e, y) => (e < x ? e / (y + Math.sqrt(x - e)) : Math.sqrt(Math.abs(x) + e)),
  ulps: 0.5,
  exactness: "atom",
  forwardModular: (x, { field }) => field.squareRoot(x),
  reverseSlope: (_, y) => scale(reciprocal(y), 1, 2),
  forwardSlope: (x, y) => scale(div(y, x), 1, 2),
});
