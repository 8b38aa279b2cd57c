/** Sub- and superscripts on symbols and on whole expressions. */
import type { Node, Place, Row } from "../../latex/types";
import { readComposed } from "./composition";
import { maybeApply, readIndicator } from "./arguments";
import { readArray } from "./big-operators";
import { readWord, symbolOrWord } from "./named-functions";
import { isBarName, isIndicatorFont, splitRow } from "./nodes";
import { readAccent, readBars, readLabelled, readOperand } from "./operands";
import { symbolsIn } from "./derivatives";
import { readProduct } from "./products";
import type { Reader } from "./reader";
import { isMinus, isTranspose, readSuperscript, type Superscript, unwrap, withoutPrimes } from "./scripts";
import { drawnLetter } from "./statistics";
import { readGiven, readSubscripts, readTag } from "./subscripts";
import { keyOf, type Numbering } from "../numbering";
import { weight } from "../symbols/key";
import { numbered, positionOf } from "../symbols/positions";
import { numberOf, plainSymbol, productOf } from "./tree";
import type { Expr, Subscript, SymbolExpr } from "./types";
import { looksLikeFunction, wordOf } from "./words";

/** A base with scripts. */
export function readScripted(reader: Reader, node: Node & { kind: "scripts" }, closingBar: string | null): Expr {
  const base = node.base;
  if (!base) return readTransposedBehind(reader, node, closingBar) ?? reader.opaque("scripts without a base", node);
  if (base.kind === "labelled" && /brace/.test(base.name) && !base.label) return readLabelled(reader, base, base.name === "overbrace" ? node.sup : node.sub);
  if (base.kind === "symbol") return symbolOrWord(reader, base, node, closingBar);
  if (base.kind === "name") return readWord(reader, base.name, base, node, closingBar);
  if (base.kind === "text" && /^[\p{L}]+$/u.test(base.text.trim())) return readWord(reader, base.text.trim(), base, node, closingBar);
  if (base.kind === "accent") {
    const inner = readAccent(reader, base);
    if (inner.kind === "symbol") return symbolWith(reader, inner, node);
    return applyScripts(reader, inner, node, node.sub, node.sup, node.primes);
  }
  if (base.kind === "group" || base.kind === "decorated") {
    const inner = reader.read(base.body, base);
    if (inner.kind === "symbol") return symbolWith(reader, inner, node);
    // `\mathbf{XX}^T` looks as X X^T does.
    const last = inner.kind === "product" && inner.factors.every(({ kind }) => kind === "symbol") && inner.operators.every((operator) => operator === "") ? inner.factors[inner.factors.length - 1] : null;
    if (inner.kind === "product" && last?.kind === "symbol") {
      const scripted = symbolWith(reader, last, node);
      return { ...inner, factors: [...inner.factors.slice(0, -1), scripted], end: scripted.end };
    }
    return applyScripts(reader, inner, node, node.sub, node.sup, node.primes);
  }
  if (base.kind === "operator" && isBarName(base.name)) return readBars(reader, base, null);
  if (base.kind === "number") {
    if (base.text === "1" && node.sub) return symbolWith(reader, plainSymbol("1", "", base, []), node);
    return applyScripts(reader, numberOf(base.text, base), node, node.sub, node.sup, node.primes);
  }
  if (base.kind === "fenced" && base.open === "." && isBarName(base.close) && node.sub?.length && !node.sup) {
    const where = splitRow(node.sub, ",").map((part) => reader.relation(part, node));
    const body = reader.read(base.body, base);
    // `\left.\frac{d}{dt}\right|_{t=0} f(t)`
    const of = body.kind === "derivative" && body.of.kind === "opaque" && reader.peek() ? readProduct(reader, closingBar) : null;
    return { kind: "at", body: body.kind === "derivative" && of ? { ...body, of, end: of.end } : body, where, start: node.start, end: of?.end ?? node.end };
  }
  if (base.kind === "fenced" && base.open === "[" && isCross(node.sub)) {
    const fn = plainSymbol("crossMatrix", "mathrm", { start: node.start, end: node.start }, []);
    return applyScripts(reader, { kind: "apply", fn, args: [reader.read(base.body, base)], certain: true, primes: 0, start: node.start, end: node.end }, node, null, node.sup, node.primes);
  }
  const composed = node.primes && !node.sub && !node.sup && base.kind === "fenced" ? readComposed(reader, base.body, node) : null;
  if (composed) return { kind: "derivative", notation: "fraction", of: composed.value, wrt: [composed.argument], order: node.primes, total: true, missingPartial: false, start: node.start, end: composed.value.end };
  const saved = readOperand(reader, base, closingBar);
  const slope = base.kind === "fenced" && node.primes && node.sub && !node.sup ? slopeBehind(reader, saved, node, node.sub) : null;
  if (slope) return slope;
  const array = base.kind === "fenced" && ["(", "["].includes(base.open) ? readArray(reader, saved, node) : null;
  if (array) return array;
  return applyScripts(reader, saved, node, node.sub, node.sup, node.primes);
}

