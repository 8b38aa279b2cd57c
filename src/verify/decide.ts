/** Two values as terms at chosen sizes, by both differentiators, handed to the comparison. */
import { Failure } from "../readings/failure";
import { leavesIntegrals, settle } from "../readings/integrals";
import type { Lowering } from "../readings/lower";
import { type Env, mergeAxes, termOf, type Value } from "../readings/value";
import { contract, type Term } from "../tensor";
import type { Attempt, Options } from "./attempt";
import type { Claim } from "./claim";
import { bothZero, compare, type Pair } from "./compare";
import { type Drawing, propertiesOf } from "./draw";
import { masked } from "./masked";
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

/** Both sides as they are compared: without the entries that the claim leaves out, and up to a factor where it says no more. */
export function pairOf({ left, right }: { readonly left: Value; readonly right: Value }, claim: Claim, lowering: Lowering, free: Value["free"], env: Env): Pair {
  const pair = masked(claim, lowering, free, env, { left: settle(termOf(left, env), env), right: settle(termOf(right, env), env) });
  return claim.proportional ? crossed(pair, claim) : pair;
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
    const sizes = new Sizes(lowering, trial);
    if (!fullRanksFit(lowering, sizes, options.extra)) continue;
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
        ends: new Map(),
      };
      return pairOf({ left, right }, claim, lowering, free, env);
    };
    try {
      const pair = pairBy("reverse");
      pairs = [pair, differentiates ? pairBy("forward") : pair];
    } catch (error) {
      // What is not reached at these sizes may be at others.
      if (!(error instanceof Failure) || (error.kind !== "range" && error.kind !== "ambiguous")) throw error;
      failure = error;
      continue;
    }
    const drawing: Drawing = { drawn: lowering.drawn, extra: options.extra ?? new Map() };
    const comparison = compare(pairs, { ...drawing, seed: `${claim.located.formula}:${claim.link}:${trial}`, zeroStated: sides.left.literal?.[0] === 0 || sides.right.literal?.[0] === 0 });
    const made: Attempt = { outcome: "compared", comparison, sides, sizes: sizes.named(), free, shape: claim.proportional ? [] : [...(pairs[0] as Pair).left.shape], pairs, drawing };
    if (!pairs.some(({ left: one, right: other }) => leavesIntegrals([one, other]))) lowering.guessed.delete("∫");
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
export function fullRanksFit(lowering: Lowering, sizes: Sizes, extra?: Drawing["extra"]): boolean {
  return [...lowering.drawn.values()].every((drawn) => {
    const properties = propertiesOf(drawn, extra);
    if ((!drawn.entity && !properties.length) || drawn.shape.length !== 2) return true;
    const [rows, columns] = drawn.shape.map(sizes.of) as [number, number];
    if (properties.includes("fullColumnRank") || properties.includes("orthonormalColumns")) return rows >= columns;
    return !properties.includes("fullRowRank") || rows <= columns;
  });
}
