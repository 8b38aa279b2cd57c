/**
 * A graph of terms compiled into a list of steps over preallocated memory. One
 * program serves any number of bindings, over float64 and over GF(p) alike.
 *
 * Compiling costs about as much as a few evaluations and allocates no memory
 * for values; `TooLarge` is thrown before there is any.
 */
import { createAtoms, type Atoms } from "../atoms";
import { MissingBinding, MissingRule, ShapeError, TooLarge } from "../errors";
import type { Field } from "../field";
import { topological } from "../graph";
import { referenceKernels } from "../kernels/reference";
import type { Kernels } from "../kernels/types";
import { callRule, mapRule } from "../primitives/index";
import type { Mask } from "../primitives/types";
import { sameShape, sizeOf, type Shape } from "../shape";
import { simplifyGraph } from "../simplify";
import { argsOf, isScalarConstant, type Add, type Constant, type Term, type Variable } from "../term";
import { CallStep } from "./calls";
import { planContraction } from "./contraction";
import { factorOf, UNIT, type Factor, type Memory, type ModularContext, type Operation } from "./operation";
import { Product } from "./product";
import { LinearCombination, Pointwise, PowerStep } from "./pointwise";

/** The value of a variable, row-major. */
export interface Binding {
  readonly shape: Shape;
  readonly data: Float64Array;
}

export type Bindings = ReadonlyMap<string, Binding>;

export interface RealTensor {
  readonly shape: Shape;
  readonly data: Float64Array;
  /** Bound on the absolute rounding error of each entry; 0 where all are exact. */
  readonly error: Float64Array | number;
}

export interface ModularTensor {
  readonly shape: Shape;
  /** Balanced residues. */
  readonly data: Float64Array;
  /** Whether atoms went into it: then a difference proves nothing. */
  readonly usedAtoms: boolean;
}

export interface CompileOptions {
  /** Multiply-adds of one evaluation, and 16 times its entries in memory; 2^30 by default. */
  readonly limit?: number;
}

export interface RealOptions {
  readonly kernels?: Kernels;
  /** Whether to bound the errors (at about twice the time); true by default. Without, they are NaN. */
  readonly errors?: boolean;
}

/** Signs of arguments, or ones at maxima, by the id of the branching term. */
export type Masks = ReadonlyMap<number, Float64Array>;

export interface ModularOptions {
  readonly kernels?: Kernels;
  /** For the atoms; 0 by default. */
  readonly seed?: number;
  /** Atoms of earlier evaluations, to be shared with this one. */
  readonly atoms?: Atoms;
  readonly masks?: Masks;
}

export interface Branches {
  readonly masks: Masks;
  /** Whether some choice was too close to call. */
  readonly ties: boolean;
}

export interface Program {
  /** Multiply-adds of one evaluation. */
  readonly cost: number;
  real(bindings: Bindings, options?: RealOptions): RealTensor[];
  modular(bindings: Bindings, field: Field, options?: ModularOptions): ModularTensor[];
  /** The branches that real values take: for relu, abs, sign, step and max. */
  branches(bindings: Bindings, options?: RealOptions): Branches;
}

const DEFAULT_LIMIT = 2 ** 30;
const ENTRY_COST = 16;

/** Throws `TooLarge`, and `MissingRule` for an unknown function. */
export function compile(terms: readonly Term[], { limit = DEFAULT_LIMIT }: CompileOptions = {}): Program {
  return new CompiledProgram(terms, limit);
}

interface Slot {
  readonly size: number;
  /** Whether its values are never rounded. */
  exact: boolean;
  /** Whether they are the same for all bindings and seeds. */
  constant: boolean;
}

interface Load {
  readonly slot: number;
  readonly term: Variable | Constant;
}

