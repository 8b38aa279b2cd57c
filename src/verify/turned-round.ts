/**
 * Definitions that lead back to themselves. A later one turns an earlier one
 * round: where `z = y - t` is followed by `y = \sigma(z)`, z is another letter from
 * there on. And what all units of a network are called, `net_j = \sum_i w_{ij} o_i`
 * with `o_j = \varphi(net_j)`, is given in the layer before.
 */
import { type Expr, symbolsIn } from "../semantics/expression";
import type { Located, Model } from "../semantics/model";
import type { Definition, Entity } from "../semantics/symbols/entity";

/** The keys of the families in what a claim rests on that are made of themselves by plain letters: steps back are no circle. */
export function fedBack(involved: readonly Expr[], place: Located, model: Model): string[] {
  const families = (expr: Expr): Entity[] =>
    symbolsIn(expr, false).flatMap((symbol) => {
      const resolved = symbol.subscripts.every(({ expr: letter }) => letter.kind === "symbol") ? model.table.resolve(symbol, place) : null;
      return resolved?.family && resolved.entity.definition?.kind === "family" ? [resolved.entity] : [];
    });
  const leadsBack = ({ id, definition }: Entity): boolean => {
    const seen = new Set<number>();
    const reaches = (expr: Expr): boolean =>
      families(expr).some((other) => {
        if (other.id === id) return true;
        if (seen.has(other.id)) return false;
        seen.add(other.id);
        return reaches((other.definition as Definition).expr);
      });
    return reaches((definition as Definition).expr);
  };
  return [...new Set(involved.flatMap(families).filter(leadsBack).map(({ key }) => key))];
}

/** The keys of the letters in what a claim rests on whose definitions no longer hold where it stands. */
export function turnedRound(involved: readonly Expr[], place: Located, model: Model): string[] {
  const defined = (expr: Expr): (Entity & { readonly definition: Definition })[] =>
    symbolsIn(expr, false).flatMap((symbol) => {
      const entity = model.table.resolve(symbol, place)?.entity;
      return entity?.definition ? [{ ...entity, definition: entity.definition }] : [];
    });
  const positionOf = ({ assertion }: Definition): number => model.located[assertion]?.position ?? 0;
  const isTurned = ({ id, definition: own }: Entity & { readonly definition: Definition }): boolean => {
    const seen = new Set([id]);
    const reaches = (expr: Expr): boolean =>
      defined(expr).some((other) => {
        if (seen.has(other.id)) return false;
        seen.add(other.id);
        const turns = positionOf(own) < positionOf(other.definition) && positionOf(other.definition) < place.position && defined(other.definition.expr).some((one) => one.id === id);
        return turns || reaches(other.definition.expr);
      });
    return reaches(own.expr);
  };
  return [...new Set(involved.flatMap(defined).filter(isTurned).map(({ key }) => key))];
}
