/** Interns sums and atoms, so that equal ones are one object, and keeps what the notes name. */
import { coefficients, dimOf, inTrial, ONE, ratio, Unprintable, UNITY, type Coefficient, type Dim, type Ratio } from "../sizes";
import { canonical } from "./canonical";
import { draftOf, emptyDraft, prune } from "./draft";
import { expanded } from "./expand";
import { simplifyDraft } from "./rules/index";
import type { Atom, Draft, Product, Sum } from "./types";

/** Longer sums and products are no short form. */
const MAX_PRODUCTS = 48;
const MAX_FACTORS = 16;

type AtomParts = { [K in Atom["kind"]]: Omit<Extract<Atom, { kind: K }>, "id" | "symmetric"> & { readonly symmetric?: boolean } }[Atom["kind"]];

export class Workspace {
  private readonly sums = new Map<string, Sum>();
  private readonly atoms = new Map<string, Atom>();
  /** What a sum is called. */
  private readonly names = new Map<Sum, Atom>();
  /** The axes along which the entries of a named softmax sum to one. */
  readonly softmaxes = new Map<Atom, readonly number[]>();
  /** The axes along which the entries of a named array sum to zero. */
  readonly centred = new Map<Atom, readonly number[]>();
  /** Products of several factors, and sums of one, that have a name. */
  readonly namedProducts: { readonly product: Product; readonly node: Atom }[] = [];

  /** Gives the name of a node to every sum that equals its value. */
  name(value: Sum, node: Atom): void {
    if (this.names.has(value)) return;
    this.names.set(value, node);
    const [product] = value.products;
    const [only, ...more] = value.products.length === 1 && product ? product.factors : [];
    if (product && only?.atom.kind === "softmax" && !more.length && coefficients.isOne(product.coefficient)) this.softmaxes.set(node, only.atom.axes.map((axis) => product.output.indexOf(only.labels[axis]!)));
    const centred = value.dims.map((_, axis) => axis).filter((axis) => this.isCentred(value, axis));
    if (centred.length) this.centred.set(node, centred);
    const plain = value.products.length === 1 && product && new Set(product.output).size === product.output.length && (product.factors.length > 1 || product.sizes.length > product.output.length);
    if (plain && product.output.every((label) => product.factors.some(({ labels }) => labels.includes(label)))) this.namedProducts.push({ product, node });
  }

  /** Whether the entries sum to zero along an axis, which may take multiplying out to see. */
  private isCentred(value: Sum, axis: number): boolean {
    const rest = value.dims.filter((_, other) => other !== axis);
    const drafts = value.products.filter(({ output }) => new Set(output).size === output.length).map((product) => ({ ...draftOf(product), output: product.output.filter((_, other) => other !== axis) }));
    if (drafts.length < value.products.length) return false;
    try {
      return expanded(this, this.sumOfDrafts(rest, drafts), false).products.length === 0;
    } catch (error) {
      if (error instanceof Unprintable) return false;
      throw error;
    }
  }

  /** The simplified product in normal form; null for zero. */
  product(draft: Draft): Product | null {
    if (!simplifyDraft(draft, this)) return null;
    prune(draft);
    if (coefficients.isZero(draft.coefficient)) return null;
    if (draft.factors.length > MAX_FACTORS) throw new Unprintable("a product of too many factors");
    return canonical(draft);
  }

  sumOfDrafts(dims: readonly Dim[], drafts: readonly Draft[]): Sum {
    return this.sum(dims, drafts.flatMap((draft) => this.product(draft) ?? []));
  }

  /** Collects equal products. */
  sum(dims: readonly Dim[], products: readonly Product[]): Sum {
    const collected = new Map<string, Product>();
    for (const product of products) {
      const known = collected.get(product.key);
      collected.set(product.key, known ? { ...known, coefficient: coefficients.plus(known.coefficient, product.coefficient) } : product);
    }
    const kept = [...collected.values()].filter(({ coefficient }) => !coefficients.isZero(coefficient));
    if (kept.length > MAX_PRODUCTS) throw new Unprintable("a sum of too many terms");
    const result = this.intern(dims, kept);
    const name = this.names.get(result);
    return name ? this.ofAtom(name) : result;
  }

  private intern(dims: readonly Dim[], products: readonly Product[]): Sum {
    const key = `${dims.join()}|${products.map(keyOf).sort().join(" ")}`;
    let known = this.sums.get(key);
    if (!known) this.sums.set(key, (known = { id: this.sums.size, dims, products }));
    return known;
  }

