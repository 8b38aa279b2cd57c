/**
 * Everyday operations, spelled with contractions and elementwise maps: nothing
 * here adds a kind of term. All are shape-checked by the constructors below
 * them; the operations with a rule of their own are in calls.ts.
 */
import { ShapeError } from "./errors";
import { sameShape, type Shape } from "./shape";
import { add, contract, map, powerNode, scalar, type Term } from "./term";

/**
 * Einstein summation with letters: `einsum("ij,jk->ik", a, b)`. `...` stands
 * for leading batch axes, the same ones wherever it is written.
 */
export function einsum(spec: string, ...args: readonly Term[]): Term {
  const [inputs, result] = parseSpec(spec, args);
  return contract(inputs, result, args);
}

/** A·B for matrices; a vector on the left is a row, on the right a column. */
export function matmul(a: Term, b: Term): Term {
  if (a.shape.length < 1 || a.shape.length > 2 || b.shape.length < 1 || b.shape.length > 2 || a.shape[a.shape.length - 1] !== b.shape[0]) throw new ShapeError("matmul", a.shape, b.shape);
  return einsum(`${a.shape.length === 2 ? "ij" : "j"},${b.shape.length === 2 ? "jk" : "j"}->${a.shape.length === 2 ? "i" : ""}${b.shape.length === 2 ? "k" : ""}`, a, b);
}

export function transpose(t: Term): Term {
  return einsum("ij->ji", t);
}

export function trace(t: Term): Term {
  return einsum("ii->", t);
}

/** A vector on the diagonal of a matrix. */
export function diagonalEmbed(t: Term): Term {
  return einsum("i->ii", t);
}

/** The diagonal of a matrix as a vector. */
export function diagonal(t: Term): Term {
  return einsum("ii->i", t);
}

export function identity(n: number): Term {
  return contract([], [0, 0], [], [n, n]);
}

export function ones(shape: Shape): Term {
  return contract([], axesOf(shape), [], shape);
}

/** Every entry numerator / denominator. */
export function full(shape: Shape, numerator: number, denominator = 1): Term {
  return contract([[]], axesOf(shape), [scalar(numerator, denominator)], shape);
}

export function scale(t: Term, numerator: number, denominator = 1): Term {
  const axes = axesOf(t.shape);
  return contract([[], axes], axes, [scalar(numerator, denominator), t]);
}

export function neg(t: Term): Term {
  return scale(t, -1);
}

export function sub(a: Term, b: Term): Term {
  return add(a, neg(b));
}

/** The elementwise product; a scalar broadcasts. */
export function mul(a: Term, b: Term): Term {
  const shape = a.shape.length >= b.shape.length ? a.shape : b.shape;
  const labels = [a, b].map((t) => {
    if (t.shape.length > 0 && !sameShape(t.shape, shape)) throw new ShapeError("mul", a.shape, b.shape);
    return axesOf(t.shape);
  });
  return contract(labels, axesOf(shape), [a, b]);
}

/** The elementwise quotient; a scalar broadcasts. */
export function div(a: Term, b: Term): Term {
  return mul(a, reciprocal(b));
}

export function reciprocal(t: Term): Term {
  const value = uniformValue(t);
  return value && value[0] !== 0 ? full(t.shape, value[1], value[0]) : map("reciprocal", t);
}

/** base^exponent at each entry; products, and square roots, where the exponent is one constant k or k/2. */
export function power(base: Term, exponent: Term): Term {
  const spread = exponent.shape.length === 0 && base.shape.length > 0 ? broadcast(exponent, base.shape, []) : exponent;
  const value = uniformValue(spread);
  if (value && value[1] <= 2 && Math.abs(value[0]) <= 64) {
    if (!sameShape(base.shape, spread.shape)) throw new ShapeError("power", base.shape, exponent.shape);
    return integerPower(value[1] === 2 ? map("sqrt", base) : base, value[0]);
  }
  return powerNode(base, spread);
}

