/** Big operators with their bounds and what they go over. */
import type { Node, Place, Row } from "../../latex/types";
import { readIntegral } from "./integrals";
import { flattenLines, isRelationNode, splitRow } from "./nodes";
import { readProduct } from "./products";
import type { Reader } from "./reader";
import { symbolsIn } from "./derivatives";
import type { BoundIndex, Expr, Relation, SymbolExpr } from "./types";

export function readBig(reader: Reader, node: Node, closingBar: string | null): Expr {
  reader.next();
  const core = node.kind === "scripts" ? node.base : node;
  const name = core && (core.kind === "big" || core.kind === "name") ? core.name : "";
  const operator = bigOperator(name);
  const sub = node.kind === "scripts" ? node.sub : null;
  const sup = node.kind === "scripts" ? node.sup : null;
  if (name.includes("int")) return readIntegral(reader, node, name, closingBar);
  const following = reader.peek();
  const body = following ? signedProduct(reader, closingBar) : reader.opaque("an operand is missing", node);
  const { indices, conditions } = readBounds(reader, sub, sup, node, body);
  if (!operator) return { kind: "opaque", why: `\\${name} is not read`, start: node.start, end: body.end };
  const whole = (operator === "min" || operator === "max") && indices.length === 1 && isVariable(indices[0] as BoundIndex, body) ? withTerms(reader, body, closingBar) : body;
  return { kind: "big", operator, indices, conditions, body: whole, start: node.start, end: whole.end };
}

/** x of `\\min_x f(x)`, which numbers nothing. */
export function isVariable({ symbol, from, to }: BoundIndex, body: Expr): boolean {
  const isIt = (other: SymbolExpr): boolean => !other.subscripts.length && other.name === symbol.name && other.font === symbol.font;
  const written = symbolsIn(body, false);
  return !from && !to && written.some(isIt) && !written.some(({ subscripts }) => subscripts.some(({ expr }) => symbolsIn(expr).some(isIt)));
}

/** An extreme value is one of all terms that follow. */
function withTerms(reader: Reader, first: Expr, closingBar: string | null): Expr {
  const terms: { sign: 1 | -1; expr: Expr }[] = [{ sign: 1, expr: first }];
  for (let next = reader.peek(); next?.kind === "operator" && (next.name === "+" || next.name === "-"); next = reader.peek()) {
    reader.next();
    terms.push({ sign: next.name === "+" ? 1 : -1, expr: readProduct(reader, closingBar) });
  }
  return terms.length === 1 ? first : { kind: "sum", terms, start: first.start, end: (terms.at(-1) as { expr: Expr }).expr.end };
}

/** `(x_i^2)_{i=1}^n`, `[a_{ij}]_{1 \leq i,j \leq n}`: what stands in the brackets, for all that the letters run over; null where the scripts say anything else. */
export function readArray(reader: Reader, body: Expr, node: Node & { kind: "scripts" }): Expr | null {
  if (!node.sub?.some(isRelationNode) || body.kind === "tuple" || node.primes) return null;
  const { indices, conditions } = readBounds(reader, node.sub, node.sup, node, body);
  // `(\partial f/\partial x)_{x = a}^2` is a value at a point.
  const below = new Set(symbolsIn(body).flatMap(({ subscripts }) => subscripts).flatMap(({ expr }) => symbolsIn(expr)).map(({ name }) => name));
  if (!indices.length || indices.length > 2 || conditions.length || !indices.every(({ symbol, to }) => to && below.has(symbol.name))) return null;
  return { kind: "big", operator: "array", indices, conditions, body, start: node.start, end: node.end };
}

/** `\sum_i -2 x_i`: a sign right after the operator is that of what is summed. */
function signedProduct(reader: Reader, closingBar: string | null): Expr {
  const sign = reader.peek();
  if (sign?.kind !== "operator" || (sign.name !== "-" && sign.name !== "+")) return readProduct(reader, closingBar);
  reader.next();
  const body = readProduct(reader, closingBar);
  return sign.name === "+" ? body : { kind: "sum", terms: [{ sign: -1, expr: body }], start: sign.start, end: body.end };
}

