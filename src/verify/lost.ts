/**
 * What is easily left out of a gradient, or slips in: the sum over the samples,
 * a constant factor of the function or of the condition that is solved
 * (`\frac{1}{n}`, λ, `\sqrt{d}`), a factor that the condition has beside another
 * (W of `X^\top W y`), a gate (`\odot o`), and a function around a letter (c for
 * `\tanh(c)`).
 */
import { childrenOf, derivativesIn, type Expr, type SymbolExpr, symbolsIn } from "../semantics/expression";
import type { Model } from "../semantics/model";
import { same } from "../base/same";
import { fullKey, taggedKey } from "../semantics/symbols/key";
import { isIndexLetter } from "../semantics/symbols/table";
import { involvedIn } from "./alternatives";
import type { Claim } from "./claim";
import type { Variant } from "./variants";

export interface Losable {
  /** Numbers by which the functions that the claim is about are multiplied or divided. */
  readonly constants: readonly { readonly expr: Expr; readonly text: string }[];
  /** Letters that what is solved, or differentiated, has between factors. */
  readonly between: readonly { readonly expr: Expr; readonly text: string; readonly before: Expr | null; readonly after: Expr | null }[];
  /** Letters that these multiply entry by entry with others. */
  readonly gates: readonly { readonly expr: Expr; readonly text: string }[];
  /** Letters that run on one side alone, and that no sum binds. */
  readonly letters: readonly { readonly symbol: SymbolExpr; readonly text: string }[];
  /** Functions that these apply to a letter: `\tanh(c_t)`. */
  readonly applications: readonly { readonly expr: Expr; readonly of: SymbolExpr; readonly text: string }[];
}

/** So many constants are tried; functions have one or two. */
const fewConstants = 4;
const fewGates = 6;
const fewBeside = 8;
/** How many assertions before a claim are looked at; letters by themselves in the words between are such. */
const reach = 8;

export function losable(model: Model, claim: Claim): Losable {
  const textOf = (formula: number, { start, end }: Expr): string => (model.document.formulas[formula]?.source.text ?? "").slice(start, end);
  const isNumber = (symbol: SymbolExpr): boolean => {
    const entity = model.table.resolve(symbol, claim.located)?.entity;
    return !symbol.subscripts.length && (model.table.sizeNames.has(taggedKey(symbol)) || (entity ? entity.shape?.length === 0 && !entity.definition : /^[a-z]/.test(symbol.name)));
  };
  const constants = new Map<string, { expr: Expr; text: string }>();
  const gates = new Map<string, { expr: Expr; text: string }>();
  const applications = new Map<string, Losable["applications"][number]>();
  const beside: Losable["between"][number][] = [];
  for (const expr of involvedIn(model, claim).slice(2)) {
    const formula = model.table.all.find(({ definition }) => definition?.expr === expr)?.definition?.formula;
    if (formula === undefined) continue;
    for (const factor of constantsIn(expr, isNumber)) constants.set(textOf(formula, factor), { expr: factor, text: textOf(formula, factor) });
    if (claim.left.kind === "derivative") for (const one of betweenIn(expr)) if (!(one.expr.kind === "symbol" && isNumber(one.expr))) beside.push({ ...one, text: textOf(formula, one.expr) });
    for (const gate of gatesIn(expr)) gates.set(textOf(formula, gate), { expr: gate, text: textOf(formula, gate) });
    for (const { expr: application, of } of applicationsIn(expr)) applications.set(textOf(formula, application), { expr: application, of, text: textOf(formula, application) });
  }
  const solved = solvedBefore(model, claim);
  const between = claim.left.kind === "symbol" || claim.located.stationary ? solved.flatMap(({ formula, sides }) => sides.flatMap(betweenIn).map((one) => ({ ...one, text: textOf(formula, one.expr) }))) : [];
  for (const { formula, sides } of solved) for (const factor of sides.flatMap((side) => constantsIn(side, isNumber))) constants.set(textOf(formula, factor), { expr: factor, text: textOf(formula, factor) });
  const bare = new Set([claim.left, ...claim.located.assertion.sides.slice(0, 1)].flatMap(lettersOf).map(taggedKey));
  const own = lettersOf(claim.right).filter((symbol) => !bare.has(taggedKey(symbol)));
  const letters = new Map(own.map((symbol) => [taggedKey(symbol), { symbol, text: textOf(claim.located.formula, symbol) }]));
  return { constants: [...constants.values()].slice(0, fewConstants), between: [...between, ...beside.slice(0, fewBeside)], gates: [...gates.values()].slice(0, fewGates), letters: [...letters.values()], applications: [...applications.values()] };
}

