/**
 * A contraction of up to three operands as a nest of loops over strides: the
 * innermost loop runs over one label, and tables hold the offsets at which it
 * starts for each setting of the others. Any pattern of labels is handled:
 * diagonals by the sum of strides, broadcasts by strides of zero.
 *
 * Neighbouring labels that are adjacent in every operand are first merged into
 * one, so that an elementwise product is a single loop.
 */
import type { Shape } from "../shape";
import { stridesOf } from "../shape";
import { UNIT, type Factor, type Memory, type ModularContext, type Operation } from "./operation";

export interface Operand {
  readonly slot: number;
  readonly labels: readonly number[];
  readonly shape: Shape;
}

interface Nest {
  /** Of the innermost loop. */
  readonly count: number;
  readonly outerCount: number;
  /** Of the target and of up to three operands; an absent one stays at 0. */
  readonly strides: readonly [number, number, number, number];
  readonly offsets: readonly [Int32Array, Int32Array, Int32Array, Int32Array];
  /** Whether the innermost loop sums into one entry. */
  readonly reduces: boolean;
  /** Whether entries are written more than once, or not all of them. */
  readonly accumulates: boolean;
}

export class Loops implements Operation {
  readonly sources: readonly number[];
  readonly exact: boolean;
  readonly cost: number;
  private nest: Nest | null = null;
  private readonly terms: number;

  constructor(
    readonly target: number,
    private readonly output: Operand,
    private readonly operands: readonly Operand[],
    private readonly factor: Factor,
    private readonly sizes: ReadonlyMap<number, number>,
  ) {
    this.sources = operands.map((operand) => operand.slot);
    let space = 1;
    this.terms = 1;
    for (const [label, size] of sizes) {
      space *= size;
      if (!output.labels.includes(label)) this.terms *= size;
    }
    this.exact = operands.length <= 1 && this.terms === 1 && factor.exact;
    this.cost = space * Math.max(1, operands.length - 1);
  }

  run({ values }: Memory): void {
    const nest = (this.nest ??= this.prepare());
    const { value } = this.factor;
    const c = values[this.target]!;
    if (nest.accumulates) c.fill(0);
    switch (this.operands.length) {
      case 0:
        return runConstant(nest, c, value);
      case 1:
        return runOne(nest, c, values[this.sources[0]!]!, value);
      case 2:
        return runTwo(nest, c, values[this.sources[0]!]!, values[this.sources[1]!]!, value);
      default:
        return runThree(nest, c, values[this.sources[0]!]!, values[this.sources[1]!]!, values[this.sources[2]!]!, value);
    }
  }

  /**
   * Σ Π(|a| + eₐ) − Σ Π|a| is what the operands' errors can do, and each of
   * the roundings on the way to an entry adds at most u Σ Π(|a| + eₐ).
   */
  bound({ values, errors }: Memory): void {
    const { count, outerCount, strides, offsets, reduces, accumulates } = (this.nest ??= this.prepare());
    const adds = reduces || accumulates;
    const e = errors[this.target]!;
    const size = Math.abs(this.factor.value);
    const gamma = this.exact ? 0 : (this.terms + 2 * this.operands.length + 3) * UNIT;
    if (adds) e.fill(0);
    for (let t = 0; t < outerCount; t++) {
      for (let i = 0; i < count; i++) {
        let outer = size;
        let inner = size;
        for (let s = 0; s < this.sources.length; s++) {
          const place = offsets[s + 1]![t]! + i * strides[s + 1]!;
          const x = Math.abs(values[this.sources[s]!]![place]!);
          inner *= x;
          outer *= x + (errors[this.sources[s]!]?.[place] ?? 0);
        }
        const place = offsets[0][t]! + i * strides[0];
        const error = outer - inner + gamma * outer;
        e[place] = (adds ? e[place]! : 0) + error;
      }
    }
  }

