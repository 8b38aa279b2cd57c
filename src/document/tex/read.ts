/**
 * LaTeX files, in one walk over the text: formulas by their delimiters and
 * environments, running text freed of commands that only format, headings,
 * lists, tables, footnotes, theorem-like environments, macros. What stands
 * before `\begin{document}` only defines.
 */
import type { SourceText } from "../../base/span";
import { spanIn } from "../../base/span";
import type { Collector } from "../collector";
import { mathEnvironment, unstarred } from "../environments";
import { commandAt } from "../macros";
import { cut } from "../source";
import { ArgumentScanner } from "./arguments";
import { lineEnd, matchBraces } from "./braces";
import { asides, characters, dropped, formats, inlineCode, lists, quotes, sections, strikes, tables, verbatim } from "./commands";
import { Definitions } from "./definitions";
import { Formulas } from "./formulas";
import { blankAfter, MathCloser } from "./maths";
import type { Scope } from "./scopes";
import { Scopes } from "./scopes";
import type { Verbatim } from "./verbatim";
import { chunkEnd, verbatimAt } from "./verbatim";
import { Writer } from "./writer";

export interface TexOptions {
  /** A package: it only defines. */
  readonly packageFile: boolean;
}

export function readTex(source: SourceText, collector: Collector, options: TexOptions): void {
  const { text } = source;
  const begin = uncommented(text, "\\begin{document}");
  const end = begin < 0 ? -1 : uncommented(text, "\\end{document}");
  const reader = new TexReader(source, collector, end < 0 ? text.length : end);
  const start = begin < 0 ? 0 : begin + 16;
  if (options.packageFile || begin >= 0) reader.preamble(options.packageFile ? text.length : begin);
  if (!options.packageFile) reader.body(start);
}

const paragraphEnds = new Set(["par", "bigskip", "medskip", "newpage", "clearpage"]);

/** Arguments nested deeper are dropped. */
const deepest = 40;

class TexReader {
  private readonly text: string;
  private readonly scanner: ArgumentScanner;
  private readonly definitions: Definitions;
  private readonly writer: Writer;
  private readonly scopes = new Scopes();
  private readonly formulas: Formulas;
  private readonly topSection: number;
  private depth = 0;
  private hasBranchEnd = true;

