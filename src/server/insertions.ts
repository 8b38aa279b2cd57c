/** The gradients that could be written into a document: those left open, and those that should replace a wrong one. */
import { TextDocument } from "vscode-languageserver-textdocument";
import { isOpen } from "../base/statement";
import type { Statement } from "../analysis/types";
import { compareLengths, holds } from "../protocol/places";
import type { Position, Range, TextEdit } from "../protocol/places";
import type { Insertion } from "../protocol/requests";
import type { CheckedDocument } from "./checked-document";
import { rightSide } from "./sides";

/** Those of the formula at a place, else all of the document's. */
export function insertionsAt(checked: CheckedDocument, position: Position): Insertion[] {
  const all = insertionsIn(checked);
  const formula = checked.report.formulaRanges.filter((range) => holds(range, position)).sort(compareLengths)[0];
  const here = all.filter(({ range }) => holds(range, position));
  if (here.length > 0) return here;
  const near = formula ? all.filter(({ range }) => holds(formula, range.start)) : [];
  return near.length > 0 ? near : all;
}

function insertionsIn(checked: CheckedDocument): Insertion[] {
  return checked.report.statements.map((statement) => insertion(statement, checked) ?? replacement(statement, checked)).filter((one) => one !== null);
}

/** What is computed where a derivative is left open; null where none is. */
export function insertion(statement: Statement, { document }: CheckedDocument): Insertion | null {
  if (!isOpen(statement)) return null;
  const { range, left, computed } = statement;
  const at = document.offsetAt(range.start);
  const before = document.getText().slice(at - 1, at);
  const needsSpace = range.start.line === range.end.line && range.start.character === range.end.character && before !== "" && !/\s/.test(before);
  return { latex: left, computed, range, edit: { range, newText: needsSpace ? ` ${computed}` : computed }, version: document.version };
}

/** The computed gradient in place of a wrong right side, where that is another text than the correction makes. */
export function otherReplacement(statement: Statement, checked: CheckedDocument): Insertion | null {
  const other = replacement(statement, checked);
  if (!other || !statement.fix) return other;
  const outcome = (edits: readonly TextEdit[]): string => TextDocument.applyEdits(checked.document, [...edits]).replace(/\s+/g, "");
  return outcome(statement.fix.edits) === outcome([other.edit]) ? null : other;
}

/** The wrong right side replaced by what the core computes; null where nothing is wrong or nothing computed. */
export function replacement(statement: Statement, { document }: CheckedDocument): Insertion | null {
  if (statement.computed === null || (statement.verdict !== "refuted" && statement.verdict !== "conditional")) return null;
  if (statement.kind === "label" || statement.kind === "shape" || statement.kind === "definition") return null;
  const side = rightSide(statement, document);
  if (side === null) return null;
  const range: Range = { start: document.positionAt(side.start), end: document.positionAt(side.end) };
  return { latex: statement.left, computed: statement.computed, range: statement.relation, edit: { range, newText: statement.computed }, version: document.version };
}
