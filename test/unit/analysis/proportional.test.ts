import assert from "node:assert/strict";
import { analyze } from "../../../src/analysis/analyze";

const model = "Let $W \\in \\mathbb{R}^{m\\times n}$, $x \\in \\mathbb{R}^n$, $b \\in \\mathbb{R}^m$, $y = Wx + b$ and $L = \\frac12 \\|y\\|^2$.\n\n";

function verdict(claim: string): string | undefined {
  return analyze(`${model}$${claim}$\n`, { layout: "auto", filename: "a.md" }).statements.at(-1)?.verdict;
}

describe("what is proportional to a derivative", () => {
  it("is judged up to a factor", () => {
    assert.equal(verdict("\\frac{\\partial L}{\\partial x} \\propto W^\\top y"), "verified");
    assert.equal(verdict("\\frac{\\partial L}{\\partial x} \\propto -3 W^\\top y"), "verified");
    assert.equal(verdict("\\frac{\\partial L}{\\partial b} \\propto Wx - b"), "refuted");
  });

  it("is not judged where all numbers are", () => {
    assert.equal(verdict("\\frac{\\partial^2 \\|y\\|^2}{\\partial t^2} \\propto 7"), "unchecked");
    assert.equal(verdict("L \\propto y"), "unchecked");
  });
});
