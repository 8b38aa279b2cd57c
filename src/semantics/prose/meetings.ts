/**
 * How the indices of formulas meet, as sentences say it: "for $i \neq j$", "off
 * the diagonal", "otherwise". A sentence with such words is given as a row of
 * its formulas and these, in the order in which they stand; which is said of
 * which is decided by whoever knows the letters of the formulas.
 */
import type { Item } from "./items";
import type { Lexicon } from "./lexicon";
import type { Meeting } from "./types";
import type { Unit } from "./units";

/** `shown`: the display that the sentence before ends with; `next`: the one that follows its paragraph; or -1. */
export function readMeetings(sentence: readonly Item[], units: readonly Unit[], lexicon: Lexicon, { shown, next }: { readonly shown: number; readonly next: number }): readonly Meeting[] {
  const row: Meeting[] = [];
  let covered = 0;
  for (const [at, item] of sentence.entries()) {
    if (item.at < covered) continue;
    const said = saidAt(item, units, lexicon);
    if (said) {
      row.push({ kind: "condition", says: said.says, formula: said.formula, letters: said.letters, behind: isBehind(sentence, at), chooses: choosesOne(sentence, at) });
      covered = said.until;
    } else if (item.math && item.math.formula >= 0) row.push({ kind: "formula", formula: item.math.formula });
  }
  if (!row.some(({ kind }) => kind === "condition")) return [];
  if (next >= 0 && sentence[sentence.length - 1]?.mark !== ".") row.push({ kind: "formula", formula: next });
  return shown >= 0 ? [{ kind: "shown", formula: shown, continues: !startsAnew(sentence, units) }, ...row] : row;
}

/** The formulas of a sentence whose "if" is followed by words alone, "When the margin is violated, …", or which begins so, "Where the loss is active, …"; `next` as above. */
export function saidOfACase(sentence: readonly Item[], next: number): readonly number[] {
  const isInWords = sentence.some((item, at) => {
    if (!item.grammar.has("if") && !(at === 0 && item.grammar.has("place"))) return false;
    const end = sentence.findIndex(({ mark, math }, i) => i > at && (mark !== null || math !== null));
    return end > at + 1 && !sentence[end]?.math;
  });
  if (!isInWords) return [];
  const formulas = sentence.flatMap(({ math }) => (math?.relation && math.formula >= 0 ? [math.formula] : []));
  return next >= 0 && sentence[sentence.length - 1]?.mark !== "." ? [...formulas, next] : formulas;
}

interface Said {
  readonly says: "differ" | "meet" | "otherwise" | "formula";
  readonly formula: number;
  /** The letters that the words name. */
  readonly letters: readonly string[];
  readonly until: number;
}

function saidAt(item: Item, units: readonly Unit[], lexicon: Lexicon): Said | null {
  const match = lexicon.conventions.match(units, item.at);
  const key = match?.values.find((value) => value === "indicesDiffer" || value === "indicesMeet" || value === "indicesOtherwise");
  const formulas = match?.captures.flatMap((unit) => (unit.kind === "math" ? [unit.math] : [])) ?? [];
  const letters = formulas.flatMap(({ subjects }) => subjects.map(({ name }) => name));
  if (match && key && formulas.every(({ bare, subjects }) => bare && subjects.every(isLetter)) && (formulas.length === 0 || letters.length === 2)) {
    return { says: key === "indicesDiffer" ? "differ" : key === "indicesMeet" ? "meet" : "otherwise", formula: -1, letters, until: item.at + match.length };
  }
  const isCondition = item.math?.range === true && item.math.formula >= 0 && item.math.relation;
  return isCondition && item.math ? { says: "formula", formula: item.math.formula, letters: [], until: item.at + item.length } : null;
}

function isLetter({ name, subscripts }: { readonly name: string; readonly subscripts: readonly unknown[] }): boolean {
  return /^[a-z]$/.test(name) && subscripts.length === 0;
}

/** "$f_{ij} = 0$ for $i \neq j$": nothing but prepositions between the formula and the words. */
function isBehind(sentence: readonly Item[], at: number): boolean {
  for (let i = at - 1; i >= 0; i--) {
    const item = sentence[i] as Item;
    if (item.math) return item.math.relation;
    if (item.mark !== null && item.mark !== "(") return false;
    if (item.grammar.has("and") || item.grammar.has("but")) return false;
  }
  return false;
}

/** "1 if $i = j$ and zero otherwise", "one if $i = j$": an article before "if" is a number. */
function choosesOne(sentence: readonly Item[], at: number): boolean {
  const before = sentence.slice(0, at).reverse().find(({ mark, math, grammar }) => mark !== "," && (math !== null || grammar.has("indefinite") || !grammar.size));
  const number = before?.math?.expr;
  return before?.words === "1" || before?.grammar.has("indefinite") === true || (number?.kind === "number" && number.numerator === number.denominator);
}

function startsAnew([first]: readonly Item[], units: readonly Unit[]): boolean {
  const unit = first && units[first.at];
  return unit?.kind !== "word" || unit.capital;
}
