/**
 * log Γ(x) for x > 0; the derivative is the digamma function, polygamma:0.
 *
 * Γ(x) = Γ(x + n) / (x (x + 1) … (x + n − 1)) carries x beyond 15, where
 * Stirling's series (Abramowitz and Stegun 6.1.41) is exact to rounding.
 */
import { map } from "../term";
import { elementwise, UNIT } from "./elementwise";
import { polygammaOf } from "./polygamma";

export const loggamma = elementwise({
  name: "loggamma",
  title: "differential of the log-gamma function",
  domain: (u) => u + 1.75,
  forward: loggammaOf,
  slope: (x) => polygammaOf(0, x),
  spread: (x, e) => (e < x ? e * (Math.abs(polygammaOf(0, x - e)) + Math.abs(polygammaOf(0, x + e))) : Infinity),
  // Below 15 the value is a small difference of numbers up to 40.
  rounding: (_, y) => UNIT * (400 + 20 * Math.abs(y)),
  exactness: "atom",
  forwardModular: (x, atoms) => atoms.unknown("loggamma", x),
  reverseSlope: (x) => map("polygamma:0", x),
});

const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156];

function loggammaOf(x: number): number {
  if (!(x > 0)) return NaN;
  let shift = 1;
  let z = x;
  while (z < 15) shift *= z++;
  let tail = 0;
  for (let i = STIRLING.length - 1; i >= 0; i--) tail = STIRLING[i]! + tail / (z * z);
  return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + tail / z - Math.log(shift);
}
