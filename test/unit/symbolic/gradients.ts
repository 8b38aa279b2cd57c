/**
 * Derivatives of which the closed form is known, made with the constructors of
 * terms at two assignments of sizes. `latex` pins the form where there is one
 * that everybody would write.
 */
import type { Spelling } from "../../../src/symbolic/index";
import { add, broadcast, determinant, diagonal, diagonalEmbed, directional, einsum, freeName, gradient, identity, inverse, jacobian, logAbsDeterminant, map, matmul, matrixExponential, matrixPower, max, mul, neg, nuclearNorm, ones, permute, power, pullback, reciprocal, reshape, scalar, scale, slice, spectralNorm, stack, sub, sum, trace, transpose, variable, type Term } from "../../../src/tensor/index";

export interface SizesOf {
  readonly n: number;
  readonly m: number;
  readonly p: number;
  readonly k: number;
}

export interface Case {
  readonly name: string;
  readonly build: (s: SizesOf) => Term;
  readonly latex?: string;
  readonly spelling?: Partial<Spelling>;
  /** What the notes name, among the nodes of the first trial. */
  readonly named?: (s: SizesOf) => readonly (readonly [Term, string])[];
  /** Draw entries of both signs. */
  readonly signed?: boolean;
}

export const sizes = { n: [3, 4], m: [5, 7], p: [4, 3], k: [6, 5] } as const;
export const trials: readonly [SizesOf, SizesOf] = [
  { n: 3, m: 5, p: 4, k: 6 },
  { n: 4, m: 7, p: 3, k: 5 },
];

// A few words for what follows.

const v = (name: string, ...shape: number[]): Term => variable(name, shape);
const T = transpose;
const mm = (...factors: readonly Term[]): Term => factors.reduce((a, b) => matmul(a, b));
const num = (t: Term): Term => reshape(t, []);
const dot = (a: Term, b: Term): Term => num(mm(T(a), b));
const squared = (t: Term): Term => sum(mul(t, t));
const norm = (t: Term): Term => map("sqrt", squared(t));
const grad = (y: Term, x: Term): Term => gradient(num(y), [x])[0]!;
/** ∂y/∂xᵀ of columns, n×m in numerator layout. */
const jac = (y: Term, x: Term): Term => reshape(jacobian(y, x), [y.shape[0]!, x.shape[0]!]);
const hess = (y: Term, x: Term): Term => jac(grad(y, x), x);
const back = (y: Term, upstream: Term, x: Term): Term => pullback(y, upstream, [x])[0]!;
const one = (t: Term): Term => ones(t.shape);
const f = (t: Term, k = 0): Term => map(freeName("f", k), t);
const act = (t: Term): Term => map(freeName("sigma"), t);
const rowsOf = (row: Term, m: number): Term => einsum("un,m->mn", row, ones([m]));
const columnsOf = (column: Term, n: number): Term => einsum("mu,n->mn", column, ones([n]));
const spread = (number: Term, like: Term): Term => broadcast(number, like.shape, []);

/** Along the rows of a matrix, or of all entries of a column. */
function softmax(z: Term): Term {
  const e = map("exp", z);
  return z.shape[1] === 1 ? mul(e, reciprocal(spread(sum(e), z))) : mul(e, reciprocal(broadcast(sum(e, [1]), z.shape, [0])));
}

const logsumexp = (z: Term): Term => map("log", sum(map("exp", z)));

const greek = { variables: new Map([["lambda", "\\lambda"], ["mu", "\\mu"], ["Sigma", "\\Sigma"], ["Lambda", "\\Lambda"], ["delta", "\\delta"], ["beta", "\\beta"], ["sigma2", "\\sigma^2"], ["free:sigma", "\\sigma"], ["free:f", "f"], ["eps", "\\epsilon"], ["gamma", "\\gamma"]]) };

const linear: Case[] = [
  { name: "aᵀx", build: ({ n }) => grad(dot(v("a", n, 1), v("x", n, 1)), v("x", n, 1)), latex: "a" },
  { name: "xᵀa as a row", build: ({ n }) => grad(mm(v("x", 1, n), v("a", n, 1)), v("x", 1, n)), latex: "a^\\top" },
  { name: "Ax", build: ({ m, n }) => jac(mm(v("A", m, n), v("x", n, 1)), v("x", n, 1)), latex: "A" },
  { name: "Ax in the other layout", build: ({ m, n }) => jac(mm(v("A", m, n), v("x", n, 1)), v("x", n, 1)), spelling: { layoutTransposed: true }, latex: "A^\\top" },
  { name: "ABx", build: ({ m, n, p }) => jac(mm(v("A", m, n), v("B", n, p), v("x", p, 1)), v("x", p, 1)), latex: "AB" },
  { name: "aᵀXb", build: ({ m, n }) => grad(mm(T(v("a", m, 1)), v("X", m, n), v("b", n, 1)), v("X", m, n)), latex: "ab^\\top" },
  { name: "aᵀXᵀb", build: ({ m, n }) => grad(mm(T(v("a", n, 1)), T(v("X", m, n)), v("b", m, 1)), v("X", m, n)), latex: "ba^\\top" },
  { name: "aᵀXa", build: ({ n }) => grad(mm(T(v("a", n, 1)), v("X", n, n), v("a", n, 1)), v("X", n, n)), latex: "aa^\\top" },
  { name: "sum of entries", build: ({ m, n }) => grad(sum(v("X", m, n)), v("X", m, n)), latex: "\\mathbf 1\\mathbf 1^\\top" },
  { name: "mean of entries", build: ({ n }) => grad(scale(sum(v("x", n, 1)), 1, n), v("x", n, 1)), latex: "\\frac{1}{n}\\mathbf 1" },
  { name: "1ᵀAx", build: ({ m, n }) => grad(sum(mm(v("A", m, n), v("x", n, 1))), v("x", n, 1)), latex: "A^\\top\\mathbf 1" },
  { name: "identity", build: ({ n }) => jac(v("x", n, 1), v("x", n, 1)), latex: "I" },
  { name: "c x", build: ({ n }) => jac(mul(v("c"), v("x", n, 1)), v("x", n, 1)), latex: "cI" },
  { name: "x + Ax", build: ({ n }) => jac(add(v("x", n, 1), mm(v("A", n, n), v("x", n, 1))), v("x", n, 1)), latex: "A+I" },
  { name: "nothing", build: ({ n }) => grad(sum(v("a", n, 1)), v("x", n, 1)), latex: "0" },
  { name: "differential", build: ({ m, n, p }) => mm(v("d:A", m, n), v("B", n, p)), latex: "dA\\,B" },
];

