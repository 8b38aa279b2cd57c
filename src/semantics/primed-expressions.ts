/**
 * Primes behind brackets: `(\cos 2x)' = -2\sin 2x`, `(uv)' = u'v + uv'`,
 * `(x^n)' = nx^{n-1}`. The derivative by the letter that varies; letters that
 * are primed elsewhere in the formula are functions of it.
 */
import { customary } from "./bare-primes";
import type { Draft } from "./declarations/draft";
import { childrenOf, type Derivative, derivativesIn, type Expr, plainSymbol, type SymbolExpr, symbolsIn, wordOf } from "./expression";
import type { Located } from "./model";
import { baseKey } from "./symbols/key";

/** Letters that are functions by custom, where one of them is primed. */
const functions = /^[fghuvwy]$/;

export function withPrimedExpressions({ located, table }: Draft): Located[] {
  return located.map((one) => {
    const { sides } = one.assertion;
    const primed = sides.flatMap(derivativesIn).filter(isBehindBrackets);
    if (!primed.length || sides.length < 2) return one;
    const letters = sides.flatMap((side) => symbolsIn(side, false));
    const isArray = letters.some((symbol) => (table.find(baseKey(symbol), symbol, one)?.shape?.length ?? 0) > 0);
    const found = isArray ? null : whatVaries(primed, sides);
    return found ? { ...one, assertion: { ...one.assertion, sides: sides.map((side) => inPlace(side, found) as Expr) } } : one;
  });
}

interface Varying {
  readonly variable: SymbolExpr;
  /** The keys of the letters that are functions of it. */
  readonly functions: ReadonlySet<string>;
}

/** An expression of several signs with a prime behind brackets of its own. */
function isBehindBrackets({ notation, of, order, end }: Derivative): boolean {
  return notation === "prime" && (of.kind !== "apply" || wordOf(of.fn.name) !== null || end - of.end > order) && ["sum", "product", "quotient", "power", "root", "apply"].includes(of.kind) && isOfNumbers(of);
}

/** Nothing that arrays alone have. */
function isOfNumbers(expr: Expr): boolean {
  if (expr.kind === "symbol") return expr.font === "" && !expr.accents.length && !expr.tags.length;
  return ["number", "sum", "product", "quotient", "power", "root", "apply", "bars"].includes(expr.kind) && childrenOf(expr).every(isOfNumbers);
}

function whatVaries(primed: readonly Derivative[], sides: readonly Expr[]): Varying | null {
  const inside = primed.flatMap(({ of }) => symbolsIn(of, false)).filter(({ name }) => !["e", "pi"].includes(name) && !wordOf(name));
  const all = sides.flatMap((side) => symbolsIn(side, false));
  const known = new Set(inside.map(baseKey));
  const marked = new Set(all.filter(({ primes }) => primes > 0).map(baseKey));
  if (inside.some(({ primes, subscripts }) => primes > 0 || subscripts.length > 0) || [...marked].some((key) => !known.has(key))) return null;
  if (marked.size) {
    const varying = new Set(inside.filter((symbol) => marked.has(baseKey(symbol)) || functions.test(symbol.name)).map(baseKey));
    const own = customary.find((letter) => !varying.has(letter) && inside.some(({ name }) => name === letter)) ?? customary.find((letter) => !all.some(({ name }) => name === letter));
    return own && primed.every((derivative) => isNoTranspose(derivative, sides, varying)) ? { variable: plainSymbol(own, "", primed[0] as Derivative, []), functions: varying } : null;
  }
  const letters = [...new Map(inside.map((symbol) => [baseKey(symbol), symbol])).values()];
  const varying = letters.length === 1 ? letters : letters.filter(({ name }) => customary.includes(name));
  const [only] = varying;
  return varying.length === 1 && only ? { variable: only, functions: new Set() } : null;
}

/** What no array is made of; or one side alone with as many terms on the other as a derivative has, and a transpose has not: `(uv)' = u'v + uv'`. */
function isNoTranspose(derivative: Derivative, sides: readonly Expr[], varying: ReadonlySet<string>): boolean {
  const { of } = derivative;
  if (["quotient", "root", "apply"].includes(of.kind)) return true;
  const isOne = of.kind === "product" && of.factors.filter((factor) => factor.kind === "symbol" && varying.has(baseKey(factor))).length < 2;
  return sides.includes(derivative) && (of.kind !== "product" || isOne || sides.some(({ kind }) => kind === "sum"));
}

function inPlace(value: unknown, varying: Varying): unknown {
  if (Array.isArray(value)) return value.map((item) => inPlace(item, varying));
  if (typeof value !== "object" || value === null) return value;
  const expr = value as Expr;
  if (expr.kind === "symbol") return varying.functions.has(baseKey(expr)) ? taken(expr, varying) : expr;
  const within = Object.fromEntries(Object.entries(value).map(([field, inner]) => [field, field === "fn" || field === "wrt" ? inner : inPlace(inner, varying)]));
  if (expr.kind !== "derivative" || !isBehindBrackets(expr)) return within;
  return { ...within, notation: "fraction", wrt: Array.from({ length: expr.order }, () => at(varying.variable, expr.end)) };
}

function taken(symbol: SymbolExpr, { variable }: Varying): Expr {
  return { kind: "apply", fn: { ...symbol, primes: 0 }, args: [at(variable, symbol.end)], certain: true, primes: symbol.primes, start: symbol.start, end: symbol.end };
}

function at(symbol: SymbolExpr, place: number): SymbolExpr {
  return { ...symbol, start: place, end: place };
}
