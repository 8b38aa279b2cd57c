/** Indices that are repeated in a product without a sum. */
import type { Lowering } from "../readings/lower";
import { childrenOf, type Expr, symbolsIn, wordOf } from "../semantics/expression";
import type { Claim } from "./claim";

/** `g_{ij} x_i x_j` in a definition, with the sums left out: they are not read. */
export function isRepeated(lowering: Lowering, { left, right }: Claim, letter: string): boolean {
  const has = (expr: Expr): boolean => symbolsIn(expr, false).some(({ subscripts }) => subscripts.some(({ text }) => text === letter));
  // `\\operatorname{diag}(p_i (1 - p_i))` runs over its own index.
  const twice = (expr: Expr): boolean => !(expr.kind === "apply" && wordOf(expr.fn.name)?.fn === "diag") && ((expr.kind === "product" && expr.factors.filter(has).length > 1) || childrenOf(expr).some(twice));
  return [left, right].flatMap((side) => symbolsIn(side, false)).some((symbol) => {
    const definition = lowering.resolve(symbol)?.entity.definition;
    return definition?.kind === "value" && twice(definition.expr);
  });
}

/** An index twice in a product, and no sum around it. */
export function leavesSumsOut(expr: Expr, bound: ReadonlySet<string>): boolean {
  const inner = expr.kind === "big" ? new Set([...bound, ...expr.indices.map(({ symbol }) => symbol.name)]) : bound;
  if (expr.kind === "product") {
    const letters = expr.factors.flatMap((factor) => [...new Set(symbolsIn(factor, false).flatMap(({ subscripts }) => subscripts.map(({ text }) => text)))]);
    if (letters.some((letter, i) => /^[a-z]$/.test(letter) && letters.indexOf(letter) < i && !bound.has(letter))) return true;
  }
  return childrenOf(expr).some((child) => leavesSumsOut(child, inner));
}
