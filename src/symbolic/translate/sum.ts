/** A sum of products, written out or with what the products share taken out, whichever reads shorter. */
import { cheaper, isNumber, matrix, product, rational, sameExpression, sum as sumOf, zero } from "../expression/build";
import type { Expression, ExpressionOf } from "../expression/types";
import { factorings } from "../normal/factor";
import { draftOf } from "../normal/draft";
import type { Sum } from "../normal/types";
import type { Workspace } from "../normal/workspace";
import { coefficients, inTrial, ONE, negated, UNIT } from "../sizes";
import type { Axes, Translator } from "./translator";
import { cheapestWay } from "./ways";

export function translateSum(t: Translator, sum: Sum, axes: Axes): Expression {
  if (t.indexed && axes.includes(null)) return t.plain.sum(sum, axes);
  const explicit = explicitMatrix(t, sum, axes);
  const ways = factorings(t.ws, sum).map((candidate) => () => writeOut(t, candidate, axes));
  const best = cheapestWay(explicit ? [...ways, () => explicit] : ways);
  // What was written as a matrix of entries is best shown as one.
  return explicit && explicit.cost <= 1.5 * best.cost ? explicit : best;
}

function writeOut(t: Translator, sum: Sum, axes: Axes): Expression {
  if (sum.products.length === 0) {
    const [rows = UNIT, columns = UNIT] = sum.dims.filter((_, axis) => !axes[axis]);
    return zero(rows, columns);
  }
  const terms = sum.products.map((product) => t.product(product, axes));
  return cheaper(sumOf(terms), withCommonNumber(terms), withCommonDeltas(terms));
}

/** δ a + δ b as δ(a + b). */
function withCommonDeltas(terms: readonly Expression[]): Expression {
  const factors = terms.map((term) => (term.kind === "product" ? term.factors : [term]));
  const [first = []] = factors;
  const shared = first.filter((e) => e.kind === "delta" && factors.every((list) => list.length > 1 && list.some((other) => sameExpression(other, e))));
  if (terms.length < 2 || shared.length === 0) return sumOf(terms);
  return product(...shared, sumOf(factors.map((list) => product(...list.filter((e) => !shared.some((other) => sameExpression(other, e)))))));
}

/** The largest matrix that is written entry by entry. */
const MAX_ENTRIES = 12;

/** A small array that is made of single entries, all of them written out. */
function explicitMatrix(t: Translator, sum: Sum, axes: Axes): Expression | null {
  const open = sum.dims.map((_, axis) => axis).filter((axis) => !axes[axis]);
  const sizes = open.map((axis) => inTrial(sum.dims[axis]!, 0));
  const count = sizes.reduce((a, b) => a * b, 1);
  const literal = open.every((axis, i) => inTrial(sum.dims[axis]!, 1) === sizes[i]);
  const made = sum.products.some(({ factors, output }) => factors.some(({ atom, labels }) => atom.kind === "unit" && open.some((axis) => output[axis] === labels[0])));
  if (t.indexed || !literal || !made || open.length < 1 || open.length > 2 || count > MAX_ENTRIES) return null;
  const [rows, columns = 1] = sizes as [number, number?];
  const cells = Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (__, j) => t.sum(entryOf(t.ws, sum, open, [i, j]), axes.filter((letter) => letter !== null))));
  return matrix(cells, sum.dims[open[0]!]!, open.length > 1 ? sum.dims[open[1]!]! : UNIT);
}

/** The sum with unit vectors at its open axes. */
function entryOf(ws: Workspace, sum: Sum, open: readonly number[], at: readonly number[]): Sum {
  const kept = sum.dims.filter((_, axis) => !open.includes(axis));
  const drafts = sum.products.map((product) => {
    const draft = draftOf(product);
    open.forEach((axis, i) => {
      const position = [at[i]!, at[i]!] as const;
      draft.factors.push({ atom: ws.unit(sum.dims[axis]!, position), exponent: ONE, labels: [product.output[axis]!] });
    });
    return { ...draft, output: product.output.filter((_, axis) => !open.includes(axis)) };
  });
  return ws.sumOfDrafts(kept, drafts);
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
