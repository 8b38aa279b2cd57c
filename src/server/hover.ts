/**
 * What is said of the formula or symbol under the pointer: shape and role, the
 * verdict and why, the computed gradient as a picture. A client without
 * Markdown gets the same as plain text.
 */
import type { Hover } from "vscode-languageserver";
import type { DocumentReport, Statement, SymbolInfo } from "../analysis/types";
import { comparePositions, compareLengths, holds } from "../protocol/places";
import type { Position, Range } from "../protocol/places";
import type { ThemeKind } from "../protocol/requests";
import { statementsAt } from "./checked-document";
import { kindWord, messageBeside, notesOf, roleWords, symbolLatex, verdictSigns, verdictWord } from "./describe";
import type { Pictures } from "./picture";
import { displayable, plainText } from "./tex";
import type { Words } from "./words";

export interface HoverContext {
  /** Null for plain text. */
  readonly pictures: Pictures | null;
  readonly theme: ThemeKind;
  readonly pages: string | null;
  readonly t: Words;
}

/** How many symbols are told of a formula that asserts nothing. */
const mostSymbols = 6;

export function hoverAt(report: DocumentReport, position: Position, context: HoverContext): Hover | null {
  const symbol = symbolAt(report, position);
  const [statement] = statementsAt(report, position);
  const sections = [...(symbol ? [symbolSection(symbol.info, context)] : []), ...(statement ? [statementSection(statement, context)] : [])];
  const range = symbol?.place ?? statement?.relation;
  if (range !== undefined && sections.length > 0) return hover(sections, range, context);
  const formula = report.formulaRanges.find((place) => holds(place, position));
  if (!formula) return null;
  const inside = symbolsIn(report, formula).map((info) => symbolSection(info, context));
  return inside.length > 0 ? hover(inside, formula, context) : null;
}

function hover(sections: readonly string[], range: Range, { pictures }: HoverContext): Hover {
  return { contents: { kind: pictures ? "markdown" : "plaintext", value: sections.join(pictures ? "\n\n---\n\n" : "\n\n") }, range };
}

function symbolAt(report: DocumentReport, position: Position): { readonly info: SymbolInfo; readonly place: Range } | undefined {
  return report.symbols
    .flatMap((info) => info.occurrences.filter((place) => holds(place, position)).map((place) => ({ info, place })))
    .sort((a, b) => compareLengths(a.place, b.place))[0];
}

function symbolsIn({ symbols }: DocumentReport, formula: Range): SymbolInfo[] {
  return symbols.filter(({ occurrences, role }) => role !== "index" && occurrences.some(({ start }) => comparePositions(formula.start, start) <= 0 && comparePositions(start, formula.end) <= 0)).slice(0, mostSymbols);
}

function symbolSection(info: SymbolInfo, context: HoverContext): string {
  const value = info.value === null ? "" : ` = ${info.value}`;
  return paragraphs(context, [formula(`${symbolLatex(info)}`, context), sentence(roleWords(info, context.t), context), value === "" ? "" : formula(`${info.latex}${value}`, context)]);
}

function statementSection(statement: Statement, context: HoverContext): string {
  const { t } = context;
  const message = messageBeside(statement);
  const computed = statement.computed === null ? [] : [emphasis(t("Computed"), context), formula(isPointless(statement) ? statement.computed : `${statement.left} = ${statement.computed}`, context)];
  return paragraphs(context, [headline(statement, context), message === null ? "" : sentence(message, context), ...computed, ...notesOf(statement, t).map((note) => sentence(note, context))]);
}

/** The left side says nothing beside the computed one: a label, or no side at all. */
function isPointless({ left, kind }: Statement): boolean {
  return left.trim() === "" || kind === "label" || kind === "shape";
}

function headline(statement: Statement, context: HoverContext): string {
  const { t, pictures, pages } = context;
  const words = `${verdictSigns[statement.verdict]} ${verdictWord(statement.verdict, t)}`;
  const code = statement.code === null ? "" : pages === null ? `\`${statement.code}\`` : `[\`${statement.code}\`](${pages}${statement.code}.md)`;
  if (!pictures) return [words, kindWord(statement.kind, t), statement.code].filter((part) => part).join(" · ");
  return [`**${words}**`, escaped(kindWord(statement.kind, t)), code].filter((part) => part !== "").join(" · ");
}

/** A picture, or the LaTeX itself where there can be none. */
function formula(latex: string, { pictures, theme }: HoverContext): string {
  const shown = displayable(latex);
  if (!pictures) return plainText(latex);
  const picture = pictures.draw(shown, theme);
  if (!picture) return `\`\`\`latex\n${shown}\n\`\`\``;
  return `![${escaped(plainText(latex))}](${picture.url})`;
}

function sentence(text: string, { pictures }: HoverContext): string {
  return pictures ? escaped(text) : text;
}

function emphasis(text: string, { pictures }: HoverContext): string {
  return pictures ? `*${escaped(text)}*` : `${text}:`;
}

function paragraphs({ pictures }: HoverContext, parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(pictures ? "\n\n" : "\n");
}

function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!<>|~$&]/g, "\\$&").replace(/\s+/g, " ");
}
