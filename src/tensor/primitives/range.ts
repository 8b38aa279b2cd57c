/** The entries from `params[1]` on along the axis `params[0]`; transposed to `pad`. */
import { pad, range as rangeOf } from "../calls";
import { around, assembly } from "./assembly";
import { batchOf } from "./batch";

export const range = assembly({
  name: "range",
  title: "linearity",
  sizes: [
    { shapes: [[4]], params: [0, 1], result: [2] },
    { shapes: [[2, 4, 3]], params: [1, 2], result: [2, 2, 3] },
  ],
  move: ([x], [axis, start], out, [from], shape) => {
    const [before, total, after] = around(from!, axis!);
    const run = shape[axis!]! * after;
    for (let b = 0; b < before; b++) {
      const offset = (b * total + start!) * after;
      for (let i = 0; i < run; i++) out[b * run + i] = x![offset + i]!;
    }
  },
  tangent: ([dot], y, [x], [axis, start]) => rangeOf(dot!, batchOf(dot!, x!.shape).length + axis!, start!, y.shape[axis!]!),
  pullback: (ybar, y, [x], [axis, start]) => [pad(ybar, batchOf(ybar, y.shape).length + axis!, start!, x!.shape[axis!]!)],
});
