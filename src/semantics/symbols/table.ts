/**
 * The symbols of a document by name and place. A symbol means what its last
 * declaration in the same section says, else the last one before, else the next
 * one after; letters with indices resolve to entries of arrays or to families.
 */
import { letterOfLabel } from "../class-labels";
import { childrenOf, type Subscript, type SymbolExpr, symbolsIn } from "../expression";
import type { Entity } from "./entity";
import { familyKey, fullKey, otherCase, shapeAnnotation, taggedKey, weight, withoutSubscripts } from "./key";
import { stepKey } from "./labels";
import { SizeClasses } from "./sizes";

export interface Place {
  readonly position: number;
  readonly section: number;
}

export interface Resolved {
  readonly entity: Entity;
  /** Subscripts that select entries of it. */
  readonly indices: readonly Subscript[];
  /** The letters of a family that these subscripts stand for. */
  readonly family: boolean;
}

/** No text is longer. */
const mostPositions = 2 ** 31;

const indexLetters = new Set(["i", "j", "k", "l", "m", "n", "p", "q", "r", "s", "t", "u", "v", "a", "b", "c", "d", "ell", "alpha", "beta", "mu", "nu"]);

export function isIndexLetter(subscript: Subscript): boolean {
  return subscript.expr.kind === "symbol" && subscript.expr.subscripts.length === 0 && (indexLetters.has(subscript.expr.name) || letterOfLabel(subscript.expr.name) !== null) && subscript.expr.font !== "mathrm" && subscript.expr.font !== "text";
}

/** A sign or an upright word below a letter: `P_+`, `P_{\text{new}}`. */
function isName({ expr }: Subscript): boolean {
  if (expr.kind === "symbol") return /^(mathrm|text|textrm)$/.test(expr.font);
  return expr.kind === "opaque" || childrenOf(expr).some((child) => child.kind === "opaque");
}

export class SymbolTable {
  private readonly byKey = new Map<string, Entity[]>();
  private readonly extents = new Map<string, { readonly section: number; readonly size: string }[]>();
  readonly all: Entity[] = [];
  readonly sizes = new SizeClasses();
  /** Names used as sizes somewhere. */
  readonly sizeNames = new Set<string>();
  /** Symbols below which letters are names, not indices. */
  labelled: ReadonlySet<string> = new Set();
  /** Letters that big operators run over. */
  running: ReadonlySet<string> = new Set();
  /** Sections that are exercises or numbered items. */
  readonly exercises = new Set<number>();
  /** Letters that step below a symbol (`x_{t+1}`). */
  stepping: ReadonlySet<string> = new Set();
  /** Symbols, by their full keys, whose subscript is the name of an array. */
  readonly namedByArrays = new Set<string>();
  /** What written symbols mean, by place; only while nothing is declared any more. */
  private known: Map<SymbolExpr, Map<number, Resolved | null>> | null = null;

  /** The entity that a declaration at this place is about; made where there is none in the section. */
  declare(symbol: SymbolExpr, place: Place, fresh = false): Entity {
    this.known = null;
    const key = this.declarationKey(symbol);
    const arity = key.includes("_*") ? symbol.subscripts.length : 0;
    const known = (this.byKey.get(key) ?? []).filter((entity) => weight(entity.symbol.font) === weight(symbol.font));
    const here = known.filter((entity) => entity.section === place.section);
    const last = here[here.length - 1];
    if (last && !fresh) return last;
    const entity: Entity = {
      id: this.all.length,
      key,
      symbol: shapeAnnotation(symbol) ? withoutSubscripts(symbol) : symbol,
      position: place.position,
      section: place.section,
      shape: null,
      shapeFrom: null,
      origin: 1,
      orientation: null,
      listed: false,
      entries: new Set(),
      properties: new Set(),
      supposed: new Map(),
      definition: null,
      restated: [],
      named: null,
      elementwise: false,
      rowwise: false,
      columnwise: false,
      isFunction: false,
      domain: null,
      isSize: false,
      isLoss: false,
      parameters: [],
      arity,
      distribution: null,
      slices: null,
      spectrum: null,
      hasSpectrum: false,
      declaredAt: null,
      toldAgain: new Set(),
    };
    this.all.push(entity);
    this.byKey.set(key, [...(this.byKey.get(key) ?? []), entity]);
    return entity;
  }

