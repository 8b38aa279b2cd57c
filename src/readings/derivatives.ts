/**
 * Derivatives under a reading: what is differentiated with respect to which
 * node of the term graph, and in which layout the result stands.
 */
import { childrenOf, type Derivative, type Expr, isInverse, type SymbolExpr, symbolsIn, wordOf } from "../semantics/expression";
import { taggedKey } from "../semantics/symbols/key";
import { dependsOn, inverse, type Term, variable } from "../tensor";
import { lowerDirectional } from "./directional";
import { heldFixed } from "./entities";
import { applyNamed, canonical } from "./functions";
import { coordinates, impliedVariables } from "./implied-variables";
import { isImplicit, movedImplicitly } from "./implicit";
import { substitute } from "./integrals";
import { differentiate, hessian, rawJacobian } from "./jacobians";
import { lossOfLastLayer } from "./losses";
import type { Lowering } from "./lower";
import { assembled } from "./matrices";
import { listedArguments } from "./applications";
import { functionAsApplied, functionAt, numeratorOf } from "./numerators";
import { mapped } from "./operations";
import { squareOf } from "./powers";
import { primeDerivative } from "./primes";
import { formerParameter } from "./reparametrised";
import { isTime, timeDerivative } from "./rates";
import { same } from "../base/same";
import { stripTranspose, type Target, targetOf, unprimed } from "./targets";
import { type Env, isScalar, termOf, type Value } from "./value";

export function lowerDerivative(lowering: Lowering, expr: Derivative): Value {
  if (expr.notation === "prime" || expr.notation === "dot") return primeDerivative(lowering, expr);
  const directional = lowerDirectional(lowering, expr);
  if (directional) return directional;
  if (expr.along) return lowering.lower(asProduct(expr, expr.along));
  const placed = atArgument(lowering, expr);
  if (placed) return lowering.lower(placed);
  const numbers = numbersBelow(lowering, expr);
  if (numbers) return byNumbers(lowering, expr, numbers);
  const wrt = (expr.wrt.length ? expr.wrt : impliedVariables(lowering, expr)).map((one) => unprimed(lowering, one));
  const [time] = wrt;
  if (expr.order > 1 && time && isTime(lowering, time)) return timeDerivative(lowering, numeratorOf(lowering, expr.of, expr), expr.order, [time], expr);
  if (expr.order === 2 || wrt.length === 2) {
    const [first, second] = [wrt[0], wrt[1] ?? wrt[0]];
    if (!first || !second || wrt.length > 2) return lowering.fail("unsupported", "a derivative of this order", expr);
    const inner = lowerOne(lowering, expr.of, stripTranspose(first), expr);
    const target = argumentTarget(lowering, expr.of, stripTranspose(second));
    return holding(expr.total ? [] : otherParameters(lowering, expr.of, stripTranspose(second)), inner, target, (fixed) => hessian(lowering, fixed, target, expr));
  }
  if (expr.order > 1 || wrt.length !== 1) return lowering.fail("unsupported", "a derivative of this order", expr);
  return lowerOne(lowering, expr.of, wrt[0] as Expr, expr);
}

/** The numbers that `\frac{\partial(x, y)}{\partial(r, s)}`, `Dg(r, s)`, `\nabla f(x, y)` and `\frac{df}{dx}` of f(x_1, x_2) are taken by. */
function numbersBelow(lowering: Lowering, expr: Derivative): readonly Expr[] | null {
  const { notation, wrt, of } = expr;
  const [only, ...more] = wrt;
  const written = only?.kind === "tuple" && !more.length ? only.items : null;
  const name = of.kind === "symbol" ? of : of.kind === "apply" ? of.fn : null;
  const fn = name && lowering.resolve(name)?.entity.definition;
  const implied = of.kind === "apply" ? ((fn?.kind === "function" && listedArguments(fn, of.args)) || of.args) : fn?.kind === "function" ? (fn.written ?? fn.params) : null;
  const members = of.kind === "symbol" && fn?.written && only?.kind === "symbol" && !only.subscripts.length && fn.written.every((member) => taggedKey(member) === taggedKey(only)) ? fn.written : null;
  const letters = written ?? members ?? (!wrt.length && ["nabla", "D", "jacobian", "hessian"].includes(notation) ? (implied ?? coordinates(lowering, of)) : null) ?? [];
  return letters.length > 1 && letters.every((letter) => letter.kind === "symbol" && isScalar(lowering.lower(letter))) ? letters : null;
}

