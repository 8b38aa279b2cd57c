/**
 * What there is to report on: the files that were checked, each with its text,
 * and those that could not be.
 */
import type { DocumentReport, Statement, Verdict } from "../base/statement";

export interface CheckedFile {
  /** As the user gave it, or as it was found below a folder that they gave. */
  readonly path: string;
  readonly text: string;
  readonly report: DocumentReport;
}

export interface FailedFile {
  readonly path: string;
  readonly message: string;
}

export interface Outcome {
  readonly files: readonly CheckedFile[];
  readonly failures: readonly FailedFile[];
}

export type Counts = Readonly<Record<Verdict, number>>;

/** In the order in which summaries list them. */
export const verdicts: readonly Verdict[] = ["verified", "refuted", "conditional", "convention", "definition", "unchecked"];

export function countVerdicts(statements: readonly Statement[]): Counts {
  const counts: Record<Verdict, number> = { verified: 0, refuted: 0, conditional: 0, convention: 0, definition: 0, unchecked: 0 };
  for (const { verdict } of statements) counts[verdict]++;
  return counts;
}

export function statementsOf(files: readonly CheckedFile[]): readonly Statement[] {
  return files.flatMap(({ report }) => report.statements);
}
