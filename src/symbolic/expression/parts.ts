/** The parts of an expression, and the same expression over other parts of the same shapes. */
import { apply, entry, hadamard, kronecker, letterPower, matrix, matrixPower, power, product, quotient, raised, sigma, sizePower, sum, transpose, whole } from "./build";
import { negated, ONE } from "../sizes";
import type { Expression } from "./types";

export function partsOf(e: Expression): readonly Expression[] {
  switch (e.kind) {
    case "sum":
      return e.terms;
    case "product":
    case "hadamard":
      return e.factors;
    case "quotient":
    case "division":
      return [e.numerator, e.denominator];
    case "power":
    case "sizePower":
    case "letterPower":
      return [e.base];
    case "raised":
      return [e.base, e.exponent];
    case "transpose":
    case "whole":
    case "apply":
      return [e.arg];
    case "kronecker":
      return [e.left, e.right];
    case "entry":
      return [e.base];
    case "sigma":
      return [e.body];
    case "matrix":
      return e.cells.flat();
    case "differential":
      return [e.of];
    default:
      return [];
  }
}

export function withParts(e: Expression, parts: readonly Expression[]): Expression {
  if (partsOf(e).every((part, i) => part === parts[i])) return e;
  const [first, second] = parts as [Expression, Expression];
  switch (e.kind) {
    case "sum":
      return sum(parts);
    case "product":
      return product(...parts);
    case "hadamard":
      return hadamard(parts);
    case "quotient":
      return quotient(first, second);
    case "division":
      return hadamard([first, power(second, negated(ONE))]);
    case "power":
      return e.matrix ? matrixPower(first, e.exponent.n) : power(first, e.exponent);
    case "sizePower":
      return sizePower(first, e.exponent, e.written, e.matrix);
    case "letterPower":
      return letterPower(first, e.letter, e.from);
    case "raised":
      return raised(first, second);
    case "transpose":
      return transpose(first);
    case "whole":
      return whole(e.fn, first, [e.rows, e.columns]);
    case "apply":
      return apply(e.fn, first);
    case "kronecker":
      return kronecker(first, second, e.rows, e.columns);
    case "entry":
      return entry(first, e.row, e.column);
    case "sigma":
      return sigma(e.letters, first);
    case "matrix":
      return matrix(e.cells.map((row, i) => row.map((_, j) => parts[i * row.length + j]!)), e.rows, e.columns);
    case "differential":
      return { ...e, of: first };
    default:
      return e;
  }
}

/** The expression with every symbol that `of` knows replaced by what it says. */
export function substituted(e: Expression, of: (name: string) => Expression | undefined): Expression {
  if (e.kind === "symbol") return of(e.name) ?? e;
  return withParts(e, partsOf(e).map((part) => substituted(part, of)));
}

/** Whether a matrix is raised to a power that a letter counts. */
export function hasCountedPower(e: Expression): boolean {
  return e.kind === "letterPower" || partsOf(e).some(hasCountedPower);
}
