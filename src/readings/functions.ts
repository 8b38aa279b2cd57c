/**
 * The named functions of notes as terms. A table from the canonical name of
 * `semantics/expression/words` to what it does with its arguments.
 */
import type { Place } from "../latex/types";
import type { Expr } from "../semantics/expression";
import { childrenOf, wordOf } from "../semantics/expression";
import type { Model } from "../semantics/model";
import { add, broadcast, constant, contract, determinant, diagonal, diagonalEmbed, inverse, logAbsDeterminant, map, matrixExponential, max, mul, reciprocal, scale, sub, sum, type Term, variable } from "../tensor";
import { vech } from "./half-vectors";
import type { Lowering } from "./lower";
import { applyComposed, isComposed, sloped } from "./entrywise-functions";
import { applyToMatrix } from "./matrix-functions";
import { entrywise, isVector, mapped, needSquare, perMatrix, plus, reshaped, totalOf } from "./operations";
import { crossMatrix } from "./permutations";
import { productKey } from "./products";
import type { Reading } from "./reading";
import { isScalar, literal, sizesOf, termOf, type Value } from "./value";

const entrywiseNames: Readonly<Record<string, string>> = {
  exp: "exp",
  log: "log",
  sin: "sin",
  cos: "cos",
  tan: "tan",
  sinh: "sinh",
  cosh: "cosh",
  tanh: "tanh",
  asin: "asin",
  acos: "acos",
  atan: "atan",
  sigmoid: "sigmoid",
  softplus: "softplus",
  relu: "relu",
  sign: "sign",
  abs: "abs",
  sqrt: "sqrt",
  erf: "erf",
  step: "step",
  loggamma: "loggamma",
};

const others = new Set(["trace", "det", "logdet", "vec", "vech", "diag", "adjugate", "cofactor", "softmax", "logsoftmax", "logsumexp", "sumAll", "rowSums", "columnSums", "mean", "variance", "inverse", "expm", "norm", "max", "min", "symmetricPart", "skewPart", "tril", "triu", "crossMatrix", "digamma", "etr", "kl", "atan2"]);

export function canonical(name: string): string {
  return wordOf(name)?.fn ?? name;
}

export function isNamed(name: string): boolean {
  const fn = canonical(name);
  return Object.hasOwn(entrywiseNames, fn) || isComposed(fn) || Object.hasOwn(sloped, fn) || others.has(fn);
}

/** Whether a name is of a function that goes over entries. */
export function isEntrywise(name: string): boolean {
  const fn = canonical(name);
  return Object.hasOwn(entrywiseNames, fn) || isComposed(fn) || Object.hasOwn(sloped, fn);
}

export function applyNamed(lowering: Lowering, name: string, args: readonly Value[], place: Place): Value {
  const fn = canonical(name);
  const [x] = args;
  if (!x) return lowering.fail("unsupported", `${name} without an argument`, place);
  if (fn === "kl") return divergence(lowering, args, place);
  if (fn === "atan2") return polarAngle(lowering, args, place);
  if (args.length > 1 && !["max", "min"].includes(fn)) return lowering.fail("unsupported", `${name} of several arguments`, place);
  const whole = lowering.reading.functions === "matrix" ? applyToMatrix(lowering, fn, x, place) : null;
  if (whole) return whole;
  if (Object.hasOwn(entrywiseNames, fn)) return mapped(entrywiseNames[fn] as string, x);
  if (isComposed(fn)) return applyComposed(fn, x);
  const bent = sloped[fn];
  if (bent) return bent.apply(lowering, x, bent.usual);
  switch (fn) {
    case "digamma":
      return mapped("polygamma:0", x);
    case "trace":
      return traceOf(lowering, x, place);
    case "etr":
      return mapped("exp", traceOf(lowering, x, place));
    case "det":
      return squared(lowering, x, place, "a determinant", (t) => determinant(t), []);
    case "logdet":
      return squared(lowering, x, place, "a determinant", (t) => logAbsDeterminant(t), []);
    case "inverse":
      return isScalar(x) ? mapped("reciprocal", x) : squared(lowering, x, place, "an inverse", (t) => inverse(t), x.shape);
    case "expm":
      return isScalar(x) ? mapped("exp", x) : squared(lowering, x, place, "a matrix exponential", (t) => matrixExponential(t), x.shape);
    case "adjugate":
      return squared(lowering, x, place, "an adjugate", (t) => mul(determinant(t), inverse(t)), x.shape);
    case "cofactor":
      return squared(lowering, x, place, "a cofactor", (t) => mul(determinant(t), contract([[0, 1]], [1, 0], [inverse(t)])), x.shape);
    case "crossMatrix":
      return crossMatrix(lowering, x) ?? lowering.fail("shape", "the matrix of a cross product, of what is no vector in space", place);
    case "symmetricPart":
    case "skewPart":
      return squared(lowering, x, place, fn, (t) => scale(add(t, scale(contract([[0, 1]], [1, 0], [t]), fn === "symmetricPart" ? 1 : -1)), 1, 2), x.shape);
    case "tril":
    case "triu":
      return triangleOf(lowering, x, fn, place);
    case "vec":
      return vec(lowering, x);
    case "vech":
      return vech(lowering, x, place);
    case "diag":
      return diag(lowering, x, place);
    case "softmax":
    case "logsoftmax":
    case "logsumexp":
      return softmax(lowering, x, fn);
    case "sumAll":
      return totalOf(x);
    case "rowSums":
    case "columnSums":
      return sumsAlong(lowering, x, fn === "rowSums" ? 1 : 0, place);
    case "mean":
      return mean(x);
    case "variance": {
      if (isScalar(x)) return lowering.fail("unsupported", "a variance of numbers that vary", place);
      const centred = plus(lowering, x, lowering.algebra.scale(literal(-1), mean(x)), place);
      return mean(lowering.algebra.hadamard(centred, centred, place, "rows"));
    }
    case "norm":
      return mapped("sqrt", totalOf(lowering.algebra.hadamard(x, x, place, "rows")));
    case "max":
    case "min":
      return extreme(lowering, args, fn, place);
    default:
      return lowering.fail("unsupported", `${name} is not computed`, place);
  }
}

