/** 1ᵀy = 1 for a one-hot y, Y1 = 1 for rows that sum to one. */
import { isInner, uses } from "../draft";
import type { Rule } from "./types";

export const stochastic: Rule = (draft) => {
  const factor = draft.factors.find(({ atom, exponent, labels }) => {
    const last = labels[labels.length - 1];
    return atom.kind === "variable" && atom.stochastic && last !== undefined && exponent.n === 1 && exponent.d === 1 && isInner(draft, last) && uses(draft.factors, last) === 1;
  });
  if (!factor) return false;
  draft.factors = draft.factors.filter((other) => other !== factor);
  draft.sizes.delete(factor.labels[factor.labels.length - 1]!);
  return true;
};
