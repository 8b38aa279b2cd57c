/**
 * What an equation in words determines: x of "where $A(t)x(t) = b(t)$ with
 * invertible $A$" is $A^{-1}b$, and moves as the two do.
 */
import { derivativesIn, type Expr, type SymbolExpr, symbolsIn } from "../expression";
import type { Located } from "../model";
import type { Entity } from "../symbols/entity";
import { taggedKey } from "../symbols/key";
import type { Place } from "../symbols/table";
import type { Draft } from "./draft";
import { giveShape } from "./shapes";

export function declareSolutions(draft: Draft): void {
  for (const located of draft.located) {
    const { sides, links } = located.assertion;
    const [left, right] = sides;
    if (located.inline && left && right && links.length === 1 && links[0]?.operator === "=") solve(draft, left, right, located);
  }
}

function solve(draft: Draft, left: Expr, right: Expr, located: Located): void {
  const [matrix, unknown, ...more] = left.kind === "product" ? left.factors : [];
  const [ofMatrix, x] = [matrix && letterOf(matrix), unknown && letterOf(unknown)];
  const whole = ofMatrix && draft.table.resolve(ofMatrix, located)?.entity;
  if (!ofMatrix || !x || !unknown || !whole?.shape || more.length || !isInvertible(whole)) return;
  const known = draft.table.resolve(x, located)?.entity;
  const moves = unknown.kind === "apply" || [known, whole].some((one) => one?.parameters.length) || isMade(draft, x, located);
  // The unknown of another section's equation is another one.
  if (!moves && !known?.definition) return;
  const entity = draft.table.declare(x, located);
  if (!moves || entity.definition || entity.isFunction || symbolsIn(right, false).some((symbol) => taggedKey(symbol) === taggedKey(x))) return;
  if (matrix?.kind === "apply" && !whole.parameters.length) whole.parameters = matrix.args as SymbolExpr[];
  declareRight(draft, right, whole, located);
  const { start, end } = located.assertion;
  const minusOne: Expr = { kind: "number", numerator: -1, denominator: 1, start, end };
  const expr: Expr = { kind: "product", factors: [{ kind: "power", base: ofMatrix, exponent: minusOne, elementwise: false, start, end }, letterOf(right) ?? right], operators: [""], start, end };
  entity.parameters = [];
  entity.definition = { expr, params: [], kind: "value", formula: located.formula, start, end, stated: true, assertion: located.id };
  draft.defining.set(located.id, entity);
}

/** Whether the section differentiates a letter, and nothing by it. */
export function isMade(draft: Draft, x: SymbolExpr, { section }: Place): boolean {
  const sides = draft.located.filter((one) => one.section === section).map(({ assertion }) => assertion.sides);
  const derivatives = sides.flat().flatMap(derivativesIn);
  const is = (expr: Expr): boolean => expr.kind === "symbol" && taggedKey(expr) === taggedKey(x);
  return (derivatives.some(({ of }) => is(of)) || sides.some(([first]) => first?.kind === "differential" && is(first.of))) && !derivatives.some(({ wrt }) => wrt.some(is));
}

/** `b(t)`, of which nothing else may be said: a vector that moves. */
function declareRight(draft: Draft, right: Expr, { shape }: Entity, located: Located): void {
  const letter = letterOf(right);
  if (!letter || letter.name === "0") return;
  const entity = draft.table.resolve(letter, located)?.entity ?? draft.table.declare(letter, located);
  if (entity.shape === null && !entity.definition) giveShape(draft, entity, [(shape as readonly string[])[0] as string, "1"], "declared");
  if (right.kind === "apply" && !entity.parameters.length) entity.parameters = right.args as SymbolExpr[];
}

function isInvertible({ properties }: Entity): boolean {
  return ["invertible", "positiveDefinite", "orthogonal"].some((property) => properties.has(property));
}

/** A or A(t). */
export function letterOf(expr: Expr): SymbolExpr | null {
  if (expr.kind === "symbol") return expr;
  return expr.kind === "apply" && !expr.primes && expr.args.every((arg) => arg.kind === "symbol") ? expr.fn : null;
}
