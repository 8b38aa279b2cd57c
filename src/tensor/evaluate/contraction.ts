/**
 * Turns a contraction into steps: what only one operand sums over is summed
 * first, several operands are taken two at a time in a cheap order, and pairs
 * that are large matrix products go to the kernels, with transposes fused into
 * them where the storage allows it and copies where it does not.
 */
import { isScalarConstant, multiplyRationals, type Contract } from "../term";
import { sizeOf, type Shape } from "../shape";
import { contractionOrder, volume, type Order } from "./order";
import { factorOf, type Factor, type Operation } from "./operation";
import { Loops, type Operand } from "./loops";
import { Product } from "./product";

/** A product of fewer multiply-adds than this is left to the loops. */
const PRODUCT_WORTH = 512;
/** What starting one more step costs, in multiply-adds. */
const STEP_COST = 64;
/** More operands or labels than this are taken from left to right, without a search for a good order. */
const MAX_SEARCHED = 30;

export interface Slots {
  /** A new slot for a tensor of this shape. */
  allocate(shape: Shape): number;
}

/** Steps that leave the contraction of the values in `sources` in the slot `target`. */
export function planContraction(node: Contract, sources: readonly number[], target: number, slots: Slots): Operation[] {
  const planner = new Planner(node, slots);
  let factor: readonly [number, number] = [1, 1];
  let operands: Operand[] = [];
  node.args.forEach((arg, i) => {
    const product = isScalarConstant(arg) ? multiplyRationals(factor, [arg.numerators[0]!, arg.denominator]) : null;
    if (product) factor = product;
    else operands.push({ slot: sources[i]!, labels: node.labels[i]!, shape: arg.shape });
  });
  const output: Operand = { slot: target, labels: node.output, shape: node.shape };
  if (operands.length > 1) operands = operands.map((operand, i) => planner.sumPrivate(operand, operands.filter((_, j) => j !== i), node.output));
  planner.combine(operands, output, factorOf(factor[0], factor[1]));
  return planner.steps;
}

class Planner {
  readonly steps: Operation[] = [];
  private readonly sizes = new Map<number, number>();

  constructor(
    node: Contract,
    private readonly slots: Slots,
  ) {
    node.args.forEach((arg, i) => node.labels[i]!.forEach((label, axis) => this.sizes.set(label, arg.shape[axis]!)));
    node.output.forEach((label, axis) => this.sizes.set(label, node.shape[axis]!));
  }

  /** Sums the operand over labels that nothing else has. */
  sumPrivate(operand: Operand, others: readonly Operand[], output: readonly number[]): Operand {
    const wanted = new Set([...output, ...others.flatMap((other) => other.labels)]);
    return operand.labels.every((label) => wanted.has(label)) ? operand : this.reduce(operand, [...new Set(operand.labels)].filter((label) => wanted.has(label)));
  }

  combine(operands: readonly Operand[], output: Operand, factor: Factor): void {
    if (operands.length <= 1) return this.loop(operands, output, factor);
    if (operands.length === 2) return this.pair(operands[0]!, operands[1]!, output, factor);
    const names = [...this.sizes.keys()];
    if (names.length > MAX_SEARCHED || operands.length > MAX_SEARCHED) return this.fold(operands, output, factor);
    const bits = (labels: readonly number[]): number => labels.reduce((set, label) => set | (1 << names.indexOf(label)), 0);
    const sizes = names.map((label) => this.sizes.get(label)!);
    const sets = operands.map((operand) => bits(operand.labels));
    const plan = contractionOrder(sets, bits(output.labels), sizes);
    const direct = 2 * volume(sets.reduce((all, set) => all | set, bits(output.labels)), sizes);
    if (operands.length === 3 && direct <= plan.cost + STEP_COST) return this.loop(operands, output, factor);
    this.follow(plan.order as readonly [Order, Order], operands, output, factor);
  }

  /** The last pair of a tree of pairs; the others go to new slots. */
  private follow(order: readonly [Order, Order], operands: readonly Operand[], output: Operand, factor: Factor): void {
    const halves = order.map((half) => leaves(half));
    const [left, right] = order.map((half, i) => (typeof half === "number" ? operands[half]! : this.partial(half, operands, halves[1 - i]!, output)));
    this.pair(left!, right!, output, factor);
  }

  private partial(order: readonly [Order, Order], operands: readonly Operand[], others: readonly number[], output: Operand): Operand {
    const own = new Set(leaves(order).flatMap((i) => operands[i]!.labels));
    const wanted = new Set([...output.labels, ...others.flatMap((i) => operands[i]!.labels)]);
    const labels = [...own].filter((label) => wanted.has(label));
    const result = this.fresh(labels);
    this.follow(order, operands, result, factorOf(1, 1));
    return result;
  }

