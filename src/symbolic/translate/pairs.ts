/**
 * Axes that count pairs: what hangs together below them is a vec, a Kronecker
 * product, or a commutation matrix, and takes its place as one piece.
 */
import { asColumn, commutation, identity, kronecker, power, product as productOf, rational, transpose, whole } from "../expression/build";
import type { Expression } from "../expression/types";
import { draftOf, uses } from "../normal/draft";
import type { Factor, Product } from "../normal/types";
import { ONE, UNIT, UNITY, Unprintable } from "../sizes";
import { translateAtom } from "./atoms";
import type { Translator } from "./translator";

/** A vector or matrix over labels of a product. */
export interface Piece {
  readonly expr: Expression;
  readonly labels: readonly number[];
}

/** What is below axes that count pairs, put together, and the factors that are left. */
export interface Paired {
  readonly pieces: readonly Piece[];
  readonly rest: readonly Factor[];
}

/** The ways to take axes that count pairs: vectors over them as matrices, or matrices below them as vectors. */
export function pairings(t: Translator, product: Product): (() => Paired)[] {
  if (!product.factors.some(({ atom }) => atom.kind === "pair")) return [() => ({ pieces: [], rest: product.factors })];
  const matrices = unstacked(t, product);
  const ways = matrices.length > 0 ? [[], matrices] : [[]];
  return ways.map((some) => () => pairedWith(t, product, some));
}

type Unstacked = Piece & { readonly used: readonly Factor[] };

function pairedWith(t: Translator, product: Product, matrices: readonly Unstacked[]): Paired {
  const factors = product.factors.filter((factor) => !matrices.some(({ used }) => used.includes(factor)));
  const { pieces, rest } = stackedPieces(t, { ...product, factors });
  return { pieces: [...pieces, ...matrices], rest };
}

/** Vectors whose entries are counted as those of a matrix. */
function unstacked(t: Translator, { factors, output, sizes }: Product): Unstacked[] {
  return factors.flatMap((pair) => {
    const [joined, first, second] = pair.labels as [number, number, number];
    const vector = factors.find((other) => other !== pair && other.labels.includes(joined));
    if (pair.atom.kind !== "pair" || output.includes(joined) || first === second || uses(factors, joined) !== 2 || vector?.labels.length !== 1) return [];
    const expr = whole("mat", power(asColumn(translateAtom(t, vector.atom, [null])), vector.exponent), [sizes[second]!, sizes[first]!]);
    return [{ expr, labels: [second, first], used: [pair, vector] }];
  });
}

function stackedPieces(t: Translator, product: Product): Paired {
  const pairs = product.factors.filter(({ atom }) => atom.kind === "pair");
  const joined = new Set(pairs.map(({ labels }) => labels[0]!));
  const group = components(product.factors.map(({ labels }) => labels.filter((label) => !joined.has(label))));
  const numbers = new Set(product.factors.flatMap((factor, i) => (pairs.includes(factor) ? [group[i]!] : [])));
  const pieces = [...numbers].map((number) => pieceOf(t, product, product.factors.filter((_, i) => group[i] === number)));
  return { pieces, rest: product.factors.filter((_, i) => !numbers.has(group[i]!)) };
}

function pieceOf(t: Translator, product: Product, factors: readonly Factor[]): Piece {
  const pairs = factors.filter(({ atom }) => atom.kind === "pair");
  const others = factors.filter(({ atom }) => atom.kind !== "pair");
  const plain = [...new Set([...others.flatMap(({ labels }) => labels), ...pairs.flatMap((factor) => factor.labels.slice(1))])].filter((label) => product.output.includes(label));
  const labels = [...pairs.map((factor) => factor.labels[0]!), ...plain];
  if (labels.length > 2 || new Set(labels).size < labels.length) throw new Unprintable("a reshaped array");
  const groups = [...pairs.map((factor) => factor.labels.slice(1)), ...plain.map((label) => [label])];
  const sizes = labels.map((label) => product.sizes[label]!);
  return { expr: kroneckerOf(t, product, others, groups, sizes) ?? commuted(t, product, others, groups, sizes) ?? vecOf(t, product, others, groups, sizes), labels };
}

/** The vec of a matrix. */
function vecOf(t: Translator, product: Product, factors: readonly Factor[], groups: readonly (readonly number[])[], sizes: readonly number[]): Expression {
  if (groups.length !== 1) throw new Unprintable("a reshaped array");
  // Row by row: the columns of the transpose.
  const [row, column] = groups[0] as [number, number];
  return whole("vec", part(t, product, factors, [column, row]), [sizes[0]!, UNIT]);
}

