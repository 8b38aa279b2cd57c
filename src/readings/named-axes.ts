/**
 * Sums along an axis that is only named: `\sum_j A` beside entries `A_{ij}`,
 * or `\sum_{i=1}^{D} x` for x of N×D. The index does not occur in the body, so
 * it says which axis is summed; the axis stays, with length one.
 */
import { type BoundIndex, childrenOf, type Expr } from "../semantics/expression";
import type { Model } from "../semantics/model";
import { taggedKey } from "../semantics/symbols/key";
import { broadcast, sum } from "../tensor";
import type { Lowering } from "./lower";
import { type Axis, termOf, type Value } from "./value";

/** The sum along the axis that the index names; null where it names none. */
export function sumAlongNamed(lowering: Lowering, value: Value, index: BoundIndex, axis: Axis): Value | null {
  if (value.shape.length !== 2 || value.free.some((other) => other.name === axis.name)) return null;
  const at = index.to ? axisOfSize(lowering, value, axis) : axisOfLetter(lowering.model, taggedKey(index.symbol));
  return at === null || lowering.algebra.isOne(value.shape[at] as string) ? null : keepingSum(value, at);
}

function axisOfSize(lowering: Lowering, value: Value, axis: Axis): number | null {
  const [rows, columns] = value.shape.map((dim) => lowering.algebra.same(dim, axis.range));
  return rows === columns ? null : rows ? 0 : 1;
}

function keepingSum(value: Value, axis: number): Value {
  const shape = value.shape.map((dim, i) => (i === axis ? "1" : dim));
  const lead = value.free.length;
  return {
    free: value.free,
    shape,
    make: (env) => {
      const term = termOf(value, env);
      const kept = [...term.shape.keys()].filter((i) => i !== lead + axis);
      return broadcast(sum(term, [lead + axis]), term.shape.map((size, i) => (i === lead + axis ? 1 : size)), kept);
    },
  };
}

const places = new WeakMap<Model, ReadonlyMap<string, number | null>>();

/** Where a letter stands in the entries of matrices: first or second, null where it is both. */
function axisOfLetter(model: Model, letter: string): number | null {
  let known = places.get(model);
  if (!known) {
    const found = new Map<string, number | null>();
    for (const { assertion } of model.located) for (const side of assertion.sides) note(side, found);
    places.set(model, (known = found));
  }
  return known.get(letter) ?? null;
}

function note(expr: Expr, found: Map<string, number | null>): void {
  if (expr.kind === "symbol" && expr.subscripts.length === 2) {
    expr.subscripts.forEach(({ expr: letter }, at) => {
      if (letter.kind !== "symbol") return;
      const key = taggedKey(letter);
      found.set(key, found.has(key) && found.get(key) !== at ? null : at);
    });
  }
  for (const child of childrenOf(expr)) note(child, found);
}
