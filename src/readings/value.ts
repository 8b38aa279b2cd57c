/**
 * What an expression means under a reading, before sizes are chosen: its
 * symbolic shape, its free indices, and how to make its term once they are.
 *
 * The term's axes are those of the free indices, in order, then those of the
 * shape. Scalars have shape [], vectors and matrices two axes, derivatives of
 * matrices by matrices four.
 */
import type { Place } from "../latex/types";
import type { SizeClasses } from "../semantics/symbols/sizes";
import { broadcast, contract, permute, reshape, scalar as scalarTerm, scale, sum, type Term } from "../tensor";
import { Failure } from "./failure";

export interface Env {
  /** The number of a size in this trial. */
  readonly size: (key: string) => number;
  /** Which of the two differentiators works. */
  readonly mode: "reverse" | "forward";
  readonly memo: Map<Value, Term>;
  /** Letters for the bounds of integrals, and what they stand for once all derivatives are taken. */
  readonly ends: Map<Term, Term>;
}

/** An index that is an axis: unique names, so that inner sums may reuse a letter. */
export interface Axis {
  readonly name: string;
  readonly range: string;
  /** Bound by a sum or the like. */
  readonly summed?: boolean;
  /** The value of the index at the first position; 1 where absent. */
  readonly origin?: 0;
}

export interface Value {
  readonly free: readonly Axis[];
  readonly shape: readonly string[];
  readonly make: (env: Env) => Term;
  /** A numeric literal, which any shape takes. */
  readonly literal?: readonly [number, number];
  /** A vector given by its length alone, which may be repeated over a matrix: along its rows or columns as it is written beside one, or as the reading says. */
  readonly bias?: "rows" | "columns" | "either";
  /** The sums of a matrix's rows or columns, which are taken from all of a row or column. */
  readonly sums?: true;
  /** The members along the leading axis, where each is a node of its own that others are made from. */
  readonly steps?: (env: Env) => readonly Term[];
}

export function termOf(value: Value, env: Env): Term {
  const known = env.memo.get(value);
  if (known) return known;
  const term = value.make(env);
  env.memo.set(value, term);
  return term;
}

export function isScalar(value: Value): boolean {
  return value.shape.length === 0;
}

export function literal(numerator: number, denominator = 1): Value {
  return { free: [], shape: [], literal: [numerator, denominator], make: () => scalarTerm(numerator, denominator) };
}

export function sizesOf(value: Pick<Value, "free" | "shape">, env: Env): number[] {
  return [...value.free.map((axis) => env.size(axis.range)), ...value.shape.map(env.size)];
}

/** Every function below that combines values takes the size classes of the claim. */
export class Algebra {
  /** Is told where a vector is repeated over a matrix, and could have been the other way. */
  onRepeat: () => void = () => undefined;
  constructor(readonly classes: SizeClasses) {}

  same(a: string, b: string): boolean {
    return this.classes.find(a) === this.classes.find(b);
  }

  isOne(key: string): boolean {
    return this.classes.find(key) === "1";
  }

  /** A 1×1 matrix is a number. */
  normal(value: Value): Value {
    if (value.shape.length !== 2 || !value.shape.every((dim) => this.isOne(dim))) return value;
    return { ...value, shape: [], make: (env) => reshape(termOf(value, env), value.free.map((axis) => env.size(axis.range))) };
  }

  /** An einsum over positional labels; free indices ride along, shared ones are aligned. */
  contractValues(values: readonly Value[], labels: readonly (readonly string[])[], output: readonly string[], shape: readonly string[]): Value {
    const free = mergeAxes(values);
    const number = numbering();
    const inputs = values.map((value, i) => [...value.free.map((axis) => number(`i:${axis.name}`)), ...(labels[i] ?? []).map(number)]);
    const out = [...free.map((axis) => number(`i:${axis.name}`)), ...output.map(number)];
    return { free, shape, make: (env) => contract(inputs, out, values.map((value) => termOf(value, env)), [...free.map((axis) => env.size(axis.range)), ...shape.map(env.size)]) };
  }

  scale(scalar: Value, value: Value): Value {
    const labels = value.shape.map((_, axis) => `p${axis}`);
    return { ...this.contractValues([scalar, value], [[], labels], labels, value.shape), ...(scalar.literal && value.literal ? { literal: multiply(scalar.literal, value.literal) } : {}), ...(value.sums ? { sums: true as const } : {}) };
  }

  /** a·b as matrices, or as a scalar times anything. */
  multiply(a: Value, b: Value, place: Place): Value {
    if (isScalar(a)) return this.scale(a, b);
    if (isScalar(b)) return this.scaleRight(a, b);
    if (a.shape.length === 2 && b.shape.length === 2) return this.matrixProduct(a, b, place);
    return this.higherProduct(a, b, place);
  }

