import { reads, readsWith } from "./sketch";

describe("scripts", () => {
  it("reads them in any order", () => {
    for (const source of ["x_i^2", "x^2_i", "x ^ 2 _ i", "x_{i}^{2}", "x^{2}_{i}"]) reads(source, "x_[i]^[2]");
  });
  it("reads all the spellings of a transpose", () => {
    reads("A^T A^{T} A^\\top A^{\\top} A^\\mathrm{T} A^{\\mathsf T} A^{\\intercal} A^{\\text{T}} A^t", "A^[T] A^[T] A^[\\top] A^[\\top] A^[mathrm.T] A^[mathsf.T] A^[\\intercal] A^[mathrm.T] A^[t]");
  });
  it("reads primes before, between and after", () => reads("f' f''(x) f'^2 f'_i f_i' f_i'^{-1}", "f' f'' (: x :) f'^[2] f'_[i] f'_[i] f'_[i]^[-1]".replace("-1", "- 1")));
  it("reads primes written at length", () => reads("f^\\prime f^{\\prime\\prime} f^{'} W^{\\prime\\top} f^{\\prime}_i", "f' f'' f' W'^[\\top] f'_[i]"));
  it("reads scripts of commands, brackets and groups", () => reads("\\sum_{i=1}^n (a+b)^2 {x}_i \\hat x_i \\left[a\\right]_{ij}", "\\sum_[i = 1]^[n] (: a + b :)^[2] {x}_[i] hat[x]_[i] [! a !]_[i j]"));
  it("reads a script that is itself a command with arguments", () => reads("x^\\frac12 e^\\mathbf{x} x_\\text{in} A_\\hat{i}", "x^[frac[1][2]] e^[mathbf.x] x_[mathrm.\"in\"] A_[hat[i]]"));
  it("reads a script without a base", () => reads("{}_i x {}^\\top y ^2", "∅_[i] x ∅^[\\top] y^[2]"));
  it("reads a script at the beginning, or after a space, without a base", () => reads("^2 x\\quad_3", "∅^[2] x ~quad ∅_[3]"));
  it("passes over empty ones", () => reads("x^{} y_{}^2 {}^{}", "x y^[2] {}"));
  it("nests", () => reads("x_{i_{j_k}}^{a^{b^c}}", "x_[i_[j_[k]]]^[a^[b^[c]]]"));
  it("reads signs as scripts", () => reads("A^+ A^* A^- A^\\dagger \\theta^\\circ x^{(l)} x^{[i]} x_{:,j}", "A^[+] A^[*] A^[-] A^[\\dagger] \\theta^[\\circ] x^[(: l :)] x^[[: i :]] x_[: , j]"));
  it("goes on with a script that a macro brings", () => reads("X_i\\tr", "X_[i]^[\\top]", { macros: new Map([["\\tr", { parameters: 0, optional: null, body: "^\\top" }]]) }));
  it("reads brackets without their braces, with a warning", () => {
    readsWith("W^(l) x_[i] h^(f(t))", "W^[(: l :)] x_[[: i :]] h^[(: f (: t :) :)]", ["warning 1-5 braces are missing after '^'", "warning 7-11 braces are missing after '_'", "warning 13-20 braces are missing after '^'"]);
    readsWith("{x^(} l)", "{x^[(]} l )", ["warning 7-8 ')' closes nothing"]);
  });
  it("reports doubled ones, and loses nothing", () => {
    readsWith("x^a^b", "x^[a b]", ["error 3-5 double superscript"]);
    readsWith("x_1_{23}", "x_[1 23]", ["error 3-8 double subscript"]);
    readsWith("x^2'", "x'^[2]", ["error 3-4 double superscript"]);
  });
  it("reports missing ones", () => {
    readsWith("x^", "x", ["error 1-2 '^' needs an argument"]);
    readsWith("{x_} + ^", "{x} +", ["error 2-3 '_' needs an argument", "error 7-8 '^' needs an argument"]);
    readsWith("\\begin{matrix} x^ & y_ \\\\ z \\end{matrix}", "matrix[x & y ; z]", ["error 16-17 '^' needs an argument", "error 21-22 '_' needs an argument"]);
  });
});
