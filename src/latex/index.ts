/**
 * LaTeX mathematics → its structure. `parseMath` never throws: what cannot be
 * read is a located problem, and the rest is read.
 */
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
  const parser = new Parser(source, options.macros);
  const root = readRoot(parser, options.environment ?? null);
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
    if (mark.opens) open.push(mark);
    else if (!open.pop()) parser.problem("warning", `'${mark.name}' closes nothing`, mark.start, mark.end);
  }
  for (const mark of open) parser.problem("warning", `'${mark.name}' is not closed`, mark.start, mark.end);
}