class CompiledProgram implements Program {
  readonly cost: number;
  private readonly slots: Slot[] = [];
  private readonly loads: Load[] = [];
  private readonly steps: Operation[] = [];
  private readonly varyingSteps: Operation[] = [];
  private readonly slotOf = new Map<Term, number>();
  private readonly results: readonly Term[];
  private readonly usesAtoms = new Set<Term>();
  /** The steps that branch, with the ids of the terms that they stand for. */
  private readonly branching = new Map<Operation, number[]>();
  private readonly branchingTerms = new Map<Term, Operation>();
  /** Terms that are not computed on their own, but as multiples within sums. */
  private readonly deferred: ReadonlySet<Term>;
  private values: Float64Array[] | null = null;
  /** Arrays in the memory of some kernels: the same ones again at the same mark. */
  private resident: { readonly kernels: Kernels; readonly mark: number; readonly values: Float64Array[] } | null = null;
  private readonly entries: number;
  private readonly multiplies: boolean;
  private errors: (Float64Array | null)[] | null = null;
  /** Whether the constants in memory are real numbers, or residues of which field. */
  private constantsFor: Field | "real" | null = null;

  constructor(
    private readonly terms: readonly Term[],
    limit: number,
  ) {
    const { terms: results, image } = simplifyGraph(terms);
    this.results = results;
    const order = topological(results);
    this.deferred = scaledOnlyInSums(order, results);
    for (const node of order) if (!this.deferred.has(node)) this.place(node);
    this.cost = this.steps.reduce((total, step) => total + step.cost, 0);
    this.entries = this.slots.reduce((total, slot) => total + slot.size, 0);
    this.multiplies = this.steps.some((step) => step instanceof Product);
    const needed = Math.max(this.cost, ENTRY_COST * this.entries);
    if (needed > limit) throw new TooLarge(needed, limit, [largestShape(topological(terms))]);
    for (const [term, result] of image) {
      const step = this.branchingTerms.get(result);
      if (step && isBranch(term)) this.branching.get(step)!.push(term.id);
    }
  }

  real(bindings: Bindings, { kernels = referenceKernels, errors: wanted = true }: RealOptions = {}): RealTensor[] {
    return this.withMemory(kernels, wanted, (memory) => {
      this.evaluate(memory, bindings);
      return this.results.map((result, i) => {
        const slot = this.slotOf.get(result)!;
        const error = wanted ? (memory.errors[slot]?.slice() ?? 0) : NaN;
        return { shape: this.terms[i]!.shape, data: copyOf(memory.values[slot]!), error };
      });
    });
  }

  modular(bindings: Bindings, field: Field, { kernels = referenceKernels, seed = 0, atoms = createAtoms(field, seed), masks }: ModularOptions = {}): ModularTensor[] {
    return this.withMemory(kernels, false, (memory) => {
      const context: ModularContext = { field, atoms, kernels, mask: (step) => this.maskOf(step, masks) };
      for (const step of this.pending(this.load(memory, bindings, field))) step.modular(memory, context);
      return this.results.map((result, i) => ({ shape: this.terms[i]!.shape, data: copyOf(memory.values[this.slotOf.get(result)!]!), usedAtoms: this.usesAtoms.has(result) }));
    });
  }

  branches(bindings: Bindings, { kernels = referenceKernels }: RealOptions = {}): Branches {
    return this.withMemory(kernels, true, (memory) => {
      this.evaluate(memory, bindings);
      const masks = new Map<number, Float64Array>();
      let ties = false;
      for (const [step, ids] of this.branching) {
        const mask = step instanceof CallStep ? step.mask(memory) : signsOf(memory.values[step.sources[0]!]!, memory.errors[step.sources[0]!]!);
        ties ||= mask.tie;
        for (const id of ids) masks.set(id, mask.data);
      }
      return { masks, ties };
    });
  }

  private evaluate(memory: Memory, bindings: Bindings): void {
    for (const step of this.pending(this.load(memory, bindings, "real"))) step.run(memory);
    for (const step of this.steps) if (memory.errors[step.target]) step.bound(memory);
  }

