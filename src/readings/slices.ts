/**
 * Rows and columns of matrices by index: x_i of X. Where the text defines the
 * matrix, or nothing, a member is a slice of it; where it defines the members
 * alone, the matrix is what they make together.
 */
import type { SymbolExpr } from "../semantics/expression";
import type { Entity } from "../semantics/symbols/entity";
import { familyWhole } from "./families";
import { pick } from "./indices";
import type { Lowering } from "./lower";
import { reshaped } from "./operations";
import { lowerSymbol } from "./symbols";
import { termOf, type Value } from "./value";

type Slices = NonNullable<Entity["slices"]>;
/** What is a row or a column of a matrix. */
export type Sliced = Pick<Entity, "slices" | "shape" | "orientation">;

/** The entity whose values are drawn or computed: a matrix for its slices, or members for the matrix that they make. */
export function carrierOf(lowering: Lowering, entity: Entity): Entity {
  if (entity.slices) return isMadeOf(lowering, entity) ? entity : (matrixOf(lowering, entity) ?? entity);
  return membersOf(lowering, entity) ?? entity;
}

/** Whether the members alone are defined. */
export function isMadeOf(lowering: Lowering, family: Entity): boolean {
  const matrix = matrixOf(lowering, family);
  return family.definition?.kind === "family" && lowering.usable(family) && !(matrix?.definition && lowering.usable(matrix));
}

function matrixOf(lowering: Lowering, { slices }: Entity): Entity | null {
  return slices ? (lowering.resolve(slices.matrix)?.entity ?? null) : null;
}

/** The members that a matrix without a definition is made of. */
function membersOf(lowering: Lowering, matrix: Entity): Entity | null {
  if (matrix.definition && lowering.usable(matrix)) return null;
  return lowering.model.table.all.find((family) => family.slices && family.section <= lowering.place.section && isMadeOf(lowering, family) && matrixOf(lowering, family)?.id === matrix.id) ?? null;
}

/** A matrix that is made of its rows or columns. */
export function collected(lowering: Lowering, matrix: Entity): Value | null {
  const family = membersOf(lowering, matrix);
  if (!family || lowering.expanding.has(`m:${family.id}`)) return null;
  const whole = familyWhole(lowering, family);
  if (whole.free.length !== 1 || !whole.shape.length) return null;
  return gathered(lowering, whole, (family.slices as Slices).by);
}

/** Members along a free axis as the rows or columns of a matrix. */
export function gathered(lowering: Lowering, whole: Value, by: Slices["by"]): Value {
  const [axis] = whole.free;
  const count = axis?.range ?? "1";
  const length = whole.shape.find((dim) => !lowering.algebra.isOne(dim)) ?? "1";
  const flat = reshaped({ free: [], shape: [count, ...whole.shape], make: (env) => termOf(whole, env) }, [count, length]);
  return by === "row" ? flat : lowering.algebra.transpose(flat);
}

export function sliceMember(lowering: Lowering, entity: Sliced, symbol: SymbolExpr): Value {
  const { matrix, by } = entity.slices as Slices;
  const whole = lowerSymbol(lowering, matrix);
  if (whole.shape.length !== 2) return lowering.fail("unknown-shape", "rows of something that is no matrix", symbol);
  const axis = by === "row" ? 0 : 1;
  const picked = pick(lowering, whole, axis, symbol.subscripts[0] as SymbolExpr["subscripts"][number]);
  return reshaped(picked, sliceShape(lowering, entity, whole.shape[1 - axis] as string));
}

/** Rows of X are columns where they are written x_iᵀ, and rows where vectors are. */
export function sliceShape({ reading }: Lowering, { slices, shape, orientation }: Sliced, length: string): readonly string[] {
  const isRow = slices?.by === "row" && (shape?.[0] === "1" || orientation === "row" || (orientation === null && (reading.vectors === "rows" || reading.slices === "rows")));
  return isRow ? ["1", length] : [length, "1"];
}