/** A column for each number; of a number, the gradient or the matrix of its second derivatives. */
function byNumbers(lowering: Lowering, written: Derivative, letters: readonly Expr[]): Value {
  const expr = { ...written, of: atLetters(lowering, written.of, letters) };
  if (expr.order > 2) return lowering.fail("unsupported", "a derivative of this order", expr);
  if (expr.order === 2) return assembled(lowering, letters.map((first) => letters.map((second) => lowerDerivative(lowering, { ...expr, notation: "fraction", wrt: [first, second] }))), expr);
  const columns = letters.map((letter) => lowerOne(lowering, expr.of, letter, { ...expr, wrt: [letter] }));
  const isNamed = expr.notation === "jacobian" || expr.notation === "D";
  if (columns.every(isScalar)) return assembled(lowering, isNamed || lowering.reading.gradient === "numerator" ? [columns] : columns.map((one) => [one]), expr);
  const whole = assembled(lowering, [columns], expr);
  if (expr.of.kind === "tuple" && lowering.reading.lists === "determinant") return applyNamed(lowering, "det", [whole], expr);
  return isNamed || expr.of.kind === "tuple" || lowering.reading.jacobian === "numerator" ? whole : lowering.algebra.transpose(whole);
}

/** An argument of a function, or a coordinate, is known, whether the function turns out to depend on it or not. */
function argumentTarget(lowering: Lowering, of: Expr, wrt: Expr): Target {
  const { stranger, ...target } = targetOf(lowering, wrt);
  const isKnown = stranger === undefined || (of.kind === "apply" ? of.args : coordinates(lowering, of)).some((arg) => same(arg, wrt)) || standsBeside(lowering, of, wrt);
  return isKnown ? target : { ...target, stranger };
}

/** Z of `p(x) = \frac{q(x)}{Z}`, which that formula says is no function of x. */
function standsBeside(lowering: Lowering, of: Expr, wrt: Expr): boolean {
  const letters = symbolsIn(of, false).filter(({ name }) => wordOf(name) === undefined);
  const formulas = lowering.model.table.all.flatMap(({ definition }) => (definition?.kind === "function" && definition.params.some((param) => same(param, wrt)) ? [definition.expr] : []));
  return letters.length > 0 && letters.every((letter) => formulas.some((formula) => symbolsIn(formula, false).some((other) => same(other, letter)) && !isApplied(formula, letter)));
}

function isApplied(expr: Expr, letter: SymbolExpr): boolean {
  return (expr.kind === "apply" && same(expr.fn, letter)) || childrenOf(expr).some((child) => isApplied(child, letter));
}

/** A function f of several letters as f(x, y). */
function atLetters(lowering: Lowering, of: Expr, letters: readonly Expr[]): Expr {
  const definition = of.kind === "symbol" ? lowering.resolve(of)?.entity.definition : null;
  return of.kind === "symbol" && definition?.kind === "function" && definition.params.length === letters.length ? { kind: "apply", fn: of, args: letters, certain: true, primes: 0, start: of.start, end: of.end } : of;
}

/** `f'(x)[y]` where y is no direction: a product. */
function asProduct(expr: Derivative, along: readonly Expr[]): Expr {
  const { along: _, ...whole } = expr;
  return { kind: "product", factors: [whole, ...along], operators: along.map(() => ""), start: expr.start, end: expr.end };
}

/** `\nabla f(0)`, `\nabla f(x + s)`, `\nabla f(2, 1)`: the gradient of f, at what is no letter. */
function atArgument(lowering: Lowering, expr: Derivative): Expr | null {
  const { of, wrt } = expr;
  if (of.kind === "apply" && of.args.length > 1) return atArguments(lowering, expr, of);
  const [arg] = of.kind === "apply" && of.args.length === 1 ? of.args : [];
  if (of.kind !== "apply" || wrt.length || !arg || arg.kind === "transpose" || (arg.kind === "symbol" && arg.name !== "0")) return null;
  const entity = lowering.resolve(of.fn)?.entity;
  const definition = entity?.definition;
  const own = definition?.kind === "function" && definition.params.length === 1 ? definition.params[0] : undefined;
  const letter = own ?? (entity?.isFunction && !definition ? argumentOf(of.fn) : null);
  if (!letter) return null;
  const place = { start: arg.start, end: arg.end };
  return { kind: "at", body: { ...expr, of: { ...of, args: [letter] } }, where: [{ sides: [letter, arg], links: [{ operator: "=", ...place }], ...place }], start: expr.start, end: expr.end };
}

