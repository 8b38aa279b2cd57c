/**
 * Derivatives that sentences state: "the gradient of $f$ with respect to $w$ is
 * $2Xw$", "differentiating $g$ gives" before a display. What they are of, by
 * and equal to is told by formulas; whoever knows these makes equations of it.
 */
import { isPlainWord } from "./ahead";
import type { Item } from "./items";
import type { Language } from "./languages/language";
import type { Lexicon } from "./lexicon";
import type { MathInfo } from "./math";
import type { GrammarKey } from "./meanings";
import type { PhraseTable } from "./phrases";
import type { DerivativeFact } from "./types";
import type { Unit } from "./units";

/** Phrases that name a derivative: which; of what the phrase names, or of what is told amidst; and the verb behind, before the formula. */
const names = {
  gradient: { which: "gradient", amidst: null, verb: "is" },
  jacobian: { which: "jacobian", amidst: null, verb: "is" },
  hessian: { which: "hessian", amidst: null, verb: "is" },
  ownGradient: { which: "gradient", amidst: "paragraph", verb: "is" },
  ownHessian: { which: "hessian", amidst: "paragraph", verb: "is" },
  theGradient: { which: "gradient", amidst: "section", verb: "is" },
  theHessian: { which: "hessian", amidst: "section", verb: "is" },
  hasGradient: { which: "gradient", amidst: "paragraph", verb: null },
  hasHessian: { which: "hessian", amidst: "paragraph", verb: null },
  taken: { which: "gradient", amidst: null, verb: "gives" },
  ownTaken: { which: "gradient", amidst: "section", verb: "gives" },
} as const satisfies Record<string, Pick<Derivation, "which" | "amidst"> & { readonly verb: "is" | "gives" | null }>;

export type DerivationName = keyof typeof names;
export const derivationNames = Object.keys(names) as DerivationName[];
export type DerivationPart = keyof NonNullable<Language["derivatives"]>;

export interface DerivationPhrases {
  readonly names: PhraseTable<DerivationName>;
  readonly is: PhraseTable<DerivationPart>;
  readonly gives: PhraseTable<DerivationPart>;
  readonly ends: PhraseTable<DerivationPart>;
  readonly derivative: PhraseTable<DerivationPart>;
  readonly vanishing: PhraseTable<DerivationPart>;
}

/** How a sentence says it. */
interface Derivation {
  readonly which: DerivativeFact["which"];
  readonly amidst: DerivativeFact["amidst"];
  /** What it is equal to is displayed behind the phrase, and not its last formula. */
  readonly shown: boolean;
  readonly captures: readonly Unit[];
  readonly length: number;
}

function derivationAt(phrases: DerivationPhrases, units: readonly Unit[], at: number): Derivation | null {
  const name = phrases.names.match(units, at);
  const [key] = name?.values ?? [];
  if (!name || !key) return null;
  const { which, amidst, verb } = names[key];
  // "the Hessian $H$ is", "the gradient $g = 2Xw$"
  const called = units[at + name.length];
  const letters = verb === "is" && amidst && called?.kind === "math" && called.math.bare ? 1 : 0;
  const said = verb && phrases[verb].match(units, at + name.length + letters);
  if (verb && !said && !(amidst && called?.kind === "math" && called.math.value)) return null;
  const length = name.length + (said ? letters + said.length : 0);
  const value = units[at + length];
  const captures = [...name.captures, ...(said?.captures ?? [])];
  if (value?.kind !== "math") return { which, amidst, shown: true, captures, length };
  // "the gradient is $n \times d$"
  if (value.math.dims || value.math.tuple || value.math.set) return null;
  return { which, amidst, shown: false, captures: [...captures, value], length: length + 1 + (phrases.ends.match(units, at + length + 1)?.length ?? 0) };
}

