/** Rules over leading batch axes, for tangents and cotangents of many directions at once. */
import type { Shape } from "../shape";
import { contract, type Term } from "../term";

/** The leading axes that `batched` has beyond a tensor of shape `inner`. */
export function batchOf(batched: Term, inner: Shape): Shape {
  return batched.shape.slice(0, batched.shape.length - inner.length);
}

/** Each tensor of a batch times `factor`, entry by entry. */
export function timesEach(batched: Term, factor: Term): Term {
  const labels = batched.shape.map((_, axis) => axis);
  return contract([labels, labels.slice(labels.length - factor.shape.length)], labels, [batched, factor]);
}
