/**
 * The one place where a reading is applied: `lower(expression)` gives the value
 * that it has under the reading, or throws a Failure that says why it has none.
 */
import type { Place } from "../latex/types";
import { isExample, type Model } from "../semantics/model";
import { type BoundIndex, childrenOf, type Derivative, type Expr, type Relation, type Subscript, type SymbolExpr, symbolsIn, wordOf } from "../semantics/expression";
import type { Definition, Entity } from "../semantics/symbols/entity";
import { baseKey, fullKey, shapeAnnotation, spellSymbol, taggedKey } from "../semantics/symbols/key";
import type { SizeClasses} from "../semantics/symbols/sizes";
import { atomsOf, sizeKey } from "../semantics/symbols/sizes";
import type { Place as DocumentPlace, Resolved } from "../semantics/symbols/table";
import { add as addTerms, constant, contract, integerPower, inverse, map, matrixPower, mul, power, scale, slice, sum as sumTerms, type Term, variable } from "../tensor";
import { lowerAt } from "./at";
import { chainProduct } from "./chain-product";
import { lowerDerivative, lowerDifferential, sinksOf } from "./derivatives";
import { type Chance, lowerStatistic } from "./expectations";
import { Failure } from "./failure";
import { applyNamed, isDensity, isGamma, isNamed, logOfDensity, logOfGamma } from "./functions";
import { guessShape, memberKind } from "./guess";
import { lowerMatrix } from "./matrices";
import { sumAlongNamed } from "./named-axes";
import type { Reading } from "./reading";
import { direction, type Recurrence, recurrence } from "./recurrence";
import { Algebra, type Axis, type Env, isScalar, literal, mergeAxes, numbering, termOf, type Value } from "./value";

/** What a letter stands for while it is bound. */
export type Binding = { readonly kind: "axis"; readonly axis: Axis } | { readonly kind: "value"; readonly key: string } | { readonly kind: "argument"; readonly value: Value };

/** A variable of the claim's terms, for drawing its values. */
export interface Drawn {
  readonly name: string;
  readonly shape: readonly string[];
  readonly entity: Entity | null;
  /** What it is, for messages: LaTeX. */
  readonly latex: string;
}

const maximumDepth = 40;

export class Lowering {
  readonly algebra: Algebra;
  readonly drawn = new Map<string, Drawn>();
  /** Symbols whose shape or kind the text does not give. */
  readonly guessed = new Set<string>();
  /** What had to be assumed for the formula to be well-formed. */
  readonly preconditions = new Set<string>();
  /** Nothing is judged, only asked: a loss depends on whatever is made of what it is differentiated by. */
  asked = false;
  /** The random symbols, where the claim is about expectations. */
  chance: Chance | null = null;
  /** Symbols that vary under `d`. */
  varying = new Set<string>();
  /** The fallback shape of undeclared symbols, where guesses are overridden. */
  readonly overrides: ReadonlyMap<string, "scalar" | "vector" | "matrix">;
  private readonly values = new Map<string, Value>();
  private readonly expanding = new Set<string>();
  private scope: Map<string, Binding> = new Map();
  private axes = 0;
  private depth = 0;

  constructor(
    readonly model: Model,
    readonly place: DocumentPlace,
    readonly reading: Reading,
    readonly classes: SizeClasses,
    /** The assertion whose truth is asked: its own definition may not be used. Null where it states none. */
    readonly judged: number | null,
    overrides: ReadonlyMap<string, "scalar" | "vector" | "matrix"> = new Map(),
  ) {
    this.algebra = new Algebra(classes);
    this.overrides = overrides;
  }

  fail(kind: Failure["kind"], message: string, place: Place): never {
    throw new Failure(kind, message, place);
  }

  lower(expr: Expr): Value {
    if (++this.depth > maximumDepth) {
      this.depth = 0;
      this.fail("too-large", "nested too deeply", expr);
    }
    try {
      return this.algebra.normal(this.dispatch(expr));
    } finally {
      this.depth--;
    }
  }

  private dispatch(expr: Expr): Value {
    switch (expr.kind) {
      case "number":
        return literal(expr.numerator, expr.denominator);
      case "symbol":
        return this.symbol(expr);
      case "sum":
        return this.sum(expr.terms);
      case "product":
        return this.product(expr);
      case "quotient":
        return this.quotient(expr);
      case "power":
        return this.power(expr);
      case "transpose":
        return this.transposed(expr.base);
      case "pseudoInverse":
        return this.pseudoInverse(this.lower(expr.base), expr);
      case "root": {
        const base = this.lower(expr.base);
        if (expr.index === 2) return this.mapped("sqrt", base);
        return this.elementwise(base, (term) => power(term, constant(term.shape, term.shape.reduce((all, n) => all * n, 1) ? Array.from({ length: term.shape.reduce((all, n) => all * n, 1) }, () => 1) : [], expr.index)));
      }
      case "entry":
        return this.entry(expr);
      case "apply":
        return this.apply(expr);
      case "big":
        return this.big(expr);
      case "derivative":
        return lowerDerivative(this, expr);
      case "differential":
        return lowerDifferential(this, expr);
      case "matrix":
        return lowerMatrix(this, expr);
      case "cases":
        return this.cases(expr);
      case "norm":
        return this.norm(expr);
      case "bars":
        return this.bars(expr);
      case "inner": {
        const left = this.lower(expr.left);
        const right = this.lower(expr.right);
        if (expr.which && expr.which.kind === "symbol" && expr.which.name !== "F") this.fail("unsupported", "a weighted inner product", expr);
        const product = this.algebra.hadamard(left, right, expr, this.reading.bias);
        return this.total(product);
      }
      case "indicator":
        return this.indicator(expr.condition, expr);
      case "labelled":
        return this.lower(expr.body);
      case "tuple":
        return this.tuple(expr.items, expr);
      case "at":
        return lowerAt(this, expr);
      case "integral":
        return this.fail("unsupported", "an integral", expr);
      case "statistic":
        return lowerStatistic(this, expr);
      case "dots":
        return this.fail("unsupported", "dots", expr);
      case "opaque":
        return this.fail("unsupported", expr.why, expr);
    }
  }

  // Sums, products, powers

  sum(terms: readonly { sign: 1 | -1; expr: Expr }[]): Value {
    if (terms.some((term) => term.expr.kind === "dots")) return this.dottedSum(terms);
    const lowered = terms.map((term) => ({ sign: term.sign, value: this.lower(term.expr), place: term.expr }));
    let total = this.signed(lowered[0] as (typeof lowered)[number]);
    for (const next of lowered.slice(1)) total = this.plus(total, this.signed(next), next.place);
    return total;
  }

  /** `x_1 + \dots + x_n`: the sum over the index that runs from the first to the last term. */
  private dottedSum(terms: readonly { sign: 1 | -1; expr: Expr }[]): Value {
    const at = terms.findIndex((term) => term.expr.kind === "dots");
    const first = terms[0]?.expr;
    const last = terms[terms.length - 1]?.expr;
    if (!first || !last || at === 0 || at === terms.length - 1) return this.fail("unsupported", "dots at the end of a sum", terms[at]?.expr as Expr);
    const general = interpolate(first, last);
    if (!general) return this.fail("unsupported", "dots whose pattern is not plain", terms[at]?.expr as Expr);
    return this.overIndex(general.letter, general.from, general.to, general.expr, first);
  }

  private overIndex(letter: SymbolExpr, from: Expr, to: Expr, body: Expr, place: Place): Value {
    return this.big({ kind: "big", operator: "sum", indices: [{ symbol: letter, from, to }], conditions: [], body, start: place.start, end: place.end });
  }

  private signed(term: { sign: 1 | -1; value: Value }): Value {
    return term.sign === 1 ? term.value : this.algebra.scale(literal(-1), term.value);
  }

  plus(a: Value, b: Value, place: Place): Value {
    const zero = [a, b].find((value) => value.literal?.[0] === 0);
    if (zero) return zero === a ? b : a;
    const { left, right } = this.algebra.add(a, b, place, this.reading.bias);
    const free = mergeAxes([left, right]);
    const [l, r] = [this.algebra.withFree(left, free), this.algebra.withFree(right, free)];
    const sum: Value = { free, shape: left.shape, make: (env) => addTerms(termOf(l, env), termOf(r, env)) };
    return a.literal && b.literal ? { ...sum, literal: [a.literal[0] * b.literal[1] + b.literal[0] * a.literal[1], a.literal[1] * b.literal[1]] } : sum;
  }

  private transposed(base: Expr): Value {
    // `(x_1, \dots, x_n)^\top` is the column, whatever the list is without it.
    if (base.kind === "tuple") return this.lower(base);
    return this.isEntry(base) ? this.lower({ ...base, subscripts: [...base.subscripts].reverse() }) : this.algebra.transpose(this.lower(base));
  }

  /** `A^\top_{ij}` is the entry of the transpose, since a number has none; a block `A_{ij}` has. */
  private isEntry(base: Expr): base is SymbolExpr {
    if (base.kind !== "symbol" || base.subscripts.length !== 2 || shapeAnnotation(base)) return false;
    const resolved = this.resolve(base);
    if (!resolved) return this.isIndexed(base);
    return resolved.family ? resolved.entity.shape?.length === 0 : resolved.indices.length === 2;
  }

  private product(expr: Expr & { kind: "product" }): Value {
    if (expr.factors.some((factor) => factor.kind === "dots")) return this.fail("unsupported", "dots in a product", expr);
    // ⊙ and ⊗ bind looser than juxtaposition: A⊙BC is A⊙(BC); times and dots are plain products.
    const groups: { factors: Expr[]; operator: string }[] = [{ factors: [expr.factors[0] as Expr], operator: "" }];
    expr.operators.forEach((operator, i) => {
      const factor = expr.factors[i + 1] as Expr;
      if (operator === "\\odot" || operator === "\\otimes" || operator === "*" || (operator === "\\cdot" && this.reading.dot === "elementwise")) groups.push({ factors: [factor], operator });
      else (groups[groups.length - 1] as { factors: Expr[] }).factors.push(factor);
    });
    let total = this.juxtaposed((groups[0] as { factors: Expr[] }).factors);
    for (const group of groups.slice(1)) {
      const value = this.juxtaposed(group.factors);
      if (group.operator === "\\otimes") total = this.kronecker(total, value, expr);
      else if (group.operator === "*" && !isScalar(total) && !isScalar(value) && !this.sameShape(total, value)) total = this.algebra.multiply(total, value, expr);
      else total = this.algebra.hadamard(total, value, expr, this.reading.bias);
    }
    return total;
  }

