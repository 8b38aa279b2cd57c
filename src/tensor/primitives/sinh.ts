/** sinh x = (eˣ − e⁻ˣ)/2; the derivative is cosh x. */
import { map } from "../term";
import { elementwise } from "./elementwise";

export const sinh = elementwise({
  name: "sinh",
  title: "differential of the hyperbolic sine",
  domain: (u) => 2 * u,
  forward: Math.sinh,
  slope: Math.cosh,
  spread: (x, e) => e * Math.cosh(Math.abs(x) + e),
  ulps: 4,
  exactness: "atom",
  forwardModular: (x, atoms) => {
    const { field } = atoms;
    return field.multiply(field.reduce(atoms.exp(x) - atoms.exp(-x)), field.rational(1, 2));
  },
  reverseSlope: (x) => map("cosh", x),
});
