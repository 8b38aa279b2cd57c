/**
 * Rewrites a graph into one that is cheaper to evaluate and in which more
 * equal terms are equal: contractions of contractions are fused, sums are
 * flattened and like summands collected, constants folded.
 *
 * Unlike the constructors it may remove nodes, so it is for graphs that are to
 * be evaluated or shown; differentiate first. What is used twice is fused only
 * where that repeats no work; what the terms of `keep` become stays a node.
 */
import { axesOf, full, uniformValue } from "./build";
import { range, reshape } from "./calls";
import { rebuild, topological } from "./graph";
import { sameShape, type Shape } from "./shape";
import { add, argsOf, contract, gcd, isScalarConstant, isZero, multiplyRationals, scalar, zeros, type Add, type Call, type Contract, type Term } from "./term";

/** More operands than this are not put into one contraction: the best order would take long to find. */
const MAX_OPERANDS = 8;
/** Sums longer than this are left nested, so that a long chain of sums is not copied at each link. */
const MAX_SUMMANDS = 64;

export interface Simplified {
  readonly terms: readonly Term[];
  /** What each term of the graph became. */
  readonly image: ReadonlyMap<Term, Term>;
}

export function simplify(terms: readonly Term[], keep: ReadonlySet<Term> = new Set()): Term[] {
  return [...simplifyGraph(terms, keep).terms];
}

export function simplifyGraph(terms: readonly Term[], keep: ReadonlySet<Term> = new Set()): Simplified {
  const order = topological(terms);
  const uses = countUses(order, terms);
  const image = new Map<Term, Term>();
  const open = new Set<Term>();
  const seen = new Set<Term>();
  for (const node of order) {
    const result = rewrite(node, argsOf(node).map((arg) => image.get(arg)!), open);
    image.set(node, result);
    if (!seen.has(result) && !keep.has(node) && uses.get(node) === 1) open.add(result);
    else open.delete(result);
    seen.add(result);
  }
  return { terms: terms.map((term) => image.get(term)!), image };
}

/** Edges into each node; a result counts as two, so that it is not merged into another. */
function countUses(order: readonly Term[], results: readonly Term[]): Map<Term, number> {
  const uses = new Map<Term, number>();
  for (const node of order) for (const arg of argsOf(node)) uses.set(arg, (uses.get(arg) ?? 0) + 1);
  for (const term of results) uses.set(term, 2);
  return uses;
}

/** `open` holds the rewritten terms that only the term at hand uses. */
function rewrite(node: Term, args: readonly Term[], open: ReadonlySet<Term>): Term {
  switch (node.kind) {
    case "contract":
      return fuse(node, args, open);
    case "add":
      return collect(node, args, open);
    case "call":
      return rewriteCall(node, args);
    default:
      return rebuild(node, args);
  }
}

/** A view moves, repeats or scales entries, without a sum: fusing it repeats no work. */
function isView(term: Contract): boolean {
  let factors = 0;
  for (const arg of term.args) if (!isScalarConstant(arg)) factors++;
  return factors <= 1 && term.labels.every((list) => list.every((label) => term.output.includes(label)));
}

/** Contracts the operands of the contractions among the arguments directly. */
function fuse(node: Contract, args: readonly Term[], open: ReadonlySet<Term>): Term {
  let operands = args.length;
  const inlined = args.map((arg) => {
    if (arg.kind !== "contract" || !(isView(arg) || (open.has(arg) && operands + arg.args.length - 1 <= MAX_OPERANDS))) return false;
    operands += arg.args.length - 1;
    return true;
  });
  if (args.some(isZero)) return zeros(node.shape);
  if (!inlined.includes(true)) return arrange(node.labels, node.output, args, node.shape);

  const merged = new Labels();
  for (const label of [...node.labels.flat(), ...node.output]) merged.reserve(label);
  const labels: (readonly number[])[] = [];
  const factors: Term[] = [];
  node.labels.forEach((list, i) => {
    const arg = args[i]!;
    list.forEach((label, axis) => merged.setSize(label, arg.shape[axis]!));
    if (!inlined[i] || arg.kind !== "contract") {
      labels.push(list);
      factors.push(arg);
      return;
    }
    const names = new Map<number, number>();
    arg.output.forEach((inner, axis) => {
      const known = names.get(inner);
      if (known === undefined) names.set(inner, list[axis]!);
      else merged.unite(known, list[axis]!);
    });
    arg.labels.forEach((innerList, j) => {
      labels.push(innerList.map((inner, axis) => {
        if (!names.has(inner)) names.set(inner, merged.fresh(arg.args[j]!.shape[axis]!));
        return names.get(inner)!;
      }));
      factors.push(arg.args[j]!);
    });
  });
  node.output.forEach((label, axis) => merged.setSize(label, node.shape[axis]!));
  const finalLabels = labels.map((list) => list.map((label) => merged.find(label)));
  const output = node.output.map((label) => merged.find(label));
  // A sum over a label that no factor has left is a multiplication by its size.
  const present = new Set([...finalLabels.flat(), ...output]);
  const repeats = new Set(node.labels.flat().map((label) => merged.find(label)).filter((label) => !present.has(label)));
  for (const label of repeats) {
    finalLabels.push([]);
    factors.push(scalar(merged.size(label)));
  }
  return arrange(finalLabels, output, factors, node.shape);
}

