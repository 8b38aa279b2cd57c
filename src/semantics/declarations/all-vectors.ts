/** "all vectors are in $\\mathbb{R}^k$", "all matrices are $n \\times n$": of letters of which nothing else is said. */
import { childrenOf, type Expr, type SymbolExpr, symbolsIn } from "../expression";
import { factsOfSet } from "../symbols/sets";
import { taggedKey } from "../symbols/key";
import { sizeKey } from "../symbols/sizes";
import type { Draft } from "./draft";
import { giveShape } from "./shapes";

/** The capitals. */
export function declareAllMatrices(draft: Draft): void {
  for (const fact of draft.facts) {
    if (fact.kind !== "allMatrices") continue;
    const shape = fact.dims?.map(sizeKey) ?? (fact.set ? factsOfSet(fact.set)?.shape : null);
    if (shape?.length !== 2 || !shape.every((dim): dim is string => dim !== null && dim !== "1")) continue;
    for (const located of draft.located) {
      // L and J are losses, E an expectation, I the identity.
      const letters = located.assertion.sides.flatMap((side) => symbolsIn(side, false)).filter((symbol) => /^[A-DF-HKM-Z]$/.test(symbol.name) && !symbol.subscripts.length && !draft.table.sizeNames.has(taggedKey(symbol)));
      for (const symbol of letters) if (!draft.table.resolve(symbol, located)) giveShape(draft, draft.table.declare(symbol, located), shape, "declared");
    }
  }
}

/** Those that are multiplied entry by entry. */
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
