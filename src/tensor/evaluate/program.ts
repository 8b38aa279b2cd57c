/**
 * A graph of terms compiled into a list of steps over preallocated memory. One
 * program serves any number of bindings, over float64 and over GF(p) alike.
 *
 * Compiling costs about as much as a few evaluations and allocates no memory
 * for values; `TooLarge` is thrown before there is any.
 */
import { createAtoms } from "../atoms";
import { MissingBinding, ShapeError, TooLarge } from "../errors";
import type { Field } from "../field";
import { topological } from "../graph";
import { referenceKernels } from "../kernels/reference";
import type { Kernels } from "../kernels/types";
import type { Mask } from "../primitives/types";
import { sameShape, sizeOf, type Shape } from "../shape";
import type { Constant, Term, Variable } from "../term";
import { assemble, type Assembly } from "./assemble";
import { CallStep } from "./calls";
import { UNIT, type Memory, type ModularContext, type Operation } from "./operation";
import { Product } from "./product";
import type { Bindings, Branches, CompileOptions, Masks, ModularOptions, ModularTensor, Program, RealOptions, RealTensor } from "./types";

const DEFAULT_LIMIT = 2 ** 30;
/** What an entry in memory counts for, in multiply-adds. */
const ENTRY_COST = 16;

/** Throws `TooLarge`, and `MissingRule` for an unknown function. */
export function compile(terms: readonly Term[], { limit = DEFAULT_LIMIT }: CompileOptions = {}): Program {
  const assembly = assemble(terms);
  const cost = assembly.steps.reduce((total, step) => total + step.cost, 0);
  const entries = assembly.slots.reduce((total, slot) => total + slot.size, 0);
  const needed = Math.max(cost, ENTRY_COST * entries);
  if (needed > limit) throw new TooLarge(needed, limit, [largestShape(topological(terms))]);
  return new CompiledProgram(assembly, cost, entries);
}

class CompiledProgram implements Program {
  private values: Float64Array[] | null = null;
  private errors: (Float64Array | null)[] | null = null;
  /** Arrays in the memory of some kernels: the same ones again at the same mark. */
  private resident: { readonly kernels: Kernels; readonly mark: number; readonly values: Float64Array[] } | null = null;
  /** Whether the constants in memory are complete, as real numbers or as residues of which field. */
  private constantsFor: Field | "real" | null = null;
  private readonly multiplies: boolean;

  constructor(
    private readonly assembly: Assembly,
    readonly cost: number,
    private readonly entries: number,
  ) {
    this.multiplies = assembly.steps.some((step) => step instanceof Product);
  }

  real(bindings: Bindings, { kernels = referenceKernels, errors: wanted = true, out = [] }: RealOptions = {}): RealTensor[] {
    return this.withMemory(kernels, wanted, (memory) => {
      this.evaluate(memory, bindings);
      return this.assembly.results.map(({ shape, slot }, i) => ({ shape, data: copied(memory.values[slot]!, out[i]), error: wanted ? (memory.errors[slot]?.slice() ?? 0) : NaN }));
    });
  }

  modular(bindings: Bindings, field: Field, { kernels = referenceKernels, seed = 0, atoms = createAtoms(field, seed), masks }: ModularOptions = {}): ModularTensor[] {
    return this.withMemory(kernels, false, (memory) => {
      const context: ModularContext = { field, atoms, kernels, mask: (step) => this.maskOf(step, masks) };
      this.inWorld(field, memory, bindings, (step) => step.modular(memory, context));
      return this.assembly.results.map(({ shape, slot, usesAtoms }) => ({ shape, data: memory.values[slot]!.slice(), usedAtoms: usesAtoms }));
    });
  }

  branches(bindings: Bindings, { kernels = referenceKernels }: RealOptions = {}): Branches {
    return this.withMemory(kernels, true, (memory) => {
      this.evaluate(memory, bindings);
      const masks = new Map<number, Float64Array>();
      let ties = false;
      for (const [step, ids] of this.assembly.branching) {
        const mask = step instanceof CallStep ? step.mask(memory) : signsOf(memory.values[step.sources[0]!]!, memory.errors[step.sources[0]!]!);
        ties ||= mask.tie;
        for (const id of ids) masks.set(id, mask.data);
      }
      return { masks, ties };
    });
  }

  private evaluate(memory: Memory, bindings: Bindings): void {
    this.inWorld("real", memory, bindings, (step) => step.run(memory));
    for (const step of this.assembly.steps) if (memory.errors[step.target]) step.bound(memory);
  }

  /**
   * Loads the variables, and does the steps. Constants, and the steps that have
   * only constants below them, are done once for each change of world; a run
   * that throws halfway leaves them undone.
   */
  private inWorld(world: Field | "real", memory: Memory, bindings: Bindings, act: (step: Operation) => void): void {
    const fresh = this.constantsFor !== world;
    this.constantsFor = null;
    for (const { slot, term } of this.assembly.loads) {
      const target = memory.values[slot]!;
      if (term.kind === "variable") loadVariable(target, term, bindings);
      else if (fresh) loadConstant(target, term, world);
      const error = term.kind === "constant" ? memory.errors[slot] : null;
      if (error) for (let i = 0; i < error.length; i++) error[i] = UNIT * Math.abs(target[i]!);
    }
    for (const step of fresh ? this.assembly.steps : this.assembly.varying) act(step);
    this.constantsFor = world;
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
    for (const id of this.assembly.branching.get(step) ?? []) {
      const mask = masks?.get(id);
      if (mask) return mask;
    }
    return undefined;
  }

  private allocateResident(kernels: Kernels, mark: number): Float64Array[] | null {
    if (!kernels.allocate || !kernels.release) return null;
    try {
      const whole = kernels.allocate(this.entries);
      if (this.resident?.kernels !== kernels || this.resident.mark !== mark) this.resident = { kernels, mark, values: carve(whole, this.assembly.slots.map(({ size }) => size)) };
      return this.resident.values;
    } catch (error) {
      if (error instanceof TooLarge) return null;
      throw error;
    }
  }

  private allocate(): Float64Array[] {
    return (this.values ??= carve(new Float64Array(this.entries), this.assembly.slots.map(({ size }) => size)));
  }

  private allocateErrors(): (Float64Array | null)[] {
    if (!this.errors) {
      const sizes = this.assembly.slots.map(({ size, exact }) => (exact ? 0 : size));
      const arrays = carve(new Float64Array(sizes.reduce((total, size) => total + size, 0)), sizes);
      this.errors = this.assembly.slots.map(({ exact }, slot) => (exact ? null : arrays[slot]!));
    }
    return this.errors;
  }
}

function copied(data: Float64Array, out: Float64Array | undefined): Float64Array {
  if (!out) return data.slice();
  out.set(data);
  return out;
}

/** A sign for each entry; a tie where the error bound reaches over zero. */
function signsOf(data: Float64Array, error: Float64Array | null): Mask {
  let tie = false;
  for (let i = 0; i < data.length; i++) if (!(Math.abs(data[i]!) > (error ? error[i]! : 0))) tie = true;
  return { data: data.map((x) => Math.sign(x) + 0), tie };
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