/** The contraction with its factors in an order that depends on nothing but their structure. */
function arrange(labels: readonly (readonly number[])[], output: readonly number[], args: readonly Term[], shape: Shape): Term {
  const order = args.map((_, i) => i).sort((i, j) => args[i]!.hash - args[j]!.hash || i - j);
  return contract(order.map((i) => labels[i]!), output, order.map((i) => args[i]!), shape);
}

/** Flattens sums of sums, and adds up constants and multiples of the same term. */
function collect(node: Add, args: readonly Term[], open: ReadonlySet<Term>): Term {
  const summands: Summand[] = [];
  const flatten = (term: Term, factor: Rational | null): void => {
    const part = splitFactor(term);
    const product = factor && multiplyRationals(factor, part.factor);
    if (!product) summands.push({ core: term, factor: factor ?? [1, 1] });
    else if (part.core.kind === "add" && open.has(term) && open.has(part.core) && part.core.args.length <= MAX_SUMMANDS) for (const inner of part.core.args) flatten(inner, product);
    else summands.push({ core: part.core, factor: product });
  };
  for (const arg of args) flatten(arg, [1, 1]);

  const factors = new Map<Term, Rational | null>();
  const overflowing: Term[] = [];
  for (const { core, factor } of summands) {
    const sum = factors.has(core) ? addRationals(factors.get(core)!, factor) : factor;
    if (sum) factors.set(core, sum);
    else overflowing.push(times(core, factor));
  }
  const terms = [...factors].filter(([, factor]) => factor![0] !== 0).map(([core, factor]) => times(core, factor!));
  const all = [...terms, ...overflowing].sort((a, b) => a.hash - b.hash);
  return all.length === 0 ? zeros(node.shape) : add(...all);
}

type Rational = readonly [number, number];

interface Summand {
  readonly core: Term;
  readonly factor: Rational;
}

/** A term as a rational multiple of another; constants of one value as multiples of ones. */
function splitFactor(term: Term): Summand {
  const value = uniformValue(term);
  if (value) return { core: full(term.shape, 1), factor: value };
  if (term.kind !== "contract") return { core: term, factor: [1, 1] };
  const at = term.args.findIndex(isScalarConstant);
  const constant = term.args[at];
  if (!constant || constant.kind !== "constant") return { core: term, factor: [1, 1] };
  const core = contract(term.labels.filter((_, i) => i !== at), term.output, term.args.filter((_, i) => i !== at), term.shape);
  return { core, factor: [constant.numerators[0]!, constant.denominator] };
}

function times(core: Term, [numerator, denominator]: Rational): Term {
  if (numerator === 1 && denominator === 1) return core;
  if (core.kind === "contract") return contract([[], ...core.labels], core.output, [scalar(numerator, denominator), ...core.args], core.shape);
  const axes = axesOf(core.shape);
  return contract([[], axes], axes, [scalar(numerator, denominator), core]);
}

function addRationals(a: Rational, b: Rational): Rational | null {
  const common = gcd(a[1], b[1]);
  const denominator = (a[1] / common) * b[1];
  const numerator = a[0] * (b[1] / common) + b[0] * (a[1] / common);
  if (!Number.isSafeInteger(numerator) || !Number.isSafeInteger(denominator)) return null;
  const divisor = gcd(Math.abs(numerator), denominator);
  return [numerator / divisor, denominator / divisor];
}

/** Takes apart again what was only put together. */
function rewriteCall(node: Call, args: readonly Term[]): Term {
  const [arg] = args;
  if (node.fn === "reshape" && arg!.kind === "call" && arg!.fn === "reshape") return reshape(arg!.args[0]!, node.shape);
  if (node.fn === "range" && arg!.kind === "call") {
    const [axis, start] = node.params as readonly [number, number];
    const length = node.shape[axis]!;
    if (arg!.fn === "concat" && arg!.params[0] === axis) return partOfConcat(node, arg!, axis, start, length);
    if (arg!.fn === "stack" && axis === 0 && length === 1) return reshape(arg!.args[start]!, node.shape);
  }
  if (node.fn === "reshape" && sameShape(arg!.shape, node.shape)) return arg!;
  return rebuild(node, args);
}

function partOfConcat(node: Call, whole: Call, axis: number, start: number, length: number): Term {
  let offset = 0;
  for (const part of whole.args) {
    const size = part.shape[axis]!;
    if (start >= offset && start + length <= offset + size) return range(part, axis, start - offset, length);
    offset += size;
  }
  return rebuild(node, [whole]);
}

/** Labels of a contraction being built, some of which turn out to be one. */
class Labels {
  private next = 0;
  private readonly parent = new Map<number, number>();
  private readonly sizes = new Map<number, number>();

  reserve(label: number): void {
    this.next = Math.max(this.next, label + 1);
  }
  fresh(size: number): number {
    const label = this.next++;
    this.sizes.set(label, size);
    return label;
  }
  setSize(label: number, size: number): void {
    this.sizes.set(label, size);
  }
  size(label: number): number {
    return this.sizes.get(label)!;
  }
  find(label: number): number {
    let root = label;
    for (let up = this.parent.get(root); up !== undefined; up = this.parent.get(root)) root = up;
    return root;
  }
  unite(a: number, b: number): void {
    const [x, y] = [this.find(a), this.find(b)];
    if (x !== y) this.parent.set(y, x);
  }
}
