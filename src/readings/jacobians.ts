/** Derivatives of arrays by arrays, with the axes where the layout puts them. */
import type { Derivative, SymbolExpr } from "../semantics/expression";
import { dependsOn, jacobian, jacobianForward, permute, stack, type Term } from "../tensor";
import { Failure } from "./failure";
import { byHalf } from "./half-vectors";
import { pick } from "./indices";
import type { Lowering } from "./lower";
import { reshaped } from "./operations";
import { productKey } from "./products";
import { isVectorShape, lengthOf, structured, type Target } from "./targets";
import { termOf, type Value } from "./value";

/** ∂value/∂target in the reading's layout. */
export function differentiate(lowering: Lowering, value: Value, target: Target, expr: Derivative, ofTransposed: boolean): Value {
  const full = rawJacobian(lowering, value, target, expr);
  const { shape } = value;
  const at = full.shape.slice(shape.length);
  // J_f and Df have a row for each entry of f, in any layout.
  const named = expr.notation === "jacobian" || expr.notation === "D";
  // ∂y/∂w_{ij} is shaped like y; members of families and rows have shapes of their own.
  if (target.indices && !at.length) return full;
  if (target.vec || (isVectorShape(lowering, shape) && isVectorShape(lowering, at))) {
    if (isVectorShape(lowering, shape) && isVectorShape(lowering, at)) {
      const flat = reshaped(full, [lengthOf(lowering, shape), lengthOf(lowering, at)]);
      const numerator = target.transposed || named || (!ofTransposed && lowering.reading.jacobian === "numerator");
      return numerator ? flat : lowering.algebra.transpose(flat);
    }
  }
  if (!shape.length) {
    if (!at.length) return full;
    if (target.structure && lowering.reading.symmetric !== "extension") return structured(lowering, full, target.structure, expr);
    const column = expr.notation === "nabla" && lowering.reading.nabla === "column";
    return target.transposed || named || (lowering.reading.gradient === "numerator" && !column) ? lowering.algebra.transpose(full) : full;
  }
  return full;
}

/** All partial derivatives: the axes of the value's shape, then those of what it is differentiated by (or of the selected entries). */
export function rawJacobian(lowering: Lowering, value: Value, target: Target, expr: Derivative): Value {
  const { whole, lead } = target;
  const targetKeys = [...whole.free.map((axis) => axis.range), ...whole.shape];
  const open: Value = {
    free: value.free,
    shape: [...value.shape, ...targetKeys],
    make: (env) => {
      const y = termOf(value, env);
      const x = termOf(whole, env);
      // Zero, since the function is not of this letter, tells that the letter is not understood.
      if (target.stranger && !dependsOn(y, x)) throw new Failure("unknown-symbol", `${target.stranger} is not declared`, expr);
      const by = env.mode === "reverse" ? jacobian : jacobianForward;
      return whole.steps ? byEachStep(y, whole.steps(env), by) : by(y, x);
    },
  };
  if (target.vec && !target.indices) {
    // vec stacks columns.
    const [rows, columns] = whole.shape as [string, string];
    const n = value.shape.length;
    const turned: Value = { free: open.free, shape: [...value.shape, columns, rows], make: (env) => permute(termOf(open, env), [...Array(open.free.length + n).keys(), open.free.length + n + 1, open.free.length + n]) };
    const stacked = reshaped(turned, [...value.shape, productKey(lowering, columns, rows), "1"]);
    return target.half ? byHalf(lowering, stacked, rows) : stacked;
  }
  if (target.by) return gatheredTail(lowering, open, value.shape.length, target, expr);
  if (!target.indices) return open;
  return selectTail(lowering, open, value.shape.length, target, lead, expr);
}

/** ∂/∂V where V is made of its rows: their axes as those of a matrix, or the entries of it that are meant. */
function gatheredTail(lowering: Lowering, open: Value, kept: number, { whole, by, indices }: Target, expr: Derivative): Value {
  const [count, ...own] = open.shape.slice(kept) as [string, ...string[]];
  const length = own.find((dim) => !lowering.algebra.isOne(dim)) ?? "1";
  const flat = reshaped(open, [...open.shape.slice(0, kept), count, length]);
  const turned: Value = { ...flat, shape: [...open.shape.slice(0, kept), length, count], make: (env) => swapLast(termOf(flat, env)) };
  const matrix = by === "row" ? flat : turned;
  return indices ? selectTail(lowering, matrix, kept, { whole: { ...whole, free: [], shape: matrix.shape.slice(kept) }, lead: 0, indices, transposed: false, vec: false }, 0, expr) : matrix;
}

function swapLast(term: Term): Term {
  const rank = term.shape.length;
  return permute(term, [...Array.from({ length: rank - 2 }, (_, i) => i), rank - 1, rank - 2]);
}

/** The members of a recurrence are nodes of their own, later ones made from earlier ones. */
function byEachStep(y: Term, steps: readonly Term[], by: (y: Term, x: Term) => Term): Term {
  const rank = y.shape.length;
  const stacked = stack(steps.map((x) => by(y, x)));
  return permute(stacked, [...Array.from({ length: rank }, (_, i) => i + 1), 0, ...stacked.shape.map((_, i) => i).slice(rank + 1)]);
}

/** Picks the entries `∂/∂w_{kl}` out of the trailing axes. */
function selectTail(lowering: Lowering, open: Value, kept: number, target: Target, lead: number, expr: Derivative): Value {
  let current = open;
  const indices = target.indices ?? [];
  const positional = target.whole.shape.length;
  if (target.slice) return reshaped(pick(lowering, current, kept + target.slice.axis, indices[0] as SymbolExpr["subscripts"][number]), [...open.shape.slice(0, kept), ...target.slice.shape]);
  if (lead > 0) {
    // A family member: its letters select the leading axes, the shape of a member stays, unless one more selects its entry.
    for (const [at, index] of indices.entries()) current = pick(lowering, current, kept, index, at < lead ? target.origin : 1);
    return indices.length > lead ? reshaped(current, current.shape.slice(0, kept)) : current;
  }
  if (indices.length === 1 && positional === 2) {
    const axis = target.whole.shape.findIndex((dim) => !lowering.algebra.isOne(dim));
    if (!isVectorShape(lowering, target.whole.shape)) return lowering.fail("ambiguous", "one index on a matrix", expr);
    const picked = pick(lowering, current, kept + Math.max(axis, 0), indices[0] as SymbolExpr["subscripts"][number], target.origin);
    return reshaped(picked, picked.shape.slice(0, kept));
  }
  if (!positional) return lowering.fail("ambiguous", "an index on a number", expr);
  if (indices.length !== positional) return lowering.fail("shape", `${indices.length} indices on ${lowering.algebra.describe(target.whole)}`, expr);
  for (const index of indices) current = pick(lowering, current, kept, index, target.origin);
  return current;
}

/** The second derivative: the gradient differentiated again. */
export function hessian(lowering: Lowering, first: Value, second: Target, expr: Derivative): Value {
  const full = rawJacobian(lowering, first, second, expr);
  const { shape } = first;
  const at = full.shape.slice(shape.length);
  if (second.indices || !shape.length || !at.length) return full;
  if (isVectorShape(lowering, shape) && isVectorShape(lowering, at)) return reshaped(full, [lengthOf(lowering, shape), lengthOf(lowering, at)]);
  return full;
}
