/**
 * What the words make of formulas as a whole: "let" and "where" define, "if"
 * and "suppose" assume, "which of" asks, "a common mistake" shows what is
 * wrong. A cue holds until another cue or the end of the sentence; a display
 * formula is a claim unless the cue leads straight up to it.
 */
import type { Span } from "../../base/span";
import { isArticle, isCopula, isPlainWord } from "./ahead";
import { type Item, wordsOf } from "./items";
import type { Lexicon } from "./lexicon";
import { clauseCues, formulaCues, type FormulaCueKey, type GrammarKey } from "./meanings";
import type { MathInfo } from "./math";
import type { FormulaFact, FormulaRole } from "./types";
import type { Unit } from "./units";

interface Cue extends Span {
  readonly role: FormulaRole | null;
  readonly words: string;
  readonly which: (typeof formulaCues)[FormulaCueKey]["which"];
  /** "is given by": does not end a list of definitions. */
  readonly weak: boolean;
  /** "if", "for": over where a claim begins. */
  readonly hypothesis: boolean;
}

export interface RoleReading {
  readonly facts: readonly FormulaFact[];
  readonly introduces: FormulaRole | null;
}

/** `shown` and `next`: the displays that the sentence before ends with and that follow the paragraph, or -1. `open`: the role that the sentence before leaves open. */
export function readRoles(sentence: readonly Item[], units: readonly Unit[], lexicon: Lexicon, { shown, next: display, open }: { readonly shown: number; readonly next: number; readonly open: FormulaRole | null }): RoleReading {
  const facts: FormulaFact[] = [];
  const asks = sentence[sentence.length - 1]?.mark === "?";
  const first = sentence[0];
  const goesOn = first !== undefined && (open === "wrong-example" || (open === "question" && (isOption(sentence) || (shown < 0 && first.math?.relation === true))));
  let cue: Cue | null = goesOn ? { role: open, words: first.words, which: "after", weak: false, hypothesis: false, start: first.start, end: first.end } : null;
  let next: Cue | null = null;
  let supposes = false;
  /** Where the clause behind an "if" begins. */
  let opened = -1;
  let last = -1;
  let covered = 0;
  sentence.forEach((item, index) => {
    if (item.grammar.has("if")) opened = index + 1;
    if (item.mark !== null) {
      if (opened >= 0 && leavesCaseOpen(sentence.slice(opened, index))) cue = { role: "hypothetical", words: "if", which: "after", weak: false, hypothesis: false, start: item.start, end: item.end };
      opened = -1;
    }
    if (item.math && item.math.formula >= 0) {
      // "when $y$ vanishes"
      const own = item.at < covered ? null : cueAt(item, units, lexicon, { choice: asks, counterfactual: supposes });
      if (own) {
        covered = own.until;
        cue = own.cue;
        return;
      }
      const about = next?.which === "next" && isNear(next, sentence, index) ? next : cue;
      next = null;
      if (about && applies(about, item, sentence, index)) facts.push({ formula: item.math.formula, role: roleIn(about, item.math, asks), cue: about.words, start: about.start, end: about.end });
      else if (asks && !about) facts.push({ formula: item.math.formula, role: "question", cue: "?", start: item.start, end: item.end });
      if (about?.hypothesis && !isGivenBy(item)) cue = null;
      if (item.math.relation) last = item.math.formula;
      return;
    }
    if (item.at < covered) return;
    supposes ||= item.grammar.has("if");
    const found = cueAt(item, units, lexicon, { choice: asks, counterfactual: supposes });
    if (!found) return;
    covered = found.until;
    const { cue: made } = found;
    if (backward.has(made.which) || isRemark(made, sentence, index)) {
      const about = spokenOf(made, sentence, index, { last, shown });
      if (about >= 0) facts.push({ formula: about, role: made.role as FormulaRole, cue: made.words, start: made.start, end: made.end });
      if (made.which === "around" && last < 0) cue = made;
    } else if (made.which === "next") next = made;
    else if (!isKept(cue, made, sentence, index)) cue = made;
  });
  return { facts: strongest(facts), introduces: goesOn && open === "question" ? open : introduced(sentence, display >= 0 && next && isNear(next, sentence, sentence.length) ? next : cue, display >= 0) };
}

