/** What occurs in an expression, kept with each part: edits of a claim ask it of the same parts again and again. */
import { Kept } from "../../base/kept";
import { childrenOf } from "./tree";
import type { Expr } from "./types";

/** A kind of expression, or symbols and entries with indices. */
export type Occurring = Expr["kind"] | "index";

const bits = new Map<Occurring, number>();
const known = new Kept<Expr, number>();

export function occurs(what: Occurring, expr: Expr): boolean {
  return (occurrencesIn(expr) & bitOf(what)) !== 0;
}

function occurrencesIn(expr: Expr): number {
  let found = known.get(expr);
  if (found === undefined) {
    found = bitOf(expr.kind) | (isIndexed(expr) ? bitOf("index") : 0);
    for (const child of childrenOf(expr)) found |= occurrencesIn(child);
    known.set(expr, found);
  }
  return found;
}

function isIndexed(expr: Expr): boolean {
  if (expr.kind === "symbol") return expr.subscripts.length > 0;
  return expr.kind === "entry" || (expr.kind === "apply" && expr.fn.subscripts.length > 0);
}

/** Fewer kinds than there are bits in an integer. */
function bitOf(what: Occurring): number {
  let bit = bits.get(what);
  if (bit === undefined) bits.set(what, (bit = 1 << bits.size));
  return bit;
}
