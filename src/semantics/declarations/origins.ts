/** Where entries are counted from: `\theta_0` of a vector θ, or `x_0^{(i)}` of one of several, says that its first entry has the number 0, and so does k_0 of the k_i that sums from 0 run over. */
import { type BoundIndex, childrenOf, type Expr, type SymbolExpr, symbolsIn } from "../expression";
import type { Entity } from "../symbols/entity";
import { taggedKey } from "../symbols/key";
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
  for (const family of countedFromZero(draft)) family.origin = 0;
}

/** Families below whose letters stand that all sums of a section begin at 0 with, where the first member of one of them is written and none is made of the one before it. */
function countedFromZero({ table, located }: Draft): Entity[] {
  return [...new Set(located.map(({ section }) => section))].flatMap((section) => {
    const own = located.filter((one) => one.section === section);
    const letters = lettersFromZero(own.flatMap(({ assertion }) => assertion.sides));
    const [counted, first] = [new Set<Entity>(), new Set<Entity>()];
    for (const place of own) {
      for (const symbol of place.assertion.sides.flatMap((side) => symbolsIn(side, false))) {
        const [only, ...more] = symbol.subscripts;
        const resolved = only && !more.length && letters.size ? table.resolve(symbol, place) : null;
        if (!only || !resolved?.family) continue;
        if (only.expr.kind === "sum") return [];
        if (only.expr.kind === "symbol" && letters.has(taggedKey(only.expr))) counted.add(resolved.entity);
        if (only.expr.kind === "number" && only.expr.numerator === 0) first.add(resolved.entity);
      }
    }
    return [...first].some((family) => counted.has(family)) ? [...counted] : [];
  });
}

function lettersFromZero(sides: readonly Expr[]): ReadonlySet<string> {
  const bound = sides.flatMap(boundIn);
  const later = new Set(bound.filter(({ from }) => from?.kind !== "number" || from.numerator !== 0).map(({ symbol }) => taggedKey(symbol)));
  return new Set(bound.map(({ symbol }) => taggedKey(symbol)).filter((letter) => !later.has(letter)));
}

function boundIn(expr: Expr): readonly BoundIndex[] {
  return [...(expr.kind === "big" ? expr.indices : []), ...childrenOf(expr).flatMap(boundIn)];
}

function arrayOf({ table }: Draft, symbol: SymbolExpr, place: Place): Entity | null {
  const above = symbol.subscripts.filter((subscript) => subscript.above);
  const resolved = table.resolve(above.length ? { ...symbol, subscripts: above } : symbol, place);
  if (above.length) return resolved?.family ? resolved.entity : null;
  return resolved?.indices.length && !resolved.family ? resolved.entity : null;
}
