/**
 * `dW = \frac{1}{m} dZ\, A^\top`: many call the slope of each sample's own loss
 * dZ, and that of the mean of all dW; others write h for each h^{(i)}. Then a
 * claim holds up to the count.
 */
import { childrenOf, derivativesIn, type Expr, occurs, type SymbolExpr } from "../semantics/expression";
import type { Model } from "../semantics/model";
import type { Claim } from "./claim";

/** What a claim rests on that holds so. */
export const eachAndMean = "some derivatives are of each sample's own loss, and some of their mean";

/** What an account of derivatives for short comes to where some are of each sample's loss and some of their mean. */
export function ofEachSample(model: Model, claim: Claim): Claim[] {
  if (![claim.left, claim.right].flatMap(derivativesIn).some(isShort) && !isOfOne(model, claim)) return [];
  const without = withoutCount(claim.right);
  if (without) return [{ ...claim, right: without }];
  const loss = derivativesIn(claim.left).map(({ of }) => of)[0];
  const definition = loss?.kind === "symbol" ? model.table.resolve(loss, claim.located)?.entity.definition : null;
  const count = definition?.kind === "value" || definition?.kind === "function" ? countIn(definition.expr) : null;
  return count ? [{ ...claim, right: { kind: "quotient", numerator: claim.right, denominator: count, elementwise: false, start: claim.right.start, end: claim.right.end } }] : [];
}

/** `\partial J/\partial h` beside the h^{(i)} of a mean, where h may be one of them as well as all. */
function isOfOne(model: Model, { left, right, located }: Claim): boolean {
  const [by, ...more] = left.kind === "derivative" ? left.wrt : [];
  return by?.kind === "symbol" && !more.length && !occurs("transpose", right) && Boolean(model.table.resolve(by, located)?.entity.entries.has("above"));
}

/** `dW` takes the place of its loss, which is nowhere written. */
export function isShort({ of, start, end }: Expr & { kind: "derivative" }): boolean {
  return of.start === of.end && start < end;
}

/** m of `\frac{1}{m} \sum_{i=1}^m`, and of `\frac{1}{2m}`. */
export function countIn(expr: Expr): SymbolExpr | null {
  if (expr.kind === "quotient") {
    const [only, ...more] = (expr.denominator.kind === "product" ? expr.denominator.factors : [expr.denominator]).filter(({ kind }) => kind !== "number");
    if (only?.kind === "symbol" && !more.length) return only;
  }
  if (expr.kind !== "product" && expr.kind !== "sum") return null;
  return childrenOf(expr).map(countIn).find((one) => one !== null) ?? null;
}

/** A product without the \frac{1}{m} in it, what is divided by m, and sums of such. */
export function withoutCount(product: Expr): Expr | null {
  if (product.kind === "sum") {
    const terms = product.terms.map((term) => ({ ...term, expr: withoutCount(term.expr) }));
    return terms.every((term): term is (typeof product.terms)[number] => term.expr !== null) ? { ...product, terms } : null;
  }
  if (product.kind === "quotient") return product.denominator.kind === "symbol" ? product.numerator : null;
  if (product.kind !== "product") return null;
  const at = product.factors.findIndex((factor) => factor.kind === "quotient" && factor.numerator.kind === "number" && factor.numerator.numerator === 1 && factor.numerator.denominator === 1 && factor.denominator.kind === "symbol");
  const factors = product.factors.filter((_, place) => place !== at);
  const [only, ...more] = factors;
  if (at < 0 || !only) return null;
  return more.length ? { ...product, factors, operators: product.operators.filter((_, place) => place !== Math.min(at, product.operators.length - 1)), start: only.start, end: (more[more.length - 1] as Expr).end } : only;
}
