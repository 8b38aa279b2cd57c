/**
 * Definitions that cannot be computed: the shapes that the text declares do not
 * fit together, and would where a letter were transposed or two factors changed
 * places. Only whole letters that are declared themselves count, since rows,
 * samples and functions are written more loosely.
 */
import type { Reading } from "../readings/reading";
import { childrenOf, type Expr, type SymbolExpr, symbolsIn } from "../semantics/expression";
import type { Model } from "../semantics/model";
import { otherReadings } from "./alternatives";
import { attempt } from "./attempt";
import type { Claim } from "./claim";
import type { Conclusion } from "./conclusion";
import { applied, contextOf } from "./repair";
import { variantsOf } from "./variants";

const kinds: ReadonlySet<Expr["kind"]> = new Set<Expr["kind"]>(["symbol", "number", "sum", "product", "transpose", "power"]);
/** Of transposes and of factors that change places. */
const plainestEdits = 2;

/** Null where it can be computed, or where no plain edit makes it so. */
export function illFormed(model: Model, claim: Claim, home: Reading): Conclusion | null {
  const { right } = claim;
  const shapeOf = (symbol: SymbolExpr): readonly string[] | null => declaredShape(model, claim, symbol);
  if (!isOfKinds(right) || !symbolsIn(right, false).every(shapeOf)) return null;
  if (isLooseProduct(right, (expr) => expr.kind === "symbol" && shapeOf(expr)?.filter((dim) => dim !== "1").length === 1)) return null;
  const fits = (expr: Expr, reading: Reading): boolean => attempt(model, { ...claim, left: expr, right: expr }, reading).outcome !== "shape";
  const alone: Claim = { ...claim, left: right };
  const readings = [home, { ...home, vectors: home.vectors === "rows" ? "columns" : "rows" } as const, ...otherReadings(alone, home, model, false)];
  if (readings.some((reading) => fits(right, reading))) return null;
  const context = contextOf(model, claim);
  const variant = variantsOf(right, context).find(({ expr, cost }) => cost <= plainestEdits && fits(expr, home));
  return variant ? { verdict: "refuted", attempt: attempt(model, alone, home), reading: home, repair: { variant, side: "right", latex: applied(context.source, right, variant) } } : null;
}

function isOfKinds(expr: Expr): boolean {
  return kinds.has(expr.kind) && childrenOf(expr).every(isOfKinds);
}

/** The shape of a letter that the text declares as it stands here, by its whole name. */
function declaredShape(model: Model, claim: Claim, symbol: SymbolExpr): readonly string[] | null {
  const resolved = model.table.resolve(symbol, claim.located);
  return resolved && !resolved.indices.length && resolved.entity.shapeFrom === "declared" && !resolved.entity.slices ? resolved.entity.shape : null;
}

/** `wx` of two vectors, which many write for their inner product, by itself or in a sum. */
function isLooseProduct(expr: Expr, isVector: (expr: Expr) => boolean): boolean {
  if (expr.kind === "sum") return expr.terms.some((term) => isLooseProduct(term.expr, isVector));
  return expr.kind === "product" && expr.factors.length === 2 && expr.factors.every(isVector);
}
