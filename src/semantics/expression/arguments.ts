/**
 * The arguments after a symbol, where it is a function; and indicators with their
 * conditions.
 */
import type { Node, Place, Row } from "../../latex/types";
import { rowsOf } from "../rows";
import { symbolsIn } from "./derivatives";
import { readEvent } from "./events";
import { countBars, halvesAtDoubleBar, isRelationNode, splitArguments, splitRow, unwrapBraces } from "./nodes";
import type { Reader } from "./reader";
import { applyScripts } from "./scripted";
import { readSuperscript, unwrap } from "./scripts";
import { readStatistic } from "./statistics";
import { hasRate } from "./tree";
import type { Expr, SymbolExpr } from "./types";
import { looksLikeFunction, mayBeFunction } from "./words";

/** The arguments after a symbol, where it is a function. */
export function maybeApply(reader: Reader, symbol: SymbolExpr, powered: boolean): Expr | null {
  const node = reader.peek();
  const bracket = node?.kind === "fenced" ? node : node?.kind === "scripts" && node.base?.kind === "fenced" ? node.base : null;
  // `E\{v v^\top\}`, as engineers write expectations.
  if (!bracket || !node || !["(", "[", ...(symbol.name === "E" ? ["{"] : [])].includes(bracket.open)) return null;
  if (holdsItself(symbol, bracket.body) || weighsMembers(symbol, bracket.body)) return null;
  const event = bracket === node ? readEvent(reader, symbol, bracket) : null;
  if (event) {
    reader.next();
    return event;
  }
  // `\delta_{im}(A)_{nj}` multiplies an entry.
  if (symbol.name === "delta" && symbol.subscripts.map(({ text }) => text).join("").length === 2) return null;
  const known = reader.options.isFunction?.(symbol);
  const statistic = powered || (known === false && symbol.name.length === 1) ? null : readStatistic(reader, symbol, bracket);
  if (statistic) {
    reader.next();
    return node.kind === "scripts" ? applyScripts(reader, statistic, node, node.sub, node.sup, node.primes) : statistic;
  }
  // Nobody multiplies by a lone letter in parentheses: `A(t)` is A at t, `\Phi(d_1)` Φ at d_1, `s(x)_i` an entry of that.
  const [lone] = unwrap(bracket.body);
  const indexed = node.kind === "scripts" && node.sub !== null && node.sub[0]?.kind !== "operator" && !node.sup && !node.primes;
  const turned = node.kind === "scripts" && !node.sub && !node.primes && node.sup !== null && readSuperscript(node.sup).every(({ kind }) => kind === "transpose");
  if (bracket.body.length === 1 && bracket.open === "(" && (node === bracket || indexed || turned) && lone && isLoneLetter(lone) && !powered) return finishApply(reader, symbol, node, bracket, [bracket.body], known === true);
  // Nor by a lone value in square brackets: `g[f(x)]`.
  if (bracket.open === "[" && known === undefined && looksLikeFunction(symbol.name) && !powered && node === bracket && isLoneValue(bracket.body)) return finishApply(reader, symbol, node, bracket, [bracket.body], false);
  // Behind a power an array that depends on something is a factor: `U^{-1}(…)U^{-1}`.
  if (powered && known === true && reader.options.origin?.(symbol)) return null;
  const isDensity = symbol.name === "N" && symbol.font === "mathcal";
  if (known === false && !isDensity) return null;
  if (known && isFactor(reader, symbol, bracket)) return null;
  const parts = splitArguments(unwrap(bracket.body), "mid", "|");
  const bars = countBars(bracket.body);
  const listed = parts.length > 1 && (bars === 0 || bars % 2 === 1 || halvesAtDoubleBar(unwrap(bracket.body)) !== null);
  if (symbol.primes > 0 && known === undefined && bracket.open === "(") return finishApply(reader, symbol, node, bracket, parts, true);
  if (known === undefined && !isDensity) {
    if (bracket.open === "[" && !["E", "V"].includes(symbol.name)) return null;
    if (listed) {
      if (!mayBeFunction(symbol.name) && parts.length > 1 && /^[A-Z]$/.test(symbol.name) && symbol.font === "") return finishApply(reader, symbol, node, bracket, parts, false);
    } else if (!looksLikeFunction(symbol.name) && !isProjection(symbol)) return null;
    if (powered && !looksLikeFunction(symbol.name)) return null;
    // `L(…)`-like letters followed by a sum in parentheses with a script are more often factors.
  }
  return finishApply(reader, symbol, node, bracket, parts, known === true || listed || isDensity);
}

function isLoneLetter(node: Node): boolean {
  const isLetter = (one: Node | null): boolean => one?.kind === "symbol" || (one?.kind === "accent" && one.body.length === 1 && one.body[0]?.kind === "symbol");
  return isLetter(node) || (node.kind === "scripts" && isLetter(node.base) && node.sub !== null && !node.sup && !node.primes);
}

