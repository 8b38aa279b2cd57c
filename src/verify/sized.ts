/**
 * A value of a claim as terms at two assignments of sizes, by which differentiator
 * it is to be, and whether an expression means the same at both.
 */
import type { Lowering } from "../readings/lower";
import { settle } from "../readings/integrals";
import { type Env, termOf, type Value } from "../readings/value";
import { greekLike } from "../semantics/symbols/key";
import { type Expression, type Letter, termOfExpression } from "../symbolic";
import type { Term } from "../tensor";
import { compare, type Comparison } from "./compare";
import { fullRanksFit } from "./decide";
import { assignments, Sizes } from "./sizes";

/** A value under a reading, and the lowering that made it. */
export interface Made {
  readonly value: Value;
  readonly lowering: Lowering;
}

/** One assignment of sizes. */
export interface Trial {
  readonly sizes: Sizes;
  readonly env: Env;
  readonly term: Term;
}

export function trialsOf(value: Value, lowering: Lowering, mode: Env["mode"] = "reverse"): readonly [Trial, Trial] {
  const all = Array.from({ length: assignments }, (_, trial) => new Sizes(lowering, trial));
  // Two at which what has full rank can have it: the forms of a tall matrix and of a wide one may differ.
  const fitting = all.filter((sizes) => fullRanksFit(lowering, sizes));
  const [first, second] = fitting.length > 1 ? fitting : all;
  const trialOf = (sizes: Sizes): Trial => {
    const env: Env = { size: sizes.of, mode, memo: new Map(), ends: new Map() };
    return { sizes, env, term: settle(termOf(value, env), env) };
  };
  return [trialOf(first as Sizes), trialOf(second as Sizes)];
}

export interface Meant {
  readonly expression: Expression;
  readonly free: readonly Letter[];
}

/** Whether a form means a term, for every value. */
function outcome(form: Meant, term: Term, trial: 0 | 1, lowering: Lowering, seed: string): Comparison["status"] {
  const meant = termOfExpression(form.expression, trial, form.free);
  const sameShape = meant.shape.length === term.shape.length && meant.shape.every((size, axis) => size === term.shape[axis]);
  return sameShape ? compare([{ left: meant, right: term }], { drawn: lowering.drawn, extra: new Map(), seed, zeroStated: true }).status : "different";
}

/** Whether an expression means these terms; at some sizes they may have no value: XᵀX of a wide X has no inverse. */
export function means(meant: Meant, terms: readonly [Term, Term], lowering: Lowering, seed: string): boolean {
  const outcomes = terms.map((term, at) => outcome(meant, term, at as 0 | 1, lowering, `${seed}:${at}`));
  return outcomes.includes("equal") && !outcomes.includes("different");
}

/** The letters of a value's indices, and of all axes of a tensor. */
export function lettersOf({ free, shape }: Value, { shape: sizes }: Term): string[] {
  const own = free.map(({ name }) => name.replace(/#.*$/, "")).map((letter) => (greekLike(letter) && letter.length > 1 ? `\\${letter}` : letter));
  if (shape.length <= 2) return own;
  const unused = ["i", "j", "k", "l", "p", "q", "r", "s"].filter((letter) => !own.includes(letter));
  // An axis of size one says nothing: its letter is never printed.
  return [...own, ...shape.map((_, axis) => (sizes[free.length + axis] === 1 ? "" : (unused.shift() ?? "")))];
}

/** Nothing that goes wrong here takes anything from a verdict. */
export function quietly<T>(make: () => T): T | null {
  try {
    return make();
  } catch {
    return null;
  }
}
