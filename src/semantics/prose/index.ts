/**
 * What sentences say around formulas: facts about symbols, conventions of the
 * document, and what formulas are there for. The grammar is light and the same
 * for all languages; tables of phrases say what their words mean. A word that
 * no table knows says nothing. Linear in the text.
 */
import type { SymbolExpr } from "../expression/types";
import { isCopula } from "./ahead";
import { readClauses } from "./clauses";
import { readConventions } from "./conventions";
import { readDerivations } from "./derivations";
import { type Item, itemsOf, sentencesOf } from "./items";
import type { Language } from "./languages/language";
import { lexiconFor, usualLanguage } from "./lexicon";
import { type MathInfo, mathInfo } from "./math";
import { readMeetings, saidOfACase } from "./meetings";
import { readRoles } from "./roles";
import { readStationarity } from "./stationarity";
import type { Declaration, DerivativeFact, DocumentFact, FormulaFact, FormulaRole, Meeting, ProseFacts, ProseToken } from "./types";
import { unitsOf } from "./units";

export type { Language };
export type * from "./types";
export { type CodeShape, readCodeShapes } from "./code";
export { lettersOfPlainFormulas } from "./plain-formulas";
export { ofMatrices } from "./said";
export { strongest } from "./roles";
export { isMixed } from "./telling";

const none: ReadonlySet<string> = new Set();

/** The language that paragraphs are taken to be in where their own words do not tell. */
export function languageAmong(paragraphs: readonly (readonly ProseToken[])[]): Language {
  return usualLanguage(paragraphs.flatMap((tokens) => unitsOf(tokens.filter(({ kind }) => kind === "text"), none)));
}

/** What the words of one paragraph (or heading, item, cell) say. `display` and `next`: the displays right before and behind it, or null and -1; `indices`: the letters that sums of the text run over. */
export function readProse(tokens: readonly ProseToken[], display: ProseToken | null = null, next = -1, usual: Language = languageAmong([tokens]), indices: ReadonlySet<string> = none): ProseFacts {
  const declarations: Declaration[] = [];
  const document: DocumentFact[] = [];
  const formulas: FormulaFact[] = [];
  const meetings: (readonly Meeting[])[] = [];
  const cases: number[] = [];
  const derivatives: DerivativeFact[] = [];
  const unread: SymbolExpr[] = [];
  let introduces: FormulaRole | null = null;
  if (tokens.every((token) => token.kind === "math")) return { declarations, document, formulas, meetings, cases, introduces, derivatives, stationary: [], unread };
  const units = unitsOf(tokens, indices);
  const lexicon = lexiconFor(units, usual);
  let topics: readonly MathInfo[] = [];
  let spoken: readonly MathInfo[] = [];
  let before = display?.kind === "math" ? display.formula : -1;
  const sentences = sentencesOf(itemsOf(units, lexicon), units);
  for (const sentence of sentences) {
    // "$$K = K(\theta)$$ is symmetric": a sentence that begins with its verb, or ends a clause with it, is about the display before it.
    const goesOn = display && sentence === sentences[0] && (isCopula(sentence[0]) || (sentence[0]?.fact && isCopula(sentence[1])));
    const clauses = readClauses(goesOn ? [...itemsOf(unitsOf([display], indices), lexicon), ...sentence] : sentence, lexicon.language, topics, spoken);
    spoken = [...spoken, ...sentence.flatMap(({ math }) => math ?? [])];
    const behind = sentence === sentences[sentences.length - 1] ? next : -1;
    const roles = readRoles(sentence, units, lexicon, { shown: before, next: behind, open: introduces });
    declarations.push(...clauses.declarations);
    unread.push(...clauses.unread);
    document.push(...readConventions(sentence, units, lexicon, clauses.loose));
    formulas.push(...roles.facts);
    const row = readMeetings(sentence, units, lexicon, { shown: before, next: behind });
    if (row.length) meetings.push(row);
    derivatives.push(...readDerivations(sentence, units, lexicon, { shown: display?.kind === "math" ? mathInfo(display.assertions, display.formula, new Set(), indices) : null, next: behind, told: derivatives }));
    cases.push(...saidOfACase(sentence, behind));
    ({ introduces } = roles);
    // "Oops.", "Wait."
    if (sentence.length > 2 || sentence[0]?.math) before = shownAtEnd(sentence);
    if (clauses.topics.length) ({ topics } = clauses);
  }
  return { declarations, document, formulas, meetings, cases, introduces, derivatives, stationary: readStationarity(sentences, units, lexicon, next), unread };
}

/** The formula that a sentence ends with, or -1. */
function shownAtEnd(sentence: readonly Item[]): number {
  const end = sentence.filter(({ mark }) => mark === null).at(-1);
  return end?.math?.relation ? end.math.formula : -1;
}
