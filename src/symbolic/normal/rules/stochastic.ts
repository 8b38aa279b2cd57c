/** 1ᵀy = 1 for a one-hot y, Y1 = 1 for rows that sum to one, 1ᵀY = 1ᵀ for columns. */
import { isInner, uses } from "../draft";
import type { Factor } from "../types";
import type { Rule } from "./types";

export const stochastic: Rule = (draft) => {
  const factor = draft.factors.find((candidate) => {
    const { exponent } = candidate;
    const summed = summedOver(candidate);
    return summed !== undefined && exponent.n === 1 && exponent.d === 1 && isInner(draft, summed) && uses(draft.factors, summed) === 1;
  });
  if (!factor) return false;
  draft.factors = draft.factors.filter((other) => other !== factor);
  draft.sizes.delete(summedOver(factor)!);
  return true;
};

function summedOver({ atom, labels }: Factor): Factor["labels"][number] | undefined {
  if (atom.kind !== "variable" || atom.stochastic === null) return undefined;
  return atom.stochastic === "rows" ? labels[labels.length - 1] : labels[labels.length - 2];
}
