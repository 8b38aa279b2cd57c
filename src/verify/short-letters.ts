/** Letters on the right of a derivative to which its left side does not lead: short for what it is made of, as A is for XᵀX, where no formula says so. */
import { childrenOf, type Expr, type SymbolExpr, symbolsIn } from "../semantics/expression";
import type { Located, Model } from "../semantics/model";
import { fullKey, otherCase, taggedKey } from "../semantics/symbols/key";
import { type Attempt, loweringOf, namesDrawn } from "./attempt";

/** Whether a side is written in a letter without a value that is written in nothing that the other one, or a loss without a formula, leads to. */
export function bringsLetters(model: Model, place: Located, left: Expr, right: Expr, made: Attempt): boolean {
  const written = new Set<string>();
  const seen = new Set<string>();
  const { sinks } = loweringOf(made);
  const pending = [...symbolsIn(left, false), ...belowBars(left), ...model.table.all.filter(({ id }) => sinks.has(id)).map(({ symbol }) => symbol)];
  for (let symbol = pending.pop(); symbol; symbol = pending.pop()) {
    if (seen.has(fullKey(symbol))) continue;
    seen.add(fullKey(symbol));
    written.add(taggedKey(symbol));
    // X of which the text writes rows or columns x_i.
    const whole = symbol.subscripts.length === 1 ? otherCase(symbol) : null;
    if (whole) written.add(taggedKey(whole));
    const { definition, slices, spectrum, parameters = [] } = model.table.resolve(symbol, place)?.entity ?? {};
    pending.push(...(definition ? symbolsIn(definition.expr, false) : []), ...(slices ? [slices.matrix] : []), ...(spectrum?.of ? symbolsIn(spectrum.of, false) : []), ...parameters);
  }
  const variables = namesDrawn(made);
  return symbolsIn(right, false).some((symbol) => !symbol.subscripts.length && variables.has(taggedKey(symbol)) && !written.has(taggedKey(symbol)));
}

/** p of `\|x\|_p`, M of `\|x\|_M`. */
function belowBars(expr: Expr): SymbolExpr[] {
  const own = (expr.kind === "norm" || expr.kind === "inner") && expr.which ? symbolsIn(expr.which, false) : [];
  return [...own, ...childrenOf(expr).flatMap(belowBars)];
}