/** Letters, and roots of them, that are factors or stand below a line. */
function constantsIn(expr: Expr, isNumber: (symbol: SymbolExpr) => boolean): Expr[] {
  const plain = (one: Expr): boolean => (one.kind === "root" ? plain(one.base) : one.kind === "symbol" && isNumber(one));
  const factors = (one: Expr): readonly Expr[] => (one.kind === "product" ? one.factors.flatMap(factors) : one.kind === "quotient" ? [...factors(one.numerator), ...factors(one.denominator)] : [one]);
  const here = expr.kind === "product" || expr.kind === "quotient" ? factors(expr).filter(plain) : [];
  return [...here, ...childrenOf(expr).flatMap((child) => constantsIn(child, isNumber))];
}

/** What an equation without derivatives may follow from: the formulas right before it. */
function solvedBefore(model: Model, { left, located }: Claim): { formula: number; sides: readonly Expr[] }[] {
  if (left.kind === "derivative") return [];
  const near = model.located.slice(Math.max(0, located.id - reach), located.id).filter(({ section, assertion: { links } }) => section === located.section && links.length > 0).slice(-2);
  return near.flatMap(({ formula, assertion: { sides } }) => (located.stationary !== undefined || sides.some((side) => derivativesIn(side).length > 0 || (side.kind === "number" && side.numerator === 0)) ? [{ formula, sides }] : []));
}

/** W of `X^\top W y`, with what stands on both sides of it. */
function betweenIn(expr: Expr): { expr: Expr; before: Expr | null; after: Expr | null }[] {
  const factors = expr.kind === "product" ? expr.factors : [];
  const own = factors.flatMap((factor, i) => (factors.length > 1 && (factor.kind === "symbol" || factor.kind === "power") ? [{ expr: factor, before: factors[i - 1] ?? null, after: factors[i + 1] ?? null }] : []));
  return [...own, ...childrenOf(expr).flatMap(betweenIn)];
}

/** x_n beside y_n. */
function isMember(one: Expr, other: Expr): boolean {
  return one.kind === "symbol" && other.kind === "symbol" && one.subscripts.length > 0 && same(one.subscripts, other.subscripts);
}

/** A product with a factor that what is solved has beside one of its own. */
export function* inserted(expr: Expr & { kind: "product" }, { between }: Losable, source: string): Generator<Variant> {
  const { factors, operators } = expr;
  for (const { expr: factor, text, before, after } of between) {
    for (let at = 0; at <= factors.length; at++) {
      const [left, right] = [factors[at - 1], factors[at]];
      const place = right ?? left;
      const isNear = (left && before && standsIn(left, before)) || (right && after && standsIn(right, after)) || [left, right].some((own) => own && isMember(own, factor));
      if (!place || !isNear || [left, right].some((own) => own && same(own, factor))) continue;
      const written = source.slice(place.start, place.end);
      yield { expr: { ...expr, factors: [...factors.slice(0, at), factor, ...factors.slice(at)], operators: [...operators.slice(0, at), "", ...operators.slice(at)] }, place, text: right ? `${text} ${written}` : `${written} ${text}`, title: `multiply by ${text}`, cost: 3, scales: true };
    }
  }
}

/** `\sum_i \alpha_i`, of which the product has but one factor left. */
export function* insertedInSum(expr: Expr & { kind: "big" }, losable: Losable, source: string): Generator<Variant> {
  const { body } = expr;
  if (body.kind !== "symbol") return;
  for (const variant of inserted({ kind: "product", factors: [body], operators: [], start: body.start, end: body.end }, losable, source)) yield { ...variant, expr: { ...expr, body: variant.expr } };
}

