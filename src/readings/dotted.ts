/**
 * Matrices with dots. The dots are filled in from the entries at the ends of
 * their row and column; rows and columns that do not take part (a column of
 * ones before the data) stand by themselves. Entries shown beside the dots must
 * fit the pattern, and are noted so that the check can hold them against it.
 */
import type { Cell, Expr, SymbolExpr } from "../semantics/expression";
import { plainSymbol, symbolsIn } from "../semantics/expression";
import { sizeKey, successor } from "../semantics/symbols/sizes";
import { concat, contract, permute, reshape } from "../tensor";
import type { Lowering } from "./lower";
import type { MatrixExpr } from "./matrices";
import { same } from "../base/same";
import { type Interpolated, interpolate } from "./special";
import { type Axis, isScalar, mergeAxes, sizesOf, termOf, type Value } from "./value";

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

export function lowerDotted(lowering: Lowering, expr: MatrixExpr): Value {
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

/** Rows (or columns) from the first to the last one shown: one that stands by itself, or a run that dots shorten. */
interface Segment {
  readonly first: number;
  readonly last: number;
}

interface Ends {
  readonly from: Expr;
  readonly to: Expr;
}

/** One entry of the grid of segments: its general member, and the ends of the runs that it was read from. */
interface Part {
  readonly expr: Expr;
  readonly rows: readonly Ends[];
  readonly columns: readonly Ends[];
}

interface Layout {
  readonly rows: readonly Segment[];
  readonly columns: readonly Segment[];
  readonly parts: readonly (readonly Part[])[];
  readonly rowEnds: Ends | null;
  readonly columnEnds: Ends | null;
}

/** The general entry of a dotted matrix, and what is shown of it. */
export function patternOf(lowering: Lowering, expr: MatrixExpr): Pattern {
  const diagonal = diagonalPattern(lowering, expr);
  if (diagonal) return diagonal;
  const { shown, rows, columns } = shownCells(expr);
  const layout = layoutOf(expr, rows, columns) ?? lowering.fail("unsupported", "dots whose pattern is not plain", expr);
  const axisFor = (name: string, ends: Ends | null, runs: boolean): Axis | null => {
    // `(1, \dots, 1)`: how often, tells what stands beside it.
    if (!ends) return runs ? lowering.newAxis(name, lowering.classes.unknown()) : null;
    const key = sizeKey(ends.to) ?? lowering.fail("unsupported", "dots that do not end at a size", expr);
    for (const atom of key.split(/[-+*]/)) if (atom && !/^\d+$/.test(atom)) lowering.model.table.sizeNames.add(atom);
    return originOf(ends.from) === 0 ? { ...lowering.newAxis(name, successor(key)), origin: 0 } : lowering.newAxis(name, key);
  };
  const axes = [axisFor(rowLetter, layout.rowEnds, rows.includes(null)), axisFor(columnLetter, layout.columnEnds, columns.includes(null))] as const;
  const listed = listedArrays(lowering, layout, axes);
  if (listed) return { value: listed, shown };
  const parts = layout.parts.map((row) => row.map((part) => general(lowering, part.expr, axes)));
  return { value: joined(lowering, layout, parts, axes), shown };
}

/** The segments under which every part has a pattern; the fewest rows and columns by themselves. */
function layoutOf(expr: MatrixExpr, rows: readonly (number | null)[], columns: readonly (number | null)[]): Layout | null {
  for (const rowSegments of segmentations(rows)) {
    for (const columnSegments of segmentations(columns)) {
      const parts = rowSegments.map((row) => columnSegments.map((column) => partOf(expr, row, column)));
      if (parts.some((row) => row.some((part) => !part))) continue;
      const known = parts as Part[][];
      const ends = (of: (part: Part) => readonly Ends[]): Ends | null | undefined => {
        const all = known.flat().flatMap(of);
        const [first] = all;
        return all.every(({ from, to }) => first && originOf(from) !== null && same(from, first.from) && same(to, first.to)) ? (first ?? null) : undefined;
      };
      const [rowEnds, columnEnds] = [ends((part) => part.rows), ends((part) => part.columns)];
      if (rowEnds === undefined || columnEnds === undefined) continue;
      // Ones alone tell a pattern without an index; zeros at the corners tell nothing of what is between them.
      const isUnsaid = (rows.includes(null) && !rowEnds) || (columns.includes(null) && !columnEnds);
      if (isUnsaid && !isConstant(expr)) continue;
      return { rows: rowSegments, columns: columnSegments, parts: known, rowEnds, columnEnds };
    }
  }
  return null;
}

/** Whether all entries that are shown are the same. */
function isConstant({ rows }: MatrixExpr): boolean {
  const shown = rows.flat().flatMap(({ expr }) => expr ?? []);
  return shown.every((one) => same(one, shown[0] as Expr));
}

/** Runs begin at 1, or at 0. */
function originOf(expr: Expr): 0 | 1 | null {
  return expr.kind === "number" && (expr.numerator === 0 || expr.numerator === 1) ? expr.numerator : null;
}

function segmentations(at: readonly (number | null)[]): Segment[][] {
  const single = (i: number): Segment => ({ first: i, last: i });
  const singles = (from: number, to: number): Segment[] => Array.from({ length: Math.max(0, to - from) }, (_, i) => single(from + i));
  const dots = at.indexOf(null);
  if (dots < 0) return [singles(0, at.length)];
  const out: Segment[][] = [];
  for (let own = 0; own < at.length - 2; own++) {
    for (let before = Math.min(own, dots - 1); before >= 0; before--) {
      const last = at.length - 1 - (own - before);
      if (last > at.lastIndexOf(null)) out.push([...singles(0, before), { first: before, last }, ...singles(last + 1, at.length)]);
    }
  }
  return out;
}

/** What the pattern of a dotted matrix puts at its cells, as they stand in its rows; null where it has none. */
export function expectedCells(expr: MatrixExpr): readonly (readonly (Expr | null)[])[] | null {
  const { rows, columns } = shownCells(expr);
  const layout = rows.includes(null) || columns.includes(null) ? layoutOf(expr, rows, columns) : null;
  if (!layout || (rows.includes(null) && !layout.rowEnds) || (columns.includes(null) && !layout.columnEnds)) return null;
  const within = (segments: readonly Segment[], at: number): number => segments.findIndex(({ first, last }) => first <= at && at <= last);
  const indexAt = (position: number | null, ends: Ends | null): Expr | null => {
    if (position === null || !ends) return null;
    if (position === -1) return ends.to;
    const origin = originOf(ends.from) ?? 1;
    return position >= 0 ? { ...ends.from, kind: "number", numerator: position + origin, denominator: 1 } : null;
  };
  return expr.rows.map((row, i) =>
    row.map((cell, j) => {
      const part = cell.dots ? undefined : layout.parts[within(layout.rows, i)]?.[within(layout.columns, j)];
      if (!part) return null;
      const put = (body: Expr | null, letter: string, index: Expr | null, runs: boolean): Expr | null => body && (!runs ? body : index && substitute(body, letter, () => index));
      return put(put(part.expr, rowLetter, indexAt(shift(rows, layout.rows, i), layout.rowEnds), part.rows.length > 0), columnLetter, indexAt(shift(columns, layout.columns, j), layout.columnEnds), part.columns.length > 0);
    }),
  );
}

/** A position in a run, without the rows (or columns) by themselves before and behind it. */
function shift(at: readonly (number | null)[], segments: readonly Segment[], index: number): number | null {
  const position = at[index] ?? null;
  const run = segments.find(spans);
  if (position === null || !run) return position;
  return position >= 0 ? position - run.first : position + (at.length - 1 - run.last);
}

/** What is put in place of a letter wherever it stands. */
function substitute(expr: Expr, letter: string, put: (symbol: SymbolExpr) => Expr): Expr {
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== "object" || value === null) return value;
    const record = value as { readonly [key: string]: unknown };
    if (record["kind"] === "symbol" && record["name"] === letter) return put(record as unknown as SymbolExpr);
    return Object.fromEntries(Object.entries(record).map(([key, inner]) => [key, visit(inner)]));
  };
  return visit(expr) as Expr;
}

