/**
 * Sorts out what cannot hold: readings and edits of one claim, most of which
 * are plainly false, are tried here before they are attempted with care. What
 * they have in common is understood and computed once.
 */
import { Failure } from "../readings/failure";
import type { Lowering } from "../readings/lower";
import { type Reading, watched, type WatchedReading } from "../readings/reading";
import { mergeAxes, type Env, type Value } from "../readings/value";
import type { Expr } from "../semantics/expression";
import type { Located, Model } from "../semantics/model";
import { attempt, type Attempt, fault, loweringOf, type Options, withFreeLetter } from "./attempt";
import type { Claim } from "./claim";
import type { Pair } from "./compare";
import { fullRanksFit, pairOf } from "./decide";
import type { Drawing } from "./draw";
import { betweenEnds } from "./ends";
import { lowerSides, reconcile, type Sides } from "./sides";
import { holds } from "./outcomes";
import { isSame, past, remember } from "./past";
import { prepare } from "./prepare";
import { type Asked, Probe, type Seen } from "./probe";
import { assignments, Sizes } from "./sizes";
import { tell } from "./trials";
import type { Variant } from "./variants";

/** What one point shows to be different, so that it was not attempted. */
export interface Differs {
  readonly outcome: "differs";
  readonly lowering: Lowering;
  /** Whether it is different where all free indices lie between their ends. */
  readonly inside: () => boolean;
  /** The same with care. */
  readonly inFull: () => Attempt;
}

export type Tried = Attempt | Differs;

export function inFull(tried: Tried): Attempt {
  return tried.outcome === "differs" ? tried.inFull() : tried;
}

/** How a claim or an edit of it was seen to end, and what that took from the reading. */
interface Ended {
  readonly left: Expr;
  readonly transform: Options["transform"];
  readonly watch: WatchedReading["watch"];
  readonly made: Tried;
}

const screens = new WeakMap<Model, { readonly located: Located; readonly all: Screen[] }>();

/** The screen of a claim, which is asked about under several readings; it is kept until another assertion is looked at. */
export function screenOf(model: Model, claim: Claim): Screen {
  let known = screens.get(model);
  if (known?.located !== claim.located) screens.set(model, (known = { located: claim.located, all: [] }));
  let screen = known.all.find((one) => isSame(one.claim, claim));
  if (!screen) known.all.push((screen = new Screen(model, claim)));
  return screen;
}

/** Where looking misleads so often (all entries are tiny, as those of gradients through many steps), no more is tried. */
const mostMisled = 40;

export class Screen {
  private readonly probe: Probe;
  /** Of edits and shorthands, by the right side. */
  private readonly ended = new Map<Expr, Ended[]>();
  /** How often sides looked alike that are not. */
  private misled = 0;
  private readonly edits = new Map<Expr, readonly Variant[]>();
  private plain: { readonly claim: Claim; readonly reading: Reading; readonly sides: Sides | Attempt } | null = null;
  private readonly envs = new Map<string, Env>();

  constructor(
    private readonly model: Model,
    readonly claim: Claim,
  ) {
    this.probe = this.newProbe();
  }

  /** The attempt that finds an edit of the claim true; null where none does. */
  proof(claim: Claim, reading: Reading, options: Options = {}): Attempt | null {
    const known = this.past(claim, reading, options) ?? this.inapplicable(claim, reading, options);
    if (known) {
      tell(this.model, { claim, reading, options, made: known });
      return holds(known) ? known : null;
    }
    if (this.misled >= mostMisled || this.seen(claim, reading, options) !== "alike") return null;
    const made = attempt(this.model, claim, reading, options);
    if (holds(made)) return made;
    this.misled++;
    return null;
  }

  /** How an attempt ends; what is plainly false is not attempted. */
  attempt(claim: Claim, reading: Reading, options: Options = {}): Tried {
    const known = this.past(claim, reading, options);
    if (known) {
      tell(this.model, { claim, reading, options, made: known });
      return known;
    }
    const seen = this.seen(claim, reading, options);
    if (typeof seen !== "string") return seen;
    return attempt(this.model, claim, reading, options);
  }

  /** What has ended so ends alike in every reading that is the same where this one was looked at. */
  private note(claim: Claim, { transform, extra, overrides, build }: Options, made: Tried): void {
    if (extra || overrides || build) return;
    const { left, right } = claim;
    if (!transform && this.isOwn(claim)) return remember(this.model, claim, made);
    const all = this.ended.get(right) ?? [];
    if (!all.length) this.ended.set(right, all);
    all.push({ left, transform, watch: loweringOf(made).reading.watch, made });
  }

  private past(claim: Claim, reading: Reading, { transform, extra, overrides, build }: Options): Tried | undefined {
    if (extra || overrides || build) return undefined;
    const { left, right } = claim;
    if (!transform && this.isOwn(claim)) return past(this.model, claim, reading);
    return this.ended.get(right)?.find((one) => one.left === left && one.transform === transform && one.watch.agrees(reading))?.made;
  }

