/**
 * The vector operations that everything is made of, and the reductions.
 *
 * Strict: product and sum are rounded separately, as JavaScript does it, so
 * that every machine gives the same bits. Relaxed: one fused instruction
 * where the machine has it. In GF(p) every intermediate value is an integer
 * below 2^53, or such an integer over a power of two, so both are exact.
 */
import { INVERSE, MODULUS, RATIO } from "./layout";

/** c + a·b */
// @ts-ignore: decorator
@inline
export function multiplyAdd(c: v128, a: v128, b: v128): v128 {
  // @ts-ignore: decided by the compiler
  if (ASC_FEATURE_RELAXED_SIMD) return f64x2.relaxed_madd(a, b, c);
  return f64x2.add(c, f64x2.mul(a, b));
}

/** c − a·b */
// @ts-ignore: decorator
@inline
export function multiplySubtract(c: v128, a: v128, b: v128): v128 {
  // @ts-ignore: decided by the compiler
  if (ASC_FEATURE_RELAXED_SIMD) return f64x2.relaxed_nmadd(a, b, c);
  return f64x2.sub(c, f64x2.mul(a, b));
}

/**
 * x − p·round(x/p), for integers |x| < 2^53 − p. The computed quotient is off
 * by at most 2^53·2^−52/p from x/p, so |result| ≤ p/2 + 2.
 */
// @ts-ignore: decorator
@inline
export function reduce(x: v128): v128 {
  const quotient = f64x2.nearest(f64x2.mul(x, v128.load64_splat(INVERSE)));
  return multiplySubtract(x, quotient, v128.load64_splat(MODULUS));
}

/**
 * The balanced residue. An integer over p keeps a distance of 1/2p from every
 * tie, so the quotient is right where it is off by less: from |x| < 2^51 on,
 * and of what the first reduction leaves.
 */
// @ts-ignore: decorator
@inline
export function canonical(x: v128): v128 {
  return reduce(reduce(x));
}

/**
 * The same for y = x/s, without the product by the inverse: y − (p/s)·round(y).
 * It leaves s/2 + (s − p)·round(y), which is small when p is just below s and
 * always less than half of what was there.
 */
// @ts-ignore: decorator
@inline
export function reduceScaled(y: v128): v128 {
  return multiplySubtract(y, f64x2.nearest(y), v128.load64_splat(RATIO));
}
