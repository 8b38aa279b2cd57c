/**
 * Pipe tables: every cell is a paragraph of its own. A bar splits cells unless it
 * is escaped or in a code span; where that gives more cells than the head has,
 * bars inside `$…$` are taken back, as their writer meant them.
 */
import type { Piece } from "../types";
import type { Line } from "./lines";
import { contentOf, firstOf } from "./lines";
import { gather } from "./islands";
import { readInline } from "./inline";
import type { Frame, MarkdownReader } from "./reader";

/** Whether a table starts at line `at`: a row, and below it a line such as `|---|:-:|`. */
export function isTable(text: string, lines: readonly Line[], at: number): boolean {
  const head = lines[at];
  const rule = lines[at + 1];
  if (!head || !rule) return false;
  const first = text.charCodeAt(firstOf(text, rule));
  if (first !== 124 && first !== 45 && first !== 58) return false;
  return isDelimiterRow(contentOf(text, rule)) && text.slice(head.start, head.end).includes("|");
}

export function readTable(reader: MarkdownReader, lines: readonly Line[], at: number, frame: Frame): number {
  const { text } = reader;
  const table = reader.tables++;
  const columns = splitRow(text, lines[at + 1] as Line, false).length;
  let row = 0;
  let index = at;
  for (; index < lines.length; index++) {
    const line = lines[index] as Line;
    if (index === at + 1) continue;
    if (index > at && !text.slice(line.start, line.end).includes("|")) break;
    cellsOf(text, line, columns).forEach((cell, column) => readCell(reader, cell, frame, { table, row, column }));
    row++;
  }
  return index;
}

function readCell(reader: MarkdownReader, cell: Line, frame: Frame, at: { readonly table: number; readonly row: number; readonly column: number }): void {
  if (cell.start >= cell.end) return;
  const pieces: Piece[] = readInline(reader, gather(reader, [cell], 0, () => true), { cell: true });
  if (pieces.length > 0) reader.collector.block({ kind: "paragraph", role: "cell", ordered: frame.ordered, pieces, span: reader.span(cell.start, cell.end), at });
}

function isDelimiterRow(row: string): boolean {
  if (!row.includes("-") || !/^[|:\s-]+$/.test(row)) return false;
  const cells = row.trim().replace(/^\||\|$/g, "").split("|");
  return (cells.length > 1 || row.includes("|")) && cells.every((cell) => /^\s*:?-+:?\s*$/.test(cell));
}

function cellsOf(text: string, line: Line, columns: number): Line[] {
  const cells = splitRow(text, line, false);
  if (cells.length <= columns) return cells;
  const careful = splitRow(text, line, true);
  return careful.length >= columns ? careful : cells;
}

/** `sparing` keeps bars between dollar signs. */
function splitRow(text: string, line: Line, sparing: boolean): Line[] {
  let start = firstOf(text, line);
  if (text[start] === "|") start++;
  const cells: Line[] = [];
  let inside = false;
  let at = start;
  for (; at < line.end; at++) {
    const sign = text[at];
    if (sign === "\\") at++;
    else if (sign === "`") at = codeEnd(text, at, line.end) - 1;
    else if (sign === "$" && sparing) inside = !inside;
    else if (sign === "|" && !inside) {
      cells.push(cellOf(text, start, at));
      start = at + 1;
    }
  }
  const rest = cellOf(text, start, line.end);
  return rest.start < rest.end ? [...cells, rest] : cells;
}

function cellOf(text: string, from: number, to: number): Line {
  let start = from;
  let end = to;
  while (start < end && /\s/.test(text.charAt(start))) start++;
  while (end > start && /\s/.test(text.charAt(end - 1))) end--;
  return { start, end, next: end };
}

function codeEnd(text: string, at: number, end: number): number {
  let length = 1;
  while (text[at + length] === "`") length++;
  const close = text.indexOf("`".repeat(length), at + length);
  return close < 0 || close >= end ? at + length : close + length;
}
