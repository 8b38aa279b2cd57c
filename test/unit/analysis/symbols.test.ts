/** What the panel's cards say of symbols. */
import assert from "node:assert/strict";
import { analyze } from "../../../src/analysis/analyze";

function valuesIn(text: string): Record<string, string | null> {
  return Object.fromEntries(analyze(text, { layout: "auto", filename: "note.md" }).symbols.map(({ latex, value }) => [latex, value]));
}

describe("values of symbols", () => {
  it("are as the text writes them", () => {
    assert.equal(valuesIn("Let $x \\in \\mathbb{R}^n$ and $m = \\frac{1}{n} \\sum_i x_i$.")["m"], "\\frac{1}{n} \\sum_i x_i");
  });
  it("are roots where the text defines a square", () => {
    assert.equal(valuesIn("Let $x \\in \\mathbb{R}^n$ and $s^2 = \\sum_i x_i^2$.")["s"], "\\sqrt{\\sum_i x_i^2}");
  });
  it("keep roots that are written", () => {
    assert.equal(valuesIn("Let $x \\in \\mathbb{R}^n$ and $s = \\sqrt{\\sum_i x_i^2}$.")["s"], "\\sqrt{\\sum_i x_i^2}");
  });
});
