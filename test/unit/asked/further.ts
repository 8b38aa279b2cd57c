/** What neither list has: parameters, powers whose exponent is a letter, and single entries. */
import type { Asked } from "./asked";

const parameters = "Let $A(t) \\in \\mathbb{R}^{n\\times n}$ be invertible and depend on the scalar $t$, and $B(t) \\in \\mathbb{R}^{n \\times n}$.";
const powers = "Let $X, A \\in \\mathbb{R}^{n \\times n}$, $a, b \\in \\mathbb{R}^n$ and let $k$ be a positive integer.";
const layer = "Let $Z \\in \\mathbb{R}^{m \\times k}$, $W \\in \\mathbb{R}^{k \\times n}$ and $A = ZW$, so that $a_{i,j} = \\sum_l z_{i,l} w_{l,j}$.";
const displayed = "Let\n\n$$\nZ = \\begin{bmatrix} z_{1,1} & z_{1,2} \\\\ z_{2,1} & z_{2,2} \\\\ z_{3,1} & z_{3,2} \\end{bmatrix}, \\quad W = \\begin{bmatrix} w_{1,1} & w_{1,2} & w_{1,3} & w_{1,4} \\\\ w_{2,1} & w_{2,2} & w_{2,3} & w_{2,4} \\end{bmatrix}, \\quad A = ZW.\n$$";
const attention = "Let $Q, K, V \\in \\mathbb{R}^{n\\times d}$, $P = \\operatorname{softmax}(QK^\\top)$ along rows, $O = PV$, $L$ a scalar loss and $G = \\frac{\\partial L}{\\partial O}$.";
const hidden = "Let $X \\in \\mathbb{R}^{n\\times d}$, $U \\in \\mathbb{R}^{d\\times h}$, $V \\in \\mathbb{R}^{h\\times c}$, $b \\in \\mathbb{R}^h$, $Z = XU + \\mathbf{1} b^\\top$, $Y = \\operatorname{ReLU}(Z) V$ and $\\delta = \\partial L/\\partial Y$.";
const entropy = "Let $s = \\operatorname{softmax}(z)$, $z \\in \\mathbb{R}^K$, and $H = -\\sum_k s_k \\log s_k$.";
const entries = "Let $A \\in \\mathbb{R}^{m\\times n}$, $x \\in \\mathbb{R}^n$ and let $k$ be a positive integer.";
const numbered = "Let $w, b \\in \\mathbb{R}^n$ and $L_{16} = e^{-\\|w - b\\|^2}$.";

const normalized = "Let $h \\in \\mathbb{R}^d$, $\\mu = \\frac{1}{d} \\sum_i h_i$, $\\sigma^2 = \\frac{1}{d} \\sum_i (h_i - \\mu)^2$ and $\\hat h = \\frac{h - \\mu}{\\sigma}$.";
const scaled = "Let $x, g \\in \\mathbb{R}^d$, $r = \\sqrt{\\frac{1}{d} \\|x\\|^2 + \\epsilon}$ and $y = g \\odot x / r$.";
const cell = "Let $f = \\sigma(W_f x + U_f h + b_f)$, $i = \\sigma(W_i x + U_i h + b_i)$, $o = \\sigma(W_o x + U_o h + b_o)$, $g = \\tanh(W_g x + U_g h + b_g)$, $c' = f \\odot c + i \\odot g$, $h' = o \\odot \\tanh(c')$ and $L = \\ell(h')$.";
export const layers = "Let $z^{(l)} = W^{(l)} a^{(l-1)} + b^{(l)}$, $a^{(l)} = \\sigma(z^{(l)})$ for $l = 1, \\dots, L$ and $C = \\frac{1}{2} \\|a^{(L)} - y\\|^2$.";
const lines = "Let $A, B \\in \\mathbb{R}^{n\\times n}$, $x \\in \\mathbb{R}^n$ and $t \\in \\mathbb{R}$.";

