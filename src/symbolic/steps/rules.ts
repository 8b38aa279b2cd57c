/**
 * The rules that take a differential one level inwards. What is linear in its
 * parts is taken apart as it is written. For anything else, letters stand for
 * the parts, and the differential of that small expression, put in closed form,
 * says what the rule is: so every primitive brings its own.
 */
import { dependsOn, directional, gradient, pullback, scalar, sum as total, variable, type Term } from "../../tensor";
import { apply, differential, fingerprint, hadamard, isNumber, kronecker, letterPower, power, product, sigma, sum, symbol, trace, transpose, whole, zero } from "../expression/build";
import { termOfExpression } from "../expression/meaning";
import { partsOf, substituted, withParts } from "../expression/parts";
import { differentialName, type Expression, type ExpressionOf, type Letter, type Moving } from "../expression/types";
import { toLatex } from "../print/latex";
import { shortest } from "../shortest";
import { coefficients, dimOf, inTrial, ratio, UNIT, writtenExponent, type Trial } from "../sizes";
import type { Spelling } from "../spelling";
import { variableLatex } from "../translate/names";
import { isSquaredNorm, titleOf } from "./titles";

/** A differential with its d further inside. */
export interface Moved {
  readonly rule: string;
  readonly result: Expression;
}

export class Rules {
  private readonly moving = new WeakMap<Expression, boolean>();
  private readonly variable: Term;
  /** Symbols by what they have been told to be. */
  private readonly told = new Map<string, Expression>();

  constructor(
    readonly by: Moving,
    private readonly spelling: Spelling,
  ) {
    this.variable = variable(by.name, by.shape.map((dim) => inTrial(dim, 0)));
  }

  moves(e: Expression): boolean {
    let known = this.moving.get(e);
    if (known === undefined) this.moving.set(e, (known = this.depends(e)));
    return known;
  }

  private depends(e: Expression): boolean {
    if (e.kind === "symbol") return e.terms ? dependsOn(e.terms[0], this.variable) : e.name === this.by.name;
    return partsOf(e).some((part) => this.moves(part));
  }

  /** d e: nothing for what does not move, dX for the variable itself. */
  d(e: Expression): Expression {
    if (!this.moves(e)) return zero(e.rows, e.columns);
    if (e.kind === "transpose") return transpose(this.d(e.arg));
    return e.kind === "symbol" && !e.terms ? this.increment(e) : differential(e, this.by);
  }

  private increment(e: ExpressionOf<"symbol">): Expression {
    return symbol({ ...e, name: differentialName(e.name), latex: variableLatex(this.spelling, differentialName(e.name)) });
  }

  /** Null where there is no rule. */
  move(e: Expression): Moved | null {
    const moved = this.taken(e);
    return moved && { ...moved, result: this.named(moved.result) };
  }

  private taken(e: Expression): Moved | null {
    switch (e.kind) {
      case "symbol":
        return this.definition(e);
      case "sum":
        return { rule: "linearity", result: sum(e.terms.map((term) => this.d(term))) };
      case "product":
        return this.byFactors(e.factors, (factors) => product(...factors));
      case "hadamard":
        return this.byFactors(e.factors, hadamard);
      case "kronecker":
        return this.byFactors([e.left, e.right], ([left, right]) => kronecker(left!, right!, e.rows, e.columns));
      case "quotient":
      case "division":
        return this.moves(e.denominator) ? this.byTemplate(e) : this.linear(e);
      case "power":
        return e.matrix && e.exponent.n > 1 && e.exponent.n <= MAX_FACTORS ? this.matrixPower(e.base, e.exponent.n) : this.byTemplate(e);
      case "sizePower":
        return e.matrix ? this.countedPower(e) : this.byTemplate(e);
      case "apply":
        return this.bySlope(e);
      case "transpose":
      case "sigma":
      case "entry":
      case "matrix":
        return this.linear(e);
      case "whole":
        if (e.fn === "softmax") return this.bySymmetry(e);
        if (e.fn === "matrixExponential") return this.byTemplate(e) ?? this.alongNumber((trial) => termOfExpression(e, trial), titleOf(e));
        if (e.fn === "trace" && isFunctionOfMatrix(e.arg)) return this.byGradient(e, partsOf(e.arg)[0]!);
        return linearFunctions.has(e.fn) ? this.linear(e) : this.byTemplate(e);
      default:
        return this.byTemplate(e);
    }
  }

