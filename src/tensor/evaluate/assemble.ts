/**
 * From terms to steps: simplifies the graph, gives each node a slot, and plans
 * the steps that fill the slots in order. Nothing is allocated for values.
 */
import { MissingRule } from "../errors";
import { topological } from "../graph";
import { callRule, mapRule } from "../primitives/index";
import { sameShape, sizeOf, type Shape } from "../shape";
import { simplifyGraph } from "../simplify";
import { argsOf, isScalarConstant, type Add, type Constant, type Term, type Variable } from "../term";
import { CallStep } from "./calls";
import { planContraction } from "./contraction";
import { factorOf, type Factor, type Operation } from "./operation";
import { LinearCombination, Pointwise, PowerStep } from "./pointwise";

export interface Slot {
  readonly size: number;
  /** Whether its values are never rounded. */
  exact: boolean;
  /** Whether they are the same for all bindings and seeds. */
  constant: boolean;
}

/** What is put into a slot before the steps run. */
export interface Load {
  readonly slot: number;
  readonly term: Variable | Constant;
}

export interface Result {
  readonly shape: Shape;
  readonly slot: number;
  readonly usesAtoms: boolean;
}

export interface Assembly {
  readonly slots: readonly Slot[];
  readonly loads: readonly Load[];
  readonly steps: readonly Operation[];
  /** The steps that do not compute a constant. */
  readonly varying: readonly Operation[];
  readonly results: readonly Result[];
  /** The steps that branch, with the ids of the terms that they stand for. */
  readonly branching: ReadonlyMap<Operation, readonly number[]>;
}

export function assemble(terms: readonly Term[]): Assembly {
  const { terms: simplified, image } = simplifyGraph(terms);
  const assembler = new Assembler(simplified);
  for (const [term, result] of image) assembler.nameBranch(term, result);
  return { ...assembler, results: simplified.map((result, i) => assembler.resultOf(result, terms[i]!.shape)) };
}

class Assembler {
  readonly slots: Slot[] = [];
  readonly loads: Load[] = [];
  readonly steps: Operation[] = [];
  readonly varying: Operation[] = [];
  readonly branching = new Map<Operation, number[]>();
  readonly #slotOf = new Map<Term, number>();
  readonly #usesAtoms = new Set<Term>();
  readonly #branchingTerms = new Map<Term, Operation>();
  /** Terms that are not computed on their own, but as multiples within sums. */
  readonly #deferred: ReadonlySet<Term>;

  constructor(terms: readonly Term[]) {
    const order = topological(terms);
    this.#deferred = scaledOnlyInSums(order, terms);
    for (const node of order) if (!this.#deferred.has(node)) this.#place(node);
  }

  resultOf(term: Term, shape: Shape): Result {
    return { shape, slot: this.#slotOf.get(term)!, usesAtoms: this.#usesAtoms.has(term) };
  }

  /** Masks are given by the ids of the terms as the caller knows them. */
  nameBranch(term: Term, result: Term): void {
    const step = this.#branchingTerms.get(result);
    if (step && isBranch(term)) this.branching.get(step)!.push(term.id);
  }

  #newSlot(shape: Shape): number {
    return this.slots.push({ size: sizeOf(shape), exact: false, constant: false }) - 1;
  }

  /** Gives the node a slot, and adds the steps that fill it. */
  #place(node: Term): void {
    const args = argsOf(node);
    const sources = args.map((arg) => this.#slotOf.get(arg)!);
    if (args.some((arg) => this.#usesAtoms.has(arg))) this.#usesAtoms.add(node);
    if (node.kind === "call" && node.fn === "reshape") {
      this.#slotOf.set(node, sources[0]!);
      return;
    }
    const slot = this.#newSlot(node.shape);
    this.#slotOf.set(node, slot);
    switch (node.kind) {
      case "variable":
      case "constant":
        return this.#load(node, slot);
      case "contract":
        return this.#push(...planContraction(node, sources, slot, { allocate: (shape) => this.#newSlot(shape) }));
      case "add":
        return this.#sum(node, slot);
      case "power":
        this.#usesAtoms.add(node);
        return this.#push(new PowerStep(slot, sources[0]!, sources[1]!, node, 8 * sizeOf(node.shape)));
      case "map": {
        const rule = mapRule(node.fn);
        if (!rule) throw new MissingRule(node.fn, "forward");
        return this.#apply(node, new Pointwise(slot, sources[0]!, rule, 4 * sizeOf(node.shape)));
      }
      case "call": {
        const rule = callRule(node.fn);
        if (!rule) throw new MissingRule(node.fn, "forward");
        return this.#apply(node, new CallStep(slot, sources, node, rule));
      }
    }
  }

  #load(term: Variable | Constant, slot: number): void {
    this.loads.push({ slot, term });
    this.slots[slot]!.exact = term.kind === "variable" || factorOf(1, term.denominator).exact;
    this.slots[slot]!.constant = term.kind === "constant";
  }

  #sum(node: Add, slot: number): void {
    const parts = node.args.map((arg) => (this.#deferred.has(arg) ? multipleOf(arg)! : { core: arg, factor: factorOf(1, 1) }));
    if (parts.some(({ core }) => this.#usesAtoms.has(core))) this.#usesAtoms.add(node);
    this.#push(new LinearCombination(slot, parts.map(({ core }) => this.#slotOf.get(core)!), parts.map(({ factor }) => factor), sizeOf(node.shape)));
  }

  #apply(node: Term, step: Pointwise | CallStep): void {
    if (step.rule.exactness === "atom") this.#usesAtoms.add(node);
    if (step.rule.exactness === "mask") {
      this.branching.set(step, []);
      this.#branchingTerms.set(node, step);
    }
    this.#push(step);
  }

  /** Atoms depend on the seed and masks on the caller, so the steps with them are never constant. */
  #push(...steps: readonly Operation[]): void {
    for (const step of steps) {
      const fixed = !(step instanceof Pointwise || step instanceof CallStep || step instanceof PowerStep);
      const slot = this.slots[step.target]!;
      slot.exact = step.exact && step.sources.every((source) => this.slots[source]!.exact);
      slot.constant = fixed && step.sources.every((source) => this.slots[source]!.constant);
      this.steps.push(step);
      if (!slot.constant) this.varying.push(step);
    }
  }
}

/**
 * The multiples α·x (same axes, nothing else) that only sums use: a linear
 * combination takes the factor along. Results are computed in any case.
 */
function scaledOnlyInSums(order: readonly Term[], results: readonly Term[]): Set<Term> {
  const scaled = new Set(order.filter((node) => multipleOf(node) !== null));
  for (const node of order) if (node.kind !== "add") for (const arg of argsOf(node)) scaled.delete(arg);
  for (const result of results) scaled.delete(result);
  return scaled;
}

function multipleOf(node: Term): { core: Term; factor: Factor } | null {
  if (node.kind !== "contract" || node.args.length !== 2) return null;
  const [constant, core] = node.args as readonly [Term, Term];
  if (!isScalarConstant(constant) || isScalarConstant(core) || !sameShape(node.labels[1]!, node.output) || new Set(node.output).size < node.output.length) return null;
  return { core, factor: factorOf(constant.numerators[0]!, constant.denominator) };
}

/** Whether a term takes one of several branches, by the sign or the order of its arguments. */
export function isBranch(term: Term): boolean {
  return (term.kind === "map" && mapRule(term.fn)?.exactness === "mask") || (term.kind === "call" && callRule(term.fn)?.exactness === "mask");
}
