/** One claim that does not hold as it is usually read, and what has been found of it so far. */
import type { Reading } from "../readings/reading";
import type { Model } from "../semantics/model";
import { derivativesIn } from "../semantics/expression";
import type { Attempt } from "./attempt";
import type { Claim } from "./claim";
import type { Suspect, Unchecked, Verified } from "./conclusion";
import { differs } from "./outcomes";
import type { Repair } from "./repair";
import type { Screen, Tried } from "./screen";

export interface Case {
  readonly model: Model;
  readonly claim: Claim;
  readonly home: Reading;
  /** How it ended in the usual reading. */
  readonly first: Attempt;
  readonly others: readonly Reading[];
  /** How it ended in the usual reading and in each of the others. */
  readonly tried: readonly Tried[];
  /** Whether it speaks of chance. */
  readonly byChance: boolean;
  /** The one that a repair may edit. */
  readonly side: "left" | "right";
  readonly screen: Screen;
  /** The plainest edit that makes it hold. */
  readonly repaired: () => Repair | null;
  /** The attempt that shows best how it fails. */
  readonly shown: () => Attempt;
}

/** Asked in order; the first that has an answer gives it. */
export function firstOf<T>(one: Case, questions: readonly ((one: Case) => T | null)[]): T | null {
  for (const ask of questions) {
    const answer = ask(one);
    if (answer !== null) return answer;
  }
  return null;
}

export function leftOpen({ first }: Case, message: string, reason: Unchecked["reason"] = "ambiguous"): Unchecked {
  return { verdict: "unchecked", attempt: first, reason, message };
}

/** The same, of a failure that nothing explains: it counts where what it speaks of is understood elsewhere. */
export function unexplained(one: Case, message: string, reason: Unchecked["reason"] = "ambiguous"): Unchecked {
  const suspect = suspectIn(one);
  return { ...leftOpen(one, message, reason), ...(suspect ? { suspect } : {}) };
}

function suspectIn({ claim, home, first, tried, byChance, repaired, shown }: Case): Suspect | null {
  const isPlain = !byChance && !claim.isLabel && isLaw(claim);
  return isPlain && fails(first) && tried.every((other) => fails(other) || other.outcome === "failed") && !repaired() ? { claim, attempt: shown(), reading: home } : null;
}

/** A step of what speaks of derivatives, or what is said of a numbered entry. */
function isLaw({ located, left }: Claim): boolean {
  return located.assertion.sides.some((side) => derivativesIn(side).length > 0) || (left.kind === "symbol" && left.subscripts.length > 0 && left.subscripts.every(({ expr }) => expr.kind === "number"));
}

function fails(one: Tried): boolean {
  return one.outcome === "shape" || (one.outcome === "failed" && one.failure.kind === "range") || differs(one);
}

export function verifiedBy(made: Attempt, reading: Reading, also: readonly string[] = []): Verified {
  return { verdict: "verified", attempt: made, reading, assumptions: [...(made.outcome === "compared" ? made.sides.lowering.preconditions : []), ...also] };
}
