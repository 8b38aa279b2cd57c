import { reads, readsWith } from "./sketch";

describe("fractions", () => {
  it("reads braced and bare arguments", () => reads("\\frac{\\partial L}{\\partial W} \\frac1n \\frac ab \\frac{a}b", "frac[\\partial L][\\partial W] frac[1][n] frac[a][b] frac[a][b]"));
  it("reads every size", () => reads("\\dfrac12\\tfrac12\\cfrac[l]{1}{x}\\sfrac12\\nicefrac{1}{2}", "frac[1][2] frac[1][2] frac[1][x] frac[1][2] frac[1][2]"));
  it("takes a command with its own arguments as one", () => reads("\\frac\\partial\\alpha \\frac\\sqrt2\\hat x", "frac[\\partial][\\alpha] frac[sqrt[2]][hat[x]]"));
  it("draws no line for binomials", () => reads("\\binom{n}{k} {n \\choose k} \\genfrac{(}{)}{0pt}{}{n}{k}", "stack[n][k] {stack[n][k]} stack[n][k]"));
  it("draws one for a general fraction with a thickness", () => reads("\\genfrac{}{}{}{}{a}{b}", "frac[a][b]"));
  it("divides a whole group at \\over", () => reads("{a + b \\over c} x", "{frac[a + b][c]} x"));
  it("divides the whole formula where no group is around", () => reads("a \\over b + c", "frac[a][b + c]"));
  it("divides a cell, not the matrix", () => reads("\\begin{matrix} a \\over b & c \\end{matrix}", "matrix[frac[a][b] & c]"));
  it("keeps brackets on their side of \\over", () => readsWith("(a \\over b)", "frac[( a][b )]", []));
  it("reports a second \\over", () => readsWith("{a \\over b \\over c}", "{frac[a][b c]}", ["error 11-16 a second '\\over' in one group"]));
  it("reports missing arguments at the command", () => {
    readsWith("x + \\frac{a}", "x + frac[a][]", ["error 4-9 '\\frac' needs an argument"]);
    readsWith("\\frac", "frac[][]", ["error 0-5 '\\frac' needs an argument"]);
    readsWith("{\\frac a} & b", "lines[{frac[a][]} & b]", ["error 1-6 '\\frac' needs an argument", "warning 10-11 '&' outside of an alignment"]);
  });
});
