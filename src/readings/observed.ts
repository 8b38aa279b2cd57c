/**
 * `P_\Omega(X)`: the entries of a matrix at the places in Ω, and zero at all
 * others. Applied twice it does what it does once, and it is linear; so it is
 * multiplication by zeros and ones, in a pattern that no transposition keeps.
 */
import { type Expr, occurs, type SymbolExpr } from "../semantics/expression";
import { childrenOf } from "../semantics/expression";
import type { Model } from "../semantics/model";
import { constant } from "../tensor";
import type { Lowering } from "./lower";
import type { Value } from "./value";

/** Whether a place, counted from 1, is among those that are observed. */
export function isObserved(row: number, column: number): boolean {
  return (row * row + 2 * column + row * column) % 3 !== 0;
}

/** The observed entries of what a projection on a set of places is applied to. */
export function observedEntries(lowering: Lowering, { fn, args }: Expr & { kind: "apply" }): Value | null {
  const [only] = args;
  if (!only || args.length > 1 || !isOnPlaces(fn)) return null;
  const whole = lowering.lower(only);
  const [rows, columns] = whole.shape;
  if (!rows || !columns || [rows, columns].some((dim) => lowering.algebra.isOne(dim))) return null;
  const kept: Value = {
    free: [],
    shape: [rows, columns],
    make: (env) => {
      const [m, n] = [env.size(rows), env.size(columns)];
      return constant([m, n], Array.from({ length: m * n }, (_, at) => (isObserved(Math.floor(at / n) + 1, (at % n) + 1) ? 1 : 0)));
    },
  };
  return lowering.algebra.hadamard(kept, whole, fn, lowering.reading.bias);
}

/** Whether a text projects on the places of this set. */
export function isProjectedOn({ name }: SymbolExpr, model: Model): boolean {
  const projects = (expr: Expr): boolean => (expr.kind === "apply" && isOnPlaces(expr.fn) && isNamed(expr.fn, name)) || childrenOf(expr).some(projects);
  return model.located.some(({ assertion }) => assertion.sides.some((side) => occurs("apply", side) && projects(side)));
}

function isOnPlaces(fn: SymbolExpr): boolean {
  return fn.name === "P" && isNamed(fn, "Omega");
}

function isNamed({ subscripts: [set, ...more] }: SymbolExpr, name: string): boolean {
  return !more.length && set?.expr.kind === "symbol" && set.expr.name === name;
}
