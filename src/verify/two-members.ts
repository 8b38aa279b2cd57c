/**
 * Two members of one family in what a claim is about: `b_u + b_i` speaks of two
 * different ones, as the vertices of an edge or a user and a thing do, so that a
 * derivative by b_u leaves b_i alone.
 */
import { chosenIn, pairsOfMembers } from "../readings/running";
import { childrenOf, derivativesIn, type Expr, type SymbolExpr, symbolsIn } from "../semantics/expression";
import type { Model } from "../semantics/model";
import { freeLetters } from "../semantics/pair-sums";
import { fullKey, taggedKey } from "../semantics/symbols/key";
import type { Claim } from "./claim";

/** Pairs of letters, with a space between, that a reading may take for different; `definitions`: what the claim leads to. */
export function pairsOfClaim(claim: Claim, model: Model, definitions: readonly Expr[]): ReadonlySet<string> {
  const by = [claim.left, claim.right].flatMap(derivativesIn).flatMap(({ wrt }) => wrt.filter((one): one is SymbolExpr => one.kind === "symbol"));
  return new Set([...pairsOfMembers(model), ...by.flatMap((member) => definitions.flatMap((expr) => partnersIn(expr, member).map((other) => `${letterBelow(member)} ${other}`)))]);
}

/** Letters below what a claim differentiates by, each with what chooses a member behind it and is not spoken of: k with c where `L = -\\log p_c`, in a claim about ∂L/∂f_k alone. */
export function chosenPairs(claim: Claim, model: Model, definitions: readonly Expr[]): (readonly [SymbolExpr, SymbolExpr])[] {
  const letters = derivativesIn(claim.left).flatMap(({ wrt }) => wrt).flatMap((by) => (by.kind === "symbol" ? by.subscripts.flatMap(({ expr }) => (expr.kind === "symbol" ? [expr] : [])) : []));
  const spoken = new Set([claim.left, claim.right].flatMap((side) => symbolsIn(side)).map(({ name }) => name));
  const choices = definitions.flatMap((definition) => chosenIn(model, definition)).filter(({ name }) => !spoken.has(name));
  return letters.flatMap((letter) => choices.map((choice) => [letter, choice] as const));
}

/** The letters of the other members beside this one, where no sum binds them; a `\\delta_{ij}` beside them says that they may be the same. */
function partnersIn(expr: Expr, member: SymbolExpr): string[] {
  if (symbolsIn(expr, false).some(({ name, subscripts }) => name === "delta" && subscripts.length > 1)) return [];
  const free = freeLetters(expr);
  const members = symbolsIn(expr, false).filter((symbol) => taggedKey(symbol) === taggedKey(member) && free.has(letterBelow(symbol) ?? ""));
  const others = members.filter((symbol) => fullKey(symbol) !== fullKey(member));
  return others.length < members.length ? others.flatMap((symbol) => letterBelow(symbol) ?? []) : [];
}

/** Whether a claim differentiates by one of the w_j of `\sum_{j \neq y} (w_j - w_y)^\top x`: most often, one that is not w_y. */
export function differentiatesByOthers(claim: Claim, definitions: readonly Expr[]): boolean {
  const by = derivativesIn(claim.left).flatMap(({ wrt }) => wrt.filter((one): one is SymbolExpr => one.kind === "symbol" && letterBelow(one) !== null));
  const isApart = (member: SymbolExpr, expr: Expr): boolean => {
    const excluded = excludedIn(expr);
    return !excluded.includes(letterBelow(member) ?? "") && symbolsIn(expr, false).some((symbol) => taggedKey(symbol) === taggedKey(member) && excluded.includes(letterBelow(symbol) ?? ""));
  };
  return by.some((member) => definitions.some((expr) => isApart(member, expr)));
}

/** The letters that sums leave out. */
function excludedIn(expr: Expr): string[] {
  const own = expr.kind === "big" ? expr.conditions.flatMap((condition) => (condition.kind === "indicator" && condition.condition.links[0]?.operator === "\\neq" ? condition.condition.sides : [])) : [];
  const bound = expr.kind === "big" ? expr.indices.map(({ symbol }) => taggedKey(symbol)) : [];
  return [...own.flatMap((side) => (side.kind === "symbol" && !bound.includes(taggedKey(side)) ? [taggedKey(side)] : [])), ...childrenOf(expr).flatMap(excludedIn)];
}

function letterBelow({ subscripts: [only, ...more] }: SymbolExpr): string | null {
  return only?.expr.kind === "symbol" && !more.length ? taggedKey(only.expr) : null;
}
