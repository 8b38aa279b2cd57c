/** Smaller constructions of the lowering: dotted sums and minimisers. */
import { same } from "../base/same";
import { childrenOf, type Expr, plainSymbol, type SymbolExpr } from "../semantics/expression";
import type { Place } from "../latex/types";
import { contract, dependsOn, gradient, inverse, jacobian, replace, reshape, scale, type Term, zeros } from "../tensor";
import { Failure } from "./failure";

export interface Interpolated {
  readonly letter: SymbolExpr;
  readonly from: Expr;
  readonly to: Expr;
  /** The general member, in `letter`. */
  readonly expr: Expr;
}

type Plain = { readonly [key: string]: unknown };

/**
 * The expression that becomes `first` and `last` as one index runs: wherever
 * the two differ, they differ by the same pair of bounds. Null where they
 * differ otherwise, or not at all.
 */
export function interpolate(first: Expr, last: Expr): Interpolated | null {
  const letter = plainSymbol("⟨index⟩", "", first, []);
  let bounds: { from: Expr; to: Expr } | null = null;
  let failed = false;
  const isExpr = (value: unknown): value is Expr => typeof value === "object" && value !== null && "kind" in value;
  const merge = (a: unknown, b: unknown, key: string): unknown => {
    if (["start", "end", "text", "above"].includes(key)) return key === "text" && a !== b ? "⟨index⟩" : a;
    if (isExpr(a) && isExpr(b) && !same(a, b) && (isBound(a) || isBound(b)) && a.kind !== "opaque") {
      if (bounds && !(same(bounds.from, a) && same(bounds.to, b))) failed = true;
      bounds = bounds ?? { from: a, to: b };
      return letter;
    }
    if (Array.isArray(a) && Array.isArray(b)) {
      if (a.length !== b.length) failed = true;
      return a.map((item, i) => merge(item, b[i], ""));
    }
    if (typeof a === "object" && typeof b === "object" && a !== null && b !== null) {
      const [left, right] = [a as Plain, b as Plain];
      return Object.fromEntries(Object.keys(left).map((name) => [name, merge(left[name], right[name], name)]));
    }
    if (a !== b) failed = true;
    return a;
  };
  const expr = merge(first, last, "") as Expr;
  const found = bounds as { from: Expr; to: Expr } | null;
  return failed || !found ? null : { letter, ...found, expr };
}

/** Numbers, sizes and sums of them can be bounds of a run. */
function isBound(expr: Expr): boolean {
  return expr.kind === "number" || (expr.kind === "symbol" && !expr.subscripts.length && !expr.tags.length) || (expr.kind === "sum" && childrenOf(expr).every(isBound));
}

/** `\operatorname{argmin}_w f(w)` as its variable and objective. */
export function argminParts(expr: Expr): { variable: SymbolExpr; objective: Expr } | null {
  if (expr.kind === "apply" && /^arg(min|max)$/.test(expr.fn.name)) {
    const variable = expr.fn.subscripts[0]?.expr;
    const objective = expr.args[0];
    return variable?.kind === "symbol" && objective ? { variable, objective } : null;
  }
  if (expr.kind === "product" && expr.factors[0]?.kind === "symbol" && /^arg(min|max)$/.test(expr.factors[0].name)) {
    const [head, ...rest] = expr.factors as [SymbolExpr, ...Expr[]];
    const variable = head.subscripts[0]?.expr;
    const [only] = rest;
    if (variable?.kind !== "symbol" || !only) return null;
    return { variable, objective: rest.length === 1 ? only : { kind: "product", factors: rest, operators: expr.operators.slice(1), start: only.start, end: expr.end } };
  }
  return null;
}

/** Solves ∂f/∂w = 0 for a quadratic f: w = −H⁻¹ g(0). Fails where f is none. */
export function solveStationarity(objective: Term, w: Term, place: Place): Term {
  const [g] = gradient(objective, [w]) as [Term];
  const n = w.shape.reduce((all, size) => all * size, 1);
  const hessian = reshape(jacobian(g, w), [n, n]);
  if (dependsOn(hessian, w)) throw new Failure("unsupported", "a minimiser of what is not quadratic", place);
  const origin = reshape(replace(g, new Map([[w, zeros(w.shape)]])), [n]);
  const solution = contract([[0, 1], [1]], [0], [inverse(hessian), origin]);
  return reshape(scale(solution, -1), w.shape);
}