  /** Two at a time from the left. */
  private fold(operands: readonly Operand[], output: Operand, factor: Factor): void {
    let left = operands[0]!;
    for (let i = 1; i < operands.length - 1; i++) {
      const rest = new Set([...output.labels, ...operands.slice(i + 1).flatMap((operand) => operand.labels)]);
      const result = this.fresh([...new Set([...left.labels, ...operands[i]!.labels])].filter((label) => rest.has(label)));
      this.pair(left, operands[i]!, result, factorOf(1, 1));
      left = result;
    }
    this.pair(left, operands[operands.length - 1]!, output, factor);
  }

  private pair(a: Operand, b: Operand, output: Operand, factor: Factor): void {
    if (!this.product(a, b, output, factor)) this.loop([a, b], output, factor);
  }

  /** As matrix products, if the labels fall into batch, rows, columns and the summed. */
  private product(a: Operand, b: Operand, output: Operand, factor: Factor): boolean {
    if ([a, b, output].some(({ labels }) => new Set(labels).size < labels.length)) return false;
    const batch = output.labels.filter((label) => a.labels.includes(label) && b.labels.includes(label));
    const rows = output.labels.filter((label) => a.labels.includes(label) && !b.labels.includes(label));
    const columns = output.labels.filter((label) => !a.labels.includes(label) && b.labels.includes(label));
    const summed = a.labels.filter((label) => b.labels.includes(label) && !output.labels.includes(label));
    if (batch.length + rows.length + summed.length < a.labels.length || batch.length + columns.length + summed.length < b.labels.length || batch.length + rows.length + columns.length < output.labels.length) return false;
    const [m, k, n] = [rows, summed, columns].map((labels) => this.sizeOfLabels(labels)) as [number, number, number];
    if (m * k * n < PRODUCT_WORTH) return false;

    const left = this.arranged(a, [batch, rows, summed], [batch, summed, rows]);
    const right = this.arranged(b, [batch, summed, columns], [batch, columns, summed]);
    const shape = { batch: this.sizeOfLabels(batch), k };
    const swapped = matches(output.labels, [batch, columns, rows]);
    const direct = swapped || matches(output.labels, [batch, rows, columns]);
    const target = direct ? output : this.fresh([...batch, ...rows, ...columns]);
    // Cᵀ = Bᵀ·Aᵀ
    const step = swapped
      ? new Product(target.slot, right.operand.slot, left.operand.slot, { ...shape, m: n, n: m, transposeA: !right.transposed, transposeB: !left.transposed }, factor)
      : new Product(target.slot, left.operand.slot, right.operand.slot, { ...shape, m, n, transposeA: left.transposed, transposeB: right.transposed }, factor);
    this.steps.push(step);
    if (!direct) this.loop([target], output, factorOf(1, 1));
    return true;
  }

  /** The operand as it is, if it is stored in one of two orders; else a copy in the first. */
  private arranged(operand: Operand, order: readonly (readonly number[])[], transposed: readonly (readonly number[])[]): { operand: Operand; transposed: boolean } {
    if (matches(operand.labels, order)) return { operand, transposed: false };
    if (matches(operand.labels, transposed)) return { operand, transposed: true };
    return { operand: this.reduce(operand, order.flat()), transposed: false };
  }

  private reduce(operand: Operand, labels: readonly number[]): Operand {
    const result = this.fresh(labels);
    this.loop([operand], result, factorOf(1, 1));
    return result;
  }

  private fresh(labels: readonly number[]): Operand {
    const shape = labels.map((label) => this.sizes.get(label)!);
    return { slot: this.slots.allocate(shape), labels, shape };
  }

  private loop(operands: readonly Operand[], output: Operand, factor: Factor): void {
    const labels = new Set([...output.labels, ...operands.flatMap((operand) => operand.labels)]);
    this.steps.push(new Loops(output.slot, output, operands, factor, new Map([...labels].map((label) => [label, this.sizes.get(label)!]))));
  }

  private sizeOfLabels(labels: readonly number[]): number {
    return sizeOf(labels.map((label) => this.sizes.get(label)!));
  }
}

function leaves(order: Order): number[] {
  return typeof order === "number" ? [order] : [...leaves(order[0]), ...leaves(order[1])];
}

function matches(labels: readonly number[], groups: readonly (readonly number[])[]): boolean {
  let at = 0;
  for (const group of groups) for (const label of group) if (labels[at++] !== label) return false;
  return at === labels.length;
}
