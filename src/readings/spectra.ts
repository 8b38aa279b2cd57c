/**
 * Eigenvalues and eigenvectors, singular values and singular vectors as
 * functions of their matrix. One that has a letter of its own is any of them,
 * the same for the value and its vectors.
 */
import type { Place } from "../latex/types";
import { type Expr, type SymbolExpr, symbolsIn } from "../semantics/expression";
import type { Entity, Spectrum } from "../semantics/symbols/entity";
import { taggedKey } from "../semantics/symbols/key";
import { constant, diagonalEmbed, eigenvalues, eigenvectors, einsum, inverse, map, matmul, reciprocal, reshape, slice, type Term, transpose } from "../tensor";
import { Failure } from "./failure";
import { indexOf, selectAxes } from "./indices";
import type { Lowering } from "./lower";
import { isVector, needSquare } from "./operations";
import { type Env, termOf, type Value } from "./value";

/** What a symbol is of the spectrum of a matrix; null where it is a variable like others. */
export function spectralValue(lowering: Lowering, entity: Entity, symbol: SymbolExpr): Value | null {
  const { spectrum } = entity;
  if (!spectrum?.of || lowering.reading.spectra === "free" || lowering.expanding.has(`s:${entity.id}`)) return null;
  lowering.expanding.add(`s:${entity.id}`);
  try {
    const matrix = lowering.lower(spectrum.of);
    if (entity.arity) return member(lowering, matrix, spectrum, symbol);
    return spectrum.whole ? whole(lowering, matrix, spectrum, entity, symbol) : single(lowering, matrix, spectrum, positionOf(entity, spectrum), symbol);
  } finally {
    lowering.expanding.delete(`s:${entity.id}`);
  }
}

/** `\lambda_{\max}(A)`, `\sigma_1(X)`, `\lambda_i(A)`; null where it is no such function. */
export function spectralFunction(lowering: Lowering, { fn, args }: Expr & { kind: "apply" }): Value | null {
  const [below] = fn.subscripts;
  if (!/^(lambda|sigma)$/.test(fn.name) || fn.subscripts.length !== 1 || !below || args.length !== 1) return null;
  const [of] = args as [Expr];
  if (of.kind === "symbol" && !lowering.binding(taggedKey(of)) && lowering.resolve(of)?.entity.shape?.length !== 2) return null;
  const matrix = lowering.lower(of);
  if (matrix.shape.length !== 2 || isVector(lowering, matrix)) return null;
  const end = below.text.replace(/^\\/, "");
  const spectrum: Spectrum = { part: fn.name === "lambda" ? "eigenvalue" : "singularValue", end: end === "max" ? "largest" : end === "min" ? "smallest" : null, of: null, ordinal: 0, whole: false, dual: false, ascending: false };
  return spectrum.end ? single(lowering, matrix, spectrum, () => 0, fn) : member(lowering, matrix, spectrum, fn);
}

/** Whether a matrix may be singular since an eigenvalue is taken from its diagonal: `\\lambda I - A`. */
export function mentionsEigenvalue(lowering: Lowering, expr: Expr): boolean {
  return lowering.reading.spectra === "of" && symbolsIn(expr, false).some((symbol) => lowering.resolve(symbol)?.entity.spectrum?.part === "eigenvalue");
}

/** Where among the values, in descending order, those of a symbol stand. */
function positionOf({ symbol }: Entity, { end, ordinal, ascending }: Spectrum): (count: number) => number {
  const number = symbol.subscripts[0]?.expr;
  if (end === "largest") return () => 0;
  if (end === "smallest") return (count) => count - 1;
  if (number?.kind === "number") return (count) => (ascending ? count - number.numerator : number.numerator - 1);
  return (count) => (1 + ordinal) % count;
}

function isValue({ part }: Spectrum): boolean {
  return part === "eigenvalue" || part === "singularValue";
}

function single(lowering: Lowering, matrix: Value, spectrum: Spectrum, position: (count: number) => number, place: Place): Value {
  const all = partOf(lowering, matrix, spectrum, place);
  const at = spectrum.end === "smallest" ? (count: number): number => count - 1 : position;
  const pick = (term: Term): Term => {
    const axis = term.shape.length - 1;
    const count = term.shape[axis] as number;
    if (at(count) >= count) throw new Failure("range", "beyond the last of the spectrum", place);
    return slice(term, axis, at(count));
  };
  if (isValue(spectrum)) return { free: [], shape: [], make: (env) => pick(all.make(env)) };
  return { free: [], shape: [all.length, "1"], make: (env) => reshape(pick(all.make(env)), [env.size(all.length), 1]) };
}

