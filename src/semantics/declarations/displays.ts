/**
 * What a display shows a symbol to be: a vector by its entries
 * (`x = (x_1, \dots, x_n)^\top`), a matrix by its entries between dots, by its
 * columns (`X = [x_1, \dots, x_n]`) or rows, or beside a column of ones.
 */
import { displayOf, type Expr, plainSymbol, type SymbolExpr, symbolsIn } from "../expression";
import type { Located } from "../model";
import type { Entity } from "../symbols/entity";
import { taggedKey } from "../symbols/key";
import { sizeKey, successor } from "../symbols/sizes";
import type { Draft } from "./draft";
import { giveShape, isColumn } from "./shapes";

type Grid = readonly (readonly (Expr | null)[])[];

export function declareDisplays(draft: Draft): void {
  for (const located of draft.located) {
    if (located.role === "wrong-example" || located.role === "question") continue;
    const { sides, links } = located.assertion;
    links.forEach((link, index) => {
      const [left, right] = [sides[index], sides[index + 1]];
      if (!["=", ":=", "\\equiv"].includes(link.operator) || !left || !right) return;
      declareDisplay(draft, left, right, located);
      declareDisplay(draft, right, left, located);
    });
  }
}

/** Where a section shows arrays by their entries, a letter that stands there bare and with numbers (`b`, beside b_1 and b_2 that nothing defines) is a vector of these. */
export function declareNumbered(draft: Draft): void {
  const sections = new Map<number, { bare: Map<string, { symbol: SymbolExpr; place: Located }>; numbered: Map<string, Set<number>>; displayed: Set<string> }>();
  for (const located of draft.located) {
    const known = sections.get(located.section) ?? { bare: new Map(), numbered: new Map(), displayed: new Set() };
    sections.set(located.section, known);
    const { sides } = located.assertion;
    sides.forEach((side, at) => {
      for (const other of [sides[at - 1], sides[at + 1]]) if (other?.kind === "symbol" && shapeOfEntries(other, gridOf(side) ?? [])) known.displayed.add(taggedKey(other));
    });
    for (const symbol of sides.flatMap((side) => symbolsIn(side, false))) {
      const key = taggedKey(symbol);
      const [only, ...others] = symbol.subscripts;
      if (!only && !known.bare.has(key)) known.bare.set(key, { symbol, place: located });
      if (only?.expr.kind === "number" && !others.length) known.numbered.set(key, (known.numbered.get(key) ?? new Set()).add(only.expr.numerator));
    }
  }
  for (const { bare, numbered, displayed } of sections.values()) {
    for (const [key, { symbol, place }] of displayed.size ? bare : []) {
      const numbers = numbered.get(key);
      if (displayed.has(key) || !numbers?.has(1) || numbers.size < 2 || !/^[a-z]/.test(symbol.name) || draft.table.resolve(symbol, place) || draft.table.all.some((entity) => taggedKey(entity.symbol) === key)) continue;
      if (draft.located.some(({ assertion }) => assertion.sides.slice(0, -1).some((side) => side.kind === "symbol" && side.subscripts.length > 0 && taggedKey(side) === key))) continue;
      giveShape(draft, draft.table.declare(symbol, place), [draft.table.sizes.unknown(), "1"], "inferred");
    }
  }
}

function gridOf(shown: Expr): Grid | null {
  return displayOf(shown)?.rows.map((row) => row.map((cell) => (cell.dots ? null : cell.expr))) ?? null;
}

function declareDisplay(draft: Draft, named: Expr, shown: Expr, place: Located): void {
  const symbol = named.kind === "labelled" ? named.label : named;
  const grid = gridOf(shown);
  if (symbol.kind !== "symbol" || symbol.subscripts.length || !grid) return;
  const shape = shapeOfEntries(symbol, grid);
  // Without dots the display is the symbol's definition, unless it says from where its entries are counted.
  if (!hasDots(shown) && shape?.origin !== 0) return;
  if (shape) {
    const entity = entityFor(draft, symbol, shape.shape, place);
    entity.listed ||= shown.kind === "tuple" && entity.shape === null;
    entity.entries.add(grid.flat().some((cell) => cell?.kind === "symbol" && cell.subscripts[0]?.above !== undefined) ? "above" : "below");
    return showShape(draft, entity, shape.shape, shape.origin);
  }
  const members = vectorsOf(symbol, grid) ?? listedVectors(draft, symbol, shown, grid, place);
  if (members) return declareSlices(draft, symbol, members, place);
  const data = beside(grid);
  const own = data && cellSymbol(data);
  const entries = own && own.name === symbol.name.toLowerCase() ? shapeOfEntries(own, data) : null;
  if (entries && own) showShape(draft, draft.table.declare({ ...own, subscripts: [] }, place), entries.shape, entries.origin);
}

/** The symbol that is known already, unless the display gives it other sizes: then it means something new. */
function entityFor(draft: Draft, symbol: SymbolExpr, shape: readonly string[], place: Located): Entity {
  const known = draft.table.resolve(symbol, place)?.entity;
  const fits = known && (known.shape === null || (known.shape.length === shape.length && known.shape.every((dim, axis) => dim.startsWith("?") || dim === shape[axis])));
  return fits ? known : draft.table.declare(symbol, place);
}

function hasDots(shown: Expr): boolean {
  return displayOf(shown)?.rows.some((row) => row.some((cell) => cell.dots)) ?? false;
}

