/**
 * Norms, and what stands between bars: absolute values, sizes of sets and
 * determinants.
 */
import type { Place } from "../latex/types";
import type { Expr } from "../semantics/expression";
import { sizeKey } from "../semantics/symbols/sizes";
import { max as maximumTerm, nuclearNorm as nuclear, reshape as reshapeTerm, spectralNorm as spectral, sum, type Term } from "../tensor";
import { applyNamed } from "./functions";
import type { Lowering } from "./lower";
import { isVector, mapped, needSquare, perMatrix, totalOf } from "./operations";
import { raise } from "./powers";
import { sizeNumber } from "./symbols";
import { isScalar, type Value } from "./value";

export function lowerNorm(lowering: Lowering, expr: Expr & { kind: "norm" }): Value {
  const body = lowering.lower(expr.body);
  const which = expr.which;
  const name = nameOf(which);
  if (isScalar(body)) return mapped("abs", body);
  if (isDeterminant(lowering, which, body)) return mapped("abs", applyNamed(lowering, "det", [body], expr));
  const squared = squareOfNorm(lowering, expr);
  if (squared) return mapped("sqrt", squared);
  if (name === "2") return perMatrix(body, [], (term) => spectral(term), expr);
  if ((name === "1" || name === "infty") && isVector(lowering, body)) return ofEntries(body, name, expr);
  if (name === "1" || name === "infty") return lowering.reading.norms === "entries" ? ofEntries(body, name, expr) : induced(body, name === "1" ? 0 : 1, expr);
  if (name === "max") return ofEntries(body, "infty", expr);
  if (name === "*" || name === "ast" || name === "star" || name === "nuc") return perMatrix(body, [], (term) => nuclear(term), expr);
  // `\|x\|_p` is (Σ|xᵢ|ᵖ)^(1/p).
  if (which && isVector(lowering, body) && isExponent(which)) return powerNorm(lowering, body, which, expr);
  return lowering.fail("unsupported", "a norm that is not known", expr);
}

/** Whether the text says that double bars are the absolute value of a determinant. */
function isDeterminant({ algebra, model }: Lowering, which: Expr | null, { shape: [rows, columns, ...more] }: Value): boolean {
  return which === null && model.facts.some(({ kind }) => kind === "determinantBars") && rows !== undefined && columns !== undefined && !more.length && !algebra.isOne(rows) && algebra.same(rows, columns);
}

/** The square of a norm that is a root: no root squared, which is not smooth at zero. */
export function squareOfNorm(lowering: Lowering, expr: Expr & { kind: "norm" }): Value | null {
  const body = lowering.lower(expr.body);
  const { which } = expr;
  if (isScalar(body) || isDeterminant(lowering, which, body)) return null;
  if (which === null || euclidean.has(nameOf(which))) return nameOf(which) === "2" && lowering.reading.norms === "induced" && !isVector(lowering, body) ? null : totalOf(lowering.algebra.hadamard(body, body, expr, "rows"));
  if (!isVector(lowering, body) || ["1", "infty", "max", "*", "ast", "star", "nuc"].includes(nameOf(which)) || isExponent(which)) return null;
  // `\|x\|_A^2` is xᵀAx.
  const weight = lowering.lower(which);
  return weight.shape.length === 2 ? lowering.algebra.multiply(lowering.algebra.multiply(lowering.algebra.transpose(body), weight, expr), body, expr) : null;
}

const euclidean = new Set(["2", "F", "Fro", "mathrmF"]);

function nameOf(which: Expr | null): string {
  if (which === null) return "";
  return which.kind === "number" ? String(which.numerator) : which.kind === "symbol" ? which.name : "?";
}

/** The p of a p-norm. */
function isExponent(which: Expr): boolean {
  return which.kind === "number" || (which.kind === "symbol" && /^[pqr]$/.test(which.name));
}

/** The sum, or the largest, of the absolute values of all entries. */
function ofEntries(body: Value, name: string, place: Place): Value {
  return name === "1" ? totalOf(mapped("abs", body)) : perMatrix(mapped("abs", body), [], (term) => maximum(term), place);
}

/** The largest sum of absolute values along an axis: of a column (0) or of a row (1). */
function induced(body: Value, axis: 0 | 1, place: Place): Value {
  return perMatrix(mapped("abs", body), [], (term) => maximumTerm(sum(term, [axis]), 0), place);
}

function powerNorm(lowering: Lowering, body: Value, p: Expr, place: Place): Value {
  const reciprocal: Expr = { kind: "quotient", numerator: { kind: "number", numerator: 1, denominator: 1, start: place.start, end: place.end }, denominator: p, elementwise: false, start: place.start, end: place.end };
  const total = totalOf(raise(lowering, mapped("abs", body), p, true, place));
  return raise(lowering, total, reciprocal, true, place);
}

export function lowerBars(lowering: Lowering, expr: Expr & { kind: "bars" }): Value {
  const key = sizeKey(expr);
  if (key && lowering.model.table.sizeNames.has(key)) return sizeNumber(key);
  const body = lowering.lower(expr.body);
  if (isScalar(body) || lowering.reading.bars === "entries") return mapped("abs", body);
  if (body.shape.length === 2 && !isVector(lowering, body)) {
    needSquare(lowering, body, expr, "a determinant");
    return applyNamed(lowering, "det", [body], expr);
  }
  return mapped("sqrt", totalOf(lowering.algebra.hadamard(body, body, expr, "rows")));
}

function maximum(term: Term): Term {
  return maximumTerm(reshapeTerm(term, [term.shape.reduce((all, n) => all * n, 1)]), 0);
}
