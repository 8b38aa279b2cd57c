/** `\nabla_w \frac12\|Xw - y\|^2 + \lambda\|w\|^2 = \dots`: an operator before a sum without brackets may be meant of all its terms. */
import { derivativesIn, type Expr } from "../semantics/expression";

export function overTheSum(expr: Expr): Expr {
  const [first, ...rest] = expr.kind === "sum" ? expr.terms : [];
  if (expr.kind !== "sum" || first?.expr.kind !== "derivative" || first.sign !== 1 || !rest.length || rest.some((term) => derivativesIn(term.expr).length > 0)) return expr;
  const { notation, of, wrt } = first.expr;
  const isOpen = notation === "operator" || (notation === "nabla" && of.kind !== "symbol" && of.kind !== "apply");
  if (!isOpen || !wrt.length) return expr;
  return { ...first.expr, of: { ...expr, terms: [{ ...first, expr: of }, ...rest], start: of.start }, end: expr.end };
}
