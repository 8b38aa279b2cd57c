/** Letters that are added to what a matrix maps. */
import { childrenOf, type Expr, type SymbolExpr, wordOf } from "../../semantics/expression";
import { isBias, isMatrixProduct, isMatrixTimesVector, isRowTimesMatrix, isSmallLetter, untransposed } from "./letters";

/** b and x of `Wx + b`, h and x of `Wh + Ux`: a capital's product with a letter beside a bias, which has an entry for each row, or beside another; b of `hW + b` where vectors are rows. */
export function biasesIn(expr: Expr, ofRows: boolean): SymbolExpr[] {
  const inside = [...childrenOf(expr).flatMap((child) => biasesIn(child, ofRows)), ...besideTransposed(expr)];
  if (expr.kind !== "sum") return inside;
  if (expr.terms.some((term) => isMatrixProduct(term.expr))) inside.push(...expr.terms.flatMap((term) => repeatedBias(term.expr)), ...besideProducts(expr, isMatrixProduct));
  const vectors = expr.terms.flatMap((term) => {
    const map = untransposed(term.expr);
    return isMatrixTimesVector(map) ? [map.factors[1] as SymbolExpr] : [];
  });
  if (!vectors.length && !(ofRows && expr.terms.some((term) => isRowTimesMatrix(term.expr)))) return inside;
  const biases = expr.terms.flatMap((term) => (isBias(term) ? [term.expr as SymbolExpr] : []));
  return [...biases, ...(biases.length + vectors.length > 1 ? vectors : []), ...inside];
}

/** b of `XW + b` and `WX + b`, which is added to each row or each column. */
export function besideProducts(expr: Expr, isProduct: (product: Expr) => boolean): SymbolExpr[] {
  if (expr.kind !== "sum" || !expr.terms.some((term) => isProduct(term.expr))) return childrenOf(expr).flatMap((child) => besideProducts(child, isProduct));
  return expr.terms.flatMap((term) => (isBias(term) ? [term.expr as SymbolExpr] : []));
}

/** `XW`, `A_1 W_2^\top`: the weights last. */
export function isRowsTimesWeights(expr: Expr): boolean {
  const last = isMatrixProduct(expr) && expr.kind === "product" ? expr.factors[expr.factors.length - 1] : undefined;
  const base = last?.kind === "transpose" ? last.base : last;
  return base?.kind === "symbol" && /^(W|U|V|Theta)$/.test(base.name);
}

/** b of `db = \operatorname{rowsum}(dZ)` */
export function summedIn([left, ...sides]: readonly Expr[]): SymbolExpr[] {
  const by = left?.kind === "differential" ? left.of : left?.kind === "derivative" ? left.wrt[0] : undefined;
  const sums = (expr: Expr): boolean => (expr.kind === "apply" && ["rowSums", "columnSums"].includes(wordOf(expr.fn.name)?.fn ?? "")) || childrenOf(expr).some(sums);
  return by?.kind === "symbol" && /^[a-z]$/.test(by.name) && sides.some(sums) ? [by] : [];
}

/** b in `b \mathbf{1}^\top` and `\mathbf{1} b^\top`, which stand beside a matrix. */
function repeatedBias(expr: Expr): SymbolExpr[] {
  const [column, row] = expr.kind === "product" && expr.factors.length === 2 ? expr.factors : [];
  if (column?.kind !== "symbol" || row?.kind !== "transpose" || row.base.kind !== "symbol") return [];
  return [column, row.base].some(({ name }) => name === "1") ? [column, row.base].filter(({ name }) => /^[a-z]/.test(name)) : [];
}

/** x of `w^\top x`. */
function besideTransposed(expr: Expr): SymbolExpr[] {
  if (expr.kind !== "product") return [];
  return expr.factors.filter((factor, i): factor is SymbolExpr => {
    const before = expr.factors[i - 1];
    return isSmallLetter(factor) && before?.kind === "transpose" && isSmallLetter(before.base) && expr.operators[i - 1] === "";
  });
}
