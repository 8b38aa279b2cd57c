/**
 * Readings tried in order of plausibility, and what follows from how each
 * ended: the verdict on one claim.
 */
import { isSettled } from "../readings/expectations";
import type { Failure } from "../readings/failure";
import type { Reading } from "../readings/reading";
import { namesMembers } from "../readings/running";
import { derivativesIn, occurs, symbolsIn } from "../semantics/expression";
import type { Model } from "../semantics/model";
import { taggedKey } from "../semantics/symbols/key";
import { findsVariableLater, hasDerivative, involvedIn, opposite, otherReadings, sameLayout, softmaxUnsaid, spectralReadings, spellsOtherwise, usesLaterDefinitions } from "./alternatives";
import { underAssumption } from "./assumed";
import { asPrinted } from "./braces";
import { attempt, type Attempt, loweringOf } from "./attempt";
import { charitable, guessesOf, plainLetters, vagueOf } from "./charity";
import type { Claim } from "./claim";
import type { Conclusion, Suspect } from "./conclusion";
import { doubtOf } from "./doubts";
import { failsAtEndsAlone, leavesEndsOut } from "./ends";
import { claimsIn, isLongerThan, longest, smallDocument } from "./extent";
import { exhausted } from "./fuel";
import { formalChain } from "./formal-chain";
import { noLaw } from "./no-law";
import { holds, isZeroOnTheLeft, vacuous, varying } from "./outcomes";
import { onesAsIdentity } from "./ones-as-identity";
import { ownStep } from "./own-step";
import { repair, type Repair } from "./repair";
import { leavesEntryOut, restsOnClash } from "./rests";
import { inFull, Screen, type Tried } from "./screen";
import { isSelfContained, stated } from "./self-contained";
import { shorthands } from "./shorthand";
import { leavesUnsaid } from "./unsaid";
import { supposedElsewhere } from "./supposed";
import { distributionsIn } from "./weights";
import { goesUpstream } from "./upstream";

type Open = Attempt & { readonly comparison: { readonly status: "undecided" } };

/** `side`: the one that a repair may edit. */
export function judge(model: Model, claim: Claim, usual: Reading, side: "left" | "right" = "right"): Conclusion {
  const conclusion = judgeAsSaid(model, claim, usual, side);
  if (conclusion.verdict !== "verified") return conclusion;
  const doubt = doubtOf(model, claim, conclusion);
  if (doubt) return { verdict: "unchecked", attempt: conclusion.attempt, reason: "ambiguous", message: doubt };
  const keys = supposedElsewhere(model, claim);
  if (!keys.length || holds(attempt(model, claim, { ...conclusion.reading, general: keys }))) return conclusion;
  const general = judgeAsSaid(model, claim, { ...usual, general: keys }, side);
  return general.verdict === "verified" || general.verdict === "convention" ? general : { verdict: "unchecked", attempt: conclusion.attempt, reason: "ambiguous", message: "it holds in a case of which the text speaks elsewhere" };
}

