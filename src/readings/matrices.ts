/**
 * Explicit matrices: entries that are numbers are stacked, entries that are
 * matrices make blocks. Those with dots are in `dotted`.
 */
import type { Place } from "../latex/types";
import { columnOf, type Expr } from "../semantics/expression";
import { inOrder } from "../semantics/symbols/sizes";
import { block, constant, permute, reshape, stack, type Term } from "../tensor";
import { lowerDotted } from "./dotted";
import { commutator } from "./commutator";
import type { Lowering } from "./lower";
import { isVector, plus } from "./operations";
import { isScalar, literal, mergeAxes, termOf, type Value } from "./value";

export type MatrixExpr = Expr & { kind: "matrix" };

export function lowerMatrix(lowering: Lowering, expr: MatrixExpr): Value {
  if (expr.rows.some((row) => row.some((cell) => cell.dots))) return lowerDotted(lowering, expr);
  const columns = Math.max(...expr.rows.map((row) => row.length), 0);
  if (!columns || expr.rows.some((row) => row.length !== columns)) return lowering.fail("unsupported", "rows of different lengths", expr);
  return assembled(lowering, expr.rows.map((row) => row.map((cell) => (cell.expr ? lowering.lower(cell.expr) : literal(0)))), expr);
}

/** Rows of as many numbers or blocks each. */
export function assembled(lowering: Lowering, cells: readonly (readonly Value[])[], place: Expr): Value {
  if (cells.every((row) => row.every((cell) => isScalar(cell)))) return stacked(lowering, cells);
  return blocks(lowering, cells, place);
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

/** Moves the first `count` axes behind the others. */
function permuteLast(term: Term, count: number): Term {
  const axes = [...term.shape.keys()];
  return permute(term, [...axes.slice(count), ...axes.slice(0, count)]);
}

export function blocks(lowering: Lowering, cells: readonly (readonly Value[])[], place: Expr): Value {
  const { classes } = lowering;
  // `\pmatrix{A}_{ij}`: brackets around one array.
  const [only, ...others] = cells.flat();
  if (only && !others.length) return only;
  if (cells.flat().some(({ free }) => free.length)) return lowering.fail("unsupported", "blocks with an index", place);
  const heights = cells.map((row) => row.find((cell) => cell.shape.length === 2)?.shape[0] ?? "1");
  const widths = (cells[0] ?? []).map((_, j) => cells.map((row) => row[j] as Value).find((cell) => cell.shape.length === 2)?.shape[1] ?? "1");
  const filled = cells.map((row, i) =>
    row.map((cell, j) => {
      const shape = [heights[i] as string, widths[j] as string];
      if (isScalar(cell)) return lowering.algebra.spread(cell, shape);
      if (cell.shape.length !== 2 || !classes.unify(cell.shape[0] as string, shape[0] as string) || !classes.unify(cell.shape[1] as string, shape[1] as string)) return lowering.fail("shape", "blocks that do not fit", place);
      return cell;
    }),
  );
  const total = (keys: readonly string[]): string => {
    const known = keys.map((key) => classes.find(key));
    if (known.every((key) => /^\d+$/.test(key))) return String(known.reduce((all, key) => all + Number(key), 0));
    if (keys.length === 1) return keys[0] as string;
    return new Set(known).size === 1 && /^\w+$/.test(known[0] as string) ? `${known.length}*${known[0]}` : inOrder(known).join("+");
  };
  return { free: [], shape: [total(heights), total(widths)], make: (env) => block(filled.map((row) => row.map((cell) => termOf(cell, env)))) };
}

/** How a list is written: `turned`, transposed, and so a column in every reading; its members above or beside one another. */
interface Written {
  readonly turned?: boolean;
  readonly placed?: "above" | "beside" | undefined;
}

export function lowerTuple(lowering: Lowering, items: readonly Expr[], place: Place, { turned = false, placed }: Written = {}): Value {
  const list = (): Value => {
    const column = columnOf(items, place);
    // Columns stand side by side, however numbers are listed.
    const isOfColumns = items.some((item) => item.kind === "dots") && isVector(lowering, lowering.lower(items[0] as Expr));
    if (isOfColumns && !isNamedByCapital(lowering, items)) return lowering.fail("unsupported", "dots between arrays", place);
    return lowerMatrix(lowering, (turned || placed === "above" || lowering.reading.listed === "columns") && !isOfColumns ? column : { ...column, rows: [column.rows.flat()] });
  };
  if (items.some((item) => item.kind === "dots")) return list();
  const values = items.map((item) => lowering.lower(item));
  if (placed === "beside") return assembled(lowering, [values], columnOf(items, place));
  const rows = values.map((value) => (value.shape.length === 2 ? lowering.algebra.transpose(value) : value));
  const column = concatenated(lowering, values, placed === "above");
  if (column) return column;
  const row = concatenated(lowering, rows, true);
  if (row) return lowering.algebra.transpose(row);
  const [first, second] = values;
  const bracket = first && second && values.length === 2 && !values.some(isScalar) ? commutator(lowering, [first, second], place) : null;
  if (bracket) return bracket;
  // `[H_1, H_2]` of matrices: side by side.
  if (values.every((value) => value.shape.length === 2 && !isVector(lowering, value))) return blocks(lowering, [values], columnOf(items, place));
  if (!values.every(isScalar)) return lowering.fail("unsupported", "a list of arrays", place);
  return list();
}

/** `X = (x_1, \dots, x_n)^\top`; `\theta = (\theta_1, \dots, \theta_n)` may be one column of all. */
function isNamedByCapital({ model }: Lowering, items: readonly Expr[]): boolean {
  const isList = (side: Expr): boolean => (side.kind === "transpose" ? isList(side.base) : side.kind === "tuple" && side.items === items);
  return model.located.some(({ assertion: { sides } }) => sides.some(isList) && sides.some((side) => side.kind === "symbol" && /^[A-Z]$/.test(side.name)));
}

/**
 * `[h_{t-1}, x_t]` of columns whose lengths differ, `[h; x]` of any and `[x; 1]`:
 * one above the other (or rows side by side), Σᵢ Eᵢ vᵢ with the columns Eᵢ of the identity that each
 * takes, so that members of families keep their indices. Columns of one length
 * with a comma between them may be a matrix.
 */
function concatenated(lowering: Lowering, values: readonly Value[], above: boolean): Value | null {
  const { algebra, classes } = lowering;
  const isColumn = ({ shape }: Value): boolean => shape.length === 2 && algebra.isOne(shape[1] as string) && !algebra.isOne(shape[0] as string);
  if (!values.some(isColumn) || !values.every((value) => isColumn(value) || (above && isScalar(value)))) return null;
  const lengths = values.map((value) => (isColumn(value) ? classes.find(value.shape[0] as string) : "1"));
  if (lengths.some((length) => !/^\w+$/.test(length)) || (!above && new Set(lengths).size < lengths.length)) return null;
  const total = lengths.every((length) => length === lengths[0]) ? `${lengths.length}*${lengths[0]}` : inOrder(lengths).join("+");
  const placed = values.map((value, i): Value => {
    const before = lengths.slice(0, i);
    const columns: Value = { free: [], shape: [total, lengths[i] as string], make: (env) => columnsOfIdentity(env.size(total), before.reduce((sum, length) => sum + env.size(length), 0), env.size(lengths[i] as string)) };
    const column = isScalar(value) ? algebra.spread(value, ["1", "1"]) : value;
    return algebra.contractValues([columns, column], [["p", "q"], ["q", "r"]], ["p", "r"], [total, "1"]);
  });
  return placed.reduce((a, b) => plus(lowering, a, b, { start: 0, end: 0 }));
}

function columnsOfIdentity(rows: number, from: number, count: number): Term {
  return constant([rows, count], Array.from({ length: rows * count }, (_, k) => (Math.floor(k / count) === from + (k % count) ? 1 : 0)));
}
