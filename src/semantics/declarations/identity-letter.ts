/**
 * I where it is no identity: `I = C \frac{dV}{dt}` tells what a current is, in
 * texts that write I beside nothing but numbers.
 */
import { childrenOf, derivativesIn, type Expr, isInverse, occurs, symbolsIn } from "../expression";
import type { Located, Model } from "../model";
import { weight } from "../symbols/key";
import type { Draft } from "./draft";

/** Whether an equation defines I as a number, or as a function. */
export function isQuantity(draft: Draft, target: Expr, value: Expr): boolean {
  if (target.kind === "symbol" ? target.font !== "" : target.kind !== "apply") return false;
  return tellsNumber(value) && !standsAmongArrays(draft.located);
}

/** What matrices are not written with. */
function tellsNumber(value: Expr): boolean {
  return (["quotient", "derivative", "integral", "cases"] as const).some((kind) => occurs(kind, value));
}

/** Whether a text speaks of derivatives of some I, or by it, or gives a formula for one, and has none beside arrays. */
export function isVariable(model: Model): boolean {
  let known = variables.get(model);
  if (known === undefined) {
    const isI = (expr: Expr): boolean => expr.kind === "symbol" && expr.name === "I" && expr.font === "";
    const isDefined = model.table.all.some(({ symbol, definition, properties }) => isI(symbol) && definition !== null && !properties.has("identity"));
    const moves = isDefined || model.located.some(({ assertion }) => assertion.sides.some((side) => derivativesIn(side).some(({ of, wrt }) => isI(of) || wrt.some(isI))));
    variables.set(model, (known = moves && !standsAmongArrays(model.located)));
  }
  return known;
}

const variables = new WeakMap<Model, boolean>();
const among = new WeakMap<readonly Located[], boolean>();

function standsAmongArrays(located: readonly Located[]): boolean {
  let known = among.get(located);
  if (known === undefined) {
    const beside = located.map(({ assertion }) => assertion.sides).filter((all) => all.some((side) => symbolsIn(side, false).some(({ name }) => name === "I")));
    among.set(located, (known = beside.some((all) => all.some(hasArrays))));
  }
  return known;
}

function hasArrays(expr: Expr): boolean {
  if (["transpose", "matrix", "norm", "differential", "pseudoInverse"].includes(expr.kind) || isInverse(expr)) return true;
  if (expr.kind === "symbol" && weight(expr.font) !== "") return true;
  return childrenOf(expr).some(hasArrays);
}
