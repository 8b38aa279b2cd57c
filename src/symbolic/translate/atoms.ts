/** One atom as an expression: the axes without a letter are those of a matrix, in order. */
import { coefficients, Unprintable, UNIT } from "../sizes";
import { apply, asColumn, delta, entry, isNumber, kronecker, raised, symbol, transpose, unit, whole } from "../expression/build";
import { isLetter, type Expression, type Index, type Letter } from "../expression/types";
import type { AtomOf, Atom, Product, Sum } from "../normal/types";
import { draftOf } from "../normal/draft";
import { variableLatex } from "./names";
import type { Axes, Translator } from "./translator";

export function translateAtom(t: Translator, atom: Atom, indices: readonly (Index | null)[]): Expression {
  if (atom.kind === "variable" || atom.kind === "node") return named(t, atom, indices);
  if (atom.kind === "matrix") return entryOf(whole(atom.fn, t.sum(atom.arg)), indices);
  const axes = indices.map((index) => {
    if (index && !isLetter(index)) throw new Unprintable("an entry of an expression");
    return index;
  });
  switch (atom.kind) {
    case "unit": {
      const [letter] = axes as [Letter | null];
      return letter ? delta(letter, atom.position) : unit(atom.position, atom.dims[0]!);
    }
    case "sum":
      return t.sum(atom.sum, axes);
    case "map":
      return apply(atom.fn, t.sum(atom.arg, axes));
    case "power":
      return raised(t.sum(atom.base, axes), isUniform(atom.exponent) ? t.sum(scalarOf(t, atom.exponent)) : t.sum(atom.exponent, axes));
    case "softmax":
      return softmax(t, atom, axes);
    case "logsumexp":
      return reduced(t, "logsumexp", atom.arg, atom.axes, axes);
    case "max":
      return reduced(t, "maximum", atom.arg, [atom.axis], axes);
    case "reshape":
      return entryOf(reshaped(t, atom), axes);
  }
}

/** Atoms of which single entries are written. */
export function hasEntries(atom: Atom): boolean {
  return atom.kind === "variable" || atom.kind === "node" || (atom.kind === "matrix" && atom.dims.length > 0);
}

/** A variable or a node: its family's indices, then entries of the rest. */
function named(t: Translator, atom: AtomOf<"variable"> | AtomOf<"node">, axes: readonly (Index | null)[]): Expression {
  const family = t.familyRank(atom);
  let at = 0;
  const letters = atom.shape.map((dim) => (dim === UNIT ? null : (axes[at++] ?? null)));
  const indices = letters.slice(0, family);
  if (!indices.every((letter) => letter !== null)) throw new Unprintable("a tensor");
  const latex = atom.kind === "node" ? atom.latex : variableLatex(t.spelling, atom.name);
  const base = symbol({ name: atom.kind === "node" ? atom.latex : atom.name, latex, shape: atom.shape, terms: atom.kind === "node" ? atom.terms : null, indices, symmetric: atom.symmetric && family === 0 });
  const [row, column] = [letters[family] ?? null, letters[family + 1] ?? null];
  return row || column ? entry(base, row, column) : base;
}

/** Entries, rows or columns of a matrix or vector. */
function entryOf(e: Expression, axes: readonly (Index | null)[]): Expression {
  if (axes.every((letter) => letter === null)) return e;
  if (axes.length === 1) return entry(asColumn(e), axes[0]!, null);
  return entry(e, axes[0] ?? null, axes[1] ?? null);
}

/** Whether no entry differs from another. */
function isUniform(sum: Sum): boolean {
  return sum.products.every(({ factors, output }) => new Set(output).size === output.length && factors.every(({ labels }) => labels.every((label) => !output.includes(label))));
}

function scalarOf(t: Translator, sum: Sum): Sum {
  return t.ws.sumOfDrafts([], sum.products.map((product) => {
    const draft = draftOf(product);
    for (const label of product.output) draft.sizes.delete(label);
    return { ...draft, output: [] };
  }));
}

/** Along the last axis of a matrix; along the first, of the transpose. */
function softmax(t: Translator, atom: AtomOf<"softmax">, axes: Axes): Expression {
  const [axis] = atom.axes as [number];
  if (atom.axes.length !== 1 || atom.dims.length > 2) throw new Unprintable("softmax over several axes");
  const letter = axes[axis] ?? null;
  const open = axes.map((other, i) => (i === axis ? null : other));
  const arg = t.sum(atom.arg, open);
  const isVector = open.filter((other) => other === null).length === 1;
  const result = isVector ? whole("softmax", arg) : axis === 1 ? whole("softmax", arg) : transpose(whole("softmax", transpose(arg)));
  if (!letter) return result;
  if (isVector) return entry(asColumn(result), letter, null);
  return axis === 1 ? entry(result, null, letter) : entry(result, letter, null);
}

