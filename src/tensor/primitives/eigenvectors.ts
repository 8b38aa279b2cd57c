/**
 * The unit eigenvectors, as columns in the order of descending eigenvalues, of
 * an n×n matrix that has n distinct real ones.
 *
 * V̇ = V(K − diag d) with K = F ∘ (V⁻¹ Ẋ V), Fᵢⱼ = 1/(λⱼ − λᵢ) off the diagonal
 * and 0 on it (first-order perturbation theory); dᵢ = (VᵀVK)ᵢᵢ keeps the columns
 * of length one, and is zero for a symmetric X.
 */
import { einsum, identity, mul, neg, ones, reciprocal, sub } from "../build";
import { eigenvalues, inverse } from "../calls";
import { realEigen, residual } from "../dense/eigen";
import { frobeniusNorm } from "../dense/matrix";
import { add, type Term } from "../term";
import { atomDegree } from "./degrees";
import { spreadDiagonal } from "./eigenvalues";
import type { CallRule } from "./types";

export const eigenvectors: CallRule = {
  kind: "call",
  name: "eigenvectors",
  title: "differential of an eigenvector",
  sizes: [{ shapes: [[2, 2]] }, { shapes: [[3, 3]] }, { shapes: [[5, 5]] }],
  domain: spreadDiagonal,
  forward: ([x], _, out) => out.set(realEigen(x!.data, x!.shape[0]!).vectors),
  // A perturbation E moves a unit eigenvector by about κ(V) ‖E‖ / gap.
  bound: ([x], _, __, error) => {
    const n = x!.shape[0]!;
    const eigen = realEigen(x!.data, n);
    const change = eigen.condition ** 2 * ((x!.error ? frobeniusNorm(x!.error) : 0) + residual(x!.data, eigen, n) + 20 * n * 2 ** -53 * frobeniusNorm(x!.data));
    error.fill(n === 1 ? 0 : change < eigen.gap / 4 ? (4 * change) / eigen.gap + 20 * n * 2 ** -53 : Infinity);
  },
  rounds: true,
  exactness: "none",
  tangent: ([dot], v, [x]) => {
    const k = einsum("ij,ia,...ab,bj->...ij", gaps(x!), inverse(v), dot!, v);
    const along = einsum("ai,aj,...ji->...i", v, v, k);
    return sub(einsum("ai,...ij->...aj", v, k), einsum("ai,...i->...ai", v, along));
  },
  pullback: (vbar, v, [x]) => {
    const along = neg(einsum("ai,...ai->...i", v, vbar));
    const kbar = add(einsum("ai,...aj->...ij", v, vbar), einsum("ai,aj,...i->...ji", v, v, along));
    return [einsum("ij,ia,...ij,bj->...ab", gaps(x!), inverse(v), kbar, v)];
  },
  degree: atomDegree,
  cost: ([x]) => 100 * x![0]! ** 3,
};

/** 1/(λⱼ − λᵢ) off the diagonal. */
function gaps(x: Term): Term {
  const n = x.shape[0]!;
  const values = eigenvalues(x);
  const off = sub(ones([n, n]), identity(n));
  const spread = (spec: string): Term => einsum(spec, values, ones([n]));
  return mul(off, reciprocal(add(sub(spread("j,i->ij"), spread("i,j->ij")), identity(n))));
}
