/**
 * Whether two terms agree for every value of their variables: exactly in a
 * prime field where both are algebraic, in floating point else. A difference
 * counts only where two differentiators agree on it.
 */
import { hashString, type Random } from "../base/random";
import { type Cell, degreeBound, evaluateModular, evaluateReal, fewestChoices, type Field, field, isZero, NotExact, PRIMES, Redraw, Sheet, sub, type Term, TooLarge, ZeroDivisor } from "../tensor";
import { drawAll, drawVariable, fewestAlternatives, hasFewValues, realNumbers, residues, variablesOf, type Domain, type Drawing, type Numbers } from "./draw";

export interface Pair {
  readonly left: Term;
  readonly right: Term;
}

export interface Difference {
  /** Flat index of the entry, axes of free indices first. */
  readonly entry: number;
  readonly left: number;
  readonly right: number;
  readonly seed: number;
}

/** Where both sides were computed: a prime field, or real numbers (`prime` null). */
export interface Point {
  readonly seed: number;
  readonly prime: number | null;
  readonly domain: Domain;
}

export type Comparison =
  | { readonly status: "equal"; readonly method: "exact" | "numeric"; readonly trials: number; readonly errorBound: number; readonly point: Point }
  | { readonly status: "different"; readonly method: "exact" | "numeric"; readonly difference: Difference; readonly wrong: readonly boolean[]; readonly point: Point }
  | { readonly status: "undecided"; readonly why: string };

export interface CompareOptions extends Drawing {
  readonly seed: string;
  /** One side is written as 0. */
  readonly zeroStated: boolean;
}

/** What is zero on both sides says nothing: most often a derivative by something that does not occur. */
export const bothZero = "both sides are zero";
const noValues = "no values in the domain";

const exactTrials = 2;
/** Draws that must all give zero: a rectifier may be off at one of them. */
const zeroDraws = 4;
/** Values of a variable that has two, at all draws together: each is taken at some of them. */
const alternatives = 12;
/** Draws that must all divide by zero. */
const zeroDivisors = 3;
const realTrials = 2;
/** Choices that the terms make at all draws together: each branch is taken at some of them. */
const choices = 16;
const operations = 2_000_000;

/** `pairs`: the same claim by each differentiator. */
export function compare(pairs: readonly Pair[], options: CompareOptions): Comparison {
  if (pairs.every((pair) => isZero(pair.left) && isZero(pair.right)) && !options.zeroStated) return { status: "undecided", why: bothZero };
  const exact = exactly(pairs, options);
  if (exact?.status === "equal" || exact?.status === "undecided") return exact;
  const inside = numerically(pairs, options, domains);
  // What divides by a label has no value at any: there it is as it is between them.
  const numeric = inside.status === "undecided" && inside.why === noValues && hasFewValues(variablesOf(pairs.flatMap(({ left, right }) => [left, right])).keys(), options) ? numerically(pairs, options, ["between"]) : inside;
  if (numeric.status === "different" && exact?.status === "different") return { ...numeric, method: "exact" };
  // Random atoms cannot refute; and two ways that disagree decide nothing.
  if (exact?.status === "different" && numeric.status === "equal") return { status: "undecided", why: "the two computations disagree" };
  return numeric;
}

