/**
 * What is said of one sample holds of each: beside `\hat y = w^\top x + b`, the
 * `\hat y^{(i)}` and `\hat y_i` of a sum over samples are what this makes of
 * `x^{(i)}` and `x_i`.
 */
import { withParts } from "../../base/parts";
import { childrenOf, derivativesIn, type Expr, type Subscript, type SymbolExpr, symbolsIn } from "../expression";
import type { Entity } from "../symbols/entity";
import { familyKey, otherCase, taggedKey, weight } from "../symbols/key";
import type { Place } from "../symbols/table";
import type { Draft } from "./draft";
import { isNumberForm } from "./forms";

export function declareSamples(draft: Draft): void {
  const written = draft.located.flatMap(({ assertion }) => assertion.sides.flatMap((side) => symbolsIn(side)));
  const members = new Map<string, Subscript>();
  for (const [key, all] of byLetter(written)) {
    const index = indexOf(draft, all);
    if (index) members.set(key, index);
  }
  if (!members.size) return;
  // What is differentiated by is the same for all samples.
  for (const parameter of parametersIn(draft)) members.delete(parameter);
  const sampled = (symbol: SymbolExpr): Subscript | null => (symbol.subscripts.length ? null : (members.get(letterKey(symbol)) ?? null));
  for (const entity of [...draft.table.all]) {
    const index = sampled(entity.symbol);
    if (index && entity.definition?.kind === "value" && !isObserved(draft, entity, written)) declareSample(draft, entity, index, sampled);
  }
}

/**
 * `h^{(i)}` beside `h = \sigma(X\theta)`: the entry of what is made of all samples
 * at once, where i goes through as many as X has, or x^{(i)} is written.
 */
export function declareEntriesOfSamples(draft: Draft): void {
  const written = draft.located.flatMap((located) => located.assertion.sides.flatMap((side) => symbolsIn(side, false)).map((symbol) => ({ symbol, located })));
  const numbered = new Set(written.filter(({ symbol }) => symbol.subscripts[0]?.above !== undefined).map(({ symbol }) => letterKey(symbol)));
  for (const { symbol, located } of written) {
    const [index, ...more] = symbol.subscripts;
    if (index?.above === undefined || index.expr.kind !== "symbol" || more.length || draft.table.resolve(symbol, located)) continue;
    const whole = draft.table.find(taggedKey(symbol), { ...symbol, subscripts: [] }, located);
    const count = draft.table.extentOf(taggedKey(index.expr), located);
    if (whole?.definition?.kind === "value" && isMadeOfAll(draft, whole.definition.expr, numbered, count, located)) whole.entries.add("above");
  }
}

function isMadeOfAll(draft: Draft, expr: Expr, numbered: ReadonlySet<string>, count: string | null, place: Place, depth = 0): boolean {
  return symbolsIn(expr, false).some((symbol) => {
    const entity = draft.table.resolve(symbol, place)?.entity;
    if (entity?.definition?.kind === "value") return depth < 8 && isMadeOfAll(draft, entity.definition.expr, numbered, count, place, depth + 1);
    if (entity?.shape && count !== null && entity.shape.some((dim) => draft.table.sizes.find(dim) === draft.table.sizes.find(count))) return true;
    if (entity?.shape?.some((dim) => !draft.table.sizes.find(dim).startsWith("?"))) return false;
    const member = /^[A-Z]/.test(symbol.name) && !symbol.subscripts.length ? otherCase(symbol) : null;
    return member !== null && numbered.has(letterKey(member));
  });
}

/** The entity of all samples of what is defined for one, with the entities of what that is made of. */
function declareSample(draft: Draft, entity: Entity, index: Subscript, sampled: (symbol: SymbolExpr) => Subscript | null): boolean {
  const { definition, symbol } = entity;
  if (definition?.kind !== "value" || draft.table.find(familyKey({ ...symbol, subscripts: [index] }), symbol, entity)?.definition) return false;
  if (index.above === undefined && !isNumberForm(definition.expr)) return false;
  const place = { position: entity.position, section: entity.section };
  const own = (inner: SymbolExpr): Subscript | null => {
    if (inner.subscripts.length || letterKey(inner) === letterKey(symbol)) return null;
    const at = sampled(inner);
    if (at) return index.above === undefined && isEntry(draft, inner, index, place) ? null : index;
    const made = draft.table.resolve(inner, place)?.entity;
    return made?.definition?.kind === "value" && made.section === entity.section && varies(draft, made.definition.expr, sampled, place) ? index : null;
  };
  const expr = withIndex(definition.expr, own);
  if (expr === definition.expr) return false;
  const family = draft.table.declare({ ...symbol, subscripts: [index] }, place);
  if (family.definition) return false;
  family.definition = { ...definition, expr, params: [index.expr as SymbolExpr], kind: "family", instance: true };
  // What it is made of is told of each sample too.
  for (const inner of symbolsIn(definition.expr, false)) {
    const made = own(inner) ? draft.table.resolve(inner, place)?.entity : undefined;
    if (made?.definition && made !== entity) declareSample(draft, made, index, sampled);
  }
  return true;
}

