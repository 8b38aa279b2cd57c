/** The sine; its derivative is the cosine. */
import { map } from "../term";
import { elementwise } from "./elementwise";

export const sin = elementwise({
  name: "sin",
  title: "differential of the sine",
  domain: (u) => 2 * u,
  forward: Math.sin,
  slope: Math.cos,
  spread: (x, e) => e * Math.min(1, Math.abs(Math.cos(x)) + e),
  exactness: "atom",
  forwardModular: (x, atoms) => atoms.sin(x),
  reverseSlope: (x) => map("cos", x),
});