function atArguments(lowering: Lowering, expr: Derivative, of: Expr & { kind: "apply" }): Expr | null {
  const definition = lowering.resolve(of.fn)?.entity.definition;
  if (expr.wrt.length || definition?.kind !== "function" || definition.params.length !== of.args.length || of.args.every((arg) => arg.kind === "symbol")) return null;
  const place = { start: of.start, end: of.end };
  return { kind: "at", body: { ...expr, of: { ...of, args: definition.params } }, where: [{ sides: [{ kind: "tuple", items: of.args, ...place }], links: [], ...place }], start: expr.start, end: expr.end };
}

/** A letter of its own for the argument of a function without a formula. */
function argumentOf(fn: SymbolExpr): SymbolExpr {
  return { ...fn, name: `⟨argument of ${fn.name}⟩`, subscripts: [], tags: [], primes: 0 };
}

function lowerOne(lowering: Lowering, of: Expr, wrt: Expr, expr: Derivative): Value {
  const base = wrt.kind === "power" && !squareOf(lowering, wrt) ? wrt.base : (logarithmOf(wrt) ?? formerParameter(lowering, of, wrt));
  if (base && isScalar(lowering.lower(base))) return byMade(lowering, of, wrt, base, expr);
  const applied = functionAt(lowering, of, wrt) ?? functionAsApplied(lowering, of, wrt);
  if (applied) return lowerOne(lowering, applied, wrt, expr);
  if (isTime(lowering, wrt)) return timeDerivative(lowering, numeratorOf(lowering, of, expr), 1, [wrt], expr);
  const target = argumentTarget(lowering, of, wrt);
  const whole = lossOfLastLayer(lowering, of, wrt) ?? numeratorOf(lowering, of, expr);
  const moved = movedImplicitly(lowering, whole, isImplicit(lowering, of), expr, target.whole);
  if (moved) return moved.restored(differentiate(lowering, moved.value, target, expr, of.kind === "transpose"));
  if (isInverse(wrt)) return byInverse(whole, lowering.lower(wrt.base), target, (moved, by) => differentiate(lowering, moved, by, expr, of.kind === "transpose"));
  const held = lowering.reading.partial === "direct" ? heldFixed(lowering, of, target.whole) : [...otherArguments(lowering, of, wrt), ...(expr.total ? [] : otherParameters(lowering, of, wrt))];
  return holding(held, whole, target, (fixed) => differentiate(lowering, fixed, target, expr, of.kind === "transpose"));
}

/** `\partial\ell/\partial\Sigma^{-1}`: what is written with Σ itself depends on its inverse as well. */
function byInverse(whole: Value, base: Value, target: Target, differentiated: (moved: Value, by: Target) => Value): Value {
  const nodeOf = (env: Env): Term => termOf(target.whole, env);
  const letter = (env: Env): Term => variable(`inverse:${nodeOf(env).hash}`, nodeOf(env).shape);
  const moved: Value = { ...whole, make: (env) => substitute(termOf(whole, env), new Map([[nodeOf(env), letter(env)], [termOf(base, env), inverse(letter(env))]]), env) };
  const derivative = differentiated(moved, { ...target, whole: { ...target.whole, make: letter } });
  return { ...derivative, make: (env) => substitute(termOf(derivative, env), new Map([[letter(env), nodeOf(env)]]), env) };
}

/** The σ of `\log \sigma` and of `\log \sigma^2`. */
function logarithmOf(wrt: Expr): Expr | null {
  const [only, ...others] = wrt.kind === "apply" && wordOf(wrt.fn.name)?.fn === "log" ? wrt.args : [];
  const base = only?.kind === "power" && only.exponent.kind === "number" ? only.base : only;
  return base?.kind === "symbol" && !others.length ? base : null;
}

/** ∂y/∂σ², ∂y/∂log σ and ∂y/∂s of an s that is made of a number σ: (∂y/∂σ)/(∂s/∂σ). */
function byMade(lowering: Lowering, of: Expr, wrt: Expr, base: Expr, expr: Derivative): Value {
  const [inner, outer] = [lowerOne(lowering, of, base, expr), lowerOne(lowering, wrt, base, expr)];
  return lowering.algebra.scale(mapped("reciprocal", outer), inner);
}

/** ∂f(x, h, w)/∂w of a function that is written with w as one of its arguments holds the others fixed, whatever they depend on; `\max(x, ax)` is no function of two letters. */
function otherArguments(lowering: Lowering, of: Expr, wrt: Expr): Value[] {
  if (of.kind !== "apply" || of.args.length < 2 || ["max", "min", "atan2"].includes(canonical(of.fn.name)) || lowering.resolve(of.fn)?.entity.definition || !of.args.some((arg) => same(arg, wrt))) return [];
  return of.args.filter((arg) => !same(arg, wrt)).map((arg) => lowering.lower(arg));
}

