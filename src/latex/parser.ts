/**
 * Rows, groups and arguments: what every command family builds on. A row is read
 * until something that belongs to what is around it (`}`, `&`, `\\`, `\end`,
 * `\right`, `]`); that is left for whoever opened it. What closes nothing is
 * reported and passed over, so that reading always ends at the end of the source.
 *
 * Every nesting goes through `enter`, which refuses beyond `maximumDepth`: the
 * tree is never deeper than that, whatever the source is.
 */
import { characterCommand, compoundsBy } from "./characters";
import type { Command, Delimiter, Side } from "./command";
import { commands } from "./commands";
import { delimiterNamed, Fences, readDelimiter } from "./families/delimiters";
import { linesFrom, readRows } from "./families/environments";
import { fractionOf } from "./families/fractions";
import { applyFont } from "./families/names";
import { readDigit, readNumber } from "./families/numbers";
import { readScripts } from "./families/scripts";
import { isStarForSubscript } from "./families/mangled";
import { wellKnownMacro } from "./families/wellknown";
import { compileMacro, expandCall, expansionLimit, macrosByName, type Macro, type MacroSource, type MacroSources } from "./macros";
import { TokenStream } from "./stream";
import { tokenize, type Token } from "./tokens";
import type { EnvironmentRow, Node, Place, Row, SyntaxProblem } from "./types";

const maximumDepth = 100;
/** A formula with more problems than this is not worth more of them. */
const maximumProblems = 50;

const unknownCommand: Command = { kind: "unknown" };

/** A bracket that found no partner in its own row. */
export interface Unpaired extends Place {
  readonly name: string;
  readonly family: string;
  readonly opens: boolean;
}

export class Parser {
  readonly stream: TokenStream;
  readonly problems: SyntaxProblem[] = [];
  readonly unpaired: Unpaired[] = [];
  /** The font of the letters that come next; a switch of it ends with its row. */
  font = "";
  depth = 0;
  /** How many of each are open around the current row. */
  groups = 0;
  lefts = 0;
  readonly environments: string[] = [];
  /** How many scripts are around, and how many of them are superscripts. */
  scripts = 0;
  superscripts = 0;
  /** Whether `&` and `\\` belong to an alignment around the row, with no brace between. */
  cells = false;
  /** The text of an `\intertext` that no row has taken yet. */
  intertext: string | null = null;
  /** What ended the last row. */
  stopped: "align" | "break" | "close" = "close";

  private readonly macros: ReadonlyMap<string, MacroSource> | null;
  private readonly local = new Map<string, Macro>();
  private purse = expansionLimit;
  /** The bracket that closes the argument that is read: `]` of an option. */
  private closing: Delimiter | null = null;
  private dollars = 0;
  private parentheses = 0;

  /** The call that emptied the purse, if one did; the tree is of no use then. */
  runaway: Token | null = null;
  /** The last call that stands in the source itself. */
  private outermost: Token | null = null;

  /** Calls of the macros in `unexpanded` are left as unknown commands. */
  constructor(
    source: string,
    macros: MacroSources | undefined,
    private readonly unexpanded: ReadonlySet<string> | "all",
  ) {
    this.stream = new TokenStream(tokenize(source));
    this.macros = macrosByName(macros);
  }

