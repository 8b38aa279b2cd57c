/**
 * Integrals as linear functionals. Over a whole space an integral is a sum over
 * finitely many points with positive weights, both arbitrary, so that what holds
 * for it holds for every measure: it is linear, commutes with derivatives by
 * anything but its variable, and the variable may have any name. Between bounds it
 * is Φ(b) − Φ(a), where Φ is exact for polynomials of low degree and has the
 * integrand at b for its derivative. What holds for Lebesgue's measure alone
 * (Gaussians, integration by parts) is not found to hold.
 */
import { childrenOf, derivativesIn, type Expr, type SymbolExpr, symbolsIn } from "../semantics/expression";
import { taggedKey } from "../semantics/symbols/key";
import { add, constant, contract, full, inverse, jacobian, mul, replace, scale, sub, type Term, topological, variable } from "../tensor";
import type { Lowering } from "./lower";
import { guessedShape } from "./unknowns";
import { type Axis, type Env, isScalar, termOf, type Value } from "./value";

type Integral = Expr & { readonly kind: "integral" };

/** So many that second moments have full rank at the sizes that come first. */
const points = 5;

/** What an integral goes over: all of a space, or from one number to another. */
interface Extent {
  /** Integrals over the same are the same functional. */
  readonly over: string;
  /** The numbers between which it is taken; null: at infinity. */
  readonly ends: readonly [Value | null, Value | null] | null;
}

export function lowerIntegral(lowering: Lowering, expr: Integral): Value {
  const { variable: letter, body } = expr;
  if (!letter || letter.subscripts.length) return lowering.fail("unsupported", "an integral", expr);
  if (movesAlong(body, letter)) return lowering.fail("unsupported", "an integral of a derivative by its variable", expr);
  lowering.guessed.add("∫");
  return integrate(lowering, [letter], extentOf(lowering, expr), () => lowering.lower(body));
}

/** The integral over a whole space of what is made while `letters` stand for its points. */
export function integrateOver(lowering: Lowering, letters: readonly SymbolExpr[], body: () => Value): Value {
  return integrate(lowering, letters, { over: "", ends: null }, body);
}

function integrate(lowering: Lowering, letters: readonly SymbolExpr[], { over, ends }: Extent, make: () => Value): Value {
  const letter = letters[0] as SymbolExpr;
  const shape = ends ? [] : shapeOf(lowering, letter);
  const axis = lowering.newAxis("∫", String(points));
  const name = lowering.newName("∫");
  const placeholder = (env: Env): Term => variable(name, [points, ...shape.map(env.size)]);
  const nodes: Value = { free: [axis], shape, make: placeholder };
  const body = lowering.within(letters.map((one) => [taggedKey(one), { kind: "argument", value: nodes }] as const), make);
  const rest = body.free.filter((other) => other.name !== axis.name);
  const spread = lowering.algebra.withFree(body, [axis, ...rest]);
  const key = `${over}:${shape.map((dim) => lowering.classes.find(dim)).join("×")}`;
  const value = (env: Env): Term => {
    const integrand: Integrand = { term: termOf(spread, env), letter: placeholder(env) };
    if (!ends) return whole(integrand, key);
    const [low, high] = ends.map((end) => (end ? endingAt(integrand, termOf(end, env), env) : whole(integrand, key))) as [Term, Term];
    return ends[0] ? sub(high, low) : high;
  };
  return { free: rest, shape: body.shape, make: value };
}

function shapeOf(lowering: Lowering, letter: SymbolExpr): readonly string[] {
  const entity = lowering.resolve(letter)?.entity;
  return entity?.shape ?? guessedShape(lowering, letter, letter);
}

export function isOfIntegral({ name }: Axis): boolean {
  return name.startsWith("∫");
}

/** The values of what is integrated along the first axis, one for each point of the letter. */
interface Integrand {
  readonly term: Term;
  readonly letter: Term;
}

function whole(integrand: Integrand, key: string): Term {
  const weights = variable(`∫w:${key}`, [points]);
  return summed(integrand, variable(`∫x:${key}`, integrand.letter.shape), mul(weights, weights));
}

function summed({ term, letter }: Integrand, nodes: Term, weights: Term): Term {
  const axes = term.shape.map((_, axis) => axis);
  return contract([axes, [0]], axes.slice(1), [replace(term, new Map([[letter, nodes]])), weights], term.shape.slice(1));
}

/**
 * Φ(b), of which any two with the same b are the same. As b moves, the integrand
 * g there is its rate: Φ(s) + (b − s) g(b) − (b − s)² g′(b) / 2 has Φ′ = g(b) and
 * Φ″ = g′(b) at b = s; the letter s becomes b once all derivatives are taken.
 */
function endingAt(integrand: Integrand, end: Term, env: Env): Term {
  const [still, nodes] = lettersOf(end);
  env.ends.set(still, end);
  const moved = sub(end, still);
  const at = valueAt(integrand, end);
  const rate = rateAt(integrand, end);
  return add(summed(integrand, nodes, exactWeights(nodes, still)), times(moved, at), times(scale(mul(moved, moved), -1, 2), rate));
}

