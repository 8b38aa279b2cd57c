/** Big sums, products, maxima and minima over indices with bounds and conditions. */
import type { Place } from "../latex/types";
import { type BoundIndex, childrenOf, type Expr, isVariable, type SymbolExpr, symbolsIn } from "../semantics/expression";
import { taggedKey } from "../semantics/symbols/key";
import { atomsOf, sizeKey, successor } from "../semantics/symbols/sizes";
import { add as addTerms, contract, identity, integerPower, max as maximumTerm, mul, scale, slice, type Term } from "../tensor";
import { lowerIndicator } from "./conditions";
import { minimum } from "./entities";
import { Failure } from "./failure";
import { arranged } from "./gathered";
import { confine, indicatorOf, type Integer, integerAt, integerOf, plainInteger } from "./integers";
import type { Lowering } from "./lower";
import { sumAlongNamed } from "./named-axes";
import { isVector, plus, totalOf } from "./operations";
import { type Axis, type Env, isScalar, literal, termOf, type Value } from "./value";

export function lowerBig(lowering: Lowering, expr: Expr & { kind: "big" }): Value {
  if (expr.indices.length === 0) return bareSum(lowering, expr);
  const [only, ...others] = expr.indices;
  if ((expr.operator === "min" || expr.operator === "max") && only && !others.length && !expr.conditions.length && isVariable(only, expr.body)) return minimum(lowering, only.symbol, expr.body);
  const stepped = steppedSum(lowering, expr);
  if (stepped) return stepped;
  const bound = expr.indices.filter((index) => !isGivenOutside(lowering, index)).map((index) => ({ index, axis: lowering.recall(index, () => boundAxis(lowering, index, expr)) }));
  const body = lowering.within(
    bound.map(({ index, axis }) => [taggedKey(index.symbol), { kind: "axis", axis }] as const),
    () => {
      for (const { index, axis } of bound) if (axis.range.includes("-")) farthest(expr.body, taggedKey(index.symbol)).forEach((symbol) => lowering.lower(symbol));
      const pairs = expr.conditions.flatMap((condition) => differing(lowering, condition));
      lowering.apart.push(...pairs);
      let value = lowering.lower(expr.body);
      lowering.apart.length -= pairs.length;
      for (const condition of expr.conditions) {
        if (condition.kind === "indicator") value = kept(lowering, expr, lowerIndicator(lowering, condition.condition, condition), value);
        else lowering.fail("unsupported", "a bound that is not read", condition);
      }
      for (const { index, axis } of bound) {
        const mask = maskOf(lowering, index, axis);
        if (mask) value = kept(lowering, expr, mask, value);
      }
      return value;
    },
  );
  if (expr.operator === "array") return isScalar(body) ? arranged(lowering, body, bound.map(({ axis }) => axis)) : lowering.fail("unsupported", "a list of arrays", expr);
  if (expr.operator === "sum") return bound.reduceRight((value, { index, axis }) => sumAlongNamed(lowering, value, index, axis) ?? lowering.algebra.sumOver(value, axis), body);
  if (expr.operator === "product" && body.shape.length === 2 && !isVector(lowering, body)) return bound.reduce((value, { axis }) => productAlong(lowering, value, axis, expr), body);
  return fold(expr, body, bound.map(({ axis }) => axis));
}

/** The second letter of a pair, where it is that of the claim. */
function isGivenOutside({ reading, scope }: Lowering, { paired, symbol }: BoundIndex): boolean {
  return paired === true && reading.pairs === "first" && scope.get(taggedKey(symbol))?.kind === "axis";
}

/** Of the members of each family that are numbered by a letter and by one more, the latter: they tell how far the family goes. */
function farthest(body: Expr, letter: string): SymbolExpr[] {
  const shiftOf = ({ subscripts: [only, ...more] }: SymbolExpr): number => {
    const [head, tail] = only?.expr.kind === "sum" && only.expr.terms.length === 2 ? only.expr.terms : [];
    const isOwn = !more.length && head?.expr.kind === "symbol" && taggedKey(head.expr) === letter;
    return isOwn && tail?.sign === 1 && tail.expr.kind === "number" ? tail.expr.numerator : 0;
  };
  const shifted = symbolsIn(body, false).filter((symbol) => shiftOf(symbol) > 0);
  return shifted.filter((symbol) => shifted.every((other) => taggedKey(other) !== taggedKey(symbol) || shiftOf(other) <= shiftOf(symbol)));
}

/** The axes of `i \\neq j`. */
function differing(lowering: Lowering, condition: Expr): [Axis, Axis][] {
  if (condition.kind !== "indicator" || condition.condition.links[0]?.operator !== "\\neq") return [];
  const letters = condition.condition.sides.flatMap((side) => (side.kind === "symbol" && !side.subscripts.length ? [taggedKey(side)] : []));
  if (letters.length === 2) lowering.contrasted.add(letters.join(" "));
  const [a, b] = letters.map((letter) => lowering.scope.get(letter));
  return a?.kind === "axis" && b?.kind === "axis" ? [[a.axis, b.axis]] : [];
}