/** `{}^tA`, `{}^t\!(Ax - b)`: the transpose of what stands next. */
function readTransposedBehind(reader: Reader, { sup, sub, primes, start }: Node & { kind: "scripts" }, closingBar: string | null): Expr | null {
  const [mark, ...more] = sup ? unwrap(sup) : [];
  if (!mark || more.length || sub || primes || !isTranspose(mark, true) || !reader.peek() || reader.peek()?.kind === "operator") return null;
  const of = reader.factor(closingBar);
  const [arg, ...others] = of.kind === "apply" ? of.args : [];
  // `{}^tA(Ax - b)` is a product.
  if (of.kind === "apply" && !of.certain && !of.primes && arg && !others.length) return productOf([{ kind: "transpose", base: of.fn, start, end: of.fn.end }, arg], [""]);
  return { kind: "transpose", base: of, start, end: of.end };
}

/** `(x^2 y)'_x`: a derivative by a letter of what stands in the brackets. */
function slopeBehind(reader: Reader, of: Expr, { primes, start, end }: Node & { kind: "scripts" }, sub: Row): Expr | null {
  const by = reader.read(sub, { start, end });
  const wrt = by.kind === "symbol" ? [by] : by.kind === "product" ? by.factors.filter((factor): factor is SymbolExpr => factor.kind === "symbol") : [];
  const letters = symbolsIn(of, false).map(keyOf);
  const isRead = wrt.length === primes && (by.kind === "symbol" || by.kind === "product") && wrt.every((letter) => letters.includes(keyOf(letter)));
  return isRead ? { kind: "derivative", notation: "fraction", of, wrt, order: primes, total: false, missingPartial: false, start, end } : null;
}

/** The sign of `[a]_\times`, the matrix of the cross product with a. */
function isCross(row: Row | null): boolean {
  const [sign, ...more] = row ? unwrap(row) : [];
  return sign?.kind === "operator" && sign.name === "times" && !more.length;
}

/** A plain symbol with its scripts, and its arguments where it is a function. */
export function symbolWith(reader: Reader, bare: SymbolExpr, written: (Node & { kind: "scripts" }) | null): Expr {
  let symbol: SymbolExpr = bare;
  const above = written?.sup ? withoutPrimes(written.sup) : null;
  const scripts = written && above?.primes ? { ...written, sup: above.row, primes: written.primes + above.primes } : written;
  const end = scripts?.end ?? bare.end;
  if (scripts?.sub?.length) {
    const given = readGiven(reader, scripts.sub, scripts);
    symbol = given ? { ...symbol, subscripts: given.subscripts, tags: [given.tag], end } : { ...symbol, subscripts: readSubscripts(reader, drawnLetter(scripts.sub), scripts), end };
  }
  if (scripts?.primes) symbol = { ...symbol, primes: scripts.primes, end };
  const single = scripts?.sup && !symbol.subscripts.length && (symbol.name === "J" || symbol.name === "E") ? indexPair(scripts.sup) : null;
  if (single && scripts) return { ...symbol, subscripts: readSubscripts(reader, single, scripts), end };
  const sup = scripts?.sup ?? null;
  // `\mathbb{R}^T` is a space of dimension T, never a transpose.
  const isSpace = symbol.font === "mathbb" && symbol.name !== "1";
  const read: readonly Superscript[] = sup ? (isSpace || isExponential(symbol, sup) ? [{ kind: "power", row: sup, elementwise: false }] : readSuperscript(sup, reader.options.smallTransposes)) : [];
  const named = sup ? withSignedNames(reader, symbol, sup, read) : read;
  const meanings = reader.options.numbering?.above.has(keyOf(symbol)) ? named.map((meaning) => numbering(reader, meaning, scripts as Place)) : named;
  const leadingTags = meanings.findIndex((meaning) => meaning.kind !== "tag");
  const tags = leadingTags < 0 ? meanings : meanings.slice(0, leadingTags);
  if (tags.length) symbol = { ...symbol, tags: [...symbol.tags, ...tags.map((tag) => readTag(reader, tag.kind === "tag" ? tag.row : [], scripts as Place))], end };
  const rest = meanings.slice(tags.length);
  symbol = renumbered(symbol, reader.options.numbering);
  if (symbol.name === "I" || (symbol.name === "1" && isIndicatorFont(symbol.font))) {
    const indicator = readIndicator(reader, symbol, scripts);
    if (indicator) return indicator;
  }
  if (symbol.primes === 1 && !rest.length && isTransposedByPrime(reader, symbol)) return { kind: "transpose", base: { ...symbol, primes: 0 }, start: bare.start, end };
  const applied = rest.length === 0 || (rest.length === 1 && rest[0]?.kind === "power") ? maybeApply(reader, symbol, rest.length > 0) : null;
  if (applied) return rest.length ? applySuperscript(reader, applied, scripts as Place, sup, 0) : applied;
  if (!rest.length) return symbol;
  let expr: Expr = symbol;
  for (const meaning of rest) {
    if (meaning.kind === "tag") return { kind: "opaque", why: "a label after a power", start: bare.start, end };
    if (meaning.kind === "transpose") expr = { kind: "transpose", base: expr, start: bare.start, end };
    else if (meaning.kind === "pseudoInverse") expr = { kind: "pseudoInverse", base: expr, start: bare.start, end };
    else expr = { kind: "power", base: expr, exponent: reader.read(meaning.row, scripts as Place), elementwise: meaning.elementwise, start: bare.start, end };
  }
  return expr;
}

