/**
 * The verdict on one claim: as it is usually read, in the other readings in
 * order of plausibility, and what follows where it fails in all of them.
 */
import type { Reading } from "../readings/reading";
import { derivativesIn, type Expr } from "../semantics/expression";
import type { Model } from "../semantics/model";
import { hasDerivative, heldMomenta, otherReadings, sameLayout, sampleReadings, spectralReadings } from "./alternatives";
import { attempt, type Attempt, loweringOf } from "./attempt";
import { beyondExamples } from "./beyond-examples";
import { type Case, verifiedBy } from "./case";
import type { Claim } from "./claim";
import { collapses } from "./collapse";
import type { Conclusion, Unchecked } from "./conclusion";
import { guessesOf } from "./charity";
import { correctionOf } from "./correction";
import { doubtOf } from "./doubts";
import { isLongerThan, longest } from "./extent";
import { formalChain, signedChain } from "./formal-chain";
import { listedJacobian } from "./listed-jacobian";
import { exhausted } from "./fuel";
import { eachAndMean, ofEachSample } from "./of-each-sample";
import { differs, holds, isZeroOnTheLeft, vacuous, varying } from "./outcomes";
import { proofOf } from "./proofs";
import type { Repair } from "./repair";
import { reservationOf, unchecked } from "./reservations";
import { ruleOfCalculus } from "./rules-of-calculus";
import { inFull, screenOf, type Tried } from "./screen";
import { beforeSolving, unsolved } from "./solved";
import { supposedElsewhere, valuesElsewhere } from "./supposed";

/** `side`: the one that a repair may edit. */
export function judge(model: Model, claim: Claim, usual: Reading, side: "left" | "right" = "right"): Conclusion {
  return doubted(model, claim, usual, side, judgeAsSaid(model, claim, usual, side));
}

/** How a claim holds, for whoever asks for nothing else: why it does not is not looked for. */
export function proof(model: Model, claim: Claim, usual: Reading, side: "left" | "right" = "right"): Conclusion | null {
  const found = proofAsSaid(model, claim, usual, side);
  return found && proving(doubted(model, claim, usual, side, found));
}

/** What holds may be meant otherwise. */
function doubted(model: Model, claim: Claim, usual: Reading, side: "left" | "right", conclusion: Conclusion): Conclusion {
  if (conclusion.verdict !== "verified") return conclusion;
  const doubt = doubtOf(model, claim, conclusion);
  if (doubt) return open(conclusion.attempt, doubt);
  const keys = supposedElsewhere(model, claim);
  const elsewhere = "it holds in a case of which the text speaks elsewhere";
  if (keys.length && !holds(attempt(model, claim, { ...conclusion.reading, general: keys }))) {
    const general = proofAsSaid(model, claim, { ...usual, general: keys }, side);
    return general && general.verdict !== "conditional" ? general : open(conclusion.attempt, elsewhere);
  }
  const values = valuesElsewhere(model, claim);
  if (!values.keys.length || holds(attempt(model, claim, { ...conclusion.reading, variables: [...conclusion.reading.variables, ...values.keys] }))) return conclusion;
  const general = judgeAsSaid(model, claim, { ...usual, variables: [...usual.variables, ...values.keys] }, side);
  return values.isOver || general.verdict === "verified" || general.verdict === "convention" ? general : open(conclusion.attempt, elsewhere);
}

function judgeAsSaid(model: Model, claim: Claim, usual: Reading, side: "left" | "right"): Conclusion {
  const begun = begin(model, claim, usual, side);
  if ("verdict" in begun) return begun;
  return heldOf(begun) ?? disproofOf(begun);
}

/** A rule of calculus, in letters of which nothing says how they depend on what they are differentiated by. */
function judgeAsRule(model: Model, claim: Claim, home: Reading, side: "left" | "right"): Conclusion | null {
  return ruleOfCalculus(model, claim, home, (rule, reading) => judge(model, rule, reading, side));
}

