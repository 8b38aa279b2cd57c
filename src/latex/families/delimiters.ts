/**
 * Delimiters. Bare brackets are paired in their row while it is read, by a stack:
 * a closing one takes the nearest opening one of its family, `[a, b)` is an
 * interval, and what finds no partner stays an operator and is reported. A bare
 * `|` says nothing about its side and stays an operator.
 */
import { named, readers, type Command, type CommandTable, type Delimiter, type Side } from "../command";
import type { Parser } from "../parser";
import type { Token } from "../tokens";
import type { Node, Place, Row } from "../types";

/** Families whose lone members are no mistake: `f\big|_{x=0}`, `\lvert`. */
const bars: ReadonlySet<string> = new Set(["bar", "double bar", "sign"]);

const pairs: readonly (readonly [family: string, open: string, close: string])[] = [
  ["round", "(", ")"],
  ["square", "[", "]"],
  ["curly", "{", "}"],
  ["bar", "|", "|"],
  ["double bar", "‖", "‖"],
  ["angle", "langle", "rangle"],
  ["floor", "lfloor", "rfloor"],
  ["ceiling", "lceil", "rceil"],
  ["group", "lgroup", "rgroup"],
  ["moustache", "lmoustache", "rmoustache"],
  ["double square", "llbracket", "rrbracket"],
  ["double curly", "lBrace", "rBrace"],
  ["double round", "llparenthesis", "rrparenthesis"],
  ["upper corner", "ulcorner", "urcorner"],
  ["lower corner", "llcorner", "lrcorner"],
  ["bag", "lbag", "rbag"],
];

/** Spellings of the same delimiter. */
const spellings: Readonly<Record<string, string>> = {
  lparen: "(",
  rparen: ")",
  lbrack: "[",
  rbrack: "]",
  lbrace: "{",
  rbrace: "}",
  "{": "{",
  "}": "}",
  lang: "langle",
  rang: "rangle",
};

const directed: ReadonlyMap<string, Delimiter> = new Map(
  pairs.flatMap(([family, open, close]): [string, Delimiter][] => (open === close ? [] : [[open, { name: open, family, side: "open" }], [close, { name: close, family, side: "close" }]])),
);

const directedBars: Readonly<Record<string, Delimiter>> = {
  lvert: { name: "|", family: "bar", side: "open" },
  rvert: { name: "|", family: "bar", side: "close" },
  lVert: { name: "‖", family: "double bar", side: "open" },
  rVert: { name: "‖", family: "double bar", side: "close" },
};

const either = (name: string, family: string): Delimiter => ({ name, family, side: "either" });

/** What may follow `\left` and `\big` only: by itself it is an operator. */
const sizedOnly: ReadonlyMap<string, Delimiter> = new Map([
  ...["|", "vert", "mvert", "mid"].map((name): [string, Delimiter] => [name, either("|", "bar")]),
  ...["‖", "Vert", "mVert", "parallel"].map((name): [string, Delimiter] => [name, either("‖", "double bar")]),
  ...["/", "backslash", "uparrow", "downarrow", "updownarrow", "Uparrow", "Downarrow", "Updownarrow"].map((name): [string, Delimiter] => [name, either(name, "sign")]),
  ["<", { name: "langle", family: "angle", side: "open" }],
  [">", { name: "rangle", family: "angle", side: "close" }],
  ["lt", { name: "langle", family: "angle", side: "open" }],
  ["gt", { name: "rangle", family: "angle", side: "close" }],
  [".", either(".", "none")],
]);

export function delimiterNamed(name: string): Delimiter | undefined {
  return directed.get(name);
}

/** The delimiter after `\left`, `\right`, `\middle` or `\big`; null (and a problem) where there is none. */
export function readDelimiter(parser: Parser, after: Token): Delimiter | null {
  for (;;) {
    const token = parser.stream.peek();
    const found = delimiterAt(parser, token);
    if (found) {
      parser.stream.next();
      return found;
    }
    if (token.kind === "command" && parser.macroNamed(token.text)) {
      parser.stream.next();
      if (parser.expand(token, false)) continue;
    }
    parser.problem("error", `'\\${after.text}' needs a delimiter`, after.start, after.end);
    return null;
  }
}

