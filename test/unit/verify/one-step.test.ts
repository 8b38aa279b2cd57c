/** The last factor of backpropagation through time is meant of one step, where the same sign elsewhere goes through all before. */
import assert from "node:assert/strict";
import { analyze } from "../../../src/analysis/analyze";

const text = `Let $h_t = \\phi(W h_{t-1} + U x_t)$ with $h_t \\in \\mathbb{R}^n$, $x_t \\in \\mathbb{R}^d$, $W \\in \\mathbb{R}^{n \\times n}$, $U \\in \\mathbb{R}^{n \\times d}$ and $\\phi$ elementwise. The loss is $L = \\sum_{t=1}^T L_t(h_t)$.

$$\\frac{\\partial L_t}{\\partial W} = \\sum_{k=1}^{t} \\frac{\\partial L_t}{\\partial h_t} \\frac{\\partial h_t}{\\partial h_k} \\frac{\\partial h_k}{\\partial W}$$

$$\\frac{\\partial L}{\\partial W} = \\sum_{t=1}^{T} \\frac{\\partial L}{\\partial h_t} \\frac{\\partial h_t}{\\partial W}$$
`;

describe("derivatives by what all steps share", () => {
  it("are left alone inside sums over steps", () => {
    const claims = analyze(text, { layout: "auto", filename: "a.md" }).statements.filter(({ kind }) => kind === "gradient");
    assert.deepEqual(claims.map(({ verdict, reason }) => [verdict, reason]), [["unchecked", "ambiguous"], ["unchecked", "ambiguous"]]);
  });
});