/** What stands on the diagonal and on one side of it, and zeros on the other. */
function triangleOf(lowering: Lowering, x: Value, fn: "tril" | "triu", place: Place): Value {
  const [rows, columns] = x.shape;
  if (!rows || !columns || isVector(lowering, x)) return lowering.fail("ambiguous", "a triangle of something that is no matrix", place);
  const isKept = (row: number, column: number): boolean => (fn === "tril" ? column <= row : column >= row);
  const kept: Value = {
    free: [],
    shape: [rows, columns],
    make: (env) => {
      const [m, n] = [env.size(rows), env.size(columns)];
      return constant([m, n], Array.from({ length: m * n }, (_, at) => Number(isKept(Math.floor(at / n), at % n))));
    },
  };
  return lowering.algebra.hadamard(kept, x, place, "rows");
}

/** X1 as a column, and 1ᵀX as a row. */
function sumsAlong(lowering: Lowering, x: Value, axis: 0 | 1, place: Place): Value {
  if (x.shape.length !== 2 || isVector(lowering, x)) return lowering.fail("ambiguous", "sums of rows or columns of something that is no matrix", place);
  const kept = x.shape[1 - axis] as string;
  const sums = lowering.algebra.contractValues([x], [["i", "j"]], [axis === 1 ? "i" : "j"], [kept]);
  return { ...reshaped(sums, axis === 1 ? [kept, "1"] : ["1", kept]), sums: true };
}

/** Σ p (log p − log q) of two lists of probabilities; that of two densities is an integral. */
function divergence(lowering: Lowering, [p, q, ...more]: readonly Value[], place: Place): Value {
  if (!p || !q || more.length || !isVector(lowering, p) || !isVector(lowering, q)) return lowering.fail("unsupported", "a divergence of two densities", place);
  const difference = plus(lowering, mapped("log", p), lowering.algebra.scale(literal(-1), mapped("log", q)), place);
  return totalOf(lowering.algebra.hadamard(p, difference, place, "rows"));
}

/** The angle of the point (x, y), by the half of it: 2 arctan(y / (|(x, y)| + x)). */
function polarAngle(lowering: Lowering, [y, x, ...more]: readonly Value[], place: Place): Value {
  if (!y || !x || more.length || !isScalar(y) || !isScalar(x)) return lowering.fail("unsupported", "atan2 of what are no two numbers", place);
  const { algebra } = lowering;
  const radius = mapped("sqrt", plus(lowering, algebra.hadamard(x, x, place, "rows"), algebra.hadamard(y, y, place, "rows"), place));
  return algebra.scale(literal(2), mapped("atan", algebra.hadamard(y, mapped("reciprocal", plus(lowering, radius, x, place)), place, "rows")));
}

