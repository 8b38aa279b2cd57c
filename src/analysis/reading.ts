/**
 * The document's reading: what the notes state of layout and orientation, else
 * what makes most of their claims true together. A reading that is not the
 * usual one has to be stated, or to hold for two claims more than the usual one
 * does: a lone claim in another layout is a convention of its own.
 */
import type { DocumentReport, Layout } from "../base/statement";
import { statedSoftmax } from "../readings/functions";
import { statedSum } from "../readings/kronecker";
import { namesMembers } from "../readings/running";
import { defaultReading, type Reading } from "../readings/reading";
import type { Model } from "../semantics/model";
import { checkDocument, wouldHold } from "../verify/check";
import { listsAreTold } from "../verify/alternatives";
import type { Finding } from "../verify/finding";

export interface ReadDocument {
  readonly home: Reading;
  readonly findings: readonly Finding[];
}

export function readJointly(model: Model, asked: Layout | "auto"): ReadDocument {
  const stated = asked === "auto" ? (directed(model, "layout", layouts) ?? statedLayout(model)) : asked;
  const orientation = directed(model, "vectors", orientations) ?? statedOrientation(model);
  const base: Reading = { ...defaultReading, symmetric: model.structured.size ? "structured" : "extension", functions: model.facts.some(({ kind }) => kind === "matrixFunctions") ? "matrix" : "entries", sums: statedSum(model) ?? "kronecker", ...(stated ? { gradient: stated, jacobian: stated } : {}), ...(orientation ? { vectors: orientation } : {}), softmax: statedSoftmax(model) ?? "rows" };
  let best = read(model, base);
  if (model.table.all.some(({ slices, orientation }) => slices?.by === "row" && orientation === null)) best = orBetter(model, best, { ...best.home, slices: "rows" });
  if (namesMembers(model)) best = orBetter(model, best, { ...best.home, members: "apart" });
  // Numerator layout may be said of Jacobians alone, beside gradients that are columns.
  if (stated === "numerator" && asked === "auto") best = orBetter(model, best, { ...best.home, gradient: "denominator" });
  if (orientation === null && best.findings.filter(clashes).length > 1) best = orBetter(model, best, { ...best.home, vectors: "rows" });
  if (listsAreTold(model) && model.table.all.some(({ listed, definition }) => listed || definition?.expr.kind === "tuple")) best = orBetter(model, best, { ...best.home, listed: "rows" }, 1);
  if (stated === null && best.findings.some(needsLayout)) for (const layout of layouts) best = orBetter(model, best, { ...best.home, gradient: layout, jacobian: layout });
  return best;
}

/** The reading in words, for the panel: layout and orientation, then what was settled for single claims. */
export function describeReading({ home, findings }: ReadDocument): DocumentReport["reading"] {
  const used = (test: (reading: Reading) => boolean): boolean => findings.some(({ conclusion }) => conclusion.verdict === "verified" && test(conclusion.reading));
  const notes = [
    ...(home.gradient !== home.jacobian ? [`derivatives of vectors by vectors in ${home.jacobian} layout`] : []),
    ...(home.symmetric === "structured" ? ["the entries of a symmetric matrix vary together"] : []),
    ...(used(({ sigma }) => sigma === "sigmoid") ? ["σ is the logistic function"] : []),
    ...(used(({ dot }) => dot === "elementwise") ? ["a dot between arrays goes entry by entry"] : []),
    ...(used(({ dot }) => dot === "inner") ? ["a dot between matrices is their inner product"] : []),
    ...(used(({ bias }) => bias === "columns") ? ["a bias is repeated along columns"] : []),
  ];
  return { layout: home.gradient, vectors: home.vectors, notes };
}

const layouts = ["denominator", "numerator"] as const;
const orientations = ["columns", "rows"] as const;

function read(model: Model, home: Reading): ReadDocument {
  return { home, findings: checkDocument(model, home) };
}

/** What another reading has to hold more than the usual one. */
const plainMargin = 2;

/** Another reading where more holds in it; one that could not gain that much is not tried to the end. */
function orBetter(model: Model, usual: ReadDocument, home: Reading, margin = plainMargin): ReadDocument {
  let gained = 0;
  if (!usual.findings.some((finding) => wouldHold(model, finding, home) && ++gained >= margin)) return usual;
  const other = read(model, home);
  return held(other) - held(usual) >= margin ? other : usual;
}

function held({ findings }: ReadDocument): number {
  return findings.filter(({ conclusion }) => conclusion.verdict === "verified").length;
}

/** Sizes that do not fit, as where rows are taken for columns. */
function clashes({ conclusion }: Finding): boolean {
  if (conclusion.verdict === "verified" || conclusion.verdict === "definition" || !conclusion.attempt) return false;
  return conclusion.attempt.outcome !== "compared" && conclusion.attempt.failure.clash;
}

/** A claim that holds in another layout than the document's so far. */
function needsLayout({ conclusion }: Finding): boolean {
  return conclusion.verdict === "convention" && conclusion.code === "layout" && !conclusion.reading.transposedLeft && conclusion.reading.partial === "total";
}

function directed<T extends string>(model: Model, name: string, values: readonly T[]): T | null {
  const value = model.document.directives.find((one) => one.name === name)?.value;
  return values.find((known) => known === value) ?? null;
}

function statedLayout(model: Model): Layout | null {
  for (const fact of model.facts) if (fact.kind === "layout" && fact.layout !== "mixed") return fact.layout;
  return null;
}

function statedOrientation(model: Model): Reading["vectors"] | null {
  for (const fact of model.facts) if (fact.kind === "vectors") return fact.are;
  return null;
}
