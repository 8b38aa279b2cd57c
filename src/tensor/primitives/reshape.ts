/** The same entries in the same order under another shape. */
import { reshape as reshapeTerm } from "../calls";
import { assembly } from "./assembly";
import { batchOf } from "./batch";

export const reshape = assembly({
  name: "reshape",
  title: "linearity",
  sizes: [
    { shapes: [[2, 3]], result: [6] },
    { shapes: [[2, 3, 4]], result: [4, 6] },
  ],
  move: ([x], _, out) => out.set(x!),
  tangent: ([dot], y, [x]) => reshapeTerm(dot!, [...batchOf(dot!, x!.shape), ...y.shape]),
  pullback: (ybar, y, [x]) => [reshapeTerm(ybar, [...batchOf(ybar, y.shape), ...x!.shape])],
});
