/** max(x, 0); the derivative is the step 1[x > 0]. In GF(p) the sign of x is given by a mask. */
import { map } from "../term";
import { awayFromZero, branchDegree, elementwise } from "./elementwise";

export const relu = elementwise({
  name: "relu",
  title: "differential of the rectifier",
  domain: awayFromZero,
  forward: (x) => (x > 0 ? x : 0),
  slope: (x) => (x > 0 ? 1 : 0),
  spread: (x, e) => (x + e > 0 ? Math.min(e, x + e) : 0),
  ulps: 0,
  exactness: "mask",
  forwardModular: (x, _, sign) => (sign > 0 ? x : 0),
  reverseSlope: (x) => map("step", x),
  degree: branchDegree,
});
