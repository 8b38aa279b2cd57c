/** One claim under one reading: its two sides as terms, and whether they agree. */
import { setVarying } from "../readings/differentials";
import { Failure } from "../readings/failure";
import type { Kind } from "../readings/guess";
import type { Lowering } from "../readings/lower";
import { type Reading, watched, type WatchedReading } from "../readings/reading";
import type { Axis, Value } from "../readings/value";
import type { Expr } from "../semantics/expression";
import type { Model } from "../semantics/model";
import type { Claim } from "./claim";
import type { Comparison, Pair } from "./compare";
import { decide } from "./decide";
import type { Drawing } from "./draw";
import { freeBindings } from "./free-letters";
import { past, remember } from "./past";
import { noteRepeat, prepare, prepareAlone } from "./prepare";
import { lowerSides, reconcile, type Sides } from "./sides";
import { tell } from "./trials";
import { isRepeated, leavesSumsOut } from "./unsummed";
import { varyingIn } from "./varying";

export interface Options {
  readonly overrides?: ReadonlyMap<string, Kind>;
  readonly extra?: ReadonlyMap<string, readonly string[]>;
  /** What is compared instead of the sides themselves. */
  readonly transform?: (sides: Sides) => { left: Value; right: Value } | null;
  /** Other sides than the claim's expressions. */
  readonly build?: (lowering: Lowering) => { left: Value; right: Value };
}

export type Attempt =
  | { readonly outcome: "compared"; readonly comparison: Comparison; readonly sides: Sides; readonly sizes: Readonly<Record<string, number>>; readonly free: readonly Axis[]; readonly shape: readonly number[]; /** What was compared, by each differentiator. */ readonly pairs: readonly Pair[]; readonly drawing: Drawing }
  | { readonly outcome: "shape"; readonly failure: Failure; readonly lowering: Lowering }
  | { readonly outcome: "failed"; readonly failure: Failure; readonly lowering: Lowering };

/** What both sides were lowered by, however it ended. */
export function loweringOf(made: Attempt | { readonly outcome: "differs"; readonly lowering: Lowering }): Lowering {
  return made.outcome === "compared" ? made.sides.lowering : made.lowering;
}

/** The names of what was drawn for an attempt: letters without a value. */
export function namesDrawn(made: Attempt): Set<string> {
  return new Set([...loweringOf(made).drawn.keys()].map((name) => name.replace(/@.*/, "")));
}

export function attempt(model: Model, claim: Claim, reading: Reading, options: Options = {}): Attempt {
  const { overrides, extra, transform, build } = options;
  const made = overrides || extra || transform || build ? attempted(model, claim, watched(reading), options, []) : remembered(model, claim, reading, options);
  tell(model, { claim, reading, options, made });
  return made;
}

/** What was attempted before is not attempted again. */
function remembered(model: Model, claim: Claim, reading: Reading, options: Options): Attempt {
  const before = past(model, claim, reading);
  if (before && before.outcome !== "differs") {
    if (loweringOf(before).repeats.size) noteRepeat(model);
    return before;
  }
  const made = attempted(model, claim, watched(reading), options, []);
  remember(model, claim, made);
  return made;
}

function attempted(model: Model, claim: Claim, reading: WatchedReading, options: Options, letters: readonly string[]): Attempt {
  const lowering = options.build ? prepareAlone(model, claim, reading, options.overrides) : prepare(model, claim, reading, options.overrides);
  if (model.facts.some(({ kind }) => kind === "summation") && [claim.left, claim.right].some((side) => leavesSumsOut(side, new Set()))) return { outcome: "failed", failure: new Failure("unsupported", "an index that is repeated without a sum", claim.left), lowering };
  try {
    const sides = lowerSides(lowering, claim, options, letters);
    const transformed = options.transform ? options.transform(sides) : reconcile(sides, claim);
    if (!transformed) throw new Failure("unsupported", "the transformation does not apply", claim.left);
    return decide(transformed, sides, claim, options);
  } catch (error) {
    if (!(error instanceof Failure)) return { outcome: "failed", failure: fault(error), lowering };
    if (error.index && isRepeated(lowering, claim, error.index)) return { outcome: "failed", failure: new Failure("unsupported", "an index that is repeated without a sum", error.place), lowering };
    const more = withFreeLetter(letters, error);
    if (more) return attempted(model, claim, reading, options, more);
    return { outcome: error.kind === "shape" ? "shape" : "failed", failure: error, lowering };
  }
}

/** A letter that only a definition has below it (`\log p_c` for the true class c) stands for any position: the letters to try again with. */
export function withFreeLetter(letters: readonly string[], { index }: Failure): readonly string[] | null {
  return index && !letters.includes(index) && letters.length < 2 ? [...letters, index] : null;
}

/** Our own bugs cost one claim, and say so. */
export function fault(error: unknown): Failure {
  faults.push(error);
  return new Failure("unsupported", `gradcheck could not compute this: ${error instanceof Error ? error.message : String(error)}`, { start: 0, end: 0 });
}

/** What went wrong inside since the tests last looked. */
export const faults: unknown[] = [];

/** One expression of a claim by itself; null where it has no value. */
export function attemptValue(model: Model, claim: Claim, reading: Reading, of: Expr, asked = false): { value: Value; lowering: Lowering } | null {
  return attemptWith(model, claim, reading, of, asked, (lowering) => ({ value: lowering.lower(of), lowering }));
}

/** What is made of one expression of a claim by the lowering that its letters are bound in; null where it has no value. */
export function attemptWith<T>(model: Model, claim: Claim, reading: Reading, of: Expr, asked: boolean, make: (lowering: Lowering) => T): T | null {
  const lowering = prepareAlone(model, claim, watched(reading));
  lowering.asked = asked;
  try {
    setVarying(lowering, varyingIn([of]));
    return lowering.within(freeBindings(lowering, { ...claim, left: of, right: of }), () => make(lowering));
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}
