/**
 * What a text may say of its letters in passing, or nowhere, that would make a
 * claim true which fails in every reading.
 */
import { isSurelyArray } from "../readings/guess";
import type { Reading } from "../readings/reading";
import type { Model } from "../semantics/model";
import { sampleReadings } from "./alternatives";
import { attempt, type Attempt, loweringOf } from "./attempt";
import type { Claim } from "./claim";

/** Whether another kind of an undeclared letter, or a usual assumption that the text may make somewhere else, makes the claim true. */
export function excused(model: Model, claim: Claim, home: Reading, made: Attempt): boolean {
  const stands = (other: Attempt): boolean => other.outcome === "compared" && other.comparison.status !== "different" && !loweringOf(other).turnedNumbers.size;
  const { drawn, guessed } = loweringOf(made);
  const otherKind = [...guessed].some((key) => (["scalar", "vector", "matrix"] as const).some((kind) => isPossible(kind, key, model) && [home, ...sampleReadings(claim, home, model)].some((reading) => stands(attempt(model, claim, reading, { overrides: new Map([[key, kind]]) })))));
  const keys = [...drawn.values()].flatMap(({ entity }) => (entity ? [entity.key] : []));
  return otherKind || usual.some((property) => keys.some((key) => stands(attempt(model, claim, home, { extra: new Map([[key, [property]]]) }))));
}

/** What is written as an array somewhere is no number, and what is written small no matrix. */
function isPossible(kind: "scalar" | "vector" | "matrix", key: string, model: Model): boolean {
  return kind === "scalar" ? !isSurelyArray(key, model) : kind === "vector" || !/^[a-z]$/.test(key);
}

/** What a text says of vectors in passing. */
const usual = ["sumsToOne", "unit"];
