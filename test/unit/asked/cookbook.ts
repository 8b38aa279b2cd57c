/** Equations of the Matrix Cookbook that computer algebra asserts, or leaves out, by their numbers there. */
import type { Asked } from "./asked";

const square = "Let $X \\in \\mathbb{R}^{n \\times n}$ be invertible, $A, B, C, D \\in \\mathbb{R}^{n \\times n}$ and $a, b, c \\in \\mathbb{R}^n$.";
const tall = "Let $X \\in \\mathbb{R}^{m \\times n}$, $A \\in \\mathbb{R}^{m\\times m}$, $B \\in \\mathbb{R}^{n \\times n}$, $C \\in \\mathbb{R}^{m \\times n}$, $a \\in \\mathbb{R}^m$ and $b, c \\in \\mathbb{R}^n$.";
const vectors = "Let $x, s \\in \\mathbb{R}^n$, $A \\in \\mathbb{R}^{m \\times n}$, $b \\in \\mathbb{R}^m$, $B \\in \\mathbb{R}^{n \\times n}$ and let $W \\in \\mathbb{R}^{n \\times n}$ be symmetric, $V \\in \\mathbb{R}^{m\\times m}$ symmetric.";
const at = (given: string, variable: string) => (number: string, f: string, form: string): Asked => ({ name: number, given, of: `\\frac{\\partial}{\\partial ${variable}} ${f}`, form });
const X = at(square, "X");
const T = at(tall, "X");
const x = at(vectors, "x");

export const asserted: readonly Asked[] = [
  X("49", "\\det(X)", "\\det(X)X^{-\\top}"),
  X("51", "\\det(A X B)", "\\det(AXB)A^\\top(AXB)^{-\\top}B^\\top"),
  T("53", "\\det(X^\\top A X)", "\\det(X^\\top AX)(A^\\top X(X^\\top AX)^{-\\top}+AX(X^\\top AX)^{-1})"),
  T("55", "\\log\\det(X^\\top X)", "2X(X^\\top X)^{-1}"),
  X("57", "\\log|\\det X|", "X^{-\\top}"),
  X("58", "\\det(X^3)", "3\\det(X)^3X^{-\\top}"),
  X("60", "\\det(X^{-1})", "-\\frac{X^{-\\top}}{\\det(X)}"),
  T("69 (scalar)", "\\operatorname{tr}(X^\\top C)", "C"),
];

