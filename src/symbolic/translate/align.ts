/**
 * One expression for two that were found for one assignment of sizes each: the
 * same all over, but for numbers and exponents that change with a size. X·X of
 * one and X·X·X of the other are Xᵏ⁻¹ where k − 1 is 2 and 3.
 */
import { numberOf, sizePower } from "../expression/build";
import type { Expression, ExpressionOf } from "../expression/types";
import { dimOf, inTrial, ONE, Unprintable, writtenExponent, writtenNumber, type Coefficient, type Dim, type NamedSizes, type Ratio, type WrittenNumber } from "../sizes";

export function aligned(first: Expression, second: Expression, sizes: NamedSizes): Expression {
  if (first.kind === "number" && second.kind === "number") {
    const value: Coefficient = [first.value[0], second.value[1]];
    return { ...numberOf(value, written(value, sizes)), rows: bothDims(first.rows, second.rows), columns: bothDims(first.columns, second.columns) };
  }
  if (isPower(first) || isPower(second)) return alignedPowers(first, second, sizes);
  return both(first, second, sizes) as Expression;
}

function alignedPowers(first: Expression, second: Expression, sizes: NamedSizes): Expression {
  const [a, b] = [asPower(first, second), asPower(second, first)];
  const base = aligned(a.base, b.base, sizes);
  if (a.matrix !== b.matrix) throw differs();
  const exponent: Coefficient = [a.exponent, b.exponent];
  if (a.exponent.n === b.exponent.n && a.exponent.d === b.exponent.d) return { ...first, base, rows: base.rows, columns: base.columns } as Expression;
  return sizePower(base, exponent, written(exponent, sizes, writtenExponent), a.matrix);
}

function isPower(e: Expression): e is ExpressionOf<"power"> {
  return e.kind === "power";
}

/** What is no power is a first one, of the other's kind. */
function asPower(e: Expression, other: Expression): { base: Expression; exponent: Ratio; matrix: boolean } {
  return isPower(e) ? e : { base: e, exponent: ONE, matrix: isPower(other) && other.matrix };
}

/** The same data, with sizes put together and expressions aligned. */
function both(a: unknown, b: unknown, sizes: NamedSizes, key = ""): unknown {
  if (Array.isArray(a) && Array.isArray(b)) {
    if (key === "terms" && isTermPair(a) && isTermPair(b)) return [a[0], b[1]];
    if (a.length !== b.length) throw differs();
    return a.map((value, i) => both(value, b[i], sizes, key));
  }
  if (isRecord(a) && isRecord(b)) {
    if (key !== "" && "cost" in a && "cost" in b) return aligned(a as unknown as Expression, b as unknown as Expression, sizes);
    return Object.fromEntries(Object.entries(a).map(([name, value]) => [name, both(value, b[name], sizes, name)]));
  }
  if (key === "rows" || key === "columns" || key === "dim" || key === "shape") return bothDims(a as Dim, b as Dim);
  if (key === "cost") return a;
  if (a !== b) throw differs();
  return a;
}

function isTermPair(list: readonly unknown[]): boolean {
  return list.length === 2 && isRecord(list[0]) && "hash" in list[0];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

export function bothDims(a: Dim, b: Dim): Dim {
  return dimOf(inTrial(a, 0), inTrial(b, 1));
}

function written(value: Coefficient, sizes: NamedSizes, write = writtenNumber): WrittenNumber {
  const found = write(value, sizes);
  if (!found) throw differs();
  return found;
}

function differs(): Unprintable {
  return new Unprintable("a structure that depends on the sizes");
}
