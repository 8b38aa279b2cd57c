/**
 * Blocks that hold blocks: quotes, list items, footnotes and indented
 * admonitions. Each gives the lines inside, without their prefix, and the line
 * after.
 */
import type { Line } from "./lines";
import { contentOf, firstOf, indentOf, isBlank, startingAt, withoutIndent } from "./lines";

export interface Inside {
  readonly lines: readonly Line[];
  readonly next: number;
}

export interface Marker {
  readonly ordered: boolean;
  readonly number: number;
  /** Columns up to the content. */
  readonly width: number;
  /** Where the content starts on the marker's line. */
  readonly content: number;
  readonly empty: boolean;
}

/** Whether a line ends a paragraph above it. */
export type Interrupts = (index: number) => boolean;

/** The list marker a line starts with. */
export function markerAt(text: string, line: Line): Marker | null {
  const first = firstOf(text, line);
  const length = markerLength(text, first, line.end);
  if (length === 0) return null;
  const after = first + length;
  const isEmpty = firstOf(text, { start: after, end: line.end, next: line.next }) === line.end;
  if (!isEmpty && text[after] !== " " && text[after] !== "\t") return null;
  const ordered = length > 1;
  const spaces = isEmpty ? 1 : indentOf(text, { start: after, end: line.end, next: line.next });
  const taken = spaces > 4 ? 1 : spaces;
  const content = isEmpty ? line.end : withoutIndent(text, startingAt(line, after), taken).start;
  const width = indentOf(text, line) + length + taken;
  return { ordered, number: ordered ? Number(text.slice(first, after - 1)) : 0, width, content, empty: isEmpty };
}

/** The lines of the item that starts at line `at`. */
export function itemInside(text: string, lines: readonly Line[], at: number, marker: Marker, interrupts: Interrupts): Inside {
  const inside: Line[] = [startingAt(lines[at] as Line, marker.content)];
  const next = indented(text, lines, at + 1, marker.width, interrupts, inside, !marker.empty);
  return { lines: inside, next };
}

/** The lines of the quote that starts at line `at`. */
export function quoteInside(text: string, lines: readonly Line[], at: number, interrupts: Interrupts): Inside {
  const inside: Line[] = [];
  let index = at;
  for (; index < lines.length; index++) {
    const line = lines[index] as Line;
    const first = firstOf(text, line);
    if (text[first] === ">" && indentOf(text, line) < 4) inside.push(startingAt(line, text[first + 1] === " " || text[first + 1] === "\t" ? first + 2 : first + 1));
    else if (index > at && !isBlank(text, line) && isLazy(text, lines, index, interrupts, inside)) inside.push(line);
    else break;
  }
  return { lines: inside, next: index };
}

/** The lines after line `at` that are indented by `columns`, also behind a blank one, with the rest of line `at` from `content` on. */
export function indentedInside(text: string, lines: readonly Line[], at: number, content: number, columns: number, interrupts: Interrupts): Inside {
  const inside: Line[] = [startingAt(lines[at] as Line, content)];
  return { lines: inside, next: indented(text, lines, at + 1, columns, interrupts, inside, true) };
}

function indented(text: string, lines: readonly Line[], from: number, columns: number, interrupts: Interrupts, inside: Line[], hasText: boolean): number {
  let end = from;
  let kept = inside.length;
  for (let index = from; index < lines.length; index++) {
    const line = lines[index] as Line;
    if (isBlank(text, line)) {
      if (index === from && !hasText) break;
      inside.push(line);
      continue;
    }
    if (indentOf(text, line) >= columns) inside.push(withoutIndent(text, line, columns));
    else if (isLazy(text, lines, index, interrupts, inside) && markerAt(text, line) === null) inside.push(line);
    else {
      const after = afterDisplays(text, lines, index);
      const following = lines[after];
      if (after === index || !following || isBlank(text, following) || indentOf(text, following) < columns) break;
      while (index < after) inside.push(lines[index++] as Line);
      index--;
    }
    end = index + 1;
    kept = inside.length;
  }
  inside.length = kept;
  return end;
}

/** The line after the `$$…$$` that start at line `at`, none of them across a blank line; `at` if there are none. */
function afterDisplays(text: string, lines: readonly Line[], at: number): number {
  let after = at;
  for (let index = at; index < lines.length; index++) {
    const line = text.slice(lines[index]?.start ?? 0, lines[index]?.end ?? 0);
    const isInside = index > after;
    if (line.trim() === "" || (!isInside && !line.startsWith("$$"))) return after;
    if (line.trimEnd().endsWith("$$") && (isInside || line.trim().length > 4)) after = index + 1;
  }
  return after;
}

/** A paragraph's continuation whose prefix was left out. A display formula at the start of a line is none, but the rest of one that has begun is. */
function isLazy(text: string, lines: readonly Line[], index: number, interrupts: Interrupts, inside: readonly Line[]): boolean {
  const previous = inside[inside.length - 1];
  const line = lines[index];
  if (!previous || !line || isBlank(text, previous) || interrupts(index)) return false;
  return isInDisplay(text, lines, index, inside) || (!/^(?:\$\$|\\\[|\\begin\{)/.test(contentOf(text, line)) && !/(?:\$\$|\\\]|```|~~~)\s*$/.test(text.slice(previous.start, previous.end)));
}

/** Whether `$$` has begun a formula in the paragraph before line `at` that ends before the next blank line. */
function isInDisplay(text: string, lines: readonly Line[], at: number, inside: readonly Line[]): boolean {
  const signs = ({ start, end }: Line): number => text.slice(start, end).split("$$").length - 1;
  let before = 0;
  for (let k = inside.length - 1; k >= 0 && !isBlank(text, inside[k] as Line); k--) before += signs(inside[k] as Line);
  if (before % 2 === 0) return false;
  for (let k = at; k < lines.length && !isBlank(text, lines[k] as Line); k++) if (signs(lines[k] as Line)) return true;
  return false;
}

function markerLength(text: string, first: number, end: number): number {
  const sign = text.charAt(first);
  if (first >= end) return 0;
  if (sign === "-" || sign === "*" || sign === "+") return 1;
  if (sign < "0" || sign > "9") return 0;
  const found = /^\d{1,9}[.)]/.exec(text.slice(first, Math.min(end, first + 11)));
  return found ? found[0].length : 0;
}