  /** What is written so is an entry of something else. */
  withdraw(entity: Entity): void {
    this.byKey.set(entity.key, this.withKey(entity.key).filter((other) => other !== entity));
  }

  /** All is declared; to be called again where a shape became known. */
  settle(): void {
    this.known = new Map();
  }

  /** What a written symbol means at a place. */
  resolve(symbol: SymbolExpr, place: Place): Resolved | null {
    if (!this.known) return this.lookUp(symbol, place);
    let places = this.known.get(symbol);
    if (!places) this.known.set(symbol, (places = new Map()));
    const key = place.section * mostPositions + place.position;
    let resolved = places.get(key);
    if (resolved === undefined) places.set(key, (resolved = this.lookUp(symbol, place)));
    return resolved;
  }

  private lookUp(symbol: SymbolExpr, place: Place): Resolved | null {
    if (!symbol.subscripts.length || shapeAnnotation(symbol)) {
      const entity = this.find(taggedKey(symbol), symbol, place);
      return entity ? { entity, indices: [], family: false } : null;
    }
    const exact = this.find(fullKey(symbol), symbol, place);
    if (exact) return { entity: exact, indices: [], family: false };
    if (this.isLabelled(symbol) || symbol.subscripts.some(isName)) return null;
    const indexed = symbol.subscripts;
    const whole = this.find(taggedKey(symbol), symbol, place);
    const family = this.find(familyKey(symbol), symbol, place);
    const shown = family ? null : this.shownBy(symbol, whole);
    if (shown) return { entity: shown, indices: indexed, family: false };
    // x^{(i)} is one of several x, and no entry of x.
    if (indexed[0]?.above !== undefined && !family) return null;
    const capital = otherCase(symbol);
    // "X is a column vector, so that each x_i is a number"
    const gathering = [whole, family && !whole && capital ? this.find(taggedKey(capital), capital, place) : null].find((vector) => family && vector && areEntries(family, vector));
    if (gathering) return { entity: gathering, indices: indexed, family: false };
    if (family && whole && this.isBesideSteps(symbol, whole, family)) return { entity: whole, indices: indexed, family: false };
    // What this section sets p equal to has entries p_k, whatever the members p_u of another are.
    const isOwn = whole !== null && whole.section === place.section && whole.shape === null && whole.definition?.kind === "value";
    const slices = indexed.length === 1 && !indexed[0]?.above && whole && (isVectorOrScalar(whole) || isOwn) && !family?.slices ? null : family;
    if (family && (family.section === place.section || !whole || slices === family)) return { entity: family, indices: indexed, family: true };
    if (whole && !family && isNumberedKind(whole, indexed)) return null;
    if (whole && !whole.isFunction && canIndex(whole, indexed.length)) return { entity: whole, indices: indexed, family: false };
    const layer = family ? null : this.layerOf(symbol, place);
    if (layer) return { entity: layer, indices: indexed.slice(1), family: false };
    const bold = whole && !family && weight(symbol.font) !== "b" ? this.find(taggedKey(symbol), { ...symbol, font: "mathbf" }, place) : null;
    if (bold && bold !== whole && !bold.isFunction && weight(bold.symbol.font) === "b" && bold.shape !== null && rankOf(bold) === indexed.length) return { entity: bold, indices: indexed, family: false };
    const other = otherCase(symbol);
    const cased = other ? this.find(taggedKey(other), other, place) : null;
    if (cased && !cased.isFunction && !cased.isSize && cased.shape !== null && indexed.length === rankOf(cased)) return { entity: cased, indices: indexed, family: false };
    if (family) return { entity: family, indices: indexed, family: true };
    return null;
  }

