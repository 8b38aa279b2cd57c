import { reads, readsWith } from "./sketch";

describe("text", () => {
  it("keeps its blanks", () => reads("x \\text{ for all } y", "x ' for all ' y"));
  it("gives one blank for several, and for a tie", () => reads("\\text{a  b~c\n d}", "'a b c d'"));
  it("reads the mathematics inside", () => reads("\\text{where $x_i$ is \\(y\\)-th}", "'where $x_[i]$ is $y$-th'"));
  it("reads one word as a name", () => reads("\\text{softmax}(x) \\text{diag}\\,x \\mbox{ReLU} \\textrm{Var}[X]", 'mathrm."softmax" (: x :) mathrm."diag" x mathrm."ReLU" mathrm."Var" [: X :]'));
  it("reads one letter as a symbol", () => reads("X^\\text{T} \\textbf{W} \\textit{x} \\textbf{softmax}", 'X^[mathrm.T] mathbf.W mathit.x mathbf."softmax"'));
  it("reads digits as a number", () => reads("x_{\\text{12}}", "x_[12]"));
  it("reads words of the sentence as text", () => reads("\\text{if} x \\text{otherwise} \\text{sonst} \\text{Where}", "'if' x 'otherwise' 'sonst' 'Where'"));
  it("reads any word as a label in a script", () => reads("W_\\text{in} x_{\\text{with}}", 'W_[mathrm."in"] x_[mathrm."with"]'));
  it("reads a known function with blanks around it as a name", () => reads("\\text{tr } A + \\text{ reject } B", 'mathrm."tr" A + \' reject \' B'));
  it("reads a hyphenated name, but not the n-th", () => reads("\\text{log-softmax}(x) \\text{n-th} \\text{-value}", "mathrm.\"log-softmax\" (: x :) 'n-th' '-value'"));
  it("reads braces, escapes, accents and styles", () => reads("\\text{50\\% of {it} \\emph{all} caf\\'e \\& \\_}", "'50% of it all café & _'"));
  it("takes one character without braces", () => reads("\\text x y", "mathrm.x y"));
  it("expands macros", () => reads("\\text{a \\x b}", "'a so b'", { macros: new Map([["\\x", { parameters: 0, optional: null, body: "so" }]]) }));
  it("reads references as text", () => reads("\\overset{\\eqref{eq:1}}{=}", "overset[=]{'eq:1'}"));
  it("reads an empty one", () => reads("x \\text{} y", "x '' y"));
  it("reads mathematics that lacks its dollars, with a warning", () => readsWith("\\text{if \\alpha = 1}", "'if $\\alpha$ = 1'", ["warning 9-15 '\\alpha' belongs to mathematics, not to text"]));
  it("reports what is not closed", () => {
    readsWith("\\text{if $x}", "'if $x$'", ["error 9-10 '$' is not closed"]);
    readsWith("\\text{if", "'if'", ["error 5-6 '{' is not closed"]);
    readsWith("\\text", "''", ["error 0-5 '\\text' needs an argument"]);
  });
});
