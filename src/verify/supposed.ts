/** "If $A$ is symmetric, …": what is said of a case holds where the text speaks of it, and nothing is verified by it elsewhere. */
import { symbolsIn } from "../semantics/expression";
import type { Model } from "../semantics/model";
import { involvedIn } from "./alternatives";
import type { Claim } from "./claim";

/** Keys of symbols of which a case is supposed in other paragraphs than the claim's, and for a display those next to it. */
export function supposedElsewhere(model: Model, claim: Claim): string[] {
  const { inline, paragraph } = claim.located;
  const isNear = (other: number): boolean => Math.abs(other - paragraph) <= (inline ? 0 : 1);
  const keys = involvedIn(model, claim).flatMap((expr) => symbolsIn(expr, false)).flatMap((symbol) => {
    const entity = model.table.resolve(symbol, claim.located)?.entity;
    return entity && entity.supposed.size && [...entity.supposed.values()].every((paragraphs) => ![...paragraphs].some(isNear)) ? [entity.key] : [];
  });
  return [...new Set(keys)];
}
