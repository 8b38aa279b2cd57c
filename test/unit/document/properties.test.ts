import assert from "node:assert/strict";
import fc from "fast-check";
import { readDocument } from "../../../src/document/index";
import { checkPlaces } from "./reading";

/** Pieces of text that mean something to a reader, to be put together at random. */
const fragments = [
  "$", "$$", "$x$", "$$y$$", "\\$", "\\(", "\\)", "\\[", "\\]", "\\\\(", "\\\\)", "\\\\[", "\\\\]", "`", "```", "~~~", "$`", "`$", "\n", "\n\n", "\r\n", "\r", " ", "    ", "\t",
  "> ", "- ", "+ ", "* ", "1. ", "# ", "## ", "---", "===", "***", "|", "|---|", "| a | b |", "\\|", ":::", "::: note", "!!! note", "[^1]", "[^1]: ", "[a](b)", "[[a|b]]", "![](", ")",
  "**", "_", "~~", "==", "<!--", "-->", "<del>", "</del>", "<br>", "<img src=\"https://latex.codecogs.com/svg.latex?a%2Bb\">", "<script type=\"math/tex\">", "</script>", "&lt;", "&amp;",
  "\\begin{align}", "\\end{align}", "\\begin{bmatrix}", "\\end{bmatrix}", "\\begin{theorem}", "\\end{theorem}", "\\begin{itemize}", "\\item", "\\end{itemize}", "\\begin{tabular}{ll}", "&", "\\\\", "\\end{tabular}",
  "\\begin{document}", "\\end{document}", "\\section{", "\\footnote{", "\\sout{", "\\texttt{", "\\verb|", "\\begin{verbatim}", "\\end{verbatim}", "{", "}", "[", "]", "%", "% gradcheck: off", "\\label{a}", "\\input{b}",
  "\\newcommand{\\x}[1]{#1}", "\\def\\y{z}", "\\text{if $x$}", "\\\\\\", "\\_", "\\{", "\\\\{", "\\\\}", "{{<", ">}}", "{%", "%}", "%%", "{#a}", "{math}", "gradcheck: layout=numerator", "x", "a = b", "the price of", "矩阵", "é", "𝔸", "\u0000",
];

const documents = fc.array(fc.constantFrom(...fragments), { maxLength: 60 }).map((parts) => parts.join(""));
const names = fc.constantFrom("a.md", "a.tex", "_posts/a.md", "a.mdx", "a.qmd", "a.sty");

describe("document: any text", () => {
  it("is read without an error, with every place in range and exact", () => {
    fc.assert(
      fc.property(documents, names, (text, filename) => checkPlaces(readDocument(text, { filename }))),
      { numRuns: 3000, seed: 11 },
    );
  });

  it("is read from a notebook's cells with places in the JSON file", () => {
    const cell = fc.record({ text: documents, type: fc.constantFrom("markdown", "code", "raw"), list: fc.boolean() });
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 4 }), fc.boolean(), (cells, indented) => {
        const json = { cells: cells.map(({ text, type, list }) => ({ cell_type: type, metadata: {}, source: list ? text.split(/(?<=\n)/) : text })), metadata: {} };
        const document = readDocument(JSON.stringify(json, null, indented ? 1 : 0), { filename: "a.ipynb" });
        assert.deepEqual(document.problems.filter(({ message }) => message.startsWith("not a notebook")), []);
        checkPlaces(document);
      }),
      { numRuns: 1000, seed: 12 },
    );
  });

  it("is read from a notebook that is broken anywhere", () => {
    const json = JSON.stringify({ cells: [{ cell_type: "markdown", source: ["a $x$\n", "$$y \\\\ z$$"] }], nbformat: 4 });
    for (let end = 0; end <= json.length; end++) {
      checkPlaces(readDocument(json.slice(0, end), { filename: "a.ipynb" }));
      checkPlaces(readDocument(json.slice(0, end) + json.slice(end + 1), { filename: "a.ipynb" }));
    }
  });

  it("takes time in proportion to its length, however broken", () => {
    for (const unit of ["$", "$$ ", "\\[", "\\begin{align}", "{", "`", "[a](", "> ", "- $$\n", "\\(", "<a b=\"", "\\newcommand{\\x}{", "| a\n", "\\footnote{", "$\\text{", "* a\n$$\n"]) {
      for (const filename of ["a.md", "a.tex"]) {
        const start = performance.now();
        readDocument(unit.repeat(Math.ceil(20_000 / unit.length)), { filename });
        assert.ok(performance.now() - start < 5000, `${JSON.stringify(unit)} in ${filename}`);
      }
    }
  });
});
