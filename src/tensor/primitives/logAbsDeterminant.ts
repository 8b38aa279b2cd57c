/** log |det X|. Jacobi: d log |det X| = tr(X⁻¹ dX), so X̄ = ȳ X⁻ᵀ. */
import { einsum } from "../build";
import { inverse } from "../calls";
import { determinantError, factorize, logAbsDeterminantOf } from "../dense/lu";
import { determinantModular } from "../dense/modular";
import { atomDegree } from "./degrees";
import { dominantDiagonal } from "./inverse";
import type { CallRule } from "./types";

export const logAbsDeterminant: CallRule = {
  kind: "call",
  name: "logAbsDeterminant",
  title: "differential of a log-determinant",
  sizes: [
    { shapes: [[1, 1]], result: [] },
    { shapes: [[3, 3]], result: [] },
    { shapes: [[5, 5]], result: [] },
  ],
  domain: dominantDiagonal,
  forward: ([x], _, out) => void (out[0] = logAbsDeterminantOf(factorize(x!.data, x!.shape[0]!))),
  bound: ([x], _, out, error) => {
    const n = x!.shape[0]!;
    const factors = factorize(x!.data, n);
    let logs = 0;
    for (let i = 0; i < n; i++) logs += Math.abs(Math.log(Math.abs(factors.lu[i * n + i]!)));
    const { relative } = determinantError(x!.data, x!.error, factors);
    error[0] = relative < 0.5 ? 2 * relative + (n + 4) * 2 ** -53 * (logs + Math.abs(out[0]!)) : Infinity;
  },
  rounds: true,
  exactness: "atom",
  // The same atom as log(det X), whose sign is dropped.
  forwardModular: ([x], _, out, { field, atoms }) => void (out[0] = atoms.log(determinantModular(x!.data, x!.shape[0]!, field))),
  tangent: ([dot], _, [x]) => einsum("ij,...ji->...", inverse(x!), dot!),
  pullback: (ybar, _, [x]) => [einsum("...,ji->...ij", ybar, inverse(x!))],
  degree: atomDegree,
  cost: ([x]) => x![0]! ** 3,
};
