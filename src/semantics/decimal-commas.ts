/**
 * `0,25` as a number, in texts that write their decimals so: where some have
 * two digits behind `0,` or a comma in braces, and none has a point. In
 * brackets and in scripts a comma between digits still makes a list, and so do several.
 */
import type { Node, ParsedMath, Row } from "../latex/types";
import { changedRow, rowsOf, withRoots, withRows } from "./rows";

export function withDecimalCommas(parsed: readonly ParsedMath[]): readonly ParsedMath[] {
  const seen = { commas: false, points: false };
  for (const { root } of parsed) note(root, seen);
  if (!seen.commas || seen.points) return parsed;
  return withRoots(parsed, (root) => withDecimals(root));
}

function note(row: Row, seen: { commas: boolean; points: boolean }): void {
  row.forEach((node, at) => {
    if (node.kind === "number" && node.text.includes(".")) seen[node.end - node.start > node.text.length ? "commas" : "points"] = true;
    if (isDecimal(row, at) && isSure(row, at)) seen.commas = true;
    for (const inner of rowsOf(node)) note(inner, seen);
  });
}

/** Two numbers at a comma, with no blank and no further item. */
function isDecimal(row: Row, at: number): boolean {
  const [whole, comma, part] = row.slice(at, at + 3);
  if (whole?.kind !== "number" || part?.kind !== "number" || whole.text.includes(".") || part.text.includes(".")) return false;
  return isComma(comma) && whole.end === comma.start && comma.end === part.start && !isComma(row[at - 1]) && !isComma(row[at + 3]);
}

function isSure(row: Row, at: number): boolean {
  const [whole, , part] = row.slice(at, at + 3);
  return whole?.kind === "number" && whole.text === "0" && part?.kind === "number" && part.text.length > 1;
}

function isComma(node: Node | undefined): node is Node {
  return node?.kind === "operator" && node.name === ",";
}

function withDecimals(row: Row, isList = false): Row {
  const isStart = (at: number): boolean => isDecimal(row, at) && (!isList || isSure(row, at)) && !isCounted(row, at);
  const changed = row.flatMap((node, at): Row => {
    const [, , part] = row.slice(at, at + 3);
    if (isStart(at) && node.kind === "number" && part?.kind === "number") return [{ ...node, text: `${node.text}.${part.text}`, end: part.end }];
    if (isStart(at - 1) || isStart(at - 2)) return [];
    return [node.kind === "scripts" ? node : withRows(node, (inner) => withDecimals(inner, node.kind === "fenced"))];
  });
  return changedRow(row, changed);
}

/** `i = 1,2`: two digits that follow one another behind a relation. */
function isCounted(row: Row, at: number): boolean {
  const [before, whole, , part] = row.slice(Math.max(at - 1, 0), at + 3);
  return at > 0 && before?.kind === "operator" && before.class === "relation" && whole?.kind === "number" && part?.kind === "number" && Number(part.text) === Number(whole.text) + 1;
}
