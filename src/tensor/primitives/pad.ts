/** The argument from `params[1]` on along the axis `params[0]`, zero elsewhere; transposed to `range`. */
import { pad as padTerm, range } from "../calls";
import { around, assembly } from "./assembly";
import { batchOf } from "./batch";

export const pad = assembly({
  name: "pad",
  title: "linearity",
  sizes: [
    { shapes: [[2]], params: [0, 1], result: [4] },
    { shapes: [[2, 2, 3]], params: [1, 2], result: [2, 4, 3] },
  ],
  move: ([x], [axis, start], out, [from], shape) => {
    const [before, total, after] = around(shape, axis!);
    const run = from![axis!]! * after;
    out.fill(0);
    for (let b = 0; b < before; b++) {
      const offset = (b * total + start!) * after;
      for (let i = 0; i < run; i++) out[offset + i] = x![b * run + i]!;
    }
  },
  tangent: ([dot], y, [x], [axis, start]) => padTerm(dot!, batchOf(dot!, x!.shape).length + axis!, start!, y.shape[axis!]!),
  pullback: (ybar, y, [x], [axis, start]) => [range(ybar, batchOf(ybar, y.shape).length + axis!, start!, x!.shape[axis!]!)],
});
