/** xᵀx / ‖x‖ = ‖x‖: a product beside a root or a fraction of it becomes part of its power. */
import { ONE, plus } from "../../sizes";
import { findProduct, without } from "../match";
import type { Rule } from "./types";

export const absorb: Rule = (draft) => {
  for (let place = 0; place < draft.factors.length; place++) {
    const factor = draft.factors[place]!;
    const { atom } = factor;
    if (atom.kind !== "sum" || atom.sum.products.length !== 1) continue;
    const [pattern] = atom.sum.products;
    if (!pattern || new Set(pattern.output).size < pattern.output.length) continue;
    const given = new Map(pattern.output.map((label, axis) => [label, factor.labels[axis]!]));
    const match = findProduct(pattern, draft, given, new Set([place]));
    if (!match) continue;
    const inner = [...match.labels].filter(([label]) => !pattern.output.includes(label)).map(([, label]) => label);
    for (const label of inner) draft.sizes.delete(label);
    draft.factors = [...without(draft, { ...match, places: new Set([place, ...match.places]) }), { ...factor, exponent: plus(factor.exponent, ONE) }].filter(({ exponent }) => exponent.n !== 0);
    return true;
  }
  return false;
};