/** `i=1`, `i,j`, `i \neq j`, `i \in S`, `\substack{…}` below; the upper bound above. */
function readBounds(reader: Reader, sub: Row | null, sup: Row | null, place: Place, body: Expr): { indices: BoundIndex[]; conditions: Expr[] } {
  const indices: BoundIndex[] = [];
  const conditions: Expr[] = [];
  const to = sup && sup.length ? reader.read(sup, place) : null;
  const parts = splitRow(flattenLines(sub ?? []), ",");
  const together = betweenTogether(reader, parts, place) ?? listed(reader, parts, place);
  if (together) return { indices: together, conditions };
  for (const part of parts) {
    if (!part.length) continue;
    const { letters, rest } = beforeColon(reader, part, place);
    const relation = reader.relation(rest, place);
    const [left, right] = relation.sides;
    const link = relation.links[0]?.operator;
    if (!left) continue;
    if (left.kind === "tuple" && link === "\\in" && right?.kind === "symbol" && left.items.every((item) => item.kind === "symbol")) {
      // `(i, j) \in \Omega` names both, `j : (i, j) \in \Omega` what is before the colon.
      for (const symbol of letters ?? left.items) if (symbol.kind === "symbol") indices.push({ symbol, from: null, to: null });
      conditions.push({ kind: "indicator", condition: relation, start: relation.start, end: relation.end });
      continue;
    }
    const running = letters ?? (left.kind === "symbol" && right ? lettersBelow(left) : []);
    if (running.length) {
      // `i : z_i < 0`, or `z_i < 0` alone
      for (const symbol of running) if (symbol.kind === "symbol") indices.push({ symbol, from: null, to: null });
      conditions.push({ kind: "indicator", condition: relation, start: relation.start, end: relation.end });
      continue;
    }
    const apart = conditions[conditions.length - 1];
    if (!right && left.kind === "symbol" && apart?.kind === "indicator" && apart.condition.links[0]?.operator === "\\neq") {
      // `k \neq i, j`
      const condition = { ...apart.condition, sides: [apart.condition.sides[0] as Expr, left] };
      conditions.push({ ...apart, condition });
      continue;
    }
    const ordered = orderedLetters(relation, body);
    if (ordered) {
      indices.push(...ordered.indices);
      conditions.push(...ordered.conditions);
      continue;
    }
    const between = betweenBounds(relation);
    if (between) indices.push(between);
    else if (left.kind === "symbol" && (!right || link === "=" || link === "\\in")) {
      indices.push({ symbol: left, from: right && link === "=" ? right : null, to: null });
      if (right && link === "\\in" && right.kind !== "symbol" && right.kind !== "opaque") conditions.push(right);
    } else if (left.kind === "tuple" && !right && left.items.every((item) => item.kind === "symbol")) {
      // `\sum_{(i, j)}` runs over all pairs.
      for (const item of left.items) if (item.kind === "symbol") indices.push({ symbol: item, from: null, to: null });
    } else if (left.kind === "product" && !right && left.factors.every((factor) => factor.kind === "symbol")) {
      // `\sum_{ij}` names two indices.
      for (const factor of left.factors) if (factor.kind === "symbol") indices.push({ symbol: factor, from: null, to: null });
    } else if (left.kind === "symbol" && right && (link === "\\neq" || link === "<" || link === ">" || link === "\\leq" || link === "\\geq")) {
      indices.push({ symbol: left, from: null, to: null });
      conditions.push({ kind: "indicator", condition: relation, start: relation.start, end: relation.end });
    } else {
      conditions.push({ kind: "opaque", why: "a bound that is not read", start: relation.start, end: relation.end });
    }
  }
  const last = indices[indices.length - 1];
  if (to && indices.length === 1 && last) indices[0] = { ...last, to };
  else if (to && last) indices.forEach((index, i) => (indices[i] = index.to ? index : { ...index, to }));
  return { indices: dedupe(indices), conditions };
}

/** `1 \leq i, j \leq n` */
function betweenTogether(reader: Reader, parts: readonly Row[], place: Place): BoundIndex[] | null {
  if (parts.length < 2) return null;
  const relations = parts.map((part) => reader.relation(part, place));
  const [first, last] = [relations[0], relations[relations.length - 1]];
  const letters = [first?.sides[1], ...relations.slice(1, -1).map(({ sides }) => sides[0]), last?.sides[0]];
  if (relations.some(({ links }, at) => links.length !== (at === 0 || at === relations.length - 1 ? 1 : 0)) || !letters.every((letter) => letter?.kind === "symbol")) return null;
  const [before, after] = [first?.links[0], last?.links[0]];
  const indices = letters.flatMap((letter) => {
    const index = betweenBounds({ sides: [first?.sides[0], letter, last?.sides[1]] as Expr[], links: [before, after] as Relation["links"], start: place.start, end: place.end });
    return index ? [index] : [];
  });
  return indices.length ? indices : null;
}

