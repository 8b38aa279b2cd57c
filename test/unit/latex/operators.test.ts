import assert from "node:assert/strict";
import { parseMath, type Node } from "../../../src/latex/index";
import { reads } from "./sketch";

function classOf(source: string): string {
  const [node] = parseMath(source).root as [Node];
  return node.kind === "operator" ? `${node.class} ${node.name}` : node.kind;
}

describe("operators", () => {
  it("classes the signs of the keyboard", () => {
    assert.deepEqual(
      ["+", "-", "*", "/", "=", "<", ">", ":", ",", ";", "!", "|", "."].map(classOf),
      ["binary +", "binary -", "binary *", "binary /", "relation =", "relation <", "relation >", "relation :", "punctuation ,", "punctuation ;", "punctuation !", "punctuation |", "punctuation ."],
    );
  });
  it("classes the commands", () => {
    for (const name of ["times", "cdot", "odot", "otimes", "circ", "oslash", "setminus", "cap"]) assert.equal(classOf(`\\${name}`), `binary ${name}`);
    for (const name of ["leq", "le", "neq", "equiv", "approx", "propto", "sim", "in", "mid", "triangleq", "coloneqq", "succeq", "perp", "nsubseteq"]) assert.equal(classOf(`\\${name}`), `relation ${name}`);
    for (const name of ["to", "gets", "mapsto", "Rightarrow", "implies", "iff", "leftarrow", "longrightarrow", "nRightarrow"]) assert.equal(classOf(`\\${name}`), `arrow ${name}`);
  });
  it("joins signs that are one", () => {
    assert.deepEqual([":=", "<=", ">=", "->", "=>"].map(classOf), ["relation :=", "relation leq", "relation geq", "arrow to", "arrow Rightarrow"]);
    reads("a : = b", "a : = b");
    reads("a \\colon b := c", "a : b := c");
    reads("n! = 1", "n ! = 1");
  });
  it("leaves bars and angles as they are written", () => reads("|x| \\|y\\| \\vert z \\Vert <A, B>", "| x | ‖ y ‖ | z ‖ < A , B >"));
  it("negates", () => reads("a \\not= b \\not\\in c \\not\\equiv d \\not\\Rightarrow e \\not x", "a \\neq b \\notin c \\nequiv d \\nRightarrow e not[x]"));
  it("classes what it is told to", () => {
    assert.equal(classOf("\\mathrel{+}"), "relation +");
    assert.equal(classOf("\\mathbin{\\sim}"), "binary sim");
    assert.equal(classOf("\\mathrel{\\mathop:}"), "relation :");
    assert.equal(classOf("\\mathrel{\\to}"), "arrow to");
  });
  it("reads big operators with their bounds", () => reads("\\sum_{i=1}^n \\prod\\limits_j \\int_0^\\infty \\bigotimes\\nolimits_k", "\\sum_[i = 1]^[n] \\prod_[j] \\int_[0]^[\\infty] \\bigotimes_[k]"));
  it("reads named functions", () => reads("\\log x \\max_i y \\det(A) \\limsup \\varlimsup", '"log" x "max"_[i] y "det" (: A :) "limsup" "limsup"'));
  it("reads \\operatorname in all its forms", () => {
    reads("\\operatorname{tr}(A) \\operatorname *{arg\\,min}_x \\operatorname{log-det} \\operatorname{vec}X", '"tr" (: A :) "argmin"_[x] "log-det" "vec" X');
    reads("\\operatorname{E}[x] \\operatorname{\\mathbf{E}} \\operatorname{ReLU6}", 'mathrm.E [: x :] mathrm.E "ReLU6"');
    reads("\\operatorname{a+b}", "{mathrm.a + mathrm.b}");
    reads("\\mathop{\\rm tr} A \\mathop{\\mathrm{argmax}}\\limits_x \\mathop{\\sum}_i", 'mathrm."tr" A mathrm."argmax"_[x] \\sum_[i]');
  });
  it("reads dots of every kind as symbols", () => reads("1, \\ldots, n \\cdots \\vdots \\ddots \\dots \\dotsc \\dotsb \\iddots ... …", "1 , \\ldots , n \\cdots \\vdots \\ddots \\dots \\dotsc \\dotsb \\iddots \\ldots \\ldots"));
  it("leaves two points two", () => reads("a .. b", "a . . b"));
  it("reads moduli", () => reads("a \\bmod b \\equiv c \\pmod n", 'a \\bmod b \\equiv c (: "mod" n :)'));
  it("leaves runs of letters to the layer above", () => reads("tr(A) log(x)", "t r (: A :) l o g (: x :)"));
});
