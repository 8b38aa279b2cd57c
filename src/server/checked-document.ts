/** A document together with what the checker said of it, and what else is needed to show that. */
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { DocumentReport, Statement } from "../analysis/types";
import { languages, latexLanguages } from "../protocol/languages";
import { compareLengths, holds } from "../protocol/places";
import type { Position } from "../protocol/places";
import { noCounts } from "../protocol/verdicts";
import type { Counts, Verdict } from "../protocol/verdicts";

export interface CheckedDocument {
  readonly document: TextDocument;
  readonly report: DocumentReport;
}

export function countsOf(report: DocumentReport): Counts {
  const counts: Record<Verdict, number> = { ...noCounts };
  for (const { verdict } of report.statements) counts[verdict]++;
  return counts;
}

/** The statements whose relation is around a place, narrowest first. */
export function statementsAt(report: DocumentReport, position: Position): Statement[] {
  return report.statements.filter(({ relation, range }) => holds(relation, position) || holds(range, position)).sort((a, b) => compareLengths(a.relation, b.relation));
}

/** The code of a notebook is told to us too, for the shapes that it gives. */
export function isNotes(document: TextDocument): boolean {
  return languages.includes(document.languageId);
}

export function isLatex(document: TextDocument): boolean {
  return latexLanguages.includes(document.languageId);
}
