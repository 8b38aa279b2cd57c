/** Two values as terms at chosen sizes, by both differentiators, handed to the comparison. */
import { Failure } from "../readings/failure";
import type { Lowering } from "../readings/lower";
import { pairsOfMembers } from "../readings/running";
import { type Axis, type Env, mergeAxes, termOf, type Value } from "../readings/value";
import { derivativesIn } from "../semantics/expression";
import { constant, contract, type Term } from "../tensor";
import type { Attempt, Options } from "./attempt";
import type { Claim } from "./claim";
import { bothZero, compare, type Pair } from "./compare";
import type { Drawing } from "./draw";
import type { Sides } from "./sides";
import { assignments, Sizes } from "./sizes";

const sizeTrials = 2;

/** Arrays are proportional where aᵢ bⱼ = aⱼ bᵢ for all entries: the factor is whatever it is. */
function crossed({ left, right }: Pair, claim: Claim): Pair {
  if (left.shape.every((size) => size === 1)) throw new Failure("unsupported", "numbers are always proportional", claim.right);
  const rank = left.shape.length;
  const axes = Array.from({ length: 2 * rank }, (_, axis) => axis);
  const outer = (a: Term, b: Term): Term => contract([axes.slice(0, rank), axes.slice(rank)], axes, [a, b], [...a.shape, ...b.shape]);
  return { left: outer(left, right), right: outer(right, left) };
}

export function decide(values: { left: Value; right: Value }, sides: Sides, claim: Claim, options: Options): Attempt {
  const { lowering } = sides;
  const free = mergeAxes([values.left, values.right]);
  const left = lowering.algebra.withFree(values.left, free);
  const right = lowering.algebra.withFree(values.right, free);
  let vague: Attempt | null = null;
  let equal: Attempt | null = null;
  let failure: Failure | null = null;
  let done = 0;
  for (let trial = 0; trial < assignments && done < sizeTrials; trial++) {
    const sizes = new Sizes(lowering.classes, trial);
    if (!fullRanksFit(lowering, sizes)) continue;
    let pairs: Pair[];
    let differentiates = false;
    const pairBy = (mode: Env["mode"]): Pair => {
      const env: Env = {
        size: sizes.of,
        get mode() {
          differentiates = true;
          return mode;
        },
        memo: new Map(),
      };
      const pair = masked(claim, lowering, free, env, { left: termOf(left, env), right: termOf(right, env) });
      return claim.proportional ? crossed(pair, claim) : pair;
    };
    try {
      const pair = pairBy("reverse");
      pairs = [pair, differentiates ? pairBy("forward") : pair];
    } catch (error) {
      if (!(error instanceof Failure) || error.kind !== "range") throw error;
      failure = error;
      continue;
    }
    const drawing: Drawing = { drawn: lowering.drawn, extra: options.extra ?? new Map() };
    const comparison = compare(pairs, { ...drawing, seed: `${claim.located.formula}:${claim.link}:${trial}`, zeroStated: sides.left.literal?.[0] === 0 || sides.right.literal?.[0] === 0 });
    const made: Attempt = { outcome: "compared", comparison, sides, sizes: sizes.named(), free, shape: claim.proportional ? [] : [...(pairs[0] as Pair).left.shape], pairs, drawing };
    if (comparison.status === "different" || (comparison.status === "undecided" && comparison.why === bothZero)) return made;
    if (comparison.status === "equal") {
      equal = made;
      done++;
      continue;
    }
    // Where nothing can be computed at these sizes (a Gram matrix with too few rows has no inverse), others may tell.
    vague = vague ?? made;
  }
  if (equal && (done === sizeTrials || !vague)) return equal;
  if (vague) return vague;
  throw failure ?? new Failure("unsupported", "no sizes fit", claim.right);
}

