/** The Cholesky factor of small row-major symmetric matrices, and a bound on its error. */
import { factorize, invertFactors } from "./lu";
import { frobeniusNorm, multiplySquare } from "./matrix";

/** L with LLᵀ = S, from the lower triangle of S; NaN where S is not positive definite. */
export function choleskyFactor(s: Float64Array, n: number, out: Float64Array): void {
  out.fill(0);
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      let rest = s[i * n + j]!;
      for (let k = 0; k < j; k++) rest -= out[i * n + k]! * out[j * n + k]!;
      // The root of a negative number is NaN, and so is what it divides.
      out[i * n + j] = i === j ? Math.sqrt(rest) : rest / out[j * n + j]!;
    }
  }
}

/**
 * Entrywise bounds on the distance from a computed L to the factor of an S
 * known up to `inputError`. Let that factor be L(I + X) with X lower
 * triangular, and G = L⁻¹(S − LLᵀ)L⁻ᵀ. Then X + Xᵀ = G − XXᵀ, so that
 * √2‖X‖ ≤ ‖G‖ + ‖X‖² in the Frobenius norm, and ‖X‖ ≤ √2‖G‖ where ‖G‖ < 1/2.
 * Nothing is assumed of how L was found.
 */
export function choleskyError(s: Float64Array, inputError: Float64Array | null, l: Float64Array, n: number, error: Float64Array): void {
  const inverse = new Float64Array(n * n);
  invertFactors(factorize(l, n), inverse);
  const norm = 1.1 * frobeniusNorm(congruence(inverse.map(Math.abs), residual(s, inputError, l, n), n));
  for (let i = 0; i < n; i++) {
    const row = frobeniusNorm(l.subarray(i * n, (i + 1) * n));
    for (let j = 0; j < n; j++) error[i * n + j] = j > i ? 0 : norm < 0.25 ? Math.SQRT2 * norm * row : Infinity;
  }
}

/** |S − LLᵀ|, with what is unknown of S and what rounding adds. */
function residual(s: Float64Array, inputError: Float64Array | null, l: Float64Array, n: number): Float64Array {
  return s.map((entry, place) => {
    const [i, j] = [Math.floor(place / n), place % n];
    let sum = entry;
    let slack = Math.abs(entry);
    for (let k = 0; k <= Math.min(i, j); k++) {
      const term = l[i * n + k]! * l[j * n + k]!;
      sum -= term;
      slack += Math.abs(term);
    }
    return Math.abs(sum) + (n + 3) * 2 ** -53 * slack + (inputError ? inputError[place]! : 0);
  });
}

/** Y E Yᵀ. */
function congruence(y: Float64Array, e: Float64Array, n: number): Float64Array {
  return multiplySquare(multiplySquare(y, e, n), y.map((_, place) => y[(place % n) * n + Math.floor(place / n)]!), n);
}
