/**
 * Square products of 2×2, 3×3 and 4×4 matrices without a loop: there a loop,
 * or one more call, costs more than the arithmetic. The sums start from 0, as
 * everywhere, since the sum of two negative zeros is a positive one.
 */

/** C ← A·B for n×n matrices, n from 2 to 4. */
export function tinyProduct(a: Float64Array, b: Float64Array, c: Float64Array, n: number, transposeA: boolean, transposeB: boolean): void {
  if (n === 2) twoByTwo(a, b, c, transposeA, transposeB);
  else if (n === 3) three(a, b, c, transposeA, transposeB);
  else four(a, b, c, transposeA, transposeB);
}

export function twoByTwo(a: Float64Array, b: Float64Array, c: Float64Array, transposeA: boolean, transposeB: boolean): void {
  const a00 = a[0]!;
  const a01 = a[transposeA ? 2 : 1]!;
  const a10 = a[transposeA ? 1 : 2]!;
  const a11 = a[3]!;
  const b00 = b[0]!;
  const b01 = b[transposeB ? 2 : 1]!;
  const b10 = b[transposeB ? 1 : 2]!;
  const b11 = b[3]!;
  c[0] = 0 + a00 * b00 + a01 * b10;
  c[1] = 0 + a00 * b01 + a01 * b11;
  c[2] = 0 + a10 * b00 + a11 * b10;
  c[3] = 0 + a10 * b01 + a11 * b11;
}

function three(a: Float64Array, b: Float64Array, c: Float64Array, transposeA: boolean, transposeB: boolean): void {
  const a00 = a[0]!;
  const a01 = a[transposeA ? 3 : 1]!;
  const a02 = a[transposeA ? 6 : 2]!;
  const a10 = a[transposeA ? 1 : 3]!;
  const a11 = a[4]!;
  const a12 = a[transposeA ? 7 : 5]!;
  const a20 = a[transposeA ? 2 : 6]!;
  const a21 = a[transposeA ? 5 : 7]!;
  const a22 = a[8]!;
  const b00 = b[0]!;
  const b01 = b[transposeB ? 3 : 1]!;
  const b02 = b[transposeB ? 6 : 2]!;
  const b10 = b[transposeB ? 1 : 3]!;
  const b11 = b[4]!;
  const b12 = b[transposeB ? 7 : 5]!;
  const b20 = b[transposeB ? 2 : 6]!;
  const b21 = b[transposeB ? 5 : 7]!;
  const b22 = b[8]!;
  c[0] = 0 + a00 * b00 + a01 * b10 + a02 * b20;
  c[1] = 0 + a00 * b01 + a01 * b11 + a02 * b21;
  c[2] = 0 + a00 * b02 + a01 * b12 + a02 * b22;
  c[3] = 0 + a10 * b00 + a11 * b10 + a12 * b20;
  c[4] = 0 + a10 * b01 + a11 * b11 + a12 * b21;
  c[5] = 0 + a10 * b02 + a11 * b12 + a12 * b22;
  c[6] = 0 + a20 * b00 + a21 * b10 + a22 * b20;
  c[7] = 0 + a20 * b01 + a21 * b11 + a22 * b21;
  c[8] = 0 + a20 * b02 + a21 * b12 + a22 * b22;
}

function four(a: Float64Array, b: Float64Array, c: Float64Array, transposeA: boolean, transposeB: boolean): void {
  const a00 = a[0]!;
  const a01 = a[transposeA ? 4 : 1]!;
  const a02 = a[transposeA ? 8 : 2]!;
  const a03 = a[transposeA ? 12 : 3]!;
  const a10 = a[transposeA ? 1 : 4]!;
  const a11 = a[5]!;
  const a12 = a[transposeA ? 9 : 6]!;
  const a13 = a[transposeA ? 13 : 7]!;
  const a20 = a[transposeA ? 2 : 8]!;
  const a21 = a[transposeA ? 6 : 9]!;
  const a22 = a[10]!;
  const a23 = a[transposeA ? 14 : 11]!;
  const a30 = a[transposeA ? 3 : 12]!;
  const a31 = a[transposeA ? 7 : 13]!;
  const a32 = a[transposeA ? 11 : 14]!;
  const a33 = a[15]!;
  const b00 = b[0]!;
  const b01 = b[transposeB ? 4 : 1]!;
  const b02 = b[transposeB ? 8 : 2]!;
  const b03 = b[transposeB ? 12 : 3]!;
  const b10 = b[transposeB ? 1 : 4]!;
  const b11 = b[5]!;
  const b12 = b[transposeB ? 9 : 6]!;
  const b13 = b[transposeB ? 13 : 7]!;
  const b20 = b[transposeB ? 2 : 8]!;
  const b21 = b[transposeB ? 6 : 9]!;
  const b22 = b[10]!;
  const b23 = b[transposeB ? 14 : 11]!;
  const b30 = b[transposeB ? 3 : 12]!;
  const b31 = b[transposeB ? 7 : 13]!;
  const b32 = b[transposeB ? 11 : 14]!;
  const b33 = b[15]!;
  c[0] = 0 + a00 * b00 + a01 * b10 + a02 * b20 + a03 * b30;
  c[1] = 0 + a00 * b01 + a01 * b11 + a02 * b21 + a03 * b31;
  c[2] = 0 + a00 * b02 + a01 * b12 + a02 * b22 + a03 * b32;
  c[3] = 0 + a00 * b03 + a01 * b13 + a02 * b23 + a03 * b33;
  c[4] = 0 + a10 * b00 + a11 * b10 + a12 * b20 + a13 * b30;
  c[5] = 0 + a10 * b01 + a11 * b11 + a12 * b21 + a13 * b31;
  c[6] = 0 + a10 * b02 + a11 * b12 + a12 * b22 + a13 * b32;
  c[7] = 0 + a10 * b03 + a11 * b13 + a12 * b23 + a13 * b33;
  c[8] = 0 + a20 * b00 + a21 * b10 + a22 * b20 + a23 * b30;
  c[9] = 0 + a20 * b01 + a21 * b11 + a22 * b21 + a23 * b31;
  c[10] = 0 + a20 * b02 + a21 * b12 + a22 * b22 + a23 * b32;
  c[11] = 0 + a20 * b03 + a21 * b13 + a22 * b23 + a23 * b33;
  c[12] = 0 + a30 * b00 + a31 * b10 + a32 * b20 + a33 * b30;
  c[13] = 0 + a30 * b01 + a31 * b11 + a32 * b21 + a33 * b31;
  c[14] = 0 + a30 * b02 + a31 * b12 + a32 * b22 + a33 * b32;
  c[15] = 0 + a30 * b03 + a31 * b13 + a32 * b23 + a33 * b33;
}
