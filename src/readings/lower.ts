/**
 * The one place where a reading is applied: `lower(expression)` gives the value
 * that it has under the reading, or throws a Failure that says why it has none.
 * Each family of expressions has its own file; what they share is kept here.
 */
import type { Place } from "../latex/types";
import { isExample } from "../semantics/declarations/definitions";
import { isMeant, isOfAnotherExercise } from "../semantics/declaring";
import { displayOf, type Expr, hasRate, type SymbolExpr } from "../semantics/expression";
import type { Located, Model } from "../semantics/model";
import { type Definition, type Entity, maybeNumber } from "../semantics/symbols/entity";
import { baseKey } from "../semantics/symbols/key";
import type { SizeClasses } from "../semantics/symbols/sizes";
import type { Place as DocumentPlace, Resolved } from "../semantics/symbols/table";
import { constant, power, type Term, variable } from "../tensor";
import { lowerApply } from "./applications";
import { lowerAt } from "./at";
import { lowerBig } from "./big-operators";
import { lowerCases, lowerIndicator } from "./conditions";
import { lowerDerivative } from "./derivatives";
import { lowerDifferential } from "./differentials";
import { type Chance, lowerStatistic } from "./expectations";
import { Failure } from "./failure";
import { type Kind, kindOf } from "./guess";
import { lowerEntry } from "./indices";
import { lowerMatrix, lowerTuple } from "./matrices";
import { lowerIntegral } from "./integrals";
import { type Memo, Noted, NotedSet, type Touch } from "./memo";
import { lowerBars, lowerNorm } from "./norms";
import { entrywise, mapped, totalOf } from "./operations";
import { lowerPower, lowerPseudoInverse } from "./powers";
import { asFarAsItReaches } from "./extents";
import { lowerProduct, lowerQuotient, lowerTranspose } from "./products";
import type { WatchedReading } from "./reading";
import { definitionSince, otherDefinitions } from "./restated";
import { countsFromZero } from "./running";
import { lowerSum } from "./sums";
import { lowerSymbol } from "./symbols";
import { Algebra, type Axis, literal, type Value } from "./value";

/** What a letter stands for while it is bound. */
export type Binding = { readonly kind: "axis"; readonly axis: Axis } | { readonly kind: "value"; readonly key: string } | { readonly kind: "argument"; readonly value: Value };

export type Scope = ReadonlyMap<string, Binding>;

/** A variable of the claim's terms, for drawing its values. */
export interface Drawn {
  readonly name: string;
  readonly shape: readonly string[];
  readonly entity: Entity | null;
  /** What it is, for messages: LaTeX. */
  readonly latex: string;
}

const maximumDepth = 40;

export function scopeWithin(outer: Scope, bindings: readonly (readonly [string, Binding])[]): Map<string, Binding> {
  const scope = new Map(outer);
  for (const [key, binding] of bindings) scope.set(key, binding);
  return scope;
}

export class Lowering {
  readonly algebra: Algebra;
  /** What the tables below were asked and given, for the memo. */
  readonly touched: Touch[] = [];
  readonly drawn = new Noted<string, Drawn>(this.touched, "drawn");
  /** Symbols whose shape or kind the text does not give. */
  readonly guessed = new NotedSet<string>(this.touched, "guessed");
  /** Letters with an index whose bare letter is a number of its own. */
  readonly several = new NotedSet<string>(this.touched, "several");
  /** What had to be assumed for the formula to be well-formed. */
  readonly preconditions = new NotedSet<string>(this.touched, "preconditions");
  /** Pairs of letters that a sum of the text keeps apart (`\\sum_{j \\neq y}`): beside y, j is another one. */
  readonly contrasted = new NotedSet<string>(this.touched, "contrasted");
  /** Letters that are transposed and came to be numbers, by their place: no one transposes what he knows to be one. */
  readonly turnedNumbers = new NotedSet<string>(this.touched, "turnedNumbers");
  /** Whether a vector was repeated over a matrix, where it could have been the other way. */
  readonly repeats = new NotedSet<"bias">(this.touched, "repeats");
  /** One where the integers of the claim are as they are meant, by what they are: nothing is said of where they are not. */
  readonly domains = new Noted<string, Value>(this.touched, "domains");
  /** Nothing is judged, only asked: a loss depends on whatever is made of what it is differentiated by. */
  asked = false;
  /** The random symbols, where the claim is about expectations. */
  chance: Chance | null = null;
  /** Symbols that vary under `d`. */
  varying = new Set<string>();
  /** The fallback shape of undeclared symbols, where guesses are overridden. */
  readonly overrides: ReadonlyMap<string, Kind>;
  /** Symbols of the claim with their indices, by letter: what a letter without one stands for where indices are dropped. */
  indexed: ReadonlyMap<string, SymbolExpr> = new Map();
  /** Entities whose cotangents are free: a statement of one defines it. */
  readonly sinks = new NotedSet<number>(this.touched, "sinks");
  /** Symbols and unknown arrays that have a value, by a mark of their own. */
  readonly values = new Noted<string, Value>(this.touched, "values");
  /** Marks of the definitions that are being read. */
  readonly expanding = new Set<string>();
  /** Losses without a formula, by name. */
  readonly losses = new Noted<string, Value>(this.touched, "losses");
  /** Whole families and recurrences, by entity. */
  readonly families = new Noted<number, Value>(this.touched, "families");
  readonly recurrences = new Noted<number, Value>(this.touched, "recurrences");
  /** What the members of a system come to, while it is read. */
  readonly systemShapes = new Noted<number, readonly string[]>(this.touched, "systemShapes");
  /** What the indices of families and of undeclared arrays range over. */
  readonly ranges = new Noted<string, string>(this.touched, "ranges");
  /** Indices that are different here, by the names of their axes: nothing is said of where they meet. */
  readonly apart: (readonly [Axis, Axis])[] = [];
  /** What letters are bound to here. */
  scope: Scope;
  /** How many axes have been named. */
  private readonly axes: { count: number };
  private depth = 0;
  private readonly read = new Map<number, Entity>();
  private ofRates: boolean | null = null;