/** t^k at each entry, k any integer; t^0 is one. */
export function integerPower(t: Term, k: number): Term {
  if (!Number.isInteger(k)) throw new RangeError(`integerPower: ${k} is not an integer`);
  if (k < 0) return reciprocal(integerPower(t, -k));
  if (k === 0) return ones(t.shape);
  const axes = axesOf(t.shape);
  if (k <= 4) return contract(Array.from({ length: k }, () => axes), axes, Array.from({ length: k }, () => t));
  const half = integerPower(t, k >> 1);
  return k % 2 === 1 ? contract([axes, axes, axes], axes, [half, half, t]) : contract([axes, axes], axes, [half, half]);
}

/** The sum over `axes` (all by default), which are dropped. */
export function sum(t: Term, axes: readonly number[] = axesOf(t.shape)): Term {
  checkAxes("sum", t.shape, axes);
  const labels = axesOf(t.shape);
  return contract([labels], labels.filter((axis) => !axes.includes(axis)), [t]);
}

/** `t`, whose axes become the axes `axes` of `shape`; along the others it is repeated. */
export function broadcast(t: Term, shape: Shape, axes: readonly number[]): Term {
  checkAxes("broadcast", shape, axes);
  if (!sameShape(t.shape, axes.map((axis) => shape[axis]!))) throw new ShapeError("broadcast", t.shape, shape);
  return contract([axes], axesOf(shape), [t], shape);
}

/** Axis i of the result is axis `axes[i]` of `t`. */
export function permute(t: Term, axes: readonly number[]): Term {
  checkAxes("permute", t.shape, axes);
  if (axes.length !== t.shape.length) throw new ShapeError("permute", t.shape, axes);
  return contract([axesOf(t.shape)], axes, [t]);
}

/** [0, 1, …]: one label or axis number for each axis. */
export function axesOf(shape: Shape): number[] {
  return shape.map((_, axis) => axis);
}

/** The value n/d of a constant whose entries are all equal, else null. */
export function uniformValue(t: Term): readonly [number, number] | null {
  if (t.kind === "constant") return t.numerators.every((n) => n === t.numerators[0]) ? [t.numerators[0]!, t.denominator] : null;
  if (t.kind !== "contract" || new Set(t.output).size < t.output.length) return null;
  if (t.args.length === 0) return [1, 1];
  return t.args.length === 1 && t.args[0]!.shape.length === 0 ? uniformValue(t.args[0]!) : null;
}

function checkAxes(operation: string, shape: Shape, axes: readonly number[]): void {
  if (new Set(axes).size < axes.length || axes.some((axis) => !Number.isInteger(axis) || axis < 0 || axis >= shape.length)) throw new ShapeError(operation, shape, axes, "axes");
}

const BATCH = 1000;
const specs = new Map<string, readonly [readonly (readonly string[])[], readonly string[]]>();

/** The labels of `spec`, letters as their codes, `...` as BATCH, BATCH + 1, … */
function parseSpec(spec: string, args: readonly Term[]): [number[][], number[]] {
  let parsed = specs.get(spec);
  if (!parsed) {
    const [left, right] = spec.split("->");
    if (right === undefined || !/^[a-zA-Z.,\s]*->[a-zA-Z.\s]*$/.test(spec)) throw new RangeError(`einsum: cannot read "${spec}"`);
    const letters = (part: string): string[] => part.match(/\.\.\.|[a-zA-Z]/g) ?? [];
    parsed = [left!.trim() === "" && args.length === 0 ? [] : left!.split(",").map(letters), letters(right)];
    specs.set(spec, parsed);
  }
  const [inputs, output] = parsed;
  if (inputs.length !== args.length) throw new ShapeError("einsum", [inputs.length], [args.length], `operands of "${spec}", arguments`);
  let batch = 0;
  inputs.forEach((letters, i) => {
    if (letters.includes("...")) batch = args[i]!.shape.length - letters.length + 1;
  });
  const label = (letter: string): number[] => (letter === "..." ? Array.from({ length: Math.max(batch, 0) }, (_, i) => BATCH + i) : [letter.charCodeAt(0)]);
  return [inputs.map((letters) => letters.flatMap(label)), output.flatMap(label)];
}
