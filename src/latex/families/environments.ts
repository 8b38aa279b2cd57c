/**
 * Matrices, cases and alignments: rows of cells. An empty row after the last
 * `\\` is none. What kind of environment it is only shows in its name; all are
 * read alike, the unknown ones too.
 */
import { named, readers, words, type CommandTable } from "../command";
import type { Parser } from "../parser";
import { readProse } from "./text";
import { rawArgument, skipOptional, skipOptionalIf } from "../raw";
import type { Token } from "../tokens";
import type { EnvironmentRow, Node, Row } from "../types";

interface Shape {
  /** Arguments in braces before the content: the columns of an array. */
  readonly args: number;
}

const plain: Shape = { args: 0 };
const one: Shape = { args: 1 };

const shapes: ReadonlyMap<string, Shape> = new Map([
  ...words(`
    matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix smallmatrix psmallmatrix bsmallmatrix Bsmallmatrix vsmallmatrix Vsmallmatrix
    cases dcases rcases drcases aligned split gathered lgathered rgathered multlined align gather multline flalign eqnarray equation
    displaymath math dmath dgroup darray substack lines spreadlines`).map((name): [string, Shape] => [name, plain]),
  ...words("array subarray alignedat alignat xalignat xxalignat IEEEeqnarray IEEEeqnarraybox tabular NiceArray crampedsubarray").map((name): [string, Shape] => [name, one]),
  ...words("NiceMatrix pNiceMatrix bNiceMatrix BNiceMatrix vNiceMatrix VNiceMatrix").map((name): [string, Shape] => [name, plain]),
]);

/** Whether formulas of this name consist of rows even where there is only one. */
export function hasRows(environment: string): boolean {
  const name = unstarred(environment);
  return shapes.has(name) && !/^(equation|displaymath|math|dmath)$/.test(name);
}

function unstarred(name: string): string {
  return name.endsWith("*") ? name.slice(0, -1) : name;
}

function readBegin(parser: Parser, token: Token): Node | null {
  const written = rawArgument(parser);
  const name = unstarred(written.trim());
  const headEnd = parser.stream.end;
  const shape = shapes.get(name);
  if (!name) parser.problem("error", "'\\begin' needs the name of an environment", token.start, headEnd);
  else if (!shape) parser.problem("error", `'${written}' is no environment of mathematics`, token.start, headEnd);
  if (!parser.enter(token)) return null;
  parser.environments.push(written.trim());
  readParameters(parser, shape ?? plain, name, written.endsWith("*"));
  const rows = parser.insideCells(() => readRows(parser));
  parser.environments.pop();
  parser.leave();
  readEnd(parser, written.trim(), token, headEnd);
  return { kind: "environment", name, rows, start: token.start, end: parser.stream.end };
}

/**
 * `[t]`, `{cc|c}`: nothing that the tree keeps. A matrix starts with its first
 * entry, which may be a bracket; `[cc|c]` is none.
 */
function readParameters(parser: Parser, shape: Shape, name: string, starred: boolean): void {
  skipOptionalIf(parser, /matrix$|cases$/.test(name) && !starred ? /^[clr|]{2,}$/ : /^[a-z|]+$/);
  for (let count = 0; count < shape.args; count++) if (parser.stream.peek().kind === "open") rawArgument(parser);
}

/** The rows of a formula whose `\begin` and `\end` were its delimiters. */
export function readWholeEnvironment(parser: Parser, environment: string): Node {
  const name = unstarred(environment);
  const { start } = parser.stream.peek();
  readParameters(parser, shapes.get(name) ?? plain, name, environment.endsWith("*"));
  const rows = parser.insideCells(() => readRows(parser));
  return { kind: "environment", name, rows, start: Math.min(start, rows[0]?.start ?? start), end: Math.max(start, parser.stream.end) };
}

function readEnd(parser: Parser, name: string, begin: Token, headEnd: number): void {
  const token = parser.stream.peek();
  if (token.kind !== "command" || token.text !== "end") {
    parser.problem("error", `'\\begin{${name}}' is not closed`, begin.start, headEnd);
    return;
  }
  const taken = [parser.stream.next()];
  const closed = readEndName(parser, taken);
  if (closed === name) return;
  if (parser.environments.includes(closed)) {
    parser.problem("error", `'\\begin{${name}}' is not closed`, begin.start, headEnd);
    parser.stream.push(taken);
    return;
  }
  parser.problem("error", `'\\begin{${name}}' is closed by '\\end{${closed}}'`, token.start, parser.stream.end);
}

/** The name after `\end`; the tokens are kept, so that they can be put back for an outer environment. */
function readEndName(parser: Parser, taken: Token[]): string {
  if (parser.stream.peek().kind !== "open") return "";
  const open = parser.stream.next();
  taken.push(open);
  let name = "";
  for (;;) {
    const token = parser.stream.peek();
    if (token.kind === "end") {
      parser.problem("error", "'{' is not closed", open.start, open.end);
      return name;
    }
    taken.push(parser.stream.next());
    if (token.kind === "close") return name;
    name += token.text;
  }
}

/** Rows up to whatever ends them. */
export function readRows(parser: Parser): EnvironmentRow[] {
  return continueRows(parser, parser.row());
}

