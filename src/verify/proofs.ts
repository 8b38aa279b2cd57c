/** How what does not hold as it is usually read may hold all the same: another layout, another sense of its notation, one more assumption. */
import { mappedBySureArrays } from "../readings/guess";
import type { Reading } from "../readings/reading";
import type { Model } from "../semantics/model";
import { fullKey } from "../semantics/symbols/key";
import { involvedIn, inTwoWays, opposite, sameLayout, usesLaterDefinitions } from "./alternatives";
import { underAssumption } from "./assumed";
import { asPrinted } from "./braces";
import { type Case, firstOf, verifiedBy } from "./case";
import { attempt, type Attempt, loweringOf, type Options } from "./attempt";
import { asWholes, plainLetters } from "./charity";
import type { Claim } from "./claim";
import { collapses } from "./collapse";
import type { Conclusion, Verified } from "./conclusion";
import { losesIndexInChain } from "./index-lost-in-a-chain";
import { onesAsIdentity, transposesOnes } from "./ones-as-identity";
import { inOtherGlyph } from "./other-glyph";
import { overTheSum } from "./over-the-sum";
import { holds } from "./outcomes";
import { generalEntry, shorthands } from "./shorthand";
import { toItsDigits } from "./rounded";
import { triangularIn } from "./triangular";
import { ofRows } from "./vectors-as-rows";
import { distributionsIn, pairDistributionsIn } from "./weights";

/** The plainest first. */
const ways = [inAnotherReading, toItsDigits, writtenOtherwise, ofNumbers, inTwoReadings, ofWholes, inShorthand, ofDistributions, ofTriangularFactors, underMissingAssumption, ofRows] as const;

export function proofOf(one: Case): Conclusion | null {
  return firstOf(one, ways);
}

function inAnotherReading({ home, others, tried }: Case): Conclusion | null {
  const made = tried.find(holds);
  const reading = made && others[tried.indexOf(made) - 1];
  if (!made || !reading) return null;
  return sameLayout(reading, home) ? verifiedBy(made, reading) : { verdict: "convention", attempt: made, reading, code: "layout", message: conventionMessage(reading) };
}

function conventionMessage(reading: Reading): string {
  if (reading.partial === "direct") return "right with the symbols defined in between held fixed";
  if (reading.transposedLeft) return "right as the transpose of the left side";
  return reading.gradient === "numerator" ? "right in numerator layout" : "right in denominator layout";
}

/** Where braces are no brackets, an operator is of a whole sum, a 1 is the identity, or a letter has its other shape. */
function writtenOtherwise({ model, claim, home, others, screen }: Case): Conclusion | null {
  const spellings = transposesOnes(model) ? [asPrinted, overTheSum] : [asPrinted, overTheSum, onesAsIdentity];
  for (const other of [...spellings.map((write) => ({ ...claim, left: write(claim.left), right: write(claim.right) })), inOtherGlyph(model, claim)]) {
    if (other.left === claim.left && other.right === claim.right) continue;
    for (const reading of [home, ...others.filter((one) => sameLayout(one, home))]) {
      const proof = screen.proof(other, reading);
      if (proof) return verifiedBy(proof, reading);
    }
  }
  return null;
}

/** Of letters that are vectors elsewhere, where nothing here says so. */
function ofNumbers(one: Case): Conclusion | null {
  return asNumbers(one, [one.home, ...one.others.filter((other) => sameLayout(other, one.home))]);
}

function inTwoReadings(one: Case): Conclusion | null {
  const readings = inTwoWays(one.home, one.others);
  for (const reading of readings) {
    const proof = one.screen.proof(one.claim, reading);
    if (proof && !collapses(proof)) return verifiedBy(proof, reading);
  }
  return asNumbers(one, readings);
}

