/** A finding as the contract's statement: ranges, words, counterexample. */
import { oneLine } from "../base/one-line";
import type { Document, Formula } from "../document/types";
import type { Place } from "../latex/types";
import type { Model } from "../semantics/model";
import { certificateOf } from "../verify/certificate";
import { correction } from "../verify/check";
import type { Finding } from "../verify/finding";
import type { Point } from "../verify/compare";
import { counterexampleOf } from "./counterexample";
import { type Places, relatedOf } from "./related";
import type { Evidence, Range, Severity, Statement, Verdict } from "./types";

export type RangeIn = (formula: number, place: Place) => Range;

export function statementOf(finding: Finding, document: Document, model: Model, places: Places, certificates = false): Statement {
  const rangeIn = places.inFormula;
  const formula = document.formulas[finding.formula] as Formula;
  const slice = (place: Place): string => formula.source.text.slice(place.start, place.end);
  const { conclusion } = finding;
  const slip = finding.slips[0];
  const verdict: Verdict = conclusion.verdict;
  const noted = verdict !== "refuted" && slip !== undefined;
  return {
    range: rangeIn(finding.formula, noted && verdict !== "conditional" ? slip : finding.range),
    relation: rangeIn(finding.formula, finding.relation),
    latex: slice(finding.relation),
    kind: finding.kind,
    verdict,
    code: finding.code ?? slip?.code ?? null,
    severity: severityOf(verdict, noted),
    message: messageOf(finding),
    reason: conclusion.verdict === "unchecked" ? conclusion.reason : null,
    assumptions: conclusion.verdict === "verified" ? conclusion.assumptions : conclusion.verdict === "conditional" ? [conclusion.assumption] : [],
    evidence: evidenceOf(finding, certificates),
    computed: correction(model, finding) ?? finding.computed?.latex ?? null,
    inCode: finding.computed?.inCode ?? null,
    counterexample: conclusion.verdict === "refuted" ? counterexampleOf(conclusion.attempt, finding.code !== "index-pattern") : null,
    fix: fixOf(finding, slice, rangeIn),
    related: relatedOf(finding, model, places),
    left: slice(finding.left) || (finding.located?.said?.left ?? ""),
    right: slice(finding.right),
    entries: finding.wrongCells.map((cell) => ({ range: rangeIn(finding.formula, cell), row: cell.row, column: cell.column, stated: slice(cell), computed: cell.right ?? "" })),
    formula: finding.formula,
  };
}

function severityOf(verdict: Verdict, noted: boolean): Severity | null {
  if (verdict === "refuted") return "error";
  if (verdict === "conditional") return "warning";
  return verdict === "convention" || noted ? "information" : null;
}

function messageOf(finding: Finding): string | null {
  const { conclusion } = finding;
  const slip = finding.slips[0];
  switch (conclusion.verdict) {
    case "refuted":
      return refutation(finding);
    case "conditional":
      return `this holds only for ${conclusion.assumption}`;
    case "convention":
      return conclusion.message;
    case "unchecked":
      return conclusion.message;
    default:
      return slip?.message ?? null;
  }
}

function refutation(finding: Finding): string {
  const { conclusion } = finding;
  if (conclusion.verdict !== "refuted") return "";
  const made = conclusion.attempt;
  if (finding.code === "index-pattern") return patternBroken(finding);
  if (made.outcome !== "compared") return finding.code === "label-mismatch" ? "the label names something of another shape than what it stands under" : made.failure.message;
  if (finding.code === "label-mismatch") return "the label names something else than what it stands under";
  if (finding.code === "misplaced-entries") return `the entries ${finding.wrongCells.map((cell) => `(${cell.row},${cell.column})`).join(", ")} do not stand where they belong`;
  const repaired = conclusion.repair;
  const what = finding.kind === "equation" ? "the two sides are not equal" : "this is not the derivative";
  if (repaired?.side === "left" && finding.left.kind === "derivative") return `this is the other derivative: ${oneLine(repaired.latex)}`;
  if (!repaired) return what;
  return `${what}: ${repaired.variant.title}${repaired.latex.length < 90 ? `, ${oneLine(repaired.latex)}` : ""}`;
}

function patternBroken({ wrongCells: [cell] }: Finding): string {
  const place = `${position("row", cell?.row)}, ${position("column", cell?.column)}`;
  return cell?.right ? `by the pattern of the matrix, the entry in ${place} is ${cell.right}` : `this entry does not fit the pattern of the matrix: it stands in ${place}`;
}

/** Rows and columns behind dots are counted from the end. */
function position(line: "row" | "column", at = 0): string {
  if (at >= 0) return `${line} ${at + 1}`;
  return at === -1 ? `the last ${line}` : `${line} ${-at} from the end`;
}

function evidenceOf({ conclusion }: Finding, certificates: boolean): Evidence | null {
  if (conclusion.verdict === "definition") return null;
  const made = conclusion.attempt;
  if (!made) return null;
  if (made.outcome === "shape") return { method: "structural", trials: 1, errorBound: 0, certificate: "" };
  if (made.outcome !== "compared" || made.comparison.status === "undecided") return null;
  const { comparison } = made;
  const certificate = certificates && "reading" in conclusion ? JSON.stringify(certificateOf(made, conclusion.reading)) : pointOf(made.sizes, comparison.point);
  return { method: comparison.method, trials: comparison.status === "equal" ? comparison.trials : 1, errorBound: comparison.status === "equal" ? comparison.errorBound : 0, certificate };
}

/** Where a verdict was computed: number system, seed, sizes. */
function pointOf(sizes: Readonly<Record<string, number>>, { prime, domain, seed }: Point): string {
  return [prime === null ? `float64 ${domain}` : `prime ${prime}`, `seed ${seed}`, ...Object.entries(sizes).map(([name, size]) => `${name}=${size}`)].join("; ");
}

function fixOf(finding: Finding, slice: (place: Place) => string, rangeIn: RangeIn): Statement["fix"] {
  const { conclusion, wrongCells } = finding;
  if (wrongCells.length && wrongCells.every(({ right }) => right !== null)) {
    const title = wrongCells.length > 1 ? "Put the entries where they belong" : `Write ${oneLine(wrongCells[0]?.right ?? "")}`;
    return { title, edits: wrongCells.map((cell) => ({ range: rangeIn(finding.formula, cell), newText: cell.right ?? "" })), safe: true };
  }
  if (conclusion.verdict !== "refuted" || !conclusion.repair) return null;
  const { variant } = conclusion.repair;
  // What is read otherwise but would be written the same corrects nothing.
  if (variant.text === slice(variant.place)) return null;
  return { title: `${variant.title[0]?.toUpperCase() ?? ""}${variant.title.slice(1)}`, edits: [{ range: rangeIn(finding.formula, variant.place), newText: variant.text }], safe: conclusion.repair.side === "right" };
}
