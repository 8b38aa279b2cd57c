/**
 * What the parts of a claim were lowered to. Edits of a claim share most of
 * their parts with it; a part is taken over, with all that came of it, where it
 * stands in the same scope, as much is known of the sizes as the first time,
 * and the reading is the same as far as the part looked at it.
 */
import type { Equated, SizeClasses } from "../semantics/symbols/sizes";
import { Failure } from "./failure";
import { type Binding, type Lowering, type Scope, scopeWithin } from "./lower";
import { differences, type Reading, type WatchedReading } from "./reading";
import type { Axis } from "./value";

/** Something put into one of the tables of a lowering: does the same for another. */
export type Made = (other: Lowering) => void;

/** A table that tells what is put into it; what is used that is there already rests on what was looked at before it was put there. */
export class Noted<K, V> extends Map<K, V> {
  private readonly looked = new Map<K, number>();

  constructor(
    private readonly made: Made[],
    private readonly same: (other: Lowering) => Map<K, V>,
    private readonly watch: () => WatchedReading["watch"],
  ) {
    super();
  }

  override get(key: K): V | undefined {
    const value = super.get(key);
    if (value === undefined) return value;
    this.watch().look(this.looked.get(key) as number);
    // Where it is taken over without what put it there, it brings it along.
    this.made.push((other) => void (this.same(other).has(key) || this.same(other).set(key, value)));
    return value;
  }

  override set(key: K, value: V): this {
    this.made.push((other) => void this.same(other).set(key, value));
    this.looked.set(key, this.watch().ever);
    return super.set(key, value);
  }
}

/** A set that tells what is put into it. */
export class NotedSet<T> extends Set<T> {
  constructor(
    private readonly made: Made[],
    private readonly same: (other: Lowering) => Set<T>,
  ) {
    super();
  }

  override add(value: T): this {
    this.made.push((other) => void this.same(other).add(value));
    return super.add(value);
  }
}

interface Known {
  readonly scope: Scope;
  /** The definitions that were being read. */
  readonly inside: string;
  /** Of the sizes before. */
  readonly state: number;
  readonly equated: readonly Equated[];
  readonly made: readonly Made[];
  readonly reading: Reading;
  /** The fields of the reading that were looked at. */
  readonly looked: number;
  readonly result: { readonly value: unknown } | { readonly failure: Failure };
  /** The last edit that used it: one that has a part twice means two of them. */
  edit: number;
}

export class Memo {
  readonly outermost: Scope = new Map();
  readonly axes = { count: 0 };
  private readonly known = new Map<unknown, Known[]>();
  private readonly inner = new Map<Scope, Scope[]>();
  private readonly free = new Map<string, Axis>();
  private edit = 0;

  /** `sizes`: what is known of sizes at first; `looked`: what that took from the reading. */
  constructor(
    private readonly sizes: SizeClasses,
    private readonly looked: number,
  ) {}

  /** The sizes for another edit. */
  next({ watch }: WatchedReading): SizeClasses {
    this.edit++;
    watch.look(this.looked);
    return this.sizes.branch();
  }

  recall<T>(part: unknown, lowering: Lowering, make: () => T): T {
    const { classes, made, scope, reading: { watch } } = lowering;
    const inside = lowering.expanding.size ? [...lowering.expanding].join() : "";
    let all = this.known.get(part);
    if (!all) this.known.set(part, (all = []));
    const { state } = classes;
    for (const one of all) if (one.state === state && one.scope === scope && one.inside === inside && one.edit !== this.edit && (one.reading === watch.of || (one.looked & differences(one.reading, watch.of)) === 0)) return this.again(one, lowering) as T;
    const [sizesBefore, madeBefore, lookedBefore] = [classes.log.length, made.length, watch.looked];
    watch.looked = 0;
    const keep = (result: Known["result"]): void => void all.push({ scope, inside, state, equated: classes.log.slice(sizesBefore), made: made.slice(madeBefore), reading: watch.of, looked: watch.looked, result, edit: this.edit });
    try {
      const value = make();
      keep({ value });
      return value;
    } catch (error) {
      if (error instanceof Failure) keep({ failure: error });
      throw error;
    } finally {
      watch.looked |= lookedBefore;
    }
  }

  private again(known: Known, lowering: Lowering): unknown {
    known.edit = this.edit;
    lowering.reading.watch.look(known.looked);
    lowering.classes.redo(known.equated);
    for (const make of known.made) make(lowering);
    if ("failure" in known.result) throw known.result.failure;
    return known.result.value;
  }

  /** The same axis again for a free letter. */
  freeAxis(letter: string, make: () => Axis): Axis {
    let axis = this.free.get(letter);
    if (!axis) this.free.set(letter, (axis = make()));
    return axis;
  }

  /** The same scope again for the same bindings. */
  scope(outer: Scope, bindings: readonly (readonly [string, Binding])[]): Scope {
    let all = this.inner.get(outer);
    if (!all) this.inner.set(outer, (all = []));
    const scope = scopeWithin(outer, bindings);
    const known = all.find((one) => sameScope(one, scope));
    if (!known) all.push(scope);
    return known ?? scope;
  }
}

function sameScope(a: Scope, b: Scope): boolean {
  if (a.size !== b.size) return false;
  for (const [key, binding] of a) if (!sameBinding(binding, b.get(key))) return false;
  return true;
}

function sameBinding(a: Binding, b: Binding | undefined): boolean {
  if (a === b) return true;
  if (a.kind === "axis") return b?.kind === "axis" && a.axis === b.axis;
  if (a.kind === "value") return b?.kind === "value" && a.key === b.key;
  return b?.kind === "argument" && a.value === b.value;
}
