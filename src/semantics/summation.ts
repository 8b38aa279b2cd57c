/**
 * Sums that a text leaves out. Of `\sum a_j` the index: each letter below that
 * stands nowhere else. By the summation convention, where the words or the
 * formulas themselves adopt it, the whole sum: a letter that stands twice below the factors of one term, and
 * below nothing on the other sides. From then on it is as if they were written.
 */
import { withParts } from "../base/parts";
import { childrenOf, type Expr, type Subscript, type SymbolExpr, symbolsIn } from "./expression";
import type { Located } from "./model";
import { taggedKey } from "./symbols/key";
import { isIndexLetter } from "./symbols/table";

/** So many sides of equations must be contractions. */
const witnesses = 2;

/**
 * Whether a text that writes no sum leaves them all out: on one side of its
 * equations letters stand twice, one of them below a matrix, and not on the other.
 */
export function leavesOutSums(located: readonly Located[]): boolean {
  const sides = located.flatMap(({ assertion }) => assertion.sides);
  if (sides.some((side) => writesSum(side))) return false;
  const equations = located.filter(({ assertion: { links } }) => links.length > 0 && links.every(({ operator }) => operator === "="));
  return equations.flatMap(({ assertion: { sides: own } }) => own.filter((side) => own.some((other) => contracts(side, other)))).length >= witnesses;
}

function writesSum(expr: Expr): boolean {
  return (expr.kind === "big" && expr.operator === "sum") || childrenOf(expr).some(writesSum);
}

function contracts(side: Expr, other: Expr): boolean {
  const elsewhere = new Set(lettersBelow(other).map(taggedKey));
  const terms = side.kind === "sum" ? side.terms.map(({ expr }) => expr) : [side];
  return elsewhere.size > 0 && terms.every((term) => {
    const pairs = symbolsIn(term, false).filter(({ subscripts }) => subscripts.filter(isIndexLetter).length === 2);
    const below = lettersBelow(term).map(taggedKey);
    const twice = (letter: string): boolean => !elsewhere.has(letter) && below.filter((one) => one === letter).length === 2;
    return pairs.length > 1 && pairs.some((pair) => lettersBelow(pair).some((letter) => twice(taggedKey(letter))));
  });
}

/** An assertion with its sums written out. */
export function withSums(located: Located): Located {
  const { assertion } = located;
  const letters = assertion.sides.map((side) => new Set(lettersBelow(side).map(taggedKey)));
  const sides = assertion.sides.map((side, at) => summed(side, new Set(letters.flatMap((own, other) => (other === at ? [] : alone(own, assertion.sides[other] as Expr))))));
  return { ...located, assertion: { ...assertion, sides } };
}

/** An assertion with the indices of its sums written below them. */
export function withIndices(located: Located): Located {
  const { assertion } = located;
  const side = (at: number): Expr => {
    const others = assertion.sides.filter((_, other) => other !== at).flatMap((other) => freeLetters(other));
    return indexed(assertion.sides[at] as Expr, new Set(others.map(taggedKey)));
  };
  if (!assertion.sides.some(hasBareSum)) return located;
  const sides = assertion.sides.map((_, at) => side(at));
  const [letter, ...others] = [...new Map(sides.flatMap(letterlessIn).map((symbol) => [taggedKey(symbol), symbol])).values()];
  return { ...located, assertion: { ...assertion, sides: letter && !others.length ? sides.map((one) => counting(one, letter)) : sides } };
}

/** The letters of the sums that name neither bounds nor anything else. */
function letterlessIn(expr: Expr): SymbolExpr[] {
  const own = expr.kind === "big" && expr.operator === "sum" && !expr.conditions.length ? expr.indices.filter(({ from, to }) => !from && !to).map(({ symbol }) => symbol) : [];
  return [...own, ...childrenOf(expr).flatMap(letterlessIn)];
}

/** `\sum 1` beside sums over i: how many there are. */
function counting(expr: Expr, letter: SymbolExpr): Expr {
  if (isBareSum(expr) && expr.body.kind === "number") return { ...expr, indices: [{ symbol: letter, from: null, to: null }] };
  return expr.kind === "symbol" ? expr : (withParts(expr, (part) => indexedParts(part, (inner) => counting(inner, letter))) as Expr);
}

function isBareSum(expr: Expr): expr is Expr & { kind: "big" } {
  return expr.kind === "big" && expr.operator === "sum" && expr.indices.length === 0 && expr.conditions.length === 0;
}

function hasBareSum(expr: Expr): boolean {
  return isBareSum(expr) || childrenOf(expr).some(hasBareSum);
}

