/**
 * Explicit matrices. Entries that are numbers are stacked, entries that are
 * matrices make blocks, and dots are filled in from the first and last entries
 * of their row and column; entries shown beside dots must fit the pattern, and
 * are noted so that the check can hold them against it.
 */
import type { Place } from "../latex/types";
import type { Cell, Expr, SymbolExpr } from "../semantics/expression";
import { plainSymbol } from "../semantics/expression";
import { sizeKey } from "../semantics/symbols/sizes";
import { block, reshape, stack } from "../tensor";
import type { Lowering } from "./lower";
import { interpolate } from "./special";
import { type Axis, isScalar, literal, mergeAxes, sizesOf, termOf, type Value } from "./value";

export type MatrixExpr = Expr & { kind: "matrix" };

export function lowerMatrix(lowering: Lowering, expr: MatrixExpr): Value {
  if (expr.rows.some((row) => row.some((cell) => cell.dots))) return dotted(lowering, expr);
  const columns = Math.max(...expr.rows.map((row) => row.length), 0);
  if (!columns || expr.rows.some((row) => row.length !== columns)) return lowering.fail("unsupported", "rows of different lengths", expr);
  const cells = expr.rows.map((row) => row.map((cell) => (cell.expr ? lowering.lower(cell.expr) : literal(0))));
  if (cells.every((row) => row.every((cell) => isScalar(cell)))) return stacked(lowering, cells);
  return blocks(lowering, cells, expr);
}

function stacked(lowering: Lowering, cells: readonly (readonly Value[])[]): Value {
  const free = mergeAxes(cells.flat());
  const aligned = cells.map((row) => row.map((cell) => lowering.algebra.withFree(cell, free)));
  const [rows, columns] = [cells.length, cells[0]?.length ?? 0];
  const shape = [String(rows), String(columns)];
  return {
    free,
    shape,
    make: (env) => {
      const lead = free.map((axis) => env.size(axis.range));
      const terms = aligned.flat().map((cell) => termOf(cell, env));
      const all = stack(terms);
      if (!lead.length) return reshape(all, [rows, columns]);
      const grid = reshape(all, [rows, columns, ...lead]);
      return permuteLast(grid, 2);
    },
  };
}

import { permute, type Term } from "../tensor";

/** Moves the first `count` axes behind the others. */
function permuteLast(term: Term, count: number): Term {
  const axes = [...term.shape.keys()];
  return permute(term, [...axes.slice(count), ...axes.slice(0, count)]);
}

function blocks(lowering: Lowering, cells: readonly (readonly Value[])[], place: Expr): Value {
  const { classes } = lowering;
  const heights = cells.map((row) => row.find((cell) => cell.shape.length === 2)?.shape[0] ?? "1");
  const widths = (cells[0] ?? []).map((_, j) => cells.map((row) => row[j] as Value).find((cell) => cell.shape.length === 2)?.shape[1] ?? "1");
  const filled = cells.map((row, i) =>
    row.map((cell, j) => {
      const shape = [heights[i] as string, widths[j] as string];
      if (isScalar(cell)) return lowering.algebra.spread(cell, shape);
      if (cell.shape.length !== 2 || cell.free.length || !classes.unify(cell.shape[0] as string, shape[0] as string) || !classes.unify(cell.shape[1] as string, shape[1] as string)) return lowering.fail("shape", "blocks that do not fit", place);
      return cell;
    }),
  );
  const total = (keys: readonly string[]): string => (keys.length === 1 ? (keys[0] as string) : keys.map((key) => classes.find(key)).join("+"));
  return { free: [], shape: [total(heights), total(widths)], make: (env) => block(filled.map((row) => row.map((cell) => termOf(cell, env)))) };
}

/** A cell shown beside dots, with where it stands: counted from the start, or (negative) from the end. */
export interface Shown {
  readonly cell: Cell;
  readonly row: number;
  readonly column: number;
}

interface Pattern {
  readonly value: Value;
  readonly shown: readonly Shown[];
}

function dotted(lowering: Lowering, expr: MatrixExpr): Value {
  return patternOf(lowering, expr).value;
}

