/** What the parts of the Markdown reader share while they read one text. */
import type { SourceText, Span } from "../../base/span";
import { spanIn } from "../../base/span";
import type { Collector } from "../collector";
import type { EscapeContext } from "../escapes";
import type { ParagraphRole } from "../types";

export interface Flavour {
  /** Kramdown's rules: `$$…$$` in running text is inline, escapes act inside `$…$`. */
  readonly kramdown: boolean;
  /** JSX, `import` and comments in braces. */
  readonly mdx: boolean;
}

/** What a block is in. */
export interface Frame {
  readonly role: ParagraphRole;
  readonly ordered: boolean;
  /** The item of a list that it is in, by number. */
  readonly item?: number;
  /** Containers around it. */
  readonly depth: number;
}

export class MarkdownReader {
  readonly text: string;
  /** Names of the `:::` blocks that are open. */
  readonly divisions: string[] = [];
  tables = 0;
  items = 0;
  private readonly closers = new Map<string, { from: number; at: number }>();
  /** Ranges in which a search for a closing delimiter has failed before, by delimiter: no need to search again. */
  private readonly failures = new Map<string, { from: number; to: number }>();

  constructor(
    readonly source: SourceText,
    readonly collector: Collector,
    readonly flavour: Flavour,
  ) {
    this.text = source.text;
  }

  span(start: number, end: number): Span {
    return spanIn(this.source, start, end);
  }

  escapes(raw: boolean, cell: boolean): EscapeContext {
    return { kramdown: this.flavour.kramdown && !raw, cell };
  }

  /** The first unescaped `closer` at or after `from`; the text's length if none. */
  nextCloser(closer: string, from: number): number {
    const known = this.closers.get(closer);
    if (known && known.from <= from && from <= known.at) return known.at;
    let at = this.text.indexOf(closer, from);
    while (at >= 0 && isEscaped(this.text, at, from)) at = this.text.indexOf(closer, at + 1);
    const found = at < 0 ? this.text.length : at;
    this.closers.set(closer, { from, at: found });
    return found;
  }

  hasFailed(closer: string, from: number): boolean {
    const failed = this.failures.get(closer);
    return failed !== undefined && failed.from <= from && from < failed.to;
  }

  fail(closer: string, from: number, to: number): void {
    this.failures.set(closer, { from, to });
  }
}

/** Whether an odd number of backslashes stands before `at`, counted from `from` on. */
export function isEscaped(text: string, at: number, from: number): boolean {
  let start = at;
  while (start > from && text.charCodeAt(start - 1) === 92) start--;
  return (at - start) % 2 === 1;
}