/** Full column rank needs at least as many rows as columns, full row rank the reverse. */
export function fullRanksFit(lowering: Lowering, sizes: Sizes): boolean {
  return [...lowering.drawn.values()].every(({ entity, shape }) => {
    if (!entity || shape.length !== 2) return true;
    const [rows, columns] = shape.map(sizes.of) as [number, number];
    if (entity.properties.has("fullColumnRank") || entity.properties.has("orthonormalColumns")) return rows >= columns;
    return !entity.properties.has("fullRowRank") || rows <= columns;
  });
}

/** Side conditions such as i ≠ j leave entries out on both sides, and so does ∂/∂h_{t-1} at the first t, which has none before it. */
export function masked(claim: Claim, { contrasted, domains, model, reading }: Lowering, free: readonly Axis[], env: Env, pair: Pair): Pair {
  let { left, right } = pair;
  for (const { letter, by } of shiftsIn(claim)) {
    const axis = free.findIndex(({ name }) => name.startsWith(`${letter}#`));
    if (axis < 0) continue;
    const n = env.size((free[axis] as Axis).range);
    const mask = constant([n], Array.from({ length: n }, (_, at) => (at + by >= 0 && at + by < n ? 1 : 0)));
    const apply = (term: Term): Term => {
      const labels = [...term.shape.keys()];
      return contract([[axis], labels], labels, [mask, term]);
    };
    [left, right] = [apply(left), apply(right)];
  }
  for (const where of domains.values()) {
    const axes = where.free.map(({ name }) => free.findIndex((axis) => axis.name === name));
    if (axes.includes(-1)) continue;
    const apply = (term: Term): Term => {
      const labels = [...term.shape.keys()];
      return contract([axes, labels], labels, [termOf(where, env), term]);
    };
    [left, right] = [apply(left), apply(right)];
  }
  const pairs = pairsOfMembers(model);
  const different = [...contrasted, ...(pairs.size && reading.members === "different" ? pairs : [])];
  for (const { letters, equal } of [...comparedIn(claim), ...different.map((pair) => ({ letters: pair.split(" "), equal: false }))]) {
    const [i, j] = letters.map((letter) => free.findIndex((axis) => axis.name.startsWith(`${letter}#`))) as [number, number];
    if (i < 0 || j < 0 || i === j) continue;
    const [n, m] = [env.size((free[i] as Axis).range), env.size((free[j] as Axis).range)];
    const entries = Array.from({ length: n * m }, (_, at) => ((Math.floor(at / m) === at % m) === equal ? 1 : 0));
    const mask = constant([n, m], entries);
    const apply = (term: Term): Term => {
      const labels = [...term.shape.keys()];
      return contract([[i, j], labels], labels, [mask, term]);
    };
    [left, right] = [apply(left), apply(right)];
  }
  return { left, right };
}

/** The letters that a claim says are equal, or different. */
function comparedIn({ located }: Claim): { readonly letters: readonly string[]; readonly equal: boolean }[] {
  return located.assertion.notes.flatMap((note) => {
    const [operator, ...more] = note.kind === "relation" ? note.relation.links.map((link) => link.operator) : [];
    const letters = note.kind === "relation" ? note.relation.sides.flatMap((side) => (side.kind === "symbol" ? [side.name] : [])) : [];
    return letters.length === 2 && !more.length && (operator === "\\neq" || operator === "=") ? [{ letters, equal: operator === "=" }] : [];
  });
}

/** The `t - 1` of what a claim differentiates, and of what it differentiates by. */
function shiftsIn({ left, right }: Claim): { letter: string; by: number }[] {
  const members = [left, right].flatMap(derivativesIn).flatMap(({ of, wrt }) => [of, ...wrt].flatMap((one) => (one.kind === "symbol" ? [one] : [])));
  return members.flatMap(({ subscripts }) => subscripts).flatMap(({ expr }) => {
    const [head, tail] = expr.kind === "sum" && expr.terms.length === 2 ? expr.terms : [];
    return head?.expr.kind === "symbol" && tail?.expr.kind === "number" ? [{ letter: head.expr.name, by: (tail.sign * tail.expr.numerator) / tail.expr.denominator }] : [];
  });
}
