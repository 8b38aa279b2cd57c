/** The verdicts as the editor speaks of them, and how often each was given. */
import type { Verdict } from "../base/statement";

export type { Verdict };

export type Counts = Readonly<Record<Verdict, number>>;

export const noCounts: Counts = { verified: 0, refuted: 0, conditional: 0, convention: 0, definition: 0, unchecked: 0 };

export function addCounts(a: Counts, b: Counts): Counts {
  return {
    verified: a.verified + b.verified,
    refuted: a.refuted + b.refuted,
    conditional: a.conditional + b.conditional,
    convention: a.convention + b.convention,
    definition: a.definition + b.definition,
    unchecked: a.unchecked + b.unchecked,
  };
}