export const leftOut: readonly Asked[] = [
  X("61", "\\left(a^\\top X^{-1} b\\right)", "-X^{-\\top}ab^\\top X^{-\\top}"),
  X("62", "\\det(X^{-1})", "-\\frac{X^{-\\top}}{\\det(X)}"),
  X("63", "\\operatorname{tr}(A X^{-1} B)", "-X^{-\\top}A^\\top B^\\top X^{-\\top}"),
  X("64", "\\operatorname{tr}\\left((X + A)^{-1}\\right)", "-((X+A)^{-2})^\\top"),
  T("70", "\\left(a^\\top X b\\right)", "ab^\\top"),
  T("71", "\\left(b^\\top X^\\top a\\right)", "ab^\\top"),
  X("72", "\\left(a^\\top X a\\right)", "aa^\\top"),
  T("77", "\\left(b^\\top X^\\top X c\\right)", "X(bc^\\top+cb^\\top)"),
  X("78", "(B a + b)^\\top C (D a + X c)", "C^\\top(Ba+b)c^\\top"),
  T("81", "\\left(b^\\top X^\\top A X c\\right)", "A^\\top Xbc^\\top+AXcb^\\top"),
  T("82", "(X b + a)^\\top A (X b + a)", "(A+A^\\top)(Xb+a)b^\\top"),
  x("81 (vector)", "\\left(x^\\top B x\\right)", "(B+B^\\top)x"),
  x("84", "(x - A^\\top b)^\\top W (x - A^\\top b)", "2W(x-A^\\top b)"),
  x("85", "(x - s)^\\top W (x - s)", "2W(x-s)"),
  { name: "86", given: vectors, of: "\\frac{\\partial}{\\partial s} (x - s)^\\top W (x - s)", form: "-2W(x-s)" },
  x("87", "(b - A x)^\\top V (b - A x)", "-2A^\\top V(b-Ax)"),
  { name: "88", given: vectors, of: "\\frac{\\partial}{\\partial A} (b - A s)^\\top V (b - A s)", form: "-2V(b-As)s^\\top" },
  X("99", "\\operatorname{tr}(X)", "I"),
  T("100", "\\operatorname{tr}(X C^\\top)", "C"),
  T("101", "\\operatorname{tr}(C^\\top X B)", "CB^\\top"),
  T("102", "\\operatorname{tr}(A X B X^\\top)", "A^\\top XB^\\top+AXB"),
  T("103", "\\operatorname{tr}(X^\\top C)", "C"),
  T("104", "\\operatorname{tr}(C X^\\top)", "C"),
  X("105", "\\operatorname{tr}(A \\otimes X)", "\\operatorname{tr}(A)I"),
  X("106", "\\operatorname{tr}(X^2)", "2X^\\top"),
  X("107", "\\operatorname{tr}(X^2 B)", "(XB+BX)^\\top"),
  T("108", "\\operatorname{tr}(X^\\top A X)", "(A+A^\\top)X"),
  T("109", "\\operatorname{tr}(A X X^\\top)", "(A+A^\\top)X"),
  T("110", "\\operatorname{tr}(X B X^\\top)", "X(B+B^\\top)"),
  T("111", "\\operatorname{tr}(B X^\\top X)", "X(B+B^\\top)"),
  X("112", "\\operatorname{tr}(A X B X)", "(AXB+BXA)^\\top"),
  T("113", "\\operatorname{tr}(X^\\top X)", "2X"),
  T("114", "\\operatorname{tr}(B^\\top X^\\top A X B)", "(A+A^\\top)XBB^\\top"),
  T("115", "\\operatorname{tr}(X^\\top A X B)", "A^\\top XB^\\top+AXB"),
  X("116", "\\operatorname{tr}(A X B X^\\top C)", "A^\\top C^\\top XB^\\top+CAXB"),
  X("117", "\\operatorname{tr}\\left((A X B + C)(A X B + C)^\\top\\right)", "2A^\\top(AXB+C)B^\\top"),
  X("118", "\\operatorname{tr}(X \\otimes X)", "2\\operatorname{tr}(X)I"),
  { name: "121", given: `${square} Let $k$ be a positive integer.`, of: "\\frac{\\partial}{\\partial X} \\operatorname{tr}(X^k)", form: "k(X^{k-1})^\\top" },
  X("122", "\\operatorname{tr}(A X^3)", "((AX+XA)X+X^2A)^\\top"),
  T("123", "\\left(b^\\top X^\\top X X^\\top X b\\right)", "2X(X^\\top Xbb^\\top+bb^\\top X^\\top X)"),
  X("124", "\\operatorname{tr}(A X^{-1} B)", "-X^{-\\top}A^\\top B^\\top X^{-\\top}"),
  X("125", "\\operatorname{tr}\\left((X^\\top C X)^{-1} A\\right)", "-C^\\top X(X^\\top CX)^{-\\top}A^\\top(X^\\top CX)^{-\\top}-CX(X^\\top CX)^{-1}A(X^\\top CX)^{-1}"),
  X("126", "\\operatorname{tr}\\left((X^\\top C X)^{-1} (X^\\top B X)\\right)", "(B-BX(X^\\top CX)^{-1}X^\\top C)^\\top X(X^\\top CX)^{-\\top}+(B-CX(X^\\top CX)^{-1}X^\\top B)X(X^\\top CX)^{-1}"),
  X("127", "\\operatorname{tr}\\left((A + X^\\top C X)^{-1} (X^\\top B X)\\right)", "(B-BX(A+X^\\top CX)^{-1}X^\\top C)^\\top X(A+X^\\top CX)^{-\\top}+(B-CX(A+X^\\top CX)^{-1}X^\\top B)X(A+X^\\top CX)^{-1}"),
  X("128", "\\operatorname{tr}(\\sin(X))", "I\\odot\\cos(X)"),
  T("130", "\\|X\\|_F^2", "2X"),
  x("131", "\\|x - s\\|_2", "\\frac{x-s}{\\|x-s\\|_2}"),
  x("132", "\\frac{x - s}{\\|x - s\\|_2}", "\\frac{I}{\\|x-s\\|_2}-\\frac{(x-s)(x-s)^\\top}{\\|x-s\\|_2^3}"),
  x("133", "\\|x\\|_2^2", "2x"),
  X("141", "\\log\\det(X)", "X^{-\\top}"),
];

const symmetric = "Let $X \\in \\mathbb{R}^{n \\times n}$ be symmetric and invertible, and $A \\in \\mathbb{R}^{n \\times n}$. We take the structured derivative, $x_{ij}$ and $x_{ji}$ being one variable.";
const S = at(symmetric, "X");
export const structured: readonly Asked[] = [
  S("138", "\\operatorname{tr}(A X)", "A+A^\\top-I\\odot A"),
  S("139", "\\det(X)", "\\det(X)(2X^{-1}-I\\odot X^{-1})"),
  S("141 (symmetric)", "\\log\\det(X)", "2X^{-1}-I\\odot X^{-1}"),
];
