/**
 * Names of several letters, spelled as one or letter by letter, with their
 * arguments: `\operatorname{tr} AB`, `softmax(z)_i`, `\log x`.
 */
import type { Node, Place, Row } from "../../latex/types";
import { finishApply } from "./arguments";
import { halvesAtDoubleBar, isBarName, isDotsName, splitArguments } from "./nodes";
import { readGradient } from "./derivatives";
import { endsProduct, isBar } from "./products";
import type { Reader } from "./reader";
import { applyScripts, applySuperscript, symbolWith } from "./scripted";
import { isMinus, unwrap } from "./scripts";
import { readSubscripts } from "./subscripts";
import { numberOf, plainSymbol, productOf } from "./tree";
import type { Expr, SymbolExpr } from "./types";
import { logarithmOf, longestWord, wordOf } from "./words";

export function symbolOrWord(reader: Reader, node: Node & { kind: "symbol" }, scripts: (Node & { kind: "scripts" }) | null, closingBar: string | null): Expr {
  if (isDotsName(node.name) && !scripts) return { kind: "dots", start: node.start, end: node.end };
  if (!scripts && /^[a-zA-Z]$/.test(node.name) && (node.font === "" || node.font === "mathrm")) {
    const run = letterRun(reader, node);
    if (run) return readWord(reader, run.word, { start: node.start, end: run.end }, run.scripts, closingBar);
  }
  return symbolWith(reader, plainSymbol(node.name, node.font, node, []), scripts);
}

/** Letters written close together that spell a word (`tr(A)`, `softmax(z)_i`): consumes them. */
function letterRun(reader: Reader, first: Node & { kind: "symbol" }): { word: string; end: number; scripts: (Node & { kind: "scripts" }) | null } | null {
  const letters = [first.name];
  const nodes: Node[] = [first];
  let end = first.end;
  for (let ahead = 0; letters.length < 12; ahead++) {
    const node = reader.peek(ahead);
    const core = node?.kind === "scripts" ? node.base : node;
    if (!node || core?.kind !== "symbol" || !/^[a-zA-Z]$/.test(core.name) || core.font !== first.font || core.start !== end) break;
    letters.push(core.name);
    nodes.push(node);
    end = core.end;
    if (node.kind === "scripts") break;
  }
  const word = statisticOf(letters.join(""), reader.peek(letters.length - 1)) ?? longestWord(letters.join(""));
  if (!word) return null;
  const last = nodes[word.length - 1];
  const partial = nodes.length > word.length;
  const following = reader.peek(word.length - 1);
  // A word inside a longer run of letters is only read where its argument follows at once, or is the one letter behind a logarithm.
  if (partial && !(following?.kind === "fenced" || last?.kind === "scripts" || logarithmOf(letters.join("")))) return null;
  const isDivergence = following?.kind === "fenced" && halvesAtDoubleBar(unwrap(following.body)) !== null;
  if (word.length === 2 && word !== "tr" && word !== "Tr" && word !== "ln" && word !== "dg" && !isDivergence) return null;
  if (!partial && following && following.kind !== "fenced" && !["log", "exp", "sin", "cos", "tan", "tanh", "det", "diag", "vec", "trace", "softmax", "max", "min", "ln"].includes(word) && last?.kind !== "scripts") {
    if (word === "tr" || word === "Tr" || word.length <= 3) return null;
  }
  reader.seek(reader.at + word.length - 1);
  return { word, end: last?.end ?? end, scripts: last?.kind === "scripts" ? last : null };
}

/** Var of `Var(z)`. */
function statisticOf(letters: string, following: Node | undefined): string | null {
  return /^(Var|Cov)$/.test(letters) && isFenced(following) ? letters : null;
}

