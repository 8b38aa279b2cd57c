/** A correction as the lines that change: each old one behind `-`, each new one behind `+`, what differs in colour. */
import type { Fix, Position } from "../../base/statement";
import { changed, type Frame, skipped, textWidth } from "./frame";
import { viewLine } from "./line-view";

const most = 12;

export function correction({ edits }: Fix, frame: Frame): string[] {
  const first = Math.min(...edits.map(({ range }) => range.start.line));
  const last = Math.max(...edits.map(({ range }) => range.end.line));
  if (!edits.length || first < 0 || last >= frame.lines.length) return [];
  const before = frame.lines.slice(first, last + 1);
  const after = applyEdits(before, edits, first);
  const rows = before.length === after.length ? inPairs(before, after, first, frame) : inBlocks(before, after, first, frame);
  return rows.length > most ? [...rows.slice(0, most - 1), skipped(frame)] : rows;
}

/** Lines that stay are left out. */
function inPairs(before: readonly string[], after: readonly string[], first: number, frame: Frame): string[] {
  return before.flatMap((old, i) => {
    const now = after[i] ?? "";
    if (old === now) return [];
    const [head, tail] = common(old, now);
    return [side(frame, first + i, "-", old, head, old.length - tail), side(frame, first + i, "+", now, head, now.length - tail)];
  });
}

function inBlocks(before: readonly string[], after: readonly string[], first: number, frame: Frame): string[] {
  return [
    ...before.map((line, i) => side(frame, first + i, "-", line, 0, line.length)),
    ...after.map((line, i) => side(frame, first + i, "+", line, 0, line.length)),
  ];
}

function side(frame: Frame, line: number, sign: "-" | "+", text: string, start: number, end: number): string {
  const view = viewLine(text, start, end, textWidth(frame));
  const [from, to] = [view.column(start), view.column(end)];
  const role = sign === "-" ? "deleted" : "inserted";
  // Columns are characters where no character is wide; else the colour is left out rather than misplaced.
  if (view.text.length !== view.width) return changed(frame, line, sign, view.text.trimEnd());
  return changed(frame, line, sign, `${view.text.slice(0, from)}${frame.paint(role, view.text.slice(from, to))}${view.text.slice(to)}`.trimEnd());
}

/** Lengths of the common start and end. */
function common(a: string, b: string): [head: number, tail: number] {
  const shorter = Math.min(a.length, b.length);
  let head = 0;
  while (head < shorter && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < shorter - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  return [head, tail];
}

function applyEdits(lines: readonly string[], edits: Fix["edits"], first: number): string[] {
  const text = lines.join("\n");
  const starts = lines.reduce<number[]>((all, line) => [...all, (all.at(-1) ?? 0) + line.length + 1], [0]);
  const offset = ({ line, character }: Position): number => Math.min((starts[line - first] ?? text.length) + character, text.length);
  const pieces = edits.map(({ range, newText }) => ({ start: offset(range.start), end: offset(range.end), newText })).sort((a, b) => b.start - a.start);
  const edited = pieces.reduce((now, { start, end, newText }) => now.slice(0, start) + newText + now.slice(end), text);
  return edited.split(/\r\n|\r|\n/);
}
