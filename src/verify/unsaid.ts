/** What words say and no formula, so that a claim that fails may still be right. */
import type { Reading } from "../readings/reading";
import { derivativesIn, symbolsIn } from "../semantics/expression";
import type { Model } from "../semantics/model";
import { baseKey, taggedKey } from "../semantics/symbols/key";
import { isZero } from "../tensor";
import { hasDerivative } from "./alternatives";
import { type Attempt, attemptValue, loweringOf } from "./attempt";
import type { Claim } from "./claim";
import { namesDerivative } from "./named-derivatives";
import type { Repair } from "./repair";
import { isPartlyGiven } from "./self-contained";

/** What words say and no formula: that something depends on what it is differentiated by, or solves the equation of an eigenvector. */
export function leavesUnsaid(model: Model, claim: Claim, home: Reading, first: Attempt, repaired: () => Repair | null): string | null {
  if (dependsUnsaid(claim, first)) return "nothing says how it depends on what it is differentiated by";
  if (claim.left.kind === "derivative" && first.outcome === "compared" && first.pairs.every(({ left }) => isZero(left))) return "nothing says how it depends on what it is differentiated by";
  if (tellsOfLoss(model, claim, home, first) && !repaired()) return "nothing says what the loss is";
  const { drawn } = loweringOf(first);
  if (hasDerivative(claim) && [...drawn.values()].some(({ entity }) => entity !== null && isPartlyGiven(model, entity)) && !repaired()) return "an entry has a value of its own";
  return [...drawn.values()].some(({ entity }) => entity?.properties.has("spectral")) && !repaired() ? "the equation of an eigenvector or singular vector is not drawn" : null;
}

/** `\partial\ell/\partial z = p - y` of a loss without a formula: a y that the network has not tells something of the loss. */
function tellsOfLoss(model: Model, claim: Claim, home: Reading, first: Attempt): boolean {
  const { left, right, located } = claim;
  const { losses } = loweringOf(first);
  if (left.kind !== "derivative" || left.of.kind !== "symbol" || !losses.has(taggedKey(left.of)) || derivativesIn(right).length) return false;
  if (symbolsIn(right, false).some((symbol) => namesDerivative(model, symbol, located))) return false;
  const [own, told] = [left, right].map((side) => attemptValue(model, claim, home, side)?.lowering.drawn);
  return own !== undefined && [...(told?.keys() ?? [])].some((name) => !own.has(name));
}

/** The derivative of a letter that has neither a formula nor a kind. */
function dependsUnsaid({ left }: Claim, first: Attempt): boolean {
  if (left.kind !== "derivative" || left.of.kind !== "symbol" || left.of.subscripts.length) return false;
  const lowering = loweringOf(first);
  const entity = lowering.resolve(left.of)?.entity;
  return lowering.guessed.has(baseKey(left.of)) && !entity?.definition && !entity?.isLoss && !lowering.losses.size;
}
