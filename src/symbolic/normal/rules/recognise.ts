/** A product that the notes have a name for. */
import { coefficients, ONE } from "../../sizes";
import { findProduct, without } from "../match";
import type { Rule } from "./types";

export const recognise: Rule = (draft, ws) => {
  for (const { product, node } of ws.namedProducts) {
    const match = product.factors.length <= draft.factors.length ? findProduct(product, draft, new Map(), new Set()) : null;
    if (!match) continue;
    const inner = [...match.labels].filter(([label]) => !product.output.includes(label)).map(([, label]) => label);
    for (const label of inner) draft.sizes.delete(label);
    draft.factors = [...without(draft, match), { atom: node, exponent: ONE, labels: product.output.map((label) => match.labels.get(label)!) }];
    draft.coefficient = coefficients.times(draft.coefficient, coefficients.inverted(product.coefficient));
    return true;
  }
  return false;
};
