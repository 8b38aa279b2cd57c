/**
 * 1/x. The derivative is −y² in reverse mode, −1/x² in forward mode.
 *
 * An x known up to e < |x| gives 1/x up to e / (|x| (|x| − e)), exactly.
 */
import { contract, map, scalar } from "../term";
import { axesOf } from "../build";
import { reciprocalDegree } from "./degrees";
import { elementwise } from "./elementwise";

export const reciprocal = elementwise({
  name: "reciprocal",
  title: "differential of a reciprocal",
  domain: (u) => (u < 0 ? u - 0.5 : u + 0.5),
  forward: (x) => 1 / x,
  slope: (_, y) => -y * y,
  spread: (x, e) => (e < Math.abs(x) ? e / (Math.abs(x) * (Math.abs(x) - e)) : Infinity),
  ulps: 0.5,
  exactness: "rational",
  forwardModular: (x, { field }) => field.inverse(x),
  reverseSlope: (_, y) => contract([[], axesOf(y.shape), axesOf(y.shape)], axesOf(y.shape), [scalar(-1), y, y]),
  forwardSlope: (x) => contract([[], axesOf(x.shape)], axesOf(x.shape), [scalar(-1), map("reciprocal", contract([axesOf(x.shape), axesOf(x.shape)], axesOf(x.shape), [x, x]))]),
  degree: reciprocalDegree,
});
