/** Finds a product inside another one, so that the part can be replaced as a whole. */
import { negated, plus, same } from "../sizes";
import { isInner, uses } from "./draft";
import type { Draft, Factor, Product } from "./types";

export interface Match {
  /** Places of the matched factors. */
  readonly places: ReadonlySet<number>;
  /** What is left of these: 1/σ of 1/σ², where the pattern has the other. */
  readonly rest: readonly Factor[];
  /** The labels that the pattern's labels became. */
  readonly labels: ReadonlyMap<number, number>;
}

/** More ways to try than this, and there is no match. */
const MAX_STEPS = 500;

/**
 * The factors of `draft`, but for those at `taken`, that make up `pattern`, its
 * coefficient aside. Some of the pattern's output labels may be given; what it
 * sums must be summed in the draft, and used by nothing else there.
 */
export function findProduct(pattern: Product, draft: Draft, given: ReadonlyMap<number, number>, taken: ReadonlySet<number>): Match | null {
  let steps = 0;
  const { factors } = pattern;
  const search = (at: number, places: ReadonlySet<number>, rest: readonly Factor[], labels: ReadonlyMap<number, number>): Match | null => {
    if (at === factors.length) return closed(pattern, draft, places, labels) ? { places, rest, labels } : null;
    const wanted = factors[at]!;
    for (let place = 0; place < draft.factors.length; place++) {
      if (taken.has(place) || places.has(place) || ++steps > MAX_STEPS) continue;
      const factor = draft.factors[place]!;
      if (factor.atom !== wanted.atom || !holds(factor, wanted)) continue;
      for (const order of orders(factor)) {
        const extended = extend(labels, wanted.labels, order);
        const match = extended && search(at + 1, new Set([...places, place]), [...rest, ...restOf(factor, wanted)], extended);
        if (match) return match;
      }
    }
    return null;
  };
  return factors.length > 0 ? search(0, new Set(), [], given) : null;
}

/** Whether a factor is raised as another is; of what is divided by, a part is enough: 1/σ of 1/σ². */
function holds(factor: Factor, wanted: Factor): boolean {
  return same(factor.exponent, wanted.exponent) || (!wanted.labels.length && wanted.exponent.n < 0 && factor.exponent.n / factor.exponent.d < wanted.exponent.n / wanted.exponent.d);
}

function restOf(factor: Factor, wanted: Factor): readonly Factor[] {
  return same(factor.exponent, wanted.exponent) ? [] : [{ ...factor, exponent: plus(factor.exponent, negated(wanted.exponent)) }];
}

/** The ways in which a factor's labels may be read. */
function orders(factor: Factor): readonly (readonly number[])[] {
  return factor.atom.symmetric ? [factor.labels, [factor.labels[1]!, factor.labels[0]!]] : [factor.labels];
}

function extend(labels: ReadonlyMap<number, number>, pattern: readonly number[], actual: readonly number[]): Map<number, number> | null {
  const result = new Map(labels);
  for (let i = 0; i < pattern.length; i++) {
    const known = result.get(pattern[i]!);
    if (known !== undefined && known !== actual[i]) return null;
    result.set(pattern[i]!, actual[i]!);
  }
  return result;
}

/** Whether the labels that the pattern sums belong to the matched factors alone. */
function closed(pattern: Product, draft: Draft, places: ReadonlySet<number>, labels: ReadonlyMap<number, number>): boolean {
  const inner = [...labels].filter(([label]) => !pattern.output.includes(label)).map(([, actual]) => actual);
  const outer = [...labels].filter(([label]) => pattern.output.includes(label)).map(([, actual]) => actual);
  if (new Set(inner).size < inner.length) return false;
  const matched = draft.factors.filter((_, place) => places.has(place));
  return inner.every((label) => !outer.includes(label) && isInner(draft, label) && uses(draft.factors, label) === uses(matched, label));
}

/** The factors of a draft but for the matched ones. */
export function without(draft: Draft, { places, rest }: Pick<Match, "places" | "rest">): Factor[] {
  return [...draft.factors.filter((_, place) => !places.has(place)), ...rest];
}
