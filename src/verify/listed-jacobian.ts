/**
 * The Jacobian as the table of the derivatives that it consists of:
 * `\frac{\partial f}{\partial x} = \begin{bmatrix} \frac{\partial f_1}{\partial x_1} & \cdots & \frac{\partial f_1}{\partial x_n} \\ … \end{bmatrix}`
 * holds of every f, whatever the text says of it, where the rows run over the
 * entries of f and the columns over those of x, as far as these are declared.
 */
import type { Lowering } from "../readings/lower";
import { mapped } from "../readings/operations";
import type { Reading } from "../readings/reading";
import type { Value } from "../readings/value";
import type { Expr, SymbolExpr } from "../semantics/expression";
import type { Model } from "../semantics/model";
import { attempt } from "./attempt";
import type { Claim } from "./claim";
import type { Conclusion } from "./conclusion";
import { holds } from "./outcomes";

export function listedJacobian(model: Model, claim: Claim, home: Reading): Conclusion | null {
  const { left, right, located } = claim;
  if (left.kind !== "derivative" || left.notation !== "fraction" || left.order !== 1 || left.along || right.kind !== "matrix") return null;
  const [of, by] = [left.of, left.wrt[0]].map(wholeOf);
  const [rows, columns] = of && by ? labelsOf(right, of, by) : [];
  if (!of || !by || !rows || !columns) return null;
  const fits = (symbol: SymbolExpr, label: string): boolean => {
    const shape = model.table.resolve(symbol, located)?.entity.shape;
    return !shape || (shape.length === 2 && shape[1] === "1" && shape[0] === label);
  };
  if (!fits(of, rows) || !fits(by, columns)) return null;
  const proof = attempt(model, claim, home, { build: generalEntry });
  return holds(proof) ? { verdict: "verified", attempt: proof, reading: home, assumptions: [] } : null;
}

function wholeOf(expr: Expr | undefined): SymbolExpr | null {
  const whole = expr?.kind === "transpose" ? expr.base : expr?.kind === "apply" && !expr.primes ? expr.fn : expr;
  return whole?.kind === "symbol" && !whole.subscripts.length ? whole : null;
}

/** The last labels of the rows and of the columns; none where an entry is not that of its place. */
function labelsOf(matrix: Expr & { kind: "matrix" }, of: SymbolExpr, by: SymbolExpr): [string?, string?] {
  const isDotted = matrix.rows.length > 2 && matrix.rows.every((row) => row.length === matrix.rows[0]?.length && row.length > 2) && matrix.rows.some((row) => row.some(({ dots }) => dots));
  if (!isDotted) return [];
  const [rows, columns] = [new Map<number, string>(), new Map<number, string>()];
  for (const [i, row] of matrix.rows.entries())
    for (const [j, { expr, dots }] of row.entries()) {
      if (dots || expr === null) continue;
      const [above, below] = expr.kind === "derivative" && expr.order === 1 ? [indexOf(expr.of, of), indexOf(expr.wrt[0], by)] : [];
      if (!above || !below || (rows.get(i) ?? above) !== above || (columns.get(j) ?? below) !== below) return [];
      rows.set(i, above);
      columns.set(j, below);
    }
  return [lastOf(rows, matrix.rows.length), lastOf(columns, matrix.rows[0]?.length ?? 0)];
}

/** The one index of an entry of a letter, in whatever font. */
function indexOf(expr: Expr | undefined, whole: SymbolExpr): string | null {
  const entry = expr?.kind === "apply" && !expr.primes ? expr.fn : expr;
  return entry?.kind === "symbol" && entry.name === whole.name && entry.subscripts.length === 1 ? (entry.subscripts[0]?.text ?? null) : null;
}

/** Labels go 1, 2, … up to the last, which differs from all others. */
function lastOf(labels: ReadonlyMap<number, string>, count: number): string | undefined {
  const last = labels.get(count - 1);
  const [first, ...others] = [...labels].filter(([at]) => at < count - 1).map(([at, label]) => label === String(at + 1));
  return first && others.every(Boolean) && last !== undefined && ![...labels].some(([at, label]) => at < count - 1 && label === last) ? last : undefined;
}

/** The derivative of the entry of each row by that of each column, on both sides. */
function generalEntry(lowering: Lowering): { left: Value; right: Value } {
  const [above, below] = ["⟨f⟩", "⟨x⟩"].map((name) => lowering.variableOf(name, [], null, name)) as [Value, Value];
  const entry = lowering.algebra.scale(above, mapped("reciprocal", below));
  return { left: entry, right: entry };
}
