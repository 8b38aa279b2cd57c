import assert from "node:assert/strict";
import { offsetAt, spanIn } from "../../../src/base/span";
import { outline, read } from "./reading";

function notebook(...cells: readonly object[]): string {
  return JSON.stringify({ cells, metadata: { language_info: { name: "julia" } }, nbformat: 4 }, null, 1);
}

describe("document: notebooks", () => {
  it("reads Markdown and code cells, each for itself", () => {
    const text = notebook({ cell_type: "markdown", metadata: { a: ["$no$"] }, source: ["# Head $x$\n", "\n", "Text $y"] }, { cell_type: "code", source: "a = 1", outputs: [{ text: "$no$" }] }, { cell_type: "raw", source: "$no$" }, { cell_type: "markdown", source: "$ more $z$\n> $$\n> \\frac{a}{b} \\\\\n> $$" });
    const document = read(text, "a.ipynb");
    assert.equal(document.format, "notebook");
    assert.deepEqual(outline(document), ["heading 1: Head ⟦x⟧", "body: Text $y", "code julia: a = 1", "body: $ more ⟦z⟧", "quote: ⟦\n\\frac{a}{b} \\\\\n⟧"]);
    assert.deepEqual(document.blocks.map(({ cell }) => cell), [0, 0, 1, 3, 3]);
    assert.deepEqual(document.formulas.map(({ cell }) => cell), [0, 3, 3]);
  });

  it("knows the place and the width of every decoded character", () => {
    const text = '{"cells": [{"cell_type": "markdown", "source": ["\\u0024\\\\frac{\\u00e9}{b}$\\tand\\n", "$\\\\a\\"$"]}]}';
    const document = read(text, "a.ipynb");
    const [first, second] = document.formulas;
    assert.equal(first?.source.text, "\\frac{é}{b}");
    assert.deepEqual(first.span, { start: text.indexOf("\\u0024"), end: text.indexOf("$\\tand") + 1 });
    const accent = spanIn(first.source, 6, 7);
    assert.equal(text.slice(accent.start, accent.end), "\\u00e9");
    const all = spanIn(first.source, 0, first.source.text.length);
    assert.equal(text.slice(all.start, all.end), "\\\\frac{\\u00e9}{b}");
    assert.equal(second?.source.text, '\\a"');
    assert.equal(text.slice(second.span.start, second.span.end), '$\\\\a\\"$');
    assert.equal(offsetAt(second.source, 3), text.indexOf("$\"]}]}"), "the place after the last decoded character");
  });

  it("reads older formats and LaTeX cells", () => {
    const old = JSON.stringify({ worksheets: [{ cells: [{ cell_type: "heading", level: 2, source: ["Old"] }, { cell_type: "code", input: ["b"] }] }], metadata: {} });
    assert.deepEqual(outline(read(old, "a.ipynb")), ["heading 2: Old", "code python: b"]);
    assert.deepEqual(outline(read(notebook({ cell_type: "code", source: "%%latex\n\\begin{align} a &= b \\end{align}" }), "a.ipynb")), ["body: ⟦ a &= b ⟧"]);
    assert.deepEqual(outline(read(notebook({ cell_type: "code", source: "%%bash\nls" }), "a.ipynb")), ["code bash: ls"]);
  });

  it("says what is broken and keeps what came before", () => {
    const text = '{"cells": [{"cell_type": "markdown", "source": "$x$"}, {"cell_type": oops';
    const document = read(text, "a.ipynb");
    assert.deepEqual(document.formulas.map(({ source }) => source.text), ["x"]);
    assert.equal(document.problems.length, 1);
    assert.equal(read('{"a":'.repeat(5000), "a.ipynb").problems.length, 1, "nested without end");
  });

  it("is chosen by name or language, and a cell's own text is Markdown", () => {
    const text = notebook({ cell_type: "markdown", source: "$x$" });
    assert.equal(read(text, "a.ipynb", { languageId: "json" }).format, "notebook");
    assert.equal(read("$x$", "a.ipynb", { languageId: "markdown" }).format, "markdown");
    assert.equal(read("$x$", "a.md").format, "markdown");
    assert.equal(read("$x$", "a.Rmd", { languageId: "rmd" }).format, "markdown");
    assert.equal(read("$x$", "untitled", { languageId: "latex" }).format, "latex");
    for (const name of ["a.tex", "a.ltx", "a.sty", "A.TEX"]) assert.equal(read("$x$", name).format, "latex", name);
  });
});
