/**
 * What follows from setting a derivative to zero, by the words before it:
 * "differentiating with respect to $w$ and setting this to zero, we get
 * $$X^\top X w = X^\top y$$".
 */
import type { Item } from "./items";
import type { Lexicon } from "./lexicon";
import type { StationaryFact } from "./types";
import type { Unit } from "./units";

/** Not at all, or not yet. */
const unsure = ["not", "unsettled"] as const;

/** `next`: the display right behind the paragraph, or -1. */
export function readStationarity(sentences: readonly (readonly Item[])[], units: readonly Unit[], { derivations }: Lexicon, next: number): StationaryFact[] {
  const formulasIn = (from: number, to: number, isMeant: (unit: Unit & { kind: "math" }) => boolean): number[] => units.slice(from, to).flatMap((unit) => (unit.kind === "math" && unit.math.formula >= 0 && isMeant(unit) ? [unit.math.formula] : []));
  const places = sentences.map((sentence) => ({ from: sentence[0]?.at ?? 0, to: endOf(sentence) }));
  return sentences.flatMap((sentence, i) => {
    const { from, to } = places[i] as { from: number; to: number };
    const zero = findIndex(units, from, to, (unit, at) => setsToZero(unit) || derivations.vanishing.match(units, at) !== null);
    // "Differentiate. Then set to zero."
    const since = places[i - 1]?.from ?? from;
    if (zero < 0 || findIndex(units, since, to, (unit, at) => setsToZero(unit) || derivations.derivative.match(units, at) !== null) < 0) return [];
    if (sentence.at(-1)?.mark === "?" || sentence.some(({ grammar }) => unsure.some((key) => grammar.has(key)))) return [];
    const shown = units[to];
    const behind = i === sentences.length - 1 ? next : shown?.kind === "math" && shown.display ? shown.math.formula : -1;
    const formulas = [...formulasIn(zero + 1, to, ({ math }) => math.relation && math.zero === null), ...(behind >= 0 ? [behind] : [])];
    const [own, before] = [from, since].map((start) => formulasIn(start, to, ({ math }) => math.bare)) as [number[], number[]];
    return formulas.length ? [{ formulas, by: own.length ? own : before }] : [];
  });
}

function setsToZero(unit: Unit): boolean {
  return unit.kind === "math" && unit.math.zero === "derivative";
}

function endOf(sentence: readonly Item[]): number {
  const last = sentence.at(-1);
  return last ? last.at + last.length : 0;
}

function findIndex(units: readonly Unit[], from: number, to: number, test: (unit: Unit, at: number) => boolean): number {
  for (let at = from; at < to; at++) if (test(units[at] as Unit, at)) return at;
  return -1;
}
