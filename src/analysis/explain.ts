/**
 * How a verdict came about: the document is judged once more with someone
 * watching, and what was tried for one statement is told in words, in order.
 */
import { LineIndex } from "../base/line-index";
import { formatOf, readDocument } from "../document";
import { joinInputs } from "../document/tex/inputs";
import type { Document } from "../document/types";
import { defaultReading, type Reading } from "../readings/reading";
import { statementAt, type TriedReading } from "../report/why";
import { describeCounterexample } from "../report/words";
import type { Model } from "../semantics/model";
import { spellSymbol } from "../semantics/symbols/key";
import { checkDocument } from "../verify/check";
import type { Finding } from "../verify/finding";
import { inFull, type Tried } from "../verify/screen";
import { shorthands } from "../verify/shorthand";
import { type Trial, watching } from "../verify/trials";
import { examine, understood } from "./analyze";
import { counterexampleOf } from "./counterexample";
import type { AnalyzeOptions, Position } from "./types";

/** The readings tried for the statement at a place of the text; none where nothing is stated or nothing had to be tried. */
export function explain(text: string, options: AnalyzeOptions, position: Position): readonly TriedReading[] {
  const { document, place } = locate(text, options, position);
  const { report, home } = examine(document, options);
  const statement = statementAt(report.statements, place);
  if (!statement) return [];
  const { model } = understood(document);
  const trials: Trial[] = [];
  const finding = watching(model, (trial) => trials.push(trial), () => checkDocument(model, home))[report.statements.indexOf(statement)];
  return finding ? told(finding, trials.filter(({ claim }) => claim.located === finding.located), home, model) : [];
}

/** The document that the text belongs to, and the same place in it. */
function locate(text: string, options: AnalyzeOptions, position: Position): { readonly document: Document; readonly place: Position } {
  if (formatOf(text, options) !== "latex") return { document: readDocument(text, options), place: position };
  const joined = joinInputs(text, options.files ?? {});
  const offset = new LineIndex(text).offset(position);
  const part = joined.parts.filter((one) => one.path === null && one.offset <= offset).at(-1);
  return { document: readDocument(joined.text, options), place: part ? new LineIndex(joined.text).position(part.at + offset - part.offset) : position };
}

function told(finding: Finding, trials: readonly Trial[], home: Reading, model: Model): TriedReading[] {
  const sides = [finding.left, ...finding.located.assertion.sides];
  const own = trials.filter(({ claim }) => claim.right === finding.right && sides.includes(claim.left));
  const edits = trials.filter(({ claim }) => !own.some((trial) => trial.claim === claim) && (claim.right === finding.right || claim.left === finding.left));
  const rows = own.filter(({ options, made }) => !(options.transform && made.outcome === "failed")).map((trial): TriedReading => ({ reading: readingOf(trial, finding, home, model), outcome: outcomeOf(trial.made) }));
  return [...uniqueReadings(rows), ...corrections(finding, edits)];
}

function uniqueReadings(rows: readonly TriedReading[]): TriedReading[] {
  return rows.filter((row, at) => rows.findIndex(({ reading }) => reading === row.reading) === at);
}

function corrections({ conclusion }: Finding, edits: readonly Trial[]): TriedReading[] {
  if (!edits.length) return [];
  const found = conclusion.verdict === "refuted" ? conclusion.repair : null;
  return [{ reading: `with a small correction (${edits.length} tried)`, outcome: found ? `${found.variant.title}: holds` : "none makes it hold" }];
}

function outcomeOf(tried: Tried): string {
  const made = inFull(tried);
  switch (made.outcome) {
    case "shape":
      return `shapes do not fit: ${made.failure.message}`;
    case "failed":
      return `not computable: ${made.failure.message}`;
    case "compared": {
      if (made.comparison.status === "equal") return "holds";
      const counterexample = counterexampleOf(made);
      return counterexample ? `fails: ${describeCounterexample(counterexample)}` : `not decided: ${made.comparison.status === "undecided" ? made.comparison.why : ""}`;
    }
  }
}

/** What sets a trial apart from the document's reading; for that reading itself, what it is. */
function readingOf({ claim, reading, options }: Trial, finding: Finding, home: Reading, model: Model): string {
  const spelled = (key: string): string => {
    const entity = model.table.all.find((one) => one.key === key);
    return entity ? spellSymbol(entity.symbol) : key;
  };
  const apart = [
    ...(claim.left === finding.left ? [] : ["against an earlier side"]),
    ...differences(reading, home),
    ...(options.transform ? shorthands.filter(({ transform }) => transform === options.transform).map(({ message }) => message) : []),
    ...[...(options.extra ?? [])].map(([key, properties]) => `with ${spelled(key)} ${properties.map(inWords).join(", ")}`),
    ...[...(options.overrides ?? [])].map(([key, kind]) => `with ${spelled(key)} as a ${kind}`),
  ];
  return apart.length ? apart.join(", ") : ["the document's reading", ...plainly(home)].join(", ");
}

function plainly(home: Reading): string[] {
  return [`${home.gradient} layout`, `vectors as ${home.vectors}`, ...differences({ ...home, gradient: defaultReading.gradient, jacobian: defaultReading.jacobian, vectors: defaultReading.vectors }, defaultReading)];
}

