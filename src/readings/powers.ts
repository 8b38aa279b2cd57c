/**
 * Powers and roots: of numbers, entry by entry, and of matrices, with exponents
 * that are numbers, sizes or values; pseudo-inverses and exponentials.
 */
import type { Place } from "../latex/types";
import { childrenOf, type Expr, type SymbolExpr, symbolsIn, wordOf } from "../semantics/expression";
import type { Model } from "../semantics/model";
import { taggedKey, withoutSubscripts } from "../semantics/symbols/key";
import { sizeKey } from "../semantics/symbols/sizes";
import { matrixSquareRoot as applyMatrixRoot, contract, integerPower, inverse, map, matrixExponential as matrixExp, matrixPower, power, pseudoInverse as ofAnyRank, reshape, stack, type Term } from "../tensor";
import { Failure } from "./failure";
import { isCapital } from "./evidence/letters";
import { isEntrywise } from "./functions";
import { isIndexed, select } from "./indices";
import { axesOf, confine, distinct, everywhere, type Integer, integerAt, integerOf, plainInteger } from "./integers";
import type { Lowering } from "./lower";
import { applyToMatrix, matrixToAnyPower } from "./matrix-functions";
import { squareOfNorm } from "./norms";
import { entrywise, entrywiseEnv, isVector, mapped, needSquare, perMatrix } from "./operations";
import { originOf } from "./running";
import { mentionsEigenvalue } from "./spectra";
import { unknownArray } from "./unknowns";
import { type Env, isScalar, mergeAxes, numbering, termOf, type Value } from "./value";

export function lowerPower(lowering: Lowering, expr: Expr & { kind: "power" }): Value {
  const e = expr.base;
  if (isEuler(lowering, expr)) return exponential(lowering, lowering.lower(expr.exponent));
  const entry = entryOfExponential(lowering, expr);
  if (entry) return entry;
  // `\mathbf{W}^l` with a letter that is bound to no number is a name; see the symbol table.
  const square = squareOf(lowering, expr);
  if (square) return square;
  if (isVecInverse(expr) || (isTracePower(expr) && lowering.reading.traces === "inner")) return lowering.lower({ ...expr.base, args: [{ ...expr, base: expr.base.args[0] as Expr }] });
  const inner = entryOfPower(lowering, expr);
  if (inner) return inner;
  const number = rationalOf(expr.exponent);
  const squared = e.kind === "norm" && number && number[0] % (2 * number[1]) === 0 ? squareOfNorm(lowering, e) : null;
  if (squared && number) return entrywise(squared, (term) => integerPower(term, number[0] / (2 * number[1])));
  const base = lowering.lower(e);
  const whole = expr.elementwise ? null : matrixToReal(lowering, base, expr);
  return whole ?? raise(lowering, base, expr.exponent, expr.elementwise || isActivation(lowering, e, base), expr);
}

/** Euler's number, also beside an e that the text makes of something else: residuals are raised to numbers alone. */
function isEuler(lowering: Lowering, { base, exponent }: Expr & { kind: "power" }): boolean {
  if (base.kind !== "symbol" || base.name !== "e" || base.subscripts.length) return false;
  const entity = lowering.resolve(base)?.entity;
  if (!entity) return !(rationalOf(exponent) && isLetter(lowering.model));
  return (entity.definition !== null || Boolean(entity.shape?.length)) && !rationalOf(exponent) && !integerExponent(lowering, exponent) && !lowering.scope.has(taggedKey(base));
}

/** `e^{z}_j` for `e^{z_j}`, where no e_j is declared. */
function entryOfExponential(lowering: Lowering, expr: Expr & { kind: "power" }): Value | null {
  const { base, exponent } = expr;
  if (base.kind !== "symbol" || base.name !== "e" || !base.subscripts.length || exponent.kind !== "symbol" || exponent.subscripts.length) return null;
  if (lowering.resolve(base) || integerExponent(lowering, exponent) || !isEuler(lowering, { ...expr, base: { ...base, subscripts: [] } })) return null;
  return exponential(lowering, lowering.lower({ ...exponent, subscripts: base.subscripts }));
}

const letters = new WeakMap<Model, boolean>();

/** Whether the text writes e by itself and raises it to numbers alone: `(x + e)^2 = x^2 + 2xe + e^2`. */
function isLetter(model: Model): boolean {
  let known = letters.get(model);
  if (known === undefined) {
    const uses = model.located.flatMap(({ assertion }) => assertion.sides.flatMap(usesOfE));
    letters.set(model, (known = uses.includes("alone") && !uses.includes("base")));
  }
  return known;
}

