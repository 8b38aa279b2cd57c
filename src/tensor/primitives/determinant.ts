/** det X of an n×n matrix. Jacobi: d det X = det(X) tr(X⁻¹ dX), so X̄ = ȳ y X⁻ᵀ. */
import { einsum } from "../build";
import { inverse } from "../calls";
import { determinantError, determinantOf, factorize } from "../dense/lu";
import { determinantModular } from "../dense/modular";
import { argsOf } from "../term";
import type { CallRule } from "./types";
import { dominantDiagonal } from "./inverse";

export const determinant: CallRule = {
  kind: "call",
  name: "determinant",
  title: "Jacobi's formula",
  sizes: [
    { shapes: [[1, 1]], result: [] },
    { shapes: [[3, 3]], result: [] },
    { shapes: [[4, 4]], result: [] },
  ],
  domain: dominantDiagonal,
  forward: ([x], _, out) => void (out[0] = determinantOf(factorize(x!.data, x!.shape[0]!))),
  bound: ([x], _, out, error) => {
    const { relative, absolute } = determinantError(x!.data, x!.error, factorize(x!.data, x!.shape[0]!));
    error[0] = Math.min(relative === Infinity ? Infinity : relative * Math.abs(out[0]!), absolute);
  },
  rounds: true,
  exactness: "rational",
  forwardModular: ([x], _, out, { field }) => void (out[0] = determinantModular(x!.data, x!.shape[0]!, field)),
  tangent: ([dot], y, [x]) => einsum(",ij,...ji->...", y, inverse(x!), dot!),
  pullback: (ybar, y, [x]) => [einsum("...,,ji->...ij", ybar, y, inverse(x!))],
  degree: ([x], y) => {
    const n = argsOf(y)[0]!.shape[0]!;
    const denominator = new Map([...x!.denominator].map(([source, { degree, count }]) => [source, { degree, count: count * n }] as const));
    return { numerator: n * x!.numerator, denominator, collisions: 0 };
  },
  cost: ([x]) => x![0]! ** 3,
};