const quadratic: Case[] = [
  { name: "xᵀx", build: ({ n }) => grad(dot(v("x", n, 1), v("x", n, 1)), v("x", n, 1)), latex: "2x" },
  { name: "xᵀAx", build: ({ n }) => grad(mm(T(v("x", n, 1)), v("A", n, n), v("x", n, 1)), v("x", n, 1)), latex: "(A+A^\\top)x" },
  { name: "xᵀAx, A symmetric", build: ({ n }) => grad(mm(T(v("x", n, 1)), v("A", n, n), v("x", n, 1)), v("x", n, 1)), spelling: { symmetric: new Set(["A"]) }, latex: "2Ax" },
  { name: "Hessian of xᵀAx", build: ({ n }) => hess(mm(T(v("x", n, 1)), v("A", n, n), v("x", n, 1)), v("x", n, 1)), latex: "A+A^\\top" },
  { name: "xᵀAx by A", build: ({ n }) => grad(mm(T(v("x", n, 1)), v("A", n, n), v("x", n, 1)), v("A", n, n)), latex: "xx^\\top" },
  { name: "½xᵀAx + bᵀx", build: ({ n }) => grad(add(scale(num(mm(T(v("x", n, 1)), v("A", n, n), v("x", n, 1))), 1, 2), dot(v("b", n, 1), v("x", n, 1))), v("x", n, 1)), spelling: { symmetric: new Set(["A"]) }, latex: "Ax+b" },
  { name: "(aᵀx)²", build: ({ n }) => grad(mm(T(v("a", n, 1)), v("x", n, 1), T(v("x", n, 1)), v("a", n, 1)), v("x", n, 1)), latex: "2aa^\\top x" },
  { name: "(xᵀx)²", build: ({ n }) => grad(mul(dot(v("x", n, 1), v("x", n, 1)), dot(v("x", n, 1), v("x", n, 1))), v("x", n, 1)), latex: "4\\|x\\|_2^2x" },
  { name: "xᵀx yᵀy by x", build: ({ n, m }) => grad(mul(dot(v("x", n, 1), v("x", n, 1)), dot(v("y", m, 1), v("y", m, 1))), v("x", n, 1)) },
  { name: "xᵀAᵀAx", build: ({ m, n }) => grad(mm(T(v("x", n, 1)), T(v("A", m, n)), v("A", m, n), v("x", n, 1)), v("x", n, 1)), latex: "2A^\\top Ax" },
  { name: "bᵀXᵀXc", build: ({ m, n }) => grad(mm(T(v("b", n, 1)), T(v("X", m, n)), v("X", m, n), v("c", n, 1)), v("X", m, n)), latex: "X(bc^\\top+cb^\\top)" },
  { name: "(Xb + c)ᵀD(Xb + c)", build: ({ m, n }) => {
    const X = v("X", m, n);
    const r = add(mm(X, v("b", n, 1)), v("c", m, 1));
    return grad(mm(T(r), v("D", m, m), r), X);
  }, latex: "(D+D^\\top)(Xb+c)b^\\top" },
  { name: "row xAxᵀ", build: ({ n }) => grad(mm(v("x", 1, n), v("A", n, n), T(v("x", 1, n))), v("x", 1, n)), latex: "x(A+A^\\top)" },
  { name: "f = ‖x − a‖²", build: ({ n }) => grad(squared(sub(v("x", n, 1), v("a", n, 1))), v("x", n, 1)), latex: "2(x-a)" },
  { name: "Rayleigh quotient", build: ({ n }) => {
    const x = v("x", n, 1);
    return grad(mul(num(mm(T(x), v("A", n, n), x)), reciprocal(dot(x, x))), x);
  }, spelling: { symmetric: new Set(["A"]) } },
];

const least: Case[] = [
  { name: "‖Ax − b‖²", build: ({ m, n }) => grad(squared(sub(mm(v("A", m, n), v("x", n, 1)), v("b", m, 1))), v("x", n, 1)), latex: "2A^\\top(Ax-b)" },
  { name: "½‖Ax − b‖²", build: ({ m, n }) => grad(scale(squared(sub(mm(v("A", m, n), v("x", n, 1)), v("b", m, 1))), 1, 2), v("x", n, 1)), latex: "A^\\top(Ax-b)" },
  { name: "½‖y − Xw‖²", build: ({ m, n }) => grad(scale(squared(sub(v("y", m, 1), mm(v("X", m, n), v("w", n, 1)))), 1, 2), v("w", n, 1)) },
  { name: "1/m ‖Xw − y‖²", build: ({ m, n }) => grad(scale(squared(sub(mm(v("X", m, n), v("w", n, 1)), v("y", m, 1))), 1, m), v("w", n, 1)), latex: "\\frac{2}{m}X^\\top(Xw-y)" },
  { name: "1/2m ‖Xw − y‖²", build: ({ m, n }) => grad(scale(squared(sub(mm(v("X", m, n), v("w", n, 1)), v("y", m, 1))), 1, 2 * m), v("w", n, 1)), latex: "\\frac{1}{m}X^\\top(Xw-y)" },
  { name: "Hessian", build: ({ m, n }) => hess(squared(sub(mm(v("X", m, n), v("w", n, 1)), v("y", m, 1))), v("w", n, 1)), latex: "2X^\\top X" },
  { name: "ridge", build: ({ m, n }) => {
    const w = v("w", n, 1);
    return grad(add(squared(sub(mm(v("X", m, n), w), v("y", m, 1))), mul(v("lambda"), squared(w))), w);
  }, spelling: greek, latex: "2(X^\\top(Xw-y)+\\lambda w)" },
  { name: "ridge Hessian", build: ({ m, n }) => {
    const w = v("w", n, 1);
    return hess(add(squared(sub(mm(v("X", m, n), w), v("y", m, 1))), mul(v("lambda"), squared(w))), w);
  }, spelling: greek, latex: "2(X^\\top X+\\lambda I)" },
  { name: "weighted", build: ({ m, n }) => {
    const w = v("x", n, 1);
    const r = sub(mm(v("A", m, n), w), v("b", m, 1));
    return grad(mm(T(r), v("W", m, m), r), w);
  }, spelling: { symmetric: new Set(["W"]) }, latex: "2A^\\top W(Ax-b)" },
  { name: "weights on the diagonal", build: ({ m, n }) => {
    const w = v("x", n, 1);
    const r = sub(mm(v("A", m, n), w), v("b", m, 1));
    return grad(sum(mul(v("c", m, 1), mul(r, r))), w);
  }, latex: "2A^\\top(c\\odot(Ax-b))" },
  { name: "‖AX − B‖² by X", build: ({ m, n, p }) => grad(squared(sub(mm(v("A", m, n), v("X", n, p)), v("B", m, p))), v("X", n, p)), latex: "2A^\\top(AX-B)" },
  { name: "‖XA − B‖² by X", build: ({ m, n, p }) => grad(squared(sub(mm(v("X", m, n), v("A", n, p)), v("B", m, p))), v("X", m, n)), latex: "2(XA-B)A^\\top" },
  { name: "normal equations", build: ({ m, n }) => mm(inverse(mm(T(v("X", m, n)), v("X", m, n))), T(v("X", m, n)), v("y", m, 1)), latex: "(X^\\top X)^{-1}X^\\top y" },
  { name: "hat matrix", build: ({ m, n }) => mm(v("X", m, n), inverse(mm(T(v("X", m, n)), v("X", m, n))), T(v("X", m, n))), latex: "X(X^\\top X)^{-1}X^\\top" },
  { name: "estimate by y", build: ({ m, n }) => jac(mm(inverse(mm(T(v("X", m, n)), v("X", m, n))), T(v("X", m, n)), v("y", m, 1)), v("y", m, 1)), latex: "(X^\\top X)^{-1}X^\\top" },
  { name: "residual is orthogonal", build: ({ m, n }) => {
    const X = v("X", m, n);
    const hat = mm(X, inverse(mm(T(X), X)), T(X));
    return mm(T(X), sub(v("y", m, 1), mm(hat, v("y", m, 1))));
  }, latex: "0" },
];

