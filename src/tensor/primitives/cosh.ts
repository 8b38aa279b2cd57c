/** cosh x = (eˣ + e⁻ˣ)/2; the derivative is sinh x. */
import { map } from "../term";
import { elementwise } from "./elementwise";

export const cosh = elementwise({
  name: "cosh",
  title: "differential of the hyperbolic cosine",
  domain: (u) => 2 * u,
  forward: Math.cosh,
  slope: Math.sinh,
  spread: (x, e) => e * Math.sinh(Math.abs(x) + e),
  ulps: 4,
  exactness: "atom",
  forwardModular: (x, atoms) => {
    const { field } = atoms;
    return field.multiply(field.reduce(atoms.exp(x) + atoms.exp(-x)), field.rational(1, 2));
  },
  reverseSlope: (x) => map("sinh", x),
});
