/**
 * Directional derivatives: what stands in brackets after a derivative at a
 * point (`Df(X)[H]`, `F'(X)[H]`, `df_X(H)`), and the evaluation bar that ends
 * what `\frac{d}{dt}` acts on.
 */
import type { Node, Row } from "../../latex/types";
import { isBarName, isRelationNode, splitRow } from "./nodes";
import { readProduct } from "./products";
import type { Reader } from "./reader";
import { unwrap } from "./scripts";
import type { Derivative, Expr, Relation } from "./types";

/** A derivative of a function at a point, along the directions in the brackets that follow. */
export function readAlong(reader: Reader, derivative: Derivative, brackets: "any" | "square"): Derivative {
  const node = reader.peek();
  if (derivative.of.kind !== "apply" || node?.kind !== "fenced" || !(node.open === "[" || (brackets === "any" && node.open === "("))) return derivative;
  const parts = splitRow(unwrap(node.body), ",");
  if (brackets === "square" && !parts.every(isLetter)) return derivative;
  reader.next();
  return { ...derivative, along: parts.map((part) => reader.read(part, node)), end: node.end };
}

/** Whether a function at a point and brackets after it follow: `Df(X)[H]`, whatever f is. */
export function isAlong(reader: Reader): boolean {
  const [point, direction] = [reader.peek(2), reader.peek(3)];
  return point?.kind === "fenced" && point.open === "(" && direction?.kind === "fenced" && direction.open === "[";
}

function isLetter(row: Row): boolean {
  const letters = row.filter((node: Node) => node.kind !== "space");
  const [only] = letters;
  const core = only?.kind === "scripts" ? only.base : only;
  return letters.length === 1 && (core?.kind === "symbol" || core?.kind === "accent");
}

/** `\frac{d}{dt} f(X + tH) \Big|_{t=0}`: the bar is that of the derivative, and not of what it acts on. */
export function evaluated(derivative: Derivative): Expr {
  const { of } = derivative;
  const last = of.kind === "product" ? of.factors[of.factors.length - 1] : of;
  if (last?.kind !== "at" || (last === of && isEnclosed(last, derivative))) return derivative;
  const inner: Expr = of.kind === "product" ? { ...of, factors: [...of.factors.slice(0, -1), last.body], end: last.body.end } : last.body;
  return { kind: "at", body: { ...derivative, of: inner, end: last.body.end }, where: last.where, start: derivative.start, end: derivative.end };
}

/** `\left. \frac{dg}{du} \right|_{u = t}` below `\frac{d}{dt}`: brackets of its own say what is evaluated, at another letter. */
function isEnclosed({ start, body, where }: Expr & { kind: "at" }, { wrt }: Derivative): boolean {
  const isOther = (letter: Expr | undefined): boolean => letter?.kind === "symbol" && wrt.every((by) => by.kind === "symbol" && by.name !== letter.name);
  return start < body.start && where.every(({ sides: [letter] }) => isOther(letter));
}

/** `\frac{d}{dt}\Big|_{t=0} f(t)`: the bar before what it evaluates; null where there is none. */
export function readPointAhead(reader: Reader): readonly Relation[] | null {
  let ahead = 0;
  while (reader.peek(ahead)?.kind === "space") ahead++;
  const node = reader.peek(ahead);
  if (node?.kind !== "scripts" || node.base?.kind !== "operator" || !isBarName(node.base.name) || !node.sub?.some(isRelationNode)) return null;
  for (let i = 0; i <= ahead; i++) reader.next();
  return splitRow(node.sub, ",").map((part) => reader.relation(part, node));
}

/** `\lim_{t \to 0} \frac{f(X + tH) - f(X)}{t}` of a difference that vanishes with t: its derivative there; null where this is no such limit. */
export function readLimit(reader: Reader, node: Node, closingBar: string | null): Expr | null {
  if (node.kind !== "scripts" || node.base?.kind !== "name" || node.base.name !== "lim" || !node.sub) return null;
  const approach = reader.relation(node.sub, node);
  const [letter, point] = approach.sides;
  reader.next();
  const body = readProduct(reader, closingBar);
  const place = { start: node.start, end: body.end };
  const vanishing = letter?.kind === "symbol" && point?.kind === "number" && point.numerator === 0 && approach.links[0]?.operator === "\\to";
  if (!vanishing || body.kind !== "quotient" || body.denominator.kind !== "symbol" || body.denominator.name !== letter.name || body.numerator.kind !== "sum") return { kind: "opaque", why: "a limit", ...place };
  const derivative: Derivative = { kind: "derivative", notation: "operator", of: body.numerator, wrt: [letter], order: 1, total: true, missingPartial: false, ...place };
  return { kind: "at", body: derivative, where: [{ ...approach, links: [{ ...(approach.links[0] as Relation["links"][number]), operator: "=" }] }], ...place };
}