function disproofOf(one: Case): Conclusion {
  const reservation = reservationOf(one);
  if (reservation) return signedChain(one.model, one.claim, one.home) ?? reservation;
  return { verdict: "refuted", attempt: one.shown(), reading: one.home, repair: one.repaired() };
}

function proofAsSaid(model: Model, claim: Claim, usual: Reading, side: "left" | "right"): Conclusion | null {
  const begun = begin(model, claim, usual, side);
  const conclusion = "verdict" in begun ? begun : heldOf(begun);
  return conclusion && proving(conclusion);
}

function heldOf(one: Case): Conclusion | null {
  return proofOf(one) ?? judgeOfEachSample(one) ?? judgeUndeclared(one);
}

/** A chain of letters of which some are declared nowhere. */
function judgeUndeclared({ model, claim, home, first }: Case): Conclusion | null {
  const chain = guessesOf(first).length ? formalChain(model, claim, home) : null;
  return chain?.verdict === "verified" ? chain : null;
}

/** What holds, or has a correction, where some derivatives are of each sample's own loss and some of the mean. */
function judgeOfEachSample({ model, claim, home, side }: Case): Conclusion | null {
  for (const other of ofEachSample(model, claim)) {
    const begun = begin(model, other, home, side);
    const conclusion = "verdict" in begun ? begun : (proofOf(begun) ?? disproofOf(begun));
    if (conclusion.verdict === "verified") return { ...conclusion, assumptions: [...conclusion.assumptions, eachAndMean] };
    // A correction of what is written around the count would lose it.
    if (conclusion.verdict === "refuted") return isWithin(claim.right, other.right) ? { ...conclusion, repair: null } : conclusion;
    if (conclusion.verdict !== "unchecked") return conclusion;
  }
  return null;
}

function isWithin(inner: Expr, outer: Expr): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

function proving(conclusion: Conclusion): Conclusion | null {
  return conclusion.verdict === "unchecked" || conclusion.verdict === "refuted" ? null : conclusion;
}

/** What the usual reading settles; else a case for the other readings. */
function begin(model: Model, claim: Claim, usual: Reading, side: "left" | "right"): Conclusion | Case {
  const beyond = isLongerThan([claim.left, claim.right], longest) ? "too long to decide" : exhausted(model) ? "the document takes more work than a document is given" : null;
  if (beyond) return { verdict: "unchecked", attempt: null, reason: "too-large", message: beyond };
  const general = beyondExamples(model, claim, usual);
  const [spectral = general] = spectralReadings(claim, model, general);
  const home = beforeSolving(model, claim, heldMomenta(claim, model, spectral), usual);
  const first = attempt(model, claim, home);
  if (holds(first)) return judgeHeld(model, claim, home, first);
  const listed = listedJacobian(model, claim, home);
  if (listed) return listed;
  if (vacuous(first)) return judgeVarying(model, claim, home, side) ?? judgeAsRule(model, claim, home, side) ?? unchecked(first);
  const elsewhere = claim.left.kind === "derivative" && isZeroOnTheLeft(first) ? (judgeVarying(model, claim, home, side) ?? judgeOfSamples(model, claim, home, side)) : null;
  if (elsewhere) return elsewhere;
  if (blocked(first)) return judgeSpelledOtherwise(model, claim, home, side) ?? judgeOfSamples(model, claim, home, side) ?? formalChain(model, claim, home) ?? judgeAsRule(model, claim, home, side) ?? unchecked(first);
  return caseOf(model, claim, home, usual, first, side);
}

function judgeHeld(model: Model, claim: Claim, home: Reading, first: Attempt): Conclusion {
  if (collapses(first)) return open(first, "it holds for numbers alone");
  return losesDependence(model, claim, home) ? open(first, "nothing says how it depends on what it is differentiated by") : verifiedBy(first, home);
}