  constructor(
    private readonly source: SourceText,
    private readonly collector: Collector,
    private readonly end: number,
  ) {
    this.text = source.text;
    const braces = matchBraces(this.text);
    this.scanner = new ArgumentScanner(this.text, braces, this.text.length);
    this.definitions = new Definitions(source, collector, this.scanner);
    this.writer = new Writer(source, collector);
    this.formulas = new Formulas(source, collector, this.writer, new MathCloser(this.text, braces, end), this.definitions);
    this.topSection = /\\part\s*[*[{]/.test(this.text) ? 0 : /\\chapter\s*[*[{]/.test(this.text) ? 1 : 2;
  }

  /** Definitions and directives only. */
  preamble(end: number): void {
    let at = 0;
    while (at < end) {
      const code = this.text.charCodeAt(at);
      if (code === 37) at = this.comment(at);
      else if (code === 92) at = verbatimAt(this.text, at)?.end ?? this.definitions.read(at) ?? this.definitions.input(at) ?? at + 2;
      else at++;
    }
  }

  body(start: number): void {
    this.run(start, this.end);
    this.flush();
  }

  private run(start: number, end: number): void {
    let from = start;
    let at = start;
    while (at < end) {
      const next = this.step(at, this.text.charCodeAt(at), from);
      if (next === null) at++;
      else from = at = Math.max(next, at + 1);
    }
    this.writer.plain(from, Math.min(at, end));
  }

  /** Where reading goes on after something that is not plain text; null for plain text, of which `from` starts what is not written yet. */
  private step(at: number, code: number, from: number): number | null {
    switch (code) {
      case 92:
        this.writer.plain(from, at);
        return this.backslash(at);
      case 37:
        this.writer.plain(from, at);
        return this.afterComment(at);
      case 36:
        this.writer.plain(from, at);
        return this.formulas.dollar(at);
      case 123:
      case 125:
        this.writer.plain(from, at);
        return at + 1;
      case 60:
        return this.brokenOff(from, at, chunkEnd(this.text, at));
      case 126:
        this.writer.plain(from, at);
        this.writer.put(" ", at, at + 1);
        return at + 1;
      case 38:
        if (!this.scopes.isTable) return null;
        this.writer.plain(from, at);
        this.flush();
        this.scopes.nextCell();
        return at + 1;
      case 10:
        return this.brokenOff(from, at, blankAfter(this.text, at));
      default:
        return null;
    }
  }

  /** A paragraph ends before what reaches to `end`; null where there is no such thing. */
  private brokenOff(from: number, at: number, end: number | null): number | null {
    if (end === null) return null;
    this.writer.plain(from, at);
    this.flush();
    return end;
  }

  private flush(): void {
    this.writer.paragraph(this.scopes.setting());
  }

  /** A comment: perhaps a directive. The newline after it is no space. */
  private comment(at: number): number {
    const end = lineEnd(this.text, at);
    this.collector.comment(this.text.slice(at + 1, end), spanIn(this.source, at, end));
    return end + 1;
  }

  private afterComment(at: number): number {
    let next = this.comment(at);
    if (blankAfter(this.text, next - 1) !== null) return next - 1;
    while (this.text[next] === " " || this.text[next] === "\t") next++;
    return next;
  }

  private backslash(at: number): number {
    const verbatimText = verbatimAt(this.text, at);
    if (verbatimText) return this.verbatim(at, verbatimText);
    const name = commandAt(this.text, at);
    return name === null ? this.sign(at) : this.command(at, name, at + 1 + name.length);
  }

  /** A backslash before a sign: a delimiter, an escape, a space, an accent. */
  private sign(at: number): number {
    const sign = this.text.charAt(at + 1);
    if (sign === "(") return this.formulas.delimited(at, "\\)", false);
    if (sign === "[") return this.formulas.delimited(at, "\\]", true);
    if (sign === "\\") return this.rowEnd(at);
    if ("%$&#_{}".includes(sign)) this.writer.plain(at + 1, at + 2);
    else if (" ,;:>\n".includes(sign)) this.writer.put(" ", at, at + 2);
    return at + 2;
  }

  private rowEnd(at: number): number {
    const end = at + 2 + (/^\*?(?:\[[^\]\n]{0,20}\])?/.exec(this.text.slice(at + 2, at + 26))?.[0].length ?? 0);
    if (!this.scopes.isTable) {
      this.writer.put(" ", at, at + 2);
      return end;
    }
    this.flush();
    this.scopes.nextRow();
    return end;
  }

  private command(at: number, name: string, after: number): number {
    const known = this.definitions.read(at) ?? this.definitions.input(at) ?? this.structure(at, name, after) ?? this.textCommand(at, name, after);
    if (known !== null) return known;
    return this.scanner.spaces(this.scanner.skip(this.scanner.overlay(after), dropped.get(name) ?? ""));
  }

  /** Environments and headings, which end a paragraph. */
  private structure(at: number, name: string, after: number): number | null {
    if (name === "begin") return this.begin(at);
    if (name === "end") return this.endEnvironment(at);
    const opened = this.definitions.opens(`\\${name}`);
    if (opened !== undefined) return this.formulas.environment(at, opened, after);
    const level = (sections as readonly string[]).indexOf(name);
    if (level >= 0) return this.heading(after, level);
    if (name === "frametitle" || name === "framesubtitle") return this.heading(after, 5);
    if (paragraphEnds.has(name)) return this.paragraphEnd(after);
    if (name === "item") return this.item(after);
    if (name === "caption") return this.ownParagraph(after);
    if (name === "iffalse") return this.skippedBranch(after);
    return null;
  }

  private textCommand(at: number, name: string, after: number): number | null {
    if (asides.has(name)) return this.aside(after);
    if (strikes.has(name)) return this.strike(after);
    if (inlineCode.has(name)) return this.codeArgument(after);
    if (name === "ensuremath") return this.ensureMath(at, after);
    const character = characters.get(name);
    if (character === undefined) return null;
    this.writer.put(character, at, after);
    return this.scanner.spaces(after);
  }

  private paragraphEnd(after: number): number {
    this.flush();
    return after;
  }

  private begin(at: number): number {
    const name = this.environmentName(at);
    if (name === null) return at + 6;
    const after = at + 8 + name.length;
    if (mathEnvironment(unstarred(name)) !== null && !this.scopes.isTable && name !== "array") return this.formulas.environment(at, name, after);
    if (this.definitions.opens(name) !== undefined) return this.formulas.environment(at, name, after);
    this.flush();
    const table = tables.get(name);
    if (table !== undefined) return this.enter({ name, kind: "table", ordered: false }, this.scanner.skip(after, table));
    const ordered = lists.get(name);
    if (ordered !== undefined) return this.enter({ name, kind: "list", ordered }, this.scanner.skip(after, "o"));
    if (quotes.has(name)) return this.enter({ name, kind: "quote", ordered: false }, after);
    const format = formats.get(name);
    if (format !== undefined) return this.enter({ name, kind: "format", ordered: false }, this.scanner.skip(after, format));
    this.enter({ name, kind: "boundary", ordered: false }, after);
    this.edge(name, true, at, after);
    return this.titles(name, this.scanner.overlay(after));
  }

  private enter(scope: Scope, after: number): number {
    this.scopes.enter(scope);
    return after;
  }

  private edge(name: string, opens: boolean, start: number, end: number): void {
    this.collector.block({ kind: "boundary", name: this.definitions.titleOf(unstarred(name)), opens, span: spanIn(this.source, start, end) });
  }

  /** `[Title]` of a theorem, `{Title}` of a frame or block. */
  private titles(name: string, after: number): number {
    let at = after;
    if (this.text[at] === "[") {
      const close = this.scanner.bracketEnd(at);
      if (close === null) return at;
      if (!/^(?:frame|figure|table|algorithm|tcolorbox|listing)\*?$/.test(name)) this.within(at + 1, close, () => this.flush());
      at = close + 1;
    }
    if (!/^(?:[a-z]{0,4}frame|block|exampleblock|alertblock)$/.test(name)) return at;
    const range = this.scanner.braced(at);
    if (!range || this.text[at] !== "{") return at;
    // `vbframe` and other kinds of frames that a class of slides makes.
    if (name.endsWith("frame")) return this.heading(at, 5);
    this.within(range.from, range.to, () => this.flush());
    return range.to + 1;
  }

  private endEnvironment(at: number): number {
    const name = this.environmentName(at);
    if (name === null) return at + 4;
    const after = at + 6 + name.length;
    this.flush();
    for (const closed of this.scopes.leave(name)) if (closed.kind === "boundary") this.edge(closed.name, false, at, after);
    return after;
  }

  private environmentName(at: number): string | null {
    return /^\\(?:begin|end)\{([A-Za-z@]+[A-Za-z0-9@-]*\*?)\}/.exec(this.text.slice(at, at + 60))?.[1] ?? null;
  }

  private verbatim(at: number, found: Verbatim): number {
    if (found.kind === "inline") {
      this.writer.code(found.from, found.to);
      return found.end;
    }
    this.flush();
    const language = /language\s*=\s*\{?([\w+#-]+)/i.exec(found.options)?.[1] ?? /\{([\w+#-]+)\}\s*$/.exec(found.options)?.[1] ?? "";
    const isShown = verbatim.get(found.name) === true;
    if (isShown) this.collector.block({ kind: "code", language: language.toLowerCase(), source: cut(this.source, found.from, found.to), span: spanIn(this.source, at, found.end) });
    return found.end;
  }

  private heading(after: number, level: number): number {
    const start = this.scanner.skip(this.scanner.overlay(after), "*o");
    const range = this.scanner.braced(start);
    if (!range || this.depth >= deepest) return start;
    this.flush();
    this.writer.open();
    this.nested(range.from, range.to);
    this.writer.heading(Math.max(1, level - this.topSection + 1));
    return range.to + 1;
  }

  private item(after: number): number {
    this.flush();
    const start = this.scanner.overlay(after);
    if (this.text[start] !== "[") return this.scanner.spaces(start);
    const close = this.scanner.bracketEnd(start);
    if (close === null) return start;
    this.nested(start + 1, close);
    return close + 1;
  }

  private ownParagraph(after: number): number {
    const start = this.scanner.skip(after, "*o");
    const range = this.scanner.braced(start);
    if (!range) return start;
    this.flush();
    this.within(range.from, range.to, () => this.flush());
    return range.to + 1;
  }

  private aside(after: number): number {
    const start = this.scanner.skip(after, "o");
    const range = this.scanner.braced(start);
    if (!range || this.depth >= deepest) return start;
    this.writer.open();
    this.nested(range.from, range.to);
    this.writer.aside({ role: "footnote", ordered: false, at: null });
    return range.to + 1;
  }

  private strike(after: number): number {
    const range = this.scanner.braced(after);
    if (!range) return after;
    this.writer.struck++;
    this.nested(range.from, range.to);
    this.writer.struck--;
    return range.to + 1;
  }

  private ensureMath(at: number, after: number): number {
    const range = this.scanner.braced(after);
    if (!range) return after;
    this.writer.formula(range.from, range.to, at, range.to + 1, false, null);
    return range.to + 1;
  }

  private codeArgument(after: number): number {
    const range = this.scanner.braced(after);
    if (!range) return after;
    this.writer.code(range.from, range.to);
    return range.to + 1;
  }

  private within(from: number, to: number, then: () => void): void {
    this.nested(from, to);
    then();
  }

  private nested(from: number, to: number): void {
    if (this.depth >= deepest) return;
    this.depth++;
    this.run(from, to);
    this.depth--;
  }

  private skippedBranch(after: number): number {
    const end = this.hasBranchEnd ? this.text.indexOf("\\fi", after) : -1;
    this.hasBranchEnd = end >= 0;
    return end < 0 ? after : end + 3;
  }
}

/** The first `sign` that is not in a comment. */
function uncommented(text: string, sign: string): number {
  let at = text.indexOf(sign);
  while (at >= 0 && /(?:^|[^\\])%/.test(text.slice(text.lastIndexOf("\n", at) + 1, at))) at = text.indexOf(sign, at + 1);
  return at;
}