/** Rows whose first cell was read already. */
function continueRows(parser: Parser, first: Row): EnvironmentRow[] {
  const rows: EnvironmentRow[] = [];
  let cells = [cellOf(parser, first)];
  let misplaced = !parser.cells;
  for (;;) {
    const stop = parser.stopped;
    if (stop === "align") {
      const sign = parser.stream.next();
      if (misplaced) parser.problem("warning", "'&' outside of an alignment", sign.start, sign.end);
      misplaced = false;
    } else {
      const says = stop === "break" && isIntertext(parser.stream.peek());
      if ((stop === "break" && !says) || !isTrailing(cells)) rows.push(rowOf(parser, cells));
      if (stop !== "break") return rows;
      if (says) readIntertext(parser);
      else readBreak(parser);
      cells = [];
    }
    cells.push(cellOf(parser, parser.row()));
  }
}

type Cell = EnvironmentRow["cells"][number];

function cellOf(parser: Parser, body: Row): Cell {
  const first = body[0];
  const last = body[body.length - 1];
  // An empty cell stands where its separator is, if that is taken next.
  const at = parser.stopped === "close" ? parser.stream.end : parser.stream.peek().start;
  return { body, start: first ? first.start : at, end: last ? last.end : at };
}

function isTrailing(cells: readonly Cell[]): boolean {
  return cells.length === 1 && !cells[0]?.body.length;
}

function rowOf(parser: Parser, cells: readonly Cell[]): EnvironmentRow {
  const first = cells[0] as Cell;
  const last = cells[cells.length - 1] as Cell;
  const { intertext } = parser;
  parser.intertext = null;
  return { cells, intertext, start: first.start, end: last.end };
}

function isIntertext(token: Token): boolean {
  return token.kind === "command" && /^(?:short)?intertext$/.test(token.text);
}

/** `\intertext{…}`: said before the row that follows it; ends the one before where `\\` was left out. */
function readIntertext(parser: Parser): void {
  const { text } = readProse(parser, parser.stream.next());
  parser.intertext = parser.intertext === null ? text : `${parser.intertext} ${text}`;
}

/** `\\`, `\\*`, `\\[2pt]`; a bracket that holds no length belongs to the next row. */
function readBreak(parser: Parser): void {
  const { stream } = parser;
  stream.next();
  const star = stream.peek();
  if (star.kind === "mark" && star.text === "*" && !star.spaced) stream.next();
  const bracket = stream.peek();
  if (bracket.kind === "mark" && bracket.text === "[" && !bracket.spaced && holdsLength(parser)) skipOptional(parser);
}

/** Looks at the few tokens that a length can have. */
function holdsLength(parser: Parser): boolean {
  let text = "";
  for (let distance = 1; distance < 16; distance++) {
    const token = parser.stream.ahead(distance);
    if (!token || token.kind === "end") return false;
    if (token.kind === "mark" && token.text === "]") return /^-?(\d+\.?\d*|\.\d+)?(pt|ex|em|mm|cm|in|mu|px|sp|bp|pc|jot|baselineskip|parskip|smallskipamount)$/.test(text);
    text += token.text;
  }
  return false;
}

/** A row that turned out to be the first of several: `\\` outside of any environment. Blank lines among them are only distance. */
export function linesFrom(parser: Parser, first: Row): Row {
  const { start } = first[0] ?? parser.stream.peek();
  const rows = continueRows(parser, first).filter((row) => row.intertext !== null || row.cells.some((cell) => cell.body.length));
  const [only] = rows;
  if (!only) return [];
  if (rows.length === 1 && only.cells.length === 1) return only.cells[0]?.body ?? [];
  return [{ kind: "environment", name: "lines", rows, start: Math.min(start, rows[0]?.start ?? start), end: Math.max(parser.stream.end, start) }];
}

/** `\substack{i < n \\ j}`, plain TeX's `\pmatrix{a & b \cr c & d}`. */
function readBraced(parser: Parser, token: Token): Node {
  const open = parser.stream.peek();
  if (open.kind !== "open") {
    const body = parser.argument(token);
    const place = { start: token.start, end: parser.stream.end };
    return { kind: "environment", name: token.text, rows: [{ cells: [{ body, ...place }], intertext: null, ...place }], ...place };
  }
  parser.stream.next();
  const rows = parser.bracedRows(open);
  return { kind: "environment", name: token.text, rows, start: token.start, end: parser.stream.end };
}

/** `\multicolumn{2}{c}{x}` */
function readMulticolumn(parser: Parser, token: Token): Node {
  rawArgument(parser);
  rawArgument(parser);
  const body = parser.argument(token);
  return { kind: "group", body, start: token.start, end: parser.stream.end };
}

/** `\hdotsfor{3}`: dots, in one cell. */
function readDotsFor(parser: Parser, token: Token): Node {
  skipOptional(parser);
  rawArgument(parser);
  return { kind: "symbol", name: "hdots", font: "", start: token.start, end: parser.stream.end };
}

export const environments: CommandTable = {
  ...readers("begin", readBegin),
  ...named("end", () => ({ kind: "end" })),
  ...named("\\ cr crcr newline tabularnewline intertext shortintertext", () => ({ kind: "break" })),
  ...readers("substack matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix smallmatrix cases eqalign eqalignno displaylines", readBraced),
  ...readers("multicolumn", readMulticolumn),
  ...readers("hdotsfor", readDotsFor),
};
