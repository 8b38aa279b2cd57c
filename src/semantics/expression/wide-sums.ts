/**
 * How far a big operator goes: `\sum_i a_i + b_i` goes over both terms, for the
 * second uses the index too.
 */
import { childrenOf } from "./tree";
import type { Expr } from "./types";

/** `\sum_i a_i + b_i`: where a later term uses the index freely, the sum goes over it too. */
export function widenSums(terms: { sign: 1 | -1; expr: Expr }[]): { sign: 1 | -1; expr: Expr }[] {
  for (let i = 0; i < terms.length - 1; i++) {
    const term = terms[i] as { sign: 1 | -1; expr: Expr };
    const big = trailingBig(term.expr);
    if (!big) continue;
    const names = new Set(big.indices.map((index) => index.symbol.name));
    let last = i;
    for (let j = i + 1; j < terms.length; j++) if (usesIndex((terms[j] as { expr: Expr }).expr, names)) last = j;
    if (last === i) continue;
    const inside = terms.slice(i + 1, last + 1);
    const body: Expr = { kind: "sum", terms: [{ sign: 1, expr: big.body }, ...inside], start: big.body.start, end: inside[inside.length - 1]?.expr.end ?? big.body.end };
    const widened = replaceTrailing(term.expr, { ...big, body, end: body.end });
    return widenSums([...terms.slice(0, i), { sign: term.sign, expr: widened }, ...terms.slice(last + 1)]);
  }
  return terms;
}

type Big = Expr & { kind: "big" };

function trailingBig(expr: Expr): Big | null {
  if (expr.kind === "big") return expr;
  if (expr.kind === "product") {
    const last = expr.factors[expr.factors.length - 1];
    return last ? trailingBig(last) : null;
  }
  return null;
}

function replaceTrailing(expr: Expr, big: Big): Expr {
  if (expr.kind === "big") return big;
  if (expr.kind === "product") {
    const last = expr.factors[expr.factors.length - 1] as Expr;
    return { ...expr, factors: [...expr.factors.slice(0, -1), replaceTrailing(last, big)], end: big.end };
  }
  return expr;
}

/** Whether an index name occurs in a subscript without being bound there again. */
function usesIndex(expr: Expr, names: ReadonlySet<string>): boolean {
  switch (expr.kind) {
    case "symbol":
      return expr.subscripts.some((subscript) => mentions(subscript.expr, names)) || expr.tags.some((tag) => tag.expr !== null && mentions(tag.expr, names));
    case "big": {
      // `\sum_i a_i - \sum b_i`: a sum without letters below it runs over those that it has.
      if (!expr.indices.length) return false;
      const inner = new Set([...names].filter((name) => !expr.indices.some((index) => index.symbol.name === name)));
      return inner.size > 0 && usesIndex(expr.body, inner);
    }
    case "entry":
      return expr.indices.some((index) => mentions(index.expr, names)) || usesIndex(expr.base, names);
    default:
      return childrenOf(expr).some((child) => usesIndex(child, names));
  }
}

function mentions(expr: Expr, names: ReadonlySet<string>): boolean {
  if (expr.kind === "symbol") return names.has(expr.name) || expr.subscripts.some((inner) => mentions(inner.expr, names));
  return childrenOf(expr).some((child) => mentions(child, names));
}