function usesOfE(expr: Expr): ("alone" | "base")[] {
  if (expr.kind === "symbol") return expr.name === "e" && !expr.subscripts.length && !expr.tags.length ? ["alone"] : [];
  if (expr.kind === "power" && expr.base.kind === "symbol" && expr.base.name === "e") return [...(rationalOf(expr.exponent) ? [] : ["base" as const]), ...usesOfE(expr.exponent)];
  return childrenOf(expr).flatMap(usesOfE);
}

/** `\tanh^2(Z)`, and A in `A = \tanh(Z)`, in `1 - A^2`: what was made entry by entry is raised so, unless it is square. */
function isActivation(lowering: Lowering, expr: Expr, { shape }: Value): boolean {
  const made = expr.kind === "symbol" ? lowering.resolve(expr)?.entity.definition?.expr : expr;
  return made?.kind === "apply" && isEntrywise(made.fn.name) && shape.length === 2 && !lowering.algebra.same(shape[0] as string, shape[1] as string);
}

/**
 * `\operatorname{tr}(X'X)^{-1}`, `\operatorname{tr}(X'X)^p`, which may mean the trace of the power. Squares and
 * cubes are of the trace, as are `(\operatorname{tr}X)^k` and `\operatorname{tr}^k(X)`.
 */
export function isTracePower(expr: Expr): expr is Expr & { kind: "power"; base: Expr & { kind: "apply" } } {
  return expr.kind === "power" && expr.exponent.kind !== "number" && isTrace(expr.base) && expr.base.fn.start === expr.start && expr.exponent.start > (expr.base.args[0]?.end ?? 0);
}

/** `A^{-1}_{ij}`, `A^2_{ij}`: an entry to a power, or an entry of a power. */
export function isEntryPower(expr: Expr): expr is Expr & { kind: "power"; base: SymbolExpr } {
  return expr.kind === "power" && !expr.elementwise && expr.base.kind === "symbol" && expr.base.subscripts.length === 2 && !expr.base.tags.length;
}

/** The entry of the power, where that is meant; null where the entry is raised. */
function entryOfPower(lowering: Lowering, expr: Expr & { kind: "power" }): Value | null {
  const { entryPowers } = lowering.reading;
  if (!isEntryPower(expr) || entryPowers === "raised" || (entryPowers === "usual" && !((rationalOf(expr.exponent)?.[0] ?? 0) < 0))) return null;
  return entryOf(lowering, expr.base, (matrix) => {
    const [rows, columns] = matrix.shape as [string, string];
    const isUndeclared = lowering.resolve(expr.base)?.entity.shapeFrom !== "declared";
    return entryPowers === "usual" && !lowering.algebra.same(rows, columns) && !(isUndeclared && isCapital(expr.base)) ? null : raise(lowering, matrix, expr.exponent, false, expr);
  });
}

/** The entry that a symbol's subscripts choose of what is made of its matrix; null where the symbol is no such entry, or nothing is made. */
function entryOf(lowering: Lowering, symbol: SymbolExpr, make: (matrix: Value) => Value | null): Value | null {
  const resolved = lowering.resolve(symbol);
  if (symbol.subscripts.length !== 2 || resolved?.family || !isIndexed(lowering, symbol)) return null;
  // x_{ij} may be an entry of X.
  const matrix = resolved ? lowering.lower(withoutSubscripts(resolved.entity.symbol)) : unknownArray(lowering, symbol);
  const made = matrix.shape.length === 2 && !isVector(lowering, matrix) ? make(matrix) : null;
  return made && select(lowering, made, symbol.subscripts, symbol, resolved ? resolved.entity.origin : originOf(lowering.model, symbol));
}

/** `\operatorname{vec}(X^\top)^{-1}`: of the two only the matrix has an inverse. */
function isVecInverse(expr: Expr): expr is Expr & { kind: "power"; base: Expr & { kind: "apply" } } {
  return expr.kind === "power" && rationalOf(expr.exponent)?.[0] === -1 && expr.base.kind === "apply" && wordOf(expr.base.fn.name)?.fn === "vec" && expr.base.args.length === 1;
}

export function isTrace(expr: Expr): expr is Expr & { kind: "apply" } {
  return expr.kind === "apply" && wordOf(expr.fn.name)?.fn === "trace" && expr.args.length === 1;
}

