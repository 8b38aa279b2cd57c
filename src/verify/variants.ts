/**
 * Small edits of an expression: the slips that people make, undone one at a
 * time. Each says which stretch of the source becomes what.
 */
import { fullKey, taggedKey } from "../semantics/symbols/key";
import { isIndexLetter } from "../semantics/symbols/table";
import { besideBound, isWritten, neighbours, positionOf, stepsBeside } from "../semantics/symbols/positions";
import { chained, type ChainFactor } from "./chain-factors";
import { comparisonEdits } from "./comparison-edits";
import { applied, found, inserted, insertedInSum, type Losable } from "./lost";
import { rescaled } from "./rescale";
import { childrenOf, type Expr, type Place, type ProductOperator, type Subscript, type SymbolExpr } from "../semantics/expression";

export interface Variant {
  readonly expr: Expr;
  /** The stretch that `text` replaces. */
  readonly place: Place;
  readonly text: string;
  /** What is wrong, where that is not what the edit replaces. */
  readonly wrong?: Place;
  /** What the edit does, for the title of the fix. */
  readonly title: string;
  /** Plainer edits first. */
  readonly cost: number;
  /** No slip where numbers are meant. */
  readonly forArrays?: boolean;
  /** The same factors in another order, in which numbers may stand. */
  readonly reorders?: true;
  /** A sign or a factor, which is as wrong in every layout. */
  readonly scales?: true;
}

export interface Context {
  readonly source: string;
  /** How the notes write a transpose: `\top`, `T`. */
  readonly transpose: string;
  /** Factors of the chain rule that may be missing. */
  readonly factors: readonly ChainFactor[];
  /** Symbols that may stand in place of another. */
  readonly symbols: readonly { readonly symbol: SymbolExpr; readonly text: string }[];
  /** Whether numbers come from differentiating, and may be one off. */
  readonly counts: boolean;
  /** What may be missing. */
  readonly losable: Losable;
}

const limit = 300;

/** The variants of an expression, plainest first. */
export function variantsOf(expr: Expr, context: Context): Variant[] {
  const out: Variant[] = [...walk(expr, context)];
  out.push(...scalings(expr, context), ...chained(expr, context), ...found(expr, context.losable, context.source));
  return out.filter(({ place, text }) => depth(slice(context, place)) === depth(text)).sort((a, b) => a.cost - b.cost).slice(0, limit).map((variant) => ({ ...variant, text: spaced(variant, context) }));
}

/** The text of an edit, apart from commands on both sides of it: `\odot` before `c`, `x` after `\top`. */
function spaced({ text, place }: Variant, { source }: Context): string {
  const before = /^[A-Za-z]/.test(text) && /\\[A-Za-z]+$/.test(source.slice(0, place.start)) ? " " : "";
  const after = /\\[A-Za-z]+$/.test(text) && /^[A-Za-z]/.test(source.slice(place.end)) ? " " : "";
  return `${before}${text}${after}`;
}

/** How many braces a stretch opens more than it closes: in `\mathbf{AB}^T` an edit of B alone would tear the group apart. */
function depth(text: string): number {
  if (!/[{}]/.test(text)) return 0;
  return [...text.replace(/\\./g, "")].reduce((open, sign) => open + (sign === "{" ? 1 : sign === "}" ? -1 : 0), 0);
}

function* walk(expr: Expr, context: Context): Generator<Variant> {
  yield* local(expr, context);
  for (const { child, rebuild } of parts(expr)) {
    for (const variant of walk(child, context)) {
      // The power of a power is written as one.
      if (expr.kind === "power" && child.kind === "symbol" && variant.expr.kind === "power") continue;
      if (expr.kind === "product" && child.kind === "symbol" && isBeside(expr, child, variant.expr)) continue;
      yield { ...variant, text: withExponent(variant, expr, child, context), expr: rebuild(variant.expr) };
    }
  }
}

/** `aa`, which is written as a power. */
function isBeside({ factors, operators }: Expr & { kind: "product" }, place: Expr, written: Expr): boolean {
  const at = factors.indexOf(place);
  const isSame = (factor: Expr | undefined): boolean => factor?.kind === "symbol" && written.kind === "symbol" && fullKey(factor) === fullKey(written);
  return (operators[at - 1] === "" && isSame(factors[at - 1])) || (operators[at] === "" && isSame(factors[at + 1]));
}

