/**
 * Sizes of blocks, from those of what they make up: `z = [u; v] \in \mathbb{R}^{n+m}`
 * says that u is of length n and v of length m, in the order in which the sum is
 * written.
 */
import { displayOf, type Expr, type SymbolExpr } from "../expression";
import type { Shape } from "../symbols/entity";
import { fullKey } from "../symbols/key";
import { dimensionsOfSet } from "../symbols/sets";
import { sizeKey } from "../symbols/sizes";
import type { Place } from "../symbols/table";
import type { Draft } from "./draft";
import { giveShape } from "./shapes";

export function declareBlocks(draft: Draft): void {
  const written = sumsOfSizes(draft);
  if (!written.size) return;
  for (const located of draft.located) {
    const { sides, links } = located.assertion;
    sides.forEach((side, at) => {
      const rows = displayOf(side)?.rows;
      const named = [at - 1, at + 1].map((other) => (links[Math.min(at, other)]?.operator === "=" ? sides[other] : undefined)).find((other) => other?.kind === "symbol");
      const whole = named?.kind === "symbol" ? draft.table.resolve(named, located)?.entity : null;
      if (!rows || !whole || whole.shape?.length !== 2 || rows.some((row) => row.length !== rows[0]?.length || row.some(({ dots }) => dots))) return;
      const [down, across] = [rows.length, rows[0]?.length ?? 0].map((count, axis) => partsOf(whole.shape?.[axis] as string, count, written));
      if (!down || !across || down.length * across.length === 1) return;
      rows.forEach((row, i) => row.forEach(({ expr }, j) => declareBlock(draft, expr, [down[i] as string, across[j] as string], located)));
    });
  }
}

/** Whether a cell of a display is no number: what the text gives the shape of an array, and d_s beside a vector s. */
export function isArrayCell(draft: Draft, cell: Expr | null, place: Place): boolean {
  const base = cell?.kind === "transpose" ? cell.base : cell;
  return base?.kind === "symbol" && (draft.table.namedByArrays.has(fullKey(base)) || shapeOfCell(draft, base, place).some((dim) => dim !== "1"));
}

/** The shape of a letter by itself, or of each of its kind; none of an entry. */
export function shapeOfCell(draft: Draft, cell: SymbolExpr, place: Place): Shape {
  const resolved = draft.table.resolve(cell, place);
  return (resolved && (resolved.family || !resolved.indices.length) ? resolved.entity.shape : null) ?? [];
}

/** The sums of sizes in sets, by their keys, in the order in which they are written; none that the text writes in two orders. */
function sumsOfSizes({ located }: Draft): ReadonlyMap<string, readonly string[]> {
  const written = new Map<string, readonly string[]>();
  for (const { assertion } of located) {
    for (const dim of assertion.sides.flatMap((side) => dimensionsOfSet(side) ?? [])) {
      const parts = dim.kind === "sum" && dim.terms.every(({ sign }) => sign === 1) ? dim.terms.map(({ expr }) => sizeKey(expr)) : [];
      const key = sizeKey(dim);
      if (parts.length < 2 || !key || !parts.every((part): part is string => part !== null)) continue;
      const known = written.get(key);
      written.set(key, known && known.join() !== parts.join() ? [] : parts);
    }
  }
  return written;
}

/** The sizes of so many blocks along an axis. */
function partsOf(dim: string, count: number, written: ReadonlyMap<string, readonly string[]>): readonly string[] | null {
  if (count === 1) return [dim];
  const parts = written.get(dim);
  return parts?.length === count ? parts : null;
}

function declareBlock(draft: Draft, cell: Expr | null, shape: readonly [string, string], place: Place): void {
  const base = cell?.kind === "transpose" ? cell.base : cell;
  if (base?.kind !== "symbol" || base.name === "0" || base.name === "1" || base.name === "I") return;
  const known = draft.table.resolve(base, place);
  if (known && (known.indices.length === 0 || known.family) && (known.entity.shape !== null || known.entity.definition)) return;
  const turned = cell?.kind === "transpose" ? [shape[1], shape[0]] : shape;
  giveShape(draft, draft.table.declare(base, place), turned.every((dim) => dim === "1") ? [] : turned, "declared");
}
