/** `A = LL^\top` beside the entries `L_{ii}`: a Cholesky factor, though no word says that L is triangular. */
import { same } from "../base/same";
import { type Expr, type SymbolExpr, symbolsIn } from "../semantics/expression";
import type { Model } from "../semantics/model";
import { baseKey } from "../semantics/symbols/key";
import { involvedIn } from "./alternatives";
import { type Attempt, loweringOf } from "./attempt";
import type { Claim } from "./claim";
import { assumedKey } from "./draw";

/** The assumption for each such factor that is drawn; null where there is none. */
export function triangularIn(model: Model, claim: Claim, first: Attempt): ReadonlyMap<string, readonly string[]> | null {
  const diagonal = new Set(involvedIn(model, claim).flatMap((expr) => symbolsIn(expr, false)).filter(isOnDiagonal).map(baseKey));
  if (!diagonal.size) return null;
  const factors = new Set(model.located.flatMap(({ assertion }) => assertion.sides.flatMap(factorOf)).map(baseKey));
  const found = [...loweringOf(first).drawn.values()].filter(({ entity, latex }) => {
    const key = entity ? baseKey(entity.symbol) : latex;
    return diagonal.has(key) && factors.has(key) && !entity?.properties.size;
  });
  return found.length ? new Map(found.map((drawn) => [assumedKey(drawn), ["lowerTriangular"]])) : null;
}

function isOnDiagonal({ subscripts: [row, column, ...more] }: SymbolExpr): boolean {
  return row !== undefined && column !== undefined && !more.length && row.text === column.text;
}

/** L of `LL^\top`. */
function factorOf(expr: Expr): SymbolExpr[] {
  const [first, second, ...more] = expr.kind === "product" ? expr.factors : [];
  return first?.kind === "symbol" && second?.kind === "transpose" && !more.length && same(first, second.base) ? [first] : [];
}
