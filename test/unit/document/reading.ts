/** What the tests of the readers share: a document as lines that a person can compare, and the check of places. */
import assert from "node:assert/strict";
import type { SourceText } from "../../../src/base/span";
import { offsetAt } from "../../../src/base/span";
import type { ReadOptions } from "../../../src/document/index";
import { readDocument } from "../../../src/document/index";
import type { Document, Piece } from "../../../src/document/types";

/** Reads `text` as the file `filename`, and checks every place in what comes out. */
export function read(text: string, filename = "notes.md", options: Partial<ReadOptions> = {}): Document {
  const document = readDocument(text, { filename, ...options });
  checkPlaces(document);
  return document;
}

/** The sources of the formulas, display ones with `D:` before. */
export function formulas(text: string, filename?: string): string[] {
  return read(text, filename).formulas.map(({ display, source }) => (display ? `D:${source.text}` : source.text));
}

/** The blocks, one line each: `paragraph body: Let ⟦x⟧ be`. */
export function outline(document: Document): string[] {
  return document.blocks.map((block) => {
    switch (block.kind) {
      case "heading":
        return `heading ${block.level}: ${written(document, block.pieces)}`;
      case "paragraph":
        return `${block.role}${block.ordered ? " ordered" : ""}: ${written(document, block.pieces)}`;
      case "code":
        return `code ${block.language}: ${block.source.text}`;
      case "boundary":
        return `${block.opens ? "open" : "close"} ${block.name}`;
      case "rule":
        return "rule";
    }
  });
}

export function written(document: Document, pieces: readonly Piece[]): string {
  return pieces.map((piece) => (piece.kind === "text" ? piece.source.text : piece.kind === "code" ? `‹${piece.source.text}›` : `⟦${document.formulas[piece.formula]?.source.text ?? "?"}⟧`)).join("");
}

/** Characters that stand for another one of the file, one for one. */
const stands = new Set(["_*", " +", " ~"]);

/** Every character stands where its anchor says, unless it was decoded. */
export function checkExact(file: string, source: SourceText): void {
  assert.equal(source.anchors[0]?.at, 0, "an anchor at 0");
  for (let index = 1; index < source.anchors.length; index++) assert.ok((source.anchors[index - 1]?.at ?? 0) < (source.anchors[index]?.at ?? 0), "anchors in order");
  const decoded = new Set(source.anchors.filter(({ width }) => width !== undefined).map(({ at }) => at));
  for (let index = 0; index < source.text.length; index++) {
    const here = source.text.charAt(index);
    const there = file.charAt(offsetAt(source, index));
    if (here === there || decoded.has(index) || stands.has(here + there)) continue;
    assert.fail(`character ${index} of ${JSON.stringify(source.text)} is ${JSON.stringify(here)}, the file has ${JSON.stringify(there)}`);
  }
}

export function checkPlaces(document: Document): void {
  const { text } = document;
  const inRange = (span: { readonly start: number; readonly end: number }, what: string): void => assert.ok(0 <= span.start && span.start <= span.end && span.end <= text.length, `${what} in range: ${span.start}–${span.end} of ${text.length}`);
  let last = 0;
  document.formulas.forEach((formula, index) => {
    assert.equal(formula.id, index);
    inRange(formula.span, "formula");
    assert.ok(formula.span.start >= last, "formulas in file order");
    last = formula.span.start;
    checkExact(text, formula.source);
    const start = offsetAt(formula.source, 0);
    assert.ok(formula.span.start <= start && start <= formula.span.end, "source inside its span");
  });
  const shown: number[] = [];
  for (const block of document.blocks) {
    inRange(block.span, block.kind);
    if (block.kind === "code") checkExact(text, block.source);
    if (block.kind !== "heading" && block.kind !== "paragraph") continue;
    assert.ok(block.pieces.length > 0, "no empty block");
    for (const piece of block.pieces) {
      if (piece.kind === "formula") shown.push(piece.formula);
      else checkExact(text, piece.source);
    }
  }
  assert.deepEqual([...shown].sort((a, b) => a - b), document.formulas.map(({ id }) => id), "every formula is in one place");
  for (const problem of document.problems) inRange(problem.span, "problem");
  for (const directive of document.directives) inRange(directive.span, "directive");
  for (const macro of document.macros) inRange(macro.span, "macro");
}