  private sameShape(a: Value, b: Value): boolean {
    return a.shape.length === b.shape.length && a.shape.every((dim, axis) => this.algebra.same(dim, b.shape[axis] as string));
  }

  /** Factors side by side, from the left; scalars are taken out first, so that 1×1 products inside do not get in the way. */
  private juxtaposed(factors: readonly Expr[]): Value {
    const values = factors.map((factor) => ({ value: this.polymorphic(factor) ?? this.lower(factor), place: factor }));
    const scalars = values.filter(({ value }) => isScalar(value));
    const arrays = values.filter(({ value }) => !isScalar(value));
    const [firstArray, ...rest] = arrays;
    let total: Value | null = firstArray ? firstArray.value : null;
    // xᵀAx·y: where the product from the left does not fit, a product that has become a number scales what follows.
    for (const { value, place } of rest) total = this.algebra.multiply(total as Value, value, { start: factors[0]?.start ?? 0, end: place.end });
    let scalar: Value | null = null;
    for (const { value } of scalars) scalar = scalar ? this.algebra.scale(scalar, value) : value;
    if (!total) return scalar ?? literal(1);
    return scalar ? this.algebra.scale(scalar, total) : total;
  }

  private polymorphic(_factor: Expr): Value | null {
    return null;
  }

  private kronecker(a: Value, b: Value, place: Place): Value {
    if (isScalar(a) || isScalar(b)) return this.algebra.multiply(a, b, place);
    if (a.shape.length !== 2 || b.shape.length !== 2) this.fail("unsupported", "a Kronecker product of tensors", place);
    const dims = [0, 1].map((axis) => this.productKey(a.shape[axis] as string, b.shape[axis] as string));
    const pair = this.algebra.contractValues([a, b], [["a", "c"], ["b", "d"]], ["a", "b", "c", "d"], [a.shape[0] as string, b.shape[0] as string, a.shape[1] as string, b.shape[1] as string]);
    return this.reshaped(pair, dims);
  }

  productKey(a: string, b: string): string {
    if (this.algebra.isOne(a)) return b;
    if (this.algebra.isOne(b)) return a;
    const [left, right] = [this.classes.find(a), this.classes.find(b)];
    return [...left.split("*"), ...right.split("*")].sort().join("*");
  }

  reshaped(value: Value, shape: readonly string[]): Value {
    return { free: value.free, shape, make: (env) => reshapeTerm(termOf(value, env), [...value.free.map((axis) => env.size(axis.range)), ...shape.map(env.size)]) };
  }

  private quotient(expr: Expr & { kind: "quotient" }): Value {
    const numerator = this.lower(expr.numerator);
    const denominator = this.lower(expr.denominator);
    if (isScalar(denominator)) return this.algebra.scale(this.mapped("reciprocal", denominator), numerator);
    // 1/x and x/y of arrays are entry by entry; a matrix below the line is none.
    if (!expr.elementwise && denominator.shape.length === 2 && !denominator.shape.some((dim) => this.algebra.isOne(dim)) && !isScalar(numerator) && !this.sameShape(numerator, denominator)) this.fail("unsupported", "division by a matrix", expr);
    return this.algebra.hadamard(numerator, this.mapped("reciprocal", denominator), expr, this.reading.bias);
  }

  private power(expr: Expr & { kind: "power" }): Value {
    const e = expr.base;
    if (e.kind === "symbol" && e.name === "e" && !e.subscripts.length && !this.model.table.resolve(e, this.place)) return this.exponential(this.lower(expr.exponent));
    // `\mathbf{W}^l` with a letter that is bound to no number is a name; see the symbol table.
    const square = this.squareOf(expr);
    if (square) return square;
    const base = this.lower(e);
    return this.raise(base, expr.exponent, expr.elementwise, expr);
  }

  /** σ² where that is what the text defines: its own value, and no root squared. */
  private squareOf({ base, exponent }: Expr & { kind: "power" }): Value | null {
    if (base.kind !== "symbol" || exponent.kind !== "number" || exponent.numerator !== 2 * exponent.denominator) return null;
    const entity = this.resolve(base)?.entity;
    const { expr, kind } = entity?.definition ?? {};
    if (!entity || kind !== "value" || expr?.kind !== "root" || expr.index !== 2 || !this.usable(entity) || this.scope.has(taggedKey(base))) return null;
    try {
      return this.lower(expr.base);
    } catch (error) {
      if (error instanceof Failure) return null;
      throw error;
    }
  }

  raise(base: Value, exponent: Expr, elementwise: boolean, place: Place): Value {
    const number = exponent.kind === "number" ? [exponent.numerator, exponent.denominator] : exponent.kind === "sum" && exponent.terms.length === 1 && exponent.terms[0]?.expr.kind === "number" ? [exponent.terms[0].sign * exponent.terms[0].expr.numerator, exponent.terms[0].expr.denominator] : null;
    const isMatrix = !isScalar(base) && !elementwise;
    if (isMatrix && base.shape.length === 2 && !this.isVector(base)) {
      if (number && number[1] === 1) return this.matrixToThe(base, () => number[0] as number, place);
      if (number && number[1] === 2 && Math.abs(number[0] as number) === 1) return this.matrixRoot(base, number[0] as number, place);
      const key = sizeKey(exponent);
      if (key) this.assumeInteger(exponent);
      if (key && this.integerExponent(exponent)) return this.matrixToThe(base, this.exponentOf(exponent), place);
      return this.fail("unsupported", "a matrix to a power that is no integer", place);
    }
    if (number && number[1] === 1) return this.elementwise(base, (term) => integerPower(term, number[0] as number));
    if (number && number[1] === 2 && Math.abs(number[0] as number) < 12) return this.elementwise(base, (term) => integerPower(map("sqrt", term), number[0] as number));
    if (this.integerExponent(exponent)) {
      const value = this.exponentOf(exponent);
      return this.elementwiseEnv(base, (term, env) => integerPower(term, value(env)));
    }
    const raised = this.lower(exponent);
    const [left, right] = this.algebra.align(base, raised, place, this.reading.bias, "to the power");
    const free = mergeAxes([left, right]);
    const [l, r] = [this.algebra.withFree(left, free), this.algebra.withFree(right, free)];
    return { free, shape: left.shape, make: (env) => power(termOf(l, env), termOf(r, env)) };
  }

  isVector(value: Value): boolean {
    return value.shape.length === 2 && value.shape.some((dim) => this.algebra.isOne(dim));
  }

  /** Whether an exponent is made of sizes and integers only (`k`, `n-1`, `T-i`). */
  private integerExponent(exponent: Expr): boolean {
    const symbols = symbolsIn(exponent);
    return sizeKey(exponent) !== null && symbols.length > 0 && symbols.every((symbol) => this.isInteger(symbol));
  }

  /** An undeclared letter in the exponent of a matrix is a positive integer. */
  private assumeInteger(exponent: Expr): void {
    for (const symbol of symbolsIn(exponent)) {
      const known = this.model.table.resolve(symbol, this.place);
      if (!known && !this.scope.has(taggedKey(symbol))) this.model.table.sizeNames.add(taggedKey(symbol));
    }
  }

  private isInteger(symbol: SymbolExpr): boolean {
    const key = taggedKey(symbol);
    const bound = this.scope.get(key);
    if (bound) return bound.kind === "value";
    const entity = this.model.table.resolve(symbol, this.place)?.entity;
    if (entity) return entity.isSize || entity.properties.has("positiveInteger") || entity.properties.has("integer");
    return this.model.table.sizeNames.has(key);
  }

  /** An exponent as a number for each choice of sizes; letters mean what they mean here, not where the number is asked for. */
  private exponentOf(exponent: Expr): (env: Env) => number {
    switch (exponent.kind) {
      case "number":
        return () => exponent.numerator / exponent.denominator;
      case "sum": {
        const terms = exponent.terms.map((term) => ({ sign: term.sign, value: this.exponentOf(term.expr) }));
        return (env) => terms.reduce((total, term) => total + term.sign * term.value(env), 0);
      }
      case "product": {
        const factors = exponent.factors.map((factor) => this.exponentOf(factor));
        return (env) => factors.reduce((total, factor) => total * factor(env), 1);
      }
      case "symbol": {
        const bound = this.scope.get(taggedKey(exponent));
        const key = bound?.kind === "value" ? bound.key : taggedKey(exponent);
        return (env) => env.size(key);
      }
      default:
        return this.fail("unsupported", "an exponent that is not read", exponent);
    }
  }

  square(value: Value, place: Place, what: string): void {
    const [rows, columns] = value.shape as [string, string];
    if (this.algebra.same(rows, columns)) return;
    if (!this.classes.unify(rows, columns)) {
      if (this.algebra.isOne(rows) !== this.algebra.isOne(columns) || !this.wellFormedEquality(rows, columns)) this.fail("shape", `${what} needs a square matrix, and this is ${this.algebra.describe(value)}`, place);
      this.preconditions.add(`${this.algebra.name(rows)} = ${this.algebra.name(columns)}`);
      this.classes.force(rows, columns);
    }
  }

  /** Two named sizes may be equated where nothing else can make a formula well-formed: a trace of a product of declared shapes. */
  private wellFormedEquality(a: string, b: string): boolean {
    return !/^\d+$/.test(this.classes.find(a)) && !/^\d+$/.test(this.classes.find(b)) && this.reading.equalSizes;
  }

  private matrixToThe(base: Value, exponent: (env: Env) => number, place: Place): Value {
    this.square(base, place, "a power");
    return this.perMatrix(base, base.shape, (term, env) => {
      const k = exponent(env);
      return k === -1 ? inverse(term) : matrixPower(term, k);
    }, place);
  }

