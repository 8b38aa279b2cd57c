/**
 * What else a text sets a symbol equal to, before a place: in the symbol's own
 * section, and, where the section of the place says nothing before, in others. Lists of
 * exercises give one letter several meanings, which their solutions take up.
 */
import { isNotation } from "../semantics/declaring";
import { derivativesIn, symbolsIn } from "../semantics/expression";
import type { Located, Model } from "../semantics/model";
import type { Definition, Entity } from "../semantics/symbols/entity";
import { baseKey } from "../semantics/symbols/key";
import type { Place } from "../semantics/symbols/table";

/** What a symbol is set equal to from a position on: last before a place, or in the paragraph of the place. */
export function definitionSince(model: Model, { symbol, definition, restated }: Entity, since: number, place: Located): Definition | null {
  // What is differentiated by is a letter of its own.
  const isVariable = (): boolean => place.assertion.sides.flatMap(derivativesIn).some(({ wrt }) => wrt.some((by) => symbolsIn(by, false).some((one) => baseKey(one) === baseKey(symbol))));
  const all = [...(definition ? [definition] : []), ...restated].flatMap((one) => {
    const there = model.located[one.assertion];
    return there && (there.position >= since || (isNotation(model, one) && !isVariable())) && there.id !== place.id && (one.stated || there.position < place.position || there.paragraph === place.paragraph) ? [{ one, there }] : [];
  });
  const before = all.filter(({ there }) => there.position < place.position);
  return (before[before.length - 1] ?? all[0])?.one ?? null;
}

const none: readonly never[] = [];

/** The last first. */
export function otherDefinitions(model: Model, entity: Entity, place: Place): readonly Definition[] {
  const sameLetter = entity.section === place.section && entity.position <= place.position ? none : model.table.withKey(entity.key);
  if (!entity.restated.length && sameLetter.length < 2) return none;
  const isBefore = ({ assertion }: Definition): boolean => (model.located[assertion]?.position ?? 0) < place.position;
  const elsewhere = sameLetter.flatMap(({ id, section, definition }) => (id !== entity.id && section !== place.section && definition && isBefore(definition) ? [definition] : []));
  return [...elsewhere, ...entity.restated.filter(isBefore)].reverse();
}
