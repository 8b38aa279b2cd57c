/** What may be concluded of one claim. */
import type { Reading } from "../readings/reading";
import { type Attempt } from "./attempt";
import type { Claim } from "./claim";
import { type Repair } from "./repair";

export type Conclusion =
  | { readonly verdict: "verified"; readonly attempt: Attempt; readonly reading: Reading; readonly assumptions: readonly string[] }
  | { readonly verdict: "convention"; readonly attempt: Attempt; readonly reading: Reading; readonly code: "layout" | "tensor-shorthand"; readonly message: string }
  | { readonly verdict: "conditional"; readonly attempt: Attempt; readonly reading: Reading; readonly assumption: string }
  | { readonly verdict: "refuted"; readonly attempt: Attempt; readonly reading: Reading; readonly repair: Repair | null }
  | { readonly verdict: "unchecked"; readonly attempt: Attempt | null; readonly reason: "unknown-symbol" | "unknown-shape" | "unsupported" | "ambiguous" | "too-large" | "not-a-claim"; readonly message: string; readonly suspect?: Suspect };

export type Verified = Extract<Conclusion, { readonly verdict: "verified" }>;

export type Unchecked = Extract<Conclusion, { readonly verdict: "unchecked" }>;

/** A claim that fails in every reading, and that nothing explains. */
export interface Suspect {
  readonly claim: Claim;
  readonly attempt: Attempt;
  readonly reading: Reading;
}
