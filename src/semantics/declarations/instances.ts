/**
 * What is stated for a general layer or step holds for every other: from
 * `z^{(l)} = W^{(l)} a^{(l-1)} + b^{(l)}` follows what `z^{(l+1)}`, `z^{(L)}` and
 * `z^{(2)}` are. Only those are made that the text speaks of, and what lies
 * between them.
 */
import { type SymbolExpr, symbolsIn } from "../expression";
import type { Entity } from "../symbols/entity";
import { taggedKey } from "../symbols/key";
import { moved, numbered, type Position, relettered, reletteredSize } from "../symbols/positions";
import type { Draft } from "./draft";

export function declareInstances(draft: Draft): void {
  const written = draft.located.flatMap(({ assertion }) => assertion.sides.flatMap((side) => symbolsIn(side)));
  const general = generalsOf(draft);
  const ranges = rangesOf(written);
  // What a general statement says goes as far as the text does.
  const reached = [...general.values()].flat().flatMap(({ symbol }) => along(symbol, ranges));
  const open = [...written, ...reached];
  for (let symbol = open.shift(); symbol; symbol = open.shift()) {
    const made = instanceOf(draft, symbol, general, ranges);
    if (made?.definition) open.push(...symbolsIn(made.definition.expr));
  }
}

/**
 * Whether what a symbol stands for follows from what is said of another: δ^L,
 * or the vector δ, where the δ_j^l are derivatives. Of two that are, the first
 * says so.
 */
export function followsFromDerivative(draft: Draft, symbol: SymbolExpr, at: number): boolean {
  const all = namedDerivatives(draft);
  const own = all.findIndex(({ id }) => id === at);
  return all.some(({ symbol: other }, index) => {
    if (stemOf(other) !== stemOf(symbol) || (own >= 0 && own < index)) return false;
    const count = other.subscripts.length;
    const isSame = taggedKey(other) === taggedKey(symbol) && count === symbol.subscripts.length;
    return !isSame && (count === symbol.subscripts.length || (!symbol.subscripts.length && draft.table.isFamily(other)));
  });
}

interface Named {
  readonly symbol: SymbolExpr;
  /** The assertion that says so. */
  readonly id: number;
}

const derivatives = new WeakMap<Draft, readonly Named[]>();

/** The letters that the document sets equal to derivatives, those of the words first. */
function namedDerivatives(draft: Draft): readonly Named[] {
  let found = derivatives.get(draft);
  if (!found) {
    const all = draft.located.flatMap(({ assertion: { sides: [left, right] }, id, inline }) => (left?.kind === "symbol" && right?.kind === "derivative" ? [{ symbol: left, id, inline }] : []));
    derivatives.set(draft, (found = [...all.filter(({ inline }) => inline), ...all.filter(({ inline }) => !inline)]));
  }
  return found;
}

function stemOf(symbol: SymbolExpr): string {
  return numbered(symbol)?.stem ?? taggedKey(symbol);
}

/** What is said of symbols with a letter above them, by what they have in common with others. */
function generalsOf(draft: Draft): ReadonlyMap<string, readonly Entity[]> {
  const found = new Map<string, Entity[]>();
  for (const entity of draft.table.all) {
    const own = numbered(entity.symbol);
    if (own?.position.letter) found.set(own.stem, [...(found.get(own.stem) ?? []), entity]);
  }
  return found;
}

/** How far up and down from each letter the text goes. */
function rangesOf(written: readonly SymbolExpr[]): ReadonlyMap<string, readonly [number, number]> {
  const found = new Map<string, [number, number]>();
  for (const symbol of written) {
    const { letter, shift } = numbered(symbol)?.position ?? {};
    if (letter === undefined || shift === undefined) continue;
    const [low, high] = found.get(letter) ?? [shift, shift];
    found.set(letter, [Math.min(low, shift), Math.max(high, shift)]);
  }
  return found;
}

function along(symbol: SymbolExpr, ranges: ReadonlyMap<string, readonly [number, number]>): SymbolExpr[] {
  const { letter = "" } = numbered(symbol)?.position ?? {};
  const [low, high] = ranges.get(letter) ?? [0, -1];
  return Array.from({ length: high - low + 1 }, (_, i) => moved(symbol, low + i));
}

/** The entity of one more layer, made or completed from the general one; null where there is nothing to add. */
function instanceOf(draft: Draft, symbol: SymbolExpr, general: ReadonlyMap<string, readonly Entity[]>, ranges: ReadonlyMap<string, readonly [number, number]>): Entity | null {
  const own = numbered(symbol);
  const [low, high] = (own && ranges.get(own.position.letter)) ?? [0, -1];
  if (!own || own.position.shift < low || own.position.shift > high) return null;
  // A letter without subscripts may stand for all members of a family.
  const alike = (general.get(own.stem) ?? []).filter(({ arity }) => !arity || !symbol.subscripts.length || arity === symbol.subscripts.length);
  return alike.reduce<Entity | null>((made, from) => completed(draft, from, own.position) ?? made, null);
}

function completed(draft: Draft, from: Entity, to: Position): Entity | null {
  const { letter, shift } = (numbered(from.symbol) as { position: Position }).position;
  const at: Position = { letter: to.letter, shift: to.shift - shift };
  if (at.letter === letter && at.shift === 0) return null;
  const entity = draft.table.declare(relettered(from.symbol, letter, at), from);
  const news = (entity.definition === null && from.definition !== null) || (entity.shape === null && from.shape !== null) || [...from.properties].some((property) => !entity.properties.has(property));
  if (!news) return null;
  if (entity.definition === null && from.definition) entity.definition = { ...relettered(from.definition, letter, at), instance: true };
  if (entity.shape === null && from.shape) {
    const sizes = new Map<string, string>();
    entity.shape = from.shape.map((dim) => (dim.startsWith("?") ? (sizes.get(dim) ?? sizes.set(dim, draft.table.sizes.unknown() + (dim.endsWith("v") ? "v" : "")).get(dim) as string) : reletteredSize(dim, letter, at)));
    entity.shapeFrom = from.shapeFrom;
    for (const dim of entity.shape) draft.table.sizeNames.add(dim);
  }
  for (const property of from.properties) entity.properties.add(property);
  entity.orientation ??= from.orientation;
  entity.isFunction ||= from.isFunction;
  entity.elementwise ||= from.elementwise;
  entity.rowwise ||= from.rowwise;
  entity.columnwise ||= from.columnwise;
  entity.named ??= from.named;
  entity.domain ??= from.domain;
  return entity;
}
