/** Which letters vary under d in a claim about differentials. */
import { differentialKey } from "../readings/differentials";
import type { Lowering } from "../readings/lower";
import { childrenOf, type Expr, occurs, type SymbolExpr, symbolsIn, wordOf } from "../semantics/expression";
import { taggedKey } from "../semantics/symbols/key";
import type { Claim } from "./claim";

/** What varies under d: what the claim says, else what its chain says, else all that can. */
export function varyingFor(lowering: Lowering, claim: Claim): readonly SymbolExpr[] {
  if (!speaksOfDifferentials(claim)) return [];
  const named = [claim.left, claim.right, ...claim.located.assertion.sides].flatMap(differentialsIn).flatMap(({ by }) => by ?? []);
  if (named.length) return unique(named);
  for (const sides of [[claim.left, claim.right], claim.located.assertion.sides]) {
    const placed = new Set(sides.flatMap(placedIn).map(taggedKey));
    const written = varyingIn(sides).filter((symbol) => !placed.has(taggedKey(symbol)));
    if (written.length) return withLoose(lowering, unique([...sourcesOf(lowering, written), ...alikeIn(lowering, written, sides), ...saidToVary(lowering, sides)]), sides);
  }
  return variablesBelow(lowering, [claim.left, claim.right].flatMap(differentialsIn));
}

/** "where $x$ and $y$ vary", of what stands under a d. */
function saidToVary(lowering: Lowering, sides: readonly Expr[]): readonly SymbolExpr[] {
  return variablesBelow(lowering, sides.flatMap(differentialsIn)).filter((symbol) => lowering.resolve(symbol)?.entity.properties.has("varying"));
}

function unique(symbols: readonly SymbolExpr[]): SymbolExpr[] {
  return [...new Map(symbols.map((symbol) => [taggedKey(symbol), symbol])).values()];
}

/** In `d(XYZ)` all three vary where two of them do: constants beside them come from another end of the alphabet. */
function alikeIn(lowering: Lowering, written: readonly SymbolExpr[], sides: readonly Expr[]): readonly SymbolExpr[] {
  const moved = new Set(written.map(taggedKey));
  const found = sides.flatMap(differentialsIn).flatMap(({ of }) => {
    const letters = of.kind === "product" ? of.factors.flatMap((factor) => rearranged(factor) ?? []) : [];
    const moving = letters.filter((letter) => moved.has(taggedKey(letter)));
    if (new Set(moving.map(taggedKey)).size < 2) return [];
    return letters.filter((letter) => !moved.has(taggedKey(letter)) && alphabetEnds.some((end) => [letter, ...moving].every(({ name }) => end.test(name))) && canVary(lowering, letter));
  });
  return unique(found);
}

const alphabetEnds = [/^[a-d]$/, /^[A-D]$/, /^[u-z]$/, /^[U-Z]$/];

/** `d(AXB) = AX\,dB` of a constant B: what is said not to vary does, and what can vary does not. */
export function movesConstants(lowering: Lowering, { left, right }: Claim): boolean {
  const written = varyingIn([left, right]);
  const moved = new Set(written.map(taggedKey));
  if (!written.some((symbol) => lowering.resolve(symbol)?.entity.properties.has("constant"))) return false;
  return variablesBelow(lowering, [left, right].flatMap(differentialsIn)).some((symbol) => !moved.has(taggedKey(symbol)));
}

/** Everything that stands under a d and can vary. */
function variablesBelow(lowering: Lowering, differentials: readonly (Expr & { kind: "differential" })[]): readonly SymbolExpr[] {
  const variables = differentials.flatMap(({ of }) => symbolsIn(of, false)).filter((symbol) => canVary(lowering, symbol));
  return [...new Map(variables.map((symbol) => [differentialKey(symbol) as string, symbol])).values()];
}

function canVary(lowering: Lowering, symbol: SymbolExpr): boolean {
  const entity = lowering.resolve(symbol)?.entity;
  return !symbol.subscripts.length && Boolean(entity || !wordOf(symbol.name)) && (!entity || (!entity.definition && !entity.isFunction && !entity.isSize && !entity.named && !entity.properties.has("constant")));
}

