/**
 * The order in which to contract several operands two at a time, chosen by the
 * number of multiply-adds: the best one by dynamic programming over subsets
 * for up to six operands, beyond that the cheapest pair each time.
 */

/** A binary tree over the numbers of the operands. */
export type Order = number | readonly [Order, Order];

export interface Plan {
  readonly order: Order;
  readonly cost: number;
}

/** Labels are bits; `operands` and `output` are sets of them, `sizes[i]` belongs to bit i. */
export function contractionOrder(operands: readonly number[], output: number, sizes: readonly number[]): Plan {
  return operands.length <= 6 ? optimalOrder(operands, output, sizes) : greedyOrder(operands, output, sizes);
}

function optimalOrder(operands: readonly number[], output: number, sizes: readonly number[]): Plan {
  const count = 1 << operands.length;
  const labels = new Int32Array(count);
  for (let set = 1; set < count; set++) labels[set] = labels[set & (set - 1)]! | operands[31 - Math.clz32(set & -set)]!;
  const cost = new Float64Array(count).fill(Infinity);
  const split = new Int32Array(count);
  for (let i = 0; i < operands.length; i++) cost[1 << i] = 0;
  const kept = (set: number): number => labels[set]! & (output | labels[count - 1 - set]!);
  for (let set = 1; set < count; set++) {
    if ((set & (set - 1)) === 0) continue;
    // One half always holds the lowest operand, so that no split is tried twice.
    for (let left = (set - 1) & set; left > 0; left = (left - 1) & set) {
      if ((left & set & -set) === 0) continue;
      const right = set ^ left;
      const total = cost[left]! + cost[right]! + volume(kept(left) | kept(right), sizes);
      if (total < cost[set]!) {
        cost[set] = total;
        split[set] = left;
      }
    }
  }
  const tree = (set: number): Order => ((set & (set - 1)) === 0 ? 31 - Math.clz32(set) : [tree(split[set]!), tree(set ^ split[set]!)]);
  return { order: tree(count - 1), cost: cost[count - 1]! };
}

function greedyOrder(operands: readonly number[], output: number, sizes: readonly number[]): Plan {
  const parts: { order: Order; labels: number }[] = operands.map((labels, i) => ({ order: i, labels }));
  let total = 0;
  while (parts.length > 1) {
    let best: { cost: number; i: number; j: number } | null = null;
    for (let i = 0; i < parts.length; i++) {
      for (let j = i + 1; j < parts.length; j++) {
        const cost = volume(parts[i]!.labels | parts[j]!.labels, sizes);
        if (!best || cost < best.cost) best = { cost, i, j };
      }
    }
    const { cost, i, j } = best!;
    const [left, right] = [parts[i]!, parts[j]!];
    parts.splice(j, 1);
    parts.splice(i, 1);
    const needed = parts.reduce((set, part) => set | part.labels, output);
    parts.push({ order: [left.order, right.order], labels: (left.labels | right.labels) & needed });
    total += cost;
  }
  return { order: parts[0]!.order, cost: total };
}

export function volume(labels: number, sizes: readonly number[]): number {
  let product = 1;
  for (let rest = labels; rest !== 0; rest &= rest - 1) product *= sizes[31 - Math.clz32(rest & -rest)]!;
  return product;
}
