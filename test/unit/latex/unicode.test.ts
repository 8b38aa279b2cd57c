import { reads } from "./sketch";

describe("Unicode", () => {
  it("is the same as its commands", () => {
    reads("∂L/∂α = ∇ₓf × g · h − 1", "\\partial L / \\partial \\alpha = \\nabla_[x] f \\times g \\cdot h - 1");
    reads("A ⊙ B ⊗ C ∘ D ≤ E ≠ F → G ⇒ H ∈ I", "A \\odot B \\otimes C \\circ D \\leq E \\neq F \\to G \\Rightarrow H \\in I");
    reads("∑ᵢ aᵢ ∏ ∫ √x √(y) ⟨a, b⟩ ‖x‖ ∥y∥ ⌊z⌋", "\\sum_[i] a_[i] \\prod \\int sqrt[x] sqrt[(: y :)] langle: a , b :rangle ‖ x ‖ ‖ y ‖ lfloor: z :rfloor");
  });
  it("reads small letters and digits as scripts", () => reads("Wᵀ x² x₁₂ x⁻¹ x⁽ˡ⁾ aᵢⱼ²", "W^[T] x^[2] x_[12] x^[- 1] x^[( l )] a_[i j]^[2]"));
  it("reads the mathematical alphabets with their fonts", () => reads("𝐖 𝒙 𝑥 𝛼 𝛁 ℝ ℒ 𝟙 𝔼 𝖳 𝐗𝛽", "mathbf.W boldsymbol.x x \\alpha mathbf.\\nabla mathbb.R mathcal.L mathbb.1 mathbb.E mathsf.T mathbf.X \\beta"));
  it("reads accents, combined or not", () => reads("ŷ x̂ ȳ x̃ ẋ", "hat[y] hat[x] bar[y] tilde[x] dot[x]"));
  it("reads primes", () => reads("f′(x) g″ h’", "f' (: x :) g'' h'"));
  it("reads words in other scripts as text", () => reads("损失 函数 = α 如果 x", "'损失 函数' = \\alpha '如果' x"));
  it("reads one letter of another script as a symbol", () => reads("ж + 1", "ж + 1"));
  it("reads wide punctuation", () => reads("（x，y）", "(: x , y :)"));
  it("reads fractions that are one character", () => reads("½x", "frac[1][2] x"));
  it("reads dots", () => reads("1, …, n ⋯ ⋮ ⋱", "1 , \\ldots , n \\cdots \\vdots \\ddots"));
});
