/** What sentences state for the document. */
import assert from "node:assert/strict";
import { stated } from "./reading";

const sentences: readonly (readonly [string, string])[] = [
  [String.raw`We use the numerator layout.`, "numerator layout"],
  [String.raw`We use numerator layout instead of denominator layout.`, "numerator layout"],
  [String.raw`In this post, gradients are row vectors.`, "numerator layout"],
  [String.raw`Gradients are column vectors and have the same shape as the variable.`, "denominator layout (here)"],
  [String.raw`All vectors are column vectors.`, "vectors are columns (here)"],
  [String.raw`Bold lower-case letters denote vectors, bold capitals matrices.`, "bold lower vector (here); bold upper matrix (here)"],
  [String.raw`Unlike some authors, who use the numerator layout, we use the denominator layout.`, "denominator layout"],
  [String.raw`Here we adopt the denominator-layout convention.`, "denominator layout"],
  [String.raw`If you prefer the denominator layout, transpose everything.`, ""],
  [String.raw`We follow the convention that the gradient has the same shape as the parameter.`, "denominator layout"],
  [String.raw`Throughout, vectors are columns.`, "vectors are columns"],
  [String.raw`All functions act elementwise.`, "functions elementwise (here)"],
  [String.raw`where the function acts elementwise`, "functions elementwise (here)"],
  [String.raw`softmax is applied row-wise.`, "softmax rowwise (here)"],
  [String.raw`$P=\operatorname{softmax}(S)$, where the softmax is applied to each row`, "softmax rowwise (here)"],
  [String.raw`where $\operatorname{vec}$ stacks columns`, "vec by columns (here)"],
  [String.raw`where $e^{X}$ is the matrix exponential`, "matrixFunctions (here)"],
  [String.raw`Our hidden layer does not include a bias term.`, "noBias"],
  [String.raw`The structured derivative is meant.`, "structured (here)"],
  [String.raw`The denominator has a finite integral.`, ""],
  [String.raw`Here we use numerator layout, while the online tool seems to use mixed layout.`, "numerator layout"],
  [String.raw`Some authors use the numerator layout.`, ""],
  [String.raw`$A$ is a matrix.`, ""],
];

describe("prose states conventions", () => {
  for (const [sentence, conventions] of sentences) it(`${sentence} → ${conventions || "nothing"}`, () => assert.equal(stated(sentence), conventions));
});
