/** `d` before something that can vary, and `dX` where that is a name. */
import type { Node, Row } from "../../latex/types";
import { readAlong } from "./directions";
import { isBarName, isD } from "./nodes";
import { readProduct } from "./products";
import type { Reader } from "./reader";
import { unwrap } from "./scripts";
import { productOf } from "./tree";
import type { Derivative, Expr, SymbolExpr } from "./types";
import { wordOf } from "./words";

/** `d` before something that can vary: `dX`, `d(…)`, `\mathrm{d}\mathbf{x}`, `d^2 f`; or δ and Δ, where the document varies by them. */
export function startsDifferential(reader: Reader, node: Node): boolean {
  const core = node.kind === "scripts" && (!node.sub || letterBelow(node)) && node.primes === 0 ? node.base : node;
  if (!isD(core) && !isWrittenInOne(reader, core) && !(core?.kind === "symbol" && reader.options.varying?.has(core.name))) return false;
  // `d^\top A`: only `d^2 f` is of a higher order.
  if (node.kind === "scripts" && node.sup && !node.sup.every((above) => above.kind === "number")) return false;
  if (reader.options.dIsVariable && core?.kind === "symbol" && core.font === "") return false;
  if (reader.options.dIsSize && core?.kind === "symbol" && core.font === "" && isUnderOne(reader)) return false;
  const following = reader.peek(1);
  if (!following || spellsName(reader)) return false;
  const operand = following.kind === "scripts" ? following.base : following;
  if (!operand) return false;
  // `d \log 2\pi`: what cannot vary has no differential, so that d is a number.
  if (["symbol", "name", "fenced"].includes(operand.kind) && isConstant(reader.row.slice(reader.at + 1))) return false;
  if (operand.kind === "operator") return isBarName(operand.name) || operand.name === "‖";
  return ["symbol", "fenced", "name", "accent", "group", "fraction"].includes(operand.kind) || operand.kind === "big";
}

/** x of an upright `\mathrm{d}_x`. */
function letterBelow(node: Node): (Node & { kind: "symbol" }) | null {
  if (node.kind !== "scripts" || !isD(node.base) || (node.base?.kind === "symbol" && node.base.font !== "mathrm" && node.base.font !== "rm")) return null;
  const [letter, ...more] = node.sub ? unwrap(node.sub) : [];
  return letter?.kind === "symbol" && !more.length ? letter : null;
}

/** `1/d \sum_i x_i` of d entries. */
function isUnderOne({ row, at }: Reader): boolean {
  const [above, slash] = [row[at - 2], row[at - 1]];
  return above?.kind === "number" && slash?.kind === "operator" && slash.name === "/";
}

/** The letters of `det(A)` and `diag(x)`, written close together. */
function spellsName(reader: Reader): boolean {
  let word = "";
  for (let end: number | null = null; word.length < 9; ) {
    const node = reader.peek(word.length);
    if (node?.kind !== "symbol" || !/^[a-z]$/.test(node.name) || (end !== null && node.start !== end)) return node?.kind === "fenced" && word.length > 2 && wordOf(word) !== undefined;
    word += node.name;
    end = node.end;
  }
  return false;
}

/** A word of numbers: `\log 2\pi`, `\ln(2 \pi)`, up to the next sign. */
function isConstant(row: Row): boolean {
  const [head, ...rest] = row;
  if (head?.kind !== "name" || !["log", "ln"].includes(head.name)) return false;
  const end = rest.findIndex((node) => node.kind === "operator");
  const operand = end < 0 ? rest : rest.slice(0, end);
  return operand.length > 0 && operand.every(isNumeric);
}

function isNumeric(node: Node): boolean {
  if (node.kind === "fenced" || node.kind === "group") return node.body.every(isNumeric);
  return node.kind === "number" || node.kind === "space" || (node.kind === "symbol" && ["pi", "e"].includes(node.name));
}

export function readDifferential(reader: Reader, node: Node, closingBar: string | null): Expr {
  reader.next();
  let order = 1;
  if (node.kind === "scripts" && node.sup) {
    const power = reader.read(node.sup, node);
    if (power.kind === "number") order = power.numerator;
  }
  const following = reader.peek();
  // A word takes its argument along (`d \operatorname{tr}(X)`); so does a function (`d\sigma(X)`).
  const first = following ? reader.factor(closingBar) : reader.opaque("an operand is missing", node);
  // `d\,\mathbf 1^\top X \mathbf 1`: what is constant has no differential, so that d is of all that follows.
  const of = isOnes(first) ? allOf(reader, first, closingBar) : first;
  // `dX^{-1}` is d(X^{-1}) and `dX^\top` is d(X^\top) = (dX)^\top: the operator takes the scripts along.
  const letter = letterBelow(node);
  const by = letter && reader.read([letter], letter);
  return atPoint(reader, of, node.start) ?? { kind: "differential", order, of, ...(by?.kind === "symbol" ? { by } : {}), start: node.start, end: of.end };
}

function isOnes(expr: Expr): boolean {
  return expr.kind === "transpose" && expr.base.kind === "symbol" && expr.base.name === "1";
}

function allOf(reader: Reader, first: Expr, closingBar: string | null): Expr {
  const rest = readProduct(reader, closingBar);
  return rest.kind === "product" ? productOf([first, ...rest.factors], ["", ...rest.operators]) : productOf([first, rest], [""]);
}

/** `df(X)[H]`, `df_X(H)`: the differential at a point, applied to a direction. */
function atPoint(reader: Reader, of: Expr, start: number): Expr | null {
  if (of.kind !== "apply") return null;
  const base: Derivative = { kind: "derivative", notation: "D", of, wrt: [], order: 1, total: false, missingPartial: false, start, end: of.end };
  const along = readAlong(reader, base, "square");
  if (along !== base) return along;
  const [point] = of.fn.subscripts;
  const fn: SymbolExpr = { ...of.fn, subscripts: [] };
  if (of.fn.subscripts.length !== 1 || !point || of.args.length !== 1 || reader.options.isFunction?.(of.fn) === true || reader.options.isFunction?.(fn) !== true) return null;
  return { ...base, of: { ...of, fn, args: [point.expr] }, along: of.args };
}

/** `\mathbf{dX}`, `\mathbf{d\bar{X}}`: d and what it stands before are one group of one font, as `\mathbf{d}\mathbf{X}` is not. */
function isWrittenInOne(reader: Reader, node: Node | null | undefined): boolean {
  const following = reader.peek(1);
  const base = following?.kind === "scripts" ? following.base : following;
  const letter = base?.kind === "accent" ? base.body[0] : base;
  return node?.kind === "symbol" && node.name === "d" && letter?.kind === "symbol" && letter.font === node.font && node.end === base?.start;
}

/** `dO` where the document says what `dO` is: a symbol like any other. */
export function namedDifferential(reader: Reader, node: Node, closingBar: string | null): Expr | null {
  const following = reader.peek(1);
  const base = following?.kind === "scripts" ? following.base : following;
  if (!(isD(node) || isWrittenInOne(reader, node)) || base?.kind !== "symbol" || !reader.options.namedDifferentials?.has(base.name)) return null;
  reader.next();
  return prefixed(reader.factor(closingBar), node.start);
}

/** The symbol inside with `d` as part of its name. */
function prefixed(expr: Expr, start: number): Expr {
  if (expr.kind === "symbol") return { ...expr, accents: ["d", ...expr.accents], start };
  if (expr.kind === "transpose" || expr.kind === "power" || expr.kind === "entry") return { ...expr, base: prefixed(expr.base, start), start };
  return expr;
}
