/** Closed forms are written for all gradients, or beside what is wrong; verdicts are the same either way. */
import assert from "node:assert/strict";
import { analyze } from "../../../src/analysis/analyze";
import { isOpen } from "../../../src/base/statement";

const text = "Let $x, a \\in \\mathbb{R}^n$.\n\n$$\\frac{\\partial\\, a^\\top x}{\\partial x} = a + 0$$\n\n$$\\frac{\\partial\\, a^\\top x}{\\partial x} = 2a$$\n\n$$\\frac{\\partial\\, x^\\top x}{\\partial x} =$$\n";
const told = (closedForms: "all" | "wrong") => {
  const { statements } = analyze(text, { layout: "auto", filename: "notes.md", closedForms });
  const stated = statements.filter(({ kind, verdict }) => kind === "gradient" && verdict !== "unchecked").map(({ verdict, computed }) => [verdict, computed]);
  return { stated, open: statements.filter(isOpen).length };
};

describe("closed forms", () => {
  it("are written for every gradient", () => {
    const { stated, open } = told("all");
    assert.deepEqual(stated, [["verified", "a"], ["refuted", "a"]]);
    assert.equal(open, 1);
  });
  it("are written beside what is wrong and what is left open alone", () => {
    const { stated, open } = told("wrong");
    assert.deepEqual(stated, [["verified", null], ["refuted", "a"]]);
    assert.equal(open, 1);
  });
  it("spell what nothing declares as it is written", () => {
    const counts = "Let $\\ell(\\beta) = \\sum_{i=1}^n (y_i x_i^\\top \\beta - e^{x_i^\\top\\beta})$ where $x_i \\in \\mathbb{R}^p$ are the rows of $X$.\n\n$$\\nabla_\\beta \\ell =$$\n";
    assert.deepEqual(analyze(counts, { layout: "auto", filename: "notes.md" }).statements.filter(isOpen).map(({ computed }) => computed), ["X^\\top(y-\\exp(X\\beta))"]);
  });
});
