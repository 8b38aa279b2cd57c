/**
 * `\eta_i = \beta_0 + \beta^\top x_i`: what is added to the product of a vector
 * with another has the letter of the vector and is a number of its own, unless
 * the text shows it as the first entry.
 */
import { childrenOf, type Expr, type SymbolExpr } from "../expression";
import { baseKey, isNumberedZero, taggedKey, withoutSubscripts } from "../symbols/key";
import type { Draft } from "./draft";
import { giveShape } from "./shapes";

export function declareIntercepts(draft: Draft): void {
  for (const located of draft.located) {
    for (const symbol of located.assertion.sides.flatMap(interceptsIn)) {
      const whole = draft.table.find(taggedKey(symbol), withoutSubscripts(symbol), located);
      if (whole?.origin === 0) continue;
      giveShape(draft, draft.table.declare(symbol, located), [], "declared");
    }
  }
}

function interceptsIn(expr: Expr): SymbolExpr[] {
  const inner = childrenOf(expr).flatMap(interceptsIn);
  if (expr.kind !== "sum") return inner;
  const terms = expr.terms.map(({ expr: term }) => term);
  const multiplied = new Set(terms.flatMap(multipliedIn).map(baseKey));
  return [...inner, ...terms.filter((term): term is SymbolExpr => term.kind === "symbol" && isNumberedZero(term) && multiplied.has(baseKey(term)))];
}

/** w and x of `w^\top x`, `w \cdot x` and `\langle w, x\rangle`, as far as they are small letters. */
function multipliedIn(expr: Expr): SymbolExpr[] {
  const isVector = (one: Expr | undefined): one is SymbolExpr => one?.kind === "symbol" && !one.subscripts.length && /^[a-z]/.test(one.name);
  if (expr.kind === "inner") return [expr.left, expr.right].filter(isVector);
  if (expr.kind !== "product" || expr.factors.length !== 2) return [];
  const [left, right] = expr.factors;
  if (left?.kind === "transpose") return [left.base, right].filter(isVector);
  return expr.operators[0] === "\\cdot" ? [left, right].filter(isVector) : [];
}
