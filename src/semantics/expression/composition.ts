/** Functions one after the other: `(f \circ g)(x)`, and its derivatives. */
import type { Place, Row } from "../../latex/types";
import { splitRow } from "./nodes";
import type { Reader } from "./reader";
import { unwrap } from "./scripts";
import { symbolsIn } from "./derivatives";
import { childrenOf, plainSymbol } from "./tree";
import type { Expr, SymbolExpr } from "./types";
import { looksLikeFunction } from "./words";

/** A composition at its argument. */
export interface Composed {
  readonly value: Expr;
  readonly argument: Expr;
}

/** Functions with `\circ` between them at the argument that stands `ahead`: all until there is taken; null, and nothing is taken, where they are none. */
export function readComposed(reader: Reader, functions: Row, place: Place, ahead = 0): Composed | null {
  const bracket = reader.peek(ahead);
  if (bracket?.kind !== "fenced" || bracket.open !== "(") return null;
  const row = unwrap(functions);
  const fns = functionsIn(reader, row, place);
  const pointwise = fns ? null : combinationOf(reader, row, place);
  if (!fns && !pointwise) return null;
  for (let taken = 0; taken <= ahead; taken++) reader.next();
  const argument = reader.read(unwrap(bracket.body), bracket);
  return { argument, value: fns ? composedAt(fns, argument, place.start, bracket.end) : takenAt(reader, pointwise as Expr, argument) };
}

/** `(f g)(x)`, `(f/g)(x)`, `(\alpha f + g)(x)`: known functions put together, which are taken at one argument each. */
function combinationOf(reader: Reader, row: Row, place: Place): Expr | null {
  if (row.length < 2 || row.some(({ kind }) => kind === "fenced")) return null;
  const expr = reader.read(row, place);
  const letters = symbolsIn(expr, false);
  const fns = letters.filter((letter) => reader.options.isFunction?.(letter) === true);
  const isPlain = (one: Expr): boolean => (one.kind === "symbol" ? !one.subscripts.length && (fns.includes(one) || isCoefficient(one)) : ["sum", "product", "quotient", "number"].includes(one.kind) && childrenOf(one).every(isPlain));
  return new Set(fns.map(({ name }) => name)).size > 1 && isPlain(expr) ? expr : null;
}

function isCoefficient({ name }: SymbolExpr): boolean {
  return /^(alpha|beta|gamma|lambda|mu|[abc])$/.test(name);
}

function takenAt(reader: Reader, expr: Expr, argument: Expr): Expr {
  if (expr.kind === "symbol") return reader.options.isFunction?.(expr) === true ? { kind: "apply", fn: expr, args: [argument], certain: true, primes: 0, start: expr.start, end: expr.end } : expr;
  if (expr.kind === "sum") return { ...expr, terms: expr.terms.map((term) => ({ ...term, expr: takenAt(reader, term.expr, argument) })) };
  if (expr.kind === "product") return { ...expr, factors: expr.factors.map((factor) => takenAt(reader, factor, argument)) };
  return expr.kind === "quotient" ? { ...expr, numerator: takenAt(reader, expr.numerator, argument), denominator: takenAt(reader, expr.denominator, argument) } : expr;
}

/** Known functions with `\circ` between them, and no argument: a function of a letter of its own. */
export function compositionOf(reader: Reader, factors: readonly Expr[], operators: readonly string[]): Expr | null {
  const [first, last] = [factors[0], factors[factors.length - 1]];
  const isFunction = (factor: Expr): factor is SymbolExpr => factor.kind === "symbol" && reader.options.isFunction?.(factor) === true;
  if (!first || !last || operators.length === 0 || operators.some((operator) => operator === "") || !factors.every(isFunction)) return null;
  return composedAt(factors, plainSymbol(ownArgument, "", last, []), first.start, last.end);
}

/** The letter that a composition without an argument is a function of; null where an expression is none. */
export function argumentOfComposition(expr: Expr): SymbolExpr | null {
  if (expr.kind === "symbol") return expr.name === ownArgument ? expr : null;
  return expr.kind === "apply" && expr.args[0] && expr.args.length === 1 ? argumentOfComposition(expr.args[0]) : null;
}

const ownArgument = "⟨argument⟩";

/** f(g(…)) of the functions from the outermost to the innermost. */
export function composedAt(fns: readonly SymbolExpr[], argument: Expr, start: number, end: number): Expr {
  return fns.reduceRight<Expr>((inner, fn) => ({ kind: "apply", fn, args: [inner], certain: true, primes: 0, start, end }), argument);
}

function functionsIn(reader: Reader, row: Row, place: Place): SymbolExpr[] | null {
  if (!row.some((node) => node.kind === "operator" && node.name === "circ")) return null;
  const parts = splitRow(row, "circ").map((part) => (part.length === 1 ? reader.read(part, place) : null));
  const isFunction = (part: Expr | null): part is SymbolExpr => part?.kind === "symbol" && (reader.options.isFunction?.(part) === true || looksLikeFunction(part.name));
  return parts.length > 1 && parts.every(isFunction) ? parts : null;
}
