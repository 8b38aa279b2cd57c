/** Where parentheses stand, for printing and for the cost of reading. */
import { UNIT } from "../sizes";
import type { Expression, ExpressionOf } from "./types";

export const enum Level {
  Sum = 1,
  Hadamard = 2,
  Sigma = 3,
  Product = 4,
  Power = 5,
  Atom = 6,
}

export function levelOf(e: Expression): Level {
  switch (e.kind) {
    case "sum":
      return Level.Sum;
    case "hadamard":
    case "division":
    case "kronecker":
      return Level.Hadamard;
    case "sigma":
      return Level.Sigma;
    case "product":
      return Level.Product;
    case "quotient":
      return Level.Power;
    case "power":
      return isInverted(e) ? Level.Hadamard : Level.Power;
    case "raised":
    case "sizePower":
    case "letterPower":
    case "transpose":
      return Level.Power;
    case "number":
      return e.value[0].n < 0 ? Level.Sum : e.written.ratio.d === 1 && e.written.powers.length === 0 ? Level.Atom : Level.Power;
    case "whole":
      return e.fn === "inverse" ? Level.Power : Level.Atom;
    default:
      return Level.Atom;
  }
}

/** What is written 1 ⊘ x: a negative power of each entry of a vector. */
export function isInverted(e: Expression): e is ExpressionOf<"power"> {
  return e.kind === "power" && !e.matrix && e.exponent.n < 0 && (e.rows === UNIT) !== (e.columns === UNIT);
}

/**
 * Whether the factor at `at` of a matrix product is put in parentheses; a sum
 * over an index may stand last without, and anything but a sum may where there
 * is only a number before it.
 */
export function wrappedInProduct(factors: readonly Expression[], at: number): boolean {
  const e = factors[at]!;
  if (e.kind === "number") return false;
  const level = levelOf(e);
  const last = at === factors.length - 1;
  if (level !== Level.Sum && last && factors.every((other, i) => i === at || other.kind === "number")) return false;
  if (e.kind === "product") return true;
  return level < Level.Sigma || (level === Level.Sigma && !last);
}

/** In an elementwise product, products of two and more matrices are put in parentheses as well. */
export function wrappedInHadamard(e: Expression): boolean {
  const level = levelOf(e);
  if (level === Level.Product && e.kind === "product") return e.factors.filter((factor) => factor.kind !== "number").length > 1;
  return level < Level.Product;
}

/** Below an exponent. */
export function wrappedInPower(e: Expression): boolean {
  return levelOf(e) < Level.Atom;
}

/** `dX` and `d\det(X)`, but `d(AX)`. */
export function wrappedUnderD(e: Expression): boolean {
  return levelOf(e) < Level.Atom || e.kind === "differential" || (e.kind === "symbol" && e.latex.includes("\\frac")) || (e.kind === "apply" && e.fn === "exp");
}
