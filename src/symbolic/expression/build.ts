/**
 * Constructors of expressions. Each keeps the shapes right, says what the
 * result costs to read, and picks the cheaper of two ways to write the same,
 * such as (A + B)ᵀ and Aᵀ + Bᵀ.
 */
import { coefficients, negated, ONE, plus, ratio, same, UNIT, UNITY, type Coefficient, type Dim, type Ratio, type WrittenNumber } from "../sizes";
import { wrappedInHadamard, wrappedInPower, wrappedInProduct, wrappedUnderD } from "./precedence";
import { cheaper, isNumber, numberOf, rational, zero, isRow, isColumn, identity, commutation } from "./leaves";
import { differentialName, isDifferentialName, type Expression, type ExpressionOf, type Index, type Letter, type Moving, type WholeFunction } from "./types";

export * from "./leaves";

const PARENTHESES = 0.4;
const OPERATOR = 0.3;
const EXPONENT = 0.5;

// Products and sums

/** Of matrices in order; numbers among the factors go to the front, as long as they are no products of vectors. */
export function product(...given: readonly Expression[]): Expression {
  const parts = given.flatMap((e) => (e.kind === "product" && !(isNumber(e) && given.length > 1) ? e.factors : [e]));
  const flat = parts.length > 1 ? parts.flatMap(withSignInFront) : parts;
  const numbers = flat.filter((e): e is ExpressionOf<"number"> => e.kind === "number");
  let value = UNITY;
  for (const number of numbers) value = coefficients.times(value, number.value);
  if (given.some(isZero)) return zeroProduct(given);
  const others = flat.filter((e) => e.kind !== "number");
  const matrices = others.filter((e) => !isNumber(e));
  const rest = matrices.length > 1 ? others.filter((e) => e.kind !== "identity") : others;
  const kept = rest.some((e) => !isNumber(e)) ? rest : others.filter((e) => isNumber(e) || e === matrices[0]);
  const merged = mergedNumber(numbers, value);
  const factors = merged ? [merged, ...withMatrixPowers(kept)] : withMatrixPowers(kept);
  if (factors.length === 0) return rational(ONE);
  if (factors.length === 1) return factors[0]!;
  return makeProduct(factors);
}

/** −a − b as −1 times a + b. */
function withSignInFront(e: Expression): readonly Expression[] {
  const minusOne = rational(ratio(-1));
  return e.kind === "sum" && e.terms.every(isNegative) ? [minusOne, sum(e.terms.map((term) => product(minusOne, term)))] : [e];
}

/** AA as A², X⁻ᵀX⁻ᵀ as (X⁻²)ᵀ. */
function withMatrixPowers(factors: readonly Expression[]): Expression[] {
  const result: Expression[] = [];
  for (const e of factors) {
    const last = result[result.length - 1];
    const [a, b] = [last && asPower(last), asPower(e)];
    if (a && b && a.transposed === b.transposed && Math.sign(a.exponent) === Math.sign(b.exponent) && sameExpression(a.base, b.base)) {
      const whole = matrixPower(a.base, a.exponent + b.exponent);
      result[result.length - 1] = a.transposed ? makeTranspose(whole) : whole;
    } else result.push(e);
  }
  return result;
}

interface MatrixPower {
  readonly base: Expression;
  readonly exponent: number;
  readonly transposed: boolean;
}

function asPower(e: Expression): MatrixPower | null {
  if (e.rows !== e.columns || e.rows === UNIT || e.kind === "number") return null;
  if (e.kind === "transpose") {
    const inner = asPower(e.arg);
    return inner && !inner.transposed ? { ...inner, transposed: true } : null;
  }
  if (e.kind === "whole" && e.fn === "inverse") return { base: e.arg, exponent: -1, transposed: false };
  if (e.kind === "power" && e.matrix) return { base: e.base, exponent: e.exponent.n, transposed: false };
  return e.kind === "symbol" || e.kind === "sum" ? { base: e, exponent: 1, transposed: false } : null;
}

