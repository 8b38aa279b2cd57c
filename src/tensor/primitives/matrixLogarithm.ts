/**
 * The principal logarithm of X without eigenvalues on the closed negative axis:
 * 2ˢ log X^(1/2ˢ), by square roots until the series of artanh converges fast,
 * log Y = 2 artanh ((Y − I)(Y + I)⁻¹) (Higham, Functions of Matrices, §11).
 */
import { einsum } from "../build";
import { matrixLogarithm as logarithmTerm } from "../calls";
import { frobeniusNorm, identityMatrix, multiplySquare } from "../dense/matrix";
import { atomDegree } from "./degrees";
import { frechet } from "./frechet";
import { exponential } from "./matrixExponential";
import { invert, squareRoot, wellRooted } from "./matrixSquareRoot";
import type { CallRule } from "./types";

const TERMS = 12;
const MOST_ROOTS = 40;
const SAMPLES = 8;

export const matrixLogarithm: CallRule = {
  kind: "call",
  name: "matrixLogarithm",
  title: "differential of the matrix logarithm",
  sizes: [{ shapes: [[1, 1]] }, { shapes: [[2, 2]] }, { shapes: [[4, 4]] }],
  domain: wellRooted,
  forward: ([x], _, out) => out.set(logarithm(x!.data, x!.shape[0]!)),
  bound: ([x], _, out, error) => void error.fill(logarithmError(x!.data, x!.error, out, x!.shape[0]!)),
  rounds: true,
  exactness: "none",
  tangent: ([dot], _, [x]) => frechet(logarithmTerm, x!, dot!),
  pullback: (ybar, _, [x]) => [frechet(logarithmTerm, einsum("ij->ji", x!), ybar)],
  degree: atomDegree,
  cost: ([x]) => 200 * x![0]! ** 3,
};

function logarithm(x: Float64Array, n: number): Float64Array {
  let root: Float64Array = x.slice();
  let roots = 0;
  while (!(frobeniusNorm(shifted(root, n, -1)) < 0.25)) {
    if (++roots > MOST_ROOTS || Number.isNaN(root[0])) return root.fill(NaN);
    root = squareRoot(root, n);
  }
  const z = multiplySquare(shifted(root, n, -1), invert(shifted(root, n, 1), n), n);
  const square = multiplySquare(z, z, n);
  let sum: Float64Array = new Float64Array(n * n);
  for (let k = TERMS; k >= 0; k--) sum = shifted(multiplySquare(square, sum, n), n, 1 / (2 * k + 1));
  return multiplySquare(z, sum, n).map((entry) => 2 ** (roots + 1) * entry);
}

/** A + cI. */
function shifted(a: Float64Array, n: number, c: number): Float64Array {
  return a.map((entry, at) => (at % (n + 1) === 0 ? entry + c : entry));
}

/**
 * What e^L misses of X, and what X itself is off by, times the condition of the
 * logarithm: its derivative is ∫₀¹ R E R dt with R = (t(X − I) + I)⁻¹, of which
 * twice the largest of a few ‖R‖² is taken.
 */
function logarithmError(x: Float64Array, inputError: Float64Array | null, log: Float64Array, n: number): number {
  const { value, rounding } = exponential(log, n);
  const missed = frobeniusNorm(value.map((entry, at) => Math.abs(entry - x[at]!) + (inputError ? inputError[at]! : 0)));
  let condition = 0;
  for (let i = 0; i <= SAMPLES; i++) {
    const t = i / SAMPLES;
    const between = identityMatrix(n).map((entry, at) => (1 - t) * entry + t * x[at]!);
    condition = Math.max(condition, frobeniusNorm(invert(between, n)) ** 2);
  }
  const change = missed + n * rounding;
  return 4 * condition * change < 1 ? 2 * condition * change : Infinity;
}
