/** exp(z) / Σ exp(z) is softmax(z), along the axes that are summed; and its entries sum to one there. */
import { isInteger, ONE, plus, ratio } from "../../sizes";
import { exponentialSum } from "../algebra";
import { isInner, uses } from "../draft";
import type { Draft, Factor } from "../types";
import type { Rule } from "./types";

export const softmax: Rule = (draft, ws) => {
  for (const numerator of draft.factors) {
    const { atom, exponent, labels } = numerator;
    if (atom.kind !== "map" || atom.fn !== "exp" || !isInteger(exponent) || exponent.n < 1) continue;
    for (const denominator of draft.factors) {
      const axes = normalisedAxes(numerator, denominator);
      if (!axes) continue;
      const result = ws.called(ws.atom({ kind: "softmax", arg: atom.arg, axes, dims: atom.dims }, `${atom.arg.id}|${axes.join()}`));
      const others = draft.factors.filter((factor) => factor !== numerator && factor !== denominator);
      const left = [
        { ...numerator, exponent: plus(exponent, ratio(-1)) },
        { ...denominator, exponent: plus(denominator.exponent, ONE) },
      ].filter((factor) => factor.exponent.n !== 0);
      draft.factors = [...others, ...left, { atom: result, exponent: ONE, labels }];
      return true;
    }
  }
  return false;
};

function normalisedAxes(numerator: Factor, denominator: Factor): number[] | null {
  const { atom, exponent } = denominator;
  if (atom.kind !== "sum" || atom.sum.products.length !== 1 || !isInteger(exponent) || exponent.n > -1) return null;
  const [product] = atom.sum.products;
  const found = product && exponentialSum(product);
  if (!found || numerator.atom.kind !== "map" || found.arg !== numerator.atom.arg) return null;
  const meets = product.output.every((label, axis) => numerator.labels[found.labels.indexOf(label)] === denominator.labels[axis]);
  return meets ? found.axes : null;
}

export const softmaxTotal: Rule = (draft, { softmaxes }) => {
  const axesOf = ({ atom }: Factor): readonly number[] => (atom.kind === "softmax" ? atom.axes : (softmaxes.get(atom) ?? []));
  const factor = draft.factors.find((candidate) => totals(draft, candidate, axesOf(candidate)));
  if (!factor) return false;
  draft.factors = draft.factors.filter((other) => other !== factor);
  for (const axis of axesOf(factor)) draft.sizes.delete(factor.labels[axis]!);
  return true;
};

function totals(draft: Draft, { exponent, labels }: Factor, axes: readonly number[]): boolean {
  return axes.length > 0 && exponent.n === 1 && exponent.d === 1 && axes.every((axis) => isInner(draft, labels[axis]!) && uses(draft.factors, labels[axis]!) === 1);
}