/** `y = a x + b` beside `\hat y` or `(y_i - a x_i - b)^2` is a model of data: the y_i are what is observed, and not what it gives. */
function isObserved(draft: Draft, { symbol, definition }: Entity, written: readonly SymbolExpr[]): boolean {
  if (written.some((other) => other.name === symbol.name && other.accents.length > symbol.accents.length)) return true;
  const made = new Set(definition ? symbolsIn(definition.expr, false).map(letterKey) : []);
  const isHeldAgainst = (expr: Expr): boolean => {
    const terms = expr.kind === "sum" ? expr.terms.map((term) => term.expr) : [];
    const own = terms.find((term) => term.kind === "symbol" && term.subscripts.length > 0 && letterKey(term) === letterKey(symbol));
    return (own !== undefined && terms.some((term) => term !== own && symbolsIn(term, false).some((inner) => made.has(letterKey(inner))))) || childrenOf(expr).some(isHeldAgainst);
  };
  return draft.located.some(({ assertion }) => assertion.sides.some(isHeldAgainst));
}

function varies(draft: Draft, expr: Expr, sampled: (symbol: SymbolExpr) => Subscript | null, place: Place, depth = 0): boolean {
  return symbolsIn(expr, false).some((inner) => {
    if (sampled(inner)) return true;
    const made = depth < 8 && !inner.subscripts.length ? draft.table.resolve(inner, place)?.entity : undefined;
    return made?.definition?.kind === "value" && varies(draft, made.definition.expr, sampled, place, depth + 1);
  });
}

/** Whether the index below an array goes over its entries, and not over others like it. */
function isEntry(draft: Draft, symbol: SymbolExpr, index: Subscript, place: Place): boolean {
  const whole = draft.table.resolve(symbol, place)?.entity;
  return (whole?.shape?.length ?? 0) > 0 && draft.table.resolve({ ...symbol, subscripts: [index] }, place)?.entity === whole;
}

/** The one letter that runs over a symbol's members, where one does: samples above it, or an index of a sum below it. */
function indexOf({ table }: Draft, all: readonly SymbolExpr[]): Subscript | null {
  const indices = all.flatMap(({ subscripts }) => subscripts.slice(0, 1));
  const above = indices.find((index) => index.above !== undefined && index.expr.kind === "symbol");
  if (above) return above;
  const single = all.filter(({ subscripts }) => subscripts.length > 0);
  const [first] = indices;
  const isOne = first?.expr.kind === "symbol" && !first.expr.subscripts.length && table.running.has(first.text) && single.every(({ subscripts }) => subscripts.length === 1 && subscripts[0]?.text === first.text);
  return isOne && single[0] && table.isFamily(single[0]) ? first : null;
}

function byLetter(written: readonly SymbolExpr[]): Map<string, SymbolExpr[]> {
  const found = new Map<string, SymbolExpr[]>();
  for (const symbol of written) if (symbol.subscripts.length) found.set(letterKey(symbol), [...(found.get(letterKey(symbol)) ?? []), symbol]);
  return found;
}

function letterKey(symbol: SymbolExpr): string {
  return `${weight(symbol.font)} ${taggedKey(symbol)}`;
}

function parametersIn(draft: Draft): string[] {
  return draft.located.flatMap(({ assertion }) => assertion.sides.flatMap(derivativesIn)).flatMap(({ wrt }) => wrt.flatMap((by) => (by.kind === "symbol" && !draft.table.resolve(by, { position: by.start, section: 0 })?.entity.definition ? [letterKey(by)] : [])));
}

/** An expression in which symbols have an index more. */
function withIndex<T>(value: T, indexOfSymbol: (symbol: SymbolExpr) => Subscript | null): T {
  if (typeof value === "object" && value !== null && "kind" in value && value.kind === "symbol") {
    const symbol = value as unknown as SymbolExpr;
    const index = indexOfSymbol(symbol);
    return index ? ({ ...symbol, subscripts: [index] } as T) : value;
  }
  return withParts(value, (part) => withIndex(part, indexOfSymbol)) as T;
}
