/**
 * Terms: expressions over dense tensors of concrete shapes, as an immutable
 * graph. Structurally equal terms are one object (hash-consing), so identity
 * is equality and shared parts are stored, differentiated and evaluated once.
 *
 * A constructor checks shapes and drops what cannot matter (zero summands,
 * factors of one), but every operand that can matter stays a node of the
 * graph, so that derivatives may be asked for with respect to it; `simplify`
 * goes further. Arguments always have smaller ids than the terms over them.
 */
import { combineHash, hashString } from "../base/random";
import { ShapeError } from "./errors";
import { sameShape, sizeOf, type Shape } from "./shape";

interface Node {
  /** Unique in this process and never reused; grows from arguments to results. */
  readonly id: number;
  /** Of the structure alone: the same in every process. */
  readonly hash: number;
  readonly shape: Shape;
}

export interface Variable extends Node {
  readonly kind: "variable";
  readonly name: string;
}

/** numerators / denominator, row-major, in lowest terms; all safe integers. */
export interface Constant extends Node {
  readonly kind: "constant";
  readonly numerators: readonly number[];
  readonly denominator: number;
}

/**
 * Einstein summation. Axis j of argument i is `labels[i][j]`; what is not in
 * `output` is summed. A label repeated in an argument takes its diagonal, one
 * repeated in the output embeds on the diagonal (zero elsewhere), and an
 * output label that no argument has broadcasts. Labels are numbered 0, 1, …
 * by first appearance, arguments first.
 */
export interface Contract extends Node {
  readonly kind: "contract";
  readonly labels: readonly (readonly number[])[];
  readonly output: readonly number[];
  readonly args: readonly Term[];
}

export interface Add extends Node {
  readonly kind: "add";
  readonly args: readonly Term[];
}

/** A function of one number, at each entry. */
export interface MapTerm extends Node {
  readonly kind: "map";
  readonly fn: string;
  readonly arg: Term;
}

/** base^exponent at each entry. */
export interface Power extends Node {
  readonly kind: "power";
  readonly base: Term;
  readonly exponent: Term;
}

export interface Call extends Node {
  readonly kind: "call";
  readonly fn: string;
  readonly args: readonly Term[];
  readonly params: readonly number[];
}

export type Term = Variable | Constant | Contract | Add | MapTerm | Power | Call;

const table = new Map<string, Term>();
let lastId = 0;

/**
 * Forgets all terms, so that they can be collected. Old ones stay valid, but
 * are not shared with the same ones built later.
 */
export function resetTerms(): void {
  table.clear();
}

export function variable(name: string, shape: Shape): Term {
  checkSizes("variable", shape);
  return intern(`v${joined(shape)}|${name}`, () => hashOf("v", hashString(name), ...shape), (id, hash) => ({ id, hash, shape, kind: "variable", name }));
}

export function scalar(numerator: number, denominator = 1): Term {
  return constant([], [numerator], denominator);
}

/** Row-major numerators over one denominator: integers, exact up to 2^53. */
export function constant(shape: Shape, numerators: readonly number[], denominator = 1): Term {
  checkSizes("constant", shape);
  if (numerators.length !== sizeOf(shape)) throw new ShapeError("constant", [numerators.length], shape, "number of entries");
  if (!Number.isSafeInteger(denominator) || denominator === 0 || !numerators.every(Number.isSafeInteger)) throw new RangeError("constant: numerators and denominator must be safe integers, the denominator not 0");
  if (numerators.every((n) => n === 0)) return zeros(shape);
  const divisor = (denominator < 0 ? -1 : 1) * numerators.reduce((g, n) => (g === 1 ? 1 : gcd(g, Math.abs(n))), Math.abs(denominator));
  return makeConstant(shape, divisor === 1 ? numerators : numerators.map((n) => n / divisor + 0), denominator / divisor);
}

function makeConstant(shape: Shape, numerators: readonly number[], denominator: number): Term {
  const key = `k${joined(shape)}|${joined(numerators)}/${denominator}`;
  return intern(key, () => hashOf("k", hashString(key)), (id, hash) => ({ id, hash, shape, kind: "constant", numerators, denominator }));
}

/** The tensor of zeros: the scalar zero, broadcast. */
export function zeros(shape: Shape): Term {
  const zero = makeConstant([], [0], 1);
  return shape.length === 0 ? zero : internContract([[]], shape.map((_, i) => i), [zero], shape);
}

export function isZero(term: Term): boolean {
  if (term.kind === "contract") return term.args.length > 0 && isZeroScalar(term.args[0]!);
  return isZeroScalar(term);
}