  /**
   * Chains of products run in the memory of the kernels, if they have one with
   * room; anything else in the program's own.
   */
  private withMemory<T>(kernels: Kernels, withErrors: boolean, use: (memory: Memory) => T): T {
    const errors = withErrors ? this.allocateErrors() : [];
    const mark = this.multiplies ? kernels.mark?.() : undefined;
    const values = mark === undefined ? null : this.allocateResident(kernels, mark);
    if (!values) return use({ values: this.allocate(), errors, kernels });
    try {
      this.constantsFor = null;
      return use({ values, errors, kernels });
    } finally {
      this.constantsFor = null;
      kernels.release!(mark!);
    }
  }

  private maskOf(step: Operation, masks: Masks | undefined): Float64Array | undefined {
    for (const id of this.branching.get(step) ?? []) {
      const mask = masks?.get(id);
      if (mask) return mask;
    }
    return undefined;
  }

  /** All steps, or those alone that depend on a variable, if the constants are in place. */
  private pending(fresh: boolean): readonly Operation[] {
    return fresh ? this.steps : this.varyingSteps;
  }

  /** Returns whether the constants had to be loaded anew. */
  private load({ values, errors }: Memory, bindings: Bindings, world: Field | "real"): boolean {
    const fresh = this.constantsFor !== world;
    this.constantsFor = null;
    for (const { slot, term } of this.loads) {
      if (term.kind === "variable") loadVariable(values[slot]!, term, bindings);
      else if (fresh) loadConstant(values[slot]!, term, world);
      const error = term.kind === "constant" ? errors[slot] : null;
      if (error) for (let i = 0; i < error.length; i++) error[i] = UNIT * Math.abs(values[slot]![i]!);
    }
    this.constantsFor = world;
    return fresh;
  }

  private allocateResident(kernels: Kernels, mark: number): Float64Array[] | null {
    if (!kernels.allocate || !kernels.release) return null;
    try {
      const whole = kernels.allocate(this.entries);
      if (this.resident?.kernels !== kernels || this.resident.mark !== mark) this.resident = { kernels, mark, values: carve(whole, this.slots.map(({ size }) => size)) };
      return this.resident.values;
    } catch (error) {
      if (error instanceof TooLarge) return null;
      throw error;
    }
  }

  private allocate(): Float64Array[] {
    return (this.values ??= carve(new Float64Array(this.entries), this.slots.map(({ size }) => size)));
  }

  private allocateErrors(): (Float64Array | null)[] {
    if (!this.errors) {
      const sizes = this.slots.map(({ size, exact }) => (exact ? 0 : size));
      const arrays = carve(new Float64Array(sizes.reduce((total, size) => total + size, 0)), sizes);
      this.errors = this.slots.map(({ exact }, slot) => (exact ? null : arrays[slot]!));
    }
    return this.errors;
  }

  private newSlot(shape: Shape): number {
    return this.slots.push({ size: sizeOf(shape), exact: false, constant: false }) - 1;
  }

  /** Gives the node a slot, and adds the steps that fill it. */
  private place(node: Term): void {
    const sources = argsOf(node).map((arg) => this.slotOf.get(arg)!);
    if (argsOf(node).some((arg) => this.usesAtoms.has(arg))) this.usesAtoms.add(node);
    if (node.kind === "call" && node.fn === "reshape") {
      this.slotOf.set(node, sources[0]!);
      return;
    }
    const slot = this.newSlot(node.shape);
    this.slotOf.set(node, slot);
    switch (node.kind) {
      case "variable":
      case "constant":
        this.loads.push({ slot, term: node });
        this.slots[slot]!.exact = node.kind === "variable" || factorOf(1, node.denominator).exact;
        this.slots[slot]!.constant = node.kind === "constant";
        return;
      case "contract":
        return this.push(...planContraction(node, sources, slot, { allocate: (shape) => this.newSlot(shape) }));
      case "add":
        return this.placeSum(node, slot);
      case "map":
        return this.placeMap(node, node.fn, sources[0]!, slot);
      case "power":
        this.usesAtoms.add(node);
        return this.push(new PowerStep(slot, sources[0]!, sources[1]!, node, 8 * sizeOf(node.shape)));
      case "call": {
        const rule = callRule(node.fn);
        if (!rule) throw new MissingRule(node.fn, "forward");
        const step = new CallStep(slot, sources, node, rule);
        if (rule.exactness === "atom") this.usesAtoms.add(node);
        if (rule.exactness === "mask") this.markBranch(node, step);
        return this.push(step);
      }
    }
  }

