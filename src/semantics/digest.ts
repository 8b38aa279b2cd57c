/**
 * All that a document was understood to say, as one text. Of places in the file
 * it keeps in which order they stand and not where, so that a document in which
 * words were only moved along has the same digest: whatever is decided of one
 * is decided of the other. Places in formulas are kept as they are.
 */
import type { Model } from "./model";

/** What says again what stands elsewhere, or where something is shown. */
const left: ReadonlySet<string> = new Set(["byKey", "known", "log", "state"]);

export function digestOf(model: Model): string {
  const { document, located, table, facts, sections, defining } = model;
  const places = [...located, ...table.all].map(({ position }) => position);
  const spans = [...facts, ...sections].flatMap(({ start, end }) => [start, end]);
  const ranks = new Map([...new Set([...places, ...spans])].sort((a, b) => a - b).map((place, rank) => [place, rank]));
  const ranked = <T extends { readonly start: number; readonly end: number }>(span: T): T => ({ ...span, start: ranks.get(span.start), end: ranks.get(span.end) });
  return JSON.stringify(
    {
      format: document.format,
      formulas: document.formulas.map(({ source, display, environment, struck }) => [source.text, display, environment, struck]),
      directives: document.directives.map(({ name, value }) => [name, value]),
      located,
      table,
      facts: facts.map(ranked),
      sections: sections.map(ranked),
      defining: [...defining].map(([id, entity]) => [id, entity.id]),
      sizes: [model.fixedSizes, model.exampleSizes, model.structured, model.unread, model.inPlainFormulas],
    },
    (key, value: unknown) => {
      if (left.has(key)) return undefined;
      if (key === "declaredAt") return value !== null;
      if (key === "position") return ranks.get(value as number) ?? value;
      return value instanceof Map || value instanceof Set ? [...(value as Iterable<unknown>)] : value;
    },
  );
}