/** `x^+` and `x^{-\top}` of which the sign is a mark. */
function withSignedNames({ options }: Reader, symbol: SymbolExpr, sup: Row, read: readonly Superscript[]): readonly Superscript[] {
  const key = keyOf(symbol);
  const [sign, ...above] = unwrap(sup);
  const isMark = sign !== undefined && (isMinus(sign) ? options.outdated : options.updated)?.has(key) === true;
  const [only, ...more] = isMark ? readSuperscript(above, options.smallTransposes) : [];
  if (sign && only?.kind === "transpose" && !more.length) return [{ kind: "tag", row: [sign] }, only];
  return isMark ? read.map((meaning) => (meaning.kind === "pseudoInverse" ? { kind: "tag", row: unwrap(sup) } : meaning)) : read;
}

/** `e^{-rT}`: several signs above e are its exponent, whatever the last is; `e^{(t)T}` is a labelled vector. */
function isExponential({ name, font, subscripts, accents, primes }: SymbolExpr, sup: Row): boolean {
  const [first, ...more] = unwrap(sup);
  return name === "e" && weight(font) === "" && !subscripts.length && !accents.length && !primes && more.length > 0 && first?.kind !== "fenced" && !(first?.kind === "operator" && first.name !== "-");
}

function isTransposedByPrime({ options }: Reader, symbol: SymbolExpr): boolean {
  return options.primedTransposes === true && !looksLikeFunction(symbol.name) && !wordOf(symbol.name) && options.isFunction?.({ ...symbol, primes: 0 }) !== true;
}

/** Samples above a letter as the first of its indices, a layer below it as a label. */
function renumbered(symbol: SymbolExpr, numbering: Numbering | undefined): SymbolExpr {
  const [only] = symbol.subscripts;
  const [tag] = symbol.tags;
  if (tag?.expr && numbered(symbol) && numbering?.running.has(keyOf(symbol))) {
    const { start, end } = tag.expr;
    return { ...symbol, tags: [], subscripts: [{ expr: tag.expr, text: tag.text.replace(/^\W|^langle|\W$|rangle$/g, ""), above: tag.text, start, end }, ...symbol.subscripts] };
  }
  const isLayer = only && !tag && symbol.subscripts.length === 1 && positionOf(only.expr) !== null && numbering?.layers.has(keyOf(symbol));
  return isLayer ? { ...symbol, subscripts: [], tags: [{ ...only, below: true }] } : symbol;
}

/** `l-1` above a symbol that is numbered. */
function numbering(reader: Reader, meaning: Superscript, place: Place): Superscript {
  return meaning.kind === "power" && !meaning.elementwise && positionOf(reader.read(meaning.row, place)) ? { kind: "tag", row: meaning.row } : meaning;
}