function partOf(expr: MatrixExpr, row: Segment, column: Segment): Part | null {
  const at = (i: number, j: number): Expr | null => expr.rows[i]?.[j]?.expr ?? null;
  const top = along(at(row.first, column.first), at(row.first, column.last), columnLetter);
  const bottom = along(at(row.last, column.first), at(row.last, column.last), columnLetter);
  const both = top && bottom && along(top.expr, bottom.expr, rowLetter);
  return both && { expr: both.expr, rows: both.ends, columns: [...top.ends, ...bottom.ends] };
}

function along(a: Expr | null, b: Expr | null, name: string): { expr: Expr; ends: readonly Ends[] } | null {
  if (!a || !b) return null;
  if (same(a, b)) return { expr: a, ends: [] };
  const found: Interpolated | null = interpolate(a, b);
  // `0 \cdots 1` counts nothing.
  if (found && (symbolsIn(found.to, false).some(({ name }) => name === rowLetter || name === columnLetter) || (found.from.kind === "number" && found.to.kind === "number" && found.to.numerator < found.from.numerator + 2))) return null;
  return found && { expr: rename(found.expr, found.letter.name, name), ends: [{ from: found.from, to: found.to }] };
}

/** The parts side by side and below each other. */
function joined({ algebra }: Lowering, layout: Layout, parts: readonly (readonly Value[])[], axes: readonly (Axis | null)[]): Value {
  const free = mergeAxes(parts.flat()).filter((axis) => !axes.some((own) => own?.name === axis.name));
  const total = (segments: readonly Segment[], axis: Axis | null | undefined): string => {
    const singles = segments.filter((segment) => !spans(segment)).length;
    return axis ? (singles ? `${axis.range}+${singles}` : axis.range) : String(singles);
  };
  return {
    free,
    shape: [total(layout.rows, axes[0]), total(layout.columns, axes[1])],
    make: (env) => {
      const lead = free.map((axis) => env.size(axis.range));
      const grid = layout.rows.map((row, i) =>
        layout.columns.map((column, j) => {
          const own = [spans(row) ? (axes[0] ?? null) : null, spans(column) ? (axes[1] ?? null) : null];
          const aligned = algebra.withFree(parts[i]?.[j] as Value, [...free, ...own.filter((axis) => axis !== null)]);
          return reshape(termOf(aligned, env), [...lead, ...own.map((axis) => (axis ? env.size(axis.range) : 1))]);
        }),
      );
      return concat(grid.map((row) => concat(row, lead.length + 1)), lead.length);
    },
  };
}

