/**
 * Values at a point that the words name: "evaluated at $\\theta = 0$, the
 * gradient is …". What is said in the sentence before a derivative by that
 * letter is where the derivative is taken.
 */
import { derivativesIn, type Expr, type Relation } from "../semantics/expression";
import { isExample } from "../semantics/declarations/definitions";
import type { Model } from "../semantics/model";
import { baseSymbol } from "../readings/dependence";
import type { Reading } from "../readings/reading";
import { fullKey } from "../semantics/symbols/key";
import { attempt, loweringOf } from "./attempt";
import type { Claim } from "./claim";
import type { Conclusion } from "./conclusion";
import { holds } from "./outcomes";

/** A claim about a derivative at the point that its paragraph names; null where it names none. */
export function atNamedPoint(model: Model, claim: Claim, home: Reading): Conclusion | null {
  const point = pointBefore(model, claim);
  if (!point) return null;
  const placed = (side: Expr): Expr => (side.kind === "at" ? side : { kind: "at", body: side, where: [point], start: side.start, end: side.end });
  const reading: Reading = { ...home, examples: "free" };
  const made = attempt(model, { ...claim, left: placed(claim.left), right: placed(claim.right) }, reading);
  if (holds(made)) return { verdict: "verified", attempt: made, reading, assumptions: [...loweringOf(made).preconditions] };
  return { verdict: "unchecked", attempt: made, reason: "ambiguous", message: "it may be meant at a point" };
}

function pointBefore(model: Model, { located, left, right }: Claim): Relation | null {
  const letters = new Set([left, right].flatMap(derivativesIn).flatMap(({ wrt, of }) => [...wrt, ...(wrt.length || of.kind !== "apply" ? [] : of.args)]).flatMap((wrt) => baseSymbol(wrt) ?? []).map(fullKey));
  for (let at = located.id - 1; at >= 0; at--) {
    const earlier = model.located[at];
    if (!earlier?.inline || earlier.section !== located.section || located.paragraph - earlier.paragraph > 1) return null;
    const [letter, value] = earlier.assertion.sides;
    // `y = Wx` says what y is.
    if (value && model.defining.has(earlier.id) && !isExample(value)) continue;
    if (letter?.kind === "symbol" && letters.has(fullKey(letter)) && value && value.kind !== "opaque" && earlier.assertion.links.length === 1 && earlier.assertion.links[0]?.operator === "=") return earlier.assertion;
  }
  return null;
}
