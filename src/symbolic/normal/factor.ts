/**
 * What the products of a sum share, taken out: AᵀAx − Aᵀb as Aᵀ(Ax − b). A
 * factor is shared where it stands at the same axes of the result, or where it
 * is summed in both; what is left becomes a sum of its own.
 */
import { negated, plus, type Dim, type Ratio } from "../sizes";
import { multiplyBy } from "./algebra";
import { draftOf, emptyDraft } from "./draft";
import type { Atom, Draft, Factor, Product, Sum } from "./types";
import type { Workspace } from "./workspace";

/** Ways to begin, and steps from there. */
const MAX_STARTS = 3;
const MAX_STEPS = 5;
/** Of longer sums only the factor that saves most is tried first. */
const LONG = 5;
/** Longer sums are written as they are. */
const MAX_TERMS = 16;

/** The sum itself, and other sums equal to it in which more and more is taken out. */
export function factorings(ws: Workspace, sum: Sum): Sum[] {
  const result = new Set([sum]);
  if (sum.products.length < 2 || sum.products.length > MAX_TERMS) return [sum];
  const starts = sum.products.length > LONG ? 1 : MAX_STARTS;
  for (const start of shared(sum).slice(0, starts)) {
    let current = takeOut(ws, sum, start);
    result.add(current);
    for (let step = 0; step < MAX_STEPS && current.products.length > 1; step++) {
      const [next] = shared(current);
      if (!next) break;
      current = takeOut(ws, current, next);
      result.add(current);
    }
  }
  return [...result];
}

/** A factor of several products, and its place in each of them. */
interface Shared {
  readonly atom: Atom;
  readonly exponent: Ratio;
  /** For each axis the axis of the result (≥ 0), or −1, −2, … for labels that are summed. */
  readonly slots: readonly number[];
  readonly members: readonly { readonly product: number; readonly factor: number }[];
  readonly saving: number;
}

/** What may be taken out, the most saving first. */
function shared(sum: Sum): Shared[] {
  const groups = new Map<string, { atom: Atom; slots: readonly number[]; members: { product: number; factor: number }[] }>();
  sum.products.forEach((product, p) => {
    product.factors.forEach((factor, f) => {
      const slots = slotsOf(product, factor);
      const key = `${factor.atom.id}|${slots.join()}|${Math.sign(factor.exponent.n)}`;
      const group = groups.get(key) ?? { atom: factor.atom, slots, members: [] };
      groups.set(key, group);
      if (!group.members.some((member) => member.product === p)) group.members.push({ product: p, factor: f });
    });
  });
  const found: Shared[] = [];
  for (const { atom, slots, members } of groups.values()) {
    if (members.length < 2) continue;
    const exponents = members.map((member) => sum.products[member.product]!.factors[member.factor]!.exponent);
    const exponent = exponents.reduce((a, b) => (Math.abs(b.n / b.d) < Math.abs(a.n / a.d) ? b : a));
    found.push({ atom, exponent, slots, members, saving: (members.length - 1) * weight(atom) });
  }
  return found.sort((a, b) => b.saving - a.saving);
}

/** About how much there is to read in an atom. */
function weight(atom: Atom): number {
  switch (atom.kind) {
    case "sum":
      return weightOf(atom.sum);
    case "map":
    case "matrix":
    case "softmax":
    case "logsumexp":
    case "max":
    case "maxMask":
      return 1 + weightOf(atom.arg);
    case "power":
      return weightOf(atom.base) + weightOf(atom.exponent);
    default:
      return 1;
  }
}

const weights = new WeakMap<Sum, number>();

function weightOf(sum: Sum): number {
  let known = weights.get(sum);
  if (known === undefined) {
    known = 0;
    for (const { factors } of sum.products) for (const { atom } of factors) known += weight(atom);
    weights.set(sum, known);
  }
  return known;
}

