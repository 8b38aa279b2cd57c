/**
 * What a step of a chain says by putting one thing in place of another:
 * `\hat{x} + K(z - \hat{z}) = \hat{x} + K(z - H\hat{x})` says what \hat{z} is.
 */
import type { Expr } from "./expression";

/** The one place in which two expressions differ; null where they are the same or differ in several. */
export function onlyDifference(a: Expr, b: Expr): { readonly left: Expr; readonly right: Expr } | null {
  const found = differences(a, b);
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** Whether two expressions are written alike. */
export function isAlike(a: Expr, b: Expr): boolean {
  return differences(a, b).length === 0;
}

type Plain = Readonly<Record<string, unknown>>;

function differences(a: unknown, b: unknown): { left: Expr; right: Expr }[] {
  if (isExpr(a) && isExpr(b)) {
    if (a.kind !== b.kind || (a.kind === "symbol" && !sameFields(a, b))) return [{ left: a, right: b }];
    // ∂L/∂b = ∂L/∂z puts nothing in the place of b.
    if (a.kind === "derivative" && differences(a.wrt, b.wrt).length) return [{ left: a, right: b }];
    const inner = fieldsOf(a, b, a.kind === "derivative" && [a, b].every(({ notation }) => notation === "fraction" || notation === "operator") ? ["notation"] : []).map(([x, y]) => differences(x, y));
    // What differs in more than a part, differs as a whole.
    return inner.some((part) => part.some(({ left }) => left === undefined)) ? [{ left: a, right: b }] : inner.flat();
  }
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length ? a.flatMap((item, i) => differences(item, b[i])) : [unlike];
  if (isPlain(a) && isPlain(b)) return fieldsOf(a, b).flatMap(([x, y]) => differences(x, y));
  return a === b ? [] : [unlike];
}

/** Marks a difference that is no expression: it belongs to the expression around it. */
const unlike = { left: undefined, right: undefined } as unknown as { left: Expr; right: Expr };

/** `\frac{\partial S}{\partial x}` and `\frac{\partial}{\partial x} S` are written in two ways alike. */
function fieldsOf(a: Plain, b: Plain, besides: readonly string[] = []): [unknown, unknown][] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((key) => !["start", "end", "text", "certain", "kind", ...besides].includes(key)).map((key) => [a[key], b[key]]);
}

function sameFields(a: Plain, b: Plain): boolean {
  return differences({ ...a, kind: "" }, { ...b, kind: "" }).length === 0;
}

function isPlain(value: unknown): value is Plain {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isExpr(value: unknown): value is Expr & Plain {
  return isPlain(value) && typeof value.kind === "string" && value.kind !== "" && "start" in value;
}