export function isZero(e: Expression): boolean {
  return e.kind === "number" && coefficients.isZero(e.value);
}

function zeroProduct(factors: readonly Expression[]): Expression {
  const shaped = factors.filter((e) => !isNumber(e));
  return zero(shaped[0]?.rows ?? UNIT, shaped[shaped.length - 1]?.columns ?? UNIT);
}

function mergedNumber(numbers: readonly ExpressionOf<"number">[], value: Coefficient): Expression | null {
  if (coefficients.isOne(value)) return null;
  if (numbers.length === 1) return numbers[0]!;
  let r = ONE;
  const powers = numbers.flatMap(({ written }) => written.powers);
  for (const { written } of numbers) r = coefficients.times([r, r], [written.ratio, written.ratio])[0];
  return numberOf(value, { ratio: r, powers });
}

function makeProduct(factors: readonly Expression[]): Expression {
  const shaped = factors.filter((e) => !isNumber(e));
  const rows = shaped[0]?.rows ?? UNIT;
  const columns = shaped[shaped.length - 1]?.columns ?? UNIT;
  let cost = 0;
  factors.forEach((e, i) => {
    cost += (i === 0 && isMinusOne(e) ? OPERATOR : e.cost) + (wrappedInProduct(factors, i) ? PARENTHESES : 0);
  });
  return { kind: "product", factors, rows, columns, cost };
}

export function sum(given: readonly Expression[]): Expression {
  const kept = given.filter((e) => !isZero(e));
  const terms = kept.length > 0 ? kept : given.slice(0, 1);
  if (terms.length === 1) return terms[0]!;
  const plain = makeSum(terms);
  if (isNumber(plain)) return plain;
  const turned = makeSum(terms.map(transpose));
  return turned.cost + EXPONENT + PARENTHESES < plain.cost - 1e-9 ? makeTranspose(turned) : plain;
}

/** A negative first term changes places with the first positive one. */
function makeSum(given: readonly Expression[]): Expression {
  const terms = [...given];
  if (isNegative(terms[0]!)) {
    const positive = terms.findIndex((e) => !isNegative(e));
    if (positive > 0) terms.unshift(...terms.splice(positive, 1));
  }
  for (let i = 1; i < terms.length; i++) {
    const [a, b] = [terms[i - 1]!, terms[i]!];
    if (b.cost < a.cost && !isNumber(a) && sameExpression(transpose(a), b)) [terms[i - 1], terms[i]] = [b, a];
  }
  const [first] = terms as [Expression];
  return { kind: "sum", terms, rows: first.rows, columns: first.columns, cost: terms.reduce((total, e, i) => total + e.cost + (i === 0 || isMinus(e) ? 0 : OPERATOR), 0) };
}

/** A minus sign that has been counted. */
function isMinus(e: Expression): boolean {
  return e.kind === "product" && isMinusOne(e.factors[0]!);
}

export function isMinusOne(e: Expression): boolean {
  return e.kind === "number" && e.written.powers.length === 0 && same(e.written.ratio, ratio(-1));
}

export function isNegative(e: Expression): boolean {
  if (e.kind === "number") return coefficients.isNegative(e.value);
  if (e.kind === "product") return isNegative(e.factors[0]!);
  return e.kind === "quotient" && isNegative(e.numerator);
}

export function quotient(numerator: Expression, denominator: Expression): Expression {
  return { kind: "quotient", numerator, denominator, rows: numerator.rows, columns: numerator.columns, cost: numerator.cost + denominator.cost + 0.4 };
}

export function hadamard(factors: readonly Expression[]): Expression {
  const none = factors.find(isZero);
  if (none) return none;
  const all = factors.flatMap((e) => (e.kind === "hadamard" ? e.factors : [e])).filter((e, i) => e.kind !== "ones" || factors.length === 1 || (i === 0 && factors.every(({ kind }) => kind === "ones")));
  const flat = withPowers(all);
  if (flat.length === 1) return flat[0]!;
  const plain = makeHadamard(flat);
  const turned = makeHadamard(flat.map(transpose));
  return turned.cost + EXPONENT + PARENTHESES < plain.cost - 1e-9 ? makeTranspose(turned) : plain;
}

