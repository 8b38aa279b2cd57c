/**
 * L, lower triangular with a positive diagonal, such that LLᵀ = S, the
 * symmetric part of an n×n matrix, where that is positive definite.
 *
 * From Ṡ = L̇Lᵀ + LL̇ᵀ: L⁻¹ṠL⁻ᵀ is L⁻¹L̇ plus its transpose, so L̇ = L Φ(L⁻¹ṠL⁻ᵀ)
 * where Φ keeps the lower triangle and half of the diagonal. Φ multiplies
 * entries, so it is its own adjoint: S̄ is the symmetric part of
 * L⁻ᵀ Φ(LᵀL̄) L⁻¹ (Murray, "Differentiation of the Cholesky decomposition", 2016).
 */
import { einsum } from "../build";
import { inverse } from "../calls";
import { choleskyError, choleskyFactor } from "../dense/cholesky";
import { constant, type Term } from "../term";
import { atomDegree } from "./degrees";
import { dominantDiagonal } from "./inverse";
import { symmetricPart, symmetrized } from "./symmetric";
import type { CallRule } from "./types";

export const cholesky: CallRule = {
  kind: "call",
  name: "cholesky",
  title: "differential of a Cholesky factor",
  sizes: [{ shapes: [[1, 1]] }, { shapes: [[2, 2]] }, { shapes: [[4, 4]] }],
  domain: dominantDiagonal,
  forward: ([x], _, out) => choleskyFactor(symmetrized(x!.data, x!.shape[0]!), x!.shape[0]!, out),
  bound: ([x], _, out, error) => {
    const n = x!.shape[0]!;
    choleskyError(symmetrized(x!.data, n), x!.error && symmetrized(x!.error, n), out, n, error);
  },
  rounds: true,
  exactness: "none",
  tangent: ([dot], y) => einsum("ab,bc,bd,...de,ce->...ac", y, lowerHalf(y), inverse(y), symmetricPart(dot!), inverse(y)),
  pullback: (ybar, y) => [symmetricPart(einsum("bd,bc,ab,...ac,ce->...de", inverse(y), lowerHalf(y), y, ybar, inverse(y)))],
  degree: atomDegree,
  cost: ([x]) => x![0]! ** 3,
};

/** What Φ multiplies by. */
function lowerHalf({ shape }: Term): Term {
  const n = shape[0]!;
  return constant(shape, Array.from({ length: n * n }, (_, place) => 1 + Math.sign(Math.floor(place / n) - (place % n))), 2);
}
