/** The operations of the term language on sums in normal form. */
import { coefficients, isInteger, ONE, ratio, times, Unprintable, UNITY, type Dim, type Ratio } from "../sizes";
import { current, draftOf, emptyDraft, freshLabel, inline, scaleDraft } from "./draft";
import type { Atom, Draft, Product, Sum } from "./types";
import type { Workspace } from "./workspace";

/** More copies of a product than this stay a power. */
const MAX_COPIES = 4;

/** Multiplies a draft by a power of a sum, entry by entry, whose axes get `labels`. */
export function multiplyBy(ws: Workspace, draft: Draft, sum: Sum, given: readonly number[], exponent: Ratio = ONE): void {
  const labels = given.map((label) => current(draft, label));
  const [only] = sum.products;
  if (sum.products.length === 0) {
    if (exponent.n < 0) throw new Unprintable("a division by zero");
    draft.coefficient = coefficients.times(draft.coefficient, [ratio(0), ratio(0)]);
  } else if (sum.products.length === 1 && only && multiplyByProduct(draft, only, labels, exponent)) {
    return;
  } else {
    multiplyByAtom(ws, draft, sum, labels, exponent);
  }
}

/** Takes a single product in, where a power of it is a product of powers. */
function multiplyByProduct(draft: Draft, product: Product, labels: readonly number[], exponent: Ratio): boolean {
  if (isInteger(exponent) && exponent.n > 0 && exponent.n <= MAX_COPIES && (exponent.n === 1 || new Set(product.output).size === product.output.length)) {
    for (let i = 0; i < exponent.n; i++) inline(draft, product, labels);
    return true;
  }
  if (!isPointwise(product)) return false;
  const odd = product.factors.length === 1 && product.factors[0]!.exponent.n % 2 !== 0;
  const factor = coefficients.power(product.coefficient, exponent);
  if (!isInteger(exponent) && !(product.factors.length === 0 || odd)) return false;
  if (!factor || (!isInteger(exponent) && coefficients.isNegative(product.coefficient))) return false;
  inline(draft, { ...product, coefficient: factor, factors: product.factors.map((f) => ({ ...f, exponent: times(f.exponent, exponent) })) }, labels);
  return true;
}

function isPointwise(product: Product): boolean {
  return new Set(product.output).size === product.output.length && product.factors.every((factor) => factor.labels.every((label) => product.output.includes(label)));
}

function multiplyByAtom(ws: Workspace, draft: Draft, given: Sum, all: readonly number[], exponent: Ratio): void {
  const { sum, axes } = compact(ws, given);
  const labels = axes.map((axis) => all[axis]!);
  const primitive = ws.primitive(sum);
  const factor = coefficients.power(primitive.factor, exponent);
  const pulled = factor && (isInteger(exponent) || !coefficients.isNegative(primitive.factor));
  if (pulled) scaleDraft(draft, factor);
  const [constant, rest] = pulled ? [null, primitive.sum] : splitConstant(ws, sum);
  if (constant) draft.factors.push({ atom: sumAtom(ws, constant).atom, exponent, labels: [] });
  const { atom, swapped } = sumAtom(ws, rest);
  draft.factors.push({ atom, exponent, labels: swapped ? [...labels].reverse() : [...labels] });
}

/** A sum without the axes along which it only repeats itself, and which axes are left. */
export function compact(ws: Workspace, sum: Sum): { sum: Sum; axes: number[] } {
  const all = sum.dims.map((_, axis) => axis);
  const axes = all.filter((axis) => sum.products.some(({ output, factors }) => output.filter((label) => label === output[axis]).length > 1 || factors.some(({ labels }) => labels.includes(output[axis]!))));
  if (axes.length === all.length) return { sum, axes };
  const drafts = sum.products.map((product) => {
    const draft = draftOf(product);
    for (const axis of all) if (!axes.includes(axis)) draft.sizes.delete(product.output[axis]!);
    return { ...draft, output: axes.map((axis) => product.output[axis]!) };
  });
  return { sum: ws.sumOfDrafts(axes.map((axis) => sum.dims[axis]!), drafts), axes };
}

/** √(2x) is √2 √x: a positive factor is taken out of a product, so that the rest can meet its like. */
function splitConstant(ws: Workspace, sum: Sum): [Sum | null, Sum] {
  const [product] = sum.products;
  if (sum.products.length !== 1 || !product || product.factors.length === 0 || coefficients.isNegative(product.coefficient)) return [null, sum];
  return [ws.number(product.coefficient), ws.sum(sum.dims, [{ ...product, coefficient: UNITY }])];
}

export function sumAtom(ws: Workspace, sum: Sum): { atom: Atom; swapped: boolean } {
  const { sum: oriented, swapped, symmetric } = ws.oriented(sum);
  return { atom: ws.atom({ kind: "sum", sum: oriented, dims: oriented.dims, symmetric }, String(oriented.id)), swapped };
}

/** sumᵉ entry by entry. */
export function raise(ws: Workspace, sum: Sum, exponent: Ratio): Sum {
  const labels = sum.dims.map((_, axis) => axis);
  const draft = emptyDraft(labels, sum.dims);
  multiplyBy(ws, draft, sum, labels, exponent);
  return ws.sumOfDrafts(sum.dims, [draft]);
}

