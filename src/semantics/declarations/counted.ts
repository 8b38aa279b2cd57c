/**
 * `\frac1N \sum_{i=1}^N (w^\top x_i - y_i)^2` beside an x of length d: where the
 * index runs to another size than the axis, the x_i are so many like x, and
 * none of its entries.
 */
import { type Expr, type SymbolExpr, symbolsIn } from "../expression";
import { membersKey, taggedKey, weight } from "../symbols/key";
import { sizeKey } from "../symbols/sizes";
import type { Place } from "../symbols/table";
import { meansOf, sumsIn } from "./bounds";
import type { Draft } from "./draft";
import { giveShape } from "./shapes";

interface Use {
  readonly symbol: SymbolExpr;
  readonly place: Place;
  /** What the index below it runs to. */
  readonly count: string;
}

export function declareCounted(draft: Draft): void {
  const counts = countsIn(draft);
  const uses = draft.located.flatMap((located) => located.assertion.sides.flatMap(sumsIn).flatMap((sum) => usesIn(sum, located, counts)));
  // `x_1` by itself is an entry, most often.
  const numbered = new Set(draft.located.flatMap(({ assertion }) => assertion.sides.flatMap((side) => symbolsIn(side, false))).flatMap((symbol) => (symbol.subscripts.some(({ expr }) => expr.kind === "number") ? [taggedKey(symbol)] : [])));
  for (const { symbol, place, count } of uses) {
    const whole = draft.table.find(taggedKey(symbol), { ...symbol, subscripts: [] }, place);
    const [length, width, ...more] = whole?.shape ?? [];
    if (!whole || !length || width !== "1" || more.length || whole.shapeFrom !== "declared" || weight(whole.symbol.font) !== weight(symbol.font) || !differ(draft, length, count)) continue;
    // Where another index goes over its entries, this one may be out of bounds.
    if (uses.some((other) => taggedKey(other.symbol) === taggedKey(symbol) && !differ(draft, length, other.count))) continue;
    const listed = draft.table.extentOf(membersKey(symbol), place);
    if (listed ? !differ(draft, length, listed) : numbered.has(taggedKey(symbol))) continue;
    const resolved = draft.table.resolve(symbol, place);
    const size = whole.section === place.section ? length : draft.table.sizes.unknown();
    if (!resolved || resolved.entity === whole || resolved.entity.shape === null) giveShape(draft, draft.table.declare(symbol, place), [size, width], "declared");
  }
}

/** What the letters run to, by section, where it is written. */
function countsIn(draft: Draft): ReadonlyMap<string, string> {
  const means = meansOf(draft);
  const written = draft.located.flatMap(({ section, assertion }) => {
    const bounds = assertion.sides.flatMap(sumsIn).flatMap(({ indices }) => indices.flatMap(({ symbol, to }) => ({ letter: taggedKey(symbol), count: to && sizeKey(to) })));
    return [...bounds, ...means(assertion.sides)].flatMap(({ letter, count }) => (count ? [[letterIn(section, letter), count] as const] : []));
  });
  return new Map(written.reverse());
}

function letterIn(section: number, letter: string): string {
  return `${section} ${letter}`;
}

/** The symbols that have the index of a sum, and nothing else, below them. */
function usesIn({ indices, body }: Expr & { kind: "big" }, place: Place, counts: ReadonlyMap<string, string>): Use[] {
  return indices.flatMap(({ symbol: index, to }) => {
    const count = to ? sizeKey(to) : counts.get(letterIn(place.section, taggedKey(index)));
    if (!count) return [];
    const isMember = ({ subscripts, tags }: SymbolExpr): boolean => subscripts.length === 1 && !subscripts[0]?.above && subscripts[0]?.text === index.name && !tags.length;
    return symbolsIn(body, false).filter(isMember).map((symbol) => ({ symbol, place, count }));
  });
}

/** Two sizes that the text names, and not alike. */
function differ({ table }: Draft, one: string, other: string): boolean {
  const [a, b] = [one, other].map((size) => table.sizes.find(size));
  return a !== b && [a, b].every((size) => size !== undefined && size !== "infty" && /^[a-z]\w*$/i.test(size));
}
