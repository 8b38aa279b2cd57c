/**
 * Whether a function that the text defines of arrays goes entry by entry, so
 * that its prime is that of each entry; else the prime is the whole derivative.
 */
import { type Expr, type SymbolExpr, symbolsIn } from "../semantics/expression";
import { taggedKey } from "../semantics/symbols/key";
import { isOfNumbers } from "./applications";
import { isEntrywise } from "./functions";
import type { Lowering } from "./lower";

export function goesByEntries(lowering: Lowering, fn: SymbolExpr, isMatrix: boolean): boolean {
  const entity = lowering.resolve(fn)?.entity;
  const definition = entity?.definition;
  if (!entity || definition?.kind !== "function" || isOfNumbers(lowering, entity, definition)) return true;
  const letters = new Set(definition.params.map(taggedKey));
  return byEntries(lowering, definition.expr, letters, isMatrix);
}

function byEntries(lowering: Lowering, expr: Expr, letters: ReadonlySet<string>, isMatrix: boolean): boolean {
  const mentions = (part: Expr): boolean => symbolsIn(part, false).some((symbol) => letters.has(taggedKey(symbol)));
  const all = (...parts: readonly Expr[]): boolean => parts.every((part) => byEntries(lowering, part, letters, isMatrix));
  if (!mentions(expr)) return true;
  switch (expr.kind) {
    case "symbol":
      return true;
    case "sum":
      return all(...expr.terms.map((term) => term.expr));
    case "quotient":
      return all(expr.numerator, expr.denominator);
    case "power":
      if (expr.base.kind === "symbol" && expr.base.name === "e") return !isMatrix && all(expr.exponent);
      return (expr.elementwise || !isMatrix) && !mentions(expr.exponent) && all(expr.base);
    case "product":
      return all(...expr.factors) && (expr.operators.every((operator) => operator === "\\odot") || (expr.factors.filter(mentions).length === 1 && expr.factors.every((factor) => mentions(factor) || isNumber(lowering, factor))));
    case "apply":
      return isEntrywise(expr.fn.name) && all(...expr.args);
    case "labelled":
      return all(expr.body);
    default:
      return false;
  }
}

function isNumber(lowering: Lowering, expr: Expr): boolean {
  return symbolsIn(expr, false).every((symbol) => {
    const shape = lowering.resolve(symbol)?.entity.shape;
    return shape ? shape.length === 0 : /^[a-z]/.test(symbol.name);
  });
}
