/** eˣ, its own derivative. An x off by e gives y·(e^e − 1). */
import { map } from "../term";
import { elementwise } from "./elementwise";

export const exp = elementwise({
  name: "exp",
  title: "differential of the exponential",
  domain: (u) => 2 * u,
  forward: Math.exp,
  slope: (_, y) => y,
  spread: (_, e, y) => y * Math.expm1(e),
  exactness: "atom",
  forwardModular: (x, atoms) => atoms.exp(x),
  reverseSlope: (_, y) => y,
  forwardSlope: (x) => map("exp", x),
});
