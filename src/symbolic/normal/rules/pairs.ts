/**
 * Pairs of indices counted as one: two counts of the same pair are the same
 * count, one count is of one pair, and every pair is counted once.
 */
import { inTrial, ONE } from "../../sizes";
import { isInner, unify, uses } from "../draft";
import type { Draft, Factor } from "../types";
import type { Workspace } from "../workspace";
import type { Rule } from "./types";

export const pairs: Rule = (draft, ws) => {
  const found = draft.factors.filter(({ atom }) => atom.kind === "pair");
  return found.some((factor) => sameCount(draft, factor, found) || counted(draft, factor) || ofUnits(draft, factor, ws));
};

function sameCount(draft: Draft, factor: Factor, all: readonly Factor[]): boolean {
  const [joined, first, second] = factor.labels as [number, number, number];
  const twin = all.find((other) => other !== factor && other.atom === factor.atom && (other.labels[0] === joined || (other.labels[1] === first && other.labels[2] === second)));
  if (!twin && factor.exponent.n === 1) return false;
  draft.factors = draft.factors.flatMap((other) => (other === twin ? [] : other === factor ? [{ ...factor, exponent: ONE }] : [other]));
  if (!twin) return true;
  if (twin.labels[0] === joined) {
    unify(draft, first, twin.labels[1]!);
    // The first may have been the second's partner.
    const [a, b] = [second, twin.labels[2]!].map((label) => (label === twin.labels[1] ? first : label)) as [number, number];
    unify(draft, a, b);
  } else unify(draft, joined, twin.labels[0]!);
  return true;
}

/** A sum over all counts, or over all pairs, of what is nowhere else. */
function counted(draft: Draft, factor: Factor): boolean {
  const [joined, first, second] = factor.labels as [number, number, number];
  const alone = (label: number): boolean => isInner(draft, label) && uses(draft.factors, label) === 1;
  const gone = alone(joined) ? [joined] : alone(first) && alone(second) ? [first, second] : [];
  if (gone.length === 0) return false;
  draft.factors = draft.factors.filter((other) => other !== factor);
  for (const label of gone) draft.sizes.delete(label);
  return true;
}

/** The unit vector of a count is that of its pair, and the other way round. */
function ofUnits(draft: Draft, factor: Factor, ws: Workspace): boolean {
  const [joined, first, second] = factor.labels as [number, number, number];
  const unitAt = (label: number): Factor | undefined => draft.factors.find(({ atom, labels }) => atom.kind === "unit" && labels[0] === label);
  const [, firstDim, secondDim] = factor.atom.dims as [number, number, number];
  const width = [inTrial(secondDim, 0), inTrial(secondDim, 1)] as const;
  const at = unitAt(joined);
  const without = (...gone: readonly (Factor | undefined)[]): Factor[] => draft.factors.filter((other) => !gone.includes(other));
  const onlyHere = (...labels: readonly number[]): boolean => labels.every((label) => isInner(draft, label) && uses(draft.factors, label) === 2);
  if (at?.atom.kind === "unit" && onlyHere(joined)) {
    const [p, q] = at.atom.position;
    draft.factors = [
      ...without(at, factor),
      { atom: ws.unit(firstDim, [Math.floor(p / width[0]), Math.floor(q / width[1])]), exponent: ONE, labels: [first] },
      { atom: ws.unit(secondDim, [p % width[0], q % width[1]]), exponent: ONE, labels: [second] },
    ];
    draft.sizes.delete(joined);
    return true;
  }
  const [a, b] = [unitAt(first), unitAt(second)];
  if (a?.atom.kind !== "unit" || b?.atom.kind !== "unit" || first === second || !onlyHere(first, second)) return false;
  const [row, column] = [a.atom.position, b.atom.position];
  draft.factors = [...without(a, b, factor), { atom: ws.unit(factor.atom.dims[0]!, [row[0] * width[0] + column[0], row[1] * width[1] + column[1]]), exponent: ONE, labels: [joined] }];
  for (const label of [first, second]) draft.sizes.delete(label);
  return true;
}