/** Equal in the field for every draw; "different" only where no random atoms took part. */
function exactly(pairs: readonly Pair[], options: CompareOptions): Comparison | null {
  const roots = pairs.flatMap((pair) => [pair.left, pair.right]);
  const discrete = alternativeDraws(variablesOf(roots), options);
  const wanted = Math.max(exactTrials, discrete);
  let errorBound = 1;
  let degree: number | null = null;
  let trials = 0;
  let zeros = 0;
  let divisors = 0;
  let point: Point = { seed: 0, prime: null, domain: "plain" };
  for (let attempt = 0; attempt < 40 + Math.min(zeros, 40) && trials < wanted; attempt++) {
    const prime = PRIMES[attempt % PRIMES.length] as number;
    const gf = field(prime);
    const seed = hashString(`${options.seed}:${attempt}`);
    try {
      const values = residuesOf(roots, gf, seed, options);
      const equal = pairs.map((_, i) => same(values[2 * i]?.data, values[2 * i + 1]?.data));
      if (!equal.every(Boolean)) return values.some((value) => value.usesAtoms) || equal.some(Boolean) ? null : { status: "different", method: "exact", difference: { entry: 0, left: 0, right: 0, seed }, wrong: [], point: { seed, prime, domain: "plain" } };
      if (!options.zeroStated && areZero(values)) {
        if (++zeros >= Math.max(zeroDraws, discrete, branchDraws(roots)) && trials === 0) return { status: "undecided", why: bothZero };
        continue;
      }
      trials++;
      // Residues that stand for unknown values are this program's own; real numbers are everybody's.
      point = values.some((value) => value.usesAtoms) ? { seed: hashString(`${options.seed}:real:0`), prime: null, domain: "unit" } : { seed, prime, domain: "plain" };
      degree ??= Math.max(...pairs.map((pair) => degreeBound(sub(pair.left, pair.right))));
      // Where a variable has two values, half of the draws may miss a difference.
      errorBound *= Math.min(1, Math.max(degree / prime, discrete ? 1 / 2 : 0));
    } catch (error) {
      // A divisor that is zero at every point is so by what it is.
      if (error instanceof ZeroDivisor && ++divisors === zeroDivisors && attempt < zeroDivisors && !hasFewValues(variablesOf(roots).keys(), options)) return null;
      if (error instanceof Redraw) continue;
      if (error instanceof NotExact || error instanceof TooLarge) return null;
      throw error;
    }
  }
  return trials === wanted ? { status: "equal", method: "exact", trials, errorBound, point } : null;
}

/** The sides have most of their parts in common, so that a sheet does; a program, simplified as a whole, where it gets too large. */
function residuesOf(roots: readonly Term[], gf: Field, seed: number, options: CompareOptions): Cell[] {
  const numbers = (source: Random): Numbers => residues(source, gf);
  try {
    const sheet = new Sheet(gf, ({ name, shape }) => drawVariable(name, shape, seed, numbers, options), { seed, limit: operations });
    return roots.map((root) => sheet.value(root));
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    return evaluateModular(roots, drawAll(variablesOf(roots), seed, numbers, options), gf, { seed, limit: operations }).map(({ data, usedAtoms }) => ({ data, usesAtoms: usedAtoms }));
  }
}

function areZero(values: readonly { readonly data: Float64Array }[]): boolean {
  return values.every((value) => value.data.every((entry) => entry === 0));
}

function same(a: Float64Array | undefined, b: Float64Array | undefined): boolean {
  return a !== undefined && b !== undefined && a.length === b.length && a.every((value, i) => value === b[i]);
}

/** The last ones are for functions of matrices that most matrices have no value of. */
const domains: readonly Domain[] = ["plain", "positive", "unit", "plain", "dominant", "dominant"];