  /** What the notes have a name for is called by it once the definition has been told. */
  named(e: Expression): Expression {
    if (e.kind === "differential") return e;
    return this.told.get(fingerprint(e)) ?? withParts(e, partsOf(e).map((part) => this.named(part)));
  }

  private definition(e: ExpressionOf<"symbol">): Moved | null {
    if (!e.terms) return null;
    const found = shortest(...e.terms, { ...this.spelling, free: [], exclude: new Set([...(this.spelling.exclude ?? []), e.terms[0]]) });
    if (!found) return this.alongNumber((trial) => e.terms![trial], "chain rule");
    this.told.set(fingerprint(found.expression), e);
    return { rule: "definition", result: this.d(found.expression) };
  }

  /** dA = (dA/dt) dt of what depends on a number. */
  private alongNumber(termIn: (trial: Trial) => Term, rule: string): Moved | null {
    if (this.by.shape.length > 0) return null;
    const slopeIn = (trial: Trial): Term => directional(termIn(trial), new Map([[variable(this.by.name, []), scalar(1)]]));
    const slope = shortest(slopeIn(0), slopeIn(1), { ...this.spelling, free: [] })?.expression;
    const number = symbol({ name: this.by.name, latex: "", shape: [], terms: null, indices: [], symmetric: false }) as ExpressionOf<"symbol">;
    return slope ? { rule, result: product(slope, this.increment(number)) } : null;
  }

  /** Of what is linear in all of its parts at once; a part that does not move is left as it is in a denominator. */
  private linear(e: Expression): Moved {
    const parts = e.kind === "quotient" || e.kind === "division" ? [this.d(e.numerator), e.denominator] : partsOf(e).map((part) => this.d(part));
    return { rule: "linearity", result: withParts(e, parts) };
  }

  /** One summand for each factor that moves. */
  private byFactors(factors: readonly Expression[], make: (factors: readonly Expression[]) => Expression): Moved {
    const moving = factors.filter((factor) => this.moves(factor));
    const summands = moving.map((factor) => make(factors.map((other) => (other === factor ? this.d(other) : other))));
    const numbers = factors.every((factor) => factor.kind === "number" || this.moves(factor));
    return { rule: moving.length > 1 ? "product rule" : numbers ? "linearity" : "product with a constant", result: sum(summands) };
  }

  /** dXᵏ is the sum of all Xⁱ dX Xᵏ⁻¹⁻ⁱ. */
  private matrixPower(base: Expression, k: number): Moved {
    const copies = (count: number): Expression[] => Array.from({ length: count }, () => base);
    return { rule: "product rule", result: sum(copies(k).map((_, i) => product(...copies(i), this.d(base), ...copies(k - 1 - i)))) };
  }

  /** The same for a k that is a size, with a letter that counts the summands. */
  private countedPower({ base, exponent }: ExpressionOf<"sizePower">): Moved | null {
    const value = coefficients.plus(exponent, coefficients.of(ratio(-1)));
    const written = writtenExponent(value, this.spelling.sizes);
    if (!written || !exponent.every(({ n, d }) => d === 1 && n > 0)) return null;
    const taken = new Set([...this.spelling.variables.values(), ...this.spelling.sizes.keys(), ...(this.spelling.free ?? [])]);
    const letter: Letter = { id: FIRST_LETTER, latex: ["r", "s", "i", "j"].find((name) => !taken.has(name)) ?? "r'", dim: dimOf(exponent[0].n, exponent[1].n), counts: true };
    return { rule: "product rule", result: sigma([letter], product(letterPower(base, letter, null), this.d(base), letterPower(base, letter, { value, written }))) };
  }

  /** d f(u) = f′(u) ⊙ du, with the slope that reverse mode has. */
  private bySlope(e: ExpressionOf<"apply">): Moved | null {
    const hole = this.hole(e.arg, 0);
    const termIn = (trial: Trial): Term => {
      const y = termOfExpression(apply(e.fn, hole), trial);
      return gradient(total(y), [this.holeTerm(hole, 0, trial)])[0]!;
    };
    const slope = this.closed(termIn, [e.arg], [hole]);
    if (!slope) return null;
    const at = this.putIn(slope, [e.arg]);
    return { rule: titleOf(e), result: isNumber(e.arg) ? product(at, this.d(e.arg)) : hadamard([at, this.d(e.arg)]) };
  }