/** `i = 1, \dots, n` */
function listed(reader: Reader, parts: readonly Row[], place: Place): BoundIndex[] | null {
  if (parts.length !== 3) return null;
  const [first, dots, last] = parts.map((part) => reader.relation(part, place)) as [Relation, Relation, Relation];
  const [symbol, from] = first.sides;
  const [to] = last.sides;
  const isListed = first.links.length === 1 && first.links[0]?.operator === "=" && symbol?.kind === "symbol" && from && dots.sides[0]?.kind === "dots" && to && !last.links.length;
  return isListed ? [{ symbol, from, to }] : null;
}

/** `1 \leq i \leq n`, `t \geq i > k` */
function betweenBounds({ sides, links }: Relation): BoundIndex | null {
  const [first, symbol, last] = sides;
  const [before, after, ...more] = links.map(({ operator }) => operator);
  if (first?.kind === "number" && symbol?.kind === "symbol" && !after) return { symbol, from: first, to: null };
  if (!first || symbol?.kind !== "symbol" || !last || !before || !after || more.length) return null;
  const rises = [before, after].every((operator) => operator === "<" || operator === "\\leq");
  if (!rises && ![before, after].every((operator) => operator === ">" || operator === "\\geq")) return null;
  const beside = (bound: Expr, operator: string, sign: 1 | -1): Expr => (operator === "<" || operator === ">" ? plusNumber(bound, sign) : bound);
  const [low, high] = rises ? [first, last] : [last, first];
  return { symbol, from: beside(low, rises ? before : after, 1), to: beside(high, rises ? after : before, -1) };
}

function plusNumber(bound: Expr, sign: 1 | -1): Expr {
  const { start, end } = bound;
  if (bound.kind === "number" && bound.denominator === 1) return { ...bound, numerator: bound.numerator + sign };
  return { kind: "sum", terms: [{ sign: 1, expr: bound }, { sign, expr: { kind: "number", numerator: 1, denominator: 1, start: end, end } }], start, end };
}

/** The letters that number a symbol: those of `z_i < 0`. */
function lettersBelow({ subscripts }: SymbolExpr): SymbolExpr[] {
  return subscripts.flatMap(({ expr }) => (expr.kind === "symbol" && !expr.subscripts.length ? [expr] : []));
}

/** `i < j < k`, `i < j \leq n`, `1 \leq i < j \leq n`: letters one above the other, with what they run up to. */
function orderedLetters({ sides, links }: Relation, body: Expr): { indices: BoundIndex[]; conditions: Expr[] } | null {
  if (links.length < 2 || !links.every(({ operator }) => operator === "<" || operator === "\\leq")) return null;
  const first = sides[0]?.kind === "number" ? 1 : 0;
  const last = sides[sides.length - 1] as Expr;
  const used = new Set(symbolsIn(body).map(({ name }) => name));
  const upper = links[links.length - 1]?.operator === "\\leq" && !(last.kind === "symbol" && used.has(last.name)) ? last : null;
  const letters = sides.slice(first, upper ? -1 : undefined);
  if (letters.length < 2 || !letters.every((letter): letter is SymbolExpr => letter.kind === "symbol" && !letter.subscripts.length && used.has(letter.name))) return null;
  const conditions = letters.slice(1).map((right, i): Expr => {
    const [left, link] = [letters[i] as Expr, links[first + i] as Relation["links"][number]];
    return { kind: "indicator", condition: { sides: [left, right], links: [link], start: left.start, end: right.end }, start: left.start, end: right.end };
  });
  const from = first ? (sides[0] as Expr) : null;
  return { indices: letters.map((symbol) => ({ symbol, from, to: upper })), conditions };
}

/** The letters before the colon in `j : (i, j) \in \Omega`, and what is after it. */
function beforeColon(reader: Reader, part: Row, place: Place): { letters: readonly Expr[] | null; rest: Row } {
  const at = part.findIndex((node) => (node.kind === "operator" || node.kind === "symbol") && [":", "colon", "mid", "|"].includes(node.name));
  const letter = at > 0 ? reader.read(part.slice(0, at), place) : null;
  return letter?.kind === "symbol" ? { letters: [letter], rest: part.slice(at + 1) } : { letters: null, rest: part };
}

function bigOperator(name: string): (Expr & { kind: "big" })["operator"] | null {
  if (name === "sum") return "sum";
  if (name === "prod") return "product";
  if (name === "max") return "max";
  if (name === "min") return "min";
  return null;
}

function dedupe(indices: readonly BoundIndex[]): BoundIndex[] {
  return indices.filter((index, i) => indices.findIndex((other) => other.symbol.name === index.symbol.name) === i);
}