  private placeSum(node: Add, slot: number): void {
    const parts = node.args.map((arg) => (this.deferred.has(arg) ? multipleOf(arg)! : { core: arg, factor: factorOf(1, 1) }));
    if (parts.some(({ core }) => this.usesAtoms.has(core))) this.usesAtoms.add(node);
    this.push(new LinearCombination(slot, parts.map(({ core }) => this.slotOf.get(core)!), parts.map(({ factor }) => factor), this.slots[slot]!.size));
  }

  private placeMap(node: Term, fn: string, source: number, slot: number): void {
    const rule = mapRule(fn);
    if (!rule) throw new MissingRule(fn, "forward");
    const step = new Pointwise(slot, source, rule, 4 * this.slots[slot]!.size);
    if (rule.exactness === "atom") this.usesAtoms.add(node);
    if (rule.exactness === "mask") this.markBranch(node, step);
    this.push(step);
  }

  private markBranch(node: Term, step: Operation): void {
    this.branching.set(step, []);
    this.branchingTerms.set(node, step);
  }

  /** Atoms depend on the seed and masks on the caller, so the steps with them are never constant. */
  private push(...steps: readonly Operation[]): void {
    for (const step of steps) {
      const constant = !(step instanceof Pointwise || step instanceof CallStep || step instanceof PowerStep);
      this.steps.push(step);
      const slot = this.slots[step.target]!;
      slot.exact = step.exact && step.sources.every((source) => this.slots[source]!.exact);
      slot.constant = constant && step.sources.every((source) => this.slots[source]!.constant);
      if (!slot.constant) this.varyingSteps.push(step);
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

function isBranch(term: Term): boolean {
  return (term.kind === "map" && mapRule(term.fn)?.exactness === "mask") || (term.kind === "call" && callRule(term.fn)?.exactness === "mask");
}

/** A sign for each entry; a tie where the error bound reaches over zero. */
function signsOf(data: Float64Array, error: Float64Array | null): Mask {
  let tie = false;
  for (let i = 0; i < data.length; i++) if (!(Math.abs(data[i]!) > (error ? error[i]! : 0))) tie = true;
  return { data: data.map((x) => Math.sign(x) + 0), tie };
}

/** Never a view into a memory that others use, nor of another kind of buffer. */
function copyOf(data: Float64Array): Float64Array {
  const copy = new Float64Array(data.length);
  copy.set(data);
  return copy;
}

/** Arrays of the given lengths, one after the other. */
function carve(whole: Float64Array, sizes: readonly number[]): Float64Array[] {
  let offset = 0;
  return sizes.map((size) => whole.subarray(offset, (offset += size)));
}

function loadVariable(target: Float64Array, { name, shape }: Variable, bindings: Bindings): void {
  const binding = bindings.get(name);
  if (!binding) throw new MissingBinding(name);
  if (!sameShape(binding.shape, shape)) throw new ShapeError(`value of ${name}`, binding.shape, shape);
  if (binding.data.length !== target.length) throw new ShapeError(`value of ${name}`, [binding.data.length], shape, "number of entries");
  target.set(binding.data);
}

function loadConstant(target: Float64Array, { numerators, denominator }: Constant, world: Field | "real"): void {
  for (let i = 0; i < target.length; i++) target[i] = world === "real" ? numerators[i]! / denominator : world.rational(numerators[i]!, denominator);
}

function largestShape(terms: readonly Term[]): Shape {
  return terms.reduce<Shape>((largest, { shape }) => (sizeOf(shape) > sizeOf(largest) ? shape : largest), []);
}
