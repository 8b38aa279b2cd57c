import assert from "node:assert/strict";
import { formulas, read } from "./reading";

/** Texts in which the formulas are marked with ⟦ and ⟧ in place of dollars. */
function expectMarked(marked: string): void {
  const text = marked.replace(/[⟦⟧]/g, "$");
  const expected = [...marked.matchAll(/⟦([^⟧]*)⟧/g)].map((match) => match[1]);
  assert.deepEqual(formulas(text), expected, text);
}

describe("document: which dollars are mathematics", () => {
  for (const marked of [
    "It costs $5 and $6.",
    "From $20,000 to $30,000 or $5–$10.",
    "costs $5 while ⟦x⟧ is",
    "The cost ⟦C⟧ is $5 per unit of ⟦n⟧",
    "I paid $3 for a and $4 for b, the formula is ⟦x^2⟧",
    "$50 million and US$60 million",
    "price is 5$ or 6$ each",
    "run $HOME/bin:$PATH or ${HOME}/x:${PATH} and $HOME and $PATH",
    "cash $ and $ again",
    "it was $20 cheaper$ than",
  ]) {
    it(`no price is: ${marked}`, () => expectMarked(marked));
  }

  for (const marked of [
    "Let ⟦ \\frac{1}{2} ⟧ and ⟦ A ⟧ be, with ⟦\\partial L ⟧.",
    "⟦A⟧,⟦B⟧,⟦C⟧ and ⟦x⟧/⟦y⟧",
    "the ⟦k⟧-th, ⟦(i,j)⟧th, 2⟦\\times⟧3, 10⟦^{-3}⟧",
    "对于⟦k-1⟧有⟦\\tilde{x}_{k-1|k-1}⟧的",
    "⟦0.05⟧, ⟦95\\%⟧, ⟦1⟧ to ⟦n⟧",
    "a ⟦scalar⟧, a ⟦learning rate⟧ and (⟦x⟧), \"⟦y⟧\", **⟦z⟧**",
    "⟦N(0, Q), N(0, R)⟧ and ⟦<A, B>_F = tr(A^TB)⟧",
    "⟦x⟧⟦y⟧ and ⟦a⟧⟦b⟧⟦c⟧",
    "over ⟦a\n+ b⟧ lines".replace("\n+", "\n\\cdot"),
  ]) {
    it(`a formula is: ${marked}`, () => expectMarked(marked));
  }

  for (const marked of [
    "we get $\\frac{a}{matrix of their product, with ⟦Y = X⟧. By taking ⟦W⟧ we get ⟦X^T⟧.",
    "$Y = f(X, two matrices and ⟦Y⟧ be the product, with ⟦Y = X \\times W⟧.",
    "We have $x and ⟦y = 2⟧.",
    "⟦a⟧ and ⟦b⟧ and $c",
    "= \\frac{\\partial (X ⟦W⟧ be two matrices and ⟦Y⟧ be",
  ]) {
    it(`an unclosed one loses only itself: ${marked}`, () => expectMarked(marked));
  }

  it("nests inside \\text", () => {
    assert.deepEqual(formulas("$\\text{if $x$ holds}$ and $y$"), ["\\text{if $x$ holds}", "y"]);
    assert.deepEqual(formulas("$$a \\tag*{$\\blacksquare$}$$"), ["D:a \\tag*{$\\blacksquare$}"]);
  });

  it("never crosses a blank line, a code span or an address", () => {
    assert.deepEqual(formulas("$a\n\nb$"), []);
    assert.deepEqual(formulas("`$x$` and `a$` and `$b`"), []);
    assert.deepEqual(formulas("[a](http://b/$c$d) <http://e/$f$g>"), []);
  });

  it("keeps escaped dollars out", () => {
    assert.deepEqual(formulas("\\$5 and \\$6, $\\$10 \\pm x$"), ["\\$10 \\pm x"]);
    assert.deepEqual(formulas("a \\$$x$"), ["x"]);
  });

  it("reports a formula that is not closed", () => {
    const text = "Then $\\frac{a}{b and text of a sentence";
    const [problem, ...more] = read(text).problems;
    assert.deepEqual([problem?.message, problem?.span, more.length], ["`$` is not closed", { start: 5, end: 6 }, 0]);
    assert.deepEqual(read("costs $5 now").problems, []);
  });
});

describe("document: unclosed displays", () => {
  it("end before prose, so that later ones are read", () => {
    const text = "$$ a = b\n\nSome prose with $x$ here.\n\n$$\nc = d\n$$\n";
    const document = read(text);
    assert.deepEqual(formulas(text), ["x", "D:\nc = d\n"]);
    assert.deepEqual(document.problems.map(({ message }) => message), ["`$$` is not closed"]);
  });

  it("end before a heading, a fence, a rule", () => {
    for (const edge of ["# Head", "```\ncode $$\n```", "---", "***", "::: note"]) {
      assert.deepEqual(formulas(`$$\na = b\n\n${edge}\n\n$x$ and\n\n$$y$$`), ["x", "D:y"], edge);
    }
  });

  it("do not pair money or stray signs", () => {
    assert.deepEqual(formulas("We charge $$ for this. And $$ more"), []);
    assert.deepEqual(formulas("We charge $$ for this thing\nand $$ for more"), []);
    assert.deepEqual(formulas("$$\nerror rate squared\n$$"), ["D:\nerror rate squared\n"]);
    assert.deepEqual(formulas("a = b $$\n\n$$ c = d $$"), ["D: c = d "]);
    assert.deepEqual(formulas("$$ $$ then $x$"), ["x"]);
  });

  it("leave an unclosed environment and bracket as text", () => {
    assert.deepEqual(formulas("\\begin{align}\na &= b\n\n# Next\n\n$x$\n\\end{align}"), ["x"]);
    assert.deepEqual(formulas("\\begin{align} a\n\\begin{align} b \\end{align}"), ["D: b "]);
    assert.deepEqual(formulas("\\[ a = b\n\n# Next\n\n$x$ \\]"), ["x"]);
  });

  it("take no escaped brackets or parentheses for formulas", () => {
    assert.deepEqual(formulas("see \\[1\\], \\[Smith 2020\\], \\(identities 3\\), \\(1\\), [x\\](y)"), []);
    assert.deepEqual(formulas("a \\[[RFC 2616](http://b.c/d_e=f)\\] \\(see [g](h_i=j)\\)"), []);
    assert.deepEqual(formulas("_new_: $data_: support [$data reference](a)"), []);
  });
});
