/**
 * X⁺ of an m×n matrix of any rank: V Λ⁺ Vᵀ Xᵀ with XᵀX = V Λ Vᵀ, where what is
 * smaller than a millionth of the largest eigenvalue is zero.
 *
 * Where the rank stays the same, with Y = X⁺ (Golub and Pereyra, 1973):
 * Ẏ = −Y Ẋ Y + Y Yᵀ Ẋᵀ (I − X Y) + (I − Y X) Ẋᵀ Yᵀ Y.
 */
import { einsum, identity, neg, sub } from "../build";
import { symmetricEigen } from "../dense/jacobi";
import { frobeniusNorm } from "../dense/matrix";
import { add, type Term } from "../term";
import { atomDegree } from "./degrees";
import { fullRank } from "./nuclearNorm";
import type { CallRule } from "./types";

const NEGLIGIBLE = 1e-6;

export const pseudoInverse: CallRule = {
  kind: "call",
  name: "pseudoInverse",
  title: "differential of a pseudo-inverse",
  sizes: [
    { shapes: [[2, 2]], result: [2, 2] },
    { shapes: [[4, 2]], result: [2, 4] },
    { shapes: [[2, 3]], result: [3, 2] },
  ],
  domain: fullRank,
  forward: ([x], _, out) => void computed(x!.data, x!.shape[0]!, x!.shape[1]!, out),
  // A perturbation E moves X⁺ by at most 3 ‖X⁺‖² ‖E‖ where it leaves the rank as it is; XᵀX squares the condition.
  bound: ([x], _, out, error) => {
    const [size, inverse] = [frobeniusNorm(x!.data), frobeniusNorm(out)];
    error.fill(3 * inverse ** 2 * ((x!.error ? frobeniusNorm(x!.error) : 0) + 40 * (x!.shape[0]! + x!.shape[1]!) * 2 ** -53 * size * (1 + size * inverse)));
  },
  rounds: true,
  exactness: "none",
  tangent: ([dot], y, [x]) => {
    const [left, right] = projectors(x!, y);
    const outer = add(einsum("ia,ba,...cb,cj->...ij", y, y, dot!, left), einsum("ia,...ba,cb,cj->...ij", right, dot!, y, y));
    return sub(outer, einsum("ia,...ab,bj->...ij", y, dot!, y));
  },
  pullback: (ybar, y, [x]) => {
    const [left, right] = projectors(x!, y);
    const outer = add(einsum("...ij,ia,ba,cj->...cb", ybar, y, y, left), einsum("...ij,ia,cb,cj->...ba", ybar, right, y, y));
    return [add(outer, neg(einsum("ia,...ij,bj->...ab", y, ybar, y)))];
  },
  degree: atomDegree,
  cost: ([x]) => 40 * Math.max(x![0]!, x![1]!) ** 3,
};

/** I − XY and I − YX. */
function projectors(x: Term, y: Term): [Term, Term] {
  return [sub(identity(x.shape[0]!), einsum("ij,jk->ik", x, y)), sub(identity(x.shape[1]!), einsum("ij,jk->ik", y, x))];
}

function computed(x: Float64Array, m: number, n: number, out: Float64Array): void {
  const gram = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) for (let k = 0; k < m; k++) gram[i * n + j] = gram[i * n + j]! + x[k * n + i]! * x[k * n + j]!;
  const { values, vectors } = symmetricEigen(gram, n);
  const least = NEGLIGIBLE * Math.max(...values);
  out.fill(0);
  values.forEach((value, s) => {
    if (value <= least) return;
    for (let j = 0; j < m; j++) {
      let along = 0;
      for (let k = 0; k < n; k++) along += vectors[k * n + s]! * x[j * n + k]!;
      for (let i = 0; i < n; i++) out[i * m + j] = out[i * m + j]! + (vectors[i * n + s]! * along) / value;
    }
  });
}
