// Products of the project's kernels as functions without arguments.

/** One n×n product, over GF(modulus) unless that is 0, of arrays in the memory of the kernels or elsewhere. */
export function productOf(kernels, n, { modulus = 0, resident = false } = {}) {
  const [a, b, c] = [0, 1, 2].map(() => (resident ? kernels.allocate(n * n) : new Float64Array(n * n)));
  fill(a, modulus, 1);
  fill(b, modulus, 2);
  return modulus ? () => kernels.matmulModular(a, b, c, n, n, n, false, false, modulus) : () => kernels.matmul(a, b, c, n, n, n, false, false);
}

/** Values that repeat from run to run: in [−1, 1], or balanced residues. */
export function fill(array, modulus, seed) {
  for (let i = 0; i < array.length; i++) {
    const x = Math.sin(i + 100 * seed);
    array[i] = modulus ? Math.round((x * (modulus - 1)) / 2) : x;
  }
  return array;
}
