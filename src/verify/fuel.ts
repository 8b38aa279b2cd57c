/**
 * How much a document may take: every reading and every edit that is tried for
 * a claim counts as one, and each of them is bounded by itself.
 */
import type { Model } from "../semantics/model";

const budget = 40_000;
const tried = new WeakMap<Model, number>();

export function burn(model: Model): void {
  tried.set(model, (tried.get(model) ?? 0) + 1);
}

/** Whether nothing is left for further claims. */
export function exhausted(model: Model): boolean {
  return (tried.get(model) ?? 0) >= budget;
}
