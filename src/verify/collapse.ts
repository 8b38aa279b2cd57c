/** What holds of numbers alone, where arrays were meant. */
import { type Attempt, loweringOf } from "./attempt";

/** Whether matrices that nothing declares had to be numbers for it to hold. */
export function collapses(one: Attempt): boolean {
  const { drawn, algebra } = loweringOf(one);
  return [...drawn.values()].some(({ entity, shape }) => entity === null && shape.length === 2 && shape.every((dim) => dim !== "1" && algebra.isOne(dim)));
}
