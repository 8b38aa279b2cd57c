/** Products side by side, ⊙, ⊗ and ×, quotients, and transposes. */
import type { Place } from "../latex/types";
import type { Expr, SymbolExpr } from "../semantics/expression";
import type { Model } from "../semantics/model";
import { shapeAnnotation } from "../semantics/symbols/key";
import { constant, type Term } from "../tensor";
import { Failure } from "./failure";
import { areOfOne, diagonalBeside, writesHadamard } from "./hadamards";
import { crossProduct } from "./permutations";
import { isIndexed } from "./indices";
import { directSum, khatriRao, kronecker } from "./kronecker";
import { lowerTuple } from "./matrices";
import type { Lowering } from "./lower";
import { isEntryPower } from "./powers";
import { isVector, mapped, plus, sameShape } from "./operations";
import { isScalar, literal, type Value } from "./value";

/** Factors that a sign stands before. */
interface Signs {
  readonly dots: ReadonlySet<Expr>;
  readonly crosses: ReadonlySet<Expr>;
}

export function lowerProduct(lowering: Lowering, expr: Expr & { kind: "product" }): Value {
  if (expr.factors.some((factor) => factor.kind === "dots")) return lowering.fail("unsupported", "dots in a product", expr);
  // ⊙, ⊗ and ⊕ bind looser than juxtaposition: A⊙BC is A⊙(BC); times and dots are plain products.
  const groups: { factors: Expr[]; operator: string }[] = [{ factors: [expr.factors[0] as Expr], operator: "" }];
  expr.operators.forEach((operator, i) => {
    const factor = expr.factors[i + 1] as Expr;
    if (operator === "\\odot" || operator === "\\otimes" || operator === "\\oplus" || operator === "*" || (operator === "\\cdot" && lowering.reading.dot === "elementwise")) groups.push({ factors: [factor], operator });
    else (groups[groups.length - 1] as { factors: Expr[] }).factors.push(factor);
  });
  const after = (sign: string): ReadonlySet<Expr> => new Set(expr.operators.flatMap((operator, i) => (operator === sign ? [expr.factors[i + 1] as Expr] : [])));
  const signs: Signs = { dots: after("\\cdot"), crosses: after("\\times") };
  let total = dotted(lowering, (groups[0] as { factors: Expr[] }).factors, signs);
  for (const group of groups.slice(1)) {
    const value = dotted(lowering, group.factors, signs);
    const [before, own] = group.operator === "\\odot" ? [groups[0], group].map(({ factors } = group) => (factors.length === 1 ? factors[0] : undefined)) : [];
    const diagonal = diagonalBeside(lowering, own, value, total);
    const earlier = group === groups[1] ? diagonalBeside(lowering, before, total, value) : null;
    if (diagonal || earlier) total = byEntries(lowering, earlier ?? total, diagonal ?? value, group.operator, expr);
    else if (group.operator === "\\otimes") total = kronecker(lowering, total, value, expr);
    else if (group.operator === "\\oplus") total = directSum(lowering, total, value, expr);
    else if (group.operator === "*" && !goesByColumns(lowering, total, value) && lowering.reading.dot !== "elementwise" && !isScalar(total) && !isScalar(value) && !sameShape(lowering, total, value)) total = lowering.algebra.multiply(total, value, expr);
    else total = byEntries(lowering, total, value, group.operator, expr);
  }
  return total;
}

/** Where the text speaks of the Khatri–Rao product, it is that of matrices with different numbers of rows. */
function goesByColumns(lowering: Lowering, a: Value, b: Value): boolean {
  return lowering.model.facts.some(({ kind }) => kind === "khatriRao") && [a, b].every((one) => one.shape.length === 2 && !isVector(lowering, one)) && !sameShape(lowering, a, b);
}

