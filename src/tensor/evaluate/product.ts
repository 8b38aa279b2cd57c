/**
 * A contraction of two operands as a batch of matrix products on the kernels.
 * Both operands and the target are stored [batch, rows, columns], each possibly
 * transposed; the planner has seen to that.
 */
import type { Kernels } from "../kernels/types";
import { UNIT, type Factor, type Memory, type ModularContext, type Operation } from "./operation";

export interface ProductLayout {
  readonly batch: number;
  readonly m: number;
  readonly k: number;
  readonly n: number;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

export class Product implements Operation {
  readonly exact = false;
  readonly cost: number;
  readonly sources: readonly number[];

  constructor(
    readonly target: number,
    private readonly a: number,
    private readonly b: number,
    private readonly layout: ProductLayout,
    private readonly factor: Factor,
  ) {
    this.sources = [a, b];
    this.cost = layout.batch * layout.m * layout.k * layout.n;
  }

  run({ values, kernels }: Memory): void {
    const c = values[this.target]!;
    this.multiply(values[this.a]!, values[this.b]!, c, kernels);
    const { value } = this.factor;
    if (value !== 1) for (let i = 0; i < c.length; i++) c[i] = c[i]! * value;
  }

  /** |A|·(E_B + γ|B|) + E_A·(|B| + E_B), where γ counts the roundings. */
  bound({ values, errors, kernels }: Memory): void {
    const gamma = (this.layout.k + 4) * UNIT;
    const [errorA, errorB, e] = [errors[this.a], errors[this.b], errors[this.target]!];
    this.multiply(sizes(values[this.a]!, 1, null), sizes(values[this.b]!, gamma, errorB), e, kernels);
    if (errorA) {
      const second = new Float64Array(e.length);
      this.multiply(errorA, sizes(values[this.b]!, 1, errorB), second, kernels);
      for (let i = 0; i < e.length; i++) e[i] = e[i]! + second[i]!;
    }
    // The bound itself was computed with as many roundings.
    const size = Math.abs(this.factor.value) * (1 + 4 * gamma);
    for (let i = 0; i < e.length; i++) e[i] = e[i]! * size;
  }

  modular({ values, kernels }: Memory, { field }: ModularContext): void {
    const { batch, m, k, n, transposeA, transposeB } = this.layout;
    const [a, b, c] = [values[this.a]!, values[this.b]!, values[this.target]!];
    if (batch > 1 && kernels.matmulModularBatched) kernels.matmulModularBatched(a, b, c, batch, m, k, n, transposeA, transposeB, field.modulus);
    else for (const [x, y, z] of this.panels(a, b, c)) kernels.matmulModular(x, y, z, m, k, n, transposeA, transposeB, field.modulus);
    const factor = field.rational(this.factor.numerator, this.factor.denominator);
    if (factor !== 1) for (let i = 0; i < c.length; i++) c[i] = field.multiply(c[i]!, factor);
  }

  private multiply(a: Float64Array, b: Float64Array, c: Float64Array, kernels: Kernels): void {
    const { batch, m, k, n, transposeA, transposeB } = this.layout;
    if (batch > 1 && kernels.matmulBatched) kernels.matmulBatched(a, b, c, batch, m, k, n, transposeA, transposeB);
    else for (const [x, y, z] of this.panels(a, b, c)) kernels.matmul(x, y, z, m, k, n, transposeA, transposeB);
  }

  private panels(a: Float64Array, b: Float64Array, c: Float64Array): (readonly [Float64Array, Float64Array, Float64Array])[] {
    const { batch, m, k, n } = this.layout;
    if (batch === 1) return [[a, b, c]];
    return Array.from({ length: batch }, (_, i) => [a.subarray(i * m * k, (i + 1) * m * k), b.subarray(i * k * n, (i + 1) * k * n), c.subarray(i * m * n, (i + 1) * m * n)]);
  }
}

/** factor·|x| + e for each entry. */
function sizes(data: Float64Array, factor: number, error: Float64Array | null | undefined): Float64Array {
  const out = new Float64Array(data.length);
  for (let i = 0; i < out.length; i++) out[i] = factor * Math.abs(data[i]!) + (error ? error[i]! : 0);
  return out;
}