  /** Nodes up to whatever ends the row, which is not taken. */
  row(): Node[] {
    let items: Node[] = [];
    let fences: Fences | null = null;
    let above: { readonly items: Node[]; readonly line: boolean } | null = null;
    let switchedAt = -1;
    const { font } = this;
    this.stopped = "close";
    reading: for (;;) {
      const token = this.stream.peek();
      switch (token.kind) {
        case "letter":
          this.stream.next();
          items.push({ kind: "symbol", name: token.text, font: this.font, start: token.start, end: token.end });
          continue;
        case "digit":
          items.push(readNumber(this));
          continue;
        case "open":
          items.push(this.group());
          continue;
        case "superscript":
        case "subscript":
        case "prime":
          readScripts(this, items);
          continue;
        case "align":
          this.stopped = "align";
          break reading;
        case "end":
          break reading;
        case "close":
          if (this.groups > 0) break reading;
          this.stream.next();
          this.problem("error", "unexpected '}'", token.start, token.end);
          continue;
        case "dollar":
          if (this.dollars > 0) break reading;
          this.stream.next();
          this.problem("error", "'$' inside of a formula", token.start, token.end);
          continue;
        case "parameter":
          this.stream.next();
          this.problem("error", `'#${token.text}' outside of a definition`, token.start, token.end);
          continue;
        case "mark":
        case "command":
          break;
      }
      if (token.kind === "command" && this.macroNamed(token.text)) {
        this.stream.next();
        if (this.expand(token, false)) continue;
        items.push({ kind: "unknown", name: token.text, start: token.start, end: token.end });
        continue;
      }
      const command = this.commandOf(token);
      switch (command.kind) {
        case "skip":
          this.stream.next();
          continue;
        case "delimiter": {
          const { delimiter } = command;
          if (this.closing?.name === delimiter.name && !fences?.hasOpen(delimiter.family)) break reading;
          this.stream.next();
          fences ??= new Fences(this, items);
          fences.add(delimiter, delimiter.side, false, token.start, token.end);
          continue;
        }
        case "sized":
          this.stream.next();
          fences ??= new Fences(this, items);
          this.sized(token, command.side, fences, items);
          continue;
        case "script":
          readScripts(this, items);
          continue;
        case "combining":
          this.stream.next();
          combine(items, command.accent, token);
          continue;
        case "font":
          this.stream.next();
          this.font = command.font;
          switchedAt = items.length;
          continue;
        case "infix":
          this.stream.next();
          if (above) this.problem("error", `a second '\\${token.text}' in one group`, token.start, token.end);
          else {
            fences?.finish();
            fences = null;
            above = { items, line: command.line };
            items = [];
          }
          continue;
        case "break":
          this.stopped = "break";
          break reading;
        case "end":
          if (this.environments.length > 0) break reading;
          this.strayEnd(token);
          continue;
        case "right":
          if (this.lefts > 0) break reading;
          this.strayRight(token, items);
          continue;
        case "middle":
          this.middle(token, items);
          continue;
        case "mathEnd":
          if (this.parentheses > 0) break reading;
          this.stream.next();
          this.problem("error", `'\\${token.text}' inside of a formula`, token.start, token.end);
          continue;
        default: {
          if (token.text === "*" && token.kind === "mark") this.checkStar(token, items);
          const node = this.build(token, command);
          if (node) items.push(node);
        }
      }
    }
    fences?.finish();
    if (switchedAt >= 0) {
      applyFont(items, Math.min(switchedAt, items.length), this.font);
      this.font = font;
    }
    if (!above) return items;
    const start = above.items[0]?.start ?? items[0]?.start ?? this.stream.end;
    return [fractionOf(above.items, items, above.line, start, items[items.length - 1]?.end ?? this.stream.end)];
  }

  /** A row, or the environment "lines" where it is broken into several. */
  body(): Row {
    const first = this.row();
    return this.stopped === "close" ? first : linesFrom(this, first);
  }

  /** What follows `\left(`; an alignment around it keeps its `&` and `\\`. */
  insideLeft(): Row {
    const { closing } = this;
    this.closing = null;
    const body = this.cells ? this.row() : this.body();
    this.closing = closing;
    return body;
  }

  insideCells(read: () => EnvironmentRow[]): EnvironmentRow[] {
    const { cells, closing, intertext } = this;
    this.cells = true;
    this.closing = null;
    this.intertext = null;
    const rows = read();
    this.cells = cells;
    this.closing = closing;
    this.intertext = intertext;
    return rows;
  }