/** Over one axis, which is gone: of a vector, or of each row of a matrix, transposed for its columns. */
function reduced(t: Translator, fn: "logsumexp" | "maximum", arg: Sum, gone: readonly number[], axes: Axes): Expression {
  if (gone.length === 2 && arg.dims.length === 2) return whole(fn, asVector(t.sum(arg)));
  if (gone.length !== 1 || arg.dims.length > 2) throw new Unprintable("a reduction over several axes");
  const kept = arg.dims.map((_, axis) => axis).filter((axis) => !gone.includes(axis));
  const inner = arg.dims.map((_, axis) => (gone.includes(axis) ? null : (axes[kept.indexOf(axis)] ?? null)));
  const body = t.sum(arg, inner);
  return whole(fn, gone[0] === 0 && inner.filter((letter) => letter === null).length === 2 ? transpose(body) : body);
}

function asVector(e: Expression): Expression {
  throw new Unprintable(`all entries of ${e.kind}`);
}

// Kronecker products and vec

/** Stacked entries: the vec of a matrix, or a Kronecker product where the entries are products. */
function reshaped(t: Translator, atom: AtomOf<"reshape">): Expression {
  const { arg, dims } = atom;
  const pairs = pairing(arg, atom);
  if (!pairs) throw new Unprintable("a reshaped array");
  const [rows, columns] = [dims[0] ?? UNIT, dims[1] ?? UNIT];
  const only = arg.products.length === 1 ? arg.products[0] : undefined;
  const split = only && separate(t, only, pairs);
  if (split) {
    const [left, right] = split;
    return kronecker(left, right, rows, columns);
  }
  if (arg.dims.length !== 2 || dims.length !== 1) throw new Unprintable("a reshaped array");
  // Row by row: the columns of the transpose.
  return whole("vec", transpose(t.sum(arg)), [dims[0]!, UNIT]);
}

/** For each axis of the result the axes of the argument that it is made of. */
function pairing({ dims: inner }: Sum, { dims: outer }: Atom): number[][] | null {
  const groups: number[][] = [];
  let at = 0;
  for (const dim of outer) {
    if (inner[at] === dim) groups.push([at++]);
    else {
      groups.push([at, at + 1]);
      at += 2;
    }
  }
  return at === inner.length && groups.length <= 2 ? groups : null;
}

/** The factors of a product whose entry is a left one times a right one. */
function separate(t: Translator, product: Product, groups: readonly (readonly number[])[]): [Expression, Expression] | null {
  const { output, factors } = product;
  const leftLabels = new Set(groups.flatMap((group) => (group.length === 2 ? [output[group[0]!]!] : [])));
  const rightLabels = new Set(groups.flatMap((group) => (group.length === 2 ? [output[group[1]!]!] : [])));
  if ([...leftLabels].some((label) => rightLabels.has(label))) return null;
  const side = components(factors.map(({ labels }) => labels));
  const reach = (labels: ReadonlySet<number>): Set<number> => new Set(factors.flatMap((factor, i) => (factor.labels.some((label) => labels.has(label)) ? [side[i]!] : [])));
  const [left, right] = [reach(leftLabels), reach(rightLabels)];
  if ([...left].some((component) => right.has(component))) return null;
  const part = (own: ReadonlySet<number>, numbered: boolean, keep: readonly (number | null)[]): Expression => {
    const kept = factors.filter((_, i) => own.has(side[i]!) || (numbered && !left.has(side[i]!) && !right.has(side[i]!)));
    const labels = keep.filter((label): label is number => label !== null);
    const used = new Set([...labels, ...kept.flatMap((factor) => factor.labels)]);
    const draft = { ...draftOf(product), factors: [...kept], output: labels, sizes: new Map([...used].map((label) => [label, product.sizes[label]!])) };
    if (!numbered) draft.coefficient = [{ n: 1, d: 1 }, { n: 1, d: 1 }];
    const e = t.sum(t.ws.sumOfDrafts(labels.map((label) => product.sizes[label]!), [draft]));
    return keep.length === 2 && keep[0] === null && keep[1] !== null ? transpose(asColumn(e)) : keep.length === 2 && keep[1] === null ? asColumn(e) : keep.length === 1 ? asColumn(e) : e;
  };
  const single = groups.map((group) => (group.length === 1 ? output[group[0]!]! : null));
  const ownerOf = (label: number): "left" | "right" => (factors.some((factor, i) => left.has(side[i]!) && factor.labels.includes(label)) ? "left" : "right");
  const keep = (which: "left" | "right"): (number | null)[] => groups.map((group, i) => (group.length === 2 ? output[group[which === "left" ? 0 : 1]!]! : ownerOf(single[i]!) === which ? single[i]! : null));
  const plain = coefficients.isOne(product.coefficient);
  const [l, r] = [part(left, true, keep("left")), part(right, false, keep("right"))];
  return isNumber(l) && !plain ? null : [l, r];
}

/** Which factors hang together, by the number of their group. */
function components(labels: readonly (readonly number[])[]): number[] {
  const group = labels.map((_, i) => i);
  labels.forEach((list, i) => {
    for (let j = 0; j < i; j++) {
      if (!list.some((label) => labels[j]!.includes(label)) || group[i] === group[j]) continue;
      const [from, to] = [group[i]!, group[j]!];
      group.forEach((g, k) => g === from && (group[k] = to));
    }
  });
  return group;
}
