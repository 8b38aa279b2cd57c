/**
 * Claims about a general index that fail at the first and last place alone,
 * where a neighbour is missing: `2x_i - x_{i-1} - x_{i+1}` of a sum of squared
 * differences is meant of what lies between.
 */
import { childrenOf, type Expr, symbolsIn } from "../semantics/expression";
import type { Attempt } from "./attempt";

/** Whether an expression reaches for neighbours, or sums over a part of its index. */
export function leavesEndsOut(expr: Expr): boolean {
  const partial = expr.kind === "big" && expr.indices.some(({ from, to }) => (from !== null && !(from.kind === "number" && from.numerator === 1)) || to?.kind === "sum");
  const shifted = expr.kind === "symbol" && expr.subscripts.some((subscript) => subscript.expr.kind === "sum" && symbolsIn(subscript.expr).length > 0);
  return partial || shifted || childrenOf(expr).some(leavesEndsOut);
}

/** Whether both sides agree wherever all free indices lie between their ends. */
export function failsAtEndsAlone(one: Attempt): boolean {
  if (one.outcome !== "compared" || one.comparison.status !== "different" || !one.free.length) return false;
  const { wrong } = one.comparison;
  const shape = one.pairs[0]?.left.shape ?? [];
  const inside = wrong.map((_, entry) => entry).filter(betweenEnds(one.free.length, shape));
  return inside.length > 0 && inside.every((entry) => !wrong[entry]);
}

/** Whether so many leading indices of an entry lie between their ends. */
export function betweenEnds(count: number, shape: readonly number[]): (entry: number) => boolean {
  return (entry) => placesOf(entry, shape).slice(0, count).every((place, axis) => place > 0 && place < (shape[axis] as number) - 1);
}

function placesOf(entry: number, shape: readonly number[]): number[] {
  let rest = entry;
  return [...shape].reverse().map((size) => {
    const place = rest % size;
    rest = Math.floor(rest / size);
    return place;
  }).reverse();
}
