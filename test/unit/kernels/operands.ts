/** Random operands and slow, plainly right products to hold the kernels against. */
import assert from "node:assert/strict";
import { random, type Random } from "../../../src/base/random";

export interface Case {
  readonly m: number;
  readonly k: number;
  readonly n: number;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/** Empty, thin, tile-sized, prime and blocked shapes, in all four storage orders. */
export function cases(sizes: readonly (readonly [number, number, number])[]): Case[] {
  return sizes.flatMap(([m, k, n]) => [0, 1, 2, 3].map((order) => ({ m, k, n, transposeA: (order & 1) > 0, transposeB: (order & 2) > 0 })));
}

export const SHAPES: readonly (readonly [number, number, number])[] = [
  [0, 3, 4], [4, 0, 4], [5, 2, 0], [1, 1, 1], [2, 3, 2], [3, 3, 3], [1, 40, 9], [9, 40, 1], [3, 7, 31], [4, 4, 4], [4, 1, 5],
  [5, 5, 5], [7, 8, 9], [6, 17, 6], [12, 13, 11], [16, 16, 16], [31, 29, 37], [64, 64, 64], [65, 64, 66], [67, 71, 73],
  [1, 300, 257], [130, 1, 70], [70, 257, 4], [61, 513, 67], [131, 259, 129], [5, 40, 1031],
];

export function describeCase({ m, k, n, transposeA, transposeB }: Case): string {
  return `${m}×${k}${transposeA ? "ᵀ" : ""} by ${k}×${n}${transposeB ? "ᵀ" : ""}`;
}

export function reals(length: number, seed: number): Float64Array {
  const source = random(seed);
  return Float64Array.from({ length }, () => source.uniform(-1, 1));
}

/** Balanced residues, many of them the largest. */
export function residues(length: number, modulus: number, seed: number): Float64Array {
  const source = random(seed);
  return Float64Array.from({ length }, () => residue(modulus, source));
}

function residue(modulus: number, source: Random): number {
  const half = (modulus - 1) / 2;
  const kind = source.integer(0, 3);
  return kind === 0 ? half : kind === 1 ? -half : source.integer(-half, half);
}

/** Where the entry (i, l) of A and (l, j) of B lie. */
export function places({ m, k, n, transposeA, transposeB }: Case): { a(i: number, l: number): number; b(l: number, j: number): number } {
  return { a: (i, l) => (transposeA ? l * m + i : i * k + l), b: (l, j) => (transposeB ? j * k + l : l * n + j) };
}

/** Every sum from the first term to the last, rounded after each operation. */
export function naive(a: Float64Array, b: Float64Array, shape: Case, alpha = 1, start?: Float64Array): Float64Array {
  const { m, k, n } = shape;
  const at = places(shape);
  const c = start?.slice() ?? new Float64Array(m * n);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) for (let l = 0; l < k; l++) c[i * n + j]! += alpha * a[at.a(i, l)]! * b[at.b(l, j)]!;
  }
  return c;
}

/** The product in integers of any size, reduced once. */
export function exactModular(a: Float64Array, b: Float64Array, shape: Case, modulus: number): Float64Array {
  const { m, k, n } = shape;
  const at = places(shape);
  const [bigA, bigB] = [Array.from(a, BigInt), Array.from(b, BigInt)];
  const p = BigInt(modulus);
  const c = new Float64Array(m * n);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0n;
      for (let l = 0; l < k; l++) sum += bigA[at.a(i, l)]! * bigB[at.b(l, j)]!;
      const remainder = ((sum % p) + p) % p;
      c[i * n + j] = Number(2n * remainder > p ? remainder - p : remainder);
    }
  }
  return c;
}

/** Equal, and zeros of the same sign. */
export function assertSameBits(actual: Float64Array, expected: Float64Array): void {
  assert.equal(actual.length, expected.length);
  for (let i = 0; i < expected.length; i++) if (!Object.is(actual[i], expected[i])) assert.fail(`entry ${i}: ${actual[i]}, not ${expected[i]}`);
}
