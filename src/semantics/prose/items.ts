/**
 * A paragraph as a row of items, each a phrase that the language's table knows,
 * a formula, a mark, or a word that says nothing; and its sentences. Phrases
 * are matched greedily, the longest first.
 */
import type { Span } from "../../base/span";
import type { Expr } from "../expression/types";
import type { Lexicon } from "./lexicon";
import type { MathInfo } from "./math";
import type { FactKey, FactMaker, GrammarKey, RelationKey, WordMeaning } from "./meanings";
import type { Decomposition, Fact, Part } from "./types";
import type { Unit } from "./units";

export interface Item extends Span {
  /** In lower case; empty for formulas. */
  readonly words: string;
  readonly mark: string | null;
  readonly math: MathInfo | null;
  readonly display: boolean;
  /** Dimensions: a formula `n \times d` or words. */
  readonly dims: readonly Expr[] | null;
  /** A list in parentheses that may be a shape: `(N, D)`. */
  readonly tuple: readonly Expr[] | null;
  readonly grammar: ReadonlySet<GrammarKey>;
  readonly fact: { readonly key: FactKey; readonly noun: boolean; readonly make: FactMaker } | null;
  readonly named: string | null;
  readonly relation: RelationKey | null;
  readonly part: Part | null;
  readonly decomposition: Decomposition | null;
  readonly captures: readonly Unit[];
  /** Where it stands in the units. */
  readonly at: number;
  readonly length: number;
}

const noGrammar: ReadonlySet<GrammarKey> = new Set();
const blank = { words: "", mark: null, math: null, display: false, dims: null, tuple: null, grammar: noGrammar, fact: null, named: null, relation: null, part: null, decomposition: null, captures: [] };

export function itemsOf(units: readonly Unit[], lexicon: Lexicon): Item[] {
  const items: Item[] = [];
  for (let at = 0; at < units.length; ) {
    const match = lexicon.words.match(units, at);
    const length = match?.length ?? 1;
    const first = units[at] as Unit;
    const place = { start: first.start, end: (units[at + length - 1] as Unit).end, at, length };
    if (match) items.push(phrase(match.values, match.captures, wordsOf(units.slice(at, at + length)), place));
    else items.push({ ...blank, ...plain(first), ...place });
    at += length;
  }
  return items;
}

export function wordsOf(units: readonly Unit[]): string {
  return units.map((unit) => (unit.kind === "word" || unit.kind === "mark" ? unit.text : "")).join(" ").replace(/ {2,}/g, " ").trim();
}

function phrase(values: readonly WordMeaning[], captures: readonly Unit[], words: string, place: Span & { at: number; length: number }): Item {
  let meaning = meanings.get(values);
  if (!meaning) meanings.set(values, (meaning = meaningOf(values)));
  return { ...meaning, ...place, words, captures };
}

/** What a phrase of the tables means, wherever it stands. */
const meanings = new WeakMap<readonly WordMeaning[], Omit<Item, keyof Span | "at" | "length">>();

function meaningOf(values: readonly WordMeaning[]): Omit<Item, keyof Span | "at" | "length"> {
  const find = <K extends WordMeaning["is"]>(is: K): (WordMeaning & { is: K }) | null => (values.find((value) => value.is === is) as (WordMeaning & { is: K }) | undefined) ?? null;
  return {
    ...blank,
    grammar: new Set(values.flatMap((value) => (value.is === "grammar" ? [value.key] : []))),
    fact: find("fact"),
    named: find("named")?.function ?? null,
    relation: find("relation")?.key ?? null,
    part: find("part")?.part ?? null,
    decomposition: find("decomposition")?.key ?? null,
  };
}

function plain(unit: Unit): Partial<Item> {
  switch (unit.kind) {
    case "math":
      return { math: unit.math, display: unit.display, dims: unit.math.dims, tuple: unit.math.tuple };
    case "dims":
      return unit.tuple ? { tuple: unit.dims } : { dims: unit.dims };
    case "mark":
      return { mark: unit.text, words: unit.text };
    case "word":
      return { words: unit.text };
  }
}

/** What the phrase says on its own. */
export function factsOf(item: Item): Fact[] {
  const facts = item.fact ? item.fact.make(item.captures) : [];
  return item.named === null ? facts : [...facts, { kind: "named", function: item.named }];
}

/** Sentences end at full stops and question marks, and at a display formula that a capital follows. */
export function sentencesOf(items: readonly Item[], units: readonly Unit[]): Item[][] {
  const sentences: Item[][] = [];
  let current: Item[] = [];
  const close = (): void => {
    if (current.length) sentences.push(current);
    current = [];
  };
  for (const item of items) {
    const first = units[item.at];
    if (current[current.length - 1]?.display && first?.kind === "word" && first.capital) close();
    if (item.mark === "☐") close();
    current.push(item);
    if (item.mark === "." || item.mark === "?") close();
  }
  close();
  return sentences;
}
