/** The letters below symbols that no sum of a claim binds: they run over their whole range, the same on both sides. */
import { definitionsBehind } from "./alternatives";
import { placesIn } from "../readings/applications";
import { minimiserOf } from "./extremes";
import { inBold, memberKind } from "../readings/guess";
import type { Lowering } from "../readings/lower";
import { type Binding } from "../readings/lower";
import { choosesMembers, chosenIn, isBound, isCompared, isMemberName, runsIn } from "../readings/running";
import { childrenOf, type Expr, occurs, type Subscript, type SymbolExpr, symbolsIn } from "../semantics/expression";
import { letterOfLabel } from "../semantics/class-labels";
import { fullKey, shapeAnnotation, taggedKey } from "../semantics/symbols/key";
import { isIndexLetter } from "../semantics/symbols/table";
import type { Entity } from "../semantics/symbols/entity";
import type { Claim } from "./claim";

/** Letters that have the same indices wherever they have any. */
export function indexedIn(sides: readonly Expr[]): Map<string, SymbolExpr> {
  const found = new Map<string, SymbolExpr | null>();
  for (const symbol of sides.flatMap((side) => (occurs("index", side) ? symbolsIn(side, false) : []))) {
    if (!symbol.subscripts.length) continue;
    const known = found.get(taggedKey(symbol));
    found.set(taggedKey(symbol), known === undefined || (known && fullKey(known) === fullKey(symbol)) ? symbol : null);
  }
  return new Map([...found].filter((entry): entry is [string, SymbolExpr] => entry[1] !== null));
}

/** Two sides of a claim, or what is looked at by itself. */
type Sides = Pick<Claim, "left" | "right"> & Partial<Pick<Claim, "located">>;

interface Letter {
  /** It stands for one number. */
  readonly value: boolean;
  /** It stands by itself below something. */
  readonly plain: boolean;
}

/** Letters in subscripts that no sum binds: they run over their whole range, the same on both sides. */
export function freeBindings(lowering: Lowering, claim: Sides): [string, Binding][] {
  const letters = new Map<string, Letter>();
  const sides = [claim.left, claim.right];
  const dots = sides.some(hasDots);
  const seen = new Set<number>();
  // `P = E[x_t x_t^\top]` leaves out its index: it is that of the claims about P.
  const visitDefinition = (symbol: SymbolExpr): void => {
    const entity = symbol.subscripts.length ? undefined : lowering.resolve(symbol)?.entity;
    if (!entity?.definition || entity.definition.kind !== "value" || !lowering.usable(entity) || seen.has(entity.id)) return;
    seen.add(entity.id);
    visit(entity.definition.expr, new Set());
  };
  const compared: { sides: readonly Expr[]; bound: ReadonlySet<string> }[] = [];
  const visit = (expr: Expr, bound: ReadonlySet<string>): void => {
    if (expr.kind === "indicator") compared.push({ sides: expr.condition.sides, bound });
    if (expr.kind === "apply") for (const place of placesIn(lowering, expr)) if (place.expr.kind === "symbol") noteLetters(lowering, place, [], bound, letters, dots);
    if (!lowering.chance && !occurs("index", expr) && !occurs("apply", expr)) return;
    if (expr.kind === "symbol" && lowering.chance) visitDefinition(expr);
    if (expr.kind === "symbol") noteSubscripts(lowering, expr, expr.subscripts, bound, letters, dots);
    if (expr.kind === "apply") noteSubscripts(lowering, expr.fn, expr.fn.subscripts, bound, letters, dots);
    if (expr.kind === "entry") for (const index of expr.indices) noteLetters(lowering, index, expr.indices, bound, letters, dots);
    if (expr.kind === "big") {
      const inner = new Set([...bound, ...expr.indices.map((index) => taggedKey(index.symbol))]);
      for (const index of expr.indices) for (const side of [index.from, index.to]) if (side) visit(side, bound);
      visit(expr.body, inner);
      return;
    }
    for (const child of childrenOf(expr)) visit(child, bound);
  };
  for (const side of sides) visit(side, new Set());
  for (const [letter, how] of lettersElsewhere(lowering, claim)) if (!how.value && !letters.has(letter) && sides.some((side) => isBoundBy(side, letter))) letters.set(letter, how);
  // In `\mathbb{1}[k = y]` y is a place as k is, and in `\mathbb{1}[k = i]` both are, as in `\delta_{ki}`.
  for (const { sides: pair, bound } of compared) {
    const isPlace = (letter: Expr): boolean => letter.kind === "symbol" && [bound, letters].some((known) => known.has(taggedKey(letter)));
    const isIndex = (letter: Expr): boolean => letter.kind === "symbol" && !letter.subscripts.length && isIndexLetter({ ...letter, expr: letter, text: letter.name });
    if (pair.length === 2 && (pair.some(isPlace) || pair.every(isIndex))) for (const letter of pair) if (letter.kind === "symbol" && !letter.subscripts.length) noteLetters(lowering, { ...letter, expr: letter, text: letter.name }, [], bound, letters, dots);
  }
  for (const letter of chosenBy(lowering, sides)) if (!letters.has(letter) && !lowering.binding(letter)) letters.set(letter, { value: false, plain: true });
  // Below a symbol by itself and in a bound, `h_t = \\sum_{k=1}^t x_k`, t runs, and so it does in `h_{t-1}`.
  const runs = (letter: string, { plain }: Letter): boolean => plain && [...sides, ...definitionsOf(lowering, sides)].some((side) => isBoundBy(side, letter));
  return [...letters].map(([letter, how]) => lowering.bindFree(letter, how.value && !runs(letter, how)));
}

