/**
 * Values of terms at one point, each computed once. Where many terms that have
 * most of their parts in common are asked for one after the other, only what
 * is new in a term is computed; there is no program, and no rounding bound.
 */
import { Kept } from "../../base/kept";
import { createAtoms } from "../atoms";
import { MissingRule, NotExact, Redraw, TooLarge, ZeroDivisor } from "../errors";
import type { Field } from "../field";
import { topological } from "../graph";
import { referenceKernels } from "../kernels/reference";
import { callRule, mapRule } from "../primitives/index";
import { sizeOf } from "../shape";
import { argsOf, isScalarConstant, joined, type Constant, type Contract, type Term, type Variable } from "../term";
import { CallStep } from "./calls";
import { planContraction } from "./contraction";
import { factorOf, type ModularContext, type Operation } from "./operation";
import { LinearCombination, Pointwise, PowerStep } from "./pointwise";

export interface Cell {
  readonly data: Float64Array;
  /** Whether atoms went into it: then a difference proves nothing. */
  readonly usesAtoms: boolean;
}

export interface SheetOptions {
  readonly seed?: number;
  /** Multiply-adds, and 16 times the entries, of what one value may add to the sheet. */
  readonly limit?: number;
}

/** What an entry counts for, in multiply-adds. */
const ENTRY_COST = 16;

/** Entries. */
const BLOCK = 4096;
let block = new Float64Array(0);
let used = 0;

/** Small arrays lie side by side in one block: each by itself costs more to make and to forget than to fill. */
function room(size: number): Float64Array {
  if (size > BLOCK / 16) return new Float64Array(size);
  if (used + size > block.length) {
    block = new Float64Array(BLOCK);
    used = 0;
  }
  return block.subarray(used, (used += size));
}

type Signalled = NotExact | Redraw | TooLarge;

export class Sheet {
  private readonly cells = new Map<Term, Cell | Signalled>();
  private readonly context: ModularContext | null;
  private readonly limit: number;

  /** Over float64 or in GF(p); `draw` gives the value of a variable. */
  constructor(
    private readonly world: Field | "real",
    private readonly draw: (variable: Variable) => Float64Array,
    { seed = 0, limit = 2 ** 30 }: SheetOptions = {},
  ) {
    this.limit = limit;
    this.context = world === "real" ? null : { field: world, atoms: createAtoms(world, seed), kernels: referenceKernels, mask: () => undefined };
  }

  /** Throws `Redraw`, `NotExact` and `TooLarge` as `evaluateModular` does, again for every term over the one that did. */
  value(term: Term): Cell {
    let cell = this.cells.get(term);
    if (!cell) {
      const nodes = topological([term], this.cells).filter((node) => !this.cells.has(node));
      this.checkCost(term, nodes);
      for (const node of nodes) this.place(node);
      cell = this.cells.get(term)!;
    }
    if (isSignal(cell)) throw cell;
    return cell;
  }

  /** What is too much is not begun. */
  private checkCost(term: Term, nodes: readonly Term[]): void {
    let left = this.limit;
    for (const node of nodes) {
      const needed = stepsOf(node)?.needed ?? 0;
      if (needed > left) {
        const tooLarge = new TooLarge(needed, left, [node.shape]);
        this.cells.set(term, tooLarge);
        throw tooLarge;
      }
      left -= needed;
    }
  }

  /** Fills the cell of a node whose arguments have theirs. */
  private place(node: Term): void {
    const args = argsOf(node).map((arg) => this.cells.get(arg)!);
    // What has no value tells more than what another arithmetic may tell.
    const failed = args.find((arg) => arg instanceof ZeroDivisor) ?? args.find(isSignal);
    if (isSignal(failed)) {
      this.cells.set(node, failed);
      return;
    }
    try {
      this.cells.set(node, this.compute(node, args as Cell[]));
    } catch (error) {
      if (!isSignal(error)) throw error;
      this.cells.set(node, error);
    }
  }

