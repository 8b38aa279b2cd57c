import assert from "node:assert/strict";
import { analyze } from "../../../src/analysis/analyze";

const shapes = "Let $x, a \\in \\mathbb{R}^n$, $A \\in \\mathbb{R}^{m\\times n}$ and $B \\in \\mathbb{R}^{n\\times n}$.\n\n";
const numerator = ["$\\frac{\\partial a^\\top x}{\\partial x} = a^\\top$", "$\\frac{\\partial x^\\top B x}{\\partial x} = x^\\top (B + B^\\top)$"];
const denominator = ["$\\frac{\\partial x^\\top x}{\\partial x} = 2x$", "$\\frac{\\partial x^\\top a}{\\partial x} = a$"];
const both = "$\\frac{\\partial Ax}{\\partial x} = A$";
const rows = "Let $x \\in \\mathbb{R}^d$, $W \\in \\mathbb{R}^{d\\times m}$, $b \\in \\mathbb{R}^m$, $y = xW + b$ and $L$ a scalar loss.\n\n";
const rowGradients = ["$\\frac{\\partial L}{\\partial x} = \\frac{\\partial L}{\\partial y} W^\\top$", "$\\frac{\\partial L}{\\partial W} = x^\\top \\frac{\\partial L}{\\partial y}$"];

function judged(...parts: readonly string[]): { layout: string; vectors: string; verdicts: string } {
  const { statements, reading } = analyze(parts.join("\n\n"), { layout: "auto", filename: "a.md" });
  return { layout: reading.layout, vectors: reading.vectors, verdicts: statements.filter(({ kind }) => kind === "gradient").map(({ verdict }) => verdict).join(" ") };
}

describe("the document's reading", () => {
  it("is the usual one where nothing tells otherwise", () => {
    assert.deepEqual(judged(shapes, ...denominator, both), { layout: "denominator", vectors: "columns", verdicts: "verified verified verified" });
  });

  it("is the layout in which most claims hold", () => {
    assert.deepEqual(judged(shapes, ...numerator, both), { layout: "numerator", vectors: "columns", verdicts: "verified verified verified" });
    assert.deepEqual(judged(shapes, ...numerator, ...denominator), { layout: "denominator", vectors: "columns", verdicts: "convention convention verified verified" });
  });

  it("is not changed by a lone claim", () => {
    assert.deepEqual(judged(shapes, numerator[0] ?? ""), { layout: "denominator", vectors: "columns", verdicts: "convention" });
  });

  it("is the one that is stated", () => {
    for (const words of ["We use the numerator layout.", "<!-- gradcheck: layout=numerator -->"]) {
      assert.deepEqual(judged(words, shapes, numerator[0] ?? "", ...denominator), { layout: "numerator", vectors: "columns", verdicts: "verified convention convention" });
    }
  });

  it("takes vectors as rows where two claims hold only so, or where it is stated", () => {
    assert.deepEqual(judged(rows, ...rowGradients), { layout: "denominator", vectors: "rows", verdicts: "verified verified" });
    for (const words of ["All vectors are row vectors.", "<!-- gradcheck: vectors=rows -->"]) {
      assert.deepEqual(judged(words, rows, rowGradients[0] ?? ""), { layout: "denominator", vectors: "rows", verdicts: "verified" });
    }
  });
});

describe("a slip", () => {
  const wrong = "\\frac{\\partial L}{\\partial x} = W \\frac{\\partial L}{\\partial y}";
  const model = "Let $x \\in \\mathbb{R}^n$, $W \\in \\mathbb{R}^{m\\times n}$ and $y = Wx$, $L$ a scalar loss.\n\n";

  it("that is made again names the first", () => {
    const { statements } = analyze(`${model}$${wrong}$\n\n$$${wrong.replace("=", "&=")}\\label{again}$$\n`, { layout: "auto", filename: "a.md" });
    const [first, second] = statements.filter(({ verdict }) => verdict === "refuted");
    assert.doesNotMatch(first?.message ?? "", /same slip/);
    assert.match(second?.message ?? "", /\(same slip as line 3\)$/);
    assert.deepEqual(second?.related.at(-1)?.range, first?.range);
  });

  it("in a chain marks one link, not the one that is right again", () => {
    const chain = `${model}$$\n\\begin{aligned}\n${wrong.replace("=", "&=")} \\\\\n&= W^\\top \\frac{\\partial L}{\\partial y}\n\\end{aligned}\n$$\n`;
    const { statements } = analyze(chain, { layout: "auto", filename: "a.md" });
    assert.deepEqual(statements.filter(({ kind }) => kind === "gradient").map(({ verdict, range }) => `${range.start.line + 1} ${verdict}`), ["5 refuted", "6 verified"]);
  });
});
