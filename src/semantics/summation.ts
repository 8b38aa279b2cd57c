/**
 * The summation convention, where the words adopt it: a letter that stands
 * twice below the factors of one term, and below nothing on the other sides,
 * is summed over, and is from then on as if the sum were written.
 */
import { type Expr, type SymbolExpr, symbolsIn } from "./expression";
import type { Located } from "./model";
import { taggedKey } from "./symbols/key";
import { isIndexLetter } from "./symbols/table";

/** An assertion with its sums written out. */
export function withSums(located: Located): Located {
  const { assertion } = located;
  const letters = assertion.sides.map((side) => new Set(lettersBelow(side).map(taggedKey)));
  const sides = assertion.sides.map((side, at) => summed(side, new Set(letters.flatMap((own, other) => (other === at ? [] : alone(own, assertion.sides[other] as Expr))))));
  return { ...located, assertion: { ...assertion, sides } };
}

/** The letters that stand once in every term of a side: those that it leaves free. */
function alone(letters: ReadonlySet<string>, side: Expr): string[] {
  const terms = side.kind === "sum" ? side.terms.map(({ expr }) => expr) : [side];
  return [...letters].filter((letter) => terms.every((term) => lettersBelow(term).filter((symbol) => taggedKey(symbol) === letter).length === 1));
}

function summed(expr: Expr, free: ReadonlySet<string>): Expr {
  switch (expr.kind) {
    case "sum":
      return { ...expr, terms: expr.terms.map((term) => ({ ...term, expr: summed(term.expr, free) })) };
    case "quotient":
      return { ...expr, numerator: summed(expr.numerator, free) };
    case "derivative":
      return { ...expr, of: summed(expr.of, free) };
    case "product":
    case "symbol":
      return summedTerm(expr, free);
    default:
      return expr;
  }
}

function summedTerm(expr: Expr, free: ReadonlySet<string>): Expr {
  const below = lettersBelow(expr);
  const twice = below.filter((symbol, at) => !free.has(taggedKey(symbol)) && below.findIndex((other) => taggedKey(other) === taggedKey(symbol)) === at && below.filter((other) => taggedKey(other) === taggedKey(symbol)).length === 2);
  if (!twice.length) return expr;
  return { kind: "big", operator: "sum", indices: twice.map((symbol) => ({ symbol, from: null, to: null })), conditions: [], body: expr, start: expr.start, end: expr.end };
}

/** The letters below the symbols of an expression, each as often as it stands there. */
function lettersBelow(expr: Expr): SymbolExpr[] {
  return symbolsIn(expr, false).flatMap(({ subscripts }) => subscripts.filter(isIndexLetter).map((subscript) => subscript.expr as SymbolExpr));
}
