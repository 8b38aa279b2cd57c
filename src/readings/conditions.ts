/** Indicators of conditions, and definitions by cases. */
import type { Place } from "../latex/types";
import { type Expr, plainSymbol, type Relation } from "../semantics/expression";
import { same } from "../base/same";
import { constant, maxMask, scale } from "../tensor";
import { canonical } from "./functions";
import { indexOf } from "./indices";
import type { Lowering } from "./lower";
import { classAt, labelOf } from "./integers";
import { isObserved, isProjectedOn } from "./observed";
import { entrywise, isVector, mapped, plus } from "./operations";
import { type Axis, type Env, literal, type Value } from "./value";

export function lowerCases(lowering: Lowering, expr: Expr & { kind: "cases" }): Value {
  let rest: Value = literal(1);
  let total: Value | null = null;
  // What is left is the last case, in whatever words; a case before it in words alone may be any.
  if (expr.branches.slice(0, -1).some(({ condition, otherwise }) => !condition && !otherwise)) return lowering.fail("unsupported", "a condition that is not read", expr);
  for (const branch of expr.branches) {
    const condition = branch.otherwise || !branch.condition ? rest : lowering.algebra.hadamard(rest, lowerIndicator(lowering, branch.condition, expr), expr, "rows");
    const value = lowering.algebra.hadamard(condition, lowering.lower(branch.value), expr, "rows");
    total = total ? plus(lowering, total, value, expr) : value;
    if (!branch.otherwise && branch.condition) {
      const complement = plus(lowering, literal(1), lowering.algebra.scale(literal(-1), lowerIndicator(lowering, branch.condition, expr)), expr);
      rest = lowering.algebra.hadamard(rest, complement, expr, "rows");
    }
  }
  return total ?? lowering.fail("unsupported", "cases without a case", expr);
}

export function lowerIndicator(lowering: Lowering, condition: Relation, place: Place): Value {
  const [left, right] = condition.sides;
  const operator = condition.links[0]?.operator;
  if (!left || !right || condition.links.length !== 1) return lowering.fail("unsupported", "a condition that is not read", place);
  if (operator === "\\in") return membership(lowering, left, right, place);
  const compared = comparedIndices(lowering, left, right, operator ?? "");
  if (compared) return compared;
  const chosen = operator === "=" ? chosenBy(lowering, left, right) : null;
  if (chosen) return chosen;
  const attained = operator === "=" ? attains(lowering, left, right) : null;
  if (attained) return attained;
  const known = operator === "=" || operator === "\\neq" ? valueIs(lowering, left, right) : null;
  if (known) return operator === "=" ? known : plus(lowering, literal(1), lowering.algebra.scale(literal(-1), known), place);
  if (operator !== ">" && operator !== "<" && operator !== "\\geq" && operator !== "\\leq") return lowering.fail("unsupported", "a condition that is not read", place);
  const difference = plus(lowering, lowering.lower(operator === ">" || operator === "\\geq" ? left : right), lowering.algebra.scale(literal(-1), lowering.lower(operator === ">" || operator === "\\geq" ? right : left)), place);
  return mapped("step", difference);
}

/** `x = \max(x)` of a vector: one where it is largest, zero elsewhere. */
function attains(lowering: Lowering, left: Expr, right: Expr): Value | null {
  const fn = right.kind === "apply" && right.args.length === 1 && same(left, right.args[0]) ? canonical(right.fn.name) : null;
  if (fn !== "max" && fn !== "min") return null;
  const value = lowering.lower(left);
  const axis = value.shape.findIndex((dim) => !lowering.algebra.isOne(dim));
  if (!isVector(lowering, value) || axis < 0) return null;
  return entrywise(value, (term) => maxMask(fn === "max" ? term : scale(term, -1), value.free.length + axis));
}

/** `(i, j) \in \Omega`: any weight for each pair, so that what holds of it holds where it is one or zero; ones and zeros where the text projects on the set. */
function membership(lowering: Lowering, left: Expr, set: Expr, place: Place): Value {
  if (left.kind !== "tuple" || set.kind !== "symbol" || set.subscripts.length) return lowering.fail("unsupported", "a condition that is not read", place);
  const [row, column] = left.items.map((one) => placeOf(lowering, one));
  if (row && column && left.items.length === 2 && isProjectedOn(set, lowering.model)) return comparedPlaces(row, column, isObserved);
  const subscripts = left.items.map((expr) => ({ expr, text: expr.kind === "symbol" ? expr.name : "", start: expr.start, end: expr.end }));
  return lowering.lower({ ...plainSymbol(`⟨${set.name}⟩`, "", set, []), subscripts });
}