/** `\lambda_i`, `v_i` */
function member(lowering: Lowering, matrix: Value, spectrum: Spectrum, symbol: SymbolExpr): Value {
  const all = partOf(lowering, matrix, spectrum, symbol);
  const [subscript] = symbol.subscripts;
  const index = subscript ? indexOf(lowering, subscript) : null;
  // A sum over i = 1, …, r of a matrix of rank r.
  if (index?.kind === "axis" && !/^\d+$/.test(lowering.classes.find(index.axis.range)) && !lowering.classes.unify(index.axis.range, all.count)) lowering.classes.force(index.axis.range, all.count);
  const free = [lowering.newAxis("s", all.count)];
  const complete = (given: Term, count: number): Term => {
    const term = spectrum.ascending ? turned(given) : given;
    if (term.shape[term.shape.length - 1] !== count) throw new Failure("range", "a wide matrix has fewer singular values than columns", symbol);
    return term;
  };
  const family: Value = isValue(spectrum)
    ? { free, shape: [], make: (env) => complete(all.make(env), env.size(all.count)) }
    : { free, shape: [all.length, "1"], make: (env) => reshape(transpose(complete(all.make(env), env.size(all.count))), [env.size(all.count), env.size(all.length), 1]) };
  return selectAxes(lowering, family, symbol.subscripts);
}

/** The last along the last axis first. */
function turned(term: Term): Term {
  const n = term.shape[term.shape.length - 1] as number;
  const exchange = constant([n, n], Array.from({ length: n * n }, (_, at) => (Math.floor(at / n) + (at % n) === n - 1 ? 1 : 0)));
  return einsum("...i,ij->...j", term, exchange);
}

/** The matrix of the vectors, or the values on a diagonal or as the vector that the text declares. */
function whole(lowering: Lowering, matrix: Value, spectrum: Spectrum, entity: Entity, place: Place): Value {
  const all = partOf(lowering, matrix, spectrum, place);
  const complete = (value: Value): Value => ({
    ...value,
    make: (env) => {
      const term = value.make(env);
      if (term.shape[term.shape.length - 1] !== env.size(all.count)) throw new Failure("range", "a wide matrix has fewer singular values than columns", place);
      return term;
    },
  });
  if (!isValue(spectrum)) return complete({ free: [], shape: [all.length, all.count], make: (env) => all.make(env) });
  if (entity.shape?.includes("1")) return { free: [], shape: [all.count, "1"], make: (env) => reshape(all.make(env), [env.size(all.count), 1]) };
  return complete({ free: [], shape: [all.count, all.count], make: (env) => diagonalEmbed(all.make(env)) });
}

/** All values as a vector, or all vectors as columns; how many there are, and how long a vector is. */
function partOf(lowering: Lowering, matrix: Value, spectrum: Spectrum, place: Place): { make: (env: Env) => Term; count: string; length: string } {
  const { term, count, length } = kindOf(lowering, matrix, spectrum, place);
  const metric = spectrum.metric ? lowering.lower(spectrum.metric) : null;
  const whole = (env: Env): Term => term(termOf(matrix, env));
  return { make: metric ? (env) => ofLengthOne(whole(env), termOf(metric, env)) : whole, count, length };
}

/** Columns v over √(vᵀBv). */
function ofLengthOne(vectors: Term, metric: Term): Term {
  const squares = einsum("ia,ij,ja->a", vectors, metric, vectors);
  return einsum("ia,a->ia", vectors, reciprocal(map("sqrt", squares)));
}

function kindOf(lowering: Lowering, matrix: Value, spectrum: Spectrum, place: Place): { term: (x: Term) => Term; count: string; length: string } {
  if (matrix.shape.length !== 2 || matrix.free.length) return lowering.fail("unsupported", "the spectrum of what is no matrix", place);
  const [rows, columns] = matrix.shape as [string, string];
  if (/eigen/i.test(spectrum.part)) needSquare(lowering, matrix, place, "an eigenvalue");
  switch (spectrum.part) {
    case "eigenvalue":
      return { term: eigenvalues, count: rows, length: rows };
    case "eigenvector":
      return { term: eigenvectors, count: rows, length: rows };
    case "leftEigenvector":
      return { term: spectrum.dual ? (x) => transpose(inverse(eigenvectors(x))) : (x) => eigenvectors(transpose(x)), count: rows, length: rows };
    case "singularValue":
      return { term: singularValues, count: columns, length: columns };
    case "singularVector":
    case "leftSingularVector":
      return { term: (x) => singularVectors(x, "left"), count: columns, length: rows };
    case "rightSingularVector":
      return { term: (x) => singularVectors(x, "right"), count: columns, length: columns };
  }
}

function singularValues(x: Term): Term {
  return map("sqrt", eigenvalues(gram(x)));
}

/** XᵀX, or XXᵀ of a wide X: one without zero among its eigenvalues. */
function gram(x: Term): Term {
  return isTall(x) ? einsum("ki,kj->ij", x, x) : einsum("ik,jk->ij", x, x);
}

function isTall(x: Term): boolean {
  return (x.shape[0] as number) >= (x.shape[1] as number);
}

/** Eigenvectors v of XᵀX, and u = Xv/σ; for a wide X the other way round. */
function singularVectors(x: Term, side: "left" | "right"): Term {
  const vectors = eigenvectors(gram(x));
  if ((side === "right") === isTall(x)) return vectors;
  return einsum("ij,j->ij", matmul(side === "left" ? x : transpose(x), vectors), reciprocal(singularValues(x)));
}
