/** |x|; the derivative is the sign of x. In GF(p) the sign of x is given by a mask. */
import { map } from "../term";
import { awayFromZero, branchDegree, elementwise } from "./elementwise";

export const abs = elementwise({
  name: "abs",
  title: "differential of the absolute value",
  domain: awayFromZero,
  forward: Math.abs,
  slope: Math.sign,
  spread: (_, e) => e,
  ulps: 0,
  exactness: "mask",
  forwardModular: (x, _, sign) => (sign < 0 ? -x + 0 : x),
  reverseSlope: (x) => map("sign", x),
  degree: branchDegree,
});