/** Float64 with the evaluation's own error bounds: a difference within them is none, one far beyond them is one. */
function numerically(pairs: readonly Pair[], options: CompareOptions, domains: readonly Domain[]): Comparison {
  const roots = pairs.flatMap((pair) => [pair.left, pair.right]);
  const variables = variablesOf(roots);
  let trials = 0;
  let zeros = 0;
  let worst = 0;
  let vague = false;
  let silent = false;
  let point: Point = { seed: 0, prime: null, domain: "plain" };
  const discrete = alternativeDraws(variables, options);
  const wanted = Math.max(realTrials, discrete, branchDraws(roots));
  // Where both sides are zero, nothing is shown.
  for (let attempt = 0; attempt < 10 + wanted + Math.min(zeros, 2 * wanted) && trials < wanted; attempt++) {
    const domain = domains[attempt % domains.length] as Domain;
    const seed = hashString(`${options.seed}:real:${attempt}`);
    let values;
    try {
      values = evaluateReal(roots, drawAll(variables, seed, (source) => realNumbers(source, domain), options), { limit: operations });
    } catch (error) {
      if (error instanceof TooLarge) return { status: "undecided", why: "too large" };
      throw error;
    }
    if (values.some((value) => value.data.some((entry) => !Number.isFinite(entry)))) continue;
    const outcomes = pairs.map((_, i) => judge(values[2 * i] as RealValue, values[2 * i + 1] as RealValue));
    if (!options.zeroStated && areZero(values)) {
      if (++zeros >= Math.max(zeroDraws, wanted) && trials === 0) return { status: "undecided", why: bothZero };
      continue;
    }
    if (outcomes.some((outcome) => outcome.status === "silent")) {
      silent = true;
      continue;
    }
    if (outcomes.every((outcome) => outcome.status === "equal")) {
      trials++;
      point = { seed, prime: null, domain };
      worst = Math.max(worst, ...outcomes.map((outcome) => (outcome.status === "equal" ? outcome.error : 0)));
      continue;
    }
    const [first] = outcomes;
    if (first?.status === "different" && outcomes.every((outcome) => outcome.status === "different")) {
      return { status: "different", method: "numeric", difference: { entry: first.entry, left: first.left, right: first.right, seed }, wrong: first.wrong, point: { seed, prime: null, domain } };
    }
    vague = true;
  }
  if (trials > 0 && !vague) return { status: "equal", method: "numeric", trials, errorBound: worst, point };
  return { status: "undecided", why: vague || silent ? "within rounding" : noValues };
}

/** Values that lie so many bounds apart differ, whatever a bound may have missed; those between are called vague. */
const plainly = 4000;
/** A bound that is not that much smaller than the values says nothing about them. */
const telling = 1e-6;

/** Draws that take both values of the variables that have two; none where there are none. */
function alternativeDraws(variables: ReadonlyMap<string, readonly number[]>, drawing: Drawing): number {
  const fewest = fewestAlternatives(variables, drawing);
  return fewest ? Math.ceil(alternatives / fewest) : 0;
}

/** Draws that take each branch of the terms; none where they have none. */
function branchDraws(roots: readonly Term[]): number {
  const fewest = fewestChoices(roots);
  return fewest ? Math.ceil(choices / fewest) : 0;
}

interface RealValue {
  readonly data: Float64Array;
  readonly error: Float64Array | number;
}

type Judged = { readonly status: "equal"; readonly error: number } | { readonly status: "different"; readonly entry: number; readonly left: number; readonly right: number; readonly wrong: boolean[] } | { readonly status: "vague" | "silent" };

function judge(left: RealValue, right: RealValue): Judged {
  const wrong: boolean[] = [];
  let error = 0;
  let vague = false;
  let silent = false;
  for (let i = 0; i < left.data.length; i++) {
    const [a, b] = [left.data[i] as number, right.data[i] as number];
    const bound = boundAt(left, right, i) + Number.MIN_VALUE;
    const gap = Math.abs(a - b);
    if (!(bound <= telling * Math.max(1, Math.abs(a), Math.abs(b)))) {
      silent = true;
      wrong.push(false);
      continue;
    }
    wrong.push(gap > bound);
    if (gap <= bound) error = Math.max(error, bound);
    else if (gap < plainly * bound) vague = true;
  }
  const entry = wrong.indexOf(true);
  if (entry < 0) return vague || silent ? { status: vague ? "vague" : "silent" } : { status: "equal", error };
  const clear = wrong.some((flag, i) => flag && Math.abs((left.data[i] as number) - (right.data[i] as number)) > plainly * boundAt(left, right, i));
  if ((vague || silent) && !clear) return { status: "vague" };
  return { status: "different", entry, left: left.data[entry] as number, right: right.data[entry] as number, wrong };
}

function boundAt(left: RealValue, right: RealValue, i: number): number {
  return errorAt(left, i) + errorAt(right, i);
}

function errorAt(value: RealValue, i: number): number {
  return typeof value.error === "number" ? value.error : (value.error[i] ?? 0);
}
