/** X⁻¹X = XX⁻¹ = I, where X is an atom or a product that stands beside its inverse. */
import { same, ONE } from "../../sizes";
import { sumAtom } from "../algebra";
import { isInner, unify, uses } from "../draft";
import { findProduct, without } from "../match";
import type { Draft, Product, Sum } from "../types";
import type { Workspace } from "../workspace";
import type { Rule } from "./types";

export const cancelInverse: Rule = (draft, ws) =>
  draft.factors.some(({ atom, exponent, labels }, place) => {
    if (atom.kind !== "matrix" || atom.fn !== "inverse" || !same(exponent, ONE) || labels[0] === labels[1]) return false;
    const pattern = patternOf(atom.arg, ws);
    // inv(i, j) X(j, k), and X(k, i) inv(i, j); a symmetric inverse may be read in both ways.
    const ways = [labels, ...(atom.symmetric ? [[labels[1]!, labels[0]!]] : [])] as [number, number][];
    return ways.some(([row, column]) => cancel(draft, place, pattern, column, row, 0) || cancel(draft, place, pattern, row, column, 1));
  });

/** `side` is the axis of X that meets the inverse in `shared`. */
function cancel(draft: Draft, place: number, pattern: Product, shared: number, kept: number, side: 0 | 1): boolean {
  if (!isInner(draft, shared)) return false;
  const match = findProduct(pattern, draft, new Map([[pattern.output[side]!, shared]]), new Set([place]));
  if (!match) return false;
  const end = match.labels.get(pattern.output[1 - side]!);
  const gone = new Set([place, ...match.places]);
  if (end === undefined || end === shared || uses(draft.factors.filter((_, i) => gone.has(i)), shared) !== uses(draft.factors, shared)) return false;
  const inner = [...match.labels].filter(([label]) => !pattern.output.includes(label)).map(([, label]) => label);
  draft.factors = without(draft, { ...match, places: gone });
  for (const label of [shared, ...inner]) draft.sizes.delete(label);
  unify(draft, kept, end);
  return true;
}

/** What X looks like among the factors of a product: its own factors, or the sum as one. */
function patternOf(arg: Sum, ws: Workspace): Product {
  if (arg.products.length === 1) return arg.products[0]!;
  const { atom, swapped } = sumAtom(ws, arg);
  const labels = swapped ? [1, 0] : [0, 1];
  return { coefficient: [ONE, ONE], factors: [{ atom, exponent: ONE, labels }], output: [0, 1], sizes: arg.dims, key: "" };
}
