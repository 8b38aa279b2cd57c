/**
 * Cutting and joining source text while every character keeps its place in the
 * file. All that removes (a quote's prefix, an emphasis marker) or decodes (a
 * JSON escape) goes through the builder, so that anchors are made in one place.
 */
import type { Anchor, SourceText } from "../base/span";
import { offsetAt } from "../base/span";

/** Characters `start` to `end` of a source text, as source text. */
export function cut(source: SourceText, start: number, end: number): SourceText {
  const only = source.anchors.length === 1 ? source.anchors[0] : undefined;
  if (only && only.width === undefined) return { text: source.text.slice(start, end), anchors: [{ at: 0, offset: only.offset + start - only.at }] };
  const builder = new SourceBuilder();
  builder.append(source, start, end);
  return builder.build(offsetAt(source, start));
}

/** The same without white space at either end. */
export function trimmed(source: SourceText): SourceText {
  return withoutEnd(withoutStart(source));
}

export function withoutStart(source: SourceText): SourceText {
  let start = 0;
  while (start < source.text.length && isSpace(source.text.charCodeAt(start))) start++;
  return start === 0 ? source : cut(source, start, source.text.length);
}

export function withoutEnd(source: SourceText): SourceText {
  let end = source.text.length;
  while (end > 0 && isSpace(source.text.charCodeAt(end - 1))) end--;
  return end === source.text.length ? source : cut(source, 0, end);
}

export function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 0xa0 || code === 0x3000;
}

export class SourceBuilder {
  private text = "";
  private readonly anchors: Anchor[] = [];
  /** The file offset just after what was added last. */
  private after = 0;

  get length(): number {
    return this.text.length;
  }

  append(source: SourceText, start: number, end: number): void {
    let from = start;
    for (let index = anchorIndex(source.anchors, start); from < end; index++) {
      const anchor = source.anchors[index];
      const to = Math.min(end, source.anchors[index + 1]?.at ?? end);
      const offset = anchor ? anchor.offset + from - anchor.at : from;
      const width = anchor?.at === from ? anchor.width : undefined;
      this.add(source.text.slice(from, to), offset, width);
      from = to;
    }
  }

  /** Text that stands for `width` characters of the file from `offset` on, but is not them. */
  decoded(text: string, offset: number, width: number): void {
    for (let index = 0; index < text.length; index++) this.add(text.charAt(index), offset, width === 1 ? undefined : width);
  }

  build(origin: number): SourceText {
    const anchors: Anchor[] = this.anchors.length > 0 ? [...this.anchors] : [{ at: 0, offset: origin }];
    if (this.anchors.length > 0 && this.expected() !== this.after) anchors.push({ at: this.text.length, offset: this.after });
    return { text: this.text, anchors };
  }

  private add(text: string, offset: number, width: number | undefined): void {
    if (width !== undefined) this.anchors.push({ at: this.text.length, offset, width });
    else if (this.expected() !== offset) this.anchors.push({ at: this.text.length, offset });
    this.text += text;
    this.after = offset + (width === undefined ? text.length : width);
  }

  /** Where the next character would stand if no anchor were added. */
  private expected(): number {
    const last = this.anchors[this.anchors.length - 1];
    return last ? last.offset + (this.text.length - last.at) : -1;
  }
}

function anchorIndex(anchors: readonly Anchor[], at: number): number {
  let low = 0;
  let high = anchors.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((anchors[middle]?.at ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}
