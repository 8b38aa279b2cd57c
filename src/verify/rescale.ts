/** Twice or half of an expression by its own coefficient: `4x` and `x` for `2x`, where `2 \cdot 2x` and `\frac12 2x` say the same. */
import type { Expr } from "../semantics/expression";
import type { Variant } from "./variants";

type Rescaled = Omit<Variant, "cost">;

/** Null where no number stands in front. */
export function rescaled(expr: Expr, factor: 2 | 0.5, source: string): Rescaled | null {
  switch (expr.kind) {
    case "number":
      return rewritten(expr, expr.numerator, expr.denominator, factor);
    case "quotient":
      return rescaledQuotient(expr, factor, source);
    case "product":
      return rescaledProduct(expr, factor, source);
    case "sum": {
      const [only] = expr.terms;
      const inner = only && expr.terms.length === 1 ? rescaled(only.expr, factor, source) : null;
      return inner && only ? { ...inner, expr: { ...expr, terms: [{ ...only, expr: inner.expr }] } } : null;
    }
    default:
      return null;
  }
}

function rescaledQuotient(expr: Expr & { kind: "quotient" }, factor: 2 | 0.5, source: string): Rescaled | null {
  const { numerator, denominator } = expr;
  const below = denominator.kind === "number" && denominator.denominator === 1 ? denominator : null;
  if (numerator.kind === "number" && numerator.denominator === 1) {
    if (below) return rewritten(expr, numerator.numerator, below.numerator, factor);
    const inner = (numerator.numerator * factor) % 1 === 0 ? rewritten(numerator, numerator.numerator, 1, factor) : null;
    return inner && { ...inner, expr: { ...expr, numerator: inner.expr } };
  }
  const inner = below && (below.numerator / factor) % 1 === 0 ? rewritten(below, below.numerator, 1, factor === 2 ? 0.5 : 2) : null;
  if (inner?.text !== "1") return inner && { ...inner, expr: { ...expr, denominator: inner.expr } };
  // Over 1 nothing is left to divide by.
  const text = source.slice(numerator.start, numerator.end);
  return numerator.kind === "sum" ? null : { expr: numerator, place: expr, text, title: "drop the denominator" };
}

function rescaledProduct(expr: Expr & { kind: "product" }, factor: 2 | 0.5, source: string): Rescaled | null {
  const [first, second] = expr.factors;
  const inner = first ? rescaled(first, factor, source) : null;
  if (!first || !second || !inner) return null;
  // Before more factors a 1 is not written.
  if (inner.text !== "1" || inner.place !== first) return { ...inner, expr: { ...expr, factors: [inner.expr, ...expr.factors.slice(1)] } };
  const rest = expr.factors.slice(1);
  const left: Expr = rest.length === 1 ? second : { ...expr, factors: rest, operators: expr.operators.slice(1), start: second.start };
  return { expr: left, place: { start: first.start, end: second.start }, text: "", wrong: first, title: `drop ${source.slice(first.start, first.end)}` };
}

function rewritten(expr: Expr, numerator: number, denominator: number, factor: 2 | 0.5): Rescaled {
  const [above, below] = lowest(factor === 2 ? 2 * numerator : numerator, factor === 2 ? denominator : 2 * denominator);
  const text = below === 1 ? `${above}` : `\\frac{${above}}{${below}}`;
  return { expr: { kind: "number", numerator: above, denominator: below, start: expr.start, end: expr.end }, place: expr, text, title: `write ${text}` };
}

function lowest(numerator: number, denominator: number): [number, number] {
  return numerator % 2 === 0 && denominator % 2 === 0 ? lowest(numerator / 2, denominator / 2) : [numerator, denominator];
}