function delimiterAt(parser: Parser, token: Token): Delimiter | undefined {
  switch (token.kind) {
    case "mark": {
      const command = parser.commandOf(token);
      return command.kind === "delimiter" ? command.delimiter : command.kind === "operator" ? sizedOnly.get(command.name) : sizedOnly.get(token.text);
    }
    case "command": {
      if (token.text === "|") return sizedOnly.get("‖");
      const command = parser.commandOf(token);
      return command.kind === "delimiter" ? command.delimiter : sizedOnly.get(token.text);
    }
    case "open":
    case "close":
      return strippedBrace(parser, token);
    default:
      return undefined;
  }
}

/** `\left{`: the backslash of `\{` was forgotten, or eaten by Markdown. */
function strippedBrace(parser: Parser, token: Token): Delimiter | undefined {
  if (token.kind === "close" && parser.groups > 0) return undefined;
  parser.problem("error", `'${token.text}' is no delimiter, '\\${token.text}' is`, token.start, token.end);
  return directed.get(token.text);
}

/** `\left( … \right)`, with `\middle` among what is between. */
function readLeft(parser: Parser, token: Token): Node | null {
  const open = readDelimiter(parser, token);
  const openEnd = parser.stream.end;
  if (!parser.enter(token)) return null;
  parser.lefts++;
  const body = parser.insideLeft();
  parser.lefts--;
  parser.leave();
  const close = readRight(parser, token, openEnd);
  return { kind: "fenced", open: open?.name ?? ".", close, body, sized: true, start: token.start, end: parser.stream.end };
}

function readRight(parser: Parser, left: Token, openEnd: number): string {
  const right = parser.stream.peek();
  if (right.kind === "command" && right.text === "right") {
    parser.stream.next();
    return readDelimiter(parser, right)?.name ?? ".";
  }
  parser.problem("error", `'\\left' is not closed by a '\\right'`, left.start, openEnd);
  return ".";
}

interface Mark extends Place {
  /** Index of the delimiter's operator in the row. */
  readonly index: number;
  readonly delimiter: Delimiter;
  readonly sized: boolean;
  /** A bar that opens something only if another one follows. */
  readonly tentative: boolean;
}

/** The delimiters of one row that are still open. Works on the row's own list of items. */
export class Fences {
  private readonly open: Mark[] = [];
  private readonly strays: Mark[] = [];

  constructor(
    private readonly parser: Parser,
    private readonly items: Node[],
  ) {}

  add(delimiter: Delimiter, side: Side, sized: boolean, start: number, end: number): void {
    const mark = { index: this.items.length, delimiter, sized, tentative: side === "either", start, end };
    if (side === "close") this.close(mark);
    else if (side === "open") this.begin(mark);
    else if (this.closesBar(delimiter)) this.pair(this.open.length - 1, mark);
    else if (bearsScripts(this.parser) || delimiter.family === "sign") this.items.push(operatorOf(mark));
    else this.begin(mark);
  }

  hasOpen(family: string): boolean {
    return this.open.some((mark) => mark.delimiter.family === family);
  }

  /** At the end of the row: intervals written `]a, b[`, and a report of what is left. */
  finish(): void {
    this.parser.depth -= this.open.length;
    const left = [...this.strays, ...this.open.filter((mark) => !mark.tentative)].sort((a, b) => a.index - b.index);
    for (let last = left.length - 1; last >= 0; last--) {
      const close = left[last] as Mark;
      const open = left[last - 1];
      if (open && this.reversedInterval(open, close)) {
        const tail = this.items.splice(close.index + 1);
        this.items.pop();
        this.enclose(open, close);
        this.items.push(...tail);
        last--;
      } else this.report(close);
    }
  }

  private begin(mark: Mark): void {
    if (this.parser.enter(mark)) this.open.push(mark);
    this.items.push(operatorOf(mark));
  }

  private closesBar(delimiter: Delimiter): boolean {
    const top = this.open[this.open.length - 1];
    return top !== undefined && top.tentative && top.delimiter.family === delimiter.family;
  }

  private close(mark: Mark): void {
    const partner = this.partnerOf(mark);
    if (partner >= 0) return this.pair(partner, mark);
    this.items.push(operatorOf(mark));
    this.strays.push(mark);
  }

