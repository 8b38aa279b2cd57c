/**
 * `P(y_i = k | x_i; \theta)`: the probability of an event, one number for each
 * class and sample. It is read as `P_{ik}`: by the letters that run in what
 * stands before the bar, behind it and in the event, the value last.
 */
import type { Node } from "../../latex/types";
import { letterOfLabel } from "../class-labels";
import { symbolsIn } from "./derivatives";
import { isRelationNode, splitRow } from "./nodes";
import type { Reader } from "./reader";
import { unwrap } from "./scripts";
import type { Expr, Subscript, SymbolExpr } from "./types";

/** Null where what is in the brackets is no event with one value. */
export function readEvent(reader: Reader, symbol: SymbolExpr, bracket: Node & { kind: "fenced" }): SymbolExpr | null {
  if (!/^(P|p|Pr|q|Q)$/.test(symbol.name) || symbol.subscripts.length || symbol.primes || bracket.open !== "(") return null;
  const [event = [], ...given] = splitRow(unwrap(bracket.body), "mid", "|", ";");
  if (!event.some(isRelationNode) || given.some((row) => row.some(isRelationNode))) return null;
  const { sides: [variable, value, ...more], links: [link] } = reader.relation(event, bracket);
  if (!variable || !value || more.length || link?.operator !== "=" || variable.kind !== "symbol" || !(value.kind === "symbol" || value.kind === "number")) return null;
  const letters = [variable, ...given.flatMap((row) => splitRow(row, ",")).map((row) => reader.read(row, bracket))].flatMap(lettersOf);
  const distinct = letters.filter((one, at) => letters.findIndex(({ text }) => text === one.text) === at);
  return { ...symbol, subscripts: [...distinct, subscriptOf(value)], end: bracket.end };
}

/** The letters that run below, and in brackets above, what an expression is made of. */
function lettersOf(expr: Expr): Subscript[] {
  return symbolsIn(expr, false).flatMap(({ name, subscripts, tags, start, end }) => {
    const label = letterOfLabel(name);
    const above = tags.flatMap(({ expr: inner }) => (inner?.kind === "symbol" ? [inner] : []));
    const own = label === null ? [] : [{ ...(expr as SymbolExpr), name: label, subscripts: [], tags: [], start, end }];
    return [...own, ...above, ...subscripts.flatMap(({ expr: below }) => (below.kind === "symbol" ? [below] : []))].map(subscriptOf);
  });
}

function subscriptOf(expr: Expr): Subscript {
  return { expr, text: expr.kind === "symbol" ? expr.name : expr.kind === "number" ? String(expr.numerator / expr.denominator) : "", start: expr.start, end: expr.end };
}
