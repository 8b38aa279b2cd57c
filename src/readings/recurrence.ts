/**
 * Families defined from neighbours: h_t from h_{t-1}, or δ_t from δ_{t+1}, by
 * themselves or through one another (a_t from h_{t-1}, and h_t from a_t). The
 * members are computed step by step, and what lies before the first is zero, so
 * that a derivative by h_t goes through all later members. Where that would make
 * all of them zero (`h_t = w h_{t-1}`), the first ones are whatever they are.
 */
import { type Expr, type SymbolExpr, symbolsIn } from "../semantics/expression";
import type { Entity } from "../semantics/symbols/entity";
import { taggedKey } from "../semantics/symbols/key";
import { replace, slice, stack, type Term, vanishes, variable, zeros } from "../tensor";
import { type Env, termOf, type Value } from "./value";

/** Families that are made from one another. */
export interface System {
  /** Each after those that it is made from at its own step. */
  readonly families: readonly Entity[];
  /** 1 where members are made from later ones, −1 where from earlier ones. */
  readonly direction: 1 | -1;
}

/** The system that a family belongs to; null where its definition is no recurrence. */
export function systemOf(entity: Entity, familyOf: (symbol: SymbolExpr) => Entity | null): System | null {
  const known = new Map<Entity, readonly Edge[]>();
  const edges = (from: Entity): readonly Edge[] => {
    let found = known.get(from);
    if (!found) known.set(from, (found = edgesOf(from, familyOf)));
    return found;
  };
  const reach = (from: Entity, found = new Set<Entity>()): ReadonlySet<Entity> => {
    for (const { to } of edges(from)) {
      if (found.has(to)) continue;
      found.add(to);
      reach(to, found);
    }
    return found;
  };
  const families = [...reach(entity)].filter((other) => reach(other).has(entity));
  const within = families.flatMap((from) => edges(from).filter(({ to }) => families.includes(to)).map((edge) => ({ from, ...edge })));
  const direction = within.find(({ shift }) => shift !== 0)?.shift;
  if (!direction || within.some(({ shift }) => shift !== 0 && shift !== direction)) return null;
  const ordered: Entity[] = [];
  for (let left = families; left.length; left = left.filter((family) => !ordered.includes(family))) {
    const next = left.filter((family) => within.every(({ from, to, shift }) => from !== family || shift !== 0 || ordered.includes(to)));
    if (!next.length) return null;
    ordered.push(...next);
  }
  return { families: ordered, direction };
}

/** Of which family a member is made, and how far its index is from the own one; null where that is not said by one step. */
interface Edge {
  readonly to: Entity;
  readonly shift: 1 | -1 | 0 | null;
}

function edgesOf({ definition, arity }: Entity, familyOf: (symbol: SymbolExpr) => Entity | null): Edge[] {
  if (definition?.kind !== "family" || arity !== 1) return [];
  const letter = taggedKey(definition.params[0] as SymbolExpr);
  return symbolsIn(definition.expr, false).flatMap((symbol) => {
    const to = symbol.subscripts.length === 1 ? familyOf(symbol) : null;
    return to ? [{ to, shift: shiftOf(symbol.subscripts[0]?.expr, letter) }] : [];
  });
}

/** The sign of k in `t+k`, 0 for t itself. */
function shiftOf(expr: Expr | undefined, letter: string): Edge["shift"] {
  if (expr?.kind === "symbol") return taggedKey(expr) === letter ? 0 : null;
  if (expr?.kind !== "sum" || expr.terms.length !== 2) return null;
  const [head, tail] = expr.terms;
  const plain = head?.sign === 1 && head.expr.kind === "symbol" && taggedKey(head.expr) === letter;
  return plain && tail?.expr.kind === "number" ? tail.sign : null;
}

/** `body`: the definition with the index as a leading free axis, in which the members of the system are the letters `name`; `start`: a first member of its own. */
export interface Part {
  readonly body: Value;
  readonly name: string;
  readonly start: Value;
}

/** All members of each part, along a leading free axis. */
export function unroll(parts: readonly Part[], direction: 1 | -1): Value[] {
  const known = new WeakMap<Env, readonly (readonly Term[])[]>();
  const steps = (env: Env): readonly (readonly Term[])[] => {
    let found = known.get(env);
    if (!found) known.set(env, (found = stepsOf(parts, env, direction < 0)));
    return found;
  };
  return parts.map(({ body }, i) => ({ free: body.free, shape: body.shape, make: (env) => stack(steps(env)[i] as readonly Term[]), steps: (env) => steps(env)[i] as readonly Term[] }));
}

/** The members one by one, each a node of its own. */
function stepsOf(parts: readonly Part[], env: Env, forward: boolean): Term[][] {
  const bodies = parts.map(({ body }) => termOf(body, env));
  const count = bodies[0]?.shape[0] as number;
  const members = bodies.map(({ shape }) => Array.from({ length: count }, () => zeros(shape.slice(1))));
  const letters = parts.map(({ name }, i) => variable(name, (bodies[i] as Term).shape));
  const made = (i: number, at: number) => slice(replace(bodies[i] as Term, new Map(letters.map((letter, j) => [letter, stack([...(members[j] as Term[])])]))), 0, at);
  const order = Array.from({ length: count }, (_, k) => (forward ? k : count - 1 - k));
  for (const at of order) {
    parts.forEach((_, i) => ((members[i] as Term[])[at] = made(i, at)));
    if (at !== order[0] || !members.every((list) => vanishes(list[at] as Term))) continue;
    parts.forEach(({ start }, i) => {
      const first = made(i, at);
      (members[i] as Term[])[at] = vanishes(first) ? termOf(start, env) : first;
    });
  }
  return members;
}
