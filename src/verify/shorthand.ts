/**
 * Derivatives of arrays by arrays written as matrices: ∂Y/∂W = Xᵀ for Y = XW
 * stands for the factor in ∂L/∂W = Xᵀ ∂L/∂Y; a vector for a diagonal Jacobian
 * stands for its entries, the general entry of a matrix for the matrix.
 */
import { reshaped } from "../readings/operations";
import { isScalar, termOf, type Value } from "../readings/value";
import { contract, sizeOf, stack, reshape, type Term } from "../tensor";
import { variable } from "../tensor";
import type { Sides } from "./sides";

export interface Shorthand {
  readonly message: string;
  readonly transform: (sides: Sides) => { left: Value; right: Value } | null;
}

const factorMessage = "a shorthand: the derivative itself is a tensor, and this is the factor in the chain rule";

export const shorthands: readonly Shorthand[] = [
  { message: factorMessage, transform: (sides) => factor(sides, "pullback", "left") },
  { message: factorMessage, transform: (sides) => factor(sides, "pullback", "right") },
  { message: factorMessage, transform: (sides) => factor(sides, "pullback", "left", true) },
  { message: factorMessage, transform: (sides) => factor(sides, "pullback", "right", true) },
  { message: factorMessage, transform: (sides) => factor(sides, "pushforward", "left") },
  { message: factorMessage, transform: (sides) => factor(sides, "pushforward", "right") },
  { message: "a shorthand: the Jacobian is diagonal, and these are its diagonal entries", transform: diagonalEntries },
  { message: "a shorthand: this is the general entry of the array", transform: generalEntry },
  ...(["both", "first", "second"] as const).map((axes): Shorthand => ({ message: "a shorthand: each entry depends on its own place alone, and these are its derivatives by that", transform: (sides) => ownEntries(sides, axes) })),
];

/**
 * The tensor T of a derivative (axes of y, then of x) applied to an arbitrary
 * cotangent or tangent must be that matrix times the stated factor.
 */
function factor(sides: Sides, direction: "pullback" | "pushforward", side: "left" | "right", transposed = false): { left: Value; right: Value } | null {
  const { left, right, lowering } = sides;
  if (left.shape.length !== 4 || right.shape.length > 2 || left.free.length) return null;
  const { algebra } = lowering;
  const [y0, y1, x0, x1] = left.shape as [string, string, string, string];
  const [from, to] = direction === "pullback" ? [[y0, y1], [x0, x1]] : [[x0, x1], [y0, y1]];
  const probe: Value = { free: [], shape: from, make: (env) => variable(`probe:${direction}`, (from).map(env.size)) };
  // z = Wᵀx: ∂L/∂W = x (∂L/∂z)ᵀ; Y = XWᵀ: ∂L/∂W = (∂L/∂Y)ᵀ X.
  const factored = transposed ? algebra.transpose(probe) : probe;
  const labels = ["y0", "y1", "x0", "x1"];
  const applied = algebra.contractValues([left, probe], [labels, direction === "pullback" ? ["y0", "y1"] : ["x0", "x1"]], direction === "pullback" ? ["x0", "x1"] : ["y0", "y1"], to);
  try {
    const stated = isScalar(right) ? algebra.scale(right, probe) : (side === "left") !== transposed ? algebra.multiply(right, factored, { start: 0, end: 0 }) : algebra.multiply(factored, right, { start: 0, end: 0 });
    const own = algebra.normal(applied);
    const fits = own.shape.length === stated.shape.length && lowering.classes.attempt(() => own.shape.every((dim, axis) => lowering.classes.unify(dim, stated.shape[axis] as string)));
    return fits ? { left: own, right: stated } : null;
  } catch {
    return null;
  }
}

function diagonalEntries(sides: Sides): { left: Value; right: Value } | null {
  const { left, right, lowering } = sides;
  const { algebra, classes } = lowering;
  // The gradient of a number by a matrix has no diagonal of that kind.
  if (!sides.jacobian || left.shape.length !== 2 || right.shape.length !== 2 || left.free.length || right.free.length) return null;
  const length = right.shape.find((dim) => !algebra.isOne(dim));
  if (!length || !right.shape.some((dim) => algebra.isOne(dim)) || left.shape.some((dim) => algebra.isOne(dim))) return null;
  if (!classes.attempt(() => classes.unify(left.shape[0] as string, length) && classes.unify(left.shape[1] as string, length))) return null;
  const flat = reshaped(right, [length]);
  return { left, right: { free: [], shape: left.shape, make: (env) => embed(termOf(flat, env)) } };
}

function embed(term: Term): Term {
  return contract([[0]], [0, 0], [term]);
}

/**
 * ∂Y/∂X = M, where y_ij depends on x_ij alone, and ∂a/∂W = M, where a_i depends
 * on the row i of W alone (or on its column): the other entries are zero.
 */
function ownEntries(sides: Sides, axes: "both" | "first" | "second"): { left: Value; right: Value } | null {
  const { left, right, lowering } = sides;
  const { algebra, classes } = lowering;
  if (left.shape.length !== 4 || right.shape.length !== 2 || left.free.length || right.free.length) return null;
  const [y, x] = [left.shape.slice(0, 2), left.shape.slice(2)];
  const own = axes === "both" ? x : [x[axes === "first" ? 0 : 1] as string];
  const kept = axes === "both" ? y : y.filter((dim) => !algebra.isOne(dim));
  const isMatrix = (shape: readonly string[]): boolean => shape.every((dim) => !algebra.isOne(dim));
  if (!isMatrix(x) || !isMatrix(right.shape) || !isMatrix(own) || kept.length !== own.length || isMatrix(y) !== (axes === "both")) return null;
  if (!classes.attempt(() => [...kept, ...x].every((dim, i) => classes.unify(dim, [...own, ...right.shape][i] as string)))) return null;
  const at = axes === "both" ? [0, 1] : [axes === "first" ? 0 : 1];
  return { left: reshaped(left, [...kept, ...x]), right: { free: [], shape: [...kept, ...x], make: (env) => contract([[0, 1]], [...at, 0, 1], [termOf(right, env)]) } };
}

/** `\frac{\partial}{\partial X}\operatorname{tr}(XA) = A_{lk}`: letters that stand on one side alone are the places in the array on the other, in their order in the alphabet. */
export function generalEntry({ left, right, lowering: { algebra, classes } }: Sides): { left: Value; right: Value } | null {
  const [whole, entry] = left.shape.length ? [left, right] : [right, left];
  const dims = whole.shape.filter((dim) => !algebra.isOne(dim));
  if (whole.free.length || entry.shape.length || !dims.length || entry.free.length !== dims.length) return null;
  const free = [...entry.free].sort((a, b) => (a.name < b.name ? -1 : 1));
  if (!classes.attempt(() => free.every(({ range }, at) => classes.unify(range, dims[at] as string)))) return null;
  const flat = reshaped(whole, dims);
  const at: Value = { free, shape: [], make: (env) => termOf(flat, env) };
  return left === whole ? { left: at, right: entry } : { left: entry, right: at };
}

export { reshape, sizeOf, stack };
