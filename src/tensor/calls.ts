/**
 * Constructors of the primitives that are neither contractions nor elementwise:
 * linear algebra, maxima, assembly. Each checks its shapes; the rule of the
 * same name in primitives/ says what it means.
 */
import { identity, matmul } from "./build";
import { ShapeError } from "./errors";
import { sameShape, sizeOf, type Shape } from "./shape";
import { callNode, isZero, map, scalar, zeros, type Term } from "./term";

/** X⁻¹ of an n×n matrix. */
export function inverse(x: Term): Term {
  return callNode("inverse", [square("inverse", x)], [], x.shape);
}

export function determinant(x: Term): Term {
  return callNode("determinant", [square("determinant", x)], [], []);
}

/** log |det X|. */
export function logAbsDeterminant(x: Term): Term {
  return callNode("logAbsDeterminant", [square("logAbsDeterminant", x)], [], []);
}

/** A⁻¹B for an n×n matrix A, and a vector of n entries or a matrix of n rows. */
export function solve(a: Term, b: Term): Term {
  return matmul(inverse(a), b);
}

/** L, lower triangular with a positive diagonal, for which LLᵀ is the symmetric part of a positive definite n×n matrix. */
export function cholesky(x: Term): Term {
  return callNode("cholesky", [square("cholesky", x)], [], x.shape);
}

export function matrixExponential(x: Term): Term {
  return callNode("matrixExponential", [square("matrixExponential", x)], [], x.shape);
}

/** The square root of X that has positive eigenvalues, for a positive definite X. */
export function matrixSquareRoot(x: Term): Term {
  return callNode("matrixSquareRoot", [square("matrixSquareRoot", x)], [], x.shape);
}

/** L with e^L = X and imaginary parts of its eigenvalues within (−π, π), for X without eigenvalues on the closed negative axis. */
export function matrixLogarithm(x: Term): Term {
  return callNode("matrixLogarithm", [square("matrixLogarithm", x)], [], x.shape);
}

/** The sum of the singular values of an m×n matrix. */
export function nuclearNorm(x: Term): Term {
  return callNode("nuclearNorm", [matrix("nuclearNorm", x)], [], []);
}

/** The largest singular value of an m×n matrix. */
export function spectralNorm(x: Term): Term {
  return callNode("spectralNorm", [matrix("spectralNorm", x)], [], []);
}

/** vvᵀ for the unit eigenvector v of the largest eigenvalue of a symmetric matrix. */
export function topProjector(x: Term): Term {
  return callNode("topProjector", [square("topProjector", x)], [], x.shape);
}

/** X⁺ of an m×n matrix of any rank. */
export function pseudoInverse(x: Term): Term {
  matrix("pseudoInverse", x);
  return callNode("pseudoInverse", [x], [], [x.shape[1]!, x.shape[0]!]);
}

/** The eigenvalues, in descending order, of an n×n matrix that has n distinct real ones. */
export function eigenvalues(x: Term): Term {
  return callNode("eigenvalues", [square("eigenvalues", x)], [], [x.shape[0]!]);
}

/** Unit eigenvectors in the order of `eigenvalues`, as columns. */
export function eigenvectors(x: Term): Term {
  return callNode("eigenvectors", [square("eigenvectors", x)], [], x.shape);
}

/** X^k, k any integer; X⁰ is the identity. */
export function matrixPower(x: Term, k: number): Term {
  square("matrixPower", x);
  if (!Number.isInteger(k)) throw new RangeError(`matrixPower: ${k} is not an integer`);
  if (k < 0) return matrixPower(inverse(x), -k);
  if (k === 0) return identity(x.shape[0]!);
  if (k === 1) return x;
  const half = matrixPower(x, k >> 1);
  const even = matmul(half, half);
  return k % 2 === 1 ? matmul(even, x) : even;
}

/** The largest entry along `axis`, which is dropped; of all entries without an axis. */
export function max(t: Term, axis?: number): Term {
  if (axis === undefined) return t.shape.length === 0 ? t : max(reshape(t, [sizeOf(t.shape)]), 0);
  checkAxis("max", t.shape, axis);
  return callNode("max", [t], [axis], dropAxis(t.shape, axis));
}

/** One where `max(t, axis)` is attained (the first place), zero elsewhere; of t's shape. */
export function maxMask(t: Term, axis: number): Term {
  checkAxis("maxMask", t.shape, axis);
  return callNode("maxMask", [t], [axis], t.shape);
}

