/**
 * Conditions on the indices of formulas: they are noted with what they are said
 * of, as those are that stand behind it on the same line. In a row of a formula
 * `i \neq j` stands before what it is about; in a sentence before or behind it.
 */
import { letterOfLabel } from "../class-labels";
import { type Assertion, derivativesIn, plainSymbol, type Relation, symbolsIn } from "../expression";
import type { Located } from "../model";
import { freeLetters } from "../pair-sums";
import type { Meeting, ProseFacts } from "../prose";
import { taggedKey } from "../symbols/key";
import type { Places } from "../symbols/labels";
import { isIndexLetter } from "../symbols/table";
import type { Draft } from "./draft";
import type { Paragraph } from "./layout";

/** How letters compare; words may leave open which they are: the two of the formula. */
interface Condition {
  readonly relation: Relation | null;
  readonly letters: readonly string[];
  /** Those of them that name one place: what is said of the others need not show them. */
  readonly names: readonly string[];
  readonly operator: "=" | "\\neq" | null;
}

export function attachConditions(draft: Draft, prose: readonly ProseFacts[], paragraphs: readonly Paragraph[], indices: Places): void {
  attachInRows(draft, indices);
  let last: Condition | null = null;
  prose.forEach(({ meetings, cases }, at) => {
    for (const formula of cases.flatMap((one) => [one, ...displaysAfter(paragraphs, at, one)])) for (const index of locatedIn(draft, formula)) draft.located[index] = { ...(draft.located[index] as Located), inWords: true };
    const { section, index } = paragraphs[at] as Paragraph;
    const alone = conditionAlone(draft, paragraphs[at] as Paragraph, indices);
    for (const row of alone ? [[alone]] : meetings) {
      const { said, open } = attachInSentence(draft, row, last, indices);
      if (!said.length && row.some((part) => part.kind === "condition" && part.says === "otherwise")) markAsPartial(draft, row);
      if (alone) markAsCondition(draft, alone.formula);
      last = said.at(-1) ?? last;
      if (open.length) keepInMind(draft, open, { section, paragraph: index, formula: Math.max(...row.map((part) => (part.kind === "condition" ? part.formula : -1))) });
    }
  });
}

/** The displays that go on, without words between, what words before the first of them say. */
function displaysAfter(paragraphs: readonly Paragraph[], at: number, first: number): number[] {
  const behind = paragraphs.slice(at + 1);
  const words = behind.findIndex(({ pieces, section }) => section !== paragraphs[at]?.section || pieces.some(({ kind }) => kind !== "formula"));
  const shown = behind.slice(0, words < 0 ? behind.length : words).flatMap(({ pieces }) => pieces.flatMap((piece) => (piece.kind === "formula" ? [piece.formula] : [])));
  return shown[0] === first ? shown.slice(1) : [];
}

function markAsPartial(draft: Draft, row: readonly Meeting[]): void {
  const formulas = row.flatMap((part) => (part.kind === "formula" || (part.kind === "shown" && part.continues) ? locatedIn(draft, part.formula) : []));
  for (const index of formulas) draft.located[index] = { ...(draft.located[index] as Located), partial: true };
}

function markAsCondition(draft: Draft, formula: number): void {
  for (const index of locatedIn(draft, formula)) draft.located[index] = { ...(draft.located[index] as Located), role: "condition" };
}

/** A paragraph that says nothing else: an item of a list of cases. */
function conditionAlone(draft: Draft, { pieces: [piece, ...others] }: Paragraph, indices: Places): (Meeting & { kind: "condition" }) | null {
  if (others.length || piece?.kind !== "formula") return null;
  const condition = conditionOf(draft, { kind: "condition", says: "formula", formula: piece.formula, letters: [], behind: false, chooses: false }, null, indices);
  return condition?.operator ? { kind: "condition", says: "formula", formula: piece.formula, letters: [], behind: false, chooses: false } : null;
}

/** "Case 1: $i = j$. By the quotient rule, …": what comes behind in the section may be said of the case, until another begins. */
function keepInMind(draft: Draft, said: readonly Condition[], after: { readonly section: number; readonly paragraph: number; readonly formula: number }): void {
  draft.located.forEach((located, index) => {
    const isBehind = located.section === after.section && (located.paragraph > after.paragraph || (located.paragraph === after.paragraph && located.formula > after.formula));
    if (!isBehind) return;
    const now = said.filter((condition) => isClaim(located, condition)).flatMap((condition) => relationOf(located, condition) ?? []);
    draft.located[index] = { ...located, cases: now.length ? [now] : [] };
  });
}

