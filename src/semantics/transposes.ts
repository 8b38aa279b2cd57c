/**
 * Signs that are transposes in one document and something else in another. `x^t`
 * is one where t stands above other symbols and nowhere else, so that it is no
 * time and no number; `X'` is one where the document writes `X'X`,
 * `(y - X\beta)'(y - X\beta)`, `(I - \lambda W)'` or `\partial\beta\,\partial\beta'`,
 * which no derivative is, or where all that it primes are factors of products,
 * capitals among them.
 */
import { childrenOf, type Expr, type ReadFormula, symbolsIn } from "./expression";
import { same } from "../base/same";

export function writesSmallTransposes(formulas: readonly ReadFormula[]): boolean {
  const sides = formulas.flatMap(({ assertions }) => assertions.flatMap((one) => one.sides));
  const above = sides.reduce((total, side) => total + bareExponents(side), 0);
  const all = sides.reduce((total, side) => total + symbolsIn(side).filter((symbol) => symbol.name === "t").length, 0);
  return above > 0 && above === all;
}

function bareExponents(expr: Expr): number {
  const own = expr.kind === "power" && isLetter(expr.exponent) ? 1 : 0;
  return childrenOf(expr).reduce((total, child) => total + bareExponents(child), own);
}

/** `t`, or `-t` of an inverse. */
function isLetter(expr: Expr): boolean {
  if (expr.kind === "sum" && expr.terms.length === 1 && expr.terms[0]) return isLetter(expr.terms[0].expr);
  return expr.kind === "symbol" && expr.name === "t" && !expr.subscripts.length;
}

export function writesPrimedTransposes(formulas: readonly ReadFormula[]): boolean {
  const all = formulas.flatMap(({ assertions }) => assertions);
  // "$A$ has rows $a_i'$" only names one.
  return all.some(({ sides }) => sides.some(hasGram)) || primesFactorsAlone(all.flatMap(({ sides }) => (sides.length > 1 ? sides : [])));
}

/** `\delta h'`, `U'\delta`: several letters, each a factor beside others and never anything else. */
function primesFactorsAlone(sides: readonly Expr[]): boolean {
  const letters = new Set<string>();
  const onlyFactors = (expr: Expr, parent: Expr | null): boolean => {
    if (expr.kind === "apply" && expr.primes > 0) return false;
    if (expr.kind === "symbol" && expr.primes > 0) {
      letters.add(expr.name);
      return expr.primes === 1 && parent?.kind === "product";
    }
    const isOther = expr.kind === "derivative" && expr.notation === "prime" && !(["product", "sum"].includes(expr.of.kind) && parent?.kind === "product");
    return !isOther && childrenOf(expr).every((child) => onlyFactors(child, expr));
  };
  return sides.every((side) => onlyFactors(side, null)) && letters.size > 1 && [...letters].some((name) => /^[A-Z]$/.test(name));
}

function hasGram(expr: Expr): boolean {
  return (expr.kind === "product" && expr.factors.some((_, at) => isGram(expr.factors, at))) || isSecond(expr) || hasIdentity(expr) || childrenOf(expr).some(hasGram);
}

/** `\partial\beta\,\partial\beta'` */
function isSecond(expr: Expr): boolean {
  const [first, second, ...more] = expr.kind === "derivative" ? expr.wrt : [];
  return first?.kind === "symbol" && second?.kind === "symbol" && !more.length && second.primes === 1 && same(first, { ...second, primes: 0 });
}

/** `(I - \lambda W)'`, `X'(I - \lambda W)` */
function hasIdentity(expr: Expr): boolean {
  const primed = expr.kind === "apply" && expr.primes === 1 && /^[A-Z]$/.test(expr.fn.name) ? expr.args[0] : primedSum(expr);
  return primed?.kind === "sum" && primed.terms.some(({ expr: term }) => term.kind === "symbol" && term.name === "I");
}

/** y − Xβ of `(y - X\beta)'` */
function primedSum(expr: Expr): Expr | null {
  return expr.kind === "derivative" && expr.notation === "prime" && expr.order === 1 && expr.of.kind === "sum" ? expr.of : null;
}

/** `X'X`, `X\Omega X'`, `w'\Sigma w`, `x_i x_i'`, `(y - X\beta)'W(y - X\beta)`: what is primed stands again behind or before it. */
function isGram(factors: readonly Expr[], at: number): boolean {
  const primed = factors[at] as Expr;
  const plain = primed.kind === "symbol" && primed.primes === 1 ? { ...primed, primes: 0 } : primedSum(primed);
  const again = plain ? factors.findIndex((factor) => same(plain, factor)) : -1;
  if (!plain || again < 0) return false;
  // `y'y` may be a rate times what changes.
  const between = factors.slice(Math.min(at, again) + 1, Math.max(at, again));
  return plain.kind !== "symbol" || /^[A-Z]/.test(plain.name) || plain.subscripts.length > 0 || between.some(isCapital);
}

function isCapital(expr: Expr): boolean {
  return (expr.kind === "symbol" && /^[A-Z]/.test(expr.name)) || (expr.kind === "power" && isCapital(expr.base));
}