  private matrixRoot(base: Value, sign: number, place: Place): Value {
    this.square(base, place, "a square root");
    return this.perMatrix(base, base.shape, (term) => {
      const root = applyMatrixRoot(term);
      return sign < 0 ? inverse(root) : root;
    }, place);
  }

  pseudoInverse(base: Value, place: Place): Value {
    if (base.shape.length !== 2) this.fail("shape", "a pseudo-inverse of a number", place);
    // Full rank: (XᵀX)⁻¹Xᵀ for tall, Xᵀ(XXᵀ)⁻¹ for wide X.
    const [rows, columns] = base.shape as [string, string];
    return this.perMatrix(base, [columns, rows], (term) => {
      const [m, n] = term.shape as [number, number];
      const t = contract([[0, 1]], [1, 0], [term]);
      if (m >= n) return contract([[0, 1], [1, 2]], [0, 2], [inverse(contract([[0, 1], [1, 2]], [0, 2], [t, term])), t]);
      return contract([[0, 1], [1, 2]], [0, 2], [t, inverse(contract([[0, 1], [1, 2]], [0, 2], [term, t]))]);
    }, place);
  }

  /** A function of one matrix; with free indices it would need one for each. */
  perMatrix(value: Value, shape: readonly string[], f: (term: Term, env: Env) => Term, place: Place): Value {
    if (value.free.length) return this.batched(value, shape, f, place);
    return { free: [], shape, make: (env) => f(termOf(value, env), env) };
  }

  private batched(value: Value, shape: readonly string[], f: (term: Term, env: Env) => Term, _place: Place): Value {
    return {
      free: value.free,
      shape,
      make: (env) => {
        const sizes = value.free.map((axis) => env.size(axis.range));
        const term = termOf(value, env);
        const build = (current: Term, level: number): Term => (level === sizes.length ? f(current, env) : stackTerms(Array.from({ length: sizes[level] as number }, (_, i) => build(slice(current, 0, i), level + 1))));
        return build(term, 0);
      },
    };
  }

  mapped(fn: string, value: Value): Value {
    if (value.literal && fn === "reciprocal" && value.literal[0] !== 0 && isScalar(value)) return literal(value.literal[1], value.literal[0]);
    return this.elementwise(value, (term) => map(fn, term));
  }

  elementwise(value: Value, f: (term: Term) => Term): Value {
    return { free: value.free, shape: value.shape, make: (env) => f(termOf(value, env)) };
  }

  private elementwiseEnv(value: Value, f: (term: Term, env: Env) => Term): Value {
    return { free: value.free, shape: value.shape, make: (env) => f(termOf(value, env), env) };
  }

  /** exp of a number or entry by entry; of a square matrix, the matrix exponential. */
  exponential(exponent: Value): Value {
    if (exponent.shape.length === 2 && !this.isVector(exponent) && this.algebra.same(exponent.shape[0] as string, exponent.shape[1] as string)) return this.perMatrix(exponent, exponent.shape, (term) => matrixExp(term), { start: 0, end: 0 });
    return this.mapped("exp", exponent);
  }

  /** The sum of all entries. */
  total(value: Value): Value {
    const lead = value.free.length;
    return { free: value.free, shape: [], make: (env) => sumTerms(termOf(value, env), value.shape.map((_, axis) => lead + axis)) };
  }

  // Norms and bars

  private norm(expr: Expr & { kind: "norm" }): Value {
    const body = this.lower(expr.body);
    const which = expr.which;
    const name = which === null ? "" : which.kind === "number" ? String(which.numerator) : which.kind === "symbol" ? which.name : "?";
    if (isScalar(body)) return this.mapped("abs", body);
    const squares = this.total(this.algebra.hadamard(body, body, expr, "rows"));
    if (name === "" || name === "2" || name === "F" || name === "Fro" || name === "mathrmF") {
      if (name === "2" && !this.isVector(body)) return this.perMatrix(body, [], (term) => spectral(term), expr);
      return this.mapped("sqrt", squares);
    }
    if (name === "1" && this.isVector(body)) return this.total(this.mapped("abs", body));
    if (name === "1") return this.fail("ambiguous", "the 1-norm of a matrix: entrywise or induced", expr);
    if (name === "*" || name === "ast" || name === "star" || name === "nuc") return this.perMatrix(body, [], (term) => nuclear(term), expr);
    if (name === "infty" && this.isVector(body)) return this.perMatrix(this.mapped("abs", body), [], (term) => maximum(term), expr);
    // `\|x\|_p` is (Σ|xᵢ|ᵖ)^(1/p).
    if (which && this.isVector(body) && (which.kind === "number" || (which.kind === "symbol" && /^[pqr]$/.test(which.name)))) return this.powerNorm(body, which, expr);
    // `\|x\|_A^2` is xᵀAx.
    if (which) {
      const weight = this.lower(which);
      if (weight.shape.length === 2 && this.isVector(body)) {
        const quadratic = this.algebra.multiply(this.algebra.multiply(this.algebra.transpose(body), weight, expr), body, expr);
        return this.mapped("sqrt", quadratic);
      }
    }
    return this.fail("unsupported", "a norm that is not known", expr);
  }

  private powerNorm(body: Value, p: Expr, place: Place): Value {
    const reciprocal: Expr = { kind: "quotient", numerator: { kind: "number", numerator: 1, denominator: 1, start: place.start, end: place.end }, denominator: p, elementwise: false, start: place.start, end: place.end };
    const total = this.total(this.raise(this.mapped("abs", body), p, true, place));
    return this.raise(total, reciprocal, true, place);
  }

  private bars(expr: Expr & { kind: "bars" }): Value {
    const key = sizeKey(expr);
    if (key && this.model.table.sizeNames.has(key)) return this.sizeNumber(key);
    const body = this.lower(expr.body);
    if (isScalar(body)) return this.mapped("abs", body);
    if (body.shape.length === 2 && !this.isVector(body)) {
      this.square(body, expr, "a determinant");
      return applyNamed(this, "det", [body], expr);
    }
    return this.mapped("sqrt", this.total(this.algebra.hadamard(body, body, expr, "rows")));
  }

  // Functions

  private apply(expr: Expr & { kind: "apply" }): Value {
    const { fn } = expr;
    const key = taggedKey(fn);
    const entity = this.resolve(fn)?.entity ?? null;
    const name = entity?.named ?? fn.name;
    const bound = this.scope.get(key);
    if (expr.primes) return this.primed(expr, entity);
    if (bound?.kind === "argument") return bound.value;
    if (fn.name === "log" || fn.name === "ln") {
      const density = logOfDensity(this, expr.args[0] as Expr) ?? logOfGamma(this, expr.args[0] as Expr) ?? this.logOfExponential(expr.args[0] as Expr);
      if (density) return density;
    }
    if (isGamma(this, expr)) return this.mapped("exp", this.mapped("loggamma", this.lower(expr.args[0] as Expr)));
    if (entity?.definition?.kind === "function" && this.usable(entity)) return this.applyDefined(entity, expr);
    if (entity?.definition && this.usable(entity) && (entity.definition.expr.kind === "symbol" || (entity.definition.expr.kind === "apply" && false))) {
      const alias = entity.definition.expr;
      return this.apply({ ...expr, fn: { ...alias, start: fn.start, end: fn.end } });
    }
    // A loss at its own parameters is the loss; elsewhere an arbitrary function of what is written out.
    if (entity?.isLoss && !entity.definition && this.isAtItsParameters(entity, expr.args)) return this.freeLoss(entity, fn);
    if (entity?.isLoss && !entity.definition) return this.applyFree(expr, entity);
    if (entity && !entity.isFunction && !entity.named && !entity.elementwise && (entity.shape !== null || entity.parameters.length || entity.definition)) {
      // `A(t)`, `y(x)`: the symbol with its arguments written out.
      return this.symbol(fn);
    }
    if (fn.name === "sigma" && !fn.subscripts.length && !entity?.named && !entity?.definition && this.reading.sigma !== "free") {
      this.guessed.add(key);
      return this.mapped(this.reading.sigma, this.lower(expr.args[0] as Expr));
    }
    if (isDensity(expr) && !entity) {
      const density = logOfDensity(this, expr);
      if (density) return this.mapped("exp", density);
    }
    if (wordOf(fn.name)?.fn === "prod" && expr.args.length > 1 && !entity?.definition) return chainProduct(this, expr.args, expr);
    if (isNamed(name) || isNamed(fn.name)) {
      const listed = expr.args.length > 1 && ["diag", "Diag", "vec", "softmax", "mean"].includes(fn.name);
      const args = listed ? [this.tuple(expr.args, expr)] : expr.args.map((arg) => this.lower(arg));
      return applyNamed(this, isNamed(name) ? name : fn.name, args, expr, entity);
    }
    return this.applyFree(expr, entity);
  }

  private isAtItsParameters(entity: Entity, args: readonly Expr[]): boolean {
    const ids = (symbols: readonly Expr[]): string => symbols.map((one) => (one.kind === "symbol" ? (this.resolve(one)?.entity.id ?? "?") : "?")).join();
    return args.length > 0 && args.length === entity.parameters.length && !ids(args).includes("?") && ids(args) === ids(entity.parameters);
  }

  /** log p where p is defined as an exponential, or as a density: the exponent itself, or the log-density. */
  private logOfExponential(arg: Expr): Value | null {
    if (arg.kind !== "apply") return null;
    const entity = this.model.table.resolve(arg.fn, this.place)?.entity;
    const inner = entity?.definition?.kind === "function" && this.usable(entity) ? entity.definition.expr : null;
    if (!entity || inner?.kind !== "apply") return null;
    const logarithm: Expr | undefined = inner.fn.name === "exp" ? inner.args[0] : isDensity(inner) ? { ...inner, fn: { ...inner.fn, name: "log", font: "" }, args: [inner], certain: true } : undefined;
    if (!logarithm) return null;
    return this.applyDefined({ ...entity, definition: { ...(entity.definition as NonNullable<Entity["definition"]>), expr: logarithm } }, arg);
  }

  /** Whether a definition may be used here: never the judged claim itself. */
  usable(entity: Entity): boolean {
    const { definition } = entity;
    if (definition === null || definition.assertion === this.judged) return false;
    return this.reading.later === "defined" || definition.stated || !this.isLater(definition);
  }

