/**
 * The largest entry along the axis `params[0]`, which is dropped. The
 * derivative picks the first place where it is attained (`maxMask`). In GF(p)
 * the place is given by a mask.
 */
import { contract, type Term } from "../term";
import { axesOf } from "../build";
import { maxMask as maskTerm } from "../calls";
import type { Shape } from "../shape";
import { sizeOf } from "../shape";
import { around } from "./assembly";
import { sumDegree } from "./degrees";
import type { CallRule, Mask } from "./types";

export const max: CallRule = {
  kind: "call",
  name: "max",
  title: "differential of a maximum",
  sizes: [
    { shapes: [[4]], params: [0], result: [] },
    { shapes: [[3, 2]], params: [1], result: [3] },
    { shapes: [[2, 3, 2]], params: [1], result: [2, 2] },
  ],
  domain: spreadOut,
  forward: ([x], [axis], out) => eachLine(x!.shape, axis!, (line, places) => (out[line] = x!.data[bestOf(x!.data, places)]!)),
  bound: ([x], [axis], _, error) => eachLine(x!.shape, axis!, (line, places) => (error[line] = x!.error ? Math.max(...places.map((place) => x!.error![place]!)) : 0)),
  mask: ([x], [axis]) => maxMaskOf(x!.data, x!.error, x!.shape, axis!),
  rounds: false,
  exactness: "mask",
  forwardModular: ([x], [axis], out, { mask }) => eachLine(x!.shape, axis!, (line, places) => (out[line] = x!.data[places.find((place) => mask![place] === 1) ?? places[0]!]!)),
  tangent: ([dot], _, [x], [axis]) => alongAxis(dot!, x!, axis!, true),
  pullback: (ybar, _, [x], [axis]) => [alongAxis(ybar, x!, axis!, false)],
  degree: (args) => sumDegree(args),
  cost: ([x]) => sizeOf(x!),
};

/** The mask times a batch, summed over the axis (tangents) or spread along it (cotangents). */
function alongAxis(batched: Term, x: Term, axis: number, sum: boolean): Term {
  const inner = axesOf(x.shape);
  const outer = inner.filter((other) => other !== axis);
  const rank = batched.shape.length - (sum ? inner : outer).length;
  const batch = Array.from({ length: rank }, (_, i) => inner.length + i);
  return contract([[...batch, ...(sum ? inner : outer)], inner], [...batch, ...(sum ? outer : inner)], [batched, maskTerm(x, axis)]);
}

/** Ones at the first largest entry of each line along the axis. */
export function maxMaskOf(data: Float64Array, error: Float64Array | null, shape: Shape, axis: number): Mask {
  const mask = new Float64Array(data.length);
  let tie = false;
  eachLine(shape, axis, (_, places) => {
    const best = bestOf(data, places);
    mask[best] = 1;
    tie ||= places.some((place) => place !== best && data[best]! - data[place]! <= (error ? error[best]! + error[place]! : 0));
  });
  return { data: mask, tie };
}

/** Calls `visit` with the number of each line along the axis and the places of its entries. */
export function eachLine(shape: Shape, axis: number, visit: (line: number, places: readonly number[]) => void): void {
  const [before, length, after] = around(shape, axis);
  for (let b = 0; b < before; b++) {
    for (let a = 0; a < after; a++) visit(b * after + a, Array.from({ length }, (_, i) => (b * length + i) * after + a));
  }
}

/** Entries that are apart from one another by more than a finite difference can bridge. */
export function spreadOut(data: Float64Array): void {
  const order = Array.from(data.keys()).sort((i, j) => data[i]! - data[j]!);
  order.forEach((place, rank) => (data[place] = data[place]! + 0.5 * rank));
}

function bestOf(data: Float64Array, places: readonly number[]): number {
  let best = places[0]!;
  for (const place of places) if (data[place]! > data[best]!) best = place;
  return best;
}
