/** A contraction as a sum over indices of products of entries. */
import { delta, power, sigma } from "../expression/build";
import type { Expression, Letter } from "../expression/types";
import type { Factor, Product } from "../normal/types";
import { draftOf } from "../normal/draft";
import { coefficients } from "../sizes";
import { translateAtom } from "./atoms";
import { scalarFactors, scaledBy } from "./scalars";
import type { Axes, Translator } from "./translator";

export function indexedProduct(t: Translator, product: Product, axes: Axes): Expression {
  const letters = new Map<number, Letter>();
  const numbers: Expression[] = [];
  product.output.forEach((label, i) => {
    const letter = axes[i]!;
    const known = letters.get(label);
    if (known) numbers.push(delta(known, letter));
    else letters.set(label, letter);
  });
  const [outside, inside] = separate(product);
  if (outside.length > 0) numbers.push(...scalarFactors(t.plain.sum(partOf(t, product, outside))));
  const bound: Letter[] = [];
  for (const { labels } of inside) {
    for (const label of labels) {
      if (letters.has(label)) continue;
      const letter = t.letter(product.sizes[label]!);
      letters.set(label, letter);
      bound.push(letter);
    }
  }
  const entries = inside.map(({ atom, exponent, labels }) => power(translateAtom(t, atom, labels.map((label) => letters.get(label)!)), exponent));
  for (const letter of bound) t.release(letter);
  const number = coefficients.isOne(product.coefficient) ? null : t.number(product.coefficient);
  return sigma(bound, scaledBy(number, [...numbers, ...entries], null));
}

/** Factors that nothing joins to the result are a number, best written with matrices. */
function separate(product: Product): [Factor[], Factor[]] {
  const reached = new Set(product.output);
  let inside: readonly Factor[] = [];
  for (let before = -1; before < inside.length; ) {
    before = inside.length;
    inside = product.factors.filter(({ labels }) => labels.some((label) => reached.has(label)));
    for (const { labels } of inside) for (const label of labels) reached.add(label);
  }
  return [product.factors.filter((factor) => !inside.includes(factor)), [...inside]];
}

function partOf(t: Translator, product: Product, factors: readonly Factor[]): ReturnType<Translator["ws"]["sum"]> {
  const used = new Set(factors.flatMap(({ labels }) => labels));
  const draft = draftOf(product);
  return t.ws.sumOfDrafts([], [{ ...draft, coefficient: [{ n: 1, d: 1 }, { n: 1, d: 1 }], output: [], factors: [...factors], sizes: new Map([...used].map((label) => [label, product.sizes[label]!])) }]);
}