  /** Whether another paragraph after this one's makes a definition. */
  private isLater(definition: NonNullable<Entity["definition"]>): boolean {
    const there = this.model.located[definition.assertion];
    const here = this.judged === null ? undefined : this.model.located[this.judged];
    return there !== undefined && here !== undefined && there.position > here.position && there.paragraph !== here.paragraph;
  }

  private applyDefined(entity: Entity, expr: Expr & { kind: "apply" }): Value {
    const definition = entity.definition as NonNullable<Entity["definition"]>;
    const mark = `f:${entity.id}`;
    if (this.expanding.has(mark)) return this.fail("unsupported", "a recursive function", expr);
    if (definition.params.length !== expr.args.length) return this.fail("ambiguous", "another number of arguments than in the definition", expr);
    const args = expr.args.map((arg) => this.lower(arg));
    const body = (values: readonly Value[]): Value =>
      this.within(definition.params.map((param, i) => [taggedKey(param), { kind: "argument", value: values[i] as Value }] as const), () => {
        this.expanding.add(mark);
        try {
          return this.lower(definition.expr);
        } finally {
          this.expanding.delete(mark);
        }
      });
    // A function of a number applied to an array acts entry by entry.
    const declaredScalar = entity.elementwise || definition.params.every((param) => this.model.table.resolve(param, this.place)?.entity.shape?.length === 0 || !this.model.table.resolve(param, this.place));
    if (args.length === 1 && declaredScalar && args[0] && !isScalar(args[0])) {
      const [arg] = args as [Value];
      const flat: Value = { free: [...arg.free, ...arg.shape.map((dim, axis) => ({ name: `e${axis}#${++this.axes}`, range: dim }))], shape: [], make: (env) => termOf(arg, env) };
      const result = body([flat]);
      if (isScalar(result) && result.free.length === flat.free.length) return { free: arg.free, shape: arg.shape, make: (env) => termOf(this.algebra.withFree(result, flat.free), env) };
    }
    return body(args);
  }

  private primed(expr: Expr & { kind: "apply" }, entity: Entity | null): Value {
    const isArray = entity !== null && !entity.isFunction && entity.shape?.length === 2 && entity.shapeFrom === "declared";
    if (isArray && expr.primes === 1) return this.product({ kind: "product", factors: [{ ...expr.fn, primes: 1 }, ...expr.args], operators: expr.args.map(() => ""), start: expr.start, end: expr.end });
    const plain: Expr = { ...expr, primes: 0 };
    const arg = expr.args[0];
    if (!arg || expr.args.length !== 1) return this.fail("unsupported", "a prime on a function of several arguments", expr);
    const derivative: Derivative = { kind: "derivative", notation: "prime", of: plain, wrt: [arg], order: expr.primes, total: true, missingPartial: false, start: expr.start, end: expr.end };
    return lowerDerivative(this, derivative);
  }

  /** A function that the document does not define: free, entry by entry or of its arguments as a whole. */
  private applyFree(expr: Expr & { kind: "apply" }, entity: Entity | null): Value {
    const args = expr.args.map((arg) => this.lower(arg));
    const name = taggedKey(expr.fn);
    if (!expr.certain && !entity) this.guessed.add(name);
    const [only] = args;
    const scalarValued = entity?.isLoss || entity?.shape?.length === 0 || /^(L|J|E|C|ell|loss|mathcalL|l)$/.test(expr.fn.name);
    const arrayValued = entity?.isFunction && entity.domain !== null && (entity.shape?.length ?? 0) > 0 && !entity.elementwise;
    if (arrayValued) return this.freeValue(name, args, entity.shape ?? []);
    if (args.length === 1 && only && (entity?.elementwise || isScalar(only)) && !scalarValued) return this.mapped(`free:${name}:0`, only);
    if (args.length === 1 && only && !scalarValued && /^(sigma|phi|varphi|psi|f|g|h|a|rho|act|activation)$/.test(expr.fn.name)) {
      if (!entity?.elementwise) this.guessed.add(name);
      return this.mapped(`free:${name}:0`, only);
    }
    if (scalarValued || args.every(isScalar)) return this.freeValue(name, args, []);
    return this.fail("unknown-symbol", `the function ${name} is not defined`, expr.fn);
  }

  /** An arbitrary smooth function of its arguments: Σₖ Cₖ φ(Σₐ⟨Mₖₐ, xₐ⟩), each Cₖ of the function's shape. */
  private freeValue(name: string, args: readonly Value[], shape: readonly string[]): Value {
    const hidden = 2;
    const free = mergeAxes(args);
    const inner = Array.from({ length: hidden }, (_, k) => {
      const terms = args.map((arg, a) => {
        const weights: Value = this.variableOf(`${name}·${k}${a}:${arg.shape.map((dim) => this.classes.find(dim)).join("×")}`, arg.shape, null, name);
        return this.total(this.algebra.contractValues([arg, weights], [arg.shape.map((_, i) => `p${i}`), arg.shape.map((_, i) => `p${i}`)], arg.shape.map((_, i) => `p${i}`), arg.shape));
      });
      return terms.reduce((a, b) => this.plus(a, b, { start: 0, end: 0 }));
    });
    const activated = inner.map((value, k) => this.algebra.scale(this.mapped(`free:${name}:0`, value), this.variableOf(`${name}·c${k}`, shape, null, name)));
    const total = activated.reduce((a, b) => this.plus(a, b, { start: 0, end: 0 }));
    return this.algebra.withFree(total, free);
  }

  // Symbols

  /** A variable leaf of the claim. */
  variableOf(name: string, shape: readonly string[], entity: Entity | null, latex: string, free: readonly Axis[] = []): Value {
    const full = [...free.map((axis) => axis.range), ...shape];
    if (!this.drawn.has(name)) this.drawn.set(name, { name, shape: full, entity, latex });
    return { free, shape, make: (env) => variable(name, full.map(env.size)) };
  }

  binding(key: string): Binding | undefined {
    return this.scope.get(key);
  }

  within<T>(bindings: readonly (readonly [string, Binding])[], body: () => T): T {
    const saved = this.scope;
    this.scope = new Map(saved);
    for (const [key, binding] of bindings) this.scope.set(key, binding);
    try {
      return body();
    } finally {
      this.scope = saved;
    }
  }

  newAxis(letter: string, range: string): Axis {
    return { name: `${letter}#${++this.axes}`, range };
  }

  symbol(written: SymbolExpr): Value {
    const key = taggedKey(written);
    const symbol = this.reading.indices === "dropped" ? this.completed(written) : written;
    const bound = symbol.subscripts.length ? undefined : this.scope.get(key);
    if (bound) return this.boundValue(bound);
    const argument = this.scope.get(key);
    if (argument?.kind === "argument" && symbol.subscripts.length) return this.select(argument.value, symbol.subscripts, symbol);
    const standard = this.standardSymbol(symbol);
    if (standard) return standard;
    const resolved = this.resolve(symbol);
    const whole = !resolved || resolved.entity.isFunction ? this.fromFamily(symbol) : null;
    if (whole) return whole;
    if (!resolved) return this.dotted(symbol) ?? this.primeTranspose(symbol) ?? this.unknown(symbol);
    const { entity, indices, family } = resolved;
    if (family) return this.familyMember(entity, symbol);
    const value = this.entityValue(entity, symbol);
    return indices.length ? this.select(value, indices, symbol) : value;
  }

  /** Symbols of the claim with their indices, by letter: what a letter without one stands for where indices are dropped. */
  indexed: ReadonlyMap<string, SymbolExpr> = new Map();

  private completed(symbol: SymbolExpr): SymbolExpr {
    if (symbol.subscripts.length || this.scope.has(taggedKey(symbol)) || this.resolve(symbol)) return symbol;
    return this.indexed.get(taggedKey(symbol)) ?? symbol;
  }

  /** p where only its entries p_i are defined: the vector, or matrix, of them. */
  private fromFamily(symbol: SymbolExpr): Value | null {
    const entity = this.model.table.familyOf(symbol, this.place);
    if (!entity || !this.usable(entity)) return null;
    const whole = this.familyWhole(entity);
    if (whole.shape.length) return null;
    const shape = [...whole.free.map((axis) => axis.range), ...(entity.arity === 1 ? ["1"] : [])];
    return this.reshaped({ free: [], shape: whole.free.map((axis) => axis.range), make: (env) => termOf(whole, env) }, shape);
  }

  /** `\dot{x}`, `\ddot{x}` of a symbol that depends on one parameter. */
  private dotted(symbol: SymbolExpr): Value | null {
    const order = { dot: 1, ddot: 2 }[symbol.accents[0] ?? ""];
    const of = { ...symbol, accents: symbol.accents.slice(1) };
    if (!order || this.resolve(of)?.entity.parameters.length !== 1) return null;
    return lowerDerivative(this, { kind: "derivative", notation: "dot", of, wrt: [], order, total: true, missingPartial: false, start: symbol.start, end: symbol.end });
  }

  /** `x'` where only x is known, an array: its transpose, unless another kind is tried for it. */
  private primeTranspose(symbol: SymbolExpr): Value | null {
    const key = taggedKey(symbol);
    const base = { ...symbol, primes: 0 };
    const entity = symbol.primes === 1 && !this.overrides.has(baseKey(symbol)) ? this.resolve(base)?.entity : undefined;
    if (!entity || entity.isFunction || entity.shape?.length !== 2) return null;
    this.guessed.add(key);
    return this.algebra.transpose(this.symbol(base));
  }

  resolve(symbol: SymbolExpr): Resolved | null {
    const resolved = this.model.table.resolve(symbol, this.place);
    if (!resolved) return null;
    if (this.reading.fresh && resolved.entity.section !== this.place.section) return null;
    return { ...resolved, entity: this.asRead(resolved.entity) };
  }

  private readonly read = new Map<number, Entity>();
  /** An entity with the definition that it has under the reading. */
  private asRead(entity: Entity): Entity {
    const { latest, examples, variables } = this.reading;
    if (!latest && examples === "values" && !variables.length) return entity;
    const known = this.read.get(entity.id);
    if (known) return known;
    const last = latest ? entity.restated.filter((one) => one.assertion !== this.judged && this.isBefore(one)).pop() : undefined;
    const varies = variables.includes(entity.key) && entity.definition?.kind !== "function";
    const definition = varies ? null : last ?? (examples === "free" && entity.definition && isExample(entity.definition.expr) ? null : entity.definition);
    const read = definition === entity.definition ? entity : { ...entity, definition, shape: entity.shape ?? (definition || varies ? null : []) };
    this.read.set(entity.id, read);
    return read;
  }

