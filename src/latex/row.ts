/**
 * One row: nodes side by side until something that belongs to what is around
 * the row (`}`, `&`, `\\`, `\end`, `\right`, a closing bracket). That is left
 * for whoever opened it; what closes nothing is reported and passed over, so
 * that reading always goes on to the end of the source.
 */
import { commandOf, readCommand, readGroup, readLetter } from "./atoms";
import type { Command, Delimiter, Side } from "./command";
import { Fences, readDelimiter } from "./families/delimiters";
import { fractionOf } from "./families/fractions";
import { isStarForSubscript } from "./families/mangled";
import { applyFont } from "./families/names";
import { readNumber } from "./families/numbers";
import { joinBracedScript, readScripts, startsTransposed } from "./families/scripts";
import type { Parser } from "./parser";
import { rawArgument } from "./raw";
import type { Token } from "./tokens";
import type { Node } from "./types";

/** Blanks that set apart what stands on both sides of them; thinner ones stand in products. */
const gaps: ReadonlySet<string> = new Set([" ", "\n", ";", ":", ">", "space", "medspace", "thickspace", "enspace", "enskip", "nobreakspace", "~"]);

/** So many of them side by side are as wide as a `\\quad`. */
const blanksOfQuad = 3;

export class RowReader {
  private items: Node[] = [];
  private fences: Fences | null = null;
  /** What stands before an `\over`. */
  private above: { readonly items: Node[]; readonly line: boolean } | null = null;
  /** Index of the first item after a switch of the font. */
  private switchedAt = -1;
  /** How many blanks stand behind the last item. */
  private blanks = 0;
  /** Whether a blank was just passed over. */
  private afterBlank = false;

  constructor(private readonly parser: Parser) {}

  read(): Node[] {
    const { parser } = this;
    const { font } = parser;
    parser.stopped = "close";
    while (this.step(parser.stream.peek())) continue;
    this.fences?.finish();
    if (this.switchedAt >= 0) {
      applyFont(this.items, Math.min(this.switchedAt, this.items.length), parser.font);
      parser.font = font;
    }
    return this.above ? [this.infixFraction(this.above)] : this.items;
  }

  /** Reads what comes next; false where the row ends. */
  private step(token: Token): boolean {
    const { parser, items, afterBlank } = this;
    this.afterBlank = false;
    switch (token.kind) {
      case "letter":
        items.push(readLetter(parser, token));
        return true;
      case "digit":
        items.push(readNumber(parser));
        return true;
      case "open":
        items.push(readGroup(parser));
        joinBracedScript(items);
        return true;
      case "superscript":
        if (startsTransposed(parser, items, afterBlank)) items.push({ kind: "group", body: [], start: token.start, end: token.start });
        readScripts(parser, items);
        return true;
      case "subscript":
      case "prime":
        readScripts(parser, items);
        return true;
      case "align":
        parser.stopped = "align";
        return false;
      case "end":
        return false;
      case "close":
        return parser.groups === 0 && this.reject(token, "unexpected '}'");
      case "dollar":
        return parser.dollars === 0 && this.reject(token, "'$' inside of a formula");
      case "parameter":
        return this.reject(token, `'#${token.text}' outside of a definition`);
      case "command":
        return parser.macroNamed(token.text) ? this.expand(token) : this.command(token, commandOf(token));
      case "mark":
        return this.command(token, commandOf(token));
    }
  }

  private expand(token: Token): true {
    this.parser.stream.next();
    if (!this.parser.expand(token, false)) this.items.push({ kind: "unknown", name: token.text, start: token.start, end: token.end });
    return true;
  }

  private markGap({ start, end }: Token): void {
    const last = this.items[this.items.length - 1];
    if (!last) return;
    this.blanks = last.gap ? this.blanks + 1 : 1;
    if (this.blanks < blanksOfQuad) this.items[this.items.length - 1] = { ...last, gap: true };
    else this.items.push({ kind: "space", name: "quad", start, end });
  }

