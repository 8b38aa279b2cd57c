/** One atom as an expression: the axes without a letter are those of a matrix, in order. */
import { Unprintable, UNIT } from "../sizes";
import { apply, asColumn, delta, entry, raised, symbol, transpose, unit, whole } from "../expression/build";
import { isLetter, type Expression, type Index, type Letter } from "../expression/types";
import type { AtomOf, Atom, Sum } from "../normal/types";
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
      if (atom.axes.length !== 1) throw new Unprintable("softmax over several axes");
      return byRows(t, "softmax", atom, atom.axes[0]!, axes);
    case "logsumexp":
      return reduced(t, "logsumexp", atom.arg, atom.axes, axes);
    case "max":
      return reduced(t, "maximum", atom.arg, [atom.axis], axes);
    case "maxMask":
      return byRows(t, "maxMask", atom, atom.axis, axes);
    case "pair":
      throw new Unprintable("a reshaped array");
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

/** A function of each line: along the last axis of a matrix; along the first, of the transpose. */
function byRows(t: Translator, fn: "softmax" | "maxMask", atom: AtomOf<"softmax" | "maxMask">, axis: number, axes: Axes): Expression {
  if (atom.dims.length > 2) throw new Unprintable(`${fn} of a tensor`);
  const letter = axes[axis] ?? null;
  const open = axes.map((other, i) => (i === axis ? null : other));
  const arg = t.sum(atom.arg, open);
  const isVector = open.filter((other) => other === null).length === 1;
  const result = isVector || axis === 1 ? whole(fn, arg) : transpose(whole(fn, transpose(arg)));
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
