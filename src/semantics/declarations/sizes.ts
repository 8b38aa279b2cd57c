/** Sizes that matrices of explicit entries fix for their section. */
import { childrenOf, displayOf, type Expr, type SymbolExpr, symbolsIn } from "../expression";
import type { Located } from "../model";
import type { Entity } from "../symbols/entity";
import { isArrayCell } from "./blocks";
import { sumsIn } from "./bounds";
import type { Draft } from "./draft";
import { taggedKey } from "../symbols/key";
import { atomsOf } from "../symbols/sizes";
import { giveShape } from "./shapes";

/** A matrix of all its entries fixes the sizes of its section. */
export function fixSizes(draft: Draft): void {
  for (const located of draft.located) {
    for (const side of located.assertion.sides) {
      fixFromLabels(draft, side, located);
      fixFromEntries(draft, side, located);
    }
    const { sides } = located.assertion;
    sides.forEach((side, index) => {
      for (const other of [sides[index - 1], sides[index + 1]]) if (other) fixFromMatrix(draft, side, other, located);
    });
  }
}

/** The sizes of a worked example: `n = 2`, or where nothing says so the largest number below a letter of the array. */
export function noteExampleSizes(draft: Draft): void {
  for (const located of draft.located) {
    const sizes = draft.exampleSizes.get(located.section) ?? new Map<string, number>();
    draft.exampleSizes.set(located.section, sizes);
    for (const symbol of located.assertion.sides.flatMap((side) => symbolsIn(side))) noteEntry(draft, symbol, located, sizes);
  }
  for (const located of draft.located) {
    const [left, right] = located.assertion.sides;
    if (left?.kind !== "symbol" || right?.kind !== "number" || right.denominator !== 1 || right.numerator < 1 || located.assertion.links[0]?.operator !== "=") continue;
    if (draft.table.sizeNames.has(taggedKey(left)) || draft.table.resolve(left, located)?.entity.isSize) draft.exampleSizes.get(located.section)?.set(taggedKey(left), right.numerator);
  }
}

function noteEntry(draft: Draft, symbol: SymbolExpr, place: Located, sizes: Map<string, number>): void {
  const numbers = symbol.subscripts.map(({ expr }) => (expr.kind === "number" && expr.denominator === 1 ? expr.numerator : null));
  const resolved = draft.table.resolve(symbol, place);
  if (!resolved || resolved.family || resolved.indices.length !== numbers.length) return;
  const shape = resolved.entity.shape ?? [];
  const axes = numbers.length === shape.length ? shape : shape.filter((dim) => dim !== "1");
  if (axes.length !== numbers.length) return;
  numbers.forEach((number, axis) => {
    const dim = axes[axis] as string;
    if (number !== null && atomsOf(dim).join() === dim) sizes.set(dim, Math.max(sizes.get(dim) ?? 0, number));
  });
}

function fixFromLabels(draft: Draft, expr: Expr, place: Located): void {
  if (expr.kind === "labelled") fixFromMatrix(draft, expr.label, expr.body, place);
  for (const child of childrenOf(expr)) fixFromLabels(draft, child, place);
}

/** A matrix of the entries of one array, each in its place. */
function fixFromEntries(draft: Draft, expr: Expr, place: Located): void {
  for (const child of childrenOf(expr)) fixFromEntries(draft, child, place);
  if (expr.kind !== "matrix") return;
  const cells = expr.rows.map((row) => row.map((cell) => cell.expr));
  const first = cells[0]?.[0];
  const inPlace = cells.every((row, i) => row.every((cell, j) => cell?.kind === "symbol" && first?.kind === "symbol" && cell.name === first.name && cell.subscripts.map((subscript) => subscript.text).join() === `${i + 1},${j + 1}`));
  if (first?.kind !== "symbol" || !inPlace) return;
  const entity = draft.table.resolve(first, place)?.entity;
  if (entity?.shape?.length !== 2) return;
  const fixed = draft.fixedSizes.get(place.section) ?? new Map<string, number>();
  draft.fixedSizes.set(place.section, fixed);
  [cells.length, cells[0]?.length ?? 0].forEach((size, axis) => {
    const dim = entity.shape?.[axis] as string;
    if (!/^\d+$/.test(dim) && !fixed.has(dim)) fixed.set(dim, size);
  });
}

function fixFromMatrix(draft: Draft, named: Expr, shown: Expr, place: Located): void {
  const target = named.kind === "labelled" ? named.label : named;
  const matrix = displayOf(shown);
  if (!matrix || matrix.rows.some((row) => row.some((cell) => cell.dots || isArrayCell(draft, cell.expr, place)))) return;
  const transposed = target.kind === "transpose";
  const base = transposed ? target.base : target;
  const symbol = base.kind === "symbol" ? base : base.kind === "derivative" && base.wrt.length === 1 && base.wrt[0]?.kind === "symbol" ? base.wrt[0] : null;
  if (!symbol) return;
  const known = draft.table.resolve(symbol, place)?.entity;
  const rows = matrix.rows.length;
  const columns = Math.max(...matrix.rows.map((row) => row.length));
  // A matrix shown under a name that nothing else declares declares it.
  const entity = known ?? (base.kind === "symbol" && !symbol.subscripts.length ? draft.table.declare(symbol, place) : null);
  if (!entity) return;
  const displayed = transposed ? [columns, rows] : [rows, columns];
  if (entity.shape === null && base.kind === "symbol" && !entity.definition) {
    // The display gives the sizes of its section only; a side of one is one everywhere.
    entity.listed = shown.kind === "tuple";
    giveShape(draft, entity, displayed.map((size) => (size === 1 ? "1" : draft.table.sizes.unknown())), "declared");
  }
  if (entity.shape?.length !== 2) return;
  if (base.kind === "derivative" && entity.shape.some((dim) => /^\d+$/.test(dim))) return;
  // What is shown in passing of an array that sums run over to a letter is an example.
  const sizes = place.inline && isSummed(draft, entity, place) ? draft.exampleSizes : draft.fixedSizes;
  const fixed = sizes.get(place.section) ?? new Map<string, number>();
  sizes.set(place.section, fixed);
  // A column may be shown as a row.
  const turned = entity.shape.includes("1") && displayed.includes(1) && entity.shape.indexOf("1") !== displayed.indexOf(1);
  entity.shape.forEach((dim, axis) => {
    if (!/^\d+$/.test(dim) && !fixed.has(dim)) fixed.set(dim, displayed[turned ? 1 - axis : axis] as number);
  });
}

function isSummed(draft: Draft, entity: Entity, place: Located): boolean {
  const hasEntry = (body: Expr, index: string): boolean => symbolsIn(body, false).some((symbol) => symbol.subscripts.some(({ text }) => text === index) && draft.table.resolve(symbol, place)?.entity === entity);
  const sums = draft.located.flatMap(({ assertion }) => assertion.sides.flatMap(sumsIn));
  return sums.some(({ indices, body }) => indices.some(({ symbol, to }) => to && to.kind !== "number" && hasEntry(body, symbol.name)));
}