  /** An atom by itself. */
  ofAtom(atom: Atom): Sum {
    const labels = atom.dims.map((_, axis) => axis);
    const sum = this.intern(atom.dims, [canonical({ ...emptyDraft(labels, atom.dims), factors: [{ atom, exponent: ONE, labels }] })]);
    const name = this.names.get(sum);
    return name && name !== atom ? this.ofAtom(name) : sum;
  }

  /** What stands for an atom: the name of a node, where it has one. */
  called(atom: Atom): Atom {
    const labels = atom.dims.map((_, axis) => axis);
    return this.names.get(this.intern(atom.dims, [canonical({ ...emptyDraft(labels, atom.dims), factors: [{ atom, exponent: ONE, labels }] })])) ?? atom;
  }

  number(value: Coefficient, dims: readonly Dim[] = []): Sum {
    const labels = dims.map((_, axis) => axis);
    return this.sumOfDrafts(dims, [{ ...emptyDraft(labels, dims), coefficient: value }]);
  }

  /** The sum with its axes in the other order. */
  transposed(sum: Sum): Sum {
    if (sum.dims.length !== 2) return sum;
    const products = sum.products.map(({ coefficient, factors, output, sizes }) => canonical({ coefficient, factors: [...factors], output: [output[1]!, output[0]!], sizes: new Map(sizes.map((size, label) => [label, size])), renamed: new Map() }));
    return this.intern([sum.dims[1]!, sum.dims[0]!], products);
  }

  /** The transpose, where that was there before; equal sums up to transposition become one. */
  oriented(sum: Sum): { sum: Sum; swapped: boolean; symmetric: boolean } {
    if (sum.dims.length !== 2) return { sum, swapped: false, symmetric: false };
    const other = this.transposed(sum);
    return other.id < sum.id ? { sum: other, swapped: true, symmetric: false } : { sum, swapped: false, symmetric: other === sum };
  }

  /** A sum as a number times another, so that multiples of it become one. */
  primitive(sum: Sum): { factor: Coefficient; sum: Sum } {
    const content = this.content(sum);
    const scaled = (by: Coefficient): Sum => this.intern(sum.dims, sum.products.map((product) => ({ ...product, coefficient: coefficients.times(product.coefficient, by) })));
    const rest = coefficients.isOne(content) ? sum : scaled(coefficients.inverted(content));
    const opposite = this.intern(sum.dims, rest.products.map((product) => ({ ...product, coefficient: coefficients.negated(product.coefficient) })));
    return opposite.id < rest.id ? { factor: coefficients.negated(content), sum: opposite } : { factor: content, sum: rest };
  }

  /** The size that all coefficients share, or else the rational number that goes into all of them. */
  private content(sum: Sum): Coefficient {
    const absolute = sum.products.map(({ coefficient }) => (coefficients.isNegative(coefficient) ? coefficients.negated(coefficient) : coefficient));
    const [first] = absolute;
    if (!first) return UNITY;
    if (absolute.every((other) => coefficients.same(other, first))) return sum.products.length === 1 ? sum.products[0]!.coefficient : first;
    const contents = ([0, 1] as const).map((trial) => absolute.map((c) => c[trial]).reduce(commonRatio));
    return contents[0]!.n === contents[1]!.n && contents[0]!.d === contents[1]!.d ? [contents[0]!, contents[1]!] : UNITY;
  }

  unit(dim: Dim, position: readonly [number, number]): Atom {
    return this.atom({ kind: "unit", position, dims: [dim] }, `${dim}|${position.join()}`);
  }

  pair(first: Dim, second: Dim): Atom {
    const joined = dimOf(inTrial(first, 0) * inTrial(second, 0), inTrial(first, 1) * inTrial(second, 1));
    return this.atom({ kind: "pair", dims: [joined, first, second] }, `${first}|${second}`);
  }

  atom(parts: AtomParts, key: string): Atom {
    const full = `${parts.kind}|${key}`;
    let known = this.atoms.get(full);
    if (!known) this.atoms.set(full, (known = { ...parts, id: this.atoms.size, symmetric: parts.symmetric ?? false } as Atom));
    return known;
  }
}

function keyOf(product: Product): string {
  const [{ n, d }, other] = product.coefficient;
  return `${n}/${d},${other.n}/${other.d}*${product.key}`;
}

function commonRatio(a: Ratio, b: Ratio): Ratio {
  const gcd = (x: number, y: number): number => (y === 0 ? Math.abs(x) : gcd(y, x % y));
  const n = gcd(a.n, b.n);
  const d = (a.d / gcd(a.d, b.d)) * b.d;
  return Number.isSafeInteger(d) ? ratio(n, d) : ONE;
}
