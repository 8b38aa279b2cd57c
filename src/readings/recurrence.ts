/**
 * Families defined from their own neighbours: h_t from h_{t-1}, or δ_t from
 * δ_{t+1}. The members are computed step by step, and what lies before the
 * first is zero, so that a derivative by h_t goes through all later members.
 */
import { type Expr, symbolsIn } from "../semantics/expression";
import type { Entity } from "../semantics/symbols/entity";
import { taggedKey } from "../semantics/symbols/key";
import { replace, slice, stack, type Term, variable, zeros } from "../tensor";
import { type Env, termOf, type Value } from "./value";

export interface Recurrence {
  /** All members, along a leading free axis. */
  readonly whole: Value;
  /** The members one by one, each a node of its own. */
  readonly steps: (env: Env) => readonly Term[];
  /** All members with the neighbours that they are made from as a letter. */
  readonly immediate: Value;
  /** That letter. */
  readonly neighbours: (env: Env) => Term;
}

/** 1 where members are made from later ones, −1 where from earlier ones, 0 where the definition is no recurrence. */
export function direction(entity: Entity): 1 | -1 | 0 {
  const { definition } = entity;
  if (definition?.kind !== "family" || entity.arity !== 1) return 0;
  const own = symbolsIn(definition.expr, false).filter((symbol) => taggedKey(symbol) === taggedKey(entity.symbol) && symbol.subscripts.length === 1);
  const shifts = own.map((symbol) => shiftOf(symbol.subscripts[0]?.expr, taggedKey(definition.params[0] as Expr & { kind: "symbol" })));
  const [first] = shifts;
  return first && shifts.every((shift) => shift === first) ? first : 0;
}

/** The sign of k in `t+k`. */
function shiftOf(expr: Expr | undefined, letter: string): 1 | -1 | 0 {
  if (expr?.kind !== "sum" || expr.terms.length !== 2) return 0;
  const [head, tail] = expr.terms;
  const plain = head?.sign === 1 && head.expr.kind === "symbol" && taggedKey(head.expr) === letter;
  return plain && tail?.expr.kind === "number" ? tail.sign : 0;
}

/** `body`: the definition with the index as a leading free axis, in which own members are the letter `name`. */
export function recurrence(entity: Entity, body: Value, name: string): Recurrence {
  const forward = direction(entity) < 0;
  const sizes = (env: Env): number[] => [...body.free.map((axis) => env.size(axis.range)), ...body.shape.map(env.size)];
  const neighbours = (env: Env): Term => variable(name, sizes(env));
  const known = new WeakMap<Env, readonly Term[]>();
  const steps = (env: Env): readonly Term[] => {
    let found = known.get(env);
    if (!found) known.set(env, (found = unrolled(termOf(body, env), neighbours(env), forward)));
    return found;
  };
  return { whole: { free: body.free, shape: body.shape, make: (env) => stack(steps(env)), steps }, steps, immediate: body, neighbours };
}

function unrolled(body: Term, neighbours: Term, forward: boolean): Term[] {
  const count = body.shape[0] as number;
  const members = Array.from({ length: count }, () => zeros(body.shape.slice(1)));
  for (let k = 0; k < count; k++) {
    const at = forward ? k : count - 1 - k;
    members[at] = slice(replace(body, new Map([[neighbours, stack([...members])]])), 0, at);
  }
  return members;
}