const traces: Case[] = [
  { name: "tr X", build: ({ n }) => grad(trace(v("X", n, n)), v("X", n, n)), latex: "I" },
  { name: "tr AX", build: ({ m, n }) => grad(trace(mm(v("A", m, n), v("X", n, m))), v("X", n, m)), latex: "A^\\top" },
  { name: "tr AXᵀ", build: ({ m, n }) => grad(trace(mm(v("A", m, n), T(v("X", m, n)))), v("X", m, n)), latex: "A" },
  { name: "tr AXB", build: ({ m, n, p }) => grad(trace(mm(v("A", m, n), v("X", n, p), v("B", p, m))), v("X", n, p)), latex: "A^\\top B^\\top" },
  { name: "tr AXᵀB", build: ({ m, n, p }) => grad(trace(mm(v("A", m, p), T(v("X", n, p)), v("B", n, m))), v("X", n, p)), latex: "BA" },
  { name: "tr XᵀX", build: ({ m, n }) => grad(trace(mm(T(v("X", m, n)), v("X", m, n))), v("X", m, n)), latex: "2X" },
  { name: "tr X²", build: ({ n }) => grad(trace(mm(v("X", n, n), v("X", n, n))), v("X", n, n)), latex: "2X^\\top" },
  { name: "tr X³", build: ({ n }) => grad(trace(matrixPower(v("X", n, n), 3)), v("X", n, n)), latex: "3(X^2)^\\top" },
  { name: "tr X²B", build: ({ n }) => grad(trace(mm(v("X", n, n), v("X", n, n), v("B", n, n))), v("X", n, n)), latex: "(XB+BX)^\\top" },
  { name: "tr XᵀAX", build: ({ m, n }) => grad(trace(mm(T(v("X", m, n)), v("A", m, m), v("X", m, n))), v("X", m, n)), latex: "(A+A^\\top)X" },
  { name: "tr XAXᵀ", build: ({ m, n }) => grad(trace(mm(v("X", m, n), v("A", n, n), T(v("X", m, n)))), v("X", m, n)), latex: "X(A+A^\\top)" },
  { name: "tr AXBXᵀC", build: ({ m, n, p }) => grad(trace(mm(v("A", p, m), v("X", m, n), v("B", n, n), T(v("X", m, n)), v("C", m, p))), v("X", m, n)) },
  { name: "tr AXBX", build: ({ m, n }) => grad(trace(mm(v("A", m, m), v("X", m, n), v("B", n, m), v("X", m, n), v("C", n, m))), v("X", m, n)) },
  { name: "tr X⁻¹", build: ({ n }) => grad(trace(inverse(v("X", n, n))), v("X", n, n)), latex: "-(X^{-2})^\\top" },
  { name: "tr AX⁻¹B", build: ({ n, m }) => grad(trace(mm(v("A", m, n), inverse(v("X", n, n)), v("B", n, m))), v("X", n, n)), latex: "-X^{-\\top}A^\\top B^\\top X^{-\\top}" },
  { name: "tr (X + A)⁻¹", build: ({ n }) => grad(trace(inverse(add(v("X", n, n), v("A", n, n)))), v("X", n, n)), latex: "-((X+A)^{-2})^\\top" },
  { name: "(tr X)²", build: ({ n }) => grad(mul(trace(v("X", n, n)), trace(v("X", n, n))), v("X", n, n)), latex: "2\\operatorname{tr}(X)I" },
  { name: "tr(AX) tr(BX)", build: ({ m, n }) => grad(mul(trace(mm(v("A", m, n), v("X", n, m))), trace(mm(v("B", m, n), v("X", n, m)))), v("X", n, m)) },
  { name: "tr of a Hadamard product", build: ({ n }) => grad(trace(mul(v("A", n, n), v("X", n, n))), v("X", n, n)), latex: "I\\odot A" },
  { name: "trace itself", build: ({ m, n }) => trace(mm(v("A", m, n), v("B", n, m))), latex: "\\operatorname{tr}(AB)" },
  { name: "trace of a symmetric product", build: ({ m, n }) => trace(mm(T(v("X", m, n)), v("A", m, m), v("X", m, n))), latex: "\\operatorname{tr}(X^\\top AX)" },
];

const determinants: Case[] = [
  { name: "det X", build: ({ n }) => grad(determinant(v("X", n, n)), v("X", n, n)), latex: "\\det(X)X^{-\\top}" },
  { name: "log det X", build: ({ n }) => grad(logAbsDeterminant(v("X", n, n)), v("X", n, n)), latex: "X^{-\\top}" },
  { name: "log det X, X symmetric", build: ({ n }) => grad(logAbsDeterminant(v("X", n, n)), v("X", n, n)), spelling: { symmetric: new Set(["X"]) }, latex: "X^{-1}" },
  { name: "det AXB", build: ({ n }) => grad(determinant(mm(v("A", n, n), v("X", n, n), v("B", n, n))), v("X", n, n)) },
  { name: "log det XᵀX", build: ({ m, n }) => grad(logAbsDeterminant(mm(T(v("X", m, n)), v("X", m, n))), v("X", m, n)), latex: "2X(X^\\top X)^{-1}" },
  { name: "log det XᵀAX", build: ({ m, n }) => grad(logAbsDeterminant(mm(T(v("X", m, n)), v("A", m, m), v("X", m, n))), v("X", m, n)), spelling: { symmetric: new Set(["A"]) }, latex: "2AX(X^\\top AX)^{-1}" },
  { name: "det X²", build: ({ n }) => grad(mul(determinant(v("X", n, n)), determinant(v("X", n, n))), v("X", n, n)), latex: "2\\det(X)^2X^{-\\top}" },
  { name: "1 / det X", build: ({ n }) => grad(reciprocal(determinant(v("X", n, n))), v("X", n, n)), latex: "-\\frac{X^{-\\top}}{\\det(X)}" },
  { name: "log det (A + xxᵀ)", build: ({ n }) => grad(logAbsDeterminant(add(v("A", n, n), mm(v("x", n, 1), T(v("x", n, 1))))), v("x", n, 1)), spelling: { symmetric: new Set(["A"]) }, latex: "2(A+xx^\\top)^{-1}x" },
  { name: "log det(I + X)", build: ({ n }) => grad(logAbsDeterminant(add(identity(n), v("X", n, n))), v("X", n, n)), latex: "(I+X)^{-\\top}" },
  { name: "det of X⁻¹", build: ({ n }) => grad(determinant(inverse(v("X", n, n))), v("X", n, n)) },
];

const inverses: Case[] = [
  { name: "aᵀX⁻¹b", build: ({ n }) => grad(mm(T(v("a", n, 1)), inverse(v("X", n, n)), v("b", n, 1)), v("X", n, n)), latex: "-X^{-\\top}ab^\\top X^{-\\top}" },
  { name: "xᵀA⁻¹x", build: ({ n }) => grad(mm(T(v("x", n, 1)), inverse(v("A", n, n)), v("x", n, 1)), v("x", n, 1)), spelling: { symmetric: new Set(["A"]) }, latex: "2A^{-1}x" },
  { name: "A⁻¹A", build: ({ n, m }) => mm(inverse(v("A", n, n)), v("A", n, n), v("B", n, m)), latex: "B" },
  { name: "AA⁻¹", build: ({ n, m }) => mm(T(v("B", n, m)), v("A", n, n), inverse(v("A", n, n))), latex: "B^\\top" },
  { name: "(Aᵀ)⁻¹", build: ({ n }) => inverse(T(v("A", n, n))), latex: "A^{-\\top}" },
  { name: "(A⁻¹)⁻¹", build: ({ n }) => inverse(inverse(v("A", n, n))), latex: "A" },
  { name: "(2A)⁻¹", build: ({ n }) => inverse(scale(v("A", n, n), 2)), latex: "\\frac{1}{2}A^{-1}" },
  { name: "solve", build: ({ n }) => grad(dot(v("c", n, 1), mm(inverse(v("A", n, n)), v("b", n, 1))), v("b", n, 1)), latex: "A^{-\\top}c" },
  { name: "differential of an inverse", build: ({ n }) => mm(inverse(v("X", n, n)), v("d:X", n, n), neg(inverse(v("X", n, n)))), latex: "-X^{-1}\\,dX\\,X^{-1}" },
  { name: "XᵀX beside its inverse", build: ({ m, n }) => mm(inverse(mm(T(v("X", m, n)), v("X", m, n))), mm(T(v("X", m, n)), v("X", m, n)), v("w", n, 1)), latex: "w" },
  { name: "(A + λI) beside its inverse", build: ({ n }) => {
    const M = add(v("A", n, n), mul(v("lambda"), identity(n)));
    return mm(inverse(M), M, v("x", n, 1));
  }, spelling: greek, latex: "x" },
  { name: "inverse of a diagonal", build: ({ n, m }) => mm(inverse(diagonalEmbed(v("d", n))), v("A", n, m)) },
];

