/** Braces around single letters, which nobody sees: `{A}{x}` is `Ax`, and `{\rm d}x` is dx. */
import { Kept } from "../../base/kept";
import type { Node, Row } from "../../latex/types";

const known = new Kept<Row, Row>();

/** The same formula without them; those around the arguments of names with letters behind them stay, `\log{x}y`. */
export function withoutBraces(row: Row): Row {
  const before = known.get(row);
  if (before) return before;
  const bare = everywhere(row) as Row;
  known.set(row, bare);
  return bare;
}

function everywhere(value: unknown): unknown {
  if (Array.isArray(value)) {
    const row = value.map(everywhere);
    const isSame = row.every((item, at) => item === value[at]);
    return row.some((item) => isBraced(item as Node)) ? bareRow(row as Node[]) : isSame ? value : row;
  }
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([field, inner]) => [field, everywhere(inner)] as const);
  return entries.every(([field, inner]) => inner === (value as Record<string, unknown>)[field]) ? value : Object.fromEntries(entries);
}

function bareRow(row: readonly Node[]): Node[] {
  const isArgument = (at: number): boolean => isName(row[at - 1]) && !["operator", "fenced", undefined].includes(row[at + 1]?.kind);
  return row.map((node, at) => (isBraced(node) && !isArgument(at) ? bareNode(node) : node));
}

function isBraced(node: Node | null | undefined): boolean {
  return node?.kind === "group" || (node?.kind === "scripts" && node.base?.kind === "group");
}

function isName(node: Node | null | undefined): boolean {
  return node?.kind === "name" || (node?.kind === "scripts" && isName(node.base));
}

function bareNode(node: Node): Node {
  if (node.kind === "scripts" && node.base) return { ...node, base: bareNode(node.base) };
  const [only, ...more] = node.kind === "group" ? node.body : [];
  return only?.kind === "symbol" && !more.length ? { ...only, start: node.start, end: node.end } : node;
}
