/**
 * What the parts of a claim were lowered to. Edits of a claim share most of
 * their parts with it; a part is taken over, with all that came of it, where it
 * stands in the same scope, as much is known of the sizes as the first time,
 * and the reading and the tables of the lowering are the same as far as the
 * part looked at them.
 */
import type { Equated, SizeClasses } from "../semantics/symbols/sizes";
import { Failure } from "./failure";
import { type Binding, type Lowering, type Scope, scopeWithin } from "./lower";
import { differences, type Reading, type WatchedReading } from "./reading";
import type { Axis } from "./value";

/** A table of a lowering was asked for a key, or given a value for it. */
export interface Touch {
  readonly table: TableName;
  readonly key: unknown;
  readonly value: unknown;
  readonly put: boolean;
}

type TableName = "drawn" | "guessed" | "several" | "preconditions" | "contrasted" | "turnedNumbers" | "repeats" | "domains" | "sinks" | "values" | "losses" | "families" | "recurrences" | "systemShapes" | "ranges";

interface Table {
  /** Undefined where it is not there. */
  known(key: unknown): unknown;
  put(key: unknown, value: unknown): void;
}

/** A table that tells what it is asked and given. */
export class Noted<K, V> extends Map<K, V> implements Table {
  constructor(
    private readonly touched: Touch[],
    private readonly table: TableName,
  ) {
    super();
  }

  private touch(key: K, value: V | undefined, put: boolean): void {
    this.touched.push({ table: this.table, key, value, put });
  }

  known(key: unknown): unknown {
    return super.get(key as K);
  }

  put(key: unknown, value: unknown): void {
    this.set(key as K, value as V);
  }

  override get(key: K): V | undefined {
    const value = super.get(key);
    this.touch(key, value, false);
    return value;
  }

  override has(key: K): boolean {
    return this.get(key) !== undefined;
  }

  override *values(): MapIterator<V> {
    for (const [key, value] of this) {
      this.touch(key, value, false);
      yield value;
    }
  }

  override set(key: K, value: V): this {
    this.touch(key, value, true);
    return super.set(key, value);
  }
}

/** A set that tells what it is asked and given. */
export class NotedSet<T> extends Set<T> implements Table {
  constructor(
    private readonly touched: Touch[],
    private readonly table: TableName,
  ) {
    super();
  }

  private touch(key: T, value: true | undefined, put: boolean): void {
    this.touched.push({ table: this.table, key, value, put });
  }

  known(key: unknown): unknown {
    return super.has(key as T) || undefined;
  }

  put(key: unknown, value: unknown): void {
    if (value) this.add(key as T);
    else this.delete(key as T);
  }

  override has(key: T): boolean {
    const found = super.has(key);
    this.touch(key, found || undefined, false);
    return found;
  }

  override add(key: T): this {
    this.touch(key, true, true);
    return super.add(key);
  }

  override delete(key: T): boolean {
    this.touch(key, undefined, true);
    return super.delete(key);
  }
}

interface Known {
  readonly scope: Scope;
  /** The definitions that were being read. */
  readonly inside: string;
  readonly equated: readonly Equated[];
  /** What it found in the tables of the lowering, and did not put there itself. */
  readonly found: readonly Touch[];
  readonly made: readonly Touch[];
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
  /** By part, and by the state of the sizes before. */
  private readonly known = new Map<unknown, Map<number, Known[]>>();
  private readonly inner = new Map<Scope, Scope[]>();
  private readonly free = new Map<string, Axis>();
  private edit = 0;

  /** `meaning`: where it is the same, expressions mean the same; `sizes`: what is known of sizes at first; `looked`: what that took from the reading. */
  constructor(
    readonly meaning: string,
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
    const { classes, touched, scope, reading: { watch } } = lowering;
    const inside = lowering.expanding.size || lowering.apart.length ? `${[...lowering.expanding].join()}|${lowering.apart.map(([a, b]) => `${a.name}${b.name}`).join()}` : "";
    const all = this.knownOf(part, classes.state);
    for (const one of all) if (one.scope === scope && one.inside === inside && one.edit !== this.edit && (one.reading === watch.of || (one.looked & differences(one.reading, watch.of)) === 0) && one.found.every(({ table, key, value }) => lowering[table].known(key) === value)) return this.again(one, lowering) as T;
    const [sizesBefore, touchedBefore, lookedBefore] = [classes.log.length, touched.length, watch.looked];
    watch.looked = 0;
    const keep = (result: Known["result"]): void => {
      const { found, made } = separated(touched, touchedBefore);
      all.push({ scope, inside, equated: classes.log.slice(sizesBefore), found, made, reading: watch.of, looked: watch.looked, result, edit: this.edit });
      // Whoever reads on takes over what it comes to.
      touched.length = touchedBefore;
      touched.push(...found, ...made);
    };
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

  /** What a part was lowered to where so much was known of the sizes. */
  private knownOf(part: unknown, state: number): Known[] {
    let states = this.known.get(part);
    if (!states) this.known.set(part, (states = new Map()));
    let all = states.get(state);
    if (!all) states.set(state, (all = []));
    return all;
  }

  private again(known: Known, lowering: Lowering): unknown {
    known.edit = this.edit;
    lowering.reading.watch.look(known.looked);
    lowering.classes.redo(known.equated);
    lowering.touched.push(...known.found);
    for (const { table, key, value } of known.made) lowering[table].put(key, value);
    if (known.made.some(({ table }) => table === "repeats")) lowering.algebra.onRepeat();
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

/** What was found in the tables before anything was put there, and what was put there. */
function separated(touched: readonly Touch[], from: number): Pick<Known, "found" | "made"> {
  const own = new Map<TableName, Set<unknown>>();
  const [found, made]: [Touch[], Touch[]] = [[], []];
  for (let at = from; at < touched.length; at++) {
    const touch = touched[at] as Touch;
    let keys = own.get(touch.table);
    if (!keys) own.set(touch.table, (keys = new Set()));
    if (touch.put) made.push(touch);
    else if (!keys.has(touch.key)) found.push(touch);
    keys.add(touch.key);
  }
  return { found, made };
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
