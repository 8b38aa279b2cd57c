/** Products side by side, ⊙, ⊗ and ×, quotients, and transposes. */
import type { Place } from "../latex/types";
import type { Expr, SymbolExpr } from "../semantics/expression";
import { shapeAnnotation } from "../semantics/symbols/key";
import { isIndexed } from "./indices";
import type { Lowering } from "./lower";
import { mapped, reshaped, sameShape } from "./operations";
import { isScalar, literal, type Value } from "./value";

export function lowerProduct(lowering: Lowering, expr: Expr & { kind: "product" }): Value {
  if (expr.factors.some((factor) => factor.kind === "dots")) return lowering.fail("unsupported", "dots in a product", expr);
  // ⊙ and ⊗ bind looser than juxtaposition: A⊙BC is A⊙(BC); times and dots are plain products.
  const groups: { factors: Expr[]; operator: string }[] = [{ factors: [expr.factors[0] as Expr], operator: "" }];
  expr.operators.forEach((operator, i) => {
    const factor = expr.factors[i + 1] as Expr;
    if (operator === "\\odot" || operator === "\\otimes" || operator === "*" || (operator === "\\cdot" && lowering.reading.dot === "elementwise")) groups.push({ factors: [factor], operator });
    else (groups[groups.length - 1] as { factors: Expr[] }).factors.push(factor);
  });
  let total = juxtaposed(lowering, (groups[0] as { factors: Expr[] }).factors);
  for (const group of groups.slice(1)) {
    const value = juxtaposed(lowering, group.factors);
    if (group.operator === "\\otimes") total = kronecker(lowering, total, value, expr);
    else if (group.operator === "*" && !isScalar(total) && !isScalar(value) && !sameShape(lowering, total, value)) total = lowering.algebra.multiply(total, value, expr);
    else total = lowering.algebra.hadamard(total, value, expr, lowering.reading.bias);
  }
  return total;
}

/** Factors side by side, from the left; scalars are taken out first, so that 1×1 products inside do not get in the way. */
function juxtaposed(lowering: Lowering, factors: readonly Expr[]): Value {
  const values = factors.map((factor) => ({ value: polymorphic(factor) ?? lowering.lower(factor), place: factor }));
  const scalars = values.filter(({ value }) => isScalar(value));
  const arrays = values.filter(({ value }) => !isScalar(value));
  const [firstArray, ...rest] = arrays;
  let total: Value | null = firstArray ? firstArray.value : null;
  // xᵀAx·y: where the product from the left does not fit, a product that has become a number scales what follows.
  for (const { value, place } of rest) total = lowering.algebra.multiply(total as Value, value, { start: factors[0]?.start ?? 0, end: place.end });
  let scalar: Value | null = null;
  for (const { value } of scalars) scalar = scalar ? lowering.algebra.scale(scalar, value) : value;
  if (!total) return scalar ?? literal(1);
  return scalar ? lowering.algebra.scale(scalar, total) : total;
}

function polymorphic(_factor: Expr): Value | null {
  return null;
}

function kronecker(lowering: Lowering, a: Value, b: Value, place: Place): Value {
  if (isScalar(a) || isScalar(b)) return lowering.algebra.multiply(a, b, place);
  if (a.shape.length !== 2 || b.shape.length !== 2) lowering.fail("unsupported", "a Kronecker product of tensors", place);
  const dims = [0, 1].map((axis) => productKey(lowering, a.shape[axis] as string, b.shape[axis] as string));
  const pair = lowering.algebra.contractValues([a, b], [["a", "c"], ["b", "d"]], ["a", "b", "c", "d"], [a.shape[0] as string, b.shape[0] as string, a.shape[1] as string, b.shape[1] as string]);
  return reshaped(pair, dims);
}

export function productKey(lowering: Lowering, a: string, b: string): string {
  if (lowering.algebra.isOne(a)) return b;
  if (lowering.algebra.isOne(b)) return a;
  const [left, right] = [lowering.classes.find(a), lowering.classes.find(b)];
  return [...left.split("*"), ...right.split("*")].sort().join("*");
}

export function lowerQuotient(lowering: Lowering, expr: Expr & { kind: "quotient" }): Value {
  const numerator = lowering.lower(expr.numerator);
  const denominator = lowering.lower(expr.denominator);
  if (isScalar(denominator)) return lowering.algebra.scale(mapped("reciprocal", denominator), numerator);
  // 1/x and x/y of arrays are entry by entry; a matrix below the line is none.
  if (!expr.elementwise && denominator.shape.length === 2 && !denominator.shape.some((dim) => lowering.algebra.isOne(dim)) && !isScalar(numerator) && !sameShape(lowering, numerator, denominator)) lowering.fail("unsupported", "division by a matrix", expr);
  return lowering.algebra.hadamard(numerator, mapped("reciprocal", denominator), expr, lowering.reading.bias);
}

export function lowerTranspose(lowering: Lowering, base: Expr): Value {
  // `(x_1, \dots, x_n)^\top` is the column, whatever the list is without it.
  if (base.kind === "tuple") return lowering.lower(base);
  return isEntry(lowering, base) ? lowering.lower({ ...base, subscripts: [...base.subscripts].reverse() }) : lowering.algebra.transpose(lowering.lower(base));
}

/** `A^\top_{ij}` is the entry of the transpose, since a number has none; a block `A_{ij}` has. */
function isEntry(lowering: Lowering, base: Expr): base is SymbolExpr {
  if (base.kind !== "symbol" || base.subscripts.length !== 2 || shapeAnnotation(base)) return false;
  const resolved = lowering.resolve(base);
  if (!resolved) return isIndexed(lowering, base);
  return resolved.family ? resolved.entity.shape?.length === 0 : resolved.indices.length === 2;
}
