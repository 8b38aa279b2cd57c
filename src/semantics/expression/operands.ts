/**
 * What one node stands for: a number, a symbol, a fraction, a root, something in
 * brackets, under an accent or over a brace.
 */
import type { Node, Place, Row } from "../../latex/types";
import { readComposed } from "./composition";
import { readDerivativeFraction } from "./derivatives";
import { readMatrix } from "./matrices";
import { readIndicator } from "./arguments";
import { readWord, symbolOrWord } from "./named-functions";
import { isBarName, isLayoutEnvironment, isRelationNode, spanOfRow, splitRow } from "./nodes";
import { Reader } from "./reader";
import { applyScripts, readScripted, symbolWith } from "./scripted";
import { readSuperscript, unwrap } from "./scripts";
import { weight } from "../symbols/key";
import { numberOf, plainSymbol } from "./tree";
import type { Expr, SymbolExpr } from "./types";

/** What one node stands for; may take following nodes along where it is a word before its argument. */
export function readOperand(reader: Reader, node: Node, closingBar: string | null): Expr {
  switch (node.kind) {
    case "number":
      return (node.text === "1" && readIndicator(reader, node, null)) || numberOf(node.text, node);
    case "symbol":
      return symbolOrWord(reader, node, null, closingBar);
    case "name":
      return readWord(reader, node.name, node, null, closingBar);
    case "group": {
      // `{\rm tr}(A)`
      const [only, ...more] = node.body;
      return only?.kind === "name" && !more.length ? readOperand(reader, only, closingBar) : reader.read(node.body, node);
    }
    case "decorated":
      return reader.read(node.body, node);
    case "fraction":
      return readDerivativeFraction(reader, node, closingBar) ?? readFraction(reader, node);
    case "root": {
      const index = node.index ? reader.read(node.index, node) : null;
      return { kind: "root", base: reader.read(node.body, node), index: index?.kind === "number" ? index.numerator : 2, start: node.start, end: node.end };
    }
    case "fenced":
      return readFenced(reader, node);
    case "environment":
      return readMatrix(reader, node, "");
    case "accent": {
      const inner = readAccent(reader, node);
      return inner.kind === "symbol" ? symbolWith(reader, inner, null) : inner;
    }
    case "labelled":
      return readLabelled(reader, node, node.label);
    case "scripts":
      return readScripted(reader, node, closingBar);
    case "operator":
      if (isBarName(node.name)) return readBars(reader, node, null);
      return reader.opaque(`a misplaced ${node.name}`, node);
    case "text": {
      const word = node.text.trim();
      if (/^[\p{L}][\p{L}\d]*$/u.test(word)) return readWord(reader, word, node, null, closingBar);
      return reader.opaque("words", node);
    }
    case "space":
      return reader.factor(closingBar);
    case "big":
    case "unknown":
      return reader.opaque(node.kind === "unknown" ? `\\${node.name} is not known` : "a misplaced operator", node);
  }
}

function readFraction(reader: Reader, node: Node & { kind: "fraction" }): Expr {
  const numerator = reader.read(node.numerator, node);
  const below = reader.options.dIsSize ? new Reader(node.denominator, { ...reader.options, dIsVariable: true }, reader.slips, reader.depth + 1, node) : null;
  const denominator = below ? below.readAll() : reader.read(node.denominator, node);
  if (!node.line) return reader.opaque("a binomial", node);
  if (numerator.kind === "number" && denominator.kind === "number" && denominator.numerator !== 0 && numerator.denominator === 1 && denominator.denominator === 1) {
    return { kind: "number", numerator: numerator.numerator, denominator: denominator.numerator, start: node.start, end: node.end };
  }
  return { kind: "quotient", numerator, denominator, elementwise: false, start: node.start, end: node.end };
}

export function readAccent(reader: Reader, node: Node & { kind: "accent" }): Expr {
  const body = reader.read(node.body, node);
  if (body.kind === "symbol") return { ...accented(body, node.name), start: node.start, end: node.end };
  if (body.kind === "transpose" && body.base.kind === "symbol") return { ...body, base: accented(body.base, node.name), start: node.start, end: node.end };
  if (node.name === "underline" || node.name === "vec") return { ...body, start: node.start, end: node.end };
  const letters = node.body.map(lettersOf);
  return letters.includes(null) ? reader.opaque(`\\${node.name} over an expression`, node) : plainSymbol(letters.filter(Boolean).join(" "), "", node, [node.name]);
}

/** An arrow tells of a vector as bold does. */
function accented(symbol: SymbolExpr, name: string): SymbolExpr {
  if (name !== "vec") return { ...symbol, accents: [name, ...symbol.accents] };
  return weight(symbol.font) === "b" ? symbol : { ...symbol, font: "vec" };
}

/** A letter as part of a longer name, with its own accent and powers; null for what is none. */
function lettersOf(node: Node): string | null {
  if (node.kind === "symbol") return node.name;
  if (node.kind === "number") return node.text;
  if (node.kind === "space") return "";
  const rows = node.kind === "accent" ? [node.body] : node.kind === "scripts" && node.base && !node.primes ? [[node.base], node.sub ?? [], node.sup ?? []] : [];
  const parts = rows.map((row) => row.map(lettersOf));
  if (!rows.length || parts.flat().includes(null)) return null;
  const [body = "", sub, sup] = parts.map((part) => part.join(""));
  return node.kind === "accent" ? `\\${node.name}{${body}}` : `${body}${sub ? `_{${sub}}` : ""}${sup ? `^{${sup}}` : ""}`;
}

