/** Sections that only declare ("Notation", "Setup"): what they declare is meant in all the others. */
import { isExample } from "./declarations/definitions";
import { derivativesIn } from "./expression";
import type { Located, Model } from "./model";
import { type Definition, type Entity, isOf } from "./symbols/entity";
import type { Place } from "./symbols/table";

/** Whether a letter can mean nothing else in a section: it declares it, or, where it speaks of derivatives (`ofRates`), one that only declares. */
export function isMeant(model: Model, entity: Entity, place: Pick<Place, "section">, ofRates: boolean): boolean {
  if (isOf(entity, place)) return true;
  if (!ofRates) return false;
  return entity.definition === null ? onlyDeclares(model, entity.section) : isNotation(model, entity.definition);
}

/** Whether a symbol is declared by another exercise, which this one need not take over. */
export function isOfAnotherExercise(model: Model, entity: Entity, place: Pick<Place, "section">): boolean {
  const { exercises } = model.table;
  return !isOf(entity, place) && exercises.has(entity.section) && exercises.has(place.section) && !onlyDeclares(model, entity.section);
}

/** "Let $\bar x = \frac1n \mathbf 1^\top x$" in such a section. A function, or a number, may be another one elsewhere. */
export function isNotation(model: Model, { kind, stated, expr, assertion }: Definition): boolean {
  const place = model.located[assertion];
  return kind === "value" && stated && !isExample(expr) && place !== undefined && onlyDeclares(model, place.section);
}

function onlyDeclares(model: Model, section: number): boolean {
  let sections = declaring.get(model);
  if (!sections) declaring.set(model, (sections = sectionsThatDeclare(model)));
  return sections.has(section);
}

const declaring = new WeakMap<Model, ReadonlySet<number>>();

function sectionsThatDeclare(model: Model): ReadonlySet<number> {
  const claiming = new Set(model.located.filter((located) => claims(model, located)).map(({ section }) => section));
  return new Set(model.located.flatMap(({ section }) => (claiming.has(section) ? [] : [section])));
}

function claims({ defining }: Model, { id, assertion: { sides, links } }: Located): boolean {
  return sides.some((side) => derivativesIn(side).length > 0) || (links.some(({ operator }) => operator === "=") && !defining.has(id));
}
