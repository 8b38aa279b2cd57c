/**
 * A notebook that an editor has open: its cells, each a text of its own, read
 * as one document. The text of the document is that of all cells, one below the
 * other; `parts` tells which cell a place is in.
 */
import { sliceOf } from "../../base/span";
import { Collector } from "../collector";
import type { ReadOptions } from "../index";
import { readMacroFile, settingMacro } from "../macros";
import { readMarkdown } from "../markdown/read";
import type { Joined, Part } from "../tex/inputs";
import type { Document } from "../types";

export interface OpenCell {
  /** What the editor calls it. */
  readonly id: string;
  readonly languageId: string;
  readonly text: string;
}

export function readCells(cells: readonly OpenCell[], options: ReadOptions): { document: Document; joined: Joined } {
  const text = cells.map((cell) => `${cell.text}\n`).join("");
  const collector = new Collector(text);
  for (const [name, body] of Object.entries(options.macros ?? {})) collector.macros.push(settingMacro(name, body));
  for (const file of options.macroFiles ?? []) collector.macros.push(...readMacroFile(file));
  const parts: Part[] = [];
  let at = 0;
  cells.forEach((cell, index) => {
    parts.push({ at, path: cell.id, offset: 0 });
    const source = sliceOf(text, at, at + cell.text.length);
    collector.cell = index;
    if (cell.languageId === "markdown") readMarkdown(source, collector, { filename: options.filename, file: false });
    else if (cell.text.trim() !== "") collector.block({ kind: "code", language: cell.languageId, source, span: { start: at, end: at + cell.text.length } });
    at += cell.text.length + 1;
  });
  const { blocks, formulas, macros, directives, problems } = collector;
  return { document: { format: "notebook", text, blocks, formulas, macros, directives, problems }, joined: { text, parts, unknown: [] } };
}
