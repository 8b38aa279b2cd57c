/**
 * Where a claim says nothing: at indices that it excludes (`i \neq j`, `1 < k < n`),
 * and where its own are no places, as k - 1 for the first k. Both sides are
 * zero there.
 */
import { unravel } from "../base/unravel";
import { Failure } from "../readings/failure";
import type { Lowering } from "../readings/lower";
import { type Axis, type Env, termOf } from "../readings/value";
import { childrenOf, type Expr, occurs } from "../semantics/expression";
import { constant, contract, type Term } from "../tensor";
import { definitionsOf } from "./alternatives";
import type { Claim } from "./claim";
import type { Pair } from "./compare";
import { pairsOfClaim } from "./two-members";

export function masked(claim: Claim, { contrasted, domains, model, reading }: Lowering, free: readonly Axis[], env: Env, pair: Pair): Pair {
  let { left, right } = pair;
  const multiply = (axes: readonly number[], mask: Term): void => {
    [left, right] = [left, right].map((term) => contract([axes, [...term.shape.keys()]], [...term.shape.keys()], [mask, term])) as [Term, Term];
  };
  const kept = (axes: readonly number[], holds: (places: readonly number[]) => boolean): void => {
    const sizes = axes.map((axis) => env.size((free[axis] as Axis).range));
    const entries = Array.from({ length: sizes.reduce((all, n) => all * n, 1) }, (_, flat) => (holds(unravel(flat, sizes)) ? 1 : 0));
    if (!entries.includes(1)) throw new Failure("range", "no index is as it should be", claim.right);
    multiply(axes, constant(sizes, entries));
  };
  for (const { letter, by } of shiftsIn(claim)) {
    const axis = free.findIndex(({ name }) => name.startsWith(`${letter}#`));
    if (axis >= 0) kept([axis], ([at = 0]) => at + by >= 0 && at + by < env.size((free[axis] as Axis).range));
  }
  for (const where of domains.values()) {
    const axes = where.free.map(({ name }) => free.findIndex((axis) => axis.name === name));
    if (axes.includes(-1)) continue;
    const mask = termOf(where, env);
    if (mask.kind === "constant" && mask.numerators.every((one) => !one)) throw new Failure("range", "no index is as it should be", claim.right);
    multiply(axes, mask);
  }
  const different = [...contrasted, ...(reading.members === "different" ? pairsOfClaim(claim, model, definitionsOf(model, claim)) : [])];
  for (const pair of different) {
    const [i = -1, j = -1] = pair.split(" ").map((letter) => free.findIndex((axis) => axis.name.startsWith(`${letter}#`)));
    if (i >= 0 && j >= 0 && i !== j) kept([i, j], ([a, b]) => a !== b);
  }
  return { left, right };
}

/** The `k - 1` of `x_{k-1}`: where that is no place, nothing is said. */
function shiftsIn({ left, right }: Claim): { letter: string; by: number }[] {
  const shifted = (expr: Expr): Expr[] => (occurs("index", expr) ? [...indicesOf(expr), ...childrenOf(expr).flatMap(shifted)] : []);
  return [left, right].flatMap(shifted).flatMap((expr) => {
    const [head, tail] = expr.kind === "sum" && expr.terms.length === 2 ? expr.terms : [];
    return head?.expr.kind === "symbol" && tail?.expr.kind === "number" ? [{ letter: head.expr.name, by: (tail.sign * tail.expr.numerator) / tail.expr.denominator }] : [];
  });
}

function indicesOf(expr: Expr): Expr[] {
  return (expr.kind === "symbol" ? expr.subscripts : expr.kind === "entry" ? expr.indices : []).map((index) => index.expr);
}
