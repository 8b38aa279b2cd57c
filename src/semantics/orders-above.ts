/**
 * `f^{(4)}(x) = a^4 e^{ax}` of an f(x) with a formula: the number in brackets
 * above a function of one letter is the order of a derivative, and no number of
 * a layer or a step, where nothing that f is made of is numbered so.
 */
import { withParts } from "../base/parts";
import { speaksOfDerivatives } from "./bare-primes";
import type { Draft } from "./declarations/draft";
import { childrenOf, type Expr, type SymbolExpr, wordOf } from "./expression";
import type { Located } from "./model";
import { fullKey } from "./symbols/key";

type Apply = Expr & { readonly kind: "apply" };

/** From here on primes are cumbersome; lower orders are read so only beside primes. */
const fewestPrimes = 3;
const highest = 6;

export function withOrders(draft: Draft): Located[] {
  const { located } = draft;
  if (!located.some(({ assertion }) => assertion.sides.some((side) => appliesIn(side).some(({ fn }) => orderOf(fn))))) return [...located];
  const known = new Map<string, Set<string>>();
  for (const { assertion, section } of located) {
    const [left, right] = assertion.sides;
    const isFormula = left?.kind === "apply" && !left.primes && left.args.length === 1 && left.args[0]?.kind === "symbol" && !left.fn.tags.length && !left.fn.subscripts.length && !wordOf(left.fn.name);
    if (isFormula && right && right.kind !== "opaque" && !appliesIn(right).some(({ fn }) => fn.tags.length)) known.set(`${section}`, (known.get(`${section}`) ?? new Set()).add(fullKey(left.fn)));
  }
  const primed = new Set(located.flatMap(({ assertion, section }) => assertion.sides.flatMap(appliesIn).flatMap(({ fn, primes }) => (primes ? [`${section} ${fullKey(fn)}`] : []))));
  return located.map((one) => {
    const functions = known.get(`${one.section}`);
    if (!functions || !speaksOfDerivatives(draft, one.section)) return one;
    const isDerivative = ({ fn, args }: Apply): boolean => {
      const [order, key] = [orderOf(fn), fullKey({ ...fn, tags: [] })];
      return args.length === 1 && functions.has(key) && (order >= fewestPrimes || (order > 0 && primed.has(`${one.section} ${key}`)));
    };
    const sides = one.assertion.sides.map((side) => inPlace(side, isDerivative) as Expr);
    return sides.every((side, i) => side === one.assertion.sides[i]) ? one : { ...one, assertion: { ...one.assertion, sides } };
  });
}

function appliesIn(expr: Expr): Apply[] {
  return [...(expr.kind === "apply" ? [expr] : []), ...childrenOf(expr).flatMap(appliesIn)];
}

/** The number in brackets above a function; 0 where there is none. */
function orderOf({ tags: [only, ...more] }: SymbolExpr): number {
  const order = only && !more.length && !only.below ? Number(/^\((\d)\)$/.exec(only.text)?.[1] ?? 0) : 0;
  return order <= highest ? order : 0;
}

function inPlace(value: unknown, isDerivative: (apply: Apply) => boolean): unknown {
  const within = withParts(value, (part) => inPlace(part, isDerivative));
  const apply = within as Apply | null;
  return typeof apply === "object" && apply !== null && apply.kind === "apply" && !apply.primes && isDerivative(apply) ? { ...apply, fn: { ...apply.fn, tags: [] }, primes: orderOf(apply.fn) } : within;
}
