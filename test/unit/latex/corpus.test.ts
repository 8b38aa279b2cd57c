/**
 * Formulas as notes have them. Each is read without a problem, some are held
 * against their tree, and KaTeX is asked about every one with a token taken
 * out: what it cannot read is an error here too, and the other way round.
 */
import assert from "node:assert/strict";
import katex from "katex";
import { parseMath } from "../../../src/latex/index";
import { tokenize } from "../../../src/latex/tokens";
import { reads } from "./sketch";

/** Formula and tree. */
const held: readonly (readonly [source: string, tree: string])[] = [
  ["\\frac{\\partial \\mathcal{L}}{\\partial W^{(l)}} = \\delta^{(l)} (a^{(l-1)})^\\top", "frac[\\partial mathcal.L][\\partial W^[(: l :)]] = \\delta^[(: l :)] (: a^[(: l - 1 :)] :)^[\\top]"],
  ["\\nabla_{\\mathbf{x}} f(\\mathbf{x}) = 2\\mathbf{A}\\mathbf{x} + \\mathbf{b}", "\\nabla_[mathbf.x] f (: mathbf.x :) = 2 mathbf.A mathbf.x + mathbf.b"],
  ["\\frac{\\partial}{\\partial X} \\operatorname{tr}(X^T A X) = (A + A^T) X", 'frac[\\partial][\\partial X] "tr" (: X^[T] A X :) = (: A + A^[T] :) X'],
  ["d\\,\\mathrm{tr}(AX) = \\mathrm{tr}(A\\,dX)", 'd mathrm."tr" (: A X :) = mathrm."tr" (: A d X :)'],
  ["\\frac{d}{dx}\\sigma(x) = \\sigma(x)\\left(1-\\sigma(x)\\right)", "frac[d][d x] \\sigma (: x :) = \\sigma (: x :) (! 1 - \\sigma (: x :) !)"],
  ["\\hat\\beta = (X^\\top X)^{-1} X^\\top y", "hat[\\beta] = (: X^[\\top] X :)^[- 1] X^[\\top] y"],
  ["\\|Ax - b\\|_2^2 + \\lambda \\lVert x \\rVert_1", "‖ A x - b ‖_[2]^[2] + \\lambda ‖: x :‖_[1]"],
  ["W \\in \\mathbb{R}^{k\\times n},\\quad b \\in \\mathbb R^n", "W \\in mathbb.R^[k \\times n] , ~quad b \\in mathbb.R^[n]"],
  ["\\frac{\\partial^2 f}{\\partial x_i \\partial x_j} = H_{ij}", "frac[\\partial^[2] f][\\partial x_[i] \\partial x_[j]] = H_[i j]"],
  ["L = -\\frac1N\\sum_{i=1}^N y_i \\log \\hat y_i", 'L = - frac[1][N] \\sum_[i = 1]^[N] y_[i] "log" hat[y]_[i]'],
  ["\\text{softmax}(z)_i = \\frac{e^{z_i}}{\\sum_j e^{z_j}}", 'mathrm."softmax" (: z :)_[i] = frac[e^[z_[i]]][\\sum_[j] e^[z_[j]]]'],
  ["\\delta_{ij} = \\begin{cases} 1 & \\text{if } i = j \\\\ 0 & \\text{otherwise} \\end{cases}", "\\delta_[i j] = cases[1 & 'if ' i = j ; 0 & 'otherwise']"],
  ["\\left.\\frac{\\partial f}{\\partial \\theta}\\right|_{\\theta=0} = 0", ".! frac[\\partial f][\\partial \\theta] !|_[\\theta = 0] = 0"],
  ["\\log\\det \\Sigma = \\log |\\Sigma|", '"log" "det" \\Sigma = "log" | \\Sigma |'],
  ["\\langle A, B \\rangle_F = \\sum_{i,j} A_{ij} B_{ij}", "langle: A , B :rangle_[F] = \\sum_[i , j] A_[i j] B_[i j]"],
  ["\\frac{\\partial L}{\\partial A} \\odot \\mathbf{1}\\{Z > 0\\}", "frac[\\partial L][\\partial A] \\odot mathbf.1 {: Z > 0 :}"],
  ["\\theta_{t+1} \\leftarrow \\theta_t - \\eta \\nabla_\\theta J", "\\theta_[t + 1] \\leftarrow \\theta_[t] - \\eta \\nabla_[\\theta] J"],
  ["\\partial L / \\partial W_{ij} = x_i \\, \\partial L/\\partial y_j", "\\partial L / \\partial W_[i j] = x_[i] \\partial L / \\partial y_[j]"],
  ["f'(x)^2 + g''(x)", "f' (: x :)^[2] + g'' (: x :)"],
  ["{\\bf w}^T {\\bf x} + {\\rm tr}\\,(A)", '{mathbf.w}^[T] {mathbf.x} + {mathrm."tr"} (: A :)'],
  ["\\underbrace{X}_{n \\times d}\\,\\overbrace{W}^{d\\times k}", "underbrace[X]{n \\times d} overbrace[W]{d \\times k}"],
  ["A^{-\\top} := (A^{-1})^{\\top}", "A^[- \\top] := (: A^[- 1] :)^[\\top]"],
  ["\\mathrm{vec}(AXB) = (B^\\top\\otimes A)\\mathrm{vec}(X)", 'mathrm."vec" (: A X B :) = (: B^[\\top] \\otimes A :) mathrm."vec" (: X :)'],
  ["x_{1:n}, X_{i,:}, X_{:,j}, x_{i\\cdot}", "x_[1 : n] , X_[i , :] , X_[: , j] , x_[i \\cdot]"],
];

