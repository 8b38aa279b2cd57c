import assert from "node:assert/strict";
import { read } from "./reading";

/** `name/parameters[optional] body` */
function macros(text: string, filename?: string): string[] {
  return read(text, filename).macros.map(({ name, parameters, optional, body }) => `${name}/${parameters}${optional === null ? "" : `[${optional}]`} ${body}`);
}

describe("document: macro definitions", () => {
  for (const [definition, expected] of [
    ["\\newcommand{\\R}{\\mathbb{R}}", "\\R/0 \\mathbb{R}"],
    ["\\newcommand\\R{\\mathbb{R}}", "\\R/0 \\mathbb{R}"],
    ["\\renewcommand*{\\vec}[1]{\\mathbf{#1}}", "\\vec/1 \\mathbf{#1}"],
    ["\\providecommand{\\pd} [2] [f] {\\frac{\\partial #1}{\\partial #2}}", "\\pd/2[f] \\frac{\\partial #1}{\\partial #2}"],
    ["\\newcommand{\\a}[1]{% why\n  {#1}\\}}", "\\a/1 % why\n  {#1}\\}"],
    ["\\def\\x{y}", "\\x/0 y"],
    ["\\def\\grad#1#2{\\nabla_{#1} #2}", "\\grad/2 \\nabla_{#1} #2"],
    ["\\global\\long\\def\\x#1{y}", "\\x/1 y"],
    ["\\let\\eps=\\varepsilon", "\\eps/0 \\varepsilon"],
    ["\\let\\eps\\varepsilon", "\\eps/0 \\varepsilon"],
    ["\\DeclareMathOperator{\\tr}{tr}", "\\tr/0 \\operatorname{tr}"],
    ["\\DeclareMathOperator*{\\argmin}{arg\\,min}", "\\argmin/0 \\operatorname*{arg\\,min}"],
    ["\\DeclarePairedDelimiter{\\norm}{\\lVert}{\\rVert}", "\\norm/1 \\left\\lVert #1 \\right\\rVert"],
    ["\\NewDocumentCommand{\\d}{O{x} m}{\\frac{d #2}{d #1}}", "\\d/2[x] \\frac{d #2}{d #1}"],
  ] as const) {
    it(definition, () => {
      assert.deepEqual(macros(definition, "a.tex"), [expected]);
      assert.deepEqual(macros(`Text ${definition} more $x$`), [expected]);
      const [macro] = read(`Text ${definition} more`).macros;
      assert.deepEqual(macro?.span, { start: 5, end: 5 + definition.length });
    });
  }

  it("which are broken define nothing and lose nothing else", () => {
    for (const broken of ["\\newcommand{\\R}{\\mathbb{R}", "\\def\\x#2{a}", "\\newcommand", "\\let\\x", "\\def\\x(#1){a}", "\\newcommand{\\x}[a]{b}"]) {
      assert.deepEqual(macros(`${broken}\n\n\\newcommand{\\y}{z} $x$`), ["\\y/0 z"], broken);
      assert.deepEqual(read(`${broken}\n\n$x$`).formulas.length, 1, broken);
    }
  });

  it("in a formula that only defines, which says so", () => {
    const document = read("$$\n\\newcommand{\\a}{b} % c\n\\def\\d{e}\n$$\n$\\def\\f{g} \\f$ $x$");
    assert.deepEqual(document.formulas.map(({ definesOnly }) => definesOnly ?? false), [true, false, false]);
    assert.deepEqual(document.macros.map(({ name }) => name), ["\\a", "\\d", "\\f"]);
  });

  it("in front matter and in settings", () => {
    assert.deepEqual(macros("---\nheader-includes:\n  - \\newcommand{\\R}{\\mathbb{R}}\n---\n"), ["\\R/0 \\mathbb{R}"]);
    const { macros: given } = read("$x$", "a.md", { macros: { "\\RR": "\\mathbb{R}", pd: "\\frac{#1}{#2}" } });
    assert.deepEqual(given.map(({ name, parameters }) => [name, parameters]), [["\\RR", 0], ["\\pd", 2]]);
  });

  it("listed in front matter", () => {
    const front = ["---", "title: $x$", "math:", "  '\\vx': '\\mathbf{x}'", '  "\\\\pd": "\\\\frac{\\\\partial #1}{\\\\partial #2}"', "  norm: ['\\lVert #1 \\rVert', 1]", "  '\\abs':", "    macro: '\\lvert #1 \\rvert'", "author: me", "---", "$x$"].join("\n");
    assert.deepEqual(macros(front), ["\\vx/0 \\mathbf{x}", "\\pd/2 \\frac{\\partial #1}{\\partial #2}", "\\norm/1 \\lVert #1 \\rVert", "\\abs/1 \\lvert #1 \\rvert"]);
    assert.deepEqual(macros("---\nmathjax:\n  tex:\n    macros:\n      RR: '\\mathbb{R}'\n---\n$x$"), ["\\RR/0 \\mathbb{R}"]);
  });

  it("from files, in LaTeX and as JSON", () => {
    const names = (file: string): string[] => read("$x$", "a.md", { macroFiles: [file] }).macros.map(({ name, parameters, body }) => `${name}/${parameters} ${body}`);
    assert.deepEqual(names("% mine\n\\newcommand{\\R}{\\mathbb{R}}\n\\def\\d#1{\\partial #1}"), ["\\R/0 \\mathbb{R}", "\\d/1 \\partial #1"]);
    assert.deepEqual(names('{ "\\\\R": "\\\\mathbb{R}", "d": "\\\\partial #1", "n": 3 }'), ["\\R/0 \\mathbb{R}", "\\d/1 \\partial #1"]);
    assert.deepEqual(names("{ not json"), []);
  });

  it("with optional arguments as xargs has them", () => {
    assert.deepEqual(macros("\\newcommandx{\\pd}[2][1=L]{\\frac{#1}{#2}} $x$"), ["\\pd/2[L] \\frac{#1}{#2}"]);
  });

  it("are no text", () => {
    const [block] = read("\\newcommand{\\R}{\\mathbb{R}} Let $x$").blocks;
    assert.ok(block?.kind === "paragraph" && block.pieces[0]?.kind === "text" && block.pieces[0].source.text === "Let ");
  });
});
