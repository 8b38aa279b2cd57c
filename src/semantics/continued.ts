/**
 * A chain that goes on in a formula of its own: `$a = b$ \\ $= c$`, `$$a = b$$`
 * and then `$$= c$$`. What stands at its left is what the formula before ends with.
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
    const last = goesOn && before && before.section === one.section && adjacent.get(one.formula) === before.formula ? endOf(before) : null;
    out.push(last && first ? { ...one, assertion: { ...one.assertion, sides: [movedTo(last, first) as Expr, ...rest] } } : one);
  }
  return out;
}

/** What a chain of equalities that is all of its formula ends with. */
function endOf({ assertion: { sides, links }, ordinal, role }: Located): Expr | null {
  const last = sides[sides.length - 1];
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