/** `units`: of the whole paragraph; `shown` and `next`: the displays right before and behind it, or -1; `told`: what its sentences before have told. */
export function readDerivations(sentence: readonly Item[], units: readonly Unit[], lexicon: Lexicon, { shown, next, told }: { readonly shown: MathInfo | null; readonly next: number; readonly told: readonly DerivativeFact[] }): DerivativeFact[] {
  const [first, last] = [sentence[0], sentence[sentence.length - 1]];
  if (!first || !last || last.mark === "?") return [];
  const doubts = sentence.filter(({ grammar }) => unsure.some((key) => grammar.has(key)));
  const facts: DerivativeFact[] = [];
  for (let at = first.at; at < last.at + last.length; ) {
    const said = derivationAt(lexicon.derivations, units, at);
    const topic = said?.amidst ? topicBefore(units, at, shown, [...told, ...facts]) : [];
    const behind = said ? sentence.filter((item) => item.at >= at + said.length) : [];
    const closed = closes(behind[0]) || namesAnother(behind[0], units, lexicon.derivations);
    const fact = said && (said.shown || closed) && doubts.every((item) => item.at >= at && item.at < at + said.length) ? factOf(said, topic, units, at, at + said.length, next) : null;
    if (fact) facts.push((!said?.amidst || isLed(sentence, at)) && !goesOn(behind, units, lexicon.derivations) ? fact : { ...fact, amidst: "anything" });
    at += said?.length ?? 1;
  }
  return facts;
}

/** Under a condition, or not at all. */
const unsure = ["if", "not", "unsettled", "suppose"] as const;

function formulasOf(captures: readonly Unit[]): Named[] {
  return captures.flatMap((unit) => (unit.kind === "math" ? [unit.math] : []));
}

type Named = Pick<MathInfo, "formula" | "bare">;

function factOf({ which, shown, amidst, captures }: Derivation, topic: readonly Named[], units: readonly Unit[], from: number, to: number, next: number): DerivativeFact | null {
  const named = formulasOf(captures);
  const value = !shown ? named.pop()?.formula : isEnd(units, to) ? next : undefined;
  const of = amidst ? topic[0] : named.shift();
  const [by, ...more] = named;
  if ((of ? of.formula < 0 : amidst !== "section") || value === undefined || value < 0 || more.length || (by && !by.bare)) return null;
  return { of: of?.formula ?? null, by: by?.formula ?? null, value, which, amidst, start: units[from]?.start ?? 0, end: units[to - 1]?.end ?? 0 };
}

/** "For $f(w) = …$ the gradient is", "Then the gradient is": no words in front that could speak of something else. */
function isLed(sentence: readonly Item[], at: number): boolean {
  const before = sentence.filter((item) => item.at + item.length <= at);
  return before.slice(before.map(({ math }) => math !== null).lastIndexOf(true) + 1).every((item) => item.mark !== null || ["for", "let", "then", "and", "adverb", "where", "given"].some((key) => item.grammar.has(key as GrammarKey)));
}

/** The formula before, where it is about one letter: "… $\\sigma(x) = \\frac{1}{1 + e^{-x}}$, its derivative is … and its second derivative is". */
function topicBefore(units: readonly Unit[], at: number, shown: MathInfo | null, facts: readonly DerivativeFact[]): Named[] {
  const before = units.slice(0, at).reverse().find(({ kind }) => kind === "math");
  const math = before?.kind === "math" ? before.math : shown;
  const known = facts.find(({ value }) => value === math?.formula);
  if (known) return known.of === null ? [] : [{ formula: known.of, bare: false }];
  return math?.subjects.length === 1 && (math.applied || math.bare || math.value) ? [math] : [];
}

/** Nothing behind the formula that goes on about it. */
function closes(item: Item | undefined): boolean {
  return item === undefined || (item.mark !== null && !["(", "—", "other"].includes(item.mark)) || item.grammar.has("and") || item.grammar.has("but");
}

/** "and the Hessian", which is a phrase of its own. */
function namesAnother(item: Item | undefined, units: readonly Unit[], { names }: DerivationPhrases): boolean {
  return item !== undefined && Array.from({ length: item.length }, (_, i) => item.at + i).some((at) => names.match(units, at) !== null);
}

/** ", up to a factor", "and a factor of two", but not "and its Hessian is". */
function goesOn(behind: readonly Item[], units: readonly Unit[], phrases: DerivationPhrases): boolean {
  const next = behind.find(({ mark, grammar }) => mark !== "," && !grammar.has("and"));
  return next !== undefined && next.mark === null && (isPlainWord(next) || next.grammar.has("copula") || next.grammar.has("indefinite")) && !namesAnother(next, units, phrases);
}

function isEnd(units: readonly Unit[], at: number): boolean {
  return units.slice(at).every((unit) => unit.kind === "mark" && (unit.text === ":" || unit.text === ","));
}