/** ∂S/∂b of S(a, b) = … holds a fixed, also where the text solves for it: a = ȳ − b x̄. */
function otherParameters(lowering: Lowering, of: Expr, wrt: Expr): Value[] {
  const definition = of.kind === "symbol" ? lowering.resolve(of)?.entity.definition : null;
  const params = definition?.kind === "function" ? definition.params : [];
  if (params.length < 2 || !params.some((param) => same(param, wrt))) return [];
  return params.filter((param) => !same(param, wrt) && lowering.resolve(param)?.entity.definition).map((param) => lowering.lower(param));
}

/**
 * A direct partial derivative: what is held fixed stands as letters while the
 * derivative is taken, and means what it means again after it.
 */
function holding(held: readonly Value[], whole: Value, target: Target, differentiated: (fixed: Value) => Value): Value {
  if (!held.length) return differentiated(whole);
  const letter = (node: Term, i: number): Term => variable(`held:${i}:${node.hash}`, node.shape);
  const nodesIn = (env: Env): Term[] => {
    const by = target.whole.steps?.(env) ?? [termOf(target.whole, env)];
    return held.map((value) => termOf(value, env)).filter((node) => by.some((x) => node !== x && dependsOn(node, x)));
  };
  const fixed: Value = { ...whole, make: (env) => substitute(termOf(whole, env), new Map(nodesIn(env).map((node, i) => [node, letter(node, i)])), env) };
  const derivative = differentiated(fixed);
  return { ...derivative, make: (env) => substitute(termOf(derivative, env), new Map(nodesIn(env).map((node, i) => [letter(node, i), node])), env) };
}

/** A first derivative as an array in no layout: the axes of what is differentiated, then those of what it is differentiated by. */
export function tensorOf(lowering: Lowering, expr: Derivative): { value: Value; of: number } {
  const [wrt] = expr.wrt.map((one) => unprimed(lowering, one));
  if (!wrt || expr.order !== 1 || expr.wrt.length !== 1) return lowering.fail("unsupported", "a derivative of this order", expr);
  const whole = numeratorOf(lowering, expr.of, expr);
  const target = targetOf(lowering, stripTranspose(wrt));
  const value = holding(otherArguments(lowering, expr.of, stripTranspose(wrt)), whole, target, (fixed) => rawJacobian(lowering, fixed, target, expr));
  return { value, of: whole.shape.length };
}

/** A function and what it is differentiated by, both whole, before any layout. */
export interface Differentiation {
  readonly of: Value;
  readonly by: Value;
  /** A loss without a formula, which stands for an arbitrary function. */
  readonly arbitrary: boolean;
  /** What stands below the variable where entries alone are meant. */
  readonly entry: string | null;
  /** The function is itself the first derivative. */
  readonly twice: boolean;
  /** x_ij and x_ji are one variable. */
  readonly structured: boolean;
}

/** Null for what is no derivative of one thing by another: of a second derivative, it is that of the first. */
export function differentiationOf(lowering: Lowering, expr: Derivative): Differentiation | null {
  const [first, second] = (expr.wrt.length || expr.notation === "prime" || expr.notation === "dot" ? expr.wrt : impliedVariables(lowering, expr)).map((one) => unprimed(lowering, one));
  const parts = { arbitrary: false, entry: null, twice: false, structured: false };
  if (expr.notation === "prime" && expr.of.kind === "apply" && expr.order <= 1) return { ...parts, of: lowering.lower(expr.of), by: lowering.lower(expr.of.args[0] as Expr) };
  if (!first || expr.order > 2 || lowering.reading.partial === "direct" || otherArguments(lowering, expr.of, first).length) return null;
  const twice = expr.order === 2 || second !== undefined;
  const { whole, lead, indices, structure } = targetOf(lowering, stripTranspose(twice ? (second ?? first) : first));
  if (whole.steps) return null;
  const of = twice ? lowerOne(lowering, expr.of, stripTranspose(first), expr) : (lossOfLastLayer(lowering, expr.of, stripTranspose(first)) ?? numeratorOf(lowering, expr.of, expr));
  return { of, by: whole, arbitrary: !twice && [...lowering.losses.values()].includes(of), entry: indices && !lead ? indices.map(({ text }) => text).join(indices.some(({ text }) => text.length > 1 || /\d/.test(text)) ? "," : "") : null, twice, structured: structure !== undefined && lowering.reading.symmetric !== "extension" };
}