  modular({ values }: Memory, { field }: ModularContext): void {
    const nest = (this.nest ??= this.prepare());
    const { count, outerCount, strides, offsets, reduces, accumulates } = nest;
    const factor = field.rational(this.factor.numerator, this.factor.denominator);
    const c = values[this.target]!;
    // Residues put elsewhere remain residues.
    if (factor === 1 && !reduces && !accumulates && this.operands.length === 1) return runOne(nest, c, values[this.sources[0]!]!, 1);
    const [a, b, d] = [values[this.sources[0]!] ?? ONE, values[this.sources[1]!] ?? ONE, values[this.sources[2]!] ?? ONE];
    const [sc, sa, sb, sd] = strides;
    const triple = this.operands.length > 2;
    if (accumulates) c.fill(0);
    for (let t = 0; t < outerCount; t++) {
      let [pc, pa, pb, pd] = [offsets[0][t]!, offsets[1][t]!, offsets[2][t]!, offsets[3][t]!];
      let sum = 0;
      for (let i = 0; i < count; i++) {
        const product = a[pa]! * b[pb]!;
        sum += triple ? field.reduce(product) * d[pd]! : product;
        // Eight products and a reduced rest are below 2^53.
        if ((i & 7) === 7 || i === count - 1 || !reduces) sum = field.reduce(sum);
        if (!reduces) {
          c[pc] = factor === 1 && !accumulates ? sum : field.reduce((accumulates ? c[pc]! : 0) + factor * sum);
          sum = 0;
        }
        pa += sa;
        pb += sb;
        pc += sc;
        pd += sd;
      }
      if (reduces) c[pc] = field.reduce((accumulates ? c[pc]! : 0) + factor * sum);
    }
  }

  private prepare(): Nest {
    const operands = [this.output, ...this.operands];
    const { labels } = this.output;
    const order = [...new Set([...labels, ...this.sizes.keys()])];
    const axes = mergeAxes(order.map((label) => ({ size: this.sizes.get(label)!, strides: operands.map((operand) => strideOf(operand, label)), summed: !labels.includes(label) })));
    const inner = innermost(axes);
    const outer = axes.filter((axis) => axis !== inner);
    const outerCount = outer.reduce((product, { size }) => product * size, 1);
    const offsets = [0, 1, 2, 3].map((operand) => offsetsOf(outer.map(({ size, strides }) => [size, strides[operand] ?? 0]), outerCount));
    return {
      count: inner?.size ?? 1,
      outerCount,
      strides: [0, 1, 2, 3].map((operand) => inner?.strides[operand] ?? 0) as unknown as Nest["strides"],
      offsets: offsets as unknown as Nest["offsets"],
      reduces: inner?.summed ?? false,
      accumulates: outer.some(({ summed }) => summed) || new Set(labels).size < labels.length,
    };
  }
}

const ONE = Float64Array.of(1);

interface Axis {
  readonly size: number;
  /** In the target and in each operand. */
  readonly strides: readonly number[];
  readonly summed: boolean;
}

/** A label may stand at several axes of an operand, whose strides then add up. */
function strideOf({ labels, shape }: Operand, label: number): number {
  const strides = stridesOf(shape);
  let stride = 0;
  for (let axis = 0; axis < labels.length; axis++) if (labels[axis] === label) stride += strides[axis]!;
  return stride;
}

/** Drops axes of size one, and joins u and v where a step of u is a whole run of v everywhere. */
function mergeAxes(axes: readonly Axis[]): Axis[] {
  const merged: Axis[] = [];
  for (const axis of axes) {
    if (axis.size === 1) continue;
    const last = merged[merged.length - 1];
    if (last && last.summed === axis.summed && last.strides.every((stride, i) => stride === axis.strides[i]! * axis.size)) {
      merged[merged.length - 1] = { size: last.size * axis.size, strides: axis.strides, summed: axis.summed };
    } else merged.push(axis);
  }
  return merged;
}

/** The longest summed axis, for a sum stays in a register; else the last one written. */
function innermost(axes: readonly Axis[]): Axis | undefined {
  let best: Axis | undefined;
  for (const axis of axes) if (axis.summed && (!best || axis.size > best.size)) best = axis;
  return best ?? axes[axes.length - 1];
}

