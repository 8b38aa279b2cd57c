/** xᵃ ⊙ xᵇ = xᵃ⁺ᵇ for the same entries of the same atom; x⁰ = 1. */
import { plus } from "../../sizes";
import type { Factor } from "../types";
import type { Rule } from "./types";

export const merge: Rule = (draft) => {
  const kept: Factor[] = [];
  for (const factor of draft.factors) {
    const at = kept.findIndex((other) => other.atom === factor.atom && sameEntries(other, factor));
    if (at < 0) kept.push(factor);
    else kept[at] = { ...kept[at]!, exponent: plus(kept[at]!.exponent, factor.exponent) };
  }
  const left = kept.filter(({ exponent }) => exponent.n !== 0);
  if (left.length === draft.factors.length) return false;
  draft.factors = left;
  return true;
};

function sameEntries(a: Factor, b: Factor): boolean {
  const [first, second] = [a.labels, b.labels];
  if (first.every((label, axis) => label === second[axis])) return true;
  return a.atom.symmetric && first[0] === second[1] && first[1] === second[0];
}