function traceOf(lowering: Lowering, x: Value, place: Place): Value {
  if (isScalar(x)) return x;
  if (x.shape.length !== 2) return lowering.fail("shape", "the trace of a tensor", place);
  needSquare(lowering, x, place, "a trace");
  return lowering.algebra.contractValues([x], [["d", "d"]], [], []);
}

function squared(lowering: Lowering, x: Value, place: Place, what: string, f: (t: Term) => Term, shape: readonly string[]): Value {
  if (isScalar(x)) return what === "a determinant" ? x : entrywise(x, f);
  if (x.shape.length !== 2) return lowering.fail("shape", `${what} of a tensor`, place);
  needSquare(lowering, x, place, what);
  return perMatrix(x, shape, f, place);
}

/** Columns stacked. */
function vec(lowering: Lowering, x: Value): Value {
  if (x.shape.length !== 2) return x;
  const [rows, columns] = x.shape as [string, string];
  return reshaped(lowering.algebra.transpose(x), [productKey(lowering, columns, rows), "1"]);
}

/** A vector as a diagonal matrix; the diagonal of a matrix as a column, or as the matrix that it leaves. */
function diag(lowering: Lowering, x: Value, place: Place): Value {
  if (isScalar(x)) return lowering.fail("ambiguous", "diag of a number", place);
  const [rows] = x.shape as [string, string];
  const axis = x.shape.findIndex((dim) => !lowering.algebra.isOne(dim));
  if (isVector(lowering, x) && axis >= 0) {
    const size = x.shape[axis] as string;
    return perMatrix(reshaped(x, [size]), [size, size], (t) => diagonalEmbed(t), place);
  }
  needSquare(lowering, x, place, "a diagonal");
  if (lowering.reading.diagonals === "matrices") return perMatrix(x, x.shape, (t) => diagonalEmbed(diagonal(t)), place);
  const flat = perMatrix(x, [rows], (t) => diagonal(t), place);
  return reshaped(flat, [rows, "1"]);
}

/** Over the entries of a vector, or along each row or column of a matrix; `\operatorname{softmax}(z_i)` is the entry i of that of z. */
function softmax(lowering: Lowering, x: Value, fn: string): Value {
  if (isScalar(x)) return entryOfSoftmax(lowering, x, fn);
  const vector = isVector(lowering, x);
  const axis = vector ? x.shape.findIndex((dim) => !lowering.algebra.isOne(dim)) : lowering.reading.softmax === "columns" ? 0 : x.shape.length - 1;
  const shape = fn === "logsumexp" ? (vector ? [] : x.shape.map((dim, i) => (i === axis ? "1" : dim))) : x.shape;
  const lead = x.free.length;
  return {
    free: x.free,
    shape,
    make: (env) => {
      const t = termOf(x, env);
      const at = lead + axis;
      const e = map("exp", t);
      const total = sum(e, [at]);
      const kept = [...t.shape.keys()].filter((i) => i !== at);
      if (fn === "logsumexp") return contract([kept], [...kept, ...(vector ? [] : [at])].sort((a, b) => a - b).filter((i) => !(vector && i >= lead)), [map("log", total)], sizesOf({ free: x.free, shape }, env));
      const spread = broadcast(total, t.shape, kept);
      return fn === "softmax" ? mul(e, reciprocal(spread)) : sub(t, map("log", spread));
    },
  };
}

function entryOfSoftmax(lowering: Lowering, x: Value, fn: string): Value {
  const at = x.free.length - 1;
  if (at < 0 || fn === "logsumexp") return lowering.fail("ambiguous", `${fn} of a number`, { start: 0, end: 0 });
  return {
    ...x,
    make: (env) => {
      const e = map("exp", termOf(x, env));
      const shares = mul(e, reciprocal(broadcast(sum(e, [at]), e.shape, [...e.shape.keys()].filter((i) => i !== at))));
      return fn === "softmax" ? shares : map("log", shares);
    },
  };
}

/** Whether the text says that the softmax of a matrix is taken of its rows, or of its columns. */
export function statedSoftmax({ facts, table }: Model): Reading["softmax"] | null {
  const acting = facts.flatMap((fact) => (fact.kind === "acts" && fact.functions.some(isSoftmax) ? [fact.how] : []));
  const says = (how: "rowwise" | "columnwise"): boolean => acting.includes(how) || table.all.some((entity) => entity[how] && (isSoftmax(entity.symbol.name) || (entity.definition?.expr.kind === "apply" && isSoftmax(entity.definition.expr.fn.name))));
  return says("columnwise") ? "columns" : says("rowwise") ? "rows" : null;
}