  private partnerOf(mark: Mark): number {
    let top = this.open.length - 1;
    while (top >= 0 && this.open[top]?.tentative && this.open[top]?.delimiter.family !== mark.delimiter.family) top--;
    const nearest = this.open[top];
    if (!nearest) return -1;
    if (nearest.delimiter.family === mark.delimiter.family || this.halfOpen(nearest, mark)) return top;
    for (let below = top - 1; below >= 0; below--) if (this.open[below]?.delimiter.family === mark.delimiter.family) return below;
    return isBracket(nearest) && isBracket(mark) ? top : -1;
  }

  /** `[a, b)`: brackets of two kinds around exactly two things. */
  private halfOpen(open: Mark, close: Mark): boolean {
    return isBracket(open) && isBracket(close) && this.commas(open.index + 1, this.items.length) === 1;
  }

  private reversedInterval(open: Mark, close: Mark): boolean {
    return open.delimiter.family === "square" && close.delimiter.family === "square" && this.commas(open.index + 1, close.index) === 1;
  }

  private commas(from: number, to: number): number {
    let count = 0;
    for (let at = from; at < to; at++) {
      const node = this.items[at];
      if (node?.kind === "operator" && (node.name === "," || node.name === ";")) count++;
    }
    return count;
  }

  /** Everything since the opening one becomes the body; what was opened in between and not closed is reported. */
  private pair(at: number, close: Mark): void {
    const open = this.open[at] as Mark;
    for (let above = at + 1; above < this.open.length; above++) this.report(this.open[above] as Mark);
    this.parser.depth -= this.open.length - at;
    this.open.length = at;
    while (this.strays.length && (this.strays[this.strays.length - 1] as Mark).index > open.index) this.report(this.strays.pop() as Mark);
    this.enclose(open, close);
  }

  /** Replaces the opening operator and all that follows by a fenced node. */
  private enclose(open: Mark, close: Mark): void {
    const body: Row = this.items.splice(open.index + 1);
    this.items[open.index] = { kind: "fenced", open: open.delimiter.name, close: close.delimiter.name, body, sized: open.sized, start: open.start, end: close.end };
  }

  private report(mark: Mark): void {
    if (mark.tentative || bars.has(mark.delimiter.family)) return;
    const { name, family, side } = mark.delimiter;
    this.parser.unpaired.push({ name, family, opens: side === "open", start: mark.start, end: mark.end });
  }
}

function isBracket(mark: Mark): boolean {
  return isBracketFamily(mark.delimiter.family);
}

function isBracketFamily(family: string): boolean {
  return family === "round" || family === "square";
}

/** Whether two families may enclose something together. */
export function mayPair(open: string, close: string): boolean {
  return open === close || (isBracketFamily(open) && isBracketFamily(close));
}

function bearsScripts(parser: Parser): boolean {
  const next = parser.stream.peek();
  return next.kind === "subscript" || next.kind === "superscript";
}

function operatorOf(mark: Mark): Node {
  const { name } = mark.delimiter;
  return { kind: "operator", name, class: name === "/" || name === "backslash" ? "binary" : "punctuation", start: mark.start, end: mark.end };
}

const sizes = ["big", "Big", "bigg", "Bigg"];

export const delimiters: CommandTable = {
  ...Object.fromEntries([...directed].filter(([name]) => name.length > 1).map(([name, delimiter]): [string, Command] => [name, { kind: "delimiter", delimiter }])),
  ...Object.fromEntries(Object.entries(spellings).map(([name, meaning]): [string, Command] => [name, { kind: "delimiter", delimiter: directed.get(meaning) as Delimiter }])),
  ...Object.fromEntries(Object.entries(directedBars).map(([name, delimiter]): [string, Command] => [name, { kind: "delimiter", delimiter }])),
  ...named(sizes.join(" "), () => ({ kind: "sized", side: null })),
  ...named(sizes.map((size) => `${size}l`).join(" "), () => ({ kind: "sized", side: "open" })),
  ...named(sizes.map((size) => `${size}r`).join(" "), () => ({ kind: "sized", side: "close" })),
  ...named(sizes.map((size) => `${size}m`).join(" "), () => ({ kind: "sized", side: "middle" })),
  ...readers("left", readLeft),
  ...named("right", () => ({ kind: "right" })),
  ...named("middle", () => ({ kind: "middle" })),
};
