/**
 * Conditions on indices that stand before what they are about, in the same row
 * (`\text{if } i \neq j: …`) or in the words before it ("for $i = j$ we have"):
 * they are noted with it, as those are that stand behind it.
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
    const next = draft.located[index + 1]?.assertion;
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
    draft.located[index] = { ...located, assertion: { ...located.assertion, notes: [...located.assertion.notes, { kind: "relation", relation: open.relation, start: located.assertion.start, end: located.assertion.start }] } };
  });
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
