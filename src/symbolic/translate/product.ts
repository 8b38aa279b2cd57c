/**
 * A contraction as a matrix expression. Factors are pieces that hold labels:
 * vectors one, matrices two. Pieces that meet in a label that is summed and
 * that nothing else has are multiplied; those that share all their labels, or
 * meet in one that others need as well, are multiplied entry by entry; what is
 * left when nothing meets any more is the result.
 */
import { cheaper, diagonal, hadamard, identity, isNumber, ones, power, product as productOf, trace, transpose, unit, delta, whole, asColumn, asRow, sameExpression, sigma } from "../expression/build";
import { isLetter, type Expression, type Index, type Letter } from "../expression/types";
import { coefficients, isInteger, ONE, ratio, same, Unprintable } from "../sizes";
import type { Factor, Product } from "../normal/types";
import { uses } from "../normal/draft";
import { hasEntries, translateAtom } from "./atoms";
import { pairings, type Paired } from "./pairs";
import { dot, scaledBy, takeApart } from "./scalars";
import type { Axes, Translator } from "./translator";
import { cheapestWay } from "./ways";

interface Matrix {
  readonly expr: Expression;
  readonly row: number;
  readonly column: number;
}

export function translateProduct(t: Translator, product: Product, axes: Axes): Expression {
  return cheapestWay(pairings(t, product).map((paired) => () => putTogether(t, product, axes, paired())));
}

function putTogether(t: Translator, product: Product, axes: Axes, paired: Paired): Expression {
  const letters = new Map<number, Letter>();
  const numbers: Expression[] = [];
  product.output.forEach((label, i) => {
    const letter = axes[i];
    if (!letter) return;
    const known = letters.get(label);
    if (known) numbers.push(delta(known, letter));
    else letters.set(label, letter);
  });
  const entries = fixedEntries(t, product, letters);
  const bound = bindFamilies(t, product, letters, entries);
  for (let attempt = 0; attempt < 4; attempt++) {
    const pieces = new Pieces(t, product, axes, new Map([...entries, ...letters]), numbers, paired);
    const stuck = pieces.reduce();
    if (stuck === null) return sigma(bound, pieces.result());
    // A label where three matrices meet is summed over by name.
    const letter = t.letter(product.sizes[stuck]!);
    letters.set(stuck, letter);
    bound.push(letter);
  }
  throw new Unprintable("a contraction of many matrices");
}

/** Labels at which a unit vector picks one entry, where that leaves a number, or one member of a family. */
function fixedEntries(t: Translator, { factors, output }: Product, letters: ReadonlyMap<number, Letter>): Map<number, Index> {
  const picks = new Map<number, Index>();
  for (const { atom, labels } of factors) {
    const [label] = labels;
    if (atom.kind === "unit" && !output.includes(label!) && uses(factors, label!) === 2) picks.set(label!, atom.position);
  }
  const found = new Map<number, Index>();
  for (const { atom, labels } of picks.size > 0 ? factors : []) {
    if (!hasEntries(atom)) continue;
    const family = t.familyAxes(atom);
    const number = labels.every((label) => picks.has(label) || letters.has(label));
    labels.forEach((label, axis) => picks.has(label) && (number || family.has(axis)) && found.set(label, picks.get(label)!));
  }
  return found;
}

/** Labels that run over the members of a family are letters: those that are summed get new ones. */
function bindFamilies(t: Translator, product: Product, letters: Map<number, Letter>, entries: ReadonlyMap<number, Index>): Letter[] {
  const bound: Letter[] = [];
  for (const { atom, labels } of product.factors) {
    for (const axis of t.familyAxes(atom)) {
      const label = labels[axis]!;
      if (letters.has(label) || entries.has(label)) continue;
      if (product.output.includes(label)) throw new Unprintable("all members of a family at once");
      const letter = t.letter(product.sizes[label]!);
      letters.set(label, letter);
      bound.push(letter);
    }
  }
  return bound;
}