/** `\text{if } i \neq j: …`: for the rest of the formula. */
function attachInRows(draft: Draft, indices: Places): void {
  for (const [index, condition] of behindInRows(draft, indices)) attachBehind(draft, index, condition);
  let open: { condition: Condition; formula: number } | null = null;
  draft.located.forEach((located, index) => {
    const condition = comparison(located.assertion, indices);
    const next = draft.located[index + 1];
    if (open && open.formula !== located.formula) open = null;
    if (condition && next?.formula === located.formula && condition.letters.every((letter) => condition.names.includes(letter) || isBelow(next.assertion, letter) || open?.condition.letters.includes(letter))) {
      open = { condition, formula: located.formula };
      draft.located[index] = { ...located, role: "condition" };
    } else if (open && isOf(located, open.condition)) attach(draft, index, open.condition);
  });
}

/** `p_i (1 - p_i), \quad i = j`: comparisons of two letters that end a formula, each behind what it is about. */
function behindInRows(draft: Draft, indices: Places): (readonly [number, Condition])[] {
  const conditions = draft.located.map(({ assertion }) => comparison(assertion, indices)).map((condition) => (condition?.operator ? condition : null));
  const isOfFormula = (index: number, formula: number): boolean => draft.located[index]?.formula === formula;
  const ends = [...draft.located.keys()].filter((index) => conditions[index] && !isOfFormula(index + 1, (draft.located[index] as Located).formula));
  return ends.flatMap((end) => {
    const { formula } = draft.located[end] as Located;
    const all = [...draft.located.keys()].filter((index) => isOfFormula(index, formula));
    return conditions[all[0] as number] ? [] : all.flatMap((index) => (conditions[index] ? [[index, conditions[index]] as const] : []));
  });
}

function attachBehind(draft: Draft, at: number, condition: Condition): void {
  const before = draft.located[at - 1];
  if (!before?.assertion.links.length || before.formula !== draft.located[at]?.formula || before.role === "condition" || !isOf(before, condition)) return;
  attach(draft, at - 1, condition);
  draft.located[at] = { ...(draft.located[at]), role: "condition" };
}

/** Each condition of a sentence with the displays and derivatives that it is said of; `open`: those that do not tell what a sign stands for. */
function attachInSentence(draft: Draft, row: readonly Meeting[], before: Condition | null, indices: Places): { readonly said: readonly Condition[]; readonly open: readonly Condition[] } {
  const said: Condition[] = [];
  const open: Condition[] = [];
  row.forEach((part, at) => {
    const condition = part.kind === "condition" ? conditionOf(draft, part, said.at(-1) ?? before, indices) : null;
    if (part.kind !== "condition" || !condition) return;
    said.push(condition);
    const named = row.findIndex((other, i) => i <= at && (other.kind === "condition" ? other.chooses : locatedIn(draft, other.formula).some((index) => tellsCases(draft.located[index] as Located, condition))));
    if (named < 0) open.push(condition);
    const targets = row.map((other, i) => (other.kind === "condition" || i <= named ? [] : locatedIn(draft, other.formula).filter((index) => isClaim(draft.located[index] as Located, condition))));
    const isTarget = (place: number): boolean => (targets[place] as number[]).length > 0;
    const places = placesOf(row, at, isTarget);
    for (const place of places) for (const index of targets[place] as number[]) attach(draft, index, condition);
    // What a sentence of its own says may be said of the display before it.
    if (!places.length && named < 0) for (const [place, { kind }] of row.entries()) if (kind === "shown") for (const index of targets[place] as number[]) addCase(draft, index, condition);
    if (places.length || named >= 0) markAsCondition(draft, part.formula);
  });
  return { said, open };
}

/**
 * "$f$ for $i = j$ and $g$ for $i \neq j$", "for $i = j$ we have $f$, else $g$":
 * conditions stand before what they are about where one opens the sentence and a
 * formula ends it, behind it in the opposite case; else each tells by its place.
 */
function placesOf(row: readonly Meeting[], at: number, isTarget: (place: number) => boolean): number[] {
  const isIn = (place: number): boolean => (row[place]?.kind === "shown" ? (row[place]).continues : true) && isTarget(place);
  const order = [...row.keys()].filter((place) => row[place]?.kind === "condition" || isIn(place));
  const [opens, ends] = [order[0], order[order.length - 1]].map((place) => row[place as number]?.kind === "condition");
  const own = order.indexOf(at);
  const first = order.findIndex((place, i) => i > own && row[place]?.kind !== "condition");
  const next = order.findIndex((place, i) => i > first && row[place]?.kind === "condition");
  // The last before the next condition is that one's own, where it stands right behind it.
  const following = next < 0 ? undefined : row[order[next] as number];
  const end = following?.kind === "condition" && following.behind && next - 1 > first ? next - 1 : next;
  const ahead = first < 0 ? [] : order.slice(first, end < 0 ? undefined : end);
  const behind = own > 0 && row[order[own - 1] as number]?.kind !== "condition" ? [order[own - 1] as number] : [];
  const leads = opens === ends ? !(row[at] as Meeting & { kind: "condition" }).behind : opens;
  const [nearer, farther] = leads ? [ahead, behind] : [behind, ahead];
  return nearer.length ? nearer : farther;
}

