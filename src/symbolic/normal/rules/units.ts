/** Unit vectors: eᵢᵀeⱼ is one or zero, their entries sum to one, and eᵢ ⊙ eᵢ = eᵢ. */
import { ONE, ratio } from "../../sizes";
import { isInner, uses } from "../draft";
import type { Factor } from "../types";
import type { Rule } from "./types";

export const units: Rule = (draft) => {
  const isUnit = (factor: Factor): boolean => factor.atom.kind === "unit";
  for (const factor of draft.factors) {
    if (!isUnit(factor)) continue;
    const label = factor.labels[0]!;
    const others = draft.factors.filter((other) => other !== factor && isUnit(other) && other.labels[0] === label);
    if (others.some((other) => other.atom !== factor.atom)) {
      draft.coefficient = [ratio(0), ratio(0)];
      return true;
    }
    if (others.length > 0 || factor.exponent.n !== 1 || factor.exponent.d !== 1) {
      draft.factors = [...draft.factors.filter((other) => other !== factor && !others.includes(other)), { ...factor, exponent: ONE }];
      return true;
    }
    if (isInner(draft, label) && uses(draft.factors, label) === 1) {
      draft.factors = draft.factors.filter((other) => other !== factor);
      draft.sizes.delete(label);
      return true;
    }
  }
  return false;
};
