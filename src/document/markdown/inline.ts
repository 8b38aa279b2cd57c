/**
 * The pieces of a paragraph: formulas, inline code, and text freed of its
 * markup. One scan notes code spans, tags, links, dollars and emphasis runs;
 * then dollars are paired, what lies inside a formula is forgotten, and what is
 * left over is cut. Nothing is copied but by the source builder, so every
 * character keeps its place.
 */
import type { SourceText } from "../../base/span";
import { offsetAt, spanIn } from "../../base/span";
import { pairDollars } from "../dollars";
import { unescapeMath } from "../escapes";
import { cut, SourceBuilder, withoutEnd, withoutStart } from "../source";
import type { Piece } from "../types";
import type { Run } from "./emphasis";
import { pairRuns } from "./emphasis";
import type { Gathered, Island } from "./islands";
import { InlineScan } from "./inline-scan";
import type { MarkdownReader } from "./reader";
import type { Token } from "./tokens";

export interface InlineOptions {
  /** In a table's cell. */
  readonly cell: boolean;
}

export function readInline(reader: MarkdownReader, gathered: Gathered, options: InlineOptions): Piece[] {
  const tokens = tokensOf(reader, gathered);
  return new PieceWriter(reader, gathered.source, options).write(tokens);
}

/** All tokens, in order and without overlap. */
function tokensOf(reader: MarkdownReader, { source, islands, seams }: Gathered): Token[] {
  const scan = new InlineScan(reader, source, new Set(seams));
  let at = 0;
  for (const island of islands) {
    scan.gap(at, island.start);
    scan.tokens.push(islandToken(island));
    at = island.end;
  }
  scan.gap(at, source.text.length);
  const paired = pairedDollars(source.text, scan.dollars);
  complainOfUnclosed(reader, source, scan.dollars.flat(), paired);
  const formulas = [...paired, ...scan.tokens.filter((token) => token.kind === "math")].sort(byStart);
  const runs = outside(scan.runs, formulas);
  return withoutOverlap([...formulas, ...scan.tokens.filter((token) => token.kind !== "math"), ...pairRuns(source.text, runs)].sort(byStart));
}

/** A `$` before a command, without a partner: a formula that was not closed. */
function complainOfUnclosed(reader: MarkdownReader, source: SourceText, dollars: readonly number[], paired: readonly Token[]): void {
  let index = 0;
  for (const at of dollars) {
    while ((paired[index]?.end ?? Infinity) <= at) index++;
    const isInside = (paired[index]?.start ?? Infinity) <= at;
    if (!isInside && /^\\[A-Za-z]/.test(source.text.slice(at + 1, at + 3))) reader.collector.problem("`$` is not closed", spanIn(source, at, at + 1));
  }
}

function islandToken(island: Island): Token {
  return island.kind === "cut" ? { ...island, kind: "cut" } : { ...island, kind: "math", lone: false };
}

/** Pairs signs of one gap only: an island between two signs parts them. */
function pairedDollars(text: string, gaps: readonly (readonly number[])[]): Token[] {
  return gaps.flatMap((dollars) =>
    pairDollars(text, dollars).map(({ open, close }) => ({ kind: "math" as const, start: open, end: close + 1, from: open + 1, to: close, display: false, environment: null, raw: false, lone: false })),
  );
}

function outside(runs: readonly Run[], formulas: readonly Token[]): Run[] {
  let index = 0;
  return runs.filter((run) => {
    while ((formulas[index]?.end ?? Infinity) <= run.start) index++;
    const formula = formulas[index];
    return !formula || run.start < formula.start;
  });
}

function withoutOverlap(tokens: readonly Token[]): Token[] {
  let end = 0;
  return tokens.filter((token) => {
    if (token.start < end) return false;
    end = token.end;
    return true;
  });
}

function byStart(a: Token, b: Token): number {
  return a.start - b.start || b.end - a.end;
}

class PieceWriter {
  private readonly pieces: Piece[] = [];
  private text = new SourceBuilder();
  private struck = 0;

  constructor(
    private readonly reader: MarkdownReader,
    private readonly source: SourceText,
    private readonly options: InlineOptions,
  ) {}

  write(tokens: readonly Token[]): Piece[] {
    let at = 0;
    for (const token of tokens) {
      this.plain(at, token.start);
      this.token(token);
      at = token.end;
    }
    this.plain(at, this.source.text.length);
    this.endText();
    const last = this.pieces[this.pieces.length - 1];
    if (last?.kind === "text") this.pieces[this.pieces.length - 1] = { kind: "text", source: withoutEnd(last.source) };
    return this.pieces;
  }

  /** Text that is struck out is not said. */
  private plain(start: number, end: number): void {
    if (this.struck === 0 && end > start) this.text.append(this.source, start, end);
  }

  private token(token: Token): void {
    switch (token.kind) {
      case "cut":
        return;
      case "put":
        if (this.struck === 0) this.text.decoded(token.text, offsetAt(this.source, token.start), token.end - token.start);
        return;
      case "define":
        this.reader.collector.macros.push(token.macro);
        return;
      case "strike":
        this.struck = Math.max(0, this.struck + (token.opens ? 1 : -1));
        return;
      case "code":
        this.endText();
        if (this.struck === 0) this.pieces.push({ kind: "code", source: cut(this.source, token.from, token.to) });
        return;
      case "math":
        this.endText();
        this.formula(token);
    }
  }

  private formula(token: Token & { kind: "math" }): void {
    const written = token.source ?? cut(this.source, token.from, token.to);
    const source = token.source ? written : unescapeMath(written, this.reader.escapes(token.raw, this.options.cell));
    const shape = { display: this.isDisplay(token), environment: token.environment, struck: this.struck > 0 };
    const formula = this.reader.collector.formula(source, spanIn(this.source, token.start, token.end), shape);
    this.pieces.push({ kind: "formula", formula });
  }

  /** Kramdown shows `$$…$$` within a line as inline; a picture alone on its line is shown by itself. */
  private isDisplay(token: Token & { kind: "math" }): boolean {
    if (token.lone) return this.standsAlone(token);
    if (!token.display || token.environment !== null || !this.reader.flavour.kramdown || !token.raw) return token.display;
    return this.standsAlone(token);
  }

  private standsAlone(token: Token): boolean {
    const { text } = this.source;
    const lineStart = text.lastIndexOf("\n", token.start - 1) + 1;
    const lineEnd = text.indexOf("\n", token.end);
    const after = text.slice(token.end, lineEnd < 0 ? text.length : lineEnd);
    return text.slice(token.start > 0 ? lineStart : 0, token.start).trim() === "" && /^[\s.,;:]*$/.test(after);
  }

  private endText(): void {
    if (this.text.length === 0) return;
    const source = this.pieces.length === 0 ? withoutStart(this.text.build(0)) : this.text.build(0);
    if (source.text.trim() !== "") this.pieces.push({ kind: "text", source });
    this.text = new SourceBuilder();
  }
}

