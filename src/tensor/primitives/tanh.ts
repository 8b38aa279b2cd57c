/**
 * tanh x = (E² − 1)/(E² + 1) with E = eˣ; the derivative is 1 − y² in reverse
 * mode, 1/cosh² x in forward mode.
 */
import { integerPower, ones, sub } from "../build";
import { map } from "../term";
import { elementwise } from "./elementwise";

export const tanh = elementwise({
  name: "tanh",
  title: "differential of the hyperbolic tangent",
  domain: (u) => 2 * u,
  forward: Math.tanh,
  slope: (_, y) => 1 - y * y,
  spread: (_, e, y) => e * Math.min(1, 1 - y * y + 2 * e),
  ulps: 4,
  exactness: "atom",
  forwardModular: (x, atoms) => {
    const { field } = atoms;
    const square = field.power(atoms.exp(x), 2);
    return field.multiply(field.reduce(square - 1), field.inverse(field.reduce(square + 1)));
  },
  reverseSlope: (_, y) => sub(ones(y.shape), integerPower(y, 2)),
  forwardSlope: (x) => integerPower(map("cosh", x), -2),
});
