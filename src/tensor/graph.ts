/** Walks over graphs of terms; without recursion, so that depth is no limit. */
import { ShapeError } from "./errors";
import { powerNode, add, argsOf, callNode, contract, map, type Term } from "./term";
import { sameShape } from "./shape";

/**
 * All terms below `roots`, arguments before the terms over them, in an order
 * that depends on the structure alone. Nothing below `stop` is entered.
 */
export function topological(roots: readonly Term[], stop?: { has(term: Term): boolean }): Term[] {
  const order: Term[] = [];
  const seen = new Set<Term>();
  const path: Term[] = [];
  const next: number[] = [];
  for (const root of roots) {
    if (seen.has(root)) continue;
    seen.add(root);
    path.push(root);
    next.push(0);
    while (path.length > 0) {
      const top = path[path.length - 1]!;
      const args = stop?.has(top) ? [] : argsOf(top);
      const index = next[next.length - 1]!;
      if (index === args.length) {
        order.push(top);
        path.pop();
        next.pop();
        continue;
      }
      next[next.length - 1] = index + 1;
      const arg = args[index]!;
      if (seen.has(arg)) continue;
      seen.add(arg);
      path.push(arg);
      next.push(0);
    }
  }
  return order;
}

/** Whether `x` is a node of the graph of `y`. */
export function dependsOn(y: Term, x: Term): boolean {
  if (y === x) return true;
  if (y.id < x.id) return false;
  return topological([y]).includes(x);
}

/** The nodes of `order` (arguments first) that have one of `sources` below them, themselves included. */
export function dependents(order: readonly Term[], sources: { has(term: Term): boolean }): Set<Term> {
  const active = new Set<Term>();
  for (const node of order) if (sources.has(node) || argsOf(node).some((arg) => active.has(arg))) active.add(node);
  return active;
}

/** `y` with each term that is a key replaced by its value, of the same shape. */
export function replace(y: Term, substitutions: ReadonlyMap<Term, Term>): Term {
  for (const [from, to] of substitutions) if (!sameShape(from.shape, to.shape)) throw new ShapeError("replace", from.shape, to.shape);
  const result = new Map<Term, Term>(substitutions);
  for (const node of topological([y], substitutions)) {
    if (!result.has(node)) result.set(node, rebuild(node, argsOf(node).map((arg) => result.get(arg)!)));
  }
  return result.get(y)!;
}

/** The same operation over other arguments of the same shapes. */
export function rebuild(node: Term, args: readonly Term[]): Term {
  const old = argsOf(node);
  if (args.every((arg, i) => arg === old[i])) return node;
  switch (node.kind) {
    case "variable":
    case "constant":
      return node;
    case "contract":
      return contract(node.labels, node.output, args, node.shape);
    case "add":
      return add(...args);
    case "map":
      return map(node.fn, args[0]!);
    case "power":
      return powerNode(args[0]!, args[1]!);
    case "call":
      return callNode(node.fn, args, node.params, node.shape);
  }
}
