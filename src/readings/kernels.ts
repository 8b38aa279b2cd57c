/**
 * A kernel that has no formula, at sets of points: `k(X, X)` is the matrix of
 * its values between each two of them, `k(X, x)` a column and `k(x, x)` a
 * number. It is arbitrary but for its symmetry, k(x, X) = k(X, x)ᵀ.
 */
import type { Expr } from "../semantics/expression";
import { fullKey, taggedKey } from "../semantics/symbols/key";
import { freeValue } from "./applications";
import type { Lowering } from "./lower";
import { plus } from "./operations";
import type { Value } from "./value";

export function kernelBetween(lowering: Lowering, expr: Expr & { kind: "apply" }, args: readonly Value[]): Value | null {
  const points = expr.args.map((arg, i) => pointsOf(lowering, arg, args[i] as Value));
  const [first, second] = points;
  if (!/^(k|K|kappa|varkappa)$/.test(expr.fn.name) || points.length !== 2 || !first || !second) return null;
  lowering.guessed.add(taggedKey(expr.fn));
  const swapped = first.key > second.key;
  const [a, b] = swapped ? [second, first] : [first, second];
  const between = freeValue(lowering, `${taggedKey(expr.fn)}(${a.key},${b.key})`, [a.value, b.value], a.count === "1" && b.count === "1" ? [] : [a.count, b.count]);
  if (swapped) return lowering.algebra.transpose(between);
  return a.key === b.key && a.count !== "1" ? plus(lowering, between, lowering.algebra.transpose(between), expr) : between;
}

interface Points {
  readonly key: string;
  readonly value: Value;
  /** How many there are; "1" for a vector. */
  readonly count: string;
}

/** A matrix holds as many points as it has rows, or columns: which of them is not said. */
function pointsOf({ algebra, classes, ranges }: Lowering, arg: Expr, value: Value): Points | null {
  if (arg.kind !== "symbol" || value.free.length > 0 || value.shape.length > 2) return null;
  const key = fullKey(arg);
  if (value.shape.length < 2 || value.shape.some((dim) => algebra.isOne(dim))) return { key, value, count: "1" };
  const known = ranges.get(`points ${key}`) ?? classes.length();
  ranges.set(`points ${key}`, known);
  return { key, value, count: known };
}
