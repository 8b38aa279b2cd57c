/**
 * `z \gets Wx + b` of a forward pass says what z is. What a letter is assigned
 * more than once, from itself, or from what is assigned from it, is a step of an
 * iteration and says nothing of the kind; nor does a number, or another letter,
 * from which an iteration starts.
 */
import { childrenOf, type Expr, type SymbolExpr, symbolsIn } from "./expression";
import { isExample } from "./declarations/definitions";
import type { Located } from "./model";
import { baseKey, fullKey } from "./symbols/key";

interface Assignment {
  readonly id: number;
  readonly key: string;
  readonly value: Expr;
}

export function withAssignments(all: readonly Located[]): Located[] {
  const defining = new Set([...new Set(all.map(({ section }) => section))].flatMap((section) => definingIn(all.filter((one) => one.section === section))));
  return defining.size === 0 ? [...all] : all.map((one) => (defining.has(one.id) ? { ...one, role: one.role === "update" ? null : one.role, assertion: { ...one.assertion, links: one.assertion.links.map((link) => ({ ...link, operator: ":=" as const })) } } : one));
}

/** Those of a section that define what they assign. */
function definingIn(section: readonly Located[]): number[] {
  const assignments = section.flatMap(assignmentIn);
  const otherwise = new Set(section.filter(({ assertion }) => assertion.links[0]?.operator === "=").flatMap(({ assertion: { sides: [left] } }) => assigned(left) ?? []).map(keyOf));
  const made = new Map(assignments.map(({ key, value }) => [key, symbolsIn(value).map(keyOf)]));
  const leadsTo = (key: string, goal: string, seen: Set<string>): boolean =>
    (made.get(key) ?? []).some((next) => {
      if (next === goal) return true;
      if (seen.has(next)) return false;
      seen.add(next);
      return leadsTo(next, goal, seen);
    });
  const isOnce = ({ key }: Assignment): boolean => assignments.filter((other) => other.key === key).length === 1 && !otherwise.has(key) && !leadsTo(key, key, new Set());
  return assignments.filter((one) => isOnce(one) && isFormula(one.value)).map(({ id }) => id);
}

function assignmentIn({ id, assertion: { sides: [left, value, ...more], links } }: Located): Assignment[] {
  const symbol = links[0]?.operator === "\\leftarrow" && value && !more.length ? assigned(left) : null;
  return symbol && value && !isStep(symbol, value) ? [{ id, key: keyOf(symbol), value }] : [];
}

/** z of z and of `z^2`. */
function assigned(left: Expr | undefined): SymbolExpr | null {
  const base = left?.kind === "power" && left.exponent.kind === "number" ? left.base : left;
  return base?.kind === "symbol" ? base : null;
}

/** Members that plain letters number are all one: r_{ik} and r_{ij}, and not h_t and h_{t-1}. */
function keyOf(symbol: SymbolExpr): string {
  return fullKey({ ...symbol, subscripts: symbol.subscripts.map((subscript) => (subscript.expr.kind === "symbol" ? { ...subscript, text: "*" } : subscript)) });
}

/** `h_t \gets h_{t-1} + g_t` */
function isStep(symbol: SymbolExpr, value: Expr): boolean {
  const isMember = ({ subscripts }: SymbolExpr): boolean => subscripts.some(({ expr }) => expr.kind !== "number");
  return isMember(symbol) && symbolsIn(value).some((other) => isMember(other) && baseKey(other) === baseKey(symbol));
}

function isFormula(value: Expr): boolean {
  const chooses = (expr: Expr): boolean => expr.kind === "opaque" || (expr.kind === "apply" && /^arg(min|max)$/.test(expr.fn.name)) || (expr.kind === "symbol" && /^arg(min|max)?$/.test(expr.name)) || childrenOf(expr).some(chooses);
  return value.kind !== "symbol" && !isExample(value) && !chooses(value);
}
