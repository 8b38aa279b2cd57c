/**
 * I where it is no identity: `I = C \frac{dV}{dt}` tells what a current is, in
 * texts that write I beside nothing but numbers.
 */
import { childrenOf, type Expr, isInverse, occurs, symbolsIn } from "../expression";
import { weight } from "../symbols/key";
import type { Draft } from "./draft";

/** Whether an equation defines I as a number, or as a function. */
export function isQuantity(draft: Draft, target: Expr, value: Expr): boolean {
  if (target.kind === "symbol" ? target.subscripts.length > 0 || target.font !== "" : target.kind !== "apply") return false;
  return tellsNumber(value) && !standsAmongArrays(draft);
}

/** What matrices are not written with. */
function tellsNumber(value: Expr): boolean {
  return (["quotient", "derivative", "integral", "cases"] as const).some((kind) => occurs(kind, value));
}

const among = new WeakMap<Draft, boolean>();

function standsAmongArrays(draft: Draft): boolean {
  let known = among.get(draft);
  if (known === undefined) {
    const sides = draft.located.map(({ assertion }) => assertion.sides).filter((all) => all.some((side) => symbolsIn(side, false).some(({ name }) => name === "I")));
    among.set(draft, (known = sides.some((all) => all.some(hasArrays))));
  }
  return known;
}

function hasArrays(expr: Expr): boolean {
  if (["transpose", "matrix", "norm", "differential", "pseudoInverse"].includes(expr.kind) || isInverse(expr)) return true;
  if (expr.kind === "symbol" && (weight(expr.font) !== "" || expr.accents.includes("vec"))) return true;
  return childrenOf(expr).some(hasArrays);
}
