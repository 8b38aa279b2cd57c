/**
 * Places in a text: half-open ranges of UTF-16 offsets, and pieces of text cut
 * out of a file that still know where each of their characters stands in it.
 */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Text cut out of a file, perhaps with parts left out (quote prefixes) or
 * decoded (JSON escapes). `anchors` is sorted by `at`; the character at index
 * `i` stands at file offset `anchor.offset + (i - anchor.at)` for the last
 * anchor with `at <= i`. There is always an anchor at 0.
 */
export interface SourceText {
  readonly text: string;
  readonly anchors: readonly Anchor[];
}

export interface Anchor {
  readonly at: number;
  readonly offset: number;
  /** How many characters of the file the one at `at` stands for, where it was decoded (`\\` in JSON: 2); absent for a plain character. */
  readonly width?: number;
}

/** A contiguous slice of a file as source text. */
export function sliceOf(file: string, start: number, end: number): SourceText {
  return { text: file.slice(start, end), anchors: [{ at: 0, offset: start }] };
}

/** The file offset of the character at `index`; `index` may be the length. */
export function offsetAt(source: SourceText, index: number): number {
  const anchor = anchorAt(source, index);
  return anchor ? anchor.offset + (index - anchor.at) : index;
}

function anchorAt(source: SourceText, index: number): Anchor | undefined {
  let low = 0;
  let high = source.anchors.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((source.anchors[middle]?.at ?? 0) <= index) low = middle;
    else high = middle - 1;
  }
  return source.anchors[low];
}

/** The file's span of the characters from `start` to `end` of a source text. */
export function spanIn(source: SourceText, start: number, end: number): Span {
  return { start: offsetAt(source, start), end: end > start ? endOf(source, end - 1) : offsetAt(source, start) };
}

/** The file offset just after the character at `index`. */
function endOf(source: SourceText, index: number): number {
  const anchor = anchorAt(source, index);
  if (anchor?.at === index && anchor.width !== undefined) return anchor.offset + anchor.width;
  return anchor ? anchor.offset + (index - anchor.at) + 1 : index + 1;
}

export function cover(a: Span, b: Span): Span {
  return { start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) };
}

export function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
