/**
 * How far what is written without brackets reaches: what a slash divides by,
 * and what a function is taken of (`x^2/2\sigma^2`, `\sin \omega t/2`).
 */
import type { Expr } from "../semantics/expression";
import type { Lowering } from "./lower";
import { isScalar } from "./value";

type Product = Expr & { kind: "product" };
type Quotient = Expr & { kind: "quotient" };

/** A product or a quotient as the reading has it; itself where nothing is open. */
export function asFarAsItReaches(lowering: Lowering, expr: Product | Quotient): Expr {
  const taken = lowering.reading.arguments === "factor" ? expr : overArguments(lowering, expr);
  return taken.kind === "product" && lowering.reading.slashes !== "factor" ? overSlashes(lowering, taken) : taken;
}

/** Whether how far a slash reaches is open: letters stand behind what it divides by. */
export function isOpenSlash(expr: Expr): boolean {
  return expr.kind === "product" && expr.factors.some((factor, i) => isSlash(factor) && expr.operators[i] === "" && isLetter(expr.factors[i + 1] as Expr));
}

/** Whether how far the argument of a function reaches is open: `\ln ax`, `\sin x/2`. */
export function isOpenArgument(expr: Expr): boolean {
  if (isSlash(expr)) return argumentOf(lastOf(expr.numerator)) !== null;
  return expr.kind === "product" && expr.factors.some((factor, i) => argumentOf(factor) !== null && expr.operators[i] === "" && isLetter(expr.factors[i + 1] as Expr));
}

/** With what a slash divides by; a number below a number is a fraction. */
function overSlashes(lowering: Lowering, expr: Product): Expr {
  const isWide = lowering.reading.slashes === "letters";
  for (const [at, quotient] of expr.factors.entries()) {
    if (!isSlash(quotient) || (!isWide && quotient.numerator.kind === "number")) continue;
    const letters = lettersBehind(lowering, expr, at, isWide);
    if (!letters.length) continue;
    const { slash, ...whole } = quotient;
    return overSlashes(lowering, { ...expr, ...replaced(expr, at, letters.length, { ...whole, denominator: productOf([quotient.denominator, ...letters]), end: endOf(letters) }) });
  }
  return alone(expr);
}

/** With what functions without brackets are taken of: the letters behind the first factor, and what these are divided by. */
function overArguments(lowering: Lowering, expr: Product | Quotient): Expr {
  if (expr.kind === "quotient") {
    const last = lastOf(expr.numerator);
    const argument = isSlash(expr) && lowering.reading.arguments === "fractions" ? argumentOf(last) : null;
    if (!argument) return expr;
    const { slash, ...rest } = expr;
    const divided = withArgument(last, { ...rest, numerator: argument, start: argument.start });
    return expr.numerator.kind === "product" ? { ...expr.numerator, factors: [...expr.numerator.factors.slice(0, -1), divided] } : divided;
  }
  for (const [at, factor] of expr.factors.entries()) {
    const argument = argumentOf(factor);
    const letters = argument ? lettersBehind(lowering, expr, at, true) : [];
    if (argument && letters.length) return overArguments(lowering, { ...expr, ...replaced(expr, at, letters.length, withArgument(factor, productOf([argument, ...letters]))) });
  }
  return alone(expr);
}

/** The numbers that are written as letters right behind a factor; `isWide`: with blanks between. */
function lettersBehind(lowering: Lowering, { factors, operators }: Product, at: number, isWide: boolean): Expr[] {
  const letters: Expr[] = [];
  for (let i = at + 1; i < factors.length; i++) {
    const next = factors[i] as Expr;
    if (operators[i - 1] !== "" || !isLetter(next) || !(isWide || next.start === factors[i - 1]?.end) || !isScalar(lowering.lower(next))) break;
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

/** A rate stands behind what it multiplies, `\\cos\\theta\\,\\dot\\theta`. */
function isLetter(expr: Expr): boolean {
  return (expr.kind === "symbol" && !expr.accents.some((accent) => /dot/.test(accent))) || (expr.kind === "power" && expr.base.kind === "symbol") || expr.kind === "root";
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