  /** What follows an open brace, and its partner. */
  braced(open: Token): Row {
    if (!this.enter(open)) {
      this.stream.balanced();
      return [];
    }
    const { cells, closing } = this;
    this.cells = false;
    this.closing = null;
    this.groups++;
    const body = this.body();
    this.groups--;
    this.cells = cells;
    this.closing = closing;
    this.leave();
    this.closeBrace(open);
    return body;
  }

  /** The same for a body that is made of rows. */
  bracedRows(open: Token): EnvironmentRow[] {
    if (!this.enter(open)) {
      this.stream.balanced();
      return [];
    }
    this.groups++;
    const rows = this.insideCells(() => readRows(this));
    this.groups--;
    this.leave();
    this.closeBrace(open);
    return rows;
  }

  /** An argument: what is in braces, or one atom. An empty row, and a problem, where there is none. */
  argument(command: Token): Row {
    for (;;) {
      const token = this.stream.peek();
      if (token.kind === "open") {
        this.stream.next();
        return this.braced(token);
      }
      if (token.kind === "digit") return [readDigit(this)];
      if (token.kind === "command" && this.macroNamed(token.text)) {
        this.stream.next();
        if (this.expand(token, true)) continue;
        return [{ kind: "unknown", name: token.text, start: token.start, end: token.end }];
      }
      if (!this.startsAtom(token)) {
        this.missing(command);
        return [];
      }
      if (!this.enter(token)) return [];
      const node = this.atom(token);
      this.leave();
      if (node) return [node];
    }
  }

  argumentIn(font: string, command: Token): Row {
    const outer = this.font;
    this.font = font;
    const row = this.argument(command);
    this.font = outer;
    return row;
  }

  /** `[…]` as mathematics; null where no bracket comes next. */
  optional(): Row | null {
    const open = this.stream.peek();
    if (open.kind !== "mark" || open.text !== "[") return null;
    if (!this.enter(open)) return null;
    this.stream.next();
    const row = this.upTo("]");
    const close = this.stream.peek();
    if (close.kind === "mark" && close.text === "]") this.stream.next();
    else this.problem("error", "'[' is not closed", open.start, open.end);
    return row;
  }

  /** `(…)` or `[…]` as one, where an argument has no braces but is closed soon; null where none comes next. */
  bracketed(): Node | null {
    const open = this.stream.peek();
    if (open.kind !== "mark" || (open.text !== "(" && open.text !== "[")) return null;
    const closing = open.text === "(" ? ")" : "]";
    if (!this.closesSoon(open.text, closing) || !this.enter(open)) return null;
    this.stream.next();
    const body = this.upTo(closing);
    this.stream.next();
    return { kind: "fenced", open: open.text, close: closing, body, sized: false, start: open.start, end: this.stream.end };
  }

  /** Mathematics inside of text: `$…$` or `\(…\)`, whose opening was just taken. */
  enclosed(by: "dollar" | "parenthesis", open: Token): Row {
    if (!this.enter(open)) return [];
    const { cells, closing: bracket, font } = this;
    this.cells = false;
    this.closing = null;
    this.font = "";
    const closing = by === "dollar" ? "$" : ")";
    if (by === "dollar") this.dollars++;
    else this.parentheses++;
    const body = this.body();
    if (by === "dollar") this.dollars--;
    else this.parentheses--;
    this.cells = cells;
    this.closing = bracket;
    this.font = font;
    this.leave();
    const close = this.stream.peek();
    if (close.text === closing && (close.kind === "dollar" || close.kind === "command")) this.stream.next();
    else this.problem("error", `'${by === "dollar" ? "$" : "\\("}' is not closed`, open.start, open.end);
    return body;
  }

  /** The characters of an argument that is no mathematics: a name, a length, a colour. */
  rawArgument(): string {
    const token = this.stream.peek();
    if (token.kind === "open") {
      this.stream.next();
      const inside = this.stream.balanced();
      if (!inside) this.problem("error", "'{' is not closed", token.start, token.end);
      return (inside ?? []).map(writtenToken).join("").trimStart();
    }
    if (token.kind === "end" || token.kind === "close" || token.kind === "align" || (token.kind === "command" && !this.isTakeable(token))) return "";
    return this.stream.next().text;
  }