  private compute(node: Term, args: readonly Cell[]): Cell {
    if (node.kind === "variable") return { data: this.draw(node), usesAtoms: false };
    const plan = stepsOf(node);
    const size = sizeOf(node.shape);
    if (node.kind === "constant") return { data: this.constant(node, size), usesAtoms: false };
    if (!plan) return args[0]!;
    const { steps, scratch, atoms } = plan;
    const data = room(size);
    const values = args.map((arg) => arg.data);
    values.push(data);
    for (const n of scratch) values.push(room(n));
    const memory = { values, errors: [], kernels: referenceKernels };
    for (const step of steps) {
      if (this.context) step.modular(memory, this.context);
      else step.run(memory);
    }
    return { data, usesAtoms: atoms || args.some((arg) => arg.usesAtoms) };
  }

  private constant({ numerators, denominator }: Constant, size: number): Float64Array {
    const { world } = this;
    const data = room(size);
    for (let i = 0; i < size; i++) data[i] = world === "real" ? numerators[i]! / denominator : world.rational(numerators[i]!, denominator);
    return data;
  }
}

function isSignal(value: unknown): value is Signalled {
  return value instanceof NotExact || value instanceof Redraw || value instanceof TooLarge;
}

/** The arguments are in the slots 0, 1, …, the result in the next one, scratch arrays in those after it. */
interface Steps {
  readonly steps: readonly Operation[];
  readonly scratch: readonly number[];
  /** Multiply-adds, or so many times the entries. */
  readonly needed: number;
  readonly atoms: boolean;
}

const kept = new Kept<Term, Steps | null>();

/** Null where nothing is computed. */
function stepsOf(node: Term): Steps | null {
  let known = kept.get(node);
  if (known === undefined) kept.set(node, (known = node.kind === "variable" || node.kind === "constant" || (node.kind === "call" && node.fn === "reshape") ? null : stepsFor(node, sizeOf(node.shape))));
  return known;
}

function stepsFor(node: Exclude<Term, Variable | Constant>, size: number): Steps {
  const count = argsOf(node).length;
  const one = (step: Operation, atoms: boolean): Steps => ({ steps: [step], scratch: [], needed: Math.max(step.cost, ENTRY_COST * size), atoms });
  switch (node.kind) {
    case "contract":
      return contractionSteps(node);
    case "add":
      return one(new LinearCombination(count, node.args.map((_, i) => i), node.args.map(() => factorOf(1, 1)), size), false);
    case "power":
      return one(new PowerStep(2, 0, 1, node, 8 * size), true);
    case "map": {
      const rule = mapRule(node.fn);
      if (!rule) throw new MissingRule(node.fn, "forward");
      return one(new Pointwise(1, 0, rule, 4 * size), rule.exactness === "atom");
    }
    case "call": {
      const rule = callRule(node.fn);
      if (!rule) throw new MissingRule(node.fn, "forward");
      return one(new CallStep(count, node.args.map((_, i) => i), node, rule), rule.exactness === "atom");
    }
  }
}

/** Contractions of one form are planned once; there are few forms. */
const plans = new Map<string, Steps>();
const MAX_PLANS = 4096;

function contractionSteps(node: Contract): Steps {
  let key = "";
  for (let i = 0; i < node.args.length; i++) {
    const arg = node.args[i]!;
    key += `${joined(node.labels[i]!)}:${isScalarConstant(arg) ? `${arg.numerators[0]!}/${arg.denominator}` : joined(arg.shape)};`;
  }
  key += `>${joined(node.output)}|${joined(node.shape)}`;
  let known = plans.get(key);
  if (!known) {
    if (plans.size >= MAX_PLANS) plans.clear();
    plans.set(key, (known = planned(node)));
  }
  return known;
}

function planned(node: Contract): Steps {
  const count = node.args.length;
  const scratch: number[] = [];
  const steps = planContraction(node, node.args.map((_, i) => i), count, { allocate: (shape) => count + scratch.push(sizeOf(shape)) });
  const cost = steps.reduce((total, step) => total + step.cost, 0);
  const entries = scratch.reduce((total, n) => total + n, sizeOf(node.shape));
  return { steps, scratch, needed: Math.max(cost, ENTRY_COST * entries), atoms: false };
}
