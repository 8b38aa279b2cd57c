/** Functions without a formula whose values are numbers, or vectors, by where they stand. */
import { childrenOf, type Derivative, type Expr, type SymbolExpr } from "../../semantics/expression";
import type { Model } from "../../semantics/model";
import type { Place } from "../../semantics/symbols/table";
import { isSmallRow, weighted } from "./letters";

/** f of `\nabla f`, `\nabla f(x)` and `\partial f / \partial y_i`. */
export function numberFunctionsIn({ notation, of, wrt }: Derivative): string[] {
  const fn = of.kind === "apply" && !of.primes ? of.fn : of.kind === "symbol" ? of : null;
  const isByEntry = wrt.length > 0 && wrt.every((by) => by.kind === "symbol" && by.subscripts.length > 0 && by.subscripts.every(({ above }) => above === undefined));
  return fn && !fn.subscripts.length && (notation === "nabla" || isByEntry) ? [weighted(fn)] : [];
}

/** g of `L = f(x) + g(z)` where L or f gives numbers, and of `g(z) + \|z\|^2`. */
export function addSummedWithNumbers(model: Model, numberFunctions: Set<string>, vectorFunctions: ReadonlySet<string>): void {
  const isNumber = (expr: Expr): boolean => {
    if (expr.kind === "norm" || expr.kind === "inner" || (expr.kind === "symbol" && numberFunctions.has(weighted(expr)))) return true;
    if (expr.kind === "apply") return !expr.primes && numberFunctions.has(weighted(expr.fn));
    return expr.kind === "power" ? isNumber(expr.base) : expr.kind === "product" && expr.factors.some(isNumber);
  };
  const sums = (expr: Expr): (Expr & { kind: "sum" })[] => [...(expr.kind === "sum" ? [expr] : []), ...childrenOf(expr).flatMap(sums)];
  const found = model.located.flatMap(({ assertion: { sides } }) => {
    const whole = sides.some((side) => side.kind !== "sum" && isNumber(side)) ? sides.flatMap((side) => (side.kind === "sum" ? [side] : [])) : [];
    return [...whole, ...sides.flatMap(sums).filter(({ terms }) => terms.some(({ expr }) => isNumber(expr)))];
  });
  const applied = found.flatMap(({ terms }) => terms.flatMap(({ expr }) => (expr.kind === "product" ? (expr.factors.at(-1) ?? []) : expr)));
  // What a kernel gives is as large as what it is of.
  for (const expr of applied) if (expr.kind === "apply" && expr.args.length === 1 && !expr.primes && !vectorFunctions.has(weighted(expr.fn))) numberFunctions.add(weighted(expr.fn));
}

/** h of `\int h(x) T(x)\,dx`: a density of some kind, as capitals need not be. */
export function integratedIn(expr: Expr): string[] {
  const inside = childrenOf(expr).flatMap(integratedIn);
  if (expr.kind !== "integral") return inside;
  const factors = expr.body.kind === "product" ? expr.body.factors : [expr.body];
  return [...inside, ...factors.flatMap((factor) => (factor.kind === "apply" && !factor.primes && /^[a-z]$/.test(factor.fn.name) ? [weighted(factor.fn)] : []))];
}

export function vectorFunctionsIn(expr: Expr): string[] {
  const inside = childrenOf(expr).flatMap(vectorFunctionsIn);
  if (expr.kind === "transpose" && expr.base.kind === "apply" && /^[sT]$/.test(expr.base.fn.name)) return [...inside, weighted(expr.base.fn)];
  if (expr.kind !== "product") return inside;
  const own = expr.factors.flatMap((factor, i) => (factor.kind === "apply" && !factor.primes && /^(phi|varphi|psi|Phi|Psi|f|g|h|s|t|u|T)$/.test(factor.fn.name) && isSmallRow(expr.factors[i - 1]) ? [weighted(factor.fn)] : []));
  return [...own, ...inside];
}

/** π of `-\log \pi(q)`. */
export function densitiesInLogarithms(expr: Expr): string[] {
  const [of] = expr.kind === "apply" && /^(log|ln)$/.test(expr.fn.name) ? expr.args : [];
  const own = of?.kind === "apply" && !of.primes && /^(p|q|pi|P)$/.test(of.fn.name) ? [weighted(of.fn)] : [];
  return [...own, ...childrenOf(expr).flatMap(densitiesInLogarithms)];
}

export function transposedFunctionsIn(expr: Expr): string[] {
  const own = expr.kind === "transpose" && expr.base.kind === "apply" && !expr.base.primes ? [weighted(expr.base.fn)] : [];
  return [...own, ...childrenOf(expr).flatMap(transposedFunctionsIn)];
}

/** x_i of `h(x_i)`, where h is defined of a vector. */
export function argumentsIn(expr: Expr, model: Model, place: Place, vectors: ReadonlySet<string>): SymbolExpr[] {
  const inside = childrenOf(expr).flatMap((child) => argumentsIn(child, model, place, vectors));
  const definition = expr.kind === "apply" ? model.table.resolve(expr.fn, place)?.entity.definition : null;
  if (expr.kind !== "apply" || definition?.kind !== "function") return inside;
  const own = expr.args.filter((arg, i): arg is SymbolExpr => {
    const param = definition.params[i];
    return arg.kind === "symbol" && arg.subscripts.length === 1 && param !== undefined && vectors.has(weighted(param));
  });
  return [...own, ...inside];
}