/** In `dZ = d(XU)` all of XU varies, as it has nothing else that does, and Z with it. */
function withLoose(lowering: Lowering, sources: readonly SymbolExpr[], sides: readonly Expr[]): readonly SymbolExpr[] {
  const moved = new Set(sources.map(taggedKey));
  const moves = (symbol: SymbolExpr): boolean => moved.has(taggedKey(symbol)) || [...madeOf(lowering, symbol).keys()].some((key) => moved.has(key));
  const loose = sides.flatMap(differentialsIn).filter(({ of }) => !symbolsIn(of, false).some(moves)).flatMap((one) => looseIn(lowering, one));
  const keys = new Set(loose.map(taggedKey));
  return [...sources.filter((symbol) => ![...madeOf(lowering, symbol).keys()].some((key) => keys.has(key))), ...loose];
}

/** What varies in something; where its letters are all made of others, those. */
function looseIn(lowering: Lowering, one: Expr & { kind: "differential" }): readonly SymbolExpr[] {
  const own = variablesBelow(lowering, [one]);
  return own.length ? own : symbolsIn(one.of, false).flatMap((symbol) => [...madeOf(lowering, symbol).values()]).filter((symbol) => canVary(lowering, symbol));
}

/** Whether d stands in a claim or in its chain. */
export function speaksOfDifferentials({ left, right, located }: Claim): boolean {
  return [left, right, ...located.assertion.sides].some((side) => occurs("differential", side));
}

/** In `df = \operatorname{tr}(G^\top dX)` X varies, and f with it; in `dJ = \tfrac12 J \operatorname{tr}(C^{-1} dC)` what both are defined from. */
function sourcesOf(lowering: Lowering, written: readonly SymbolExpr[]): readonly SymbolExpr[] {
  const below = new Map(written.map((symbol) => [symbol, madeOf(lowering, symbol)]));
  const sources = written.filter((symbol) => !written.some((other) => other !== symbol && below.get(symbol)?.has(taggedKey(other))));
  const [first, ...rest] = sources.map((symbol) => below.get(symbol) as ReadonlyMap<string, SymbolExpr>);
  const common = first && rest.length ? [...first].filter(([key, symbol]) => madeOf(lowering, symbol).size === 0 && rest.every((other) => other.has(key))) : [];
  return common.length ? common.map(([, symbol]) => symbol) : sources;
}

/** What a symbol is defined from, through definitions. */
function madeOf(lowering: Lowering, symbol: SymbolExpr, found = new Map<string, SymbolExpr>()): Map<string, SymbolExpr> {
  const entity = lowering.resolve(symbol)?.entity;
  if (!entity?.definition || !lowering.usable(entity)) return found;
  for (const inner of symbolsIn(entity.definition.expr, false)) {
    if (found.has(taggedKey(inner))) continue;
    found.set(taggedKey(inner), inner);
    madeOf(lowering, inner, found);
  }
  return found;
}

/** Letters that are given a value at the end: `\big|_{y = Wx}`. */
function placedIn(expr: Expr): SymbolExpr[] {
  if (!occurs("at", expr)) return [];
  const own = expr.kind === "at" ? expr.where.flatMap(({ sides: [letter] }) => (letter?.kind === "symbol" ? [letter] : [])) : [];
  return [...own, ...childrenOf(expr).flatMap(placedIn)];
}

export function differentialsIn(expr: Expr): (Expr & { kind: "differential" })[] {
  if (!occurs("differential", expr)) return [];
  return [...(expr.kind === "differential" ? [expr] : []), ...childrenOf(expr).flatMap(differentialsIn)];
}

/** Symbols whose differential is written: what varies under d. */
export function varyingIn(sides: readonly Expr[]): SymbolExpr[] {
  const found = new Map<string, SymbolExpr>();
  const visit = (expr: Expr): void => {
    if (!occurs("differential", expr)) return;
    const letter = expr.kind === "differential" ? rearranged(expr.of) : null;
    if (letter) found.set(differentialKey(letter) as string, letter);
    childrenOf(expr).forEach(visit);
  };
  sides.forEach(visit);
  return [...found.values()];
}

/** X in `X`, `X^\top` and `\operatorname{vec}(X)`. */
function rearranged(expr: Expr): SymbolExpr | null {
  if (expr.kind === "symbol") return expr;
  if (expr.kind === "transpose") return rearranged(expr.base);
  const [arg] = expr.kind === "apply" && wordOf(expr.fn.name)?.fn === "vec" ? expr.args : [];
  return arg ? rearranged(arg) : null;
}
