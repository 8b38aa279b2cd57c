/** What indices run up to: sizes. */
import { childrenOf, type Expr } from "../expression";
import { taggedKey } from "../symbols/key";
import { atomsOf, sizeKey } from "../symbols/sizes";
import type { Draft } from "./draft";

/** `\sum_{i=1}^n` makes n a size wherever it is written, unless it runs somewhere itself. */
export function declareBounds(draft: Draft): void {
  const sums = draft.located.flatMap(({ assertion }) => assertion.sides.flatMap(sumsIn));
  const running = new Set(sums.flatMap((sum) => sum.indices.map((index) => taggedKey(index.symbol))));
  for (const { to } of sums.flatMap((sum) => sum.indices)) {
    const key = to ? sizeKey(to) : null;
    if (!key || key === "infty") continue;
    for (const atom of atomsOf(key)) if (!running.has(atom)) draft.table.sizeNames.add(atom);
  }
}

/** What an index runs up to is a size. */
export function noteBounds(draft: Draft, expr: Expr): void {
  if (expr.kind === "big") for (const { to } of expr.indices) if (to?.kind === "symbol" && !to.subscripts.length && to.name !== "infty") draft.table.sizeNames.add(taggedKey(to));
  childrenOf(expr).forEach((child) => noteBounds(draft, child));
}

export function sumsIn(expr: Expr): (Expr & { kind: "big" })[] {
  return [...(expr.kind === "big" ? [expr] : []), ...childrenOf(expr).flatMap(sumsIn)];
}
