/**
 * What depends on parameters and has no formula: A(t) as a polynomial in t, and
 * any function of an array that has first and second derivatives.
 */
import type { SymbolExpr } from "../semantics/expression";
import type { Entity } from "../semantics/symbols/entity";
import { taggedKey } from "../semantics/symbols/key";
import { add, contract, identity, inverse, scale } from "../tensor";
import { entityValue } from "./entities";
import type { Lowering } from "./lower";
import { entrywiseEnv, plus, totalOf } from "./operations";
import { lowerSymbol } from "./symbols";
import { isScalar, literal, type Value } from "./value";

/** The name of a coefficient of A(t). */
export function parametricName(entity: Entity, parameter: SymbolExpr, order: number): string {
  return `${entity.key}@${entity.id}·${taggedKey(parameter)}${order}`;
}

/** What depends on parameters here, once for each of them. */
export function parametricValues(lowering: Lowering): { entity: Entity; parameter: SymbolExpr; value: Value; at: Value }[] {
  return lowering.model.table.all.flatMap((entity) =>
    entity.parameters.filter((parameter) => lowering.drawn.has(parametricName(entity, parameter, 1))).map((parameter) => ({ entity, parameter, value: entityValue(lowering, entity, entity.symbol), at: lowerSymbol(lowering, parameter) })),
  );
}

export function isParametric(name: string): boolean {
  return /@\d+·/.test(name);
}

/** A symbol that depends on parameters: A(t) = A₀ + t A₁ + t² A₂ of a number, and alike of an array; what keeps its length is turned. */
export function parametric(lowering: Lowering, entity: Entity, shape: readonly string[], symbol: SymbolExpr): Value {
  let value = lowering.variableOf(`${entity.key}@${entity.id}`, shape, entity, entity.key);
  for (const parameter of entity.parameters) {
    const at = lowerSymbol(lowering, parameter);
    if (isScalar(at) && turns.some((property) => entity.properties.has(property))) {
      value = turned(lowering, value, rotation(lowering, entity, value, parameter, at));
      continue;
    }
    if (!isScalar(at)) {
      value = plus(lowering, value, ofArray(lowering, entity, shape, parameter, at), symbol);
      continue;
    }
    for (const order of [1, 2]) {
      const coefficient = lowering.variableOf(parametricName(entity, parameter, order), shape, entity, entity.key);
      const factor = order === 1 ? at : lowering.algebra.scale(at, at);
      value = plus(lowering, value, lowering.algebra.scale(factor, coefficient), symbol);
    }
  }
  const pairs = turns.some((property) => entity.properties.has(property)) ? [] : entity.parameters.flatMap((first, i) => entity.parameters.slice(i + 1).map((second) => [first, second] as const));
  return pairs.reduce((total, pair) => plus(lowering, total, together(lowering, entity, shape, pair), symbol), value);
}

/** The product of two parameters, or of numbers made of them, times an arbitrary array: a mixed derivative that is not zero. */
function together(lowering: Lowering, entity: Entity, shape: readonly string[], pair: readonly [SymbolExpr, SymbolExpr]): Value {
  const { algebra } = lowering;
  const name = `${entity.key}@${entity.id}·${pair.map(taggedKey).join("·")}`;
  const weights = pair.map((parameter) => {
    const at = lowerSymbol(lowering, parameter);
    return isScalar(at) ? at : totalOf(algebra.hadamard(lowering.variableOf(`${name}·${taggedKey(parameter)}`, at.shape, null, entity.key), at, parameter, "rows"));
  });
  return weights.reduce((value, weight) => algebra.scale(weight, value), lowering.variableOf(name, shape, entity, entity.key));
}

/** What no sum of coefficients keeps. */
const turns = ["orthogonal", "orthonormalColumns", "unit"];

/** Cayley: (I − S)(I + S)⁻¹ for the skew S = tM₁ + t²M₂ less its transpose. */
function rotation(lowering: Lowering, entity: Entity, { shape }: Value, parameter: SymbolExpr, at: Value): Value {
  const { algebra } = lowering;
  const length = (algebra.isOne(shape[0] as string) ? shape[1] : shape[0]) as string;
  const square = [length, length];
  const [first, second] = [1, 2].map((order) => lowering.variableOf(parametricName(entity, parameter, order), square, null, parametricName(entity, parameter, order))) as [Value, Value];
  const growth = plus(lowering, algebra.scale(at, first), algebra.scale(algebra.scale(at, at), second), parameter);
  return entrywiseEnv(growth, (term, env) => {
    const skew = add(term, scale(contract([[0, 1]], [1, 0], [term]), -1));
    const one = identity(env.size(length));
    return contract([[0, 1], [1, 2]], [0, 2], [add(one, scale(skew, -1)), inverse(add(one, skew))]);
  });
}

function turned({ algebra }: Lowering, value: Value, by: Value): Value {
  const place = { start: 0, end: 0 };
  return algebra.isOne(value.shape[0] as string) ? algebra.multiply(value, by, place) : algebra.multiply(by, value, place);
}

/** B·x + ⟨c, x⟩ C·x of an array x, with arbitrary B and C: any first derivatives, and second ones that are not zero. */
function ofArray(lowering: Lowering, entity: Entity, shape: readonly string[], parameter: SymbolExpr, x: Value): Value {
  const { algebra } = lowering;
  const name = (part: string): string => `${entity.key}@${entity.id}·${taggedKey(parameter)}${part}`;
  const [rows, columns] = [shape.map((_, i) => `r${i}`), x.shape.map((_, i) => `c${i}`)];
  const linear = (part: string): Value => algebra.contractValues([lowering.variableOf(name(part), [...shape, ...x.shape], null, entity.key), x], [[...rows, ...columns], columns], rows, [...shape]);
  const weight = totalOf(algebra.contractValues([lowering.variableOf(name("c"), x.shape, null, entity.key), x], [columns, columns], columns, [...x.shape]));
  const value = plus(lowering, linear("B"), algebra.scale(weight, linear("C")), entity.symbol);
  // A symmetric matrix stays so, whatever it depends on.
  return entity.properties.has("symmetric") ? algebra.scale(literal(1, 2), plus(lowering, value, algebra.transpose(value), entity.symbol)) : value;
}