/** The same entries, in row-major order, under another shape. */
export function reshape(t: Term, shape: Shape): Term {
  if (sizeOf(shape) !== sizeOf(t.shape)) throw new ShapeError("reshape", t.shape, shape);
  if (sameShape(shape, t.shape)) return t;
  if (isZero(t)) return zeros(shape);
  return callNode("reshape", [t], [], shape);
}

/** Terms of one shape along a new axis 0; with `shape`, reshaped to it. */
export function stack(terms: readonly Term[], shape?: Shape): Term {
  const first = terms[0];
  if (!first) throw new RangeError("stack: no terms");
  for (const t of terms) if (!sameShape(t.shape, first.shape)) throw new ShapeError("stack", first.shape, t.shape);
  const stacked = [terms.length, ...first.shape];
  const whole = terms.every(isZero) ? zeros(stacked) : callNode("stack", terms, [], stacked);
  return shape ? reshape(whole, shape) : whole;
}

/** Terms side by side along an axis; the other sizes agree. */
export function concat(terms: readonly Term[], axis: number): Term {
  const first = terms[0];
  if (!first) throw new RangeError("concat: no terms");
  checkAxis("concat", first.shape, axis);
  let total = 0;
  for (const t of terms) {
    if (!sameShape(dropAxis(t.shape, axis), dropAxis(first.shape, axis)) || t.shape.length !== first.shape.length) throw new ShapeError("concat", first.shape, t.shape);
    total += t.shape[axis]!;
  }
  if (terms.length === 1) return first;
  const shape = withAxis(first.shape, axis, total);
  return terms.every(isZero) ? zeros(shape) : callNode("concat", terms, [axis], shape);
}

/** The entries at `index` of `axis`, which is dropped. */
export function slice(t: Term, axis: number, index: number): Term {
  return reshape(range(t, axis, index, 1), dropAxis(t.shape, axis));
}

/** The entries start, …, start + length − 1 of `axis`, which is kept. */
export function range(t: Term, axis: number, start: number, length: number): Term {
  checkAxis("range", t.shape, axis);
  if (!Number.isInteger(start) || !Number.isInteger(length) || start < 0 || length < 1 || start + length > t.shape[axis]!) throw new ShapeError("range", t.shape, [start, start + length], "bounds on the axis");
  if (length === t.shape[axis]) return t;
  const shape = withAxis(t.shape, axis, length);
  return isZero(t) ? zeros(shape) : callNode("range", [t], [axis, start], shape);
}

/** `t` from `start` on along `axis` in a tensor of size `total` there, zero elsewhere. */
export function pad(t: Term, axis: number, start: number, total: number): Term {
  checkAxis("pad", t.shape, axis);
  if (!Number.isInteger(start) || start < 0 || start + t.shape[axis]! > total) throw new ShapeError("pad", t.shape, [start, total], "bounds on the axis");
  if (total === t.shape[axis]) return t;
  const shape = withAxis(t.shape, axis, total);
  return isZero(t) ? zeros(shape) : callNode("pad", [t], [axis, start], shape);
}

/** A matrix of matrices. */
export function block(rows: readonly (readonly Term[])[]): Term {
  return concat(rows.map((row) => concat(row, 1)), 0);
}

/** π, as the arc cosine of −1. */
export function pi(): Term {
  return map("acos", scalar(-1));
}

function square(operation: string, x: Term): Term {
  if (x.shape.length !== 2 || x.shape[0] !== x.shape[1]) throw new ShapeError(operation, x.shape, [x.shape[0] ?? 1, x.shape[0] ?? 1], "a square matrix is needed");
  return x;
}

function matrix(operation: string, x: Term): Term {
  if (x.shape.length !== 2) throw new ShapeError(operation, x.shape, [sizeOf(x.shape), 1], "a matrix is needed");
  return x;
}

function checkAxis(operation: string, shape: Shape, axis: number): void {
  if (!Number.isInteger(axis) || axis < 0 || axis >= shape.length) throw new ShapeError(operation, shape, [axis], "axis");
}

function dropAxis(shape: Shape, axis: number): Shape {
  return shape.filter((_, i) => i !== axis);
}

function withAxis(shape: Shape, axis: number, size: number): Shape {
  return shape.map((n, i) => (i === axis ? size : n));
}
