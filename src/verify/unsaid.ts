/** What words say and no formula, so that a claim that fails may still be right. */
import type { Model } from "../semantics/model";
import { baseKey } from "../semantics/symbols/key";
import { isZero } from "../tensor";
import { hasDerivative } from "./alternatives";
import { type Attempt, loweringOf } from "./attempt";
import type { Claim } from "./claim";
import type { Repair } from "./repair";
import { isPartlyGiven } from "./self-contained";

/** What words say and no formula: that something depends on what it is differentiated by, or solves the equation of an eigenvector. */
export function leavesUnsaid(model: Model, claim: Claim, first: Attempt, repaired: () => Repair | null): string | null {
  if (dependsUnsaid(claim, first)) return "nothing says how it depends on what it is differentiated by";
  if (claim.left.kind === "derivative" && first.outcome === "compared" && first.pairs.every(({ left }) => isZero(left))) return "nothing says how it depends on what it is differentiated by";
  const { drawn } = loweringOf(first);
  if (hasDerivative(claim) && [...drawn.values()].some(({ entity }) => entity !== null && isPartlyGiven(model, entity)) && !repaired()) return "an entry has a value of its own";
  return [...drawn.values()].some(({ entity }) => entity?.properties.has("spectral")) && !repaired() ? "the equation of an eigenvector or singular vector is not drawn" : null;
}

/** The derivative of a letter that has neither a formula nor a kind. */
function dependsUnsaid({ left }: Claim, first: Attempt): boolean {
  if (left.kind !== "derivative" || left.of.kind !== "symbol" || left.of.subscripts.length) return false;
  const lowering = loweringOf(first);
  const entity = lowering.resolve(left.of)?.entity;
  return lowering.guessed.has(baseKey(left.of)) && !entity?.definition && !entity?.isLoss && !lowering.losses.size;
}