/** The offset of every setting of the axes, the last one varying fastest. */
function offsetsOf(axes: readonly (readonly [number, number])[], total: number): Int32Array {
  const offsets = new Int32Array(total);
  let filled = 1;
  for (let k = axes.length - 1; k >= 0; k--) {
    const [size, stride] = axes[k]!;
    for (let i = 1; i < size; i++) for (let j = 0; j < filled; j++) offsets[i * filled + j] = offsets[j]! + i * stride;
    filled *= size;
  }
  return offsets;
}

function runConstant({ count, outerCount, strides, offsets }: Nest, c: Float64Array, factor: number): void {
  const stride = strides[0];
  for (let t = 0; t < outerCount; t++) {
    let p = offsets[0][t]!;
    for (let i = 0; i < count; i++, p += stride) c[p] = factor;
  }
}

function runOne({ count, outerCount, strides, offsets, reduces, accumulates }: Nest, c: Float64Array, a: Float64Array, factor: number): void {
  const [sc, sa] = strides;
  const [oc, oa] = offsets;
  for (let t = 0; t < outerCount; t++) {
    let pc = oc[t]!;
    let pa = oa[t]!;
    if (reduces) {
      let sum = 0;
      for (let i = 0; i < count; i++, pa += sa) sum += a[pa]!;
      c[pc] = accumulates ? c[pc]! + factor * sum : factor * sum;
    } else if (accumulates) for (let i = 0; i < count; i++, pa += sa, pc += sc) c[pc] = c[pc]! + factor * a[pa]!;
    else for (let i = 0; i < count; i++, pa += sa, pc += sc) c[pc] = factor * a[pa]!;
  }
}

function runTwo({ count, outerCount, strides, offsets, reduces, accumulates }: Nest, c: Float64Array, a: Float64Array, b: Float64Array, factor: number): void {
  const [sc, sa, sb] = strides;
  const [oc, oa, ob] = offsets;
  for (let t = 0; t < outerCount; t++) {
    let pc = oc[t]!;
    let pa = oa[t]!;
    let pb = ob[t]!;
    if (reduces) {
      let sum = 0;
      for (let i = 0; i < count; i++, pa += sa, pb += sb) sum += a[pa]! * b[pb]!;
      c[pc] = accumulates ? c[pc]! + factor * sum : factor * sum;
    } else if (accumulates) for (let i = 0; i < count; i++, pa += sa, pb += sb, pc += sc) c[pc] = c[pc]! + factor * a[pa]! * b[pb]!;
    else for (let i = 0; i < count; i++, pa += sa, pb += sb, pc += sc) c[pc] = factor * a[pa]! * b[pb]!;
  }
}

function runThree({ count, outerCount, strides, offsets, reduces, accumulates }: Nest, c: Float64Array, a: Float64Array, b: Float64Array, d: Float64Array, factor: number): void {
  const [sc, sa, sb, sd] = strides;
  const [oc, oa, ob, od] = offsets;
  for (let t = 0; t < outerCount; t++) {
    let pc = oc[t]!;
    let pa = oa[t]!;
    let pb = ob[t]!;
    let pd = od[t]!;
    if (reduces) {
      let sum = 0;
      for (let i = 0; i < count; i++, pa += sa, pb += sb, pd += sd) sum += a[pa]! * b[pb]! * d[pd]!;
      c[pc] = accumulates ? c[pc]! + factor * sum : factor * sum;
    } else if (accumulates) for (let i = 0; i < count; i++, pa += sa, pb += sb, pc += sc, pd += sd) c[pc] = c[pc]! + factor * a[pa]! * b[pb]! * d[pd]!;
    else for (let i = 0; i < count; i++, pa += sa, pb += sb, pc += sc, pd += sd) c[pc] = factor * a[pa]! * b[pb]! * d[pd]!;
  }
}