/** What an operator goes over where a mask is one; elsewhere it is left out. */
function kept(lowering: Lowering, expr: Expr & { kind: "big" }, mask: Value, value: Value): Value {
  const { algebra } = lowering;
  if (expr.operator === "sum") return algebra.scale(mask, value);
  if (expr.operator !== "product") return lowering.fail("unsupported", "a bound that is not read", expr);
  const left = plus(lowering, literal(1), algebra.scale(literal(-1), mask), expr);
  return plus(lowering, algebra.scale(mask, value), value.shape.length === 2 && !isVector(lowering, value) ? algebra.scale(left, unit(lowering, value, expr)) : left, expr);
}

/** The identity that leaves a square matrix as it is. */
function unit(lowering: Lowering, value: Value, place: Place): Value {
  needSquareFactor(lowering, value, place);
  return { free: [], shape: value.shape, make: (env) => identity(env.size(value.shape[0] as string)) };
}

/** Where the sizes of factors may differ, more is meant than is read here. */
function needSquareFactor(lowering: Lowering, { shape: [rows, columns] }: Value, place: Place): void {
  if (!lowering.classes.unify(rows as string, columns as string)) lowering.fail("unsupported", "a product of matrices of several sizes", place);
}

/** The matrices along an axis multiplied, the last one first as in the chain rule, or last. */
function productAlong(lowering: Lowering, value: Value, axis: Axis, place: Place): Value {
  needSquareFactor(lowering, value, place);
  const free = value.free.filter(({ name }) => name !== axis.name);
  const at = value.free.findIndex(({ name }) => name === axis.name);
  const { factors } = lowering.reading;
  return {
    free,
    shape: value.shape,
    make: (env) => {
      const [n, term] = [env.size(axis.range), termOf(value, env)];
      const matrices = Array.from({ length: n }, (_, i) => (at < 0 ? term : slice(term, at, i)));
      const lead = free.map((_, i) => i);
      const [row, inner, column] = [lead.length, lead.length + 1, lead.length + 2];
      return (factors === "falling" ? matrices.reverse() : matrices).reduce((a, b) => contract([[...lead, row, inner], [...lead, inner, column]], [...lead, row, column], [a, b]));
    },
  };
}

/** A sum whose index is an exponent, `\sum_{r=0}^{k-1} X^r A X^{k-r-1}`: one term for each value of it. */
function steppedSum(lowering: Lowering, expr: Expr & { kind: "big" }): Value | null {
  const [index] = expr.indices;
  const [from, to] = [index?.from ? sizeKey(index.from) : null, index?.to ? upperKey(lowering, index.to) : null];
  if (expr.operator !== "sum" || expr.indices.length !== 1 || expr.conditions.length || !index || !from || !to || !inExponent(expr.body, taggedKey(index.symbol)) || isBelow(expr.body, taggedKey(index.symbol)) || axesIn(lowering, index.from) || axesIn(lowering, index.to)) return null;
  const letter = `⟨${lowering.newName(index.symbol.name)}⟩`;
  const body = lowering.within([[taggedKey(index.symbol), { kind: "value", key: letter }]], () => lowering.lower(expr.body));
  const at = (env: Env, step: number): Env => ({ ...env, memo: new Map(), size: (key) => (key === letter ? step : env.size(key)) });
  return {
    free: body.free,
    shape: body.shape,
    make: (env) => {
      const [first, last] = [env.size(from), env.size(to)];
      if (last < first) throw new Failure("range", "an empty sum", expr);
      return Array.from({ length: last - first + 1 }, (_, i) => termOf(body, at(env, first + i))).reduce((a, b) => addTerms(a, b));
    },
  };
}

function boundAxis(lowering: Lowering, index: BoundIndex, place: Place): Axis {
  const along = index.to && integerOf(lowering, index.to);
  if (along) runWithin(lowering, along);
  if (along?.axes.length) return { ...lowering.newAxis(index.symbol.name, rangeUpTo(along) ?? lowering.fail("unsupported", "an upper bound that is not read", place)), summed: true, ...(startsAtZero(index.from) ? { origin: 0 } : {}) };
  let range = lowering.classes.unknown();
  if (!index.to && !index.from) lowering.noteRange(taggedKey(index.symbol), range);
  if (index.to) {
    const upper = upperKey(lowering, index.to);
    if (!upper) lowering.fail("unsupported", "an upper bound that is not read", place);
    if (startsAtOne(index.from) || axesIn(lowering, index.from)) range = upper;
    if (startsAtZero(index.from)) return { ...lowering.newAxis(index.symbol.name, successor(upper)), summed: true, origin: 0 };
  }
  return { ...lowering.newAxis(index.symbol.name, range), summed: true };
}

/** In `\\sum_{l=0}^{T-t}` t runs to T. */
function runWithin({ classes }: Lowering, { axes, sizes: [whole, ...more] }: Integer): void {
  for (const { axis, sign } of more.length ? [] : axes) if (whole?.sign === 1 && sign === -1) classes.unify(axis.range, whole.key);
}

