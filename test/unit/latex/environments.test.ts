import assert from "node:assert/strict";
import { parseMath } from "../../../src/latex/index";
import { reads, readsWith } from "./sketch";

describe("environments", () => {
  it("reads matrices of every kind", () => {
    for (const name of ["matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "Vmatrix", "smallmatrix", "psmallmatrix", "bsmallmatrix"]) {
      reads(`\\begin{${name}} a & b \\\\ c & d \\end{${name}}`, `${name}[a & b ; c & d]`);
    }
  });
  it("reads arrays with their columns", () => reads("\\begin{array}{c|c} a & b \\\\ \\hline c & d \\end{array} \\begin{array}[t]{*{2}{c}} a \\end{array}", "array[a & b ; c & d] array[a]"));
  it("passes over options, but not over an entry in brackets", () => {
    reads("\\begin{bmatrix*}[r] -1 \\end{bmatrix*} \\begin{aligned}[t] a \\end{aligned} \\begin{bmatrix}[cc|c] a \\end{bmatrix}", "bmatrix[- 1] aligned[a] bmatrix[a]");
    reads("\\begin{matrix} [a] & b \\end{matrix}", "matrix[[: a :] & b]");
  });
  it("reads cases", () => reads("f = \\begin{cases} x & \\text{if } x > 0 \\\\ 0 & \\text{otherwise} \\end{cases}", "f = cases[x & 'if ' x > 0 ; 0 & 'otherwise']"));
  it("adds no row for a last break", () => reads("\\begin{matrix} a \\\\ b \\\\ \\end{matrix}", "matrix[a ; b]"));
  it("keeps empty cells", () => reads("\\begin{matrix} a & & c \\\\ & b & \\\\ & & \\end{matrix}", "matrix[a & · & c ; · & b & · ; · & · & ·]"));
  it("reads every way to break a row", () => reads("\\begin{matrix} a \\\\[2pt] b \\\\* c \\cr d \\newline e \\tabularnewline f \\\\[-1.5ex] g \\end{matrix}", "matrix[a ; b ; c ; d ; e ; f ; g]"));
  it("leaves a bracket after a break that holds no length", () => reads("\\begin{matrix} a \\\\[1, 2] \\\\ [3pt] \\end{matrix}", "matrix[a ; [: 1 , 2 :] ; [: 3 p t :]]"));
  it("nests", () => reads("\\left[\\begin{array}{cc} \\begin{matrix} a \\\\ b \\end{matrix} & c \\end{array}\\right]", "[! array[matrix[a ; b] & c] !]"));
  it("reads plain TeX's forms", () => reads("\\pmatrix{a & b \\cr c & d} \\matrix{x} \\cases{y & z \\cr}", "pmatrix[a & b ; c & d] matrix[x] cases[y & z]"));
  it("reads \\substack", () => reads("\\sum_{\\substack{i < n \\\\ j}}", "\\sum_[substack[i < n ; j]]"));
  it("reads alignments inside", () => reads("\\begin{aligned} a &= b \\\\ &= c \\end{aligned} \\begin{alignedat}{2} x &= y & z \\end{alignedat} \\begin{split} s \\end{split}", "aligned[a & = b ; · & = c] alignedat[x & = y & z] split[s]"));
  it("ends a row at the text that follows it", () => reads("\\begin{align} a &= b \\intertext{so} c &= d \\\\ \\shortintertext{and} e \\end{align}", "align[a & = b ; «so» c & = d ; «and» e]"));
  it("reads the text between rows", () => reads("\\begin{align} a \\\\ \\intertext{so} b \\\\ c \\end{align}", "align[a ; «so» b ; c]"));
  it("drops tags, labels and rules", () => reads("\\begin{align} a \\tag{1} \\label{eq:a} \\\\ b \\notag \\\\ c \\nonumber \\tag*{x} \\end{align}", "align[a ; b ; c]"));
});

describe("rows of a whole formula", () => {
  it("reads those of an environment that was its delimiters", () => {
    reads("a &= b \\\\ &= c", "align[a & = b ; · & = c]", { environment: "align*" });
    reads("a \\\\ b", "gather[a ; b]", { environment: "gather" });
    reads("{2} a &= b & c", "alignat[a & = b & c]", { environment: "alignat" });
    reads("a = b", "align[a = b]", { environment: "align" });
  });
  it("reads an equation as a plain row", () => {
    reads("a = b", "a = b", { environment: "equation" });
    reads("a = b", "a = b", { environment: null });
  });
  it("reads breaks outside of any environment as lines", () => {
    reads("a = b \\\\ c = d", "lines[a = b ; c = d]");
    reads("a = b \\\\ \\\\ c \\newline", "lines[a = b ; c]");
    reads("a = b \\\\", "a = b");
    reads("{a \\\\ b}", "{lines[a ; b]}");
    reads("\\left( a \\\\ b \\right)", "(! lines[a ; b] !)");
    reads("\\begin{matrix} {a \\\\ b} & c \\end{matrix}", "matrix[{lines[a ; b]} & c]");
  });
  it("warns of columns there", () => readsWith("a &= b \\\\ c &= d", "lines[a & = b ; c & = d]", ["warning 2-3 '&' outside of an alignment"]));
});

describe("broken environments", () => {
  it("reads the cells of an unknown one", () => readsWith("\\begin{foo} a & b \\\\ c \\end{foo} d", "foo[a & b ; c] d", ["error 0-11 'foo' is no environment of mathematics"]));
  it("reports one that is not closed", () => {
    readsWith("x \\begin{matrix} a & b", "x matrix[a & b]", ["error 2-16 '\\begin{matrix}' is not closed"]);
    readsWith("\\begin{aligned} \\begin{matrix} a \\end{aligned} b", "aligned[matrix[a]] b", ["error 16-30 '\\begin{matrix}' is not closed"]);
    readsWith("{\\begin{matrix} a } b", "{matrix[a]} b", ["error 1-15 '\\begin{matrix}' is not closed"]);
  });
  it("reports one that is closed by another", () => readsWith("\\begin{bmatrix} a & b \\end{pmatrix} c", "bmatrix[a & b] c", ["error 22-35 '\\begin{bmatrix}' is closed by '\\end{pmatrix}'"]));
  it("reports a stray \\end", () => readsWith("a \\end{align} b", "a b", ["error 2-13 '\\end{align}' without its '\\begin'"]));
  it("reports a missing brace inside of a matrix once", () => {
    const { problems } = parseMath("\\begin{bmatrix} \\frac{a & b \\\\ c & d \\end{bmatrix}");
    assert.deepEqual(problems.map(({ message }) => message), ["'\\frac' needs an argument", "'{' is not closed", "'&' outside of an alignment"]);
  });
  it("reports a missing name", () => readsWith("\\begin", "[]", ["error 0-6 '\\begin' needs the name of an environment"]));
});
