/**
 * Reads a term, given for two assignments of sizes, into the normal form. The
 * two graphs must have the same structure; where they differ (a power whose
 * exponent is a size), there is no closed form.
 */
import { argsOf, isZero, topological, type Call, type Constant, type Term } from "../../tensor";
import { uniformValue } from "../../tensor/build";
import { dimOf, inTrial, ONE, ratio, same, Unprintable, UNIT, UNITY, type Dim } from "../sizes";
import type { Spelling } from "../spelling";
import { mapped, multiplyBy, plusAll, raise } from "./algebra";
import { emptyDraft, freshLabel } from "./draft";
import { directionOf, type Direction } from "./frechet";
import { matrixFunction } from "./matrices";
import type { Draft, MatrixFunction, Sum } from "./types";
import { counterparts, differs, dimsOf, labelSizes, shapeOf, viewOf } from "./views";
import type { Workspace } from "./workspace";

/** Larger graphs have no short form. */
const MAX_NODES = 1500;
const MAX_DRAFTS = 64;

export class Reader {
  private readonly known = new Map<Term, Map<Term, Sum>>();
  /** The node whose own name is not used while it is being read. */
  private opened: Term | null = null;

  constructor(
    readonly ws: Workspace,
    readonly spelling: Spelling,
    /** Nodes that the notes name are not looked into. */
    private readonly named: boolean,
  ) {}

  readRoot(first: Term, second: Term): Sum {
    if (topological([first]).length > MAX_NODES) throw new Unprintable("a term that is too large");
    if (this.named) this.nameNodes(first, second);
    return this.read(first, second);
  }

  /** Tells the workspace what named nodes are equal to, inner ones first. */
  private nameNodes(first: Term, second: Term): void {
    const pairs = counterparts(first, second);
    for (const [node, other] of this.spelling.counterparts ?? []) if (!pairs.has(node)) pairs.set(node, other);
    const named = [...this.spelling.nodes].filter(([node]) => pairs.has(node) && !this.spelling.exclude?.has(node) && node.kind !== "variable").sort(([a], [b]) => a.id - b.id);
    for (const [node, latex] of named) {
      const other = pairs.get(node)!;
      this.opened = node;
      try {
        this.ws.name(this.compute(node, other), this.nodeAtom(node, other, latex));
      } catch (error) {
        if (!(error instanceof Unprintable)) throw error;
      } finally {
        this.opened = null;
      }
    }
  }

  read(first: Term, second: Term): Sum {
    const inner = this.known.get(first) ?? new Map<Term, Sum>();
    this.known.set(first, inner);
    let sum = inner.get(second);
    if (!sum) inner.set(second, (sum = this.compute(first, second)));
    return sum;
  }

  private compute(first: Term, second: Term): Sum {
    const latex = this.named && first !== this.opened && !this.spelling.exclude?.has(first) ? this.spelling.nodes.get(first) : undefined;
    if (latex !== undefined && first.kind !== "variable") return this.ws.ofAtom(this.nodeAtom(first, second, latex));
    if (first.kind === "contract" || second.kind === "contract") return this.contraction(first, second);
    const dims = dimsOf(first, second);
    switch (first.kind) {
      case "variable":
        if (second.kind !== "variable" || second.name !== first.name) throw differs();
        return this.variable(first.name, shapeOf(first, second));
      case "constant":
        return this.constant(first, second, dims);
      case "add":
        return plusAll(this.ws, dims, this.readArgs(first, second));
      case "map":
        if (second.kind !== "map" || second.fn !== first.fn) throw differs();
        return mapped(this.ws, first.fn, this.read(first.arg, second.arg));
      case "power":
        return this.power(first, second);
      case "call":
        if (second.kind !== "call" || second.fn !== first.fn) throw differs();
        return this.call(first, second, dims);
    }
  }

  private readArgs(first: Term, second: Term): Sum[] {
    const [a, b] = [argsOf(first), argsOf(second)];
    if (first.kind !== second.kind || a.length !== b.length) throw differs();
    return a.map((arg, i) => this.read(arg, b[i]!));
  }

