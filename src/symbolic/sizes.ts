/**
 * Sizes and rational numbers as they are in both trials at once: what changes
 * from one trial to the other in step with a size is that size.
 */
import { Signal } from "../base/signal";
import { gcd, multiplyRationals } from "../tensor/term";

/** A size in the two trials, as one number: `first · 2²⁰ + second`. */
export type Dim = number;

export type Trial = 0 | 1;

const SHIFT = 2 ** 20;

export function dimOf(first: number, second: number): Dim {
  if (first >= SHIFT || second >= SHIFT) throw new Unprintable("a size that is too large");
  return first * SHIFT + second;
}

export function inTrial(dim: Dim, trial: Trial): number {
  return trial === 0 ? Math.floor(dim / SHIFT) : dim % SHIFT;
}

/** The size of an axis that only says how a vector stands. */
export const UNIT: Dim = dimOf(1, 1);

/** There is no short form; says what stood in the way. */
export class Unprintable extends Signal {
  override readonly name = "Unprintable";
}

/** In lowest terms, the denominator positive. */
export interface Ratio {
  readonly n: number;
  readonly d: number;
}

/** A number in both trials. */
export type Coefficient = readonly [Ratio, Ratio];

export function ratio(n: number, d = 1): Ratio {
  const divisor = (d < 0 ? -1 : 1) * gcd(Math.abs(n), Math.abs(d));
  return { n: n / divisor + 0, d: d / divisor };
}

export const ONE: Ratio = ratio(1);
export const UNITY: Coefficient = [ONE, ONE];

export function times(a: Ratio, b: Ratio): Ratio {
  const product = multiplyRationals([a.n, a.d], [b.n, b.d]);
  if (!product) throw new Unprintable("a number that is too large");
  return { n: product[0] + 0, d: product[1] };
}

export function plus(a: Ratio, b: Ratio): Ratio {
  const n = a.n * b.d + b.n * a.d;
  if (!Number.isSafeInteger(n) || !Number.isSafeInteger(a.d * b.d)) throw new Unprintable("a number that is too large");
  return ratio(n, a.d * b.d);
}

export function inverted(a: Ratio): Ratio {
  if (a.n === 0) throw new Unprintable("a division by zero");
  return ratio(a.d, a.n);
}

export function negated(a: Ratio): Ratio {
  return { n: -a.n + 0, d: a.d };
}

export function same(a: Ratio, b: Ratio): boolean {
  return a.n === b.n && a.d === b.d;
}

export function isInteger(a: Ratio): boolean {
  return a.d === 1;
}

export const coefficients = {
  of: (r: Ratio): Coefficient => [r, r],
  size: (dim: Dim): Coefficient => [ratio(inTrial(dim, 0)), ratio(inTrial(dim, 1))],
  times: (a: Coefficient, b: Coefficient): Coefficient => [times(a[0], b[0]), times(a[1], b[1])],
  plus: (a: Coefficient, b: Coefficient): Coefficient => [plus(a[0], b[0]), plus(a[1], b[1])],
  inverted: (a: Coefficient): Coefficient => [inverted(a[0]), inverted(a[1])],
  negated: (a: Coefficient): Coefficient => [negated(a[0]), negated(a[1])],
  same: (a: Coefficient, b: Coefficient): boolean => same(a[0], b[0]) && same(a[1], b[1]),
  isZero: (a: Coefficient): boolean => a[0].n === 0 && a[1].n === 0,
  isOne: (a: Coefficient): boolean => coefficients.same(a, UNITY),
  isNegative: (a: Coefficient): boolean => a[0].n < 0,
  /** aᵉ, or null where it is irrational. */
  power: (a: Coefficient, e: Ratio): Coefficient | null => {
    const first = powerOf(a[0], e);
    const second = powerOf(a[1], e);
    return first && second ? [first, second] : null;
  },
};

