/** Tensors of one shape along a new first axis. */
import { permute } from "../build";
import { slice, stack as stackTerms } from "../calls";
import { zeros } from "../term";
import { assembly } from "./assembly";
import { batchOf } from "./batch";

export const stack = assembly({
  name: "stack",
  title: "linearity",
  sizes: [
    { shapes: [[], [], []], result: [3] },
    { shapes: [[2, 3], [2, 3]], result: [2, 2, 3] },
  ],
  move: (args, _, out) => args.forEach((arg, i) => out.set(arg, i * arg.length)),
  tangent: (dots, _, args) => {
    const some = dots.findIndex((dot) => dot);
    const { shape } = dots[some]!;
    const batch = batchOf(dots[some]!, args[some]!.shape).length;
    const stacked = stackTerms(dots.map((dot) => dot ?? zeros(shape)));
    const axes = stacked.shape.map((_, axis) => axis);
    return permute(stacked, [...axes.slice(1, batch + 1), 0, ...axes.slice(batch + 1)]);
  },
  pullback: (ybar, y, args) => args.map((_, i) => slice(ybar, batchOf(ybar, y.shape).length, i)),
});
