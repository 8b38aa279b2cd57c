/**
 * What an expression means, as a term at the sizes of one trial. It knows
 * nothing of how expressions are found, so that evaluating the term tests them
 * against what they came from.
 */
import { add, constant, contract, determinant, directional, full, identity, inverse, logAbsDeterminant, map, matrixExponential, matrixPower, matrixSquareRoot, max, maxMask, nuclearNorm, ones, permute, power, reshape, slice, spectralNorm, stack, variable, type Shape, type Term } from "../../tensor";
import { inTrial, Unprintable, UNIT, type Dim, type Trial } from "../sizes";
import { differentialName, isLetter, type Expression, type ExpressionOf, type Index, type Letter } from "./types";

/** The axes of the term are those of the letters, then the rows and the columns. */
interface Meaning {
  readonly letters: readonly Letter[];
  readonly term: Term;
}

/**
 * The expression as a term: [] for a number, n×1 for a column, 1×n for a row,
 * m×n for a matrix, after one axis for each free letter, in the order given.
 */
export function termOfExpression(e: Expression, trial: Trial, free: readonly Letter[] = []): Term {
  const { letters, term } = new Meanings(trial).of(e);
  const sizes = (dims: readonly Dim[]): number[] => dims.map((dim) => inTrial(dim, trial));
  const labels = letters.map((letter) => free.findIndex((other) => other.id === letter.id));
  if (labels.includes(-1)) throw new Unprintable("a letter that is not bound");
  const n = free.length;
  const whole = contract([[...labels, n, n + 1]], [...free.map((_, i) => i), n, n + 1], [term], sizes([...free.map(({ dim }) => dim), e.rows, e.columns]));
  return e.rows === UNIT && e.columns === UNIT ? reshape(whole, sizes(free.map(({ dim }) => dim))) : whole;
}

class Meanings {
  private readonly known = new Map<Expression, Meaning>();

  constructor(private readonly trial: Trial) {}

  of(e: Expression): Meaning {
    let known = this.known.get(e);
    if (!known) this.known.set(e, (known = this.compute(e)));
    return known;
  }

  private compute(e: Expression): Meaning {
    const shape = this.shape(e);
    switch (e.kind) {
      case "symbol":
        return this.symbol(e);
      case "number":
        return plain(full(shape, e.value[this.trial].n, e.value[this.trial].d));
      case "ones":
        return plain(ones(shape));
      case "identity":
        return plain(identity(shape[0]!));
      case "commutation": {
        const [p, q] = e.shape.map((dim) => this.size(dim)) as [number, number];
        return plain(reshape(permute(reshape(identity(p * q), [q, p, p * q]), [1, 0, 2]), shape));
      }
      case "unit":
        return this.unit(e.index, e.rows);
      case "delta":
        return this.delta(e);
      case "sum":
        return this.sum(e.terms);
      case "product":
        return this.product(e.factors);
      case "quotient":
        return this.scaled(this.mapped(this.of(e.denominator), (t) => map("reciprocal", t)), this.of(e.numerator));
      case "hadamard":
        return e.factors.map((factor) => this.of(factor)).reduce((a, b) => combine([a, b], ["rc", "rc"], "rc"));
      case "division":
        return combine([this.of(e.numerator), this.mapped(this.of(e.denominator), (t) => map("reciprocal", t))], ["rc", "rc"], "rc");
      case "power":
        if (e.matrix) return plain(matrixPower(this.closed(e.base), e.exponent.n));
        return this.mapped(this.of(e.base), (t) => power(t, full(t.shape, e.exponent.n, e.exponent.d)));
      case "sizePower": {
        const { n, d } = e.exponent[this.trial];
        return e.matrix ? plain(matrixPower(this.closed(e.base), n)) : this.mapped(this.of(e.base), (t) => power(t, full(t.shape, n, d)));
      }
      case "letterPower":
        return this.letterPower(e);
      case "raised":
        return this.raised(e);
      case "transpose":
        return combine([this.of(e.arg)], ["rc"], "cr");
      case "kronecker":
        return this.kronecker(e);
      case "whole":
        return this.whole(e);
      case "apply":
        return this.mapped(this.of(e.arg), (t) => map(e.fn, t));
      case "entry":
        return this.entry(e);
      case "differential":
        return this.differential(e);
      case "sigma":
        return this.sigma(e);
      case "matrix": {
        const cells = e.cells.flat().map((cell) => this.closed(cell));
        return plain(reshape(stack(cells), shape));
      }
    }
  }

  private size(dim: Dim): number {
    return inTrial(dim, this.trial);
  }

  private shape(e: Pick<Expression, "rows" | "columns">): Shape {
    return [this.size(e.rows), this.size(e.columns)];
  }

  /** The term of an expression without letters. */
  private closed(e: Expression): Term {
    const { letters, term } = this.of(e);
    if (letters.length > 0) throw new Unprintable("a matrix function for each index");
    return term;
  }

