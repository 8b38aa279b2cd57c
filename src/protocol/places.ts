/**
 * Places in a document as the language server protocol counts them: zero-based
 * lines, and characters in UTF-16 units.
 */
import type { Position, Range } from "../base/statement";

export type { Position, Range };

export interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}

export function comparePositions(a: Position, b: Position): number {
  return a.line - b.line || a.character - b.character;
}

/** Both ends count as inside, so that a cursor just behind a formula is in it. */
export function holds(range: Range, position: Position): boolean {
  return comparePositions(range.start, position) <= 0 && comparePositions(position, range.end) <= 0;
}

export function overlaps(a: Range, b: Range): boolean {
  return comparePositions(a.start, b.end) <= 0 && comparePositions(b.start, a.end) <= 0;
}

/** Order by length, for choosing the narrowest of several ranges around a place. */
export function compareLengths(a: Range, b: Range): number {
  return a.end.line - a.start.line - (b.end.line - b.start.line) || a.end.character - a.start.character - (b.end.character - b.start.character);
}