function judgeAsSaid(model: Model, claim: Claim, usual: Reading, side: "left" | "right"): Conclusion {
  const [home = usual] = spectralReadings(claim, model, usual);
  if (isLongerThan([claim.left, claim.right], longest)) return { verdict: "unchecked", attempt: null, reason: "too-large", message: "too long to decide" };
  if (exhausted(model)) return { verdict: "unchecked", attempt: null, reason: "too-large", message: "the document takes more work than a document is given" };
  const first = attempt(model, claim, home);
  if (holds(first) && collapses(first)) return { verdict: "unchecked", attempt: first, reason: "ambiguous", message: "it holds for numbers alone" };
  if (holds(first) && losesDependence(model, claim, home)) return { verdict: "unchecked", attempt: first, reason: "ambiguous", message: "nothing says how it depends on what it is differentiated by" };
  if (holds(first)) return { verdict: "verified", attempt: first, reading: home, assumptions: preconditions(first) };
  if (vacuous(first)) return judgeVarying(model, claim, home, side) ?? unchecked(first);
  const elsewhere = claim.left.kind === "derivative" && isZeroOnTheLeft(first) ? judgeVarying(model, claim, home, side) : null;
  if (elsewhere) return elsewhere;
  if (blocked(first)) return judgeSpelledOtherwise(model, claim, home, side) ?? formalChain(model, claim, home) ?? unchecked(first);
  const byChance = loweringOf(first).chance !== null;
  const screen = new Screen(model, claim);
  const others = otherReadings(claim, home, model, byChance);
  const tried: Tried[] = [first];
  for (const reading of others) {
    const next = screen.attempt(claim, reading);
    if (holds(next)) {
      if (sameLayout(reading, home)) return { verdict: "verified", attempt: next, reading, assumptions: preconditions(next) };
      return { verdict: "convention", attempt: next, reading, code: "layout", message: conventionMessage(reading) };
    }
    tried.push(next);
  }
  const otherwise = provedOtherwise(claim, home, screen);
  if (otherwise) return { verdict: "verified", attempt: otherwise, reading: home, assumptions: preconditions(otherwise) };
  const asNumbers = plainLetters(model, claim, first);
  for (const reading of asNumbers.size ? [home, ...others.filter(({ variables }) => variables.length > home.variables.length)] : []) {
    const next = screen.proof(claim, reading, { overrides: new Map([...asNumbers].map((key) => [key, "scalar"])) });
    if (next && !collapses(next)) return { verdict: "verified", attempt: next, reading, assumptions: preconditions(next) };
  }
  for (const reading of [home, opposite(home), ...others.filter(({ dot }) => dot !== home.dot && dot === "elementwise")]) {
    for (const shorthand of shorthands) {
      const proof = screen.proof(claim, reading, { transform: shorthand.transform });
      if (proof) return { verdict: "convention", attempt: proof, reading, code: "tensor-shorthand", message: shorthand.message };
    }
  }
  const distributions = distributionsIn(model, first);
  const weighed = distributions && screen.proof(claim, home, { extra: distributions });
  if (distributions && weighed) return { verdict: "verified", attempt: weighed, reading: home, assumptions: [...preconditions(weighed), ...[...distributions.keys()].map((key) => `${key} sums to one`)] };
  for (const reading of usesLaterDefinitions(claim, model) ? [home, { ...home, later: "free" } as const] : [home]) {
    const conditional = underAssumption(model, screen, claim, reading, first);
    if (conditional) return conditional;
  }
  const open = tried.find(undecided);
  if (open) return unchecked(open);
  const misread = misreadSizes(model, claim, home, tried, screen);
  if (misread) return misread;
  const differing = once(() => inFull(tried.find((one) => differs(one) && loweringOf(one).reading.fresh === home.fresh) ?? first));
  if (involvedIn(model, claim).some(leavesEndsOut) && tried.some((one) => differs(one) && failsAtEndsAlone(inFull(one)))) return { verdict: "unchecked", attempt: first, reason: "ambiguous", message: "it holds but at the ends" };
  const repaired = once(() => repairOf(model, claim, home, others, side, first, screen));
  const suspect = (): { suspect?: Suspect } => (fails(first) && tried.every((one) => fails(one) || one.outcome === "failed") && !byChance && claim.link < 100 && isLaw(claim) && !repaired() ? { suspect: { claim, attempt: differing(), reading: home } } : {});
  // What holds for a normal distribution alone fails for others.
  if (byChance && !isSettled(loweringOf(first), [claim.left, claim.right]) && !repaired()) return { verdict: "unchecked", attempt: first, reason: "ambiguous", message: "it may hold for some distributions" };
  const lawless = noLaw(model, claim, first, repaired);
  if (lawless) return lawless.verdict === "unchecked" && lawless.reason === "unknown-symbol" ? { ...lawless, ...suspect() } : lawless;
  const unsaid = leavesUnsaid(model, claim, home, first, repaired);
  if (unsaid) return { verdict: "unchecked", attempt: first, reason: "ambiguous", message: unsaid };
  if (claimsIn(model) > smallDocument && claim.link < 100 && !statesGradient(claim, first) && ![claim.left, claim.right].some((side) => occurs("matrix", side)) && !repaired() && !(vagueOf(first).length === 0 && isSelfContained(model, claim, home, first))) return { verdict: "unchecked", attempt: first, reason: "ambiguous", message: "no small correction explains it", ...suspect() };
  if (home.members === "among" && namesMembers(model) && [home, { ...home, sigma: "sigmoid" } as const].some((one) => screen.proof(claim, { ...one, members: "apart" }))) return { verdict: "unchecked", attempt: first, reason: "ambiguous", message: "whether it is one of those that are summed over is not said" };
  if (ownStep(claim, model) === "unsaid" && screen.proof(claim, { ...home, steps: "own" })) return { verdict: "unchecked", attempt: first, reason: "ambiguous", message: "whether the loss is of one step or of all is not said" };
  if (softmaxUnsaid(claim, model) && screen.proof(claim, { ...home, softmax: "columns" })) return { verdict: "unchecked", attempt: first, reason: "ambiguous", message: "whether the softmax is taken by rows or by columns is not said" };
  const unclear = unclearIn(model, claim, first, repaired);
  if (unclear) return { verdict: "unchecked", attempt: first, reason: "ambiguous", message: unclear };
  const loose = first.outcome === "shape" ? tried.find((one) => loweringOf(one).reading.spectra === home.spectra && loweringOf(one).reading.later === home.later && guessesOf(one).length > 0) : undefined;
  const guarded = charitable(model, claim, home, inFull(loose ?? first), repaired(), screen);
  if (guarded) return guarded.verdict === "unchecked" && guarded.reason === "unknown-symbol" ? { ...guarded, ...suspect() } : guarded;
  const shown = differing();
  if (!repaired() && claim.left.kind === "derivative" && isZeroOnTheLeft(shown)) return { verdict: "unchecked", attempt: first, reason: "ambiguous", message: "nothing says how it depends on what it is differentiated by" };
  return { verdict: "refuted", attempt: shown, reading: home, repair: repaired() };
}