/** The letter of an end, and the points up to it. */
function lettersOf(end: Term): [Term, Term] {
  const name = `∫end:${end.hash}`;
  return [variable(name, []), variable(`∫x:${name}`, [points])];
}

/** A value with other terms in the place of some, and so with other ends of its integrals. */
export function substitute(term: Term, by: ReadonlyMap<Term, Term>, { ends }: Env): Term {
  const all = new Map(by);
  for (const [letter, end] of [...ends]) {
    const moved = replace(end, all);
    if (moved === end) continue;
    const [still, nodes] = lettersOf(moved);
    ends.set(still, moved);
    all.set(letter, still).set(lettersOf(end)[1], nodes);
  }
  return replace(term, all);
}

/** Σ wₖ xₖᵐ = sᵐ⁺¹ / (m + 1) for all m below the number of points. */
function exactWeights(nodes: Term, end: Term): Term {
  const powers = (x: Term, shape: readonly number[]): Term[] => Array.from({ length: points }, (_, m) => Array.from({ length: m }, () => x).reduce(mul, full(shape, 1)));
  const unit = (m: number): Term => constant([points], Array.from({ length: points }, (_, k) => (k === m ? 1 : 0)));
  const rows = powers(nodes, [points]).map((row, m) => contract([[0], [1]], [0, 1], [unit(m), row]));
  const moments = powers(end, []).map((power, m) => contract([[], [0]], [0], [scale(mul(power, end), 1, m + 1), unit(m)]));
  return contract([[0, 1], [1]], [0], [inverse(add(...rows)), add(...moments)]);
}

function valueAt({ term, letter }: Integrand, at: Term): Term {
  const everywhere = contract([[], [0]], [0], [at, full([points], 1)]);
  const axes = term.shape.map((_, axis) => axis);
  return scale(contract([axes], axes.slice(1), [replace(term, new Map([[letter, everywhere]]))], term.shape.slice(1)), 1, points);
}

function rateAt(integrand: Integrand, at: Term): Term {
  const moving = variable("∫at", []);
  return replace(jacobian(valueAt(integrand, moving), moving), new Map([[moving, at]]));
}

function times(factor: Term, term: Term): Term {
  const axes = term.shape.map((_, axis) => axis);
  return contract([[], axes], axes, [factor, term], term.shape);
}

/** What the letters of ends stand for once all derivatives are taken: the last first, since ends may be integrals. */
export function settle(term: Term, { ends }: Env): Term {
  return [...ends].reverse().reduce((rest, end) => replace(rest, new Map([end])), term);
}

/** Whether a functional is left in terms: nothing is where an integral is differentiated by its bound. */
export function leavesIntegrals(terms: readonly Term[]): boolean {
  return topological(terms).some((term) => term.kind === "variable" && /^∫[wx]:/.test(term.name));
}

function extentOf(lowering: Lowering, { from, to, measure }: Integral): Extent {
  if (!from || !to || measure) return { over: `${measure ?? ""}${from && !isSpace(from) ? ` ${textOf(from)}` : ""}`, ends: null };
  const ends = [from, to].map((end) => (isInfinite(end) ? null : lowering.lower(end))) as [Value | null, Value | null];
  if (ends.some((end) => end && (!isScalar(end) || end.free.length))) return lowering.fail("unsupported", "bounds of an integral that are no numbers", from);
  return ends[0] || ends[1] ? { over: "", ends: [isInfinite(from) ? null : ends[0], ends[1]] } : { over: "", ends: null };
}

function isInfinite(end: Expr): boolean {
  const sign = end.kind === "sum" && end.terms.length === 1 ? end.terms[0]?.expr : end;
  return sign?.kind === "symbol" && sign.name === "infty";
}

/** `\mathbb R^n`, `\mathcal X`, `\Omega`: all there is. */
function isSpace(domain: Expr): boolean {
  const base = domain.kind === "power" ? domain.base : domain;
  return base.kind === "symbol" && (base.font === "mathbb" || base.font === "mathcal" || base.name === "Omega" || taggedKey(base) === "R");
}

function textOf(domain: Expr): string {
  return domain.kind === "symbol" ? taggedKey(domain) : symbolsIn(domain).map(taggedKey).join();
}

/** Whether a derivative by the letter is integrated: what holds of it holds of one measure. */
function movesAlong(body: Expr, letter: SymbolExpr): boolean {
  const has = (expr: Expr): boolean => symbolsIn(expr, false).some((symbol) => taggedKey(symbol) === taggedKey(letter));
  return derivativesIn(body).some(({ wrt, of }) => (wrt.length ? wrt : [of]).some(has)) || primed(body).some((args) => args.some(has));
}

function primed(expr: Expr): (readonly Expr[])[] {
  return [...(expr.kind === "apply" && expr.primes ? [expr.args] : []), ...childrenOf(expr).flatMap(primed)];
}