  skipOptional(): void {
    const first = this.stream.peek();
    if (first.kind !== "mark" || first.text !== "[") return;
    for (let token = this.stream.peek(); token.kind !== "end" && token.kind !== "close" && token.kind !== "align"; token = this.stream.peek()) {
      this.stream.next();
      if (token.kind === "mark" && token.text === "]") return;
    }
    this.problem("error", "'[' is not closed", first.start, first.end);
  }

  /** A bracket that holds nothing else than the pattern, which is short: `[t]`, `[cc]`. */
  skipOptionalIf(pattern: RegExp): void {
    const first = this.stream.peek();
    if (first.kind !== "mark" || first.text !== "[") return;
    let text = "";
    for (let distance = 1; distance < 20; distance++) {
      const token = this.stream.ahead(distance);
      if (!token || token.kind === "end") return;
      if (token.kind === "mark" && token.text === "]") {
        if (pattern.test(text)) this.skipOptional();
        return;
      }
      text += token.text;
    }
  }

  takeStar(): void {
    const token = this.stream.peek();
    if (token.kind === "mark" && token.text === "*" && !token.spaced) this.stream.next();
  }

  /** One more level of nesting; false, and a problem, where there are too many. */
  enter(place: Place): boolean {
    if (this.depth < maximumDepth) {
      this.depth++;
      return true;
    }
    if (!this.problems.some(({ message }) => message === "nested too deeply")) this.problem("error", "nested too deeply", place.start, place.end);
    return false;
  }

  leave(): void {
    this.depth--;
  }

  /** One place has one problem of a kind: what follows from the first is no news. */
  problem(severity: "error" | "warning", message: string, start: number, end: number): void {
    const { problems } = this;
    if (problems.length >= maximumProblems || problems.some((old) => old.start === start && old.end === end && old.severity === severity)) return;
    problems.push({ severity, message, start, end });
  }

  missing(command: Token): void {
    if (this.depth >= maximumDepth) return;
    this.problem("error", `'${command.kind === "command" ? "\\" : ""}${command.text}' needs an argument`, command.start, command.end);
  }

  /** Whether what comes next can be an argument without braces: not a space, a switch, or something of the row. */
  private startsAtom(token: Token): boolean {
    if (!this.isTakeable(token)) return false;
    return (token.kind !== "command" && token.kind !== "mark") || !barren.has(this.commandOf(token).kind);
  }

  /** Whether a token may be read at all by whoever comes: it is not what ends the row, or works on the whole of it. */
  isTakeable(token: Token): boolean {
    switch (token.kind) {
      case "letter":
      case "digit":
      case "open":
        return true;
      case "mark":
      case "command":
        return !rowLevel.has(this.commandOf(token).kind) && token.text !== this.closing?.name;
      default:
        return false;
    }
  }

  commandOf(token: Token): Command {
    return (token.kind === "mark" ? characterCommand(token.text) : commands.get(token.text)) ?? unknownCommand;
  }

  /** The node of a command that was just taken, where it is one that is known; else null. */
  known(token: Token): Node | null {
    const command = this.commandOf(token);
    return rowLevel.has(command.kind) ? null : this.meaning(token, command);
  }

  /** The document's macro, the formula's own, or the usual one of a name that nothing else defines. */
  macroNamed(name: string): Macro | undefined {
    const local = this.local.size ? this.local.get(name) : undefined;
    if (local) return local;
    const source = this.macros?.get(name);
    if (source) return compileMacro(source);
    return commands.has(name) ? undefined : wellKnownMacro(name);
  }

  isDefined(name: string): boolean {
    return this.local.has(name) || this.macros?.has(name) === true || commands.has(name);
  }