/** The size that a bound never exceeds: that of t for `t`, `t-1` and `t-k`. */
function rangeUpTo({ axes, sizes, shift }: Integer): string | null {
  const above = [...axes.map(({ axis, sign }) => ({ range: axis.origin === 0 ? null : axis.range, sign })), ...sizes.map(({ key, sign }) => ({ range: key, sign }))].filter(({ sign }) => sign === 1);
  const below = axes.filter(({ axis, sign }) => sign === -1 && axis.origin !== 0).length;
  return above.length === 1 && shift <= below ? (above[0]?.range ?? null) : null;
}

/** Whether a bound has letters that run along axes. */
function axesIn(lowering: Lowering, bound: Expr | null): boolean {
  return bound !== null && Boolean(integerOf(lowering, bound)?.axes.length);
}

function upperKey(lowering: Lowering, expr: Expr): string | null {
  if (expr.kind === "symbol") {
    const bound = lowering.scope.get(taggedKey(expr));
    if (bound?.kind === "value") return bound.key;
    if (bound?.kind === "axis") return null;
  }
  const key = sizeKey(expr);
  if (!key || key === "infty") return null;
  for (const atom of atomsOf(key)) lowering.model.table.sizeNames.add(atom);
  return key;
}

function startsAtZero(from: Expr | null): boolean {
  return from?.kind === "number" && from.numerator === 0;
}

function startsAtOne(from: Expr | null): boolean {
  return from === null || (from.kind === "number" && from.numerator === 1 && from.denominator === 1);
}

/** Bounds that leave part of an axis out: `\\sum_{i=2}^{n}`, `\\sum_{k=1}^{t}`. */
function maskOf(lowering: Lowering, index: BoundIndex, axis: Axis): Value | null {
  if (!axesIn(lowering, index.to) && (startsAtOne(index.from) || axis.origin === 0)) return null;
  const [from, to] = [index.from ? boundOf(lowering, index.from) : plainInteger(1), index.to ? boundOf(lowering, index.to) : null];
  if (!from) return lowering.fail("unsupported", "a lower bound that is not read", index.symbol);
  if (!index.to && startsAtZero(index.from)) return lowering.fail("unsupported", "an index from zero", index.symbol);
  if (to) confine(lowering, { ...from, shift: from.shift - 1 }, to);
  const own: Integer = { axes: [{ axis, sign: 1 }], sizes: [], shift: 0 };
  if (!to) return indicatorOf([from, own], (low, at) => (low) <= (at));
  const mask = indicatorOf([from, own, to], (low, at, high) => (low) <= (at) && (at) <= (high));
  return from.axes.length || to.axes.length ? mask : { ...mask, make: (env) => (isEmpty(from, to, env) ? lowering.fail("range", "an empty sum", index.symbol) : mask.make(env)) };
}

function isEmpty(from: Integer, to: Integer, env: Env): boolean {
  const nowhere = (): number => 0;
  return integerAt(to, env, nowhere) < integerAt(from, env, nowhere);
}

/** A bound; a letter of which nothing is said is a size. */
function boundOf(lowering: Lowering, bound: Expr): Integer | null {
  const known = integerOf(lowering, bound);
  const key = known ? null : upperKey(lowering, bound);
  return known ?? (key ? { axes: [], sizes: [{ key, sign: 1 }], shift: 0 } : null);
}

/** `\sum` without an index: all entries, or the rows where that is what fits. */
function bareSum(lowering: Lowering, expr: Expr & { kind: "big" }): Value {
  if (expr.operator !== "sum" || expr.conditions.length) return lowering.fail("unsupported", "an operator without an index", expr);
  return totalOf(lowering.lower(expr.body));
}

function fold(expr: Expr & { kind: "big" }, body: Value, axes: readonly Axis[]): Value {
  let value = body;
  for (const axis of axes) {
    const at = value.free.findIndex((other) => other.name === axis.name);
    const current = value;
    if (at < 0 && expr.operator !== "product") continue;
    value = {
      free: current.free.filter((other) => other.name !== axis.name),
      shape: current.shape,
      make: (env) => {
        const n = env.size(axis.range);
        if (at < 0) return integerPower(termOf(current, env), n);
        const term = termOf(current, env);
        if (expr.operator === "max") return maximumAlong(term, at);
        if (expr.operator === "min") return scale(maximumAlong(scale(term, -1), at), -1);
        return Array.from({ length: n }, (_, i) => slice(term, at, i)).reduce((a, b) => mul(a, b));
      },
    };
  }
  return value;
}

/** Whether a letter and something added to it stand below another. */
function isBelow(expr: Expr, key: string): boolean {
  return symbolsIn(expr, false).some(({ subscripts }) => subscripts.some((subscript) => subscript.expr.kind === "sum" && symbolsIn(subscript.expr).some((symbol) => taggedKey(symbol) === key)));
}

function inExponent(expr: Expr, key: string): boolean {
  if (expr.kind === "power" && symbolsIn(expr.exponent, false).some((symbol) => taggedKey(symbol) === key)) return true;
  return childrenOf(expr).some((child) => inExponent(child, key));
}

function maximumAlong(term: Term, axis: number): Term {
  return maximumTerm(term, axis);
}
