/**
 * One pass over the running text of a paragraph: what is markup, what is code,
 * where dollars and emphasis markers stand. It decides what one look at a place
 * can decide; pairing is done afterwards.
 */
import type { SourceText } from "../../base/span";
import { isBracketed } from "../looks";
import { closing, commandAt, readDefinition } from "../macros";
import type { Run } from "./emphasis";
import { entityAt } from "./entities";
import { linkEnd, referenceEnd, wikiLink } from "./links";
import { formulaInUrl } from "./picture-urls";
import { attributeRange, isStrike, partsWords, tagAt } from "./tags";
import type { MarkdownReader } from "./reader";
import type { Token } from "./tokens";

export class InlineScan {
  readonly tokens: Token[] = [];
  readonly runs: Run[] = [];
  /** Single dollar signs, gap by gap. */
  readonly dollars: number[][] = [];
  private readonly text: string;
  private end = 0;
  /** Brackets that may open a link: places of `[`, and whether `!` stands before. */
  private brackets: { readonly at: number; readonly image: boolean }[] = [];
  /** Places of `\)` found by an earlier search. */
  private nextParenthesis = -1;
  /** Lengths of backtick runs of which no further one is in this gap. */
  private readonly missingRuns = new Set<number>();

  constructor(
    private readonly reader: MarkdownReader,
    private readonly source: SourceText,
    private readonly seams: ReadonlySet<number>,
  ) {
    this.text = source.text;
  }

  /** Scans from `start` to `end`, between two islands. */
  gap(start: number, end: number): void {
    this.end = end;
    this.brackets = [];
    this.missingRuns.clear();
    this.dollars.push([]);
    let at = start;
    while (at < end) at = this.step(at, this.text.charCodeAt(at));
  }

  private step(at: number, code: number): number {
    switch (code) {
      case 92:
        return this.backslash(at);
      case 36:
        return this.dollar(at);
      case 96:
        return this.codeSpan(at);
      case 60:
        return this.angle(at);
      case 91:
        return this.openBracket(at);
      case 93:
        return this.closeBracket(at);
      case 33:
        if (this.text[at + 1] !== "[") return at + 1;
        this.brackets.push({ at, image: true });
        return this.text.startsWith("![[", at) ? this.cut(at, wikiLink(this.text, at + 1, this.end)?.end ?? at + 1) : at + 2;
      case 42:
      case 95:
        return this.run(at, code === 42 ? "*" : "_", 1);
      case 126:
        return this.run(at, "~", 2);
      case 61:
        return this.run(at, "=", 2);
      case 38:
        return this.entity(at);
      case 123:
        return this.brace(at);
      case 58:
        return this.colon(at);
      default:
        return at + 1;
    }
  }

  private cut(start: number, end: number): number {
    if (end > start) this.tokens.push({ kind: "cut", start, end });
    return Math.max(end, start + 1);
  }

