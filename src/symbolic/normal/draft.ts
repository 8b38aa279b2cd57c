/** Small operations on a product being built. */
import { coefficients, type Coefficient, type Dim } from "../sizes";
import type { Draft, Factor, Product } from "./types";

export function emptyDraft(output: readonly number[] = [], dims: readonly Dim[] = []): Draft {
  return { coefficient: [{ n: 1, d: 1 }, { n: 1, d: 1 }], factors: [], output: [...output], sizes: new Map(output.map((label, i) => [label, dims[i]!])), renamed: new Map() };
}

export function draftOf(product: Product): Draft {
  return { coefficient: product.coefficient, factors: [...product.factors], output: [...product.output], sizes: new Map(product.sizes.map((size, label) => [label, size])), renamed: new Map() };
}

export function freshLabel(draft: Draft, size: Dim): number {
  let label = 0;
  for (const known of [...draft.sizes.keys(), ...draft.renamed.keys()]) label = Math.max(label, known + 1);
  draft.sizes.set(label, size);
  return label;
}

/** Makes `b` the label `a` everywhere. */
export function unify(draft: Draft, a: number, b: number): void {
  if (a === b) return;
  const rename = (label: number): number => (label === b ? a : label);
  draft.factors = draft.factors.map((factor) => (factor.labels.includes(b) ? { ...factor, labels: factor.labels.map(rename) } : factor));
  draft.output = draft.output.map(rename);
  draft.sizes.delete(b);
  draft.renamed.set(b, a);
}

/** What a label is called after labels have been made equal. */
export function current(draft: Draft, label: number): number {
  let name = label;
  for (let next = draft.renamed.get(name); next !== undefined; next = draft.renamed.get(name)) name = next;
  return name;
}

export function scaleDraft(draft: Draft, factor: Coefficient): void {
  draft.coefficient = coefficients.times(draft.coefficient, factor);
}

export function isInner(draft: Draft, label: number): boolean {
  return !draft.output.includes(label);
}

/** How often a label stands in the factors. */
export function uses(factors: readonly Factor[], label: number): number {
  let count = 0;
  for (const { labels } of factors) for (const other of labels) if (other === label) count++;
  return count;
}

/** Puts a product in the place of a factor: its output labels become `labels`. */
export function inline(draft: Draft, product: Product, labels: readonly number[]): void {
  const names = new Map<number, number>();
  product.output.forEach((inner, axis) => {
    const known = names.get(inner);
    if (known === undefined) names.set(inner, labels[axis]!);
    else unify(draft, current(draft, known), current(draft, labels[axis]!));
  });
  const nameOf = (inner: number): number => {
    let name = names.get(inner);
    if (name === undefined) names.set(inner, (name = freshLabel(draft, product.sizes[inner]!)));
    return current(draft, name);
  };
  scaleDraft(draft, product.coefficient);
  for (const factor of product.factors) draft.factors.push({ ...factor, labels: factor.labels.map(nameOf) });
}

/** Drops labels that nothing has; a sum over one is a multiplication by its size. */
export function prune(draft: Draft): void {
  const used = new Set([...draft.output, ...draft.factors.flatMap(({ labels }) => labels)]);
  for (const [label, size] of [...draft.sizes]) {
    if (used.has(label)) continue;
    scaleDraft(draft, coefficients.size(size));
    draft.sizes.delete(label);
  }
}
