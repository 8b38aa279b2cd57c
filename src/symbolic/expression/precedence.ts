/** Where parentheses stand, for printing and for the cost of reading. */
import type { Expression } from "./types";

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
    case "raised":
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

/** Whether a factor of a matrix product is put in parentheses; a sum over an index may stand last without. */
export function wrappedInProduct(e: Expression, last: boolean): boolean {
  if (e.kind === "number") return false;
  if (e.kind === "product") return true;
  const level = levelOf(e);
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
