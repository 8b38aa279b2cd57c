/** `[x_{ij}^2]_{ij}`, `(a_i)_{i=1}^n`: the array of all that stands in the brackets, by the letters outside them. */
import { type Expr, type Subscript, type SymbolExpr, symbolsIn } from "../semantics/expression";
import { taggedKey } from "../semantics/symbols/key";
import { reshape } from "../tensor";
import type { Lowering } from "./lower";
import { type Axis, isScalar, termOf, type Value } from "./value";

/** Null where what stands in the brackets has entries of its own. */
export function gathered(lowering: Lowering, { base, indices }: Expr & { kind: "entry" }): Value | null {
  const letters = indices.flatMap(({ expr }) => (expr.kind === "symbol" && !expr.subscripts.length ? [taggedKey(expr)] : []));
  if (letters.length !== indices.length || new Set(letters).size !== letters.length || letters.length > 2 || !letters.every((letter) => numbers(base, letter))) return null;
  const axes = indices.map((index) => lowering.recall(index, () => axisOf(lowering, index)));
  const value = lowering.within(axes.map((axis, at) => [letters[at] as string, { kind: "axis", axis }] as const), () => lowering.lower(base));
  return isScalar(value) && axes.every(({ name }) => value.free.some((axis) => axis.name === name)) ? arranged(lowering, value, axes) : null;
}

/** `d_i(1 - d_i)` of `\operatorname{diag}(d_i(1 - d_i))`: the column of all of them, where one letter alone numbers what is in the brackets. */
export function allOf(lowering: Lowering, base: Expr): Value | null {
  const below = symbolsIn(base, false).flatMap(({ subscripts }) => subscripts.filter(({ above, expr }) => !above && expr.kind === "symbol" && !expr.subscripts.length));
  const [first] = below;
  if (!first || below.some(({ expr }) => taggedKey(expr as SymbolExpr) !== taggedKey(first.expr as SymbolExpr))) return null;
  return gathered(lowering, { ...base, kind: "entry", base, indices: [first] });
}

function axisOf(lowering: Lowering, { expr }: Subscript): Axis {
  return lowering.newAxis(expr.kind === "symbol" ? expr.name : "", lowering.classes.unknown());
}

/** Whether something is numbered by a letter. */
function numbers(expr: Expr, letter: string): boolean {
  return symbolsIn(expr, false).some(({ subscripts }) => subscripts.some((subscript) => symbolsIn(subscript.expr).some((symbol) => taggedKey(symbol) === letter)));
}

/** Numbers along axes as an array; those along one are a column. */
export function arranged({ algebra }: Lowering, value: Value, axes: readonly Axis[]): Value {
  const free = value.free.filter(({ name }) => axes.every((axis) => axis.name !== name));
  const ordered = algebra.withFree(value, [...free, ...axes]);
  const shape = [...axes.map(({ range }) => range), ...(axes.length === 1 ? ["1"] : [])];
  return { free, shape, make: (env) => reshape(termOf(ordered, env), [...free.map(({ range }) => range), ...shape].map(env.size)) };
}