  define(name: string, macro: Macro): void {
    this.local.set(name, macro);
  }

  /** Expands the call of a macro that was just taken; false where it is none, or cannot be. */
  expand(token: Token, grouped: boolean): boolean {
    if (this.unexpanded === "all" || this.unexpanded.has(token.text)) return false;
    const macro = this.macroNamed(token.text);
    if (!macro) return false;
    if (this.stream.atSource) this.outermost = token;
    return expandCall(this, token, macro, grouped);
  }

  /** Pays for expanded tokens. Once the purse is empty the rest is passed over: the caller tries again without the macro to blame. */
  spend(tokens: number, call: Token): boolean {
    this.purse -= tokens;
    if (this.purse >= 0) return true;
    this.runaway ??= this.outermost ?? call;
    this.stream.abandon();
    return false;
  }

  /** One atom without its scripts. */
  private atom(token: Token): Node | null {
    switch (token.kind) {
      case "letter":
        this.stream.next();
        return { kind: "symbol", name: token.text, font: this.font, start: token.start, end: token.end };
      case "open":
        return this.group();
      default:
        return this.build(token, this.commandOf(token));
    }
  }

  private group(): Node {
    const open = this.stream.next();
    const body = this.braced(open);
    return { kind: "group", body, start: open.start, end: this.stream.end };
  }

  /** Takes the token and makes what it means; signs of several characters are one. */
  private build(token: Token, command: Command): Node | null {
    if (token.kind === "mark") {
      if (token.text === "." && isDecimal(this.stream.ahead(1))) return readNumber(this);
      const compound = this.compound(token);
      if (compound) return compound;
    }
    this.stream.next();
    return this.meaning(token, command);
  }

  private meaning(token: Token, command: Command): Node | null {
    const { start, end } = token;
    switch (command.kind) {
      case "symbol":
        return { kind: "symbol", name: command.name, font: command.font ?? this.font, start, end };
      case "operator":
        return { kind: "operator", name: command.name, class: command.class, start, end };
      case "big":
        return { kind: "big", name: command.name, start, end };
      case "name":
        return { kind: "name", name: command.name, font: "", start, end };
      case "space":
        return { kind: "space", name: command.name, start, end };
      case "read":
        return command.read(this, token);
      case "delimiter":
        return { kind: "operator", name: command.delimiter.name, class: "punctuation", start, end };
      case "unknown":
        return this.unknown(token);
      default:
        return null;
    }
  }

  private unknown(token: Token): Node {
    const { text, start, end } = token;
    if (token.kind === "mark") this.problem("warning", `'${text}' has no meaning in mathematics`, start, end);
    else if (text === "") this.problem("error", "a backslash at the end", start, end);
    else this.problem("warning", `'\\${text}' is not a known command`, start, end);
    return { kind: "unknown", name: text, start, end };
  }

  /** `:=`, `<=`, `...`: characters that stand close together and are one sign. */
  private compound(token: Token): Node | null {
    const candidates = compoundsBy.get(token.text);
    if (!candidates) return null;
    const found = candidates.find(([sign]) => this.follows(sign));
    if (!found) return null;
    for (let taken = 0; taken < found[0].length; taken++) this.stream.next();
    const [, command] = found;
    const place = { start: token.start, end: this.stream.end };
    if (command.kind === "operator") return { kind: "operator", name: command.name, class: command.class, ...place };
    return { kind: "symbol", name: command.kind === "symbol" ? command.name : "", font: "", ...place };
  }

  private follows(sign: string): boolean {
    for (let distance = 1; distance < sign.length; distance++) {
      const token = this.stream.ahead(distance);
      if (token?.kind !== "mark" || token.text !== sign[distance] || token.spaced) return false;
    }
    return true;
  }

