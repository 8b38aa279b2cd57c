/** Braces around single letters, which nobody sees: `{A}{x_i}` is `Ax_i`, `{} + x` is `+ x` and `{\rm d}x` is dx. */
import type { Node, Row } from "../../latex/types";
import { isLayoutEnvironment, isRelationNode } from "./nodes";

/** The row without them; those around the arguments of names with letters behind them stay, `\log{x}y`. */
export function withoutBraces(row: Row): Row {
  const isArgument = (at: number): boolean => isName(row[at - 1]) && !["operator", "fenced", undefined].includes(row[at + 1]?.kind);
  return row.some(isBraced) ? row.flatMap((node, at) => (!isBraced(node) || isArgument(at) ? [node] : isEmpty(node) && row.length > 1 ? [] : [bare(node)])) : row;
}

function isBraced(node: Node): boolean {
  return node.kind === "group" || (node.kind === "scripts" && node.base?.kind === "group");
}

/** The `{}` of `{} + x`, which gives a sign its blanks. */
function isEmpty(node: Node): boolean {
  return node.kind === "group" && !node.body.length;
}

function isName(node: Node | null | undefined): boolean {
  return node?.kind === "name" || (node?.kind === "scripts" && isName(node.base));
}

function bare(node: Node): Node {
  if (node.kind === "scripts" && node.base) return { ...node, base: letterIn(node.base) ?? node.base };
  const [only, ...more] = node.kind === "group" ? node.body : [];
  const isIndexed = only?.kind === "scripts" && only.base?.kind === "symbol" && !more.length;
  return letterIn(node) ?? (isIndexed ? { ...only, start: node.start, end: node.end } : node);
}

function letterIn(node: Node): Node | null {
  const [only, ...more] = node.kind === "group" ? node.body : [];
  return only?.kind === "symbol" && !more.length ? { ...only, start: node.start, end: node.end } : null;
}

/** The row with what frames and colours stand around in their place, where that is an equation: `\Rightarrow \boxed{x = y}.` */
export function withoutFrames(row: Row): Row {
  return row.some(isFramed) ? row.flatMap((node) => (isFramed(node) ? node.body : [node])) : row;
}

function isFramed(node: Node): node is Node & { kind: "decorated" } {
  return node.kind === "decorated" && !/^(?:not|.*cancel.*|sout)$/.test(node.name) && node.body.some((inner, _, { length }) => (isRelationNode(inner) && length > 1) || (inner.kind === "environment" && isLayoutEnvironment(inner.name)));
}
