/** A ⊗ B, and A ⊕ B, which is A ⊗ I + I ⊗ B or the block diagonal matrix of A and B. */
import type { Place } from "../latex/types";
import { childrenOf, type Expr } from "../semantics/expression";
import type { Model } from "../semantics/model";
import { identity } from "../tensor";
import type { Lowering } from "./lower";
import { blocks } from "./matrices";
import { needSquare, plus, reshaped } from "./operations";
import { productKey } from "./products";
import { isScalar, literal, type Value } from "./value";

export function kronecker(lowering: Lowering, a: Value, b: Value, place: Place): Value {
  if (isScalar(a) || isScalar(b)) return lowering.algebra.multiply(a, b, place);
  if (a.shape.length !== 2 || b.shape.length !== 2) lowering.fail("unsupported", "a Kronecker product of tensors", place);
  const dims = [0, 1].map((axis) => productKey(lowering, a.shape[axis] as string, b.shape[axis] as string));
  const pair = lowering.algebra.contractValues([a, b], [["a", "c"], ["b", "d"]], ["a", "b", "c", "d"], [a.shape[0] as string, b.shape[0] as string, a.shape[1] as string, b.shape[1] as string]);
  return reshaped(pair, dims);
}

/** The Khatri–Rao product: column j is the Kronecker product of the columns j. */
export function khatriRao(lowering: Lowering, a: Value, b: Value, place: Place): Value {
  const [columns, others] = [a.shape[1] as string, b.shape[1] as string];
  if (!lowering.classes.unify(columns, others)) return lowering.fail("shape", `${lowering.algebra.describe(a)} and ${lowering.algebra.describe(b)} have not as many columns`, place);
  const pair = lowering.algebra.contractValues([a, b], [["a", "c"], ["b", "c"]], ["a", "b", "c"], [a.shape[0] as string, b.shape[0] as string, columns]);
  return reshaped(pair, [productKey(lowering, a.shape[0] as string, b.shape[0] as string), columns]);
}

export function directSum(lowering: Lowering, a: Value, b: Value, place: Expr): Value {
  if (a.shape.length !== 2 || b.shape.length !== 2) return lowering.fail("unsupported", "a direct sum of what are no matrices", place);
  if (lowering.reading.sums === "blocks") return blocks(lowering, [[a, literal(0)], [literal(0), b]], place);
  const identityLike = (one: Value): Value => {
    needSquare(lowering, one, place, "a Kronecker sum");
    return { free: [], shape: one.shape, make: (env) => identity(env.size(one.shape[0] as string)) };
  };
  return plus(lowering, kronecker(lowering, a, identityLike(b), place), kronecker(lowering, identityLike(a), b, place), place);
}

const sums = new WeakMap<Model, "kronecker" | "blocks" | null>();

/** What the text sets A ⊕ B equal to, where it does. */
export function statedSum(model: Model): "kronecker" | "blocks" | null {
  let stated = sums.get(model);
  if (stated === undefined) sums.set(model, (stated = sumStatedIn(model)));
  return stated;
}

function sumStatedIn(model: Model): "kronecker" | "blocks" | null {
  for (const { assertion } of model.located) {
    const [left, right] = assertion.sides;
    if (!left || !right || !isSum(left) || !left.factors.every(({ kind }) => kind === "symbol")) continue;
    if (right.kind === "matrix") return "blocks";
    if (hasKronecker(right)) return "kronecker";
  }
  return null;
}

export function isSum(expr: Expr): expr is Expr & { kind: "product" } {
  return expr.kind === "product" && expr.operators.includes("\\oplus");
}

function hasKronecker(expr: Expr): boolean {
  return (expr.kind === "product" && expr.operators.includes("\\otimes")) || childrenOf(expr).some(hasKronecker);
}
