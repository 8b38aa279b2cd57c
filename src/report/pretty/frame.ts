/**
 * The frame of source excerpts: line numbers on the left behind a bar, and what
 * all excerpts of one message share.
 */
import type { Paint } from "./style";

export interface Frame {
  readonly lines: readonly string[];
  /** Columns of the widest line number. */
  readonly gutter: number;
  /** Columns of the terminal. */
  readonly width: number;
  readonly paint: Paint;
}

/** Columns that are left for the source beside the numbers. */
export function textWidth({ gutter, width }: Frame): number {
  return width - gutter - 3;
}

export function numbered(frame: Frame, line: number, text: string): string {
  return row(frame, `${line + 1}`.padStart(frame.gutter), "|", text);
}

export function unnumbered(frame: Frame, text: string): string {
  return row(frame, " ".repeat(frame.gutter), "|", text);
}

/** A line that is taken away (`-`) or put in (`+`). */
export function changed(frame: Frame, line: number, sign: "-" | "+", text: string): string {
  return `${frame.paint("frame", `${line + 1}`.padStart(frame.gutter))} ${frame.paint(sign === "-" ? "deleted" : "inserted", sign)} ${text}`.trimEnd();
}

/** Stands for lines that are left out. */
export function skipped(frame: Frame): string {
  return frame.paint("frame", "...");
}

function row({ paint }: Frame, number: string, bar: string, text: string): string {
  return text ? `${paint("frame", `${number} ${bar}`)} ${text}` : paint("frame", `${number} ${bar}`);
}