const norms: Case[] = [
  { name: "‖x‖", build: ({ n }) => grad(norm(v("x", n, 1)), v("x", n, 1)), latex: "\\frac{x}{\\|x\\|_2}" },
  { name: "‖x − a‖", build: ({ n }) => grad(norm(sub(v("x", n, 1), v("a", n, 1))), v("x", n, 1)), latex: "\\frac{x-a}{\\|x-a\\|_2}" },
  { name: "‖Ax − b‖", build: ({ m, n }) => grad(norm(sub(mm(v("A", m, n), v("x", n, 1)), v("b", m, 1))), v("x", n, 1)), latex: "\\frac{A^\\top(Ax-b)}{\\|Ax-b\\|_2}" },
  { name: "‖X‖F", build: ({ m, n }) => grad(norm(v("X", m, n)), v("X", m, n)), latex: "\\frac{X}{\\|X\\|_F}" },
  { name: "‖X‖F²", build: ({ m, n }) => grad(squared(v("X", m, n)), v("X", m, n)), latex: "2X" },
  { name: "‖X‖F² itself", build: ({ m, n }) => squared(v("X", m, n)), latex: "\\|X\\|_F^2" },
  { name: "‖x‖₁", build: ({ n }) => grad(sum(map("abs", v("x", n, 1))), v("x", n, 1)), signed: true, latex: "\\operatorname{sign}(x)" },
  { name: "Hessian of ‖x‖", build: ({ n }) => hess(norm(v("x", n, 1)), v("x", n, 1)), latex: "\\frac{I}{\\|x\\|_2}-\\frac{xx^\\top}{\\|x\\|_2^3}" },
  { name: "x / ‖x‖", build: ({ n }) => mul(v("x", n, 1), reciprocal(norm(v("x", n, 1)))), latex: "\\frac{x}{\\|x\\|_2}" },
  { name: "cosine similarity", build: ({ n }) => {
    const [x, y] = [v("x", n, 1), v("y", n, 1)];
    return grad(mul(dot(x, y), mul(reciprocal(norm(x)), reciprocal(norm(y)))), x);
  } },
  { name: "xᵀx / ‖x‖", build: ({ n }) => mul(dot(v("x", n, 1), v("x", n, 1)), reciprocal(norm(v("x", n, 1)))), latex: "\\|x\\|_2" },
  { name: "‖x‖_A", build: ({ n }) => grad(map("sqrt", num(mm(T(v("x", n, 1)), v("A", n, n), v("x", n, 1)))), v("x", n, 1)), spelling: { symmetric: new Set(["A"]) }, latex: "\\frac{Ax}{\\sqrt{x^\\top Ax}}" },
  { name: "nuclear norm itself", build: ({ n }) => mul(nuclearNorm(v("A", n, n)), v("x", n, 1)), latex: "\\|A\\|_*x" },
  { name: "spectral norm itself", build: ({ n, m }) => mul(spectralNorm(v("A", m, n)), v("x", n, 1)), latex: "\\|A\\|_2x" },
  { name: "norm of a row", build: ({ n }) => grad(norm(v("x", 1, n)), v("x", 1, n)), latex: "\\frac{x}{\\|x\\|_2}" },
  { name: "product of norms", build: ({ m, n }) => grad(mul(norm(v("A", m, n)), norm(v("x", n, 1))), v("x", n, 1)), latex: "\\frac{\\|A\\|_Fx}{\\|x\\|_2}" },
];

const elementwise: Case[] = [
  ...["exp", "log", "sin", "cos", "tan", "sinh", "cosh", "tanh", "asin", "acos", "atan", "sigmoid", "softplus", "relu", "sqrt", "erf", "loggamma"].map((fn): Case => ({ name: `sum ${fn}(x)`, build: ({ n }) => grad(sum(map(fn, v("x", n, 1))), v("x", n, 1)) })),
  { name: "exp", build: ({ n }) => grad(sum(map("exp", v("x", n, 1))), v("x", n, 1)), latex: "\\exp(x)" },
  { name: "Jacobian of exp", build: ({ n }) => jac(map("exp", v("x", n, 1)), v("x", n, 1)), latex: "\\operatorname{diag}(\\exp(x))" },
  { name: "Jacobian of f", build: ({ n }) => jac(f(v("x", n, 1)), v("x", n, 1)), spelling: greek, latex: "\\operatorname{diag}(f'(x))" },
  { name: "second derivative of f", build: ({ n }) => hess(sum(f(v("x", n, 1))), v("x", n, 1)), spelling: greek, latex: "\\operatorname{diag}(f''(x))" },
  { name: "f(Wx + b)", build: ({ m, n }) => jac(f(add(mm(v("W", m, n), v("x", n, 1)), v("b", m, 1))), v("x", n, 1)), spelling: greek, latex: "\\operatorname{diag}(f'(Wx+b))W" },
  { name: "1ᵀf(Ax)", build: ({ m, n }) => grad(sum(f(mm(v("A", m, n), v("x", n, 1)))), v("x", n, 1)), spelling: greek, latex: "A^\\top f'(Ax)" },
  { name: "f of a matrix", build: ({ m, n }) => grad(sum(f(v("X", m, n))), v("X", m, n)), spelling: greek, latex: "f'(X)" },
  { name: "x ⊙ y", build: ({ n }) => jac(mul(v("x", n, 1), v("y", n, 1)), v("x", n, 1)), latex: "\\operatorname{diag}(y)" },
  { name: "aᵀ(x ⊙ x)", build: ({ n }) => grad(dot(v("a", n, 1), mul(v("x", n, 1), v("x", n, 1))), v("x", n, 1)), latex: "2a\\odot x" },
  { name: "1/x", build: ({ n }) => grad(sum(reciprocal(v("x", n, 1))), v("x", n, 1)) },
  { name: "y / x", build: ({ n }) => grad(sum(mul(v("y", n, 1), reciprocal(v("x", n, 1)))), v("y", n, 1)) },
  { name: "a ⊘ x", build: ({ n }) => mul(v("a", n, 1), reciprocal(v("x", n, 1))), latex: "a\\oslash x" },
  { name: "A ⊙ X", build: ({ m, n }) => grad(sum(mul(v("A", m, n), v("X", m, n))), v("X", m, n)), latex: "A" },
  { name: "tr A(X ⊙ B)", build: ({ m, n }) => grad(trace(mm(v("A", n, m), mul(v("X", m, n), v("B", m, n)))), v("X", m, n)), latex: "A^\\top\\odot B" },
  { name: "x log x", build: ({ n }) => grad(sum(mul(v("x", n, 1), map("log", v("x", n, 1)))), v("x", n, 1)), latex: "\\log(x)+\\mathbf 1" },
  { name: "log of a sum", build: ({ n }) => grad(map("log", sum(v("x", n, 1))), v("x", n, 1)), latex: "\\frac{\\mathbf 1}{\\mathbf 1^\\top x}" },
  { name: "a scalar function", build: () => gradient(map("log", map("sigmoid", v("z"))), [v("z")])[0]!, latex: "1-\\sigma(z)" },
  { name: "σ′", build: () => gradient(map("sigmoid", v("z")), [v("z")])[0]! },
  { name: "tanh′", build: () => gradient(map("tanh", v("z")), [v("z")])[0]!, latex: "1-\\tanh(z)^2" },
  { name: "σ written out", build: () => gradient(reciprocal(add(scalar(1), map("exp", neg(v("z"))))), [v("z")])[0]! },
  { name: "xᵖ", build: ({ n }) => grad(sum(power(v("x", n, 1), spread(v("p"), v("x", n, 1)))), v("x", n, 1)) },
  { name: "x^{3/2}", build: ({ n }) => grad(sum(power(v("x", n, 1), broadcast(scalar(3, 2), [n, 1], []))), v("x", n, 1)), latex: "\\frac{3}{2}\\sqrt{x}" },
  { name: "cube root", build: () => gradient(power(v("x"), scalar(1, 3)), [v("x")])[0]! },
  { name: "Gaussian of a distance", build: ({ n }) => {
    const [x, y] = [v("x", n, 1), v("y", n, 1)];
    return grad(map("exp", scale(squared(sub(x, y)), -1, 2)), x);
  } },
  { name: "max(x, 0) squared", build: ({ n }) => grad(squared(map("relu", v("x", n, 1))), v("x", n, 1)), signed: true, latex: "2\\operatorname{relu}(x)" },
  { name: "|x|²", build: ({ n }) => grad(squared(map("abs", v("x", n, 1))), v("x", n, 1)), signed: true, latex: "2x" },
  { name: "largest entry", build: ({ n }) => grad(max(v("x", n, 1), 0), v("x", n, 1)), signed: true, latex: "\\mathbf 1[x=\\max(x)]" },
  { name: "smallest entry", build: ({ n }) => grad(neg(max(neg(v("x", n, 1)), 0)), v("x", n, 1)), signed: true, latex: "\\mathbf 1[x=\\min(x)]" },
  { name: "infinity norm", build: ({ n }) => grad(max(map("abs", v("x", n, 1)), 0), v("x", n, 1)), signed: true },
  { name: "exponential along a line", build: ({ n }) => directional(matrixExponential(mul(v("t"), v("A", n, n))), new Map([[v("t"), scalar(1)]])), latex: "A\\exp(tA)" },
  { name: "diag(x)", build: ({ n, m }) => grad(sum(mm(diagonalEmbed(reshape(v("x", n, 1), [n])), v("A", n, m))), v("x", n, 1)), latex: "A\\mathbf 1" },
  { name: "diagonal of a product", build: ({ m, n }) => reshape(diagonal(mm(v("A", m, n), v("B", n, m))), [m, 1]), latex: "\\operatorname{diag}(AB)" },
  { name: "diagonal of three factors", build: ({ m, n, p }) => reshape(diagonal(mm(v("A", m, n), v("B", n, p), v("C", p, m))), [m, 1]), latex: "\\operatorname{diag}(ABC)" },
];