class Pieces {
  private readonly vectors = new Map<number, Expression[]>();
  private matrices: Matrix[] = [];
  private readonly numbers: Expression[];
  private readonly output: readonly number[];

  constructor(
    private readonly t: Translator,
    private readonly product: Product,
    axes: Axes,
    private readonly letters: ReadonlyMap<number, Index>,
    numbers: readonly Expression[],
    { pieces, rest }: Paired,
  ) {
    this.numbers = [...numbers];
    this.output = product.output.filter((_, i) => !axes[i]);
    for (const { expr, labels } of pieces) this.addPiece(expr, labels);
    for (const factor of rest) this.addFactor(factor);
    // An axis of the result that is also a letter: the unit vector there.
    for (const label of this.output) {
      const letter = letters.get(label);
      if (letter) this.addVector(label, unit(letter, product.sizes[label]!));
    }
  }

  private addFactor({ atom, exponent, labels }: Factor): void {
    const [label] = labels;
    const fixed = label === undefined ? undefined : this.letters.get(label);
    if (atom.kind === "unit" && fixed && !isLetter(fixed)) return;
    const around = labels.map((label) => this.letters.get(label) ?? null);
    const open = labels.filter((_, axis) => !around[axis]);
    const e = translateAtom(this.t, atom, around);
    // What is summed over all its axes stays apart from itself, for xᵀx.
    const apart = isInteger(exponent) && exponent.n > 1 && open.length > 0 && open.every((label) => this.isInner(label));
    this.addPiece(raise(e, apart ? ratio(exponent.n - 1) : exponent), open);
    if (apart) this.addPiece(e, open);
  }

  private addPiece(given: Expression, open: readonly number[]): void {
    if (open.length > 2) throw new Unprintable("a tensor");
    const { scalars, core: e } = takeApart(given);
    this.numbers.push(...scalars);
    if (open.length === 0) this.numbers.push(e);
    else if (open.length === 1) this.addVector(open[0]!, asColumn(e));
    else this.matrices.push({ expr: e, row: open[0]!, column: open[1]! });
  }

  private addVector(label: number, column: Expression): void {
    this.vectors.set(label, [...(this.vectors.get(label) ?? []), column]);
  }

  private isInner(label: number): boolean {
    return !this.output.includes(label);
  }

  private vectorsAt(label: number): readonly Expression[] {
    return this.vectors.get(label) ?? [];
  }

  private ends(label: number): number {
    return this.matrices.reduce((n, { row, column }) => n + Number(row === label) + Number(column === label), 0);
  }

  private count(label: number): number {
    return this.vectorsAt(label).length + this.ends(label);
  }

  private inner(): number[] {
    const labels = new Set([...this.vectors.keys(), ...this.matrices.flatMap(({ row, column }) => [row, column])]);
    return [...labels].filter((label) => this.isInner(label) && this.count(label) > 0).sort((a, b) => a - b);
  }

  /** Until nothing can be put together; then the label that is left over, if any. */
  reduce(): number | null {
    while (this.closeLoop() || this.joinParallel() || this.joinPair() || this.sumOut() || this.joinVectors() || this.joinThrough()) continue;
    return this.inner()[0] ?? null;
  }

  private closeLoop(): boolean {
    const at = this.matrices.findIndex(({ row, column }) => row === column);
    const loop = this.matrices[at];
    if (!loop) return false;
    const closed = this.isInner(loop.row) && this.count(loop.row) === 2;
    this.matrices.splice(at, 1);
    if (closed) this.numbers.push(trace(loop.expr));
    else this.addVector(loop.row, whole("diagonalOf", cheaper(loop.expr, transpose(loop.expr))));
    return true;
  }

