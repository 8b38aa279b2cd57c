/**
 * Integrals as they are written: `\int_a^b f(x)\,dx`, `\int dx\, f(x)`,
 * `\iint f\,dx\,dy`, `\int_{\mathcal X} \frac{dx}{x}`, `\int f\,d\mu(x)`. What stands
 * before the differential is integrated, what stands after it is a factor.
 */
import type { Node } from "../../latex/types";
import { readProduct } from "./products";
import type { Reader } from "./reader";
import { productOf } from "./tree";
import type { Expr, ProductOperator, SymbolExpr } from "./types";

type Integral = Expr & { readonly kind: "integral" };
type Differential = Expr & { readonly kind: "differential" };

/** A product cut at its first differential. */
interface Cut {
  readonly before: Expr | null;
  readonly by: Differential;
  readonly after: readonly Expr[];
}

export function readIntegral(reader: Reader, node: Node, name: string, closingBar: string | null): Expr {
  const start = reader.at;
  const body = integrand(reader, closingBar);
  if (!body) {
    reader.seek(start);
    const all = reader.sum(closingBar);
    return { kind: "integral", body: all, variable: null, measure: null, from: null, to: null, start: node.start, end: all.end };
  }
  const [sub, sup] = node.kind === "scripts" ? [node.sub, node.sup] : [null, null];
  const [from, to] = [sub, sup].map((row) => (row?.length ? reader.read(row, node) : null)) as [Expr | null, Expr | null];
  const signs = Math.max(1, name.replace(/[^i]/g, "").length);
  return integralOver(body, signs, from, to, node.start);
}

/** A sum goes on until a term of it ends with a differential: `\int f(x) + g(x)\,dx`. */
function integrand(reader: Reader, closingBar: string | null): Cut | null {
  const terms: { sign: 1 | -1; expr: Expr }[] = [];
  for (;;) {
    const operator = reader.peek();
    const isSigned = reader.isOperator(operator, "+", "-");
    if (!isSigned && terms.length) return null;
    if (isSigned) reader.next();
    const sign = reader.isOperator(operator, "-") ? -1 : 1;
    if (!reader.peek()) return null;
    const term = readProduct(reader, closingBar);
    const cut = cutAt(term);
    if (!cut) {
      terms.push({ sign, expr: term });
      continue;
    }
    if (!terms.length && sign === 1) return cut;
    const before = cut.before ?? one(cut.by);
    return { ...cut, before: { kind: "sum", terms: [...terms, { sign, expr: before }], start: terms[0]?.expr.start ?? before.start, end: before.end } };
  }
}

function cutAt(expr: Expr): Cut | null {
  if (expr.kind === "differential") return { before: null, by: expr, after: [] };
  if (expr.kind === "quotient") {
    const cut = cutAt(expr.numerator);
    return cut && !cut.after.length ? { ...cut, before: { ...expr, numerator: cut.before ?? one(cut.by) } } : null;
  }
  // `\log p(x)\,dx`: a word takes what follows it along.
  if (expr.kind === "apply" && expr.args.length === 1) {
    const cut = expr.args[0]?.kind === "product" ? cutAt(expr.args[0]) : null;
    return cut?.before && !cut.after.length ? { ...cut, before: { ...expr, args: [cut.before], end: cut.before.end } } : null;
  }
  if (expr.kind === "derivative") {
    const cut = cutAt(expr.of);
    return cut?.before && !cut.after.length ? { ...cut, before: { ...expr, of: cut.before, end: cut.before.end } } : null;
  }
  if (expr.kind !== "product") return null;
  const { factors, operators } = flat(expr);
  for (let at = 0; at < factors.length; at++) {
    const cut = cutAt(factors[at] as Expr);
    if (!cut) continue;
    const rest = factors.slice(at + 1);
    const before = [...factors.slice(0, at), ...(cut.before ? [cut.before] : [])];
    return { before: before.length ? productOf(before, operators.slice(0, before.length - 1)) : null, by: cut.by, after: [...cut.after, ...rest] };
  }
  return null;
}

/** What an inner integral leaves over is a factor beside it. */
function flat(expr: Expr & { kind: "product" }): { factors: readonly Expr[]; operators: readonly ProductOperator[] } {
  const factors = expr.factors.flatMap((factor) => (factor.kind === "product" && factor.factors[0]?.kind === "integral" ? factor.factors : [factor]));
  return { factors, operators: factors.length === expr.factors.length ? expr.operators : factors.slice(1).map(() => "" as const) };
}

function integralOver({ before, by, after }: Cut, signs: number, from: Expr | null, to: Expr | null, start: number): Expr {
  const [next, ...others] = after;
  // `\int dx\, f(x)`
  const isAhead = before === null && after.length > 0 && !(next?.kind === "differential" && signs > 1);
  const body = before ?? (isAhead ? productOf(after, after.slice(1).map(() => "" as const)) : one(by));
  const made: Integral = { kind: "integral", body, ...variableOf(by), from, to, start, end: isAhead ? body.end : by.end };
  if (isAhead || !after.length) return made;
  if (signs > 1 && next?.kind === "differential") return integralOver({ before: made, by: next, after: others }, signs - 1, from, to, start);
  return productOf([made, ...after], after.map(() => "" as const));
}

/** x of `dx` and `d\mu(x)`, which is also measured by μ. */
function variableOf({ of }: Differential): { variable: SymbolExpr | null; measure: string | null } {
  if (of.kind === "symbol") return { variable: of, measure: null };
  // `d^n x`, `dx^n`
  if (of.kind === "power" && of.base.kind === "symbol") return { variable: of.base, measure: null };
  const [arg] = of.kind === "apply" && of.args.length === 1 ? of.args : [];
  return of.kind === "apply" && arg?.kind === "symbol" ? { variable: arg, measure: of.fn.name } : { variable: null, measure: null };
}

function one({ start }: Differential): Expr {
  return { kind: "number", numerator: 1, denominator: 1, start, end: start };
}
