/**
 * `\varepsilon` where the text has declared or used `\epsilon`: a letter of which nothing is said, in the other shape that fonts give it; or `w` for ω, which
 * looks the same. So is `x_{k,k}` where the text has `x_{k|k}`, the estimate at k of all up to k.
 */
import { withParts } from "../base/parts";
import { type Expr, type Subscript, symbolsIn, type SymbolExpr, type Tag } from "../semantics/expression";
import type { Model } from "../semantics/model";
import { isGiven } from "../semantics/symbols/key";
import { positionOf } from "../semantics/symbols/positions";
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
  const [left, right] = [claim.left, claim.right].map((side) => withBars(respelled(side, isStray), givenIn(model))) as [Expr, Expr];
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

const given = new WeakMap<Model, ReadonlyMap<string, Tag>>();

/** How far behind their index letters are known, by letter; `p_{i|j}` is another thing than `p_{i,j}`. */
function givenIn(model: Model): ReadonlyMap<string, Tag> {
  let found = given.get(model);
  if (!found) {
    const written = model.located.flatMap(({ assertion }) => assertion.sides.flatMap((side) => symbolsIn(side)));
    given.set(model, (found = new Map(written.flatMap(({ name, tags }) => tags.filter(isGiven).map((tag) => [`${name} ${tag.text}`, tag] as const)))));
  }
  return found;
}

function withBars(expr: Expr, known: ReadonlyMap<string, Tag>): Expr {
  if (!known.size) return expr;
  const change = (value: unknown): unknown => {
    const inner = withParts(value, change);
    if (isSymbol(inner)) return withBar(inner, known);
    // What stands below a letter tells it from others by its text.
    const pair = isSubscript(value) && isSymbol(value.expr) ? value.expr.subscripts.map(({ text }) => text) : [];
    return inner !== value && isSubscript(inner) && isSymbol(inner.expr) ? { ...inner, text: `${inner.expr.name}_${pair.join("|")}` } : inner;
  };
  return change(expr) as Expr;
}

/** `x_{k|k-1}` for `x_{k,k-1}` */
function withBar(symbol: SymbolExpr, tags: ReadonlyMap<string, Tag>): SymbolExpr {
  const [at, upTo, ...more] = symbol.subscripts;
  const [own, known] = [at, upTo].map((subscript) => positionOf(subscript?.expr ?? null));
  const tag = at && !more.length && own?.letter && own.letter === known?.letter ? tags.get(`${symbol.name} |${known.shift - own.shift}`) : undefined;
  return at && tag ? { ...symbol, tags: [...symbol.tags, tag], subscripts: [at] } : symbol;
}

function isSubscript(value: unknown): value is Subscript {
  return typeof value === "object" && value !== null && "text" in value && "expr" in value;
}

function isSymbol(value: unknown): value is SymbolExpr {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "symbol";
}
