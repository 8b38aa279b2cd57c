/** Numbers beside matrices: where they stand, and what becomes a fraction. */
import { alphabetical, asColumn, cheaper, fingerprint, hasIncrement, isColumn, isIncrement, isNumber, numberOf, power, product, quotient, rational, sameExpression, transpose, whole } from "../expression/build";
import { Level, levelOf } from "../expression/precedence";
import type { Expression, ExpressionOf } from "../expression/types";
import { coefficients, inverted, negated, ONE, plus, ratio, same, type Ratio } from "../sizes";

/** uᵀv; of a vector with itself, its squared norm where that is shorter. */
export function dot(u: Expression, v: Expression): Expression {
  const columns = [asColumn(u), asColumn(v)] as const;
  const plain = product(transpose(columns[0]), columns[1]);
  const turned = product(transpose(columns[1]), columns[0]);
  const inOrder = isIncrement(columns[0]) || columns[1].kind === "ones" || alphabetical(columns[1]) < alphabetical(columns[0]) ? [turned, plain] : [plain, turned];
  const best = cheaper(...inOrder);
  if (!sameExpression(columns[0], columns[1])) return best;
  const squared = power(whole("norm", cheaper(columns[0], transpose(columns[0]))), ratio(2));
  return columns[0].kind === "symbol" || columns[0].kind === "transpose" ? cheaper(best, { ...squared, cost: best.cost + 0.01 }) : cheaper(best, squared);
}

/**
 * number · scalars · core, where the core is one matrix, or a column and a row
 * whose product it is. Products of vectors among the scalars go between
 * vectors, where they need no parentheses.
 */
export function scaledBy(number: Expression | null, given: readonly Expression[], core: readonly Expression[] | null): Expression {
  const parts = core?.length === 1 ? takeApart(core[0]!) : { scalars: [], core: null };
  const scalars = [...(number ? [number] : []), ...given, ...parts.scalars];
  const numbers = scalars.filter((e) => e.kind === "number");
  const whole = numbers.length === 0 ? null : product(...numbers);
  const powers = collectPowers(scalars.filter((e) => e.kind !== "number"));
  const above = powers.filter(({ exponent }) => exponent.n > 0).map(({ base, exponent }) => power(base, exponent));
  const below = powers.filter(({ exponent }) => exponent.n < 0).map(({ base, exponent }) => power(base, negated(exponent)));
  const rest = parts.core ? [parts.core] : core;
  if (below.length > 0) return fraction(whole, above, rest, product(...below));
  // N/2 times a matrix.
  const [top, bottom] = splitNumber(whole);
  const symbols = above.filter(({ kind }) => kind === "symbol");
  if (!rest || !bottom || symbols.length === 0) return arranged(whole, above, rest);
  const others = arranged(null, above.filter((e) => !symbols.includes(e)), rest);
  return product(quotient(product(...(top ? [top] : []), ...sortScalars(symbols)), bottom), others);
}

interface Apart {
  readonly scalars: readonly Expression[];
  readonly core: Expression;
}

/** The numbers and fractions that a matrix begins with, so that two fractions become one. */
export function takeApart(e: Expression): Apart {
  if (isNumber(e)) return { scalars: [], core: e };
  if (e.kind === "quotient") {
    const inner = takeApart(e.numerator);
    return { scalars: [...inner.scalars, ...below(e.denominator)], core: inner.core };
  }
  if (e.kind !== "product") return { scalars: [], core: e };
  const lead = e.factors.findIndex((factor) => !isNumber(factor));
  const scalars = e.factors.slice(0, lead).flatMap(scalarFactors);
  return { scalars, core: product(...e.factors.slice(lead)) };
}

/** The factors that a number is a product of, those below a line as what they multiply by. */
export function scalarFactors(e: Expression): readonly Expression[] {
  return e.kind === "quotient" ? [...spread(e.numerator), ...below(e.denominator)] : spread(e);
}

function spread(e: Expression): readonly Expression[] {
  return e.kind === "product" && e.factors.every(isNumber) ? e.factors : [e];
}

/** The factors of a denominator, and its number, as what they multiply by. */
function below(denominator: Expression): Expression[] {
  const factors = denominator.kind === "product" && denominator.factors.every(isNumber) ? denominator.factors : [denominator];
  return factors.map((factor) => (factor.kind === "number" ? inverseNumber(factor) : factor.kind === "power" && !factor.matrix ? power(factor.base, negated(factor.exponent)) : power(factor, ratio(-1))));
}

function inverseNumber({ value, written: { ratio: r, powers } }: ExpressionOf<"number">): Expression {
  return numberOf(coefficients.inverted(value), { ratio: inverted(r), powers: powers.map((size) => ({ ...size, exponent: -size.exponent })) });
}

interface ScalarPower {
  readonly base: Expression;
  readonly exponent: Ratio;
}

