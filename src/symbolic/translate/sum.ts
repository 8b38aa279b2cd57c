/** A sum of products, written out or with what the products share taken out, whichever reads shorter. */
import { cheaper, isNumber, product, rational, sum as sumOf, zero } from "../expression/build";
import type { Expression, ExpressionOf } from "../expression/types";
import { factorings } from "../normal/factor";
import type { Sum } from "../normal/types";
import { coefficients, ONE, negated, UNIT, Unprintable } from "../sizes";
import { translateProduct } from "./product";
import { indexedProduct } from "./indices";
import type { Axes, Translator } from "./translator";

export function translateSum(t: Translator, sum: Sum, axes: Axes): Expression {
  if (t.indexed && axes.includes(null)) return t.plain.sum(sum, axes);
  const written: Expression[] = [];
  let failure: unknown = null;
  for (const candidate of factorings(t.ws, sum)) {
    try {
      written.push(writeOut(t, candidate, axes));
    } catch (error) {
      if (!(error instanceof Unprintable)) throw error;
      failure ??= error;
    }
  }
  if (written.length === 0) throw failure;
  return cheaper(...written);
}

function writeOut(t: Translator, sum: Sum, axes: Axes): Expression {
  if (sum.products.length === 0) {
    const [rows = UNIT, columns = UNIT] = sum.dims.filter((_, axis) => !axes[axis]);
    return zero(rows, columns);
  }
  const terms = sum.products.map((product) => (t.indexed ? indexedProduct(t, product, axes) : translateProduct(t, product, axes)));
  return cheaper(sumOf(terms), withCommonNumber(terms));
}

/** 2a − 2b as 2(a − b). */
function withCommonNumber(terms: readonly Expression[]): Expression {
  const parts = terms.map(split);
  const [first] = parts as [(typeof parts)[number]];
  const plain = sumOf(terms);
  if (terms.length < 2 || !first.number || parts.some(({ number }) => !number)) return plain;
  const share = parts.every(({ number }) => same(number!, first.number!));
  if (!share || coefficients.isOne(absolute(first.number).value)) return plain;
  const common = absolute(first.number);
  const rest = parts.map(({ number, rest }) => (coefficients.isNegative(number!.value) ? product(rational(negated(ONE)), rest) : rest));
  return product(common, sumOf(rest));
}

interface Split {
  readonly number: ExpressionOf<"number"> | null;
  readonly rest: Expression;
}

function split(e: Expression): Split {
  const [first, ...rest] = e.kind === "product" ? e.factors : [];
  return first?.kind === "number" && !(isNumber(e) && rest.length === 0) ? { number: first, rest: product(...rest) } : { number: null, rest: e };
}

function absolute(number: ExpressionOf<"number">): ExpressionOf<"number"> {
  if (!coefficients.isNegative(number.value)) return number;
  const { ratio: r, powers } = number.written;
  return { ...number, value: coefficients.negated(number.value), written: { ratio: negated(r), powers } };
}

function same(a: ExpressionOf<"number">, b: ExpressionOf<"number">): boolean {
  return coefficients.same(absolute(a).value, absolute(b).value);
}