function differences(reading: Reading, home: Reading): string[] {
  const differs = (field: keyof Reading): boolean => JSON.stringify(reading[field]) !== JSON.stringify(home[field]);
  if (differs("gradient") && differs("jacobian")) return [`${reading.gradient} layout`, ...differences({ ...reading, gradient: home.gradient, jacobian: home.jacobian }, home)];
  return (Object.keys(words) as (keyof Reading)[]).filter(differs).map((field) => words[field](reading));
}

const words: { readonly [Field in keyof Reading]: (reading: Reading) => string } = {
  gradient: ({ gradient }) => `derivatives of numbers in ${gradient} layout`,
  jacobian: ({ jacobian }) => `derivatives of vectors in ${jacobian} layout`,
  nabla: ({ nabla }) => (nabla === "column" ? "gradients as columns" : "gradients in the layout of derivatives"),
  transposedLeft: () => "the left side transposed",
  vectors: ({ vectors }) => `vectors as ${vectors}`,
  slices: ({ slices }) => `rows of matrices as ${slices}`,
  fresh: () => "symbols of other sections as new ones",
  since: () => "without the definitions of earlier topics",
  restated: ({ restated }) => (restated > 1 ? `symbols as they are set last but ${restated - 1}` : "symbols as they are set last"),
  general: ({ general }) => `${general.join(", ")} without what is supposed of it in a case`,
  examples: () => "example values left open",
  variables: ({ variables }) => `${variables.join(", ")} free, whatever the text sets it equal to`,
  bias: ({ bias }) => `a bias repeated along ${bias}`,
  sigma: ({ sigma }) => (sigma === "free" ? "σ as any function" : `σ as ${sigma}`),
  gradientBy: () => "the gradient by another letter",
  phi: () => "Φ and φ as those of the standard normal distribution",
  equalSizes: () => "sizes equal where a trace, a power or an inverse needs it",
  dot: ({ dot }) => ({ product: "dots as products", elementwise: "dots entry by entry", inner: "dots as inner products" })[dot],
  factorsByEntries: () => "Jacobians beside ⊙ by their diagonals",
  bars: ({ bars }) => (bars === "entries" ? "bars as absolute values of entries" : "bars as lengths and determinants"),
  functions: ({ functions }) => (functions === "matrix" ? "functions of matrices as a whole" : "functions entry by entry"),
  lists: ({ lists }) => `the derivative of a list by a list as ${lists === "matrix" ? "a matrix" : "its determinant"}`,
  pairs: ({ pairs }) => (pairs === "first" ? "sums without the one index that is spoken of" : "sums over pairs of indices"),
  classes: () => "the one-hot vector as that of the class that a letter names",
  listed: ({ listed }) => `lists of entries as ${listed}`,
  softmax: ({ softmax }) => `the softmax of a matrix by ${softmax}`,
  arguments: ({ arguments: taken }) => ({ factor: "functions of one factor", letters: "functions of all letters behind them", fractions: "functions of all letters behind them and what divides these" })[taken],
  slashes: ({ slashes }) => ({ factor: "one factor behind a slash", touching: "what touches it behind a slash", letters: "all letters behind a slash" })[slashes],
  steps: ({ steps }) => (steps === "own" ? "the loss at the step that is spoken of" : "the loss over all steps"),
  losses: () => "the loss as a function of what its section makes",
  arraysOfLosses: ({ arraysOfLosses }) => (arraysOfLosses === "summed" ? "losses of several entries as their sums" : "losses of several entries as arrays"),
  partial: () => "what is defined in between held fixed",
  symmetric: ({ symmetric }) => (symmetric === "projection" ? "gradients projected on the symmetric matrices" : symmetric === "structured" ? "the entries of a symmetric matrix varying together, and only what is not zero of a diagonal one" : "each entry of a symmetric or diagonal matrix by itself"),
  chance: () => "independent noise of mean zero",
  later: () => "without the definitions of later paragraphs",
  traces: ({ traces }) => (traces === "inner" ? "powers after a trace inside it" : "powers of traces as they are written"),
  entryPowers: ({ entryPowers }) => ({ usual: "powers of entries, and entries of inverses", raised: "powers with indices as those of entries", inner: "powers with indices as entries of powers" })[entryPowers],
  sums: ({ sums }) => (sums === "blocks" ? "⊕ as a block diagonal matrix" : "⊕ as the Kronecker sum"),
  diagonals: ({ diagonals }) => (diagonals === "matrices" ? "diag of a matrix as a diagonal matrix" : "diag of a matrix as a vector"),
  factors: ({ factors }) => `products of matrices from the ${factors === "falling" ? "last" : "first"} factor on`,
  norms: ({ norms }) => (norms === "induced" ? "norms of matrices as induced ones" : "norms of matrices as those of their entries"),
  spectra: ({ spectra }) => (spectra === "of" ? "eigenvalues and their kin as functions of their matrix" : "eigenvalues and their kin as letters like others"),
  samples: ({ samples }) => (samples === "own" ? "samples as vectors of their own" : samples === "written" ? "samples as the rows or columns that their entries make them" : `samples as the ${samples} of their matrix`),
  members: ({ members }) => (members === "apart" ? "named members apart from those that sums run over" : "named members among those that sums run over"),
  sizes: ({ sizes }) => (sizes === "example" ? "sizes as in the worked example" : "sizes of any kind"),
  indices: () => "letters without their index standing for those with it",
};

/** "positiveDefinite" → "positive definite" */
function inWords(property: string): string {
  return property.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
