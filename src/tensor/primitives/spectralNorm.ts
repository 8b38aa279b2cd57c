/**
 * ‖X‖₂, the largest singular value σ = uᵀXv of an m×n matrix, where it is
 * simple. The derivative is uvᵀ: X P/σ with the projector P = vvᵀ of XᵀX in
 * reverse mode, P′X/σ with P′ = uuᵀ of XXᵀ in forward mode.
 */
import { einsum, reciprocal } from "../build";
import { topProjector } from "../calls";
import { singularValues } from "../dense/jacobi";
import { frobeniusNorm } from "../dense/matrix";
import { atomDegree } from "./degrees";
import { fullRank } from "./nuclearNorm";
import type { CallRule } from "./types";

export const spectralNorm: CallRule = {
  kind: "call",
  name: "spectralNorm",
  title: "differential of the spectral norm",
  sizes: [
    { shapes: [[1, 1]], result: [] },
    { shapes: [[3, 3]], result: [] },
    { shapes: [[4, 2]], result: [] },
    { shapes: [[2, 3]], result: [] },
  ],
  domain: fullRank,
  forward: ([x], _, out) => void (out[0] = Math.max(...singularValues(x!.data, x!.shape[0]!, x!.shape[1]!))),
  // Weyl: a perturbation E moves σ by at most ‖E‖.
  bound: ([x], _, out, error) => void (error[0] = (x!.error ? frobeniusNorm(x!.error) : 0) + 20 * (x!.shape[0]! + x!.shape[1]!) * 2 ** -53 * out[0]!),
  rounds: true,
  exactness: "none",
  tangent: ([dot], y, [x]) => einsum(",ij,jk,...ik->...", reciprocal(y), topProjector(einsum("ik,jk->ij", x!, x!)), x!, dot!),
  pullback: (ybar, y, [x]) => [einsum("...,,ij,jk->...ik", ybar, reciprocal(y), x!, topProjector(einsum("ki,kj->ij", x!, x!)))],
  degree: atomDegree,
  cost: ([x]) => 20 * x![0]! * x![1]! * Math.min(x![0]!, x![1]!),
};
