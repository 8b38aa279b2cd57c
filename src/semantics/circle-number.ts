/**
 * π in a text that has a policy π: `\sqrt{2\pi}` and `\log 2\pi` are the number.
 * Behind a number it gets a name of its own, which is no letter of the text.
 */
import { childrenOf, type Expr } from "./expression";
import type { Located } from "./model";

/** What the number is called, apart from the letter. */
export const circleNumber = "π";

export function withCircleNumbers(located: readonly Located[]): readonly Located[] {
  const isPolicy = (expr: Expr): boolean => (expr.kind === "apply" && expr.fn.name === "pi") || (expr.kind === "symbol" && expr.name === "pi" && expr.subscripts.length > 0) || childrenOf(expr).some(isPolicy);
  if (!located.some(({ assertion }) => assertion.sides.some(isPolicy))) return located;
  return located.map((one) => ({ ...one, assertion: { ...one.assertion, sides: one.assertion.sides.map((side) => renamed(side) as Expr) } }));
}

function renamed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item, at) => (isBarePi(item) && isNumber(value[at - 1]) ? { ...item, name: circleNumber } : renamed(item)));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, renamed(inner)]));
}

function isBarePi(value: unknown): value is Expr & { kind: "symbol" } {
  const expr = value as Expr | null;
  return expr?.kind === "symbol" && expr.name === "pi" && !expr.subscripts.length && !expr.tags.length;
}

function isNumber(value: unknown): boolean {
  return (value as Expr | undefined)?.kind === "number";
}
