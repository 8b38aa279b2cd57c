/** tan x = sin x / cos x; the derivative is 1 + y² in reverse mode, 1/cos² x in forward mode. */
import { integerPower, ones } from "../build";
import { add, map } from "../term";
import { elementwise } from "./elementwise";

export const tan = elementwise({
  name: "tan",
  title: "differential of the tangent",
  domain: (u) => u,
  forward: Math.tan,
  slope: (_, y) => 1 + y * y,
  exactness: "atom",
  forwardModular: (x, atoms) => atoms.field.multiply(atoms.sin(x), atoms.field.inverse(atoms.cos(x))),
  reverseSlope: (_, y) => add(ones(y.shape), integerPower(y, 2)),
  forwardSlope: (x) => integerPower(map("cos", x), -2),
});
