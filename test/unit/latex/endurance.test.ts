/** Sources that are made to be slow: time must grow with their length, not with its square, and no stack may overflow. */
import assert from "node:assert/strict";
import { parseMath, type Node } from "../../../src/latex/index";
import { childrenOf } from "./children";

const repeated = [
  "{", "}", "^", "_", "'", "$", "&", "\\\\", "(", ")", "[", "]", "[,)", "( ]", "\\langle )", "\\frac", "\\frac{", "\\sqrt[", "\\left(", "\\right)", "\\left[(",
  "\\begin{matrix}", "\\end{matrix}", "\\begin{", "\\text{", "\\text{$", "\\mathbf{", "\\hat", "\\overbrace{", "x^{", "\\abs{", "\\pdv{", "\\newcommand{\\q}{\\q\\q}\\q",
  "\\over", "{a\\over", "\\not", "\\big|", "\\bf", "\\operatorname{", "\\substack{", "x\u0302", "\u0302", "\\_", "*{", "1{,}", "...", "x\\T", "²", "\\xrightarrow[", "\\middle|",
  "\\def", "\\let\\q=", "%\n", "\\", "\\double{", "\\loop", "\\brace", "中", "([{",
];

const macros = new Map([
  ["\\double", { parameters: 1, optional: null, body: "\\double{#1}\\double{#1}" }],
  ["\\loop", { parameters: 0, optional: null, body: "x\\loop" }],
  ["\\brace", { parameters: 0, optional: null, body: "{" }],
]);

function depthOf(root: readonly Node[]): number {
  let depth = 0;
  for (let level: Node[] = [...root]; level.length; level = level.flatMap((node) => childrenOf(node).flat())) depth++;
  return depth;
}

describe("a piece over and over", () => {
  for (const piece of repeated) {
    const times = piece.length <= 6 ? 100_000 : 20_000;
    it(`${times} × ${JSON.stringify(piece)}`, function () {
      // It takes a fraction of a second; quadratic time would be minutes.
      this.timeout(20_000);
      const { root, problems } = parseMath(piece.repeat(times), { macros });
      assert.ok(problems.length <= 60);
      assert.ok(depthOf(root) <= 250);
    });
  }
});

describe("deep nesting", () => {
  it("is read to a hundred levels, and reported beyond", () => {
    const nested = (levels: number): string => "{".repeat(levels) + "x" + "}".repeat(levels);
    assert.deepEqual(parseMath(nested(100)).problems, []);
    assert.deepEqual(
      parseMath(`a ${nested(101)} b`).problems.map(({ message, start }) => [message, start]),
      [["nested too deeply", 102]],
    );
  });
  it("loses only what is too deep", () => {
    const { root } = parseMath(`a + ${"(".repeat(300)}x${")".repeat(300)} + b`);
    assert.equal(root[root.length - 1]?.kind, "symbol");
  });
});