  /** The y that a display shows by `y^{(1)}` to `y^{(m)}`, or the `\vec y` that it shows by y_1 to y_m. */
  private shownBy(symbol: SymbolExpr, whole: Entity | null): Entity | null {
    const above = symbol.subscripts[0]?.above !== undefined;
    const array = whole && (above || weight(whole.symbol.font) !== weight(symbol.font)) ? whole : null;
    if (!array?.entries.has(above ? "above" : "below")) return null;
    return (array.shape === null ? 1 : rankOf(array)) === symbol.subscripts.length ? array : null;
  }

  /** The W_1 of which `W_{1,ij}` is an entry. */
  private layerOf(symbol: SymbolExpr, place: Place): Entity | null {
    const [first, ...rest] = symbol.subscripts;
    if (first?.expr.kind !== "number" || !rest.length || first.above !== undefined) return null;
    const layer = this.find(fullKey({ ...symbol, subscripts: [first] }), symbol, place);
    const isArray = layer !== null && (layer.shape === null ? layer.definition !== null : rankOf(layer) === rest.length);
    return isArray && !layer.isFunction && !layer.isSize ? layer : null;
  }

  /** `key`, a letter or what a family is called, runs up to `size` here. */
  noteExtent(key: string, size: string, { section }: Place): void {
    this.extents.set(key, [...(this.extents.get(key) ?? []), { section, size }]);
  }

  /** How far a letter runs, or how many members a family has, where the section or else the document says one thing. */
  extentOf(key: string, { section }: Place): string | null {
    const all = this.extents.get(key) ?? [];
    const here = all.filter((extent) => extent.section === section);
    const [first, ...others] = here.length ? here : all;
    return first && others.every(({ size }) => size === first.size) ? first.size : null;
  }

  /** The declaration of a key that holds at a place, the same weight of font first. */
  find(key: string, symbol: SymbolExpr, place: Place): Entity | null {
    const all = this.byKey.get(key);
    if (!all) return null;
    const same = all.filter((entity) => weight(entity.symbol.font) === weight(symbol.font));
    if (same.length) return nearest(same, place);
    // Another font is the same letter only where a single other one is declared.
    const fonts = new Set(all.map((entity) => weight(entity.symbol.font)));
    if (fonts.size !== 1) return null;
    const [font] = fonts;
    if (font === "bb" || font === "c" || weight(symbol.font) === "bb" || weight(symbol.font) === "c") return null;
    const found = nearest(all, place);
    // `x > 0` is said of a number, which a bold x is not.
    return font === "" && weight(symbol.font) === "b" && found?.shape?.length === 0 && found.definition === null ? null : found;
  }

  /** The family whose members a bare letter collects: p, where only p_i or p_{ij} is defined. */
  familyOf(symbol: SymbolExpr, place: Place): Entity | null {
    if (symbol.subscripts.length) return null;
    for (const arity of [1, 2]) {
      const entity = this.find(`${taggedKey(symbol)}_*${arity}`, symbol, place);
      if (entity?.definition?.kind === "family") return entity;
    }
    return null;
  }

  /** What a written symbol is about: the entity that it is, or that it has entries of, or the family that it collects. */
  entityOf(symbol: SymbolExpr, place: Place): Entity | null {
    return this.resolve(symbol, place)?.entity ?? this.familyOf(symbol, place);
  }

  /** Whether its subscript is part of its name. */
  isLabelled(symbol: SymbolExpr): boolean {
    const [only] = symbol.subscripts;
    return symbol.subscripts.length === 1 && only?.expr.kind === "symbol" && (this.labelled.has(taggedKey(symbol)) || this.namedByArrays.has(fullKey(symbol)));
  }