/** A multi-letter name: a known function with its argument, or a symbol. */
export function readWord(reader: Reader, name: string, place: Place, scripts: (Node & { kind: "scripts" }) | null, closingBar: string | null): Expr {
  if (name === "arg" && !scripts) {
    const inner = reader.peek();
    const extreme = inner?.kind === "scripts" ? inner.base : inner;
    if ((extreme?.kind === "name" || extreme?.kind === "big") && (extreme.name === "min" || extreme.name === "max")) {
      reader.next();
      return readWord(reader, `arg${extreme.name}`, place, inner?.kind === "scripts" ? inner : null, closingBar);
    }
  }
  if (name === "grad" && reader.peek() && reader.options.isDeclared?.(plainSymbol(name, "mathrm", place, [])) !== true) return readGradient(reader, place, scripts, closingBar);
  const known = wordOf(name);
  const symbol = plainSymbol(name, "mathrm", place, []);
  if (name === "d" && !scripts) return symbol;
  if (!known) {
    const withScripts = symbolWith(reader, symbol, scripts);
    if (withScripts.kind !== "symbol") return withScripts;
    const bracket = reader.peek();
    if (name.length > 1 && bracket?.kind === "fenced" && bracket.open === "(" && !isLoneTag(withScripts) && reader.options.isFunction?.(withScripts) !== false) return finishApply(reader, withScripts, bracket, bracket, splitArguments(unwrap(bracket.body), "mid", "|"), true);
    return withScripts;
  }
  const sup = scripts?.sup ?? null;
  let fn: SymbolExpr = { ...symbol, primes: scripts?.primes ?? 0, end: scripts?.end ?? place.end };
  if (scripts?.sub?.length) fn = { ...fn, subscripts: readSubscripts(reader, scripts.sub, scripts) };
  const node = reader.peek();
  const bracket = node?.kind === "fenced" ? node : node?.kind === "scripts" && node.base?.kind === "fenced" ? node.base : null;
  let applied: Expr;
  const minimiser = known.fn === "argmin" || known.fn === "argmax";
  if (bracket && node && !minimiser && ["(", "[", "{"].includes(bracket.open)) {
    reader.next();
    const args = splitArguments(unwrap(bracket.body)).map((part) => reader.read(part, bracket));
    applied = { kind: "apply", fn: { ...fn, primes: 0 }, args, certain: true, primes: fn.primes, start: place.start, end: bracket.end };
    if (node.kind === "scripts") applied = applyScripts(reader, applied, node, node.sub, node.sup, node.primes);
  } else if (known.prefix && !minimiser && node?.kind === "group" && node.body.length) {
    // `\det{X} Y`: braces hold the argument.
    reader.next();
    applied = { kind: "apply", fn: { ...fn, primes: 0 }, args: [reader.read(node.body, node)], certain: true, primes: fn.primes, start: place.start, end: node.end };
  } else if (known.prefix && node && !endsProduct(node, closingBar, false) && !isBar(node, closingBar) && !(node.kind === "operator" && !isBarName(node.name))) {
    // A minimiser is one of all terms that follow.
    const argument = minimiser ? reader.sum(closingBar) : known.wide ? juxtaposed(reader, closingBar) : narrowArgument(reader, closingBar);
    applied = { kind: "apply", fn: { ...fn, primes: 0 }, args: [argument], certain: true, primes: fn.primes, ...(minimiser ? {} : { bare: true as const }), start: place.start, end: argument.end };
  } else {
    return symbolWith(reader, symbol, scripts);
  }
  if (sup && isMinusOne(sup)) {
    const inverse = inverseOf(known.fn, applied);
    if (inverse) return inverse;
  }
  return sup ? applySuperscript(reader, applied, { start: place.start, end: Math.max(applied.end, fn.end) }, sup, 0) : applied;
}

/** What `-1` above a circular or hyperbolic function makes of it: no reciprocal. */
const inverses: Readonly<Record<string, string>> = { sin: "arcsin", cos: "arccos", tan: "arctan", sinh: "arsinh", cosh: "arcosh", tanh: "artanh" };
/** Of whose reciprocals they are functions: `\cot^{-1} x` is the arctangent of 1/x. */
const reciprocals: Readonly<Record<string, string>> = { csc: "arcsin", sec: "arccos", cot: "arctan" };

