/**
 * LU factorisation with partial pivoting of small row-major matrices, and what
 * follows from it: inverse, determinant, and bounds on their errors.
 */
export interface Factors {
  /** L below the diagonal (ones on it are not stored), U on and above it. */
  readonly lu: Float64Array;
  /** Row i of the factors is row `order[i]` of the matrix. */
  readonly order: Int32Array;
  readonly sign: number;
  readonly n: number;
}

/** P·A = L·U. A singular matrix leaves zeros (or what rounding makes of them) on U's diagonal. */
export function factorize(a: Float64Array, n: number): Factors {
  const lu = a.slice();
  const order = new Int32Array(n);
  for (let i = 0; i < n; i++) order[i] = i;
  let sign = 1;
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(lu[i * n + k]!) > Math.abs(lu[pivot * n + k]!)) pivot = i;
    if (pivot !== k) {
      swap(lu, order, n, pivot, k);
      sign = -sign;
    }
    const top = lu[k * n + k]!;
    if (top === 0) continue;
    for (let i = k + 1; i < n; i++) {
      const factor = (lu[i * n + k] = lu[i * n + k]! / top);
      if (factor === 0) continue;
      for (let j = k + 1; j < n; j++) lu[i * n + j] = lu[i * n + j]! - factor * lu[k * n + j]!;
    }
  }
  return { lu, order, sign, n };
}

export function determinantOf({ lu, sign, n }: Factors): number {
  let det = sign;
  for (let i = 0; i < n; i++) det *= lu[i * n + i]!;
  return det;
}

export function logAbsDeterminantOf({ lu, n }: Factors): number {
  let total = 0;
  for (let i = 0; i < n; i++) total += Math.log(Math.abs(lu[i * n + i]!));
  return total;
}

/** A⁻¹; infinities and NaN where A is singular. */
export function invertFactors({ lu, order, n }: Factors, out: Float64Array): void {
  const column = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    for (let i = 0; i < n; i++) {
      let x = order[i] === j ? 1 : 0;
      for (let k = 0; k < i; k++) x -= lu[i * n + k]! * column[k]!;
      column[i] = x;
    }
    for (let i = n - 1; i >= 0; i--) {
      let x = column[i]!;
      for (let k = i + 1; k < n; k++) x -= lu[i * n + k]! * column[k]!;
      column[i] = x / lu[i * n + i]!;
    }
    for (let i = 0; i < n; i++) out[i * n + j] = column[i]!;
  }
}

/**
 * Entrywise bounds on |A⁻¹ − Y| for a computed inverse Y of an A known up to
 * `inputError`: with R = I − AY, A⁻¹ − Y = Y R (I − R)⁻¹. R is computed, its
 * own rounding added, so nothing is assumed of how Y was found.
 */
export function inverseError(a: Float64Array, inputError: Float64Array | null, y: Float64Array, n: number, error: Float64Array): void {
  const unit = (n + 3) * 2 ** -53;
  const residual = new Float64Array(n * n);
  let norm = 0;
  for (let i = 0; i < n; i++) {
    let row = 0;
    for (let j = 0; j < n; j++) {
      let sum = i === j ? 1 : 0;
      let slack = sum;
      let propagated = 0;
      for (let k = 0; k < n; k++) {
        const term = a[i * n + k]! * y[k * n + j]!;
        sum -= term;
        slack += Math.abs(term);
        if (inputError) propagated += inputError[i * n + k]! * Math.abs(y[k * n + j]!);
      }
      const r = Math.abs(sum) + unit * slack + propagated;
      residual[i * n + j] = r;
      row += r;
    }
    norm = Math.max(norm, row);
  }
  if (!(norm < 1)) {
    error.fill(Infinity);
    return;
  }
  // |R (I − R)⁻¹| ≤ R + R²+ …, and no entry of R² + R³ + … exceeds ‖R‖²/(1 − ‖R‖).
  const rest = (norm * norm) / (1 - norm);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let k = 0; k < n; k++) sum += Math.abs(y[i * n + k]!) * (residual[k * n + j]! + rest);
      error[i * n + j] = sum;
    }
  }
}

/**
 * Bounds for det A: relative to the determinant, and absolute. The factors are
 * exact for A + Δ with |Δ| ≤ n·u·|L||U| plus the error of A itself.
 * `relative` is tr|A⁻¹||Δ| (Jacobi) continued to all orders, infinite where it
 * is not small; `absolute` sums, over the rows, ‖Δ row‖ times the norms of the
 * other rows (Hadamard), which also serves where A is singular.
 */
export function determinantError(a: Float64Array, inputError: Float64Array | null, factors: Factors): { relative: number; absolute: number } {
  const { n } = factors;
  const delta = backwardError(factors, inputError);
  const inverse = new Float64Array(n * n);
  invertFactors(factors, inverse);
  let trace = 0;
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) trace += Math.abs(inverse[i * n + j]!) * delta[j * n + i]!;
  const relative = trace < 0.1 ? 1.25 * trace + (n + 1) * 2 ** -53 : Infinity;
  return { relative, absolute: hadamardError(a, delta, n) + (n + 1) * 2 ** -53 * Math.abs(determinantOf(factors)) };
}

function backwardError({ lu, order, n }: Factors, inputError: Float64Array | null): Float64Array {
  const delta = new Float64Array(n * n);
  const unit = (n + 1) * 2 ** -53;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let k = 0; k <= Math.min(i, j); k++) sum += (k === i ? 1 : Math.abs(lu[i * n + k]!)) * Math.abs(lu[k * n + j]!);
      const place = order[i]! * n + j;
      delta[place] = unit * sum + (inputError ? inputError[place]! : 0);
    }
  }
  return delta;
}

function hadamardError(a: Float64Array, delta: Float64Array, n: number): number {
  const norms = new Float64Array(n);
  const changes = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let norm = 0;
    let change = 0;
    for (let j = 0; j < n; j++) {
      norm += (Math.abs(a[i * n + j]!) + delta[i * n + j]!) ** 2;
      change += delta[i * n + j]! ** 2;
    }
    norms[i] = Math.sqrt(norm);
    changes[i] = Math.sqrt(change);
  }
  let total = 0;
  for (let i = 0; i < n; i++) {
    let product = changes[i]!;
    for (let k = 0; k < n; k++) if (k !== i) product *= norms[k]!;
    total += product;
  }
  return total;
}

function swap(lu: Float64Array, order: Int32Array, n: number, a: number, b: number): void {
  for (let j = 0; j < n; j++) {
    const kept = lu[a * n + j]!;
    lu[a * n + j] = lu[b * n + j]!;
    lu[b * n + j] = kept;
  }
  const kept = order[a]!;
  order[a] = order[b]!;
  order[b] = kept;
}
