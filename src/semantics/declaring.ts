/** Sections that only declare ("Notation", "Setup"): what they declare is meant in all the others. */
import { derivativesIn } from "./expression";
import type { Located, Model } from "./model";

export function onlyDeclares(model: Model, section: number): boolean {
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
