/**
 * Reads a file of notes into blocks, formulas and definitions, whatever format
 * it has. Never throws on what a file may hold; no input or output. Files that
 * a document names (`\input`) have been joined to it before, see `tex/inputs`.
 */
import { sliceOf } from "../base/span";
import { Collector } from "./collector";
import { readMacroFile, settingMacro } from "./macros";
import { readMarkdown } from "./markdown/read";
import { readNotebook } from "./notebook/read";
import { readTex } from "./tex/read";
import type { Document, Format } from "./types";

export interface ReadOptions {
  /** Decides the format where `languageId` does not. */
  readonly filename: string;
  readonly languageId?: string;
  /** From settings: name with backslash → body. They come first, so the document's own win. */
  readonly macros?: Readonly<Record<string, string>>;
  /** Texts of macro files; they come next. */
  readonly macroFiles?: readonly string[];
}

export function readDocument(text: string, options: ReadOptions): Document {
  const collector = new Collector(text);
  const format = formatOf(text, options);
  for (const [name, body] of Object.entries(options.macros ?? {})) collector.macros.push(settingMacro(name, body));
  for (const file of options.macroFiles ?? []) collector.macros.push(...readMacroFile(file));
  if (format === "notebook") readNotebook(text, collector, options.filename);
  else if (format === "latex") readTex(sliceOf(text, 0, text.length), collector, { packageFile: isPackage(options.filename) });
  else readMarkdown(sliceOf(text, 0, text.length), collector, { filename: options.filename, file: true });
  const { blocks, formulas, macros, directives, problems } = collector;
  return { format, text, blocks, formulas, macros, directives, problems };
}

/** A notebook's cell is given by editors as Markdown text under the notebook's name: the language decides. */
export function formatOf(text: string, { filename, languageId }: ReadOptions): Format {
  if (languageId !== undefined && /^(?:la|pla)?tex\b|^(?:latex-expl3|doctex)$/i.test(languageId)) return "latex";
  if (languageId !== undefined && /^(?:markdown|rmd|quarto|mdx|md|myst)$/i.test(languageId)) return "markdown";
  if (/\.ipynb$/i.test(filename) || languageId === "jupyter") return /^\uFEFF?\s*\{/.test(text) ? "notebook" : "markdown";
  return /\.(?:tex|ltx|latex|rnw|rtex|sty|cls|dtx|tikz)$/i.test(filename) ? "latex" : "markdown";
}

function isPackage(filename: string): boolean {
  return /\.(?:sty|cls)$/i.test(filename);
}
