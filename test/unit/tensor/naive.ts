/**
 * Terms evaluated in the most literal way, over any numbers: one nested loop
 * over all labels for a contraction, Gauss–Jordan for an inverse,
 * minors for a determinant.
 * Shares nothing with the evaluator but the terms.
 */
import type { Shape, Term } from "../../../src/tensor/index";
import { argsOf, topological } from "../../../src/tensor/index";

export interface Numbers<T> {
  readonly zero: T;
  readonly one: T;
  fraction(numerator: number, denominator: number): T;
  add(a: T, b: T): T;
  multiply(a: T, b: T): T;
  invert(a: T): T;
  isZero(a: T): boolean;
  map?(fn: string, x: T): T;
}

export interface Fraction {
  readonly n: bigint;
  readonly d: bigint;
}

/** Exact rational numbers. */
export const rationals: Numbers<Fraction> = {
  zero: { n: 0n, d: 1n },
  one: { n: 1n, d: 1n },
  fraction: (n, d) => lowest(BigInt(n), BigInt(d)),
  add: (a, b) => lowest(a.n * b.d + b.n * a.d, a.d * b.d),
  multiply: (a, b) => lowest(a.n * b.n, a.d * b.d),
  invert: (a) => lowest(a.d, a.n),
  isZero: (a) => a.n === 0n,
};

export const floats: Numbers<number> = {
  zero: 0,
  one: 1,
  fraction: (n, d) => n / d,
  add: (a, b) => a + b,
  multiply: (a, b) => a * b,
  invert: (a) => 1 / a,
  isZero: (a) => a === 0,
};

export function toNumber({ n, d }: Fraction): number {
  const shift = BigInt(Math.max(0, 1100 + d.toString(2).length - n.toString(2).length));
  const scaled = ((n << shift) / d).toString();
  return scaleDown(BigInt(scaled), Number(shift));
}

/** The balanced residue of a fraction. */
export function toResidue({ n, d }: Fraction, modulus: number): number {
  const p = BigInt(modulus);
  let inverse = 1n;
  let square = ((d % p) + p) % p;
  for (let e = p - 2n; e > 0n; e >>= 1n) {
    if (e & 1n) inverse = (inverse * square) % p;
    square = (square * square) % p;
  }
  const residue = Number(((((n % p) + p) % p) * inverse) % p);
  return residue > (modulus - 1) / 2 ? residue - modulus : residue;
}

export function evaluateNaively<T>(term: Term, bindings: ReadonlyMap<string, readonly T[]>, numbers: Numbers<T>): T[] {
  const values = new Map<Term, T[]>();
  for (const node of topological([term])) values.set(node, valueOf(node, argsOf(node).map((arg) => values.get(arg)!), bindings, numbers));
  return values.get(term)!;
}

function valueOf<T>(node: Term, args: readonly T[][], bindings: ReadonlyMap<string, readonly T[]>, numbers: Numbers<T>): T[] {
  switch (node.kind) {
    case "variable":
      return [...bindings.get(node.name)!];
    case "constant":
      return node.numerators.map((n) => numbers.fraction(n, node.denominator));
    case "add":
      return args[0]!.map((_, i) => args.reduce((total, arg) => numbers.add(total, arg[i]!), numbers.zero));
    case "contract":
      return contractNaively(node.labels, node.output, node.args.map((arg) => arg.shape), args, node.shape, numbers);
    case "map":
      return args[0]!.map((x) => (node.fn === "reciprocal" ? numbers.invert(x) : numbers.map!(node.fn, x)));
    case "call":
      if (node.fn === "inverse") return invertNaively(args[0]!, node.shape[0]!, numbers);
      if (node.fn === "determinant") return [determinantNaively(args[0]!, node.args[0]!.shape[0]!, numbers)];
      if (node.fn === "stack") return args.flat();
      if (node.fn === "reshape") return args[0]!;
      throw new Error(`naive: ${node.fn}`);
    default:
      throw new Error(`naive: ${node.kind}`);
  }
}

function contractNaively<T>(labels: readonly (readonly number[])[], output: readonly number[], shapes: readonly Shape[], args: readonly T[][], shape: Shape, numbers: Numbers<T>): T[] {
  const sizes = new Map<number, number>();
  labels.forEach((list, i) => list.forEach((label, axis) => sizes.set(label, shapes[i]![axis]!)));
  output.forEach((label, axis) => sizes.set(label, shape[axis]!));
  const all = [...sizes.keys()];
  const result = Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => numbers.zero);
  const place = (list: readonly number[], of: Shape, at: ReadonlyMap<number, number>): number => list.reduce((offset, label, axis) => offset * of[axis]! + at.get(label)!, 0);
  const visit = (depth: number, at: Map<number, number>): void => {
    if (depth < all.length) {
      for (let i = 0; i < sizes.get(all[depth]!)!; i++) visit(depth + 1, at.set(all[depth]!, i));
      return;
    }
    const product = args.reduce((p, arg, i) => numbers.multiply(p, arg[place(labels[i]!, shapes[i]!, at)]!), numbers.one);
    const to = place(output, shape, at);
    result[to] = numbers.add(result[to]!, product);
  };
  visit(0, new Map());
  return result;
}

function invertNaively<T>(a: readonly T[], n: number, numbers: Numbers<T>): T[] {
  const rows = Array.from({ length: n }, (_, i) => [...a.slice(i * n, (i + 1) * n), ...Array.from({ length: n }, (_, j) => (i === j ? numbers.one : numbers.zero))]);
  const minusOne = numbers.fraction(-1, 1);
  for (let k = 0; k < n; k++) {
    const pivot = rows.findIndex((row, i) => i >= k && !numbers.isZero(row[k]!));
    [rows[k], rows[pivot]] = [rows[pivot]!, rows[k]!];
    const inverse = numbers.invert(rows[k]![k]!);
    rows[k] = rows[k]!.map((x) => numbers.multiply(x, inverse));
    for (let i = 0; i < n; i++) {
      if (i === k) continue;
      const factor = numbers.multiply(minusOne, rows[i]![k]!);
      rows[i] = rows[i]!.map((x, j) => numbers.add(x, numbers.multiply(factor, rows[k]![j]!)));
    }
  }
  return rows.flatMap((row) => row.slice(n));
}

/** Along the first row. */
function determinantNaively<T>(a: readonly T[], n: number, numbers: Numbers<T>): T {
  if (n === 0) return numbers.one;
  let total = numbers.zero;
  for (let j = 0; j < n; j++) {
    const minor = a.slice(n).filter((_, i) => i % n !== j);
    const sign = numbers.fraction(j % 2 === 0 ? 1 : -1, 1);
    total = numbers.add(total, numbers.multiply(numbers.multiply(sign, a[j]!), determinantNaively(minor, n - 1, numbers)));
  }
  return total;
}

function lowest(n: bigint, d: bigint): Fraction {
  let [a, b] = [n < 0n ? -n : n, d < 0n ? -d : d];
  while (b !== 0n) [a, b] = [b, a % b];
  if (d === 0n) throw new RangeError("division by zero");
  const g = d < 0n ? -a : a;
  return { n: n / g, d: d / g };
}

/** x / 2^shift without overflow on the way. */
function scaleDown(x: bigint, shift: number): number {
  const negative = x < 0n;
  const digits = (negative ? -x : x).toString(2);
  const extra = Math.max(0, digits.length - 60);
  const head = Number((negative ? -x : x) >> BigInt(extra));
  return (negative ? -1 : 1) * head * 2 ** (extra - shift);
}
