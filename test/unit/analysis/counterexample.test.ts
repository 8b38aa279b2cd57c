import assert from "node:assert/strict";
import { analyze } from "../../../src/analysis/analyze";
import type { Counterexample } from "../../../src/analysis/types";

const symbols = "Let $W \\in \\mathbb{R}^{d_{\\text{out}}\\times\\nu}$, $x \\in \\mathbb{R}^\\nu$, $q \\in \\mathbb{R}^{n^{(1)}}$ and $K \\in \\mathbb{R}^{m\\times k}$.";

function counterexample(claim: string): Counterexample {
  const { statements } = analyze(`${symbols}\n\n$${claim}$`, { layout: "auto", filename: "notes.md" });
  const found = statements.at(-1)?.counterexample;
  assert.ok(found, claim);
  assert.notEqual(found.left, found.right);
  return found;
}

describe("a counterexample", () => {
  it("names the sizes that the claim uses, and no others", () => {
    assert.deepEqual(Object.keys(counterexample("\\nabla_x\\, x^\\top x = -2x").sizes), ["\\nu"]);
    assert.deepEqual(Object.keys(counterexample("\\nabla_x \\|Wx\\|^2 = W^\\top W x").sizes).sort(), ["\\nu", "d_{\\mathrm{out}}"]);
    assert.deepEqual(Object.keys(counterexample("\\nabla_q\\, q^\\top q = q").sizes), ["n^{(1)}"]);
  });

  it("has a place in an array", () => assert.deepEqual(counterexample("\\nabla_x\\, x^\\top x = -2x").entry, [1, 1]));

  it("gives free indices as values, and a number no place", () => {
    const { sizes, entry } = counterexample("\\frac{\\partial}{\\partial K_{ij}} \\operatorname{tr}(K^\\top K) = -2K_{ij}");
    assert.deepEqual(Object.keys(sizes).sort(), ["i", "j", "k", "m"]);
    assert.deepEqual([sizes.i, sizes.j, entry], [1, 1, null]);
  });
});
