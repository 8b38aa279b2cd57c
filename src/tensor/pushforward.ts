/**
 * Forward mode: tangents are carried from the seeds up to the result, a whole
 * batch of directions at once. Shares no rule and no walk with reverse mode
 * (differentiate.ts), so that the two can check each other.
 */
import { MissingRule, ShapeError } from "./errors";
import { dependents, topological } from "./graph";
import { mul, reciprocal } from "./build";
import { timesEach } from "./primitives/batch";
import { callRule, mapRule } from "./primitives/index";
import { sameShape, type Shape } from "./shape";
import { add, argsOf, contract, labelCount, map, zeros, type Contract, type Power, type Term } from "./term";

/**
 * J·ẋ, of shape [...batch, ...y]. The tangent of each seed x has the shape
 * [...batch, ...x]; seeds are independent of one another, whatever they are.
 */
export function pushforward(y: Term, seeds: ReadonlyMap<Term, Term>, batch: Shape): Term {
  for (const [x, dot] of seeds) if (!sameShape(dot.shape, [...batch, ...x.shape])) throw new ShapeError("pushforward", dot.shape, [...batch, ...x.shape]);
  const order = topological([y], seeds);
  const active = dependents(order, seeds);
  const dots = new Map<Term, Term>(seeds);
  for (const node of order) {
    if (!active.has(node) || dots.has(node)) continue;
    dots.set(node, tangentOf(node, argsOf(node).map((arg) => dots.get(arg) ?? null), batch.length));
  }
  return dots.get(y) ?? zeros([...batch, ...y.shape]);
}

/** The derivative of y in one direction, of y's shape. */
export function directional(y: Term, seeds: ReadonlyMap<Term, Term>): Term {
  return pushforward(y, seeds, []);
}

/** ∂y/∂x, of shape [...y, ...x]: the tangents of all unit directions, their batch moved last. */
export function jacobianForward(y: Term, x: Term): Term {
  const n = x.shape.length;
  const axes = x.shape.map((_, axis) => axis);
  const units = contract([], [...axes, ...axes], [], [...x.shape, ...x.shape]);
  const batched = pushforward(y, new Map([[x, units]]), x.shape);
  const all = batched.shape.map((_, axis) => axis);
  return contract([all], [...all.slice(n), ...all.slice(0, n)], [batched]);
}

function tangentOf(node: Term, dots: readonly (Term | null)[], batch: number): Term {
  switch (node.kind) {
    case "contract":
      return tangentOfContract(node, dots, batch);
    case "add":
      return add(...dots.filter((dot) => dot !== null));
    case "power":
      return tangentOfPower(node, dots[0] ?? null, dots[1] ?? null);
    case "map":
    case "call": {
      const rule = node.kind === "map" ? mapRule(node.fn) : callRule(node.fn);
      if (!rule) throw new MissingRule(node.fn, "tangent");
      return rule.tangent(dots, node, argsOf(node), node.kind === "call" ? node.params : []);
    }
    default:
      throw new MissingRule(node.kind, "tangent");
  }
}

/** The product rule: one summand for each argument that moves. */
function tangentOfContract(node: Contract, dots: readonly (Term | null)[], batch: number): Term {
  const first = labelCount(node);
  const batchLabels = Array.from({ length: batch }, (_, i) => first + i);
  const summands = dots.flatMap((dot, i) => {
    if (!dot) return [];
    const labels = node.labels.map((list, j) => (i === j ? [...batchLabels, ...list] : list));
    const args = node.args.map((arg, j) => (i === j ? dot : arg));
    return [contract(labels, [...batchLabels, ...node.output], args, [...dot.shape.slice(0, batch), ...node.shape])];
  });
  return add(...summands);
}

/** d bᵉ = bᵉ (e ḃ / b + log(b) ė). */
function tangentOfPower(node: Power, base: Term | null, exponent: Term | null): Term {
  const summands: Term[] = [];
  if (base) summands.push(timesEach(base, mul(node.exponent, mul(node, reciprocal(node.base)))));
  if (exponent) summands.push(timesEach(exponent, mul(node, map("log", node.base))));
  return add(...summands);
}
