/**
 * Gathers the lines of a paragraph and finds what in it is not read as
 * Markdown: display mathematics (`$$…$$`, `\[…\]`, bare environments), comments,
 * raw HTML. Inside one, lines start no list or heading and blank lines end
 * nothing, so this is settled while gathering, before anything else looks at
 * the lines.
 */
import type { SourceText } from "../../base/span";
import { scorePair } from "../dollars";
import { afterArguments, mathEnvironment, nestsInItself, unstarred } from "../environments";
import { isBracketed, isProse, look } from "../looks";
import { SourceBuilder } from "../source";
import type { Close } from "./closers";
import { findClose } from "./closers";
import type { Line } from "./lines";
import type { MarkdownReader } from "./reader";

/** Places are indices into the gathered text. */
export interface Island {
  readonly kind: "math" | "cut";
  readonly start: number;
  readonly end: number;
  /** What is between the delimiters. */
  readonly from: number;
  readonly to: number;
  readonly display: boolean;
  readonly environment: string | null;
  /** Delimited by `$$` or in a script: nothing was escaped for Markdown. */
  readonly raw: boolean;
}

export interface Gathered {
  readonly source: SourceText;
  readonly islands: readonly Island[];
  /** Places of `$$` that close one inline formula and open the next. */
  readonly seams: readonly number[];
  /** The first line that is not part of it. */
  readonly next: number;
}

/** Gathers from line `at` on, until `interrupts` says that a line is another block. */
export function gather(reader: MarkdownReader, lines: readonly Line[], at: number, interrupts: (index: number) => boolean): Gathered {
  return new Gatherer(reader, lines).run(at, interrupts);
}

/** An island whose delimiters are found, in the reader's text. */
interface Found {
  readonly kind: Island["kind"];
  readonly from: number;
  readonly close: Close;
  /** Length of the closing delimiter. */
  readonly length: number;
  readonly display: boolean;
  readonly environment: string | null;
  /** The delimiters are part of the source. */
  readonly whole: boolean;
  readonly raw: boolean;
}

const math = { kind: "math", display: true, environment: null, whole: false, raw: false } as const;
const hidden = { kind: "cut", display: false, environment: null, whole: false, raw: false } as const;

class Gatherer {
  private readonly text: string;
  private readonly built = new SourceBuilder();
  private readonly islands: Island[] = [];
  private readonly seams: number[] = [];
  /** Where line `line` starts in what was built. */
  private base = 0;
  private line = 0;
  /** The single `$` that an odd number of them leaves open; -1 if none. */
  private openDollar = -1;

  constructor(
    private readonly reader: MarkdownReader,
    private readonly lines: readonly Line[],
  ) {
    this.text = reader.text;
  }

  run(at: number, interrupts: (index: number) => boolean): Gathered {
    this.line = at;
    do {
      this.take(this.line);
      this.scan();
      this.line++;
    } while (this.line < this.lines.length && !interrupts(this.line));
    const origin = this.reader.span(this.lines[at]?.start ?? 0, this.lines[at]?.start ?? 0).start;
    return { source: this.built.build(origin), islands: this.islands, seams: this.seams, next: this.line };
  }

  private take(index: number): void {
    const line = this.lines[index];
    this.base = this.built.length;
    this.line = index;
    if (line) this.built.append(this.reader.source, line.start, line.next);
  }

  private place(at: number): number {
    return this.base + at - (this.lines[this.line]?.start ?? 0);
  }

  private scan(): void {
    let at = this.lines[this.line]?.start ?? 0;
    while (at < this.end()) at = this.step(at, this.text.charCodeAt(at));
  }

  private end(): number {
    return this.lines[this.line]?.end ?? 0;
  }

  private step(at: number, code: number): number {
    if (code === 92) return this.backslash(at);
    if (code === 36) return this.dollar(at);
    if (code === 96) return this.codeSpan(at);
    if (code === 60) return this.html(at);
    if (code === 123) return this.shortcode(at);
    if (code === 37) return this.hiddenByPercent(at);
    return at + 1;
  }

  /** Takes the lines up to the close and notes the island; reading goes on after it. */
  private accept(start: number, found: Found): number {
    this.openDollar = -1;
    const first = this.place(start);
    const from = this.place(found.whole ? start : found.from);
    while (this.line < found.close.line) this.take(this.line + 1);
    const { kind, display, environment, raw } = found;
    const end = this.place(found.close.at) + found.length;
    this.islands.push({ kind, start: first, end, from, to: found.whole ? end : this.place(found.close.at), display, environment, raw });
    return found.close.at + found.length;
  }

  private find(from: number, closer: string, anywhere = false): Close | null {
    return findClose(this.reader, this.lines, this.line, from, closer, anywhere);
  }

