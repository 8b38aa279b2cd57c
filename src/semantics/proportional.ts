/**
 * `p(x) \propto e^{-E(x)}`: what is constant in x makes no difference to the
 * derivatives of \log p(x) by x, which are those of the logarithm of the right
 * side. Of the other letters it may be a function. `\log p(D \mid \theta) \propto
 * -\|y - X\theta\|^2` and `\ell \propto …` leave out what is added, for those who
 * write so: derivatives are those of the right side, or differ by a factor.
 */
import { withParts } from "../base/parts";
import { same } from "../base/same";
import { movedTo } from "./continued";
import { type Derivative, type Expr, isInverse, plainSymbol, wordOf } from "./expression";
import type { Located } from "./model";
import { taggedKey } from "./symbols/key";

type Apply = Expr & { readonly kind: "apply" };

/** A density that is given up to a factor. */
interface Shown {
  readonly density: Apply;
  readonly value: Expr;
  readonly section: number;
}

/** A logarithm or a loss that is given up to what is added to it. */
interface Added {
  readonly of: Expr;
  readonly value: Expr;
  readonly section: number;
}

export function withProportional(located: readonly Located[]): Located[] {
  const shown: Shown[] = [];
  const added: Added[] = [];
  return located.map((one) => {
    const { sides, links } = one.assertion;
    const [left, right] = sides;
    const [first] = sides;
    const known = first?.kind === "derivative" && sides.length > 1 && links[0]?.operator === "=" ? added.find(({ of, section }) => (section === one.section || logged(of)) && isOfThat(first, of)) : undefined;
    added.unshift(...addedIn(one));
    if (known && first?.kind === "derivative") return { ...one, upToFactor: true, assertion: { ...one.assertion, sides: [{ ...first, of: movedTo(known.value, first.of) as Expr }, ...sides.slice(1)] } };
    const written = shown.length ? (sides.map((side) => inPlace(side, shown.filter(({ section }) => section === one.section))) as Expr[]) : sides;
    if (left?.kind === "apply" && !left.primes && !wordOf(left.fn.name) && right && right.kind !== "opaque" && links[0]?.operator === "\\propto") shown.unshift({ density: left, value: right, section: one.section });
    return written.every((side, i) => side === sides[i]) ? one : { ...one, assertion: { ...one.assertion, sides: written } };
  });
}

/** What a chain says of logarithms and losses before its last sign of proportion. */
function addedIn({ section, assertion: { sides, links } }: Located): Added[] {
  const last = links.map(({ operator }) => operator).lastIndexOf("\\propto");
  const value = sides[last + 1];
  if (last < 0 || !value || value.kind === "opaque" || logged(value)) return [];
  return sides.slice(0, last + 1).flatMap((of) => (logged(of) || isLoss(of) ? [{ of, value, section }] : []));
}

/** The density below a logarithm. */
function logged(expr: Expr): Apply | null {
  const [density, ...others] = expr.kind === "apply" && !expr.primes && wordOf(expr.fn.name)?.fn === "log" ? expr.args : [];
  return density?.kind === "apply" && !others.length && !wordOf(density.fn.name) ? density : null;
}

/** ℓ, \mathcal L and ELBO, with arguments or without. */
function isLoss(expr: Expr): boolean {
  const letter = expr.kind === "apply" ? expr.fn : expr;
  return letter.kind === "symbol" && !letter.subscripts.length && (letter.name === "ell" || letter.name === "ELBO" || (letter.name === "L" && letter.font === "mathcal"));
}

/** Whether a derivative is of that, with as many of its arguments as the text cares to write. */
function isOfThat({ of: inner, order }: Derivative, of: Expr): boolean {
  if (order !== 1) return false;
  const [density, own] = [logged(of), logged(inner)];
  if (density && own) return taggedKey(density.fn) === taggedKey(own.fn) && same(density.args[0], own.args[0]) && own.args.every((arg) => density.args.some((other) => same(arg, other)));
  const [letter, other] = [of, inner].map((one) => (one.kind === "apply" ? one.fn : one));
  return !density && letter?.kind === "symbol" && other?.kind === "symbol" && taggedKey(letter) === taggedKey(other) && !other.subscripts.length;
}

function inPlace(value: unknown, shown: readonly Shown[]): unknown {
  const expr = value as Expr | null;
  const isDerivative = typeof expr === "object" && expr !== null && expr.kind === "derivative";
  const [density, ...others] = isDerivative && expr.of.kind === "apply" && !expr.of.primes && wordOf(expr.of.fn.name)?.fn === "log" ? expr.of.args : [];
  const known = density?.kind === "apply" && !others.length ? shown.find((one) => same(one.density.fn, density.fn) && same(one.density.args, density.args)) : undefined;
  if (isDerivative && density?.kind === "apply" && known) {
    const [argument, ...rest] = density.args;
    // What stands behind a bar, or is left out, may be in the factor.
    const isByIt = expr.wrt.length ? expr.wrt.every((by) => same(by, argument)) : !rest.length;
    if (isByIt) return { ...expr, wrt: expr.wrt.length ? expr.wrt : [argument], of: logarithmOf(movedTo(known.value, expr.of) as Expr) };
  }
  return withParts(value, (part) => inPlace(part, shown));
}

/** The logarithm of what is made of exponentials by products, as a sum. */
function logarithmOf(expr: Expr): Expr {
  const place = { start: expr.start, end: expr.end };
  if (expr.kind === "power" && expr.base.kind === "symbol" && expr.base.name === "e" && !expr.base.subscripts.length && !isInverse(expr)) return expr.exponent;
  if (expr.kind === "apply" && !expr.primes && wordOf(expr.fn.name)?.fn === "exp" && expr.args.length === 1) return expr.args[0] as Expr;
  if (expr.kind === "product" && expr.operators.every((operator) => ["", "\\cdot", "\\times"].includes(operator))) return { kind: "sum", terms: expr.factors.map((factor) => ({ sign: 1, expr: logarithmOf(factor) })), ...place };
  if (expr.kind === "quotient" && !expr.elementwise) return { kind: "sum", terms: [{ sign: 1, expr: logarithmOf(expr.numerator) }, { sign: -1, expr: logarithmOf(expr.denominator) }], ...place };
  return { kind: "apply", fn: plainSymbol("log", "mathrm", place, []), args: [expr], certain: true, primes: 0, ...place };
}
