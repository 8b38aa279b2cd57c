/** Which products a text writes, and what follows for factors side by side. */
import { childrenOf, type Expr, symbolsIn } from "../semantics/expression";
import type { Model } from "../semantics/model";
import { fullKey } from "../semantics/symbols/key";
import type { Lowering } from "./lower";
import { isVector, reshaped } from "./operations";
import type { Value } from "./value";

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

/** Whether a derivative is a factor of a product entry by entry. */
export function multipliesDerivative(expr: Expr): boolean {
  return (expr.kind === "product" && expr.operators.some((operator, at) => operator === "\\odot" && [at, at + 1].some((i) => expr.factors[i]?.kind === "derivative"))) || childrenOf(expr).some(multipliesDerivative);
}

/** The diagonal of a Jacobian beside ⊙ and a vector as long. */
export function diagonalBeside(lowering: Lowering, factor: Expr | undefined, jacobian: Value, other: Value): Value | null {
  const { algebra, classes } = lowering;
  const [rows, columns] = jacobian.shape;
  if (factor?.kind !== "derivative" || jacobian.shape.length !== 2 || !rows || !columns || [rows, columns].some((dim) => algebra.isOne(dim)) || !isVector(lowering, other)) return null;
  const [length] = other.shape.filter((dim) => !algebra.isOne(dim));
  if (!length || !algebra.same(rows, columns) || !algebra.same(rows, length) || lowering.reading.factorsByEntries !== "diagonals") return null;
  const entries = algebra.contractValues([jacobian], [["entry", "entry"]], ["entry"], [rows]);
  return classes.find(other.shape[0] as string) === "1" ? reshaped(entries, ["1", rows]) : reshaped(entries, [rows, "1"]);
}

/** `a(1 - a)`, `\sigma(z)(1 - \sigma(z))`: functions of one and the same thing, which are written as they are for a number. */
export function areOfOne(first: Expr, second: Expr): boolean {
  const [own, other] = [first, second].map((expr) => new Set(symbolsIn(expr, false).map(fullKey))) as [Set<string>, Set<string>];
  return own.size === other.size && [...own].every((key) => other.has(key));
}