/** Where the two groups cross, a Kronecker product times the commutation matrix that uncrosses them. */
function commuted(t: Translator, product: Product, factors: readonly Factor[], groups: readonly (readonly number[])[], sizes: readonly number[]): Expression | null {
  const [rows, columns] = groups;
  if (!rows || !columns || rows.length !== 2 || columns.length !== 2) return null;
  const uncrossed = kroneckerOf(t, product, factors, [rows, [...columns].reverse()], sizes);
  if (!uncrossed) return null;
  const [first, second] = [...columns].reverse() as [number, number];
  const turn = commutation(product.sizes[first]!, product.sizes[second]!, sizes[1]!);
  const isIdentity = uncrossed.kind === "kronecker" && uncrossed.left.kind === "identity" && uncrossed.right.kind === "identity";
  return isIdentity ? turn : productOf(uncrossed, turn);
}

/** A ⊗ B, where no factor joins what the first indices of the pairs reach to what the second ones do. */
function kroneckerOf(t: Translator, product: Product, factors: readonly Factor[], groups: readonly (readonly number[])[], sizes: readonly number[]): Expression | null {
  const group = components(factors.map(({ labels }) => labels));
  const reached = (starts: readonly number[]): ReadonlySet<number> => new Set(factors.flatMap((factor, i) => (factor.labels.some((label) => starts.includes(label)) ? [group[i]!] : [])));
  const pairs = groups.filter((labels) => labels.length === 2);
  const starts = [0, 1].map((side) => pairs.map((labels) => labels[side]!)) as [number[], number[]];
  const [left, right] = [reached(starts[0]), reached(starts[1])];
  if (starts[0].some((label) => starts[1].includes(label)) || [...left].some((number) => right.has(number))) return null;
  const ownOf = (side: ReadonlySet<number>): Factor[] => factors.filter((_, i) => side.has(group[i]!));
  // What reaches neither is a number.
  const [leftFactors, rightFactors] = [factors.filter((_, i) => !right.has(group[i]!)), ownOf(right)];
  const belongs = (label: number, side: 0 | 1, own: readonly Factor[]): boolean => starts[side].includes(label) || own.some((factor) => factor.labels.includes(label));
  const labelsOf = (side: 0 | 1, own: readonly Factor[]): (number | null)[] => groups.map((labels) => (labels.length === 2 ? labels[side]! : belongs(labels[0]!, side, own) ? labels[0]! : null));
  const [a, b] = [oriented(t, product, leftFactors, labelsOf(0, leftFactors)), oriented(t, product, rightFactors, labelsOf(1, rightFactors))];
  return kronecker(a, b, sizes[0]!, sizes[1] ?? UNIT);
}

/** With rows and columns where the labels are; null is an axis of size one. */
function oriented(t: Translator, product: Product, factors: readonly Factor[], labels: readonly (number | null)[]): Expression {
  const [row, column = null] = labels as [number | null, (number | null)?];
  const e = part(t, product, factors, labels.filter((label): label is number => label !== null));
  if (row === null && column !== null) return transpose(asColumn(e));
  return column === null ? asColumn(e) : e;
}

function part(t: Translator, product: Product, factors: readonly Factor[], output: readonly number[]): Expression {
  const used = new Set([...output, ...factors.flatMap(({ labels }) => labels)]);
  if (output.length === 2 && output[0] === output[1] && factors.length === 0) return identity(product.sizes[output[0]!]!);
  if (used.size === 0 && factors.length === 0) return rational(ONE);
  const draft = { ...draftOf(product), coefficient: UNITY, factors: [...factors], output: [...output], sizes: new Map([...used].map((label) => [label, product.sizes[label]!])) };
  return t.sum(t.ws.sumOfDrafts(output.map((label) => product.sizes[label]!), [draft]));
}

/** Which lists of labels hang together, by the number of their group. */
function components(labels: readonly (readonly number[])[]): number[] {
  const group = labels.map((_, i) => i);
  labels.forEach((list, i) => {
    for (let j = 0; j < i; j++) {
      if (group[i] === group[j] || !list.some((label) => labels[j]!.includes(label))) continue;
      const [from, to] = [group[i]!, group[j]!];
      group.forEach((number, k) => number === from && (group[k] = to));
    }
  });
  return group;
}
