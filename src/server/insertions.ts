/** The gradients that could be written into a document: those left open, and those that should replace a wrong one. */
import { TextDocument } from "vscode-languageserver-textdocument";
import type { OpenGradient, Statement } from "../analysis/types";
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
  return [...checked.report.open.map((gradient) => openInsertion(gradient, checked)), ...checked.report.statements.map((statement) => replacement(statement, checked)).filter((insertion) => insertion !== null)];
}

function openInsertion({ range, latex, computed }: OpenGradient, { document }: CheckedDocument): Insertion {
  const at = document.offsetAt(range.start);
  const before = document.getText().slice(at - 1, at);
  const needsSpace = range.start.line === range.end.line && range.start.character === range.end.character && before !== "" && !/\s/.test(before);
  return { latex, computed, range, edit: { range, newText: needsSpace ? ` ${computed}` : computed }, version: document.version };
}

/** The computed gradient in place of a wrong right side, where that is another text than the correction makes. */
export function otherReplacement(statement: Statement, checked: CheckedDocument): Insertion | null {
  const insertion = replacement(statement, checked);
  if (!insertion || !statement.fix) return insertion;
  const outcome = (edits: readonly TextEdit[]): string => TextDocument.applyEdits(checked.document, [...edits]).replace(/\s+/g, "");
  return outcome(statement.fix.edits) === outcome([insertion.edit]) ? null : insertion;
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
