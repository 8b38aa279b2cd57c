/**
 * `\frac{df}{dx}(x)`, `\frac{df}{dx}(x_0)`: a derivative with the arguments of
 * what is differentiated written after it, where others would have a factor in
 * brackets. A bracket is no factor where it holds what is differentiated by,
 * that letter at a point, a number, or a list.
 */
import type { Node } from "../../latex/types";
import { splitRow } from "./nodes";
import type { Reader } from "./reader";
import { unwrap } from "./scripts";
import type { Derivative, Expr, Relation, SymbolExpr } from "./types";

/** The derivative where its argument says; itself, and nothing is taken, where none follows. */
export function atWrittenArguments(reader: Reader, derivative: Derivative): Expr {
  const bracket = reader.peek();
  const [letter] = derivative.wrt;
  if (bracket?.kind !== "fenced" || bracket.open !== "(" || derivative.of.kind !== "symbol" || letter?.kind !== "symbol" || derivative.wrt.some((other) => other.kind !== "symbol" || !isSame(other, letter))) return derivative;
  const read = readArguments(reader, bracket);
  const own = read.some((argument) => isItself(argument, letter));
  const [only] = read;
  const point = !own && read.length === 1 && only && isPointOf(only, letter) ? only : null;
  if (!own && !point && read.length < 2) return derivative;
  reader.next();
  const end = bracket.end;
  if (own) return { ...derivative, end };
  const place = { start: bracket.start, end };
  const where: Relation = point ? { sides: [letter, point], links: [{ operator: "=", start: bracket.start, end: bracket.start }], ...place } : { sides: [{ kind: "tuple", items: read, ...place }], links: [], ...place };
  return { kind: "at", body: derivative, where: [where], start: derivative.start, end };
}

function readArguments(reader: Reader, bracket: Node & { kind: "fenced" }): readonly Expr[] {
  return splitRow(unwrap(bracket.body), ",").map((part) => reader.read(part, bracket));
}

/** x, or x(t) of ∂f/∂x. */
function isItself(argument: Expr, letter: SymbolExpr): boolean {
  return (argument.kind === "symbol" && isSame(argument, letter)) || (argument.kind === "apply" && !argument.primes && isSame(argument.fn, letter));
}

/** x_0, x^{*}, \hat x of x, or a number. */
function isPointOf(argument: Expr, letter: SymbolExpr): boolean {
  return argument.kind === "number" || (argument.kind === "symbol" && argument.name === letter.name && argument.font === letter.font);
}

function isSame(a: SymbolExpr, b: SymbolExpr): boolean {
  const marks = ({ name, font, accents, subscripts, tags, primes }: SymbolExpr): string => [name, font, primes, ...accents, ...subscripts.map(({ text }) => `_${text}`), ...tags.map(({ text }) => `^${text}`)].join(" ");
  return marks(a) === marks(b);
}