/** `c(i) = k` of a function that gives each i one of the k: any weight for each pair, like that of a set. */
function chosenBy(lowering: Lowering, left: Expr, right: Expr): Value | null {
  const [at, ...more] = left.kind === "apply" && !left.fn.subscripts.length && !lowering.resolve(left.fn)?.entity.definition ? left.args : [];
  if (left.kind !== "apply" || !at || more.length || !placeOf(lowering, at)?.axis || !placeOf(lowering, right)) return null;
  const subscripts = [at, right].map((expr) => ({ expr, text: expr.kind === "symbol" ? expr.name : "", start: expr.start, end: expr.end }));
  return lowering.lower({ ...plainSymbol(`⟨${left.fn.name}⟩`, "", left, []), subscripts });
}

/** `y^{(i)} = 1` of a letter that varies with nothing: any weight for each member and value, so that what holds of it holds where it is one or zero. */
function valueIs(lowering: Lowering, left: Expr, right: Expr): Value | null {
  const [sign, value] = right.kind === "sum" && right.terms.length === 1 && right.terms[0]?.sign === -1 ? ["-", right.terms[0].expr] : ["", right];
  if (left.kind !== "symbol" || value.kind !== "number" || lowering.resolve(left)?.entity.definition) return null;
  return lowering.lower({ ...left, name: `⟨${left.name}=${sign}${value.numerator}/${value.denominator}⟩` });
}

/** One where two indices are as an operator says, zero elsewhere; null where a side is no place. */
export function comparedIndices(lowering: Lowering, left: Expr, right: Expr, operator: string): Value | null {
  const [a, b] = [placeOf(lowering, left), placeOf(lowering, right)];
  const holds = comparisons[operator];
  if (!a || !b || !holds) return null;
  for (const [one, other] of [[a, b], [b, a]] as const) if (one.classes && other.axis) lowering.classes.unify(one.classes, other.classes ?? other.axis.range);
  return comparedPlaces(a, b, holds);
}

const comparisons: Readonly<Record<string, (a: number, b: number) => boolean>> = { "=": (a, b) => a === b, "\\neq": (a, b) => a !== b, "<": (a, b) => a < b, ">": (a, b) => a > b, "\\leq": (a, b) => a <= b, "\\geq": (a, b) => a >= b };

/** An index or a number: the axis that it runs along, and what it is where the axis is at a place. */
interface Position {
  readonly axis: Axis | null;
  readonly at: (env: Env, place: number) => number;
  /** How many it chooses among, where it is the class of a place. */
  readonly classes?: string;
}

function placeOf(lowering: Lowering, expr: Expr): Position | null {
  const labelled = labelOf(lowering, expr);
  if (labelled) return { axis: labelled.axis, at: (env, place) => classAt(labelled.label, env, place - 1) + 1, classes: labelled.label.classes };
  const index = indexOf(lowering, { expr, text: "", start: expr.start, end: expr.end });
  if (index?.kind === "axis") return { axis: index.axis, at: (_env, place) => place + index.shift + (index.axis.origin ?? 1) - 1 };
  return index?.kind === "value" ? { axis: null, at: (env) => env.size(index.key) } : null;
}

/** One where two indices are as they should be, over all places of both. */
function comparedPlaces(a: Position, b: Position, holds: (a: number, b: number) => boolean): Value {
  const free = [a, b].flatMap(({ axis }) => (axis ? [axis] : [])).filter((axis, i, all) => all.findIndex((other) => other.name === axis.name) === i);
  return {
    free,
    shape: [],
    make: (env) => {
      const sizes = free.map((axis) => env.size(axis.range));
      const [rows = 1, columns = 1] = sizes;
      const entries = Array.from({ length: rows * columns }, (_, k) => {
        const places = [Math.floor(k / columns) + 1, (k % columns) + 1];
        const at = ({ axis, at: value }: Position): number => value(env, axis ? (places[free.findIndex((own) => own.name === axis.name)] as number) : 0);
        return holds(at(a), at(b)) ? 1 : 0;
      });
      return constant(sizes, entries);
    },
  };
}