const softmaxes: Case[] = [
  { name: "log-sum-exp", build: ({ n }) => grad(logsumexp(v("z", n, 1)), v("z", n, 1)), latex: "\\operatorname{softmax}(z)" },
  { name: "log-sum-exp itself", build: ({ n }) => logsumexp(v("z", n, 1)), latex: "\\operatorname{logsumexp}(z)" },
  { name: "Jacobian of softmax", build: ({ n }) => jac(softmax(v("z", n, 1)), v("z", n, 1)) },
  { name: "Jacobian of softmax, named", build: ({ n }) => jac(softmax(v("z", n, 1)), v("z", n, 1)), named: ({ n }) => [[softmax(v("z", n, 1)), "p"]], latex: "\\operatorname{diag}(p)-pp^\\top" },
  { name: "Hessian of log-sum-exp, named", build: ({ n }) => hess(logsumexp(v("z", n, 1)), v("z", n, 1)), named: ({ n }) => [[softmax(v("z", n, 1)), "p"]], latex: "\\operatorname{diag}(p)-pp^\\top" },
  { name: "softmax backwards", build: ({ m, n }) => back(softmax(v("S", m, n)), v("G", m, n), v("S", m, n)), named: ({ m, n }) => [[softmax(v("S", m, n)), "P"]], latex: "P\\odot(G-(G\\odot P)\\mathbf 1\\mathbf 1^\\top)" },
  { name: "softmax backwards, one vector", build: ({ n }) => back(softmax(v("z", n, 1)), v("g", n, 1), v("z", n, 1)), named: ({ n }) => [[softmax(v("z", n, 1)), "p"]] },
  { name: "cross-entropy", build: ({ n }) => grad(neg(sum(mul(v("y", n, 1), map("log", softmax(v("z", n, 1)))))), v("z", n, 1)), named: ({ n }) => [[softmax(v("z", n, 1)), "\\hat y"]] },
  { name: "cross-entropy of one class", build: ({ n }) => grad(sub(logsumexp(v("z", n, 1)), num(slice(v("z", n, 1), 0, 1))), v("z", n, 1)), latex: "\\operatorname{softmax}(z)-e_2" },
  { name: "cross-entropy of a batch", build: ({ m, n }) => {
    const Z = v("Z", m, n);
    return grad(scale(sum(mul(v("Y", m, n), map("log", softmax(Z)))), -1, m), Z);
  } },
  { name: "softmax by columns", build: ({ m, n }) => {
    const e = map("exp", v("Z", m, n));
    return mul(e, reciprocal(broadcast(sum(e, [0]), [m, n], [1])));
  }, latex: "\\operatorname{softmax}(Z^\\top)^\\top" },
  { name: "log-softmax", build: ({ n }) => jac(map("log", softmax(v("z", n, 1))), v("z", n, 1)) },
  { name: "temperature", build: ({ n }) => grad(mul(v("t"), logsumexp(mul(reciprocal(v("t")), v("z", n, 1)))), v("z", n, 1)) },
  { name: "attention scores", build: ({ m, n, p }) => {
    const [Q, K] = [v("Q", m, n), v("K", p, n)];
    return back(mul(mm(Q, T(K)), reciprocal(map("sqrt", v("d")))), v("G", m, p), Q);
  }, latex: "\\frac{GK}{\\sqrt{d}}" },
  { name: "attention values", build: ({ m, n, p }) => back(mm(softmax(mm(v("Q", m, n), T(v("K", p, n)))), v("V", p, n)), v("G", m, n), v("V", p, n)), named: ({ m, n, p }) => [[softmax(mm(v("Q", m, n), T(v("K", p, n)))), "P"]], latex: "P^\\top G" },
  { name: "attention queries", build: ({ m, n, p }) => back(mm(softmax(mm(v("Q", m, n), T(v("K", p, n)))), v("V", p, n)), v("G", m, n), v("Q", m, n)), named: ({ m, n, p }) => [[softmax(mm(v("Q", m, n), T(v("K", p, n)))), "P"]] },
];

const regression: Case[] = [
  { name: "logistic loss", build: ({ m, n }) => {
    const z = mm(v("X", m, n), v("w", n, 1));
    return grad(sub(sum(map("softplus", z)), dot(v("y", m, 1), z)), v("w", n, 1));
  }, latex: "X^\\top(\\sigma(Xw)-y)" },
  { name: "binary cross-entropy", build: ({ m, n }) => {
    const p = map("sigmoid", mm(v("X", m, n), v("w", n, 1)));
    const y = v("y", m, 1);
    return grad(neg(add(sum(mul(y, map("log", p))), sum(mul(sub(one(y), y), map("log", sub(one(p), p)))))), v("w", n, 1));
  }, latex: "X^\\top(\\sigma(Xw)-y)" },
  { name: "binary cross-entropy, p named", build: ({ m, n }) => {
    const p = map("sigmoid", mm(v("X", m, n), v("w", n, 1)));
    const y = v("y", m, 1);
    return grad(neg(add(sum(mul(y, map("log", p))), sum(mul(sub(one(y), y), map("log", sub(one(p), p)))))), v("w", n, 1));
  }, named: ({ m, n }) => [[map("sigmoid", mm(v("X", m, n), v("w", n, 1))), "p"]], latex: "X^\\top(p-y)" },
  { name: "logistic Hessian", build: ({ m, n }) => hess(sum(map("softplus", mm(v("X", m, n), v("w", n, 1)))), v("w", n, 1)), named: ({ m, n }) => [[map("sigmoid", mm(v("X", m, n), v("w", n, 1))), "p"]], latex: "X^\\top\\operatorname{diag}(p\\odot(\\mathbf 1-p))X" },
  { name: "margins", build: ({ m, n }) => {
    const margin = mul(v("y", m, 1), mm(v("X", m, n), v("w", n, 1)));
    return grad(sum(map("softplus", neg(margin))), v("w", n, 1));
  } },
  { name: "Poisson", build: ({ m, n }) => {
    const z = mm(v("X", m, n), v("w", n, 1));
    return grad(sub(sum(map("exp", z)), dot(v("y", m, 1), z)), v("w", n, 1));
  }, latex: "X^\\top(\\exp(Xw)-y)" },
  { name: "Poisson Hessian", build: ({ m, n }) => hess(sum(map("exp", mm(v("X", m, n), v("w", n, 1)))), v("w", n, 1)), latex: "X^\\top\\operatorname{diag}(\\exp(Xw))X" },
  { name: "softmax regression", build: ({ m, n, p }) => {
    const Z = mm(v("X", m, n), v("W", n, p));
    return grad(sub(sum(map("log", sum(map("exp", Z), [1]))), sum(mul(v("Y", m, p), Z))), v("W", n, p));
  }, latex: "X^\\top(\\operatorname{softmax}(XW)-Y)" },
  { name: "hinge", build: ({ m, n }) => {
    const margin = sub(ones([m, 1]), mul(v("y", m, 1), mm(v("X", m, n), v("w", n, 1))));
    return grad(sum(map("relu", margin)), v("w", n, 1));
  }, signed: true },
  { name: "one sample", build: ({ n }) => {
    const z = dot(v("w", n, 1), v("x", n, 1));
    return grad(sub(map("softplus", z), mul(v("y"), z)), v("w", n, 1));
  }, latex: "(\\sigma(w^\\top x)-y)x" },
  { name: "samples as a family", build: ({ m, n }) => {
    const [X, w, y] = [v("x", m, n, 1), v("w", n, 1), v("y", m)];
    const r = sub(einsum("iku,ku->i", X, w), y);
    return grad(scale(squared(r), 1, 2), w);
  }, spelling: { families: new Map([["x", 1], ["y", 1]]) } },
];