/** A dot or star that goes entry by entry where it can is the matrix product where it cannot. */
function byEntries(lowering: Lowering, a: Value, b: Value, operator: string, place: Place): Value {
  const { algebra, reading } = lowering;
  if (goesByColumns(lowering, a, b)) return khatriRao(lowering, a, b, place);
  const multiply = (): Value => algebra.multiply(a, b, place);
  const repeat = (): Value => algebra.hadamard(a, b, place, reading.bias);
  if (operator === "\\odot" || isScalar(a) || isScalar(b) || sameShape(lowering, a, b)) return repeat();
  // `*` is that of code, which repeats rows and columns.
  return operator === "*" ? elseBy(repeat, multiply) : elseBy(multiply, repeat);
}

function elseBy(first: () => Value, second: () => Value): Value {
  try {
    return first();
  } catch (error) {
    if (!(error instanceof Failure) || error.kind !== "shape") throw error;
    return second();
  }
}

/** Factors with centred dots before some: between two columns a dot is their inner product, and reaches over the factors side by side (`u \cdot Av`). */
function dotted(lowering: Lowering, factors: readonly Expr[], signs: Signs): Value {
  const segments: Expr[][] = [];
  for (const factor of factors) {
    if (!segments.length || signs.dots.has(factor)) segments.push([factor]);
    else segments[segments.length - 1]?.push(factor);
  }
  if (segments.length === 1) return juxtaposed(lowering, factors, signs);
  try {
    const values = segments.map((segment) => juxtaposed(lowering, segment, signs));
    const [first, second, ...more] = values;
    if (lowering.reading.dot === "inner" && first && second && !more.length && areMatrices(lowering, first, second)) return lowering.algebra.contractValues([first, second], [["r", "c"], ["r", "c"]], [], []);
    if (values.some((value, i) => i > 0 && areColumns(lowering, values[i - 1] as Value, value))) return values.reduce((total, value) => (areColumns(lowering, total, value) ? lowering.algebra.multiply(lowering.algebra.transpose(total), value, factors[0] as Expr) : lowering.algebra.multiply(total, value, factors[0] as Expr)));
  } catch (error) {
    if (!(error instanceof Failure) || error.kind !== "shape") throw error;
  }
  return juxtaposed(lowering, factors, signs);
}

/**
 * Where functions act entry by entry, so do products of columns: `\sigma(x)(1 - \sigma(x))`;
 * where the text has a sign for that, such formulas of one thing alone; so do
 * matrices in `\\sigma(Z)(1 - \\sigma(Z))`. Rows and columns of one length have no
 * other product.
 */
function goesByEntries(lowering: Lowering, a: Value, b: Value, areFactorsOfOne: () => boolean, addsNumber: () => boolean): boolean {
  if (areColumns(lowering, a, b) && actsByEntries(lowering.model) && (!writesHadamard(lowering.model) || areFactorsOfOne())) return true;
  if (areAlike(lowering, a, b) || areRows(lowering, a, b)) return lowering.reading.dot === "elementwise";
  return addsNumber() && areMatrices(lowering, a, b) && actsByEntries(lowering.model) && areFactorsOfOne();
}

/** `1 - \\sigma(Z)`: what adds a number to an array goes over its entries. */
function isNumberAnd(expr: Expr): boolean {
  return expr.kind === "sum" && expr.terms.length > 1 && expr.terms.some(({ expr: term }) => term.kind === "number") && expr.terms.some(({ expr: term }) => term.kind !== "number");
}

function areRows(lowering: Lowering, a: Value, b: Value): boolean {
  return a.shape.length === 2 && b.shape.length === 2 && areColumns(lowering, lowering.algebra.transpose(a), lowering.algebra.transpose(b));
}

function actsByEntries({ facts, table }: Model): boolean {
  return facts.some((fact) => fact.kind === "acts" && fact.how === "elementwise") || table.all.some(({ elementwise }) => elementwise);
}

function areMatrices(lowering: Lowering, a: Value, b: Value): boolean {
  return [a, b].every(({ shape }) => shape.length === 2) && sameShape(lowering, a, b);
}

/** Two columns of one length that the text gives: what is only guessed to be a vector may be a number. */
function areColumns(lowering: Lowering, a: Value, b: Value): boolean {
  return [a, b].every((value) => value.shape.length === 2 && !lowering.classes.find(value.shape[0] as string).startsWith("?") && lowering.algebra.isOne(value.shape[1] as string) && !lowering.algebra.isOne(value.shape[0] as string)) && sameShape(lowering, a, b);
}

