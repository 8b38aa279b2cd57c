/** A product that was kept as an atom under a root or a fraction, and is now by itself. */
import { isInteger } from "../../sizes";
import { multiplyBy } from "../algebra";
import type { Rule } from "./types";

export const unwrap: Rule = (draft, ws) => {
  const place = draft.factors.findIndex(({ atom, exponent }) => atom.kind === "sum" && atom.sum.products.length === 1 && isInteger(exponent) && exponent.n > 0 && exponent.n <= 4);
  const factor = draft.factors[place];
  if (!factor || factor.atom.kind !== "sum") return false;
  draft.factors.splice(place, 1);
  multiplyBy(ws, draft, factor.atom.sum, factor.labels, factor.exponent);
  return true;
};
