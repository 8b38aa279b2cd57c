/** Tensors side by side along the axis `params[0]`. */
import { concat as concatTerms, range } from "../calls";
import { zeros } from "../term";
import { around, assembly } from "./assembly";
import { batchOf } from "./batch";

export const concat = assembly({
  name: "concat",
  title: "linearity",
  sizes: [
    { shapes: [[2, 3], [1, 3]], params: [0], result: [3, 3] },
    { shapes: [[2, 3], [2, 2], [2, 1]], params: [1], result: [2, 6] },
  ],
  move: (args, [axis], out, shapes, shape) => {
    const [before, total, after] = around(shape, axis!);
    let start = 0;
    args.forEach((arg, i) => {
      const run = shapes[i]![axis!]! * after;
      for (let b = 0; b < before; b++) out.set(arg.subarray(b * run, (b + 1) * run), b * total * after + start);
      start += run;
    });
  },
  tangent: (dots, _, args, [axis]) => {
    const some = dots.findIndex((dot) => dot);
    const batch = batchOf(dots[some]!, args[some]!.shape);
    return concatTerms(dots.map((dot, i) => dot ?? zeros([...batch, ...args[i]!.shape])), batch.length + axis!);
  },
  pullback: (ybar, y, args, [axis]) => {
    const batch = batchOf(ybar, y.shape).length;
    let start = 0;
    return args.map((arg) => {
      const length = arg.shape[axis!]!;
      start += length;
      return range(ybar, batch + axis!, start - length, length);
    });
  },
});