/** A sum times a number. */
export function scaled(ws: Workspace, sum: Sum, n: number, d = 1): Sum {
  const factor = coefficients.of(ratio(n, d));
  return ws.sum(sum.dims, sum.products.map((product) => ({ ...product, coefficient: coefficients.times(product.coefficient, factor) })));
}

export function plusAll(ws: Workspace, dims: readonly Dim[], sums: readonly Sum[]): Sum {
  return ws.sum(dims, sums.flatMap((sum) => sum.products));
}

/** A function of each entry. */
export function mapped(ws: Workspace, fn: string, arg: Sum): Sum {
  if (fn === "reciprocal") return reciprocal(ws, arg);
  if (fn === "sqrt") return raise(ws, arg, ratio(1, 2));
  const constant = constantOf(arg);
  if (constant && constant === "zero" && Object.hasOwn(atZero, fn)) return ws.number(coefficients.of(ratio(atZero[fn]!)), arg.dims);
  const { sum: inner, axes } = compact(ws, arg);
  if (axes.length < arg.dims.length) return repeated(ws, mapped(ws, fn, inner), axes, arg.dims);
  const exponentials = fn === "log" ? logSumExp(arg) : null;
  if (exponentials) return exponentials.build(ws);
  const { sum, swapped, symmetric } = ws.oriented(arg);
  const atom = ws.called(ws.atom({ kind: "map", fn, arg: sum, dims: sum.dims, symmetric }, `${fn}|${sum.id}`));
  const result = ws.ofAtom(atom);
  return swapped ? ws.transposed(result) : result;
}

/** A sum repeated along new axes; its own become `axes`. */
function repeated(ws: Workspace, sum: Sum, axes: readonly number[], dims: readonly Dim[]): Sum {
  const drafts = sum.products.map((product) => {
    const draft = draftOf(product);
    const output = dims.map((dim, axis) => (axes.includes(axis) ? product.output[axes.indexOf(axis)]! : freshLabel(draft, dim)));
    return { ...draft, output };
  });
  return ws.sumOfDrafts(dims, drafts);
}

const atZero: Readonly<Record<string, number>> = { exp: 1, sin: 0, cos: 1, tan: 0, sinh: 0, cosh: 1, tanh: 0, asin: 0, atan: 0, erf: 0 };

function constantOf(sum: Sum): "zero" | null {
  return sum.products.length === 0 ? "zero" : null;
}

/** 1/(1 + eᵘ) is σ(−u). */
function reciprocal(ws: Workspace, arg: Sum): Sum {
  const exponent = logisticExponent(arg);
  if (!exponent) return raise(ws, arg, ratio(-1));
  return mapped(ws, "sigmoid", scaled(ws, exponent, -1));
}

/** u of 1 + eᵘ. */
function logisticExponent(sum: Sum): Sum | null {
  if (sum.products.length !== 2) return null;
  const one = sum.products.find(({ factors }) => factors.length === 0);
  const other = sum.products.find(({ factors }) => factors.length === 1);
  if (!one || !other || !coefficients.isOne(one.coefficient) || !coefficients.isOne(other.coefficient)) return null;
  const [{ atom, exponent, labels }] = other.factors as [Product["factors"][number]];
  if (atom.kind !== "map" || atom.fn !== "exp" || exponent.n !== 1 || exponent.d !== 1) return null;
  const straight = labels.length === other.output.length && labels.every((label, axis) => other.output[axis] === label) && one.output.every((label, axis) => label === axis);
  return straight ? atom.arg : null;
}

interface LogSumExp {
  build(ws: Workspace): Sum;
}

/** log Σ exp(arg) over some axes. */
function logSumExp(sum: Sum): LogSumExp | null {
  const [product] = sum.products;
  if (sum.products.length !== 1 || !product || !coefficients.isOne(product.coefficient)) return null;
  const found = exponentialSum(product);
  if (!found) return null;
  return {
    build: (ws) => {
      const kept = found.labels.filter((label) => product.output.includes(label));
      const dims = found.arg.dims.filter((_, axis) => !found.axes.includes(axis));
      const atom = ws.called(ws.atom({ kind: "logsumexp", arg: found.arg, axes: found.axes, dims }, `${found.arg.id}|${found.axes.join()}`));
      const draft: Draft = { ...emptyDraft(product.output, sum.dims), factors: [{ atom, exponent: ONE, labels: kept }] };
      return ws.sumOfDrafts(sum.dims, [draft]);
    },
  };
}

/** For Σ exp(arg): its argument, the axes that are summed, and the labels of all of them. */
export function exponentialSum(product: Product): { arg: Sum; axes: number[]; labels: readonly number[] } | null {
  const [factor] = product.factors;
  if (product.factors.length !== 1 || !factor || factor.atom.kind !== "map" || factor.atom.fn !== "exp" || factor.exponent.n !== 1 || factor.exponent.d !== 1) return null;
  if (new Set(product.output).size < product.output.length || new Set(factor.labels).size < factor.labels.length) return null;
  if (!product.output.every((label) => factor.labels.includes(label))) return null;
  const axes = factor.labels.flatMap((label, axis) => (product.output.includes(label) ? [] : [axis]));
  return axes.length > 0 ? { arg: factor.atom.arg, axes, labels: factor.labels } : null;
}