/** What is written in place of the c of `c_t^2`, which takes the exponent along. */
function withExponent({ text, place }: Variant, whole: Expr, base: Expr, context: Context): string {
  if (whole.kind !== "power" || base.kind !== "symbol" || place.start !== base.start || place.end !== base.end || base.end < whole.end) return text;
  const exponent = /\s*\^\s*(?:\{(?:[^{}]|\{[^{}]*\})*\}|\\[A-Za-z]+|[^\s{}\\])(?=\s*$|\s*_)/.exec(slice(context, base))?.[0] ?? "";
  return text.includes(exponent.trim()) ? text : text + exponent;
}

const slice = (context: Context, place: Place): string => context.source.slice(place.start, place.end);

const superscript = /\s*\^\s*(?:\{\s*(?:\\top|\\intercal|T)\s*\}|\\top|\\intercal|T)\s*$/;

/** What is written of a symbol, without the transpose that its place takes along. */
function bareText(text: string): string {
  return text.replace(superscript, "");
}

/** What is written of a symbol by itself: its place takes along a transpose, and a power where no number above it is part of its name. */
export function ownText(text: string, { subscripts, tags }: SymbolExpr): string {
  const bare = bareText(text);
  return tags.length || subscripts.some(({ above }) => above) ? bare : bare.replace(/\s*\^\s*(?:\{\s*\d+\s*\}|\d)(?=\s*$|\s*_)/, "");
}

