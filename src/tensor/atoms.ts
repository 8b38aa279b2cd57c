/**
 * Transcendental functions in GF(p): a value is an *atom*, a pseudo-random
 * residue determined by seed, function and argument, so that equal arguments
 * give equal values. The relations that derivatives need hold by construction:
 *
 *   exp(−x) = 1/exp(x), log(1/x) = −log(x), exp and log undo each other,
 *   sin² + cos² = 1 (both are rational in one atom), odd functions are odd.
 *
 * Others do not (exp(a + b) ≠ exp(a)·exp(b)): an identity that holds for atoms
 * holds in earnest, up to collisions, but one that fails may still be true.
 */
import { combineHash, hashString } from "../base/random";
import { ZeroDivisor } from "./errors";
import type { Field } from "./field";

export interface Atoms {
  readonly field: Field;
  /** An unknown determined by the name and the arguments. */
  unknown(name: string, ...args: readonly number[]): number;
  /** An unknown odd function of x. */
  odd(name: string, x: number): number;
  exp(x: number): number;
  /** Throws `ZeroDivisor` at 0. */
  log(x: number): number;
  sin(x: number): number;
  cos(x: number): number;
}

export function createAtoms(field: Field, seed: number): Atoms {
  const half = (field.modulus - 1) / 2;
  const expOf = new Map<number, number>([[0, 1]]);
  const logOf = new Map<number, number>([[1, 0]]);

  function unknown(name: string, ...args: readonly number[]): number {
    let hash = combineHash(hashString(name), seed);
    for (const arg of args) hash = combineHash(hash, arg + half);
    // 26 bits leave a bias of one part in 2^26 beside the modulus; two rounds make 52.
    const low = combineHash(hash, 1);
    return field.reduce((hash >>> 6) * 2 ** 26 + (low >>> 6));
  }
  function odd(name: string, x: number): number {
    return x === 0 ? 0 : x < 0 ? -unknown(name, -x) : unknown(name, x);
  }
  function nonzero(name: string, x: number): number {
    const value = unknown(name, x);
    return value === 0 ? 1 : value;
  }
  /** Remembers that exp(x) = y, with what follows from it. */
  function relate(x: number, y: number): void {
    expOf.set(x, y);
    logOf.set(y, x);
    const inverse = field.inverse(y);
    expOf.set(-x + 0, inverse);
    logOf.set(inverse, -x + 0);
  }
  function exp(x: number): number {
    if (!expOf.has(x)) relate(Math.abs(x), nonzero("exp", Math.abs(x)));
    return expOf.get(x)!;
  }
  function log(x: number): number {
    if (x === 0) throw new ZeroDivisor("log");
    if (!logOf.has(x)) {
      const least = Math.min(x, field.inverse(x));
      relate(unknown("log", least), least);
    }
    return logOf.get(x)!;
  }
  /** tan(x/2), of which sine and cosine are rational functions. */
  function halfTangent(x: number): number {
    return odd("halfTangent", x);
  }
  /** 1 + t² is never 0, for −1 is no square. */
  function sin(x: number): number {
    const t = halfTangent(x);
    return field.multiply(2 * t, field.inverse(field.reduce(1 + t * t)));
  }
  function cos(x: number): number {
    const t = halfTangent(x);
    const square = field.multiply(t, t);
    return field.multiply(field.reduce(1 - square), field.inverse(field.reduce(1 + square)));
  }
  return { field, unknown, odd, exp, log, sin, cos };
}