  private nodeAtom(first: Term, second: Term, latex: string): ReturnType<Workspace["atom"]> {
    const shape = shapeOf(first, second);
    return this.ws.atom({ kind: "node", latex, terms: [first, second], shape, dims: shape.filter((dim) => dim !== UNIT) }, `${first.id}`);
  }

  private variable(name: string, shape: readonly Dim[]): Sum {
    const dims = shape.filter((dim) => dim !== UNIT);
    const symmetric = dims.length === 2 && dims[0] === dims[1] && (this.spelling.symmetric?.has(name) ?? false);
    return this.ws.ofAtom(this.ws.atom({ kind: "variable", name, shape, dims, symmetric, stochastic: this.spelling.sumsToOne?.get(name) ?? null }, `${name}|${shape.join()}`));
  }

  /** One number, or ones at one place of each axis; other arrays of numbers have no name. */
  private constant(first: Term, second: Term, dims: readonly Dim[]): Sum {
    const [a, b] = [uniformValue(first), uniformValue(second)];
    if (a && b) return this.ws.number([ratio(...a), ratio(...b)], dims);
    if (first.kind !== "constant" || second.kind !== "constant") throw differs();
    const places = [first, second].map((term) => (term.numerators.filter((n) => n !== 0).length === 1 ? term.numerators.findIndex((n) => n !== 0) : -1)) as [number, number];
    if (places.some((place) => place < 0)) return this.commutation(first, second, dims);
    const labels = dims.map((_, axis) => axis);
    const draft = emptyDraft(labels, dims);
    draft.coefficient = [ratio(first.numerators[places[0]]!, first.denominator), ratio(second.numerators[places[1]]!, second.denominator)];
    let rest = places;
    for (let axis = dims.length - 1; axis >= 0; axis--) {
      const sizes = [inTrial(dims[axis]!, 0), inTrial(dims[axis]!, 1)] as const;
      draft.factors.push(this.unit(dims[axis]!, [rest[0] % sizes[0], rest[1] % sizes[1]], axis));
      rest = [Math.floor(rest[0] / sizes[0]), Math.floor(rest[1] / sizes[1])];
    }
    return this.ws.sumOfDrafts(dims, [draft]);
  }

  /** The matrix that makes vec Xᵀ of vec X. */
  private commutation(first: Constant, second: Constant, dims: readonly Dim[]): Sum {
    const sizes = [...this.spelling.sizes.values()].map(([a, b]) => dimOf(a, b));
    for (const p of sizes) {
      for (const q of sizes) {
        const atom = this.ws.pair(p, q);
        if (dims.length !== 2 || dims[0] !== atom.dims[0] || dims[1] !== atom.dims[0] || ![first, second].every((term, trial) => commutes(term, inTrial(p, trial as 0 | 1), inTrial(q, trial as 0 | 1)))) continue;
        const draft = emptyDraft([0, 1], dims);
        const [row, column] = [freshLabel(draft, p), freshLabel(draft, q)];
        draft.factors.push({ atom, exponent: ONE, labels: [0, row, column] }, { atom: this.ws.pair(q, p), exponent: ONE, labels: [1, column, row] });
        return this.ws.sumOfDrafts(dims, [draft]);
      }
    }
    throw new Unprintable("an array of numbers");
  }

  private unit(dim: Dim, position: readonly [number, number], label: number): Draft["factors"][number] {
    return { atom: this.ws.unit(dim, position), exponent: ONE, labels: [label] };
  }

  private power(first: Term, second: Term): Sum {
    if (first.kind !== "power" || second.kind !== "power") throw differs();
    const [a, b] = [uniformValue(first.exponent), uniformValue(second.exponent)];
    const base = this.read(first.base, second.base);
    if (a && b && same(ratio(...a), ratio(...b))) return raise(this.ws, base, ratio(...a));
    const exponent = this.read(first.exponent, second.exponent);
    return this.ws.ofAtom(this.ws.atom({ kind: "power", base, exponent, dims: base.dims }, `${base.id}|${exponent.id}`));
  }

  // Contractions