  private scaleRight(a: Value, b: Value): Value {
    return this.scale(b, a);
  }

  private matrixProduct(a: Value, b: Value, place: Place): Value {
    const [rows, inner] = a.shape as [string, string];
    const [innerB, columns] = b.shape as [string, string];
    if (!this.classes.unify(inner, innerB)) throw new Failure("shape", `${this.describe(a)} times ${this.describe(b)}: ${this.counted(inner, "column")} ${this.isOne(inner) ? "meets" : "meet"} ${this.counted(innerB, "row")}`, place);
    return this.normal(this.contractValues([a, b], [["r", "k"], ["k", "c"]], ["r", "c"], [rows, columns]));
  }

  /** Chain rule for tensors: the last axes of `a` (as many as half its rank) meet the first of `b`. */
  private higherProduct(a: Value, b: Value, place: Place): Value {
    const shared = Math.min(2, a.shape.length, b.shape.length);
    const left = a.shape.slice(0, a.shape.length - shared);
    const inner = a.shape.slice(a.shape.length - shared);
    const right = b.shape.slice(shared);
    if (!inner.every((dim, i) => this.classes.unify(dim, b.shape[i] as string))) throw new Failure("shape", `${this.describe(a)} times ${this.describe(b)}`, place, false);
    const names = (prefix: string, dims: readonly string[]): string[] => dims.map((_, i) => `${prefix}${i}`);
    return this.contractValues([a, b], [[...names("l", left), ...names("s", inner)], [...names("s", inner), ...names("r", right)]], [...names("l", left), ...names("r", right)], [...left, ...right]);
  }

  transpose(value: Value): Value {
    if (isScalar(value)) return value;
    if (value.shape.length !== 2) {
      const half = value.shape.length / 2;
      const order = [...value.shape.keys()].map((axis) => (axis + half) % value.shape.length);
      return this.permuted(value, order);
    }
    return this.permuted(value, [1, 0]);
  }

  private permuted(value: Value, order: readonly number[]): Value {
    const lead = value.free.length;
    return { free: value.free, shape: order.map((axis) => value.shape[axis] as string), make: (env) => permute(termOf(value, env), [...value.free.keys(), ...order.map((axis) => axis + lead)]) };
  }

  /** Entry by entry; a scalar goes with every entry, a vector along a matrix as a broadcast. */
  hadamard(a: Value, b: Value, place: Place, bias: "rows" | "columns"): Value {
    if (isScalar(a)) return this.scale(a, b);
    if (isScalar(b)) return this.scale(b, a);
    const [left, right] = this.align(a, b, place, bias, "⊙");
    const labels = left.shape.map((_, axis) => `p${axis}`);
    return this.contractValues([left, right], [labels, labels], labels, left.shape);
  }

  /** Two values as the same shape, one repeated along the other where it is a vector. */
  align(a: Value, b: Value, place: Place, bias: "rows" | "columns", operation: string): [Value, Value] {
    const repeatedSums = a.sums === b.sums ? null : a.sums ? this.repeat(a, b, bias) : this.repeat(b, a, bias);
    if (repeatedSums) return a.sums ? [repeatedSums, b] : [a, repeatedSums];
    // Where the sizes of a matrix are not known, a bias beside it would make a column of it.
    const [ofA, ofB] = [a, b].map((one) => one.bias === "rows" || one.bias === "columns");
    const repeatedBias = ofA === ofB ? null : ofA ? this.repeat(a, b, bias) : this.repeat(b, a, bias);
    if (repeatedBias) return ofA ? [repeatedBias, b] : [a, repeatedBias];
    if (a.shape.length === b.shape.length && this.classes.attempt(() => this.unifyAll(a.shape, b.shape))) return [a, b];
    if (isScalar(a)) return [this.spread(a, b.shape), b];
    if (isScalar(b)) return [a, this.spread(b, a.shape)];
    const repeatedB = this.repeat(b, a, bias);
    if (repeatedB) return [a, repeatedB];
    const repeatedA = this.repeat(a, b, bias);
    if (repeatedA) return [repeatedA, b];
    throw new Failure("shape", `${this.describe(a)} ${operation} ${this.describe(b)}`, place);
  }

  /** Makes two shapes equal, but no array a number: where an inferred size meets the 1 of a vector, the vector stays one. */
  private unifyAll(a: readonly string[], b: readonly string[]): boolean {
    const wasArray = [...a, ...b].some((dim) => !this.isOne(dim));
    return a.every((dim, axis) => this.compatible(dim, b[axis] as string)) && a.every((dim, axis) => this.classes.unify(dim, b[axis] as string)) && !(wasArray && a.every((dim) => this.isOne(dim)));
  }

