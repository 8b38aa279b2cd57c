/**
 * Signs above symbols that are marks: `x^+`, a new value and no pseudoinverse where
 * the document says what it is, `x^+ = x - \eta g`, without an inverse of anything,
 * or writes `x^-`, an old one, beside it.
 */
import { childrenOf, type Expr, type ReadFormula, symbolsIn } from "./expression";
import { keyOf } from "./numbering";

export function updatedSymbols(formulas: readonly ReadFormula[]): ReadonlySet<string> {
  const updates = formulas.flatMap(({ assertions }) => assertions).flatMap(({ sides: [left, right], links: [link] }) => (left && right && link?.operator === "=" ? updatedBy(left, right) : []));
  return new Set([...updates, ...outdatedSymbols(formulas)]);
}

/** Symbols of which the document writes `x^-`: `x^{-\top}` transposes it. */
export function outdatedSymbols(formulas: readonly ReadFormula[]): ReadonlySet<string> {
  const sides = formulas.flatMap(({ assertions }) => assertions).flatMap((assertion) => assertion.sides);
  return new Set(sides.flatMap((side) => symbolsIn(side)).filter(({ tags }) => tags.at(-1)?.text === "-").map(keyOf));
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
