/** Where the two sides of a claim differ: the sizes and indices in it, as the notes name them, the entry, and its value on both sides. */
import { unravel } from "../base/unravel";
import { spellSize } from "../semantics/symbols/key";
import type { Attempt } from "../verify/attempt";
import type { Counterexample } from "./types";

/** `placed`: what is compared is an array of the notes, so that its entries have places; not a list of single cells. */
export function counterexampleOf(made: Attempt, placed = true): Counterexample | null {
  if (made.outcome !== "compared" || made.comparison.status !== "different") return null;
  const { difference } = made.comparison;
  const place = placed ? unravel(difference.entry, made.shape).map((index) => index + 1) : [];
  const letters = placed ? made.free.map(({ name }, axis): [string, number] => [name.replace(/#.*$/, ""), place[axis] as number]) : [];
  const entry = place.slice(letters.length);
  const sizes = Object.fromEntries([...Object.entries(made.sizes), ...letters].map(([name, value]) => [spellSize(name), value]));
  return { sizes, seed: difference.seed, entry: entry.length ? entry : null, left: difference.left, right: difference.right };
}
