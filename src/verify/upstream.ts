/**
 * Derivatives against the order of the definitions: ∂a/∂u, where u is made of a.
 * What a text says with one is about another network than it has defined.
 */
import { derivativesIn, type Expr, symbolsIn } from "../semantics/expression";
import type { Model } from "../semantics/model";
import type { Entity } from "../semantics/symbols/entity";
import type { Claim } from "./claim";

export function goesUpstream(model: Model, claim: Claim): boolean {
  const meant = (expr: Expr): Entity | null => (expr.kind === "symbol" ? (model.table.resolve(expr, claim.located)?.entity ?? null) : null);
  return [claim.left, claim.right].flatMap(derivativesIn).some(({ of, wrt }) => {
    const top = meant(of);
    return top !== null && wrt.map(meant).some((below) => below !== null && isMadeOf(model, claim, below, top) && !isMadeOf(model, claim, top, below));
  });
}

/** Whether the definitions lead from a symbol to another one. */
function isMadeOf(model: Model, { located }: Claim, whole: Entity, part: Entity): boolean {
  const seen = new Set<number>();
  const leads = ({ definition, id }: Entity): boolean => {
    if (!definition || seen.has(id)) return false;
    seen.add(id);
    const entities = symbolsIn(definition.expr, false).map((symbol) => model.table.resolve(symbol, located)?.entity);
    return entities.some((entity) => entity !== undefined && (entity === part || leads(entity)));
  };
  return whole !== part && leads(whole);
}
