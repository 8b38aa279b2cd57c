/** What words say and no formula, so that a claim that fails may still be right. */
import { systemAt } from "../readings/families";
import type { Reading } from "../readings/reading";
import { classLetter } from "../readings/running";
import { childrenOf, derivativesIn, type Expr, occurs, type SymbolExpr, symbolsIn, wordOf } from "../semantics/expression";
import { sumsIn } from "../semantics/declarations/bounds";
import type { Located, Model } from "../semantics/model";
import type { Definition, Entity } from "../semantics/symbols/entity";
import { baseKey, fullKey, otherCase, taggedKey } from "../semantics/symbols/key";
import { definitionsBehind, hasDerivative, involvedIn } from "./alternatives";
import { type Attempt, attemptValue, loweringOf } from "./attempt";
import { type Case, leftOpen } from "./case";
import type { Claim } from "./claim";
import type { Unchecked } from "./conclusion";
import { losable } from "./lost";
import { namesDerivative } from "./named-derivatives";
import { isZeroOnTheLeft } from "./outcomes";
import { differentialsIn } from "./varying";
import type { Repair } from "./repair";
import { isPartlyGiven } from "./self-contained";

/** What words say and no formula: that something depends on what it is differentiated by, or solves the equation of an eigenvector. */
export function leavesUnsaid(one: Case): Unchecked | null {
  const message = unsaidIn(one);
  return message === null ? null : leftOpen(one, message);
}

function unsaidIn({ model, claim, home, first, repaired }: Case): string | null {
  if (!loweringOf(first).guessed.has("implicit") && dependsUnsaid(claim, first)) return "nothing says how it depends on what it is differentiated by";
  if (claim.left.kind === "derivative" && isZeroOnTheLeft(first)) return "nothing says how it depends on what it is differentiated by";
  if (!loweringOf(first).guessed.has("implicit") && differentiatesByIndex(model, claim)) return "nothing says how it depends on what it is differentiated by";
  if (differentiatesPart(model, claim)) return "what a part of it is is not said";
  if (saysOfAny(claim)) return "it may be said of any function";
  if (isHollow(model, claim)) return "nothing says how it depends on what it is differentiated by";
  if (namesFunctionAndValue(model, claim) && !repaired()) return "a letter stands for a function and for its value";
  if (tellsOfLoss(model, claim, home, first) && !repaired()) return "nothing says what the loss is";
  if (tellsOfFunction(model, claim, first)) return "nothing says what the function is";
  if (isBoundAnew(model, claim) && !repaired()) return "another equation binds what is differentiated";
  if (stopsAtOneStep(model, claim, first)) return "whether a derivative goes through the steps before is not said";
  if (speaksOfOne(model, claim) && !isOfAny(repaired())) return "it may be said of one example";
  if (gathersFeatures(model, claim) && !repaired()) return "what its rows or columns are is said in words alone";
  const { drawn } = loweringOf(first);
  if (hasDerivative(claim) && [...drawn.values()].some(({ entity }) => entity !== null && isPartlyGiven(model, entity)) && !repaired()) return "an entry has a value of its own";
  if (classLetter(model) !== null && [...drawn.values()].some(({ entity }) => entity?.properties.has("oneHot")) && !repaired()) return "nothing says which class the one-hot vector is of";
  return [...drawn.values()].some(({ entity }) => entity?.properties.has("spectral")) && !repaired() ? "the equation of an eigenvector or singular vector is not drawn" : null;
}

/** `dL_1`, `\frac{\partial L_2}{\partial W}` beside an L with a formula, where none says what L_1 and L_2 are. */
function differentiatesPart(model: Model, { left, right, located }: Claim): boolean {
  const differentiated = [left, right].flatMap((side) => [...derivativesIn(side), ...differentialsIn(side)]).map(({ of }) => of);
  return differentiated.some((of) => {
    if (of.kind !== "symbol" || of.subscripts.length !== 1 || of.subscripts[0]?.expr.kind !== "number") return false;
    const resolved = model.table.resolve(of, located);
    const isOwn = resolved !== null && (resolved.family || !resolved.indices.length);
    const whole = model.table.resolve({ ...of, subscripts: [] }, located)?.entity;
    return !isOwn && whole?.definition?.kind === "value" && (whole.shape ?? []).length === 0;
  });
}

/** `\frac{\partial}{\partial\theta_j} h_\theta(x) = x_j` of an h that has no formula; what has derivatives of it on both sides may speak of any. */
function differentiatesByIndex(model: Model, claim: Claim): boolean {
  if ([claim.left, claim.right].every((side) => derivativesIn(side).length > 0)) return false;
  const moved = new Set([claim.left, claim.right].flatMap(derivativesIn).flatMap(({ wrt }) => wrt).flatMap((by) => symbolsIn(by, false)).map(baseKey));
  const isOpen = (fn: SymbolExpr): boolean => {
    const entity = model.table.resolve(fn, claim.located)?.entity;
    return !entity?.definition && !entity?.parameters.length;
  };
  const varies = (expr: Expr): boolean => (expr.kind === "apply" && expr.fn.subscripts.some(({ expr: below }) => below.kind === "symbol" && moved.has(baseKey(below))) && isOpen(expr.fn)) || childrenOf(expr).some(varies);
  return moved.size > 0 && involvedIn(model, claim).some(varies);
}

