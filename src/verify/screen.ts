/**
 * Sorts out what cannot hold: readings and edits of one claim, most of which
 * are plainly false, are tried here before they are attempted with care.
 */
import { Failure } from "../readings/failure";
import type { Reading } from "../readings/reading";
import { mergeAxes, termOf, type Env, type Value } from "../readings/value";
import type { Model } from "../semantics/model";
import { type Claim, fault, fullRanksFit, lowerSides, masked, type Options, prepare, reconcile, type Sides } from "./attempt";
import { Probe } from "./probe";
import { assignments, Sizes } from "./sizes";

export class Screen {
  private readonly probe: Probe;

  constructor(
    private readonly model: Model,
    claim: Claim,
  ) {
    this.probe = new Probe(`${claim.located.formula}:${claim.link}`);
  }

  /** False where an attempt could not find the claim true. */
  passes(claim: Claim, reading: Reading, options: Options = {}): boolean {
    const lowering = prepare(this.model, claim, reading, options);
    try {
      const sides = lowerSides(lowering, claim, reading, options);
      const compared = options.transform ? options.transform(sides) : reconcile(sides, claim);
      return compared !== null && !this.differ(compared, sides, claim, options);
    } catch (error) {
      if (!(error instanceof Failure)) fault(error);
      return error instanceof Failure && error.index !== null;
    }
  }

  private differ(values: { left: Value; right: Value }, { lowering }: Sides, claim: Claim, options: Options): boolean {
    const free = mergeAxes([values.left, values.right]);
    const [left, right] = [values.left, values.right].map((value) => lowering.algebra.withFree(value, free)) as [Value, Value];
    for (let trial = 0; trial < assignments; trial++) {
      const sizes = new Sizes(lowering.classes, trial);
      if (!fullRanksFit(lowering, sizes)) continue;
      try {
        const env: Env = { size: sizes.of, mode: "reverse", memo: new Map() };
        const pair = masked(claim, free, env, { left: termOf(left, env), right: termOf(right, env) });
        return this.probe.differ(pair.left, pair.right, { drawn: lowering.drawn, extra: options.extra ?? new Map() });
      } catch (error) {
        if (!(error instanceof Failure) || error.kind !== "range") throw error;
      }
    }
    return true;
  }
}
