/**
 * Source lines with marks under them, drawn as rustc draws them: `^^^` under
 * what is wrong, `---` under what it is related to, labels at the right of the
 * last mark of a line or hung below. A wrong part of several lines is embraced
 * on the left instead; of a related one only the first line is marked.
 */
import type { Range } from "../../base/statement";
import { displayWidth, wrap } from "./columns";
import { type Frame, numbered, skipped, textWidth, unnumbered } from "./frame";
import { type LineView, viewLine } from "./line-view";
import type { Paint, Role } from "./style";

export interface Mark {
  readonly range: Range;
  readonly label: string;
  readonly primary: boolean;
}

/** The role is the one of primary marks. */
export function snippet(marks: readonly Mark[], role: Role, frame: Frame): string[] {
  const inside = marks.map((mark) => clamp(mark, frame.lines));
  const embraced = inside.find(({ primary, range }) => primary && range.end.line > range.start.line);
  const single = inside.filter((mark) => mark !== embraced).map((mark) => firstLineOf(mark, frame.lines));
  const drawing: Drawing = { frame, role, embraced, single, margin: embraced ? 2 : 0 };
  const wanted = new Set([...single.map(({ range }) => range.start.line), ...(embraced ? embracedLines(embraced.range) : [])]);
  const rows: string[] = [];
  let previous: number | null = null;
  for (const line of [...wanted].sort((a, b) => a - b)) {
    if (previous !== null && line === previous + 2) rows.push(...drawLine(drawing, line - 1));
    else if (previous !== null && line > previous + 1) rows.push(skipped(frame));
    rows.push(...drawLine(drawing, line));
    previous = line;
  }
  return rows;
}

interface Drawing {
  readonly frame: Frame;
  readonly role: Role;
  readonly embraced: Mark | undefined;
  readonly single: readonly Mark[];
  /** Columns that the embrace takes at the left. */
  readonly margin: number;
}

/** Of a long range, the first lines and the last. */
function embracedLines({ start, end }: Range): number[] {
  const all = Array.from({ length: end.line - start.line + 1 }, (_, i) => start.line + i);
  return all.length > 7 ? [...all.slice(0, 4), ...all.slice(-2)] : all;
}

function drawLine(drawing: Drawing, line: number): string[] {
  const { frame, embraced, single, margin } = drawing;
  const text = frame.lines[line] ?? "";
  const here = single.filter(({ range }) => range.start.line === line);
  const view = viewLine(text, ...focus(here, embraced, line), textWidth(frame) - margin);
  const opensHere = embraced?.range.start.line === line;
  const opensAtOnce = opensHere && text.slice(0, embraced.range.start.character).trim() === "";
  const closesHere = embraced?.range.end.line === line;
  const within = embraced !== undefined && embraced.range.start.line < line && line <= embraced.range.end.line;
  const rows = [numbered(frame, line, `${brace(drawing, opensAtOnce ? "/" : within ? "|" : " ")}${view.text}`.trimEnd())];
  const below = brace(drawing, opensAtOnce || (within && !closesHere) || (closesHere && here.length) ? "|" : " ");
  rows.push(...drawMarks(drawing, here, view).map((row) => unnumbered(frame, `${below}${row}`)));
  if (opensHere && !opensAtOnce) rows.push(unnumbered(frame, connector(drawing, " ", view.column(embraced.range.start.character), "")));
  if (closesHere) rows.push(unnumbered(frame, connector(drawing, "|", Math.max(0, view.column(embraced.range.end.character) - 1), embraced.label)));
  return rows;
}

/** The part of a line that must be seen. */
function focus(here: readonly Mark[], embraced: Mark | undefined, line: number): [start: number, end: number] {
  const ranges = here.map(({ range }): [number, number] => [range.start.character, range.end.character]);
  if (embraced?.range.start.line === line) ranges.push([embraced.range.start.character, embraced.range.start.character + 1]);
  if (embraced?.range.end.line === line) ranges.push([0, embraced.range.end.character]);
  if (!ranges.length) return [0, 0];
  return [Math.min(...ranges.map(([start]) => start)), Math.max(...ranges.map(([, end]) => end))];
}

function brace({ margin, role, frame }: Drawing, sign: string): string {
  return margin ? `${sign === " " ? " " : frame.paint(role, sign)} ` : "";
}