  private isBefore({ assertion }: Definition): boolean {
    return (this.model.located[assertion]?.position ?? 0) < this.place.position;
  }

  private boundValue(bound: Binding): Value {
    if (bound.kind === "argument") return bound.value;
    if (bound.kind === "value") return this.sizeNumber(bound.key);
    const { axis } = bound;
    return { free: [axis], shape: [], make: (env) => constant([env.size(axis.range)], Array.from({ length: env.size(axis.range) }, (_, i) => i + 1)) };
  }

  /** A size as the number that it is. */
  sizeNumber(key: string): Value {
    return { free: [], shape: [], make: (env) => constant([], [env.size(key)]) };
  }

  /** I, the all-ones vector, 0, e_i, E_{ij}, δ_{ij}, π. */
  private standardSymbol(symbol: SymbolExpr): Value | null {
    const declared = this.model.table.resolve(symbol, this.place)?.entity;
    const { name } = symbol;
    if ((name === "delta" && symbol.subscripts.length === 2) || (name === "delta" && symbol.subscripts.length === 1 && symbol.subscripts[0]?.text.length === 2)) {
      if (declared && !symbol.subscripts.every((subscript) => /^[a-z0-9]$/.test(subscript.text))) return null;
      return this.kroneckerDelta(symbol);
    }
    const vague = declared !== undefined && declared.definition === null && (declared.shape ?? []).every((dim) => dim.startsWith("?") || dim === "1");
    if (vague && symbol.subscripts.length > 0 && (name === "e" || name === "E" || name === "J")) return this.unitArray(symbol);
    if (name === "K" && symbol.subscripts.length === 2 && declared?.properties.has("commutationMatrix")) return this.commutation(symbol);
    if (declared && (declared.shape !== null || declared.definition) && !declared.properties.has("allOnes") && !declared.properties.has("identity") && !(name === "1")) return null;
    if (name === "I" || name === "mathbbI" || declared?.properties.has("identity") || (name === "Id" && symbol.font === "mathrm")) return this.identityOf(symbol);
    if (name === "1" || declared?.properties.has("allOnes") || (name === "e" && symbol.font !== "" && !symbol.subscripts.length && declared !== undefined && declared.properties.has("allOnes"))) return this.onesOf(symbol, declared ?? null);
    if (name === "0") return { ...literal(0), shape: [] };
    if (name === "pi" && !symbol.subscripts.length && !declared) return this.variableOf("π", [], null, "\\pi");
    if ((name === "e" || name === "E" || name === "J") && symbol.subscripts.length && !declared) return this.unitArray(symbol);
    return null;
  }

  private identityOf(symbol: SymbolExpr): Value {
    const [below] = symbol.subscripts;
    const key = below ? sizeKey(below.expr) : null;
    const joined = symbol.subscripts.length === 2 ? symbol.subscripts.map((subscript) => subscript.text).join("*") : key;
    const size = joined ?? this.classes.unknown();
    if (joined) for (const atom of atomsOf(joined)) this.model.table.sizeNames.add(atom);
    return { free: [], shape: [size, size], make: (env) => identityTerm(env.size(size)) };
  }

  private onesOf(symbol: SymbolExpr, declared: Entity | null): Value {
    const annotation = shapeAnnotation(symbol);
    const dims = annotation ? annotation.map((dim) => sizeKey(dim) ?? this.classes.unknown()) : null;
    const [below] = symbol.subscripts;
    const key = below && !annotation ? sizeKey(below.expr) : null;
    const shape = dims ?? (declared?.shape?.length ? declared.shape : [key ?? this.classes.unknown(), "1"]);
    return { free: [], shape, make: (env) => onesTerm(shape.map(env.size)) };
  }

  /** `e_i`, `E_{ij}`, `J^{ij}`: ones at the indices. */
  private unitArray(symbol: SymbolExpr): Value | null {
    const letters = symbol.subscripts.map((subscript) => this.indexOf(subscript, null));
    if (letters.some((index) => index === null) || letters.length > 2) return null;
    const ranges = letters.map((index) => (index?.kind === "axis" ? index.axis.range : this.classes.unknown()));
    const free = letters.flatMap((index) => (index?.kind === "axis" ? [index.axis] : []));
    const shape = ranges.length === 1 ? [ranges[0] as string, "1"] : ranges;
    return {
      free,
      shape,
      make: (env) => {
        const parts = letters.map((index, i) => {
          const n = env.size(ranges[i] as string);
          if (index?.kind === "axis") return identityTerm(n);
          const at = index?.kind === "value" ? env.size(index.key) - 1 : 0;
          return constant([n], Array.from({ length: n }, (_, k) => (k === at ? 1 : 0)));
        });
        const number = numbering();
        const inputs = parts.map((part, i) => (part.shape.length === 2 ? [number(`a${i}`), number(`p${i}`)] : [number(`p${i}`)]));
        const out = [...letters.flatMap((index, i) => (index?.kind === "axis" ? [number(`a${i}`)] : [])), ...parts.map((_, i) => number(`p${i}`)), ...(ranges.length === 1 ? [number("one")] : [])];
        return contract(inputs, out, parts, [...free.map((axis) => env.size(axis.range)), ...shape.map(env.size)]);
      },
    };
  }

  private kroneckerDelta(symbol: SymbolExpr): Value {
    const letters = symbol.subscripts.map((subscript) => this.indexOf(subscript, null));
    const [a, b] = letters;
    if (!a || !b) return this.fail("unsupported", "δ with indices that are not read", symbol);
    if (a.kind === "value" && b.kind === "value") return { free: [], shape: [], make: (env) => constant([], [env.size(a.key) === env.size(b.key) ? 1 : 0]) };
    if (a.kind === "axis" && b.kind === "axis") {
      if (a.axis.name === b.axis.name) return literal(1);
      if (!this.classes.unify(a.axis.range, b.axis.range)) this.fail("shape", "δ over indices of different ranges", symbol);
      return { free: [a.axis, b.axis], shape: [], make: (env) => identityTerm(env.size(a.axis.range)) };
    }
    const axis = a.kind === "axis" ? a.axis : b.kind === "axis" ? b.axis : null;
    const value = a.kind === "value" ? a.key : b.kind === "value" ? b.key : "1";
    if (!axis) return this.fail("unsupported", "δ with indices that are not read", symbol);
    return { free: [axis], shape: [], make: (env) => constant([env.size(axis.range)], Array.from({ length: env.size(axis.range) }, (_, i) => (i === env.size(value) - 1 ? 1 : 0))) };
  }