/** The positions that the displayed rows (or columns) stand at. */
function positions(flags: readonly boolean[]): (number | null)[] {
  const at = flags.indexOf(true);
  return flags.map((dots, i) => (dots ? null : at < 0 || i < at ? i : i - flags.length));
}

export function shownCells(expr: MatrixExpr): { shown: Shown[]; rows: (number | null)[]; columns: (number | null)[] } {
  const width = Math.max(...expr.rows.map((row) => row.length));
  const rowDots = expr.rows.map((row) => row.length > 0 && row.every((cell) => cell.dots || cell.expr === null) && row.some((cell) => cell.dots));
  const columnDots = Array.from({ length: width }, (_, j) => expr.rows.every((row, i) => rowDots[i] || (row[j]?.dots ?? false)) && expr.rows.some((row, i) => !rowDots[i] && row[j]?.dots));
  const rows = positions(rowDots);
  const columns = positions(columnDots);
  const shown = expr.rows.flatMap((row, i) => row.flatMap((cell, j) => (rows[i] === null || columns[j] === null || cell.dots ? [] : [{ cell, row: rows[i] as number, column: columns[j] as number }])));
  return { shown, rows, columns };
}

const rowLetter = "⟨row⟩";
const columnLetter = "⟨column⟩";

/** The general entry of a dotted matrix, and what is shown of it. */
export function patternOf(lowering: Lowering, expr: MatrixExpr): Pattern {
  const diagonal = diagonalPattern(lowering, expr);
  if (diagonal) return diagonal;
  const { shown, rows, columns } = shownCells(expr);
  const firstRow = rows.findIndex((row) => row !== null);
  const firstColumn = columns.findIndex((column) => column !== null);
  const hasRows = rows.includes(null);
  const hasColumns = columns.includes(null);
  const at = (i: number, j: number): Expr | null => expr.rows[i]?.[j]?.expr ?? null;
  const lastRow = rows.length - 1;
  const lastColumn = columns.length - 1;
  const place = expr;
  const need = (value: Expr | null): Expr => value ?? lowering.fail("unsupported", "dots whose ends are not written", place);
  const along = (a: Expr, b: Expr, name: string): { expr: Expr; to: Expr; from: Expr } => {
    const found = interpolate(a, b);
    if (!found) return lowering.fail("unsupported", "dots whose pattern is not plain", place);
    return { expr: rename(found.expr, found.letter.name, name), to: found.to, from: found.from };
  };
  const bindings: [string, Axis][] = [];
  const axisFor = (name: string, from: Expr, to: Expr): Axis => {
    const key = sizeKey(to);
    if (!key || from.kind !== "number" || from.numerator !== 1) return lowering.fail("unsupported", "dots that do not start at one", place);
    for (const atom of key.split(/[-+*]/)) if (atom && !/^\d+$/.test(atom)) lowering.model.table.sizeNames.add(atom);
    const axis = lowering.newAxis(name, key);
    bindings.push([name, axis]);
    return axis;
  };
  if (hasRows && hasColumns) {
    const top = along(need(at(firstRow, firstColumn)), need(at(firstRow, lastColumn)), columnLetter);
    const bottom = along(need(at(lastRow, firstColumn)), need(at(lastRow, lastColumn)), columnLetter);
    const both = along(top.expr, bottom.expr, rowLetter);
    const rowAxis = axisFor(rowLetter, both.from, both.to);
    const columnAxis = axisFor(columnLetter, top.from, top.to);
    return { value: general(lowering, both.expr, bindings, [rowAxis, columnAxis]), shown };
  }
  // Dots one way only: one general row (or column) for each that is shown.
  const lines = hasRows ? columns.map((_, j) => along(need(at(firstRow, j)), need(at(lastRow, j)), rowLetter)) : rows.map((_, i) => along(need(at(i, firstColumn)), need(at(i, lastColumn)), columnLetter));
  const [first] = lines;
  if (!first) return lowering.fail("unsupported", "an empty pattern", place);
  const axis = axisFor(hasRows ? rowLetter : columnLetter, first.from, first.to);
  const parts = lines.map((line) => general(lowering, line.expr, bindings, [axis]));
  const free = mergeAxes(parts);
  const count = String(parts.length);
  const shape = hasRows ? [axis.range, count] : [count, axis.range];
  const value: Value = {
    free,
    shape,
    make: (env) => {
      const aligned = parts.map((part) => termOf(lowering.algebra.withFree(part, free), env));
      const all = stack(aligned);
      const lead = free.length;
      // [count, ...free, n]
      const order = [...Array(lead).keys()].map((i) => i + 1);
      return permute(all, hasRows ? [...order, lead + 1, 0] : [...order, 0, lead + 1]);
    },
  };
  return { value, shown };
}

