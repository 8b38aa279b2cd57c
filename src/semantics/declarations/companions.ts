/**
 * `f(x) = \frac12\|x - x_0\|^2`, `\sum_i \alpha_i e^{-\|x - x_i\|^2}`: what is added
 * to an array or taken from it is another one like it, and none of its entries.
 */
import { childrenOf, type Expr, type SymbolExpr } from "../expression";
import { taggedKey } from "../symbols/key";
import type { Place } from "../symbols/table";
import type { Draft } from "./draft";
import { giveShape } from "./shapes";

export function declareCompanions(draft: Draft): void {
  for (const located of draft.located) {
    for (const symbol of located.assertion.sides.flatMap(companionsIn)) {
      const whole = draft.table.find(taggedKey(symbol), { ...symbol, subscripts: [] }, located);
      if (!whole?.shape?.some((dim) => dim !== "1") || whole.shapeFrom !== "declared") continue;
      // The points of X_* are no more than like those of X.
      if (isStarred(symbol) && !whole.shape.includes("1")) continue;
      // Where letters stand below x elsewhere, they may tell its entries.
      if (draft.table.isFamily(symbol) && !isAlwaysCompanion(draft, symbol, located)) continue;
      const resolved = draft.table.resolve(symbol, located);
      if (resolved && resolved.entity !== whole && resolved.entity.shapeFrom === "declared") continue;
      giveShape(draft, draft.table.declare(symbol, located), whole.shape, "declared");
    }
  }
}

/** Each `x_0` that is a term beside an x by itself, and `x_*` wherever it stands. */
function companionsIn(expr: Expr): SymbolExpr[] {
  const inner = expr.kind === "symbol" && isStarred(expr) ? [expr] : childrenOf(expr).flatMap(companionsIn);
  if (expr.kind !== "sum") return inner;
  const letters = expr.terms.flatMap(({ expr: term }) => (term.kind === "symbol" ? [term] : []));
  const whole = new Set(letters.filter(({ subscripts }) => !subscripts.length).map(taggedKey));
  return [...inner, ...letters.filter((symbol) => symbol.subscripts.length === 1 && !symbol.subscripts[0]?.above && whole.has(taggedKey(symbol)))];
}

function isStarred({ subscripts: [only, ...more] }: SymbolExpr): boolean {
  return only?.text === "*" && !more.length;
}

function isAlwaysCompanion(draft: Draft, symbol: SymbolExpr, { section }: Place): boolean {
  const sides = draft.located.filter((one) => one.section === section).flatMap(({ assertion }) => assertion.sides);
  const isMember = (one: SymbolExpr): boolean => one.subscripts.length > 0 && taggedKey(one) === taggedKey(symbol);
  const written = (expr: Expr): SymbolExpr[] => [...(expr.kind === "symbol" && isMember(expr) ? [expr] : []), ...childrenOf(expr).flatMap(written)];
  return sides.flatMap(written).length === sides.flatMap(companionsIn).filter(isMember).length;
}
