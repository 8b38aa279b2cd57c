import assert from "node:assert/strict";
import { offsetAt } from "../../../src/base/span";
import { formulas, read } from "./reading";

const jekyll = "---\nlayout: post\n---\n";

describe("document: escapes in formulas", () => {
  for (const [text, expected] of [
    ["$K\\_{ij} + a\\_i$", "K_{ij} + a_i"],
    ["$\\text{a\\_b} + \\mathrm{c\\_d}\\_e$", "\\text{a\\_b} + \\mathrm{c\\_d}_e"],
    ["$a\\*b$", "a*b"],
    ["$x\\\\_i$", "x_i"],
    ["$a \\\\\\\\ b$", "a \\\\ b"],
    ["$\\\\{x \\mid y\\\\}$", "\\{x \\mid y\\}"],
    ["$\\left\\\\{ x \\right.$", "\\left\\{ x \\right."],
    ["$a \\\\{b} c$", "a \\\\{b} c"],
    ["$a &lt; b &amp;= c$", "a < b &= c"],
    ["$\\sum*{i=1} x$", "\\sum_{i=1} x"],
    ["$\\nabla*\\alpha L$", "\\nabla_\\alpha L"],
    ["$a*{b} + c*d$", "a*{b} + c*d"],
    ["$\\|x\\|_2$", "\\|x\\|_2"],
    ["$\\begin{matrix} a \\\nb \\\nc \\end{matrix}$", "\\begin{matrix} a \\\\\nb \\\\\nc \\end{matrix}"],
    ["$\\begin{matrix} a \\\\\nb \\\nc \\end{matrix}$", "\\begin{matrix} a \\\\\nb \\\nc \\end{matrix}"],
  ] as const) {
    it(text, () => assert.deepEqual(formulas(text), [expected]));
  }

  it("keeps the places of what stays", () => {
    const text = "$a\\_i + \\\\{b\\\\}$";
    const source = read(text).formulas[0]?.source;
    assert.ok(source);
    assert.equal(source.text, "a_i + \\{b\\}");
    assert.equal(offsetAt(source, source.text.indexOf("b")), text.indexOf("b"));
    assert.equal(offsetAt(source, source.text.indexOf("i")), text.indexOf("i"));
  });

  it("undoes Kramdown's in Jekyll documents", () => {
    assert.deepEqual(formulas(`${jekyll}$Y \\| X$, $\\|x\\|$, $\\|x\\| \\| y$, $\\\\|x\\\\|$`), ["Y | X", "\\|x\\|", "|x| | y", "\\|x\\|"]);
    assert.deepEqual(formulas(`${jekyll}\\begin{align} a &= b \\\\\\ &= c \\\\\\\n \\end{align}`), ["D: a &= b \\\\ &= c \\\\\n "]);
    assert.deepEqual(formulas(`${jekyll}\\begin{align} a \\\\\\frac{b}{c} \\end{align}`), ["D: a \\\\\\frac{b}{c} "]);
    assert.deepEqual(formulas(`${jekyll}win $\\\\$1$ or $\\\\$2$`), ["\\$1", "\\$2"]);
    assert.deepEqual(formulas("win $Y \\| X$"), ["Y \\| X"], "outside Jekyll a double bar stays");
  });
});
