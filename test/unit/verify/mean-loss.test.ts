/** Notes that write dZ for the slope of each sample's own loss, and dW for that of their mean. */
import assert from "node:assert/strict";
import { analyze } from "../../../src/analysis/analyze";

const layers = "$Z_1 = W_1 X + b_1$, $A_1 = g(Z_1)$, $Z_2 = W_2 A_1 + b_2$, $A_2 = \\sigma(Z_2)$ for $X \\in \\mathbb{R}^{n \\times m}$, $W_1 \\in \\mathbb{R}^{h \\times n}$, $W_2 \\in \\mathbb{R}^{k \\times h}$. The loss is $L$.";
const verdictsOf = (...claims: readonly string[]): string[] => {
  const { statements } = analyze(`${layers}\n\n${claims.map((one) => `$$${one}$$`).join("\n\n")}\n`, { layout: "auto", filename: "a.md" });
  return statements.filter(({ kind }) => kind === "gradient").map(({ verdict, message }) => (verdict === "unchecked" ? (message ?? verdict) : verdict));
};

describe("1/m between short gradients", () => {
  it("holds up to the count", () => assert.deepEqual(verdictsOf("dW_2 = \\frac{1}{m} dZ_2\\, A_1^\\top", "dZ_1 = W_2^\\top dZ_2 \\odot g'(Z_1)", "dW_1 = \\frac{dZ_1 X^\\top}{m}"), ["verified", "verified", "verified"]));
  it("excuses no lost transpose", () => assert.deepEqual(verdictsOf("dW_2 = \\frac{1}{m} dZ_2\\, A_1", "dZ_1 = W_2 dZ_2 \\odot g'(Z_1)", "dW_1 = \\frac{1}{m} dZ_1 X^\\top"), ["refuted", "refuted", "verified"]));
});