export function readLabelled(reader: Reader, node: Node & { kind: "labelled" }, label: Row | null): Expr {
  const body = reader.read(node.body, node);
  if (!label || !label.length || !/brace/.test(node.name)) return { ...body, start: node.start, end: node.end };
  const place = spanOfRow(label);
  return { kind: "labelled", body, label: reader.read(label, node), labelPlace: place, start: node.start, end: node.end };
}

/** `(…)`, `[…]`, `\|…\|`, `⟨…⟩`, `\{…\}` and the matrices and lists in them. */
function readFenced(reader: Reader, node: Node & { kind: "fenced" }): Expr {
  const body = unwrap(node.body);
  const composed = readComposed(reader, body, node);
  if (composed) return composed.value;
  const [only] = body;
  if (body.length === 1 && only?.kind === "environment" && !isLayoutEnvironment(only.name)) return { ...readMatrix(reader, only, node.open), start: node.start, end: node.end };
  if (node.open === "‖" || node.open === "\\|" || node.open === "Vert" || node.open === "lVert") return { kind: "norm", body: reader.read(body, node), which: null, start: node.start, end: node.end };
  if (node.open === "|" || node.open === "lvert" || node.open === "vert") return { kind: "bars", body: reader.read(body, node), start: node.start, end: node.end };
  if (node.open === "⟨" || node.open === "langle" || node.open === "<") {
    const parts = splitRow(body, ",");
    if (parts.length === 2) return { kind: "inner", left: reader.read(parts[0] ?? [], node), right: reader.read(parts[1] ?? [], node), which: null, start: node.start, end: node.end };
    return reader.opaque("angle brackets", node);
  }
  if (node.open === "." && (node.close === "|" || node.close === "vert" || node.close === "rvert")) return reader.read(body, node);
  if (node.open === "{" || node.open === "lbrace" || node.open === "\\{") {
    if (body.some((inner) => isRelationNode(inner)) || !body.length) return reader.opaque("a set", node);
    const members = splitRow(body, ",");
    if (members.length > 1) return { kind: "tuple", items: members.map((item) => reader.read(item, node)), braces: true, start: node.start, end: node.end };
    return { ...reader.read(body, node), start: node.start, end: node.end };
  }
  if (node.open === "lfloor" || node.open === "lceil" || node.open === "⌊" || node.open === "⌈") return reader.opaque("rounding", node);
  const items = splitRow(body, ",", ";");
  const placed = splitRow(body, ",").length === 1 ? ({ placed: "above" } as const) : {};
  if (items.length > 1) return { kind: "tuple", items: items.map((item) => reader.read(item, node)), ...placed, start: node.start, end: node.end };
  const beside = node.open === "[" ? spaced(reader, node, body) : [];
  if (beside.length > 1) return { kind: "tuple", items: beside.map((item) => reader.read([item], node)), placed: "beside", start: node.start, end: node.end };
  const inner = reader.read(body, node);
  return parenthesised(inner, node);
}

/** `W = [W_h\ W_x]`, `[A \mid b]`, `[s^\top\ a^\top]`: letters in brackets that are all of a side, or have blanks or bars between them. */
function spaced({ row }: Reader, node: Node, body: Row): readonly Node[] {
  const isGap = (inner: Node): boolean => inner.kind === "space" || ((inner.kind === "operator" || inner.kind === "symbol") && ["mid", "|"].includes(inner.name));
  const isTurned = (sup: Row | null): boolean => sup === null || readSuperscript(sup).every(({ kind }) => kind === "transpose");
  const isLetter = (inner: Node): boolean => inner.kind === "symbol" || inner.kind === "accent" || (inner.kind === "scripts" && isTurned(inner.sup) && !inner.primes && inner.base !== null && isLetter(inner.base));
  const letters = body.filter((inner) => !isGap(inner));
  const apart = (row.length === 1 && row[0] === node) || body.every((inner, at) => isGap(inner) || at === 0 || isGap(body[at - 1] as Node) || body[at - 1]?.gap);
  return apart && letters.length > 1 && letters.every(isLetter) ? letters : [];
}

/** `|x|`, `\|x\|` written with bare bars: up to the partner. */
export function readBars(reader: Reader, node: Node & { kind: "operator" }, _place: null): Expr {
  const double = node.name === "‖" || node.name === "Vert" || node.name === "parallel" || (isBarName(node.name) && reader.peek()?.kind === "operator" && isBarName((reader.peek() as Node & { kind: "operator" }).name) && reader.peek()?.start === node.end);
  if (double && node.name !== "‖" && node.name !== "Vert" && node.name !== "parallel") reader.next();
  const closing = node.name === "‖" || node.name === "Vert" || node.name === "parallel" ? node.name : node.name;
  const body = reader.sum(closing);
  let end = reader.next();
  if (end && double && closing === node.name && node.name !== "‖" && node.name !== "Vert" && node.name !== "parallel") end = reader.next() ?? end;
  if (!end) return reader.opaque("an unmatched bar", node);
  const bare: Expr = double ? { kind: "norm", body, which: null, start: node.start, end: end.end } : { kind: "bars", body, start: node.start, end: end.end };
  if (end.kind === "scripts") return applyScripts(reader, bare, end, end.sub, end.sup, end.primes);
  return bare;
}

function parenthesised(expr: Expr, place: Place): Expr {
  // A parenthesised product or sum stays one factor: its place grows to the parentheses.
  return { ...expr, start: place.start, end: place.end };
}
