/**
 * exp, sin, cos and their kin of a square matrix as a whole, by its exponential:
 * exp([0 X; −X 0]) = [cos X sin X; −sin X cos X], and alike with +X for the
 * hyperbolic ones (Higham, Functions of Matrices, 2008, §12); and its logarithm,
 * by which it has powers: Xᵖ = exp(p log X).
 */
import type { Place } from "../latex/types";
import { broadcast, constant, einsum, inverse, matmul, matrixExponential, matrixLogarithm, matrixSquareRoot, mul, reshape, slice, type Term } from "../tensor";
import type { Lowering } from "./lower";
import { isVector, perMatrix } from "./operations";
import type { Value } from "./value";

const ofMatrices: Readonly<Record<string, (x: Term) => Term>> = {
  exp: matrixExponential,
  log: matrixLogarithm,
  sqrt: matrixSquareRoot,
  cos: (x) => block(x, -1, 0),
  sin: (x) => block(x, -1, 1),
  cosh: (x) => block(x, 1, 0),
  sinh: (x) => block(x, 1, 1),
  tan: (x) => matmul(block(x, -1, 1), inverse(block(x, -1, 0))),
  tanh: (x) => matmul(block(x, 1, 1), inverse(block(x, 1, 0))),
};

export function isMatrixFunction(fn: string): boolean {
  return Object.hasOwn(ofMatrices, fn);
}

/** The function of the matrix, or null where the argument is none; sizes that nobody gave are equal. */
export function applyToMatrix(lowering: Lowering, fn: string, x: Value, place: Place): Value | null {
  const { algebra, classes } = lowering;
  const [rows, columns] = x.shape as [string, string];
  const open = (dim: string): boolean => classes.find(dim).startsWith("?");
  const square = x.shape.length === 2 && !isVector(lowering, x) && (algebra.same(rows, columns) || ((open(rows) || open(columns)) && classes.attempt(() => classes.unify(rows, columns))));
  return square && isMatrixFunction(fn) ? perMatrix(x, x.shape, ofMatrices[fn] as (term: Term) => Term, place) : null;
}

/** Xᵖ, for X without eigenvalues on the closed negative axis. */
export function matrixToAnyPower(x: Term, exponent: Term): Term {
  return matrixExponential(mul(matrixLogarithm(x), broadcast(exponent, x.shape, [])));
}

/** The block of exp([0 X; ±X 0]) in the first row. */
function block(x: Term, sign: 1 | -1, column: 0 | 1): Term {
  const n = x.shape[0] as number;
  const turn = constant([2, 2], [0, 1, sign, 0]);
  const whole = matrixExponential(reshape(einsum("ij,kl->ikjl", turn, x), [2 * n, 2 * n]));
  return slice(slice(reshape(whole, [2, n, 2, n]), 0, 0), 1, column);
}
