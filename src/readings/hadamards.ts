/** Which products a text writes, and what follows for factors side by side. */
import { childrenOf, type Expr, symbolsIn } from "../semantics/expression";
import type { Model } from "../semantics/model";
import { fullKey } from "../semantics/symbols/key";

/** Whether factors anywhere in it are joined by one of these signs; "" is none. */
export function multiplies(expr: Expr, operators: readonly string[]): boolean {
  return (expr.kind === "product" && expr.operators.some((operator) => operators.includes(operator))) || childrenOf(expr).some((child) => multiplies(child, operators));
}

/** Where a text has a sign for products entry by entry, factors side by side are no such product. */
export function writesHadamard(model: Model): boolean {
  let known = hadamards.get(model);
  if (known === undefined) hadamards.set(model, (known = model.located.some(({ assertion: { sides } }) => sides.some((side) => multiplies(side, ["\\odot"])))));
  return known;
}

const hadamards = new WeakMap<Model, boolean>();

/** `a(1 - a)`, `\sigma(z)(1 - \sigma(z))`: functions of one and the same thing, which are written as they are for a number. */
export function areOfOne(first: Expr, second: Expr): boolean {
  const [own, other] = [first, second].map((expr) => new Set(symbolsIn(expr, false).map(fullKey))) as [Set<string>, Set<string>];
  return own.size === other.size && [...own].every((key) => other.has(key));
}