/** Tries the other readings until one of them makes the claim hold. */
function caseOf(model: Model, claim: Claim, home: Reading, usual: Reading, first: Attempt, side: "left" | "right"): Case {
  const screen = screenOf(model, claim);
  const byChance = loweringOf(first).chance !== null;
  const before = unsolved(model, claim, home, usual);
  const others = [...(before ? [before] : []), ...otherReadings(claim, home, model, byChance)];
  const tried: Tried[] = [first];
  for (const reading of others) {
    const next = screen.attempt(claim, reading);
    tried.push(next);
    if (holds(next)) break;
  }
  const shown = once(() => inFull(tried.find((one) => differs(one) && loweringOf(one).reading.fresh === home.fresh && loweringOf(one).reading.since === home.since) ?? first));
  const repaired: () => Repair | null = once(() => correctionOf(one));
  const one: Case = { model, claim, home, first, others, tried, byChance, side, screen, shown, repaired };
  return one;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

function open(made: Attempt, message: string): Unchecked {
  return { verdict: "unchecked", attempt: made, reason: "ambiguous", message };
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

/** Whether a claim is verified in a reading: in itself, or in one that leaves the verdict as it is. */
export function verifiable(model: Model, claim: Claim, home: Reading): boolean {
  const screen = screenOf(model, claim);
  return [home, ...otherReadings(claim, home, model, false).filter((reading) => sameLayout(reading, home))].some((reading) => screen.proof(claim, reading) !== null);
}

/** What has no meaning in the usual sense of its notation may have one in another (`\operatorname{diag}(|x|)`), or with letters of its own section or topic alone. */
function judgeSpelledOtherwise(model: Model, claim: Claim, home: Reading, side: "left" | "right"): Conclusion | null {
  const others = otherReadings(claim, home, model, false);
  for (const other of others.filter(({ gradientBy, since }) => gradientBy !== home.gradientBy || since !== home.since)) {
    const proved = proof(model, claim, other, side);
    if (proved) return proved;
  }
  const other = others.find(({ bars, fresh }) => bars !== home.bars || fresh !== home.fresh);
  const spelled = other && judgeSpelledAs(model, claim, other, side);
  return spelled && proving(spelled) ? spelled : (correctedOfNewLetters(model, claim, others.find(({ since }) => since !== home.since), side) ?? spelled ?? null);
}

function judgeSpelledAs(model: Model, claim: Claim, other: Reading, side: "left" | "right"): Conclusion | null {
  if (other.fresh) return proof(model, claim, other, side) ?? correctedOfNewLetters(model, claim, other, side);
  const conclusion = judge(model, claim, other, side);
  // What does not fit together in that sense was not meant in it.
  return conclusion.verdict === "refuted" && conclusion.attempt.outcome === "shape" ? null : conclusion;
}

/** What is not right of new letters may be of the old ones, unless a small correction tells what was meant. */
function correctedOfNewLetters(model: Model, claim: Claim, reading: Reading | undefined, side: "left" | "right"): Conclusion | null {
  const conclusion = reading && hasDerivative(claim) ? judge(model, claim, reading, side) : null;
  return conclusion?.verdict === "refuted" && conclusion.repair ? conclusion : null;
}

/** What depends on what it is differentiated by only where samples are parts of a matrix: J of a^{(i)} beside `A = \\sigma(w^\\top X)`. */
function judgeOfSamples(model: Model, claim: Claim, home: Reading, side: "left" | "right"): Conclusion | null {
  if (home.samples !== "own") return null;
  const reading = sampleReadings(claim, home, model).find((other) => {
    const made = attempt(model, claim, other);
    return !blocked(made) && !isZeroOnTheLeft(made);
  });
  return reading ? judge(model, claim, reading, side) : null;
}

/** Where all is zero since a minimiser was put into its own stationarity condition, the condition is one for every value. */
function judgeVarying(model: Model, claim: Claim, home: Reading, side: "left" | "right"): Conclusion | null {
  const reading = varying(model, claim, home);
  const conclusion = reading && judge(model, claim, reading, side);
  return conclusion && conclusion.verdict !== "unchecked" ? conclusion : null;
}

function blocked(one: Attempt): boolean {
  return one.outcome === "failed" && one.failure.kind !== "range";
}
