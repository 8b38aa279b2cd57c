/**
 * What the core computes for a derivative, as a person would write it: taken at
 * two assignments of sizes, put in closed form in the notes' spelling, and held
 * against the derivative itself before it is shown.
 */
import type { InCode } from "../base/statement";
import { isParametric } from "../readings/parametric";
import type { Reading } from "../readings/reading";
import type { Env } from "../readings/value";
import { childrenOf, type Expr } from "../semantics/expression";
import type { Model } from "../semantics/model";
import type { Entity } from "../semantics/symbols/entity";
import { type ClosedForm, closedForm, type Spelling } from "../symbolic";
import { attemptValue } from "./attempt";
import type { Claim } from "./claim";
import type { Conclusion } from "./conclusion";
import { spellingOf } from "./spelling";
import { derivedForm } from "./steps";
import { lettersOf, type Made, means, quietly, trialsOf } from "./sized";

/** A closed form as it is shown. */
export interface Displayed {
  readonly latex: string;
  readonly inCode: InCode;
}

export function displayed({ latex, numpy, torch, jax }: ClosedForm): Displayed {
  return { latex, inCode: { numpy, pytorch: torch, jax } };
}

/** The closed form of one expression of a claim; null where there is no short one, or where it says no more than the expression. */
export function computedForm(model: Model, claim: Claim, reading: Reading, of: Expr, asked = false): ClosedForm | null {
  const made = quietly(() => attemptValue(model, claim, reading, of, asked));
  return made && formOf(model, claim, of, made, reading, asked);
}

/** What is shown beside a judged statement: its left side, in the document's layout where that is another. */
export function judgedForm(model: Model, claim: Claim, conclusion: Conclusion, home: Reading): ClosedForm | null {
  const { left } = claim;
  // A wrong right side cannot be held against a left side that asks for nothing.
  if (conclusion.verdict === "unchecked" || (conclusion.verdict === "refuted" && !asksForSomething(left))) return null;
  const { attempt, reading } = conclusion;
  if (conclusion.verdict === "convention") return computedForm(model, claim, home, left) ?? computedForm(model, claim, reading, left);
  const sides = attempt.outcome === "compared" && attempt.sides.lowering.reading.watch.of === reading ? attempt.sides : null;
  return sides ? formOf(model, claim, left, { value: sides.left, lowering: sides.lowering }, reading) : computedForm(model, claim, reading, left);
}

export function asksForSomething(expr: Expr): boolean {
  return expr.kind === "derivative" || expr.kind === "differential" || childrenOf(expr).some(asksForSomething);
}

/** The same for a value that is there already. */
function formOf(model: Model, claim: Claim, of: Expr, made: Made, reading: Reading, asked = false): ClosedForm | null {
  const form = quietly(() => verifiedForm(model, claim, made)) ?? quietly(() => derivedForm(model, claim, reading, of, asked));
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

function verifiedForm(model: Model, claim: Claim, made: Made): ClosedForm | null {
  const standIns = [...made.lowering.drawn.keys()].filter((name) => name.includes("·"));
  // What stands in for an arbitrary function has coefficients that the notes do not know.
  if (standIns.some((name) => !isParametric(name))) return null;
  // Forward mode keeps dA/dt of A(t) in one piece, and takes an array along one direction where reverse mode takes each of its entries.
  const reverse = standIns.length ? null : formBy("reverse", model, claim, made);
  return reverse ?? (standIns.length || made.value.shape.length ? formBy("forward", model, claim, made) : null);
}

function formBy(mode: Env["mode"], model: Model, claim: Claim, { value, lowering }: Made): ClosedForm | null {
  const trials = trialsOf(value, lowering, mode);
  const letters = lettersOf(value, trials[0].term);
  const spelling: Spelling = { ...spellingOf(model, claim, lowering, trials), ...(letters.length ? { free: letters } : {}) };
  const form = closedForm(trials[0].term, trials[1].term, spelling);
  if (!form) return null;
  if (!means(form, [trials[0].term, trials[1].term], lowering, `closed:${claim.located.formula}`)) return null;
  return value.shape.length > 2 ? { ...form, latex: asTensor(form.latex, letters.slice(value.free.length)) } : form;
}

/** The array with these entries: indices of what is differentiated, then of what it is differentiated by. */
function asTensor(entry: string, letters: readonly string[]): string {
  const half = letters.length / 2;
  return `\\left[${entry}\\right]_{${[letters.slice(0, half), letters.slice(half)].map((list) => list.join("")).join(",")}}`;
}