function showShape(draft: Draft, entity: Entity, shape: readonly string[], origin: 0 | 1): void {
  entity.origin = origin;
  if (entity.shape?.length === 2) entity.shape.forEach((dim, axis) => dim.startsWith("?") && draft.table.sizes.unify(dim, shape[axis] as string));
  else if (entity.shape === null && !entity.isFunction) giveShape(draft, entity, shape, "declared");
}

/** The sizes of an array that is shown by its own entries, each in its place. */
function shapeOfEntries(symbol: SymbolExpr, grid: Grid): { shape: string[]; origin: 0 | 1 } | null {
  const cells = grid.flat().filter((cell) => cell !== null);
  const [first, last] = [cells[0], cells[cells.length - 1]];
  if (!cells.every((cell) => isEntryOf(symbol, cell)) || first?.kind !== "symbol" || last?.kind !== "symbol") return null;
  const start = first.subscripts.map(({ expr }) => (expr.kind === "number" ? expr.numerator : null));
  // The first row tells the columns and the first column the rows: a slip in the last corner changes no size.
  const [right, below] = [grid[0]?.[grid[0].length - 1], grid[grid.length - 1]?.[0]];
  const ends = [below, right].every((corner) => corner?.kind === "symbol") && last.subscripts.length === 2 ? [(below as SymbolExpr).subscripts[0], (right as SymbolExpr).subscripts[1]].map((subscript) => subscript && sizeKey(subscript.expr)) : last.subscripts.map(({ expr }) => sizeKey(expr));
  const origin = start[0];
  if ((origin !== 0 && origin !== 1) || start.some((index) => index !== origin) || ends.some((end) => !end)) return null;
  const lengths = ends.map((end) => (origin === 1 ? (end as string) : successor(end as string)));
  if (lengths.length === 2) return { shape: lengths, origin };
  const [length] = lengths as [string];
  if (grid.every((row) => row.length === 1)) return { shape: [length, "1"], origin };
  return grid.length === 1 ? { shape: ["1", length], origin } : null;
}

function isEntryOf(symbol: SymbolExpr, cell: Expr): cell is SymbolExpr {
  if (cell.kind !== "symbol" || cell.accents.join() !== symbol.accents.join() || cell.tags.length !== symbol.tags.length) return false;
  if (cell.subscripts.length === 1) return cell.name === symbol.name;
  return cell.subscripts.length === 2 && cell.name.toLowerCase() === symbol.name.toLowerCase();
}

/** `X = [x_1, \dots, x_n]`, or rows of transposes below each other: vectors that a capital letter collects. */
function vectorsOf(symbol: SymbolExpr, grid: Grid): { by: "row" | "column"; first: SymbolExpr; last: SymbolExpr } | null {
  const cells = grid.flat().filter((cell) => cell !== null);
  const across = grid.length === 1;
  if (!/^[A-Z]$/.test(symbol.name) || (!across && grid.some((row) => row.length !== 1))) return null;
  const bases = cells.map((cell) => (across ? cell : cell.kind === "transpose" ? cell.base : null));
  const [first, last] = [bases[0], bases[bases.length - 1]];
  const fits = bases.every((base) => base?.kind === "symbol" && base.name === symbol.name.toLowerCase() && base.subscripts.length === 1 && base.accents.join() === symbol.accents.join());
  if (!fits || first?.kind !== "symbol" || last?.kind !== "symbol") return null;
  const start = first.subscripts[0]?.expr;
  return start?.kind === "number" && start.numerator === 1 ? { by: across ? "column" : "row", first, last } : null;
}

/** `X = [x_1, x_2, \\dots, x_n]` with commas between, or transposed, where the x_i are known to be columns. */
function listedVectors(draft: Draft, symbol: SymbolExpr, shown: Expr, grid: Grid, place: Located): ReturnType<typeof vectorsOf> {
  const by = shown.kind === "tuple" ? "column" : shown.kind === "transpose" && shown.base.kind === "tuple" ? "row" : null;
  const members = by && vectorsOf(symbol, [grid.flat()]);
  const known = members && draft.table.resolve(members.first, place);
  return members && known?.family && isColumn(known.entity.shape) ? { ...members, by } : null;
}

function declareSlices(draft: Draft, symbol: SymbolExpr, { by, first, last }: { by: "row" | "column"; first: SymbolExpr; last: SymbolExpr }, place: Located): void {
  const below = last.subscripts[0] as SymbolExpr["subscripts"][number];
  const count = sizeKey(below.expr);
  if (!count) return;
  const member = draft.table.declare({ ...first, subscripts: [{ ...below, text: "i", expr: plainSymbol("i", "", below, []) }] }, place);
  if (member.definition || member.shape?.length === 0) return;
  const length = member.shape?.[0] ?? draft.table.sizes.unknown();
  const whole = draft.table.declare(symbol, place);
  showShape(draft, whole, by === "column" ? [length, count] : [count, length], 1);
  if (whole.shape?.length === 2) member.slices = { matrix: symbol, by };
  // Rows are written x_i^\top.
  if (by === "row") member.orientation ??= "column";
  draft.defining.set(place.id, whole);
}

/** What stands after a first column of numbers. */
function beside(grid: Grid): Grid | null {
  const constant = grid.every((row) => row[0] === null || row[0]?.kind === "number");
  return constant && grid.some((row) => row.length > 1) ? grid.map((row) => row.slice(1)).filter((row) => row.some((cell) => cell !== null)) : null;
}

function cellSymbol(grid: Grid): SymbolExpr | null {
  const first = grid.flat().find((cell) => cell !== null);
  return first?.kind === "symbol" ? first : null;
}
