/**
 * Looking ahead in a sentence: which formula a noun phrase leads up to ("a
 * symmetric weight matrix $W$"), what a relation's arguments are ("depends on
 * the scalar $t$"), and whether a formula is no subject but a size ("the $n$
 * vectors"). Every look is bounded, so that the whole stays linear.
 */
import type { Item } from "./items";
import type { Language } from "./languages/language";
import type { FactKey } from "./meanings";

const far = 14;

export function isCopula(item: Item | undefined): boolean {
  return item !== undefined && (item.grammar.has("copulaOne") || item.grammar.has("copulaMany") || item.grammar.has("copula"));
}

export function isArticle(item: Item | undefined): boolean {
  return item !== undefined && (item.grammar.has("definite") || item.grammar.has("indefinite"));
}

/** A word that the tables do not know, or a phrase that means nothing here. */
export function isPlainWord(item: Item): boolean {
  return item.mark === null && item.math === null && !item.dims && !item.tuple && !item.fact && item.named === null && item.relation === null && item.part === null && item.decomposition === null && (item.grammar.size === 0 || item.grammar.has("neutral"));
}

export class Ahead {
  constructor(
    private readonly items: readonly Item[],
    private readonly language: Language,
  ) {}

  /** A formula that words can be about. */
  isTopic(at: number): boolean {
    const math = this.items[at]?.math;
    return !!math && math.subjects.length > 0 && !math.range && !math.set && !math.dims && !math.tuple && !this.isModifier(at);
  }

  /** "an $n$-vector", "the $n$ vectors": a size. */
  isModifier(at: number): boolean {
    const item = this.items[at];
    const next = this.items[at + 1];
    if (!item?.math?.bare || item.math.size === null || !next || next.math || next.dims) return false;
    const before = this.items[at - 1];
    const thing = next.fact?.noun === true;
    if (before?.grammar.has("indefinite")) return thing;
    if (isCopula(before) || before?.fact || !(thing || isPlainWord(next)) || !this.language.plural?.test(next.words)) return false;
    if (before?.mark === "," || before?.grammar.has("and") || before?.grammar.has("let")) return false;
    return /^[dhk-npqrstBCDHKLMNPT]$/.test(item.math.subjects[0]?.name ?? "");
  }

  /** The formula that the description at `from` leads up to, or -1. */
  forward(from: number): number {
    const start = this.items[from] as Item;
    let noun = start.fact?.noun === true || start.named !== null;
    for (let at = from + 1; at < this.items.length && at < from + far; at++) {
      const item = this.items[at] as Item;
      if (item.math && !item.dims && !item.tuple) return this.isTopic(at) ? at : this.isModifier(at) ? this.continue(at, noun) : -1;
      if (item.dims || item.decomposition || (item.relation === "shape" && (this.items[at + 1]?.dims || this.items[at + 1]?.tuple)) || item.tuple) continue;
      if (item.fact || item.named !== null) {
        noun ||= item.fact?.noun === true;
        continue;
      }
      if (item.grammar.has("link") || item.grammar.has("adverb") || item.grammar.has("genitive")) continue;
      if (item.mark === ":" && noun && this.isTopic(at + 1)) continue;
      if ((item.grammar.has("and") || item.mark === ",") && this.joinsAdjectives(at)) continue;
      if (item.grammar.has("stop") && this.isGenitiveChain(start, at)) continue;
      if ((isPlainWord(item) || (item.part !== null && this.isGenitiveChain(start, at - 1))) && !(noun && this.language.head === "last" && !this.isGenitiveChain(start, at - 1))) continue;
      return -1;
    }
    return -1;
  }

  private continue(at: number, noun: boolean): number {
    return noun ? -1 : this.forward(at);
  }

  /** "symmetric and invertible matrices $A$" */
  private joinsAdjectives(at: number): boolean {
    const before = this.items[at - 1];
    const after = this.items[at + 1];
    return before?.fact?.noun === false && after?.fact !== null && after?.fact !== undefined;
  }

  /** "the vector of weights $w$" */
  private isGenitiveChain(start: Item, at: number): boolean {
    const key: FactKey | undefined = start.fact?.key;
    const stop = this.items[at];
    const word = this.items[at + 1];
    return (key === "vector" || key === "matrix" || key === "columnVector") && stop?.grammar.has("stop") === true && word !== undefined && (isPlainWord(word) || word.part !== null) && word.words.length > 1 && (this.language.head === "first" || this.language.plural?.test(word.words) === true);
  }

  /** Whether a noun phrase that begins at `from` is what a verb is about: "the function acts …". */
  leadsToVerb(from: number): boolean {
    return this.verbAfter(from) >= 0;
  }

  /** Whether a noun phrase that begins at `from` is said to be a formula: "the loss is $L$", or what is displayed behind "the loss is". */
  leadsToFormula(from: number): boolean {
    const verb = this.verbAfter(from);
    if (verb < 0 || !isCopula(this.items[verb])) return false;
    return this.isTopic(verb + 1) || (!this.language.verbLast && this.items.slice(verb + 1).every(({ mark }) => mark !== null));
  }

  private verbAfter(from: number): number {
    for (let at = from + 1; at < this.items.length && at < from + far; at++) {
      const item = this.items[at] as Item;
      if (isCopula(item) || item.relation === "dependsOn") return at;
      if (item.mark !== null || item.math || item.grammar.has("and")) return -1;
    }
    return -1;
  }

  /** Formulas that a relation at `at` speaks of: "of $x$, $y$ and $z$". */
  argumentsAfter(at: number): number[] {
    const found: number[] = [];
    for (let i = at + 1; i < this.items.length && i < at + far; i++) {
      const item = this.items[i] as Item;
      if (item.math) {
        if (found.length && !this.continuesList(i, found[0] as number)) break;
        found.push(i);
        continue;
      }
      if (found.length && (item.mark === "," || item.grammar.has("and"))) continue;
      if (!found.length && (isArticle(item) || item.grammar.has("adverb") || item.fact || isPlainWord(item) || item.dims)) continue;
      break;
    }
    return found;
  }

  /** A bare symbol in a list, of which nothing is said on its own; in "of $x = r\\cos t$ and $y = r\\sin t$" each has its formula. */
  private continuesList(at: number, first: number): boolean {
    const next = this.items[at + 1];
    const closed = next === undefined || next.mark !== null || next.grammar.has("and") || next.grammar.has("stop") || next.grammar.has("respectively") || (isPlainWord(next) && this.items[at - 1]?.grammar.has("and") === true);
    const areFormulas = [first, at].every((i) => (this.items[i]?.math?.value ?? null) !== null);
    const alike = this.items[at]?.math?.bare === true || areFormulas;
    return alike && this.isTopic(at) && closed;
  }

  /** Formulas right before a relation that stands after its argument: `$x$ 和 $y$ 的函数`. */
  relationAfter(at: number, sides: ReadonlySet<string>): number {
    for (let i = at + 1; i < this.items.length && i < at + 6; i++) {
      const item = this.items[i] as Item;
      if (item.relation !== null) return sides.has(item.relation) ? i : -1;
      if (item.math ? !item.math.bare : !(item.mark === "," || item.grammar.has("and"))) return -1;
    }
    return -1;
  }
}
