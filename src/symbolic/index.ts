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
import { asColumn, asRow, transpose } from "./expression/build";
import type { Expression, Letter } from "./expression/types";
import { Reader } from "./normal/read";
import { Workspace } from "./normal/workspace";
import { codeFor, type Code, type CodeInput } from "./print/code";
import { toLatex } from "./print/latex";
import { dimOf, Unprintable, UNIT, type Dim } from "./sizes";
import type { Spelling } from "./spelling";
import { Translator } from "./translate/translator";

export { termOfExpression } from "./expression/meaning";
export type { Expression, Letter } from "./expression/types";
export type { CodeInput } from "./print/code";
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
  const found = attempt(() => best(first, second, spelling));
  if (!found || found.expression.cost > MAX_COST) return null;
  return attempt(() => {
    const { expression, free } = found;
    const latex = toLatex(expression, spelling);
    return { expression, free, latex, cost: expression.cost, ...codeFor(expression, free, spelling) };
  });
}

interface Candidate {
  readonly expression: Expression;
  readonly free: readonly Letter[];
}

function best(first: Term, second: Term, spelling: Spelling): Candidate | null {
  let found: Candidate | null = null;
  for (const named of spelling.nodes.size > 0 ? [true, false] : [false]) {
    for (const expand of [false, true]) {
      const candidate = attempt(() => translated(first, second, spelling, { named, expand }));
      if (candidate && (!found || candidate.expression.cost < found.expression.cost - 1e-9)) found = candidate;
      // A few symbols cannot be made fewer.
      if (found && found.expression.cost <= 3) return found;
    }
  }
  return found;
}

function translated(first: Term, second: Term, spelling: Spelling, options: { named: boolean; expand: boolean }): Candidate {
  const ws = new Workspace();
  const sum = new Reader(ws, spelling, options).readRoot(first, second);
  const shape = first.shape.map((size, axis) => dimOf(size, second.shape[axis]!));
  const names = spelling.free ?? (shape.length > 2 ? defaultLetters(shape.length) : []);
  const rest = shape.slice(names.length);
  const indexed = names.length > 0 && rest.every((dim) => dim === UNIT);
  const translator = new Translator(ws, { ...spelling, free: names }, indexed);
  const free = names.map((latex, axis) => translator.letter(shape[axis]!, latex));
  const axes = [...free.filter(({ dim }) => dim !== UNIT), ...rest.filter((dim) => dim !== UNIT).map(() => null)];
  const expression = standing(translator.sum(sum, axes), rest);
  return { expression: spelling.layoutTransposed && names.length === 0 ? transpose(expression) : expression, free };
}

/** As a row or a column. */
function standing(e: Expression, shape: readonly Dim[]): Expression {
  const [rows, columns] = [shape[0] ?? UNIT, shape[1] ?? UNIT];
  if (rows === UNIT && columns !== UNIT) return asRow(e);
  return columns === UNIT ? asColumn(e) : e;
}

function defaultLetters(count: number): string[] {
  return ["i", "j", "k", "l", "p", "q"].slice(0, count);
}

function attempt<T>(f: () => T): T | null {
  try {
    return f();
  } catch (error) {
    if (error instanceof Unprintable) return null;
    throw error;
  }
}
