/**
 * Undoes, inside a formula, the escapes that Markdown needed around it: `\_` for
 * a subscript, `\\\\` for a row break, `\\{` for a brace, `&lt;`, and what
 * converters leave behind (`\` at a line's end for `\\`, `\sum*{` for `\sum_{`).
 * Only where LaTeX itself has no sensible reading; the characters that stay
 * keep their places.
 */
import type { SourceText } from "../base/span";
import { offsetAt } from "../base/span";
import { isAsciiLetter } from "./looks";
import { SourceBuilder } from "./source";

export interface EscapeContext {
  /** Kramdown reads this formula as text (`$…$`, a bare environment): `\|` is its `|`. */
  readonly kramdown: boolean;
  /** In a table's cell, where `\|` is how to write `|`. */
  readonly cell: boolean;
}

export function unescapeMath(source: SourceText, context: EscapeContext): SourceText {
  if (!suspicious.test(source.text)) return source;
  const unescaper = new Unescaper(source, context);
  return unescaper.run();
}

const suspicious = /\\[_*|]|\\\\[\\_{}|$]|(?<!\\)\\[ \t]*\r?\n|&(?:lt|gt|amp);|[a-zA-Z]\*[{\\a-zA-Z]/;
const entities: Readonly<Record<string, string>> = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };
const bigOperators = new Set("sum prod int iint oint bigcup bigcap bigoplus bigotimes coprod min max lim inf sup nabla".split(" "));
const rowsHere = /\\begin\{(?:aligned|alignedat|gathered|split|cases|array|\w?matrix|align\*?|gather\*?)\}/;
const delimiterSizes = /\\(?:left|right|middle|[bB]igg?[lrm]?)$/;
const wordyGroup = /\\(?:text\w*|mbox|hbox|mathrm|mathtt|mathsf|mathit|operatorname\*?|label|tag|ref|eqref)\s*$/;

class Unescaper {
  private readonly text: string;
  private readonly built = new SourceBuilder();
  /** For every open brace, whether words stand in it. */
  private readonly groups: boolean[] = [];
  private readonly escapedBraces: boolean;
  private readonly brokenRows: boolean;
  private readonly lonelyBars: boolean;
  private readonly escapedNorms: boolean;
  private at = 0;
  private kept = 0;

  constructor(
    private readonly source: SourceText,
    private readonly context: EscapeContext,
  ) {
    this.text = source.text;
    this.escapedBraces = bracesAreEscaped(this.text);
    this.brokenRows = !this.text.includes("\\\\") && rowsHere.test(this.text);
    this.escapedNorms = normsAreEscaped(this.text);
    this.lonelyBars = context.cell || (context.kramdown && barsAreLonely(this.text));
  }

  run(): SourceText {
    while (this.at < this.text.length) this.step(this.text.charCodeAt(this.at));
    this.keepTo(this.text.length);
    return this.built.build(offsetAt(this.source, 0));
  }

  private step(code: number): void {
    if (code === 92) return this.backslashes();
    if (code === 123) this.groups.push(wordyGroup.test(this.text.slice(Math.max(0, this.at - 16), this.at)));
    else if (code === 125) this.groups.pop();
    else if (code === 38) return this.entity();
    else if (code === 42 && this.isScript()) return this.replace(1, "_");
    this.at++;
  }

  private backslashes(): void {
    let length = 1;
    while (this.text.charCodeAt(this.at + length) === 92) length++;
    const next = this.text.charAt(this.at + length);
    if (length === 1) this.single(next);
    else if (length === 2) this.double(next);
    else this.many(length, next);
  }

  private single(next: string): void {
    if (next === "_" && !this.inWords()) return this.drop(1, 1);
    if (next === "*") return this.drop(1, 1);
    if (next === "|" && this.lonelyBars) return this.drop(1, 1);
    if (this.brokenRows && /^[ \t]*\r?\n/.test(this.text.slice(this.at + 1, this.at + 40))) return this.replace(1, "\\\\");
    this.at += 2;
  }

  private double(next: string): void {
    if (next === "_" && !this.inWords()) return this.drop(2, 1);
    if ((next === "|" && (this.context.cell || this.context.kramdown || this.escapedNorms)) || (next === "$" && this.context.kramdown)) return this.drop(1, 2);
    if ((next === "{" || next === "}") && (this.escapedBraces || delimiterSizes.test(this.text.slice(Math.max(0, this.at - 8), this.at)))) return this.drop(1, 2);
    this.at += 2;
  }

  /** Four are a row break written for Markdown; an odd one more belongs to what follows, unless nothing does. */
  private many(length: number, next: string): void {
    const odd = length % 2 === 1 && next !== "" && !/\s/.test(next);
    this.at += 2;
    this.drop(length - 2 - (odd ? 1 : 0), odd ? 2 : 0);
  }

  private entity(): void {
    const name = /^&(?:lt|gt|amp);/.exec(this.text.slice(this.at, this.at + 5))?.[0];
    const character = name === undefined ? undefined : entities[name];
    if (name !== undefined && character !== undefined) this.replace(name.length, character);
    else this.at++;
  }

  /** `\sum*{i=1}`: an underscore that a converter took for emphasis. */
  private isScript(): boolean {
    let from = this.at;
    while (from > 0 && isAsciiLetter(this.text.charCodeAt(from - 1))) from--;
    if (from === this.at || this.text[from - 1] !== "\\") return false;
    const name = this.text.slice(from, this.at);
    const next = this.text.charAt(this.at + 1);
    return bigOperators.has(name) && (next === "{" || (name === "nabla" && /[\\A-Za-z]/.test(next)));
  }

  private inWords(): boolean {
    return this.groups[this.groups.length - 1] === true;
  }

  /** Leaves out `count` characters from here, and steps over `over` more. */
  private drop(count: number, over: number): void {
    this.keepTo(this.at);
    this.kept = this.at + count;
    this.at = this.kept + over;
  }

  private replace(count: number, by: string): void {
    this.keepTo(this.at);
    const start = offsetAt(this.source, this.at);
    this.built.decoded(by, start, offsetAt(this.source, this.at + count - 1) + 1 - start);
    this.kept = this.at += count;
  }

  private keepTo(end: number): void {
    if (end > this.kept) this.built.append(this.source, this.kept, end);
    this.kept = Math.max(this.kept, end);
  }
}

/** `\\{ … \\}`, each opening with its own close: as LaTeX it would be a row break before a group that ends in one. */
function bracesAreEscaped(text: string): boolean {
  if (!text.includes("\\\\{") || !text.includes("\\\\}")) return false;
  const open: boolean[] = [];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 123 || code === 125) {
      const escaped = text[at - 1] === "\\" && text[at - 2] === "\\";
      if (code === 123) open.push(escaped);
      else if (open.pop() !== escaped) return false;
    } else if (code === 92 && text[at + 1] !== "\\") at++;
    else if (code === 92) at++;
  }
  return open.length === 0;
}

/** `\\|x\\|`: pairs of bars behind two backslashes each, where no other bar stands and no row ends. */
function normsAreEscaped(text: string): boolean {
  const bars = text.match(/\\\\\|/g)?.length ?? 0;
  return bars > 0 && bars % 2 === 0 && bars === (text.match(/\|/g)?.length ?? 0) && !/\\begin|&|\\\\[^|_{}]/.test(text);
}

/** Bars that open no norm: an odd number, or each with space on both sides (`Y \| X`). */
function barsAreLonely(text: string): boolean {
  const bars = text.match(/\\\|/g)?.length ?? 0;
  return bars % 2 === 1 || (text.match(/\s\\\|\s/g)?.length ?? 0) === bars;
}