function conditionOf(draft: Draft, { says, formula, letters }: Meeting & { kind: "condition" }, last: Condition | null, indices: Places): Condition | null {
  if (says === "formula") {
    const [only, ...more] = locatedIn(draft, formula);
    return only === undefined || more.length ? null : comparison((draft.located[only] as Located).assertion, indices);
  }
  if (says !== "otherwise") return { relation: null, letters, names: [], operator: says === "meet" ? "=" : "\\neq" };
  return last?.operator ? { relation: null, letters: last.letters, names: last.names, operator: last.operator === "=" ? "\\neq" : "=" } : null;
}

/** `i = j`, `i \neq j`, `1 < k < n`, `i \leq 2`: index letters compared with one another, with numbers or with sizes. */
function comparison({ sides, links, start, end }: Assertion, indices: Places): Condition | null {
  const isComparison = links.length > 0 && links.every(({ operator }) => ["=", "\\neq", "<", ">", "\\leq", "\\geq"].includes(operator));
  const symbols = sides.flatMap((side) => symbolsIn(side, false));
  if (!isComparison || !sides.every(({ kind }) => kind === "symbol" || kind === "number" || kind === "sum") || symbols.some(({ subscripts }) => subscripts.length)) return null;
  const letters = symbols.filter((symbol) => indices.letters.has(taggedKey(symbol)) || isIndexLetter({ text: symbol.name, expr: symbol, start, end })).map(taggedKey);
  const operator = links.length === 1 && sides.every(({ kind }) => kind === "symbol") && letters.length === 2 ? links[0]?.operator : undefined;
  if (!letters.length || new Set(letters).size !== letters.length) return null;
  return { relation: { sides, links, start, end }, letters, names: letters.filter((letter) => indices.names.has(letter) || letterOfLabel(letter) !== null), operator: operator === "=" || operator === "\\neq" ? operator : null };
}

function locatedIn(draft: Draft, formula: number): number[] {
  return formula < 0 ? [] : [...draft.located.keys()].filter((index) => draft.located[index]?.formula === formula);
}

/** "where $\\mathbb 1_{i = j}$ is one if $i = j$": the sign that tells the cases apart is what the condition is said of. */
function tellsCases({ assertion: { sides } }: Located, { letters }: Condition): boolean {
  const [sign, ...more] = sides;
  const compared = sign?.kind === "indicator" ? sign.condition.sides : sign?.kind === "symbol" && sign.name === "delta" ? sign.subscripts.map(({ expr }) => expr) : [];
  const own = compared.flatMap((one) => symbolsIn(one, false)).flatMap((symbol) => (symbol.name.length > 1 ? [] : [taggedKey(symbol)]));
  return more.every(({ kind }) => kind === "number") && letters.length > 0 && letters.every((letter) => own.includes(letter));
}

function isClaim(located: Located, condition: Condition): boolean {
  const { inline, assertion } = located;
  return assertion.links.length > 0 && (!inline || assertion.sides.some((side) => derivativesIn(side).length > 0)) && isOf(located, condition);
}

function isOf({ assertion }: Located, { letters, names, operator }: Condition): boolean {
  if (assertion.notes.some(({ kind }) => kind === "relation")) return false;
  if (!letters.length) return twoLetters(assertion).length === 2;
  const isShown = (letter: string): boolean => isBelow(assertion, letter);
  return operator === "\\neq" && names.length < letters.length ? letters.every((letter) => names.includes(letter) || isShown(letter)) : letters.some(isShown);
}

/** The letters that a formula leaves free. */
function twoLetters({ sides }: Assertion): string[] {
  return [...new Set(sides.flatMap((side) => [...freeLetters(side)]))];
}

function attach(draft: Draft, index: number, condition: Condition): void {
  const located = draft.located[index] as Located;
  const { start } = located.assertion;
  const relation = relationOf(located, condition);
  if (relation) draft.located[index] = { ...located, assertion: { ...located.assertion, notes: [...located.assertion.notes, { kind: "relation", relation, start, end: start }] } };
}

function addCase(draft: Draft, index: number, condition: Condition): void {
  const located = draft.located[index] as Located;
  const relation = relationOf(located, condition);
  if (relation) draft.located[index] = { ...located, cases: [...(located.cases ?? []), [relation]] };
}

/** What a condition says of the letters of a formula. */
function relationOf(located: Located, { relation, letters, operator }: Condition): Relation | null {
  const { start } = located.assertion;
  const place = { start, end: start };
  const [left, right] = (letters.length ? letters : twoLetters(located.assertion)).map((letter) => plainSymbol(letter, "", place, []));
  return relation ?? (left && right && operator ? { sides: [left, right], links: [{ operator, ...place }], ...place } : null);
}

/** Whether a letter stands below a symbol of the assertion. */
function isBelow({ sides }: Assertion, letter: string): boolean {
  return sides.some((side) => symbolsIn(side, false).some(({ subscripts }) => subscripts.some((subscript) => symbolsIn(subscript.expr).some((symbol) => taggedKey(symbol) === letter))));
}
