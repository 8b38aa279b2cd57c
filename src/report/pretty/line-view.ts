/**
 * As much of a line as fits the width: whole where it can be, else a window
 * around what is marked, with `…` where something was left out. A line of a
 * megabyte (notebooks have them) costs no more than one of a few thousand.
 */
import { columnAt, type LaidLine, layLine } from "./columns";

export interface LineView {
  readonly text: string;
  readonly width: number;
  /** Where the character at that offset of the line stands in `text`; the nearest end for what was left out. */
  column(offset: number): number;
}

const longest = 4096;
const context = 6;

/** `start` to `end`: the part that has to be seen. */
export function viewLine(line: string, start: number, end: number, width: number): LineView {
  const base = line.length > longest ? Math.max(0, start - longest / 4) : 0;
  const laid = layLine(line.slice(base, base + longest));
  const whole = base === 0 && line.length <= longest;
  if (whole && laid.width <= width) {
    return { text: textBetween(laid, 0, laid.width), width: laid.width, column: (offset) => columnAt(laid, offset) };
  }
  const [from, to] = window(columnAt(laid, start - base), columnAt(laid, end - base), laid.width, Math.max(width, 20));
  const before = from > 0 || base > 0 ? "…" : "";
  const after = to < laid.width || base + longest < line.length ? "…" : "";
  const text = `${before}${textBetween(laid, from + before.length, to - after.length)}${after}`;
  return { text, width: to - from, column: (offset) => Math.min(Math.max(columnAt(laid, offset - base) - from, 0), to - from) };
}

/** As much as possible of what comes before the marked part, if all of that can be seen. */
function window(start: number, end: number, total: number, width: number): [from: number, to: number] {
  const fits = end - start + 2 * context <= width;
  const from = end + context <= width ? 0 : fits ? end + context - width : start - context;
  const left = Math.max(0, Math.min(from, total - width));
  return [left, Math.min(total, left + width)];
}

/** A wide character that is cut in half becomes a space. */
function textBetween(line: LaidLine, from: number, to: number): string {
  let text = "";
  for (const { column, width, text: part } of line.cells) {
    if (column >= from && column + width <= to) text += part;
    else if (width > 1 && column < to && column + width > from) text += " ".repeat(Math.min(column + width, to) - Math.max(column, from));
  }
  return text;
}