function spans({ first, last }: Segment): boolean {
  return first < last;
}

/** `[x_1, \dots, x_n]` of columns side by side, and rows one above the other; null where what is listed are numbers. */
function listedArrays(lowering: Lowering, { parts }: Layout, axes: readonly (Axis | null)[]): Value | null {
  const { algebra } = lowering;
  const [axis, ...others] = axes.filter((one) => one !== null);
  const [part, ...more] = parts.flat();
  if (!axis || others.length || !part || more.length) return null;
  const value = valueAlong(lowering, part.expr, axes);
  const isRow = axes[0] !== null;
  if (value.shape.length !== 2 || !algebra.isOne(value.shape[isRow ? 0 : 1] as string)) return null;
  const free = value.free.filter(({ name }) => name !== axis.name);
  const length = value.shape[isRow ? 1 : 0] as string;
  const shape = isRow ? [axis.range, length] : [length, axis.range];
  return {
    free,
    shape,
    make: (env) => {
      const term = termOf(algebra.withFree(value, [...free, axis]), env);
      const flat = reshape(term, [...free, axis].map(({ range }) => env.size(range)).concat(env.size(length)));
      const lead = free.map((_, i) => i);
      return isRow ? flat : permute(flat, [...lead, lead.length + 1, lead.length]);
    },
  };
}

function valueAlong(lowering: Lowering, expr: Expr, axes: readonly (Axis | null)[]): Value {
  const letters = [rowLetter, columnLetter].flatMap((name, i) => (axes[i] ? [[name, { kind: "axis", axis: axes[i] }] as const] : []));
  return lowering.within(letters, () => lowering.lower(expr));
}

function general(lowering: Lowering, expr: Expr, axes: readonly (Axis | null)[]): Value {
  const value = valueAlong(lowering, expr, axes);
  return isScalar(value) ? value : lowering.fail("unsupported", "dots between arrays", expr);
}

function rename(expr: Expr, from: string, to: string): Expr {
  return substitute(expr, from, (symbol) => plainSymbol(to, "", symbol, []));
}

/** `diag`-like: entries on the diagonal, `\ddots`, zeros or blanks elsewhere. */
function diagonalPattern(lowering: Lowering, expr: MatrixExpr): Pattern | null {
  const n = expr.rows.length;
  if (n < 3 || expr.rows.some((row) => row.length !== n)) return null;
  const isZero = (cell: Cell | undefined): boolean => !cell || (cell.expr === null && !cell.dots) || (cell.expr?.kind === "number" && cell.expr.numerator === 0);
  const isOpen = (cell: Cell | undefined): boolean => cell?.expr === null;
  const offZero = expr.rows.every((row, i) => row.every((cell, j) => i === j || isZero(cell) || (cell.dots && (isOpen(expr.rows[i]?.[i]) || isOpen(expr.rows[j]?.[j])))));
  const someZero = expr.rows.some((row, i) => row.some((cell, j) => i !== j && isZero(cell)));
  if (!offZero || !someZero) return null;
  const [first, last] = [expr.rows[0]?.[0]?.expr, expr.rows[n - 1]?.[n - 1]?.expr];
  if (!first || !last) return null;
  // Ones along the diagonal of an identity: how many, tells what stands beside it.
  const isScalarMatrix = expr.rows.every((row, i) => !row[i]?.expr || same(row[i].expr, first)) && !symbolsIn(first, false).some(({ subscripts }) => subscripts.length);
  const found = isScalarMatrix ? null : interpolate(first, last);
  const key = isScalarMatrix ? lowering.classes.unknown() : found ? sizeKey(found.to) : null;
  if (!key) return null;
  const axis = lowering.newAxis(rowLetter, key);
  const value = general(lowering, found ? rename(found.expr, found.letter.name, rowLetter) : first, [axis, null]);
  const free = value.free.filter(({ name }) => name !== axis.name);
  const shape = [key, key];
  return {
    value: {
      free,
      shape,
      make: (env) => {
        const term = termOf(lowering.algebra.withFree(value, [...free, axis]), env);
        const labels = [...term.shape.keys()];
        return contract([labels], [...labels, free.length], [term], sizesOf({ free, shape }, env));
      },
    },
    shown: [],
  };
}