/** Factors side by side, from the left; where that does not fit, a row and a column within, which make a number, come first: `a^\\top x^\\top x\\, b`. */
function juxtaposed(lowering: Lowering, factors: readonly Expr[], { crosses }: Signs): Value {
  const values = factors.map((factor) => ({ value: lowering.lower(factor), place: factor }));
  const [first, second, ...more] = values.map(({ value }) => value);
  if (first && second && !more.length && lowering.reading.dot === "inner" && areAlike(lowering, first, second)) return lowering.algebra.multiply(lowering.algebra.transpose(first), second, factors[0] as Expr);
  try {
    return fromTheLeft(lowering, values, factors, crosses);
  } catch (error) {
    const nested = error instanceof Failure && error.kind === "shape" ? innermost(lowering, values) : null;
    if (!nested) throw error;
    return fromTheLeft(lowering, nested, factors, crosses);
  }
}

/** Two columns of one length. */
function areAlike(lowering: Lowering, a: Value, b: Value): boolean {
  return [a, b].every(({ shape }) => shape.length === 2 && lowering.algebra.isOne(shape[1] as string) && !lowering.algebra.isOne(shape[0] as string)) && sameShape(lowering, a, b);
}

type Factors = readonly { readonly value: Value; readonly place: Expr }[];

/** Two rows and two columns in this order, the inner two as the number that they make; null where these are not all. */
function innermost(lowering: Lowering, values: Factors): Factors | null {
  const arrays = values.filter(({ value }) => !isScalar(value));
  const [outer, row, column, last, ...more] = arrays;
  const isRow = ({ value }: Factors[number]): boolean => value.shape.length === 2 && lowering.algebra.isOne(value.shape[0] as string);
  const isColumn = ({ value }: Factors[number]): boolean => value.shape.length === 2 && lowering.algebra.isOne(value.shape[1] as string);
  if (!outer || !row || !column || !last || more.length || ![outer, row].every(isRow) || ![column, last].every(isColumn)) return null;
  const inner = lowering.algebra.multiply(row.value, column.value, row.place);
  return [...values.filter((one) => one !== row && one !== column), { value: inner, place: row.place }];
}

/** Scalars are taken out first, so that 1×1 products inside do not get in the way. */
function fromTheLeft(lowering: Lowering, values: Factors, factors: readonly Expr[], crosses: Signs["crosses"]): Value {
  const scalars = values.filter(({ value }) => isScalar(value));
  const arrays = values.filter(({ value }) => !isScalar(value));
  const [firstArray, ...rest] = arrays;
  let total: Value | null = firstArray ? firstArray.value : null;
  let last = firstArray?.place;
  for (const { value, place } of rest) {
    const whole = { start: factors[0]?.start ?? 0, end: place.end };
    const before = last as Expr;
    last = place;
    const crossed = crosses.has(place) ? crossProduct(lowering, total as Value, value) : null;
    if (crossed) total = crossed;
    else total = goesByEntries(lowering, total as Value, value, () => areOfOne(before, place), () => [before, place].some(isNumberAnd)) ? lowering.algebra.hadamard(total as Value, value, whole, "rows") : lowering.algebra.multiply(total as Value, value, whole);
  }
  let scalar: Value | null = null;
  for (const { value } of scalars) scalar = scalar ? lowering.algebra.scale(scalar, value) : value;
  if (!total) return scalar ?? literal(1);
  return scalar ? lowering.algebra.scale(scalar, total) : total;
}

export function productKey(lowering: Lowering, a: string, b: string): string {
  if (lowering.algebra.isOne(a)) return b;
  if (lowering.algebra.isOne(b)) return a;
  const [left, right] = [lowering.classes.find(a), lowering.classes.find(b)];
  return [...left.split("*"), ...right.split("*")].sort().join("*");
}

