/** Letters and products of letters, as their form alone tells what they are. */
import { type Expr, isInverse, type SymbolExpr } from "../../semantics/expression";
import type { Model } from "../../semantics/model";
import { baseKey, weight } from "../../semantics/symbols/key";

/** Capitals that are counts, losses or constants as often as matrices: they need evidence. */
export const countLike = new Set(["N", "T", "K", "M", "D", "C", "L", "J", "E", "R", "P"]);

const capitalGreek = new Set(["Sigma", "Lambda", "Omega", "Phi", "Psi", "Theta", "Gamma", "Pi", "Xi"]);

export function capitalOf(symbol: SymbolExpr): SymbolExpr {
  return { ...symbol, name: symbol.name.toUpperCase() };
}

/** A letter and its weight: x and **x** may be a number and a vector side by side. */
export function weighted(symbol: SymbolExpr): string {
  return `${weight(symbol.font)} ${baseKey(symbol)}`;
}

/** A matrix by declaration, or a capital that nothing declares and that is no count. */
export function isMatrix(expr: Expr, model: Model): boolean {
  const base = expr.kind === "transpose" ? expr.base : expr;
  if (base.kind !== "symbol") return false;
  if (model.table.withKey(baseKey(base)).length) return isDeclaredMatrix(base, model);
  return isCapital(base) && (weight(base.font) === "b" || !countLike.has(base.name));
}

export function isDeclaredMatrix(expr: Expr, model: Model): boolean {
  return expr.kind === "symbol" && model.table.withKey(baseKey(expr)).some((entity) => entity.shape?.length === 2 && !entity.shape.includes("1"));
}

export function isCapital(symbol: SymbolExpr): boolean {
  return /^[A-Z]$/.test(symbol.name) || capitalGreek.has(symbol.name);
}

/** `w^\top`, `\nabla f(x)^\top`. */
export function isSmallRow(expr: Expr | undefined): boolean {
  return expr?.kind === "transpose" && ((expr.base.kind === "symbol" && /^[a-z]/.test(expr.base.name)) || (expr.base.kind === "derivative" && expr.base.notation === "nabla"));
}

/** `A`, `A^\top`, `A^{-1}` */
export function isCapitalMatrix(expr: Expr): boolean {
  return expr.kind === "transpose" || isInverse(expr) ? isCapitalMatrix(expr.base) : expr.kind === "symbol" && isCapital(expr);
}

/** `WX`, `XW^\top` */
export function isMatrixProduct(expr: Expr): boolean {
  return expr.kind === "product" && expr.factors.map((factor) => (factor.kind === "transpose" ? factor.base : factor)).every((base) => base.kind === "symbol" && isCapital(base));
}

/** `Wx` for `W^\top x`. */
export function untransposed(expr: Expr): Expr {
  const [first, ...rest] = expr.kind === "product" ? expr.factors : [];
  return expr.kind === "product" && first?.kind === "transpose" ? { ...expr, factors: [first.base, ...rest] } : expr;
}

export function isSmallLetter(expr: Expr): boolean {
  return expr.kind === "symbol" && /^[a-z]/.test(expr.name) && !expr.subscripts.length && !expr.tags.length;
}

export function isBias({ sign, expr }: { readonly sign: 1 | -1; readonly expr: Expr }): boolean {
  return sign === 1 && expr.kind === "symbol" && /^[a-z]$/.test(expr.name);
}

export function isMatrixTimesVector(expr: Expr): expr is Expr & { kind: "product" } {
  if (expr.kind !== "product" || expr.operators.some((operator) => operator !== "")) return false;
  const [matrix, vector] = expr.factors;
  return expr.factors.length === 2 && matrix?.kind === "symbol" && /^[A-Z]$/.test(matrix.name) && vector?.kind === "symbol" && /^([a-z]|alpha|beta|theta)$/.test(vector.name);
}

/** `hW` */
export function isRowTimesMatrix(expr: Expr): boolean {
  return expr.kind === "product" && isMatrixTimesVector({ ...expr, factors: [...expr.factors].reverse() });
}

export function isMatrixTimesMatrix(expr: Expr): expr is Expr & { kind: "product" } {
  return expr.kind === "product" && expr.operators.every((operator) => operator === "") && expr.factors.length === 2 && expr.factors.every((factor) => factor.kind === "symbol" && /^[A-Z]$/.test(factor.name));
}
