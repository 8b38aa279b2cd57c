/** The derivations of what is computed: beside a judged statement, and where the notes leave a derivative open. */
import type { Step } from "../base/statement";
import type { Reading } from "../readings/reading";
import type { Model } from "../semantics/model";
import type { Claim } from "./claim";
import type { Finding } from "./finding";
import { computedForm, judgedForm } from "./closed";
import { stepsOf } from "./steps";

/** Null where no derivation is found. */
export function derivationOfOpen(model: Model, claim: Claim, home: Reading): readonly Step[] | null {
  const form = computedForm(model, claim, home, claim.left, true);
  return form && stepsOf(model, claim, home, claim.left, form, true);
}

export function derivationOfFinding(model: Model, { located, left, right, conclusion }: Finding, home: Reading): readonly Step[] | null {
  if (!("reading" in conclusion)) return null;
  const claim: Claim = { located, link: located.assertion.sides.indexOf(left), left, right, proportional: false };
  const form = judgedForm(model, claim, conclusion, home);
  return form && stepsOf(model, claim, conclusion.verdict === "convention" ? home : conclusion.reading, left, form);
}
