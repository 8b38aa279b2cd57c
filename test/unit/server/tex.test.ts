import assert from "node:assert/strict";
import { displayable, plainText } from "../../../src/server/tex";

describe("LaTeX for rendering", () => {
  it("loses labels, numbers and alignment", () => {
    assert.equal(displayable("a &= b \\label{eq:one} \\nonumber \\\\"), "a  = b");
  });

  it("keeps the cells and rows of matrices", () => {
    const matrix = "\\begin{bmatrix} a & b \\\\ c & d \\end{bmatrix}";
    assert.equal(displayable(`x &= ${matrix} \\\\[2pt]`), `x  = ${matrix}`);
  });

  it("loses comments but no percent signs", () => {
    assert.equal(displayable("a % why\n + 5\\%"), "a \n + 5\\%");
  });
});

describe("formulas as plain text", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["\\frac{\\partial L}{\\partial W} = Z^\\top \\frac{\\partial L}{\\partial A}", "∂L/∂W = Zᵀ ∂L/∂A"],
    ["\\nabla_x (x^T A x)", "∇_x (xᵀ A x)"],
    ["\\frac{a + b}{\\sqrt{n}}", "(a + b)/(√(n))"],
    ["\\begin{bmatrix} a & b \\\\ c & d \\end{bmatrix}", "[ a, b ; c, d ]"],
    ["W \\in \\mathbb{R}^{k \\times n}", "W ∈ R^k × n"],
  ];
  for (const [latex, text] of cases) it(text, () => assert.equal(plainText(latex), text));
});
