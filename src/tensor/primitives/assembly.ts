/**
 * Makes the rule of a primitive that only moves entries: the same moves give
 * its values over any field, and its error bounds.
 */
import type { Shape } from "../shape";
import { sizeOf } from "../shape";
import { sumDegree } from "./degrees";
import type { CallRule, Dense } from "./types";

export interface AssemblyParts extends Pick<CallRule, "name" | "title" | "sizes" | "tangent" | "pullback"> {
  /** Writes every entry of `out`. */
  move(args: readonly Float64Array[], params: readonly number[], out: Float64Array, shapes: readonly Shape[], shape: Shape): void;
}

export function assembly({ move, ...rest }: AssemblyParts): CallRule {
  const forward = (args: readonly Dense[], params: readonly number[], out: Float64Array, shape: Shape): void => move(args.map((arg) => arg.data), params, out, args.map((arg) => arg.shape), shape);
  return {
    kind: "call",
    ...rest,
    domain: () => undefined,
    forward,
    bound: (args, params, _, error, shape) => move(args.map((arg) => arg.error ?? new Float64Array(arg.data.length)), params, error, args.map((arg) => arg.shape), shape),
    rounds: false,
    exactness: "rational",
    forwardModular: (args, params, out, _, shape) => forward(args, params, out, shape),
    degree: (args) => sumDegree(args),
    cost: (_, shape) => sizeOf(shape),
  };
}

/** The sizes before, at and after an axis. */
export function around(shape: Shape, axis: number): [number, number, number] {
  return [sizeOf(shape.slice(0, axis)), shape[axis]!, sizeOf(shape.slice(axis + 1))];
}
