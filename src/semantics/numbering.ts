/**
 * How a document numbers its symbols, beside the usual way: layers and steps
 * above letters, with parentheses (`W^{(l)}`) or without (`W^l`), which are no
 * powers; samples and steps above letters that sums run over (`x^{(i)}`), which
 * are indices like those below; and layers below letters (`W_l a_{l-1}`), which
 * are arrays of different sizes, and no members of one array.
 */
import { type Assertion, childrenOf, derivativesIn, type Expr, type SymbolExpr, symbolsIn } from "./expression";
import type { Model } from "./model";
import { baseKey, fullKey, weight } from "./symbols/key";
import { numbered, type Position, positionOf } from "./symbols/positions";

/** Letters by what stands above or below them; each as `keyOf` spells it. */
export interface Numbering {
  /** What stands above them is no power. */
  readonly above: ReadonlySet<string>;
  /** What stands above them is an index. */
  readonly running: ReadonlySet<string>;
  /** What stands below them tells arrays of different sizes apart. */
  readonly layers: ReadonlySet<string>;
}

export const plainNumbering: Numbering = { above: new Set(), running: new Set(), layers: new Set() };

export function keyOf(symbol: SymbolExpr): string {
  return `${weight(symbol.font)} ${baseKey(symbol)}`;
}

/**
 * Superscripts number where the document differentiates by such a symbol, says
 * of which set it is, or equates it with something made of others; and only
 * above letters that mean nothing without them: A^k of a declared A is a power.
 */
export function numbersAbove(model: Model): Numbering {
  const own = meaningfulAlone(model);
  const others = new Set([...namedBesideVectors(model), ...totalled(model)]);
  const isOpen = (expr: Expr): expr is Power => isNumberedPower(expr) && (!own.has(keyOf(expr.base)) || others.has(`${keyOf(expr.base)} ${letterOf(expr)}`));
  const above = model.located.flatMap(({ assertion }) => assertion.sides.flatMap(powersIn)).filter(isOpen);
  if (!above.length) return plainNumbering;
  const told: Power[] = [];
  for (const { sides, links } of relationsOf(model)) {
    const all = sides.flatMap(powersIn).filter(isOpen);
    for (const [index, side] of sides.entries()) {
      const made = isOpen(side) && links[index]?.operator === "=" && all.some((other) => isAnother(side, other));
      if (isOpen(side) && (made || links[index]?.operator === "\\in")) told.push(side);
      told.push(...sumsIn([side]).flatMap(({ body }) => powersIn(body)).filter(isOpen).filter((one) => others.has(`${keyOf(one.base)} ${letterOf(one)}`)));
      told.push(...derivativesIn(side).flatMap(({ wrt }) => wrt.flatMap(powersIn)).filter(isOpen));
    }
  }
  const ones = above.filter(isFirst);
  const letters = new Set(told.map(letterOf).filter((letter) => letter !== "" || ones.length > 0));
  const lettered = above.filter((one) => letters.has(letterOf(one)) && letterOf(one) !== "");
  return { ...plainNumbering, above: new Set([...lettered, ...(letters.has("") ? ones : [])].map(({ base }) => keyOf(base))) };
}

/** `r^h \in \mathbb{R}^k` beside a vector r, which has no powers. */
function namedBesideVectors(model: Model): ReadonlySet<string> {
  const vectors = new Set(model.table.all.flatMap(({ symbol, shape, shapeFrom }) => (shapeFrom === "declared" && shape?.length === 2 && shape.filter((dim) => dim === "1").length === 1 ? [keyOf(symbol)] : [])));
  const members = relationsOf(model).flatMap(({ sides, links }) => sides.filter((_, at) => links[at]?.operator === "\\in").flatMap((side) => (side.kind === "tuple" ? side.items : [side])));
  return new Set(members.filter(isNumberedPower).flatMap((one) => (letterOf(one) !== "" && vectors.has(keyOf(one.base)) ? [`${keyOf(one.base)} ${letterOf(one)}`] : [])));
}

