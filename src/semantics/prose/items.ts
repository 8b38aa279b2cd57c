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

type Place = Span & Pick<Item, "at" | "length">;
type Meaning = Pick<Item, "grammar" | "fact" | "named" | "relation" | "part" | "decomposition">;

const noGrammar: ReadonlySet<GrammarKey> = new Set();

export function itemsOf(units: readonly Unit[], lexicon: Lexicon): Item[] {
  const items: Item[] = [];
  for (let at = 0; at < units.length; ) {
    const match = lexicon.words.match(units, at);
    const length = match?.length ?? 1;
    const first = units[at] as Unit;
    const place = { start: first.start, end: (units[at + length - 1] as Unit).end, at, length };
    if (match) items.push(phrase(match.values, match.captures, wordsOf(units.slice(at, at + length)), place));
    else items.push(plain(first, place));
    at += length;
  }
  return items;
}

export function wordsOf(units: readonly Unit[]): string {
  return units.map((unit) => (unit.kind === "word" || unit.kind === "mark" ? unit.text : "")).join(" ").replace(/ {2,}/g, " ").trim();
}

function phrase(values: readonly WordMeaning[], captures: readonly Unit[], words: string, place: Place): Item {
  let meaning = meanings.get(values);
  if (!meaning) meanings.set(values, (meaning = meaningOf(values)));
  // Written out: a paragraph has an item for each of its words, and spreading takes several times as long.
  const { grammar, fact, named, relation, part, decomposition } = meaning;
  const { start, end, at, length } = place;
  return { words, mark: null, math: null, display: false, dims: null, tuple: null, grammar, fact, named, relation, part, decomposition, captures, start, end, at, length };
}

/** What a phrase of the tables means, wherever it stands. */
const meanings = new WeakMap<readonly WordMeaning[], Meaning>();

function meaningOf(values: readonly WordMeaning[]): Meaning {
  const find = <K extends WordMeaning["is"]>(is: K): (WordMeaning & { is: K }) | null => (values.find((value) => value.is === is) as (WordMeaning & { is: K }) | undefined) ?? null;
  return {
    grammar: new Set(values.flatMap((value) => (value.is === "grammar" ? [value.key] : []))),
    fact: find("fact"),
    named: find("named")?.function ?? null,
    relation: find("relation")?.key ?? null,
    part: find("part")?.part ?? null,
    decomposition: find("decomposition")?.key ?? null,
  };
}

function plain(unit: Unit, { start, end, at, length }: Place): Item {
  const words = unit.kind === "word" || unit.kind === "mark" ? unit.text : "";
  const math = unit.kind === "math" ? unit.math : null;
  const dims = unit.kind === "dims" && !unit.tuple ? unit.dims : (math?.dims ?? null);
  const tuple = unit.kind === "dims" && unit.tuple ? unit.dims : (math?.tuple ?? null);
  const display = unit.kind === "math" && unit.display;
  return { words, mark: unit.kind === "mark" ? unit.text : null, math, display, dims, tuple, grammar: noGrammar, fact: null, named: null, relation: null, part: null, decomposition: null, captures: [], start, end, at, length };
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
