/** Whatever the text, the checker says something of it, in range and in bounded time. */
import assert from "node:assert/strict";
import * as fc from "fast-check";
import { analyze } from "../../../src/analysis/analyze";

const pieces = [
  "$", "$$", "\\(", "\\]", "{", "}", "^", "_", "&", "\\\\", "\n", "\n\n", "> ", "- ", "1. ", "|", "```math\n", "<!-- gradcheck: ", "-->", "%", "#", "---\n",
  "\\begin{align}", "\\end{align}", "\\begin{bmatrix}", "\\end{cases}", "\\frac", "\\partial", "\\nabla_x", "\\sum_{i=1}^n", "\\def\\a{\\a\\a}", "\\a", "\\newcommand{\\b}[1]{#1", "\\b{x}", "\\left(", "\\right]",
  "x^\\top A x", "W", "\\frac{\\partial L}{\\partial W}", "=", "\\propto", "2x", "Let $A \\in \\mathbb{R}^{n\\times n}$ be symmetric. ", "where ", "不对称", "\\text{for } i \\neq j", "\\input{a}", "😀", "\u0000", "\u202e",
];

describe("bad input", () => {
  for (const filename of ["a.md", "a.tex", "a.mdx", "a.ipynb"]) {
    it(`is survived, with places in range: ${filename}`, () => {
      fc.assert(
        fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 40 }), (parts) => {
          const source = parts.join("");
          const text = filename === "a.ipynb" ? JSON.stringify({ cells: [{ cell_type: "markdown", source: [source] }] }).slice(0, parts.length % 5 === 0 ? -9 : undefined) : source;
          const { statements, problems } = analyze(text, { layout: "auto", filename, files: { "a.tex": "$\\frac{x" } });
          const lines = text.split(/\r\n|\r|\n/);
          for (const { range } of [...statements, ...problems]) {
            for (const { line, character } of [range.start, range.end]) assert.ok(character <= (lines[line]?.length ?? -1), `${line}:${character}`);
          }
        }),
        { seed: 7, numRuns: 150 },
      );
    });
  }

  it("of great size costs its own claim alone", () => {
    const cell = (i: number, j: number): string => `a_{${i},${j}}`;
    const rows = Array.from({ length: 60 }, (_, i) => Array.from({ length: 60 }, (__, j) => cell(i, j)).join(" & ")).join(" \\\\ ");
    const text = `Let $x \\in \\mathbb{R}^n$.\n\n$$\\begin{bmatrix} ${rows} \\end{bmatrix} = \\begin{bmatrix} ${rows} \\end{bmatrix}^\\top$$\n\n$\\frac{\\partial x^\\top x}{\\partial x} = 2x$\n`;
    const { statements } = analyze(text, { layout: "auto", filename: "a.md" });
    assert.deepEqual(statements.slice(-2).map(({ verdict, reason }) => reason ?? verdict), ["too-large", "verified"]);
  });

  it("in a macro costs the formulas that use it, and is told there", () => {
    const text = "$\\newcommand{\\loop}{\\loop x}$\n\nLet $x \\in \\mathbb{R}^n$.\n\n$\\loop = 3$\n\n$\\frac{\\partial x^\\top x}{\\partial x} = 2x$\n";
    const { statements, problems } = analyze(text, { layout: "auto", filename: "a.md" });
    assert.deepEqual(problems.map(({ range, message }) => `${range.start.line + 1} ${message}`), ["5 '\\loop' expands without end"]);
    assert.equal(statements.at(-1)?.verdict, "verified");
  });
});