function isZeroScalar(term: Term): boolean {
  return term.kind === "constant" && term.shape.length === 0 && term.numerators[0] === 0;
}

/**
 * Einstein summation over any integer labels. `outputShape` is needed only
 * where an output label is in no argument.
 */
export function contract(labels: readonly (readonly number[])[], output: readonly number[], args: readonly Term[], outputShape?: Shape): Term {
  const shape = contractShape(labels, output, args, outputShape);
  if (args.some(isZero)) return zeros(shape);
  const factor = scalarFactor(args);
  const kept: Term[] = [];
  const keptLabels: (readonly number[])[] = [];
  if (factor && !(factor.numerators[0] === 1 && factor.denominator === 1)) {
    kept.push(factor);
    keptLabels.push([]);
  }
  for (let i = 0; i < args.length; i++) {
    if (factor && isScalarConstant(args[i]!)) continue;
    if (isOnes(args[i]!) && labels[i]!.every((label) => output.includes(label) || labels.some((list, j) => j !== i && !isOnes(args[j]!) && list.includes(label)))) continue;
    kept.push(args[i]!);
    keptLabels.push(labels[i]!);
  }
  if (kept.length === 1 && isIdentity(keptLabels[0]!, output)) return kept[0]!;
  if (kept.length === 0 && output.length === 0) return scalar(1);
  return internContract(keptLabels, output, kept, shape);
}

/** Whether a term is `ones`, a product of no factors. */
function isOnes(term: Term): boolean {
  return term.kind === "contract" && term.args.length === 0 && new Set(term.output).size === term.output.length;
}

/** Same shapes; zeros are dropped, a single summand is returned as it is. */
export function add(...args: readonly Term[]): Term {
  const first = args[0];
  if (!first) throw new RangeError("add: no summands");
  for (const arg of args) if (!sameShape(arg.shape, first.shape)) throw new ShapeError("add", first.shape, arg.shape);
  const kept = args.some(isZero) ? args.filter((arg) => !isZero(arg)) : args;
  if (kept.length === 0) return first;
  if (kept.length === 1) return kept[0]!;
  return intern(`a${joined(kept.map(idOf))}`, () => hashOf("a", ...kept.map(structureOf)), (id, hash) => ({ id, hash, shape: first.shape, kind: "add", args: [...kept] }));
}

/**
 * A function of the registry, `polygamma:k`, or `free:NAME:k`, the k-th
 * derivative of the unspecified smooth function NAME, at each entry.
 */
export function map(fn: string, arg: Term): Term {
  return intern(`m${fn}|${arg.id}`, () => hashOf("m", hashString(fn), arg.hash), (id, hash) => ({ id, hash, shape: arg.shape, kind: "map", fn, arg }));
}

/** The node for base^exponent; `power` in build.ts first looks for integers. */
export function powerNode(base: Term, exponent: Term): Term {
  if (!sameShape(base.shape, exponent.shape)) throw new ShapeError("power", base.shape, exponent.shape);
  return intern(`p${base.id},${exponent.id}`, () => hashOf("p", base.hash, exponent.hash), (id, hash) => ({ id, hash, shape: base.shape, kind: "power", base, exponent }));
}

/** The node for a primitive; its own constructor in calls.ts knows the shape. */
export function callNode(fn: string, args: readonly Term[], params: readonly number[], shape: Shape): Term {
  checkSizes(fn, shape);
  const key = `f${fn}|${joined(args.map(idOf))}|${joined(params)}|${joined(shape)}`;
  return intern(key, () => hashOf("f", hashString(fn), ...args.map(structureOf), ...params, ...shape), (id, hash) => ({ id, hash, shape, kind: "call", fn, args, params }));
}

/** How many labels a contraction has: they are numbered from 0 on. */
export function labelCount({ labels, output }: Contract): number {
  let last = -1;
  for (const label of output) if (label > last) last = label;
  for (const list of labels) for (const label of list) if (label > last) last = label;
  return last + 1;
}

/** The operands of a term, in order. */
export function argsOf(term: Term): readonly Term[] {
  switch (term.kind) {
    case "variable":
    case "constant":
      return [];
    case "map":
      return [term.arg];
    case "power":
      return [term.base, term.exponent];
    default:
      return term.args;
  }
}

export function isScalarConstant(term: Term): term is Constant {
  return term.kind === "constant" && term.shape.length === 0;
}

export function gcd(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}

/** The product of two rationals in lowest terms, or null where it does not fit. */
export function multiplyRationals(a: readonly [number, number], b: readonly [number, number]): [number, number] | null {
  const g = gcd(Math.abs(a[0]), b[1]) || 1;
  const h = gcd(Math.abs(b[0]), a[1]) || 1;
  const numerator = (a[0] / g) * (b[0] / h);
  const denominator = (a[1] / h) * (b[1] / g);
  return Number.isSafeInteger(numerator) && Number.isSafeInteger(denominator) ? [numerator, denominator] : null;
}

