/**
 * Whether a document writes `x^t` for the transpose: it does where t stands
 * above other symbols and nowhere else, so that it is no time and no number.
 */
import { childrenOf, type Expr, type ReadFormula, symbolsIn } from "./expression";

export function writesSmallTransposes(formulas: readonly ReadFormula[]): boolean {
  const sides = formulas.flatMap(({ assertions }) => assertions.flatMap((one) => one.sides));
  const above = sides.reduce((total, side) => total + bareExponents(side), 0);
  const all = sides.reduce((total, side) => total + symbolsIn(side).filter((symbol) => symbol.name === "t").length, 0);
  return above > 0 && above === all;
}

function bareExponents(expr: Expr): number {
  const own = expr.kind === "power" && isLetter(expr.exponent) ? 1 : 0;
  return childrenOf(expr).reduce((total, child) => total + bareExponents(child), own);
}

/** `t`, or `-t` of an inverse. */
function isLetter(expr: Expr): boolean {
  if (expr.kind === "sum" && expr.terms.length === 1 && expr.terms[0]) return isLetter(expr.terms[0].expr);
  return expr.kind === "symbol" && expr.name === "t" && !expr.subscripts.length;
}
