/** Functions of whole matrices on sums in normal form. */
import { coefficients, negated, ratio, Unprintable, UNITY } from "../sizes";
import { multiplyBy, raise, scaled } from "./algebra";
import { draftOf, emptyDraft, freshLabel } from "./draft";
import type { MatrixFunction, Sum } from "./types";
import type { Workspace } from "./workspace";

/** A function of a whole matrix (longer than one on both axes). */
export function matrixFunction(ws: Workspace, fn: MatrixFunction, arg: Sum): Sum {
  const apart = ofPower(ws, fn, arg);
  if (apart) return apart;
  const { factor, sum: primitive } = fn === "inverse" ? ws.primitive(arg) : { factor: UNITY, sum: arg };
  if (fn === "inverse" && primitive.products.length === 0) throw new Unprintable("the inverse of zero");
  const { sum, swapped, symmetric } = ws.oriented(primitive);
  const plain = simpleInverse(ws, fn, sum);
  const dims = fn === "inverse" || fn === "matrixExponential" || fn === "matrixSquareRoot" ? sum.dims : [];
  const atom = ws.called(ws.atom({ kind: "matrix", fn, arg: sum, dims, symmetric: symmetric && dims.length > 0 }, `${fn}|${sum.id}`));
  const result = plain ?? ws.ofAtom(atom);
  const turned = swapped && dims.length > 0 ? ws.transposed(result) : result;
  if (coefficients.isOne(factor)) return turned;
  const inverse = coefficients.inverted(factor);
  return ws.sum(turned.dims, turned.products.map((product) => ({ ...product, coefficient: coefficients.times(product.coefficient, inverse) })));
}

/** (X⁻¹)⁻¹, and the inverse of the identity or of a diagonal matrix. */
function simpleInverse(ws: Workspace, fn: MatrixFunction, sum: Sum): Sum | null {
  const [product] = sum.products;
  if (fn !== "inverse" || sum.products.length !== 1 || !product) return null;
  const [factor] = product.factors;
  if (product.output[0] === product.output[1]) {
    if (product.factors.some(({ labels }) => labels.some((label) => label !== product.output[0]))) return null;
    return ws.sumOfDrafts(sum.dims, [{ ...draftOf(product), factors: product.factors.map((f) => ({ ...f, exponent: negated(f.exponent) })) }]);
  }
  if (product.factors.length !== 1 || !factor || factor.atom.kind !== "matrix" || factor.atom.fn !== "inverse" || factor.exponent.n !== 1) return null;
  return factor.labels[0] === product.output[0] && factor.labels[1] === product.output[1] ? factor.atom.arg : ws.transposed(factor.atom.arg);
}

/** (Xᵏ)⁻¹ = (X⁻¹)ᵏ, det Xᵏ = (det X)ᵏ, log|det Xᵏ| = k log|det X|, for X⁻¹ with k = −1. */
function ofPower(ws: Workspace, fn: MatrixFunction, arg: Sum): Sum | null {
  const power = powerIn(ws, arg);
  if (!power) return null;
  const { base, exponent } = power;
  if (fn === "determinant") return raise(ws, matrixFunction(ws, fn, base), ratio(exponent));
  if (fn === "logAbsDeterminant") return scaled(ws, matrixFunction(ws, fn, base), exponent);
  if (fn !== "inverse" || exponent < 2) return null;
  const inverse = matrixFunction(ws, fn, base);
  const draft = emptyDraft([0, 1], arg.dims);
  const between = Array.from({ length: exponent - 1 }, () => freshLabel(draft, arg.dims[0]!));
  const labels = [0, ...between, 1];
  for (let i = 0; i < exponent; i++) multiplyBy(ws, draft, inverse, [labels[i]!, labels[i + 1]!]);
  return ws.sumOfDrafts(arg.dims, [draft]);
}

/** X and k, where a matrix is Xᵏ for k ≥ 2, or X⁻¹. */
function powerIn(ws: Workspace, sum: Sum): { base: Sum; exponent: number } | null {
  const [product] = sum.products;
  const [first] = product?.factors ?? [];
  if (sum.products.length !== 1 || !product || !first || !coefficients.isOne(product.coefficient)) return null;
  if (product.factors.some(({ atom, exponent, labels }) => atom !== first.atom || labels.length !== 2 || exponent.n !== 1 || exponent.d !== 1)) return null;
  let at = product.output[0]!;
  for (let left = [...product.factors]; left.length > 0; ) {
    const next = left.findIndex(({ labels }) => labels[0] === at);
    if (next < 0) return null;
    at = left[next]!.labels[1]!;
    left = left.filter((_, i) => i !== next);
  }
  if (at !== product.output[1]) return null;
  if (product.factors.length > 1) return { base: ws.ofAtom(first.atom), exponent: product.factors.length };
  return first.atom.kind === "matrix" && first.atom.fn === "inverse" ? { base: first.atom.arg, exponent: -1 } : null;
}