  /** Two matrices over the same labels. */
  private joinParallel(): boolean {
    for (let i = 0; i < this.matrices.length; i++) {
      for (let j = i + 1; j < this.matrices.length; j++) {
        const first = this.matrices[i]!;
        const second = alignedWith(first, this.matrices[j]!);
        if (!second) continue;
        const { row, column } = first;
        const [rowClosed, columnClosed] = [row, column].map((label) => this.isInner(label) && this.count(label) === 2);
        this.matrices = this.matrices.filter((_, k) => k !== i && k !== j);
        if (rowClosed && columnClosed) this.numbers.push(squareOrTrace(first.expr, second.expr));
        else if (rowClosed || columnClosed) this.addRowProducts(first, second, columnClosed === true);
        else this.matrices.push({ expr: hadamard([first.expr, second.expr]), row, column });
        return true;
      }
    }
    return false;
  }

  /** (A ⊙ B) 1, or diag(A Bᵀ) where neither is made entry by entry. */
  private addRowProducts(first: Matrix, second: Matrix, alongRows: boolean): void {
    const [kept, turn] = alongRows ? [first.row, asIs] : [first.column, transpose];
    const sum = productOf(turn(hadamard([first.expr, second.expr])), ones(alongRows ? first.expr.columns : first.expr.rows));
    const products = productOf(turn(first.expr), transpose(turn(second.expr)));
    const byEntries = [first.expr, second.expr].some(({ kind }) => kind === "apply" || kind === "hadamard");
    this.addVector(kept, byEntries ? sum : cheaper(sum, whole("diagonalOf", cheaper(products, transpose(products)))));
  }

  /** Two pieces that alone meet in a label that is summed. */
  private joinPair(): boolean {
    const label = this.inner().find((candidate) => this.count(candidate) === 2 && !this.matrices.some(({ row, column }) => row === candidate && column === candidate));
    if (label === undefined) return false;
    const vectors = this.vectorsAt(label);
    this.vectors.delete(label);
    const holders = this.matrices.filter(({ row, column }) => row === label || column === label);
    this.matrices = this.matrices.filter((matrix) => !holders.includes(matrix));
    if (vectors.length === 2) this.numbers.push(dot(vectors[0]!, vectors[1]!));
    else if (vectors.length === 1) this.addVector(otherEnd(holders[0]!, label), productOf(endingIn(holders[0]!, label), vectors[0]!));
    else this.matrices.push({ expr: productOf(endingIn(holders[0]!, label), transpose(endingIn(holders[1]!, label))), row: otherEnd(holders[0]!, label), column: otherEnd(holders[1]!, label) });
    return true;
  }

  /** A label that only one piece has is summed over by ones. */
  private sumOut(): boolean {
    const label = this.inner().find((candidate) => this.count(candidate) === 1);
    if (label === undefined) return false;
    this.addVector(label, ones(this.product.sizes[label]!));
    return true;
  }

  /** Vectors that meet with others in a label that is summed. */
  private joinVectors(): boolean {
    const label = this.inner().find((candidate) => this.vectorsAt(candidate).length > 1);
    if (label === undefined) return false;
    const vectors = this.vectorsAt(label);
    const alone = this.ends(label) === 0;
    const joined = alone ? vectors.slice(1) : vectors;
    this.vectors.set(label, [...(alone ? [vectors[0]!] : []), hadamard(joined)]);
    return true;
  }

  /** A diag(v) B. */
  private joinThrough(): boolean {
    const label = this.inner().find((candidate) => this.vectorsAt(candidate).length === 1 && this.ends(candidate) === 2);
    if (label === undefined) return false;
    const [vector] = this.vectorsAt(label) as [Expression];
    this.vectors.delete(label);
    const [first, second] = this.matrices.filter(({ row, column }) => row === label || column === label) as [Matrix, Matrix];
    this.matrices = this.matrices.filter((matrix) => matrix !== first && matrix !== second);
    this.matrices.push({ expr: productOf(endingIn(first, label), diagonalOver(vector), transpose(endingIn(second, label))), row: otherEnd(first, label), column: otherEnd(second, label) });
    return true;
  }

