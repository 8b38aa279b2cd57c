/** A letter that the text solves for is a variable where something is differentiated by it. */
import { baseSymbol } from "../readings/dependence";
import type { Reading } from "../readings/reading";
import { type Derivative, derivativesIn, type Expr, occurs, symbolsIn } from "../semantics/expression";
import type { Model } from "../semantics/model";
import type { Entity } from "../semantics/symbols/entity";
import { involvedIn } from "./alternatives";
import type { Claim } from "./claim";
import { consequence } from "./consequences";

/** The reading in which what a claim differentiates by is not the solution that the text finds for it: w of `\nabla_w L` beside `w = (X^\top X)^{-1} X^\top y`. */
export function beforeSolving(model: Model, claim: Claim, home: Reading, usual: Reading): Reading {
  if (![claim.left, claim.right].some((side) => occurs("derivative", side))) return home;
  const resolve = (expr: Expr): Entity | undefined => {
    const symbol = baseSymbol(expr);
    return symbol ? model.table.resolve(symbol, claim.located)?.entity : undefined;
  };
  const variablesOf = ({ of, wrt }: Derivative): readonly Expr[] => {
    const definition = resolve(of.kind === "apply" ? of.fn : of)?.definition;
    if (definition?.kind === "function") return [...wrt, ...(of.kind === "apply" ? of.args : definition.params)];
    return wrt.length || !definition ? wrt : symbolsIn(definition.expr, false);
  };
  const entities = new Set([claim.left, claim.right].flatMap(derivativesIn).flatMap(variablesOf).flatMap((expr) => resolve(expr) ?? []));
  const solved = [...entities].filter((entity) => isSolution(model, entity, usual)).map(({ key }) => key);
  return solved.length ? { ...home, variables: [...home.variables, ...solved] } : home;
}

/** The reading in which nothing that a claim leads to is the solution that the text finds for it: Σ of `\nabla_\mu^2 \ell = -N\Sigma^{-1}` beside `\Sigma = \frac1N \sum_n (x_n - \mu)(x_n - \mu)^\top`; null where none is. */
export function unsolved(model: Model, claim: Claim, home: Reading, usual: Reading): Reading | null {
  if (![claim.left, claim.right].some((side) => occurs("derivative", side))) return null;
  const behind = involvedIn(model, claim).flatMap((expr) => symbolsIn(expr, false)).flatMap((symbol) => model.table.resolve(symbol, claim.located)?.entity ?? []);
  const solved = [...new Set(behind)].filter((entity) => !home.variables.includes(entity.key) && isSolution(model, entity, usual)).map(({ key }) => key);
  return solved.length ? { ...home, variables: [...home.variables, ...solved] } : null;
}

const solutions = new WeakMap<Reading, Map<Entity, boolean>>();

/** Whether what defines a letter follows from what is set to zero before it. */
function isSolution(model: Model, entity: Entity, home: Reading): boolean {
  const { definition } = entity;
  if (definition?.kind !== "value") return false;
  const known = solutions.get(home) ?? new Map<Entity, boolean>();
  solutions.set(home, known);
  const before = known.get(entity);
  if (before !== undefined) return before;
  const located = model.located[definition.assertion];
  const [left, right] = located?.assertion.sides ?? [];
  const found = Boolean(located && left && right && consequence(model, { located, link: 0, left, right, proportional: false }, home));
  known.set(entity, found);
  return found;
}
