/** Steps that work entry by entry: sums of multiples, functions of one number, powers. */
import { uniformValue } from "../build";
import { NotExact, ZeroDivisor } from "../errors";
import type { Field } from "../field";
import type { MapRule } from "../primitives/types";
import { gcd, type Power } from "../term";
import { UNIT, type Factor, type Memory, type ModularContext, type Operation } from "./operation";

/** Σ αᵢ xᵢ for tensors of one shape. */
export class LinearCombination implements Operation {
  readonly exact = false;
  readonly cost: number;

  constructor(
    readonly target: number,
    readonly sources: readonly number[],
    private readonly factors: readonly Factor[],
    size: number,
  ) {
    this.cost = size * sources.length;
  }

  run({ values }: Memory): void {
    const c = values[this.target]!;
    c.fill(0);
    for (let s = 0; s < this.sources.length; s++) {
      const a = values[this.sources[s]!]!;
      const factor = this.factors[s]!.value;
      for (let i = 0; i < c.length; i++) c[i] = c[i]! + factor * a[i]!;
    }
  }

  bound({ values, errors }: Memory): void {
    const e = errors[this.target]!;
    const gamma = (this.sources.length + 2) * UNIT;
    e.fill(0);
    for (let s = 0; s < this.sources.length; s++) {
      const a = values[this.sources[s]!]!;
      const errorA = errors[this.sources[s]!];
      const factor = Math.abs(this.factors[s]!.value);
      for (let i = 0; i < e.length; i++) e[i] = e[i]! + factor * (gamma * Math.abs(a[i]!) + (errorA ? errorA[i]! : 0));
    }
  }

  modular({ values }: Memory, { field }: ModularContext): void {
    const c = values[this.target]!;
    c.fill(0);
    for (let s = 0; s < this.sources.length; s++) {
      const a = values[this.sources[s]!]!;
      const factor = field.rational(this.factors[s]!.numerator, this.factors[s]!.denominator);
      for (let i = 0; i < c.length; i++) c[i] = field.reduce(c[i]! + factor * a[i]!);
    }
  }
}

/** f(x) at each entry. */
export class Pointwise implements Operation {
  readonly exact: boolean;
  readonly sources: readonly number[];

  constructor(
    readonly target: number,
    source: number,
    readonly rule: MapRule,
    readonly cost: number,
  ) {
    this.sources = [source];
    this.exact = rule.exactness === "mask";
  }

  run({ values }: Memory): void {
    const a = values[this.sources[0]!]!;
    const c = values[this.target]!;
    const { rule } = this;
    for (let i = 0; i < c.length; i++) c[i] = rule.forward(a[i]!);
  }

  bound({ values, errors }: Memory): void {
    const a = values[this.sources[0]!]!;
    const errorA = errors[this.sources[0]!];
    const c = values[this.target]!;
    const e = errors[this.target]!;
    for (let i = 0; i < e.length; i++) e[i] = known(this.rule.bound(a[i]!, errorA ? errorA[i]! : 0, c[i]!));
  }

  modular({ values }: Memory, context: ModularContext): void {
    const a = values[this.sources[0]!]!;
    const c = values[this.target]!;
    const mask = this.rule.exactness === "mask" ? context.mask(this) : undefined;
    if (this.rule.exactness === "mask" && !mask) throw new NotExact(this.rule.name);
    for (let i = 0; i < c.length; i++) c[i] = this.rule.forwardModular(a[i]!, context.atoms, mask ? mask[i]! : 0);
  }
}

/** b^e at each entry. */
export class PowerStep implements Operation {
  readonly exact = false;
  readonly sources: readonly number[];
  private readonly exponent: readonly [number, number] | null;

  constructor(
    readonly target: number,
    base: number,
    exponent: number,
    node: Power,
    readonly cost: number,
  ) {
    this.sources = [base, exponent];
    this.exponent = uniformValue(node.exponent);
  }

  run({ values }: Memory): void {
    const [b, e, c] = [values[this.sources[0]!]!, values[this.sources[1]!]!, values[this.target]!];
    for (let i = 0; i < c.length; i++) c[i] = b[i]! ** e[i]!;
  }

  /** b^e = exp(e log b) with the error of e log b, and that of `**` itself. */
  bound({ values, errors }: Memory): void {
    const [b, e, c] = [values[this.sources[0]!]!, values[this.sources[1]!]!, values[this.target]!];
    const [errorB, errorE] = [errors[this.sources[0]!], errors[this.sources[1]!]];
    const out = errors[this.target]!;
    for (let i = 0; i < out.length; i++) {
      const [x, k] = [errorB ? errorB[i]! : 0, errorE ? errorE[i]! : 0];
      const logSpread = x === 0 ? 0 : x < Math.abs(b[i]!) ? -Math.log1p(-x / Math.abs(b[i]!)) : Infinity;
      const shift = (k === 0 ? 0 : k * (Math.abs(Math.log(Math.abs(b[i]!))) + logSpread)) + (logSpread === 0 ? 0 : Math.abs(e[i]!) * logSpread);
      out[i] = known(Math.abs(c[i]!) * (Math.expm1(shift) + 8 * UNIT));
    }
  }

  /**
   * A constant exponent n/d is exact where d-th roots are unique. Any other is
   * taken for the integer that its balanced residue is: b^(e − 1) = b^e / b
   * holds then, so this can verify, but not refute.
   */
  modular({ values }: Memory, { field }: ModularContext): void {
    const [b, e, c] = [values[this.sources[0]!]!, values[this.sources[1]!]!, values[this.target]!];
    for (let i = 0; i < c.length; i++) c[i] = this.exponent ? rationalPower(b[i]!, this.exponent, field) : field.power(b[i]!, e[i]!);
  }
}

/** Roots of odd degree are unique where the degree has no factor of p − 1; even ones among squares. */
function rationalPower(base: number, [numerator, denominator]: readonly [number, number], field: Field): number {
  if (denominator === 1) return field.power(base, numerator);
  if (base === 0) {
    if (numerator < 0) throw new ZeroDivisor("power");
    return 0;
  }
  let [root, degree] = [base, denominator];
  const squares = (field.modulus - 1) / 2;
  while (degree % 2 === 0) {
    root = field.squareRoot(root);
    degree /= 2;
  }
  if (gcd(degree, squares) !== 1) throw new NotExact("power");
  // x ↦ x^degree is undone by the inverse of the degree modulo p − 1, which is odd.
  const inverse = inverseModulo(degree, 2 * squares);
  return field.power(field.power(root, inverse), numerator);
}

/** 1/a modulo n for coprime a and n. */
function inverseModulo(a: number, n: number): number {
  let [r0, r1, s0, s1] = [n, a % n, 0, 1];
  while (r1 !== 0) {
    const q = Math.floor(r0 / r1);
    [r0, r1, s0, s1] = [r1, r0 - q * r1, s1, s0 - q * s1];
  }
  return s0 < 0 ? s0 + n : s0;
}

/** A bound that could not be computed is none. */
function known(bound: number): number {
  return bound >= 0 ? bound : Infinity;
}
