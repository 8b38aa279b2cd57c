/** `\mathbf{1}` where it is no column of ones but the identity, as physicists write it. */
import { childrenOf, type Expr, occurs } from "../semantics/expression";
import type { Model } from "../semantics/model";

/** Nobody transposes the identity: where a bold 1 is transposed somewhere, each of them is a column. */
export function transposesOnes({ located }: Model): boolean {
  return located.some(({ assertion }) => assertion.sides.some(hasTransposedOne));
}

function hasTransposedOne(expr: Expr): boolean {
  return occurs("transpose", expr) && ((expr.kind === "transpose" && isBoldOne(expr.base)) || childrenOf(expr).some(hasTransposedOne));
}

function isBoldOne(expr: Expr): boolean {
  return expr.kind === "symbol" && expr.name === "1" && expr.font !== "" && !expr.subscripts.length;
}

/** The expression with the identity for each bold 1 that is a term or a factor of it; itself where there is none. */
export function onesAsIdentity(expr: Expr): Expr {
  switch (expr.kind) {
    case "symbol":
      return isBoldOne(expr) ? { ...expr, name: "I" } : expr;
    case "product":
      return changed(expr, expr.factors, expr.factors.map(onesAsIdentity), (factors) => ({ ...expr, factors }));
    case "sum": {
      const terms = expr.terms.map((term) => term.expr);
      return changed(expr, terms, terms.map(onesAsIdentity), (next) => ({ ...expr, terms: expr.terms.map((term, i) => ({ ...term, expr: next[i] as Expr })) }));
    }
    default:
      return expr;
  }
}

function changed(expr: Expr, before: readonly Expr[], after: readonly Expr[], make: (parts: readonly Expr[]) => Expr): Expr {
  return before.every((part, i) => part === after[i]) ? expr : make(after);
}
