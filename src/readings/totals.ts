/**
 * A total whose parts have no formula, `L = \\frac1n \\sum_q L_q`: each L_q is an
 * arbitrary function of what has its index, and of all that has none.
 */
import { derivativesIn, type Expr, type SymbolExpr, symbolsIn } from "../semantics/expression";
import type { Model } from "../semantics/model";
import { baseKey, spellSymbol, taggedKey } from "../semantics/symbols/key";
import { sinksOf } from "./dependence";
import { indexOf, pick } from "./indices";
import type { Lowering } from "./lower";
import { lossOver, sinkValue } from "./losses";
import { looksLikeLoss } from "./numerators";
import { plus } from "./operations";
import { termOf, type Value } from "./value";

/** L_q, of which the text says no more than that L, which it differentiates, is made of all of them. */
export function isPartOfTotal(lowering: Lowering, part: SymbolExpr): boolean {
  if (part.subscripts.length !== 1 || part.primes) return false;
  const whole: SymbolExpr = { ...part, subscripts: [] };
  if (!differentiated(lowering.model).has(taggedKey(whole))) return false;
  const entity = lowering.resolve(whole)?.entity;
  if (entity?.definition?.kind !== "value" || !(entity.isLoss || looksLikeLoss(whole)) || (entity.shapeFrom === "declared" && entity.shape?.length !== 0)) return false;
  const own = lowering.resolve(part)?.entity;
  return (!own || own === entity || !own.definition) && addsUp(entity.definition.expr, baseKey(whole));
}

/** L_q of the losses of all parts. */
export function lossOfPart(lowering: Lowering, part: SymbolExpr): Value {
  const name = `${taggedKey(part)}_*`;
  const known = lowering.losses.get(name);
  const losses = known ?? lossesOfParts(lowering, part, name);
  // C_x of an x that nothing has for its index: a loss like any other.
  if (!losses) return lossOver(lowering, taggedKey(part), sinksOf(lowering, part, null), part);
  if (!known) lowering.losses.set(name, losses);
  const index = indexOf(lowering, part.subscripts[0] as SymbolExpr["subscripts"][number]);
  if (index?.kind === "axis" && !index.shift && !lowering.classes.unify(index.axis.range, losses.shape[0] as string)) return lowering.fail("ambiguous", "over how many parts a total runs is not said", part);
  return pick(lowering, losses, 0, part.subscripts[0] as SymbolExpr["subscripts"][number]);
}

function lossesOfParts(lowering: Lowering, part: SymbolExpr, name: string): Value | null {
  const whole: SymbolExpr = { ...part, subscripts: [] };
  const sinks = sinksOf(lowering, whole, lowering.resolve(whole)?.entity ?? null).map((sink) => ({ sink, value: sinkValue(lowering, sink), at: placeOfPart(lowering.model, sink, part) }));
  if (!sinks.length) return lowering.fail("unknown-symbol", `${taggedKey(part)} is not defined`, part);
  const opened = sinks.map(({ sink, value, at }) => ({ sink, at, open: { free: [], shape: [...value.free.map((axis) => axis.range), ...value.shape], make: (env) => termOf(value, env) } satisfies Value }));
  const index = indexOf(lowering, part.subscripts[0] as SymbolExpr["subscripts"][number]);
  const range = opened.flatMap(({ at, open }) => (at === null ? [] : (open.shape[at] ?? [])))[0] ?? (index?.kind === "axis" ? index.axis.range : null);
  if (range === null) return null;
  const terms = opened.map(({ sink, at, open }) => {
    const resolved = lowering.resolve(sink);
    if (resolved) lowering.sinks.add(resolved.entity.id);
    const labels = open.shape.map((_, i) => `p${i}`);
    const along = at === null ? null : (labels[at] ?? null);
    if (along !== null && !lowering.classes.unify(open.shape[at as number] as string, range)) return lowering.fail("ambiguous", "over how many parts a total runs is not said", part);
    const own = along ?? "part";
    const all = along === null ? [own, ...labels] : labels;
    const cotangent = lowering.variableOf(`∂${name}/∂${taggedKey(sink)}`, along === null ? [range, ...open.shape] : open.shape, null, `\\frac{\\partial ${spellSymbol(part)}}{\\partial ${spellSymbol(sink)}}`);
    return lowering.algebra.contractValues([open, cotangent], [labels, all], [own], [range]);
  });
  return terms.reduce((a, b) => plus(lowering, a, b, part));
}

/** Which index of a symbol is that of the parts, where the text writes it with one of their letters. */
function placeOfPart(model: Model, symbol: SymbolExpr, part: SymbolExpr): number | null {
  const written = writtenIn(model);
  const letters = new Set([...(written.get(taggedKey(part)) ?? [])].flatMap(({ subscripts }) => subscripts.flatMap(lettersOf)));
  for (const { subscripts } of written.get(taggedKey(symbol)) ?? []) {
    const at = subscripts.findIndex((subscript) => lettersOf(subscript).some((letter) => letters.has(letter)));
    if (at >= 0) return at;
  }
  return null;
}

function lettersOf({ expr }: SymbolExpr["subscripts"][number]): string[] {
  return symbolsIn(expr, false).map(({ name }) => name);
}

/** A sum of all parts, and what stands around it. */
function addsUp(expr: Expr, key: string): boolean {
  if (expr.kind === "product") return expr.factors.some((factor) => addsUp(factor, key));
  if (expr.kind === "sum") return expr.terms.some(({ expr: term }) => addsUp(term, key));
  if (expr.kind !== "big" || !["sum", "mean"].includes(expr.operator)) return false;
  const { body } = expr;
  return body.kind === "symbol" ? baseKey(body) === key && body.subscripts.length === 1 : addsUp(body, key);
}

/** The letters that the text differentiates. */
function differentiated(model: Model): ReadonlySet<string> {
  let known = heads.get(model);
  if (!known) heads.set(model, (known = new Set(model.located.flatMap(({ assertion }) => assertion.sides.flatMap(derivativesIn)).flatMap(({ of }) => (of.kind === "symbol" ? [taggedKey(of)] : [])))));
  return known;
}

const heads = new WeakMap<Model, ReadonlySet<string>>();

/** All symbols with something below or above them, by their letters. */
function writtenIn(model: Model): ReadonlyMap<string, readonly SymbolExpr[]> {
  let known = written.get(model);
  if (!known) {
    known = new Map<string, SymbolExpr[]>();
    for (const symbol of model.located.flatMap(({ assertion }) => assertion.sides.flatMap((side) => symbolsIn(side, false)))) if (symbol.subscripts.length) (known as Map<string, SymbolExpr[]>).set(taggedKey(symbol), [...(known.get(taggedKey(symbol)) ?? []), symbol]);
    written.set(model, known);
  }
  return known;
}

const written = new WeakMap<Model, ReadonlyMap<string, readonly SymbolExpr[]>>();
