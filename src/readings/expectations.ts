/**
 * Expectations over finitely many outcomes. A random symbol is an array with an
 * axis of outcomes, all of them equally likely, and an expectation is the mean
 * over such axes: linear, exact in rational arithmetic, and true to every
 * identity that holds for all distributions. Symbols that may depend on one
 * another share an axis; noise has an axis of its own, which makes it
 * independent, and mean zero.
 */
import { same } from "../base/same";
import type { Place } from "../latex/types";
import { childrenOf, type Expr, occurs, type SymbolExpr, symbolsIn } from "../semantics/expression";
import type { Model } from "../semantics/model";
import type { Entity } from "../semantics/symbols/entity";
import { taggedKey } from "../semantics/symbols/key";
import { positionOf, relettered } from "../semantics/symbols/positions";
import { add, broadcast, permute, scale, sum, type Term } from "../tensor";
import { indexOf } from "./indices";
import { densityUnder, statisticBy } from "./integral-densities";
import type { Lowering } from "./lower";
import { mapped, plus } from "./operations";
import { isTrace } from "./powers";
import { lowerSymbol } from "./symbols";
import { type Axis, isScalar, literal, mergeAxes, termOf, type Value } from "./value";

/** How a random symbol varies: together with others, or by itself around its mean. */
type Kind = "joint" | "own" | "noise";

/** Few, so that several axes of them stay small; the joint one has full rank at the sizes that come first. */
const outcomes = { joint: 5, own: 4 } as const;
/** Of noise more than sizes that come first, so that covariances have full rank, but where its combinations get too many. */
const noiseOutcomes = [7, 5, 4, 3] as const;
const combinations = 400;
const prefix = "ω";

const speaking = new WeakMap<Model, boolean>();

/** The random symbols of a claim, where it has any. */
export function chanceOf(lowering: Lowering, sides: readonly Expr[]): Chance | null {
  const { model } = lowering;
  if (!speaksOfChance(model) || !sides.some((side) => mayReachChance(model, side))) return null;
  if (statisticsIn(sides, lowering).some((statistic) => densityUnder(lowering, statistic))) return null;
  const chance = new Chance(lowering, sides);
  return chance.active ? chance : null;
}

/** Whether there is an expectation anywhere. */
export function speaksOfChance(model: Model): boolean {
  let speaks = speaking.get(model);
  if (speaks === undefined) speaking.set(model, (speaks = isDefinedByChance(model) || model.located.some(({ assertion }) => assertion.sides.some((side) => occurs("statistic", side)))));
  return speaks;
}

const defined = new WeakMap<Model, boolean>();
const leading = new WeakMap<Model, ReadonlySet<string>>();

/** Whether an expectation stands in an expression, or may in a definition that it leads to. */
function mayReachChance(model: Model, expr: Expr): boolean {
  if (occurs("statistic", expr)) return true;
  let letters = leading.get(model);
  if (!letters) leading.set(model, (letters = lettersLeading(model)));
  return letters.size > 0 && mentions(letters, expr);
}

/** Letters, and whether they stand in the parts of expressions. */
const mentioned = new WeakMap<ReadonlySet<string>, WeakMap<Expr, boolean>>();

function mentions(letters: ReadonlySet<string>, expr: Expr): boolean {
  if (expr.kind === "symbol") return letters.has(letterOf(expr));
  let known = mentioned.get(letters);
  if (!known) mentioned.set(letters, (known = new WeakMap()));
  let found = known.get(expr);
  if (found === undefined) known.set(expr, (found = (expr.kind === "apply" && letters.has(letterOf(expr.fn))) || childrenOf(expr).some((child) => mentions(letters, child))));
  return found;
}