  private backslash(at: number): number {
    const next = this.text.charAt(at + 1);
    if (next === "(") return this.parenthesis(at, "\\(", "\\)");
    if (next === "\\" && this.text[at + 2] === "(") return this.parenthesis(at, "\\\\(", "\\\\)");
    if (/[A-Za-z]/.test(next)) return this.command(at);
    if (next === "\n" || next === "\r") return this.cut(at, at + 1);
    if (next === "\\" && this.text[at + 2] === "$" && this.reader.flavour.kramdown) return this.cut(at, at + 2) + 1;
    if (!/[!-/:-@[-`{-~]/.test(next) || at + 1 >= this.end) return at + 1;
    this.cut(at, at + 1);
    return at + 2;
  }

  /** `\(…\)`, which in Markdown may as well be escaped brackets around words. */
  private parenthesis(at: number, opener: string, closer: string): number {
    const from = at + opener.length;
    if (this.nextParenthesis < from) this.nextParenthesis = this.text.indexOf("\\)", from);
    if (this.nextParenthesis < 0) this.nextParenthesis = this.text.length;
    const to = opener === "\\(" ? this.nextParenthesis : this.nextParenthesis - 1;
    if (to + closer.length > this.end || to < from || !this.text.startsWith(closer, to)) return this.cut(at, at + 1) + 1;
    const again = this.text.indexOf(opener, from);
    if ((again >= 0 && again < to) || !isBracketed(this.text, from, to, true)) {
      this.cut(at, at + 1);
      return at + 2;
    }
    this.tokens.push({ kind: "math", start: at, end: to + closer.length, from, to, display: false, environment: null, raw: false, lone: false });
    return to + closer.length;
  }

  private command(at: number): number {
    const name = commandAt(this.text, at) ?? "";
    const definition = readDefinition(this.source, at);
    if (definition && definition.end <= this.end) {
      this.tokens.push({ kind: "define", start: at, end: definition.end, macro: definition.macro });
      return definition.end;
    }
    if (formatting.has(name)) return this.unwrap(at, at + 1 + name.length);
    if (!silent.has(name)) return at + 1;
    const argument = /^\*?(?:\{[^{}\n]{0,80}\})?/.exec(this.text.slice(at + 1 + name.length, at + 90));
    return this.cut(at, Math.min(this.end, at + 1 + name.length + (argument?.[0].length ?? 0)));
  }

  /** `\textbf{words}` is words. */
  private unwrap(at: number, brace: number): number {
    const close = this.text[brace] === "{" ? closing(this.text, brace, "}", 500) : -1;
    if (close < 0 || close >= this.end) return at + 1;
    this.cut(close, close + 1);
    return this.cut(at, brace + 1);
  }

  /** Runs of two or more delimit no inline formula, but for the seam of two. */
  private dollar(at: number): number {
    let end = at + 1;
    while (end < this.end && this.text[end] === "$") end++;
    if (end - at === 1 && this.text[end] === "`") {
      const after = this.dollarAndCode(at);
      if (after !== null) return after;
    }
    if (end - at === 1 || this.seams.has(at)) for (let index = at; index < end; index++) this.dollars[this.dollars.length - 1]?.push(index);
    return end;
  }

  /** `` $`…`$ ``, as GitLab and GitHub have it. */
  private dollarAndCode(at: number): number | null {
    const length = runLength(this.text, at + 1);
    const close = this.runOf(length, at + 1 + length);
    if (close < 0 || this.text[close + length] !== "$") return null;
    return this.codeFormula(at, close + length + 1, at + 1 + length, close);
  }

  private codeSpan(at: number): number {
    const length = runLength(this.text, at);
    const close = this.runOf(length, at + length);
    if (close < 0) return at + length;
    const end = close + length;
    const role = this.roleBefore(at);
    if (role === "math") return this.codeFormula(at, end, at + length, close);
    if (role === "other") return this.cut(at, end);
    this.tokens.push({ kind: "code", start: at, end, from: at + length, to: close });
    return end;
  }

  private codeFormula(start: number, end: number, from: number, to: number): number {
    this.tokens.push({ kind: "math", start, end, from, to, display: false, environment: null, raw: true, lone: false });
    return end;
  }

  /** The start of the next run of exactly `length` backticks in this gap; -1 if none. */
  private runOf(length: number, from: number): number {
    if (this.missingRuns.has(length)) return -1;
    for (let at = this.text.indexOf("`", from); at >= 0 && at < this.end; ) {
      const found = runLength(this.text, at);
      if (found === length) return at;
      at = this.text.indexOf("`", at + found);
    }
    this.missingRuns.add(length);
    return -1;
  }

  /** `{math}` (MyST) or `:math:` (reStructuredText) just before a code span makes it a formula; other roles make it a reference. */
  private roleBefore(at: number): "math" | "other" | null {
    const last = this.tokens[this.tokens.length - 1];
    if (last?.kind !== "cut" || last.end !== at) return null;
    const role = this.text.slice(last.start, last.end);
    if (role === "{math}" || role === ":math:") return "math";
    return /^(?::[\w-]+:|\{[\w:-]+\})$/.test(role) ? "other" : null;
  }

  private angle(at: number): number {
    if (this.text.startsWith("<!--", at)) return this.cut(at, at + 4);
    const link = /^<[A-Za-z][A-Za-z0-9+.-]{1,20}:[^\s<>]*>/.exec(this.text.slice(at, Math.min(this.end, at + 600)));
    if (link) return this.cut(at, at + link[0].length);
    const tag = tagAt(this.text, at, this.end, this.reader.flavour.mdx);
    if (!tag) return at + 1;
    const formula = tag.name === "img" ? this.picture(at, tag.end) : null;
    if (formula) this.tokens.push(formula);
    else if (isStrike(tag.name)) this.tokens.push({ kind: "strike", start: at, end: tag.end, opens: !tag.closing });
    else if (partsWords(tag.name)) this.tokens.push({ kind: "put", start: at, end: tag.end, text: " " });
    else this.cut(at, tag.end);
    return tag.end;
  }

  private picture(start: number, end: number): Token | null {
    const range = attributeRange(this.text, start, end, "src");
    return range && this.drawn(start, end, range[0], range[1]);
  }

  private drawn(start: number, end: number, from: number, to: number): Token | null {
    const source = formulaInUrl(this.source, from, to);
    return source && { kind: "math", start, end, from, to, display: true, environment: null, raw: true, lone: true, source };
  }

  private openBracket(at: number): number {
    const wiki = this.text[at + 1] === "[" ? wikiLink(this.text, at, this.end) : null;
    if (wiki) {
      this.cut(at, wiki.from);
      this.cut(wiki.to, wiki.end);
      return wiki.end;
    }
    if (this.text[at + 1] === "^") {
      const note = /^\[\^[^\]\s]{1,80}\]/.exec(this.text.slice(at, at + 84));
      if (note) return this.cut(at, at + note[0].length);
    }
    this.brackets.push({ at, image: false });
    return at + 1;
  }

  private closeBracket(at: number): number {
    const open = this.brackets.pop();
    if (!open) return at + 1;
    const next = this.text[at + 1];
    const end = next === "(" ? linkEnd(this.text, at + 1, this.end) : next === "[" ? referenceEnd(this.text, at + 1, this.end) : null;
    if (!end) return at + 1;
    if (open.image) {
      this.tokens.push(this.drawn(open.at, end.end, end.from, end.to) ?? { kind: "cut", start: open.at, end: end.end });
      return end.end;
    }
    this.cut(open.at, open.at + 1);
    return this.cut(at, end.end);
  }

  private run(at: number, sign: Run["sign"], least: number): number {
    let end = at + 1;
    while (end < this.end && this.text[end] === sign) end++;
    if (end - at >= least && (least === 1 || end - at === least)) this.runs.push({ start: at, end, sign });
    return end;
  }

  private entity(at: number): number {
    const entity = entityAt(this.text, at);
    if (!entity || entity.end > this.end) return at + 1;
    this.tokens.push({ kind: "put", start: at, end: entity.end, text: entity.text });
    return entity.end;
  }

  /** Shortcodes, Liquid, attributes and MyST roles. */
  private brace(at: number): number {
    const next = this.text.charAt(at + 1);
    if (/[a-z]/.test(next)) return this.markup(at, /^\{[a-z][\w:-]*\}(?=`)/, 60) ?? this.markup(at, attributes, 200) ?? at + 1;
    if (next === "{") return this.markup(at, /^\{\{(?:[<%].*?[>%]|[^{}$\\^_=]*)\}\}/s, 400) ?? at + 1;
    if (next === "%") return this.markup(at, /^\{%.*?%\}/s, 400) ?? at + 1;
    return /[#.:]/.test(next) ? (this.markup(at, attributes, 400) ?? at + 1) : at + 1;
  }

  private markup(at: number, pattern: RegExp, reach: number): number | null {
    const found = pattern.exec(this.text.slice(at, Math.min(this.end, at + reach)));
    return found && this.cut(at, at + found[0].length);
  }

  /** A reStructuredText role before a code span. */
  private colon(at: number): number {
    const role = /^:[a-z][\w-]*:(?=`)/.exec(this.text.slice(at, Math.min(this.end, at + 40)));
    return role ? this.cut(at, at + role[0].length) : at + 1;
  }
}

const formatting = new Set("paragraph subparagraph section subsection subsubsection textbf textit emph underline textsc textrm".split(" "));
/** Raw TeX that shows nothing in a web page. */
const silent = new Set("label ref eqref cite citet citep newpage pagebreak clearpage noindent vspace hspace bigskip medskip smallskip".split(" "));
const attributes = /^\{:?\s*(?:[#.][\w:-]+|[\w-]+="[^"{}]*")(?:\s+(?:[#.][\w:-]+|[\w-]+=(?:"[^"{}]*"|[^\s"{}]+)))*\s*\}/;

function runLength(text: string, at: number): number {
  let end = at + 1;
  while (text[end] === "`") end++;
  return end - at;
}
