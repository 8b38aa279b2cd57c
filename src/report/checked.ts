/**
 * What there is to report on: the files that were checked, each with its text,
 * and those that could not be.
 */
import type { DocumentReport, Problem, Range, Statement, Verdict } from "../base/statement";

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

/** The problems that no statement tells already. */
export function problemsOf({ problems, statements }: DocumentReport): readonly Problem[] {
  const told = (range: Range): boolean => statements.some(({ code, range: other }) => code === "syntax" && other.start.line === range.start.line && other.start.character === range.start.character);
  return problems.filter(({ code, range }) => code !== "syntax" || !told(range));
}