  result(): Expression {
    const { coefficient, sizes } = this.product;
    const number = coefficients.isOne(coefficient) ? null : this.t.number(coefficient);
    const [row, column] = this.output;
    if (row === undefined) return scaledBy(number, this.numbers, null);
    const vectorAt = (label: number): Expression | null => {
      const vectors = this.vectorsAt(label);
      return vectors.length > 0 ? hadamard(vectors) : null;
    };
    const u = vectorAt(row);
    if (column === undefined) return scaledBy(number, this.numbers, [u ?? ones(sizes[row]!)]);
    if (row === column) return scaledBy(number, this.numbers, [u ? embedded(u) : identity(sizes[row]!)]);
    const v = vectorAt(column);
    const [matrix] = this.matrices;
    if (!matrix) return scaledBy(number, this.numbers, [u ?? ones(sizes[row]!), asRow(v ?? ones(sizes[column]!))]);
    const m = matrix.row === row ? matrix.expr : transpose(matrix.expr);
    if (!u && !v) return scaledBy(number, this.numbers, [m]);
    const byDiagonals = productOf(...(u ? [diagonalOver(u)] : []), m, ...(v ? [diagonalOver(v)] : []));
    const byEntries = u && v ? hadamard([productOf(u, asRow(v)), m]) : byDiagonals;
    return scaledBy(number, this.numbers, [cheaper(byDiagonals, byEntries)]);
  }
}

/** diag(v); of the diagonal of a matrix, I ⊙ A. */
function embedded(vector: Expression): Expression {
  if (vector.kind === "whole" && vector.fn === "diagonalOf") return cheaper(diagonalOver(vector), hadamard([identity(vector.rows), vector.arg]));
  return diagonalOver(vector);
}

/** diag(v); of a reciprocal the inverse of a diagonal matrix. */
function diagonalOver(vector: Expression): Expression {
  if (vector.kind === "power" && !vector.matrix && same(vector.exponent, ratio(-1))) return whole("inverse", diagonal(vector.base));
  return diagonal(vector);
}

function raise(e: Expression, exponent: Factor["exponent"]): Expression {
  if (same(exponent, ONE)) return e;
  // √(x²) over all entries is a norm.
  const norm = isNumber(e) ? rootOfSquares(e) : null;
  const twice = ratio(exponent.n * 2, exponent.d);
  if (norm && isInteger(twice)) return power(norm, twice);
  return power(e, exponent);
}

/** ‖x‖ where the number is ‖x‖² or xᵀx. */
function rootOfSquares(e: Expression): Expression | null {
  if (e.kind === "power" && e.base.kind === "whole" && e.base.fn === "norm" && same(e.exponent, ratio(2))) return e.base;
  if (e.kind !== "product" || e.factors.length < 2 || e.factors.some((factor) => isNumber(factor))) return null;
  for (let at = 1; at < e.factors.length; at++) {
    const [left, right] = [productOf(...e.factors.slice(0, at)), productOf(...e.factors.slice(at))];
    if (right.columns === left.rows && sameExpression(transpose(left), right)) return whole("norm", cheaper(right, transpose(right)));
  }
  return null;
}

function squareOrTrace(a: Expression, b: Expression): Expression {
  if (sameExpression(a, b)) return power(whole("norm", cheaper(a, transpose(a))), ratio(2));
  return trace(productOf(transpose(a), b));
}

/** A matrix over the same labels as another, in the same order. */
function alignedWith(first: Matrix, second: Matrix): Matrix | null {
  if (first.row === second.row && first.column === second.column) return second;
  if (first.row === second.column && first.column === second.row) return { expr: transpose(second.expr), row: first.row, column: first.column };
  return null;
}

function otherEnd({ row, column }: Matrix, label: number): number {
  return row === label ? column : row;
}

/** The matrix with the label as its columns. */
function endingIn({ expr, column }: Matrix, label: number): Expression {
  return column === label ? expr : transpose(expr);
}


function asIs(expr: Expression): Expression {
  return expr;
}
