import assert from "node:assert/strict";
import { parseMath, type MacroSource } from "../../../src/latex/index";
import { reads, readsWith, sketch } from "./sketch";

function macros(...list: readonly (readonly [name: string, parameters: number, body: string, optional?: string])[]): { macros: ReadonlyMap<string, MacroSource> } {
  return { macros: new Map(list.map(([name, parameters, body, optional]) => [name, { parameters, body, optional: optional ?? null }])) };
}

describe("the document's macros", () => {
  it("expands them, named with or without the backslash", () => {
    reads("\\bW x", "boldsymbol.W x", macros(["\\bW", 0, "\\boldsymbol{W}"]));
    reads("\\bW x", "boldsymbol.W x", macros(["bW", 0, "\\boldsymbol{W}"]));
  });
  it("gives them their arguments", () => reads("\\f{a+b}2 \\f xy", "frac[a + b][2] frac[x][y]", macros(["\\f", 2, "\\frac{#1}{#2}"])));
  it("gives the default for an optional one", () => reads("\\g{x} \\g[k]{x}", "x_[i] x_[k]", macros(["\\g", 2, "#2_{#1}", "i"])));
  it("goes before commands and usual meanings", () => reads("\\vec{x} \\R", "mathbf.x R", macros(["\\vec", 1, "\\mathbf{#1}"], ["\\R", 0, "R"])));
  it("expands macros in macros and in arguments", () => reads("\\a{\\b}", "frac[y][2]", macros(["\\a", 1, "\\frac{#1}{\\c}"], ["\\b", 0, "y"], ["\\c", 0, "2"])));
  it("counts as one where an argument is asked for", () => reads("x^\\k \\frac\\k\\k \\hat\\k", "x^[a b] frac[a b][a b] hat[a b]", macros(["\\k", 0, "ab"])));
  it("takes its own arguments there", () => reads("x^\\n{a}", "x^[‖! a !‖]", macros(["\\n", 1, "\\left\\|#1\\right\\|"])));
  it("may open what another one closes", () => reads("\\bm a & b \\em", "matrix[a & b]", macros(["\\bm", 0, "\\begin{matrix}"], ["\\em", 0, "\\end{matrix}"])));
  it("may be a delimiter", () => reads("\\left\\lp x \\right\\rp", "(! x !)", macros(["\\lp", 0, "("], ["\\rp", 0, ")"])));
  it("passes over a star before an argument in braces", () => reads("\\n*{x}", "{x}", macros(["\\n", 1, "{#1}"])));
  it("reports an argument that is missing or not closed", () => {
    readsWith("a \\n", "a {}", ["error 2-4 '\\n' needs an argument"], macros(["\\n", 1, "{#1}"]));
    readsWith("a \\n{b", "a ?n", ["error 4-5 '{' is not closed"], macros(["\\n", 1, "{#1}"]));
  });
  it("reports a broken body at the call", () => readsWith("a \\n b", "a frac[b][]", ["error 2-4 '\\frac' needs an argument"], macros(["\\n", 0, "\\frac"])));
  it("stops at one that has no end, and reads the rest of the source", () => {
    for (const body of ["\\l", "x\\l", "\\l\\l", "x^\\l", "\\frac\\l\\l"]) {
      readsWithout("a + \\l + b", body);
    }
  });
  it("stops at one that doubles too often", () => {
    const names = Array.from("abcdefghijklmnopqrst");
    const { problems } = parseMath("\\a", macros(...names.map((name, index) => [`\\${name}`, 0, index + 1 < names.length ? `\\${names[index + 1]}`.repeat(2) : "x"] as const)));
    assert.deepEqual(problems.map(({ message }) => message.replace(/'.*'/, "?")), ["? expands without end"]);
  });
});

/** `\l` with this body costs one problem at its call, and what follows is read. */
function readsWithout(source: string, body: string): void {
  const { root, problems } = parseMath(source, macros(["\\l", 0, body]));
  const at = source.indexOf("\\l");
  assert.deepEqual(problems.map(({ start, end }) => [start, end]), [[at, at + 2]], body);
  assert.match(sketch(root), /\+ b$/);
}

