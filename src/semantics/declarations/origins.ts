/** Where entries are counted from: `\theta_0` of a vector θ says that its first entry has the number 0. */
import { symbolsIn } from "../expression";
import type { Draft } from "./draft";

export function noteOrigins({ located, table }: Draft): void {
  for (const place of located) {
    for (const symbol of place.assertion.sides.flatMap((side) => symbolsIn(side, false))) {
      const [first, ...others] = symbol.subscripts;
      if (others.length || first?.expr.kind !== "number" || first.expr.numerator !== 0) continue;
      const resolved = table.resolve(symbol, place);
      if (resolved?.indices.length && !resolved.family) resolved.entity.origin = 0;
    }
  }
}
