import { reads, readsWith } from "./sketch";

describe("layout", () => {
  it("drops thin spaces and keeps quads", () => reads("a\\,b\\;c\\:d\\!e~f\\ g\\thinspace h\\hspace{2pt}i\\mspace{3mu}j\\quad k\\qquad l\\hspace*{0.5in}m\\hspace{-1cm}n", "a b c d e f g h i j ~quad k ~qquad l ~quad m n"));
  it("drops lengths without braces", () => reads("a\\kern3pt b\\mkern-3mu c\\hskip 1.5em d", "a b c d"));
  it("drops styles and sizes", () => reads("\\displaystyle x \\textstyle y \\scriptstyle z \\large w", "x y z w"));
  it("drops them in arguments", () => reads("\\frac{\\displaystyle a}{b} x^{\\,y}", "frac[a][b] x^[y]"));
  it("takes none for an argument", () => readsWith("x_\\, y", "x y", ["error 1-2 '_' needs an argument"]));
  it("drops labels, tags and counters", () => reads("x \\label{eq:x} \\tag{1} \\notag \\setcounter{equation}{3} y \\\\[1em]", "x y"));
  it("keeps what fills, and blanks as wide as a quad", () => reads("a \\hfill b~~c~~~d\\;\\ \\: e", "a ~qquad b c ~quad d ~quad e"));
  it("drops comments", () => reads("a % b & c }\n+ d %", "a + d"));
  it("drops spaces of Unicode", () => reads("a\u00a0b\u200bc\u2009d", "a b c d"));
  it("reads nothing from nothing", () => {
    reads("", "");
    reads(" \n % x", "");
  });
  it("reports what closes nothing", () => readsWith("a } b", "a b", ["error 2-3 unexpected '}'"]));
  it("reports delimiters of formulas", () => readsWith("$x$ \\(y\\) \\[", "x y", ["error 0-1 '$' inside of a formula", "error 2-3 '$' inside of a formula", "error 4-6 '\\(' inside of a formula", "error 7-9 '\\)' inside of a formula", "error 10-12 '\\[' inside of a formula"]));
  it("reports an open group", () => readsWith("{a + {b} c", "{a + {b} c}", ["error 0-1 '{' is not closed"]));
  it("reports a backslash at the end", () => readsWith("x \\", "x ?", ["error 2-3 a backslash at the end"]));
  it("warns of unknown commands, and reads their arguments as groups", () => readsWith("\\foo{x} + \\Bar y", "?foo {x} + ?Bar y", ["warning 0-4 '\\foo' is not a known command", "warning 10-14 '\\Bar' is not a known command"]));
  it("warns of characters without a meaning", () => readsWith("x ☃ #", "x ?☃ ?#", ["warning 2-3 '☃' has no meaning in mathematics", "warning 4-5 '#' has no meaning in mathematics"]));
});

describe("traces of Markdown", () => {
  it("warns of a star where a subscript was", () => {
    readsWith("\\sum*{i=1}^n", "\\sum * {i = 1}^[n]", ["warning 4-5 '*' where a '_' is more likely"]);
    readsWith("\\sum*i", "\\sum * i", ["warning 4-5 '*' where a '_' is more likely"]);
    readsWith("|w|*2^2", "| w | * 2^[2]", ["warning 3-4 '*' where a '_' is more likely"]);
    readsWith("*2^2", "* 2^[2]", ["warning 0-1 '*' where a '_' is more likely"]);
    readsWith("w*{ij}", "w * {i j}", ["warning 1-2 '*' where a '_' is more likely"]);
  });
  it("does not warn of products", () => {
    reads("a * b", "a * b");
    reads("2*x + A*B", "2 * x + A * B");
    reads("x^* + y^{*} \\begin{matrix} * & 0 \\\\ *& * \\end{matrix}", "x^[*] + y^[*] matrix[* & 0 ; * & *]");
  });
  it("reads an escaped underscore as a subscript", () => readsWith("K\\_{ij} + x\\_i", "K_[i j] + x_[i]", ["warning 1-3 '\\_' where a '_' is more likely", "warning 11-13 '\\_' where a '_' is more likely"]));
  it("reads it as a character in a word", () => reads("\\mathrm{learning\\_rate} \\text{a\\_b}", '{mathrm."learning" mathrm._ mathrm."rate"} mathrm."a_b"'));
});