/** Where words speak of what stands before them. */
const backward: ReadonlySet<Cue["which"]> = new Set<Cue["which"]>(["before", "beside", "around"]);

/** The formula that words behind it speak of, or -1. */
function spokenOf({ which, end }: Cue, sentence: readonly Item[], index: number, { last, shown }: { readonly last: number; readonly shown: number }): number {
  const before = sentence.slice(0, index);
  if (last < 0) return which === "around" || before.every(isPointing) || isBrief(sentence, before, end) ? shown : -1;
  return which === "beside" && !before[index - 1]?.math?.relation ? -1 : last;
}

/** "Is it true that …?" claims nothing; what steps is no value to begin with. */
function roleIn({ role }: Cue, { steps }: MathInfo, asks: boolean): FormulaRole {
  if (asks && role === "claim") return "question";
  return steps && role === "initial" ? "update" : (role as FormulaRole);
}

/** "If $y$ is orthogonal to the columns of $X$,": a case that words tell of which no table knows. */
function leavesCaseOpen(clause: readonly Item[]): boolean {
  return clause[0]?.math?.bare === true && clause.some(isCopula) && clause.some(isPlainWord);
}

/** "(a) …", "2) …", "B. …" */
function isOption(sentence: readonly Item[]): boolean {
  const [label, end] = sentence[0]?.mark === "(" ? sentence.slice(1) : sentence;
  if (!label || !/^([a-z]|[ivx]{1,4}|\d{1,2})$/i.test(label.words)) return false;
  return end?.mark === ")" || (end?.mark === "." && sentence.length === 2);
}

/** "which is wrong", "But, no, this result is wrong": words that speak of what stands right before. */
function isPointing(item: Item, index: number, before: readonly Item[]): boolean {
  const points = item.mark === "," || isArticle(item) || ["relative", "pronoun", "adverb", "and", "but"].some((key) => item.grammar.has(key as GrammarKey));
  return points || (isPlainWord(item) && isArticle(before[index - 1]));
}

/** "Das ist falsch.", "这个公式不正确。" */
function isBrief(sentence: readonly Item[], before: readonly Item[], end: number): boolean {
  return before.length <= 4 && sentence.every((item) => !item.math && (item.mark !== null || item.start < end));
}

/** "$F$ (wrong)" */
function isRemark({ role }: Cue, sentence: readonly Item[], index: number): boolean {
  return role === "wrong-example" && sentence[index - 1]?.mark === "(" && Boolean(sentence[index - 2]?.math);
}

/** "a common mistake is to write …", "it is tempting to conclude that …" go on being one; "is given by" ends no list. */
function isKept(cue: Cue | null, made: Cue, sentence: readonly Item[], index: number): boolean {
  if (!cue) return false;
  if (made.weak) return true;
  if (cue.role === "wrong-example" && made.role === "claim") return leadsTo(cue, sentence, index);
  if (cue.role === "question" && made.role === "question") return true;
  if (cue.role === "hypothetical" || cue.role === "approximation") return made.role === "definition" || made.role === "assumption" || made.role === "claim";
  return (cue.role === "wrong-example" || cue.role === "question") && (made.role === "definition" || made.role === "assumption");
}

/** The strongest fact of each formula: what is called wrong is wrong, whatever else it is. */
export function strongest(facts: readonly FormulaFact[]): FormulaFact[] {
  const best = new Map<number, FormulaFact>();
  for (const fact of facts) if (!best.has(fact.formula) || fact.role === "wrong-example") best.set(fact.formula, fact);
  return [...best.values()];
}

/** `holds`: cues that mean something in some sentences alone. */
function cueAt(item: Item, units: readonly Unit[], lexicon: Lexicon, holds: Readonly<Record<"choice" | "counterfactual", boolean>>): { cue: Cue; until: number } | null {
  const said = lexicon.formulas.match(units, item.at);
  const kind = said?.values[0];
  const match = (kind === "choice" || kind === "counterfactual") && !holds[kind] ? null : said;
  const clause = [...item.grammar].find((key) => clauseCues.has(key));
  if (match && match.length >= (clause ? item.length : item.grammar.has("neutral") ? item.length + 1 : 1)) {
    const key = match.values[0] as FormulaCueKey;
    const { role, which } = formulaCues[key];
    const covered = units.slice(item.at, item.at + match.length);
    const place = { start: item.start, end: (covered[covered.length - 1] as Unit).end };
    return { cue: { role, which, words: wordsOf(covered), weak: key === "weakClaim", hypothesis: false, ...place }, until: item.at + match.length };
  }
  const role = clause ? roleOfClause(clause) : item.grammar.has("with") ? "definition" : undefined;
  if (role === undefined) return null;
  return { cue: { role, which: "after", words: item.words, weak: false, hypothesis: clause === "if" || clause === "for" || clause === "since" || clause === "given" || !clause, start: item.start, end: item.end }, until: item.at + item.length };
}