function* local(expr: Expr, context: Context): Generator<Variant> {
  yield* comparisonEdits(expr);
  switch (expr.kind) {
    case "symbol":
      yield* symbolEdits(expr, context);
      yield* applied(expr, context.losable);
      return;
    case "number":
      if (context.counts) yield* numberEdits(expr, context);
      return;
    case "transpose":
      yield { expr: expr.base, place: expr, text: slice(context, expr.base), title: "drop the transpose", cost: 0.9 };
      return;
    case "cases":
      for (const { child, rebuild } of parts(expr)) for (const variant of scalings(child, context)) yield { ...variant, expr: rebuild(variant.expr), cost: 3 };
      return;
    case "power":
      yield* powerEdits(expr, context);
      yield transposed(expr, context);
      return;
    case "derivative":
      if (expr.notation === "fraction" || expr.notation === "nabla") yield { expr: { kind: "transpose", base: expr, start: expr.start, end: expr.end }, place: expr, text: `\\left(${slice(context, expr)}\\right)^${context.transpose}`, title: "transpose", cost: 1 };
      return;
    case "apply":
      yield squared(expr, context);
      if (!expr.primes && expr.args.length === 1) yield { expr: expr.args[0] as Expr, place: expr, text: slice(context, expr.args[0] as Expr), title: "leave out the function", cost: 3 };
      if (!expr.primes && expr.args.length === 1 && (expr.fn.name.length === 1 || ["sigma", "phi", "psi", "varphi"].includes(expr.fn.name))) {
        yield { expr: { ...expr, primes: 1 }, place: expr.fn, text: `${slice(context, expr.fn)}'`, title: "take the derivative of the function", cost: 2 };
      }
      if (expr.primes === 1 && expr.args.length === 1) yield { expr: { ...expr, primes: 2 }, place: { start: expr.fn.start, end: expr.fn.end }, text: slice(context, expr.fn).replace(/'|(\\prime)/, (sign) => sign + sign), title: "take the second derivative of the function", cost: 2 };
      if (expr.primes) yield { expr: { ...expr, primes: 0 }, place: { start: expr.fn.start, end: expr.fn.end }, text: slice(context, expr.fn).replace(/'|\^\{?\\prime\}?/g, ""), title: "take the function itself", cost: 3 };
      return;
    case "big":
      yield* sumIndexEdits(expr, context);
      yield* insertedInSum(expr, context.losable, context.source);
      return;
    case "product":
      yield* productEdits(expr, context);
      yield* inserted(expr, context.losable, context.source);
      yield* bracketsInverted(expr, context);
      return;
    case "sum":
      yield* sumEdits(expr, context);
      yield* bracketsInverted(expr, context);
      if (expr.terms.length > 1 && isBracketed(slice(context, expr))) yield squared(expr, context);
      return;
    case "matrix":
      yield* turned(expr, context);
      yield* cellEdits(expr, context);
      return;
    default:
      return;
  }
}

function transposed(expr: Expr, context: Context): Variant {
  const written = slice(context, expr);
  const closed = expr.kind === "symbol" ? !written.includes("^") : (expr.kind === "sum" || expr.kind === "product") && isBracketed(written);
  const text = closed ? `${written}^${context.transpose}` : `\\left(${written}\\right)^${context.transpose}`;
  return { expr: { kind: "transpose", base: expr, start: expr.start, end: expr.end }, place: expr, text, title: "transpose", cost: 1 };
}

function isBracketed(written: string): boolean {
  return /^\(.*\)$|^\\left.*\\right.$/s.test(written);
}

/** `(X^\top X + \lambda I)^{-1}` and `(X^\top X)^{-1}` for the same in brackets alone. */
function* bracketsInverted(expr: Expr & { kind: "sum" | "product" }, context: Context): Generator<Variant> {
  const written = slice(context, expr);
  const isMatrix = (one: Expr): boolean => one.kind === "transpose" || (one.kind === "symbol" && one.name === "I") || childrenOf(one).some(isMatrix);
  if ((expr.kind === "sum" && expr.terms.length < 2) || !isBracketed(written) || !isMatrix(expr)) return;
  const { start, end } = expr;
  const exponent: Expr = { kind: "sum", terms: [{ sign: -1, expr: { kind: "number", numerator: 1, denominator: 1, start, end } }], start, end };
  yield { expr: { kind: "power", base: expr, exponent, elementwise: false, start, end }, place: expr, text: `${written}^{-1}`, title: "invert", cost: 2 };
}

function* symbolEdits(symbol: SymbolExpr, context: Context): Generator<Variant> {
  if (symbol.subscripts.length < 2 || !symbol.subscripts.every((subscript) => subscript.expr.kind === "number" || isIndexLetter(subscript))) yield transposed(symbol, context);
  const [first, second] = symbol.subscripts;
  if (first && second && symbol.subscripts.length === 2 && first.text !== second.text) {
    const swapped = [second, first];
    yield { expr: { ...symbol, subscripts: swapped }, place: { start: first.start, end: second.end }, text: `${slice(context, second)}${context.source.slice(first.end, second.start)}${slice(context, first)}`, title: "swap the indices", cost: 2 };
  }
  for (let i = 0; i < symbol.subscripts.length; i++) {
    const subscript = symbol.subscripts[i] as Subscript;
    for (const other of otherIndices(subscript, context)) {
      const subscripts = symbol.subscripts.map((own, at) => (at === i ? { ...other, start: own.start, end: own.end } : own));
      const text = context.source[subscript.start - 1] === "_" && other.text.length > 1 ? `{${other.text}}` : other.text;
      yield { expr: { ...symbol, subscripts }, place: subscript, text, title: `write the index ${other.text}`, cost: 3 };
    }
  }
  yield* neighbourEdits(symbol, context);
  for (const { symbol: next, label, text } of neighbours(symbol)) yield { expr: next, place: label, text: context.source[label.start - 1] === "^" && text.length > 1 ? `{${text}}` : text, title: `write the label ${text}`, cost: 3 };
  for (const { symbol: other, text } of context.symbols) {
    if (other.name === symbol.name && other.accents.join() === symbol.accents.join() && other.subscripts.length === symbol.subscripts.length && other.subscripts.every((subscript, i) => subscript.text === symbol.subscripts[i]?.text)) continue;
    yield { expr: { ...other, start: symbol.start, end: symbol.end }, place: symbol, text: transposedAs(text, slice(context, symbol)), title: `write ${text}`, cost: taggedKey(other) === taggedKey(symbol) && other.subscripts.length === symbol.subscripts.length ? 3 : 4 };
  }
  if (!superscript.test(slice(context, symbol))) yield squared(symbol, context);
  yield* inverted(symbol, context);
}

/** `X^{T}` in the place of `A^{[0]T}`, and `A^{[1]T}`: the transposition stays. */
function transposedAs(text: string, written: string): string {
  const [, sign] = /\](\\top|\\intercal|T)\s*\}\s*$/.exec(written) ?? [];
  if (!sign) return text + (superscript.exec(written)?.[0] ?? "");
  return /\^\{[^{}]*\}$/.test(text) ? `${text.slice(0, -1)}${sign}}` : `${text}^{${sign}}`;
}

/** `X^{-1}` for X, and `X^{-\top}` for `X^\top`. */
function* inverted(symbol: SymbolExpr, context: Context): Generator<Variant> {
  const written = slice(context, symbol);
  const behind = /^\s*\^\s*(?:\{[^{}]*\}|\\[a-z]+|\S)/.exec(context.source.slice(symbol.end))?.[0] ?? "";
  const isTransposed = superscript.test(written) || superscript.test(behind);
  if (!/^[A-Z]/.test(symbol.name) || symbol.tags.length || symbol.primes || (!isTransposed && (behind || written.includes("^")))) return;
  const place: Place = { start: symbol.start, end: symbol.end + behind.length };
  const one: Expr = { kind: "number", numerator: 1, denominator: 1, start: symbol.end, end: symbol.end };
  const exponent: Expr = { kind: "sum", terms: [{ sign: -1, expr: one }], start: symbol.end, end: symbol.end };
  const text = `${bareText(written)}^{-${isTransposed ? context.transpose : "1"}}`;
  yield { expr: { kind: "power", base: symbol, exponent, elementwise: false, start: symbol.start, end: symbol.end }, place, text, title: "invert", cost: 3, forArrays: true };
}

/** The step before or after, where steps are written so. */
function* neighbourEdits(symbol: SymbolExpr, context: Context): Generator<Variant> {
  if (symbol.subscripts.length !== 1 || !context.symbols.some((other) => taggedKey(other.symbol) === taggedKey(symbol) && other.symbol.subscripts.some(({ expr }) => positionOf(expr)?.letter && positionOf(expr)?.shift))) return;
  for (const { symbol: next, subscript, text } of stepsBeside(symbol)) {
    const label = context.source[subscript.start - 1] === "_" && text.length > 1 ? `{${text}}` : text;
    yield { expr: next, place: subscript, text: label, title: `write the index ${text}`, cost: 3 };
  }
}

function squared(base: SymbolExpr | (Expr & { kind: "apply" | "sum" }), context: Context): Variant {
  const exponent: Expr = { kind: "number", numerator: 2, denominator: 1, start: base.end, end: base.end };
  const text = base.kind !== "apply" ? `${slice(context, base)}^2` : `${slice(context, base.fn)}^2${context.source.slice(base.fn.end, base.end)}`;
  return { expr: { kind: "power", base, exponent, elementwise: base.kind === "apply", start: base.start, end: base.end }, place: base, text, title: "write the exponent 2", cost: 4 };
}

/** Sums over another index of the formula, or from or to one step further. */
function* sumIndexEdits(expr: Expr & { kind: "big" }, context: Context): Generator<Variant> {
  const [index] = expr.indices;
  if (!index || expr.indices.length !== 1) return;
  for (const end of ["from", "to"] as const) {
    const bound = index[end];
    for (const { expr: next, text } of bound && isWritten(bound, slice(context, bound)) ? besideBound(bound) : []) yield { expr: { ...expr, indices: [{ ...index, [end]: next }] }, place: bound as Expr, text, title: `sum ${end} ${text}`, cost: 3 };
  }
  for (const name of ["i", "j", "k"]) {
    if (name === index.symbol.name) continue;
    yield { expr: { ...expr, indices: [{ ...index, symbol: { ...index.symbol, name } }] }, place: index.symbol, text: name, title: `sum over ${name}`, cost: 3 };
  }
}

/** Indices of the same kind that occur elsewhere: numbers for numbers, letters for letters. */
function otherIndices(subscript: Subscript, context: Context): Subscript[] {
  const all = context.symbols.flatMap(({ symbol }) => symbol.subscripts).filter((other) => other.expr.kind === subscript.expr.kind || other.expr.kind === "symbol" || other.expr.kind === "sum");
  const numbers: Subscript[] = subscript.expr.kind === "number" ? [1, 2].map((value) => ({ expr: { kind: "number", numerator: value, denominator: 1, start: subscript.start, end: subscript.end }, text: String(value), start: subscript.start, end: subscript.end })) : [];
  const seen = new Set([subscript.text]);
  return [...numbers, ...all].filter((other) => !seen.has(other.text) && Boolean(seen.add(other.text)));
}

/** The slips of one entry of a display. */
function* cellEdits(matrix: Expr & { kind: "matrix" }, context: Context): Generator<Variant> {
  for (const [i, row] of matrix.rows.entries()) {
    for (const [j, cell] of row.entries()) {
      if (!cell.expr) continue;
      const put = (expr: Expr): Expr => ({ ...matrix, rows: matrix.rows.map((own, at) => (at === i ? own.map((one, k) => (k === j ? { ...one, expr } : one)) : own)) });
      for (const variant of [...scalings(cell.expr, context), ...walk(cell.expr, context)]) yield { ...variant, expr: put(variant.expr) };
    }
  }
}

/** A displayed column as a row, a row as a column. */
function* turned(matrix: Expr & { kind: "matrix" }, context: Context): Generator<Variant> {
  const cells = matrix.rows.flat();
  const [first, last] = [cells[0], cells[cells.length - 1]];
  const isColumn = matrix.rows.every((row) => row.length === 1);
  if (!first || !last || cells.length < 2 || (!isColumn && matrix.rows.length !== 1) || cells.some(({ expr }) => expr === null)) return;
  const text = slice(context, { start: matrix.start, end: first.start }) + cells.map((cell) => slice(context, cell).trim()).join(isColumn ? " & " : " \\\\ ") + slice(context, { start: last.end, end: matrix.end });
  yield { expr: { ...matrix, rows: isColumn ? [cells] : cells.map((cell) => [cell]) }, place: matrix, text, title: isColumn ? "write the column as a row" : "write the row as a column", cost: 2 };
}

/** The next number, and the one before: 3 for 2, and `\frac12` for `\frac13`. */
function* numberEdits(expr: Expr & { kind: "number" }, context: Context): Generator<Variant> {
  const { numerator, denominator } = expr;
  const next = denominator === 1 ? [[numerator + 1, 1], [numerator - 1, 1]] : [[numerator, denominator + 1], [numerator, denominator - 1], [numerator + 1, denominator], [numerator - 1, denominator]];
  const text = ([above, below]: readonly number[]): string => (below === 1 ? `${above}` : `\\frac{${above}}{${below}}`);
  if (!/\d/.test(slice(context, expr))) return;
  for (const [above = 0, below = 1] of next) if (above > 0) yield { expr: { ...expr, numerator: above, denominator: below }, place: expr, text: text([above, below]), title: `write ${text([above, below])}`, cost: 3 };
}

function* powerEdits(expr: Expr & { kind: "power" }, context: Context): Generator<Variant> {
  const { exponent } = expr;
  const signed = exponent.kind === "sum" && exponent.terms.length === 1 && exponent.terms[0] ? exponent.terms[0] : { sign: 1, expr: exponent };
  const of = numberOf(signed.expr);
  if (!of) yield* stepEdits(expr, context);
  if (!of || of[1] > 2) return;
  const [value, denominator] = [signed.sign * of[0], of[1]];
  for (const next of [value + denominator, value - denominator, -value, 2 * value]) {
    if (next === 0 || next === value) continue;
    const size: Expr = { kind: "number", numerator: Math.abs(next), denominator, start: exponent.start, end: exponent.end };
    const replaced: Expr = next < 0 ? { kind: "sum", terms: [{ sign: -1, expr: size }], start: exponent.start, end: exponent.end } : size;
    // A letter with scripts ends where its scripts do.
    const base = slice(context, { start: expr.base.start, end: Math.min(expr.base.end, Math.max(exponent.start, expr.base.start)) }).replace(/\^\s*\{?\s*$/, "");
    const written = denominator === 1 ? `${next}` : `${next}/${denominator}`;
    const plain = next === 1 && denominator === 1;
    yield { expr: plain ? expr.base : { ...expr, exponent: replaced }, place: expr, text: plain ? base : `${base}^{${written}}`, title: plain ? "drop the exponent" : `write the exponent ${written}`, cost: 3 };
  }
}

/** `A^{t-k}` for `A^{t-k+1}`: one more or less in an exponent of letters. */
function* stepEdits(expr: Expr & { kind: "power" }, context: Context): Generator<Variant> {
  const { exponent } = expr;
  const terms = exponent.kind === "sum" ? exponent.terms : exponent.kind === "symbol" ? [{ sign: 1 as const, expr: exponent }] : [];
  const letters = terms.filter(({ expr: term }) => term.kind === "symbol");
  const [last, ...more] = terms.filter(({ expr: term }) => term.kind !== "symbol");
  if (!letters.length || more.length || (last && (last.expr.kind !== "number" || last.expr.denominator !== 1))) return;
  const number = last?.expr.kind === "number" ? last.sign * last.expr.numerator : 0;
  const written = letters.map(({ sign, expr: term }, i) => `${sign < 0 ? "-" : i ? "+" : ""}${slice(context, term)}`).join("");
  for (const [i, letter] of letters.entries()) {
    for (const { symbol: other, text } of lettersBelow(context)) {
      if (letters.some((one) => one.expr.kind === "symbol" && one.expr.name === other.name)) continue;
      const exchanged = terms.map((term): (typeof terms)[number] => (term === letter ? { ...term, expr: { ...other, start: term.expr.start, end: term.expr.end } } : term));
      yield { expr: { ...expr, exponent: terms.length > 1 ? { kind: "sum", terms: exchanged, start: exponent.start, end: exponent.end } : (exchanged[0] as (typeof terms)[number]).expr }, place: (letters[i] as (typeof terms)[number]).expr, text, title: `write ${text}`, cost: 3 };
    }
  }
  for (const next of [number - 1, number + 1]) {
    const size: Expr = { kind: "number", numerator: Math.abs(next), denominator: 1, start: exponent.end, end: exponent.end };
    const text = written + (next ? `${next > 0 ? "+" : ""}${next}` : "");
    const sum: Expr = { kind: "sum", terms: [...letters, ...(next ? [{ sign: next > 0 ? (1 as const) : (-1 as const), expr: size }] : [])], start: exponent.start, end: exponent.end };
    yield { expr: { ...expr, exponent: sum }, place: exponent, text: text.length > 1 && context.source[exponent.start - 1] === "^" ? `{${text}}` : text, title: `write the exponent ${text}`, cost: 3 };
  }
}

/** The letters below the symbols of a formula. */
function lettersBelow({ symbols }: Context): { readonly symbol: SymbolExpr; readonly text: string }[] {
  const letters = symbols.flatMap(({ symbol }) => symbol.subscripts.flatMap(({ expr }) => (expr.kind === "sum" ? expr.terms.map((term) => term.expr) : [expr]))).filter((one): one is SymbolExpr => one.kind === "symbol" && /^[a-z]$/.test(one.name));
  return letters.filter((letter, i) => letters.findIndex(({ name }) => name === letter.name) === i).map((symbol) => ({ symbol, text: symbol.name }));
}

/** A number, also where it is written as a fraction. */
function numberOf(expr: Expr): [number, number] | null {
  if (expr.kind === "number") return [expr.numerator, expr.denominator];
  if (expr.kind === "sum" && expr.terms.length === 1 && expr.terms[0]?.sign === 1) return numberOf(expr.terms[0].expr);
  const [above, below] = expr.kind === "quotient" ? [numberOf(expr.numerator), numberOf(expr.denominator)] : [];
  return above && below && above[1] === 1 && below[1] === 1 ? [above[0], below[0]] : null;
}

function* productEdits(expr: Expr & { kind: "product" }, context: Context): Generator<Variant> {
  const { factors, operators } = expr;
  for (let i = 0; i + 1 < factors.length; i++) {
    const [a, b] = [factors[i] as Expr, factors[i + 1] as Expr];
    if (a.kind === "number" || b.kind === "number") continue;
    if (operators[i] === "" && (a.kind === "transpose" || b.kind === "transpose")) yield transposedPair(expr, i, context);
    const swapped = [...factors.slice(0, i), b, a, ...factors.slice(i + 2)];
    const between = context.source.slice(a.end, b.start) || " ";
    yield { expr: { ...expr, factors: swapped }, place: { start: a.start, end: b.end }, text: `${slice(context, b)}${between}${slice(context, a)}`, title: "swap the factors", cost: 2, reorders: true };
  }
  for (let i = 0; i < factors.length; i++) {
    const factor = factors[i] as Expr;
    if (factor.kind !== "sum" && factor.kind !== "apply" && !(factor.kind === "product" && isBracketed(slice(context, factor)))) continue;
    const turned = transposed(factor, context);
    yield { ...turned, expr: { ...expr, factors: factors.map((own, at) => (at === i ? turned.expr : own)) } };
  }
  for (let i = 0; i < factors.length && factors.length > 1; i++) {
    const factor = factors[i] as Expr;
    const rest = factors.filter((_, at) => at !== i);
    const restOperators = operators.filter((_, at) => at !== Math.max(0, i - 1));
    const [only] = rest;
    const place = i === 0 ? { start: factor.start, end: (factors[1] as Expr).start } : { start: (factors[i - 1] as Expr).end, end: factor.end };
    yield { expr: rest.length === 1 && only ? only : { ...expr, factors: rest, operators: restOperators }, place, text: "", wrong: factor, title: `drop ${slice(context, factor)}`, cost: isConstant(factor) ? 3 : 5 };
  }
  for (let i = 0; i < operators.length; i++) {
    for (const [operator, text] of [["\\odot", "\\odot"], ["", " "]] as const) {
      if (operators[i] === operator) continue;
      if (operator === "" && operators[i] !== "\\odot") continue;
      const next = operators.map((own, at) => (at === i ? (operator as ProductOperator) : own));
      const [before, after] = [factors[i] as Expr, factors[i + 1] as Expr];
      yield { expr: { ...expr, operators: next }, place: { start: before.end, end: after.start }, text: operator ? ` ${text} ` : " ", wrong: { start: before.start, end: after.end }, title: operator ? "multiply entry by entry" : "multiply as matrices", cost: 3 };
    }
  }
}

/** `2`, `\frac{1}{2}`, `\frac{1}{N}`: factors that are lost and that slip in. */
function isConstant(factor: Expr): boolean {
  return factor.kind === "number" || (factor.kind === "quotient" && factor.numerator.kind === "number" && (factor.denominator.kind === "number" || factor.denominator.kind === "symbol"));
}

/** Two factors side by side as their product's transpose: `ab^\top` for `ba^\top`. */
function transposedPair(expr: Expr & { kind: "product" }, at: number, context: Context): Variant {
  const pair = [expr.factors[at + 1], expr.factors[at]] as [Expr, Expr];
  const flipped = pair.map((factor): Expr => (factor.kind === "transpose" ? factor.base : { kind: "transpose", base: factor, start: factor.start, end: factor.end }));
  const text = pair.map((factor) => (factor.kind === "transpose" ? slice(context, factor.base) : `${slice(context, factor)}^${context.transpose}`)).join(" ");
  return { expr: { ...expr, factors: [...expr.factors.slice(0, at), ...flipped, ...expr.factors.slice(at + 2)] }, place: { start: pair[1].start, end: pair[0].end }, text, title: "transpose the product", cost: 3 };
}

function* sumEdits(expr: Expr & { kind: "sum" }, context: Context): Generator<Variant> {
  const { terms } = expr;
  const { before, after } = aroundSum(expr, context);
  const write = (next: typeof terms): string => before + next.map((term, i) => `${term.sign < 0 ? (i ? " - " : "-") : i ? " + " : ""}${slice(context, term.expr)}`).join("") + after;
  for (let i = 0; i < terms.length; i++) {
    const flipped = terms.map((term, at): (typeof terms)[number] => (at === i ? { ...term, sign: term.sign === 1 ? -1 : 1 } : term));
    yield { expr: flipped.length === 1 && flipped[0]?.sign === 1 ? flipped[0].expr : { ...expr, terms: flipped }, ...(signEdit(expr, i, context) ?? { place: expr, text: write(flipped) }), title: "change the sign", cost: 2, scales: true };
    const term = terms[i] as (typeof terms)[number];
    if (terms.length > 1) yield* termScalings(expr, i, term.expr, context);
    if (terms.length > 1) for (const variant of found(term.expr, context.losable, context.source)) yield { ...variant, expr: { ...expr, terms: terms.map((own, at) => (at === i ? { ...own, expr: variant.expr } : own)) } };
    const rest = terms.filter((_, at) => at !== i);
    const [only] = rest;
    if (only && terms.length > 1) yield { expr: rest.length === 1 && only.sign === 1 ? only.expr : { ...expr, terms: rest }, place: expr, text: write(rest), title: `drop ${slice(context, (terms[i] as { expr: Expr }).expr)}`, cost: 5 };
  }
  if (terms.length > 1) {
    const opposite = terms.map((term): (typeof terms)[number] => ({ ...term, sign: term.sign === 1 ? -1 : 1 }));
    // The positive term first, as one writes it.
    const ordered = [...opposite.filter((term) => term.sign === 1), ...opposite.filter((term) => term.sign === -1)];
    // A minus before the whole is simpler than one before every term.
    yield { expr: { ...expr, terms: ordered }, place: expr, text: write(ordered), title: "change the sign", cost: ordered[0]?.sign === 1 ? 2 : 3, scales: true };
  }
  const [a, b] = terms;
  if (a && b && terms.length === 2 && a.sign === 1 && b.sign === 1) {
    yield { expr: { kind: "product", factors: [a.expr, b.expr], operators: ["\\odot"], start: expr.start, end: expr.end }, place: { start: a.expr.end, end: b.expr.start }, text: " \\odot ", title: "multiply entry by entry", cost: 4, forArrays: true };
  }
}

/** The other sign before a term, where its own is written or it is the first; alignment and line breaks stay. */
function signEdit({ start, terms }: Expr & { kind: "sum" }, at: number, { source }: Context): Pick<Variant, "place" | "text" | "wrong"> | null {
  const { sign, expr } = terms[at] as { sign: 1 | -1; expr: Expr };
  const from = terms[at - 1]?.expr.end ?? start;
  const [written, ...others] = [...source.slice(from, expr.start).matchAll(/[+-]/g)].map(({ index }) => from + index);
  if (others.length) return null;
  if (written === undefined) return at === 0 && sign === 1 ? { place: { start: expr.start, end: expr.start }, text: "-", wrong: expr } : null;
  const wrong = { start: written, end: expr.end };
  if (at > 0) return { place: { start: written, end: written + 1 }, text: sign === 1 ? "-" : "+", wrong };
  return sign === 1 ? null : { place: { start: written, end: expr.start }, text: "", wrong };
}

/** The parentheses of a sum, as written. */
function aroundSum({ start, end, terms }: Expr & { kind: "sum" }, { source }: Context): { before: string; after: string } {
  const [first, last] = [terms[0]?.expr ?? { start }, terms[terms.length - 1]?.expr ?? { end }];
  return { before: source.slice(start, first.start).replace(/[\s+-]*$/, ""), after: source.slice(last.end, end) };
}

/** A factor of one term that was lost or is too many. */
function* termScalings(sum: Expr & { kind: "sum" }, at: number, term: Expr, context: Context): Generator<Variant> {
  for (const factor of [2, 0.5] as const) {
    const scaled = rescaled(term, factor, context.source) ?? prefixed(term, factor, slice(context, term), factor === 2 ? "multiply this term by 2" : "divide this term by 2");
    yield { ...scaled, expr: { ...sum, terms: sum.terms.map((own, i) => (i === at ? { ...own, expr: scaled.expr } : own)) }, cost: 3 };
  }
}

/** A factor for the whole: a sign, 2, ½. */
function* scalings(expr: Expr, context: Context): Generator<Variant> {
  const text = slice(context, expr);
  const needsParentheses = expr.kind === "sum" && expr.terms.length > 1 && aroundSum(expr, context).before === "";
  const sign = expr.kind === "sum" && !needsParentheses ? (/^[+-]\s*/.exec(text)?.[0] ?? "") : "";
  const body = needsParentheses ? `\\left(${text}\\right)` : text.slice(sign.length);
  for (const factor of [2, 0.5] as const) {
    const scaled = rescaled(expr, factor, context.source) ?? prefixed(expr, factor, body, factor === 2 ? "multiply by 2" : "divide by 2");
    yield { ...scaled, text: scaled.place === expr ? sign + scaled.text : scaled.text, cost: 2, scales: true };
  }
  if (expr.kind !== "sum") yield { expr: { kind: "sum", terms: [{ sign: -1, expr }], start: expr.start, end: expr.end }, place: { start: expr.start, end: expr.start }, text: "-", wrong: expr, title: "change the sign", cost: 2, scales: true };
}

/** The factor written before an expression. */
function prefixed(expr: Expr, factor: 2 | 0.5, body: string, title: string): Omit<Variant, "cost"> {
  const [numerator, denominator, prefix] = factor === 2 ? ([2, 1, "2 "] as const) : ([1, 2, "\\frac{1}{2} "] as const);
  const number: Expr = { kind: "number", numerator, denominator, start: expr.start, end: expr.start };
  return { expr: { kind: "product", factors: [number, expr], operators: [""], start: expr.start, end: expr.end }, place: expr, text: prefix + body, title };
}

/** The parts in which an edit may happen, and the whole with a part replaced. */
export function parts(expr: Expr): { child: Expr; rebuild: (child: Expr) => Expr }[] {
  const at = (list: readonly Expr[], i: number, child: Expr): Expr[] => list.map((own, k) => (k === i ? child : own));
  switch (expr.kind) {
    case "sum":
      return expr.terms.map((term, i) => ({ child: term.expr, rebuild: (child) => ({ ...expr, terms: expr.terms.map((own, k) => (k === i ? { ...own, expr: child } : own)) }) }));
    case "product":
      return expr.factors.map((factor, i) => ({ child: factor, rebuild: (child) => ({ ...expr, factors: repeated(at(expr.factors, i, child)) }) }));
    case "quotient":
      return [
        { child: expr.numerator, rebuild: (child) => ({ ...expr, numerator: child }) },
        { child: expr.denominator, rebuild: (child) => ({ ...expr, denominator: child }) },
      ];
    case "transpose":
      if (expr.repeats) return [];
      return [{ child: expr.base, rebuild: (child) => ({ ...expr, base: child }) }];
    case "power":
    case "root":
      return [{ child: expr.base, rebuild: (child) => ({ ...expr, base: child }) }];
    case "apply":
      return expr.args.map((arg, i) => ({ child: arg, rebuild: (child) => ({ ...expr, args: at(expr.args, i, child) }) }));
    case "big":
    case "integral":
    case "bars":
    case "norm":
    case "labelled":
    case "statistic":
      return [{ child: expr.body, rebuild: (child) => ({ ...expr, body: child }) }];
    case "cases":
      return expr.branches.map((branch, i) => ({ child: branch.value, rebuild: (child) => ({ ...expr, branches: expr.branches.map((own, k) => (k === i ? { ...own, value: child } : own)) }) }));
    case "derivative":
      return [
        ...expr.wrt.map((wrt, i) => ({ child: wrt, rebuild: (child: Expr): Expr => ({ ...expr, wrt: at(expr.wrt, i, child) }) })),
        ...(expr.of.kind === "symbol" && expr.of.subscripts.length ? [{ child: expr.of, rebuild: (child: Expr): Expr => ({ ...expr, of: child }) }] : []),
      ];
    default:
      return [];
  }
}

/** What is written as the factor before it follows that factor's edits. */
function repeated(factors: readonly Expr[]): Expr[] {
  return factors.map((factor, i) => (factor.kind === "transpose" && factor.repeats ? { ...factor, base: factors[i - 1] as Expr } : factor));
}