  private contraction(first: Term, second: Term): Sum {
    if (isZero(first) && isZero(second)) return this.ws.sum(dimsOf(first, second), []);
    const [a, b] = [viewOf(first), viewOf(second)];
    if (a.args.length !== b.args.length || a.structure !== b.structure) throw differs();
    const sizes = labelSizes(a, b, first, second);
    const isLong = (label: number): boolean => sizes.get(label) !== UNIT;
    const args = a.args.map((arg, i) => this.read(arg, b.args[i]!));
    const labels = a.labels.map((list) => list.filter(isLong));
    const output = a.output.filter(isLong);
    const draft: Draft = { coefficient: [a.factor, b.factor], factors: [], output, sizes: new Map([...sizes].filter(([label]) => isLong(label))), renamed: new Map() };
    const dims = output.map((label) => sizes.get(label)!);
    return this.ws.sumOfDrafts(dims, this.multiplied(draft, args, labels));
  }

  /** The products of all arguments; sums are multiplied out where nothing else is done to them. */
  private multiplied(start: Draft, args: readonly Sum[], labels: readonly (readonly number[])[]): Draft[] {
    const others = args.filter((arg) => !(arg.products.length === 1 && arg.products[0]!.factors.length === 0)).length;
    let drafts = [start];
    args.forEach((arg, i) => {
      const view = others === 1 && labels[i]!.every((label) => start.output.includes(label));
      const distribute = arg.products.length > 1 && view && drafts.length * arg.products.length <= MAX_DRAFTS;
      const parts = distribute ? arg.products.map((product) => this.ws.sum(arg.dims, [product])) : [arg];
      drafts = drafts.flatMap((draft) =>
        parts.map((part) => {
          const copy = copyOf(draft);
          multiplyBy(this.ws, copy, part, labels[i]!);
          return copy;
        }),
      );
    });
    return drafts;
  }

  // Calls

  private call(first: Call, second: Call, dims: readonly Dim[]): Sum {
    switch (first.fn) {
      case "inverse":
      case "determinant":
      case "logAbsDeterminant":
      case "matrixExponential":
      case "matrixSquareRoot":
      case "nuclearNorm":
      case "spectralNorm":
        return this.matrix(first.fn, first, second);
      case "reshape":
        return this.reshape(first, second, dims);
      case "range":
        return this.range(first, second, dims);
      case "pad":
        return this.pad(first, second, dims);
      case "stack":
      case "concat":
        return this.assembled(first, second, dims);
      case "max":
      case "maxMask":
        return this.max(first.fn, first, second, dims);
      default:
        throw new Unprintable(first.fn);
    }
  }

  private matrix(fn: MatrixFunction, first: Call, second: Call): Sum {
    const [arg] = this.readArgs(first, second) as [Sum];
    if (arg.dims.length === 2) return matrixFunction(this.ws, fn, arg);
    if (arg.dims.length === 1 && (fn === "nuclearNorm" || fn === "spectralNorm")) return raise(this.ws, this.squares(arg), ratio(1, 2));
    if (arg.dims.length > 0) throw new Unprintable(fn);
    const onNumbers: Readonly<Record<MatrixFunction, () => Sum>> = {
      inverse: () => mapped(this.ws, "reciprocal", arg),
      determinant: () => arg,
      logAbsDeterminant: () => mapped(this.ws, "log", mapped(this.ws, "abs", arg)),
      matrixExponential: () => mapped(this.ws, "exp", arg),
      matrixSquareRoot: () => mapped(this.ws, "sqrt", arg),
      nuclearNorm: () => mapped(this.ws, "abs", arg),
      spectralNorm: () => mapped(this.ws, "abs", arg),
    };
    return onNumbers[fn]();
  }

  private squares(arg: Sum): Sum {
    const draft = emptyDraft();
    arg.dims.forEach((dim, label) => draft.sizes.set(label, dim));
    const labels = arg.dims.map((_, axis) => axis);
    multiplyBy(this.ws, draft, arg, labels);
    multiplyBy(this.ws, draft, arg, labels);
    return this.ws.sumOfDrafts([], [draft]);
  }

