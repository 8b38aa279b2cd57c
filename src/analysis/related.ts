/** Where else the slip shows, and the declarations that a refutation rests on: what each symbol of the claim was taken to be, where the notes say so. */
import type { Span } from "../base/span";
import { symbolsIn } from "../semantics/expression";
import type { Model } from "../semantics/model";
import type { Entity } from "../semantics/symbols/entity";
import { spellSymbol } from "../semantics/symbols/key";
import type { Finding } from "../verify/finding";
import { shapeLatex } from "./symbols";
import type { Range, Related } from "./types";

const most = 4;

export interface Places {
  readonly inFormula: (formula: number, place: Span) => Range;
  readonly inFile: (span: Span) => Range;
}

export function relatedOf(finding: Finding, model: Model, places: Places): Related[] {
  const { verdict } = finding.conclusion;
  if (verdict !== "refuted" && verdict !== "conditional") return [];
  const own = places.inFormula(finding.formula, finding.relation);
  const entities = new Set([finding.left, finding.right].flatMap((side) => symbolsIn(side, false)).flatMap((symbol) => model.table.resolve(symbol, finding.located)?.entity ?? []));
  const same = (finding.related ?? []).map(({ place, message }) => ({ range: places.inFormula(finding.formula, place), message }));
  return [...same, ...[...entities].flatMap((entity) => declared(entity, own, places)).filter(({ range }) => !overlap(range, own)).slice(0, most)];
}

/** The definition where there is one before what is judged, else the place that gives the shape. */
function declared(entity: Entity, own: Range, { inFormula, inFile }: Places): Related[] {
  const { definition, declaredAt, shape } = entity;
  const known = shape?.length && !shape.some((dim) => dim.startsWith("?"));
  const size = shapeLatex(entity).replaceAll(" \\times ", "×");
  const message = `${spellSymbol(entity.symbol)} is ${!known ? "defined here" : size.includes("×") ? size : `a vector of length ${size}`}`;
  const defined = definition && inFormula(definition.formula, definition);
  const shaped = declaredAt && known ? inFile(declaredAt) : null;
  const range = defined && shaped && before(own, defined) ? shaped : (defined ?? shaped);
  return range ? [{ range, message }] : [];
}

function overlap(a: Range, b: Range): boolean {
  return !before(a, b) && !before(b, a);
}

function before(a: Range, b: Range): boolean {
  return a.end.line < b.start.line || (a.end.line === b.start.line && a.end.character <= b.start.character);
}
