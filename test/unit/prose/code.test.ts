/** Shapes in code cells and listings. */
import assert from "node:assert/strict";
import { readCodeShapes } from "../../../src/semantics/prose";
import { expr, symbol } from "./reading";

function shapes(code: string, language = "python"): string {
  return readCodeShapes(code, language)
    .map(({ subject, dims }) => `${symbol(subject)}: ${dims.map(expr).join("×")}`)
    .join("; ");
}

describe("shapes in code", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["X = np.random.randn(N, D)", "X: N×D"],
    ["W1 = torch.zeros(d, k, requires_grad=True)", "W1: d×k"],
    ["b = np.zeros((K,))", "b: K"],
    ["Z = np.ones((n, 2*d))", "Z: n×2d"],
    ["A = rng.normal(size=(m, n))", "A: m×n"],
    ["x = np.random.normal(0, 1, size=n)", "x: n"],
    ["W = torch.randn(3, 4)  # weights", "W: 3×4"],
    ["h = X @ W  # (N, H)", "h: N×H"],
    ["h: Tensor = f(x)  # shape: (N, H)", "h: N×H"],
    ["# X: (N, D)", "X: N×D"],
    ["    - x: Input data, of shape (N, D)", "x: N×D"],
    ["    W_h: weights, array of shape (H, H)", "W_h: H×H"],
    ["x = f(a, b)", ""],
    ["x = np.random.normal(0, 1)", ""],
    ["if x == (a, b):", ""],
    ["print(X.shape)", ""],
    ["return (N, D)", ""],
  ];
  for (const [line, expected] of cases) it(`${line} → ${expected || "nothing"}`, () => assert.equal(shapes(line), expected));

  it("reads no language without arrays", () => assert.equal(shapes("X = np.zeros((N, D))", "bash"), ""));
  it("gives the place of the line", () => {
    const code = "import numpy as np\nX = np.zeros((N, D))\n";
    const [shape] = readCodeShapes(code, "python");
    assert.equal(code.slice(shape!.start, shape!.end), "X = np.zeros((N, D))");
  });
});
