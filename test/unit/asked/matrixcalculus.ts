/** Every operator and function that the language of matrixcalculus.org has, in one derivative at least. */
import type { Asked } from "./asked";

const vectors = "Let $x, y, a \\in \\mathbb{R}^n$, $A \\in \\mathbb{R}^{n \\times n}$ and $c \\in \\mathbb{R}$.";
const matrices = "Let $X \\in \\mathbb{R}^{n \\times n}$ be invertible, $A, B \\in \\mathbb{R}^{n \\times n}$, $a, b \\in \\mathbb{R}^n$.";
const entrywise = "Let $x \\in \\mathbb{R}^n$ have entries between $0$ and $1$, and let the functions act entry by entry.";

const by = (variable: string, given: string) => (name: string, f: string, form: string): Asked => ({ name, given, of: `\\frac{\\partial}{\\partial ${variable}} ${f}`, form });
const inVector = by("x", vectors);
const inMatrix = by("X", matrices);
const inEntries = by("x", entrywise);

export const operators: readonly Asked[] = [
  inVector("+", "\\left(a^\\top x + c\\right)", "a"),
  inVector("-", "\\left(c - a^\\top x\\right)", "-a"),
  inVector("*", "\\left(x^\\top A x\\right)", "(A+A^\\top)x"),
  inVector("/", "\\frac{a^\\top x}{c}", "\\frac{a}{c}"),
  inVector("^", "\\left(a^\\top x\\right)^3", "3(a^\\top x)^2a"),
  inMatrix("^ of a matrix", "\\operatorname{tr}(X^3)", "3(X^2)^\\top"),
  inVector(".*", "\\left(a \\odot x\\right)", "\\operatorname{diag}(a)"),
  inVector("./", "\\left(a \\oslash x\\right)", "-\\operatorname{diag}(a\\oslash x^{\\odot2})"),
  inVector(".^", "x^{\\odot 3}", "3\\operatorname{diag}(x^{\\odot2})"),
  inVector("'", "\\left(x^\\top a\\right)", "a"),
];

export const functions: readonly Asked[] = [
  inEntries("sin", "\\sin(x)", "\\operatorname{diag}(\\cos(x))"),
  inEntries("cos", "\\cos(x)", "-\\operatorname{diag}(\\sin(x))"),
  inEntries("tan", "\\tan(x)", "\\operatorname{diag}(\\tan(x)^{\\odot2})+I"),
  inEntries("arcsin", "\\arcsin(x)", "\\operatorname{diag}(\\mathbf{1}\\oslash\\sqrt{\\mathbf{1}-x^{\\odot2}})"),
  inEntries("arccos", "\\arccos(x)", "-\\operatorname{diag}(\\mathbf{1}\\oslash\\sqrt{\\mathbf{1}-x^{\\odot2}})"),
  inEntries("arctan", "\\arctan(x)", "\\operatorname{diag}(\\mathbf{1}+x^{\\odot2})^{-1}"),
  inEntries("exp", "\\exp(x)", "\\operatorname{diag}(\\exp(x))"),
  inEntries("log", "\\log(x)", "\\operatorname{diag}(x)^{-1}"),
  inEntries("tanh", "\\tanh(x)", "I-\\operatorname{diag}(\\tanh(x)^{\\odot2})"),
  inEntries("abs", "\\operatorname{abs}(x)", "\\operatorname{diag}(\\operatorname{sign}(x))"),
  inEntries("sign", "\\operatorname{sign}(x)", "0"),
  inEntries("relu", "\\operatorname{relu}(x)", "\\operatorname{diag}(\\mathbf{1}[x>0])"),
  inVector("sum", "\\operatorname{sum}(A x)", "A^\\top\\mathbf{1}"),
  inVector("norm1", "\\|A x\\|_1", "A^\\top\\operatorname{sign}(Ax)"),
  inVector("norm2", "\\|A x - a\\|_2", "\\frac{A^\\top(Ax-a)}{\\|Ax-a\\|_2}"),
  inMatrix("tr", "\\operatorname{tr}(A X B)", "A^\\top B^\\top"),
  inMatrix("det", "\\det(X)", "\\det(X)X^{-\\top}"),
  inMatrix("logdet", "\\log\\det(X)", "X^{-\\top}"),
  inMatrix("inv", "\\operatorname{tr}(A X^{-1})", "-X^{-\\top}A^\\top X^{-\\top}"),
  inVector("vector", "\\mathbf{1}^\\top x", "\\mathbf{1}"),
  inMatrix("matrix", "\\mathbf{1}^\\top X \\mathbf{1}", "\\mathbf{1}\\mathbf{1}^\\top"),
  inMatrix("eye", "\\operatorname{tr}((X + I) A)", "A^\\top"),
];
