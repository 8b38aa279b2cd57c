/** Equations of the Matrix Cookbook that computer algebra asserts, or leaves out, by their numbers there. */
import type { Asked } from "./asked";

const square = "Let $X \\in \\mathbb{R}^{n \\times n}$ be invertible, $A, B, C, D \\in \\mathbb{R}^{n \\times n}$ and $a, b, c \\in \\mathbb{R}^n$.";
const tall = "Let $X \\in \\mathbb{R}^{m \\times n}$, $A \\in \\mathbb{R}^{m\\times m}$, $B \\in \\mathbb{R}^{n \\times n}$, $C \\in \\mathbb{R}^{m \\times n}$, $a, d \\in \\mathbb{R}^m$ and $b, c \\in \\mathbb{R}^n$.";
const vectors = "Let $x, s \\in \\mathbb{R}^n$, $A \\in \\mathbb{R}^{m \\times n}$, $b \\in \\mathbb{R}^m$, $B \\in \\mathbb{R}^{n \\times n}$ and let $W \\in \\mathbb{R}^{n \\times n}$ be symmetric, $V \\in \\mathbb{R}^{m\\times m}$ symmetric.";
const at = (given: string, variable: string) => (number: string, f: string, form: string): Asked => ({ name: number, given, of: `\\frac{\\partial}{\\partial ${variable}} ${f}`, form });
const X = at(square, "X");
const T = at(tall, "X");
const x = at(vectors, "x");

export const asserted: readonly Asked[] = [
  X("49", "\\det(X)", ""),
  X("51", "\\det(A X B)", ""),
  T("53", "\\det(X^\\top B X)".replace("B", "A"), ""),
  T("55", "\\log\\det(X^\\top X)", ""),
  X("57", "\\log|\\det X|", ""),
  X("58", "\\det(X^3)", ""),
  X("60", "\\det(X^{-1})", ""),
  T("69 (scalar)", "\\operatorname{tr}(X^\\top C)", ""),
];

export const leftOut: readonly Asked[] = [
  X("61", "\\left(a^\\top X^{-1} b\\right)", ""),
  X("62", "\\det(X^{-1})", ""),
  X("63", "\\operatorname{tr}(A X^{-1} B)", ""),
  X("64", "\\operatorname{tr}\\left((X + A)^{-1}\\right)", ""),
  T("70", "\\left(a^\\top X b\\right)", ""),
  T("71", "\\left(b^\\top X^\\top a\\right)", ""),
  X("72", "\\left(a^\\top X a\\right)", ""),
  T("77", "\\left(b^\\top X^\\top X c\\right)", ""),
  X("78", "(B a + b)^\\top C (D a + X c)", ""),
  T("81", "\\left(b^\\top X^\\top A X c\\right)", ""),
  T("82", "(X b + a)^\\top A (X b + a)", ""),
  x("81 (vector)", "\\left(x^\\top B x\\right)", ""),
  x("84", "(x - A^\\top b)^\\top W (x - A^\\top b)", ""),
  x("85", "(x - s)^\\top W (x - s)", ""),
  { name: "86", given: vectors, of: "\\frac{\\partial}{\\partial s} (x - s)^\\top W (x - s)", form: "" },
  x("87", "(b - A x)^\\top V (b - A x)", ""),
  { name: "88", given: vectors, of: "\\frac{\\partial}{\\partial A} (b - A s)^\\top V (b - A s)", form: "" },
  X("99", "\\operatorname{tr}(X)", "I"),
  T("100", "\\operatorname{tr}(X C^\\top)", ""),
  T("101", "\\operatorname{tr}(C^\\top X B)", ""),
  T("102", "\\operatorname{tr}(A X B X^\\top)", ""),
  T("103", "\\operatorname{tr}(X^\\top C)", ""),
  T("104", "\\operatorname{tr}(C X^\\top)", ""),
  X("105", "\\operatorname{tr}(A \\otimes X)", ""),
  X("106", "\\operatorname{tr}(X^2)", ""),
  X("107", "\\operatorname{tr}(X^2 B)", ""),
  T("108", "\\operatorname{tr}(X^\\top A X)", ""),
  T("109", "\\operatorname{tr}(A X X^\\top)", ""),
  T("110", "\\operatorname{tr}(X B X^\\top)", ""),
  T("111", "\\operatorname{tr}(B X^\\top X)", ""),
  X("112", "\\operatorname{tr}(A X B X)", ""),
  T("113", "\\operatorname{tr}(X^\\top X)", ""),
  T("114", "\\operatorname{tr}(B^\\top X^\\top A X B)", ""),
  T("115", "\\operatorname{tr}(X^\\top A X B)", ""),
  X("116", "\\operatorname{tr}(A X B X^\\top C)", ""),
  X("117", "\\operatorname{tr}\\left((A X B + C)(A X B + C)^\\top\\right)", ""),
  X("118", "\\operatorname{tr}(X \\otimes X)", ""),
  { name: "121", given: `${square} Let $k$ be a positive integer.`, of: "\\frac{\\partial}{\\partial X} \\operatorname{tr}(X^k)", form: "" },
  X("122", "\\operatorname{tr}(A X^3)", ""),
  T("123", "\\left(b^\\top X^\\top X X^\\top X b\\right)", ""),
  X("124", "\\operatorname{tr}(A X^{-1} B)", ""),
  X("125", "\\operatorname{tr}\\left((X^\\top C X)^{-1} A\\right)", ""),
  X("126", "\\operatorname{tr}\\left((X^\\top C X)^{-1} (X^\\top B X)\\right)", ""),
  X("127", "\\operatorname{tr}\\left((A + X^\\top C X)^{-1} (X^\\top B X)\\right)", ""),
  X("128", "\\operatorname{tr}(\\sin(X))", ""),
  T("130", "\\|X\\|_F^2", ""),
  x("131", "\\|x - s\\|_2", ""),
  x("132", "\\frac{x - s}{\\|x - s\\|_2}", ""),
  x("133", "\\|x\\|_2^2", ""),
  X("141", "\\log\\det(X)", ""),
];

const symmetric = "Let $X \\in \\mathbb{R}^{n \\times n}$ be symmetric and invertible, and $A \\in \\mathbb{R}^{n \\times n}$. We take the structured derivative, $x_{ij}$ and $x_{ji}$ being one variable.";
const S = at(symmetric, "X");
export const structured: readonly Asked[] = [
  S("138", "\\operatorname{tr}(A X)", ""),
  S("139", "\\det(X)", ""),
  S("141 (symmetric)", "\\log\\det(X)", ""),
];