/** The letters that the definitions behind some sides leave open and that choose a member: c of `L = -\log p_c`, of which ∂L/∂f_k says nothing. */
function chosenBy({ model, place }: Lowering, sides: readonly Expr[]): ReadonlySet<string> {
  if (!choosesMembers(model)) return new Set();
  return new Set(definitionsBehind(model, sides, place).flatMap(({ expr }) => chosenIn(model, expr)).map(({ name }) => letterOfLabel(name) ?? name));
}

/** The formulas for the members that sides speak of. */
function definitionsOf(lowering: Lowering, sides: readonly Expr[]): Expr[] {
  return sides.flatMap((side) => symbolsIn(side, false)).flatMap((symbol) => {
    const definition = symbol.subscripts.length === 1 ? lowering.resolve(symbol)?.entity.definition : null;
    return definition?.kind === "family" ? [definition.expr] : [];
  });
}

/** Letters below symbols in the other sides of a chain: they run in the bounds and exponents of this claim as well. */
function lettersElsewhere(lowering: Lowering, { located, left, right }: Sides): ReadonlyMap<string, Letter> {
  const found = new Map<string, Letter>();
  for (const side of located?.assertion.sides ?? []) {
    if (side === left || side === right || !occurs("index", side)) continue;
    for (const symbol of symbolsIn(side, false)) noteSubscripts(lowering, symbol, symbol.subscripts, new Set(), found, false);
  }
  return found;
}

/** Whether a letter stands in a bound or an exponent, where no operator binds it. */
function isBoundBy(expr: Expr, letter: string): boolean {
  const has = (part: Expr | null): boolean => part !== null && symbolsIn(part).some((symbol) => taggedKey(symbol) === letter);
  if (expr.kind === "big" && expr.indices.some(({ symbol }) => taggedKey(symbol) === letter)) return false;
  if (expr.kind === "big" && expr.indices.some(({ from, to }) => has(from) || has(to))) return true;
  return (expr.kind === "power" && has(expr.exponent)) || childrenOf(expr).some((child) => isBoundBy(child, letter));
}

function hasDots(expr: Expr): boolean {
  if (!occurs("dots", expr) && !occurs("matrix", expr)) return false;
  if (expr.kind === "dots") return true;
  if (expr.kind === "matrix" && expr.rows.some((row) => row.some((cell) => cell.dots))) return true;
  return childrenOf(expr).some(hasDots);
}