/** `J(w) = \\sum_i (y_i - p_i)^2` of p_i that words alone make of w: a formula without the argument by which it is differentiated. */
function isHollow(model: Model, claim: Claim): boolean {
  const sides = [claim.left, claim.right];
  const moved = new Set(sides.flatMap(derivativesIn).flatMap(({ wrt, of }) => (wrt.length ? wrt : of.kind === "apply" ? of.args : [])).flatMap((by) => symbolsIn(by, false)).map(baseKey));
  const reaches = (expr: Expr, key: string, seen: Set<number>): boolean =>
    symbolsIn(expr, false).some((symbol) => {
      const entity = model.table.resolve(symbol, claim.located)?.entity;
      if ([symbol, ...(entity ? [entity.symbol] : [])].some((one) => baseKey(one) === key)) return true;
      if (!entity || seen.has(entity.id)) return false;
      seen.add(entity.id);
      return entity.parameters.some((parameter) => baseKey(parameter) === key) || (entity.definition !== null && reaches(entity.definition.expr, key, seen));
    });
  return moved.size > 0 && functionsIn(model, claim).some(({ params, expr }) => params.some((param) => moved.has(baseKey(param)) && !reaches(expr, baseKey(param), new Set())));
}

/** The formulas of the functions that a claim leads to. */
function functionsIn(model: Model, claim: Claim): Definition[] {
  const resolved = involvedIn(model, claim).flatMap((expr) => symbolsIn(expr)).map((symbol) => model.table.resolve(symbol, claim.located)?.entity.definition);
  return [...new Set(resolved)].filter((definition) => definition?.kind === "function") as Definition[];
}

/** `F(W) = L(xW)` beside `\partial L/\partial s`: at what the function is taken there is not said, unless it is taken at the same letters wherever it is. */
function namesFunctionAndValue(model: Model, claim: Claim): boolean {
  const open = [claim.left, claim.right].flatMap(derivativesIn).flatMap(({ of }) => (of.kind === "symbol" && !model.table.resolve(of, claim.located)?.entity.definition ? [taggedKey(of)] : []));
  const applied = (expr: Expr): string[] => [...(expr.kind === "apply" && open.includes(taggedKey(expr.fn)) ? [expr.args.every((arg) => arg.kind === "symbol") ? expr.args.flatMap((arg) => symbolsIn(arg)).map(fullKey).join() : "?"] : []), ...childrenOf(expr).flatMap(applied)];
  const places = open.length ? new Set(involvedIn(model, claim).flatMap(applied)) : new Set<string>();
  // f and f(x) on two sides of one formula may be a vector's and a number's function, as those who write both know.
  return places.size > 1 || places.has("?") || (open.length > 0 && [claim.left, claim.right].some((side) => applied(side).length > 0));
}

/** `\partial\ell/\partial z = p - y` of a loss without a formula: a y that the network has not tells something of the loss. */
function tellsOfLoss(model: Model, claim: Claim, home: Reading, first: Attempt): boolean {
  const { left, right, located } = claim;
  const { losses } = loweringOf(first);
  if (left.kind !== "derivative" || left.of.kind !== "symbol" || !losses.has(taggedKey(left.of)) || derivativesIn(right).length) return false;
  if (symbolsIn(right, false).some((symbol) => namesDerivative(model, symbol, located))) return false;
  const [own, told] = [left, right].map((side) => attemptValue(model, claim, home, side)?.lowering.drawn);
  return own !== undefined && [...(told?.keys() ?? [])].some((name) => !own.has(name));
}

/** `\nabla_x \log p(x) = -\Lambda(x - \mu)` of a p that has no formula: a right side without p tells what p is. */
function tellsOfFunction(model: Model, { left, right, located }: Claim, first: Attempt): boolean {
  const { guessed } = loweringOf(first);
  const isOpen = (fn: SymbolExpr): boolean => {
    const entity = model.table.resolve(fn, located)?.entity;
    return entity ? entity.isFunction && !entity.definition && !entity.named && !entity.elementwise && entity.shape === null && entity.domain === null : isName(fn) || guessed.has(taggedKey(fn));
  };
  if (left.kind !== "derivative") return false;
  const known = definitionsBehind(model, [left.of], located).flatMap(({ expr }) => appliedIn(expr)).filter(isName);
  const open = [...appliedIn(left.of), ...known].filter((fn) => !wordOf(fn.name) && isOpen(fn));
  const own = new Set(symbolsIn(right).map((symbol) => baseKey(symbol)));
  return open.length > 0 && open.every((fn) => !own.has(baseKey(fn)));
}