function collectPowers(scalars: readonly Expression[]): ScalarPower[] {
  const found = new Map<string, ScalarPower>();
  for (const e of scalars) {
    const [base, exponent] = e.kind === "power" && !e.matrix ? [e.base, e.exponent] : [e, ONE];
    const key = fingerprint(base);
    const known = found.get(key);
    found.set(key, { base, exponent: known ? plus(known.exponent, exponent) : exponent });
  }
  return [...found.values()];
}

/** A product of vectors that is a number; sums by ones are better seen in front. */
function isChain(e: Expression): boolean {
  return e.kind === "product" && !e.factors.some((factor) => isNumber(factor) || factor.kind === "ones" || (factor.kind === "transpose" && factor.arg.kind === "ones"));
}

function arranged(number: Expression | null, scalars: readonly Expression[], core: readonly Expression[] | null): Expression {
  const lead = number ? [number] : [];
  if (!core) return product(...lead, ...sortScalars(scalars));
  const inFront = product(...lead, ...sortScalars(scalars.map(asNorm)), ...core);
  const chains = scalars.filter(isChain);
  const others = sortScalars(scalars.filter((e) => !chains.includes(e)));
  const spread = chains.flatMap((e) => (e.kind === "product" ? e.factors : []));
  if (chains.length === 0) return inFront;
  if (core.length === 2 && isColumn(core[0]!)) return cheaper(inFront, product(...lead, ...others, core[0]!, ...spread, core[1]!));
  if (core.length === 1 && isColumn(core[0]!)) return cheaper(inFront, product(...lead, ...others, core[0]!, ...spread));
  return inFront;
}

/** ‖x‖² for xᵀx, which would stand in parentheses. */
function asNorm(e: Expression): Expression {
  if (e.kind !== "product" || e.factors.length !== 2) return e;
  const [row, column] = e.factors as [Expression, Expression];
  return sameExpression(transpose(row), column) ? power(whole("norm", cheaper(column, transpose(column))), ratio(2)) : e;
}

/** Plain symbols before what needs parentheses. */
function sortScalars(scalars: readonly Expression[]): Expression[] {
  const rank = (e: Expression): number => (hasIncrement(e) ? 3 : e.kind === "product" || levelOf(e) < Level.Product ? 2 : e.kind === "symbol" ? 0 : 1);
  const order = (a: Expression, b: Expression): number => (a.kind === "symbol" && b.kind === "symbol" ? (alphabetical(a) < alphabetical(b) ? -1 : 1) : 0);
  return [...scalars].sort((a, b) => rank(a) - rank(b) || order(a, b));
}

/** A short numerator stands above the line, a long one behind the fraction; the number goes with the line. */
function fraction(number: Expression | null, above: readonly Expression[], core: readonly Expression[] | null, denominator: Expression): Expression {
  // `\frac{x}{dr}` looks like a differential.
  if (number?.kind === "number" && number.written.powers.some(({ size }) => size === "d")) return product(number, fraction(null, above, core, denominator));
  const [top, bottom] = overUnder(number);
  const under = bottom ? product(bottom, denominator) : denominator;
  const broken = core ? [] : above.filter(containsFraction);
  if (broken.length) return product(quotient(product(...(top ? [top] : []), ...sortScalars(above.filter((e) => !broken.includes(e)))), under), ...sortScalars(broken));
  const numerator = arranged(top, above, core);
  if (!core || (numerator.cost <= 6.5 && numerator.kind !== "quotient" && !containsFraction(numerator))) return quotient(numerator, under);
  const chains = above.filter(isChain);
  const lead = product(...(top ? [top] : []), ...sortScalars(above.filter((e) => !chains.includes(e))));
  return product(quotient(lead, under), arranged(null, chains, core));
}

function containsFraction(e: Expression): boolean {
  if (e.kind === "quotient") return true;
  return e.kind === "product" ? e.factors.some(containsFraction) : e.kind === "sum" && e.terms.some(containsFraction);
}

/** The same for what stands beside a line already: 2/n as 2 above and n below. */
function overUnder(number: Expression | null): [Expression | null, Expression | null] {
  if (number?.kind !== "number" || !number.written.powers.length || number.written.powers.some(({ exponent }) => exponent > 0)) return splitNumber(number);
  const { n, d } = number.written.ratio;
  const top = coefficients.of(ratio(n));
  const bottom = numberOf(coefficients.times(top, coefficients.inverted(number.value)), { ratio: ratio(d), powers: number.written.powers.map((size) => ({ ...size, exponent: -size.exponent })) });
  return [n === 1 ? null : rational(ratio(n)), bottom];
}

/** −3/2 as −3 above and 2 below; sizes stay where their exponent puts them. */
function splitNumber(number: Expression | null): [Expression | null, Expression | null] {
  if (!number || number.kind !== "number") return [number, null];
  const { written } = number;
  if (written.powers.length > 0 || same(written.ratio, ONE)) return [coefficients.isOne(number.value) ? null : number, null];
  const { n, d } = written.ratio;
  return [n === 1 ? null : rational(ratio(n)), d === 1 ? null : rational(ratio(d))];
}