const alwaysIndexed = new Set(["delta", "E", "e", "J"]);

function noteSubscripts(lowering: Lowering, symbol: SymbolExpr, subscripts: readonly Subscript[], bound: ReadonlySet<string>, letters: Map<string, Letter>, dots: boolean): void {
  if (!subscripts.length || shapeAnnotation(symbol)) return;
  const resolved = lowering.resolve(symbol);
  const standard = alwaysIndexed.has(symbol.name) && subscripts.every((subscript) => isIndexLetter(subscript) || subscript.expr.kind === "number");
  if (resolved && !resolved.indices.length && !resolved.family) return;
  if (!resolved && !standard) return noteUnknown(lowering, symbol, subscripts, bound, letters, dots);
  for (const subscript of subscripts) noteLetters(lowering, subscript, subscripts, bound, letters, dots);
}

/** A symbol that is nowhere declared: its letters are indices where they run elsewhere in the claim, a sum of the text runs over its members, or it is a vector by how it is written elsewhere. */
function noteUnknown(lowering: Lowering, symbol: SymbolExpr, subscripts: readonly Subscript[], bound: ReadonlySet<string>, letters: Map<string, Letter>, dots: boolean): void {
  const isSummed = runsIn(lowering.model, symbol) && subscripts.every((subscript) => isIndexLetter(subscript) || isBound(lowering.model, subscript.text) || isCompared(lowering.model, subscript.text));
  const running = subscripts.filter((subscript) => subscript.expr.kind === "symbol" && (isSummed || bound.has(taggedKey(subscript.expr)) || letters.has(taggedKey(subscript.expr))));
  const isEntry = subscripts.length === 1 && /^[i-np-s]$/.test(subscripts[0]?.text ?? "") && memberKind(inBold(symbol, lowering.model), lowering.model) === "entry";
  if (!running.length && !isEntry && !(subscripts.length === 2 && subscripts.every(isIndexLetter))) return;
  for (const subscript of subscripts) noteLetters(lowering, subscript, subscripts, bound, letters, dots);
}

function noteLetters(lowering: Lowering, subscript: Subscript, siblings: readonly Subscript[], bound: ReadonlySet<string>, letters: Map<string, Letter>, dots: boolean): void {
  for (const symbol of symbolsIn(subscript.expr)) {
    // `y_i` is wherever i is.
    const key = letterOfLabel(symbol.name) ?? taggedKey(symbol);
    if (bound.has(key) || symbol.subscripts.length || lowering.binding(key) || isMemberName(lowering, subscript)) continue;
    const entity = lowering.resolve(symbol)?.entity;
    if (entity && isReal(entity)) continue;
    const definition = entity?.definition;
    if (definition?.kind === "argmin" && !minimiserOf(definition.expr)) lowering.fail("unsupported", `${symbol.name} is where something is largest or smallest`, symbol);
    const isSize = lowering.model.table.sizeNames.has(key);
    const besideNumber = siblings.some((other) => other.expr.kind === "number");
    // `h_T` is the last of h_1, …, h_T.
    const last = /^[A-Z]$/.test(symbol.name);
    const alone = subscript.expr.kind !== "sum";
    const value = isSize && (last || besideNumber || dots || !alone);
    const known = letters.get(key);
    letters.set(key, { value: value || known?.value === true, plain: (alone && !value) || known?.plain === true });
  }
}

/** Whether the text says of a letter below others where it lies among all numbers: α of `f_\alpha`, no index. */
function isReal({ symbol, shape, properties, isSize }: Entity): boolean {
  // Steps t > 0 are counted.
  const isCounted = /^[i-tA-Z]$/.test(symbol.name) || properties.has("integer") || properties.has("positiveInteger");
  return !isSize && shape?.length === 0 && (properties.has("unitInterval") || (properties.has("positive") && !isCounted));
}
