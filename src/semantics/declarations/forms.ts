/** What the form of an expression tells of its value, before anything is known of its letters. */
import { type Expr, symbolsIn, wordOf } from "../expression";
import { weight } from "../symbols/key";

/** A number whatever its letters are: a norm, a trace, `x^\top P x`, and sums, multiples and quotients of such. */
export function isForm(expr: Expr): boolean {
  if (expr.kind === "norm" || (expr.kind === "apply" && ["trace", "det"].includes(wordOf(expr.fn.name)?.fn ?? ""))) return true;
  if (expr.kind === "power") return isForm(expr.base);
  if (expr.kind === "quotient") return isForm(expr.numerator);
  if (expr.kind === "sum") return expr.terms.every((term) => isForm(term.expr));
  if (expr.kind !== "product") return false;
  const row = expr.factors.findIndex((factor) => factor.kind === "transpose" && isSmall(factor.base));
  const last = expr.factors[expr.factors.length - 1] as Expr;
  return (row >= 0 && row < expr.factors.length - 1 && last.kind !== "transpose" && isSmall(last)) || expr.factors.every((factor) => factor.kind === "number" || isForm(factor));
}

/** Whether an expression is written in small letters, as vectors are. */
function isSmall(expr: Expr): boolean {
  return symbolsIn(expr, false).every(({ name }) => /^[a-z]/.test(name));
}

/** A number by its form, or made of small plain letters alone, as numbers are where nothing says otherwise. */
export function isNumberForm(expr: Expr): boolean {
  if (isForm(expr)) return true;
  switch (expr.kind) {
    case "number":
      return true;
    case "symbol":
      return weight(expr.font) === "" && /^[a-z]/.test(expr.name) && !expr.subscripts.length;
    case "sum":
      return expr.terms.every((term) => isNumberForm(term.expr));
    case "product":
      return expr.factors.every(isNumberForm);
    case "quotient":
      return isNumberForm(expr.numerator) && isNumberForm(expr.denominator);
    case "power":
      return isNumberForm(expr.base) && isNumberForm(expr.exponent);
    case "root":
      return isNumberForm(expr.base);
    case "apply":
      return !expr.primes && expr.args.length > 0 && expr.args.every(isNumberForm) && !["softmax"].includes(wordOf(expr.fn.name)?.fn ?? "");
    default:
      return false;
  }
}
