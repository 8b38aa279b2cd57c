/**
 * The entries beside dots that their matrix gives away: an index that breaks
 * the pattern of the others, at a corner too, where the other three tell. Read
 * from the notation alone, so that what the entries mean need not be known.
 */
import type { Expr, Place } from "../semantics/expression";
import { expectedCells } from "../readings/dotted";
import type { MatrixExpr } from "../readings/matrices";
import { same } from "../base/same";

/** An index that is written, and the one that belongs there. */
export interface IndexSlip extends Place {
  readonly right: Expr;
}

export interface CellSlip {
  /** In the rows as they are written, from 0. */
  readonly row: number;
  readonly column: number;
  readonly expr: Expr;
  readonly slips: readonly IndexSlip[];
}

/** The entry in a corner that contradicts the three others and all that is shown; null where none does. */
export function strayCorner(matrix: MatrixExpr): CellSlip | null {
  const last = matrix.rows.length - 1;
  const width = matrix.rows[0]?.length ?? 0;
  if (last < 2 || width < 3 || matrix.rows.some((row) => row.length !== width) || expectedCells(matrix)) return null;
  const at = (row: number, column: number): Expr | null => matrix.rows[row]?.[column]?.expr ?? null;
  // Entries that mirror each other are those of a symmetric matrix.
  if (same(at(0, width - 1), at(last, 0))) return null;
  const corners = [[last, width - 1], [0, width - 1], [last, 0], [0, 0]] as const;
  for (const [row, column] of corners) {
    const written = at(row, column);
    const right = predicted(at(last - row, width - 1 - column), at(last - row, column), at(row, width - 1 - column));
    const slips = written && right ? indexSlips(written, right) : null;
    if (!written || !right || !slips?.length) continue;
    const mended = { ...matrix, rows: matrix.rows.map((cells, i) => cells.map((cell, j) => (i === row && j === column ? { ...cell, expr: right } : cell))) };
    const expected = expectedCells(mended);
    const fits = expected?.every((cells, i) => cells.every((cell, j) => cell === null || agrees(cell, mended.rows[i]?.[j]?.expr ?? null)));
    if (fits) return { row, column, expr: written, slips };
  }
  return null;
}

function agrees(expected: Expr, shown: Expr | null): boolean {
  return shown !== null && indexSlips(shown, expected)?.length === 0;
}

type Plain = { readonly [key: string]: unknown };

function isExpr(value: unknown): value is Expr {
  return typeof value === "object" && value !== null && "kind" in value;
}

/** A number or a letter without indices: what can stand for a bound. */
function isBound(expr: Expr): boolean {
  return (expr.kind === "number" && expr.denominator === 1) || (expr.kind === "symbol" && !expr.subscripts.length);
}

/** The entry across from `base`, whose row is that of `low` and whose column is that of `across`: what changes on the way to either changes. */
function predicted(base: Expr | null, across: Expr | null, low: Expr | null): Expr | null {
  if (!base || !across || !low) return null;
  let failed = false;
  const merge = (from: unknown, a: unknown, b: unknown, key: string): unknown => {
    if (key === "start" || key === "end" || key === "text") return from;
    if (isExpr(from) && isExpr(a) && isExpr(b) && [from, a, b].every(isBound)) {
      const [stays, other] = [same(from, a), same(from, b)];
      if (!stays && !other) failed = true;
      return stays ? b : a;
    }
    if (Array.isArray(from) && Array.isArray(a) && Array.isArray(b)) {
      if (from.length !== a.length || from.length !== b.length) failed = true;
      return from.map((item, i) => merge(item, a[i], b[i], ""));
    }
    if ([from, a, b].every((value) => typeof value === "object" && value !== null)) {
      return Object.fromEntries(Object.keys(from as Plain).map((name) => [name, merge((from as Plain)[name], (a as Plain)[name], (b as Plain)[name], name)]));
    }
    if (from !== a || from !== b) failed = true;
    return from;
  };
  const made = merge(base, across, low, "") as Expr;
  return failed ? null : made;
}

/** The indices in which two entries differ; null where they differ otherwise. */
export function indexSlips(written: Expr, right: Expr): IndexSlip[] | null {
  const slips: IndexSlip[] = [];
  let failed = false;
  const walk = (a: unknown, b: unknown, key: string): void => {
    if (key === "start" || key === "end" || key === "text") return;
    if (isExpr(a) && isExpr(b) && isBound(a) && isBound(b)) {
      if (!same(a, b)) slips.push({ start: a.start, end: a.end, right: b });
      return;
    }
    if (Array.isArray(a) && Array.isArray(b)) {
      if (a.length !== b.length) failed = true;
      a.forEach((item, i) => walk(item, b[i], ""));
      return;
    }
    if (typeof a === "object" && typeof b === "object" && a !== null && b !== null) {
      for (const name of new Set([...Object.keys(a), ...Object.keys(b)])) walk((a as Plain)[name], (b as Plain)[name], name);
      return;
    }
    if (a !== b) failed = true;
  };
  walk(written, right, "");
  return failed ? null : slips;
}