  constructor(
    readonly model: Model,
    readonly place: DocumentPlace,
    readonly reading: WatchedReading,
    readonly classes: SizeClasses,
    /** The assertion whose truth is asked: its own definition may not be used. Null where it states none. */
    readonly judged: number | null,
    overrides: ReadonlyMap<string, Kind> = new Map(),
    readonly memo: Memo | null = null,
  ) {
    this.algebra = new Algebra(classes);
    this.overrides = overrides;
    this.scope = memo?.outermost ?? new Map<string, Binding>();
    this.axes = memo?.axes ?? { count: 0 };
  }

  /** The assertion whose truth is asked, where it is one. */
  private get here(): Located | undefined {
    return this.judged === null ? undefined : this.model.located[this.judged];
  }

  fail(kind: Failure["kind"], message: string, place: Place): never {
    throw new Failure(kind, message, place);
  }

  lower(expr: Expr): Value {
    return this.recall(expr, () => this.lowerNew(expr));
  }

  /** What a part of the claim or of a definition came to before, in the same scope and with the same knowledge of sizes. */
  recall<T>(part: unknown, make: () => T): T {
    return this.memo ? this.memo.recall(part, this, make) : make();
  }

  private lowerNew(expr: Expr): Value {
    if (++this.depth > maximumDepth) {
      this.depth = 0;
      this.fail("too-large", "nested too deeply", expr);
    }
    try {
      return this.algebra.normal(this.dispatch(expr));
    } finally {
      this.depth--;
    }
  }

  private dispatch(written: Expr): Value {
    const expr = asFarAsItReaches(this, written);
    if (expr !== written) return this.lower(expr);
    switch (expr.kind) {
      case "number":
        return literal(expr.numerator, expr.denominator);
      case "symbol":
        return lowerSymbol(this, expr);
      case "sum":
        return lowerSum(this, expr.terms);
      case "product":
        return lowerProduct(this, expr);
      case "quotient":
        return lowerQuotient(this, expr);
      case "power":
        return lowerPower(this, expr);
      case "transpose":
        return lowerTranspose(this, expr.base);
      case "pseudoInverse":
        return lowerPseudoInverse(this, expr);
      case "root": {
        const base = this.lower(expr.base);
        if (expr.index === 2) return mapped("sqrt", base);
        return entrywise(base, (term) => power(term, constant(term.shape, term.shape.reduce((all, n) => all * n, 1) ? Array.from({ length: term.shape.reduce((all, n) => all * n, 1) }, () => 1) : [], expr.index)));
      }
      case "entry":
        return lowerEntry(this, expr);
      case "apply":
        return lowerApply(this, expr);
      case "big":
        return lowerBig(this, expr);
      case "derivative":
        return lowerDerivative(this, expr);
      case "differential":
        return lowerDifferential(this, expr);
      case "matrix":
        return lowerMatrix(this, expr);
      case "cases":
        return lowerCases(this, expr);
      case "norm":
        return lowerNorm(this, expr);
      case "bars":
        return lowerBars(this, expr);
      case "inner": {
        const left = this.lower(expr.left);
        const right = this.lower(expr.right);
        if (expr.which && expr.which.kind === "symbol" && expr.which.name !== "F") this.fail("unsupported", "a weighted inner product", expr);
        const product = this.algebra.hadamard(left, right, expr, this.reading.bias);
        return totalOf(product);
      }
      case "indicator":
        return lowerIndicator(this, expr.condition, expr);
      case "labelled":
        return this.lower(expr.body);
      case "tuple":
        return lowerTuple(this, expr.items, expr, expr);
      case "at":
        return lowerAt(this, expr);
      case "integral":
        return lowerIntegral(this, expr);
      case "statistic":
        return lowerStatistic(this, expr);
      case "dots":
        return this.fail("unsupported", "dots", expr);
      case "opaque":
        return this.fail("unsupported", expr.why, expr);
    }
  }

