import assert from "node:assert/strict";
import { analyze, unknownFiles } from "../../../src/analysis/analyze";
import type { DocumentReport } from "../../../src/analysis/types";

const main = [
  "\\documentclass{article}",
  "\\input{macros}",
  "\\begin{document}",
  "Let $W \\in \\R^{m\\times n}$, $x \\in \\R^n$ and $y = Wx$, $L$ a scalar loss.",
  "\\[ \\pd{L}{x} = W \\pd{L}{y} \\]",
  "\\include{parts/more}",
  "\\[ \\pd{L}{x} = W^\\top \\pd{L}{y} \\]",
  "\\end{document}",
  "",
].join("\n");
const files = {
  "macros.tex": "\\newcommand{\\R}{\\mathbb{R}}\n\\newcommand{\\pd}[2]{\\frac{\\partial #1}{\\partial #2}}\n",
  "parts/more.tex": "% the second part\nThen\n\\[ \\pd{L}{W} = 2 \\pd{L}{y} x^\\top \\]\n\\[ \\pd{L}{x} = W \\pd{L}{y} \\]\nand $\\frac{\\partial",
  "parts/more": null,
};

function gradients({ statements }: DocumentReport): string[] {
  return statements.filter(({ kind }) => kind === "gradient").map(({ range, verdict }) => `${range.start.line + 1}:${range.start.character} ${verdict}`);
}

describe("a document of several files", () => {
  const report = analyze(main, { layout: "auto", filename: "main.tex", files });
  const [macros, more] = report.included ?? [];

  it("is judged as one, each file in its own lines", () => {
    assert.deepEqual(gradients(report), ["5:15 refuted", "7:15 verified"]);
    assert.deepEqual(report.included?.map(({ path }) => path), ["macros.tex", "parts/more.tex"]);
    assert.deepEqual(gradients(more?.report as DocumentReport), ["3:15 refuted", "4:15 refuted"]);
    assert.deepEqual(gradients(macros?.report as DocumentReport), []);
  });

  it("counts formulas and places problems in the file that has them", () => {
    assert.deepEqual([report.formulas, more?.report.formulas.total], [{ total: 6, read: 6 }, 2]);
    assert.deepEqual(more?.report.problems.map(({ range, code }) => [range.start.line + 1, code]), [[5, "syntax"]]);
    for (const { formulaRanges, statements } of [report, more?.report ?? report]) {
      for (const { formula, range } of statements) assert.ok((formulaRanges[formula]?.start.line ?? Infinity) <= range.start.line && range.end.line <= (formulaRanges[formula]?.end.line ?? 0));
    }
  });

  it("names a slip that another file has made before", () => {
    const again = more?.report.statements.find(({ range }) => range.start.line === 3);
    assert.match(again?.message ?? "", /\(same slip as line 5 of the main file\)$/);
    assert.deepEqual(again?.related.filter(({ message }) => message.startsWith("the same slip")).map(({ file }) => file), [null]);
  });

  it("tells which files it would read", () => {
    assert.deepEqual(unknownFiles(main, { filename: "main.tex" }), ["macros.tex", "macros", "parts/more.tex", "parts/more"]);
    assert.deepEqual(unknownFiles(main, { filename: "main.tex", files }), []);
    assert.deepEqual(unknownFiles("\\input{a}", { filename: "notes.md" }), []);
  });
});
