/** 1[x > 0], constant on both sides of 0. In GF(p) the sign of x is given by a mask. */
import { awayFromZero, elementwise } from "./elementwise";
import { polynomial } from "./degrees";

export const step = elementwise({
  name: "step",
  title: "differential of a step",
  domain: awayFromZero,
  forward: (x) => (x > 0 ? 1 : 0),
  slope: () => 0,
  spread: (x, e) => (Math.abs(x) <= e ? 1 : 0),
  ulps: 0,
  exactness: "mask",
  forwardModular: (_, __, sign) => (sign > 0 ? 1 : 0),
  reverseSlope: null,
  degree: () => polynomial(0),
});