function inverseOf(fn: string, applied: Expr): Expr | null {
  if (applied.kind !== "apply" || applied.args.length !== 1 || applied.primes || applied.fn.subscripts.length) return null;
  const [arg] = applied.args as [Expr];
  const name = inverses[fn] ?? reciprocals[fn];
  if (!name) return null;
  const one = numberOf("1", { start: arg.start, end: arg.start });
  const args: Expr[] = inverses[fn] ? [arg] : [{ kind: "quotient", numerator: one, denominator: arg, elementwise: true, start: arg.start, end: arg.end }];
  return { ...applied, fn: { ...applied.fn, name }, args };
}

function isMinusOne(sup: Row): boolean {
  const [sign, one, ...more] = unwrap(sup);
  return isMinus(sign) && one?.kind === "number" && one.text === "1" && !more.length;
}

/** `\operatorname{tr} A B`: the factors up to the next operator, or what bars enclose (`\det|A| B`). */
function juxtaposed(reader: Reader, closingBar: string | null): Expr {
  if (isEnclosed(reader.peek())) return reader.factor(closingBar);
  const factors: Expr[] = [];
  for (let node = reader.peek(); node; node = reader.peek()) {
    if (node.kind === "operator" && !(isBarName(node.name) && !factors.length) && !(isBarName(node.name) && !isBar(node, closingBar) && !factors.length)) break;
    if (node.kind === "space") break;
    if (endsProduct(node, closingBar, factors.length > 0) || (factors.length > 0 && isNumberOfMatrix(node))) break;
    factors.push(reader.factor(closingBar));
  }
  return factors.length ? productOf(factors, factors.slice(1).map(() => "" as const)) : reader.opaque("an argument is missing", reader.place);
}

function isEnclosed(node: Node | undefined): boolean {
  const core = node?.kind === "scripts" ? node.base : node;
  return (core?.kind === "operator" && isBarName(core.name)) || (core?.kind === "fenced" && isBarName(core.open));
}

/** `\det X \operatorname{tr}(Y)` is a product of two numbers. */
function isNumberOfMatrix(node: Node): boolean {
  const core = node.kind === "scripts" ? node.base : node;
  const name = core?.kind === "name" ? core.name : core?.kind === "text" ? core.text.trim() : "";
  return ["trace", "det"].includes(wordOf(name)?.fn ?? "");
}

/** `\log 2\pi\sigma^2`, `\sin \omega t`, `\tanh Wx`, `\log \det X`: one factor, or a number or letter with the letters behind it. */
function narrowArgument(reader: Reader, closingBar: string | null): Expr {
  const first = reader.factor(closingBar);
  if (first.kind !== "number" && first.kind !== "symbol") return first;
  const factors: Expr[] = [first];
  for (let node = reader.peek(); node && goesOn(node, reader.peek(1), first.kind === "number"); node = reader.peek()) {
    if (endsProduct(node, closingBar, true)) break;
    factors.push(reader.factor(closingBar));
  }
  return productOf(factors, factors.slice(1).map(() => "" as const));
}

/** Letters; a rate (`\cos\theta\dot\theta`), a differential and what is applied to something stand behind the function itself. */
function goesOn(node: Node, after: Node | undefined, isCounted: boolean): boolean {
  if (node.kind === "number") return isCounted;
  const core = node.kind === "scripts" ? node.base : node;
  if (core?.kind === "accent") return isCounted || !/dot/.test(core.name);
  return core?.kind === "symbol" && (isCounted || (core.name !== "d" && !isFenced(after)));
}

function isFenced(node: Node | undefined): boolean {
  return node?.kind === "fenced" || (node?.kind === "scripts" && node.base?.kind === "fenced");
}

function isLoneTag(symbol: SymbolExpr): boolean {
  return symbol.tags.length > 0;
}
