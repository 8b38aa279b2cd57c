/**
 * Takes dX out of what is linear in it: the G of tr(Gᵀ dX), the g of gᵀ dx,
 * and the J of J dx, read off as the line is written. Where a line is written
 * in another way, the closed form of the derivative stands in.
 */
import { diagonal, hadamard, identity, isColumn, isNumber, isZero, makeTranspose, power, product, quotient, rational, sameExpression, sigma, sum, trace, transpose, unit, whole } from "../expression/build";
import { partsOf, withParts } from "../expression/parts";
import { differentialName, type Expression, type Moving } from "../expression/types";
import { negated, ONE, UNIT } from "../sizes";
import { scaledBy } from "../translate/scalars";
import type { Line } from "./index";
import { numbersOf, tidied } from "./tidy";

export interface Collected {
  readonly lines: readonly Line[];
  readonly factor: Expression;
}

/** Null where the derivative is a tensor. */
export function collected(line: Expression, by: Moving, closed: () => Expression | null): Collected | null {
  const name = differentialName(by.name);
  const dx = incrementIn(line, name);
  if (!dx || isZero(line)) return null;
  if (isNumber(line)) return ofNumber(line, dx, name, closed);
  if (isColumn(line) && isColumn(dx)) return ofColumn(line, dx, name, closed);
  return null;
}

/** The differential of the variable, as it is written. */
function incrementIn(e: Expression, name: string): Expression | null {
  if (e.kind === "symbol") return e.name === name && e.indices.length === 0 ? e : null;
  for (const part of partsOf(e)) {
    const found = incrementIn(part, name);
    if (found) return found;
  }
  return null;
}

function ofNumber(first: Expression, dx: Expression, name: string, closed: () => Expression | null): Collected | null {
  const before = turnedLines(first, dx);
  const line = before[before.length - 1]?.expression ?? first;
  const after = broughtOut(line, dx, name, closed);
  return after && { lines: [...before, ...after.lines.filter(({ expression }, i) => i > 0 || !sameExpression(expression, line))], factor: after.factor };
}

/** Traces of sums as sums of traces, and those of a transposed dX turned over, so that one rule makes each line. */
function turnedLines(line: Expression, dx: Expression): Line[] {
  if (isNumber(dx) || isColumn(dx) || dx.rows === UNIT || !containsTrace(line) || !containsTransposed(line, dx)) return [];
  const apart = inTraces(line, (arg) => sum(summandsOf(arg, dx).map((term) => whole("trace", term))));
  const turned = inTraces(apart, (arg) => whole("trace", containsTransposed(arg, dx) ? tidied(transpose(arg)) : arg));
  const lines: Line[] = [{ rule: "linearity", expression: tidied(apart) }, { rule: "transposition under the trace", expression: tidied(turned) }];
  return lines.filter(({ expression }, i) => !sameExpression(expression, i === 0 ? line : lines[0]!.expression));
}

/** What a sum adds, or a product of which a factor is a sum with dX in it. */
function summandsOf(e: Expression, dx: Expression): readonly Expression[] {
  if (e.kind === "sum") return e.terms;
  const at = e.kind === "product" ? e.factors.findIndex((factor) => factor.kind === "sum" && containsTransposed(factor, dx)) : -1;
  const factor = e.kind === "product" ? e.factors[at] : undefined;
  return e.kind === "product" && factor?.kind === "sum" ? factor.terms.map((term) => product(...e.factors.slice(0, at), term, ...e.factors.slice(at + 1))) : [e];
}

function inTraces(e: Expression, f: (arg: Expression) => Expression): Expression {
  return e.kind === "whole" && e.fn === "trace" ? f(e.arg) : withParts(e, partsOf(e).map((part) => inTraces(part, f)));
}

function broughtOut(line: Expression, dx: Expression, name: string, closed: () => Expression | null): Collected | null {
  const summands = line.kind === "sum" ? line.terms : [line];
  const found = summands.map((summand) => cofactor(summand, rational(ONE), name));
  const each = found.map((g) => g && tidied(g));
  const direct = each.every((g) => g !== null) ? tidied(sum(each)) : null;
  const factor = direct ?? closed();
  if (!factor) return null;
  const rule = movedBy(line, dx);
  const apart = direct && each.length > 1 ? [{ rule, expression: sum(each.map((g) => paired(g!, dx))) }] : [];
  return { lines: [...apart, { rule: apart.length || !direct ? "collecting" : rule, expression: paired(factor, dx) }], factor };
}

/** What brings dX to the end of each summand. */
function movedBy(line: Expression, dx: Expression): string {
  if (isNumber(dx)) return "collecting";
  if (isColumn(dx) || dx.rows === UNIT) return containsTransposed(line, dx) ? "a number is its own transpose" : "collecting";
  if (!containsTrace(line)) return "a number is its own trace";
  return containsTransposed(line, dx) ? "transposition and cyclic permutation under the trace" : "cyclic permutation under the trace";
}

function containsTransposed(e: Expression, dx: Expression): boolean {
  return e.kind === "transpose" ? sameExpression(e.arg, dx) : partsOf(e).some((part) => containsTransposed(part, dx));
}

function containsTrace(e: Expression): boolean {
  return (e.kind === "whole" && e.fn === "trace") || partsOf(e).some(containsTrace);
}

