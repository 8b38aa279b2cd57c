/**
 * The rules that take a differential one level inwards. What is linear in its
 * parts is taken apart as it is written. For anything else, letters stand for
 * the parts, and the differential of that small expression, put in closed form,
 * says what the rule is: so every primitive brings its own.
 */
import { dependsOn, directional, variable, type Term } from "../../tensor";
import { differential, hadamard, kronecker, power, product, sum, symbol, transpose, whole, zero } from "../expression/build";
import { termOfExpression } from "../expression/meaning";
import { partsOf, substituted, withParts } from "../expression/parts";
import { differentialName, type Expression, type ExpressionOf, type Moving } from "../expression/types";
import { toLatex } from "../print/latex";
import { shortest } from "../shortest";
import { inTrial, ratio, UNIT, type Trial } from "../sizes";
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
      case "transpose":
      case "sigma":
      case "entry":
      case "matrix":
        return this.linear(e);
      case "whole":
        return linearFunctions.has(e.fn) ? this.linear(e) : this.byTemplate(e);
      default:
        return this.byTemplate(e);
    }
  }

  private definition(e: ExpressionOf<"symbol">): Moved | null {
    if (!e.terms) return null;
    const found = shortest(...e.terms, { ...this.spelling, free: [], exclude: new Set([...(this.spelling.exclude ?? []), e.terms[0]]) });
    return found && { rule: "definition", result: this.d(found.expression) };
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

  private byTemplate(e: Expression): Moved | null {
    const squared = isSquaredNorm(e);
    const parts = squared ? partsOf(partsOf(e)[0]!) : partsOf(e);
    const holes = parts.map((part, i) => (part.kind === "number" ? part : this.hole(part, i)));
    const shape = squared ? power(whole("norm", holes[0]!), ratio(2)) : withParts(e, holes);
    const moving = parts.map((part, i) => ({ part, hole: holes[i]! })).filter(({ part }) => this.moves(part));
    const found = this.differentialOf(shape, moving.map(({ hole }) => hole), parts, holes);
    const meaning = new Map(parts.flatMap((part, i): [string, Expression][] => [[nameOf(i), part], [differentialName(nameOf(i)), this.d(part)]]));
    return found && { rule: titleOf(e), result: substituted(found, (name) => meaning.get(name)) };
  }

  /** A letter in the place of a part. */
  private hole(part: Expression, i: number): Expression {
    const shape = part.rows === UNIT && part.columns === UNIT ? [] : [part.rows, part.columns];
    return symbol({ name: nameOf(i), latex: toLatex(part, this.spelling), shape, terms: null, indices: [], symmetric: part.kind === "symbol" && part.symmetric });
  }

  private differentialOf(shape: Expression, moving: readonly Expression[], parts: readonly Expression[], holes: readonly Expression[]): Expression | null {
    const termIn = (trial: Trial): Term => {
      const at = (e: Expression, name: string): Term => variable(name, e.kind === "symbol" ? e.shape.map((dim) => inTrial(dim, trial)) : []);
      const seeds = moving.map((hole) => (hole.kind === "symbol" ? hole : null)!).map((hole): [Term, Term] => [at(hole, hole.name), at(hole, differentialName(hole.name))]);
      return directional(termOfExpression(shape, trial), new Map(seeds));
    };
    const variables = new Map([...this.spelling.variables, ...holes.map((hole, i): [string, string] => [nameOf(i), hole.kind === "symbol" ? hole.latex : ""])]);
    const symmetric = new Set(parts.flatMap((part, i) => (part.kind === "symbol" && part.symmetric ? [nameOf(i)] : [])));
    return shortest(termIn(0), termIn(1), { ...this.spelling, variables, symmetric, nodes: new Map(), counterparts: new Map(), free: [], families: new Map() })?.expression ?? null;
  }
}

const linearFunctions: ReadonlySet<string> = new Set(["trace", "diagonal", "diagonalOf", "vec", "mat"]);

function nameOf(i: number): string {
  return `part${i}`;
}
