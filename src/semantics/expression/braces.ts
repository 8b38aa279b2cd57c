/** Braces around single letters, which nobody sees: `{A}{x_i}` is `Ax_i`, and `{\rm d}x` is dx. */
import type { Node, Row } from "../../latex/types";

/** The row without them; those around the arguments of names with letters behind them stay, `\log{x}y`. */
export function withoutBraces(row: Row): Row {
  const isArgument = (at: number): boolean => isName(row[at - 1]) && !["operator", "fenced", undefined].includes(row[at + 1]?.kind);
  return row.some(isBraced) ? row.map((node, at) => (isBraced(node) && !isArgument(at) ? bare(node) : node)) : row;
}

function isBraced(node: Node): boolean {
  return node.kind === "group" || (node.kind === "scripts" && node.base?.kind === "group");
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