  /** Whether a definition may be used here: never the judged claim itself. */
  usable(entity: Entity): boolean {
    const { definition } = entity;
    if (entity.hasSpectrum && this.reading.spectra === "of") return false;
    if (definition === null || (definition.assertion === this.judged && !definition.below) || this.isConcludedLater(definition) || this.isCaseElsewhere(entity, definition)) return false;
    return definition.stated || !this.isLater(definition) || this.reading.later === "defined";
  }

  /** What an arrow leads to (`\Rightarrow w = …`) holds from there on. */
  private isConcludedLater({ assertion }: Definition): boolean {
    const there = this.model.located[assertion];
    return there !== undefined && there.assertion.follows && there.position > this.place.position;
  }

  /** "With $\\gamma = 0$ this is …" of a γ ≥ 0: a case, of which only what stands in or right behind these words speaks. */
  private isCaseElsewhere({ properties }: Entity, { expr, assertion }: NonNullable<Entity["definition"]>): boolean {
    const isBound = expr.kind === "number" && (expr.numerator === 0 || expr.numerator === expr.denominator);
    if (!isBound || !["positive", "nonnegative", "unitInterval"].some((range) => properties.has(range))) return false;
    const [there, here] = [this.model.located[assertion], this.here];
    return there?.inline === true && here !== undefined && here.paragraph !== there.paragraph && here.paragraph !== there.paragraph + 1;
  }

  /** Whether another paragraph after this one's makes a definition. */
  private isLater(definition: NonNullable<Entity["definition"]>): boolean {
    const there = this.model.located[definition.assertion];
    const { here } = this;
    return there !== undefined && here !== undefined && there.position > here.position && there.paragraph !== here.paragraph;
  }

  /** A variable leaf of the claim. */
  variableOf(name: string, shape: readonly string[], entity: Entity | null, latex: string, free: readonly Axis[] = []): Value {
    const full = [...free.map((axis) => axis.range), ...shape];
    const known = this.drawn.get(name)?.shape;
    // What is guessed again is what was guessed before.
    known?.forEach((dim, i) => void this.classes.unify(dim, full[i] ?? dim));
    if (!known) this.drawn.set(name, { name, shape: full, entity, latex });
    return { free, shape, make: (env) => variable(name, full.map(env.size)) };
  }

  /** A letter in the place of an argument, by which is differentiated before the argument is put in again. */
  placeholder(argument: Term): Term {
    return variable(`argument:${argument.hash}`, argument.shape);
  }

  binding(key: string): Binding | undefined {
    return this.scope.get(key);
  }

  within<T>(bindings: readonly (readonly [string, Binding])[], body: () => T): T {
    if (!bindings.length) return body();
    const saved = this.scope;
    this.scope = this.memo ? this.memo.scope(saved, bindings) : scopeWithin(saved, bindings);
    try {
      return body();
    } finally {
      this.scope = saved;
    }
  }

  newAxis(letter: string, range: string): Axis {
    return { name: this.newName(letter), range };
  }

  newName(letter: string): string {
    return `${letter}#${++this.axes.count}`;
  }

  /** A letter that nothing binds: a number, or an index over a range of its own. */
  bindFree(letter: string, number: boolean): [string, Binding] {
    if (number) return [letter, { kind: "value", key: letter }];
    const from = countsFromZero(this.model, letter, this.place.section) ? ({ origin: 0 } as const) : {};
    const make = (): Axis => ({ ...this.newAxis(letter, this.classes.unknown()), ...from });
    return [letter, { kind: "axis", axis: this.memo ? this.memo.freeAxis(letter, make) : make() }];
  }

  /** A range that the text may give in words about `key`, a letter or the symbol that it indexes. */
  noteRange(key: string, range: string): void {
    this.ranges.set(`${key} ${range}`, range);
  }

  /** Ranges that nothing in the claim itself gives are what the text says of them elsewhere: of members first, then of letters. */
  settleRanges(): void {
    const said = [...this.ranges].map(([name, range]) => ({ key: name.split(" ")[0] as string, range }));
    for (const { key, range } of said.sort((a, b) => Number(b.key.endsWith("_")) - Number(a.key.endsWith("_")))) {
      const extent = this.model.table.extentOf(key, this.place);
      if (extent && this.classes.find(range).startsWith("?")) this.classes.unify(range, extent);
    }
  }

