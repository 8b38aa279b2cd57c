/** `1\{y_i = 1\}` beside y_i itself, or beside `1\{y_i = 0\}`: which values a label has tells how they go together, which texts often do not say. */
import { childrenOf, type Expr, type SymbolExpr, symbolsIn } from "../semantics/expression";
import { baseKey } from "../semantics/symbols/key";
import { involvedIn } from "./alternatives";
import { type Case, leftOpen } from "./case";
import type { Unchecked } from "./conclusion";

export function labelValuesUnsaid(one: Case): Unchecked | null {
  const { model, claim } = one;
  const all = involvedIn(model, claim);
  const compared = all.flatMap(comparisonsIn);
  const labels = new Set(compared.map(({ label }) => baseKey(label)));
  if (!labels.size) return null;
  const isBeside = all.flatMap(outside).some((symbol) => labels.has(baseKey(symbol)));
  const isOneOfSeveral = [...labels].some((label) => new Set(compared.filter((other) => baseKey(other.label) === label).map(({ value }) => value)).size > 1);
  return isBeside || (isOneOfSeveral && !one.repaired()) ? leftOpen(one, "which values a label has is not said") : null;
}

function comparisonsIn(expr: Expr): { label: SymbolExpr; value: string }[] {
  if (expr.kind !== "indicator") return childrenOf(expr).flatMap(comparisonsIn);
  const [label, value] = expr.condition.sides;
  return label?.kind === "symbol" && value && ["=", "\\neq"].includes(expr.condition.links[0]?.operator ?? "") && !symbolsIn(value).length ? [{ label, value: JSON.stringify(valueOf(value)) }] : [];
}

/** A value without the place where it stands. */
function valueOf(value: Expr): unknown {
  return value.kind === "number" ? [value.numerator, value.denominator] : [value.kind, ...childrenOf(value).map(valueOf)];
}

/** The letters that stand somewhere else than in a condition. */
function outside(expr: Expr): SymbolExpr[] {
  if (expr.kind === "symbol") return [expr];
  return expr.kind === "indicator" ? [] : childrenOf(expr).flatMap(outside);
}
