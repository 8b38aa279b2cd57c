/** Sums of terms, written out or with dots between the first and the last. */
import type { Place } from "../latex/types";
import type { Expr, SymbolExpr } from "../semantics/expression";
import { lowerBig } from "./big-operators";
import type { Lowering } from "./lower";
import { plus } from "./operations";
import { interpolate } from "./special";
import { literal, type Value } from "./value";

export function lowerSum(lowering: Lowering, terms: readonly { sign: 1 | -1; expr: Expr }[]): Value {
  if (terms.some((term) => term.expr.kind === "dots")) return dottedSum(lowering, terms);
  const lowered = terms.map((term) => ({ sign: term.sign, value: lowering.lower(term.expr), place: term.expr }));
  let total = signed(lowering, lowered[0] as (typeof lowered)[number]);
  for (const next of lowered.slice(1)) total = plus(lowering, total, signed(lowering, next), next.place);
  return total;
}

/** `x_1 + \dots + x_n`: the sum over the index that runs from the first to the last term; others may stand before and after, as F_0 does before `x_1F_1 + \dots + x_nF_n`. */
function dottedSum(lowering: Lowering, terms: readonly { sign: 1 | -1; expr: Expr }[]): Value {
  const at = terms.findIndex((term) => term.expr.kind === "dots");
  const [dots, last] = [terms[at]?.expr as Expr, terms[at + 1]];
  if (at === 0 || !last) return lowering.fail("unsupported", "dots at the end of a sum", dots);
  const start = terms.slice(0, at).findIndex((first) => first.sign === last.sign && interpolate(first.expr, last.expr));
  const first = terms[start];
  const general = first && interpolate(first.expr, last.expr);
  if (!general) return lowering.fail("unsupported", "dots whose pattern is not plain", dots);
  const run = { sign: first.sign, value: overIndex(lowering, general.letter, general.from, general.to, general.expr, first.expr), place: first.expr };
  const others = [...terms.slice(0, start), ...terms.slice(at + 2)].map(({ sign, expr }) => ({ sign, value: lowering.lower(expr), place: expr }));
  return others.reduce((total, next) => plus(lowering, total, signed(lowering, next), next.place), signed(lowering, run));
}

function overIndex(lowering: Lowering, letter: SymbolExpr, from: Expr, to: Expr, body: Expr, place: Place): Value {
  return lowerBig(lowering, { kind: "big", operator: "sum", indices: [{ symbol: letter, from, to }], conditions: [], body, start: place.start, end: place.end });
}

function signed(lowering: Lowering, term: { sign: 1 | -1; value: Value }): Value {
  return term.sign === 1 ? term.value : lowering.algebra.scale(literal(-1), term.value);
}