  resolve(symbol: SymbolExpr): Resolved | null {
    const resolved = this.model.table.resolve(symbol, this.place);
    if (!resolved) return null;
    if (this.overrides.get(baseKey(symbol)) === "scalar" && (resolved.family || !resolved.indices.length) && (maybeNumber(symbol, resolved.entity) || isOfAnotherExercise(this.model, resolved.entity, this.place))) return null;
    if (this.isLeft(resolved.entity) && !this.ownDefinition(resolved.entity)) return null;
    const entity = this.reading.since > 0 ? this.inTopic(resolved.entity) : this.asRead(resolved.entity);
    if (!entity) return null;
    return entity === resolved.entity ? resolved : { ...resolved, entity };
  }

  /** Whether the claim is read without what other sections say of a symbol. */
  private isLeft(entity: Entity): boolean {
    return this.reading.fresh && !isMeant(this.model, entity, this.place, (this.ofRates ??= this.here?.assertion.sides.some(hasRate) ?? false));
  }

  /** What the section of the claim sets a letter of another one equal to, once more. */
  private ownDefinition(entity: Entity): Definition | undefined {
    return otherDefinitions(this.model, entity, this.place).find(({ assertion }) => assertion !== this.judged && this.model.located[assertion]?.section === this.place.section);
  }

  /** An entity with the definition that it has under the reading. */
  private asRead(entity: Entity): Entity {
    if (this.isLeft(entity)) return { ...entity, definition: this.ownDefinition(entity) ?? null };
    const all = otherDefinitions(this.model, entity, this.place);
    const others = all.length ? all.filter(({ assertion }) => assertion !== this.judged) : all;
    // Before a section sets a letter anew, it is what an earlier one set it to.
    const isYetToCome = others.length > 0 && entity.definition !== null && !entity.definition.stated && this.isLater(entity.definition) && this.reading.later === "free";
    const other = others.length ? others[isYetToCome ? 0 : this.reading.restated - 1] : undefined;
    const freed = entity.definition !== null && isExample(entity.definition.expr) && this.reading.examples === "free";
    const { variables } = this.reading;
    const isGeneral = entity.supposed.size > 0 && this.reading.general.includes(entity.key);
    if (!other && !freed && !variables.length && !isGeneral) return entity;
    const known = this.read.get(entity.id);
    if (known) return known;
    const varies = variables.includes(entity.key) && entity.definition?.kind !== "function";
    const definition = varies ? null : other ?? (freed ? null : entity.definition);
    const isOpen = !definition && entity.definition !== null && isExample(entity.definition.expr);
    const same = isGeneral ? { ...entity, properties: new Set([...entity.properties].filter((property) => !entity.supposed.has(property))) } : entity;
    const read = definition === entity.definition ? same : { ...same, definition, shape: (isOpen ? this.openShape(entity) : null) ?? entity.shape ?? (definition || varies ? null : []) };
    this.read.set(entity.id, read);
    return read;
  }

  /** An entity as the topic of the claim has it; what has no definition there is a letter, of which nothing is known that is not declared. */
  private inTopic(entity: Entity): Entity | null {
    const { here } = this;
    if (!here || !entity.definition) return entity;
    const known = this.read.get(entity.id);
    if (known) return known;
    const definition = definitionSince(this.model, entity, this.reading.since, here);
    if (definition === entity.definition) return entity;
    const isDeclared = entity.shapeFrom === "declared";
    if (!definition && !isDeclared) return null;
    const shape = isDeclared ? entity.shape : null;
    const read = definition ? { ...entity, definition, shape } : { ...entity, definition, shape, isFunction: false, parameters: [] };
    this.read.set(entity.id, read);
    return read;
  }

  /** An example of a matrix or vector says nothing of the sizes of others. */
  private openShape({ symbol, definition, shapeFrom, shape }: Entity): string[] | null {
    const shown = definition && displayOf(definition.expr);
    if (!shown || (shapeFrom === "declared" && shape?.some((dim) => !/^\d+$/.test(dim)))) return null;
    const [rows, columns] = [shown.rows.length, shown.rows[0]?.length ?? 0];
    const isVector = (rows === 1 || columns === 1) && kindOf(symbol, this.model) !== "matrix";
    return [rows, columns].map((count) => (count === 1 && isVector ? "1" : this.classes.unknown()));
  }

  /** The defined symbols that took part, with what they stand for. */
  definedValues(): { entity: Entity; value: Value }[] {
    return this.model.table.all.flatMap((entity) => {
      const value = entity.definition ? this.values.get(`e:${entity.id}`) : undefined;
      return value ? [{ entity, value }] : [];
    });
  }
}
