/**
 * Finding where a delimiter that may run over lines closes. A `$$` that nobody
 * closed must not swallow the document, so the search stops at a heading, a
 * fence or a rule. Every answer is remembered: text full of openers without a
 * close costs linear time.
 */
import type { Line } from "./lines";
import { contentOf, isBlank } from "./lines";
import type { MarkdownReader } from "./reader";

export interface Close {
  /** Index of the line it is on. */
  readonly line: number;
  /** Where the closing delimiter starts, in the reader's text. */
  readonly at: number;
  /** A line between is blank. */
  readonly acrossBlank: boolean;
}

/** The first `closer` at or after `from`, which is on line `line`; `anywhere` where nothing stops the search. */
export function findClose(reader: MarkdownReader, lines: readonly Line[], line: number, from: number, closer: string, anywhere = false): Close | null {
  const last = lines[lines.length - 1];
  if (!last || reader.hasFailed(closer, from)) return null;
  const at = reader.nextCloser(closer, from);
  if (at >= last.end) return null;
  let acrossBlank = false;
  for (let index = line; index < lines.length; index++) {
    const current = lines[index];
    if (!current) break;
    if (at < current.end) return at < current.start && index > line ? null : { line: index, at, acrossBlank };
    if (index > line && isBlank(reader.text, current)) acrossBlank = true;
    const following = lines[index + 1];
    if (!anywhere && following && stopsSearch(reader.text, following)) {
      reader.fail(closer, from, following.start);
      return null;
    }
  }
  return null;
}

/** A line that no formula holds: a heading, a fence, a rule, the edge of a division. */
export function stopsSearch(text: string, line: Line): boolean {
  const first = contentOf(text, line);
  return /^(?:#{1,6}\s+\S|```|~~~|:::|(?:-{3,}|\*{3,}|_{3,})\s*$|\\(?:sub)*section\b)/.test(first);
}