  private complain(what: string, start: number, end: number): void {
    this.reader.collector.problem(`${what} is not closed`, this.reader.span(start, end));
  }

  private dollar(at: number): number {
    let length = 1;
    while (this.text.charCodeAt(at + length) === 36 && at + length < this.end()) length++;
    if (length > 2) return at + length;
    if (length === 1) {
      const after = this.singleDollar(at);
      this.openDollar = after > at + 1 || this.openDollar >= 0 ? -1 : at;
      return after;
    }
    const close = this.find(at + 2, "$$");
    if (close && !close.acrossBlank && this.text.slice(at + 2, close.at).trim() === "") return this.accept(at, { ...hidden, from: at, close, length: 2 });
    if (close && this.isDisplay(at + 2, close)) return this.accept(at, { ...math, from: at + 2, close, length: 2, raw: true });
    if (this.startsLine(at)) this.complain("`$$`", at, at + 2);
    return at + 2;
  }

  /** `$x$$y$` is two formulas, and its `$$` opens nothing. Gives the place after the last of such a row. */
  private singleDollar(at: number): number {
    const seams: number[] = [];
    for (let open = at; ; ) {
      const close = this.text.indexOf("$", open + 1);
      const isEnd = this.text[close + 1] !== "$";
      if (close < 0 || close >= this.end() || (isEnd && seams.length === 0) || this.text.startsWith("$$$", close) || scorePair(this.text, open, close) <= 0) return at + 1;
      if (isEnd) {
        this.seams.push(...seams);
        return close + 1;
      }
      seams.push(this.place(close));
      open = close + 1;
    }
  }

  private startsLine(at: number): boolean {
    return this.text.slice(this.lines[this.line]?.start ?? 0, at).trim() === "";
  }

  private isDisplay(from: number, close: Close): boolean {
    const text = this.text.slice(from, close.at);
    if (text.trim() === "") return false;
    const seen = look(text, 0, text.length);
    const isBlock = close.line > this.line && this.startsLine(from - 2);
    if (!close.acrossBlank) return isBlock || seen.words < 3 || seen.commands + seen.signs > 0;
    return !isProse(text, 0, text.length) && (seen.proseWords === 0 || !/(?:^|[^\\$])\$(?!\$)/.test(text));
  }

  private backslash(at: number): number {
    const next = this.text.charCodeAt(at + 1);
    if (next === 91) return this.bracket(at, "\\[", "\\]");
    if (next === 92 && this.text.charCodeAt(at + 2) === 91) return this.bracket(at, "\\\\[", "\\\\]");
    if (next === 92) return this.text.charCodeAt(at + 2) === 36 && this.reader.flavour.kramdown ? at + 3 : at + 2;
    if (next === 98 && this.text.startsWith("\\begin{", at)) return this.environment(at);
    return at + 2;
  }

  /** `\[…\]` is also how Markdown escapes brackets: only what looks like a formula is one. */
  private bracket(at: number, opener: string, closer: string): number {
    const from = at + opener.length;
    const close = this.find(from, closer);
    if (!close || this.reader.nextCloser(opener, from) < close.at) return from;
    if (!isBracketed(this.text, from, close.at, close.line > this.line)) return from;
    return this.accept(at, { ...math, from, close, length: closer.length });
  }

  private environment(at: number): number {
    const name = /^\\begin\{([a-zA-Z]+\*?)\}/.exec(this.text.slice(at, at + 40))?.[1];
    const kind = name === undefined ? null : mathEnvironment(unstarred(name));
    if (name === undefined || kind === null) return at + 7;
    const closer = `\\end{${name}}`;
    const from = at + name.length + 8;
    const close = this.environmentClose(from, name, closer);
    if (!close || (close.acrossBlank && isProse(this.text, from, close.at))) {
      this.complain(`\`\\begin{${name}}\``, at, from);
      return from;
    }
    if (this.isInsideDollars(at, close)) return this.passOver(close, closer.length);
    const plain = unstarred(name);
    if (kind === "part") return this.accept(at, { ...math, from, close, length: closer.length, whole: true });
    return this.accept(at, { ...math, display: plain !== "math", environment: plain, from: afterArguments(this.text, from, plain), close, length: closer.length });
  }

  /** `$p = \begin{matrix}…\end{matrix}$`: the dollars delimit, not the environment. */
  private isInsideDollars(at: number, close: Close): boolean {
    if (close.acrossBlank || this.openDollar < 0) return false;
    const lineEnd = this.lines[close.line]?.end ?? close.at;
    return this.reader.nextCloser("$", close.at) < lineEnd && isFormulaStart(this.text, this.openDollar + 1, at);
  }

  /** Takes the lines up to the close without an island: none of them starts a block. */
  private passOver(close: Close, length: number): number {
    while (this.line < close.line) this.take(this.line + 1);
    return close.at + length;
  }

