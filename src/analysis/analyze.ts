/**
 * The facade: one document in, everything that is said of it out. No input or
 * output, no clock: it runs in a browser as it does in Node.
 */
import { LineIndex } from "../base/line-index";
import { sameData } from "../base/same";
import { offsetAt, type SourceText, type Span } from "../base/span";
import { formatOf, readDocument } from "../document";
import { type OpenCell, readCells } from "../document/notebook/cells";
import { macroScopes } from "../document/macro-scopes";
import { joinInputs } from "../document/tex/inputs";
import type { Document, Formula } from "../document/types";
import { parseMath } from "../latex";
import type { Place } from "../latex/types";
import type { Reading } from "../readings/reading";
import { withCotangents } from "../semantics/cotangents";
import { childrenOf, type Expr, plainSymbol, type ReadFormula, readFormula, type ReadOptions, type SymbolExpr } from "../semantics/expression";
import { type Model, understand } from "../semantics/model";
import { isPlain, numbersAbove, type Numbering, numbersBesides } from "../semantics/numbering";
import { withNumberedGradients } from "../semantics/short-gradients";
import { withSpelledNames } from "../semantics/spelled-names";
import type { Entity } from "../semantics/symbols/entity";
import { fullKey, taggedKey } from "../semantics/symbols/key";
import { writesSmallTransposes } from "../semantics/transposes";
import { sectionsOfDistances } from "../semantics/distances";
import { sectionsOfVariations } from "../semantics/variations";
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
import type { AnalyzeOptions, DocumentReport, FileReport, MacroInfo, Range } from "./types";

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
export function understood(document: Document): { readonly parsed: readonly Parsed[]; readonly model: Model } {
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
  const placed = findings.map((finding) => {
    const judged = statementOf(finding, document, model, { inFormula: rangeIn, inFile: spanRange }, options.certificates);
    const statement = judged.computed !== null && areAsked(judged.latex) ? { ...judged, steps: derivationOfFinding(model, finding, home) } : judged;
    return { statement, relation: lines.offset(statement.relation.start), judged: lines.offset(statement.range.start), line: statement.range.start.line };
  });
  const applied = applyDirectives(placed, document.directives, document.formulas.map(({ span }) => span));
  const latexOf = (formula: number, place: Place): string => (document.formulas[formula] as Formula).source.text.slice(place.start, place.end);
  const report: DocumentReport = {
    formulas: { total: document.formulas.length, read: errors.filter((found) => !found.length).length },
    statements: applied.statements,
    symbols,
    formulaRanges: document.formulas.map(({ span }) => spanRange(span)),
    unreadFormulas: errors.flatMap((found, formula) => (found.length ? [formula] : [])),
    open: open().map(({ open: one, computed }) => {
      const { located, left } = one.claim;
      const latex = latexOf(located.formula, left);
      return { range: rangeIn(located.formula, one.at), latex, computed: computed.latex, inCode: computed.inCode, ...(areAsked(latex) ? { steps: derivationOfOpen(model, one, home) } : {}) };
    }),
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

type Parsed = ReturnType<typeof parseMath>;

/** Reads twice: what is a function before parentheses is known only once all declarations are read. Formulas that do not ask are read once. */
export function modelOf(document: Document, asWritten: readonly Parsed[]): Model {
  const parsed = withSpelledNames(asWritten);
  const asking = new Set<number>();
  const unasked = (id: number): ReadOptions => ({ isFunction: () => void asking.add(id), isDeclared: () => !asking.add(id), origin: () => void asking.add(id) });
  const plain = parsed.map((one, id) => readFormula(one, unasked(id)));
  const smallTransposes = writesSmallTransposes(plain);
  const written = smallTransposes ? parsed.map((one, id) => readFormula(one, { ...unasked(id), smallTransposes })) : plain;
  const taken = understand(document, written);
  const { before, first, numbering } = renumbered(document, taken, written, (given) => parsed.map((one, id) => readFormula(one, { ...unasked(id), smallTransposes, numbering: given })));
  const position = (id: number): number => (document.formulas[id] as Formula).span.start;
  const sectionOf = (id: number): number => first.located.find((located) => located.formula === id)?.section ?? 0;
  const namedDifferentials = namedBy(first);
  const derived = derivedFunctions(before);
  const multiplied = matricesIn(before);
  const variations = sectionsOfVariations(first);
  const distances = sectionsOfDistances(first);
  const dIsSize = first.table.sizeNames.has("d");
  const second: ReadFormula[] = parsed.map((one, id) => {
    const place = { position: position(id), section: sectionOf(id) };
    const isDistance = distances.has(place.section);
    const isFunction = (symbol: SymbolExpr): boolean | undefined => {
      if (isDistance && fullKey(symbol) === "d") return true;
      const entity = first.table.resolve(symbol, place)?.entity;
      if (!entity) return first.table.sizeNames.has(taggedKey(symbol)) || multiplied.has(taggedKey(symbol)) ? false : derived.has(taggedKey(symbol)) || undefined;
      if (entity.isFunction || entity.named !== null || entity.elementwise) return true;
      if (entity.parameters.length && !entity.isLoss) return true;
      if (entity.isLoss) return undefined;
      if (entity.shape !== null && entity.shapeFrom === "declared") return false;
      if (entity.definition) return entity.definition.expr.kind === "symbol" ? undefined : false;
      // `\sigma > 0`, "p is an integer": a number in this section, whatever the letter is elsewhere.
      if (entity.section === place.section && isSaidNumber(entity)) return false;
      return undefined;
    };
    const isDeclared = (symbol: SymbolExpr): boolean => {
      const entity = first.table.resolve(symbol, place)?.entity;
      return entity !== undefined && (entity.shape !== null || entity.definition !== null);
    };
    const origin = (symbol: SymbolExpr): "given" | "made" | undefined => {
      const entity = first.table.resolve(symbol, place)?.entity;
      if (!entity || entity.isFunction || entity.isLoss || entity.shape?.length === 0) return undefined;
      return entity.definition || entity.parameters.length ? "made" : entity.shape ? "given" : undefined;
    };
    const dependsOn = (symbol: SymbolExpr): readonly SymbolExpr[] => {
      const entity = first.table.resolve(symbol, place)?.entity;
      if (!entity || entity.isLoss) return [];
      // A matrix M(s) = (1-s)A + sB is a function, and beside another matrix a factor.
      const isNumber = (param: SymbolExpr): boolean => /^[a-z]/.test(param.name) && !first.table.resolve(param, place)?.entity.shape?.length;
      if (!entity.isFunction) return entity.parameters;
      return entity.definition?.kind === "function" && /^[A-Z]$/.test(symbol.name) && entity.definition.params.every(isNumber) ? entity.definition.params : [];
    };
    const dIsVariable = isDistance || isDeclared(plainSymbol("d", "", { start: 0, end: 0 }, []));
    const deltaVaries = variations.has(place.section);
    const earlier = before[id] as ReadFormula;
    if (!asking.has(id) && !dIsVariable && !dIsSize && !deltaVaries && !namedDifferentials.size) return earlier;
    const again = readFormula(one, { isFunction, dependsOn, isDeclared, origin, smallTransposes, numbering, dIsVariable, dIsSize, deltaVaries, namedDifferentials });
    return sameData(earlier, again) ? earlier : again;
  });
  const read = second.every((one, id) => one === before[id]) ? first : understand(document, second, first);
  const full = withCotangents(read, withNumberedGradients(read, second));
  return full === second ? read : understand(document, full, read);
}

/** Whether the text says of a letter what it says of numbers alone. */
function isSaidNumber({ isSize, shape, properties }: Entity): boolean {
  return isSize || (shape?.length === 0 && ["positive", "nonnegative", "unitInterval", "nonzero"].some((property) => properties.has(property)));
}

/** The formulas as they are read once it is known how the document numbers its symbols. */
function renumbered(document: Document, taken: Model, written: readonly ReadFormula[], read: (numbering: Numbering) => ReadFormula[]): { before: readonly ReadFormula[]; first: Model; numbering?: Numbering } {
  const above = numbersAbove(taken);
  const powers = isPlain(above) ? written : read(above);
  const numbering = numbersBesides(powers === written ? taken : understand(document, powers, taken), above);
  if (isPlain(numbering)) return { before: written, first: taken };
  const before = read(numbering);
  return { before, first: understand(document, before, taken), numbering };
}

/** The letters θ of which the document writes `\theta'(s)`: nobody puts a lone letter behind a transpose in parentheses. */
function derivedFunctions(formulas: readonly ReadFormula[]): ReadonlySet<string> {
  const within = (expr: Expr): string[] => [...(expr.kind === "apply" && expr.primes > 0 && expr.args.length === 1 && expr.args[0]?.kind === "symbol" ? [taggedKey(expr.fn)] : []), ...childrenOf(expr).flatMap(within)];
  // `\Phi' = \varphi` speaks of functions too.
  const named = (sides: readonly Expr[]): string[] => (sides.length === 2 && sides.every((side) => side.kind === "symbol" && !side.subscripts.length) ? sides.flatMap((side) => (side.kind === "symbol" && side.primes === 1 ? [taggedKey({ ...side, primes: 0 })] : [])) : []);
  return new Set(formulas.flatMap(({ assertions }) => assertions.flatMap(({ sides }) => [...sides.flatMap(within), ...named(sides)])));
}

/** The letters F that the document transposes: `F(x_{k-1} - \\hat{x}_{k-1})` is a product. */
function matricesIn(formulas: readonly ReadFormula[]): ReadonlySet<string> {
  const within = (expr: Expr): string[] => [...(expr.kind === "transpose" && expr.base.kind === "symbol" && /^[A-Z]$/.test(expr.base.name) ? [taggedKey(expr.base)] : []), ...childrenOf(expr).flatMap(within)];
  return new Set(formulas.flatMap(({ assertions }) => assertions.flatMap(({ sides }) => sides.flatMap(within))));
}

/** The letters X for which the document writes `dX = \partial L/\partial X`: there `dX` is a name. */
function namedBy(model: Model): ReadonlySet<string> {
  return new Set(
    model.located.flatMap(({ assertion }) => {
      const [left, right] = assertion.sides;
      const named = left?.kind === "differential" && left.of.kind === "symbol" ? left.of.name : null;
      return named && right?.kind === "derivative" && right.wrt.some((wrt) => wrt.kind === "symbol" && wrt.name === named) ? [named] : [];
    }),
  );
}

export function rangeOf(lines: LineIndex, source: SourceText, place: Place): Range {
  const start = offsetAt(source, place.start);
  const end = place.end > place.start ? offsetAt(source, place.end - 1) + 1 : start;
  return { start: lines.position(start), end: lines.position(end) };
}

export { Memories, Memory } from "./memory";
export { isWholeDocument, mainFileOf } from "../document/tex/root";
export type { Finding };