function roleOfClause(clause: string): FormulaRole | undefined {
  switch (clause) {
    case "let":
    case "where":
    case "write":
      return "definition";
    case "suppose":
    case "given":
    case "since":
    case "if":
    case "for":
      return "assumption";
    case "then":
    case "show":
      return "claim";
    default:
      return undefined;
  }
}

function applies(cue: Cue, item: Item, sentence: readonly Item[], index: number): boolean {
  const { math } = item;
  if (!math || cue.role === null) return false;
  switch (cue.role) {
    case "definition":
    case "assumption":
      // A derivative, or what follows a hypothesis, is what the sentence claims.
      if (cue.hypothesis && !isGivenBy(item)) return false;
      return !item.display || (!cue.hypothesis && math.relation && math.subjects.length > 0 && leadsTo(cue, sentence, index));
    case "update":
      return math.steps;
    case "initial":
      return math.steps || isFirstValue(math);
    default:
      return true;
  }
}

/** `W = 0`, and no `W_0 = 0`, which is so for good. */
function isFirstValue({ subjects: [letter, ...more], value }: MathInfo): boolean {
  if (!letter || more.length || letter.subscripts.length || letter.tags.length || !value) return false;
  return value.kind === "number" || value.kind === "matrix" || (value.kind === "symbol" && value.name === "I");
}

/** A symbol, a list of them, or an equation for one. */
function isGivenBy({ math }: Item): boolean {
  return !!math && (math.subjects.length > 0 || math.range || math.inverses.length > 0 || math.dims !== null || math.size !== null || !math.relation);
}

/** Nothing but words and a colon between the cue and the formula. */
function leadsTo(cue: Cue, sentence: readonly Item[], index: number): boolean {
  for (let i = index - 1; i >= 0; i--) {
    const item = sentence[i] as Item;
    if (item.start <= cue.start) return true;
    if (item.math || item.mark === "," || item.mark === ";") return false;
  }
  return true;
}

/** "not $Ax$": at most two words in between. */
function isNear(cue: Cue, sentence: readonly Item[], index: number): boolean {
  for (let i = index - 1; i >= 0 && i >= index - 3; i--) {
    const item = sentence[i] as Item;
    if (item.start < cue.end) return true;
    if (!isPlainWord(item) && !isArticle(item)) return false;
  }
  return false;
}

const lasting: ReadonlySet<FormulaRole | null> = new Set<FormulaRole>(["hypothetical", "approximation", "wrong-example", "question"]);

function supposes(cue: Cue, sentence: readonly Item[]): boolean {
  return sentence.some(({ start, grammar }) => start === cue.start && grammar.has("suppose")) && leadsTo(cue, sentence, sentence.length);
}

/** What a question, a colon or a title leaves open for what follows. */
function introduced(sentence: readonly Item[], cue: Cue | null, leadsUp: boolean): FormulaRole | null {
  const end = sentence[sentence.length - 1]?.mark;
  const isTitled = sentence.every(({ math }) => !math) && sentence[0]?.start === cue?.start;
  if (cue?.which === "ahead" || cue?.which === "around") return sentence.some(({ math }) => math?.relation) ? null : cue.role;
  // "A surrogate is", "Instead of", "Suppose that", before a display: the sentence goes on in it.
  if (leadsUp && cue && (end === null || end === "," || (end === ":" && cue.which === "next"))) {
    if (lasting.has(cue.role)) return cue.role;
    if (supposes(cue, sentence)) return "hypothetical";
  }
  if (cue?.role === "question") return end === "?" || isTitled ? "question" : null;
  return end === ":" || (end !== "?" && isTitled && (end !== "." || sentence.length <= 4)) ? (cue?.role ?? null) : null;
}
