/**
 * What the core computes for a derivative, as a person would write it: taken at
 * two assignments of sizes, put in closed form in the notes' spelling, and held
 * against the derivative itself before it is shown.
 */
import type { InCode } from "../base/statement";
import type { Lowering } from "../readings/lower";
import type { Reading } from "../readings/reading";
import { type Env, termOf, type Value } from "../readings/value";
import { childrenOf, type Expr } from "../semantics/expression";
import type { Model } from "../semantics/model";
import type { Entity } from "../semantics/symbols/entity";
import { greekLike } from "../semantics/symbols/key";
import { type ClosedForm, closedForm, termOfExpression, type Spelling } from "../symbolic";
import type { Term } from "../tensor";
import { attemptValue, type Claim } from "./attempt";
import { compare, type Comparison } from "./compare";
import type { Conclusion } from "./judge";
import { Sizes } from "./sizes";
import { spellingOf } from "./spelling";

/** A value under a reading, and the lowering that made it. */
export interface Made {
  readonly value: Value;
  readonly lowering: Lowering;
}

/** A closed form as it is shown. */
export interface Displayed {
  readonly latex: string;
  readonly inCode: InCode;
}

export function displayed({ latex, numpy, torch, jax }: ClosedForm): Displayed {
  return { latex, inCode: { numpy, pytorch: torch, jax } };
}

/** One assignment of sizes. */
export interface Trial {
  readonly sizes: Sizes;
  readonly env: Env;
  readonly term: Term;
}

/** The closed form of one expression of a claim; null where there is no short one, or where it says no more than the expression. */
export function computedForm(model: Model, claim: Claim, reading: Reading, of: Expr, asked = false): ClosedForm | null {
  const made = quietly(() => attemptValue(model, claim, reading, of, asked));
  return made && formOf(model, claim, of, made);
}

/** What is shown beside a judged statement: its left side, in the document's layout where that is another. */
export function judgedForm(model: Model, claim: Claim, conclusion: Conclusion, home: Reading): ClosedForm | null {
  const { left } = claim;
  // A wrong right side cannot be held against a left side that asks for nothing.
  if (conclusion.verdict === "unchecked" || (conclusion.verdict === "refuted" && !asksForSomething(left))) return null;
  const { attempt, reading } = conclusion;
  if (conclusion.verdict === "convention") return computedForm(model, claim, home, left) ?? computedForm(model, claim, reading, left);
  const sides = attempt.outcome === "compared" && attempt.sides.lowering.reading === reading ? attempt.sides : null;
  return sides ? formOf(model, claim, left, { value: sides.left, lowering: sides.lowering }) : computedForm(model, claim, reading, left);
}

export function asksForSomething(expr: Expr): boolean {
  return expr.kind === "derivative" || expr.kind === "differential" || childrenOf(expr).some(asksForSomething);
}

/** The same for a value that is there already. */
function formOf(model: Model, claim: Claim, of: Expr, made: Made): ClosedForm | null {
  const form = quietly(() => verifiedForm(model, claim, made));
  const source = model.document.formulas[claim.located.formula]?.source.text.slice(of.start, of.end) ?? "";
  const plain = (latex: string): string => latex.replace(/\s+|[{}]/g, "");
  return form && plain(form.latex) !== plain(source) ? form : null;
}

/** The sizes of a defined symbol, worked out from its definition; null where they cannot be. */
export function definedShape(model: Model, entity: Entity, reading: Reading): readonly string[] | null {
  const located = entity.definition ? model.located[entity.definition.assertion] : undefined;
  if (!located || entity.definition?.kind !== "value") return null;
  const made = quietly(() => attemptValue(model, { located: { ...located, id: -1 }, link: 0, left: entity.symbol, right: entity.symbol, proportional: false }, reading, entity.symbol));
  return made && !made.value.free.length ? made.value.shape.map((dim) => made.lowering.classes.find(dim)) : null;
}

/** Nothing that goes wrong here takes anything from a verdict. */
export function quietly<T>(make: () => T): T | null {
  try {
    return make();
  } catch {
    return null;
  }
}

function verifiedForm(model: Model, claim: Claim, { value, lowering }: Made): ClosedForm | null {
  // What stands in for an arbitrary function has coefficients that the notes do not know.
  if ([...lowering.drawn.keys()].some((name) => name.includes("·"))) return null;
  const trials = trialsOf(value, lowering);
  const letters = lettersOf(value, trials[0].term);
  const spelling: Spelling = { ...spellingOf(model, claim, lowering, trials), ...(letters.length ? { free: letters } : {}) };
  const form = closedForm(trials[0].term, trials[1].term, spelling);
  if (!form) return null;
  const outcomes = trials.map((trial, at) => outcome(form, trial.term, at as 0 | 1, lowering, `closed:${claim.located.formula}:${at}`));
  // At some sizes it may have no value: XᵀX of a wide X has no inverse.
  if (outcomes.includes("different") || !outcomes.includes("equal")) return null;
  return value.shape.length > 2 ? { ...form, latex: asTensor(form.latex, letters.slice(value.free.length)) } : form;
}

export function trialsOf(value: Value, lowering: Lowering): readonly [Trial, Trial] {
  const trialOf = (trial: number): Trial => {
    const sizes = new Sizes(lowering.classes, trial);
    const env: Env = { size: sizes.of, mode: "reverse", memo: new Map() };
    return { sizes, env, term: termOf(value, env) };
  };
  return [trialOf(0), trialOf(1)];
}

/** Whether a form means a term, for every value. */
export function outcome(form: Pick<ClosedForm, "expression" | "free">, term: Term, trial: 0 | 1, lowering: Lowering, seed: string): Comparison["status"] {
  const meant = termOfExpression(form.expression, trial, form.free);
  const sameShape = meant.shape.length === term.shape.length && meant.shape.every((size, axis) => size === term.shape[axis]);
  return sameShape ? compare([{ left: meant, right: term }], { drawn: lowering.drawn, extra: new Map(), seed, zeroStated: true }).status : "different";
}

/** The letters of a value's indices, and of all axes of a tensor. */
export function lettersOf({ free, shape }: Value, { shape: sizes }: Term): string[] {
  const own = free.map(({ name }) => name.replace(/#.*$/, "")).map((letter) => (greekLike(letter) && letter.length > 1 ? `\\${letter}` : letter));
  if (shape.length <= 2) return own;
  const unused = ["i", "j", "k", "l", "p", "q", "r", "s"].filter((letter) => !own.includes(letter));
  // An axis of size one says nothing: its letter is never printed.
  return [...own, ...shape.map((_, axis) => (sizes[free.length + axis] === 1 ? "" : (unused.shift() ?? "")))];
}

/** The array with these entries: indices of what is differentiated, then of what it is differentiated by. */
function asTensor(entry: string, letters: readonly string[]): string {
  const half = letters.length / 2;
  return `\\left[${entry}\\right]_{${[letters.slice(0, half), letters.slice(half)].map((list) => list.join("")).join(",")}}`;
}
