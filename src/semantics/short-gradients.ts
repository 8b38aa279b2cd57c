/**
 * `\delta^L = \nabla_a C \odot \sigma'(z^L)`: where a letter always has a number
 * above it, ∇ by the bare letter is by the one with the number that the left
 * side has.
 */
import { type Derivative, derivativesIn, type Expr, type ReadFormula, type SymbolExpr, symbolsIn, type Tag } from "./expression";
import type { Model } from "./model";
import { keyOf, meaningfulAlone } from "./numbering";
import { numbered } from "./symbols/positions";

/** The formulas with these gradients written out; the same where there are none. */
export function withNumberedGradients(model: Model, formulas: readonly ReadFormula[]): readonly ReadFormula[] {
  const sides = formulas.flatMap(({ assertions }) => assertions.flatMap((one) => one.sides));
  if (!sides.some((side) => derivativesIn(side).some((derivative) => bareIn(derivative).length))) return formulas;
  const own = meaningfulAlone(model);
  const always = new Set(sides.flatMap((side) => symbolsIn(side, false)).filter((symbol) => numbered(symbol) && !own.has(keyOf(symbol))).map(keyOf));
  const isShort = (symbol: SymbolExpr): boolean => always.has(keyOf(symbol));
  return formulas.map((formula) => {
    const assertions = formula.assertions.map((assertion) => {
      const tag = labelOf(assertion.sides[0]);
      return tag && assertion.sides.some((side) => derivativesIn(side).some((derivative) => bareIn(derivative).some(isShort))) ? { ...assertion, sides: assertion.sides.map((side) => writtenOut(side, tag, isShort) as Expr) } : assertion;
    });
    return assertions.every((one, index) => one === formula.assertions[index]) ? formula : { ...formula, assertions };
  });
}

function bareIn({ notation, wrt }: Derivative): SymbolExpr[] {
  return notation === "nabla" ? wrt.filter((by): by is SymbolExpr => by.kind === "symbol" && !by.tags.length) : [];
}

/** The one number that stands above the symbols of a side. */
function labelOf(side: Expr | undefined): Tag | null {
  const tags = side ? symbolsIn(side, false).flatMap((symbol) => (numbered(symbol) ? symbol.tags : [])) : [];
  return tags.length && tags.every(({ text }) => text === tags[0]?.text) ? (tags[0] as Tag) : null;
}

function writtenOut(value: unknown, tag: Tag, isShort: (symbol: SymbolExpr) => boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => writtenOut(item, tag, isShort));
  if (typeof value !== "object" || value === null) return value;
  const copy = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, writtenOut(inner, tag, isShort)]));
  if (!isDerivative(value)) return copy;
  return { ...copy, wrt: value.wrt.map((by) => (bareIn(value).includes(by as SymbolExpr) && isShort(by as SymbolExpr) ? { ...by, tags: [{ ...tag, start: by.start, end: by.end }] } : by)) };
}

function isDerivative(value: object): value is Derivative {
  return "kind" in value && value.kind === "derivative";
}

