/**
 * The facade: one document in, everything that is said of it out. No input or
 * output, no clock: it runs in a browser as it does in Node.
 */
import { LineIndex } from "../base/line-index";
import { offsetAt, type SourceText, type Span } from "../base/span";
import { formatOf, readDocument } from "../document";
import { type OpenCell, readCells } from "../document/notebook/cells";
import { macroScopes } from "../document/macro-scopes";
import { joinInputs } from "../document/tex/inputs";
import type { Document, Formula } from "../document/types";
import { parseMath, type ParsedMath } from "../latex";
import type { Place } from "../latex/types";
import type { Reading } from "../readings/reading";
import type { Model } from "../semantics/model";
import { modelOf } from "../semantics/reread";
import { resetTerms } from "../tensor";
import type { Finding } from "../verify/finding";
import { derivationOfFinding, derivationOfOpen } from "../verify/derivations";
import { applyDirectives } from "./directives";
import { partReport } from "./parts";
import { decide, type Memory } from "./memory";
import { describeReading } from "./reading";
import { nameRepeats } from "./repeats";
import { statementOf } from "./statements";
import { symbolsOf } from "./symbols";
import type { AnalyzeOptions, DocumentReport, FileReport, MacroInfo, Range, Statement } from "./types";

/** `memory`: of the same document, asked about again and again; the report is the same as without. */
export function analyze(text: string, options: AnalyzeOptions, memory: Memory | null = null): DocumentReport {
  const files = options.files ?? {};
  const joined = Object.keys(files).length && formatOf(text, options) === "latex" ? joinInputs(text, files) : null;
  if (!joined?.parts.some(({ path }) => path !== null)) return nameRepeats([{ path: null, report: analyzeText(text, options, memory) }])[0] as DocumentReport;
  const parts = partReport(analyzeText(joined.text, options, memory), joined, (path) => (path === null ? text : (files[path] ?? "")));
  const [own, ...others] = nameRepeats([{ path: null, report: parts.own }, ...parts.included]);
  return { ...(own as DocumentReport), included: parts.included.map(({ path, text: part }, index) => ({ path, text: part, report: others[index] as DocumentReport })) };
}

/** Paths of files that the document may read and of which `files` says nothing: once they are there, there may be more. */
export function unknownFiles(text: string, options: Pick<AnalyzeOptions, "filename" | "languageId" | "files">): readonly string[] {
  return formatOf(text, options) === "latex" ? joinInputs(text, options.files ?? {}).unknown : [];
}

/** A notebook that an editor has open: what is said of each cell, in the cell's own lines. */
export function analyzeCells(cells: readonly OpenCell[], options: AnalyzeOptions, memory: Memory | null = null): readonly FileReport[] {
  const { document, joined } = readCells(cells, options);
  const { included } = partReport(analyzeDocument(document, options, memory), joined, (path) => cells.find(({ id }) => id === path)?.text ?? "");
  const named = nameRepeats(included);
  return included.map((cell, index) => ({ ...cell, report: named[index] as DocumentReport }));
}

function analyzeText(text: string, options: AnalyzeOptions, memory: Memory | null): DocumentReport {
  return analyzeDocument(readDocument(text, options), options, memory);
}

/** A document's formulas parsed, and what it says of its symbols. */
export function understood(document: Document): { readonly parsed: readonly ParsedMath[]; readonly model: Model } {
  resetTerms();
  const macrosOf = macroScopes(document);
  const parsed = document.formulas.map((formula) => parseMath(formula.source.text, { environment: formula.environment, macros: macrosOf(formula) }));
  return { parsed, model: modelOf(document, parsed) };
}

function analyzeDocument(document: Document, options: AnalyzeOptions, memory: Memory | null): DocumentReport {
  return examine(document, options, memory).report;
}

/** The report, and the reading that it rests on. */
export function examine(document: Document, options: AnalyzeOptions, memory: Memory | null = null): { readonly report: DocumentReport; readonly home: Reading } {
  const { text } = document;
  const { parsed, model } = understood(document);
  const errors = parsed.map(({ problems }) => problems.filter(({ severity }) => severity === "error"));
  // Derivations are worked out of what the decisions were made with.
  const derives = options.steps === true || (options.steps?.length ?? 0) > 0;
  const { read, findings, open, shapeOf } = memory && !derives ? memory.decide(model, options) : decide(model, options);
  const { home } = read;
  const areAsked = (latex: string): boolean => options.steps === true || (options.steps?.includes(latex) ?? false);
  const lines = new LineIndex(text);
  const rangeIn = (formula: number, place: Place): Range => rangeOf(lines, (document.formulas[formula] as Formula).source, place);
  const spanRange = ({ start, end }: Span): Range => ({ start: lines.position(start), end: lines.position(end) });
  // Works out shapes that the statements speak of.
  const symbols = symbolsOf(model, shapeOf, rangeIn, (start, end) => spanRange({ start, end }));
  const openIn = new Map(open().map((one) => [one.claim.located.id, one]));
  const placed = findings.map((finding) => {
    const asked = finding.right.kind === "opaque" ? openIn.get(finding.located.id) : undefined;
    const judged = statementOf(asked ? { ...finding, computed: asked.computed } : finding, document, model, { inFormula: rangeIn, inFile: spanRange }, options.certificates);
    const derivation = (): Statement["steps"] => (asked ? derivationOfOpen(model, asked.claim, home) : derivationOfFinding(model, finding, home));
    const statement = judged.computed !== null && areAsked(judged.latex) ? { ...judged, steps: derivation() } : judged;
    return { statement, relation: lines.offset(statement.relation.start), judged: lines.offset(statement.range.start), line: statement.range.start.line };
  });
  const applied = applyDirectives(placed, document.directives, document.formulas.map(({ span }) => span));
  const report: DocumentReport = {
    formulas: { total: document.formulas.length, read: errors.filter((found) => !found.length).length },
    statements: applied.statements,
    symbols,
    formulaRanges: document.formulas.map(({ span }) => spanRange(span)),
    unreadFormulas: errors.flatMap((found, formula) => (found.length ? [formula] : [])),
    reading: describeReading(read),
    macros: lastMacros(document.macros),
    problems: [
      ...[...document.problems.map(({ message, span }) => ({ message, span, code: "syntax" as const })), ...applied.stale].map(({ message, span, code }) => ({ range: spanRange(span), message, code })),
      ...errors.flatMap((found, formula) => found.map((problem) => ({ range: rangeIn(formula, problem), message: problem.message, code: "syntax" as const }))),
    ],
  };
  return { report, home };
}

/** One definition of each name, the last that TeX would follow: `\providecommand` gives way. */
function lastMacros(macros: Document["macros"]): MacroInfo[] {
  const last = new Map<string, MacroInfo>();
  for (const { name, parameters, optional, body, provided } of macros) if (!provided || !last.has(name)) last.set(name, { name, parameters, optional, body });
  return [...last.values()];
}

export function rangeOf(lines: LineIndex, source: SourceText, place: Place): Range {
  const start = offsetAt(source, place.start);
  const end = place.end > place.start ? offsetAt(source, place.end - 1) + 1 : start;
  return { start: lines.position(start), end: lines.position(end) };
}

export { Memories, Memory } from "./memory";
export { isWholeDocument, mainFileOf } from "../document/tex/root";
export type { Finding };