/** `|____^ label`, the `^` below that column of the source. */
function connector({ frame, role }: Drawing, sign: " " | "|", column: number, label: string): string {
  const line = `${sign}${"_".repeat(column + 1)}^`;
  return `${frame.paint(role, line)}${label ? ` ${frame.paint(role, label)}` : ""}`;
}

interface Placed {
  readonly from: number;
  readonly to: number;
  readonly label: string;
  readonly role: Role;
}

/** The row of underlines, then the labels from right to left, each hung on a bar under the start of its mark. */
function drawMarks({ frame, role, margin }: Drawing, marks: readonly Mark[], view: LineView): string[] {
  if (!marks.length) return [];
  const placed = marks
    .map(({ range, label, primary }): Placed => {
      const from = Math.min(view.column(range.start.character), Math.max(0, view.width - 1));
      return { from, to: Math.max(from + 1, view.column(range.end.character)), label, role: primary ? role : "aside" };
    })
    .sort((a, b) => a.from - b.from || b.to - a.to);
  const underline = new Canvas(frame.paint);
  for (const { from, to, role: own } of [...placed].sort((a, b) => Number(a.role !== "aside") - Number(b.role !== "aside"))) {
    underline.put(from, (own === "aside" ? "-" : "^").repeat(to - from), own);
  }
  const width = textWidth(frame) - margin;
  const last = placed.at(-1);
  const fits = last?.label && placed.every(({ to }) => to <= last.to) && underline.width + 1 + displayWidth(last.label) <= width;
  const first = fits ? `${underline.text()} ${frame.paint(last.role, last.label)}` : underline.text();
  return [first, ...hang(placed.filter((mark) => mark.label && !(fits && mark === last)), width, frame.paint)];
}

function hang(placed: readonly Placed[], width: number, paint: Paint): string[] {
  if (!placed.length) return [];
  const bars = (count: number): Canvas => {
    const canvas = new Canvas(paint);
    for (const { from, role } of placed.slice(0, count)) canvas.put(from, "|", role);
    return canvas;
  };
  const rows = [bars(placed.length).text()];
  for (let i = placed.length - 1; i >= 0; i--) {
    const { from, label, role } = placed[i] as Placed;
    const column = Math.min(from, Math.max(0, width - Math.min(40, displayWidth(label))));
    for (const part of wrap(label, Math.max(30, width - column))) rows.push(`${bars(i).text(column)}${paint(role, part)}`);
  }
  return rows;
}

/** A row of characters, each with its role. */
class Canvas {
  private readonly cells: { character: string; role: Role | null }[] = [];

  constructor(private readonly paint: Paint) {}

  get width(): number {
    return this.cells.length;
  }

  put(column: number, text: string, role: Role): void {
    while (this.cells.length < column + text.length) this.cells.push({ character: " ", role: null });
    for (let i = 0; i < text.length; i++) this.cells[column + i] = { character: text.charAt(i), role };
  }

  /** Up to that column, filled with spaces; all of it where none is given. */
  text(upTo = this.cells.length): string {
    let out = "";
    let run = "";
    let role: Role | null = null;
    const flush = (): void => {
      out += role ? this.paint(role, run) : run;
      run = "";
    };
    for (let i = 0; i < upTo; i++) {
      const cell = this.cells[i] ?? { character: " ", role: null };
      if (cell.role !== role) flush();
      role = cell.role;
      run += cell.character;
    }
    flush();
    return out;
  }
}

/** Inside the text, at least one character long where the line has one, not ending at the very start of a line. */
function clamp(mark: Mark, lines: readonly string[]): Mark {
  const start = clampPosition(mark.range.start, lines);
  let end = clampPosition(mark.range.end, lines);
  if (end.line > start.line && end.character === 0) end = { line: end.line - 1, character: (lines[end.line - 1] ?? "").length };
  if (end.line < start.line || (end.line === start.line && end.character <= start.character)) end = { line: start.line, character: start.character + 1 };
  return { ...mark, range: { start, end } };
}

function clampPosition({ line, character }: Range["start"], lines: readonly string[]): Range["start"] {
  const inside = Math.max(0, Math.min(line, lines.length - 1));
  return { line: inside, character: line > inside ? (lines[inside] ?? "").length : Math.max(0, Math.min(character, (lines[inside] ?? "").length)) };
}

function firstLineOf(mark: Mark, lines: readonly string[]): Mark {
  const { start, end } = mark.range;
  if (start.line === end.line) return mark;
  return { ...mark, range: { start, end: { line: start.line, character: Math.max(start.character + 1, (lines[start.line] ?? "").trimEnd().length) } } };
}
