/**
 * The error function (2/√π) ∫₀ˣ e^(−t²) dt; the derivative is (2/√π) e^(−x²).
 *
 * For |x| < 2.5 the series (2/√π) e^(−x²) Σ 2ⁿ x^(2n+1) / (2n+1)!!, whose terms
 * are all of one sign; beyond, one minus the continued fraction of erfc
 * (Abramowitz and Stegun 7.1.6 and 7.1.14).
 */
import { integerPower, mul, neg, reciprocal, scale } from "../build";
import { pi } from "../calls";
import { map } from "../term";
import { elementwise } from "./elementwise";

const TWO_OVER_ROOT_PI = 2 / Math.sqrt(Math.PI);

export const erf = elementwise({
  name: "erf",
  title: "differential of the error function",
  domain: (u) => 3 * u,
  forward: erfOf,
  slope: (x) => TWO_OVER_ROOT_PI * Math.exp(-x * x),
  spread: (x, e) => e * TWO_OVER_ROOT_PI * Math.exp(-(Math.max(0, Math.abs(x) - e) ** 2)),
  ulps: 40,
  exactness: "atom",
  forwardModular: (x, atoms) => atoms.odd("erf", x),
  reverseSlope: (x) => mul(scale(reciprocal(map("sqrt", pi())), 2), map("exp", neg(integerPower(x, 2)))),
});

function erfOf(x: number): number {
  const z = Math.abs(x);
  if (z > 6) return Math.sign(x);
  const value = z < 2.5 ? series(z) : 1 - complement(z);
  return x < 0 ? -value : value;
}

function series(z: number): number {
  let term = z;
  let total = z;
  for (let n = 1; term > total * 1e-18; n++) {
    term *= (2 * z * z) / (2 * n + 1);
    total += term;
  }
  return TWO_OVER_ROOT_PI * Math.exp(-z * z) * total;
}

/** erfc(z) = e^(−z²)/√π · 1/(z + (1/2)/(z + 1/(z + (3/2)/(z + …)))). */
function complement(z: number): number {
  let tail = z;
  for (let n = 60; n >= 1; n--) tail = z + n / 2 / tail;
  return Math.exp(-z * z) / Math.sqrt(Math.PI) / tail;
}
