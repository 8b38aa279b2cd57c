/**
 * Lines and columns of a text, as editors count them: both from 0, columns in
 * UTF-16 units, a line ended by `\n`, `\r\n` or a lone `\r`. Offsets out of
 * range and columns past the end of a line go to the nearest place that exists;
 * an offset between `\r` and `\n` counts as the end of its line.
 */
export interface LinePosition {
  readonly line: number;
  readonly character: number;
}

export class LineIndex {
  private readonly starts: readonly number[];

  constructor(private readonly text: string) {
    this.starts = lineStarts(text);
  }

  get lineCount(): number {
    return this.starts.length;
  }

  position(offset: number): LinePosition {
    const inside = Math.max(0, Math.min(offset, this.text.length));
    const line = this.lineOf(inside);
    return { line, character: Math.min(inside, this.endOf(line)) - this.startOf(line) };
  }

  offset(position: LinePosition): number {
    if (position.line < 0) return 0;
    if (position.line >= this.starts.length) return this.text.length;
    const start = this.startOf(position.line);
    return Math.min(start + Math.max(0, position.character), this.endOf(position.line));
  }

  private lineOf(offset: number): number {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.startOf(middle) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  private startOf(line: number): number {
    return this.starts[line] ?? this.text.length;
  }

  /** Where the line's text ends, its terminator left out. */
  private endOf(line: number): number {
    let end = this.startOf(line + 1);
    if (line + 1 >= this.starts.length) return end;
    if (this.text[end - 1] === "\n") end--;
    if (this.text[end - 1] === "\r" && end > this.startOf(line)) end--;
    return end;
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) starts.push(at + 1);
  }
  return starts;
}
