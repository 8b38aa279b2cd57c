import assert from "node:assert/strict";
import { analyze } from "../../../src/analysis/analyze";
import { stepsAt } from "../../../src/server/steps";

const note = "Let $X \\in \\mathbb{R}^{n\\times n}$ and $A \\in \\mathbb{R}^{n \\times n}$.\n\n$$\n\\begin{aligned}\n\\frac{\\partial}{\\partial X} \\operatorname{tr}(AX) &= A^\\top \\\\\n\\frac{\\partial}{\\partial X} \\operatorname{tr}(X) &= I\n\\end{aligned}\n$$\n";
const report = analyze(note, { layout: "auto", filename: "a.md" });

describe("the steps of a statement", () => {
  const asked: (readonly string[])[] = [];
  const deriving = (steps: readonly string[]): typeof report => {
    asked.push(steps);
    return analyze(note, { layout: "auto", filename: "a.md", steps });
  };
  const [first] = report.statements.filter(({ kind }) => kind === "gradient");

  it("are derived for that statement alone", () => {
    const steps = stepsAt(report, first!.relation, deriving);
    assert.deepEqual(asked, [[first!.latex]]);
    assert.deepEqual(steps?.map(({ rule }) => rule), ["linearity", "product with a constant", "reading off the derivative"]);
    assert.ok(steps?.every(({ left }) => !left.includes("&")));
  });

  it("are none where nothing is stated any more", () => {
    const nowhere = { line: 90, character: 0 };
    assert.equal(stepsAt(report, { start: nowhere, end: nowhere }, deriving), null);
  });
});