function asNumbers(one: Case, readings: readonly Reading[]): Conclusion | null {
  const { model, claim, home, first, screen } = one;
  for (const letters of plainLetters(model, claim, first)) {
    const overrides = new Map([...letters].map((key) => [key, "scalar"] as const));
    for (const reading of readings) {
      const proof = screen.proof(claim, reading, { overrides });
      if (proof && !collapses(proof) && !mapsNumbers(model, claim, proof)) return verifiedBy(proof, reading);
    }
    if (!readings.includes(home)) continue;
    const weighed = weighedBy(one, { overrides });
    if (weighed && !mapsNumbers(model, claim, weighed.attempt)) return weighed;
  }
  return null;
}

/** Whether a number stands where a matrix is applied to it and something is added: a^1 of `W^2 a^1 + b^2`. */
function mapsNumbers(model: Model, claim: Claim, made: Attempt): boolean {
  const mapped = new Set(involvedIn(model, claim).flatMap((expr) => mappedBySureArrays(expr, model)).map(fullKey));
  const lowering = loweringOf(made);
  return lowering.definedValues().some(({ entity, value }) => value.shape.every((dim) => lowering.algebra.isOne(dim)) && mapped.has(fullKey(entity.symbol)));
}

/** Of a y of which elsewhere the y_i are written: the vector of these. */
function ofWholes(one: Case): Conclusion | null {
  const { model, claim, home, first, screen } = one;
  for (const overrides of asWholes(model, claim, first)) {
    const proof = screen.proof(claim, home, { overrides });
    if (proof && !collapses(proof)) return verifiedBy(proof, home);
    const weighed = weighedBy(one, { overrides });
    if (weighed) return weighed;
  }
  return null;
}

/** Factors in an order that no product of matrices has. */
function inShorthand(one: Case): Conclusion | null {
  const { claim, home, others, screen } = one;
  for (const reading of [home, opposite(home), ...others.filter(({ dot }) => dot !== home.dot && dot === "elementwise")]) {
    for (const shorthand of shorthands) {
      const proof = screen.proof(claim, reading, { transform: shorthand.transform });
      if (proof && shorthand.transform === generalEntry && losesIndexInChain(one)) return null;
      if (proof) return { verdict: "convention", attempt: proof, reading, code: "tensor-shorthand", message: shorthand.message };
    }
  }
  return null;
}

/** The same of weights that sum to one. */
function weighedBy(one: Case, options: Options): Verified | null {
  const weighed = assuming(one, distributionsIn(one.model, attempt(one.model, one.claim, one.home, options)), "sums to one", options);
  return weighed && !collapses(weighed.attempt) ? weighed : null;
}

/** Of weights that sum to one. */
function ofDistributions(one: Case): Conclusion | null {
  return assuming(one, distributionsIn(one.model, one.first), "sums to one") ?? assuming(one, pairDistributionsIn(one.model, one.first), "symmetric, sums to one") ?? ofDistributionsTransposed(one);
}

/** The same in another layout. */
function ofDistributionsTransposed({ model, claim, home, first, screen }: Case): Conclusion | null {
  if (first.outcome !== "shape" || claim.left.kind !== "derivative") return null;
  for (const reading of [opposite(home), { ...home, transposedLeft: true }]) {
    const extra = distributionsIn(model, attempt(model, claim, reading));
    const made = extra && screen.proof(claim, reading, { extra });
    if (made) return { verdict: "convention", attempt: made, reading, code: "layout", message: conventionMessage(reading) };
  }
  return null;
}

function ofTriangularFactors(one: Case): Conclusion | null {
  return assuming(one, triangularIn(one.model, one.claim, one.first), "lower triangular");
}

/** What is understood of some letters, and said of them with the verdict. */
function assuming({ claim, home, screen }: Case, extra: ReadonlyMap<string, readonly string[]> | null, says: string, options: Options = {}): Verified | null {
  const proof = extra && screen.proof(claim, home, { ...options, extra });
  return extra && proof ? verifiedBy(proof, home, [...extra.keys()].map((key) => `${key} ${says}`)) : null;
}

function underMissingAssumption({ model, claim, home, first, screen }: Case): Conclusion | null {
  for (const reading of usesLaterDefinitions(claim, model) ? [home, { ...home, later: "free" } as const] : [home]) {
    const conditional = underAssumption(model, screen, claim, reading, first);
    if (conditional) return conditional;
  }
  return null;
}
