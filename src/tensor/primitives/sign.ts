/** −1, 0 or 1, constant on both sides of 0. In GF(p) the sign of x is given by a mask. */
import { awayFromZero, elementwise } from "./elementwise";
import { polynomial } from "./degrees";

export const sign = elementwise({
  name: "sign",
  title: "differential of the sign",
  domain: awayFromZero,
  forward: (x) => Math.sign(x) + 0,
  slope: () => 0,
  spread: (x, e) => (Math.abs(x) <= e ? 2 : 0),
  ulps: 0,
  exactness: "mask",
  forwardModular: (_, __, sign) => sign,
  reverseSlope: null,
  degree: () => polynomial(0),
});
