/** `\varepsilon` where the text has declared or used `\epsilon`: a letter of which nothing is said, in the other shape that fonts give it; or `w` for ω, which looks the same. */
import { withParts } from "../base/parts";
import { type Expr, symbolsIn, type SymbolExpr } from "../semantics/expression";
import type { Model } from "../semantics/model";
import type { Claim } from "./claim";

const glyphs = [["epsilon", "varepsilon"], ["phi", "varphi"], ["theta", "vartheta"], ["rho", "varrho"], ["sigma", "varsigma"], ["kappa", "varkappa"], ["omega", "w"], ["nu", "v"]] as const;
const others: ReadonlyMap<string, string> = new Map(glyphs.flatMap(([one, other]) => [[one, other], [other, one]]));

/** The claim with such letters as they are written elsewhere; the same where it has none. */
export function inOtherGlyph(model: Model, claim: Claim): Claim {
  const written = namesIn(model);
  const isStray = (symbol: SymbolExpr): boolean => {
    const other = others.get(symbol.name);
    return other !== undefined && written.has(other) && !isDeclared(model, claim, symbol);
  };
  const left = respelled(claim.left, isStray);
  const right = respelled(claim.right, isStray);
  return left === claim.left && right === claim.right ? claim : { ...claim, left, right };
}

function isDeclared(model: Model, { located }: Claim, symbol: SymbolExpr): boolean {
  const entity = model.table.resolve(symbol, located)?.entity;
  return entity !== undefined && (entity.definition !== null || entity.shape !== null || entity.isFunction);
}

function namesIn(model: Model): ReadonlySet<string> {
  return new Set(model.located.flatMap(({ assertion }) => assertion.sides.flatMap((side) => symbolsIn(side).map(({ name }) => name))));
}

function respelled(expr: Expr, isStray: (symbol: SymbolExpr) => boolean): Expr {
  const change = (value: unknown): unknown => {
    const inner = withParts(value, change);
    return isSymbol(inner) && isStray(inner) ? { ...inner, name: others.get(inner.name) } : inner;
  };
  return change(expr) as Expr;
}

function isSymbol(value: unknown): value is SymbolExpr {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "symbol";
}
