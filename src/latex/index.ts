/**
 * LaTeX mathematics → its structure. `parseMath` never throws: what cannot be
 * read is a located problem, and the rest is read.
 */
import { mayPair } from "./families/delimiters";
import { readWholeEnvironment, hasRows } from "./families/environments";
import type { MacroSource, MacroSources } from "./macros";
import { Parser, type Unpaired } from "./parser";
import type { ParsedMath, Row } from "./types";
import { widenRow } from "./widen";

export { plainText, rowSpan } from "./inspect";
export { isProse } from "./families/words";
export type { MacroSource, MacroSources };
export type { EnvironmentRow, Node, ParsedMath, Place, Row, SyntaxProblem, TextPiece } from "./types";

export interface ParseOptions {
  /** The environment whose `\begin` and `\end` were the delimiters: "align*". */
  readonly environment?: string | null;
  /** The document's macros by name, with or without the backslash. The map must not change once it was given. */
  readonly macros?: MacroSources;
}

export function parseMath(source: string, options: ParseOptions = {}): ParsedMath {
  const read = (unexpanded: ReadonlySet<string> | "all"): Reading => readSource(source, options, unexpanded);
  const first = read(none);
  const { runaway } = first.parser;
  if (!runaway) return finish(first);
  const without = read(new Set([runaway.text]));
  const second = without.parser.runaway ? read("all") : without;
  second.parser.problem("error", `'\\${runaway.text}' expands without end`, runaway.start, runaway.end);
  return finish(second);
}

interface Reading {
  readonly parser: Parser;
  readonly root: Row;
}

const none: ReadonlySet<string> = new Set();

function readSource(source: string, { environment, macros }: ParseOptions, unexpanded: ReadonlySet<string> | "all"): Reading {
  const parser = new Parser(source, macros, unexpanded);
  return { parser, root: readRoot(parser, environment ?? null) };
}

function finish({ parser, root }: Reading): ParsedMath {
  if (parser.stream.mixed) widenRow(root);
  reportUnpaired(parser);
  return { root, problems: parser.problems.sort((a, b) => a.start - b.start) };
}

function readRoot(parser: Parser, environment: string | null): Row {
  return environment !== null && hasRows(environment) ? [readWholeEnvironment(parser, environment)] : parser.body();
}

/**
 * Brackets that found no partner in their row. Those that open in one row of an
 * alignment and close in a later one are a matter of layout, not a mistake.
 */
function reportUnpaired(parser: Parser): void {
  const open: Unpaired[] = [];
  for (const mark of parser.unpaired.sort((a, b) => a.start - b.start)) {
    const last = open[open.length - 1];
    if (mark.opens) open.push(mark);
    else if (last && mayPair(last.family, mark.family)) open.pop();
    else parser.problem("warning", `'${mark.name}' closes nothing`, mark.start, mark.end);
  }
  for (const mark of open) parser.problem("warning", `'${mark.name}' is not closed`, mark.start, mark.end);
}
