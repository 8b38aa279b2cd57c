/**
 * Conditions on indices that stand before what they are about, in the same row
 * (`\text{if } i \neq j: …`) or in the words before it ("for $i = j$ we have"),
 * or in the words that end the sentence of a display ("where $i \neq j$"): they
 * are noted with it, as those are that stand behind it in its own row.
 */
import { type Assertion, type Expr, type Relation, symbolsIn } from "../expression";
import type { Located } from "../model";
import { taggedKey } from "../symbols/key";
import { isIndexLetter } from "../symbols/table";
import type { Draft } from "./draft";

export function attachConditions(draft: Draft): void {
  let open: { relation: Relation; letters: readonly string[]; formula: number; since: number } | null = null;
  draft.located.forEach((located, index) => {
    const letters = lettersOf(located.assertion);
    const following = draft.located[index + 1];
    const next = following?.section === located.section ? following.assertion : undefined;
    if (letters && located.inline && endsSentence(draft, located) && noteWithDisplay(draft, located, letters)) return;
    if (letters && next && letters.every((letter) => isFree(next, letter) || (open?.letters.includes(letter) ?? false))) {
      open = { relation: located.assertion, letters, formula: located.formula, since: index };
      draft.located[index] = { ...located, role: "condition" };
      return;
    }
    if (!open) return;
    // It holds for the rest of its formula, or where it stands alone for the formula after it.
    const first = draft.located[open.since + 1] as Located;
    const reaches = located.formula === open.formula || (first.formula !== open.formula && located.formula === first.formula && located.section === draft.located[open.since]?.section);
    if (!reaches) {
      open = null;
      return;
    }
    if (located.assertion.notes.some(({ kind }) => kind === "relation") || !open.letters.every((letter) => isFree(located.assertion, letter))) return;
    draft.located[index] = withNote(located, open.relation);
  });
}

function endsSentence({ document }: Draft, { formula }: Located): boolean {
  const end = document.formulas[formula]?.span.end;
  return end !== undefined && /^\s*(?:[.。]|$)/.test(document.text.slice(end));
}

/** "where … and $i \neq j$." goes on with the sentence of the display before it; whether there is one. */
function noteWithDisplay(draft: Draft, condition: Located, letters: readonly string[]): boolean {
  const { document } = draft;
  const shown = draft.located.filter(({ id, inline }) => id < condition.id && !inline).pop();
  const [display, here] = [shown, condition].map((one) => (one ? document.formulas[one.formula] : undefined));
  if (!shown || !display || !here || shown.section !== condition.section || /\.\s*$/.test(display.source.text)) return false;
  if (/[.!?。]\s/.test(document.text.slice(display.span.end, here.span.start))) return false;
  const isAbout = ({ formula, assertion }: Located): boolean => formula === shown.formula && !assertion.notes.some(({ kind }) => kind === "relation") && letters.every((letter) => isFree(assertion, letter));
  const about = draft.located.filter(isAbout);
  draft.located.forEach((located, index) => {
    if (isAbout(located)) draft.located[index] = withNote(located, condition.assertion);
  });
  return about.length > 0;
}

function withNote(located: Located, relation: Relation): Located {
  const { assertion } = located;
  return { ...located, assertion: { ...assertion, notes: [...assertion.notes, { kind: "relation", relation, start: assertion.start, end: assertion.start }] } };
}

/** The two letters of `i = j` or `i \neq j`; null for anything else. */
function lettersOf({ sides, links }: Assertion): readonly string[] | null {
  if (links.length !== 1 || (links[0]?.operator !== "=" && links[0]?.operator !== "\\neq")) return null;
  const letters = sides.map((side) => (side.kind === "symbol" && isIndexLetter({ text: side.name, expr: side, start: side.start, end: side.end }) ? taggedKey(side) : null));
  return letters.every((letter) => letter !== null) && letters[0] !== letters[1] ? letters : null;
}

/** Whether a letter stands below a symbol of the assertion. */
function isFree({ sides }: Assertion, letter: string): boolean {
  const below = (expr: Expr): boolean => symbolsIn(expr, false).some(({ subscripts }) => subscripts.some((subscript) => symbolsIn(subscript.expr).some((symbol) => taggedKey(symbol) === letter)));
  return sides.some(below);
}
