/**
 * What is set to zero, solved: an unknown put in by its stated solution, or a
 * variable that occurs linearly moved to where the condition holds.
 */
import { add, contract, dependsOn, inverse, isZero, jacobian, replace, reshape, scale, type Term, topological, vanishes, zeros } from "../tensor";
import { Failure } from "./failure";
import { type Env, termOf, type Value } from "./value";

const nowhere = { start: 0, end: 0 };

/** `zero` where each unknown is what is stated for it. The unknowns are plain variables. */
export function putIn(zero: Value, stated: readonly { unknown: Value; value: Value }[]): Value {
  return {
    ...zero,
    make: (env) => {
      const pairs = stated.map(({ unknown, value }) => [termOf(unknown, env), termOf(value, env)] as const);
      if (pairs.some(([unknown, value]) => unknown.kind !== "variable" || dependsOn(value, unknown))) throw new Failure("unsupported", "an unknown that is not solved for", nowhere);
      const condition = termOf(zero, env);
      if (!pairs.some(([unknown]) => dependsOn(condition, unknown))) throw new Failure("unsupported", "a condition on something else", nowhere);
      return replace(condition, new Map(pairs));
    },
  };
}

/**
 * A value where the condition `zero = 0` holds: of the variables that occur
 * linearly in it, the one at `choice` moves, as little as it can:
 * v − Jᵀ(JJᵀ)⁻¹(Jv + c), and −J⁻¹c where J is square.
 */
export function whereZero(value: Value, zero: Value, choice: number): Value {
  return {
    ...value,
    make: (env) => {
      const moved = solutions(termOf(zero, env), env)[choice];
      if (!moved) throw new Failure("unsupported", "a condition that is not solved", nowhere);
      return replace(termOf(value, env), new Map([[moved.variable, moved.by]]));
    },
  };
}

interface Solution {
  readonly variable: Term;
  readonly by: Term;
}

const solved = new WeakMap<Env, Map<Term, readonly Solution[]>>();

function solutions(zero: Term, env: Env): readonly Solution[] {
  const known = solved.get(env) ?? new Map<Term, readonly Solution[]>();
  solved.set(env, known);
  const found = known.get(zero) ?? solve(zero);
  known.set(zero, found);
  return found;
}

/** By each variable that can be solved for, those that are determined first. */
function solve(zero: Term): readonly Solution[] {
  const rows = sizeOf(zero);
  const linear = topological([zero]).flatMap((variable) => {
    if (variable.kind !== "variable" || sizeOf(variable) < rows) return [];
    const slope = jacobian(zero, variable);
    // Where the condition has no other term, the variable is zero there, and all that is made of it.
    const isAlone = vanishes(replace(zero, new Map([[variable, zeros(variable.shape)]])));
    return dependsOn(slope, variable) || isZero(slope) || (isAlone && sizeOf(variable) === rows) ? [] : [{ variable, slope }];
  });
  const determined = (variable: Term): number => (sizeOf(variable) === rows ? 0 : 1);
  return linear.sort((a, b) => determined(a.variable) - determined(b.variable)).map(({ variable, slope }) => ({ variable, by: step(zero, variable, reshape(slope, [rows, sizeOf(variable)])) }));
}

function step(zero: Term, variable: Term, slope: Term): Term {
  const residual = reshape(zero, [sizeOf(zero)]);
  const back = sizeOf(variable) === sizeOf(zero) ? inverse(slope) : contract([[0, 1], [1, 2]], [0, 2], [transposed(slope), inverse(contract([[0, 1], [1, 2]], [0, 2], [slope, transposed(slope)]))]);
  return add(variable, scale(reshape(contract([[0, 1], [1]], [0], [back, residual]), variable.shape), -1));
}

function transposed(matrix: Term): Term {
  return contract([[0, 1]], [1, 0], [matrix]);
}

function sizeOf({ shape }: Term): number {
  return shape.reduce((all, size) => all * size, 1);
}