  /** How a shorthand ends that does not apply to the sides of a claim, which are lowered once for all shorthands. */
  private inapplicable(claim: Claim, reading: Reading, { transform }: Options): Tried | null {
    if (!transform) return null;
    if (this.plain?.claim !== claim || this.plain.reading !== reading) this.plain = { claim, reading, sides: this.sidesOf(claim, reading) };
    const { sides } = this.plain;
    if ("outcome" in sides) return sides;
    const { lowering } = sides;
    let applies = false;
    // What it finds out of sizes is undone.
    lowering.classes.attempt(() => {
      applies = transform(sides) !== null;
      return false;
    });
    return applies ? null : { outcome: "failed", failure: new Failure("unsupported", "the transformation does not apply", claim.left), lowering };
  }

  private sidesOf(claim: Claim, reading: Reading, letters: readonly string[] = []): Sides | Attempt {
    const lowering = prepare(this.model, claim, watched(reading));
    try {
      return lowerSides(lowering, claim, {}, letters);
    } catch (error) {
      if (!(error instanceof Failure)) return { outcome: "failed", failure: fault(error), lowering };
      const more = withFreeLetter(letters, error);
      return more ? this.sidesOf(claim, reading, more) : { outcome: error.kind === "shape" ? "shape" : "failed", failure: error, lowering };
    }
  }

  private isOwn({ left, right }: Claim): boolean {
    return left === this.claim.left && right === this.claim.right;
  }

  /** The same as `look`, told where it settles how the attempt ends. */
  private seen(claim: Claim, reading: Reading, options: Options): Tried | Seen {
    const made = this.look(claim, watched(reading), options);
    if (typeof made === "string") return made;
    tell(this.model, { claim, reading, options, made });
    this.note(claim, options, made);
    return made;
  }

  /** How an attempt would end, or what one point shows where that does not tell. */
  private look(claim: Claim, reading: WatchedReading, options: Options, letters: readonly string[] = []): Tried | Seen {
    const lowering = prepare(this.model, claim, reading, options.overrides);
    try {
      const sides = lowerSides(lowering, claim, options, letters);
      const compared = options.transform ? options.transform(sides) : reconcile(sides, claim);
      if (!compared) throw new Failure("unsupported", "the transformation does not apply", claim.left);
      const seen = this.lookAt(compared, sides, claim, options);
      if (typeof seen === "string") return seen;
      return { outcome: "differs", lowering, ...seen, inFull: () => attempt(this.model, claim, reading.watch.of, options) };
    } catch (error) {
      if (!(error instanceof Failure)) return { outcome: "failed", failure: fault(error), lowering };
      const more = withFreeLetter(letters, error);
      if (more) return this.look(claim, reading, options, more);
      return { outcome: error.kind === "shape" ? "shape" : "failed", failure: error, lowering };
    }
  }

  /** What the first sizes show at which there is something to see. */
  private lookAt(values: { left: Value; right: Value }, { lowering }: Sides, claim: Claim, { extra }: Options): Pick<Differs, "inside"> | Exclude<Seen, "different"> {
    const free = mergeAxes([values.left, values.right]);
    const [left, right] = [values.left, values.right].map((value) => lowering.algebra.withFree(value, free)) as [Value, Value];
    const drawing: Drawing = { drawn: lowering.drawn, extra: extra ?? new Map() };
    const large: (readonly [Probe, Pair])[] = [];
    let open = false;
    for (let trial = 0; trial < assignments; trial++) {
      const sizes = new Sizes(lowering, trial);
      if (!fullRanksFit(lowering, sizes, extra)) continue;
      try {
        const env = this.envOf(`${lowering.memo?.meaning}|${lowering.classes.state}|${trial}`, sizes);
        const pair = pairOf({ left, right }, claim, lowering, free, env);
        const probe = extra ? this.newProbe() : this.probe;
        const look = (asked?: Asked): Seen => probe.look(pair.left, pair.right, drawing, asked);
        const seen = look();
        // Where nothing can be seen at these sizes, others may tell.
        if (seen === "different") return { inside: () => free.length > 0 && look(betweenEnds(free.length, pair.left.shape)) === "different" };
        if (seen === "alike") return seen;
        if (seen === "large") large.push([probe, pair]);
        else open = true;
      } catch (error) {
        if (!(error instanceof Failure) || error.kind !== "range") throw error;
      }
    }
    // What is too large at all of them is left to whoever compares with care.
    for (const [probe, { left: a, right: b }] of large) {
      const seen = probe.lookAsWhole(a, b, drawing);
      if (seen === "different") return { inside: () => false };
      if (seen !== "large") break;
    }
    if (large.length) return "alike";
    if (open) return "open";
    throw new Failure("range", "no sizes fit", claim.right);
  }

  private envOf(key: string, sizes: Sizes): Env {
    const known = this.envs.get(key);
    if (known) return known;
    const env: Env = { size: sizes.of, mode: "reverse", memo: new Map(), ends: new Map() };
    this.envs.set(key, env);
    return env;
  }

  /** The edits of a side, which are the same objects for every reading. */
  once(side: Expr, make: () => readonly Variant[]): readonly Variant[] {
    let made = this.edits.get(side);
    if (!made) this.edits.set(side, (made = make()));
    return made;
  }

  private newProbe(): Probe {
    return new Probe(`${this.claim.located.formula}:${this.claim.link}`);
  }
}