export function lowerQuotient(lowering: Lowering, expr: Expr & { kind: "quotient" }): Value {
  const numerator = lowering.lower(expr.numerator);
  const denominator = awayFromMeeting(lowering, lowering.lower(expr.denominator), expr);
  if (isScalar(denominator)) return lowering.algebra.scale(mapped("reciprocal", denominator), numerator);
  const divided = lastDivided(lowering, expr.numerator, numerator, denominator);
  if (divided) return lowering.lower({ ...divided, factors: [...divided.factors.slice(0, -1), { ...expr, numerator: divided.factors[divided.factors.length - 1] as Expr }] });
  // 1/x and x/y of arrays are entry by entry; a matrix below the line is none.
  if (!expr.elementwise && denominator.shape.length === 2 && !denominator.shape.some((dim) => lowering.algebra.isOne(dim)) && !isScalar(numerator) && !sameShape(lowering, numerator, denominator)) lowering.fail("unsupported", "division by a matrix", expr);
  return lowering.algebra.hadamard(numerator, mapped("reciprocal", denominator), expr, lowering.reading.bias);
}

/** `X b / \sigma` by a vector σ of the shape of b, and not of Xb, divides b. */
function lastDivided(lowering: Lowering, expr: Expr, numerator: Value, denominator: Value): (Expr & { kind: "product" }) | null {
  if (expr.kind !== "product" || denominator.shape.length !== 2 || sameShape(lowering, numerator, denominator) || expr.operators.some((operator) => operator !== "")) return null;
  return sameShape(lowering, lowering.lower(expr.factors[expr.factors.length - 1] as Expr), denominator) ? expr : null;
}

/** λᵢ − λⱼ in a sum over j ≠ i: where the indices meet, one more keeps it from zero. */
function awayFromMeeting(lowering: Lowering, denominator: Value, place: Place): Value {
  return lowering.apart.reduce((value, pair) => {
    const [a, b] = pair.map(({ name }) => value.free.find((axis) => axis.name === name));
    return a && b ? plus(lowering, value, { free: [a, b], shape: [], make: (env) => meeting(env.size(a.range), env.size(b.range)) }, place) : value;
  }, denominator);
}

/** One where two indices are the same. */
function meeting(rows: number, columns: number): Term {
  return constant([rows, columns], Array.from({ length: rows * columns }, (_, at) => (Math.floor(at / columns) === at % columns ? 1 : 0)));
}

export function lowerTranspose(lowering: Lowering, base: Expr): Value {
  // `(x_1, \dots, x_n)^\top` of numbers is the column, whatever the list is without it.
  if (base.kind === "tuple" && base.items.every((item) => item.kind === "dots" || isScalar(lowering.lower(item)))) return lowerTuple(lowering, base.items, base, { turned: true });
  if (isEntry(lowering, base)) return lowering.lower(turned(base));
  if (isEntryPower(base) && isEntry(lowering, base.base)) return lowering.lower({ ...base, base: turned(base.base) });
  const value = lowering.lower(base);
  if (isOfLetters(base) && !value.shape.length) lowering.turnedNumbers.add(`${base.start}:${base.end}`);
  return lowering.algebra.transpose(value);
}

/** `x` or `x - \mu`: a number only where its letters are numbers, unlike `y - w^\top x`. */
function isOfLetters(expr: Expr): boolean {
  return expr.kind === "symbol" || (expr.kind === "power" && isOfLetters(expr.base)) || (expr.kind === "sum" && expr.terms.every((term) => isOfLetters(term.expr)));
}

function turned(entry: SymbolExpr): SymbolExpr {
  return { ...entry, subscripts: [...entry.subscripts].reverse() };
}

/** `A^\top_{ij}` is the entry of the transpose, since a number has none; a block `A_{ij}` has. */
function isEntry(lowering: Lowering, base: Expr): base is SymbolExpr {
  if (base.kind !== "symbol" || base.subscripts.length !== 2 || shapeAnnotation(base)) return false;
  const resolved = lowering.resolve(base);
  if (!resolved) return isIndexed(lowering, base);
  return resolved.family ? resolved.entity.shape?.length === 0 : resolved.indices.length === 2;
}
