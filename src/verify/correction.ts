/** Which edit of a claim that fails is the plainest that makes it hold, over the readings in which it may be meant. */
import type { Reading } from "../readings/reading";
import { findsVariableLater, givenData, hasDerivative, opposite, sameLayout, spellsOtherwise } from "./alternatives";
import { type Attempt, attempt, type Options } from "./attempt";
import { type Case, firstOf } from "./case";
import { asWholes, guessesOf, plainLetters } from "./charity";
import { claimsIn, smallDocument } from "./extent";
import { differs } from "./outcomes";
import { repair, type Repair } from "./repair";
import { stated } from "./self-contained";
import { distributionsIn } from "./weights";

/** What edits may cost; less where an earlier link, or what nothing declares, may be at fault. */
const usualCost = 4;
const cautiousCost = 3;

export function correctionOf(one: Case): Repair | null {
  const { model, claim, home, others, tried, side, first, screen } = one;
  const cost = costOf(one);
  const data = hasDerivative(claim) ? givenData(claim, model) : [];
  const isOfData = ({ variables }: Reading, at: number): boolean => data.length > 0 && variables.length === home.variables.length + data.length && variables.slice(home.variables.length).every((key) => data.includes(key)) && differs(tried[at + 1] ?? first);
  const meant = others.filter((other, at) => spellsOtherwise(other, home) || (hasDerivative(claim) && sameLayout(other, home) && (other.samples !== home.samples || isOfData(other, at))));
  for (const reading of [home, ...meant]) {
    const found = repair(model, claim, reading, side, screen, cost);
    if (found && !restsOnLater(one, found, reading)) return found;
  }
  const left = side === "right" && claim.left.kind === "derivative" && claim.link === 0 ? repair(model, claim, home, "left", screen, cost) : null;
  const understood = left ?? firstOf(one, understoodIn(one).map((options) => () => repair(model, claim, home, side, screen, cost, () => options)));
  const logistic = understood ?? (guessesOf(first).includes("sigma") ? repair(model, claim, { ...home, sigma: "sigmoid" }, side, screen, cost) : null);
  return logistic ?? (hasDerivative(claim) ? repair(model, claim, opposite(home), side, screen, cost, undefined, (variant) => variant.scales === true) : null);
}

/** What may be understood of letters: that weights sum to one, also where others are numbers that are vectors elsewhere, and that a y of which elsewhere the y_i are written is the vector of these. */
function understoodIn({ model, claim, home, first }: Case): Options[] {
  const weighed = (made: Attempt, options: Options): Options[] => [distributionsIn(model, made)].flatMap((extra) => (extra ? [{ ...options, extra }] : []));
  const ofWholes = asWholes(model, claim, first).flatMap((overrides) => [{ overrides }, ...weighed(attempt(model, claim, home, { overrides }), { overrides })]);
  const ofNumbers = plainLetters(model, claim, first).map((letters) => new Map([...letters].map((key) => [key, "scalar"] as const)));
  return [...weighed(first, {}), ...ofWholes, ...ofNumbers.flatMap((overrides) => weighed(attempt(model, claim, home, { overrides }), { overrides }))];
}

function costOf({ model, claim, first }: Case): number {
  const isLaterLink = claim.link > 0 && !claim.isLabel && !stated(claim, model) && claimsIn(model) > smallDocument;
  return isLaterLink || (!hasDerivative(claim) && guessesOf(first).length > 0) ? cautiousCost : usualCost;
}

/** What is right of the value alone that the text finds later for what is differentiated by corrects nothing. */
function restsOnLater({ model, claim, screen }: Case, { side, variant }: Repair, reading: Reading): boolean {
  return findsVariableLater(claim, model) && !screen.proof({ ...claim, [side]: variant.expr }, { ...reading, later: "free" });
}
