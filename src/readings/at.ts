/**
 * Values at a point: `\frac{\partial f}{\partial y}\Big|_{y = Wx + b}`. The
 * letter varies freely while derivatives are taken and is put in afterwards;
 * under a differential (`dy|_{y = Wx}`) it stands for its value from the start,
 * for what varies is what the value is made of.
 */
import { childrenOf, derivativesIn, type Expr, type Relation, type SymbolExpr } from "../semantics/expression";
import { taggedKey } from "../semantics/symbols/key";
import { substitute } from "./integrals";
import type { Binding, Lowering } from "./lower";
import { termOf, type Value } from "./value";

export function lowerAt(lowering: Lowering, expr: Expr & { kind: "at" }): Value {
  const points = expr.where.flatMap((relation) => pointsOf(lowering, expr.body, relation)).map((relation) => {
    const [letter, point] = relation.sides;
    if (letter?.kind !== "symbol" || letter.subscripts.length || !point || relation.links[0]?.operator !== "=" || relation.sides.length !== 2) return lowering.fail("unsupported", "a value at a point that is not read", expr);
    return { letter, value: shapedLike(lowering, letter, lowering.lower(point)) };
  });
  if (hasDifferential(expr.body)) return varyingThrough(lowering, points, expr.body);
  const free = points.map(({ letter, value }) => ({ value, node: placeholder(lowering, letter, value) }));
  const bindings = points.map(({ letter }, i): [string, Binding] => [taggedKey(letter), { kind: "argument", value: (free[i] as { node: Value }).node }]);
  const body = lowering.within(bindings, () => lowering.lower(expr.body));
  return { ...body, make: (env) => substitute(termOf(body, env), new Map(free.map(({ node, value }) => [termOf(node, env), termOf(value, env)])), env) };
}

/** `\frac{\partial f}{\partial x}(2, 1)`, `\nabla f|_{(2, 1)}`, `|_{(x, y) = (2, 1)}`: what stands in the place of each argument of the function. */
function pointsOf(lowering: Lowering, body: Expr, relation: Relation): readonly Relation[] {
  const [point, values, ...more] = relation.sides;
  if (point?.kind === "tuple" && values?.kind === "tuple" && !more.length && point.items.length === values.items.length) return point.items.map((letter, i) => ({ ...relation, sides: [letter, values.items[i] as Expr] }));
  if (!point || values) return [relation];
  const [derivative] = derivativesIn(body);
  const fn = derivative?.of.kind === "apply" ? derivative.of.fn : derivative?.of;
  const definition = fn?.kind === "symbol" ? lowering.resolve(fn)?.entity.definition : null;
  const items = point.kind === "tuple" ? point.items : [point];
  if (definition?.kind !== "function" || definition.params.length !== items.length) return [relation];
  return definition.params.map((letter, i) => ({ ...relation, sides: [letter, items[i] as Expr], links: [{ operator: "=", start: point.start, end: point.start }] }));
}

/** Each letter as what it stands for, which varies as far as that does. */
function varyingThrough(lowering: Lowering, points: readonly { letter: SymbolExpr; value: Value }[], body: Expr): Value {
  const keys = points.map(({ letter }) => taggedKey(letter));
  const before = lowering.varying;
  lowering.varying = new Set([...before].filter((key) => !keys.includes(key)));
  try {
    return lowering.within(points.map(({ value }, i) => [keys[i] as string, { kind: "argument", value }]), () => lowering.lower(body));
  } finally {
    lowering.varying = before;
  }
}

/** A zero is one of the letter's shape. */
function shapedLike(lowering: Lowering, letter: SymbolExpr, value: Value): Value {
  const shape = value.literal ? lowering.resolve(letter)?.entity.shape : null;
  return shape?.length ? lowering.algebra.spread(value, shape) : value;
}

function placeholder(lowering: Lowering, letter: SymbolExpr, value: Value): Value {
  return lowering.variableOf(`⟨${taggedKey(letter)}⟩`, value.shape, null, taggedKey(letter), value.free);
}

function hasDifferential(expr: Expr): boolean {
  return expr.kind === "differential" || childrenOf(expr).some(hasDifferential);
}