  private sized(token: Token, side: Side | "middle" | null, fences: Fences, items: Node[]): void {
    const delimiter = readDelimiter(this, token);
    if (!delimiter || delimiter.name === ".") return;
    if (side === "middle") items.push({ kind: "operator", name: delimiter.name, class: "punctuation", start: token.start, end: this.stream.end });
    else fences.add(delimiter, side ?? delimiter.side, true, token.start, this.stream.end);
  }

  private middle(token: Token, items: Node[]): void {
    this.stream.next();
    const delimiter = readDelimiter(this, token);
    if (this.lefts === 0) this.problem("error", "'\\middle' outside of '\\left' and '\\right'", token.start, this.stream.end);
    if (delimiter && delimiter.name !== ".") items.push({ kind: "operator", name: delimiter.name, class: "punctuation", start: token.start, end: this.stream.end });
  }

  private strayRight(token: Token, items: Node[]): void {
    this.stream.next();
    const delimiter = readDelimiter(this, token);
    this.problem("error", "'\\right' without a '\\left'", token.start, this.stream.end);
    if (delimiter && delimiter.name !== ".") items.push({ kind: "operator", name: delimiter.name, class: "punctuation", start: token.start, end: this.stream.end });
  }

  private strayEnd(token: Token): void {
    this.stream.next();
    const name = this.rawArgument();
    this.problem("error", `'\\end{${name}}' without its '\\begin'`, token.start, this.stream.end);
  }

  private checkStar(token: Token, items: readonly Node[]): void {
    if (isStarForSubscript(this, token, items)) this.problem("warning", "'*' where a '_' is more likely", token.start, token.end);
  }

  /** A row that a bracket closes, one level down; the bracket is not taken. */
  private upTo(closing: string): Row {
    const { cells, closing: outer } = this;
    this.cells = false;
    this.closing = delimiterNamed(closing) ?? null;
    const row = this.row();
    this.cells = cells;
    this.closing = outer;
    this.leave();
    return row;
  }

  /** Whether the bracket that comes next is closed within a few tokens of plain mathematics. */
  private closesSoon(open: string, closing: string): boolean {
    let depth = 0;
    for (let distance = 0; distance < 40; distance++) {
      const token = this.stream.ahead(distance);
      if (!token || token.kind === "end" || token.kind === "align" || token.kind === "open" || token.kind === "close" || token.kind === "dollar") return false;
      if (token.kind === "command" && rowLevel.has(this.commandOf(token).kind)) return false;
      if (token.kind !== "mark") continue;
      if (token.text === open) depth++;
      else if (token.text === closing && --depth === 0) return true;
    }
    return false;
  }

  private closeBrace(open: Token): void {
    const close = this.stream.peek();
    if (close.kind === "close") this.stream.next();
    else this.problem("error", "'{' is not closed", open.start, open.end);
  }
}

/** Kinds that only a row knows what to do with: they end it, or take what stands before them. */
const rowLevel: ReadonlySet<Command["kind"]> = new Set<Command["kind"]>(["break", "end", "right", "middle", "mathEnd", "infix", "script", "combining"]);

/** Kinds that leave nothing, or no more than a distance. */
const barren: ReadonlySet<Command["kind"]> = new Set<Command["kind"]>(["skip", "space", "font"]);

function isDecimal(token: Token | undefined): boolean {
  return token?.kind === "digit" && !token.spaced;
}

/** A combining accent belongs to the character before it. */
function combine(items: Node[], accent: string, token: Token): void {
  const last = items.pop();
  // Stacks of accents end at two: the tree's depth must not grow with them.
  const stacked = last?.kind === "accent" && last.body[0]?.kind === "accent";
  if (last && stacked) items.push(last);
  else if (last) items.push({ kind: "accent", name: accent, body: [last], start: last.start, end: token.end });
}

function writtenToken(token: Token): string {
  const blank = token.spaced ? " " : "";
  if (token.kind === "command") return `${blank}\\${token.text}`;
  return token.kind === "parameter" ? `${blank}#${token.text}` : blank + token.text;
}
