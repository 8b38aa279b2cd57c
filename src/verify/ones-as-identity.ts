/** `\mathbf{1}` where it is no column of ones but the identity, as physicists write it. */
import type { Expr } from "../semantics/expression";

/** The expression with the identity for each bold 1 that is a term or a factor of it; itself where there is none. */
export function onesAsIdentity(expr: Expr): Expr {
  switch (expr.kind) {
    case "symbol":
      return expr.name === "1" && expr.font !== "" && !expr.subscripts.length ? { ...expr, name: "I" } : expr;
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
