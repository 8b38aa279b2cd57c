/** eᵘ σ(−u) = σ(u), or 1 − σ(−u) of a negative u: what the derivative of 1/(1 + eᵘ) leaves. */
import { ONE, ratio, plus, coefficients } from "../../sizes";
import { mapped, multiplyBy, plusAll, scaled } from "../algebra";
import type { Rule } from "./types";

export const logistic: Rule = (draft, ws) => {
  for (const factor of draft.factors) {
    const { atom, exponent, labels } = factor;
    if (atom.kind !== "map" || atom.fn !== "exp" || exponent.n < 1 || exponent.d !== 1) continue;
    const partner = draft.factors.find((other) => other.atom.kind === "map" && other.atom.fn === "sigmoid" && other.exponent.n > 0 && other.labels.every((label, axis) => label === labels[axis]) && other.atom.arg === scaled(ws, atom.arg, -1));
    if (!partner) continue;
    const rest = draft.factors.filter((other) => other !== factor && other !== partner);
    const lowered = [factor, partner].map((other) => ({ ...other, exponent: plus(other.exponent, ratio(-1)) }));
    draft.factors = [...rest, ...lowered.filter(({ exponent: e }) => e.n !== 0)];
    if (!atom.arg.products.every(({ coefficient }) => coefficients.isNegative(coefficient))) {
      multiplyBy(ws, draft, mapped(ws, "sigmoid", atom.arg), labels);
      return true;
    }
    const sigmoid = mapped(ws, "sigmoid", scaled(ws, atom.arg, -1));
    const complement = plusAll(ws, atom.dims, [ws.number(coefficients.of(ONE), atom.dims), scaled(ws, sigmoid, -1)]);
    multiplyBy(ws, draft, complement, labels);
    return true;
  }
  return false;
};
