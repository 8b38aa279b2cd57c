/** Where the two sides of a claim differ: sizes, the entry, and its value on both sides. */
import type { Attempt } from "../verify/attempt";
import type { Counterexample } from "./types";

/** `placed`: what is compared is an array of the notes, so that its entries have places; not a list of single cells. */
export function counterexampleOf(made: Attempt, placed = true): Counterexample | null {
  if (made.outcome !== "compared" || made.comparison.status !== "different") return null;
  const { difference } = made.comparison;
  const entry = placed ? unravel(difference.entry, made.shape).map((index) => index + 1) : [];
  return { sizes: made.sizes, seed: difference.seed, entry: entry.length ? entry : null, left: difference.left, right: difference.right };
}

function unravel(flat: number, shape: readonly number[]): number[] {
  const out: number[] = [];
  let rest = flat;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    out.unshift(rest % (shape[axis] as number));
    rest = Math.floor(rest / (shape[axis] as number));
  }
  return out;
}
