/**
 * The constants of the modulus in the memory of the kernels, and how many
 * products may be added up between two reductions.
 */

/** As in `assembly/layout.ts`, in entries. */
const MODULUS = 8;
const INVERSE = 9;
const DOWN = 10;
const UP = 11;
const RATIO = 12;
const SHORT = 13;

/** More would not save anything: a packed block ends there. */
const LONGEST = 256;

export class Residues {
  modulus = 0;
  /** 1/modulus. */
  inverse = 0;
  /** How many products have a sum that one reduction makes canonical. */
  short = 0;
  private interval = 0;

  constructor(private readonly heap: Float64Array) {}

  /** Sets the modulus; returns the interval, an even number. Throws `RangeError` for what is not odd or not between 3 and 2^26. */
  select(modulus: number): number {
    if (modulus !== this.modulus) {
      if (!Number.isInteger(modulus) || modulus < 3 || modulus >= 2 ** 26 || modulus % 2 === 0) throw new RangeError(`${modulus} is not an odd modulus below 2^26`);
      const scale = 2 ** Math.ceil(Math.log2(modulus));
      this.heap[MODULUS] = modulus;
      this.inverse = this.heap[INVERSE] = 1 / modulus;
      this.heap[DOWN] = 1 / scale;
      this.heap[UP] = scale;
      this.heap[RATIO] = modulus / scale;
      this.short = new Int32Array(this.heap.buffer)[2 * SHORT] = shortFor(modulus);
      this.interval = intervalFor(modulus, scale);
      this.modulus = modulus;
    }
    return this.interval;
  }
}

/** How many products of balanced residues have a sum below 2^51, which one reduction makes canonical. */
function shortFor(modulus: number): number {
  return Math.min(LONGEST, Math.ceil(2 ** 51 / ((modulus - 1) / 2) ** 2) - 1);
}

/**
 * How many products of balanced residues may be added, with what the last
 * reduction left, below 2^53.
 *
 * With r = p/s, a reduction of |x| ≤ X leaves at most s/2 + (1 − r)(X + s/2).
 * So t terms of size h² keep X ≤ (s + t·h²)/r, and t·h² ≤ 2^53·r − 4s keeps
 * X ≤ 2^53 − 3p: 8 terms for p = 2^26 − 5, 32 below 2^25.
 */
function intervalFor(modulus: number, scale: number): number {
  const half = (modulus - 1) / 2;
  const terms = Math.floor((2 ** 53 * (modulus / scale) - 4 * scale) / half ** 2);
  return Math.min(LONGEST, terms - (terms % 2));
}