  private symbol(e: ExpressionOf<"symbol">): Meaning {
    const shape = e.shape.map((dim) => this.size(dim));
    let term = e.terms ? e.terms[this.trial] : variable(e.name, shape);
    let axis = 0;
    for (const index of e.indices) {
      if (isLetter(index)) axis++;
      else term = slice(term, axis, index[this.trial]);
    }
    const letters = e.indices.filter(isLetter);
    return { letters, term: reshape(term, [...term.shape.slice(0, letters.length), ...this.shape(e)]) };
  }

  private unit(index: Index, rows: Dim): Meaning {
    const n = this.size(rows);
    if (isLetter(index)) return { letters: [index], term: reshape(identity(n), [n, n, 1]) };
    return plain(constant([n, 1], Array.from({ length: n }, (_, i) => (i === index[this.trial] ? 1 : 0))));
  }

  private delta({ first, second }: ExpressionOf<"delta">): Meaning {
    const n = this.size(first.dim);
    if (!isLetter(second)) return { letters: [first], term: constant([n, 1, 1], Array.from({ length: n }, (_, i) => (i === second[this.trial] ? 1 : 0))) };
    return { letters: [first, second], term: reshape(identity(n), [n, n, 1, 1]) };
  }

  private sum(terms: readonly Expression[]): Meaning {
    const parts = terms.map((term) => this.of(term));
    const letters = union(parts);
    return { letters, term: add(...parts.map((part) => this.spread(part, letters))) };
  }

  /** A meaning with more letters, in whose values it does not change. */
  private spread({ letters, term }: Meaning, all: readonly Letter[]): Term {
    const place = letters.map((letter) => all.findIndex((other) => other.id === letter.id));
    const n = all.length;
    const shape = [...all.map(({ dim }) => this.size(dim)), ...term.shape.slice(letters.length)];
    return contract([[...place, n, n + 1]], [...all.map((_, i) => i), n, n + 1], [term], shape);
  }

  /** From the left; a number among the factors scales. */
  private product(factors: readonly Expression[]): Meaning {
    const [first, ...rest] = factors as [Expression, ...Expression[]];
    let result = this.of(first);
    let isNumber = first.rows === UNIT && first.columns === UNIT;
    for (const factor of rest) {
      const next = this.of(factor);
      if (isNumber) result = this.scaled(result, next);
      else if (factor.rows === UNIT && factor.columns === UNIT) result = this.scaled(next, result);
      else result = combine([result, next], ["rk", "kc"], "rc");
      isNumber = result.term.shape.slice(result.letters.length).every((n) => n === 1);
    }
    return result;
  }

  private scaled(number: Meaning, other: Meaning): Meaning {
    return combine([number, other], ["uv", "rc"], "rc");
  }

  private mapped({ letters, term }: Meaning, f: (term: Term) => Term): Meaning {
    return { letters, term: f(term) };
  }

  private letterPower({ base, letter, from }: ExpressionOf<"letterPower">): Meaning {
    const matrix = this.closed(base);
    return { letters: [letter], term: stack(Array.from({ length: this.size(letter.dim) }, (_, r) => matrixPower(matrix, from ? from.value[this.trial].n - r : r))) };
  }

  private differential({ of, by }: ExpressionOf<"differential">): Meaning {
    const at = (name: string): Term => variable(name, by.shape.map((dim) => this.size(dim)));
    return this.mapped(this.of(of), (t) => directional(t, new Map([[at(by.name), at(differentialName(by.name))]])));
  }

  private raised({ base, exponent }: ExpressionOf<"raised">): Meaning {
    const parts = [this.of(base), this.of(exponent)] as const;
    const letters = union(parts);
    const [b, e] = parts.map((part) => this.spread(part, letters)) as [Term, Term];
    const axes = letters.map((_, i) => i);
    const same = exponent.rows === base.rows && exponent.columns === base.columns;
    const spreadExponent = same ? e : contract([[...axes, 100, 101]], [...axes, 102, 103], [e], b.shape);
    return { letters, term: power(b, spreadExponent) };
  }

  private kronecker({ left, right, ...shaped }: ExpressionOf<"kronecker">): Meaning {
    const pair = combine([this.of(left), this.of(right)], ["ac", "bd"], "abcd");
    return { letters: pair.letters, term: reshape(pair.term, [...pair.letters.map(({ dim }) => this.size(dim)), ...this.shape(shaped)]) };
  }

