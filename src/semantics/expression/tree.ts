/** Expressions as trees: what their parts are, and how the plain ones are made. */
import type { Place } from "../../latex/types";
import type { Cell, Expr, ProductOperator, SymbolExpr } from "./types";

/** `X^{-1}` */
export function isInverse(expr: Expr): expr is Expr & { kind: "power" } {
  if (expr.kind !== "power") return false;
  const [only, ...more] = expr.exponent.kind === "sum" ? expr.exponent.terms : [{ sign: 1, expr: expr.exponent }];
  return only?.expr.kind === "number" && !more.length && only.sign * only.expr.numerator === -only.expr.denominator;
}

/** The direct parts of an expression, subscripts not counted. */
export function childrenOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case "number":
    case "symbol":
    case "dots":
    case "opaque":
      return [];
    case "sum":
      return expr.terms.map((term) => term.expr);
    case "product":
      return expr.factors;
    case "quotient":
      return [expr.numerator, expr.denominator];
    case "power":
      return [expr.base, expr.exponent];
    case "transpose":
    case "pseudoInverse":
    case "root":
    case "entry":
      return [expr.base];
    case "apply":
      return expr.args;
    case "big":
      return [expr.body, ...expr.conditions, ...expr.indices.flatMap((index) => [index.from, index.to].filter((bound): bound is Expr => bound !== null))];
    case "integral":
      return [expr.body, ...[expr.from, expr.to].filter((bound): bound is Expr => bound !== null)];
    case "norm":
    case "bars":
      return [expr.body];
    case "statistic":
      return expr.over ? [expr.body, expr.over] : [expr.body];
    case "derivative":
      return [expr.of, ...expr.wrt, ...(expr.along ?? [])];
    case "differential":
      return [expr.of];
    case "matrix":
      return expr.rows.flatMap((row) => row.flatMap((cell) => (cell.expr ? [cell.expr] : [])));
    case "cases":
      return expr.branches.flatMap((branch) => [branch.value, ...(branch.condition?.sides ?? [])]);
    case "inner":
      return [expr.left, expr.right];
    case "indicator":
      return expr.condition.sides;
    case "labelled":
      return [expr.body, expr.label];
    case "at":
      return [expr.body, ...expr.where.flatMap((relation) => relation.sides)];
    case "tuple":
      return expr.items;
  }
}

/** A matrix, a list as the column that it stands for, or the transpose of either, as rows of cells; null for anything else. */
export function displayOf(expr: Expr): (Expr & { kind: "matrix" }) | null {
  if (expr.kind === "labelled") return displayOf(expr.body);
  if (expr.kind === "matrix") return expr;
  if (expr.kind === "tuple" && expr.items.length > 1) return columnOf(expr.items, expr);
  if (expr.kind !== "transpose") return null;
  if (expr.base.kind === "tuple") return displayOf(expr.base);
  if (expr.base.kind !== "matrix") return null;
  const { rows } = expr.base;
  const width = Math.max(0, ...rows.map((row) => row.length));
  if (rows.some((row) => row.length !== width)) return null;
  return { ...expr.base, rows: Array.from({ length: width }, (_, j) => rows.map((row) => row[j] as Cell)), start: expr.start, end: expr.end };
}

/** A list as a column. */
export function columnOf(items: readonly Expr[], { start, end }: Place): Expr & { kind: "matrix" } {
  return { kind: "matrix", rows: items.map((item) => [{ expr: item.kind === "dots" ? null : item, dots: item.kind === "dots", start: item.start, end: item.end }]), delimiter: "(", start, end };
}

export function plainSymbol(name: string, font: string, place: Place, accents: readonly string[]): SymbolExpr {
  return { kind: "symbol", name, font, accents, subscripts: [], tags: [], primes: 0, start: place.start, end: place.end };
}

/** A product of factors; one factor is itself, nested plain products are joined. */
export function productOf(factors: readonly Expr[], operators: readonly ProductOperator[]): Expr {
  const [first] = factors;
  if (factors.length === 1 && first) return first;
  return { kind: "product", factors, operators, start: first?.start ?? 0, end: factors[factors.length - 1]?.end ?? 0 };
}

export function numberOf(text: string, place: Place): Expr {
  const plain = text.replace(/[^\d.]/g, "");
  const [whole = "", fraction = ""] = plain.split(".");
  const digits = fraction.slice(0, 12);
  const denominator = 10 ** digits.length;
  const numerator = Number(whole || "0") * denominator + Number(digits || "0");
  if (!Number.isSafeInteger(numerator) || !plain) return { kind: "opaque", why: "a number that is too large", start: place.start, end: place.end };
  return { kind: "number", numerator, denominator, start: place.start, end: place.end };
}

/** Whether a derivative or a differential is part of an expression. */
export function hasRate(expr: Expr): boolean {
  return expr.kind === "derivative" || expr.kind === "differential" || childrenOf(expr).some(hasRate);
}
