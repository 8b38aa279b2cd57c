/**
 * Densities that have no formula: p(x | θ) = exp u(x, θ) / ∫ exp u(x′, θ) dx′ with an
 * arbitrary u, so that each integrates to one whatever it depends on. Which
 * functions are densities is said by `\int p(x)\,dx = 1`, or by their name (p, q).
 * An expectation beside an integral is the integral against the density.
 */
import { childrenOf, type Expr, occurs, plainSymbol, type SymbolExpr, symbolsIn } from "../semantics/expression";
import type { Model } from "../semantics/model";
import { taggedKey } from "../semantics/symbols/key";
import { freeValue } from "./applications";
import { integrateOver } from "./integrals";
import type { Lowering } from "./lower";
import { mapped, plus } from "./operations";
import { isScalar, literal, type Value } from "./value";

type Apply = Expr & { readonly kind: "apply" };
type Statistic = Expr & { readonly kind: "statistic" };

const named = new Set(["p", "q"]);

interface Densities {
  /** Functions of which the text says that they integrate to one. */
  readonly stated: ReadonlySet<string>;
  /** Where densities are applied to a letter. */
  readonly applied: readonly (Apply & { readonly args: readonly [SymbolExpr, ...Expr[]] })[];
}

const cache = new WeakMap<Model, Densities>();

/** The densities of a text that speaks of integrals. */
function densitiesOf(model: Model): Densities {
  const known = cache.get(model);
  if (known) return known;
  const stated = new Set<string>();
  const all: Expr[] = model.located.flatMap(({ assertion }) => assertion.sides);
  for (const { assertion } of model.located) {
    const [left, right] = assertion.sides;
    if (left?.kind === "integral" && left.body.kind === "apply" && left.variable && right?.kind === "number" && right.numerator === right.denominator && isOf(left.body, left.variable)) stated.add(taggedKey(left.body.fn));
  }
  const applied = all.some((side) => occurs("integral", side)) ? all.flatMap(appliedIn).filter((one): one is Densities["applied"][number] => isDensity(one, stated)) : [];
  const made = { stated, applied };
  cache.set(model, made);
  return made;
}

function appliedIn(expr: Expr): Apply[] {
  return [...(expr.kind === "apply" ? [expr] : []), ...childrenOf(expr).flatMap(appliedIn)];
}

function isOf({ args }: Apply, letter: SymbolExpr): boolean {
  return args[0]?.kind === "symbol" && taggedKey(args[0]) === taggedKey(letter);
}

/** p(x), p(x | θ), p_θ(x); of a joint p(x, z) it is not said by what it integrates to one. */
function isDensity({ fn, args, ahead, primes }: Apply, stated: ReadonlySet<string>): boolean {
  return !primes && args[0]?.kind === "symbol" && (stated.has(taggedKey(fn)) || (named.has(fn.name) && (args.length === 1 || ahead === 1)));
}

/** log p(x | θ), where p is a density without a formula. */
export function logOfFreeDensity(lowering: Lowering, expr: Expr): Value | null {
  if (expr.kind !== "apply" || !densitiesOf(lowering.model).applied.length || !isDensity(expr, densitiesOf(lowering.model).stated)) return null;
  const entity = lowering.resolve(expr.fn)?.entity;
  if (entity?.definition || entity?.spectrum) return null;
  const letter = expr.args[0] as SymbolExpr;
  // The parameters may stand below the name: p_θ(x).
  const below = expr.fn.subscripts.flatMap(({ expr: one }) => (one.kind === "symbol" ? [one] : []));
  const parameters = [...expr.args.slice(1), ...below].map((one) => lowering.lower(one));
  const name = taggedKey(expr.fn);
  const energy = (): Value => freeValue(lowering, name, [lowering.lower(letter), ...parameters], []);
  const total = integrateOver(lowering, [letter], () => mapped("exp", energy()));
  return plus(lowering, energy(), lowering.algebra.scale(literal(-1), mapped("log", total)), expr);
}

/** The density under which a statistic is taken: what it names below, else that of a letter in it. */
export function densityUnder(lowering: Lowering, { body, over }: Statistic): Densities["applied"][number] | null {
  const { applied } = densitiesOf(lowering.model);
  if (!applied.length) return null;
  const inside = new Set(symbolsIn(body, false).map((symbol) => taggedKey(small(symbol))));
  const isMeant = ([letter]: readonly [SymbolExpr, ...Expr[]]): boolean => inside.has(taggedKey(letter));
  const [below] = over ? symbolsIn(over, false) : [];
  const said = below ? applied.find(({ fn, args }) => isMeant(args) && [taggedKey(fn), taggedKey(args[0])].includes(taggedKey(below))) : undefined;
  if (below && taggedKey(below) && !said && (over?.kind === "apply" || named.has(below.name))) return null;
  return said ?? applied.find(({ args }) => isMeant(args)) ?? null;
}

/** The X of E[X] is the letter x of its density. */
function small(symbol: SymbolExpr): SymbolExpr {
  return /^[A-Z]$/.test(symbol.name) ? { ...symbol, name: symbol.name.toLowerCase() } : symbol;
}

/** The mean of a statistic, its variance, or the covariance of two. */
export function statisticBy(lowering: Lowering, density: Densities["applied"][number], { name, body }: Statistic): Value {
  const { algebra } = lowering;
  const [letter] = density.args;
  const capital = plainSymbol(letter.name.toUpperCase(), letter.font, letter, letter.accents);
  const mean = (make: () => Value): Value => integrateOver(lowering, [letter, capital], () => algebra.scale(lowering.lower(density), make()));
  if (name === "E") return mean(() => lowering.lower(body));
  const [first, second] = (body.kind === "tuple" ? body.items : [body, body]) as [Expr, Expr];
  const deviation = (item: Expr): Value => plus(lowering, lowering.lower(item), algebra.scale(literal(-1), mean(() => lowering.lower(item))), item);
  return mean(() => {
    const [x, y] = [deviation(first), deviation(second)];
    return isScalar(x) ? algebra.scale(x, y) : algebra.multiply(x, algebra.transpose(y), body);
  });
}
