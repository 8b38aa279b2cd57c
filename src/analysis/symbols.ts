/** The symbols of a document as the editor shows them: shape, role, assumptions, where they are defined and written. */
import type { Formula } from "../document/types";
import { type Expr, symbolsIn } from "../semantics/expression";
import type { Model } from "../semantics/model";
import type { Entity } from "../semantics/symbols/entity";
import { spellSize, spellSymbol } from "../semantics/symbols/key";
import type { RangeIn } from "./statements";
import type { Range, SymbolInfo } from "./types";

/** `shapeOf` works out what a definition leaves unsaid. */
export function symbolsOf(model: Model, shapeOf: (entity: Entity) => readonly string[] | null, rangeIn: RangeIn, spanRange: (start: number, end: number) => Range): SymbolInfo[] {
  const occurrences = new Map<number, Range[]>();
  for (const located of model.located) {
    for (const side of located.assertion.sides) {
      for (const symbol of symbolsIn(side, false)) {
        const resolved = model.table.resolve(symbol, located);
        if (!resolved || symbol.end <= symbol.start) continue;
        const { id } = resolved.entity;
        occurrences.set(id, [...(occurrences.get(id) ?? []), rangeIn(located.formula, symbol)]);
      }
    }
  }
  for (const entity of model.table.all) {
    if (entity.shape !== null || !occurrences.has(entity.id)) continue;
    entity.shape = shapeOf(entity);
    if (entity.shape) entity.shapeFrom = "inferred";
    model.table.settle();
  }
  const byId = new Map(model.table.all.map((entity) => [entity.id, entity]));
  // In the order in which a reader meets them.
  return [...occurrences].flatMap(([id, places]) => {
    const entity = byId.get(id);
    return entity && roleOf(entity) !== null ? [infoOf(entity, model, places, rangeIn, spanRange)] : [];
  });
}

function infoOf(entity: Entity, model: Model, occurrences: readonly Range[], rangeIn: RangeIn, spanRange: (start: number, end: number) => Range): SymbolInfo {
  const { definition } = entity;
  const source = definition ? (model.document.formulas[definition.formula] as Formula).source.text : "";
  const scope = model.sections[entity.section] ?? { start: 0, end: model.document.text.length };
  return {
    latex: spellSymbol(entity.symbol),
    shape: shapeLatex(entity),
    role: roleOf(entity) ?? "scalar",
    assumptions: [...entity.properties].map(inWords),
    definition: definition ? rangeIn(definition.formula, definition) : (occurrences[0] ?? null),
    scope: spanRange(scope.start, scope.end),
    value: definition ? valueOf(definition.expr, source) : null,
    occurrences,
  };
}

/** A value as it is written; of `\sigma^2 = v` the root of v, which σ is. */
function valueOf(expr: Expr, source: string): string {
  const text = source.slice(expr.start, expr.end);
  const isOfSquare = expr.kind === "root" && expr.index === 2 && expr.base.start === expr.start && expr.base.end === expr.end;
  return isOfSquare ? `\\sqrt{${text}}` : text;
}

function roleOf(entity: Entity): SymbolInfo["role"] | null {
  if (entity.isFunction) return "function";
  if (entity.isSize) return "size";
  if (entity.shape === null) return entity.isLoss ? "scalar" : null;
  const rank = entity.shape.filter((dim) => dim !== "1").length;
  return rank === 0 ? "scalar" : rank === 1 ? "vector" : "matrix";
}

export function shapeLatex(entity: Entity): string {
  if (!entity.shape?.length) return "";
  const dims = entity.shape.map((dim) => (dim.startsWith("?") ? "\\cdot" : spellSize(dim)));
  return dims[1] === "1" ? (dims[0] as string) : dims.join(" \\times ");
}

/** Where the name of a property does not say it, spelled out. */
const WORDS: Readonly<Partial<Record<string, string>>> = {
  allOnes: "all ones",
  binary: "0 or 1",
  columnOneHot: "one-hot columns",
  columnStochastic: "column-stochastic",
  oneHot: "one-hot",
  sign: "±1",
  unit: "unit length",
  unitInterval: "between 0 and 1",
  zeroMean: "mean zero",
};

/** "positiveDefinite" → "positive definite" */
function inWords(property: string): string {
  return WORDS[property] ?? property.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
