/**
 * The text cut into paragraphs and sections, and its assertions with their
 * places in them.
 */
import { offsetAt } from "../../base/span";
import type { Block, CellPlace, Formula, Piece } from "../../document/types";
import type { Expr } from "../expression";
import type { Located } from "../model";
import type { FormulaRole, ProseFacts, ProseToken } from "../prose";
import { baseKey } from "../symbols/key";
import type { Draft } from "./draft";
import { headOfRow } from "./rows-of-tables";

/** The pieces of a paragraph or heading, with its section. */
export interface Paragraph {
  readonly pieces: readonly Piece[];
  readonly section: number;
  readonly index: number;
  /** Of a list, or labelled like one. */
  readonly isItem: boolean;
  readonly isHeading: boolean;
  readonly cell: CellPlace | null;
}

export function paragraphsOf(draft: Draft): Paragraph[] {
  const out: Paragraph[] = [];
  let section = 0;
  let start = 0;
  let item: number | undefined;
  const topics = topicsOf(draft);
  for (const block of draft.document.blocks) {
    // A numbered item has its own letters: exercises and examples are listed so.
    const inList = block.kind === "paragraph" && block.role === "item";
    const isLed = block.kind === "paragraph" && (isLabelled(draft, block) || topics.has(block));
    const isNumbered = block.kind === "paragraph" && ((block.role === "item" && block.ordered) || isLed);
    const goesOn = block.kind === "paragraph" && block.item !== undefined && block.item === item && !isLed;
    item = block.kind === "paragraph" ? block.item : item;
    const isExercise = block.kind === "boundary" && block.opens && exercise.test(block.name);
    if (block.kind === "heading" || block.kind === "rule" || isExercise || (isNumbered && !goesOn)) {
      draft.sections.push({ start, end: block.span.start });
      start = block.span.start;
      section++;
      if (isExercise || isNumbered) draft.table.exercises.add(section);
    }
    if (isNumbered) draft.items.add(out.length);
    if (block.kind === "heading" || block.kind === "paragraph") out.push({ pieces: block.pieces, section, index: out.length, isItem: inList || isNumbered, isHeading: block.kind === "heading", cell: (block.kind === "paragraph" && block.at) || null });
  }
  draft.sections.push({ start, end: draft.document.text.length });
  // A display that stands alone belongs with the words before and after it: "where …" follows in a paragraph of its own.
  return out;
}

/** Paragraphs that bold words head, "**Focal loss.** For $p = …$", or words before a colon, "Huber: $h(r) = …$", where so many stand below one heading that each is about something else. */
function topicsOf({ document }: Draft): ReadonlySet<Block> {
  const topics = new Set<Block>();
  let [bold, plain]: [Block[], Block[]] = [[], []];
  const close = (): void => {
    for (const led of [bold, plain]) if (led.length >= fewestTopics) for (const block of led) topics.add(block);
    [bold, plain] = [[], []];
  };
  for (const block of document.blocks) {
    if (block.kind === "heading" || block.kind === "rule") close();
    const lead = block.kind === "paragraph" ? document.text.slice(block.span.start, block.span.start + longestLead) : "";
    const words = runIn.exec(lead)?.[1];
    if (words && !goingOn.test(words)) bold.push(block);
    const before = beforeColon.exec(lead)?.[1];
    if (before && !goingOn.test(before) && !ofOneTopic.test(before)) plain.push(block);
  }
  close();
  return topics;
}

/** Environments that have their own letters, `vkProblem` too. */
const exercise = /(?<!sub)(exercise|problem|question|task|exercice|problème|ejercicio|problema|aufgabe|übung|esercizio|exercício|задача|упражнение|练习|习题|問題|문제|bài tập)s?$/iu;

