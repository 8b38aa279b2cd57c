/** `x^{-1}_{kl}` beside x_{ij}: the entry of the inverse, which an inverse of an entry is written like. */
import { withParts } from "../base/parts";
import type { Expr } from "../semantics/expression";
import type { Model } from "../semantics/model";
import { otherCase } from "../semantics/symbols/key";
import type { Place } from "../semantics/symbols/table";

/** The same expression where it has none. */
export function asEntriesOfInverses(model: Model, place: Place, expr: Expr): Expr {
  const isMatrix = (base: Expr): boolean => base.kind === "symbol" && model.table.resolve(base, place)?.entity.shape?.length === 2;
  const change = <T>(value: T): T => {
    if (typeof value !== "object" || value === null) return value;
    const one = value as unknown as Expr;
    const whole = one.kind === "power" && one.base.kind === "symbol" && one.base.subscripts.length === 2 && isMinusOne(one.exponent) ? { ...one.base, subscripts: [] } : null;
    const matrix = whole && [otherCase(whole), whole].find((base) => base !== null && isMatrix(base));
    if (!matrix || one.kind !== "power" || one.base.kind !== "symbol") return withParts(value, change) as T;
    const entry: Expr = { kind: "entry", base: { ...one, base: matrix }, indices: one.base.subscripts, start: one.start, end: one.end };
    return entry as unknown as T;
  };
  return change(expr);
}

function isMinusOne(exponent: Expr): boolean {
  if (exponent.kind === "number") return exponent.numerator === -1 && exponent.denominator === 1;
  const [only, ...more] = exponent.kind === "sum" ? exponent.terms : [];
  return !more.length && only?.sign === -1 && only.expr.kind === "number" && only.expr.numerator === 1 && only.expr.denominator === 1;
}