/** The letters whose definitions, in any section, lead to an expectation. */
function lettersLeading(model: Model): Set<string> {
  const found = new Set<string>();
  const definitions = model.table.all.flatMap(({ symbol, definition, restated }) => [...(definition ? [definition] : []), ...restated].map(({ expr }) => ({ letter: letterOf(symbol), expr })));
  const isLeading = ({ letter, expr }: { letter: string; expr: Expr }): boolean => !found.has(letter) && (occurs("statistic", expr) || symbolsIn(expr, false).some((inner) => found.has(letterOf(inner))));
  for (let next = definitions.find(isLeading); next; next = definitions.find(isLeading)) found.add(next.letter);
  return found;
}

/** What is common to an array and its entries, however they are written. */
function letterOf({ name }: SymbolExpr): string {
  return name.toLowerCase();
}

/** Whether there is one in a definition. */
function isDefinedByChance(model: Model): boolean {
  let found = defined.get(model);
  if (found === undefined) defined.set(model, (found = model.table.all.some(({ definition, restated }) => [definition, ...restated].some((one) => one !== null && occurs("statistic", one.expr)))));
  return found;
}

/** The random symbols of a claim: those under its expectations, and under those of the definitions that it needs. */
export class Chance {
  private readonly kinds = new Map<string, Kind>();
  private readonly axes = new Map<string, Axis>();
  private readonly leaves = new Map<string, Value>();

  constructor(
    private readonly lowering: Lowering,
    sides: readonly Expr[],
  ) {
    for (const statistic of statisticsIn(sides, lowering)) this.note(statistic);
  }

  get active(): boolean {
    return this.kinds.size > 0;
  }

