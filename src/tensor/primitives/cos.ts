/** The cosine; its derivative is −sin x. */
import { neg } from "../build";
import { map } from "../term";
import { elementwise } from "./elementwise";

export const cos = elementwise({
  name: "cos",
  title: "differential of the cosine",
  domain: (u) => 2 * u,
  forward: Math.cos,
  slope: (x) => -Math.sin(x),
  spread: (x, e) => e * Math.min(1, Math.abs(Math.sin(x)) + e),
  exactness: "atom",
  forwardModular: (x, atoms) => atoms.cos(x),
  reverseSlope: (x) => neg(map("sin", x)),
});
