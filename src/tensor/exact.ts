/**
 * Linear algebra over GF(p) as the library offers it: row-major matrices of
 * balanced residues, checked, and left as they are. A division by zero throws
 * `ZeroDivisor`, a root that does not exist `NonResidue`; both are a `Redraw`,
 * which asks for other random entries or another prime.
 */
import { determinantModular, inverseModular, powerModular, rankModular, solveModular } from "./dense/modular";
import { ShapeError } from "./errors";
import { field } from "./field";
import type { Shape } from "./shape";

/** n×n matrices over GF(modulus), for a prime modulus ≡ 3 (mod 4) below 2^26. */
export interface SquareModular {
  readonly n: number;
  readonly modulus: number;
}

export interface ExactAlgebra {
  /** A⁻¹ of an n×n matrix. */
  inverseMod(a: Float64Array, size: SquareModular): Float64Array;
  /** A⁻¹B of an n×n matrix A and an n×m matrix B; m is 1 by default. */
  solveMod(a: Float64Array, b: Float64Array, size: SquareModular & { readonly m?: number }): Float64Array;
  determinantMod(a: Float64Array, size: SquareModular): number;
  /** The rank of an m×n matrix; m is n by default. */
  rankMod(a: Float64Array, size: SquareModular & { readonly m?: number }): number;
  /** A^k of an n×n matrix, for any integer k. */
  powerMod(a: Float64Array, k: number, size: SquareModular): Float64Array;
}

export const exactAlgebra: ExactAlgebra = {
  inverseMod: (a, { n, modulus }) => {
    checkMatrix("inverseMod", a, [n, n], modulus);
    const out = new Float64Array(n * n);
    inverseModular(a, n, out, field(modulus));
    return out;
  },
  solveMod: (a, b, { n, modulus, m = 1 }) => {
    checkMatrix("solveMod", a, [n, n], modulus);
    checkMatrix("solveMod", b, [n, m], modulus);
    const out = b.slice();
    solveModular(a, n, out, m, field(modulus));
    return out;
  },
  determinantMod: (a, { n, modulus }) => {
    checkMatrix("determinantMod", a, [n, n], modulus);
    return determinantModular(a, n, field(modulus));
  },
  rankMod: (a, { n, modulus, m = n }) => {
    checkMatrix("rankMod", a, [m, n], modulus);
    return rankModular(a, m, n, field(modulus));
  },
  powerMod: (a, k, { n, modulus }) => {
    checkMatrix("powerMod", a, [n, n], modulus);
    if (!Number.isSafeInteger(k)) throw new RangeError(`powerMod: ${k} is not an integer`);
    return powerModular(a, n, k, field(modulus));
  },
};

/** Throws `RangeError` for a size or an entry that cannot be, `ShapeError` for another number of entries. */
function checkMatrix(operation: string, data: Float64Array, shape: Shape, modulus: number): void {
  for (const n of shape) if (!Number.isSafeInteger(n) || n < 1) throw new RangeError(`${operation}: sizes must be positive integers, not ${shape.join("×")}`);
  if (data.length !== shape[0]! * shape[1]!) throw new ShapeError(operation, [data.length], shape, "number of entries");
  checkResidues(operation, data, modulus);
}

export function checkResidues(operation: string, data: Float64Array, modulus: number): void {
  if (!Number.isInteger(modulus) || modulus < 3 || modulus >= 2 ** 26 || modulus % 2 === 0) throw new RangeError(`${operation}: ${modulus} is not an odd prime below 2^26`);
  const half = (modulus - 1) / 2;
  for (const x of data) if (!Number.isInteger(x) || Math.abs(x) > half) throw new RangeError(`${operation}: ${x} is not a balanced residue modulo ${modulus}`);
}
