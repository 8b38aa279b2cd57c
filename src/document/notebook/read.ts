/**
 * Jupyter notebooks: Markdown cells are read as Markdown, code cells become code
 * blocks. Every character keeps its place in the JSON file. Cells of older
 * formats (in worksheets, with `input`, with headings of their own) are read too.
 */
import type { SourceText } from "../../base/span";
import { spanIn } from "../../base/span";
import type { Collector } from "../collector";
import { readMarkdown } from "../markdown/read";
import { cut, SourceBuilder } from "../source";
import { readTex } from "../tex/read";
import { JsonError, JsonScanner } from "./json";

export function readNotebook(text: string, collector: Collector, filename: string): void {
  const notebook = scan(text, collector);
  notebook.cells.forEach((cell, index) => {
    collector.cell = index;
    readCell(cell, notebook.language, collector, filename);
  });
  collector.cell = undefined;
}

interface Cell {
  type: string;
  level: number;
  source: SourceText | null;
}

interface Notebook {
  readonly cells: Cell[];
  language: string;
}

function scan(text: string, collector: Collector): Notebook {
  const notebook: Notebook = { cells: [], language: "python" };
  const json = new JsonScanner(text);
  try {
    json.object((key) => member(json, notebook, key));
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    collector.problem(`not a notebook that can be read: ${error.message}`, { start: Math.min(error.offset, text.length), end: Math.min(error.offset + 1, text.length) });
  }
  return notebook;
}

function member(json: JsonScanner, notebook: Notebook, key: string): void {
  if (key === "cells" && json.peek() === "[") json.array(() => cell(json, notebook.cells));
  else if (key === "worksheets" && json.peek() === "[") json.array(() => json.object((inner) => member(json, notebook, inner)));
  else if (key === "metadata" && json.peek() === "{") json.object((inner) => metadata(json, notebook, inner));
  else json.skip();
}

function metadata(json: JsonScanner, notebook: Notebook, key: string): void {
  if ((key !== "language_info" && key !== "kernelspec") || json.peek() !== "{") return json.skip();
  json.object((inner) => {
    if (json.peek() === '"' && ((inner === "name" && key === "language_info") || inner === "language")) notebook.language = json.string().toLowerCase();
    else json.skip();
  });
}

function cell(json: JsonScanner, cells: Cell[]): void {
  const read: Cell = { type: "", level: 0, source: null };
  cells.push(read);
  if (json.peek() !== "{") return json.skip();
  json.object((key) => {
    const next = json.peek();
    if (key === "cell_type" && next === '"') read.type = json.string();
    else if ((key === "source" || key === "input") && (next === '"' || next === "[")) read.source = source(json);
    else if (key === "level" && /\d/.test(next)) {
      read.level = Number(next);
      json.skip();
    } else json.skip();
  });
}

/** A string, or a list of strings that are one text. */
function source(json: JsonScanner): SourceText {
  const built = new SourceBuilder();
  json.peek();
  const origin = json.at + 1;
  if (json.peek() === '"') json.decodeInto(built);
  else json.array(() => (json.peek() === '"' ? json.decodeInto(built) : json.skip()));
  return built.build(origin);
}

function readCell(cell: Cell, language: string, collector: Collector, filename: string): void {
  const { source, type } = cell;
  if (!source || source.text.trim() === "") return;
  if (type === "markdown") readMarkdown(source, collector, { filename, file: false });
  else if (type === "heading") heading(source, cell.level, collector);
  else if (type === "code") code(source, language, collector);
}

function heading(source: SourceText, level: number, collector: Collector): void {
  collector.block({ kind: "heading", level: Math.max(1, level), pieces: [{ kind: "text", source }], span: spanIn(source, 0, source.text.length) });
}

/** A cell of code; one that starts with `%%latex` shows formulas. */
function code(source: SourceText, language: string, collector: Collector): void {
  const magic = /^%%(\w+)[^\n]*\n/.exec(source.text);
  const content = magic ? cut(source, magic[0].length, source.text.length) : source;
  if (magic?.[1] === "latex") readTex(content, collector, { packageFile: false });
  else collector.block({ kind: "code", language: languageOf(magic?.[1]?.toLowerCase(), language), source: content, span: spanIn(source, 0, source.text.length) });
}

/** `%%time` and the like run code of the notebook's own language. */
function languageOf(magic: string | undefined, language: string): string {
  return magic !== undefined && /^(?:bash|sh|html|javascript|js|perl|ruby|python[23]?|r|svg|markdown|script)$/.test(magic) ? magic : language;
}