describe("definitions in a formula", () => {
  it("hold for the rest of it", () => {
    reads("\\newcommand{\\bx}{\\mathbf{x}} \\bx^2", "mathbf.x^[2]");
    reads("\\newcommand\\f[2]{\\frac{#1}{#2}} \\f{a}{b}", "frac[a][b]");
    reads("\\newcommand{\\g}[2][i]{#2_{#1}} \\g x \\g[j]x", "x_[i] x_[j]");
    reads("\\renewcommand{\\epsilon}{\\varepsilon} \\epsilon", "\\varepsilon");
    reads("\\def\\a#1#2{#2#1} \\a{x}{y}", "y x");
    reads("\\let\\b=\\beta \\b \\let\\c\\gamma \\c", "\\beta \\gamma");
    reads("\\DeclareMathOperator{\\foo}{foo} \\DeclareMathOperator*{\\amin}{arg\\,min} \\foo x \\amin_y", '"foo" x "argmin"_[y]');
    reads("\\DeclarePairedDelimiter{\\size}{\\lvert}{\\rvert} \\size{x} \\size*{y} \\size[\\big]{z}", "|! x !| |! y !| |! z !|");
  });
  it("leave existing ones alone where they only provide", () => reads("\\providecommand{\\alpha}{x} \\providecommand{\\foo}{y} \\alpha \\foo", "\\alpha y"));
  it("leave nothing where they stand alone", () => reads("\\newcommand{\\x}{\\frac{a}{b}} \\def\\y{z}", ""));
  it("are reported where they cannot be read", () => readsWith("\\newcommand x \\def\\a(#1){#1} b", "x b", ["error 0-11 '\\newcommand' is not followed by a definition that can be read", "error 14-28 '\\def' is not followed by a definition that can be read"]));
});

describe("macros that notes use undeclared", () => {
  it("knows sets, fonts and functions", () => {
    reads("\\R^n \\E[x] \\bs\\theta \\mat{A} \\va{v} \\1^\\top", "mathbb.R^[n] mathbb.E [: x :] boldsymbol.\\theta mathbf.A vec[v] mathbf.1^[\\top]");
    reads("\\bx \\vw \\mA \\cL \\btheta", "mathbf.x mathbf.w mathbf.A mathcal.L boldsymbol.\\theta");
    reads("\\tr(A) \\diag x \\softmax z \\argmin_x f \\sign y", '"tr" (: A :) "diag" x "softmax" z "argmin"_[x] f "sign" y');
  });
  it("knows norms, brackets and products", () => {
    reads("\\norm{x}_2^2 \\abs{y} \\inner{a}{b} \\norm*{x} \\abs[\\Big]{y}", "‖! x !‖_[2]^[2] |! y !| langle! a , b !rangle ‖! x !‖ |! y !|");
    reads("\\qty(x) \\qty{y} \\set{z}", "(: x :) {! y !} {! z !}");
  });
  it("knows derivatives", () => {
    reads("\\pdv{f}{x} \\pd{f}{x} \\dv{f}{x}", "frac[\\partial f][\\partial x] frac[\\partial f][\\partial x] frac[mathrm.d f][mathrm.d x]");
    reads("\\pdv[2]{f}{x} \\pdv{f}{x}{y} \\pdv{x} f", "frac[\\partial^[2] f][\\partial x^[2]] frac[\\partial^[2] f][\\partial x \\partial y] frac[\\partial][\\partial x] f");
    reads("\\dd{x} \\dd x \\dd[2]{x} \\grad f", "mathrm.d {x} mathrm.d x mathrm.d^[2] {x} \\nabla f");
  });
  it("reads \\T as a transpose on either side of the hat", () => reads("X^\\T X\\T X^{-\\T} X_i\\T", "X^[\\top] X^[\\top] X^[- \\top] X_[i]^[\\top]"));
  it("leaves commands of LaTeX alone that look like them", () => reads("\\vec x \\beta \\mu \\bar x", "vec[x] \\beta \\mu bar[x]"));
});