/** x ⊙ x as a power. */
function withPowers(factors: readonly Expression[]): Expression[] {
  const found = new Map<string, { base: Expression; exponent: Ratio }>();
  for (const e of factors) {
    const [base, exponent] = e.kind === "power" && !e.matrix ? [e.base, e.exponent] : [e, ONE];
    const key = factors.length > 1 ? fingerprint(base) : "";
    const known = found.get(key);
    found.set(key, { base, exponent: known ? plus(known.exponent, exponent) : exponent });
  }
  const kept = [...found.values()].filter(({ exponent }) => exponent.n !== 0);
  return (kept.length > 0 ? kept : [...found.values()].slice(0, 1)).map(({ base, exponent }) => power(base, exponent));
}

function makeHadamard(factors: readonly Expression[]): Expression {
  const over = factors.filter((e) => !isReciprocal(e));
  const under = factors.filter(isReciprocal).map(reciprocalOf);
  const above = over.length === 1 ? over[0]! : over.length > 1 ? joined(over) : null;
  if (under.length === 0) return above!;
  const below = under.length === 1 ? under[0]! : joined(under);
  if (!above) return power(below, ratio(-1));
  const wrap = (e: Expression): number => (wrappedInHadamard(e) || e.kind === "hadamard" ? PARENTHESES : 0);
  return { kind: "division", numerator: above, denominator: below, rows: above.rows, columns: above.columns, cost: above.cost + below.cost + OPERATOR + wrap(above) + wrap(below) };
}

/** dX, which is written last. */
export function isIncrement(e: Expression): boolean {
  if (e.kind === "transpose") return isIncrement(e.arg);
  return e.kind === "differential" || (e.kind === "symbol" && isDifferentialName(e.name));
}

/** Whether dX stands somewhere in an expression. */
export function hasIncrement(e: Expression): boolean {
  const written = fingerprint(e);
  return written.includes(`"name":"${differentialName("")}`) || written.includes('"kind":"differential"');
}

/** Symbols first, by the alphabet. */
function joined(given: readonly Expression[]): Expression {
  const isPlain = (e: Expression): boolean => e.kind === "symbol" || e.kind === "identity" || (e.kind === "transpose" && isPlain(e.arg));
  const plain = given.filter(isPlain).sort((a, b) => (alphabetical(a) < alphabetical(b) ? -1 : alphabetical(a) > alphabetical(b) ? 1 : 0));
  const others = given.filter((e) => !isPlain(e));
  const factors = [...plain.filter((e) => !isIncrement(e)), ...others.filter((e) => !isIncrement(e)), ...given.filter(isIncrement)];
  const [first] = factors as [Expression];
  const cost = factors.reduce((total, e) => total + e.cost + (wrappedInHadamard(e) ? PARENTHESES : 0), 0);
  return { kind: "hadamard", factors, rows: first.rows, columns: first.columns, cost: cost + OPERATOR * (factors.length - 1) };
}

/** What symbols are ordered by where nothing else decides: the first letter that is read. */
export function alphabetical(e: Expression): string {
  // What comes from above is written first.
  if (e.kind === "symbol" && e.latex.startsWith("\\frac")) return "";
  if (e.kind === "symbol") return e.latex.replace(/\\(mathbf|boldsymbol|bm|hat|tilde|bar|mathrm|mathcal)|[^a-zA-Z0-9]/g, "").toLowerCase();
  if (e.kind === "transpose") return alphabetical(e.arg);
  if (e.kind === "identity") return "";
  return e.kind === "product" ? alphabetical(e.factors.find((factor) => factor.kind !== "number") ?? e.factors[0]!) : "~";
}

function isReciprocal(e: Expression): boolean {
  return e.kind === "power" && !e.matrix && e.exponent.n < 0;
}