  /** K_{pq} vec(X) = vec(Xᵀ) for X of size p×q, vec by columns. */
  private commutation(symbol: SymbolExpr): Value {
    const [p, q] = symbol.subscripts.map((subscript) => sizeKey(subscript.expr) ?? "?") as [string, string];
    const key = this.productKey(p, q);
    return {
      free: [],
      shape: [key, key],
      make: (env) => {
        const [rows, columns] = [env.size(p), env.size(q)];
        const n = rows * columns;
        const entries = new Array<number>(n * n).fill(0);
        for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) entries[(i * columns + j) * n + (j * rows + i)] = 1;
        return constant([n, n], entries);
      },
    };
  }

  /** A whole declared or defined symbol. */
  entityValue(entity: Entity, symbol: SymbolExpr): Value {
    const mark = `e:${entity.id}`;
    const known = this.values.get(mark);
    if (known) return known;
    const bound = this.scope.get(taggedKey(entity.symbol));
    if (bound?.kind === "argument") return bound.value;
    const value = this.makeEntity(entity, symbol, mark);
    // Inside a function's body the arguments are bound, so the value is not the symbol's own.
    if (![...this.scope.values()].some((binding) => binding.kind === "argument")) this.values.set(mark, value);
    return value;
  }

  /** The defined symbols that took part, with what they stand for. */
  definedValues(): { entity: Entity; value: Value }[] {
    return this.model.table.all.flatMap((entity) => {
      const value = entity.definition ? this.values.get(`e:${entity.id}`) : undefined;
      return value ? [{ entity, value }] : [];
    });
  }

  private makeEntity(entity: Entity, symbol: SymbolExpr, mark: string): Value {
    if (entity.definition && this.usable(entity) && !this.expanding.has(mark) && entity.definition.kind !== "family") {
      const value = this.definedValue(entity, symbol, mark);
      if (value) return value;
    }
    if (entity.slices && !entity.definition) return this.fail("unsupported", "a row or column without its index", symbol);
    if (entity.isLoss && !entity.definition) return this.freeLoss(entity, symbol);
    if (entity.isSize && entity.shape === null) return this.sizeNumber(entity.key);
    const key = entity.key;
    if (entity.shape === null && this.model.table.sizeNames.has(key) && !entity.definition) return this.sizeNumber(key);
    if (entity.shape === null && entity.isFunction) return this.fail("unsupported", `${key} is a function`, symbol);
    const shape = entity.shape ?? this.guess(entity.symbol, symbol);
    const oriented = this.orient(entity, shape);
    if (entity.parameters.length && !entity.isLoss) return this.parametric(entity, oriented, symbol);
    const random = this.chance?.leaf(entity.symbol, entity, oriented);
    if (random) return random;
    const value = this.variableOf(`${entity.key}@${entity.id}`, oriented, entity, key);
    return this.isVector(value) && entity.orientation === null ? { ...value, bias: true } : value;
  }

  private orient(entity: Entity, shape: readonly string[]): readonly string[] {
    if (this.reading.vectors === "rows" && entity.orientation === null && shape.length === 2 && shape[1] === "1" && entity.shapeFrom === "declared") return ["1", shape[0] as string];
    return shape;
  }

  private definedValue(entity: Entity, symbol: SymbolExpr, mark: string): Value | null {
    const definition = entity.definition as NonNullable<Entity["definition"]>;
    if (definition.kind === "argmin") return this.argmin(entity, symbol, mark);
    this.expanding.add(mark);
    try {
      const value = this.lower(definition.expr);
      // A declared shape and the definition's must agree; a number defined by a 1×1 product does.
      if (entity.shape && !this.agrees(entity.shape, value)) {
        const turned = this.algebra.transpose(value);
        if (this.agrees(entity.shape, turned)) return turned;
        // A guess that the declared shape contradicts is none.
        return this.overrides.size ? this.fail("ambiguous", `${entity.key} has another shape than its definition`, symbol) : value;
      }
      return value;
    } catch (error) {
      // What a square on the left defines is a letter like others where the right side is not understood.
      if (error instanceof Failure && definition.expr.kind === "root") return null;
      // What a definition says beyond our reach leaves the symbol a variable of its declared shape.
      if (error instanceof Failure && entity.shape && (error.kind === "unsupported" || error.kind === "unknown-symbol")) return null;
      throw error;
    } finally {
      this.expanding.delete(mark);
    }
  }

  private agrees(shape: readonly string[], value: Value): boolean {
    const own = shape.every((dim) => this.algebra.isOne(dim)) ? [] : shape;
    return own.length === value.shape.length && this.classes.attempt(() => own.every((dim, axis) => this.classes.unify(dim, value.shape[axis] as string)));
  }

  /** The minimiser of a quadratic: solves the stationarity condition, which is linear in it. */
  private argmin(entity: Entity, symbol: SymbolExpr, mark: string): Value | null {
    const { expr } = entity.definition as NonNullable<Entity["definition"]>;
    const parts = argminParts(expr);
    if (!parts) return this.fail("unsupported", "a minimiser that is not read", symbol);
    const elsewhere = this.guessed.has(baseKey(parts.variable));
    const variableValue = this.symbol(parts.variable);
    this.expanding.add(mark);
    const objective = this.lower(parts.objective);
    this.expanding.delete(mark);
    // The letter is bound here: its kind follows from the objective.
    if (!elsewhere) this.guessed.delete(baseKey(parts.variable));
    if (!isScalar(objective)) return this.fail("shape", "an objective that is no number", parts.objective);
    return { free: [], shape: variableValue.shape, make: (env) => solveStationarity(termOf(objective, env), termOf(variableValue, env)) };
  }

  /** A symbol that depends on scalar parameters: A(t) = A₀ + t A₁ + t² A₂. */
  private parametric(entity: Entity, shape: readonly string[], symbol: SymbolExpr): Value {
    let value = this.variableOf(`${entity.key}@${entity.id}`, shape, entity, entity.key);
    for (const parameter of entity.parameters) {
      const at = this.symbol(parameter);
      if (!isScalar(at)) return this.fail("unsupported", `${entity.key} depends on an array`, symbol);
      for (const order of [1, 2]) {
        const coefficient = this.variableOf(`${entity.key}@${entity.id}·${taggedKey(parameter)}${order}`, shape, null, entity.key);
        const factor = order === 1 ? at : this.algebra.scale(at, at);
        value = this.plus(value, this.algebra.scale(factor, coefficient), symbol);
      }
    }
    return value;
  }

  /** A family's member `v_j`: its definition with the letters put in, or a variable with axes. */
  familyMember(entity: Entity, symbol: SymbolExpr): Value {
    if (entity.slices) return this.sliceMember(entity, symbol);
    const recurrent = this.recurrenceOf(entity);
    if (recurrent) return this.selectAxes(recurrent.whole, symbol.subscripts, symbol);
    return this.plainMember(entity, symbol);
  }

  private readonly recurrences = new Map<number, Recurrence>();
  /** A family whose members are made from one another; null where it is none, or while its own definition is read. */
  recurrenceOf(entity: Entity): Recurrence | null {
    if (this.expanding.has(`m:${entity.id}`) || direction(entity) === 0 || !this.usable(entity)) return null;
    const known = this.recurrences.get(entity.id);
    if (known) return known;
    const axis = this.newAxis("step", this.familyRange(entity, 0));
    const letter = entity.symbol.subscripts[0] as Subscript;
    const member = this.within([[letter.text, { kind: "axis", axis }]], () => this.plainMember(entity, entity.symbol));
    // Members that differ by more than their index, such as draws of noise, are not unrolled.
    if (member.free.some((other) => other.name !== axis.name)) return null;
    const made = recurrence(entity, this.algebra.withFree(member, [axis]), `${entity.key}@${entity.id}`);
    this.recurrences.set(entity.id, made);
    return made;
  }

  private plainMember(entity: Entity, symbol: SymbolExpr): Value {
    const { definition } = entity;
    const mark = `m:${entity.id}`;
    if (definition && this.usable(entity) && definition.kind === "family" && !this.expanding.has(mark)) {
      const bindings = definition.params.map((param, i) => [taggedKey(param), this.indexBinding(symbol.subscripts[i] as Subscript)] as const);
      if (bindings.every(([, binding]) => binding !== null)) {
        this.expanding.add(mark);
        try {
          return this.within(bindings as [string, Binding][], () => this.lower(definition.expr));
        } catch (error) {
          // What a definition says beyond our reach leaves the members variables.
          if (!(error instanceof Failure) || (error.kind !== "unsupported" && error.kind !== "unknown-symbol")) throw error;
          this.guessed.add(baseKey(symbol));
        } finally {
          this.expanding.delete(mark);
        }
      }
    }
    return this.memberVariable(entity, symbol);
  }

  private indexBinding(subscript: Subscript): Binding | null {
    const index = this.indexOf(subscript, null);
    if (index?.kind === "axis") return { kind: "axis", axis: index.axis };
    if (index?.kind === "value") return { kind: "value", key: index.key };
    return null;
  }

  /** A family without a definition: an array with one axis for each letter before the member's own. */
  private memberVariable(entity: Entity, symbol: SymbolExpr): Value {
    const shape = entity.shape ?? this.guess(entity.symbol, symbol);
    const random = this.chance?.leaf(symbol, entity, shape);
    if (random) return random;
    const ranges = symbol.subscripts.map((_, i) => this.familyRange(entity, i));
    const axes = ranges.map((range, i) => this.newAxis(`f${i}`, range));
    const whole = this.variableOf(`${entity.key}@${entity.id}`, shape, entity, entity.key, axes);
    return this.selectAxes(whole, symbol.subscripts, symbol);
  }

  private readonly ranges = new Map<string, string>();
  familyRange(entity: Entity, position: number): string {
    const key = `${entity.id}:${position}`;
    const known = this.ranges.get(key);
    if (known) return known;
    const range = this.classes.unknown();
    this.ranges.set(key, range);
    return range;
  }

  private sliceMember(entity: Entity, symbol: SymbolExpr): Value {
    const { matrix, by } = entity.slices as NonNullable<Entity["slices"]>;
    const whole = this.symbol(matrix);
    if (whole.shape.length !== 2) return this.fail("unknown-shape", "rows of something that is no matrix", symbol);
    const axis = by === "row" ? 0 : 1;
    const picked = this.pick(whole, axis, symbol.subscripts[0] as Subscript, symbol);
    // Rows of X are written x_iᵀ: the member is a column.
    return { ...picked, shape: [whole.shape[1 - axis] as string, "1"], make: (env) => termOf(this.reshaped(picked, [whole.shape[1 - axis] as string, "1"]), env) };
  }

  /** The symbols in an entity's definition that have definitions of their own: what a direct partial derivative holds fixed. */
  heldFixed(of: Expr, target: Value): Value[] {
    const entity = of.kind === "symbol" ? this.resolve(of)?.entity : null;
    const expr = entity?.definition && this.usable(entity) ? entity.definition.expr : of;
    const out: Value[] = [];
    for (const symbol of symbolsIn(expr, false)) {
      const inner = this.resolve(symbol);
      if (!inner || inner.family || inner.indices.length || !inner.entity.definition || inner.entity.isFunction || inner.entity.id === entity?.id) continue;
      const value = this.entityValue(inner.entity, symbol);
      if (value !== target) out.push(value);
    }
    return out;
  }

  // Indices

  /** What a subscript selects: an axis, or a fixed position. */
  indexOf(subscript: Subscript, range: string | null): { kind: "axis"; axis: Axis; shift: number } | { kind: "value"; key: string } | { kind: "all" } | null {
    const { expr } = subscript;
    if (expr.kind === "dots") return { kind: "all" };
    if (expr.kind === "number" && expr.denominator === 1) return { kind: "value", key: String(expr.numerator) };
    if (expr.kind === "symbol" && !expr.subscripts.length) {
      const key = taggedKey(expr);
      const bound = this.scope.get(key);
      if (bound?.kind === "axis") return { ...bound, shift: 0 };
      if (bound?.kind === "value") return { kind: "value", key: bound.key };
      void range;
      return null;
    }
    if (expr.kind === "sum" && expr.terms.length === 2) {
      const [head, tail] = expr.terms as [{ sign: 1 | -1; expr: Expr }, { sign: 1 | -1; expr: Expr }];
      if (head.expr.kind === "symbol" && tail.expr.kind === "number" && tail.expr.denominator === 1) {
        const bound = this.scope.get(taggedKey(head.expr));
        const shift = tail.sign * tail.expr.numerator;
        if (bound?.kind === "axis") return { kind: "axis", axis: bound.axis, shift };
        if (bound?.kind === "value") return { kind: "value", key: shift < 0 ? `${bound.key}-${-shift}` : `${bound.key}+${shift}` };
      }
    }
    const key = sizeKey(expr);
    return key && atomsOf(key).every((atom) => this.model.table.sizeNames.has(atom)) ? { kind: "value", key } : null;
  }

  private entry(expr: Expr & { kind: "entry" }): Value {
    return this.select(this.lower(expr.base), expr.indices, expr);
  }

  /** Entries of an array. One index on a vector, two on a matrix, `:` for a whole axis. */
  select(value: Value, indices: readonly Subscript[], place: Place): Value {
    const { shape } = value;
    if (shape.length === 0) return this.fail("ambiguous", "an index on a number", place);
    if (shape.length === 2 && indices.length === 1) {
      const axis = shape.findIndex((dim) => !this.algebra.isOne(dim));
      if (!this.isVector(value)) return this.fail("ambiguous", "one index on a matrix", place);
      const picked = this.pick(value, axis < 0 ? 0 : axis, indices[0] as Subscript, place);
      return this.reshaped(picked, []);
    }
    if (indices.length !== shape.length) return this.fail("shape", `${indices.length} indices on ${this.algebra.describe(value)}`, place);
    let current = value;
    const kept: string[] = [];
    let axis = 0;
    for (const index of indices) {
      if (this.indexOf(index, null)?.kind === "all") {
        kept.push(current.shape[axis] as string);
        axis++;
        continue;
      }
      current = this.pick(current, axis, index, place);
    }
    if (!kept.length) return current;
    const full = indices.map((index, i) => (this.indexOf(index, null)?.kind === "all" ? (shape[i] as string) : "1"));
    return this.reshaped(current, full);
  }

  /** Drops one axis of the shape by an index: a position, or an axis of its own. */
  pick(value: Value, axis: number, subscript: Subscript, place: Place): Value {
    const range = value.shape[axis] as string;
    const index = this.indexOf(subscript, range);
    if (!index || index.kind === "all") throw new Failure("unknown-symbol", `the index ${subscript.text} is not known`, subscript, false, subscript.expr.kind === "symbol" && !subscript.expr.subscripts.length ? taggedKey(subscript.expr) : null);
    const lead = value.free.length;
    const shape = value.shape.filter((_, i) => i !== axis);
    if (index.kind === "value") {
      return {
        free: value.free,
        shape,
        make: (env) => {
          const at = env.size(index.key);
          const size = env.size(range);
          if (at < 1 || at > size) throw new Failure("range", `the index ${subscript.text} goes beyond ${this.algebra.name(range)}`, subscript);
          return slice(termOf(value, env), lead + axis, at - 1);
        },
      };
    }
    if (index.shift === 0) {
      const [runs, has] = [this.classes.find(index.axis.range), this.classes.find(range)];
      // A worked example of two entries beside a general sum is no clash.
      if (!this.classes.unify(runs, has)) this.fail(/^\d+$/.test(runs) !== /^\d+$/.test(has) ? "ambiguous" : "shape", `${subscript.text.startsWith("⟨") ? "an index" : `the index ${subscript.text}`} runs to ${this.algebra.name(index.axis.range)}, and this axis has ${this.algebra.name(range)}`, subscript);
      return this.alignAxis(value, axis, index.axis, shape);
    }
    return this.shifted(value, axis, index.axis, index.shift, shape, place);
  }

  /** Makes a positional axis a free one; the diagonal where that index is free already. */
  private alignAxis(value: Value, axis: number, free: Axis, shape: readonly string[]): Value {
    const all = value.free.some((other) => other.name === free.name) ? value.free : [...value.free, free];
    return {
      free: all,
      shape,
      make: (env) => {
        const number = numbering();
        const input = [...value.free.map((other) => number(other.name)), ...value.shape.map((_, i) => (i === axis ? number(free.name) : number(`p${i}`)))];
        const output = [...all.map((other) => number(other.name)), ...value.shape.flatMap((_, i) => (i === axis ? [] : [number(`p${i}`)]))];
        return contract([input], output, [termOf(value, env)]);
      },
    };
  }

  private shifted(value: Value, axis: number, free: Axis, shift: number, shape: readonly string[], _place: Place): Value {
    const range = value.shape[axis] as string;
    const all = value.free.some((other) => other.name === free.name) ? value.free : [...value.free, free];
    return {
      free: all,
      shape,
      make: (env) => {
        const [n, size] = [env.size(free.range), env.size(range)];
        const selection = constant([n, size], Array.from({ length: n * size }, (_, at) => (at % size === Math.floor(at / size) + shift ? 1 : 0)));
        const number = numbering();
        const input = [...value.free.map((other) => number(other.name)), ...value.shape.map((_, i) => number(`p${i}`))];
        const output = [...all.map((other) => number(other.name)), ...value.shape.flatMap((_, i) => (i === axis ? [] : [number(`p${i}`)]))];
        return contract([input, [number(free.name), number(`p${axis}`)]], output, [termOf(value, env), selection], [...all.map((other) => env.size(other.range)), ...shape.map(env.size)]);
      },
    };
  }

  /** A family's leading axes by its subscripts. */
  private selectAxes(whole: Value, subscripts: readonly Subscript[], place: Place): Value {
    const opened: Value = { free: [], shape: [...whole.free.map((axis) => axis.range), ...whole.shape], make: (env) => termOf(whole, env) };
    let current = opened;
    for (const subscript of subscripts) current = this.pick(current, 0, subscript, place);
    return current;
  }

  // Big operators

  private big(expr: Expr & { kind: "big" }): Value {
    if (expr.indices.length === 0) return this.bareSum(expr);
    const stepped = this.stepped(expr);
    if (stepped) return stepped;
    const bound = expr.indices.map((index) => ({ index, axis: this.boundAxis(index, expr) }));
    const body = this.within(
      bound.map(({ index, axis }) => [taggedKey(index.symbol), { kind: "axis", axis }] as const),
      () => {
        let value = this.lower(expr.body);
        for (const condition of expr.conditions) {
          if (condition.kind === "indicator") value = this.algebra.multiply(this.indicator(condition.condition, condition), value, condition);
          else this.fail("unsupported", "a bound that is not read", condition);
        }
        for (const { index, axis } of bound) value = this.masked(value, index, axis);
        return value;
      },
    );
    if (expr.operator === "sum") return bound.reduceRight((value, { index, axis }) => sumAlongNamed(this, value, index, axis) ?? this.algebra.sumOver(value, axis), body);
    return this.fold(expr, body, bound.map(({ axis }) => axis));
  }

  /** A sum whose index is an exponent, `\sum_{r=0}^{k-1} X^r A X^{k-r-1}`: one term for each value of it. */
  private stepped(expr: Expr & { kind: "big" }): Value | null {
    const [index] = expr.indices;
    const [from, to] = [index?.from ? sizeKey(index.from) : null, index?.to ? this.upperKey(index.to) : null];
    if (expr.operator !== "sum" || expr.indices.length !== 1 || expr.conditions.length || !index || !from || !to || !inExponent(expr.body, taggedKey(index.symbol))) return null;
    const letter = `⟨${index.symbol.name}${++this.axes}⟩`;
    const body = this.within([[taggedKey(index.symbol), { kind: "value", key: letter }]], () => this.lower(expr.body));
    const at = (env: Env, step: number): Env => ({ ...env, memo: new Map(), size: (key) => (key === letter ? step : env.size(key)) });
    return {
      free: body.free,
      shape: body.shape,
      make: (env) => {
        const [first, last] = [env.size(from), env.size(to)];
        if (last < first) throw new Failure("range", "an empty sum", expr);
        return Array.from({ length: last - first + 1 }, (_, i) => termOf(body, at(env, first + i))).reduce((a, b) => addTerms(a, b));
      },
    };
  }

  private boundAxis(index: BoundIndex, place: Place): Axis {
    const key = index.to ? sizeKey(index.to) : null;
    let range = this.classes.unknown();
    if (index.to) {
      const upper = this.upperKey(index.to);
      if (!upper) this.fail("unsupported", "an upper bound that is not read", place);
      if (this.startsAtOne(index.from)) range = upper;
    }
    void key;
    return { ...this.newAxis(index.symbol.name, range), summed: true };
  }

  private upperKey(expr: Expr): string | null {
    if (expr.kind === "symbol") {
      const bound = this.scope.get(taggedKey(expr));
      if (bound?.kind === "value") return bound.key;
      if (bound?.kind === "axis") return null;
    }
    const key = sizeKey(expr);
    if (!key || key === "infty") return null;
    for (const atom of atomsOf(key)) this.model.table.sizeNames.add(atom);
    return key;
  }

  private startsAtOne(from: Expr | null): boolean {
    return from === null || (from.kind === "number" && from.numerator === 1 && from.denominator === 1);
  }

  /** Bounds that leave part of an axis out: `\sum_{i=2}^{n}`. */
  private masked(value: Value, index: BoundIndex, axis: Axis): Value {
    if (this.startsAtOne(index.from)) return value;
    const from = index.from ? this.upperKey(index.from) : null;
    const to = index.to ? this.upperKey(index.to) : null;
    if (!from) return this.fail("unsupported", "a lower bound that is not read", index.symbol);
    if (from === "0") return this.fail("unsupported", "an index from zero", index.symbol);
    const mask: Value = {
      free: [axis],
      shape: [],
      make: (env) => {
        const n = env.size(axis.range);
        const [low, high] = [env.size(from), to ? env.size(to) : n];
        return constant([n], Array.from({ length: n }, (_, i) => (i + 1 >= low && i + 1 <= high ? 1 : 0)));
      },
    };
    return this.algebra.scale(mask, value);
  }

  /** `\sum` without an index: all entries, or the rows where that is what fits. */
  private bareSum(expr: Expr & { kind: "big" }): Value {
    if (expr.operator !== "sum") return this.fail("unsupported", "an operator without an index", expr);
    return this.total(this.lower(expr.body));
  }

  private fold(expr: Expr & { kind: "big" }, body: Value, axes: readonly Axis[]): Value {
    let value = body;
    for (const axis of axes) {
      const at = value.free.findIndex((other) => other.name === axis.name);
      const current = value;
      if (at < 0 && expr.operator !== "product") continue;
      value = {
        free: current.free.filter((other) => other.name !== axis.name),
        shape: current.shape,
        make: (env) => {
          const n = env.size(axis.range);
          if (at < 0) return integerPower(termOf(current, env), n);
          const term = termOf(current, env);
          if (expr.operator === "max") return maximumAlong(term, at);
          if (expr.operator === "min") return scale(maximumAlong(scale(term, -1), at), -1);
          return Array.from({ length: n }, (_, i) => slice(term, at, i)).reduce((a, b) => mul(a, b));
        },
      };
    }
    return value;
  }

  // Conditions

  indicator(condition: Relation, place: Place): Value {
    const [left, right] = condition.sides;
    const operator = condition.links[0]?.operator;
    if (!left || !right || condition.links.length !== 1) return this.fail("unsupported", "a condition that is not read", place);
    if ((operator === "=" || operator === "\\neq") && this.isIndexExpr(left) && this.isIndexExpr(right)) {
      const [a, b] = [this.lower(left), this.lower(right)];
      const free = mergeAxes([a, b]);
      const [l, r] = [this.algebra.withFree(a, free), this.algebra.withFree(b, free)];
      return {
        free,
        shape: [],
        make: (env) => {
          const [x, y] = [termOf(l, env), termOf(r, env)];
          if (x.kind === "constant" && y.kind === "constant") return constant(x.shape, x.numerators.map((value, i) => ((value === y.numerators[i]) === (operator === "=") ? 1 : 0)));
          return equalMask(x, y, operator === "=");
        },
      };
    }
    if (operator !== ">" && operator !== "<" && operator !== "\\geq" && operator !== "\\leq") return this.fail("unsupported", "a condition that is not read", place);
    const difference = this.plus(this.lower(operator === ">" || operator === "\\geq" ? left : right), this.algebra.scale(literal(-1), this.lower(operator === ">" || operator === "\\geq" ? right : left)), place);
    return this.mapped("step", difference);
  }

  private isIndexExpr(expr: Expr): boolean {
    return expr.kind === "number" || (expr.kind === "symbol" && this.scope.has(taggedKey(expr)) && this.scope.get(taggedKey(expr))?.kind !== "argument");
  }

  private cases(expr: Expr & { kind: "cases" }): Value {
    let rest: Value = literal(1);
    let total: Value | null = null;
    for (const branch of expr.branches) {
      const condition = branch.otherwise || !branch.condition ? rest : this.algebra.hadamard(rest, this.indicator(branch.condition, expr), expr, "rows");
      const value = this.algebra.hadamard(condition, this.lower(branch.value), expr, "rows");
      total = total ? this.plus(total, value, expr) : value;
      if (!branch.otherwise && branch.condition) {
        const complement = this.plus(literal(1), this.algebra.scale(literal(-1), this.indicator(branch.condition, expr)), expr);
        rest = this.algebra.hadamard(rest, complement, expr, "rows");
      }
    }
    return total ?? this.fail("unsupported", "cases without a case", expr);
  }

  private tuple(items: readonly Expr[], place: Place): Value {
    if (items.some((item) => item.kind === "dots")) return lowerMatrix(this, { kind: "matrix", rows: items.map((item) => [{ expr: item.kind === "dots" ? null : item, dots: item.kind === "dots", start: item.start, end: item.end }]), delimiter: "(", start: place.start, end: place.end });
    const values = items.map((item) => this.lower(item));
    if (!values.every(isScalar)) return this.fail("unsupported", "a list of arrays", place);
    return lowerMatrix(this, { kind: "matrix", rows: items.map((item) => [{ expr: item, dots: false, start: item.start, end: item.end }]), delimiter: "(", start: place.start, end: place.end });
  }

  // What the text does not say

  private unknown(symbol: SymbolExpr): Value {
    const key = baseKey(symbol);
    if (isNamed(symbol.name) && symbol.name.length > 1) return this.fail("unsupported", `${symbol.name} without an argument`, symbol);
    if (!symbol.subscripts.length && this.model.table.sizeNames.has(key)) return this.sizeNumber(key);
    this.guessed.add(key);
    const random = this.chance?.leaf(symbol, null, this.guess(symbol, symbol));
    if (random) return random;
    const sample = this.sampleOf(symbol);
    if (sample) return symbol.subscripts.length ? this.select(sample, symbol.subscripts, symbol) : sample;
    if (this.isIndexed(symbol)) {
      let current = this.unknownArray(symbol);
      if (symbol.subscripts.length === 1 && this.isVector(current)) return this.select(current, symbol.subscripts, symbol);
      for (const subscript of symbol.subscripts) current = this.pick(current, 0, subscript, symbol);
      return current;
    }
    const name = `${taggedKey(symbol)}${symbol.subscripts.map((subscript) => `_${subscript.text}`).join("")}`;
    const known = this.values.get(`u:${name}`);
    if (known) return known;
    const value = this.variableOf(name, this.guess(symbol, symbol), null, key);
    this.values.set(`u:${name}`, value);
    return value;
  }

  /** `x^{(i)}` where x is a declared vector: one more of its kind, and `x_j^{(i)}` is an entry of it. */
  private sampleOf(symbol: SymbolExpr): Value | null {
    if (symbol.tags.length !== 1 || !/^\((\w+)\)$/.test(symbol.tags[0]?.text ?? "") || this.overrides.has(baseKey(symbol))) return null;
    const shape = this.resolve({ ...symbol, tags: [], subscripts: [] })?.entity.shape;
    if (shape?.length !== 2 || !shape.includes("1")) return null;
    return this.variableOf(taggedKey(symbol), shape, null, baseKey(symbol));
  }

  /** The array whose entries are written with subscripts but that is nowhere declared: one axis for each index. */
  unknownArray(symbol: SymbolExpr): Value {
    const name = `${taggedKey(symbol)}[${symbol.subscripts.length}]`;
    const known = this.values.get(name);
    if (known) return known;
    const kind = memberKind(symbol, this.model);
    if (kind === "entry") return this.unknown({ ...symbol, subscripts: [] });
    const ranges = symbol.subscripts.map((_, i) => this.namedRange(name, i));
    const whole = this.variableOf(name, kind === "vector" ? [...ranges, this.classes.length(), "1"] : ranges, null, baseKey(symbol));
    this.values.set(name, whole);
    return whole;
  }

  /** Whether all subscripts of a symbol are bound letters or numbers. */
  isIndexed(symbol: SymbolExpr): boolean {
    // One number below an undeclared letter is part of its name: `W_1`, `W_2`.
    if (symbol.subscripts.length === 1 && symbol.subscripts[0]?.expr.kind === "number") return false;
    return symbol.subscripts.length > 0 && symbol.subscripts.every((subscript) => this.indexOf(subscript, null) !== null);
  }

  private namedRange(name: string, axis: number): string {
    const key = `${name}:${axis}`;
    const known = this.ranges.get(key);
    if (known) return known;
    const range = this.classes.unknown();
    this.ranges.set(key, range);
    return range;
  }

  private guess(symbol: SymbolExpr, place: Place): readonly string[] {
    this.guessed.add(baseKey(symbol));
    const shape = guessShape(symbol, this.model, this.overrides.get(baseKey(symbol)) ?? null, this.classes);
    return shape ?? this.fail("unknown-shape", `the shape of ${symbol.name} is not given`, place);
  }

  /** A loss without a formula: linear in what it directly depends on, so that its cotangents are free. */
  private freeLoss(entity: Entity, symbol: SymbolExpr): Value {
    return this.lossOver(taggedKey(entity.symbol), sinksOf(this, symbol, entity), symbol);
  }

  private readonly losses = new Map<string, Value>();
  /** Entities whose cotangents are free: a statement of one defines it. */
  readonly sinks = new Set<number>();
  lossOver(name: string, sinks: readonly SymbolExpr[], place: SymbolExpr): Value {
    const known = this.losses.get(name);
    if (known) return known;
    if (!sinks.length) return this.fail("unknown-symbol", `${name} is not defined`, place);
    const terms = sinks.map((sink) => {
      const value = this.sinkValue(sink);
      const resolved = this.resolve(sink);
      if (resolved) this.sinks.add(resolved.entity.id);
      const cotangent = this.variableOf(`∂${name}/∂${resolved?.entity.arity ? taggedKey(sink) : fullKey(sink)}`, [...value.free.map((axis) => axis.range), ...value.shape], null, `\\frac{\\partial ${spellSymbol(place)}}{\\partial ${spellSymbol(sink)}}`);
      const labels = [...value.free, ...value.shape].map((_, i) => `p${i}`);
      const open: Value = { free: [], shape: [...value.free.map((axis) => axis.range), ...value.shape], make: (env) => termOf(value, env) };
      return this.total(this.algebra.contractValues([open, cotangent], [labels, labels], labels, open.shape));
    });
    const loss = terms.reduce((a, b) => this.plus(a, b, place));
    this.losses.set(name, loss);
    return loss;
  }

  /** A sink as a whole: an array, or all members of a family. */
  sinkValue(sink: SymbolExpr): Value {
    const resolved = this.resolve(sink);
    if (!resolved) return this.symbol(sink);
    const { entity } = resolved;
    if (!entity.arity) return this.entityValue(entity, entity.symbol);
    return this.familyWhole(entity);
  }

  private readonly families = new Map<number, Value>();
  /** All members of a family as one value with free axes of its own. */
  familyWhole(entity: Entity): Value {
    const known = this.families.get(entity.id) ?? this.recurrenceOf(entity)?.whole;
    if (known) return known;
    const axes = entity.symbol.subscripts.map((_, i) => this.newAxis(`w${i}`, this.familyRange(entity, i)));
    const bindings = entity.symbol.subscripts.map((subscript, i) => [subscript.text, { kind: "axis", axis: axes[i] as Axis }] as [string, Binding]);
    const member = this.within(bindings, () => this.familyMember(entity, entity.symbol));
    const whole = this.algebra.withFree(member, axes);
    this.families.set(entity.id, whole);
    return whole;
  }
}

function inExponent(expr: Expr, key: string): boolean {
  if (expr.kind === "power" && symbolsIn(expr.exponent).some((symbol) => taggedKey(symbol) === key)) return true;
  return childrenOf(expr).some((child) => inExponent(child, key));
}

// Small terms

import { identity as identityTerm, logAbsDeterminant, matrixExponential as matrixExp, matrixSquareRoot as applyMatrixRoot, max as maximumTerm, nuclearNorm as nuclear, ones as onesTerm, reshape as reshapeTerm, spectralNorm as spectral, stack as stackTerms } from "../tensor";
import { argminParts, equalMask, interpolate, solveStationarity } from "./special";

function maximum(term: Term): Term {
  return maximumTerm(reshapeTerm(term, [term.shape.reduce((all, n) => all * n, 1)]), 0);
}

function maximumAlong(term: Term, axis: number): Term {
  return maximumTerm(term, axis);
}

export { childrenOf, logAbsDeterminant };
