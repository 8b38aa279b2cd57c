/**
 * One at the first largest entry along the axis `params[0]`, zero elsewhere:
 * the derivative of `max`, and constant almost everywhere itself.
 */
import { sizeOf } from "../shape";
import { zeros } from "../term";
import { polynomial } from "./degrees";
import { eachLine, maxMaskOf, spreadOut } from "./max";
import type { CallRule } from "./types";

export const maxMask: CallRule = {
  kind: "call",
  name: "maxMask",
  title: "differential of a choice",
  sizes: [
    { shapes: [[4]], params: [0], result: [4] },
    { shapes: [[3, 2]], params: [1], result: [3, 2] },
  ],
  domain: spreadOut,
  forward: ([x], [axis], out) => out.set(maxMaskOf(x!.data, null, x!.shape, axis!).data),
  /** 1 wherever the order of the entries is open within their errors. */
  bound: ([x], [axis], out, error) => {
    error.fill(0);
    eachLine(x!.shape, axis!, (_, places) => {
      const best = places.find((place) => out[place] === 1) ?? places[0]!;
      for (const place of places) {
        if (place === best || !x!.error || x!.data[best]! - x!.data[place]! > x!.error[best]! + x!.error[place]!) continue;
        error[place] = 1;
        error[best] = 1;
      }
    });
  },
  mask: ([x], [axis]) => maxMaskOf(x!.data, x!.error, x!.shape, axis!),
  rounds: false,
  exactness: "mask",
  forwardModular: (_, __, out, { mask }) => out.set(mask!),
  tangent: ([dot]) => zeros(dot!.shape),
  pullback: () => [null],
  degree: () => polynomial(0),
  cost: ([x]) => sizeOf(x!),
};