function reciprocalOf(e: Expression): Expression {
  return e.kind === "power" ? power(e.base, negated(e.exponent)) : e;
}

export function power(base: Expression, exponent: Ratio): Expression {
  if (same(exponent, ONE)) return base;
  // Entry by entry it says no less than x ⊙ x.
  const sign = (isNumber(base) || isRoot(exponent) ? EXPONENT : 1.4) + (Math.abs(exponent.n) > 2 ? 0.2 : 0);
  return makePower(base, exponent, base.cost + sign + (isRoot(exponent) ? 0 : wrappedInPower(base) ? PARENTHESES : 0));
}

function isRoot(exponent: Ratio): boolean {
  return exponent.n === 1 && exponent.d === 2;
}

function makePower(base: Expression, exponent: Ratio, cost: number): Expression {
  return { kind: "power", base, exponent, matrix: false, rows: base.rows, columns: base.columns, cost };
}

/** Aᵏ of a square matrix. */
export function matrixPower(base: Expression, k: number): Expression {
  return { kind: "power", base, exponent: ratio(k), matrix: true, rows: base.rows, columns: base.columns, cost: base.cost + EXPONENT + (wrappedInPower(base) ? PARENTHESES : 0) };
}

export function sizePower(base: Expression, exponent: Coefficient, written: WrittenNumber, matrix: boolean): Expression {
  return { kind: "sizePower", base, exponent, written, matrix, rows: base.rows, columns: base.columns, cost: base.cost + 2 * EXPONENT + (wrappedInPower(base) ? PARENTHESES : 0) };
}

export function letterPower(base: Expression, letter: Letter, from: ExpressionOf<"letterPower">["from"]): Expression {
  return { kind: "letterPower", base, letter, from, rows: base.rows, columns: base.columns, cost: base.cost + (from ? 3 : 1) * EXPONENT + (wrappedInPower(base) ? PARENTHESES : 0) };
}

export function raised(base: Expression, exponent: Expression): Expression {
  return { kind: "raised", base, exponent, rows: base.rows, columns: base.columns, cost: base.cost + exponent.cost + (wrappedInPower(base) ? PARENTHESES : 0) };
}

// Functions

export function apply(fn: string, arg: Expression): Expression {
  return { kind: "apply", fn, arg, rows: arg.rows, columns: arg.columns, cost: arg.cost + 1 };
}

const results: Readonly<Partial<Record<WholeFunction, "number" | "column">>> = { trace: "number", determinant: "number", logAbsDeterminant: "number", nuclearNorm: "number", spectralNorm: "number", norm: "number", diagonalOf: "column" };
const costs: Readonly<Partial<Record<WholeFunction, number>>> = { inverse: EXPONENT, diagonal: 1.5, diagonalOf: 1.5, norm: 0.6, trace: 0.9 };

export function whole(fn: WholeFunction, arg: Expression, shape?: readonly [Dim, Dim]): Expression {
  const perRow = fn === "logsumexp" || fn === "maximum";
  const rows = results[fn] === "number" || (perRow && isRow(arg)) || (perRow && isColumn(arg)) ? UNIT : fn === "diagonal" ? (arg.rows === UNIT ? arg.columns : arg.rows) : arg.rows;
  const columns = fn === "diagonal" ? rows : results[fn] || perRow ? UNIT : arg.columns;
  const wrap = fn === "inverse" && wrappedInPower(arg) ? PARENTHESES : 0;
  return { kind: "whole", fn, arg, rows: shape?.[0] ?? rows, columns: shape?.[1] ?? columns, cost: arg.cost + (costs[fn] ?? 1) + wrap };
}

export function diagonal(vector: Expression): Expression {
  if (vector.kind === "ones") return identity(vector.rows);
  return whole("diagonal", cheaper(vector, transpose(vector)));
}

