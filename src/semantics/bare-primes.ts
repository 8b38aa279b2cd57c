/**
 * Primes on letters whose arguments are left out: `\sigma' = \sigma(1 - \sigma)`
 * of `\sigma(x) = …`, `y' = 1 - y^2` of `y = \tanh x`. What a primed letter is
 * made of tells it from another letter: a derivative is made of what the letter
 * is made of.
 */
import type { Draft } from "./declarations/draft";
import { childrenOf, type Derivative, derivativesIn, type Expr, type SymbolExpr, symbolsIn } from "./expression";
import type { Located } from "./model";
import { baseKey } from "./symbols/key";

/** What the text says of a letter: a function of one letter, or a value made of letters, and what these are. */
interface Formula {
  readonly variable: SymbolExpr;
  readonly isFunction: boolean;
  readonly letters: ReadonlySet<string>;
}

/** Letters that vary by custom, where there are others beside them. */
export const customary = ["x", "t", "z"];

export function withPrimes(draft: Draft): Located[] {
  const { located } = draft;
  const primed = (expr: Expr): boolean => (expr.kind === "symbol" && expr.primes > 0) || childrenOf(expr).some(primed);
  if (!located.some(({ assertion }) => assertion.sides.some(primed))) return [...located];
  const known = new Map<string, Formula>();
  let section = -1;
  return located.map((one) => {
    if (one.section !== section) known.clear();
    ({ section } = one);
    const { sides, links } = one.assertion;
    const [left, right] = sides;
    const again = left && right && links.every(({ operator }) => operator === "=") ? derived(known, one) : null;
    if (again) return { ...again, bare: speaksOfDerivatives(draft, section) ? "told" : "untold" };
    if (links[0]?.operator === "=" && left && right) note(known, left, right);
    return one;
  });
}

/** Whether a section names derivatives, or writes one out. */
export function speaksOfDerivatives({ located, document, sections }: Draft, section: number): boolean {
  const { start, end } = sections[section] ?? { start: 0, end: 0 };
  return derivativeWords.test(document.text.slice(start, end)) || located.some((one) => one.section === section && one.assertion.sides.some((side) => derivativesIn(side).length > 0));
}

const derivativeWords = /deriv|differenti|gradient|ableit|dériv|производн|导数|導數|求导|求導|微分|導関数|미분|도함수|đạo hàm/iu;

function note(known: Map<string, Formula>, left: Expr, right: Expr): void {
  const name = left.kind === "apply" && !left.primes ? left.fn : left.kind === "symbol" && !left.primes ? left : null;
  if (!name || name.subscripts.length || name.tags.length) return;
  const [argument, ...more] = left.kind === "apply" ? left.args : [];
  const variable = left.kind === "apply" ? (argument?.kind === "symbol" && !more.length ? argument : null) : variableOf(known, name, right);
  known.delete(baseKey(name));
  if (!variable || variable.subscripts.length) return;
  const letters = new Set([baseKey(name), baseKey(variable), ...lettersOf(right).flatMap((symbol) => [baseKey(symbol), ...(known.get(baseKey(symbol))?.letters ?? [])])]);
  known.set(baseKey(name), { variable, isFunction: left.kind === "apply", letters });
}

/** The one letter of which a value is made, or the one of them that varies by custom. */
function variableOf(known: ReadonlyMap<string, Formula>, name: SymbolExpr, value: Expr): SymbolExpr | null {
  if (!isOfNumbers(value)) return null;
  const letters = lettersOf(value);
  if (letters.some((symbol) => symbol.subscripts.length || symbol.tags.length || symbol.primes || baseKey(symbol) === baseKey(name) || known.has(baseKey(symbol)))) return null;
  const [first] = letters;
  if (first && letters.every((symbol) => baseKey(symbol) === baseKey(first))) return first;
  const varying = customary.flatMap((letter) => letters.find((symbol) => baseKey(symbol) === letter) ?? []);
  return varying.length === 1 ? (varying[0] as SymbolExpr) : null;
}

/** Nothing that arrays alone have. */
function isOfNumbers(expr: Expr): boolean {
  return ["symbol", "number", "sum", "product", "quotient", "power", "root", "apply", "bars"].includes(expr.kind) && childrenOf(expr).every(isOfNumbers);
}

function lettersOf(expr: Expr): SymbolExpr[] {
  return symbolsIn(expr, false).filter(({ name, font }) => !["e", "pi", "i"].includes(name) && font === "");
}

/** The assertion with derivatives in the place of its primed letters; null where one of them may be another letter. */
function derived(known: ReadonlyMap<string, Formula>, located: Located): Located | null {
  const { sides } = located.assertion;
  const symbols = sides.flatMap((side) => symbolsIn(side, false));
  const primed = symbols.filter(({ primes }) => primes > 0);
  const [first] = primed;
  const formula = first && known.get(baseKey(first));
  if (!first || !formula || primed.some((symbol) => baseKey(symbol) !== baseKey(first) || symbol.subscripts.length || symbol.tags.length)) return null;
  if (sides.length === 2 && sides[1]?.kind === "symbol") return null;
  if (symbols.some((symbol) => symbol.font === "" && !["e", "pi"].includes(symbol.name) && !formula.letters.has(baseKey(symbol)))) return null;
  const again = (expr: Expr): Expr => inPlace(expr, baseKey(first), formula) as Expr;
  return { ...located, assertion: { ...located.assertion, sides: sides.map(again) } };
}

function inPlace(value: unknown, key: string, formula: Formula): unknown {
  if (Array.isArray(value)) return value.map((item) => inPlace(item, key, formula));
  if (typeof value !== "object" || value === null) return value;
  const symbol = value as Expr;
  if (symbol.kind === "symbol") return baseKey(symbol) === key ? taken(symbol, formula) : symbol;
  return Object.fromEntries(Object.entries(value).map(([field, inner]) => [field, field === "fn" || field === "wrt" ? inner : inPlace(inner, key, formula)]));
}

function taken(symbol: SymbolExpr, { variable, isFunction }: Formula): Expr {
  const { start, end, primes } = symbol;
  const by: SymbolExpr = { ...variable, start: end, end };
  if (isFunction) return { kind: "apply", fn: { ...symbol, primes: 0 }, args: [by], certain: true, primes, start, end };
  if (!primes) return symbol;
  const derivative: Derivative = { kind: "derivative", notation: "fraction", of: { ...symbol, primes: 0 }, wrt: Array.from({ length: primes }, () => by), order: primes, total: true, missingPartial: false, start, end };
  return derivative;
}
