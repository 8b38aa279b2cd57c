/**
 * Makes the rule of an elementwise function from its slope f′, stated twice:
 * once for each mode, by different identities where there are two good ones.
 * The one for reverse mode is also what a reader is shown.
 */
import { zeros, type Term } from "../term";
import { timesEach } from "./batch";
import { atomDegree, sumDegree, type Degree } from "./degrees";
import type { MapRule } from "./types";

/** Unit roundoff of float64. */
export const UNIT = 2 ** -53;

export interface ElementwiseParts {
  readonly name: string;
  readonly title: string;
  domain(u: number): number;
  forward(x: number): number;
  /** f′(x), for the propagation of errors. */
  slope(x: number, y: number): number;
  /** A bound on the propagated error where f′·e is too optimistic near a pole or a kink. */
  spread?(x: number, e: number, y: number): number;
  /** Error of `forward` itself in units of the last place; 2 by default. */
  readonly ulps?: number;
  /** The same as an absolute bound, where the value is a difference. */
  rounding?(x: number, y: number): number;
  readonly exactness: MapRule["exactness"];
  readonly forwardModular: MapRule["forwardModular"];
  /** f′ as a term, for reverse mode; null: zero almost everywhere. */
  readonly reverseSlope: ((x: Term, y: Term) => Term) | null;
  /** f′ as a term, for forward mode; by default the same. */
  readonly forwardSlope?: (x: Term, y: Term) => Term;
  readonly degree?: (arg: Degree, y: Term) => Degree;
}

export function elementwise(parts: ElementwiseParts): MapRule {
  const relative = 2 * (parts.ulps ?? 2) * UNIT;
  const rounding = parts.rounding ?? ((_, y) => relative * Math.abs(y));
  const spread = parts.spread ?? ((x, e, y) => Math.abs(parts.slope(x, y)) * e);
  return {
    kind: "map",
    name: parts.name,
    title: parts.title,
    domain: parts.domain,
    forward: parts.forward,
    bound: (x, e, y) => (e === 0 ? 0 : spread(x, e, y)) + rounding(x, y),
    exactness: parts.exactness,
    forwardModular: parts.forwardModular,
    tangent: ([dot], y, [x]) => {
      const slope = parts.forwardSlope ?? parts.reverseSlope;
      return slope ? timesEach(dot!, slope(x!, y)) : zeros(dot!.shape);
    },
    pullback: (ybar, y, [x]) => [parts.reverseSlope ? timesEach(ybar, parts.reverseSlope(x!, y)) : null],
    degree: ([arg], y) => (parts.degree ? parts.degree(arg!, y) : atomDegree([arg!], y)),
  };
}

/** Inputs that stay away from a kink at 0, on both of its sides. */
export function awayFromZero(u: number): number {
  return u < 0 ? u - 0.2 : u + 0.2;
}

/** Once the branches are chosen, the result is its argument up to factors. */
export function branchDegree(arg: Degree): Degree {
  return sumDegree([arg]);
}