export function trace(matrix: Expression): Expression {
  if (matrix.kind === "product" && matrix.factors[0]!.kind === "number") return product(matrix.factors[0]!, trace(product(...matrix.factors.slice(1))));
  const ways = [...rotations(matrix), ...rotations(transpose(matrix))];
  return whole("trace", cheaper(...ways.filter(endsInIncrement), ...ways));
}

function endsInIncrement(e: Expression): boolean {
  const last = e.kind === "product" ? e.factors[e.factors.length - 1]! : e;
  // dA/dt stands where dA would.
  return (last.kind === "symbol" && last.terms !== null && last.latex.startsWith("\\frac")) || (last.kind !== "transpose" && isIncrement(last));
}

/** tr(ABC) = tr(BCA): those that begin and end with the same matrix first, as XᵀAX does, then by the alphabet. */
function rotations(e: Expression): Expression[] {
  if (e.kind !== "product" || e.factors.some(isNumber)) return [e];
  const { factors } = e;
  const all = factors.map((_, i) => [...factors.slice(i), ...factors.slice(0, i)]);
  const rank = (list: readonly Expression[]): string => `${sameExpression(transpose(list[0]!), list[list.length - 1]!) ? 0 : 1}${alphabetical(list[0]!)}`;
  return all.sort((a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0)).map((list) => product(...list));
}

export function kronecker(left: Expression, right: Expression, rows: Dim, columns: Dim): Expression {
  const wrap = (e: Expression): number => (wrappedInHadamard(e) ? PARENTHESES : 0);
  return { kind: "kronecker", left, right, rows, columns, cost: left.cost + right.cost + OPERATOR + wrap(left) + wrap(right) };
}

export function entry(base: Expression, row: Index | null, column: Index | null): Expression {
  const wrap = wrappedInPower(base) ? PARENTHESES : 0;
  return { kind: "entry", base, row, column, rows: row ? UNIT : base.rows, columns: column ? UNIT : base.columns, cost: base.cost + 0.4 + wrap };
}

/** d e, not worked out. */
export function differential(of: Expression, by: Moving): Expression {
  return { kind: "differential", of, by, rows: of.rows, columns: of.columns, cost: of.cost + OPERATOR + (wrappedUnderD(of) ? PARENTHESES : 0) };
}

/** Σ over letters; numbers that do not depend on them are taken out. */
export function sigma(letters: readonly Letter[], body: Expression): Expression {
  if (letters.length === 0) return body;
  if (body.kind === "product") {
    const outside = body.factors.filter((e) => isNumber(e) && !dependsOn(e, letters));
    if (outside.length > 0 && outside.length < body.factors.length) return product(...outside, sigma(letters, product(...body.factors.filter((e) => !outside.includes(e)))));
  }
  return { kind: "sigma", letters, body, rows: body.rows, columns: body.columns, cost: body.cost + 1 + 0.2 * letters.length + (body.kind === "sum" ? PARENTHESES : 0) };
}

/** Whether one of the letters is written in an expression. */
function dependsOn(e: Expression, letters: readonly Letter[]): boolean {
  return letters.some(({ id }) => fingerprint(e).includes(`"id":${id},`));
}

export function matrix(cells: readonly (readonly Expression[])[], rows: Dim, columns: Dim): Expression {
  const cost = cells.flat().reduce((total, e) => total + e.cost + 0.05, 0);
  return { kind: "matrix", cells, rows, columns, cost };
}

// Transposes