  private command(token: Token, command: Command): boolean {
    const { parser, items } = this;
    switch (command.kind) {
      case "skip":
        parser.stream.next();
        this.afterBlank = true;
        if (gaps.has(token.text)) this.markGap(token);
        return true;
      case "delimiter":
        return this.delimiter(token, command.delimiter);
      case "sized":
        return this.sized(token, command.side);
      case "script":
        readScripts(parser, items);
        return true;
      case "combining":
        return this.combine(token, command.accent);
      case "font":
        parser.stream.next();
        parser.font = command.font;
        this.switchedAt = items.length;
        return true;
      case "infix":
        return this.infix(token, command.line);
      case "break":
        parser.stopped = "break";
        return false;
      case "end":
        return parser.environments.length === 0 && this.strayEnd(token);
      case "right":
        return parser.lefts === 0 && this.loneDelimiter(token, "'\\right' without a '\\left'");
      case "middle":
        return this.loneDelimiter(token, parser.lefts > 0 ? null : "'\\middle' outside of '\\left' and '\\right'");
      case "mathEnd":
        return parser.parentheses === 0 && this.reject(token, `'\\${token.text}' inside of a formula`);
      default: {
        if (isStarForSubscript(parser, token, items)) parser.problem("warning", "'*' where a '_' is more likely", token.start, token.end);
        const node = readCommand(parser, token, command);
        if (node) items.push(node);
        joinBracedScript(items);
        return true;
      }
    }
  }

  private reject(token: Token, message: string): true {
    this.parser.stream.next();
    this.parser.problem("error", message, token.start, token.end);
    return true;
  }

  private delimiter(token: Token, delimiter: Delimiter): boolean {
    const { parser } = this;
    if (parser.isClosing(token) && !this.fences?.hasOpen(delimiter.family)) return false;
    parser.stream.next();
    this.fences ??= new Fences(parser, this.items);
    this.fences.add(delimiter, delimiter.side, false, token.start, token.end);
    return true;
  }

  private sized(token: Token, side: Side | "middle" | null): true {
    const { parser } = this;
    if (side === "middle") return this.loneDelimiter(token, null);
    parser.stream.next();
    const delimiter = readDelimiter(parser, token);
    if (!delimiter || delimiter.name === ".") return true;
    this.fences ??= new Fences(parser, this.items);
    this.fences.add(delimiter, side ?? delimiter.side, true, token.start, parser.stream.end);
    return true;
  }

  /** `\middle|`, `\bigm|`, and a `\right` that is out of place: the delimiter is an operator. */
  private loneDelimiter(token: Token, complaint: string | null): true {
    const { parser } = this;
    parser.stream.next();
    const delimiter = readDelimiter(parser, token);
    const place = { start: token.start, end: parser.stream.end };
    if (complaint) parser.problem("error", complaint, place.start, place.end);
    if (delimiter && delimiter.name !== ".") this.items.push({ kind: "operator", name: delimiter.name, class: "punctuation", ...place });
    return true;
  }

  /** A combining accent belongs to the character before it; stacks of them end at two, so that they do not deepen the tree. */
  private combine(token: Token, accent: string): true {
    this.parser.stream.next();
    const last = this.items[this.items.length - 1];
    const stacked = last?.kind === "accent" && last.body[0]?.kind === "accent";
    if (last && !stacked) this.items[this.items.length - 1] = { kind: "accent", name: accent, body: [last], start: last.start, end: token.end };
    return true;
  }

  private infix(token: Token, line: boolean): true {
    const { parser } = this;
    if (this.above) return this.reject(token, `a second '\\${token.text}' in one group`);
    parser.stream.next();
    this.fences?.finish();
    this.fences = null;
    this.above = { items: this.items, line };
    this.items = [];
    return true;
  }

  private infixFraction(above: { readonly items: Node[]; readonly line: boolean }): Node {
    const { end } = this.parser.stream;
    const start = above.items[0]?.start ?? this.items[0]?.start ?? end;
    return fractionOf(above.items, this.items, above.line, start, this.items[this.items.length - 1]?.end ?? end);
  }

  private strayEnd(token: Token): true {
    const { parser } = this;
    parser.stream.next();
    const name = rawArgument(parser);
    parser.problem("error", `'\\end{${name}}' without its '\\begin'`, token.start, parser.stream.end);
    return true;
  }
}