/** Whether it speaks of the derivative of a function without a formula by something that the function, as it was read, does not depend on. */
function losesDependence(model: Model, claim: Claim, home: Reading): boolean {
  const sides = [claim.left, claim.right];
  if (sides.some((side) => side.kind === "number")) return false;
  return sides.flatMap(derivativesIn).some((derivative) => {
    const entity = derivative.of.kind === "symbol" ? model.table.resolve(derivative.of, claim.located)?.entity : undefined;
    if (!entity || entity.definition) return false;
    return isZeroOnTheLeft(attempt(model, { ...claim, left: derivative, right: derivative }, home));
  });
}

/** Where braces are no brackets. */
function provedOtherwise(claim: Claim, home: Reading, screen: Screen): Attempt | null {
  for (const write of [asPrinted, onesAsIdentity]) {
    const other = { ...claim, left: write(claim.left), right: write(claim.right) };
    const proof = other.left !== claim.left || other.right !== claim.right ? screen.proof(other, home) : null;
    if (proof) return proof;
  }
  return null;
}

/** Sizes that clash in what the claim rests on, or but for an index that is left out. */
function misreadSizes(model: Model, claim: Claim, home: Reading, tried: readonly Tried[], screen: Screen): Conclusion | null {
  const [first] = tried;
  if (first?.outcome !== "shape") return null;
  const asEntry = leavesEntryOut(claim, home, screen);
  if (asEntry) return { verdict: "unchecked", attempt: asEntry, reason: "ambiguous", message: "the index of an entry is written at the head of the chain alone" };
  const rests = tried.every(({ outcome }) => outcome === "shape") && restsOnClash(model, claim, home);
  return rests ? { verdict: "unchecked", attempt: first, reason: "ambiguous", message: "what it rests on does not fit together" } : null;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

function fails(one: Tried): boolean {
  return one.outcome === "shape" || (one.outcome === "failed" && one.failure.kind === "range") || differs(one);
}

function differs(one: Tried): boolean {
  return one.outcome === "differs" || (one.outcome === "compared" && one.comparison.status === "different");
}

/** What leaves open what a claim is about that fails in every reading. */
function unclearIn(model: Model, claim: Claim, first: Attempt, repaired: () => Repair | null): string | null {
  if (speaksOfBoth(model, claim, first)) return "an index on a number";
  if (repaired()) return null;
  if (first.outcome === "shape" && !first.failure.clash) return "how a derivative of more than two axes is arranged is not said";
  return goesUpstream(model, claim) ? "it differentiates what a symbol is made of by that symbol" : null;
}

/** A number y beside the y_i of samples, in one claim: what has to do with what is not said. */
function speaksOfBoth(model: Model, claim: Claim, first: Attempt): boolean {
  const { several } = loweringOf(first);
  return several.size > 0 && involvedIn(model, claim).some((expr) => symbolsIn(expr, false).some((symbol) => !symbol.subscripts.length && several.has(taggedKey(symbol))));
}

/** A step of what speaks of derivatives, or what is said of a numbered entry. */
function isLaw({ located, left }: Claim): boolean {
  return located.assertion.sides.some((side) => derivativesIn(side).length > 0) || (left.kind === "symbol" && left.subscripts.length > 0 && left.subscripts.every(({ expr }) => expr.kind === "number"));
}

/** The plainest edit that makes it true; where another letter may be what was meant, no other letter. */
function repairOf(model: Model, claim: Claim, home: Reading, others: readonly Reading[], side: "left" | "right", first: Attempt, screen: Screen): Repair | null {
  const laterLink = claim.link > 0 && claim.link < 100 && !stated(claim) && claimsIn(model) > smallDocument;
  const undeclared = !hasDerivative(claim) && guessesOf(first).length > 0;
  const cost = laterLink || undeclared ? 3 : 4;
  for (const reading of [home, ...others.filter((other) => spellsOtherwise(other, home))]) {
    const found = repair(model, claim, reading, side, screen, cost);
    if (found && !restsOnLater(model, claim, found, reading, screen)) return found;
  }
  const left = side === "right" && claim.left.kind === "derivative" && claim.link === 0 ? repair(model, claim, home, "left", screen, cost) : null;
  const distributions = left ? null : distributionsIn(model, first);
  const weighed = distributions && repair(model, claim, home, side, screen, cost, () => ({ extra: distributions }));
  return left ?? weighed ?? (guessesOf(first).includes("sigma") ? repair(model, claim, { ...home, sigma: "sigmoid" }, side, screen, cost) : null);
}

/** What is right of the value alone that the text finds later for what is differentiated by corrects nothing. */
function restsOnLater(model: Model, claim: Claim, { side, variant }: Repair, reading: Reading, screen: Screen): boolean {
  return findsVariableLater(claim, model) && !screen.proof({ ...claim, [side]: variant.expr }, { ...reading, later: "free" });
}

/** Whether a claim is verified in a reading: in itself, or in one that leaves the verdict as it is. */
export function verifiable(model: Model, claim: Claim, home: Reading): boolean {
  const screen = new Screen(model, claim);
  return [home, ...otherReadings(claim, home, model, false).filter((reading) => sameLayout(reading, home))].some((reading) => screen.proof(claim, reading) !== null);
}

/** What has no meaning in the usual sense of its notation may have one in another (`\operatorname{diag}(|x|)`), or with letters of its own section alone. */
function judgeSpelledOtherwise(model: Model, claim: Claim, home: Reading, side: "left" | "right"): Conclusion | null {
  const other = otherReadings(claim, home, model, false).find(({ bars, fresh }) => bars !== home.bars || fresh !== home.fresh);
  const conclusion = other && judge(model, claim, other, side);
  // What does not fit together in that sense was not meant in it, and what is not right of new letters may be of the old ones.
  const isNotMeant = other?.fresh ? conclusion?.verdict === "refuted" || conclusion?.verdict === "unchecked" : conclusion?.verdict === "refuted" && conclusion.attempt.outcome === "shape";
  return conclusion && !isNotMeant ? conclusion : null;
}

/** Where all is zero since a minimiser was put into its own stationarity condition, the condition is one for every value. */
function judgeVarying(model: Model, claim: Claim, home: Reading, side: "left" | "right"): Conclusion | null {
  const reading = varying(model, claim, home);
  const conclusion = reading && judge(model, claim, reading, side);
  return conclusion && conclusion.verdict !== "unchecked" ? conclusion : null;
}

function blocked(one: Tried): boolean {
  return one.outcome === "failed" && one.failure.kind !== "range";
}

function undecided(one: Tried): one is Open {
  return one.outcome === "compared" && one.comparison.status === "undecided" && !vacuous(one);
}

/** Whether matrices that nothing declares had to be numbers for it to hold. */
function collapses(one: Attempt): boolean {
  const { drawn, algebra } = loweringOf(one);
  return [...drawn.values()].some(({ entity, shape }) => entity === null && shape.length === 2 && shape.every((dim) => dim !== "1" && algebra.isOne(dim)));
}

function preconditions(one: Attempt): string[] {
  return one.outcome === "compared" ? [...one.sides.lowering.preconditions] : [];
}

export function unchecked(one: Attempt): Conclusion {
  if (one.outcome === "compared") return { verdict: "unchecked", attempt: one, reason: "unsupported", message: one.comparison.status === "undecided" ? one.comparison.why : "not decided" };
  const { kind, message } = (one as { failure: Failure }).failure;
  const reason = kind === "shape" || kind === "range" ? "unsupported" : kind;
  return { verdict: "unchecked", attempt: one, reason, message };
}

function conventionMessage(reading: Reading): string {
  if (reading.partial === "direct") return "right with the symbols defined in between held fixed";
  if (reading.transposedLeft) return "right as the transpose of the left side";
  return reading.gradient === "numerator" ? "right in numerator layout" : "right in denominator layout";
}

/** A derivative stated in the first link, or in a chain that holds until there, whose sizes clash; what else fails may rest on more than it says. */
function statesGradient(claim: Claim, first: Attempt): boolean {
  const left = stated(claim);
  return left !== null && first.outcome === "shape" && (left.kind === "derivative" || occurs("differential", left));
}
