/**
 * Symbols of which `x^+` is a new value and no pseudoinverse: the document says
 * what it is, `x^+ = x - \eta g`, without an inverse of anything.
 */
import { childrenOf, type Expr, type ReadFormula, symbolsIn } from "./expression";
import { keyOf } from "./numbering";

export function updatedSymbols(formulas: readonly ReadFormula[]): ReadonlySet<string> {
  const updates = formulas.flatMap(({ assertions }) => assertions).flatMap(({ sides: [left, right], links: [link] }) => (left && right && link?.operator === "=" ? updatedBy(left, right) : []));
  return new Set(updates);
}

function updatedBy(left: Expr, right: Expr): string[] {
  if (left.kind !== "pseudoInverse" || left.base.kind !== "symbol") return [];
  const own = keyOf(left.base);
  const isMade = symbolsIn(right, false).some((symbol) => keyOf(symbol) === own) && hasSum(right);
  return isMade && !inverts(right) ? [own] : [];
}

function hasSum(expr: Expr): boolean {
  return (expr.kind === "sum" && expr.terms.length > 1) || childrenOf(expr).some(hasSum);
}

function inverts(expr: Expr): boolean {
  const isNegative = expr.kind === "power" && expr.exponent.kind === "sum" && expr.exponent.terms[0]?.sign === -1;
  return isNegative || (expr.kind === "power" && expr.exponent.kind === "number" && expr.exponent.numerator < 0) || expr.kind === "pseudoInverse" || childrenOf(expr).some(inverts);
}