  /** Expressions mean the same where it is the same. */
  get signature(): string {
    return JSON.stringify([...this.kinds].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  private note(statistic: Expr & { kind: "statistic" }): void {
    const { over } = statistic;
    if (over?.kind === "symbol") {
      this.kinds.set(taggedKey(over), this.isNoise(over) ? "noise" : "own");
      return;
    }
    for (const leaf of randomIn(statistic.body, this.lowering)) {
      const key = taggedKey(leaf);
      if (!this.kinds.has(key)) this.kinds.set(key, this.isNoise(leaf) ? "noise" : "joint");
    }
  }

  private isNoise(symbol: SymbolExpr): boolean {
    const entity = this.lowering.model.table.resolve(symbol, this.lowering.place)?.entity;
    return this.lowering.reading.chance === "independent" || isNoise(entity ?? null);
  }

  /** Σ where x ∼ N(m, Σ), σ where x ∼ N(m, σ²), and v(m) where x has that variance: what the outcomes of x make of it. */
  spread(symbol: SymbolExpr | (Expr & { kind: "apply" })): Value | null {
    const { table } = this.lowering.model;
    for (const entity of table.all) {
      const covariance = entity.distribution?.covariance;
      const [named, root] = covariance?.kind === "power" && covariance.exponent.kind === "number" && covariance.exponent.numerator === 2 ? [covariance.base, true] : [covariance, false];
      const isNamed = named?.kind === "symbol" ? symbol.kind === "symbol" && taggedKey(named) === taggedKey(symbol) : named?.kind === "apply" && same(named, symbol);
      if (!isNamed || !this.kinds.has(taggedKey(entity.symbol)) || table.resolve(entity.symbol, this.lowering.place)?.entity !== entity) continue;
      const x = lowerSymbol(this.lowering, entity.symbol);
      const deviation = plus(this.lowering, x, this.lowering.algebra.scale(literal(-1), expectation(this.lowering, x, null)), symbol);
      const square = isScalar(x) ? this.lowering.algebra.scale(deviation, deviation) : this.lowering.algebra.multiply(deviation, this.lowering.algebra.transpose(deviation), symbol);
      const variance = expectation(this.lowering, square, null);
      return root && isScalar(x) ? mapped("sqrt", variance) : root ? null : variance;
    }
    return null;
  }

  /** A symbol that nothing defines, as the random variable that it is or as the covariance of one; null where it is neither. */
  leaf(symbol: SymbolExpr, entity: Entity | null, shape: readonly string[]): Value | null {
    const kind = this.kinds.get(taggedKey(symbol));
    if (!kind) return this.spread(symbol);
    const atom = [taggedKey(symbol), ...symbol.subscripts.map((subscript) => this.position(subscript, symbol))].join(",");
    const known = this.leaves.get(atom);
    if (known) return known;
    const axis = this.axisOf(kind === "joint" ? prefix : `${prefix}${atom}`, String(kind === "noise" ? this.ofNoise() : outcomes[kind]));
    const drawn = this.lowering.variableOf(`${atom}${prefix}`, shape, entity, taggedKey(symbol), [axis]);
    const centred: Value = kind === "noise" ? { ...drawn, make: (env) => deviation(termOf(drawn, env)) } : drawn;
    const mean = entity?.distribution?.mean;
    const value = mean && mean !== "unsaid" ? plus(this.lowering, this.lowering.lower(mean), centred, symbol) : centred;
    this.leaves.set(atom, value);
    return value;
  }

  /** Which member of a family: samples that a sum runs over would each need outcomes of their own. */
  private position(subscript: SymbolExpr["subscripts"][number], symbol: SymbolExpr): string {
    const index = indexOf(this.lowering, subscript);
    if (index?.kind === "axis" && index.axis.summed) this.lowering.fail("unsupported", "an expectation of a sum over samples", symbol);
    return index?.kind === "axis" ? `${index.axis.name}${index.shift}` : index?.kind === "value" ? index.key : subscript.text;
  }

  private ofNoise(): number {
    const letters = [...this.kinds.values()].filter((kind) => kind === "noise").length;
    return noiseOutcomes.find((count) => count ** letters <= combinations) ?? 3;
  }

  private axisOf(name: string, range: string): Axis {
    const known = this.axes.get(name);
    if (known) return known;
    const axis: Axis = { name, range };
    this.axes.set(name, axis);
    return axis;
  }
}

/** Whether only first and second moments take part, of variables whose mean and covariance the text gives, or that it gives letters of their own: then what fails is false. */
export function isSettled(lowering: Lowering, sides: readonly Expr[]): boolean {
  const { table } = lowering.model;
  const entityOf = (symbol: SymbolExpr): Entity | null => table.resolve(symbol, lowering.place)?.entity ?? null;
  const areNamed = !sides.some((side) => occurs("statistic", side));
  return statisticsIn(sides, lowering).every(({ name, body }) => {
    const leaves = randomIn(body, lowering);
    const isGivenAlone = new Set(leaves.map(taggedKey)).size === 1 && leaves.every((leaf) => isGiven(entityOf(leaf), name));
    return (areNamed || isGivenAlone) && degreeIn(body, new Set(leaves.map(taggedKey)), entityOf) <= (name === "E" ? 2 : 1);
  });
}

/** Of which degree an expression is in what varies, through the definitions of its symbols; Infinity where it is no polynomial. */
function degreeIn(expr: Expr, leaves: ReadonlySet<string>, entityOf: (symbol: SymbolExpr) => Entity | null, behind: readonly Entity[] = []): number {
  if (expr.kind === "symbol") {
    if (leaves.has(taggedKey(expr))) return 1;
    const entity = entityOf(expr);
    return entity?.definition && !behind.includes(entity) ? degreeIn(entity.definition.expr, leaves, entityOf, [...behind, entity]) : 0;
  }
  const inner = childrenOf(expr).map((child) => degreeIn(child, leaves, entityOf, behind));
  if (expr.kind === "sum" || expr.kind === "transpose") return Math.max(0, ...inner);
  if (expr.kind === "product") return inner.reduce((a, b) => a + b, 0);
  if (expr.kind === "quotient") return degreeIn(expr.denominator, leaves, entityOf, behind) > 0 ? Infinity : degreeIn(expr.numerator, leaves, entityOf, behind);
  if (expr.kind === "power" && expr.exponent.kind === "number" && expr.exponent.numerator === 2) return 2 * (inner[0] ?? 0);
  if (isTrace(expr)) return inner[0] ?? 0;
  if (expr.kind === "norm") return expr.which === null || (expr.which.kind === "number" && expr.which.numerator === 2) ? (inner[0] ?? 0) : Infinity;
  return inner.some((one) => one > 0) ? Infinity : 0;
}

/** Whether the text gives the moments of a variable that a statistic of it rests on: of a variance, not the mean. */
function isGiven(variable: Entity | null, statistic: string): boolean {
  const { distribution = null } = variable ?? {};
  return distribution !== null && distribution.covariance !== null && (statistic !== "E" || isNoise(variable));
}

export function lowerStatistic(lowering: Lowering, expr: Expr & { kind: "statistic" }): Value {
  const density = lowering.chance ? null : densityUnder(lowering, expr);
  if (density) return statisticBy(lowering, density, expr);
  const { algebra } = lowering;
  const over = expr.over?.kind === "symbol" ? taggedKey(expr.over) : null;
  if (expr.over && over === null) return lowering.fail("unsupported", "an expectation over something that is not read", expr);
  const mean = (value: Value): Value => expectation(lowering, value, over);
  const [first, second, ...more] = expr.body.kind === "product" && expr.body.operators[0] === "" ? expr.body.factors : [];
  if (expr.name === "E" && first && second?.kind === "transpose" && !more.length) return meanOfProduct(lowering, lowering.lower(first), lowering.lower(second), over, expr);
  if (expr.name === "E") return mean(lowering.lower(expr.body));
  const items = expr.body.kind === "tuple" ? expr.body.items : [expr.body, expr.body];
  const [x, y] = items.map((item) => {
    const value = lowering.lower(item);
    return plus(lowering, value, algebra.scale(literal(-1), mean(value)), item);
  }) as [Value, Value];
  return isScalar(x) ? mean(algebra.scale(x, y)) : meanOfProduct(lowering, x, algebra.transpose(y), over, expr);
}

/** E[AB] without the products of all outcomes: what they have in common is summed over as the product is. */
function meanOfProduct(lowering: Lowering, a: Value, b: Value, over: string | null, place: Place): Value {
  const { algebra } = lowering;
  const axes = outcomesOf({ free: mergeAxes([a, b]) }, over);
  if (a.shape.length !== 2 || b.shape.length !== 2 || !lowering.classes.unify(a.shape[1] as string, b.shape[0] as string)) return expectation(lowering, algebra.multiply(a, b, place), over);
  const [left, right] = [a, b].map((value) => opened(value, outcomesOf(value, over))) as [Value, Value];
  const names = (value: Value): string[] => outcomesOf(value, over).map(({ name }) => name);
  const total = algebra.contractValues([left, right], [[...names(a), "r", "k"], [...names(b), "k", "c"]], ["r", "c"], [a.shape[0] as string, b.shape[1] as string]);
  return algebra.normal(axes.reduce((rest, { range }) => algebra.scale(literal(1, Number(range)), rest), total));
}

/** Free axes as the first of the shape. */
function opened(value: Value, axes: readonly Axis[]): Value {
  const at = value.free.map((axis, i) => ({ axis, i }));
  const [rest, own] = [false, true].map((isOwn) => at.filter(({ axis }) => axes.includes(axis) === isOwn)) as [typeof at, typeof at];
  const lead = value.free.length;
  return { free: rest.map(({ axis }) => axis), shape: [...own.map(({ axis }) => axis.range), ...value.shape], make: (env) => permute(termOf(value, env), [...rest.map(({ i }) => i), ...own.map(({ i }) => i), ...value.shape.map((_, i) => lead + i)]) };
}

function outcomesOf({ free }: Pick<Value, "free">, over: string | null): readonly Axis[] {
  return free.filter((axis) => axis.name.startsWith(prefix) && (over === null || axis.name.startsWith(`${prefix}${over}`)));
}

/** The mean over the outcomes; of those that one letter has by itself where it is named. */
function expectation(lowering: Lowering, value: Value, over: string | null): Value {
  const axes = outcomesOf(value, over);
  return axes.reduce((rest, axis) => lowering.algebra.scale(literal(1, Number(axis.range)), lowering.algebra.sumOver(rest, axis)), value);
}

/** x − mean(x) along the first axis. */
function deviation(x: Term): Term {
  const kept = x.shape.map((_, axis) => axis).slice(1);
  return add(x, scale(broadcast(sum(x, [0]), x.shape, kept), -1, x.shape[0]));
}

function statisticsIn(sides: readonly Expr[], lowering: Lowering): (Expr & { kind: "statistic" })[] {
  const found: (Expr & { kind: "statistic" })[] = [];
  walk(sides, lowering, (expr) => {
    if (expr.kind === "statistic") found.push(expr);
  });
  return found;
}

/**
 * What varies under an expectation: what the text gives a distribution, and
 * noise; where it gives none, the vectors and numbers of which it is
 * made, as notes write them (small Latin letters), else what else there is:
 * capitals (`\mathbb{E}[Y]`), at last Greek letters, which are parameters most of the time.
 */
function randomIn(body: Expr, lowering: Lowering): SymbolExpr[] {
  const leaves: SymbolExpr[] = [];
  walk([body], lowering, (expr, isLeaf) => {
    if (expr.kind === "symbol" && isLeaf && mayVary(expr, lowering)) leaves.push(expr);
  });
  const declared = leaves.filter((leaf) => {
    const entity = lowering.model.table.resolve(leaf, lowering.place)?.entity;
    return isNoise(entity ?? null);
  });
  const given = leaves.filter((leaf) => lowering.model.table.resolve(leaf, lowering.place)?.entity.distribution);
  if (given.length) return [...new Set([...declared, ...given])];
  const small = leaves.filter(({ name }) => /^[a-z]$/.test(name));
  const capital = leaves.filter(({ name }) => /^[A-Z]$/.test(name));
  const usual = small.length ? small : capital.length ? capital : leaves;
  return [...new Set([...declared, ...usual])];
}

/** What varies around zero, or as the text says. */
export function isNoise(entity: Entity | null): boolean {
  return entity !== null && ((entity.distribution !== null && entity.distribution.mean !== "unsaid") || entity.properties.has("zeroMean"));
}

function mayVary(symbol: SymbolExpr, lowering: Lowering): boolean {
  if (["I", "0", "1", "e", "pi"].includes(symbol.name)) return false;
  const resolved = lowering.model.table.resolve(symbol, lowering.place);
  if (!resolved) return !lowering.model.table.sizeNames.has(taggedKey(symbol)) && !lowering.binding(taggedKey(symbol));
  const { entity } = resolved;
  const matrix = /^[a-z]$/.test(symbol.name) && (entity.shape?.filter((dim) => dim !== "1").length ?? 0) > 1;
  return !entity.isFunction && !entity.isSize && !entity.isLoss && !entity.properties.has("constant") && !matrix;
}

/** Every expression that takes part, through the definitions of its symbols, also one step on and back; a symbol without one is a leaf. */
function walk(roots: readonly Expr[], lowering: Lowering, visit: (expr: Expr, isLeaf: boolean) => void): void {
  const seen = new Set<string>();
  const one = (expr: Expr): void => {
    const symbol = expr.kind === "symbol" ? expr : expr.kind === "apply" ? expr.fn : null;
    const entity = symbol ? lowering.model.table.resolve(symbol, lowering.place)?.entity : undefined;
    const definition = entity && lowering.usable(entity) ? entity.definition : null;
    const at = definition?.kind === "family" && symbol?.subscripts.length === 1 ? positionOf(symbol.subscripts[0]?.expr ?? null) : null;
    const step = at?.letter && Math.abs(at.shift) === 1 ? at : null;
    const mark = `${entity?.id}:${step?.shift ?? 0}`;
    visit(expr, expr.kind === "symbol" && (!definition || seen.has(mark)));
    if (definition && entity && !seen.has(mark)) {
      seen.add(mark);
      one(step ? relettered(definition.expr, (definition.params[0] as SymbolExpr).name, step) : definition.expr);
    }
    childrenOf(expr).forEach(one);
  };
  roots.forEach(one);
}
