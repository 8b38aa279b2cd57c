/**
 * How far what is written without brackets reaches: what a slash divides by,
 * and what a function is taken of (`x^2/2\sigma^2`, `\sin \omega t/2`).
 */
import type { Expr } from "../semantics/expression";
import type { Lowering } from "./lower";
import { isScalar } from "./value";

type Product = Expr & { kind: "product" };
type Quotient = Expr & { kind: "quotient" };

/** An expression as the reading has it; itself where nothing is open. */
export function asFarAsItReaches(lowering: Lowering, expr: Expr): Expr {
  const { slashes, arguments: taken } = lowering.reading;
  if (taken === "factor") return ofOneFactor(expr);
  const whole = taken === "fractions" ? ofFractions(expr) : expr;
  return whole.kind === "product" && slashes !== "factor" ? overSlashes(lowering, whole) : whole;
}

/** Whether how far a slash reaches is open: letters stand behind what it divides by. */
export function isOpenSlash(expr: Expr): boolean {
  return expr.kind === "product" && expr.factors.some((factor, i) => isSlash(factor) && expr.operators[i] === "" && isLetter(expr.factors[i + 1] as Expr));
}

/** Whether how far the argument of a function reaches is open: `\ln ax`, `\sin x/2`. */
export function isOpenArgument(expr: Expr): boolean {
  return isSlash(expr) ? argumentOf(lastOf(expr.numerator)) !== null : ofOneFactor(expr) !== expr;
}

/** With what a slash divides by; a number below a number is a fraction. */
function overSlashes(lowering: Lowering, expr: Product): Expr {
  const isWide = lowering.reading.slashes === "letters";
  for (const [at, quotient] of expr.factors.entries()) {
    if (!isSlash(quotient) || (!isWide && quotient.numerator.kind === "number")) continue;
    const letters = lettersBehind(lowering, expr, at, quotient.denominator, isWide);
    if (!letters.length) continue;
    const { slash: _, ...whole } = quotient;
    return overSlashes(lowering, { ...expr, ...replaced(expr, at, letters.length, { ...whole, denominator: productOf([quotient.denominator, ...letters]), end: endOf(letters) }) });
  }
  return alone(expr);
}

/** `\sin x/2` as the sine of x/2. */
function ofFractions(expr: Expr): Expr {
  const last = isSlash(expr) ? lastOf(expr.numerator) : expr;
  const argument = argumentOf(last);
  if (!isSlash(expr) || !argument) return expr;
  const { slash: _, ...rest } = expr;
  const divided = withArgument(last, { ...rest, numerator: argument, start: argument.start });
  return expr.numerator.kind === "product" ? { ...expr.numerator, factors: [...expr.numerator.factors.slice(0, -1), divided] } : divided;
}

/** `\cos\theta r` as the cosine of θ times r. */
function ofOneFactor(expr: Expr): Expr {
  const argument = argumentOf(expr);
  const [first, ...others] = argument?.kind === "product" ? argument.factors : [];
  return first && first.kind !== "number" ? productOf([withArgument(expr, first), ...others]) : expr;
}

/** The numbers that are written as letters behind what a slash divides by, and arrays that make a number of it (`x^\top Ax/x^\top x`); `isWide`: with blanks between. */
function lettersBehind(lowering: Lowering, { factors, operators }: Product, at: number, denominator: Expr, isWide: boolean): Expr[] {
  const letters: Expr[] = [];
  const isNumber = isScalar(lowering.lower(denominator));
  for (let i = at + 1; i < factors.length; i++) {
    const next = factors[i] as Expr;
    if (operators[i - 1] !== "" || !isLetter(next) || !(isWide || next.start === factors[i - 1]?.end) || (isNumber && !isScalar(lowering.lower(next)))) break;
    letters.push(next);
  }
  return letters;
}

/** The factor at a place and so many behind it as one. */
function replaced({ factors, operators }: Product, at: number, more: number, by: Expr): Pick<Product, "factors" | "operators"> {
  return { factors: [...factors.slice(0, at), by, ...factors.slice(at + more + 1)], operators: [...operators.slice(0, at), ...operators.slice(at + more)] };
}

function alone(expr: Product): Expr {
  return expr.factors.length === 1 ? (expr.factors[0] as Expr) : expr;
}

function productOf(factors: readonly Expr[]): Expr {
  return { kind: "product", factors, operators: factors.slice(1).map(() => "" as const), start: factors[0]?.start ?? 0, end: endOf(factors) };
}

function endOf(factors: readonly Expr[]): number {
  return factors[factors.length - 1]?.end ?? 0;
}

function isSlash(expr: Expr): expr is Quotient {
  return expr.kind === "quotient" && expr.slash === true && !expr.elementwise;
}

function isLetter(expr: Expr): boolean {
  return expr.kind === "symbol" || (expr.kind === "power" && expr.base.kind === "symbol") || ["root", "norm", "bars"].includes(expr.kind);
}

function lastOf(expr: Expr): Expr {
  return expr.kind === "product" ? (expr.factors[expr.factors.length - 1] as Expr) : expr;
}

/** What a function without brackets, or a power of one, is taken of. */
function argumentOf(expr: Expr): Expr | null {
  if (expr.kind === "power") return argumentOf(expr.base);
  return expr.kind === "apply" && expr.bare ? (expr.args[0] ?? null) : null;
}

function withArgument(expr: Expr, argument: Expr): Expr {
  if (expr.kind === "power") return { ...expr, base: withArgument(expr.base, argument), end: argument.end };
  return expr.kind === "apply" ? { ...expr, args: [argument], end: argument.end } : expr;
}