function slotsOf(product: Product, { atom, labels }: Factor): number[] {
  const inner: number[] = [];
  const slotOf = (label: number): number => {
    const out = product.output.indexOf(label);
    if (out >= 0) return out;
    if (!inner.includes(label)) inner.push(label);
    return -1 - inner.indexOf(label);
  };
  const ordered = orderedLabels(product, atom, labels);
  return ordered.map(slotOf);
}

/** The labels of a symmetric matrix with those of the result first. */
function orderedLabels(product: Product, atom: Atom, labels: readonly number[]): readonly number[] {
  if (!atom.symmetric) return labels;
  const rank = (label: number): number => (product.output.includes(label) ? product.output.indexOf(label) : Infinity);
  return rank(labels[1]!) < rank(labels[0]!) ? [labels[1]!, labels[0]!] : labels;
}

function takeOut(ws: Workspace, sum: Sum, { atom, exponent, slots, members }: Shared): Sum {
  const rests = members.map(({ product, factor }) => restOf(sum.products[product]!, factor, exponent));
  const innerSlots = [...new Set(slots.filter((slot) => slot < 0))].sort((a, b) => b - a);
  const outs = sum.dims.map((_, axis) => axis).filter((axis) => rests.some((rest) => needsOutput(rest, axis)));
  const needed = innerSlots.filter((slot) => rests.some((rest) => rest.factors.some(({ labels }) => labels.includes(innerLabel(rest, slots, slot)))));
  const dims: Dim[] = [...outs.map((axis) => sum.dims[axis]!), ...needed.map((slot) => atom.dims[slots.indexOf(slot)]!)];
  const drafts = rests.map((rest): Draft => {
    const output = [...outs.map((axis) => rest.product.output[axis]!), ...needed.map((slot) => innerLabel(rest, slots, slot))];
    const used = new Set([...output, ...rest.factors.flatMap(({ labels }) => labels)]);
    return { ...draftOf(rest.product), factors: [...rest.factors], output, sizes: new Map([...used].map((label) => [label, rest.product.sizes[label]!])) };
  });
  const remainder = ws.sumOfDrafts(dims, drafts);

  const labelOf = (slot: number): number => (slot >= 0 ? slot : sum.dims.length - 1 - slot);
  const whole = emptyDraft(sum.dims.map((_, axis) => axis), sum.dims);
  for (const slot of innerSlots) whole.sizes.set(labelOf(slot), atom.dims[slots.indexOf(slot)]!);
  whole.factors.push({ atom, exponent, labels: slots.map(labelOf) });
  multiplyBy(ws, whole, remainder, [...outs, ...needed.map(labelOf)]);
  const factored = ws.product(whole);
  const gone = new Set(members.map(({ product }) => product));
  const at = members[0]!.product;
  return ws.sum(sum.dims, sum.products.flatMap((product, i) => (i === at ? (factored ?? []) : gone.has(i) ? [] : product)));
}

interface Rest {
  readonly product: Product;
  readonly factors: readonly Factor[];
  /** The labels of what was taken out. */
  readonly taken: readonly number[];
}

function restOf(product: Product, place: number, exponent: Ratio): Rest {
  const factor = product.factors[place]!;
  const left = plus(factor.exponent, negated(exponent));
  const factors = product.factors.flatMap((other, i) => (i !== place ? [other] : left.n === 0 ? [] : [{ ...other, exponent: left }]));
  return { product, factors, taken: orderedLabels(product, factor.atom, factor.labels) };
}

/** Whether the rest of a product depends on an axis of the result, alone or by a diagonal. */
function needsOutput({ product, factors }: Rest, axis: number): boolean {
  const label = product.output[axis]!;
  return product.output.filter((other) => other === label).length > 1 || factors.some(({ labels }) => labels.includes(label));
}

function innerLabel({ taken }: Rest, slots: readonly number[], slot: number): number {
  return taken[slots.indexOf(slot)]!;
}