/** The product of all scalar constants among the arguments; null if none, or if it does not fit. */
function scalarFactor(args: readonly Term[]): Constant | null {
  let product: [number, number] | null = null;
  let found = 0;
  for (const arg of args) {
    if (!isScalarConstant(arg)) continue;
    product = multiplyRationals(product ?? [1, 1], [arg.numerators[0]!, arg.denominator]);
    if (!product) return null;
    found++;
  }
  return found > 0 && product ? (scalar(product[0], product[1]) as Constant) : null;
}

function contractShape(labels: readonly (readonly number[])[], output: readonly number[], args: readonly Term[], outputShape: Shape | undefined): Shape {
  if (labels.length !== args.length) throw new ShapeError("contract", [labels.length], [args.length], "lists of labels, arguments");
  // There are few labels: lists are searched faster than a map is made.
  const met: number[] = [];
  const sizes: number[] = [];
  const owners: Shape[] = [];
  for (let i = 0; i < args.length; i++) {
    const { shape } = args[i]!;
    const own = labels[i]!;
    if (own.length !== shape.length) throw new ShapeError("contract", shape, own, "one label for each axis");
    for (let axis = 0; axis < shape.length; axis++) {
      const at = met.indexOf(own[axis]!);
      if (at < 0) {
        met.push(own[axis]!);
        sizes.push(shape[axis]!);
        owners.push(shape);
      } else if (sizes[at] !== shape[axis]) throw new ShapeError("contract", owners[at]!, shape, `sizes ${sizes[at]} and ${shape[axis]}`);
    }
  }
  if (outputShape && outputShape.length !== output.length) throw new ShapeError("contract", outputShape, output, "one output label for each axis");
  return output.map((label, axis) => {
    const at = met.indexOf(label);
    const given = outputShape?.[axis];
    if (at < 0 && given === undefined) throw new ShapeError("contract", [], output, "a broadcast label needs the output's shape");
    if (at >= 0 && given !== undefined && sizes[at] !== given) throw new ShapeError("contract", owners[at] ?? outputShape!, outputShape!);
    if (at >= 0) return sizes[at]!;
    checkSizes("contract", [given!]);
    met.push(label);
    sizes.push(given!);
    return given!;
  });
}

/** Interns a checked contraction, its labels renumbered by first appearance. */
function internContract(labels: readonly (readonly number[])[], output: readonly number[], args: readonly Term[], shape: Shape): Term {
  const names: number[] = [];
  const rename = (label: number): number => {
    const name = names.indexOf(label);
    return name < 0 ? names.push(label) - 1 : name;
  };
  const renamed = labels.map((list) => list.map(rename));
  const renamedOutput = output.map(rename);
  let structure = "";
  for (let i = 0; i < renamed.length; i++) structure += i ? `;${joined(renamed[i]!)}` : joined(renamed[i]!);
  structure += `>${joined(renamedOutput)}|${joined(shape)}`;
  let key = `c${structure}|`;
  for (let i = 0; i < args.length; i++) key += i ? `,${args[i]!.id}` : args[i]!.id;
  return intern(key, () => hashOf("c", hashString(structure), ...args.map(structureOf)), (id, hash) => ({ id, hash, shape, kind: "contract", labels: renamed, output: renamedOutput, args }));
}

/** Faster for a few numbers than `join`. */
export function joined(numbers: readonly number[]): string {
  let text = "";
  for (let i = 0; i < numbers.length; i++) text += i ? `,${numbers[i]!}` : numbers[i]!;
  return text;
}

function intern(key: string, hash: () => number, make: (id: number, hash: number) => Term): Term {
  const known = table.get(key);
  if (known) return known;
  const term = make(++lastId, hash());
  table.set(key, term);
  return term;
}

function isIdentity(labels: readonly number[], output: readonly number[]): boolean {
  return sameShape(labels, output) && new Set(labels).size === labels.length;
}

function checkSizes(operation: string, shape: Shape): void {
  for (const n of shape) if (!Number.isInteger(n) || n < 1) throw new RangeError(`${operation}: sizes must be positive integers, not ${shape.join("×")}`);
}

function hashOf(tag: string, ...parts: readonly number[]): number {
  let hash = tag.charCodeAt(0);
  for (const part of parts) hash = combineHash(hash, part);
  return hash;
}

function idOf(term: Term): number {
  return term.id;
}

function structureOf(term: Term): number {
  return term.hash;
}