/** `E = \\sum_q E^q`: a total and its parts. */
function totalled(model: Model): ReadonlySet<string> {
  return new Set(
    relationsOf(model).flatMap(({ sides: [left, ...right], links }) => {
      if (left?.kind !== "symbol" || left.subscripts.length || links[0]?.operator !== "=") return [];
      return sumsIn(right.slice(0, 1)).flatMap(({ indices, body }) => powersIn(body).filter(isNumberedPower).filter((one) => keyOf(one.base) === keyOf(left) && position(one).shift === 0 && indices.some(({ symbol }) => symbol.name === letterOf(one))).map((one) => `${keyOf(left)} ${letterOf(one)}`));
    }),
  );
}

/** Numbers above that sums run over, and numbers below that tell layers apart. */
export function numbersBesides(model: Model, { above }: Numbering): Numbering {
  const sides = model.located.flatMap(({ assertion }) => assertion.sides);
  const symbols = sides.flatMap((side) => symbolsIn(side, false));
  const bound = sumsIn(sides).flatMap(({ indices, body }) => indices.map(({ symbol }) => ({ letter: symbol.name, symbols: symbolsIn(body, false) })));
  const layered = new Set(relationsOf(model).flatMap(({ sides: [left, ...right] }) => (left ? right.flatMap((side) => layersIn(left, side)) : [])));
  const sized = new Set(model.table.all.flatMap(({ shape }) => (shape ?? []).flatMap((dim) => [...dim.matchAll(/[_^][{([]*([A-Za-z]+)/g)].map(([, letter]) => letter))));
  const runs = bound.filter(({ letter, symbols: within }) => !layered.has(letter) && !sized.has(letter) && within.some((symbol) => numbered(symbol)?.position.letter === letter));
  const summed = new Set(bound.filter(({ letter, symbols: within }) => within.some((symbol) => numberBelow(symbol)?.letter === letter)).map(({ letter }) => letter));
  const running = new Set(runs.map(({ letter }) => letter));
  const isLayer = (letter: string | undefined): boolean => letter !== undefined && layered.has(letter) && !summed.has(letter);
  const listed = new Set(sides.flatMap(listedIn).filter(({ letter }) => !layered.has(letter) && !sized.has(letter)).map(({ key }) => key));
  const sizes = new Set(symbols.filter((symbol) => model.table.sizeNames.has(fullKey(symbol))).map(keyOf));
  return {
    above,
    running: new Set([...symbols.filter((symbol) => running.has(numbered(symbol)?.position.letter ?? "")).map(keyOf), ...listed]),
    layers: new Set(symbols.filter((symbol) => isLayer(numberBelow(symbol)?.letter)).map(keyOf).filter((key) => !sizes.has(key))),
  };
}

export function isPlain({ above, running, layers }: Numbering): boolean {
  return !above.size && !running.size && !layers.size;
}

type Power = Expr & { readonly kind: "power"; readonly base: SymbolExpr };

/** `W^l`, which may be a power or the W of layer l; `e^t` is the exponential. */
export function isNumberedPower(expr: Expr): expr is Power {
  return expr.kind === "power" && !expr.elementwise && expr.base.kind === "symbol" && (expr.base.name !== "e" || expr.base.subscripts.length > 0) && !expr.base.tags.length && positionOf(expr.exponent) !== null;
}

function relationsOf(model: Model): readonly Assertion[] {
  return model.located.map(({ assertion }) => assertion).filter(({ links }) => links.length);
}

/** Letters that the document declares, defines or calculates with by themselves. */
export function meaningfulAlone(model: Model): ReadonlySet<string> {
  const declared = model.table.all.filter(({ symbol, shapeFrom, definition, isFunction }) => !symbol.tags.length && !symbol.subscripts.length && !isFunction && (shapeFrom === "declared" || (definition && definition.expr.kind !== "root")));
  return new Set([...declared.map(({ symbol }) => symbol), ...relationsOf(model).flatMap(({ sides }) => sides.flatMap(alone))].map(keyOf));
}

/** Symbols without a superscript; what ∂ and ∇ are of and by and functions are of may be short for all of them. */
function alone(expr: Expr): SymbolExpr[] {
  // W_{\text{out}} and w_5 are other letters than W and w.
  if (expr.kind === "symbol") return expr.tags.length || expr.subscripts.some(({ expr: one }) => one.kind === "number" || (one.kind === "symbol" && one.font === "mathrm")) ? [] : [expr];
  if (isNumberedPower(expr)) return [];
  if (expr.kind === "derivative") return expr.of.kind === "symbol" ? [] : alone(expr.of);
  if (expr.kind === "apply" && expr.args.length > 1) return [];
  return childrenOf(expr).flatMap(alone);
}

function powersIn(expr: Expr): Expr[] {
  return [...(expr.kind === "power" ? [expr] : []), ...childrenOf(expr).flatMap(powersIn)];
}

function sumsIn(sides: readonly Expr[]): (Expr & { kind: "big" })[] {
  return sides.flatMap((side) => [...(side.kind === "big" ? [side] : []), ...sumsIn(childrenOf(side))]);
}

function position({ exponent }: Power): Position {
  return positionOf(exponent) as Position;
}

function letterOf(one: Power): string {
  return position(one).letter;
}

/** y of the column `y^{(1)}, \dots, y^{(m)}`, and m. */
function listedIn(expr: Expr): { key: string; letter: string }[] {
  const inner = childrenOf(expr).flatMap(listedIn);
  const cells = expr.kind === "matrix" && expr.rows.every(({ length }) => length === 1) ? expr.rows.flat() : [];
  if (!cells.some(({ dots }) => dots) || derivativesIn(expr).length) return inner;
  const [first = [], last = []] = [cells[0], cells[cells.length - 1]].map((cell) => (cell?.expr ? symbolsIn(cell.expr, false) : []));
  const isFrom = (symbol: SymbolExpr, { letter, shift }: Position): boolean => first.some((other) => keyOf(other) === keyOf(symbol) && numbered(other)?.position.letter === "" && letter !== "" && shift === 0);
  return [...inner, ...last.flatMap((symbol) => [numbered(symbol)?.position].flatMap((at) => (at && isFrom(symbol, at) ? [{ key: keyOf(symbol), letter: at.letter }] : [])))];
}

/** Another symbol with the same letter above it, or another of the same. */
function isAnother(one: Power, other: Power): boolean {
  return letterOf(one) === letterOf(other) && (keyOf(one.base) !== keyOf(other.base) || position(one).shift !== position(other).shift);
}

/** `W^1` is no power. */
function isFirst(one: Power): boolean {
  return letterOf(one) === "" && position(one).shift === 1;
}

function numberBelow({ subscripts, tags }: SymbolExpr): Position | null {
  const [only] = subscripts;
  return only && subscripts.length === 1 && !tags.length ? positionOf(only.expr) : null;
}

/** The letters of layers in `z_l = W_l a_{l-1} + b_l`, `x^{(k+1)} = \sigma(W^{(k)} x^{(k)})`: a matrix times a vector, at two numbers in all. */
function layersIn(left: Expr, expr: Expr): string[] {
  const below = childrenOf(expr).flatMap((child) => layersIn(left, child));
  if (expr.kind !== "product" || left.kind !== "symbol") return below;
  const own = expr.factors.flatMap((factor, i): string[] => {
    const next = expr.factors[i + 1];
    const at = [left, factor, next].map((one) => (one?.kind === "symbol" ? (numbered(one)?.position ?? numberBelow(one)) : null));
    const letter = at[0]?.letter;
    const isMatrix = factor.kind === "symbol" && (/^[A-Z]$/.test(factor.name) || factor.subscripts.length === 2);
    return letter && isMatrix && expr.operators[i] === "" && at.every((one) => one?.letter === letter) && new Set(at.map((one) => one?.shift)).size > 1 ? [letter] : [];
  });
  return [...own, ...below];
}
