import assert from "node:assert/strict";
import { analyze } from "../../../src/analysis/analyze";
import { symbolLatex } from "../../../src/server/describe";

function symbolsOf(text: string): string[] {
  return analyze(text, { layout: "auto", filename: "note.md" }).symbols.map((info) => [symbolLatex(info), ...info.assumptions].join(", "));
}

describe("a symbol in words", () => {
  it("has its space where a size is known", () => assert.deepEqual(symbolsOf("Let $W \\in \\mathbb{R}^{2 \\times k}$ and $b \\in \\mathbb{R}^k$."), ["W \\in \\mathbb{R}^{2 \\times k}", "b \\in \\mathbb{R}^{k}"]));
  it("is bare where none is", () => assert.deepEqual(symbolsOf("Let $w$ be a vector and $M$ a matrix with $q = w^\\top M w$.").slice(0, 2), ["w", "M"]));
  it("has the values that it takes", () => assert.deepEqual(symbolsOf("Let $y \\in \\{-1, 1\\}$ and $t \\in \\{0, 1\\}$ and $\\alpha \\in (0, 1)$."), ["y, ±1", "t, 0 or 1", "\\alpha, between 0 and 1"]));
});
