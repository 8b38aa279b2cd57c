/**
 * Sums inside products multiplied out, so that what they hide can cancel:
 * σ(1 − σ) (y/σ − (1 − y)/(1 − σ)) is y − σ. Fractions go first, because what
 * they divide by may stand beside them, and is gone once it is multiplied out.
 */
import { isInteger, plus, ratio, Unprintable } from "../sizes";
import { draftOf, inline } from "./draft";
import type { Factor, Product, Sum } from "./types";
import type { Workspace } from "./workspace";

const MAX_PRODUCTS = 48;

/** The sum with all sums in its products multiplied out, or only those that contain fractions. */
export function expanded(ws: Workspace, sum: Sum, fractionsOnly: boolean): Sum {
  const done: Product[] = [];
  let pending: readonly Product[] = sum.products;
  while (pending.length > 0) {
    const next: Product[] = [];
    for (const product of pending) {
      const parts = multiplyOut(ws, product, fractionsOnly);
      if (parts) next.push(...parts);
      else done.push(product);
    }
    if (next.length + done.length > MAX_PRODUCTS) throw new Unprintable("a sum of too many terms");
    pending = ws.sum(sum.dims, next).products;
  }
  return ws.sum(sum.dims, done);
}

/** One sum of a product multiplied out; null where there is none. */
function multiplyOut(ws: Workspace, product: Product, fractionsOnly: boolean): Product[] | null {
  const sums = product.factors.flatMap((factor, place) => (isSum(factor) ? [{ sum: factor.atom.sum, place }] : []));
  const chosen = sums.find(({ sum }) => hasFractions(sum)) ?? (fractionsOnly ? undefined : sums[0]);
  if (!chosen) return null;
  const factor = product.factors[chosen.place]!;
  return chosen.sum.products.flatMap((part) => {
    const draft = draftOf(product);
    const left = { ...factor, exponent: plus(factor.exponent, ratio(-1)) };
    draft.factors.splice(chosen.place, 1, ...(left.exponent.n === 0 ? [] : [left]));
    inline(draft, part, factor.labels);
    return ws.product(draft) ?? [];
  });
}

function isSum(factor: Factor): factor is Factor & { readonly atom: { readonly kind: "sum"; readonly sum: Sum } } {
  return factor.atom.kind === "sum" && isInteger(factor.exponent) && factor.exponent.n > 0;
}

function hasFractions(sum: Sum): boolean {
  return sum.products.some(({ factors }) => factors.some((factor) => factor.exponent.n < 0 || (isSum(factor) && hasFractions(factor.atom.sum))));
}