export function isSoftmax(name: string): boolean {
  return ["softmax", "logsoftmax", "logsumexp"].includes(canonical(name));
}

function mean(x: Value): Value {
  const total = totalOf(x);
  return { ...total, make: (env) => scale(termOf(total, env), 1, x.shape.map(env.size).reduce((a, b) => a * b, 1)) };
}

function extreme(lowering: Lowering, args: readonly Value[], fn: "max" | "min", place: Place): Value {
  const sign = fn === "max" ? 1 : -1;
  if (args.length === 2) {
    // max(a, b) = a + relu(b − a)
    const [a, b] = args as [Value, Value];
    const difference = plus(lowering, lowering.algebra.scale(literal(sign), b), lowering.algebra.scale(literal(-sign), a), place);
    return plus(lowering, a, lowering.algebra.scale(literal(sign), mapped("relu", difference)), place);
  }
  const [x] = args as [Value];
  if (args.length > 2 || isScalar(x)) return lowering.fail("unsupported", `${fn} of this`, place);
  return perMatrix(x, [], (t) => scale(max(contract([[0, 1]], [0, 1], [scale(t, sign)])), sign), place);
}

/** `\mathcal{N}(x \mid \mu, \Sigma)` */
export function isDensity(expr: Expr): boolean {
  return expr.kind === "apply" && expr.fn.name === "N" && expr.args.length === 3;
}

/** log 𝒩(x | μ, Σ), in full. */
export function logOfDensity(lowering: Lowering, expr: Expr): Value | null {
  if (expr.kind !== "apply" || expr.fn.name !== "N" || expr.args.length !== 3) return null;
  if (expr.fn.font !== "mathcal" && lowering.model.table.resolve(expr.fn, lowering.place)) return null;
  const [x, mean, covariance] = expr.args.map((arg) => lowering.lower(arg)) as [Value, Value, Value];
  const centred = plus(lowering, x, lowering.algebra.scale(literal(-1), mean), expr);
  if (isScalar(centred)) {
    const squares = lowering.algebra.scale(centred, lowering.algebra.scale(centred, mapped("reciprocal", covariance)));
    const norm = plus(lowering, mapped("log", covariance), logTwoPi(), expr);
    return lowering.algebra.scale(literal(-1, 2), plus(lowering, squares, norm, expr));
  }
  const inverted = applyNamed(lowering, "inverse", [covariance], expr);
  const row = lowering.algebra.transpose(centred);
  const quadratic = lowering.algebra.multiply(lowering.algebra.multiply(row, inverted, expr), centred, expr);
  const determinantTerm = applyNamed(lowering, "logdet", [covariance], expr);
  const dimension: Value = { free: [], shape: [], make: (env) => scale(termOf(logTwoPi(), env), env.size(centred.shape[0] as string)) };
  return lowering.algebra.scale(literal(-1, 2), plus(lowering, plus(lowering, quadratic, determinantTerm, expr), dimension, expr));
}

function logTwoPi(): Value {
  return { free: [], shape: [], make: () => map("log", scale(variable("π", []), 2)) };
}

/** ψ in a text that has Γ. */
export function isDigamma(lowering: Lowering, expr: Expr): boolean {
  const isPsi = expr.kind === "apply" && expr.fn.name === "psi" && !expr.fn.subscripts.length && expr.args.length === 1 && !expr.primes;
  const hasGamma = (one: Expr): boolean => isGamma(lowering, one) || childrenOf(one).some(hasGamma);
  return isPsi && lowering.model.located.some(({ assertion }) => assertion.sides.some(hasGamma));
}

/** Γ before an argument is the gamma function where the text says nothing else of it. */
export function isGamma(lowering: Lowering, expr: Expr): boolean {
  return expr.kind === "apply" && expr.fn.name === "Gamma" && !expr.fn.subscripts.length && expr.args.length === 1 && !expr.primes && !lowering.model.table.resolve(expr.fn, lowering.place);
}

/** log Γ, which stays small where Γ does not. */
export function logOfGamma(lowering: Lowering, expr: Expr): Value | null {
  return expr.kind === "apply" && isGamma(lowering, expr) ? mapped("loggamma", lowering.lower(expr.args[0] as Expr)) : null;
}