/** σ² where that is what the text defines: its own value, and no root squared. */
export function squareOf(lowering: Lowering, { base, exponent }: Expr & { kind: "power" }): Value | null {
  if (base.kind !== "symbol" || exponent.kind !== "number" || exponent.numerator !== 2 * exponent.denominator) return null;
  const entity = lowering.resolve(base)?.entity;
  const { expr, kind } = entity?.definition ?? {};
  if (!entity || kind !== "value" || expr?.kind !== "root" || expr.index !== 2 || !lowering.usable(entity) || lowering.scope.has(taggedKey(base))) return null;
  try {
    return lowering.lower(expr.base);
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}

export function raise(lowering: Lowering, base: Value, exponent: Expr, elementwise: boolean, place: Place): Value {
  const number = rationalOf(exponent);
  const isMatrix = !isScalar(base) && !elementwise;
  const integer = number ? null : integerOf(lowering, exponent);
  if (integer?.axes.length) confine(lowering, plainInteger(0), integer);
  if (isMatrix && base.shape.length === 2 && !isVector(lowering, base)) {
    if (number && number[1] === 1) return matrixToThe(lowering, base, () => number[0], place);
    if (number && number[1] === 2 && Math.abs(number[0]) === 1) return matrixRoot(lowering, base, number[0], place);
    if (integer?.axes.length) return matrixAlong(lowering, base, integer, place);
    const key = sizeKey(exponent);
    if (key) assumeInteger(lowering, exponent);
    if (key && integerExponent(lowering, exponent)) return matrixToThe(lowering, base, exponentOf(lowering, exponent), place);
    return lowering.fail("unsupported", "a matrix to a power that is no integer", place);
  }
  if (number && number[1] === 1) return entrywise(base, (term) => integerPower(term, number[0]));
  if (number && number[1] === 2 && Math.abs(number[0]) < 12) return entrywise(base, (term) => integerPower(map("sqrt", term), number[0]));
  if (integerExponent(lowering, exponent)) {
    const value = exponentOf(lowering, exponent);
    return entrywiseEnv(base, (term, env) => integerPower(term, value(env)));
  }
  const raised = lowering.lower(exponent);
  const [left, right] = lowering.algebra.align(base, raised, place, lowering.reading.bias, "to the power");
  const free = mergeAxes([left, right]);
  const [l, r] = [lowering.algebra.withFree(left, free), lowering.algebra.withFree(right, free)];
  return { free, shape: left.shape, make: (env) => power(termOf(l, env), termOf(r, env)) };
}

/** `2`, `-1`, `1/2`, `-\tfrac12` */
function rationalOf(expr: Expr): readonly [number, number] | null {
  if (expr.kind === "number") return [expr.numerator, expr.denominator];
  if (expr.kind === "sum" && expr.terms.length === 1 && expr.terms[0]) {
    const inner = rationalOf(expr.terms[0].expr);
    return inner && [expr.terms[0].sign * inner[0], inner[1]];
  }
  const [above, below] = expr.kind === "quotient" ? [rationalOf(expr.numerator), rationalOf(expr.denominator)] : [null, null];
  return above && below && above[1] === 1 && below[1] === 1 && below[0] > 0 ? [above[0], below[0]] : null;
}

/** Whether an exponent is made of sizes and integers only (`k`, `n-1`, `T-i`). */
function integerExponent(lowering: Lowering, exponent: Expr): boolean {
  const symbols = symbolsIn(exponent);
  return sizeKey(exponent) !== null && symbols.length > 0 && symbols.every((symbol) => isInteger(lowering, symbol));
}

/** An undeclared letter in the exponent of a matrix is a positive integer. */
function assumeInteger(lowering: Lowering, exponent: Expr): void {
  for (const symbol of symbolsIn(exponent)) {
    const known = lowering.model.table.resolve(symbol, lowering.place);
    if (!known && !lowering.scope.has(taggedKey(symbol))) lowering.model.table.sizeNames.add(taggedKey(symbol));
  }
}

function isInteger(lowering: Lowering, symbol: SymbolExpr): boolean {
  const key = taggedKey(symbol);
  const bound = lowering.scope.get(key);
  if (bound) return bound.kind === "value";
  const entity = lowering.model.table.resolve(symbol, lowering.place)?.entity;
  if (entity) return entity.isSize || entity.properties.has("positiveInteger") || entity.properties.has("integer");
  return lowering.model.table.sizeNames.has(key);
}

/** An exponent as a number for each choice of sizes; letters mean what they mean here, not where the number is asked for. */
function exponentOf(lowering: Lowering, exponent: Expr): (env: Env) => number {
  switch (exponent.kind) {
    case "number":
      return () => exponent.numerator / exponent.denominator;
    case "sum": {
      const terms = exponent.terms.map((term) => ({ sign: term.sign, value: exponentOf(lowering, term.expr) }));
      return (env) => terms.reduce((total, term) => total + term.sign * term.value(env), 0);
    }
    case "product": {
      const factors = exponent.factors.map((factor) => exponentOf(lowering, factor));
      return (env) => factors.reduce((total, factor) => total * factor(env), 1);
    }
    case "symbol": {
      const bound = lowering.scope.get(taggedKey(exponent));
      const key = bound?.kind === "value" ? bound.key : taggedKey(exponent);
      return (env) => env.size(key);
    }
    default:
      return lowering.fail("unsupported", "an exponent that is not read", exponent);
  }
}

function matrixToThe(lowering: Lowering, base: Value, exponent: (env: Env) => number, place: Place): Value {
  needSquare(lowering, base, place, "a power");
  return perMatrix(base, base.shape, (term, env) => {
    const k = exponent(env);
    return k === -1 ? inverse(term) : matrixPower(term, k);
  }, place);
}

/** `A^{t-k}` where letters run: one power for each of their places. */
function matrixAlong(lowering: Lowering, base: Value, exponent: Integer, place: Place): Value {
  needSquare(lowering, base, place, "a power");
  const own = axesOf(exponent);
  const free = distinct([...own, ...base.free]);
  return {
    free,
    shape: base.shape,
    make: (env) => {
      const powers = new Map<number, Term>();
      const powerOf = (k: number): Term => {
        const known = powers.get(k) ?? termOf(perMatrix(base, base.shape, (term) => matrixPower(term, k), place), env);
        powers.set(k, known);
        return known;
      };
      const all = everywhere(own, env, (placeOf) => powerOf(integerAt(exponent, env, placeOf)));
      const number = numbering();
      const labels = [...base.free.map(({ name }) => number(name)), ...base.shape.map((_, i) => number(`p${i}`))];
      const stacked = reshape(stack(all), [...own.map(({ range }) => env.size(range)), ...(all[0] as Term).shape]);
      return contract([[...own.map(({ name }) => number(name)), ...labels]], [...free.map(({ name }) => number(name)), ...base.shape.map((_, i) => number(`p${i}`))], [stacked]);
    },
  };
}

function matrixRoot(lowering: Lowering, base: Value, sign: number, place: Place): Value {
  needSquare(lowering, base, place, "a square root");
  return perMatrix(base, base.shape, (term) => {
    const root = applyMatrixRoot(term);
    return sign < 0 ? inverse(root) : root;
  }, place);
}

/** X^p for a matrix X and a number p of which the text tells that it is one; any other letter above a matrix is more likely a name. */
function matrixToReal(lowering: Lowering, base: Value, { base: written, exponent }: Expr & { kind: "power" }): Value | null {
  const isMatrix = written.kind === "symbol" && base.shape.length === 2 && !isVector(lowering, base) && lowering.algebra.same(base.shape[0] as string, base.shape[1] as string);
  const number = rationalOf(exponent);
  if (!isMatrix || (number && number[1] <= 2 && Math.abs(number[0]) === 1) || number?.[1] === 1 || integerExponent(lowering, exponent)) return null;
  if (!symbolsIn(exponent).every((symbol) => lowering.resolve(symbol)?.entity.shape?.length === 0)) return null;
  const power = lowering.lower(exponent);
  return isScalar(power) && !power.free.length ? perMatrix(base, base.shape, (term, env) => matrixToAnyPower(term, termOf(power, env)), written) : null;
}

/** Of a number there is none: `A^+_{ij}` is an entry of that of A. */
export function lowerPseudoInverse(lowering: Lowering, expr: Expr & { kind: "pseudoInverse" }): Value {
  const { base } = expr;
  const ofAll = (matrix: Value): Value => pseudoInverse(lowering, matrix, expr, mentionsEigenvalue(lowering, base));
  return (base.kind === "symbol" ? entryOf(lowering, base, ofAll) : null) ?? ofAll(lowering.lower(base));
}

/** `singular`: of whatever rank. */
function pseudoInverse(lowering: Lowering, base: Value, place: Place, singular: boolean): Value {
  if (base.shape.length !== 2) lowering.fail("shape", "a pseudo-inverse of a number", place);
  // Full rank: (XᵀX)⁻¹Xᵀ for tall, Xᵀ(XXᵀ)⁻¹ for wide X.
  const [rows, columns] = base.shape as [string, string];
  return perMatrix(base, [columns, rows], (term) => {
    if (singular) return ofAnyRank(term);
    const [m, n] = term.shape as [number, number];
    const t = contract([[0, 1]], [1, 0], [term]);
    if (m >= n) return contract([[0, 1], [1, 2]], [0, 2], [inverse(contract([[0, 1], [1, 2]], [0, 2], [t, term])), t]);
    return contract([[0, 1], [1, 2]], [0, 2], [t, inverse(contract([[0, 1], [1, 2]], [0, 2], [term, t]))]);
  }, place);
}

/** exp of a number or entry by entry; of a square matrix, the matrix exponential. */
function exponential(lowering: Lowering, exponent: Value): Value {
  const whole = lowering.reading.functions === "matrix" ? applyToMatrix(lowering, "exp", exponent, { start: 0, end: 0 }) : null;
  if (whole) return whole;
  if (exponent.shape.length === 2 && !isVector(lowering, exponent) && lowering.algebra.same(exponent.shape[0] as string, exponent.shape[1] as string)) return perMatrix(exponent, exponent.shape, (term) => matrixExp(term), { start: 0, end: 0 });
  return mapped("exp", exponent);
}
