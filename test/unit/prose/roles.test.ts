/** What sentences make of the formulas in them. */
import assert from "node:assert/strict";
import { read, roles } from "./reading";

const sentences: readonly (readonly [string, string])[] = [
  [String.raw`where $Z=XW$, $X\in\mathbb{R}^{n\times d}$ and $L=\|Z\|^2$ is the loss`, "definition, definition, definition"],
  [String.raw`Let $y=Ax$. Then $\nabla f = 2Ax$.`, "definition, claim"],
  [String.raw`If $y=Ax$ and $z=By$, then $\nabla f = 2Ax$.`, "assumption, assumption, claim"],
  [String.raw`If $A$ is symmetric, $\nabla f = 2Ax$.`, "assumption, -"],
  [String.raw`Suppose $y = Ax$ and $z=By$.`, "assumption, assumption"],
  [String.raw`Define the loss as $$L = \|y\|^2$$`, "definition"],
  [String.raw`Consider the gradient $$\frac{\partial f}{\partial x} = 2x$$`, "-"],
  [String.raw`Let $A$ be a matrix, so $$f = x^\top A x$$`, "definition, claim"],
  [String.raw`A common mistake is to write $\nabla f = 2Ax$.`, "wrong-example"],
  [String.raw`The gradient is $\nabla f = (A+A^\top)x$, not $\nabla f = 2Ax$.`, "claim, wrong-example"],
  [String.raw`$\nabla f = 2Ax$ is wrong in general.`, "wrong-example"],
  [String.raw`The wrong answer is $\nabla f = Ax$, the correct one is $\nabla f = 2Ax$.`, "wrong-example, claim"],
  [String.raw`The update is $w \leftarrow w - \eta g$.`, "update"],
  [String.raw`Gradient descent uses the gradient $\nabla f = 2x$.`, "-"],
  [String.raw`Is $\nabla f = Ax$?`, "question"],
  [String.raw`Which of these is right: $\nabla f = Ax$ or $\nabla f = 2Ax$?`, "question, question"],
  [String.raw`We get $\nabla f = 2Ax$, where $A = A^\top$.`, "claim, definition"],
  [String.raw`(take $f = \tanh$)`, "definition"],
  [String.raw`To first order, $f(x+h) \approx f(x)$.`, "approximation"],
  [String.raw`$f = x^\top x$`, "-"],
  [String.raw`Let $x$ be a vector and $f(x) = x^\top x$, then $\nabla f(x) = 2x$.`, "definition, definition, claim"],
  [String.raw`There is nothing wrong with $\nabla f = 2x$.`, "-"],
  [String.raw`The wrong class gets $\nabla f = 2x$.`, "-"],
  [String.raw`Phương sai của mẫu là $\nabla f = 2x$.`, "-"],
  [String.raw`Tổng bình phương sai số có đạo hàm $\nabla f = 2x$.`, "-"],
  [String.raw`错误项为 $\nabla f = 2x$。`, "-"],
  [String.raw`正例和反例的梯度为 $\nabla f = 2x$。`, "claim"],
  [String.raw`誤り率の勾配は $\nabla f = 2x$ です。`, "-"],
  [String.raw`실수 벡터의 기울기는 $\nabla f = 2x$ 이다.`, "-"],
  [String.raw`For $f(x) = \|x\|^2$ we have $\nabla f = 2x$.`, "assumption, claim"],
  [String.raw`Is it true that $\nabla f = Ax$?`, "question"],
  [String.raw`True or false: $\nabla f = Ax$.`, "question"],
  [String.raw`Which is right? (a) $\nabla f = Ax$ (b) $\nabla f = 2Ax$`, "question, question"],
  [String.raw`The gradient, which is $\nabla f = 2Ax$, is linear.`, "-"],
  [String.raw`$\nabla f = Ax$ (wrong) and $\nabla f = 2Ax$ (right)`, "wrong-example, -"],
  [String.raw`Initially $W = 0$ and $W_0 = 0$.`, "initial, -"],
  [String.raw`If $A$ were diagonal, we would get $\nabla f = 2Ax$.`, "assumption, hypothetical"],
  [String.raw`By the chain rule we would get $\nabla f = 2Ax$.`, "-"],
  [String.raw`In the scalar case, we have $\nabla f = 2ax$.`, "hypothetical"],
];

describe("prose gives formulas a role", () => {
  for (const [sentence, expected] of sentences) it(`${sentence} → ${expected}`, () => assert.equal(roles(sentence), expected));

  it("leaves the role open for what follows", () => {
    assert.equal(read("Suppose that:")[0]?.introduces, "assumption");
    assert.equal(read("Which of the following is the gradient?")[0]?.introduces, "question");
    assert.equal(read("Suppose that $x = 1$.")[0]?.introduces, null);
    assert.equal(read("# Common mistakes")[0]?.introduces, "wrong-example");
    assert.equal(read("# The part that is wrong")[0]?.introduces, null);
    assert.equal(read("Which of the two is not said.")[0]?.introduces, "question");
    assert.equal(read("Of which of the two is not said.")[0]?.introduces, null);
  });
});