/** tr(Gᵀ dX), gᵀ dx, or g dx. */
function paired(g: Expression, dx: Expression): Expression {
  if (isNumber(dx)) return tidied(product(g, dx));
  const { numbers, core } = numbersOf(g);
  const turned = core && (transpose(core).cost < core.cost + 0.55 ? transpose(core) : makeTranspose(core));
  if (dx.rows === UNIT) return scaledBy(null, [...numbers, turned ? product(dx, turned) : dx], null);
  if (isColumn(dx)) return scaledBy(null, [...numbers, turned ? product(turned, dx) : dx], null);
  return scaledBy(null, [...numbers, whole("trace", turned ? product(turned, dx) : dx)], null);
}

function ofColumn(line: Expression, dx: Expression, name: string, closed: () => Expression | null): Collected | null {
  const direct = leftFactor(line, name);
  const factor = direct ? tidied(direct) : closed();
  return factor && { lines: [{ rule: "collecting", expression: product(factor, dx) }], factor };
}

function contains(e: Expression, name: string): boolean {
  return e.kind === "symbol" ? e.name === name : partsOf(e).some((part) => contains(part, name));
}

/** G with ⟨weight, e⟩ = ⟨G, dX⟩: the adjoint of a linear expression. */
function cofactor(e: Expression, weight: Expression, name: string): Expression | null {
  switch (e.kind) {
    case "symbol":
      return e.indices.length === 0 ? weight : null;
    case "sum": {
      const parts = e.terms.filter((term) => contains(term, name)).map((term) => cofactor(term, weight, name));
      return parts.every((part) => part !== null) ? sum(parts) : null;
    }
    case "product":
      return throughProduct(e.factors, weight, name);
    case "quotient":
      return cofactor(e.numerator, quotient(weight, e.denominator), name);
    case "hadamard": {
      const at = e.factors.findIndex((factor) => contains(factor, name));
      return cofactor(e.factors[at]!, hadamard([...e.factors.filter((_, i) => i !== at), weight]), name);
    }
    case "division":
      return cofactor(e.numerator, hadamard([weight, power(e.denominator, negated(ONE))]), name);
    case "transpose":
      return cofactor(e.arg, transpose(weight), name);
    case "whole":
      if (e.fn === "trace") return cofactor(e.arg, product(weight, identity(e.arg.rows)), name);
      if (e.fn === "diagonalOf") return cofactor(e.arg, diagonal(weight), name);
      if (e.fn === "diagonal") return cofactor(e.arg, isColumn(e.arg) ? whole("diagonalOf", weight) : transpose(whole("diagonalOf", weight)), name);
      return null;
    case "sigma": {
      const inner = cofactor(e.body, weight, name);
      return inner && sigma(e.letters, inner);
    }
    case "entry":
      return throughEntry(e, weight, name);
    default:
      return null;
  }
}

function throughEntry({ base, row, column }: Expression & { readonly kind: "entry" }, weight: Expression, name: string): Expression | null {
  const vector = base.rows === UNIT || base.columns === UNIT;
  if (!isNumber(weight) || (!vector && !(row && column))) return null;
  if (!vector) return cofactor(base, product(weight, unit(row!, base.rows), transpose(unit(column!, base.columns))), name);
  const index = (row ?? column)!;
  return cofactor(base, product(weight, base.columns === UNIT ? unit(index, base.rows) : transpose(unit(index, base.columns))), name);
}

/** Of L M R the adjoint is Lᵀ · Rᵀ; a number among the factors multiplies the rest. */
function throughProduct(factors: readonly Expression[], weight: Expression, name: string): Expression | null {
  const at = factors.findIndex((factor) => contains(factor, name));
  const [before, factor, after] = [factors.slice(0, at), factors[at]!, factors.slice(at + 1)];
  if (isNumber(factor) && [...before, ...after].some((other) => !isNumber(other))) {
    const rest = product(...before, ...after);
    return cofactor(factor, isNumber(rest) ? product(weight, rest) : trace(product(transpose(weight), rest)), name);
  }
  const left = before.length ? transpose(product(...before)) : rational(ONE);
  const right = after.length ? transpose(product(...after)) : rational(ONE);
  return cofactor(factor, product(left, weight, right), name);
}

/** M with e = M dx, for columns e and dx. */
function leftFactor(e: Expression, name: string): Expression | null {
  switch (e.kind) {
    case "symbol":
      return e.indices.length === 0 ? identity(e.rows) : null;
    case "sum": {
      const parts = e.terms.filter((term) => contains(term, name)).map((term) => leftFactor(term, name));
      return parts.every((part) => part !== null) ? sum(parts) : null;
    }
    case "product": {
      const at = e.factors.findIndex((factor) => contains(factor, name));
      const [factor, after] = [e.factors[at]!, e.factors.slice(at + 1)];
      const before = e.factors.slice(0, at);
      if (isNumber(factor)) {
        const g = cofactor(factor, rational(ONE), name);
        return g && product(...before, ...after, transpose(g));
      }
      if (!after.every(isNumber)) return null;
      const inner = leftFactor(factor, name);
      return inner && product(...after, ...before, inner);
    }
    case "hadamard": {
      const at = e.factors.findIndex((factor) => contains(factor, name));
      const inner = leftFactor(e.factors[at]!, name);
      return inner && product(diagonal(hadamard(e.factors.filter((_, i) => i !== at))), inner);
    }
    case "quotient": {
      const inner = leftFactor(e.numerator, name);
      return inner && quotient(inner, e.denominator);
    }
    case "division": {
      const inner = leftFactor(e.numerator, name);
      return inner && product(diagonal(power(e.denominator, negated(ONE))), inner);
    }
    default:
      return null;
  }
}