function general(lowering: Lowering, expr: Expr, bindings: readonly (readonly [string, Axis])[], axes: readonly Axis[]): Value {
  const value = lowering.within(bindings.map(([name, axis]) => [name, { kind: "axis", axis }] as const), () => lowering.lower(expr));
  if (!isScalar(value)) return lowering.fail("unsupported", "dots between arrays", expr);
  const others = value.free.filter((axis) => !axes.some((own) => own.name === axis.name));
  const ordered = lowering.algebra.withFree(value, [...others, ...axes]);
  return { free: others, shape: axes.map((axis) => axis.range), make: (env) => termOf(ordered, env) };
}

function rename(expr: Expr, from: string, to: string): Expr {
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== "object" || value === null) return value;
    const record = value as { readonly [key: string]: unknown };
    if (record["kind"] === "symbol" && record["name"] === from) return plainSymbol(to, "", record as unknown as SymbolExpr, []);
    return Object.fromEntries(Object.entries(record).map(([key, inner]) => [key, visit(inner)]));
  };
  return visit(expr) as Expr;
}

/** `diag`-like: entries on the diagonal, `\ddots`, zeros or blanks elsewhere. */
function diagonalPattern(lowering: Lowering, expr: MatrixExpr): Pattern | null {
  const n = expr.rows.length;
  if (n < 3 || expr.rows.some((row) => row.length !== n)) return null;
  const isZero = (cell: Cell | undefined): boolean => !cell || (cell.expr === null && !cell.dots) || (cell.expr?.kind === "number" && cell.expr.numerator === 0);
  const offZero = expr.rows.every((row, i) => row.every((cell, j) => i === j || isZero(cell) || (cell.dots && (expr.rows[i]?.[i]?.dots || expr.rows[j]?.[j]?.dots))));
  const someZero = expr.rows.some((row, i) => row.some((cell, j) => i !== j && isZero(cell)));
  if (!offZero || !someZero) return null;
  const [first, last] = [expr.rows[0]?.[0]?.expr, expr.rows[n - 1]?.[n - 1]?.expr];
  if (!first || !last) return null;
  const found = interpolate(first, last);
  const key = found ? sizeKey(found.to) : null;
  if (!found || !key) return null;
  const axis = lowering.newAxis(rowLetter, key);
  const value = general(lowering, rename(found.expr, found.letter.name, rowLetter), [[rowLetter, axis]], [axis]);
  const shape = [key, key];
  const lead = value.free.length;
  return {
    value: {
      free: value.free,
      shape,
      make: (env) => {
        const term = termOf(value, env);
        const labels = [...term.shape.keys()];
        return contract([labels], [...labels, lead], [term], sizesOf({ free: value.free, shape }, env));
      },
    },
    shown: [],
  };
}

import { contract } from "../tensor";

export function lowerTuple(lowering: Lowering, items: readonly Expr[], place: Place): Value {
  if (items.some((item) => item.kind === "dots")) return lowerMatrix(lowering, { kind: "matrix", rows: items.map((item) => [{ expr: item.kind === "dots" ? null : item, dots: item.kind === "dots", start: item.start, end: item.end }]), delimiter: "(", start: place.start, end: place.end });
  const values = items.map((item) => lowering.lower(item));
  if (!values.every(isScalar)) return lowering.fail("unsupported", "a list of arrays", place);
  return lowerMatrix(lowering, { kind: "matrix", rows: items.map((item) => [{ expr: item, dots: false, start: item.start, end: item.end }]), delimiter: "(", start: place.start, end: place.end });
}
