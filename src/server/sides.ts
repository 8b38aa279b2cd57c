/** Where the right side of a statement stands in the text, and the same with its wrong parts marked. */
import type { TextDocument } from "vscode-languageserver-textdocument";
import { contains } from "../base/span";
import type { Span } from "../base/span";
import type { Statement } from "../analysis/types";
import type { Range } from "../protocol/places";
import { displayable } from "./tex";

export function spanOf(document: TextDocument, range: Range): Span {
  return { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
}

/** The right side's span; null where it is not written out as one piece (it came from a macro, say). */
export function rightSide(statement: Statement, document: TextDocument): Span | null {
  const relation = spanOf(document, statement.relation);
  const text = document.getText(statement.relation);
  const right = statement.right.trim();
  if (right === "") return null;
  const at = text.lastIndexOf(right);
  if (at >= 0) return { start: relation.start + at, end: relation.start + at + right.length };
  const equals = lastTopLevelEquals(text);
  if (equals < 0) return null;
  const rest = text.slice(equals + 1);
  const start = relation.start + equals + 1 + (rest.length - rest.trimStart().length);
  const end = relation.start + text.trimEnd().length;
  return start < end ? { start, end } : null;
}

/** The last `=` outside of braces and environments; -1 where there is none. */
function lastTopLevelEquals(text: string): number {
  let depth = 0;
  let found = -1;
  for (const { 0: token, index } of text.matchAll(/\\begin\b|\\end\b|\\.|[{}=]/gs)) {
    if (token === "{" || token === "\\begin") depth++;
    else if (token === "}" || token === "\\end") depth--;
    else if (token === "=" && depth === 0) found = index;
  }
  return found;
}

/** The right side for rendering, each wrong part inside `\htmlClass{wrong}{…}`; null where they are not inside it or it would not be LaTeX any more. */
export function markedRight(statement: Statement, document: TextDocument): string | null {
  const side = rightSide(statement, document);
  if (side === null || (statement.verdict !== "refuted" && statement.verdict !== "conditional")) return null;
  const ranges = statement.entries.length > 0 ? statement.entries.map(({ range }) => range) : [statement.range];
  const wrong = ranges.map((range) => spanOf(document, range)).sort((a, b) => b.start - a.start);
  let text = document.getText().slice(side.start, side.end);
  let limit = side.end;
  for (const span of wrong) {
    const part = text.slice(span.start - side.start, span.end - side.start);
    if (!contains(side, span) || span.end > limit || span.start === span.end || !standsAlone(part)) return null;
    // The outer braces make it one argument, as in `w_i` and `\frac12`.
    text = `${text.slice(0, span.start - side.start)}{\\htmlClass{wrong}{${part}}}${text.slice(span.end - side.start)}`;
    limit = span.start;
  }
  return displayable(text);
}

/** Braces, fences and environments are closed in it, and it does not reach over cells of a matrix. */
function standsAlone(part: string): boolean {
  let braces = 0;
  let fences = 0;
  let environments = 0;
  for (const [token] of part.matchAll(/\\begin(?![A-Za-z])|\\end(?![A-Za-z])|\\left(?![A-Za-z])|\\right(?![A-Za-z])|\\\\|\\.|[{}&]/gs)) {
    if (token === "{") braces++;
    else if (token === "}") braces--;
    else if (token === "\\left") fences++;
    else if (token === "\\right") fences--;
    else if (token === "\\begin") environments++;
    else if (token === "\\end") environments--;
    else if ((token === "&" || token === "\\\\") && environments === 0) return false;
    if (braces < 0 || fences < 0 || environments < 0) return false;
  }
  return braces === 0 && fences === 0 && environments === 0;
}