  private whole(e: ExpressionOf<"whole">): Meaning {
    const { fn, arg } = e;
    const isVector = arg.rows === UNIT || arg.columns === UNIT;
    const number = (term: Term): Meaning => plain(reshape(term, [1, 1]));
    switch (fn) {
      case "inverse":
        return plain(inverse(this.closed(arg)));
      case "matrixExponential":
        return plain(matrixExponential(this.closed(arg)));
      case "matrixSquareRoot":
        return plain(matrixSquareRoot(this.closed(arg)));
      case "determinant":
        return number(determinant(this.closed(arg)));
      case "logAbsDeterminant":
        return number(logAbsDeterminant(this.closed(arg)));
      case "nuclearNorm":
        return number(nuclearNorm(this.closed(arg)));
      case "spectralNorm":
        return number(spectralNorm(this.closed(arg)));
      case "trace":
        return combine([this.of(arg)], ["dd"], "uv");
      case "norm":
        return this.mapped(combine([this.of(arg), this.of(arg)], ["rc", "rc"], "uv"), (t) => map("sqrt", t));
      case "diagonal":
        return combine([this.of(arg)], [arg.rows === UNIT ? "ud" : "du"], "dd");
      case "diagonalOf":
        return combine([this.of(arg)], ["dd"], "du");
      case "vec": {
        const term = this.closed(arg);
        return plain(reshape(permute(term, [1, 0]), this.shape(e)));
      }
      case "mat": {
        const [rows, columns] = this.shape(e) as [number, number];
        return plain(permute(reshape(this.closed(arg), [columns, rows]), [1, 0]));
      }
      case "softmax": {
        const exp = this.mapped(this.of(arg), (t) => map("exp", t));
        const total = combine([exp], ["rc"], isVector ? "uv" : "rv");
        const inverted = this.mapped(total, (t) => map("reciprocal", t));
        return combine([exp, inverted], ["rc", isVector ? "uv" : "rv"], "rc");
      }
      case "logsumexp":
        return this.mapped(combine([this.mapped(this.of(arg), (t) => map("exp", t))], ["rc"], isVector ? "uv" : "rv"), (t) => map("log", t));
      case "maximum": {
        const term = this.closed(arg);
        return isVector ? number(max(term)) : plain(reshape(max(term, 1), this.shape(e)));
      }
      case "maxMask": {
        const term = this.closed(arg);
        return plain(maxMask(term, arg.columns === UNIT ? 0 : 1));
      }
    }
  }

  private entry({ base, row, column }: ExpressionOf<"entry">): Meaning {
    let current = this.of(base);
    if (row) current = this.picked(current, 0, row);
    if (column) current = this.picked(current, 1, column);
    return current;
  }

  /** Keeps the picked axis, of size one. */
  private picked({ letters, term }: Meaning, axis: 0 | 1, index: Index): Meaning {
    const at = letters.length + axis;
    if (!isLetter(index)) {
      const picked = slice(term, at, index[this.trial]);
      return { letters, term: reshape(picked, term.shape.map((n, i) => (i === at ? 1 : n))) };
    }
    const all = letters.some(({ id }) => id === index.id) ? letters : [...letters, index];
    const place = all.findIndex(({ id }) => id === index.id);
    const n = all.length;
    const labels = [...letters.map((_, i) => i), axis === 0 ? place : n, axis === 1 ? place : n + 1];
    const rest = [term.shape[letters.length]!, term.shape[letters.length + 1]!];
    rest[axis] = 1;
    return { letters: all, term: contract([labels], [...all.map((_, i) => i), n, n + 1], [term], [...all.map(({ dim }) => this.size(dim)), ...rest]) };
  }

  private sigma({ letters, body }: ExpressionOf<"sigma">): Meaning {
    const inner = this.of(body);
    const all = union([inner, { letters, term: inner.term }]);
    const term = this.spread(inner, all);
    const kept = all.filter(({ id }) => !letters.some((letter) => letter.id === id));
    const labels = [...all.map(({ id }) => id), -1, -2];
    return { letters: kept, term: contract([labels], [...kept.map(({ id }) => id), -1, -2], [term]) };
  }
}

function plain(term: Term): Meaning {
  return { letters: [], term };
}

function union(parts: readonly Meaning[]): Letter[] {
  const all: Letter[] = [];
  for (const { letters } of parts) for (const letter of letters) if (!all.some(({ id }) => id === letter.id)) all.push(letter);
  return all;
}

/** Einstein summation over the rows and columns; letters are aligned; an axis that no part has is of size one. */
function combine(parts: readonly Meaning[], specs: readonly string[], output: string): Meaning {
  const letters = union(parts);
  const label = (character: string): number => -character.charCodeAt(0);
  const labels = parts.map((part, i) => [...part.letters.map(({ id }) => id), ...[...specs[i]!].map(label)]);
  const sizes = new Map<number, number>();
  parts.forEach((part, i) => labels[i]!.forEach((name, axis) => sizes.set(name, part.term.shape[axis]!)));
  const out = [...letters.map(({ id }) => id), ...[...output].map(label)];
  // A number in "uv" keeps its two axes of size one apart from those of others.
  return { letters, term: contract(labels, out, parts.map(({ term }) => term), out.map((name) => sizes.get(name) ?? 1)) };
}

