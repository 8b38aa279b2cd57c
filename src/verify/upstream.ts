/**
 * Derivatives against the order of the definitions: ∂a/∂u, where u is made of a.
 * What a text says with one is about another network than it has defined.
 */
import { derivativesIn, type Expr, symbolsIn } from "../semantics/expression";
import type { Model } from "../semantics/model";
import type { Entity } from "../semantics/symbols/entity";
import { baseKey } from "../semantics/symbols/key";
import type { Claim } from "./claim";

export function goesUpstream(model: Model, claim: Claim): boolean {
  const meant = (expr: Expr): Entity | null => (expr.kind === "symbol" ? (model.table.resolve(expr, claim.located)?.entity ?? null) : null);
  return [claim.left, claim.right].flatMap(derivativesIn).some(({ of, wrt }) => {
    const top = meant(of);
    // An eigenvalue is made of its matrix, whose decomposition only says so.
    return top !== null && !top.spectrum && wrt.map(meant).some((below) => below !== null && ((isMadeOf(model, claim, below, top) && !isMadeOf(model, claim, top, below)) || (!isMadeOf(model, claim, top, below) && isBesideIt(model, top, below))));
  });
}

/** ∂D/∂s, where D and s are both made of σ: D is meant as a function of s, which it is only where σ is one. */
function isBesideIt(model: Model, top: Entity, below: Entity): boolean {
  const lettersOf = ({ definition }: Entity): string[] => (definition ? symbolsIn(definition.expr, false).map(baseKey) : []);
  const own = lettersOf(below);
  if (!top.definition || !own.length || lettersOf(top).includes(baseKey(below.symbol))) return false;
  return lettersOf(top).some((letter) => own.includes(letter) && model.table.withKey(letter).every(({ isSize }) => !isSize));
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