  /** Axes of size one come and go; the others are joined and split in pairs. */
  private reshape(first: Call, second: Call, dims: readonly Dim[]): Sum {
    const [arg] = this.readArgs(first, second) as [Sum];
    if (arg.dims.length === dims.length && arg.dims.every((dim, axis) => dim === dims[axis])) return arg;
    const draft = emptyDraft();
    const inner: number[] = [];
    for (const [from, to] of groupsOf(arg.dims, dims)) {
      const labels = from.map((dim) => freshLabel(draft, dim));
      inner.push(...labels);
      draft.output.push(...this.regrouped(draft, labels, from, to));
    }
    return this.ws.sumOfDrafts(dims, this.multiplied(draft, [arg], [inner]));
  }

  /** New labels for axes that hold the same entries in order. */
  private regrouped(draft: Draft, labels: readonly number[], from: readonly Dim[], to: readonly Dim[]): number[] {
    if (from.length === 1 && to.length === 1) return [...labels];
    let [joined, dim] = [labels[0]!, from[0]!];
    for (let i = 1; i < labels.length; i++) {
      const atom = this.ws.pair(dim, from[i]!);
      const next = freshLabel(draft, atom.dims[0]!);
      draft.factors.push({ atom, exponent: ONE, labels: [next, joined, labels[i]!] });
      [joined, dim] = [next, atom.dims[0]!];
    }
    const result: number[] = [];
    for (let i = to.length - 1; i > 0; i--) {
      const before = to.slice(0, i).reduce((a, b) => this.ws.pair(a, b).dims[0]!);
      const atom = this.ws.pair(before, to[i]!);
      const [left, right] = [freshLabel(draft, before), freshLabel(draft, to[i]!)];
      draft.factors.push({ atom, exponent: ONE, labels: [joined, left, right] });
      result.unshift(right);
      joined = left;
    }
    return [joined, ...result];
  }

  /** One entry along an axis is a product with a unit vector. */
  private range(first: Call, second: Call, dims: readonly Dim[]): Sum {
    const directions = [directionOf(first), directionOf(second)];
    if (directions[0] && directions[1]) return this.frechet(directions[0], directions[1]);
    const [arg] = this.readArgs(first, second) as [Sum];
    const axis = first.params[0]!;
    if (second.params[0] !== axis) throw differs();
    const inputShape = shapeOf(first.args[0]!, second.args[0]!);
    if (inputShape[axis] === UNIT) return arg;
    if (dims.length === arg.dims.length) throw new Unprintable("part of an array");
    const at = inputShape.slice(0, axis).filter((dim) => dim !== UNIT).length;
    const labels = arg.dims.map((_, i) => i);
    const draft = emptyDraft(labels.filter((label) => label !== at), dims);
    draft.sizes.set(at, arg.dims[at]!);
    draft.factors.push(this.unit(arg.dims[at]!, [first.params[1]!, second.params[1]!], at));
    return this.ws.sumOfDrafts(dims, this.multiplied(draft, [arg], [labels]));
  }

  private frechet(first: Direction, second: Direction): Sum {
    const direction = this.read(first.direction, second.direction);
    const at = this.read(first.at, second.at);
    if (at.dims.length !== 2 || this.matrixProduct(direction, at) !== this.matrixProduct(at, direction)) throw new Unprintable("the derivative of a matrix exponential");
    return this.matrixProduct(direction, matrixFunction(this.ws, "matrixExponential", at));
  }

  private matrixProduct(left: Sum, right: Sum): Sum {
    const draft = emptyDraft([0, 1], left.dims);
    const between = freshLabel(draft, left.dims[1]!);
    return this.ws.sumOfDrafts(left.dims, this.multiplied(draft, [left, right], [[0, between], [between, 1]]));
  }

  private pad(first: Call, second: Call, dims: readonly Dim[]): Sum {
    const [arg] = this.readArgs(first, second) as [Sum];
    const [axis, start] = first.params as [number, number];
    if (second.params[0] !== axis || shapeOf(first.args[0]!, second.args[0]!)[axis] !== UNIT) throw new Unprintable("part of an array");
    return this.placed(arg, axis, shapeOf(first, second), [start, second.params[1]!], dims);
  }