export function transpose(e: Expression): Expression {
  if (isNumber(e)) return e;
  if (isZero(e)) return zero(e.columns, e.rows);
  switch (e.kind) {
    case "symbol":
      return e.symmetric ? e : makeTranspose(e);
    case "identity":
      return e;
    case "commutation":
      return commutation(e.shape[1], e.shape[0], e.rows);
    case "transpose":
      return e.arg;
    case "product": {
      // Numbers in front stay there; those between vectors keep their place in the reversed order.
      const lead = e.factors.findIndex((factor) => !isNumber(factor));
      const rest = e.factors.slice(lead).map(transpose).reverse();
      return product(...e.factors.slice(0, lead), ...rest);
    }
    case "quotient":
      return quotient(transpose(e.numerator), e.denominator);
    case "sum":
      return cheaperOf(e, e.terms.map(transpose), makeSum, PARENTHESES);
    case "hadamard":
      return cheaperOf(e, e.factors.map(transpose), joined, PARENTHESES);
    case "division":
      return cheaperOf(e, [transpose(e.numerator), power(transpose(e.denominator), ratio(-1))], makeHadamard);
    case "power":
      if (e.matrix) return cheaper(makeTranspose(e), matrixPower(transpose(e.base), e.exponent.n));
      return cheaper(makeTranspose(e), power(transpose(e.base), e.exponent));
    case "apply":
      return cheaper(makeTranspose(e), apply(e.fn, transpose(e.arg)));
    case "kronecker":
      return kronecker(transpose(e.left), transpose(e.right), e.columns, e.rows);
    case "whole":
      if (e.fn === "diagonal") return e;
      if ((e.fn === "softmax" || e.fn === "maxMask") && (e.rows === UNIT || e.columns === UNIT)) return cheaper(makeTranspose(e), whole(e.fn, transpose(e.arg)));
      if (e.fn === "inverse" || e.fn === "matrixSquareRoot" || e.fn === "matrixExponential") return isSymmetric(e.arg) ? e : cheaper(makeTranspose(e), whole(e.fn, transpose(e.arg)));
      return makeTranspose(e);
    case "sigma":
      return sigma(e.letters, transpose(e.body));
    case "matrix":
      return matrix(e.cells[0]!.map((_, j) => e.cells.map((row) => transpose(row[j]!))), e.columns, e.rows);
    default:
      return makeTranspose(e);
  }
}

/** Whether an expression reads the same transposed, for instance AᵀA. */
function isSymmetric(e: Expression): boolean {
  if (e.kind === "symbol") return e.symmetric;
  return fingerprint(transpose(e)) === fingerprint(e);
}

/** (A + B)ᵀ, or Aᵀ + Bᵀ where that is cheaper even in parentheses. */
function cheaperOf(e: Expression, turned: readonly Expression[], make: (parts: readonly Expression[]) => Expression, parentheses = 0): Expression {
  const [outside, inside] = [makeTranspose(e), make(turned)];
  return inside.cost + parentheses < outside.cost - 1e-9 ? inside : outside;
}

/** (AB)ᵀ, where `transpose` might write BᵀAᵀ. */
export function makeTranspose(arg: Expression): Expression {
  const inverted = arg.kind === "whole" && arg.fn === "inverse";
  const wrap = (wrappedInPower(arg) && !inverted) || (arg.kind === "symbol" && arg.cost > 1);
  return { kind: "transpose", arg, rows: arg.columns, columns: arg.rows, cost: arg.cost + EXPONENT - (inverted ? 0.1 : 0) + (wrap ? PARENTHESES : 0) };
}

export function asColumn(e: Expression): Expression {
  return isRow(e) ? transpose(e) : e;
}

export function asRow(e: Expression): Expression {
  return isColumn(e) ? transpose(e) : e;
}

// Equality

const fingerprints = new WeakMap<Expression, string>();

/** Equal for expressions that are written the same. */
export function fingerprint(e: Expression): string {
  let known = fingerprints.get(e);
  if (known === undefined) {
    known = JSON.stringify(e, (key, value: unknown) => (key === "cost" || key === "rows" || key === "columns" ? undefined : key === "terms" && Array.isArray(value) && value.length === 2 && isTerm(value[0]) ? value.map((term) => (term as { id: number }).id) : value));
    fingerprints.set(e, known);
  }
  return known;
}

function isTerm(value: unknown): boolean {
  return typeof value === "object" && value !== null && "hash" in value;
}

export function sameExpression(a: Expression, b: Expression): boolean {
  return a === b || (Math.abs(a.cost - b.cost) < 1e-9 && a.kind === b.kind && fingerprint(a) === fingerprint(b));
}