const factorization: Case[] = [
  { name: "‖X − UVᵀ‖² by U", build: ({ m, n, p }) => grad(squared(sub(v("X", m, n), mm(v("U", m, p), T(v("V", n, p))))), v("U", m, p)), latex: "-2(X-UV^\\top)V" },
  { name: "‖X − UVᵀ‖² by V", build: ({ m, n, p }) => grad(squared(sub(v("X", m, n), mm(v("U", m, p), T(v("V", n, p))))), v("V", n, p)), latex: "-2(X-UV^\\top)^\\top U" },
  { name: "masked", build: ({ m, n, p }) => grad(squared(mul(v("M", m, n), sub(v("X", m, n), mm(v("U", m, p), T(v("V", n, p)))))), v("U", m, p)) },
  { name: "‖A − XXᵀ‖²", build: ({ m, n }) => grad(squared(sub(v("A", m, m), mm(v("X", m, n), T(v("X", m, n))))), v("X", m, n)), spelling: { symmetric: new Set(["A"]) }, latex: "-4(A-XX^\\top)X" },
  { name: "‖WᵀW − I‖²", build: ({ m, n }) => grad(squared(sub(mm(T(v("W", m, n)), v("W", m, n)), identity(n))), v("W", m, n)), latex: "4W(W^\\top W-I)" },
  { name: "PCA", build: ({ m, n, p }) => grad(trace(mm(T(v("W", n, p)), T(v("X", m, n)), v("X", m, n), v("W", n, p))), v("W", n, p)), latex: "2X^\\top XW" },
  { name: "autoencoder", build: ({ m, n, p }) => grad(squared(sub(mm(v("X", m, n), v("W", n, p), T(v("W", n, p))), v("X", m, n))), v("W", n, p)) },
  { name: "Lagrangian", build: ({ n }) => {
    const x = v("x", n, 1);
    return grad(sub(num(mm(T(x), v("A", n, n), x)), mul(v("lambda"), sub(dot(x, x), scalar(1)))), x);
  }, spelling: { ...greek, symmetric: new Set(["A"]) }, latex: "2(Ax-\\lambda x)" },
];

const gaussian: Case[] = [
  { name: "by x", build: ({ n }) => {
    const [x, mu, S] = [v("x", n, 1), v("mu", n, 1), v("Sigma", n, n)];
    const r = sub(x, mu);
    return grad(scale(num(mm(T(r), inverse(S), r)), -1, 2), x);
  }, spelling: { ...greek, symmetric: new Set(["Sigma"]) }, latex: "-\\Sigma^{-1}(x-\\mu)" },
  { name: "by μ", build: ({ n }) => {
    const [x, mu, S] = [v("x", n, 1), v("mu", n, 1), v("Sigma", n, n)];
    const r = sub(x, mu);
    return grad(scale(num(mm(T(r), inverse(S), r)), -1, 2), mu);
  }, spelling: { ...greek, symmetric: new Set(["Sigma"]) }, latex: "\\Sigma^{-1}(x-\\mu)" },
  { name: "by Σ", build: ({ n }) => {
    const [x, mu, S] = [v("x", n, 1), v("mu", n, 1), v("Sigma", n, n)];
    const r = sub(x, mu);
    return grad(scale(add(logAbsDeterminant(S), num(mm(T(r), inverse(S), r))), -1, 2), S);
  }, spelling: { ...greek, symmetric: new Set(["Sigma"]) }, latex: "\\frac{1}{2}(\\Sigma^{-1}(x-\\mu)(x-\\mu)^\\top\\Sigma^{-1}-\\Sigma^{-1})" },
  { name: "by Λ", build: ({ n }) => {
    const [x, mu, L] = [v("x", n, 1), v("mu", n, 1), v("Lambda", n, n)];
    const r = sub(x, mu);
    return grad(scale(sub(logAbsDeterminant(L), num(mm(T(r), L, r))), 1, 2), L);
  }, spelling: { ...greek, symmetric: new Set(["Lambda"]) }, latex: "\\frac{1}{2}(\\Lambda^{-1}-(x-\\mu)(x-\\mu)^\\top)" },
  { name: "many samples by μ", build: ({ m, n }) => {
    const [X, mu, S] = [v("X", m, n), v("mu", n, 1), v("Sigma", n, n)];
    const R = sub(X, rowsOf(T(mu), m));
    return grad(scale(trace(mm(R, inverse(S), T(R))), -1, 2), mu);
  }, spelling: { ...greek, symmetric: new Set(["Sigma"]) } },
  { name: "one variable, by μ", build: () => {
    const r = sub(v("x"), v("mu"));
    return gradient(scale(mul(mul(r, r), reciprocal(v("sigma2"))), -1, 2), [v("mu")])[0]!;
  }, spelling: greek, latex: "\\frac{x-\\mu}{\\sigma^2}" },
  { name: "one variable, by σ²", build: () => {
    const r = sub(v("x"), v("mu"));
    return gradient(scale(add(map("log", v("sigma2")), mul(mul(r, r), reciprocal(v("sigma2")))), -1, 2), [v("sigma2")])[0]!;
  }, spelling: greek },
  { name: "Student t", build: ({ n }) => {
    const r = sub(v("x", n, 1), v("mu", n, 1));
    return grad(map("log", add(scalar(1), num(mm(T(r), inverse(v("Sigma", n, n)), r)))), v("mu", n, 1));
  }, spelling: { ...greek, symmetric: new Set(["Sigma"]) } },
  { name: "KL divergence by Σ", build: ({ n }) => {
    const [S, L] = [v("Sigma", n, n), v("Lambda", n, n)];
    return grad(scale(sub(trace(mm(L, S)), logAbsDeterminant(S)), 1, 2), S);
  }, spelling: { ...greek, symmetric: new Set(["Sigma", "Lambda"]) }, latex: "\\frac{1}{2}(\\Lambda-\\Sigma^{-1})" },
  { name: "Wishart", build: ({ n }) => {
    const [W, V] = [v("W", n, n), v("V", n, n)];
    return grad(sub(scale(mul(v("nu"), logAbsDeterminant(W)), 1, 2), scale(trace(mm(inverse(V), W)), 1, 2)), W);
  }, spelling: { symmetric: new Set(["W", "V"]), variables: new Map([["nu", "\\nu"]]) } },
  { name: "Kalman gain", build: ({ m, n }) => {
    const [P, H, R] = [v("P", n, n), v("H", m, n), v("R", m, m)];
    return mm(P, T(H), inverse(add(mm(H, P, T(H)), R)));
  }, spelling: { symmetric: new Set(["P", "R"]) }, latex: "PH^\\top(HPH^\\top+R)^{-1}" },
];

