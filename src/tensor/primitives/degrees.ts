/**
 * Degrees of tensors of rational functions: what sums, products and quotients
 * do to them. Every tensor is thought of as numerators over one common
 * denominator, which is kept in factors (a determinant, a product of
 * divisors), so that a sum of terms over the same factors does not multiply
 * them again.
 */
import { sizeOf } from "../shape";
import type { Term } from "../term";

export interface Degree {
  /** Of every numerator over the common denominator. */
  readonly numerator: number;
  /** Factors of the common denominator by the term they come from. */
  readonly denominator: ReadonlyMap<number, Factor>;
  /** Degree of the differences that vanish where two atoms wrongly coincide. */
  readonly collisions: number;
}

interface Factor {
  readonly degree: number;
  readonly count: number;
}

export function polynomial(degree: number): Degree {
  return { numerator: degree, denominator: new Map(), collisions: 0 };
}

export function totalDegree(denominator: ReadonlyMap<number, Factor>): number {
  let total = 0;
  for (const { degree, count } of denominator.values()) total += degree * count;
  return total;
}

/** Of a product of one entry of each. */
export function productDegree(args: readonly Degree[]): Degree {
  const denominator = new Map<number, Factor>();
  let numerator = 0;
  for (const arg of args) {
    numerator += arg.numerator;
    for (const [source, { degree, count }] of arg.denominator) denominator.set(source, { degree, count: count + (denominator.get(source)?.count ?? 0) });
  }
  return { numerator, denominator, collisions: 0 };
}

/** Of a sum, or of tensors put together: over the least common denominator. */
export function sumDegree(args: readonly Degree[]): Degree {
  const denominator = new Map<number, Factor>();
  for (const arg of args) {
    for (const [source, { degree, count }] of arg.denominator) denominator.set(source, { degree, count: Math.max(count, denominator.get(source)?.count ?? 0) });
  }
  const total = totalDegree(denominator);
  let numerator = 0;
  for (const arg of args) numerator = Math.max(numerator, arg.numerator + total - totalDegree(arg.denominator));
  return { numerator, denominator, collisions: 0 };
}

/** Of the reciprocals of all entries: D/Nᵢ over the product of all Nⱼ. */
export function reciprocalDegree(arg: Degree, y: Term): Degree {
  const size = sizeOf(y.shape);
  return {
    numerator: totalDegree(arg.denominator) + (size - 1) * arg.numerator,
    denominator: new Map([[y.id, { degree: size * arg.numerator, count: 1 }]]),
    collisions: 0,
  };
}

/**
 * A fresh unknown for each argument. Atoms of different arguments that happen
 * to have one residue coincide wrongly: a pair does so with probability at
 * most (degree of the difference) / p.
 */
export function atomDegree(args: readonly Degree[], y: Term): Degree {
  const entries = sizeOf(y.shape);
  const { numerator, denominator } = sumDegree(args);
  return { numerator: 1, denominator: new Map(), collisions: ((entries * (entries + 1)) / 2) * (numerator + totalDegree(denominator)) };
}