  /** Whether an `x_i` stands beside the iterates x_t of a vector x: its entry. */
  private isBesideSteps({ subscripts: [index, ...more] }: SymbolExpr, whole: Entity, { symbol: member }: Entity): boolean {
    if (!index || more.length || index.above !== undefined || !isIndexLetter(index) || whole.shapeFrom !== "declared" || whole.shape?.length !== 2 || whole.shape[1] !== "1") return false;
    const stepped = (letter: string): boolean => this.stepping.has(stepKey(member, letter));
    return !stepped(index.text) && symbolsIn(member.subscripts[0]?.expr ?? member, false).some(({ name }) => stepped(name));
  }

  /** Whether its subscripts are letters that run over the members of a family. */
  isFamily(symbol: SymbolExpr): boolean {
    return symbol.subscripts.length > 0 && !shapeAnnotation(symbol) && symbol.subscripts.every((subscript) => isIndexLetter(subscript) || this.running.has(subscript.text)) && !this.isLabelled(symbol);
  }

  /** The key that a declaration is kept under: letters as indices make a family (`x_*1`), other subscripts are part of the name. */
  private declarationKey(symbol: SymbolExpr): string {
    if (!symbol.subscripts.length || shapeAnnotation(symbol)) return taggedKey(symbol);
    return this.isFamily(symbol) ? familyKey(symbol) : fullKey(symbol);
  }

  /** Every declaration of a key. */
  withKey(key: string): readonly Entity[] {
    return this.byKey.get(key) ?? [];
  }
}

function nearest(entities: readonly Entity[], place: Place): Entity | null {
  const inOrder = [...entities].sort((a, b) => a.position - b.position);
  const before = inOrder.filter((entity) => entity.position <= place.position);
  const inSection = inOrder.filter((entity) => entity.section === place.section);
  const sameBefore = inSection.filter((entity) => entity.position <= place.position);
  // What a later section says holds from there on.
  return sameBefore[sameBefore.length - 1] ?? inSection[0] ?? before[before.length - 1] ?? null;
}

/** Numbers c_i of which the text says something, beside a vector c that it declares: its entries. */
export function areEntries(family: Entity, whole: Entity): boolean {
  return family.section === whole.section && family.definition === null && family.slices === null && family.shape?.length === 0 && whole.shapeFrom === "declared" && whole.definition === null && rankOf(whole) === family.arity;
}

function rankOf(entity: Entity): number {
  if (entity.shape === null) return 0;
  return entity.shape.filter((dim) => dim !== "1").length;
}

function isVectorOrScalar(entity: Entity): boolean {
  return entity.shape !== null && entity.shape.filter((dim) => dim !== "1").length <= 1;
}

/** `W_1`, `W_2` beside "each weight matrix W": matrices that are numbered, not rows of one whose sizes nobody gave. */
function isNumberedKind(entity: Entity, subscripts: readonly Subscript[]): boolean {
  return subscripts.length === 1 && subscripts[0]?.expr.kind === "number" && entity.definition === null && entity.slices === null && entity.shape?.length === 2 && entity.shape.every((dim) => dim.startsWith("?"));
}

/** `x = \sum_a N_a x_a`: the x_a are others than x, and no entries of it. */
function isMadeOfMembers({ definition, symbol }: Entity): boolean {
  return definition?.kind === "value" && symbolsIn(definition.expr, false).some((inner) => inner.subscripts.length > 0 && taggedKey(inner) === taggedKey(symbol));
}

/** Whether so many subscripts can select from it: none of what the text sets to a number. */
function canIndex(entity: Entity, count: number): boolean {
  if (entity.shape === null) return (entity.definition !== null && entity.definition.expr.kind !== "number" && !isMadeOfMembers(entity)) || entity.slices !== null;
  if (entity.shape.length === 0) return false;
  const rank = entity.shape.filter((dim) => dim !== "1").length;
  return count === rank || (count === 1 && rank === 2) || (count === 2 && rank === 0);
}