const layers: Case[] = [
  { name: "A = ZW by W", build: ({ m, n, p }) => back(mm(v("Z", m, n), v("W", n, p)), v("∂L/∂A", m, p), v("W", n, p)), latex: "Z^\\top\\frac{\\partial L}{\\partial A}" },
  { name: "A = ZW by Z", build: ({ m, n, p }) => back(mm(v("Z", m, n), v("W", n, p)), v("∂L/∂A", m, p), v("Z", m, n)), latex: "\\frac{\\partial L}{\\partial A}W^\\top" },
  { name: "XWᵀ by W", build: ({ m, n, p }) => back(mm(v("X", m, n), T(v("W", p, n))), v("∂L/∂Y", m, p), v("W", p, n)), latex: "\\left(\\frac{\\partial L}{\\partial Y}\\right)^\\top X" },
  { name: "XWᵀ by X", build: ({ m, n, p }) => back(mm(v("X", m, n), T(v("W", p, n))), v("∂L/∂Y", m, p), v("X", m, n)), latex: "\\frac{\\partial L}{\\partial Y}W" },
  { name: "Wx + b by W", build: ({ m, n }) => back(add(mm(v("W", m, n), v("x", n, 1)), v("b", m, 1)), v("delta", m, 1), v("W", m, n)), spelling: greek, latex: "\\delta x^\\top" },
  { name: "Wx + b by x", build: ({ m, n }) => back(add(mm(v("W", m, n), v("x", n, 1)), v("b", m, 1)), v("delta", m, 1), v("x", n, 1)), spelling: greek, latex: "W^\\top\\delta" },
  { name: "Wx + b by b", build: ({ m, n }) => back(add(mm(v("W", m, n), v("x", n, 1)), v("b", m, 1)), v("delta", m, 1), v("b", m, 1)), spelling: greek, latex: "\\delta" },
  { name: "row bias of a batch", build: ({ m, n, p }) => back(add(mm(v("X", m, n), v("W", n, p)), rowsOf(v("b", 1, p), m)), v("∂L/∂Z", m, p), v("b", 1, p)), latex: "\\mathbf 1^\\top\\frac{\\partial L}{\\partial Z}" },
  { name: "column bias of a batch", build: ({ m, n, p }) => back(add(mm(v("W", p, n), v("X", n, m)), columnsOf(v("b", p, 1), m)), v("∂L/∂Z", p, m), v("b", p, 1)), latex: "\\frac{\\partial L}{\\partial Z}\\mathbf 1" },
  { name: "δ through an activation", build: ({ m, n }) => back(mm(v("W", m, n), act(v("z", n, 1))), v("delta", m, 1), v("z", n, 1)), spelling: greek, latex: "\\sigma'(z)\\odot(W^\\top\\delta)" },
  { name: "δ through an activation of a batch", build: ({ m, n, p }) => back(mm(act(v("Z", m, n)), v("W", n, p)), v("D", m, p), v("Z", m, n)), spelling: greek, latex: "\\sigma'(Z)\\odot(DW^\\top)" },
  { name: "two layers by the first weights", build: ({ m, n, p }) => {
    const [W1, W2, x] = [v("W1", m, n), v("W2", p, m), v("x", n, 1)];
    return back(mm(W2, act(mm(W1, x))), v("delta", p, 1), W1);
  }, spelling: { variables: new Map([...greek.variables, ["W1", "W_1"], ["W2", "W_2"]]) }, latex: "(\\sigma'(W_1x)\\odot(W_2^\\top\\delta))x^\\top" },
  { name: "two layers, z named", build: ({ m, n, p }) => {
    const [W1, W2, x] = [v("W1", m, n), v("W2", p, m), v("x", n, 1)];
    return back(mm(W2, act(mm(W1, x))), v("delta", p, 1), W1);
  }, named: ({ m, n }) => [[mm(v("W1", m, n), v("x", n, 1)), "z"]], spelling: { variables: new Map([...greek.variables, ["W1", "W^{(1)}"], ["W2", "W^{(2)}"]]) }, latex: "(\\sigma'(z)\\odot(W^{(2)\\top}\\delta))x^\\top" },
  { name: "squared error of a layer", build: ({ m, n }) => {
    const a = map("sigmoid", add(mm(v("W", m, n), v("x", n, 1)), v("b", m, 1)));
    return grad(scale(squared(sub(a, v("y", m, 1))), 1, 2), v("b", m, 1));
  }, named: ({ m, n }) => [[map("sigmoid", add(mm(v("W", m, n), v("x", n, 1)), v("b", m, 1))), "a"]] },
  { name: "tanh, a named", build: ({ m, n }) => back(map("tanh", mm(v("W", m, n), v("x", n, 1))), v("delta", m, 1), v("x", n, 1)), named: ({ m, n }) => [[map("tanh", mm(v("W", m, n), v("x", n, 1))), "a"]], spelling: greek },
  { name: "relu", build: ({ m, n }) => back(map("relu", mm(v("W", m, n), v("x", n, 1))), v("delta", m, 1), v("x", n, 1)), spelling: greek, signed: true, latex: "W^\\top(\\delta\\odot\\mathbf 1[Wx>0])" },
  { name: "residual", build: ({ n }) => back(add(v("x", n, 1), mm(v("W", n, n), v("x", n, 1))), v("delta", n, 1), v("x", n, 1)), spelling: greek, latex: "W^\\top\\delta+\\delta" },
  { name: "dropout", build: ({ m, n, p }) => back(mm(mul(v("M", m, n), v("X", m, n)), v("W", n, p)), v("G", m, p), v("X", m, n)), latex: "M\\odot(GW^\\top)" },
  { name: "gate", build: ({ n }) => back(mul(v("f", n, 1), map("tanh", v("c", n, 1))), v("h", n, 1), v("f", n, 1)) },
  { name: "RNN step by U", build: ({ n, m }) => back(map("tanh", add(mm(v("U", n, n), v("h", n, 1)), mm(v("W", n, m), v("x", m, 1)))), v("delta", n, 1), v("U", n, n)), spelling: greek },
  { name: "centring", build: ({ n }) => {
    const x = v("x", n, 1);
    return back(sub(x, spread(scale(sum(x), 1, n), x)), v("g", n, 1), x);
  }, latex: "g-\\frac{1}{n}(\\mathbf 1^\\top g)\\mathbf 1" },
  { name: "variance", build: ({ n }) => {
    const x = v("x", n, 1);
    const c = sub(x, spread(scale(sum(x), 1, n), x));
    return grad(scale(squared(c), 1, n), x);
  } },
  { name: "RMS norm", build: ({ n }) => {
    const x = v("x", n, 1);
    return back(mul(x, spread(reciprocal(map("sqrt", scale(squared(x), 1, n))), x)), v("g", n, 1), x);
  } },
  { name: "embedding", build: ({ m, n, p }) => back(mm(v("X", m, n), v("E", n, p)), v("G", m, p), v("E", n, p)), latex: "X^\\top G" },
  { name: "mean pooling", build: ({ m, n }) => back(scale(sum(v("X", m, n), [0]), 1, m), v("g", n), v("X", m, n)), latex: "\\frac{1}{m}\\mathbf 1g^\\top" },
  { name: "word2vec", build: ({ n }) => {
    const [u, w] = [v("u", n, 1), v("v", n, 1)];
    return grad(neg(map("log", map("sigmoid", dot(u, w)))), u);
  } },
];

