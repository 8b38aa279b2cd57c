/** The computed gradients at a place as code. */
import type { DocumentReport } from "../analysis/types";
import { compareLengths, holds } from "../protocol/places";
import type { Position } from "../protocol/places";
import type { GradientInCode } from "../protocol/requests";

/** Those whose relation is around the place, narrowest first; else those of the formula there; else all. */
export function codesAt(report: DocumentReport, position: Position): GradientInCode[] {
  const all = gradientsOf(report);
  const here = all.filter(({ range }) => holds(range, position)).sort((a, b) => compareLengths(a.range, b.range));
  if (here.length > 0) return here;
  const formula = report.formulaRanges.find((range) => holds(range, position));
  const near = formula ? all.filter(({ range }) => holds(formula, range.start)) : [];
  return near.length > 0 ? near : all;
}

function gradientsOf({ statements }: DocumentReport): GradientInCode[] {
  return statements.flatMap(({ left, computed, inCode, relation }) => (computed !== null && inCode ? [{ latex: left, computed, range: relation, ...inCode }] : []));
}
