/**
 * What weighs logarithms, as t in `-\sum_c t_c \log y_c`, is a distribution:
 * texts say so in many words ("1 for the class it belongs to"), or leave it to
 * be understood. So it may be held against nobody that a gradient rests on it.
 */
import type { Drawn } from "../readings/lower";
import { childrenOf, type Expr, occurs, symbolsIn } from "../semantics/expression";
import type { Model } from "../semantics/model";
import { baseKey } from "../semantics/symbols/key";
import { type Attempt, loweringOf } from "./attempt";
import { assumedKey } from "./draw";

/** The assumption for each such array that is drawn and of which the text says nothing; null where there is none. */
export function distributionsIn(model: Model, first: Attempt): ReadonlyMap<string, readonly string[]> | null {
  const found = weighing(model, first);
  return found.length ? new Map(found.map((drawn) => [assumedKey(drawn), [assumption(drawn)]])) : null;
}

/** The same of matrices as distributions of pairs, p_{ij} of points i and j: symmetric, and one over all. */
export function pairDistributionsIn(model: Model, first: Attempt): ReadonlyMap<string, readonly string[]> | null {
  const found = weighing(model, first).filter(isMatrix);
  return found.length ? new Map(found.map((drawn) => [assumedKey(drawn), ["pairDistribution"]])) : null;
}

function weighing(model: Model, first: Attempt): Drawn[] {
  const weights = weightsOf(model);
  return [...loweringOf(first).drawn.values()].filter(({ entity, latex, shape }) => shape.length > 0 && shape.length < 3 && weights.has(entity ? baseKey(entity.symbol) : latex) && [...(entity?.properties ?? [])].every((property) => ofProbabilities.has(property)));
}

/** What is said of entries that may be probabilities; those of zeros and ones are all in one place. */
const ofProbabilities: ReadonlySet<string> = new Set(["binary", "unitInterval", "nonnegative", "positive"]);

function assumption(drawn: Drawn): string {
  if (drawn.entity?.properties.has("binary")) return "oneHot";
  return isMatrix(drawn) ? "stochastic" : "sumsToOne";
}

function isMatrix({ shape }: Drawn): boolean {
  return shape.length === 2 && !shape.includes("1");
}

const known = new WeakMap<Model, ReadonlySet<string>>();

/** The letters that stand beside logarithms anywhere in the text. */
function weightsOf(model: Model): ReadonlySet<string> {
  let weights = known.get(model);
  if (!weights) known.set(model, (weights = new Set(model.located.flatMap(({ assertion }) => assertion.sides.flatMap(weightsIn)))));
  return weights;
}

function weightsIn(expr: Expr): string[] {
  const own = expr.kind === "product" && expr.factors.some(isLogarithm) ? expr.factors.filter((factor) => !occurs("apply", factor)).flatMap((factor) => symbolsIn(factor, false)).map(baseKey) : [];
  return [...own, ...childrenOf(expr).flatMap(weightsIn)];
}

function isLogarithm(expr: Expr): boolean {
  return expr.kind === "apply" && /^(log|ln)/.test(expr.fn.name);
}
