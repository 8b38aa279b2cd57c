/** Functions of the symmetric part of a matrix, as terms and as numbers. */
import { einsum, scale } from "../build";
import { add, type Term } from "../term";

/** The symmetric part of each matrix of a batch: it is its own adjoint. */
export function symmetricPart(t: Term): Term {
  return scale(add(t, einsum("...ij->...ji", t)), 1, 2);
}

/** The symmetric part of an n×n matrix. */
export function symmetrized(x: Float64Array, n: number): Float64Array {
  return x.map((entry, place) => (entry + x[(place % n) * n + Math.floor(place / n)]!) / 2);
}