  private environmentClose(from: number, name: string, closer: string): Close | null {
    const opener = `\\begin{${name}}`;
    let close = this.find(from, closer);
    let inner = this.reader.nextCloser(opener, from);
    for (let nested = 0; close && inner < close.at; nested++) {
      if (!nestsInItself(unstarred(name)) || nested > 40) return null;
      close = findClose(this.reader, this.lines, close.line, close.at + closer.length, closer);
      inner = this.reader.nextCloser(opener, inner + opener.length);
    }
    return close;
  }

  /** Skips a code span that ends on this line. */
  private codeSpan(at: number): number {
    let length = 1;
    while (this.text.charCodeAt(at + length) === 96) length++;
    let end = at + length;
    for (;;) {
      end = this.text.indexOf("`", end);
      if (end < 0 || end >= this.end()) return at + length;
      let run = 1;
      while (this.text.charCodeAt(end + run) === 96) run++;
      end += run;
      if (run === length) return end;
    }
  }

  private html(at: number): number {
    if (this.text.startsWith("<!--", at)) return this.hide(at, 4, "-->");
    const tag = /^<(script|style|pre|code|textarea)\b[^>\n]*>/i.exec(this.text.slice(at, Math.min(this.end(), at + 200)));
    if (!tag) return at + 1;
    const [opening, name = ""] = tag;
    const closer = `</${name}>`;
    const close = this.find(at + opening.length, closer, true);
    if (!close) return at + 1;
    if (!/\btype\s*=\s*["']?math\/tex/i.test(opening)) return this.accept(at, { ...hidden, from: at, close, length: closer.length });
    return this.accept(at, { ...math, display: /mode\s*=\s*display/i.test(opening), from: at + opening.length, close, length: closer.length, raw: true });
  }

  private hide(at: number, length: number, closer: string): number {
    const close = this.find(at + length, closer, true);
    if (!close) return at + length;
    this.reader.collector.comment(this.text.slice(at + length, close.at), this.reader.span(at, close.at + closer.length));
    return this.accept(at, { ...hidden, from: at, close, length: closer.length });
  }

  /** Obsidian's `%%…%%`. */
  private hiddenByPercent(at: number): number {
    if (this.text[at + 1] !== "%" || /\S/.test(this.text.charAt(at - 1)) || this.text[at + 2] === "%") return at + 1;
    const close = this.find(at + 2, "%%");
    return close ? this.hide(at, 2, "%%") : at + 2;
  }

  /** Hugo's `{{< math >}}…{{< /math >}}`, `{{< displaymath >}}` and whatever sites call theirs, Jekyll's `{% katex %}…{% endkatex %}`, and the ones that show code. */
  private shortcode(at: number): number {
    if (this.reader.flavour.mdx && this.text.startsWith("{/*", at)) return this.hide(at, 3, "*/}");
    const head = this.text.slice(at, Math.min(this.end(), at + 80));
    const hugo = /^\{\{[<%]\s*(\w*(?:katex|math|latex|equation)\w*|highlight)\b([^>%}]*)[>%]\}\}/.exec(head);
    const liquid = hugo ? null : /^\{%-?\s*(katex|katexmm|math|latex|highlight|comment)\b([^%]*)%\}/.exec(head);
    const [opening, name, options] = hugo ?? liquid ?? [];
    if (opening === undefined || name === undefined) return at + 1;
    return this.pairedTag(at, opening, name, options ?? "", hugo ? /^\{\{[<%]\s*\/\s*/ : /^\{%-?\s*end/);
  }

  private pairedTag(at: number, opening: string, name: string, options: string, closing: RegExp): number {
    const from = at + opening.length;
    const bracket = opening.startsWith("{%") ? "{%" : opening.slice(0, 3);
    const close = this.find(from, bracket, true);
    const head = close ? this.text.slice(close.at, close.at + 60) : "";
    const tag = closing.test(head) ? /^[^}]*\}{1,2}/.exec(head)?.[0] : undefined;
    if (!close || tag === undefined || !head.replace(closing, "").startsWith(name)) return from;
    if (name === "highlight" || name === "comment" || name === "katexmm") return this.accept(at, { ...hidden, from: at, close, length: tag.length });
    return this.accept(at, { ...math, display: name !== "latex" && (/display|block/.test(`${name} ${options}`) || close.line > this.line), from, close, length: tag.length, raw: true });
  }
}

/** Whether what stands between a dollar sign and an environment may be the start of a formula. */
function isFormulaStart(text: string, start: number, end: number): boolean {
  const seen = look(text, start, Math.min(end, start + 400));
  return end - start < 400 && seen.proseWords === 0 && seen.run < 3;
}
