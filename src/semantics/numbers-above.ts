/**
 * Whether superscripts without parentheses number what they stand above, as in
 * `z^l = W^l a^{l-1} + b^l`, or are powers. They number where the document
 * differentiates by such a symbol, says of which set it is, or equates it with
 * something made of others; and only above letters that mean nothing without
 * them: A^k of a declared A is a power.
 */
import { type Assertion, childrenOf, derivativesIn, type Expr, type SymbolExpr } from "./expression";
import type { Model } from "./model";
import { baseKey, weight } from "./symbols/key";
import { type Position, positionOf } from "./symbols/positions";

type Numbered = Expr & { readonly kind: "power"; readonly base: SymbolExpr };

/** The letters that have numbers above them; each as `keyOf` spells it. */
export function numbersAbove(model: Model): ReadonlySet<string> {
  const own = meaningfulAlone(model);
  const isOpen = (expr: Expr): expr is Numbered => isNumbered(expr) && !own.has(keyOf(expr.base));
  const above = model.located.flatMap(({ assertion }) => assertion.sides.flatMap(powersIn)).filter(isOpen);
  if (!above.length) return new Set();
  const told: Numbered[] = [];
  for (const { sides, links } of relationsOf(model)) {
    const all = sides.flatMap(powersIn).filter(isOpen);
    for (const [index, side] of sides.entries()) {
      const made = isOpen(side) && links[index]?.operator === "=" && all.some((other) => isAnother(side, other));
      if (isOpen(side) && (made || links[index]?.operator === "\\in")) told.push(side);
      told.push(...derivativesIn(side).flatMap(({ wrt }) => wrt.flatMap(powersIn)).filter(isOpen));
    }
  }
  const ones = above.filter(isFirst);
  const letters = new Set(told.map((one) => letterOf(one)).filter((letter) => letter !== "" || ones.length > 0));
  const running = above.filter((one) => letters.has(letterOf(one)) && letterOf(one) !== "");
  return new Set([...running, ...(letters.has("") ? ones : [])].map(({ base }) => keyOf(base)));
}

export function keyOf(symbol: SymbolExpr): string {
  return `${weight(symbol.font)} ${baseKey(symbol)}`;
}

function isNumbered(expr: Expr): expr is Numbered {
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

/** Symbols without a superscript; what ∂ and ∇ are by and functions are of may be short for all of them. */
function alone(expr: Expr): SymbolExpr[] {
  if (expr.kind === "symbol") return expr.tags.length ? [] : [expr];
  if (isNumbered(expr)) return [];
  if (expr.kind === "derivative") return alone(expr.of);
  if (expr.kind === "apply" && expr.args.length > 1) return [];
  return childrenOf(expr).flatMap(alone);
}

function powersIn(expr: Expr): Expr[] {
  return [...(expr.kind === "power" ? [expr] : []), ...childrenOf(expr).flatMap(powersIn)];
}

function position({ exponent }: Numbered): Position {
  return positionOf(exponent) as Position;
}

function letterOf(one: Numbered): string {
  return position(one).letter;
}

/** Another symbol with the same letter above it, or another of the same. */
function isAnother(one: Numbered, other: Numbered): boolean {
  return letterOf(one) === letterOf(other) && (keyOf(one.base) !== keyOf(other.base) || position(one).shift !== position(other).shift);
}

/** `W^1` is no power. */
function isFirst(one: Numbered): boolean {
  return letterOf(one) === "" && position(one).shift === 1;
}

