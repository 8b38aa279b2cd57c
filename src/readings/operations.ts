/**
 * What every family of expressions does with values: adds them, maps their
 * entries, applies functions of one matrix, and gives them other shapes.
 */
import type { Place } from "../latex/types";
import { symbolsIn } from "../semantics/expression";
import type { Located } from "../semantics/model";
import type { Entity } from "../semantics/symbols/entity";
import { taggedKey } from "../semantics/symbols/key";
import { atomsOf } from "../semantics/symbols/sizes";
import { add as addTerms, map, reshape as reshapeTerm, slice, stack as stackTerms, sum as sumTerms, type Term } from "../tensor";
import type { Lowering } from "./lower";
import { type Env, isScalar, literal, mergeAxes, termOf, type Value } from "./value";

export function plus(lowering: Lowering, a: Value, b: Value, place: Place): Value {
  const zero = [a, b].find((value) => value.literal?.[0] === 0);
  if (zero) return zero === a ? b : a;
  const { left, right } = lowering.algebra.add(a, b, place, lowering.reading.bias);
  const free = mergeAxes([left, right]);
  const [l, r] = [lowering.algebra.withFree(left, free), lowering.algebra.withFree(right, free)];
  const sum: Value = { free, shape: left.shape, make: (env) => addTerms(termOf(l, env), termOf(r, env)) };
  return a.literal && b.literal ? { ...sum, literal: [a.literal[0] * b.literal[1] + b.literal[0] * a.literal[1], a.literal[1] * b.literal[1]] } : sum;
}

/** The sum of all entries. */
export function totalOf(value: Value): Value {
  const lead = value.free.length;
  return { free: value.free, shape: [], make: (env) => sumTerms(termOf(value, env), value.shape.map((_, axis) => lead + axis)) };
}

export function mapped(fn: string, value: Value): Value {
  if (value.literal && fn === "reciprocal" && value.literal[0] !== 0 && isScalar(value)) return literal(value.literal[1], value.literal[0]);
  return entrywise(value, (term) => map(fn, term));
}

export function entrywise(value: Value, f: (term: Term) => Term): Value {
  return { free: value.free, shape: value.shape, make: (env) => f(termOf(value, env)) };
}

export function entrywiseEnv(value: Value, f: (term: Term, env: Env) => Term): Value {
  return { free: value.free, shape: value.shape, make: (env) => f(termOf(value, env), env) };
}

/** A function of one matrix; with free indices it would need one for each. */
export function perMatrix(value: Value, shape: readonly string[], f: (term: Term, env: Env) => Term, place: Place): Value {
  if (value.free.length) return batched(value, shape, f, place);
  return { free: [], shape, make: (env) => f(termOf(value, env), env) };
}

function batched(value: Value, shape: readonly string[], f: (term: Term, env: Env) => Term, _place: Place): Value {
  return {
    free: value.free,
    shape,
    make: (env) => {
      const sizes = value.free.map((axis) => env.size(axis.range));
      const term = termOf(value, env);
      const build = (current: Term, level: number): Term => (level === sizes.length ? f(current, env) : stackTerms(Array.from({ length: sizes[level] as number }, (_, i) => build(slice(current, 0, i), level + 1))));
      return build(term, 0);
    },
  };
}

export function reshaped(value: Value, shape: readonly string[]): Value {
  return { free: value.free, shape, make: (env) => reshapeTerm(termOf(value, env), [...value.free.map((axis) => env.size(axis.range)), ...shape.map(env.size)]) };
}

export function isVector(lowering: Lowering, value: Value): boolean {
  return value.shape.length === 2 && value.shape.some((dim) => lowering.algebra.isOne(dim));
}

export function sameShape(lowering: Lowering, a: Value, b: Value): boolean {
  return a.shape.length === b.shape.length && a.shape.every((dim, axis) => lowering.algebra.same(dim, b.shape[axis] as string));
}

export function needSquare(lowering: Lowering, value: Value, place: Place, what: string): void {
  const [rows, columns] = value.shape as [string, string];
  if (lowering.algebra.same(rows, columns)) return;
  if (!lowering.classes.unify(rows, columns)) {
    if (lowering.algebra.isOne(rows) !== lowering.algebra.isOne(columns) || !wellFormedEquality(lowering, rows, columns)) lowering.fail("shape", `${what} needs a square matrix, and this is ${lowering.algebra.describe(value)}`, place);
    lowering.preconditions.add(`${lowering.algebra.name(rows)} = ${lowering.algebra.name(columns)}`);
    lowering.classes.force(rows, columns);
  }
}

/** Equates how far an index runs with the length of an axis, where the text has a letter for each, declares no array of either and writes them nowhere together. */
export function equateBounds(lowering: Lowering, runs: string, has: string): boolean {
  const { table, located } = lowering.model;
  const isLetter = (size: string): boolean => !/^[?\d]/.test(size) && atomsOf(size).join() === size;
  const isDeclared = ({ shape, shapeFrom }: Entity): boolean => shapeFrom === "declared" && (shape ?? []).flatMap(atomsOf).some((atom) => atom === runs || atom === has);
  const hasBoth = ({ assertion }: Located): boolean => [runs, has].every((size) => assertion.sides.some((side) => symbolsIn(side, false).some((symbol) => taggedKey(symbol) === size)));
  if (![runs, has].every(isLetter) || table.all.some(isDeclared) || located.some(hasBoth)) return false;
  lowering.preconditions.add(`${lowering.algebra.name(runs)} = ${lowering.algebra.name(has)}`);
  return lowering.classes.force(runs, has);
}

/** Two named sizes may be equated where nothing else can make a formula well-formed: a trace of a product of declared shapes. */
function wellFormedEquality(lowering: Lowering, a: string, b: string): boolean {
  return !/^\d+$/.test(lowering.classes.find(a)) && !/^\d+$/.test(lowering.classes.find(b)) && lowering.reading.equalSizes;
}
