/**
 * Seeded pseudo-random numbers: the same seed gives the same numbers on every
 * machine. xoshiro128** (Blackman and Vigna), its state filled by splitmix32
 * from one 32-bit seed. Not for secrets.
 */
export interface Random {
  /** An integer in [0, 2^32). */
  next(): number;
  /** A double in [low, high), with 53 random bits; [0, 1) by default. */
  uniform(low?: number, high?: number): number;
  /** An integer in [low, high], both ends included. */
  integer(low: number, high: number): number;
}

export function random(seed: number): Random {
  let state = seed >>> 0;
  const fill = (): number => mix32((state = (state + 0x9e3779b9) >>> 0));
  let a = fill();
  let b = fill();
  let c = fill();
  let d = fill() | 1; // the all-zero state is the one that never leaves itself

  function next(): number {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = rotate(d, 11);
    return result;
  }
  function unit(): number {
    const high = next() >>> 5;
    const low = next() >>> 6;
    return (high * 0x4000000 + low) / 0x20000000000000;
  }
  return {
    next,
    uniform: (low = 0, high = 1) => low + (high - low) * unit(),
    integer: (low, high) => low + Math.floor(unit() * (high - low + 1)),
  };
}

/** FNV-1a over the UTF-16 units, finished by a mixer: a 32-bit integer ≥ 0. */
export function hashString(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return mix32(hash >>> 0);
}

/** Folds `value` into `hash`; order matters. Both and the result are 32-bit. */
export function combineHash(hash: number, value: number): number {
  return mix32((Math.imul(hash, 0x9e3779b1) + value + 0x7f4a7c15) >>> 0);
}

/** The finaliser of splitmix32: a bijection of the 32-bit integers. */
function mix32(value: number): number {
  let x = value;
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
  return (x ^ (x >>> 15)) >>> 0;
}

function rotate(x: number, by: number): number {
  return (x << by) | (x >>> (32 - by));
}
