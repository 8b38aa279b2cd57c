/** Indicators of conditions, and definitions by cases. */
import type { Place } from "../latex/types";
import type { Expr, Relation } from "../semantics/expression";
import { taggedKey } from "../semantics/symbols/key";
import { constant } from "../tensor";
import type { Lowering } from "./lower";
import { mapped, plus } from "./operations";
import { equalMask } from "./special";
import { literal, mergeAxes, termOf, type Value } from "./value";

export function lowerCases(lowering: Lowering, expr: Expr & { kind: "cases" }): Value {
  let rest: Value = literal(1);
  let total: Value | null = null;
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
  if ((operator === "=" || operator === "\\neq") && isIndexExpr(lowering, left) && isIndexExpr(lowering, right)) {
    const [a, b] = [lowering.lower(left), lowering.lower(right)];
    const free = mergeAxes([a, b]);
    const [l, r] = [lowering.algebra.withFree(a, free), lowering.algebra.withFree(b, free)];
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
  if (operator !== ">" && operator !== "<" && operator !== "\\geq" && operator !== "\\leq") return lowering.fail("unsupported", "a condition that is not read", place);
  const difference = plus(lowering, lowering.lower(operator === ">" || operator === "\\geq" ? left : right), lowering.algebra.scale(literal(-1), lowering.lower(operator === ">" || operator === "\\geq" ? right : left)), place);
  return mapped("step", difference);
}

function isIndexExpr(lowering: Lowering, expr: Expr): boolean {
  return expr.kind === "number" || (expr.kind === "symbol" && lowering.scope.has(taggedKey(expr)) && lowering.scope.get(taggedKey(expr))?.kind !== "argument");
}
