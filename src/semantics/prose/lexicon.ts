/**
 * The phrases of a language, compiled once, and the language that a paragraph
 * is written in. Words, formula cues and conventions are tables of their own,
 * since the same words may be read in each way.
 */
import { languages } from "./languages";
import { type DerivationName, type DerivationPart, type DerivationPhrases, derivationNames } from "./derivations";
import { en } from "./languages/en";
import type { Language } from "./languages/language";
import { shared } from "./languages/shared";
import { adjectives, type ConventionKey, type FactKey, type FormulaCueKey, type GrammarKey, nouns, type RelationKey, type WordMeaning } from "./meanings";
import { PhraseTable } from "./phrases";
import type { Part } from "./types";
import type { Unit } from "./units";

export interface Lexicon {
  readonly language: Language;
  readonly words: PhraseTable<WordMeaning>;
  readonly formulas: PhraseTable<FormulaCueKey>;
  readonly conventions: PhraseTable<ConventionKey>;
  readonly derivations: DerivationPhrases;
}

const latin = languages.filter(({ script }) => script === "latin");
const compiled = new Map<Language, Lexicon>();

/** `usual`: the language of the document around. */
export function lexiconFor(units: readonly Unit[], usual: Language): Lexicon {
  const language = languageOf(units, usual);
  const known = compiled.get(language);
  if (known) return known;
  const made = compile(language);
  compiled.set(language, made);
  return made;
}

/** The one in Latin letters that most of a document's words are in; English where nothing tells. */
export function usualLanguage(units: readonly Unit[]): Language {
  return commonest(wordsOf(units), en);
}

/** By script, and among those in Latin letters by their most common words; the usual one where nothing tells. */
function languageOf(units: readonly Unit[], usual: Language): Language {
  const count: Record<Language["script"], number> = { han: 0, kana: 0, hangul: 0, cyrillic: 0, latin: 0 };
  const words = wordsOf(units);
  for (const word of words) count[scriptOf(word)] += 1;
  const script = scriptAmong(count);
  const [first = en] = languages.filter((language) => language.script === script);
  if (script !== "latin") return first;
  return commonest(words, usual);
}

function wordsOf(units: readonly Unit[]): string[] {
  return units.flatMap((unit) => (unit.kind === "word" ? [unit.text] : []));
}

function commonest(words: readonly string[], otherwise: Language): Language {
  let [best, most] = [otherwise, score(otherwise, words)];
  for (const language of latin) {
    const count = score(language, words);
    if (count > most) [best, most] = [language, count];
  }
  return best;
}

function scriptAmong(count: Readonly<Record<Language["script"], number>>): Language["script"] {
  // A Latin word is worth two characters.
  const letters = count.latin * 2;
  if (count.hangul > 0 && count.hangul + count.han > letters / 2) return "hangul";
  if (count.kana > 0 && count.kana + count.han > letters / 2) return "kana";
  if (count.han > letters / 2) return "han";
  return count.cyrillic > count.latin / 2 ? "cyrillic" : "latin";
}

function scriptOf(word: string): Language["script"] {
  const code = word.codePointAt(0) ?? 0;
  if (code >= 0xac00 && code <= 0xd7a3) return "hangul";
  if (code >= 0x3041 && code <= 0x30ff) return "kana";
  if ((code >= 0x3005 && code <= 0x3007) || (code >= 0x3400 && code <= 0x9fff) || (code >= 0xf900 && code <= 0xfaff)) return "han";
  return code >= 0x400 && code <= 0x52f ? "cyrillic" : "latin";
}

const marksOf = new Map<Language, ReadonlySet<string>>(latin.map((language) => [language, new Set(language.marks)]));

function score(language: Language, words: readonly string[]): number {
  const marks = marksOf.get(language);
  let count = 0;
  for (const word of words) if (marks?.has(word)) count++;
  return count;
}

function compile(language: Language): Lexicon {
  const words = new PhraseTable<WordMeaning>();
  const formulas = new PhraseTable<FormulaCueKey>();
  const conventions = new PhraseTable<ConventionKey>();
  addWords(words, language, true);
  addWords(words, shared, true);
  // Notes in other scripts borrow English terms as they are.
  if (language.script !== "latin") addWords(words, en, false);
  for (const table of [language, shared]) {
    add(formulas, table.formulas, (key) => key as FormulaCueKey);
    add(conventions, table.conventions, (key) => key as ConventionKey);
  }
  return { language, words, formulas, conventions, derivations: derivationsOf(language) };
}

/** In parts: their combinations are too many for one table. */
function derivationsOf({ derivatives }: Language): DerivationPhrases {
  const table = (part: DerivationPart): PhraseTable<DerivationPart> => {
    const made = new PhraseTable<DerivationPart>();
    for (const phrase of derivatives?.[part] ?? []) made.add(phrase, part);
    return made;
  };
  const names = new PhraseTable<DerivationName>();
  for (const name of derivationNames) for (const phrase of derivatives?.[name] ?? []) names.add(phrase, name);
  return { names, is: table("is"), gives: table("gives"), ends: table("ends"), derivative: table("derivative"), vanishing: table("vanishing") };
}

function addWords(table: PhraseTable<WordMeaning>, language: Language, grammar: boolean): void {
  add(table, language.facts, (key): WordMeaning => {
    const noun = Object.hasOwn(nouns, key);
    return { is: "fact", key: key as FactKey, noun, make: noun ? nouns[key as keyof typeof nouns] : adjectives[key as keyof typeof adjectives] };
  });
  add(table, language.functions, (name): WordMeaning => ({ is: "named", function: name }));
  if (!grammar) return;
  add(table, language.relations, (key): WordMeaning => ({ is: "relation", key: key as RelationKey }));
  add(table, language.parts, (key): WordMeaning => ({ is: "part", part: key as Part }));
  add(table, language.decompositions ?? {}, (key): WordMeaning => ({ is: "decomposition", key: key as "svd" }));
  add(table, language.grammar, (key): WordMeaning => ({ is: "grammar", key: key as GrammarKey }));
}

function add<T>(table: PhraseTable<T>, phrases: Readonly<Record<string, readonly string[] | undefined>>, value: (key: string) => T): void {
  for (const [key, list] of Object.entries(phrases)) for (const phrase of list ?? []) table.add(phrase, value(key));
}
