/** Letters on the right of a derivative to which its left side does not lead: short for what it is made of, as A is for XᵀX, where no formula says so. */
import { type Expr, symbolsIn } from "../semantics/expression";
import type { Located, Model } from "../semantics/model";
import { fullKey, taggedKey } from "../semantics/symbols/key";
import { type Attempt, loweringOf, namesDrawn } from "./attempt";

/** Whether a side is written in a letter without a value that is written in nothing that the other one, or a loss without a formula, leads to. */
export function bringsLetters(model: Model, place: Located, left: Expr, right: Expr, made: Attempt): boolean {
  const written = new Set<string>();
  const seen = new Set<string>();
  const { sinks } = loweringOf(made);
  const pending = [...symbolsIn(left, false), ...model.table.all.filter(({ id }) => sinks.has(id)).map(({ symbol }) => symbol)];
  for (let symbol = pending.pop(); symbol; symbol = pending.pop()) {
    if (seen.has(fullKey(symbol))) continue;
    seen.add(fullKey(symbol));
    written.add(taggedKey(symbol));
    const { definition, slices, parameters = [] } = model.table.resolve(symbol, place)?.entity ?? {};
    pending.push(...(definition ? symbolsIn(definition.expr, false) : []), ...(slices ? [slices.matrix] : []), ...parameters);
  }
  const variables = namesDrawn(made);
  return symbolsIn(right, false).some((symbol) => !symbol.subscripts.length && variables.has(taggedKey(symbol)) && !written.has(taggedKey(symbol)));
}