  private compatible(a: string, b: string): boolean {
    return this.isOne(a) === this.isOne(b) || this.classes.find(a).startsWith("?") || this.classes.find(b).startsWith("?");
  }

  /** A number as an array of a shape. */
  spread(value: Value, shape: readonly string[]): Value {
    return this.contractValues([value], [[]], shape.map((_, axis) => `p${axis}`), shape);
  }

  /** A vector repeated over the rows (or columns) of a matrix that it is added to. */
  private repeat(vector: Value, matrix: Value, bias: "rows" | "columns"): Value | null {
    if (matrix.shape.length !== 2 || vector.shape.length !== 2) return null;
    const [rows, columns] = matrix.shape as [string, string];
    const axis = vector.shape.findIndex((dim) => !this.isOne(dim));
    if (axis < 0 || !vector.shape.some((dim) => this.isOne(dim)) || this.isOne(rows) || this.isOne(columns)) return null;
    const length = vector.shape[axis] as string;
    const literalColumn = axis === 0;
    // A row goes with the columns. A column is a row written loosely where its length says so, else what the reading says.
    const toColumns = (): boolean => this.classes.unify(length, columns);
    const toRows = (): boolean => this.classes.unify(length, rows);
    const alongRows = !literalColumn ? this.classes.attempt(toColumns) : (vector.bias === "either" ? bias : vector.bias) === "rows" ? this.classes.attempt(toColumns) : false;
    const alongColumns = !alongRows && literalColumn && this.classes.attempt(toRows);
    const late = !alongRows && !alongColumns && this.classes.attempt(toColumns);
    if (!alongRows && !alongColumns && !late) return null;
    this.onRepeat();
    const labels = axis === 0 ? ["v", "u"] : ["u", "v"];
    return this.contractValues([vector], [labels], alongColumns ? ["v", "w"] : ["w", "v"], [rows, columns]);
  }

  add(a: Value, b: Value, place: Place, bias: "rows" | "columns"): { left: Value; right: Value } {
    const [left, right] = this.align(a, b, place, bias, "plus");
    return { left, right };
  }

  /** The sum over an index. */
  sumOver(value: Value, axis: Axis): Value {
    const at = value.free.findIndex((other) => other.name === axis.name);
    if (at < 0) return { free: value.free, shape: value.shape, make: (env) => scale(termOf(value, env), env.size(axis.range)) };
    return { free: value.free.filter((other) => other.name !== axis.name), shape: value.shape, make: (env) => sum(termOf(value, env), [at]) };
  }

  /** The free axes of a value in a given order, missing ones repeated. */
  withFree(value: Value, free: readonly Axis[]): Value {
    if (value.free.length === free.length && free.every((axis, i) => value.free[i]?.name === axis.name)) return value;
    return {
      free,
      shape: value.shape,
      make: (env) => {
        const lead = free.length;
        const axes = [...value.free.map((axis) => free.findIndex((other) => other.name === axis.name)), ...value.shape.map((_, i) => lead + i)];
        return broadcast(termOf(value, env), [...free.map((axis) => env.size(axis.range)), ...value.shape.map(env.size)], axes);
      },
    };
  }

  describe(value: Pick<Value, "shape">): string {
    if (!value.shape.length) return "a number";
    if (value.shape.length === 2 && value.shape.some((dim) => this.name(dim) === "?")) return this.isOne(value.shape[1] as string) ? "a column" : this.isOne(value.shape[0] as string) ? "a row" : "a matrix";
    return value.shape.map((dim) => (/[-+]/.test(this.name(dim)) ? `(${this.name(dim)})` : this.name(dim))).join("×");
  }

  /** `N columns`, `1 row`, and of unknown sizes `several rows`. */
  private counted(key: string, what: string): string {
    const name = this.name(key);
    return name === "1" ? `1 ${what}` : `${name === "?" ? "several" : name} ${what}s`;
  }

  name(key: string): string {
    const root = this.classes.find(key);
    return root.startsWith("?") ? "?" : root;
  }
}

export function mergeAxes(values: readonly Value[]): Axis[] {
  const out: Axis[] = [];
  for (const value of values) for (const axis of value.free) if (!out.some((other) => other.name === axis.name)) out.push(axis);
  return out;
}

/** Numbers labels in order of first use. */
export function numbering(): (label: string) => number {
  const numbers = new Map<string, number>();
  return (label) => {
    const known = numbers.get(label);
    if (known !== undefined) return known;
    numbers.set(label, numbers.size);
    return numbers.size - 1;
  };
}

function multiply(a: readonly [number, number], b: readonly [number, number]): readonly [number, number] {
  return [a[0] * b[0], a[1] * b[1]];
}
