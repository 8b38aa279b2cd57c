/**
 * `polygamma:k`, the derivative of order k + 1 of log Γ at x > 0: digamma for
 * k = 0, trigamma for k = 1. The derivative is polygamma:(k + 1).
 *
 * ψₖ(x) = ψₖ(x + 1) − (−1)ᵏ k! / x^(k+1) carries x beyond 20 + k, where the
 * asymptotic series (Abramowitz and Stegun 6.4.11) is exact to rounding.
 */
import { map } from "../term";
import { elementwise, UNIT } from "./elementwise";
import type { MapRule } from "./types";

const BERNOULLI = [1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6, -3617 / 510];

/** The rule for a name such as "polygamma:2"; undefined for any other name. */
export function polygamma(fn: string): MapRule | undefined {
  const order = /^polygamma:(\d{1,2})$/.exec(fn)?.[1];
  return order === undefined ? undefined : polygammaRule(Number(order));
}

function polygammaRule(k: number): MapRule {
  const slope = (x: number): number => polygammaOf(k + 1, x);
  return elementwise({
    name: `polygamma:${k}`,
    title: "differential of the polygamma function",
    domain: (u) => u + 1.75,
    forward: (x) => polygammaOf(k, x),
    slope,
    spread: (x, e) => (e < x ? e * Math.abs(slope(x - e)) : Infinity),
    // Digamma has a zero near 1.46, where it is a small difference.
    rounding: (_, y) => UNIT * (100 + 80 * Math.abs(y)),
    exactness: "atom",
    forwardModular: (x, atoms) => atoms.unknown(`polygamma:${k}`, x),
    reverseSlope: (x) => map(`polygamma:${k + 1}`, x),
  });
}

export function polygammaOf(k: number, x: number): number {
  if (!(x > 0)) return NaN;
  const alternate = k % 2 === 0 ? -1 : 1; // (−1)^(k+1)
  const factorial = gammaOfInteger(k + 1);
  let shifted = 0;
  let z = x;
  for (; z < 20 + k; z++) shifted += 1 / z ** (k + 1);
  let tail = 0;
  for (let j = BERNOULLI.length; j >= 1; j--) {
    // B₂ⱼ (2j + k − 1)! / ((2j)! z^(2j+k)), the factorials' ratio as a product.
    let ratio = 1;
    for (let i = 1; i < k; i++) ratio *= 2 * j + i;
    tail += k === 0 ? BERNOULLI[j - 1]! / (2 * j * z ** (2 * j)) : (BERNOULLI[j - 1]! * ratio) / z ** (2 * j + k);
  }
  const leading = k === 0 ? -Math.log(z) : gammaOfInteger(k) / z ** k;
  return alternate * (leading + factorial / (2 * z ** (k + 1)) + tail + factorial * shifted);
}

/** (n − 1)! */
function gammaOfInteger(n: number): number {
  let product = 1;
  for (let i = 2; i < n; i++) product *= i;
  return product;
}
