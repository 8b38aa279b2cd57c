/**
 * `f_x(x, y)`, `f_{xy}(1, 0)` of an f(x, y) with a formula: with the letters of
 * arguments below it and as many arguments, it is a derivative of f.
 */
import type { Draft } from "./declarations/draft";
import { type Derivative, type Expr, type SymbolExpr, wordOf } from "./expression";
import type { Located } from "./model";
import { baseKey, fullKey } from "./symbols/key";

type Apply = Expr & { readonly kind: "apply" };

export function withSlopes({ located }: Draft): Located[] {
  const known = new Map<string, readonly SymbolExpr[]>();
  return located.map((one) => {
    const { sides, links } = one.assertion;
    const written = known.size ? (sides.map((side) => derived(side, known)) as Expr[]) : sides;
    const [left] = sides;
    if (left?.kind === "apply" && links[0]?.operator === "=") note(known, left);
    return written.every((side, i) => side === sides[i]) ? one : { ...one, assertion: { ...one.assertion, sides: written } };
  });
}

function note(known: Map<string, readonly SymbolExpr[]>, { fn, args, primes }: Apply): void {
  const letters = args.filter((arg): arg is SymbolExpr => arg.kind === "symbol" && !arg.subscripts.length && !arg.tags.length);
  if (primes || fn.subscripts.length || fn.tags.length || wordOf(fn.name)) return;
  if (letters.length === args.length && args.length > 1) known.set(fullKey(fn), letters);
  else known.delete(fullKey(fn));
}

/** The same value where nothing in it is one of these. */
function derived(value: unknown, known: ReadonlyMap<string, readonly SymbolExpr[]>): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => derived(item, known));
    return items.every((item, i) => item === value[i]) ? value : items;
  }
  if (typeof value !== "object" || value === null) return value;
  const slope = isApply(value) ? slopeOf(value, known) : null;
  if (slope) return slope;
  const entries = Object.entries(value).map(([key, inner]) => [key, derived(inner, known)] as const);
  return entries.every(([key, inner]) => inner === (value as Record<string, unknown>)[key]) ? value : Object.fromEntries(entries);
}

function slopeOf({ fn, args, primes, certain, start, end }: Apply, known: ReadonlyMap<string, readonly SymbolExpr[]>): Expr | null {
  const of: SymbolExpr = { ...fn, subscripts: [], end: Math.min(fn.end, fn.start + fn.name.length) };
  const params = known.get(fullKey(of));
  const wrt = fn.subscripts.flatMap(({ expr }) => (expr.kind === "symbol" && params?.some((param) => fullKey(expr) === fullKey(param)) ? [expr] : []));
  if (!params || primes || !wrt.length || wrt.length > 2 || wrt.length !== fn.subscripts.length || args.length !== params.length) return null;
  const place = { start, end };
  const isItself = args.every((arg, i) => arg.kind === "symbol" && baseKey(arg) === baseKey(params[i] as SymbolExpr) && !arg.subscripts.length);
  const derivative: Derivative = { kind: "derivative", notation: "fraction", of: isItself ? { kind: "apply", fn: of, args, primes: 0, certain, ...place } : of, wrt, order: wrt.length, total: false, missingPartial: false, ...place };
  return isItself ? derivative : { kind: "at", body: derivative, where: [{ sides: [{ kind: "tuple", items: args, ...place }], links: [], ...place }], ...place };
}

function isApply(value: object): value is Apply {
  return "kind" in value && value.kind === "apply";
}
