/**
 * Lines of a text as ranges into it. A line inside a block quote or list item
 * starts after the prefix, so that a container is read by the same code as the
 * file, and every character keeps its place.
 */
export interface Line {
  readonly start: number;
  /** Before the terminator. */
  readonly end: number;
  /** After the terminator. */
  readonly next: number;
}

export function splitLines(text: string, from: number): Line[] {
  const lines: Line[] = [];
  let start = from;
  while (start < text.length) {
    const line = lineFrom(text, start);
    lines.push(line);
    start = line.next;
  }
  return lines;
}

/** The line that starts at `start`. */
function lineFrom(text: string, start: number): Line {
  let end = start;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code === 10) return { start, end, next: end + 1 };
    if (code === 13) return { start, end, next: text.charCodeAt(end + 1) === 10 ? end + 2 : end + 1 };
  }
  return { start, end, next: end };
}

/** Index of the line's first character that is not a blank; the line's end if none. */
export function firstOf(text: string, line: Line): number {
  let at = line.start;
  while (at < line.end && isBlankCode(text.charCodeAt(at))) at++;
  return at;
}

export function isBlank(text: string, line: Line): boolean {
  return firstOf(text, line) === line.end;
}

/** Columns of white space at the start, a tab reaching the next multiple of four. */
export function indentOf(text: string, line: Line): number {
  let columns = 0;
  for (let at = line.start; at < line.end; at++) {
    const code = text.charCodeAt(at);
    if (code === 32) columns++;
    else if (code === 9) columns += 4 - (columns % 4);
    else return columns;
  }
  return columns;
}

/** The line without its first `columns` columns of white space, or as much of them as it has. */
export function withoutIndent(text: string, line: Line, columns: number): Line {
  let at = line.start;
  for (let column = 0; column < columns && at < line.end; at++) {
    const code = text.charCodeAt(at);
    if (code === 32) column++;
    else if (code === 9) column += 4 - (column % 4);
    else break;
  }
  return at === line.start ? line : { ...line, start: at };
}

export function startingAt(line: Line, start: number): Line {
  return { ...line, start: Math.min(start, line.end) };
}

/** The line's text from its first character on. */
export function contentOf(text: string, line: Line): string {
  return text.slice(firstOf(text, line), line.end);
}

function isBlankCode(code: number): boolean {
  return code === 32 || code === 9 || code === 12;
}