export const further: readonly Asked[] = [
  { name: "inverse along a parameter", given: parameters, of: "\\frac{d}{dt} A^{-1}", form: "-A^{-1}\\frac{dA}{dt}A^{-1}" },
  { name: "determinant along a parameter", given: parameters, of: "\\frac{d \\det A}{dt}", form: "\\det(A)\\operatorname{tr}\\left(A^{-1}\\frac{dA}{dt}\\right)" },
  { name: "log-determinant along a parameter", given: parameters, of: "\\frac{\\partial}{\\partial t} \\log\\det A", form: "\\operatorname{tr}\\left(A^{-1}\\frac{dA}{dt}\\right)" },
  { name: "product along a parameter", given: parameters, of: "\\frac{d}{dt} (AB)", form: "\\frac{dA}{dt}B+A\\frac{dB}{dt}" },
  { name: "trace of a product with a power", given: powers, of: "\\frac{\\partial}{\\partial X} \\operatorname{tr}(A X^k)", form: "\\sum_{r=0}^{k-1}(X^r)^\\top A^\\top(X^{k-1-r})^\\top" },
  { name: "quadratic form of a power", given: powers, of: "\\frac{\\partial}{\\partial X} \\left(a^\\top X^k b\\right)", form: "\\sum_{r=0}^{k-1}(X^r)^\\top ab^\\top(X^{k-1-r})^\\top" },
  { name: "one entry", given: layer, of: "\\frac{\\partial L}{\\partial w_{1,2}}", form: "\\sum_lz_{l,1}\\frac{\\partial L}{\\partial a_{l,2}}" },
  { name: "any entry", given: layer, of: "\\frac{\\partial L}{\\partial w_{i,j}}", form: "\\sum_lz_{l,i}\\frac{\\partial L}{\\partial a_{l,j}}" },
  { name: "one entry of matrices of a known size", given: displayed, of: "\\frac{\\partial L}{\\partial w_{1,2}}", form: "z_{1,1}\\frac{\\partial L}{\\partial A_{1,2}}+z_{2,1}\\frac{\\partial L}{\\partial A_{2,2}}+z_{3,1}\\frac{\\partial L}{\\partial A_{3,2}}" },
  { name: "a cotangent with a name", given: attention, of: "\\frac{\\partial L}{\\partial P}", form: "GV^\\top" },
  { name: "a cotangent with a name and the output", given: attention, of: "\\frac{\\partial L}{\\partial V}", form: "P^\\top G" },
  { name: "a bias below a mask", given: hidden, of: "\\frac{\\partial L}{\\partial b}", form: "(\\mathbf{1}[Z>0]\\odot(\\delta V^\\top))^\\top\\mathbf{1}" },
  { name: "two digits below a letter", given: numbered, of: "\\nabla_w L_{16}", form: "-2L_{16}(w-b)" },
  { name: "an entropy of a softmax", given: entropy, of: "\\nabla_z H", form: "-s\\odot\\log(s)-Hs" },
  { name: "a softplus twice", given: entries, of: "\\nabla_x^2 \\mathbf{1}^\\top\\log(1 + e^{Ax})", form: "A^\\top\\operatorname{diag}(\\sigma(Ax)\\odot(\\mathbf{1}-\\sigma(Ax)))A" },
  { name: "second derivatives of a power whose exponent is a letter", given: entries, of: "\\nabla_x^2 \\sum_i x_i^k", form: "k(k-1)\\operatorname{diag}(x^{\\odot(k-2)})" },
  { name: "a number less one", given: entries, of: "\\nabla_x \\left((1 - n) x^\\top x\\right)", form: "-2(n-1)x" },
  { name: "variance", given: normalized, of: "\\frac{\\partial \\sigma^2}{\\partial h_i}", form: "\\frac{2}{d}(h_i-\\mu)" },
  { name: "deviation", given: normalized, of: "\\frac{\\partial \\sigma}{\\partial h_i}", form: "\\frac{1}{d}\\frac{h_i-\\mu}{\\sigma}" },
  { name: "layer normalization", given: normalized, of: "\\frac{\\partial \\hat h}{\\partial h}", form: "\\frac{1}{\\sigma}\\left(I-\\frac{1}{d}\\hat{h}\\hat{h}^\\top-\\frac{1}{d}\\mathbf{1}\\mathbf{1}^\\top\\right)" },
  { name: "normalization by the root of the mean square", given: scaled, of: "\\frac{\\partial y}{\\partial x}", form: "\\frac{1}{r}\\left(\\operatorname{diag}(g)-\\frac{1}{d}\\frac{yx^\\top}{r}\\right)" },
  { name: "its entries", given: scaled, of: "\\frac{\\partial y_i}{\\partial x_j}", form: "\\frac{1}{r}\\left(\\delta_{ij}g_i-\\frac{1}{d}\\frac{x_jy_i}{r}\\right)" },
  { name: "from one layer to the next", given: layers, of: "\\frac{\\partial z^{(l)}}{\\partial a^{(l-1)}}", form: "W^{(l)}" },
  { name: "a loss behind a normalization", given: `${normalized} Let $L = \\ell(\\hat h)$.`, of: "\\frac{\\partial L}{\\partial h}", form: "\\frac{1}{\\sigma}\\left(\\frac{\\partial L}{\\partial \\hat{h}}-\\frac{1}{d}(\\hat{h}\\hat{h}^\\top+\\mathbf{1}\\mathbf{1}^\\top)\\frac{\\partial L}{\\partial \\hat{h}}\\right)" },
  { name: "an output gate", given: cell, of: "\\frac{\\partial L}{\\partial o}", form: "\\frac{\\partial L}{\\partial h'}\\odot\\tanh(c')" },
  { name: "a cell", given: cell, of: "\\frac{\\partial L}{\\partial c}", form: "\\frac{\\partial L}{\\partial h'}\\odot f\\odot o\\odot(\\mathbf{1}-\\tanh(c')^{\\odot2})" },
  { name: "the weights of a gate", given: cell, of: "\\frac{\\partial L}{\\partial W_f}", form: "\\left(\\frac{\\partial L}{\\partial h'}\\odot c\\odot o\\odot(\\mathbf{1}-\\tanh(c')^{\\odot2})\\odot\\sigma'(W_fx+U_fh+b_f)\\right)x^\\top" },
  { name: "largest entry", given: lines, of: "\\nabla_x \\max_i x_i", form: "\\mathbf{1}[x=\\max(x)]" },
  { name: "infinity norm", given: lines, of: "\\nabla_x \\|x\\|_\\infty", form: "\\mathbf{1}[\\operatorname{abs}(x)=\\max(\\operatorname{abs}(x))]\\odot\\operatorname{sign}(x)" },
  { name: "exponential along a line", given: lines, of: "\\frac{d}{dt} e^{tA} x", form: "Ae^{tA}x" },
  { name: "a matrix carried along", given: lines, of: "\\frac{d}{dt} \\left(e^{-tA} B e^{tA}\\right)", form: "(e^{-tA}BA-Ae^{-tA}B)e^{tA}" },
  { name: "a power of entries whose exponent is a letter", given: entries, of: "\\nabla_x \\sum_i x_i^k", form: "kx^{\\odot(k-1)}" },
];
