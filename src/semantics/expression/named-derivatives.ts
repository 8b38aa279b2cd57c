/**
 * Derivatives named by a letter: `J_f(x)`, `H_f`, `D f(x)`, `D_x f`. The letter
 * is one only where what follows is a function and the document declares
 * nothing of that name.
 */
import type { Node } from "../../latex/types";
import type { Reader } from "./reader";
import { readComposed } from "./composition";
import { isAlong, readAlong } from "./directions";
import { applyScripts } from "./scripted";
import { splitRow } from "./nodes";
import { unwrap } from "./scripts";
import type { Derivative, Expr, SymbolExpr } from "./types";
import { looksLikeFunction, mayBeFunction } from "./words";

export function readDerivativeOf(reader: Reader, node: Node, closingBar: string | null): Expr | null {
  return subscripted(reader, node) ?? operator(reader, node, closingBar);
}

/** `J_f`, `J_f(x)`, `\mathbf{H}_f(x)` */
function subscripted(reader: Reader, node: Node): Expr | null {
  if (node.kind !== "scripts" || !node.sub || node.primes || node.base?.kind !== "symbol" || !/^[JH]$/.test(node.base.name)) return null;
  if (reader.options.isDeclared?.(letter(node.base.name, node))) return null;
  const notation = node.base.name === "H" ? "hessian" : "jacobian";
  const composed = readComposed(reader, node.sub, node, 1);
  if (composed) return derivative(notation, composed.value, [composed.argument], node.start);
  const of = reader.read(node.sub, node);
  if (of.kind !== "symbol" || !isFunction(reader, of)) return null;
  reader.next();
  const after = reader.peek();
  // `J_f(x)^\top` is the transpose of all of it.
  if (!node.sup && after?.kind === "scripts" && after.base?.kind === "fenced" && after.base.open === "(") {
    reader.next();
    return applyScripts(reader, derivative(notation, applied(reader, of, after.base), [], node.start), after, after.sub, after.sup, after.primes);
  }
  const taken = derivative(notation, withArguments(reader, of, node), [], node.start);
  return node.sup ? applyScripts(reader, taken, node, null, node.sup, 0) : taken;
}

/** `D f(x)`, `\mathrm{D}f`, `D_x f`, `D_x(y^\top A x)` */
function operator(reader: Reader, node: Node, closingBar: string | null): Expr | null {
  const core = node.kind === "scripts" ? node.base : node;
  if (core?.kind !== "symbol" || core.name !== "D" || (node.kind === "scripts" && node.primes)) return null;
  const order = node.kind === "scripts" && node.sup ? orderOf(reader.read(node.sup, node)) : 1;
  const following = reader.peek(1);
  const base = following?.kind === "scripts" ? following.base : following;
  const known = base?.kind === "symbol" && reader.options.isFunction?.(letter(base.name, base)) === true;
  const isName = order > 0 && !reader.options.isDeclared?.(letter("D", node));
  const composed = isName && node.kind === "symbol" && following?.kind === "fenced" ? readComposed(reader, following.body, following, 2) : null;
  if (composed) return derivative("D", composed.value, [composed.argument], node.start);
  if (!isName || !(known || isAlong(reader) || isOfBracket(reader, node, base))) return null;
  const wrt = node.kind === "scripts" && node.sub ? [reader.read(node.sub, node)] : [];
  reader.next();
  const of = reader.factor(closingBar);
  if (of.kind === "transpose") return { ...of, base: derivative("D", of.base, wrt, node.start), start: node.start };
  return readAlong(reader, { ...derivative("D", of, wrt, node.start), order }, "any");
}

/** Whether what stands below the letter is a variable of the document that the brackets after it contain. */
function isOfBracket(reader: Reader, node: Node, following: Node | null | undefined): boolean {
  const [below, ...more] = node.kind === "scripts" && node.sub ? unwrap(node.sub) : [];
  if (below?.kind !== "symbol" || more.length || following?.kind !== "fenced" || following.open !== "(" || reader.options.isDeclared?.(letter(below.name, below)) !== true) return false;
  const contains = (row: readonly Node[]): boolean => row.some((inner) => (inner.kind === "symbol" && inner.name === below.name) || (inner.kind === "scripts" && inner.base !== null && contains([inner.base])) || ((inner.kind === "fenced" || inner.kind === "group") && contains(inner.body)));
  return contains(following.body);
}

/** The order that a superscript says; 0 where it says something else. */
function orderOf(expr: Expr): number {
  return expr.kind === "number" && expr.denominator === 1 && expr.numerator <= 3 ? expr.numerator : 0;
}

function isFunction(reader: Reader, symbol: SymbolExpr): boolean {
  // `f = \|Ax - b\|^2` is a function too, though its argument is not written.
  return reader.options.isFunction?.(symbol) === true || looksLikeFunction(symbol.name) || (mayBeFunction(symbol.name) && reader.options.isDeclared?.(symbol) === true);
}

/** The function at the arguments that follow its derivative's name, if there are any. */
function withArguments(reader: Reader, fn: SymbolExpr, place: Node): Expr {
  const bracket = reader.peek();
  if (bracket?.kind !== "fenced" || bracket.open !== "(") return { ...fn, end: place.end };
  reader.next();
  return applied(reader, fn, bracket);
}

function applied(reader: Reader, fn: SymbolExpr, bracket: Node & { kind: "fenced" }): Expr {
  return { kind: "apply", fn, args: splitRow(unwrap(bracket.body), ",").map((part) => reader.read(part, bracket)), certain: true, primes: 0, start: fn.start, end: bracket.end };
}

function derivative(notation: Derivative["notation"], of: Expr, wrt: readonly Expr[], start: number): Derivative {
  return { kind: "derivative", notation, of, wrt, order: notation === "hessian" ? 2 : 1, total: false, missingPartial: false, start, end: of.end };
}

function letter(name: string, place: Node): SymbolExpr {
  return { kind: "symbol", name, font: "", accents: [], subscripts: [], tags: [], primes: 0, start: place.start, end: place.end };
}
