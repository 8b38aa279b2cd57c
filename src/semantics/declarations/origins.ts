/** Where entries are counted from: `\theta_0` of a vector θ, or `x_0^{(i)}` of one of several, says that its first entry has the number 0. */
import { type SymbolExpr, symbolsIn } from "../expression";
import type { Entity } from "../symbols/entity";
import type { Place } from "../symbols/table";
import type { Draft } from "./draft";

export function noteOrigins(draft: Draft): void {
  for (const place of draft.located) {
    for (const symbol of place.assertion.sides.flatMap((side) => symbolsIn(side, false))) {
      const entries = symbol.subscripts.filter(({ above }) => !above);
      const [first, ...others] = entries;
      if (others.length || first?.expr.kind !== "number" || first.expr.numerator !== 0) continue;
      const array = arrayOf(draft, symbol, place);
      if (array) array.origin = 0;
    }
  }
}

function arrayOf({ table }: Draft, symbol: SymbolExpr, place: Place): Entity | null {
  const above = symbol.subscripts.filter((subscript) => subscript.above);
  const resolved = table.resolve(above.length ? { ...symbol, subscripts: above } : symbol, place);
  if (above.length) return resolved?.family ? resolved.entity : null;
  return resolved?.indices.length && !resolved.family ? resolved.entity : null;
}