/** `outside`: the letters that have their meaning from elsewhere; `around`: those of the sum that this stands in, which one inside takes over where it has no other. */
function indexed(expr: Expr, outside: ReadonlySet<string>, around: ReadonlySet<string> = new Set()): Expr {
  const within = (part: Expr, more: readonly SymbolExpr[]): Expr => indexed(part, new Set([...outside, ...more.map(taggedKey)]), around);
  if (isBareSum(expr)) {
    const letters = freeLetters(expr.body).filter((letter, at, all) => !outside.has(taggedKey(letter)) && all.findIndex((other) => taggedKey(other) === taggedKey(letter)) === at);
    const own = letters.filter((letter) => !around.has(taggedKey(letter)));
    const indices = own.length ? own : letters;
    return { ...expr, indices: indices.map((symbol) => ({ symbol, from: null, to: null })), body: indexed(expr.body, outside, new Set([...around, ...indices.map(taggedKey)])) };
  }
  switch (expr.kind) {
    case "symbol":
      return expr;
    case "product":
      return { ...expr, factors: expr.factors.map((factor, at) => within(factor, expr.factors.filter((_, other) => other !== at).flatMap(freeLetters).filter((letter) => !around.has(taggedKey(letter))))) };
    case "derivative":
      return { ...expr, of: within(expr.of, expr.wrt.flatMap(freeLetters)) };
    default:
      return withParts(expr, (part) => indexedParts(part, (inner) => indexed(inner, outside, around))) as Expr;
  }
}

/** The expressions among the parts of one, at any depth of lists and cells. */
function indexedParts(part: unknown, change: (expr: Expr) => Expr): unknown {
  if (typeof part !== "object" || part === null) return part;
  return "kind" in part ? change(part as Expr) : withParts(part, (inner) => indexedParts(inner, change));
}

/** The letters below symbols that nothing binds. */
function freeLetters(expr: Expr): SymbolExpr[] {
  if (expr.kind === "symbol") return expr.subscripts.filter(isIndexLetter).map((subscript) => subscript.expr as SymbolExpr);
  // A sum that names no letter binds all that it goes over.
  const inner = isBareSum(expr) ? [] : childrenOf(expr).flatMap(freeLetters);
  if (expr.kind !== "big") return inner;
  const bound = new Set(expr.indices.map(({ symbol }) => taggedKey(symbol)));
  return inner.filter((letter) => !bound.has(taggedKey(letter)));
}

/** The letters that stand once in every term of a side: those that it leaves free. */
function alone(letters: ReadonlySet<string>, side: Expr): string[] {
  const terms = side.kind === "sum" ? side.terms.map(({ expr }) => expr) : [side];
  return [...letters].filter((letter) => terms.every((term) => lettersBelow(term).filter((symbol) => taggedKey(symbol) === letter).length === 1));
}

function summed(expr: Expr, free: ReadonlySet<string>): Expr {
  switch (expr.kind) {
    case "sum":
      return { ...expr, terms: expr.terms.map((term) => ({ ...term, expr: summed(term.expr, free) })) };
    case "quotient":
      return { ...expr, numerator: summed(expr.numerator, free) };
    case "derivative":
      return { ...expr, of: summed(expr.of, free) };
    case "product":
    case "symbol":
      return summedTerm(expr, free);
    default:
      return expr;
  }
}

function summedTerm(expr: Expr, free: ReadonlySet<string>): Expr {
  const below = lettersBelow(expr);
  const twice = below.filter((symbol, at) => !free.has(taggedKey(symbol)) && below.findIndex((other) => taggedKey(other) === taggedKey(symbol)) === at && below.filter((other) => taggedKey(other) === taggedKey(symbol)).length === 2);
  if (!twice.length) return expr;
  return { kind: "big", operator: "sum", indices: twice.map((symbol) => ({ symbol, from: null, to: null })), conditions: [], body: expr, start: expr.start, end: expr.end };
}

/** The letters below the symbols and brackets of an expression, each as often as it stands there. */
function lettersBelow(expr: Expr): SymbolExpr[] {
  return [...symbolsIn(expr, false).flatMap(({ subscripts }) => lettersOf(subscripts)), ...belowBrackets(expr)];
}

function belowBrackets(expr: Expr): SymbolExpr[] {
  return [...(expr.kind === "entry" ? lettersOf(expr.indices) : []), ...childrenOf(expr).flatMap(belowBrackets)];
}

function lettersOf(subscripts: readonly Subscript[]): SymbolExpr[] {
  return subscripts.filter(isIndexLetter).map((subscript) => subscript.expr as SymbolExpr);
}