  /** Of a function whose Jacobian is symmetric: what it does to dU, it does to a cotangent. */
  private bySymmetry(e: ExpressionOf<"whole">): Moved | null {
    const hole = this.hole(e.arg, 0);
    const termIn = (trial: Trial): Term => {
      const part = this.holeTerm(hole, 0, trial);
      return pullback(termOfExpression(withParts(e, [hole]), trial), variable(differentialName(nameOf(0)), part.shape), [part])[0]!;
    };
    const found = this.closed(termIn, [e.arg], [hole]);
    return found && { rule: titleOf(e), result: this.putIn(found, [e.arg]) };
  }

  /** d tr f(U) = tr(Gᵀ dU), where df(U) itself has no short form. */
  private byGradient(e: ExpressionOf<"whole">, part: Expression): Moved | null {
    const hole = this.hole(part, 0);
    const termIn = (trial: Trial): Term => gradient(termOfExpression(withParts(e, [withParts(e.arg, [hole])]), trial), [this.holeTerm(hole, 0, trial)])[0]!;
    const slope = this.closed(termIn, [part], [hole]);
    const at = slope && this.putIn(slope, [part]);
    const rule = e.arg.kind === "whole" ? titleOf(e.arg) : "power rule under the trace";
    return at && { rule, result: trace(product(transpose(at), this.d(part))) };
  }

  private byTemplate(e: Expression): Moved | null {
    const squared = isSquaredNorm(e);
    const parts = squared ? partsOf(partsOf(e)[0]!) : partsOf(e);
    const holes = parts.map((part, i) => (part.kind === "number" ? part : this.hole(part, i)));
    const shape = squared ? power(whole("norm", holes[0]!), ratio(2)) : withParts(e, holes);
    const moving = parts.flatMap((part, i) => (this.moves(part) ? [i] : []));
    const found = this.differentialOf(shape, moving, parts, holes);
    return found && { rule: titleOf(e), result: this.putIn(found, parts) };
  }

  /** An expression over letters with the parts in their places. */
  private putIn(e: Expression, parts: readonly Expression[]): Expression {
    const meaning = new Map(parts.flatMap((part, i): [string, Expression][] => [[nameOf(i), part], [differentialName(nameOf(i)), this.d(part)]]));
    return substituted(e, (name) => meaning.get(name));
  }

  /** A letter in the place of a part. */
  private hole(part: Expression, i: number): Expression {
    const shape = part.rows === UNIT && part.columns === UNIT ? [] : [part.rows, part.columns];
    return symbol({ name: nameOf(i), latex: toLatex(part, this.spelling), shape, terms: null, indices: [], symmetric: part.kind === "symbol" && part.symmetric });
  }

  private holeTerm(hole: Expression, i: number, trial: Trial): Term {
    return variable(nameOf(i), hole.kind === "symbol" ? hole.shape.map((dim) => inTrial(dim, trial)) : []);
  }

  private differentialOf(shape: Expression, moving: readonly number[], parts: readonly Expression[], holes: readonly Expression[]): Expression | null {
    const termIn = (trial: Trial): Term => {
      const seeds = moving.map((i): [Term, Term] => {
        const hole = this.holeTerm(holes[i]!, i, trial);
        return [hole, variable(differentialName(nameOf(i)), hole.shape)];
      });
      return directional(termOfExpression(shape, trial), new Map(seeds));
    };
    return this.closed(termIn, parts, holes);
  }

  /** The shortest form of a term over letters that stand for parts. */
  private closed(termIn: (trial: Trial) => Term, parts: readonly Expression[], holes: readonly Expression[]): Expression | null {
    const variables = new Map([...this.spelling.variables, ...holes.map((hole, i): [string, string] => [nameOf(i), hole.kind === "symbol" ? hole.latex : ""])]);
    const symmetric = new Set(parts.flatMap((part, i) => (part.kind === "symbol" && part.symmetric ? [nameOf(i)] : [])));
    return shortest(termIn(0), termIn(1), { ...this.spelling, variables, symmetric, nodes: new Map(), counterparts: new Map(), free: [], families: new Map() })?.expression ?? null;
  }
}

function isFunctionOfMatrix(e: Expression): boolean {
  return (e.kind === "sizePower" && e.matrix) || (e.kind === "whole" && e.fn === "matrixExponential");
}

/** Letters of the translator are numbered from one. */
const FIRST_LETTER = 1_000_000;

/** Longer powers of a matrix are no short form. */
const MAX_FACTORS = 6;

const linearFunctions: ReadonlySet<string> = new Set(["trace", "diagonal", "diagonalOf", "vec", "mat"]);

function nameOf(i: number): string {
  return `part${i}`;
}