/** `df = \frac{\partial f}{\partial x} dx + \frac{\partial f}{\partial y} dy`: what it says is so of any function of these letters, whatever the text calls f elsewhere. */
function saysOfAny({ left, right }: Claim): boolean {
  if (left.kind !== "differential" || left.of.kind !== "symbol" || right.kind !== "sum") return false;
  const name = fullKey(left.of);
  return right.terms.every(({ sign, expr }) => {
    const [slope, step, ...more] = expr.kind === "product" ? expr.factors : [];
    const [by, ...others] = slope?.kind === "derivative" && slope.of.kind === "symbol" && fullKey(slope.of) === name ? slope.wrt : [];
    return sign === 1 && by?.kind === "symbol" && !others.length && step?.kind === "differential" && step.of.kind === "symbol" && fullKey(step.of) === fullKey(by) && !more.length;
  });
}

/** `\frac{dy}{dx}` of the circle `x^2 + y^2 = 1`, where an earlier sentence has `y = x^2`. */
function isBoundAnew(model: Model, { left, located }: Claim): boolean {
  const [by, ...more] = left.kind === "derivative" && left.total ? left.wrt : [];
  if (left.kind !== "derivative" || left.of.kind !== "symbol" || by?.kind !== "symbol" || more.length) return false;
  const letters = [left.of, by].map(fullKey);
  const definition = model.table.resolve(left.of, located)?.entity.definition;
  const given = definition ? model.located[definition.assertion] : undefined;
  const holds = (side: Expr, key: string): boolean => symbolsIn(side, false).some((symbol) => fullKey(symbol) === key);
  const binds = ({ sides, links }: Located["assertion"]): boolean => links[0]?.operator === "=" && sides.length === 2 && !sides.some((side) => side.kind === "symbol" || occurs("derivative", side)) && letters.every((key) => sides.some((side) => holds(side, key)));
  return given !== undefined && model.located.some((other) => other.section === located.section && other.position > given.position && other.position < located.position && binds(other.assertion));
}

/** `\sum_k \frac{\partial L}{\partial h_k} \frac{\partial h_k}{\partial W}`: the last factor is meant of the step k alone, where ∂h_k/∂W by itself goes through all before. */
function stopsAtOneStep(model: Model, { left, right, located }: Claim, first: Attempt): boolean {
  const memberOf = (expr: Expr): Entity | null => {
    const resolved = expr.kind === "symbol" ? model.table.resolve(expr, located) : null;
    return resolved?.family ? resolved.entity : null;
  };
  const isRecurrent = (expr: Expr): boolean => {
    const entity = memberOf(expr);
    return entity !== null && systemAt(loweringOf(first), entity) !== null;
  };
  return [left, right].flatMap(sumsIn).flatMap(({ body }) => derivativesIn(body)).some(({ of, wrt }) => isRecurrent(of) && wrt.every((one) => memberOf(one) === null));
}

/** A name of its own, as of `h(x) = \operatorname{sinc}(x_1)`: readers know the function. */
function isName({ name, font }: SymbolExpr): boolean {
  return name.length > 1 && font === "mathrm";
}

/** Whether a correction is none of a sum or a count, which one example has not: of that it would be wrong as well. */
function isOfAny(repair: Repair | null): boolean {
  return repair !== null && /^(change the sign|transpose|drop the transpose|swap|take the)/.test(repair.variant.title);
}

/** Whether the section goes on about one example, and the claim has a letter that no sum runs over. */
function speaksOfOne(model: Model, claim: Claim): boolean {
  const { start, end } = model.sections[claim.located.section] ?? { start: 0, end: 0 };
  return hasDerivative(claim) && model.facts.some((fact) => fact.kind === "oneExample" && start <= fact.start && fact.end <= end) && losable(model, claim).letters.length > 0;
}

/** Φ beside the vectors φ(x_n) that nothing defines: its rows or columns, most often. */
function gathersFeatures(model: Model, claim: Claim): boolean {
  const functions = new Set(involvedIn(model, claim).flatMap(appliedIn).filter((fn) => !model.table.resolve(fn, claim.located)?.entity.definition).map(taggedKey));
  return [claim.left, claim.right].flatMap((side) => symbolsIn(side, false)).some((symbol) => {
    const member = otherCase(symbol);
    return /^[A-Z]/.test(symbol.name) && !functions.has(taggedKey(symbol)) && member !== null && functions.has(taggedKey(member));
  });
}

/** The functions that an expression applies. */
function appliedIn(expr: Expr): SymbolExpr[] {
  return [...(expr.kind === "apply" ? [expr.fn] : []), ...childrenOf(expr).flatMap(appliedIn)];
}

/** The derivative of a letter that has neither a formula nor a kind. */
function dependsUnsaid({ left }: Claim, first: Attempt): boolean {
  if (left.kind !== "derivative" || left.of.kind !== "symbol" || left.of.subscripts.length) return false;
  const lowering = loweringOf(first);
  const entity = lowering.resolve(left.of)?.entity;
  return lowering.guessed.has(baseKey(left.of)) && !entity?.definition && !entity?.isLoss && !entity?.parameters.length && !lowering.losses.size;
}
