/**
 * vech, which stacks the lower triangle of a square matrix column by column,
 * and the constant matrices that go with it (Magnus and Neudecker, Matrix
 * Differential Calculus, 1988, ch. 3): duplication, D vech(A) = vec(A) for
 * symmetric A, and elimination, L vec(A) = vech(A) for any A. A derivative by
 * vech(X) is that by vec(X), of a symmetric X whose entries move in pairs,
 * times D.
 */
import type { Place } from "../latex/types";
import type { SymbolExpr } from "../semantics/expression";
import { sizeKey, triangleOf } from "../semantics/symbols/sizes";
import { constant, einsum, reshape, type Term } from "../tensor";
import type { Lowering } from "./lower";
import { needSquare } from "./operations";
import { productKey } from "./products";
import { termOf, type Value } from "./value";

export function vech(lowering: Lowering, x: Value, place: Place): Value {
  if (x.shape.length !== 2 || x.free.length) return lowering.fail("shape", "vech of what is no matrix", place);
  needSquare(lowering, x, place, "vech");
  const size = x.shape[0] as string;
  const half = triangleOf(lowering.classes.find(size));
  return {
    free: [],
    shape: [half, "1"],
    make: (env) => {
      const n = env.size(size);
      return reshape(einsum("ij,j->i", elimination(n), reshape(einsum("ij->ji", termOf(x, env)), [n * n])), [env.size(half), 1]);
    },
  };
}

/** D_n or L_n. */
export function halving(lowering: Lowering, symbol: SymbolExpr, which: "duplication" | "elimination"): Value {
  const [below] = symbol.subscripts;
  const size = (below && sizeKey(below.expr)) ?? lowering.classes.unknown();
  const [whole, half] = [productKey(lowering, size, size), triangleOf(lowering.classes.find(size))];
  return which === "duplication" ? { free: [], shape: [whole, half], make: (env) => duplication(env.size(size)) } : { free: [], shape: [half, whole], make: (env) => elimination(env.size(size)) };
}

/** Derivatives by vec(X), along the axis before the last one, as those by vech(X). */
export function byHalf(lowering: Lowering, byVec: Value, size: string): Value {
  const half = triangleOf(lowering.classes.find(size));
  return {
    free: byVec.free,
    shape: [...byVec.shape.slice(0, -2), half, "1"],
    make: (env) => {
      const term = termOf(byVec, env);
      const lead = term.shape.slice(0, -2);
      const flat = reshape(term, [...lead, term.shape[term.shape.length - 2] as number]);
      return reshape(einsum("...i,ij->...j", flat, duplication(env.size(size))), [...lead, env.size(half), 1]);
    },
  };
}

function duplication(n: number): Term {
  return stackedOf(n, (i, j) => [i * n + j, j * n + i], false);
}

function elimination(n: number): Term {
  return stackedOf(n, (i, j) => [j * n + i], true);
}

/** Ones where the entries of the lower triangle, in the order of vech, stand in vec; these are rows, or columns. */
function stackedOf(n: number, places: (i: number, j: number) => readonly number[], asRows: boolean): Term {
  const [whole, half] = [n * n, (n * (n + 1)) / 2];
  const entries = new Array<number>(whole * half).fill(0);
  let at = 0;
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++, at++) for (const place of places(i, j)) entries[asRows ? at * whole + place : place * half + at] = 1;
  }
  return constant(asRows ? [half, whole] : [whole, half], entries);
}
