/** Numbers of equations that stand behind them without `\\tag`: `\\qquad (3)`, `~(2.1)`, `\\cdots (1)`, `\\dots ①`. */
import type { Node, Row } from "../../latex/types";
import { isDotsName, isRelationNode } from "./nodes";

/** The line without its number and the dots that lead to it; dots between factors in brackets are of a product, `n(n-1)\\cdots(1)`. */
export function withoutNumber(row: Row): Row {
  const at = lastIndexOf(row, row.length, (node) => !isPause(node));
  const [number, before] = [row[at], row[at - 1]];
  if (!number || !before || !isNumber(number) || !row.slice(0, at).some(isRelationNode)) return row;
  const end = lastIndexOf(row, at, (node) => !isPause(node) && !isLeader(node)) + 1;
  const last = row[end - 1];
  const isLed = row.slice(end, at).some(isLeader) && last !== undefined && last.kind !== "operator" && last.kind !== "fenced";
  return isLed || isApart(before, number) ? row.slice(0, isLed ? end : at) : row;
}

/** Behind a blank that shows; behind any where that is no factor and no argument. */
function isApart(before: Node, number: Node): boolean {
  if (before.kind === "space" || before.gap) return true;
  const core = before.kind === "scripts" ? before.base : before;
  return before.end < number.start && core?.kind === "symbol" && (core.font !== "" || (before.kind === "scripts" && before.sup !== null));
}

function lastIndexOf(row: Row, end: number, test: (node: Node) => boolean): number {
  let at = end - 1;
  while (at >= 0 && !test(row[at] as Node)) at--;
  return at;
}

function isPause(node: Node): boolean {
  return node.kind === "space" || (node.kind === "operator" && [",", ".", ";"].includes(node.name));
}

function isLeader(node: Node): boolean {
  return node.kind === "symbol" && isDotsName(node.name);
}

/** `(5)`, `[3.2]`, `(4a)`, `(*)`, ① */
function isNumber(node: Node): boolean {
  if (node.kind === "fenced") return ["(", "["].includes(node.open) && /^(?:\d+(?:[.-]\d+)*[a-z]?|\*+)$/.test(node.body.map(textOf).join(""));
  return node.kind === "unknown" && /^[①-⓿]$/.test(node.name);
}

function textOf(node: Node): string {
  if (node.kind === "number") return node.text;
  return (node.kind === "symbol" && !node.font) || node.kind === "operator" ? node.name : "?";
}
