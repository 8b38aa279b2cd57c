/** Derivatives whose right side is left open. */
import type { Reading } from "../readings/reading";
import type { Model } from "../semantics/model";
import type { Claim } from "./claim";
import { computedForm, displayed, type Displayed } from "./closed";

/** A derivative whose right side is left open, as a claim of it alone, and what could be written there. */
export interface Open {
  readonly claim: Claim;
  readonly computed: Displayed;
}

/** What could be written where the notes leave a derivative open. */
export function openGradients(model: Model, home: Reading): Open[] {
  return openClaims(model).flatMap((claim): Open[] => {
    const computed = computedForm(model, claim, home, claim.left, true);
    return computed ? [{ claim, computed: displayed(computed) }] : [];
  });
}

export function openClaims(model: Model): Claim[] {
  return model.located.flatMap((located): Claim[] => {
    const { sides, links } = located.assertion;
    const [left, right] = sides;
    if (left?.kind !== "derivative" || links.length !== 1 || links[0]?.operator !== "=" || right?.kind !== "opaque" || right.why !== "open") return [];
    return [{ located, link: 0, left, right: left, proportional: false }];
  });
}
