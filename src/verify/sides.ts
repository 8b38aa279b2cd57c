/** The two sides of a claim lowered together, and brought to one shape. */
import { setVarying } from "../readings/differentials";
import { chanceOf } from "../readings/expectations";
import { Failure } from "../readings/failure";
import type { Lowering } from "../readings/lower";
import { implicitBindings } from "../readings/implicit";
import { isVector } from "../readings/operations";
import { isScalar, type Value } from "../readings/value";
import { type Expr, occurs, symbolsIn } from "../semantics/expression";
import type { Options } from "./attempt";
import type { Claim } from "./claim";
import { noteCompared } from "./compared-indices";
import { freeBindings, indexedIn } from "./free-letters";
import { varyingFor } from "./varying";
import { whereHolds } from "./where";

export interface Sides {
  readonly left: Value;
  readonly right: Value;
  readonly lowering: Lowering;
  /** The left side is the derivative of a vector, or of the gradient of a number. */
  readonly jacobian: boolean;
}

/** Lowers both sides with their free indices, further `letters` and differentials bound. */
export function lowerSides(lowering: Lowering, claim: Claim, options: Options, letters: readonly string[] = []): Sides {
  return lowering.within(letters.map((letter) => lowering.bindFree(letter, false)), () => lowerBound(lowering, claim, options));
}

function lowerBound(lowering: Lowering, claim: Claim, options: Options): Sides {
  const { left, right } = claim;
  setVarying(lowering, varyingFor(lowering, claim));
  lowering.indexed = indexedIn([left, right]);
  lowering.chance = chanceOf(lowering, [left, right]);
  const run = (): Sides => {
    noteCompared(lowering, claim);
    if (options.build) return settled({ ...options.build(lowering), lowering, jacobian: false });
    const l = left.kind === "derivative" && left.of.kind === "symbol" ? differentiated(lowering, left) : lowering.lower(left);
    const r = lowering.lower(right);
    if (lowering.reading.transposedLeft && isMatrixByNumber(lowering, left, l)) throw new Failure("unsupported", "the derivative of a matrix by a number has one layout", left);
    const where = whereHolds(lowering, claim);
    const [there, stated] = where ? [lowering.algebra.scale(where, l), r.literal?.[0] === 0 ? r : lowering.algebra.scale(where, r)] : [l, r];
    return settled({ left: lowering.reading.transposedLeft ? lowering.algebra.transpose(there) : there, right: stated, lowering, jacobian: isJacobian(lowering, left) });
  };
  return lowering.within([...implicitBindings(lowering), ...freeBindings(lowering, claim)], run);
}

function settled(sides: Sides): Sides {
  sides.lowering.settleRanges();
  return sides;
}

/** ∂Y/∂t and ∂Y/∂x_{ij} have the shape of Y, whoever writes them. */
function isMatrixByNumber(lowering: Lowering, left: Expr, value: Value): boolean {
  if (left.kind !== "derivative" || value.shape.length !== 2 || isVector(lowering, value) || left.order !== 1) return false;
  try {
    const of = lowering.lower(left.of);
    return of.shape.length === 2 && !isVector(lowering, of);
  } catch (error) {
    if (error instanceof Failure) return false;
    throw error;
  }
}

function isJacobian(lowering: Lowering, left: Expr): boolean {
  if (left.kind !== "derivative" || left.order > 2) return false;
  try {
    const of = lowering.lower(left.of);
    return left.order === 1 ? isVector(lowering, of) : isScalar(of);
  } catch (error) {
    if (error instanceof Failure) return false;
    throw error;
  }
}

/** A derivative whose own function does not fit together was not understood: that is no error of what is said of it. */
function differentiated(lowering: Lowering, left: Expr): Value {
  try {
    return lowering.lower(left);
  } catch (error) {
    if (error instanceof Failure && error.kind === "shape") throw new Failure("ambiguous", error.message, error.place, true);
    throw error;
  }
}

/** The two sides as one shape. A zero is a zero of any shape. */
export function reconcile(sides: Sides, claim: Claim): { left: Value; right: Value } {
  const { lowering } = sides;
  const { algebra, classes } = lowering;
  // Sizes found equal to one while the other side was read make numbers of 1×1 arrays.
  const [left, right] = [algebra.normal(sides.left), algebra.normal(sides.right)];
  if (right.literal?.[0] === 0) return { left, right: algebra.spread(right, left.shape) };
  if (left.literal?.[0] === 0) return { left: algebra.spread(left, right.shape), right };
  const fits = left.shape.length === right.shape.length && classes.attempt(() => left.shape.every((dim, axis) => algebra.isOne(dim) === algebra.isOne(right.shape[axis] as string) || loose(lowering, dim) || loose(lowering, right.shape[axis] as string)) && left.shape.every((dim, axis) => classes.unify(dim, right.shape[axis] as string)));
  if (!fits) throw new Failure("shape", `the left side is ${article(algebra.describe(left))}, the right side ${article(algebra.describe(right))}`, claim.right, !(areDerivatives(claim) && (isUnfolded(lowering, left, right) || isUnfolded(lowering, right, left))));
  return { left, right };
}

/** Whether both sides name derivatives, be it by a letter that nothing declares (`D_X F(X)`). */
function areDerivatives({ left, right }: Claim): boolean {
  return [left, right].every((side) => occurs("derivative", side) || symbolsIn(side, false).some(({ name }) => /^[DJ]$/.test(name)));
}

/** A derivative by vec, where the other side is none: it may be the same by another name. */
function isUnfolded({ classes }: Lowering, value: Value, other: Value): boolean {
  const isByVec = ({ shape }: Value): boolean => shape.some((dim) => classes.find(dim).includes("*"));
  return isByVec(value) && other.shape.length > 1 && !isByVec(other);
}

function loose(lowering: Lowering, dim: string): boolean {
  return lowering.classes.find(dim).startsWith("?");
}

function article(text: string): string {
  return text.startsWith("a ") ? text : `${/^(8|11|18)/.test(text) ? "an" : "a"} ${text} array`;
}
