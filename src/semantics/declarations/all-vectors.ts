/** "all vectors are in $\\mathbb{R}^k$": the letters that are multiplied entry by entry, and of which nothing else is said. */
import { childrenOf, type Expr, type SymbolExpr } from "../expression";
import { factsOfSet } from "../symbols/sets";
import type { Draft } from "./draft";
import { giveShape } from "./shapes";

export function declareAllVectors(draft: Draft): void {
  for (const fact of draft.facts) {
    const shape = fact.kind === "allVectors" ? factsOfSet(fact.set)?.shape : null;
    if (!shape?.includes("1")) continue;
    for (const located of draft.located) {
      const [left, right] = located.assertion.sides;
      const factors = located.assertion.sides.flatMap(entrywiseFactors);
      const made = left?.kind === "symbol" && right && entrywiseFactors(right).length ? [left] : [];
      for (const symbol of [...made, ...factors].filter(({ name }) => /^[a-z]/.test(name))) {
        const known = draft.table.resolve(symbol, located);
        if (known?.indices.length && !known.family) continue;
        const entity = known?.entity ?? draft.table.declare(symbol, located);
        if (entity.shape === null && !entity.isFunction && !entity.isSize) giveShape(draft, entity, shape, "declared");
      }
    }
  }
}

/** The letters that stand beside ⊙. */
function entrywiseFactors(expr: Expr): SymbolExpr[] {
  const own = expr.kind === "product" && expr.operators.some((operator) => operator === "\\odot") ? expr.factors.filter((factor): factor is SymbolExpr => factor.kind === "symbol") : [];
  return [...own, ...childrenOf(expr).flatMap(entrywiseFactors)];
}
