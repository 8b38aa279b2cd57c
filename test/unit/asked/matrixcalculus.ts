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
  inVector("/", "\\frac{a^\\top x}{c}", ""),
  inVector("^", "\\left(a^\\top x\\right)^3", ""),
  inMatrix("^ of a matrix", "\\operatorname{tr}(X^3)", ""),
  inVector(".*", "\\left(a \\odot x\\right)", ""),
  inVector("./", "\\left(a \\oslash x\\right)", ""),
  inVector(".^", "x^{\\odot 3}", ""),
  inVector("'", "\\left(x^\\top a\\right)", "a"),
];

export const functions: readonly Asked[] = [
  ...["\\sin", "\\cos", "\\tan", "\\arcsin", "\\arccos", "\\arctan", "\\exp", "\\log", "\\tanh", "\\operatorname{abs}", "\\operatorname{sign}", "\\operatorname{relu}"].map((fn) => inEntries(fn, `${fn}(x)`, "")),
  inVector("sum", "\\operatorname{sum}(A x)", ""),
  inVector("norm1", "\\|A x\\|_1", ""),
  inVector("norm2", "\\|A x - a\\|_2", ""),
  inMatrix("tr", "\\operatorname{tr}(A X B)", ""),
  inMatrix("det", "\\det(X)", ""),
  inMatrix("logdet", "\\log\\det(X)", ""),
  inMatrix("inv", "\\operatorname{tr}(A X^{-1})", ""),
  inVector("vector", "\\mathbf{1}^\\top x", ""),
  inMatrix("matrix", "\\mathbf{1}^\\top X \\mathbf{1}", ""),
  inMatrix("eye", "\\operatorname{tr}((X + I) A)", ""),
];
