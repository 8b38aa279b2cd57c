/**
 * Derivatives by another parameter: ∂D/∂s of a D that is written with σ, where
 * `s = \log\sigma^2`, goes over σ, of which s is a function alone.
 */
import { type Expr, type SymbolExpr, symbolsIn, wordOf } from "../semantics/expression";
import type { Entity } from "../semantics/symbols/entity";
import { baseKey, fullKey } from "../semantics/symbols/key";
import type { Lowering } from "./lower";

/** The only letter that the definition of a number leads to, where what is differentiated is made of that letter and not of the number. */
export function formerParameter(lowering: Lowering, of: Expr, wrt: Expr): SymbolExpr | null {
  const entity = wrt.kind === "symbol" ? lowering.resolve(wrt)?.entity : undefined;
  if (wrt.kind !== "symbol" || !entity?.definition || !["value", "family", "entries"].includes(entity.definition.kind) || entity.isLoss || !lowering.usable(entity)) return null;
  const [letter, ...others] = new Map(symbolsIn(entity.definition.expr, false).filter(({ name }) => !wordOf(name)).map((symbol) => [fullKey(symbol), symbol])).values();
  if (!letter || others.length || letter.name === "e" || lowering.resolve(letter)?.entity.definition) return null;
  const own = renumbered(letter, entity.symbol, wrt);
  if (!own) return null;
  const behind = lettersBehind(lowering, of);
  return behind.has(baseKey(own)) && !behind.has(baseKey(wrt)) ? own : null;
}

/** σ_k of `s_k`, where the definition has σ_j and s_j. */
function renumbered(letter: SymbolExpr, whole: SymbolExpr, wrt: SymbolExpr): SymbolExpr | null {
  const below = ({ subscripts }: SymbolExpr): string => subscripts.map(({ text }) => text).join();
  return below(letter) === below(whole) && whole.subscripts.length === wrt.subscripts.length ? { ...letter, subscripts: wrt.subscripts } : null;
}

/** What an expression is made of, through definitions. */
function lettersBehind(lowering: Lowering, expr: Expr): ReadonlySet<string> {
  const found = new Set<string>();
  const seen = new Set<Entity>();
  const open = [expr];
  for (let next = open.pop(); next; next = open.pop()) {
    for (const symbol of symbolsIn(next, false)) {
      found.add(baseKey(symbol));
      const entity = lowering.resolve(symbol)?.entity;
      if (!entity?.definition || seen.has(entity)) continue;
      seen.add(entity);
      open.push(entity.definition.expr);
    }
  }
  return found;
}
