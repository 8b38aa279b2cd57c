import assert from "node:assert/strict";
import type { TextDocument } from "vscode";
import { showsMathematics } from "../../../src/extension/languages";

function shows(text: string, languageId = "markdown"): boolean {
  return showsMathematics({ languageId, getText: () => text } as TextDocument);
}

describe("a server is worth its while", () => {
  const spellings = ["\\frac{\\partial L}{\\partial W}", "$\\nabla_x f$", "\\begin{bmatrix} a \\end{bmatrix}", "\\begin{pmatrix*}[r]", "W \\in \\mathbb{R}^{n}", "\\mathbb R^n", "\\frac{d}{dx} f", "\\frac{\\mathrm{d} y}{\\mathrm{d} x}", "dy/dx", "A_{m\\times n}", "X^\\top X", "x^T A x", "x^{T} y", "\\operatorname{tr}(A)"];
  for (const text of spellings) it(`for ${text}`, () => assert.ok(shows(`Some prose, ${text} and more.`)));

  for (const text of ["Two loaves for $4 and a paper for $2.", "A table | of | words", "and/or, input/output, 3/4", "e = mc^2 and a_1"]) it(`not for ${text}`, () => assert.ok(!shows(text)));

  it("not in other languages", () => assert.ok(!shows("\\nabla", "plaintext")));

  it("decided quickly, whatever the text", () => {
    const started = performance.now();
    for (const piece of ["_{", "\\frac{", "\\mathbb{", "d/", "^{ "]) shows(piece.repeat(100_000));
    assert.ok(performance.now() - started < 2000);
  });
});
