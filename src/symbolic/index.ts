/**
 * Closed forms: the shortest expression, in the notes' spelling, that equals a
 * term. A term is read into a normal form at two assignments of sizes at once,
 * simplified there, and translated back into matrices, vectors and indices;
 * the candidates (names used or looked into, sums kept or multiplied out) are
 * weighed by what they cost to read.
 *
 * Nothing here is trusted: `termOfExpression` gives the meaning of what is
 * printed, for the caller to compare with the term.
 */
import type { Term } from "../tensor";
import type { Expression, Letter } from "./expression/types";
import { codeFor, type Code } from "./print/code";
import type { CodeInput } from "./print/inputs";
import { toLatex } from "./print/latex";
import { attempt, type Candidate, shortest } from "./shortest";
import type { Spelling } from "./spelling";

export { termOfExpression } from "./expression/meaning";
export type { Expression, Letter } from "./expression/types";
export type { CodeInput } from "./print/inputs";
export { transpose } from "./expression/build";
export { hasCountedPower } from "./expression/parts";
export { sameStructure } from "./normal/views";
export { toLatex } from "./print/latex";
export { derivationOf, differentialName, type Derivation, type Line } from "./steps/index";
export type { Spelling } from "./spelling";

export interface ClosedForm extends Code {
  readonly expression: Expression;
  readonly latex: string;
  /** The free indices, in the order of the term's leading axes. */
  readonly free: readonly Letter[];
  /** What the names in the code stand for. */
  readonly inputs: readonly CodeInput[];
  /** About the number of symbols. */
  readonly cost: number;
}

/** What costs more is not shorter than the steps that lead to it. */
const MAX_COST = 40;

/**
 * The shortest expression equal to a term, which is given for two assignments
 * of sizes; null where there is no short one. Its shape is [], n×1, 1×n or m×n
 * after one axis for each letter of `spelling.free`; without those, a tensor of
 * more axes gets letters for all of them.
 */
export function closedForm(first: Term, second: Term, spelling: Spelling): ClosedForm | null {
  const found = shortest(first, second, spelling);
  return found && writtenForm(found, spelling);
}

/** An expression as it is shown; null where it is too long, or cannot be written. */
export function writtenForm({ expression, free }: Candidate, spelling: Spelling): ClosedForm | null {
  if (expression.cost > MAX_COST) return null;
  return attempt(() => {
    const latex = toLatex(expression, spelling);
    return { expression, free, latex, cost: expression.cost, ...codeFor(expression, free, spelling) };
  });
}
