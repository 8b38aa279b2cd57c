/**
 * Phrases of a language table, compiled into a trie over units, and the longest
 * match at a place.
 *
 * A phrase is written as words with blanks between:
 *
 *     a|b      either            {a b|c}  either, of several words
 *     [a b|c]  may be missing
 *     stem*    any ending        $m       a formula
 *     $n       a size ($n$, 3)   $d       dimensions ($n \times d$, (N, D))
 *     $s       a set ($\mathbb{R}^n$)     $b   a formula that is only a symbol
 *     $l       a size that is a letter ($n$)   $t   what tends to something ($n \to \infty$)
 *     $z       zero (0, $0$, $= 0$)
 *
 * Characters of scripts without blanks are units of their own, so 对称矩阵 needs
 * none. The match is as long as possible; its length is bounded by the longest
 * phrase, so a paragraph is matched in linear time.
 */
import { isCjk, type Unit } from "./units";
import { sizeOfWord } from "./math";

/** Most nodes have one kind of child or none. */
interface TrieNode<T> {
  words?: Map<string, TrieNode<T>>;
  stems?: Map<string, TrieNode<T>>;
  slots?: Map<string, TrieNode<T>>;
  readonly values: T[];
}

export interface Match<T> {
  readonly values: readonly T[];
  readonly length: number;
  /** Units that filled the slots, in order. */
  readonly captures: readonly Unit[];
}

export class PhraseTable<T> {
  private readonly root: TrieNode<T> = emptyNode();

  add(phrase: string, value: T): void {
    let ends: TrieNode<T>[] = [this.root];
    for (const element of spaced(phrase).match(/\[[^\]]*\]|\{[^}]*\}|\S+/g) ?? []) {
      const optional = element.startsWith("[") && element.endsWith("]");
      const alternatives = (/^[[{]/.test(element) ? element.slice(1, -1) : element).split("|");
      const grown = alternatives.flatMap((alternative) => ends.map((end) => alternative.split(/\s+/).reduce<TrieNode<T>>(grow, end)));
      ends = optional ? [...ends, ...grown] : grown;
    }
    for (const end of new Set(ends)) if (end !== this.root) end.values.push(value);
  }

  match(units: readonly Unit[], at: number): Match<T> | null {
    let best: Match<T> | null = null;
    let states: { node: TrieNode<T>; captures: readonly Unit[] }[] = [{ node: this.root, captures: [] }];
    for (let length = 0; states.length; length++) {
      const done = states.find((state) => state.node.values.length && length > 0);
      if (done) best = { values: done.node.values, length, captures: done.captures };
      const unit = units[at + length];
      if (!unit) break;
      states = states.flatMap(({ node, captures }) => step(node, unit).map((next) => ({ node: next.node, captures: next.captured ? [...captures, unit] : captures })));
    }
    return best;
  }
}

/** As the scanner cuts words: "newton's" is two, "isn't" is one. */
function spaced(phrase: string): string {
  return phrase.normalize("NFC").trim().replace(/(\p{L})'(?!t(?!\p{L}))/gu, "$1 ");
}

function emptyNode<T>(): TrieNode<T> {
  return { values: [] };
}

function grow<T>(from: TrieNode<T>, alternative: string): TrieNode<T> {
  if (alternative.startsWith("$")) return child(from, "slots", alternative.slice(1));
  if (![...alternative].some(isCjk)) return alternative.endsWith("*") && alternative.length > 1 ? child(from, "stems", alternative.slice(0, -1)) : child(from, "words", alternative);
  // Runs of other letters inside (`one-hot向量`) are words.
  let node = from;
  for (const part of alternative.match(/[\u3005-\u3007\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]|[^\u3005-\u3007\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]+/g) ?? []) node = part.startsWith("$") ? child(node, "slots", part.slice(1)) : child(node, "words", part);
  return node;
}

function child<T>(node: TrieNode<T>, kind: "words" | "stems" | "slots", key: string): TrieNode<T> {
  const map = (node[kind] ??= new Map<string, TrieNode<T>>());
  const known = map.get(key);
  if (known) return known;
  const made = emptyNode<T>();
  map.set(key, made);
  return made;
}

function step<T>(node: TrieNode<T>, unit: Unit): { node: TrieNode<T>; captured: boolean }[] {
  const out: { node: TrieNode<T>; captured: boolean }[] = [];
  const text = unit.kind === "word" || unit.kind === "mark" ? unit.text : null;
  if (text !== null) {
    const exact = node.words?.get(text);
    if (exact) out.push({ node: exact, captured: false });
    if (node.stems) {
      for (let length = Math.min(text.length, 24); length >= 2; length--) {
        const stem = node.stems.get(text.slice(0, length));
        if (stem) out.push({ node: stem, captured: false });
      }
    }
  }
  for (const [slot, next] of node.slots ?? []) if (fills(slot, unit)) out.push({ node: next, captured: true });
  return out;
}

function fills(slot: string, unit: Unit): boolean {
  switch (slot) {
    case "m":
      return unit.kind === "math";
    case "b":
      return unit.kind === "math" && unit.math.bare;
    case "t":
      return unit.kind === "math" && unit.math.tends;
    case "n":
      return (unit.kind === "math" && unit.math.size !== null) || (unit.kind === "word" && !unit.cjk && sizeOfWord(unit.text, unit.capital, unit) !== null);
    case "l":
      return (unit.kind === "math" && unit.math.size?.kind === "symbol") || (unit.kind === "word" && !unit.cjk && sizeOfWord(unit.text, unit.capital, unit)?.kind === "symbol");
    case "d":
      return unit.kind === "dims" || (unit.kind === "math" && (unit.math.dims !== null || unit.math.tuple !== null));
    case "z":
      return (unit.kind === "math" && unit.math.zero === "alone") || (unit.kind === "word" && unit.text === "0");
    case "s":
      return unit.kind === "math" && unit.math.set !== null;
    default:
      return false;
  }
}
