/**
 * A line as a terminal shows it. Columns are terminal cells: a tab goes to the
 * next multiple of four, East Asian and emoji characters take two, combining
 * marks none. Control characters, which could move the cursor or turn the
 * reading direction, are shown as `�`.
 */
export interface Cell {
  readonly text: string;
  /** UTF-16 offset in the line. */
  readonly offset: number;
  readonly column: number;
  readonly width: number;
}

export interface LaidLine {
  readonly cells: readonly Cell[];
  readonly width: number;
}

const tabStop = 4;
const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

export function layLine(line: string): LaidLine {
  const cells: Cell[] = [];
  let column = 0;
  for (const { text: raw, offset } of clusters(line)) {
    const text = raw === "\t" ? " ".repeat(tabStop - (column % tabStop)) : shown(raw);
    const width = raw === "\t" ? text.length : clusterWidth(text);
    cells.push({ text: width ? text : "", offset, column, width });
    column += width;
  }
  return { cells, width: column };
}

/** The column where the character at `offset` begins; the line's width for its end and beyond. */
export function columnAt(line: LaidLine, offset: number): number {
  let low = 0;
  let high = line.cells.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((line.cells[middle]?.offset ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return line.cells[low]?.column ?? line.width;
}

export function displayWidth(text: string): number {
  return layLine(text).width;
}

/** Breaks at spaces into lines of at most `width` columns; a longer word gets a line of its own. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  let used = 0;
  for (const word of printable(text).split(" ")) {
    const size = displayWidth(word);
    if (line && used + 1 + size > width) {
      lines.push(line);
      [line, used] = [word, size];
    } else {
      [line, used] = line ? [`${line} ${word}`, used + 1 + size] : [word, size];
    }
  }
  return [...lines, line];
}

/** Text that is safe to print: on one line, without control characters. */
export function printable(text: string): string {
  return text.replace(/\s*[\r\n]\s*/g, " ").replace(/\t/g, " ").replace(unsafe, "\ufffd");
}

/** C0 and C1 controls, line separators and everything that turns the direction of text. */
const unsafe = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/gu;

function shown(cluster: string): string {
  return cluster.replace(unsafe, "\ufffd");
}

function* clusters(line: string): Generator<{ text: string; offset: number }> {
  if (/^[\u0000-\u007f]*$/.test(line)) {
    for (let offset = 0; offset < line.length; offset++) yield { text: line.charAt(offset), offset };
    return;
  }
  for (const { segment, index } of graphemes.segment(line)) yield { text: segment, offset: index };
}

function clusterWidth(cluster: string): number {
  if (cluster.length === 1 && cluster < "\u0300") return 1;
  let width = 0;
  for (const character of cluster) width = Math.max(width, characterWidth(character));
  return cluster.includes("\ufe0f") ? 2 : width;
}

function characterWidth(character: string): number {
  if (/\p{Mn}|\p{Me}|\p{Cf}/u.test(character)) return 0;
  const code = character.codePointAt(0) ?? 0;
  return wide.some(([from, to]) => from <= code && code <= to) || /\p{Emoji_Presentation}/u.test(character) ? 2 : 1;
}

/** East Asian Wide and Fullwidth, by block (Unicode Standard Annex 11). */
const wide: readonly (readonly [from: number, to: number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x20000, 0x3fffd],
];