/** Sub- and superscripts on something that is no plain symbol. */
export function applyScripts(reader: Reader, base: Expr, node: Place, sub: Row | null, sup: Row | null, primes: number): Expr {
  let expr = base;
  if (sub && sub.length) {
    const [mark] = sub;
    if (expr.kind === "bars" && namesNorm(sub)) expr = { ...expr, kind: "norm", which: null };
    if (expr.kind === "norm") expr = { ...expr, which: sub.length === 1 && mark?.kind === "operator" ? plainSymbol(mark.name, "", mark, []) : reader.read(sub, node), end: node.end };
    else if (expr.kind === "inner") expr = { ...expr, which: reader.read(sub, node), end: node.end };
    else {
      const indices = readSubscripts(reader, sub, node);
      if (areHeldFixed(expr, indices)) return applySuperscript(reader, expr, node, sup, primes);
      // A number needs no transpose: `(AB)^\top_{ij}` is an entry of the transpose.
      const [only, ...others] = indices.length === 2 && sup && !primes ? readSuperscript(sup, reader.options.smallTransposes) : [];
      if (only?.kind === "transpose" && !others.length) return { kind: "entry", base: { kind: "transpose", base: expr, start: expr.start, end: node.end }, indices, start: expr.start, end: node.end };
      expr = { kind: "entry", base: expr, indices, start: expr.start, end: node.end };
    }
  }
  return applySuperscript(reader, expr, node, sup, primes);
}

/** `\left(\frac{\partial p}{\partial V}\right)_T`: what stands below is held fixed, as a partial derivative does. */
function areHeldFixed(expr: Expr, below: readonly Subscript[]): boolean {
  if (expr.kind !== "derivative" || expr.notation !== "fraction" || expr.of.kind !== "symbol" || expr.of.subscripts.length || expr.wrt.length !== 1) return false;
  const [by] = expr.wrt;
  return by?.kind === "symbol" && !by.subscripts.length && below.every(({ expr: held }) => held.kind === "symbol" && !held.subscripts.length && !/^[i-n]$/.test(held.name) && held.name !== by.name);
}

/** The 1 of `1^\\top x`: nobody transposes a number. */
function isOne(expr: Expr): boolean {
  return expr.kind === "number" && expr.numerator === expr.denominator;
}

export function applySuperscript(reader: Reader, base: Expr, node: Place, sup: Row | null, primes: number): Expr {
  let expr = base;
  const isArray = primes === 1 && reader.options.primedTransposes === true && ["sum", "product", "transpose", "power"].includes(expr.kind);
  if (isArray) expr = { kind: "transpose", base: expr, start: base.start, end: node.end };
  else if (primes) expr = { kind: "derivative", notation: "prime", of: expr, wrt: [], order: primes, total: true, missingPartial: false, start: base.start, end: node.end };
  const isNumber = base.kind === "number" && unwrap(sup ?? []).length > 1;
  for (const meaning of sup ? (isNumber ? [{ kind: "power", row: sup, elementwise: false } as const] : readSuperscript(sup, reader.options.smallTransposes)) : []) {
    if (meaning.kind === "transpose") expr = { kind: "transpose", base: isOne(expr) ? plainSymbol("1", "mathbf", expr, []) : expr, start: base.start, end: node.end };
    else if (meaning.kind === "pseudoInverse") expr = { kind: "pseudoInverse", base: expr, start: base.start, end: node.end };
    else if (meaning.kind === "power") {
      const exponent = reader.read(meaning.row, node);
      expr = { kind: "power", base: expr, exponent, elementwise: meaning.elementwise, start: base.start, end: node.end };
    } else if (expr.kind === "symbol") {
      expr = { ...expr, tags: [...expr.tags, readTag(reader, meaning.row, node)], end: node.end };
    } else {
      expr = { kind: "opaque", why: "a label on an expression", start: base.start, end: node.end };
    }
  }
  return expr;
}

/** `|x|_2`, `|A|_F`: single bars stand for a norm where the subscript is that of one, as in tables of Markdown, whose cells cannot have `\|`. */
function namesNorm(sub: Row): boolean {
  const [only, ...more] = unwrap(sub);
  if (!only || more.length) return false;
  return (only.kind === "number" && /^[12]$/.test(only.text)) || (only.kind === "symbol" && ["F", "infty"].includes(only.name));
}

/** `J^{ij}`: the single-entry matrix is written with its indices above as often as below. */
function indexPair(row: Row): Row | null {
  const letters = unwrap(row);
  return letters.length === 2 && letters.every((node) => (node.kind === "symbol" && /^[a-z]$/.test(node.name) && node.name !== "t") || (node.kind === "number" && /^[1-9]$/.test(node.text))) ? letters : null;
}
