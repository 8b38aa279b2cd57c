/**
 * Definitions that a later one turns round: where `z = y - t` is followed by
 * `y = \sigma(z)`, z is another letter from there on.
 */
import { type Expr, symbolsIn } from "../semantics/expression";
import type { Located, Model } from "../semantics/model";
import type { Definition, Entity } from "../semantics/symbols/entity";

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