const read: readonly string[] = [
  "\\begin{aligned} \\frac{\\partial f}{\\partial x} &= \\frac{\\partial}{\\partial x}\\left(x^\\top A x\\right) \\\\ &= (A + A^\\top)x \\\\[4pt] &= 2Ax \\end{aligned}",
  "J = \\begin{bmatrix} \\frac{\\partial f_1}{\\partial x_1} & \\cdots & \\frac{\\partial f_1}{\\partial x_n} \\\\ \\vdots & \\ddots & \\vdots \\\\ \\frac{\\partial f_m}{\\partial x_1} & \\cdots & \\frac{\\partial f_m}{\\partial x_n} \\end{bmatrix}",
  "\\left[\\begin{array}{cc|c} a_{11} & a_{12} & b_1 \\\\ \\hline a_{21} & a_{22} & b_2 \\end{array}\\right]",
  "p(x \\mid \\mu, \\Sigma) = \\frac{1}{(2\\pi)^{d/2}|\\Sigma|^{1/2}} \\exp\\left(-\\tfrac12 (x-\\mu)^\\top\\Sigma^{-1}(x-\\mu)\\right)",
  "\\boxed{\\; \\frac{\\partial \\ell}{\\partial w} = -\\sum_{n=1}^N (y_n - \\sigma(w^\\top x_n))\\, x_n \\;}",
  "\\mathop{\\mathrm{argmin}}_{\\theta \\in \\Theta} \\; \\mathbb{E}_{x \\sim p}\\bigl[\\ell(\\theta; x)\\bigr]",
  "\\hat{\\boldsymbol\\theta} = \\underset{\\theta}{\\operatorname{argmax}}\\ \\prod_{i=1}^{n} p(x_i\\,|\\,\\theta)",
  "\\text{Attention}(Q, K, V) = \\text{softmax}\\!\\left(\\frac{QK^\\top}{\\sqrt{d_k}}\\right)V",
  "\\sum_{\\substack{i=1 \\\\ i \\ne j}}^n \\frac{\\partial L}{\\partial z_i}\\frac{\\partial z_i}{\\partial w_{ij}}",
  "\\mathbf{H}_t = \\phi(\\mathbf{X}_t \\mathbf{W}_{xh} + \\mathbf{H}_{t-1} \\mathbf{W}_{hh} + \\mathbf{b}_h) \\tag{1}",
  "\\text{where } Z = XW + b \\text{ and } A = \\max(0, Z)",
  "A \\succ 0 \\iff x^\\top A x > 0 \\quad \\forall x \\neq 0",
  "a \\overset{(1)}{=} b \\stackrel{\\text{def}}{=} c \\xrightarrow{n \\to \\infty} d",
  "\\color{red}{\\frac{\\partial L}{\\partial W}} = \\textcolor{blue}{X^\\top} \\cancel{\\delta}",
  "\\begin{vmatrix} a & b \\\\ c & d \\end{vmatrix} = ad - bc, \\qquad \\binom{n}{k} = \\frac{n!}{k!\\,(n-k)!}",
  "\\operatorname{diag}(\\lambda_1, \\ldots, \\lambda_n) \\in \\mathbb{S}^n_{++}, \\quad \\sqrt[3]{x^2} \\le \\frac{1}{1+e^{-x}}",
  "\\mathcal{N}\\!\\big(\\mu,\\,\\sigma^2 I\\big), \\; \\dot{x} = \\ddot{y} + \\bar{z} - \\tilde w \\cdot \\vec{v}",
  "\\left\\{ \\begin{array}{ll} x & x > 0 \\\\ 0 & x \\leq 0 \\end{array} \\right.",
  "0 = \\frac{\\partial}{\\partial \\lambda}\\Bigl( f(x) + \\lambda \\bigl(1 - \\|x\\|^2\\bigr) \\Bigr)\\Big|_{x = x^*}",
  "\\int_{-\\infty}^{\\infty} e^{-x^2/2}\\,\\mathrm{d}x = \\sqrt{2\\pi}",
];

function katexRefuses(source: string): boolean {
  try {
    katex.renderToString(source, { displayMode: true, strict: false, throwOnError: true });
    return false;
  } catch {
    return true;
  }
}

/** Whether LaTeX itself would stumble: brackets without a partner are no matter for it. */
function weRefuse(source: string): boolean {
  return parseMath(source).problems.some(({ severity, message }) => severity === "error" || message.includes("outside of an alignment") || message.includes("not a known"));
}

/**
 * Where we read more than KaTeX: a command with its arguments needs no braces
 * around it (`x_\log`), a bracket after a break may be an entry, and a rule may
 * stand anywhere.
 */
function isLenient(source: string): boolean {
  return /[_^]\s*\\(log|exp|max|mathop|operatorname|sum|begin|left|big|overset|text)/.test(source) || /\\(frac|sqrt|hat|overset)\s*\\/.test(source) || /\\\\\[(?!4pt\])|b_1 *\\hline/.test(source);
}

describe("formulas as notes have them", () => {
  for (const [source, tree] of held) it(source, () => reads(source, tree));
  for (const source of read) it(source, () => assert.deepEqual(parseMath(source).problems, []));

  it("are ones that KaTeX reads too", () => {
    for (const source of [...held.map(([written]) => written), ...read]) assert.ok(!katexRefuses(source), source);
  });
  it("are refused with a token taken out where KaTeX refuses them", () => {
    let refused = 0;
    for (const source of [...held.map(([written]) => written), ...read]) {
      for (const token of tokenize(source).slice(0, -1)) {
        const mutant = source.slice(0, token.start) + source.slice(token.end);
        if (isLenient(mutant)) continue;
        const expected = katexRefuses(mutant);
        if (expected) refused++;
        assert.equal(weRefuse(mutant), expected, mutant);
      }
    }
    assert.ok(refused > 400);
  });
});
