/**
 * A contraction of two operands as a batch of matrix products on the kernels.
 * Both operands and the target are stored [batch, rows, columns], each possibly
 * transposed; the planner has seen to that.
 */
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
  private panels: readonly (readonly [Float64Array, Float64Array, Float64Array])[] | null = null;

  constructor(
    readonly target: number,
    a: number,
    b: number,
    private readonly layout: ProductLayout,
    private readonly factor: Factor,
  ) {
    this.sources = [a, b];
    this.cost = layout.batch * layout.m * layout.k * layout.n;
  }

  run({ values, kernels }: Memory): void {
    const { m, k, n, transposeA, transposeB } = this.layout;
    this.panels ??= this.cut(values[this.sources[0]!]!, values[this.sources[1]!]!, values[this.target]!);
    for (const [a, b, c] of this.panels) kernels.matmul(a, b, c, m, k, n, transposeA, transposeB);
    const { value } = this.factor;
    if (value === 1) return;
    const c = values[this.target]!;
    for (let i = 0; i < c.length; i++) c[i] = c[i]! * value;
  }

  /** |A|·(E_B + γ|B|) + E_A·(|B| + E_B), where γ counts the roundings. */
  bound({ values, errors, kernels }: Memory): void {
    const { m, k, n, transposeA, transposeB } = this.layout;
    const gamma = (k + 4) * UNIT;
    const [slotA, slotB] = this.sources as readonly [number, number];
    const a = values[slotA]!.map(Math.abs);
    const b = values[slotB]!.map(Math.abs);
    const errorA = errors[slotA];
    const errorB = errors[slotB];
    const e = errors[this.target]!;
    const first = b.map((x, i) => gamma * x + (errorB ? errorB[i]! : 0));
    for (const [x, y, z] of this.cut(a, first, e)) kernels.matmul(x, y, z, m, k, n, transposeA, transposeB);
    if (errorA) {
      const second = new Float64Array(e.length);
      const reached = b.map((x, i) => x + (errorB ? errorB[i]! : 0));
      for (const [x, y, z] of this.cut(errorA, reached, second)) kernels.matmul(x, y, z, m, k, n, transposeA, transposeB);
      for (let i = 0; i < e.length; i++) e[i] = e[i]! + second[i]!;
    }
    const size = Math.abs(this.factor.value) * (1 + gamma);
    for (let i = 0; i < e.length; i++) e[i] = e[i]! * size;
  }

  modular({ values, kernels }: Memory, { field }: ModularContext): void {
    const { m, k, n, transposeA, transposeB } = this.layout;
    this.panels ??= this.cut(values[this.sources[0]!]!, values[this.sources[1]!]!, values[this.target]!);
    for (const [a, b, c] of this.panels) kernels.matmulModular(a, b, c, m, k, n, transposeA, transposeB, field.modulus);
    const factor = field.rational(this.factor.numerator, this.factor.denominator);
    if (factor === 1) return;
    const c = values[this.target]!;
    for (let i = 0; i < c.length; i++) c[i] = field.multiply(c[i]!, factor);
  }

  private cut(a: Float64Array, b: Float64Array, c: Float64Array): [Float64Array, Float64Array, Float64Array][] {
    const { batch, m, k, n } = this.layout;
    if (batch === 1) return [[a, b, c]];
    return Array.from({ length: batch }, (_, i) => [a.subarray(i * m * k, (i + 1) * m * k), b.subarray(i * k * n, (i + 1) * k * n), c.subarray(i * m * n, (i + 1) * m * n)]);
  }
}
