/**
 * A chain that goes on in a formula of its own: `$a = b$ \\ $= c$`, `$$a = b$$`
 * and then `$$= c$$`, `$$a = b =$$` and then `$$c$$`. What stands at its left is
 * what the formula before ends with.
 */
import type { Document } from "../document/types";
import type { Place } from "../latex/types";
import type { Expr } from "./expression";
import type { Located } from "./model";

export function withBeginnings(document: Document, located: readonly Located[]): Located[] {
  const out: Located[] = [];
  const adjacent = followersIn(document);
  for (const one of located) {
    const before = out[out.length - 1];
    const [first, ...rest] = one.assertion.sides;
    const goesOn = first?.kind === "opaque" && first.why === "continued" && one.ordinal === 0 && one.assertion.links[0]?.operator === "=";
    const isAwaited = before !== undefined && isLeftOpen(before) && first?.kind !== "opaque" && fills(one, before);
    const last = (goesOn || isAwaited) && before && before.section === one.section && adjacent.get(one.formula) === before.formula ? endOf(before) : null;
    if (!last || !first) out.push(one);
    else if (goesOn) out.push({ ...one, assertion: { ...one.assertion, sides: [movedTo(last, first) as Expr, ...rest] } });
    else out.push({ ...one, assertion: { ...one.assertion, sides: [movedTo(last, first) as Expr, first, ...rest], links: [{ operator: "=", start: first.start, end: first.start }, ...one.assertion.links] } });
  }
  return out;
}

/** Whether it ends with a sign that something is to follow. */
function isLeftOpen({ assertion: { sides } }: Located): boolean {
  const last = sides.at(-1);
  return last?.kind === "opaque" && last.why === "open";
}

/** What stands behind `a = b =`, or a bare expression behind `a =`; a statement of its own behind that may be the next of a list of blanks. */
function fills(one: Located, before: Located): boolean {
  const isOneMore = before.assertion.links.length > 1 || (!one.assertion.links.length && !one.inline && !before.inline);
  return isOneMore && one.ordinal === 0 && one.role !== "question" && !isLeftOpen(one);
}

/** What a chain of equalities that is all of its formula ends with. */
function endOf(one: Located): Expr | null {
  const { assertion: { sides, links }, ordinal, role } = one;
  const last = isLeftOpen(one) ? sides.at(-2) : sides.at(-1);
  const isChain = ordinal === 0 && links.every(({ operator }) => operator === "=" || operator === ":=") && role !== "question" && role !== "wrong-example";
  return isChain && last && last.kind !== "opaque" && last.kind !== "dots" ? last : null;
}

/** The formula that stands before a formula with no words between. */
function followersIn({ blocks }: Document): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  let before: number | null = null;
  for (const block of blocks) {
    if (block.kind !== "paragraph") {
      before = null;
      continue;
    }
    for (const piece of block.pieces) {
      if (piece.kind === "formula") {
        if (before !== null) found.set(piece.formula, before);
        before = piece.formula;
      } else if (piece.kind === "code" || /[\p{L}\d]/u.test(piece.source.text)) before = null;
    }
  }
  return found;
}

/** An expression of another formula, as it is meant at a place of this one. */
export function movedTo(value: unknown, { start }: Place): unknown {
  if (Array.isArray(value)) return value.map((item) => movedTo(item, { start, end: start }));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, (key === "start" || key === "end") && typeof inner === "number" ? start : movedTo(inner, { start, end: start })]));
}
