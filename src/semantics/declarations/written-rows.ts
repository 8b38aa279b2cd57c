/** Rows of a matrix that the formulas write as rows: `W_i v`, where nothing writes `W_i^\top v`. */
import { childrenOf, type Expr } from "../expression";
import type { Located } from "../model";
import type { Entity } from "../symbols/entity";
import type { Draft } from "./draft";
import { giveShape } from "./shapes";

export function declareWrittenRows(draft: Draft): void {
  if (!draft.table.all.some(isUntold)) return;
  const pairs = draft.located.flatMap((located) => located.assertion.sides.flatMap(neighboursIn).map(([first, second]) => ({ first, second, located })));
  const turned = new Set(pairs.flatMap(({ first, located }) => (first.kind === "transpose" ? (rowOf(draft, first.base, located) ?? []) : [])));
  for (const { first, second, located } of pairs) {
    const row = rowOf(draft, first, located);
    if (!row || turned.has(row) || !isUntold(row) || second.kind !== "symbol" || !/^[a-z]$/.test(second.name)) continue;
    const known = draft.table.resolve(second, located)?.entity;
    if (known?.definition || known?.isSize || (known?.shape && known.shape[1] !== "1")) continue;
    row.orientation = "row";
    const length = row.slices && draft.table.resolve(row.slices.matrix, located)?.entity.shape?.[1];
    giveShape(draft, known ?? draft.table.declare(second, located), [length ?? draft.table.sizes.length(), "1"], "inferred");
  }
}

/** A row of which nothing tells how it stands. */
function isUntold({ slices, orientation, shape }: Entity): boolean {
  return slices?.by === "row" && orientation === null && shape === null;
}

function rowOf(draft: Draft, expr: Expr, located: Located): Entity | null {
  const entity = expr.kind === "symbol" && expr.subscripts.length === 1 ? draft.table.resolve(expr, located)?.entity : null;
  return entity?.slices?.by === "row" ? entity : null;
}

/** What stands before the last factor of a product without a sign, and that. */
function neighboursIn(expr: Expr): (readonly [Expr, Expr])[] {
  const inside = childrenOf(expr).flatMap(neighboursIn);
  if (expr.kind !== "product" || expr.operators[expr.operators.length - 1] !== "") return inside;
  const [first, second] = expr.factors.slice(-2);
  return first && second ? [[first, second], ...inside] : inside;
}
