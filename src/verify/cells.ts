/**
 * Displayed matrices, entry by entry: which are wrong, and what belongs there
 * where the others tell (entries that changed places) or a small edit does.
 */
import type { Expr, Place } from "../semantics/expression";
import type { Model } from "../semantics/model";
import type { MatrixExpr } from "../readings/matrices";
import type { Reading } from "../readings/reading";
import { attempt, type Attempt } from "./attempt";
import type { Claim } from "./claim";
import { contextOf } from "./repair";
import { variantsOf } from "./variants";

export interface WrongCell extends Place {
  /** One-based; in a matrix with dots from 0, or negative from the end. */
  readonly row: number;
  readonly column: number;
  /** What belongs there, as LaTeX; null where nothing is known to. */
  readonly right: string | null;
}

export interface WrongMatrix {
  readonly side: "left" | "right";
  readonly matrix: MatrixExpr;
  readonly cells: readonly WrongCell[];
}

/** The matrix that is displayed entry by entry on one side of a refuted claim, the right one first, and its wrong entries. */
export function wrongMatrix(made: Attempt, claim: Claim): WrongMatrix | null {
  if (made.outcome !== "compared" || made.comparison.status !== "different" || made.free.length || made.shape.length !== 2) return null;
  const columns = made.shape[1] as number;
  const { wrong } = made.comparison;
  for (const side of ["right", "left"] as const) {
    const matrix = displayed(claim[side]);
    if (!matrix) continue;
    const cells = wrong.flatMap((flag, at) => {
      const [row, column] = [Math.floor(at / columns), at % columns];
      const cell = matrix.rows[row]?.[column];
      return flag && cell ? [{ row: row + 1, column: column + 1, start: cell.start, end: cell.end, right: null }] : [];
    });
    return { side, matrix, cells };
  }
  return null;
}

function displayed(side: Expr): MatrixExpr | null {
  const body = side.kind === "labelled" ? side.body : side;
  return body.kind === "matrix" && !body.rows.some((row) => row.some((cell) => cell.dots)) ? body : null;
}

const most = 5;

/** The wrong entries with what belongs there, if all of them can be told. */
export function corrected(model: Model, claim: Claim, reading: Reading, wrong: WrongMatrix): readonly WrongCell[] | null {
  const { cells, matrix, side } = wrong;
  const source = model.document.formulas[claim.located.formula]?.source.text ?? "";
  const exprs = cells.map(({ row, column }) => matrix.rows[row - 1]?.[column - 1]?.expr ?? null);
  if (cells.length > most || exprs.some((expr) => expr === null)) return null;
  const stated = exprs as Expr[];
  const holds = (replaced: readonly Expr[]): boolean => {
    const whole = withMatrix(claim[side], matrix, withCells(matrix, cells, replaced));
    const tried = attempt(model, { ...claim, [side]: whole }, reading);
    return tried.outcome === "compared" && tried.comparison.status === "equal";
  };
  for (const order of derangements(cells.length)) {
    if (holds(order.map((from) => stated[from] as Expr))) return cells.map((cell, at) => ({ ...cell, right: source.slice(stated[order[at] as number]!.start, stated[order[at] as number]!.end) }));
  }
  const [only] = stated;
  const [cell] = cells;
  const right = only && cells.length === 1 ? edited(model, claim, only, (expr) => holds([expr])) : null;
  return cell && right ? [{ ...cell, right }] : null;
}

/** An entry after the smallest edit that makes it fit, as LaTeX. */
export function edited(model: Model, claim: Claim, expr: Expr, fits: (edited: Expr) => boolean): string | null {
  const context = contextOf(model, claim);
  const edit = variantsOf(expr, context).find((variant) => variant.cost <= 4 && fits(variant.expr));
  return edit ? context.source.slice(expr.start, edit.place.start) + edit.text + context.source.slice(edit.place.end, expr.end) : null;
}

function withCells(matrix: MatrixExpr, cells: readonly WrongCell[], exprs: readonly Expr[]): MatrixExpr {
  const rows = matrix.rows.map((row, i) =>
    row.map((own, j) => {
      const at = cells.findIndex(({ row: r, column: c }) => r === i + 1 && c === j + 1);
      return at < 0 ? own : { ...own, expr: exprs[at] as Expr };
    }),
  );
  return { ...matrix, rows };
}

function withMatrix(side: Expr, matrix: MatrixExpr, replaced: MatrixExpr): Expr {
  return side.kind === "labelled" && side.body === matrix ? { ...side, body: replaced } : replaced;
}

/** Orders of n things in which none stands where it stood. */
function* derangements(n: number, order: readonly number[] = []): Generator<readonly number[]> {
  if (order.length === n) {
    if (n > 1) yield order;
    return;
  }
  for (let next = 0; next < n; next++) if (next !== order.length && !order.includes(next)) yield* derangements(n, [...order, next]);
}

