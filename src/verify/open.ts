/** Derivatives whose right side is left open. */
import type { Reading } from "../readings/reading";
import type { Place } from "../semantics/expression";
import type { Model } from "../semantics/model";
import type { Claim } from "./claim";
import { computedForm, displayed, type Displayed } from "./closed";

/** A derivative whose right side is left open. */
export interface Open {
  readonly open: OpenClaim;
  readonly computed: Displayed;
}

/** A derivative whose right side is left open, as a claim of it alone. */
export interface OpenClaim {
  readonly claim: Claim;
  /** Where the right side would stand. */
  readonly at: Place;
}

export function openClaims(model: Model): OpenClaim[] {
  return model.located.flatMap((located): OpenClaim[] => {
    const { sides, links } = located.assertion;
    const [left, right] = sides;
    if (left?.kind !== "derivative" || links.length !== 1 || links[0]?.operator !== "=" || right?.kind !== "opaque" || right.why !== "open") return [];
    return [{ claim: { located, link: 0, left, right: left, proportional: false }, at: { start: links[0].end, end: links[0].end } }];
  });
}

/** What could be written where the notes leave a derivative open. */
export function openGradients(model: Model, home: Reading): Open[] {
  return openClaims(model).flatMap((open): Open[] => {
    const computed = computedForm(model, open.claim, home, open.claim.left, true);
    return computed ? [{ open, computed: displayed(computed) }] : [];
  });
}
