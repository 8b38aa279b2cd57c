/**
 * What every command family builds on: the state of reading one formula, its
 * arguments and groups, and the document's macros.
 *
 * Every nesting goes through `enter`, which refuses beyond `maximumDepth`: the
 * tree is never deeper than that, whatever the source is.
 */
import { commandOf, isTakeable, readAtom, readTaken, startsAtom } from "./atoms";
import type { Command } from "./command";
import { commands } from "./commands";
import { linesFrom, readRows } from "./families/environments";
import { readDigit } from "./families/numbers";
import { wellKnownMacro } from "./families/wellknown";
import { compileMacro, expandCall, expansionLimit, macrosByName, type Macro, type MacroSource, type MacroSources } from "./macros";
import { RowReader } from "./row";
import { TokenStream } from "./stream";
import { tokenize, type Token } from "./tokens";
import type { EnvironmentRow, Node, Place, Row, SyntaxProblem } from "./types";

const maximumDepth = 100;
/** A formula with more problems than this is not worth more of them. */
const maximumProblems = 50;

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
  dollars = 0;
  parentheses = 0;
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
  private closing: string | null = null;

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
    return new RowReader(this).read();
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
      if (!startsAtom(this, token)) {
        this.missing(command);
        return [];
      }
      if (!this.enter(token)) return [];
      const node = readAtom(this, token);
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

  /** Whether a bracket closes the argument that is read. */
  isClosing(token: Token): boolean {
    return this.closing !== null && token.text === this.closing;
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

  commandOf(token: Token): Command {
    return commandOf(token);
  }

  /** Whether a token may be read by whoever comes: it is not what ends the row, or works on the whole of it. */
  isTakeable(token: Token): boolean {
    return isTakeable(this, token);
  }

  /** The node of a command that was just taken, where it stands for itself; else null. */
  taken(token: Token): Node | null {
    return readTaken(this, token);
  }

  /** The document's macro, the formula's own, or the usual one of a name that nothing else defines, with or without braces after it. */
  macroNamed(name: string, applied = false): Macro | undefined {
    const local = this.local.size ? this.local.get(name) : undefined;
    if (local) return local;
    const source = this.macros?.get(name);
    if (source) return compileMacro(source);
    return commands.has(name) ? undefined : wellKnownMacro(name, applied);
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
    const macro = this.macroNamed(token.text, this.stream.peek().kind === "open");
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

  /** A row that a bracket closes, one level down; the bracket is not taken. */
  private upTo(closing: string): Row {
    const { cells, closing: outer } = this;
    this.cells = false;
    this.closing = closing;
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
      if (token.kind === "command" && !isTakeable(this, token)) return false;
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
