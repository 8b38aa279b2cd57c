/**
 * How attempts at the claims of a document ended. A claim is asked about in one
 * reading after the other, most of which it does not tell apart.
 */
import type { Reading } from "../readings/reading";
import type { Expr } from "../semantics/expression";
import type { Model } from "../semantics/model";
import { loweringOf } from "./attempt";
import type { Claim } from "./claim";
import type { Tried } from "./screen";

interface Ended {
  readonly claim: Claim;
  readonly made: Tried;
}

/** By the right side. */
const ended = new WeakMap<Model, Map<Expr, Ended[]>>();

/** How it ended in a reading that is the same wherever it was looked at. */
export function past(model: Model, claim: Claim, reading: Reading): Tried | undefined {
  return ended.get(model)?.get(claim.right)?.find((one) => isSame(one.claim, claim) && loweringOf(one.made).reading.watch.agrees(reading))?.made;
}

export function remember(model: Model, claim: Claim, made: Tried): void {
  let all = ended.get(model);
  if (!all) ended.set(model, (all = new Map()));
  const own = all.get(claim.right);
  if (own) own.push({ claim, made });
  else all.set(claim.right, [{ claim, made }]);
}

/** Whether two claims say the same of the same place. */
export function isSame(a: Claim, b: Claim): boolean {
  return a.left === b.left && a.right === b.right && a.located === b.located && a.link === b.link && a.proportional === b.proportional && a.where === b.where && a.extreme === b.extreme && a.inCase === b.inCase;
}