function powerOf(a: Ratio, e: Ratio): Ratio | null {
  if (Math.abs(e.n) > 16 || e.d > 4 || (a.n < 0 && e.d % 2 === 0)) return null;
  const root = (x: number): number => Math.sign(x) * Math.round(Math.abs(x) ** (1 / e.d));
  const base = ratio(root(a.n), root(a.d));
  if (base.n ** e.d !== a.n || base.d ** e.d !== a.d) return null;
  let result = ONE;
  for (let i = 0; i < Math.abs(e.n); i++) result = times(result, base);
  return e.n < 0 ? inverted(result) : result;
}

/** A size with an offset, such as n − 1, to a power. */
export interface SizePower {
  readonly size: string;
  readonly offset: number;
  readonly exponent: number;
}

/** A coefficient as it is written: a rational number times powers of sizes. */
export interface WrittenNumber {
  readonly ratio: Ratio;
  readonly powers: readonly SizePower[];
}

export type NamedSizes = ReadonlyMap<string, readonly [number, number]>;

/** The simplest way to write a coefficient; null where no product of sizes explains how it varies. */
export function writtenNumber(value: Coefficient, sizes: NamedSizes): WrittenNumber | null {
  if (same(value[0], value[1])) return { ratio: value[0], powers: [] };
  const atoms = [...sizes].filter(([, [a, b]]) => a !== b).flatMap(([size]) => [0, -1, 1].map((offset) => ({ size, offset })));
  const single = simplest(value, atoms.flatMap((atom) => [1, -1, 2, -2, 3, -3].map((exponent) => [{ ...atom, exponent }])), sizes);
  if (single && weigh(single.ratio, single.powers) <= SIMPLE) return single;
  const exponents = [1, -1, 2, -2];
  const pairs = atoms.flatMap((a, i) => atoms.slice(i + 1).flatMap((b) => exponents.flatMap((first) => exponents.map((second) => [{ ...a, exponent: first }, { ...b, exponent: second }]))));
  const pair = simplest(value, pairs, sizes);
  return single && (!pair || weigh(single.ratio, single.powers) <= weigh(pair.ratio, pair.powers)) ? single : pair;
}

/** What no product of two sizes explains better: `(n-1)^2`. */
const SIMPLE = 5;

/** An exponent as it is written: a size more or less a number, where it is one. */
export function writtenExponent(value: Coefficient, sizes: NamedSizes): WrittenNumber | null {
  const [first, second] = value;
  for (const [size, [a, b]] of [first, second].every(({ n, d }) => n > 0 && d === 1) ? sizes : []) {
    const offset = first.n - a;
    if (a !== b && offset === second.n - b && Math.abs(offset) <= FAR) return { ratio: ONE, powers: [{ size, offset, exponent: 1 }] };
  }
  return writtenNumber(value, sizes);
}

/** The most derivatives of a power that are taken. */
const FAR = 4;

function simplest(value: Coefficient, candidates: readonly (readonly SizePower[])[], sizes: NamedSizes): WrittenNumber | null {
  let best: WrittenNumber | null = null;
  let bestWeight = Infinity;
  for (const powers of candidates) {
    const rest = quotientBy(value, powers, sizes);
    if (!rest) continue;
    const weight = weigh(rest, powers);
    if (weight < bestWeight) [best, bestWeight] = [{ ratio: rest, powers }, weight];
  }
  return best;
}

function weigh(rest: Ratio, powers: readonly SizePower[]): number {
  let weight = Math.log2(Math.abs(rest.n)) + Math.log2(rest.d);
  for (const { offset, exponent } of powers) weight += 1 + Math.abs(exponent) + 2 * Math.abs(offset);
  return weight;
}

/** What is left of a coefficient after powers of sizes, where that is one number in both trials. */
function quotientBy(value: Coefficient, powers: readonly SizePower[], sizes: NamedSizes): Ratio | null {
  const [first, second] = ([0, 1] as const).map((trial) => {
    let { n, d } = value[trial];
    for (const { size, offset, exponent } of powers) {
      const base = sizes.get(size)![trial] + offset;
      if (base <= 0) return null;
      if (exponent > 0) d *= base ** exponent;
      else n *= base ** -exponent;
    }
    return Number.isSafeInteger(n) && Number.isSafeInteger(d) ? ratio(n, d) : null;
  });
  return first && second && same(first, second) ? first : null;
}
