/**
 * Shapes of the factors of a thin singular value decomposition that the text
 * gives no shapes: of a tall matrix of full rank, the one case in which they
 * follow. What the words say of the factors makes it one, see `prose/decompositions`.
 */
import type { Entity } from "./symbols/entity";
import type { SymbolTable } from "./symbols/table";

/** `X = U \Sigma V^\top` with X of size m×n: U is m×n, Σ and V are n×n. */
export function shapeThinFactors(table: SymbolTable): void {
  for (const entity of table.all) {
    const factors = entity.shape?.length === 2 ? singularFactors(table, entity) : null;
    if (!factors) continue;
    const [rows, columns] = entity.shape as [string, string];
    const [left, middle, right] = factors;
    if (left.shape !== null || right.shape !== null) continue;
    Object.assign(left, { shape: [rows, columns], shapeFrom: "declared" });
    Object.assign(right, { shape: [columns, columns], shapeFrom: "declared" });
    if (middle.shape?.[0]) table.sizes.unify(middle.shape[0], columns);
  }
}

function singularFactors(table: SymbolTable, entity: Entity): [Entity, Entity, Entity] | null {
  const expr = entity.definition?.kind === "value" ? entity.definition.expr : null;
  if (expr?.kind !== "product" || expr.factors.length !== 3) return null;
  const symbols = expr.factors.map((factor) => (factor.kind === "transpose" ? factor.base : factor));
  const [left, middle, right] = symbols.map((symbol) => (symbol.kind === "symbol" ? (table.resolve(symbol, entity)?.entity ?? null) : null));
  if (!left || !middle || !right) return null;
  const orthonormal = left.properties.has("orthonormalColumns") && right.properties.has("orthonormalColumns");
  return orthonormal && middle.properties.has("diagonal") ? [left, middle, right] : null;
}
