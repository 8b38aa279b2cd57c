/** A shape given to an entity, and what its sizes are called. */
import type { Entity, Shape } from "../symbols/entity";
import { atomsOf } from "../symbols/sizes";
import type { Draft } from "./draft";

export function giveShape(draft: Draft, entity: Entity, shape: Shape, from: Entity["shapeFrom"]): void {
  if (entity.shape === null || entity.shapeFrom !== "declared") {
    entity.shape = shape;
    entity.shapeFrom = from;
  } else if (from === "declared" && entity.shape.length === shape.length) {
    // "A matrix A", whose sizes are told after.
    entity.shape.forEach((dim, axis) => dim.startsWith("?") && draft.table.sizes.unify(dim, shape[axis] as string));
  }
  for (const dim of shape) for (const atom of atomsOf(dim)) draft.table.sizeNames.add(atom);
}

/** A matrix whose sizes nothing tells, before or after ("une matrice orthogonale"), is square. */
export function makeSquare(draft: Draft, entity: Entity): void {
  const [rows, columns] = entity.shape ?? [];
  if (entity.shape === null) {
    const size = draft.table.sizes.length();
    giveShape(draft, entity, [size, size], "declared");
  } else if (rows?.startsWith("?") && columns?.startsWith("?")) draft.table.sizes.unify(rows, columns);
}

export function isColumn(shape: Shape | null): boolean {
  return shape?.length === 2 && shape[1] === "1";
}
