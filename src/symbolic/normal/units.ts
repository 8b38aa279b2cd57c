/** Numbers that are one entry of something: the unit vectors that pick it, as axes. */
import { draftOf } from "./draft";
import type { AtomOf, Sum } from "./types";
import type { Workspace } from "./workspace";

export interface Opened {
  /** With one axis for each unit vector. */
  readonly sum: Sum;
  readonly positions: readonly (readonly [number, number])[];
}

/** Null where the summands do not all have the same unit vectors, or none. */
export function openedUnits(ws: Workspace, sum: Sum): Opened | null {
  const [first] = sum.products;
  if (sum.dims.length > 0 || !first) return null;
  const units = first.factors.map(({ atom }) => atom).filter((atom): atom is AtomOf<"unit"> => atom.kind === "unit").sort((a, b) => a.id - b.id);
  if (units.length === 0) return null;
  const drafts = sum.products.map((product) => {
    const own = product.factors.filter(({ atom }) => atom.kind === "unit").sort((a, b) => a.atom.id - b.atom.id);
    if (own.length !== units.length || own.some(({ atom }, i) => atom !== units[i])) return null;
    const output = own.map(({ labels }) => labels[0]!);
    return { ...draftOf(product), factors: product.factors.filter((factor) => !own.includes(factor)), output };
  });
  if (!drafts.every((draft) => draft !== null)) return null;
  return { sum: ws.sumOfDrafts(units.map(({ dims }) => dims[0]!), drafts), positions: units.map(({ position }) => position) };
}