  /** `arg` at one position of an axis, zero elsewhere. */
  private placed(arg: Sum, axis: number, shape: readonly Dim[], position: readonly [number, number], dims: readonly Dim[]): Sum {
    if (shape[axis] === UNIT) return arg;
    const at = shape.slice(0, axis).filter((dim) => dim !== UNIT).length;
    const labels = dims.map((_, i) => i);
    const draft = emptyDraft(labels, dims);
    draft.factors.push(this.unit(dims[at]!, position, at));
    return this.ws.sumOfDrafts(dims, this.multiplied(draft, [arg], [labels.filter((label) => label !== at)]));
  }

  /** Parts of size one, side by side: each times its unit vector. */
  private assembled(first: Call, second: Call, dims: readonly Dim[]): Sum {
    const args = this.readArgs(first, second);
    const axis = first.fn === "stack" ? 0 : first.params[0]!;
    if (first.fn === "concat" && (second.params[0] !== axis || !first.args.every((arg, i) => arg.shape[axis] === 1 && second.args[i]!.shape[axis] === 1))) throw new Unprintable("a block matrix");
    const shape = shapeOf(first, second);
    return plusAll(this.ws, dims, args.map((arg, i) => this.placed(arg, axis, shape, [i, i], dims)));
  }

  private max(kind: "max" | "maxMask", first: Call, second: Call, dims: readonly Dim[]): Sum {
    const [arg] = this.readArgs(first, second) as [Sum];
    const shape = shapeOf(first.args[0]!, second.args[0]!);
    const axis = first.params[0]!;
    if (shape[axis] === UNIT) return kind === "max" ? arg : this.ws.number(UNITY, dims);
    const at = shape.slice(0, axis).filter((dim) => dim !== UNIT).length;
    return this.ws.ofAtom(this.ws.called(this.ws.atom({ kind, arg, axis: at, dims }, `${arg.id}|${at}`)));
  }
}

/** Whether a constant is the commutation matrix of p×q matrices. */
function commutes({ numerators, denominator }: Constant, p: number, q: number): boolean {
  const n = p * q;
  return denominator === 1 && numerators.every((entry, at) => {
    const [x, y] = [Math.floor(at / n), at % n];
    return entry === (Math.floor(x / q) === y % p && x % q === Math.floor(y / p) ? 1 : 0);
  });
}

/** Runs of axes of two shapes that hold the same number of entries. */
function groupsOf(from: readonly Dim[], to: readonly Dim[]): [Dim[], Dim[]][] {
  const groups: [Dim[], Dim[]][] = [];
  let [i, j] = [0, 0];
  while (i < from.length && j < to.length) {
    const group: [Dim[], Dim[]] = [[from[i++]!], [to[j++]!]];
    for (let difference = compareSizes(group); difference !== 0; difference = compareSizes(group)) {
      if (difference < 0 ? i >= from.length : j >= to.length) throw differs();
      if (difference < 0) group[0].push(from[i++]!);
      else group[1].push(to[j++]!);
    }
    groups.push(group);
  }
  if (i < from.length || j < to.length) throw differs();
  return groups;
}

function compareSizes([from, to]: readonly [readonly Dim[], readonly Dim[]]): number {
  const size = (dims: readonly Dim[], trial: 0 | 1): number => dims.reduce((product, dim) => product * inTrial(dim, trial), 1);
  const differences = ([0, 1] as const).map((trial) => size(from, trial) - size(to, trial)) as [number, number];
  // Groups that end at one place in one trial, and at another in the other.
  if (Math.sign(differences[0]) * Math.sign(differences[1]) < 0) throw differs();
  return differences[0] || differences[1];
}

function copyOf(draft: Draft): Draft {
  return { coefficient: draft.coefficient, factors: [...draft.factors], output: [...draft.output], sizes: new Map(draft.sizes), renamed: new Map(draft.renamed) };
}
