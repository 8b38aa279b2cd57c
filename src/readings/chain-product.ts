/**
 * `prod(∂Z/∂Y, ∂Y/∂X)`: the product of the chain rule for arrays of any shape,
 * "after the necessary transpositions and swaps". The axes of Y are summed, so
 * that neither the order of the factors nor their layout matters.
 */
import { type Derivative, type Expr, symbolsIn } from "../semantics/expression";
import { taggedKey } from "../semantics/symbols/key";
import { tensorOf } from "./derivatives";
import type { Lowering } from "./lower";
import { same } from "../base/same";
import type { Value } from "./value";

/** An array with the axes of what is differentiated before those of what it is differentiated by. */
interface Factor {
  readonly expr: Expr;
  readonly value: Value;
  /** How many axes belong to what is differentiated. */
  readonly of: number;
}

export function chainProduct(lowering: Lowering, args: readonly Expr[], place: Expr): Value {
  const factors = args.map((arg) => factorOf(lowering, arg));
  const [first, ...rest] = factors as [Factor, ...Factor[]];
  return rest.reduce((product, factor) => chained(lowering, product, factor, place), first).value;
}

function factorOf(lowering: Lowering, expr: Expr): Factor {
  const inner = expr.kind === "labelled" ? expr.body : expr;
  // A plain array, such as a stored gradient: all of its axes meet the next factor.
  return inner.kind === "derivative" ? { expr: inner, ...tensorOf(lowering, inner) } : { expr: inner, value: lowering.lower(inner), of: 0 };
}

function chained(lowering: Lowering, a: Factor, b: Factor, place: Expr): Factor {
  const [outer, inner] = meets(b, a) && !meets(a, b) ? [b, a] : [a, b];
  return joined(lowering, outer, inner) ?? joined(lowering, inner, outer) ?? lowering.fail("shape", `${lowering.algebra.describe(a.value)} and ${lowering.algebra.describe(b.value)} have no axes in common`, place);
}

/** Whether the one is differentiated by what the other differentiates. */
function meets(outer: Factor, inner: Factor): boolean {
  if (inner.expr.kind !== "derivative") return false;
  const of = inner.expr.of.kind === "apply" ? inner.expr.of.fn : inner.expr.of;
  if (outer.expr.kind !== "derivative") return false;
  return outer.expr.wrt.some((wrt) => same(wrt, of) || (symbolsIn(wrt).length === 1 && of.kind === "symbol" && wrt.kind === "symbol" && taggedKey(wrt) === taggedKey(of)));
}

/** The axes by which the first is differentiated, summed with those of what the second differentiates; null where they do not fit. */
function joined(lowering: Lowering, outer: Factor, inner: Factor): Factor | null {
  const { algebra, classes } = lowering;
  const shared = outer.value.shape.slice(outer.of);
  const own = inner.value.shape.slice(0, inner.of);
  if (shared.length !== own.length || !classes.attempt(() => shared.every((dim, i) => classes.unify(dim, own[i] as string)))) return null;
  const names = (prefix: string, count: number): string[] => Array.from({ length: count }, (_, i) => `${prefix}${i}`);
  const [left, middle, right] = [names("l", outer.of), names("m", shared.length), names("r", inner.value.shape.length - inner.of)];
  const value = algebra.contractValues([outer.value, inner.value], [[...left, ...middle], [...middle, ...right]], [...left, ...right], [...outer.value.shape.slice(0, outer.of), ...inner.value.shape.slice(inner.of)]);
  const expr: Derivative | null = outer.expr.kind === "derivative" && inner.expr.kind === "derivative" ? { ...outer.expr, wrt: inner.expr.wrt } : null;
  return { expr: expr ?? inner.expr, value, of: outer.of };
}
