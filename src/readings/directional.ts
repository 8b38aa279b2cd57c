/**
 * Directional derivatives, `Df(X)[H]` and `D_H f(X)`: all partial derivatives
 * at the point, summed against the direction, once for each order.
 */
import { type Derivative, type Expr, plainSymbol, type SymbolExpr, symbolsIn } from "../semantics/expression";
import { baseKey, fullKey, taggedKey } from "../semantics/symbols/key";
import { jacobian, jacobianForward } from "../tensor";
import { dependsOn } from "./implied-variables";
import { substitute } from "./integrals";
import type { Lowering } from "./lower";
import { sameShape } from "./operations";
import { termOf, type Value } from "./value";

/** The derivative along its directions; null where it has none that fit. */
export function lowerDirectional(lowering: Lowering, expr: Derivative): Value | null {
  const of = atPoint(lowering, expr.of);
  const [point] = of?.args ?? [];
  const along = expr.along ?? directionsOf(lowering, expr, of);
  if (!of || !point || !along) return null;
  const at = lowering.lower(point);
  const directions = along.map((one) => lowering.lower(one));
  if (!directions.every((direction) => fits(lowering, at, direction))) return null;
  if (expr.order > directions.length && directions.length !== 1) return lowering.fail("unsupported", "another number of directions than the order", expr);
  const letter: Value = { ...at, literal: undefined, make: (env) => lowering.placeholder(termOf(at, env)) };
  const symbol = plainSymbol("⟨argument⟩", "", point, []);
  let value = lowering.within([["⟨argument⟩", { kind: "argument", value: letter }]], () => lowering.lower({ ...of, args: [symbol] }));
  for (let order = 0; order < Math.max(expr.order, directions.length); order++) value = derivativeAlong(lowering, value, letter, (directions[order] ?? directions[0]) as Value);
  return { ...value, make: (env) => substitute(termOf(value, env), new Map([[termOf(letter, env), termOf(at, env)]]), env) };
}

function fits(lowering: Lowering, at: Value, direction: Value): boolean {
  return at.shape.length === direction.shape.length && lowering.classes.attempt(() => at.shape.every((dim, axis) => lowering.classes.unify(dim, direction.shape[axis] as string))) && sameShape(lowering, at, direction);
}

/** Σ ∂y/∂x · h over the entries of x. */
function derivativeAlong(lowering: Lowering, value: Value, x: Value, direction: Value): Value {
  const all: Value = { free: value.free, shape: [...value.shape, ...x.shape], make: (env) => (env.mode === "reverse" ? jacobian : jacobianForward)(termOf(value, env), termOf(x, env)) };
  const [kept, summed] = [value.shape.map((_, i) => `y${i}`), x.shape.map((_, i) => `x${i}`)];
  return lowering.algebra.contractValues([all, direction], [[...kept, ...summed], summed], kept, value.shape);
}

/** A function at its point; one that is written without it, at its own letter. */
function atPoint(lowering: Lowering, of: Expr): (Expr & { kind: "apply" }) | null {
  if (of.kind === "apply") return of.args.length === 1 ? of : null;
  const definition = of.kind === "symbol" ? lowering.resolve(of)?.entity.definition : null;
  return of.kind === "symbol" && definition?.kind === "function" && definition.params.length === 1 ? { kind: "apply", fn: of, args: definition.params, certain: true, primes: 0, start: of.start, end: of.end } : null;
}

/** `D_H f(X)`, `\nabla_h f(x)`, `\partial_h f`: what stands below is no letter of the function. */
function directionsOf(lowering: Lowering, { notation, wrt, order, of: written }: Derivative, of: (Expr & { kind: "apply" }) | null): readonly Expr[] | null {
  const [only] = wrt;
  if (!of || order !== 1 || wrt.length !== 1 || !/^(D|nabla|operator)$/.test(notation) || only?.kind !== "symbol" || written.kind === "transpose") return null;
  const entity = lowering.resolve(of.fn)?.entity;
  const letters = [...symbolsIn(of, false), ...(entity?.definition ? [...symbolsIn(entity.definition.expr, false), ...entity.definition.params] : []), ...(entity?.parameters ?? [])];
  const isLetter = letters.some((letter: SymbolExpr) => fullKey(letter) === fullKey(only) || taggedKey(letter) === taggedKey(only));
  // In `\nabla_z H(p)` of a p that is made of z there is no direction.
  const isInside = of.args.some((arg) => dependsOn(lowering, arg, baseKey(only)));
  return isLetter || isInside || !(entity?.definition ?? entity?.isFunction) || !lowering.resolve(only) ? null : wrt;
}
