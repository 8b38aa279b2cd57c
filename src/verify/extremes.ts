/**
 * Indices of which the text says that something is largest or smallest there:
 * `k = \arg\max_i x_i`, "attained only at $k$", "the unique largest entry $x_k$".
 * A claim about such a k is made where it is so, and compared there.
 */
import type { Binding, Lowering } from "../readings/lower";
import type { Reading } from "../readings/reading";
import { mapped } from "../readings/operations";
import { type Value } from "../readings/value";
import { childrenOf, type Expr, plainSymbol, type SymbolExpr, symbolsIn } from "../semantics/expression";
import type { Model } from "../semantics/model";
import { taggedKey } from "../semantics/symbols/key";
import { involvedIn } from "./alternatives";
import type { Claim } from "./claim";
import type { Unchecked } from "./conclusion";
import { proof } from "./judge";

type Extreme = Expr & { readonly kind: "big" };

/** One where every such index of a claim is as the text says, zero elsewhere; null where it has none. */
export function whereExtreme(lowering: Lowering, claim: Claim): Value | null {
  if (!claim.extreme && !saysWhere(lowering.model)) return null;
  const all = lettersOf(claim).flatMap((letter) => {
    const bound = lowering.binding(taggedKey(letter));
    const extreme = bound?.kind === "axis" || bound?.kind === "value" ? extremeAt(lowering.model, claim, letter) : null;
    return bound && extreme ? [attained(lowering, extreme, letter, bound)] : [];
  });
  return all.length ? all.reduce((a, b) => lowering.algebra.scale(a, b)) : null;
}

const saying = new WeakMap<Model, boolean>();

/** Whether a text says of anything where it is largest or smallest. */
function saysWhere(model: Model): boolean {
  let known = saying.get(model);
  if (known === undefined) saying.set(model, (known = model.facts.some(({ kind }) => kind === "extremeAt") || model.table.all.some(({ definition }) => definition?.kind === "argmin")));
  return known;
}

/** What may be an index of a claim. */
function lettersOf({ left, right }: Claim): SymbolExpr[] {
  const symbols = [left, right].flatMap((side) => symbolsIn(side)).flatMap((symbol) => [symbol, ...symbol.subscripts.flatMap(({ expr }) => symbolsIn(expr))]);
  const letters = symbols.filter(({ name, subscripts }) => /^[a-z]$/.test(name) && !subscripts.length);
  return [...new Map(letters.map((letter) => [taggedKey(letter), letter])).values()];
}

/** What fails of every index, and holds where one of them is where the maximum is taken, is left open: words that are not read may say so. */
export function atSomeExtreme(model: Model, claim: Claim, home: Reading): Unchecked | null {
  if (claim.extreme || !involvedIn(model, claim).some((expr) => extremesIn(expr).length > 0)) return null;
  for (const letter of lettersOf(claim)) {
    const meant = proof(model, { ...claim, extreme: taggedKey(letter) }, home);
    if (meant?.verdict === "verified" || meant?.verdict === "convention") return { verdict: "unchecked", attempt: meant.attempt, reason: "ambiguous", message: "it holds where the index is that of the largest or smallest" };
  }
  return null;
}

/** What is largest or smallest at a letter. */
function extremeAt(model: Model, claim: Claim, letter: SymbolExpr): Extreme | null {
  const key = taggedKey(letter);
  const entity = model.table.resolve(letter, claim.located)?.entity;
  if (entity?.definition?.kind === "argmin") return minimiserOf(entity.definition.expr);
  const involved = (): Extreme | null => [...involvedIn(model, claim), ...saidAround(model, claim)].flatMap(extremesIn)[0] ?? null;
  if (claim.extreme === key) return involved();
  for (const fact of model.facts) {
    if (fact.kind !== "extremeAt") continue;
    const { symbol, least } = fact;
    const [below] = symbol.subscripts;
    if (!below && taggedKey(symbol) === key) return involved();
    if (below?.expr.kind === "symbol" && taggedKey(below.expr) === key) return overEntries(symbol, below.expr, least);
  }
  return null;
}

/** What the text around a claim says. */
function saidAround({ located }: Model, { located: { section } }: Claim): Expr[] {
  return located.flatMap((other) => (other.inline && other.section === section ? other.assertion.sides : []));
}

/** `\arg\max_i x_i` */
export function minimiserOf(expr: Expr): Extreme | null {
  const [index, ...more] = expr.kind === "apply" ? expr.fn.subscripts : [];
  const [body] = expr.kind === "apply" ? expr.args : [];
  if (expr.kind !== "apply" || !body || index?.expr.kind !== "symbol" || more.length) return null;
  return big(expr.fn.name === "argmin" ? "min" : "max", index.expr, body);
}

/** `\max_j x_j` of a symbol x_k. */
function overEntries(symbol: SymbolExpr, index: SymbolExpr, least: boolean): Extreme {
  const running = { ...index, name: `${index.name}′` };
  return big(least ? "min" : "max", running, { ...symbol, subscripts: symbol.subscripts.map((below) => ({ ...below, expr: running, text: running.name })) });
}

function big(operator: "max" | "min", symbol: SymbolExpr, body: Expr): Extreme {
  return { kind: "big", operator, indices: [{ symbol, from: null, to: null }], conditions: [], body, start: body.start, end: body.end };
}

export function extremesIn(expr: Expr): Extreme[] {
  const own = expr.kind === "big" && (expr.operator === "max" || expr.operator === "min") && expr.indices.length === 1 && !expr.conditions.length ? [expr] : [];
  return [...own, ...largestEntryOf(expr), ...childrenOf(expr).flatMap(extremesIn)];
}

/** `\|x\|_\infty` is `\max_i |x_i|`. */
function largestEntryOf(expr: Expr): Extreme[] {
  if (expr.kind !== "norm" || expr.which?.kind !== "symbol" || expr.which.name !== "infty" || expr.body.kind !== "symbol" || expr.body.subscripts.length) return [];
  const { start, end, body } = expr;
  const index = plainSymbol("i′", "", { start, end }, []);
  const entry: SymbolExpr = { ...body, subscripts: [{ expr: index, text: index.name, start, end }] };
  return [big("max", index, { kind: "bars", body: entry, start, end })];
}

/** One where every other place has less, or more; what stands there itself is shifted off the edge. */
function attained(lowering: Lowering, extreme: Extreme, letter: SymbolExpr, bound: Binding): Value {
  const { body, indices, start, end } = extreme;
  const index = indices[0]?.symbol as SymbolExpr;
  const place = { start, end };
  const here = lowering.within([[taggedKey(index), bound]], () => lowering.lower(body));
  const own = plainSymbol("here′", "", place, []);
  const itself: Expr = { kind: "indicator", condition: { sides: [index, letter], links: [{ operator: "=", ...place }], ...place }, ...place };
  const sign = extreme.operator === "max" ? 1 : -1;
  const terms = ([[sign, own], [-sign, body], [1, itself]] as const).map(([by, expr]) => ({ sign: by as 1 | -1, expr }));
  const least: Extreme = { ...extreme, operator: "min", body: { kind: "sum", terms, ...place } };
  return mapped("step", lowering.within([[taggedKey(own), { kind: "argument", value: here }]], () => lowering.lower(least)));
}
