/**
 * Reverse mode: cotangents are carried from the result down to the variables,
 * a whole batch of them at once, so that a Jacobian is one term. Derivatives
 * are terms, and can be differentiated again.
 */
import { full, mul, ones, power, sub, uniformValue } from "./build";
import { MissingRule, ShapeError } from "./errors";
import { dependents, topological } from "./graph";
import { timesEach } from "./primitives/batch";
import { callRule, mapRule } from "./primitives/index";
import { sameShape, type Shape } from "./shape";
import { add, argsOf, contract, labelCount, map, scalar, zeros, type Contract, type Power, type Term } from "./term";

/**
 * ∂y/∂x of a scalar y for each x, of x's shape. Any node of the graph may be
 * an x: it is taken as independent, and what lies below it as hidden by it.
 */
export function gradient(y: Term, wrt: readonly Term[]): Term[] {
  if (y.shape.length > 0) throw new ShapeError("gradient", y.shape, [], "the function must be a scalar");
  return pullback(y, scalar(1), wrt);
}

/** Jᵀȳ for each x: ȳ has the shape [...batch, ...y], the results [...batch, ...x]. */
export function pullback(y: Term, ybar: Term, wrt: readonly Term[]): Term[] {
  const batch = ybar.shape.slice(0, Math.max(0, ybar.shape.length - y.shape.length));
  if (!sameShape(ybar.shape, [...batch, ...y.shape])) throw new ShapeError("pullback", ybar.shape, y.shape);
  const sources = new Set(wrt);
  const order = topological([y], sources);
  const active = dependents(order, sources);
  const received = new Map<Term, Term[]>(active.has(y) ? [[y, [ybar]]] : []);
  const finished = new Map<Term, Term>();
  for (let i = order.length - 1; i >= 0; i--) {
    const node = order[i]!;
    const parts = received.get(node);
    if (!parts) continue;
    received.delete(node);
    const bar = add(...parts);
    if (sources.has(node)) finished.set(node, bar);
    else spread(node, bar, batch, active, received);
  }
  return wrt.map((x) => finished.get(x) ?? zeros([...batch, ...x.shape]));
}

/** ∂y/∂x, of shape [...y, ...x]. */
export function jacobian(y: Term, x: Term): Term {
  const axes = y.shape.map((_, axis) => axis);
  const units = contract([], [...axes, ...axes], [], [...y.shape, ...y.shape]);
  return pullback(y, units, [x])[0]!;
}

/** ∂²y/∂x∂x of a scalar y, of shape [...x, ...x]: reverse mode over reverse mode. */
export function hessian(y: Term, x: Term): Term {
  return jacobian(gradient(y, [x])[0]!, x);
}

/** Hands the cotangent of a node on to those of its arguments that matter. */
function spread(node: Term, bar: Term, batch: Shape, active: ReadonlySet<Term>, received: Map<Term, Term[]>): void {
  const args = argsOf(node);
  const wanted = args.map((arg) => active.has(arg));
  const bars = pullbackOf(node, bar, batch, wanted);
  args.forEach((arg, i) => {
    const part = bars[i];
    if (!wanted[i] || !part) return;
    const known = received.get(arg);
    if (known) known.push(part);
    else received.set(arg, [part]);
  });
}

function pullbackOf(node: Term, bar: Term, batch: Shape, wanted: readonly boolean[]): readonly (Term | null)[] {
  switch (node.kind) {
    case "contract":
      return node.args.map((_, i) => (wanted[i] ? pullbackOfContract(node, bar, batch, i) : null));
    case "add":
      return node.args.map(() => bar);
    case "power":
      return pullbackOfPower(node, bar, wanted);
    case "map":
    case "call": {
      const rule = node.kind === "map" ? mapRule(node.fn) : callRule(node.fn);
      if (!rule) throw new MissingRule(node.fn, "pullback");
      return rule.pullback(bar, node, argsOf(node), node.kind === "call" ? node.params : []);
    }
    default:
      throw new MissingRule(node.kind, "pullback");
  }
}

/**
 * A contraction is linear in argument i: its adjoint contracts ȳ with the other
 * arguments to the labels of i. A diagonal taken becomes one embedded, and a
 * sum a broadcast, by what labels mean.
 */
function pullbackOfContract(node: Contract, bar: Term, batch: Shape, i: number): Term {
  const first = labelCount(node);
  const batchLabels = batch.map((_, axis) => first + axis);
  const others = node.args.flatMap((arg, j) => (i === j ? [] : [arg]));
  const labels = [[...batchLabels, ...node.output], ...node.labels.filter((_, j) => i !== j)];
  return contract(labels, [...batchLabels, ...node.labels[i]!], [bar, ...others], [...batch, ...node.args[i]!.shape]);
}

/** The slope in b is e·b^(e − 1), that in e is log(b)·bᵉ. */
function pullbackOfPower(node: Power, bar: Term, wanted: readonly boolean[]): (Term | null)[] {
  const { base, exponent } = node;
  const value = uniformValue(exponent);
  const lower = value ? full(exponent.shape, value[0] - value[1], value[1]) : sub(exponent, ones(exponent.shape));
  return [
    wanted[0] ? timesEach(bar, mul(exponent, power(base, lower))) : null,
    wanted[1] ? timesEach(bar, mul(map("log", base), node)) : null,
  ];
}
