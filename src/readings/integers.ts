/**
 * Whole numbers that letters make together: `t-k`, `T-i`, `n-1`. Letters that
 * run along axes, sizes and numbers, each added or subtracted; as positions,
 * exponents and bounds.
 */
import { combineHash, hashString } from "../base/random";
import { unravel } from "../base/unravel";
import { letterOfLabel } from "../semantics/class-labels";
import type { Expr } from "../semantics/expression";
import { taggedKey } from "../semantics/symbols/key";
import { atomsOf, sizeKey } from "../semantics/symbols/sizes";
import { constant, type Term } from "../tensor";
import type { Lowering } from "./lower";
import type { Axis, Env, Value } from "./value";

export interface Integer {
  readonly axes: readonly { readonly axis: Axis; readonly sign: 1 | -1; readonly label?: Label }[];
  readonly sizes: readonly { readonly key: string; readonly sign: 1 | -1 }[];
  readonly shift: number;
}

/** The class of each place along an axis, as in `y_i`: a letter, and how many classes there are. */
export interface Label {
  readonly letter: string;
  readonly classes: string;
}

/** Null where something in it is neither. */
export function integerOf(lowering: Lowering, expr: Expr): Integer | null {
  const [axes, sizes]: [Integer["axes"][number][], Integer["sizes"][number][]] = [[], []];
  let shift = 0;
  for (const { sign, expr: term } of expr.kind === "sum" ? expr.terms : [{ sign: 1 as const, expr }]) {
    const bound = term.kind === "symbol" && !term.subscripts.length ? lowering.scope.get(taggedKey(term)) : undefined;
    const key = bound?.kind === "value" ? bound.key : sizeKey(term);
    const labelled = labelOf(lowering, term);
    if (labelled) axes.push({ ...labelled, sign });
    else if (bound?.kind === "axis") axes.push({ axis: bound.axis, sign });
    else if (term.kind === "number" && term.denominator === 1) shift += sign * term.numerator;
    else if (key && (bound || atomsOf(key).every((atom) => lowering.model.table.sizeNames.has(atom) && !lowering.scope.has(atom)))) sizes.push({ key, sign });
    else return null;
  }
  return { axes, sizes, shift };
}

/** The axes that it runs along, each once. */
export function axesOf({ axes }: Integer): Axis[] {
  return distinct(axes.map(({ axis }) => axis));
}

export function distinct(axes: readonly Axis[]): Axis[] {
  return axes.filter((axis, i) => axes.findIndex((other) => other.name === axis.name) === i);
}

/** Its value where each of its axes is at a place, counted from zero. */
export function integerAt({ axes, sizes, shift }: Integer, env: Env, placeOf: (axis: Axis) => number): number {
  const constantPart = sizes.reduce((total, { key, sign }) => total + sign * env.size(key), shift);
  return axes.reduce((total, { axis, sign, label }) => total + sign * ((label ? classAt(label, env, placeOf(axis)) : placeOf(axis)) + (axis.origin ?? 1)), constantPart);
}

/** `y_i`, `y^{(i)}` where i runs along an axis. */
export function labelOf(lowering: Lowering, expr: Expr): { readonly axis: Axis; readonly label: Label } | null {
  const letter = expr.kind === "symbol" ? letterOfLabel(expr.name) : null;
  const bound = letter === null ? undefined : lowering.scope.get(letter);
  if (expr.kind !== "symbol" || bound?.kind !== "axis") return null;
  const name = expr.name.charAt(0);
  const classes = lowering.ranges.get(`class ${name}`) ?? lowering.classes.unknown();
  lowering.ranges.set(`class ${name}`, classes);
  return { axis: bound.axis, label: { letter: name, classes } };
}

/** One class or another at each place, counted from zero; each of them once before any comes again. */
export function classAt({ letter, classes }: Label, env: Env, place: number): number {
  const count = env.size(classes);
  const seed = hashString(letter);
  return (place < count ? seed + place : combineHash(seed, place)) % count;
}

/** Calls for every combination of places along some axes, the last running fastest. */
export function everywhere<T>(axes: readonly Axis[], env: Env, make: (placeOf: (axis: Axis) => number) => T): T[] {
  const lengths = axes.map((axis) => env.size(axis.range));
  return Array.from({ length: lengths.reduce((all, n) => all * n, 1) }, (_, flat) => {
    const places = unravel(flat, lengths);
    return make(({ name }) => places[axes.findIndex((axis) => axis.name === name)] as number);
  });
}

/** One where something holds of integers, else zero. */
export function indicatorOf(integers: readonly Integer[], holds: (...values: number[]) => boolean): Value {
  const free = distinct(integers.flatMap(axesOf));
  const make = (env: Env): Term => constant(free.map((axis) => env.size(axis.range)), everywhere(free, env, (placeOf) => (holds(...integers.map((one) => integerAt(one, env, placeOf))) ? 1 : 0)));
  return { free, shape: [], make };
}

/** A claim says nothing of where one integer is above another: no power is meant below zero, no product ends long before it begins. */
export function confine(lowering: Lowering, low: Integer, high: Integer): void {
  const free = distinct([low, high].flatMap(axesOf));
  if (free.length && !free.some(({ summed }) => summed)) lowering.domains.set(JSON.stringify([low, high]), indicatorOf([low, high], (a, b) => (a) <= (b)));
}

export function plainInteger(value: number): Integer {
  return { axes: [], sizes: [], shift: value };
}
