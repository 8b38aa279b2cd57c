/**
 * Derivatives that sentences state: "the gradient of $f$ with respect to $w$ is
 * $2Xw$", "differentiating $g$ gives" before a display. What they are of, by
 * and equal to is told by formulas; whoever knows these makes equations of it.
 */
import type { Item } from "./items";
import type { Language } from "./languages/language";
import type { Lexicon } from "./lexicon";
import type { MathInfo } from "./math";
import type { PhraseTable } from "./phrases";
import type { DerivativeFact } from "./types";
import type { Unit } from "./units";

/** Phrases that name a derivative; and, in the order of the text, of what, its verb and what may stand behind the formula. */
export const derivationNames = ["gradient", "jacobian", "hessian", "ownGradient", "ownHessian", "taken"] as const;
export type DerivationPart = keyof NonNullable<Language["derivatives"]>;

export interface DerivationPhrases {
  readonly names: PhraseTable<DerivationPart>;
  readonly is: PhraseTable<DerivationPart>;
  readonly gives: PhraseTable<DerivationPart>;
  readonly ends: PhraseTable<DerivationPart>;
}

/** How a sentence says it: which derivative, and of what is named in the phrase or was the topic before it. */
interface Derivation {
  readonly which: DerivativeFact["which"];
  readonly own: boolean;
  /** What it is equal to is displayed behind the phrase, and not its last formula. */
  readonly shown: boolean;
  readonly captures: readonly Unit[];
  readonly length: number;
}

function derivationAt({ names, is, gives, ends }: DerivationPhrases, units: readonly Unit[], at: number): Derivation | null {
  const name = names.match(units, at);
  const [part] = name?.values ?? [];
  const verb = name && (part === "taken" ? gives : is).match(units, at + name.length);
  if (!name || !verb || !part) return null;
  const which = part === "jacobian" ? "jacobian" : part === "hessian" || part === "ownHessian" ? "hessian" : "gradient";
  const own = part === "ownGradient" || part === "ownHessian";
  const length = name.length + verb.length;
  const value = units[at + length];
  const captures = [...name.captures, ...verb.captures];
  if (value?.kind !== "math") return { which, own, shown: true, captures, length };
  return { which, own, shown: false, captures: [...captures, value], length: length + 1 + (ends.match(units, at + length + 1)?.length ?? 0) };
}

/** `units`: of the whole paragraph; `shown` and `next`: the displays right before and behind it, or -1. */
export function readDerivations(sentence: readonly Item[], units: readonly Unit[], lexicon: Lexicon, { shown, next }: { readonly shown: MathInfo | null; readonly next: number }): DerivativeFact[] {
  const [first, last] = [sentence[0], sentence[sentence.length - 1]];
  if (!first || !last || last.mark === "?" || sentence.some(({ grammar }) => unsure.some((key) => grammar.has(key)))) return [];
  const facts: DerivativeFact[] = [];
  for (let at = first.at; at < last.at + last.length; ) {
    const said = derivationAt(lexicon.derivations, units, at);
    const topic = said?.own ? topicBefore(units, at, shown, facts) : [];
    const closed = said !== null && closes(sentence.find((item) => item.at === at + said.length));
    const fact = said && (said.shown || closed) ? factOf(said, [...topic, ...formulasOf(said.captures)], units, at, at + said.length, next) : null;
    if (fact) facts.push(fact);
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

function factOf({ which, shown }: Derivation, named: Named[], units: readonly Unit[], from: number, to: number, next: number): DerivativeFact | null {
  const value = !shown ? named.pop()?.formula : isEnd(units, to) ? next : undefined;
  const [of, by, ...more] = named;
  if (!of || of.formula < 0 || value === undefined || value < 0 || more.length || (by && !by.bare)) return null;
  return { of: of.formula, by: by?.formula ?? null, value, which, start: units[from]?.start ?? 0, end: units[to - 1]?.end ?? 0 };
}

/** The formula before, where it is about one letter: "… $\\sigma(x) = \\frac{1}{1 + e^{-x}}$, its derivative is … and its second derivative is". */
function topicBefore(units: readonly Unit[], at: number, shown: MathInfo | null, facts: readonly DerivativeFact[]): Named[] {
  const before = units.slice(0, at).reverse().find(({ kind }) => kind === "math");
  const math = before?.kind === "math" ? before.math : shown;
  const known = facts.find(({ value }) => value === math?.formula);
  if (known) return [{ formula: known.of, bare: false }];
  return math?.subjects.length === 1 && (math.applied || math.bare) ? [math] : [];
}

/** Nothing behind the formula that goes on about it. */
function closes(item: Item | undefined): boolean {
  return item === undefined || (item.mark !== null && !["(", "—", "other"].includes(item.mark)) || item.grammar.has("and") || item.grammar.has("but");
}

function isEnd(units: readonly Unit[], at: number): boolean {
  return units.slice(at).every((unit) => unit.kind === "mark" && (unit.text === ":" || unit.text === ","));
}
