/**
 * A lowering for a claim. The links of an assertion, their edits and the
 * readings that are tried for them have most of their parts in common: what
 * these were lowered to is kept until another assertion is looked at.
 */
import { differentialKey } from "../readings/differentials";
import { chanceOf, speaksOfChance } from "../readings/expectations";
import type { Kind } from "../readings/guess";
import { Lowering } from "../readings/lower";
import { Memo } from "../readings/memo";
import { type Reading, watched, type WatchedReading } from "../readings/reading";
import type { Located, Model } from "../semantics/model";
import { fullKey } from "../semantics/symbols/key";
import type { SizeClasses } from "../semantics/symbols/sizes";
import type { Claim } from "./claim";
import { indexedIn } from "./free-letters";
import { burn } from "./fuel";
import { speaksOfDifferentials, varyingFor } from "./varying";

type Overrides = ReadonlyMap<string, Kind> | undefined;

/** Whatever it is asked to lower is lowered as in the claim: with its free indices, its differentials and what is random in it bound. */
export function prepare(model: Model, claim: Claim, reading: WatchedReading, overrides?: Overrides): Lowering {
  const memo = memoOf(model, claim, reading.watch.of, overrides);
  return begun(model, new Lowering(model, claim.located, reading, memo.next(reading), judgedOf(claim), overrides, memo));
}

/** The same for what is bound otherwise: nothing is shared. */
export function prepareAlone(model: Model, claim: Claim, reading: WatchedReading, overrides?: Overrides): Lowering {
  return begun(model, new Lowering(model, claim.located, reading, sizesAt(model, claim, reading), judgedOf(claim), overrides));
}

function begun(model: Model, lowering: Lowering): Lowering {
  burn(model);
  lowering.algebra.onRepeat = () => {
    noteRepeat(model);
    lowering.repeats.add("bias");
  };
  return lowering;
}

const repeats = new WeakMap<Model, number>();

export function noteRepeat(model: Model): void {
  repeats.set(model, repeatsIn(model) + 1);
}

/** How often it has mattered so far how a bias is repeated. */
export function repeatsIn(model: Model): number {
  return repeats.get(model) ?? 0;
}

/** `Y = XW = [y_{11} …]`: the first link says what Y is, and the later ones may use it. */
function judgedOf({ link, located }: Claim): number | null {
  const restsOnDefinition = link > 0 && link < located.assertion.links.length && located.assertion.links[0]?.operator === "=";
  return restsOnDefinition ? null : located.id;
}

/** What the document says of sizes at the place of a claim. */
function sizesAt(model: Model, { located }: Claim, reading: Reading): SizeClasses {
  const classes = model.table.sizes.fork();
  for (const [dim, value] of model.fixedSizes.get(located.section) ?? []) classes.force(dim, String(value));
  const example = model.exampleSizes.get(located.section);
  if (example && reading.sizes === "example") for (const [dim, value] of example) if (!/^\d+$/.test(classes.find(dim))) classes.force(dim, String(value));
  return classes;
}

interface AtHand {
  readonly located: Located;
  readonly memos: Map<string, Memo>;
}

const atHand = new WeakMap<Model, AtHand>();

/** What was lowered of an assertion where expressions mean the same. */
function memoOf(model: Model, claim: Claim, reading: Reading, overrides: Overrides): Memo {
  let known = atHand.get(model);
  if (known?.located !== claim.located) atHand.set(model, (known = { located: claim.located, memos: new Map() }));
  const key = meaningOf(model, claim, reading, overrides);
  let memo = known.memos.get(key);
  if (!memo) {
    const looked = watched(reading);
    known.memos.set(key, (memo = new Memo(key, sizesAt(model, claim, looked), looked.watch.looked)));
  }
  return memo;
}

/** What lowering depends on, besides the expressions, the sizes and the reading. */
function meaningOf(model: Model, claim: Claim, reading: Reading, overrides: Overrides): string {
  let key = `${judgedOf(claim) ?? ""}|${reading.sizes}|${overrides ? [...overrides].join(";") : ""}|`;
  for (const [letter, symbol] of indexedIn([claim.left, claim.right])) key += `${letter}:${fullKey(symbol)};`;
  return key + movement(model, claim, reading, overrides);
}

/** What is random in a claim, and what varies in it as a whole under d: the meaning of its parts depends on both. */
function movement(model: Model, claim: Claim, reading: Reading, overrides: Overrides): string {
  const varies = speaksOfDifferentials(claim);
  if (!varies && !speaksOfChance(model)) return "";
  const looked = watched(reading);
  const lowering = new Lowering(model, claim.located, looked, sizesAt(model, claim, looked), judgedOf(claim), overrides);
  const chance = chanceOf(lowering, [claim.left, claim.right])?.signature ?? "";
  return varies ? `${chance}${varyingFor(lowering, claim).map(differentialKey).join()}` : chance;
}
