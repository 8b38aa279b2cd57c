/**
 * What a text says of a loss without a formula: after `\partial L/\partial z = p - y`
 * the p - y of `\partial L/\partial W = x^\top (p - y)` is that derivative.
 */
import { same } from "../base/same";
import { type Derivative, derivativesIn, type Expr } from "../semantics/expression";
import type { Located, Model } from "../semantics/model";
import { taggedKey } from "../semantics/symbols/key";
import { type Attempt, loweringOf } from "./attempt";
import type { Claim } from "./claim";

/** The claim with derivatives of the loss where its right side has what they were said to be before; null where it has none of it. */
export function withStatedCotangents(model: Model, claim: Claim, made: Attempt | null): Claim | null {
  const { left, right, located } = claim;
  if (!made || left.kind !== "derivative" || left.of.kind !== "symbol") return null;
  const { losses, sinks } = loweringOf(made);
  if (!losses.has(taggedKey(left.of))) return null;
  let rewritten = right;
  for (const { derivative, value } of statedOf(model, left, located)) {
    const [by] = derivative.wrt;
    const sink = by?.kind === "symbol" ? model.table.resolve(by, located)?.entity : undefined;
    if (sink && sinks.has(sink.id)) rewritten = withDerivative(rewritten, value, derivative) as Expr;
  }
  return same(rewritten, right) ? null : { ...claim, right: rewritten };
}

/** What the section has said of derivatives of that loss by other letters, in words without derivatives. */
function statedOf(model: Model, { of }: Derivative, place: Located): { readonly derivative: Derivative; readonly value: Expr }[] {
  return model.located.flatMap(({ assertion: { sides: [derivative, value], links }, section, position, id }) => {
    if (section !== place.section || position > place.position || id === place.id || derivative?.kind !== "derivative" || !value || links[0]?.operator !== "=" || !same(derivative.of, of)) return [];
    const isTelling = value.kind !== "number" && derivative.wrt.length === 1 && derivative.order === 1 && !derivativesIn(value).length;
    return isTelling ? [{ derivative, value }] : [];
  });
}

/** A part of an expression as the derivative that it is, at its own place. */
function withDerivative(part: unknown, value: Expr, derivative: Derivative): unknown {
  if (Array.isArray(part)) return part.map((item) => withDerivative(item, value, derivative));
  if (typeof part !== "object" || part === null) return part;
  if (same(value, part)) return { ...derivative, start: (part as Expr).start, end: (part as Expr).end };
  return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, withDerivative(inner, value, derivative)]));
}
