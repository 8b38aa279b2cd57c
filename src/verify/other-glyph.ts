/**
 * `\varepsilon` where the text has declared or used `\epsilon`: a letter of which nothing is said, in the other shape that fonts give it; or `w` for ω, which
 * looks the same. So is `x_{k,k}` where the text has `x_{k|k}`, the estimate at k of all up to k.
 */
import { withParts } from "../base/parts";
import { type Expr, type Subscript, symbolsIn, type SymbolExpr } from "../semantics/expression";
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
  const given = givenIn(model);
  const [left, right] = [claim.left, claim.right].map((side) => withBars(respelled(side, isStray), given)) as [Expr, Expr];
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

/** Pairs of times below a letter with a bar between, by letter and pair; `p_{i|j}` is another thing than `p_{i,j}`. */
function givenIn(model: Model): ReadonlyMap<string, Subscript> {
  const written = model.located.flatMap(({ assertion }) => assertion.sides.flatMap((side) => symbolsIn(side)));
  return new Map(written.flatMap(({ name, subscripts: [only, ...more] }) => (only && !more.length && ofOneLetter.test(only.text) ? [[`${name} ${only.text.replace(bar, ",")}`, only] as const] : [])));
}

const bar = /\||mid|vert/;
const ofOneLetter = /^([a-z])(?:[+-]\d+)?(?:\||mid|vert)\1(?:[+-]\d+)?$/;

function withBars(expr: Expr, given: ReadonlyMap<string, Subscript>): Expr {
  if (!given.size) return expr;
  const change = (value: unknown): unknown => {
    const inner = withParts(value, change);
    if (isSymbol(inner) && inner.subscripts.length === 2) {
      const pair = given.get(`${inner.name} ${inner.subscripts.map(({ text }) => text).join(",")}`);
      return pair ? { ...inner, subscripts: [pair] } : inner;
    }
    // What stands below a letter tells it from others by its text.
    return inner !== value && isSubscript(inner) && inner.expr.kind === "symbol" ? { ...inner, text: `${inner.expr.name}_${inner.expr.subscripts.map(({ text }) => text).join(",")}` } : inner;
  };
  return change(expr) as Expr;
}

function isSubscript(value: unknown): value is Subscript {
  return typeof value === "object" && value !== null && "text" in value && "expr" in value;
}

function isSymbol(value: unknown): value is SymbolExpr {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "symbol";
}
