/** The derivation of what is computed beside one statement, ready to be shown. */
import type { DocumentReport, Step } from "../analysis/types";
import type { Range } from "../protocol/places";
import { displayable } from "./tex";

/** `deriving` reports on the document again, with the relations of these texts derived. */
export function stepsAt(report: DocumentReport, relation: Range, deriving: (latex: readonly string[]) => DocumentReport): readonly Step[] | null {
  const statement = statementWith(report, relation);
  const steps = statement && statementWith(deriving([statement.latex]), relation)?.steps;
  return steps?.map(({ rule, left, right }) => ({ rule, left: displayable(left), right: displayable(right) })) ?? null;
}

function statementWith({ statements }: DocumentReport, { start, end }: Range): DocumentReport["statements"][number] | undefined {
  return statements.find(({ relation }) => relation.start.line === start.line && relation.start.character === start.character && relation.end.line === end.line && relation.end.character === end.character);
}
