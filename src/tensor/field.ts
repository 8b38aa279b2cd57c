/**
 * The prime field GF(p) on float64: elements are *balanced* residues, integers
 * x with |x| ≤ (p − 1)/2. For p < 2^26 a product stays below 2^50 and eight of
 * them below 2^53, so every step is exact. p ≡ 3 (mod 4), so that −1 is no
 * square and a square has exactly one root that is a square itself.
 */
import { NonResidue, ZeroDivisor } from "./errors";

export interface Field {
  readonly modulus: number;
  /** The balanced residue of an integer |x| ≤ 2^53. */
  reduce(x: number): number;
  /** The residue of numerator / denominator, both safe integers. */
  rational(numerator: number, denominator: number): number;
  add(a: number, b: number): number;
  multiply(a: number, b: number): number;
  /** 1/a; throws `ZeroDivisor` for 0. */
  inverse(a: number): number;
  /** a^k for any integer k; 0 to a negative power throws `ZeroDivisor`. */
  power(a: number, k: number): number;
  /** 1, −1 or 0: whether a is a square, no square, or 0. */
  legendre(a: number): number;
  /** The root that is a square; throws `NonResidue` where there is none. */
  squareRoot(a: number): number;
}

/**
 * Primes ≡ 3 (mod 4) below 2^25. There 32 products can be added up between
 * two reductions instead of eight, so that an exact product takes hardly longer
 * than one of real numbers; what it costs is one bit of certainty a trial. In
 * all but the first, 2, 3, 5 and 7 are squares, so that formulas with √2 or
 * √(2π) can be evaluated.
 */
export const PRIMES: readonly number[] = [33554383, 33553799, 33553679, 33553511, 33553271, 33552671];

const fields = new Map<number, Field>();

/** The field of a prime p ≡ 3 (mod 4), 3 ≤ p < 2^26. */
export function field(modulus: number = PRIMES[0]!): Field {
  let known = fields.get(modulus);
  if (!known) {
    if (!Number.isInteger(modulus) || modulus < 3 || modulus >= 2 ** 26 || modulus % 4 !== 3) throw new RangeError(`field: ${modulus} is not a prime ≡ 3 (mod 4) below 2^26`);
    fields.set(modulus, (known = makeField(modulus)));
  }
  return known;
}

function makeField(modulus: number): Field {
  const half = (modulus - 1) / 2;
  const reciprocal = 1 / modulus;

  /** The quotient is rounded from an inexact product, hence the last correction. */
  function reduce(x: number): number {
    const r = x - modulus * Math.round(x * reciprocal);
    return r > half ? r - modulus : r < -half ? r + modulus : r + 0;
  }
  function multiply(a: number, b: number): number {
    return reduce(a * b);
  }
  /** Extended Euclid: keeps s·a ≡ r (mod p). */
  function inverse(a: number): number {
    if (a === 0) throw new ZeroDivisor();
    let r0 = modulus;
    let r1 = a < 0 ? a + modulus : a;
    let s0 = 0;
    let s1 = 1;
    while (r1 !== 1) {
      const q = Math.floor(r0 / r1);
      [r0, r1] = [r1, r0 - q * r1];
      [s0, s1] = [s1, s0 - q * s1];
    }
    return reduce(s1);
  }
  function power(a: number, k: number): number {
    if (k < 0) return power(inverse(a), -k);
    let result = 1;
    let square = a;
    let rest = k;
    while (rest > 0) {
      if (rest % 2 === 1) result = multiply(result, square);
      rest = Math.floor(rest / 2);
      if (rest > 0) square = multiply(square, square);
    }
    return result;
  }
  function legendre(a: number): number {
    return power(a, half);
  }
  function squareRoot(a: number): number {
    const root = power(a, (modulus + 1) / 4);
    if (multiply(root, root) !== a) throw new NonResidue();
    return root;
  }
  function rational(numerator: number, denominator: number): number {
    const top = reduce(numerator);
    return denominator === 1 ? top : multiply(top, inverse(reduce(denominator)));
  }
  return { modulus, reduce, rational, add: (a, b) => reduce(a + b), multiply, inverse, power, legendre, squareRoot };
}