const indices: Case[] = [
  { name: "(Wx)ᵢ", build: ({ m, n }) => reshape(mm(v("W", m, n), v("x", n, 1)), [m]), spelling: { free: ["i"] }, latex: "\\sum_jW_{ij}x_j" },
  { name: "xᵢxⱼ", build: ({ n }) => mm(v("x", n, 1), T(v("x", n, 1))), spelling: { free: ["i", "j"] }, latex: "x_ix_j" },
  { name: "δᵢⱼ", build: ({ n }) => identity(n), spelling: { free: ["i", "j"] }, latex: "\\delta_{ij}" },
  { name: "softmax entries", build: ({ n }) => jac(softmax(v("z", n, 1)), v("z", n, 1)), spelling: { free: ["i", "j"] }, named: ({ n }) => [[softmax(v("z", n, 1)), "p"]], latex: "p_i(\\delta_{ij}-p_j)" },
  { name: "XW by W", build: ({ m, n, p }) => jacobian(mm(v("X", m, n), v("W", n, p)), v("W", n, p)), latex: "\\delta_{jl}X_{ik}" },
  { name: "WX by W", build: ({ m, n, p }) => jacobian(mm(v("W", m, n), v("X", n, p)), v("W", m, n)), latex: "\\delta_{ik}X_{lj}" },
  { name: "X⁻¹ by X", build: ({ n }) => jacobian(inverse(v("X", n, n)), v("X", n, n)), latex: "-(X^{-1})_{ik}(X^{-1})_{lj}" },
  { name: "XᵀX by X", build: ({ m, n }) => jacobian(mm(T(v("X", m, n)), v("X", m, n)), v("X", m, n)) },
  { name: "f(Wx) entries", build: ({ m, n }) => reshape(f(mm(v("W", m, n), v("x", n, 1))), [m]), spelling: { ...greek, free: ["i"] } },
  { name: "row of a matrix", build: ({ m, n }) => reshape(v("W", m, n), [m, 1, n]), spelling: { free: ["i"] }, latex: "W_{i,:}" },
  { name: "rows weighted", build: ({ m, n }) => reshape(mul(v("W", m, n), broadcast(v("c", m), [m, n], [0])), [m, 1, n]), spelling: { free: ["i"] }, latex: "c_iW_{i,:}" },
  { name: "entry of a product", build: ({ m, n, p }) => slice(slice(mm(v("A", m, n), v("B", n, p)), 0, 0), 0, 1) },
  { name: "entry of a gradient", build: ({ m, n, p }) => slice(slice(back(mm(v("Z", m, n), v("W", n, p)), v("∂L/∂A", m, p), v("W", n, p)), 0, 0), 0, 1) },
  { name: "entry of a variable", build: ({ m, n }) => slice(slice(v("W", m, n), 0, 0), 0, 1), latex: "W_{1,2}" },
  { name: "entry in the notes' words", build: ({ m, n }) => slice(slice(v("W", m, n), 0, 0), 0, 1), spelling: { entry: (name, at) => `${name.toLowerCase()}_{${at.join("")}}` }, latex: "w_{12}" },
  { name: "last entry", build: ({ n }) => num(slice(v("x", n, 1), 0, n - 1)), latex: "x_n" },
  { name: "one column", build: ({ m, n }) => reshape(slice(v("W", m, n), 1, 0), [m, 1]), latex: "We_1" },
  { name: "explicit matrix", build: () => reshape(stack([v("a"), v("b"), v("c"), v("d")]), [2, 2]) },
  { name: "explicit vector of derivatives", build: () => {
    const [x, y] = [v("x"), v("y")];
    return reshape(stack(gradient(mul(mul(x, x), y), [x, y])), [2, 1]);
  } },
  { name: "by one entry", build: ({ m, n }) => {
    const W = v("W", m, n);
    return slice(slice(jacobian(mm(W, v("x", n, 1)), W), 2, 0), 2, 1);
  }, latex: "x_2e_1" },
  { name: "largest entry", build: ({ n }) => mul(max(v("x", n, 1)), v("y", n, 1)), latex: "\\max(x)y" },
];

const stacked: Case[] = [
  { name: "vec AX by vec X", build: ({ m, n, p }) => vecJacobian(mm(v("A", m, n), v("X", n, p)), v("X", n, p)), latex: "I\\otimes A" },
  { name: "vec XB by vec X", build: ({ m, n, p }) => vecJacobian(mm(v("X", m, n), v("B", n, p)), v("X", m, n)), latex: "B^\\top\\otimes I" },
  { name: "vec AXB by vec X", build: ({ m, n, p, k }) => vecJacobian(mm(v("A", m, n), v("X", n, p), v("B", p, k)), v("X", n, p)), latex: "B^\\top\\otimes A" },
  { name: "vec X⁻¹ by vec X", build: ({ n }) => vecJacobian(inverse(v("X", n, n)), v("X", n, n)), latex: "-X^{-\\top}\\otimes X^{-1}" },
  { name: "vec X", build: ({ m, n }) => reshape(T(v("X", m, n)), [m * n, 1]), latex: "\\operatorname{vec}(X)" },
  { name: "vec of a product", build: ({ m, n, p }) => reshape(T(mm(v("A", m, n), v("B", n, p))), [m * p, 1]), latex: "\\operatorname{vec}(AB)" },
  { name: "vec xyᵀ", build: ({ m, n }) => reshape(T(mm(v("x", m, 1), T(v("y", n, 1)))), [m * n, 1]), latex: "y\\otimes x" },
  { name: "Kronecker product", build: ({ m, n, p, k }) => reshape(einsum("ac,bd->abcd", v("A", m, n), v("B", p, k)), [m * p, n * k]), latex: "A\\otimes B" },
  { name: "vec Xᵀ by vec X", build: ({ m, n }) => vecJacobian(T(v("X", m, n)), v("X", m, n)), latex: "K_{mn}" },
  { name: "vec AXᵀB by vec X", build: ({ m, n, p, k }) => vecJacobian(mm(v("A", k, n), T(v("X", m, n)), v("B", m, p)), v("X", m, n)), latex: "(B^\\top\\otimes A)K_{mn}" },
  { name: "a matrix made of a vector", build: ({ m, n, p }) => grad(sum(mul(v("G", m, p), mm(v("A", m, n), T(reshape(v("x", n * p, 1), [p, n]))))), v("x", n * p, 1)), latex: "\\operatorname{vec}(A^\\top G)" },
  { name: "vec Aᵀ · vec B", build: ({ m, n }) => dot(vec(v("A", m, n)), vec(v("B", m, n))), latex: "\\operatorname{tr}(A^\\top B)" },
  { name: "c · vec A", build: ({ m, n }) => dot(v("c", m * n, 1), vec(v("A", m, n))), latex: "c^\\top\\operatorname{vec}(A)" },
  { name: "c · vec AX by X", build: ({ m, n, p }) => grad(dot(v("c", m * p, 1), vec(mm(v("A", m, n), v("X", n, p)))), v("X", n, p)), latex: "A^\\top\\operatorname{mat}(c)" },
  { name: "tr(X ⊗ X)", build: ({ n }) => grad(trace(reshape(einsum("ac,bd->abcd", v("X", n, n), v("X", n, n)), [n * n, n * n])), v("X", n, n)), latex: "2\\operatorname{tr}(X)I" },
  { name: "(A ⊗ B) vec X", build: ({ m, n, p, k }) => mm(reshape(einsum("ac,bd->abcd", v("A", m, n), v("B", p, k)), [m * p, n * k]), vec(v("X", k, n))), latex: "\\operatorname{vec}(BXA^\\top)" },
  { name: "Wx by vec W", build: ({ m, n }) => reshape(permute(jacobian(mm(v("W", m, n), v("x", n, 1)), v("W", m, n)), [0, 1, 3, 2]), [m, n * m]), latex: "x^\\top\\otimes I" },
];

const vec = (t: Term): Term => reshape(T(t), [t.shape[0]! * t.shape[1]!, 1]);

/** ∂vec Y / ∂(vec X)ᵀ, vec by columns. */
function vecJacobian(y: Term, x: Term): Term {
  return reshape(permute(jacobian(y, x), [1, 0, 3, 2]), [y.shape[0]! * y.shape[1]!, x.shape[0]! * x.shape[1]!]);
}

export const groups: Readonly<Record<string, readonly Case[]>> = { linear, quadratic, "least squares": least, traces, determinants, inverses, norms, elementwise, softmax: softmaxes, regression, factorization, gaussian, layers, indices, stacked };

