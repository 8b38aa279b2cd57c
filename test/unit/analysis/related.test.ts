/** Beside what is wrong stands where the text says what its symbols are. */
import assert from "node:assert/strict";
import { analyze } from "../../../src/analysis/analyze";

describe("what a refutation rests on", () => {
  it("is where a shape is given, not a value that comes later", () => {
    const text = "Let $X \\in \\mathbb{R}^{n \\times d}$, $y \\in \\mathbb{R}^n$ and $w \\in \\mathbb{R}^d$.\n\n$$L(w) = \\|Xw - y\\|^2$$\n\n$$\\nabla_w L = X^\\top (Xw - y)$$\n\n$$w = (X^\\top X)^{-1} X^\\top y$$\n";
    const wrong = analyze(text, { layout: "auto", filename: "notes.md" }).statements.find(({ verdict }) => verdict === "refuted");
    const places = wrong?.related.map(({ range, message }) => [range.start.line, message]);
    assert.ok(places?.some(([line, message]) => line === 0 && message === "w is a vector of length d"), JSON.stringify(places));
    assert.ok(places?.every(([line]) => (line as number) < 4));
  });
});