/** Itself, or one of the letters of a sum: X of `(y - X\beta)^\top`. */
function standsIn(own: Expr, beside: Expr): boolean {
  if (same(own, beside)) return true;
  const sum = beside.kind === "transpose" ? beside.base : beside;
  const [letter, ...more] = symbolsIn(own, false);
  return sum.kind === "sum" && letter !== undefined && !more.length && symbolsIn(sum, false).some((other) => fullKey(other) === fullKey(letter));
}

/** f and p of `f \odot p`. */
function gatesIn(expr: Expr): Expr[] {
  const own = expr.kind === "product" && expr.operators.includes("\\odot") ? expr.factors.filter((factor) => factor.kind === "symbol") : [];
  return [...own, ...childrenOf(expr).flatMap(gatesIn)];
}

/** `\tanh(c_t)`, whatever it stands in. */
function applicationsIn(expr: Expr): { readonly expr: Expr; readonly of: SymbolExpr }[] {
  const [of, ...more] = expr.kind === "apply" && !expr.primes ? expr.args : [];
  return [...(of?.kind === "symbol" && !more.length ? [{ expr, of }] : []), ...childrenOf(expr).flatMap(applicationsIn)];
}

/** A letter that has lost the function around it. */
export function* applied(symbol: SymbolExpr, { applications }: Losable): Generator<Variant> {
  for (const { expr, of, text } of applications) if (fullKey(of) === fullKey(symbol)) yield { expr, place: symbol, text, title: `write ${text}`, cost: 3 };
}

/** Index letters that no big operator binds. */
function lettersOf(expr: Expr): SymbolExpr[] {
  const bound = new Set(expr.kind === "big" ? expr.indices.map(({ symbol }) => taggedKey(symbol)) : []);
  const own = expr.kind === "symbol" ? expr.subscripts.filter(isIndexLetter).flatMap((subscript) => symbolsIn(subscript.expr)) : [];
  return [...own, ...childrenOf(expr).flatMap(lettersOf)].filter((symbol) => !bound.has(taggedKey(symbol)));
}

/** A term with what it may have lost, or without what may have slipped in. */
export function* found(expr: Expr, { constants, gates, letters }: Losable, source: string): Generator<Variant> {
  const { start, end } = expr;
  const text = source.slice(start, end);
  const several = expr.kind === "sum" && expr.terms.length > 1;
  // A sign stands before what is multiplied.
  const sign = several ? "" : (/^[+-]\s*/.exec(text)?.[0] ?? "");
  const body = several && !/^\s*(\\left\s*)?[([]/.test(text) ? `\\left(${text}\\right)` : text.slice(sign.length);
  const place = expr;
  for (const { symbol, text: letter } of letters) {
    yield { expr: { kind: "big", operator: "sum", indices: [{ symbol, from: null, to: null }], conditions: [], body: expr, start, end }, place, text: `${sign}\\sum_${letter} ${body}`, title: `sum over ${letter}`, cost: 3 };
  }
  for (const { expr: gate, text: written } of gates) yield { expr: { kind: "product", factors: [expr, gate], operators: ["\\odot"], start, end }, place, text: `${sign}${body} \\odot ${written}`, title: `multiply by ${written}`, cost: 3, forArrays: true };
  const one: Expr = { kind: "number", numerator: 1, denominator: 1, start, end: start };
  for (const { expr: constant, text: written } of constants) {
    yield { expr: { kind: "product", factors: [constant, expr], operators: [""], start, end }, place, text: `${sign}${written} ${body}`, title: `multiply by ${written}`, cost: 3, scales: true };
    yield { expr: { kind: "product", factors: [{ kind: "quotient", numerator: one, denominator: constant, elementwise: false, start, end: start }, expr], operators: [""], start, end }, place, text: `${sign}\\frac{1}{${written}} ${body}`, title: `divide by ${written}`, cost: 3, scales: true };
  }
}