/** `f(x)` of a letter that looks like a function. */
function isLoneValue(body: Row): boolean {
  const [fn, argument, ...more] = unwrap(body);
  return fn?.kind === "symbol" && looksLikeFunction(fn.name) && argument?.kind === "fenced" && argument.open === "(" && !more.length;
}

/** `p(1 - p)`, `N(1 - \frac{N}{K})` are products. */
function holdsItself({ name, font, subscripts, tags, primes }: SymbolExpr, body: Row): boolean {
  if (subscripts.length || tags.length || primes || body.some((node) => node.kind === "operator" && node.class === "punctuation")) return false;
  const stands = (row: Row): boolean => row.some((node, i) => (node.kind === "symbol" && node.name === name && node.font === font && row[i + 1]?.kind !== "fenced") || (node.kind === "fraction" && rowsOf(node).some(stands)));
  return body.length > 1 && stands(body);
}

/** `p_{ik}(x_i - \mu_k)`: the entry of an array before a difference of members with its indices. */
function weighsMembers({ subscripts, primes }: SymbolExpr, body: Row): boolean {
  const letters = subscripts.map(({ text }) => text);
  if (letters.length !== 2 || primes || !letters.every((letter) => /^[a-z]$/.test(letter)) || !body.some((node) => node.kind === "operator" && /^[+-]$/.test(node.name))) return false;
  const indices = (row: Row): string[] => row.flatMap((node) => [...(node.kind === "scripts" && node.sub ? node.sub.flatMap((below) => (below.kind === "symbol" ? [below.name] : [])) : []), ...rowsOf(node).flatMap(indices)]);
  const inside = indices(body);
  return letters.every((letter) => inside.includes(letter));
}

/** `P_\Omega`, `\mathcal{P}_{\mathcal{C}}`, `\Pi_{\mathcal{K}}`: what is projected on a set stands behind it. */
function isProjection({ name, subscripts: [set, ...more] }: SymbolExpr): boolean {
  return /^(P|Pi)$/.test(name) && !more.length && set?.expr.kind === "symbol" && (set.expr.font === "mathcal" || set.expr.name === "Omega");
}

/** `u\left(\frac{dv}{dt}\right)^\top` where u depends on t: a product, as with whatever else is no value of t. */
function isFactor(reader: Reader, symbol: SymbolExpr, bracket: Node & { kind: "fenced" }): boolean {
  const letters = (reader.options.dependsOn?.(symbol) ?? []).map(({ name }) => name);
  if (!letters.length) return false;
  const inside = reader.read(unwrap(bracket.body), bracket);
  const symbols = symbolsIn(inside, false);
  return hasRate(inside) || (symbols.some((one) => reader.options.origin?.(one) !== undefined) && !symbols.some((one) => letters.includes(one.name)));
}

export function finishApply(reader: Reader, symbol: SymbolExpr, node: Node, bracket: Node & { kind: "fenced" }, parts: readonly Row[], certain: boolean): Expr {
  reader.next();
  const args = parts.map((part) => reader.read(part, bracket));
  const primes = symbol.primes;
  const [head = []] = splitRow(unwrap(bracket.body), ";", "mid", "|");
  const ahead = parts.length > 1 ? splitRow(head, ",").length : 1;
  const fn: SymbolExpr = primes ? { ...symbol, primes: 0 } : symbol;
  const applied: Expr = { kind: "apply", fn, args, certain, primes, ...(ahead < parts.length ? { ahead } : {}), start: symbol.start, end: bracket.end };
  return node.kind === "scripts" ? applyScripts(reader, applied, node, node.sub, node.sup, node.primes) : applied;
}

/** `\mathbb{1}[x>0]`, `\mathbf{1}_{x>0}`, `I(x > 0)`, `1\{x > 0\}` */
export function readIndicator(reader: Reader, symbol: Place, scripts: (Node & { kind: "scripts" }) | null): Expr | null {
  const sub = scripts?.sub ? unwrapBraces(scripts.sub) : null;
  if (sub && sub.some(isRelationNode)) return { kind: "indicator", condition: reader.relation(sub, symbol), start: symbol.start, end: symbol.end };
  const following = reader.peek();
  // `\mathbf{1}[z > 0]^\top`
  const raised = following?.kind === "scripts" ? following : null;
  const bracket = raised ? raised.base : following;
  if (bracket?.kind !== "fenced" || !bracket.body.some(isRelationNode)) return null;
  reader.next();
  const indicator: Expr = { kind: "indicator", condition: reader.relation(bracket.body, bracket), start: symbol.start, end: bracket.end };
  return raised ? applyScripts(reader, indicator, raised, raised.sub, raised.sup, raised.primes) : indicator;
}
