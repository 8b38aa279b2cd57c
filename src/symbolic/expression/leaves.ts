/** Symbols, numbers and other expressions without parts, and what shapes are called. */
import { coefficients, ratio, UNIT, type Coefficient, type Dim, type Ratio, type WrittenNumber } from "../sizes";
import { isLetter, type Expression, type ExpressionOf, type Index, type Letter } from "./types";

export function isNumber(e: Expression): boolean {
  return e.rows === UNIT && e.columns === UNIT;
}

export function isColumn(e: Expression): boolean {
  return e.rows !== UNIT && e.columns === UNIT;
}

export function isRow(e: Expression): boolean {
  return e.rows === UNIT && e.columns !== UNIT;
}

export function cheaper(...all: readonly Expression[]): Expression {
  return all.reduce((best, e) => (e.cost < best.cost - 1e-9 ? e : best));
}

export function symbol(parts: Pick<ExpressionOf<"symbol">, "name" | "latex" | "shape" | "terms" | "indices" | "symmetric">): Expression {
  const [rows, columns] = matrixShape(parts.shape.slice(parts.indices.length));
  const cost = parts.latex.includes("\\frac") ? 1.2 : 1;
  return { kind: "symbol", ...parts, rows, columns, cost: cost + 0.2 * parts.indices.length };
}

function matrixShape(shape: readonly Dim[]): [Dim, Dim] {
  return [shape[0] ?? UNIT, shape[1] ?? UNIT];
}

export function numberOf(value: Coefficient, written: WrittenNumber): Expression {
  const plain = coefficients.isOne(value) ? 0 : 0.5;
  return { kind: "number", value, written, rows: UNIT, columns: UNIT, cost: plain + (written.powers.length ? 0.3 * written.powers.length : 0) };
}

/** A rational number, the same in both trials. */
export function rational(r: Ratio): Expression {
  return numberOf([r, r], { ratio: r, powers: [] });
}

/** The matrix of zeros. */
export function zero(rows: Dim, columns: Dim): Expression {
  const none: Ratio = ratio(0);
  return { kind: "number", value: [none, none], written: { ratio: none, powers: [] }, rows, columns, cost: 0.5 };
}

export function ones(rows: Dim): Expression {
  return { kind: "ones", rows, columns: UNIT, cost: 0.6 };
}

export function identity(rows: Dim): Expression {
  return { kind: "identity", rows, columns: rows, cost: 1 };
}

export function commutation(p: Dim, q: Dim, size: Dim): Expression {
  return { kind: "commutation", shape: [p, q], rows: size, columns: size, cost: 1.4 };
}

export function unit(index: Index, rows: Dim): Expression {
  return { kind: "unit", index, rows, columns: UNIT, cost: 1.2 };
}

export function delta(one: Letter, other: Index): Expression {
  const [first, second] = isLetter(other) && other.id < one.id ? [other, one] : [one, other];
  return { kind: "delta", first, second, rows: UNIT, columns: UNIT, cost: 1 };
}
