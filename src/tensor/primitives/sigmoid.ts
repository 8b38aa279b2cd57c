/**
 * σ(x) = 1/(1 + e⁻ˣ); the derivative is y(1 − y) in reverse mode and, from
 * 1 − σ(x) = σ(−x), y·σ(−x) in forward mode.
 */
import { mul, neg, ones, sub } from "../build";
import { map } from "../term";
import { elementwise } from "./elementwise";

export const sigmoid = elementwise({
  name: "sigmoid",
  title: "differential of the logistic function",
  domain: (u) => 2 * u,
  forward: sigmoidOf,
  slope: (x, y) => y * sigmoidOf(-x),
  spread: (x, e, y) => e * Math.min(0.25, y * sigmoidOf(-x) * Math.exp(e)),
  ulps: 4,
  exactness: "atom",
  forwardModular: (x, atoms) => {
    const e = atoms.exp(x);
    return atoms.field.multiply(e, atoms.field.inverse(atoms.field.reduce(1 + e)));
  },
  reverseSlope: (_, y) => mul(y, sub(ones(y.shape), y)),
  forwardSlope: (x, y) => mul(y, map("sigmoid", neg(x))),
});

/** Without overflow on either side. */
export function sigmoidOf(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const e = Math.exp(x);
  return e / (1 + e);
}
