/**
 * The derivative of a function of a whole matrix in a direction E: the upper
 * right block of f [[X, E], [0, X]], for every f that is analytic around the
 * eigenvalues of X (Mathias 1996). The adjoint in the inner product tr(AᵀB) is
 * the derivative at Xᵀ.
 */
import { einsum, identity } from "../build";
import { reshape, slice, stack } from "../calls";
import { sizeOf } from "../shape";
import { add, constant, type Term } from "../term";
import { batchOf } from "./batch";

/** For each E of a batch; a large batch is expanded in the n² unit directions. */
export function frechet(f: (x: Term) => Term, x: Term, e: Term): Term {
  const n = x.shape[0]!;
  const batch = batchOf(e, x.shape);
  const count = sizeOf(batch);
  if (count > n * n) {
    const basis = frechet(f, x, einsum("ai,bj->abij", identity(n), identity(n)));
    return einsum("...ab,abij->...ij", e, basis);
  }
  const directions = reshape(e, [count, n, n]);
  const results = Array.from({ length: count }, (_, i) => upperRight(f, x, slice(directions, 0, i)));
  return stack(results, e.shape);
}

function upperRight(f: (x: Term) => Term, x: Term, e: Term): Term {
  const n = x.shape[0]!;
  const corner = constant([2, 2], [0, 1, 0, 0]);
  const blocks = add(einsum("ac,ij->aicj", identity(2), x), einsum("ac,ij->aicj", corner, e));
  const whole = reshape(f(reshape(blocks, [2 * n, 2 * n])), [2, n, 2, n]);
  return slice(slice(whole, 0, 0), 1, 1);
}
