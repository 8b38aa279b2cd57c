/** log(1 + eˣ); the derivative is σ(x), which forward mode takes as 1 − σ(−x). */
import { neg, ones, sub } from "../build";
import { map } from "../term";
import { elementwise } from "./elementwise";
import { sigmoidOf } from "./sigmoid";

export const softplus = elementwise({
  name: "softplus",
  title: "differential of the softplus",
  domain: (u) => 2 * u,
  forward: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  slope: sigmoidOf,
  spread: (x, e) => e * sigmoidOf(x + e),
  ulps: 4,
  exactness: "atom",
  forwardModular: (x, atoms) => atoms.log(atoms.field.reduce(1 + atoms.exp(x))),
  reverseSlope: (x) => map("sigmoid", x),
  forwardSlope: (x) => sub(ones(x.shape), map("sigmoid", neg(x))),
});
