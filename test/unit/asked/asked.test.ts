/** What can be asked of the whole engine: each gradient left open in a note gets its closed form, which the core has verified. */
import assert from "node:assert/strict";
import { computedFor, type Asked } from "./asked";
import { asserted, leftOut, structured } from "./cookbook";
import { further, layers } from "./further";
import { functions, operators } from "./matrixcalculus";

const tables: Readonly<Record<string, readonly Asked[]>> = {
  "operators of matrixcalculus.org": operators,
  "functions of matrixcalculus.org": functions,
  "Matrix Cookbook": asserted,
  "Matrix Cookbook, left out by computer algebra": leftOut,
  "Matrix Cookbook, structured": structured,
  "further": further,
};

describe("asked", () => {
  for (const [title, table] of Object.entries(tables)) {
    it(title, () => {
      assert.deepEqual(Object.fromEntries(table.map((asked) => [asked.name, computedFor(asked)])), Object.fromEntries(table.map(({ name, form }) => [name, form])));
    });
  }

  it("one-hot columns", () => {
    const given = "Let $X \\in \\mathbb{R}^{d\\times n}$, $W \\in \\mathbb{R}^{K\\times d}$, $P = \\operatorname{softmax}(WX)$ along columns, let $Y \\in \\{0, 1\\}^{K\\times n}$ have one-hot columns, and $L = -\\sum_{k,i} Y_{ki} \\log P_{ki}$.";
    assert.equal(computedFor({ given, of: "\\nabla_W L" }), "(P-Y)X^\\top");
  });
  it("layers", () => {
    assert.equal(computedFor({ given: layers, of: "\\frac{\\partial C}{\\partial W^{(l)}}" }), "\\left(\\frac{\\partial C}{\\partial a^{(l)}}\\odot\\sigma'(z^{(l)})\\right)a^{(l-1)\\top}");
    assert.equal(computedFor({ given: layers, of: "\\frac{\\partial C}{\\partial W^{(L)}}" }), "((a^{(L)}-y)\\odot\\sigma'(z^{(L)}))a^{(L-1)\\top}");
  });
  it("a function where another section has a number of its letter", () => {
    const given = "# A number\n\nLet $\\sigma^2 = \\frac{1}{d} \\sum_i (h_i - \\mu)^2$.\n\n# A function\n\nLet $z = Wx + b$, $a = \\sigma(z)$ and $C = \\frac{1}{2} \\|a - y\\|^2$.";
    assert.equal(computedFor({ given, of: "\\frac{\\partial C}{\\partial b}" }), "(a-y)\\odot\\sigma'(z)");
  });
  it("a norm whose exponent is a letter", () => {
    const given = "Let $x \\in \\mathbb{R}^n$ and $p > 1$.";
    assert.equal(computedFor({ given, of: "\\nabla_x \\|x\\|_p" }), "(\\mathbf{1}^\\top\\operatorname{abs}(x)^{\\odot p})^{\\frac{1}{p}-1}(\\operatorname{abs}(x)^{\\odot(p-1)}\\odot\\operatorname{sign}(x))");
  });
});