const fewestTopics = 3;
const longestLead = 90;
const runIn = /^\s*(?:\*\*|__|\\textbf\{|<(?:b|strong)>)([\p{L}\d][^*_}$]{1,60}?)(?:[.:。：]\s*(?:\*\*|__|\}|<\/)|(?:\*\*|__|\}|<\/\w+>)\s*[.:。：])/u;
/** "RMSNorm: $y_i = …$", "Cobb–Douglas production: $Y = …$" */
const beforeColon = /^\s*(\p{Lu}[\p{L}\d]*(?:[ \-–—/'’]+[\p{L}\d]+){0,4})\s*:\s*(?:\$|\\\(|\\\[|\\begin)/u;
/** Words before a colon that go on with what stands before. */
const ofOneTopic = /^(then|so|hence|thus|therefore|consequently|now|next|also|again|finally|first|second|third|last|here|let|set|where|with|for|if|since|because|and|or|but|we|you|it|this|that|these|by|from|to|in|at|on|as|using|recall|define|assume|suppose|consider|compute|differentiat\w*|rewrite|write|layer|hidden|output|input|weights?|bias(es)?|loss|cost|error|objective|updates?|chain|product|case|term|jacobian|hessian|derivatives?|partials?|equations?|vectori[sz]ed|elementwise)\b/iu;
/** Heads of what goes on about the same. */
const goingOn = /^(proof|solution|answer|remark|notes?|notation|hint|derivation|intuition|idea|result|conclusion|summary|forward|backward|gradients?|step|beweis|lösung|bemerkung|hinweis|herleitung|demostración|solución|nota|observación|preuve|démonstration|remarque|prova|solução|observação|доказательство|решение|замечание|证明|解|注|推导|証明|解答|注意|증명|풀이|참고|chứng minh|lời giải|chú ý)/iu;

/** "b) …", "A. $f$", "(3) …", "**Example 2:** …", "**例2** …", "例2 …" */
function isLabelled({ document }: Draft, { pieces: [first], span }: Block & { kind: "paragraph" }): boolean {
  // The words of `\noindent\textbf{Problem 2.}` begin inside the braces.
  const bold = /\\textbf\{\s*$/.exec(document.text.slice(Math.max(span.start - 9, 0), span.start))?.[0] ?? "";
  const written = document.text.slice(span.start - bold.length, span.start + longestLead);
  return first?.kind === "text" && labels.some((label) => label.test(first.source.text) || label.test(written));
}

const labels = [
  /^\s*(?:\*\*|__|\\textbf\{)?\s*\(?(?:[a-zа-я]|\d{1,2})\)/u,
  /^\s*[A-Z]\s*[.、．]\s*$/u,
  /^\s*(?:\*\*|__|\\textbf\{)(?:\p{L}+\s){0,3}\d+(?:\.\d+)*\s*[.):：]/u,
  /^\s*(?:\*\*|__|\\textbf\{)(?:\p{L}+\s*){1,3}\d+(?:\.\d+)*\s*(?:\*\*|__|\})/u,
  /^\s*例\s*[题題]?\s*\d/u,
];

/** A cell speaks of the formula that its row begins with, as behind a colon: `| $W$ | weights, $d \\times k$ |`. */
export function tokensOf(draft: Draft, paragraph: Paragraph, paragraphs: readonly Paragraph[]): ProseToken[] {
  const own = tokensIn(draft, paragraph);
  const head = headOfRow(paragraph, paragraphs);
  const [of] = head ? tokensIn(draft, head) : [];
  return of && own.length ? [of, { kind: "text", text: ":", start: of.end, end: of.end }, ...own] : own;
}

function tokensIn(draft: Draft, paragraph: Paragraph): ProseToken[] {
  return paragraph.pieces.map((piece): ProseToken => {
    if (piece.kind === "formula") return mathToken(draft, piece.formula);
    const start = offsetAt(piece.source, 0);
    return { kind: piece.kind, text: piece.source.text, start, end: offsetAt(piece.source, piece.source.text.length) };
  });
}

function mathToken({ document, formulas }: Draft, at: number): ProseToken {
  const formula = document.formulas[at] as Formula;
  return { kind: "math", assertions: formulas[at]?.assertions ?? [], display: formula.display, formula: at, start: formula.span.start, end: formula.span.end };
}

/** The display formula right before a paragraph of the same section. */
export function shownBefore(draft: Draft, paragraphs: readonly Paragraph[], { index, section }: Paragraph): ProseToken | null {
  const before = paragraphs[index - 1];
  const piece = before?.section === section ? before.pieces.at(-1) : undefined;
  return piece?.kind === "formula" && draft.document.formulas[piece.formula]?.display ? mathToken(draft, piece.formula) : null;
}

/** The display formula right behind a paragraph of the same section, or -1; no heading goes on in one. */
export function shownBehind({ document }: Draft, paragraphs: readonly Paragraph[], { index, section, isHeading }: Paragraph): number {
  const behind = paragraphs[index + 1];
  const piece = !isHeading && behind?.section === section ? behind.pieces[0] : undefined;
  return piece?.kind === "formula" && document.formulas[piece.formula]?.display ? piece.formula : -1;
}

/**
 * What is asked or called wrong at the end of a paragraph is what follows: the
 * items of a list, or the formula that comes next; below a heading all, below
 * the head of a table its column. What leaves something out, or is of another
 * case, is the formula that comes next.
 */
export function introducedRoles(paragraphs: readonly Paragraph[], prose: readonly ProseFacts[]): Map<number, FormulaRole> {
  const out = new Map<number, FormulaRole>();
  paragraphs.forEach((paragraph, index) => {
    const role = prose[index]?.introduces ?? null;
    if (role === "question" || role === "wrong-example") for (const formula of behind(paragraphs, paragraph)) out.set(formula, role);
    else if (role === "hypothetical" || role === "approximation") for (const formula of paragraph.isHeading || paragraph.cell ? [] : displayBehind(paragraphs, paragraph)) out.set(formula, role);
  });
  return out;
}

function behind(paragraphs: readonly Paragraph[], { index, isItem, isHeading, cell }: Paragraph): number[] {
  if (cell) return cell.row > 0 ? [] : paragraphs.filter((one) => one.cell?.table === cell.table && one.cell.column === cell.column && one.cell.row > 0).flatMap(formulasIn);
  const rest = paragraphs.slice(index + 1);
  const [next] = rest;
  if (isHeading || (next?.isItem && !isItem)) return upTo(rest, (one) => (isHeading ? one.isHeading : !one.isItem)).flatMap(formulasIn);
  return displayBehind(paragraphs, { index });
}

function displayBehind(paragraphs: readonly Paragraph[], { index }: Pick<Paragraph, "index">): number[] {
  const next = paragraphs[index + 1];
  return next && !next.isHeading && !next.isItem && next.pieces[0]?.kind === "formula" ? [next.pieces[0].formula] : [];
}

function upTo<T>(all: readonly T[], isEnd: (one: T) => boolean): readonly T[] {
  const end = all.findIndex(isEnd);
  return end < 0 ? all : all.slice(0, end);
}

function formulasIn({ pieces }: Paragraph): number[] {
  return pieces.flatMap((piece) => (piece.kind === "formula" ? [piece.formula] : []));
}

export function locate(draft: Draft, paragraph: Paragraph, roles: ReadonlyMap<number, FormulaRole>): void {
  for (const piece of paragraph.pieces) {
    if (piece.kind !== "formula") continue;
    const formula = draft.document.formulas[piece.formula] as Formula;
    const role = roles.get(piece.formula) ?? null;
    draft.formulas[piece.formula]?.assertions.forEach((assertion, ordinal) => {
      draft.located.push({ id: draft.located.length, assertion, formula: piece.formula, position: offsetAt(formula.source, assertion.start), section: paragraph.section, paragraph: paragraph.index, inline: !formula.display, role: assertion.tested ? "question" : role, ordinal });
    });
  }
}

/** Several right sides for the same left one, in a list: options to choose from, not claims; an item that has words beside is a step of a derivation. Several `f(x) = …` are so many functions, and items that each give a letter a value and say something of it (`y = \ln x`, `y' = 1/x`) so many examples. */
export function findOptions(draft: Draft, paragraphs: readonly Paragraph[]): void {
  const explained = new Set(paragraphs.filter(explains).map(({ section }) => section));
  const bySide = new Map<string, number[]>();
  const others = new Map<number, Set<string>>();
  draft.located.forEach((located, index) => {
    const [left, right] = located.assertion.sides;
    if (!left || !right || !draft.items.has(located.paragraph)) return;
    const source = draft.document.formulas[located.formula]?.source.text ?? "";
    const key = source.slice(left.start, left.end).replace(/\s+/g, "");
    others.set(located.paragraph, (others.get(located.paragraph) ?? new Set()).add(key));
    if (left.kind !== "apply" && located.ordinal === 0) bySide.set(key, [...(bySide.get(key) ?? []), index]);
  });
  // An option says nothing that the other options leave out.
  const isOption = (index: number): boolean => [...(others.get((draft.located[index] as Located).paragraph) ?? [])].every((key) => (bySide.get(key)?.length ?? 0) > 1);
  for (const all of bySide.values()) {
    const group = all.filter(isOption).filter((index) => !explained.has((draft.located[index] as Located).section));
    const rights = new Set(group.map((index) => rightText(draft, index)));
    // Options stand in items of their own.
    const items = new Set(group.map((index) => draft.located[index]?.section));
    if (rights.size < 3 || items.size < 3 || group.every((index) => isExample(draft, index))) continue;
    for (const index of group) draft.located[index] = { ...(draft.located[index] as Located), role: "question" };
  }
}

/** Words beside a formula, other than the name of an option: "Apply the chain rule". */
function explains({ pieces, isItem }: Paragraph): boolean {
  return isItem && pieces.some((piece) => piece.kind === "text" && /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Hangul}]{2}|\p{L}{3,}/u.test(piece.source.text));
}

/** Whether the item gives a letter its value, and says what its derivative is. */
function isExample(draft: Draft, index: number): boolean {
  const { paragraph, assertion } = draft.located[index] as Located;
  const own = spokenOf(assertion.sides[0]);
  return draft.located.some((other, at) => {
    const beside = at !== index && other.paragraph === paragraph && other.assertion.sides.length > 1 ? spokenOf(other.assertion.sides[0]) : null;
    return own !== null && beside !== null && own.key === beside.key && own.isDerived !== beside.isDerived;
  });
}

/** y of `y`, `y(x)`, `y'`, `dy/dx`. */
function spokenOf(expr: Expr | undefined): { readonly key: string; readonly isDerived: boolean } | null {
  if (expr?.kind === "symbol") return { key: baseKey(expr), isDerived: expr.primes > 0 };
  if (expr?.kind === "apply") return { key: baseKey(expr.fn), isDerived: expr.primes > 0 };
  const of = expr?.kind === "derivative" ? spokenOf(expr.of) : null;
  return of && { ...of, isDerived: true };
}

function rightText(draft: Draft, index: number): string {
  const located = draft.located[index] as Located;
  const right = located.assertion.sides[1];
  return right ? (draft.document.formulas[located.formula]?.source.text ?? "").slice(right.start, right.end).replace(/\s+/g, "") : "";
}
