/** What depends on what: the arguments of a loss that has no formula, and what lies below a symbol through definitions. */
import { isAlike } from "../semantics/comparison";
import { childrenOf, derivativesIn, type Expr, occurs, type SymbolExpr, symbolsIn } from "../semantics/expression";
import type { Model } from "../semantics/model";
import type { Entity } from "../semantics/symbols/entity";
import { familyKey, fullKey, taggedKey } from "../semantics/symbols/key";
import { numbered } from "../semantics/symbols/positions";
import { systemAt } from "./families";
import type { Lowering } from "./lower";
import { carrierOf } from "./slices";

/** The symbols that a loss directly depends on: of all that it is differentiated by, those on which no other of them depends. */
export function sinksOf(lowering: Lowering, loss: SymbolExpr, entity: Entity | null): SymbolExpr[] {
  const found = new Map<number, SymbolExpr>();
  const note = (one: Entity): void => void found.set(carrierOf(lowering, one).id, carrierOf(lowering, one).symbol);
  for (const parameter of entity?.parameters ?? []) {
    const resolved = lowering.resolve(parameter);
    for (const one of [...(resolved ? [resolved.entity] : []), ...stepsIn(lowering, parameter, entity?.parameters ?? [])]) note(one);
  }
  for (const symbol of differentiatedBy(lowering.model, taggedKey(loss))) {
    const known = lowering.model.table.entityOf(symbol, lowering.place);
    if (known && !known.isFunction && !isCollection(known)) note(known);
    // Of a letter that nothing declares it is a function by what is made of it.
    if (!known) for (const made of madeOf(lowering.model, fullKey(symbol))) if (made.key !== entity?.key) note(made);
  }
  const entities = lowering.model.table.all;
  if (lowering.asked) for (const made of outputsOf(lowering, [...found.keys()])) found.set(made.id, made.symbol);
  // y_1 with a formula of its own beside a formula for every y_i: which of them the loss depends on is not said.
  const numbered = [...found.values()].filter(({ subscripts }) => subscripts.length > 0 && subscripts.every(({ expr }) => expr.kind === "number"));
  if (numbered.some((one) => lowering.model.table.withKey(familyKey(one)).some(({ definition }) => definition))) lowering.fail("ambiguous", "entries with a formula of their own and with a general one", loss);
  const own = [...found.keys()].filter((id) => entities[id]?.section === lowering.place.section);
  const all = own.length && own.length < found.size && lowering.reading.losses === "section" ? own : [...found.keys()];
  return all.filter((id) => !all.some((other) => other !== id && isMadeAfter(lowering, entities[other] as Entity, entities[id] as Entity))).map((id) => found.get(id) as SymbolExpr);
}

/** `\Theta = \{W^{(1)}, b^{(1)}, \dots\}` is no array: a loss is a function of its members. */
function isCollection({ definition }: Entity): boolean {
  return definition?.kind === "value" && definition.expr.kind === "tuple" && (definition.expr.braces === true || definition.expr.items.some(({ kind }) => kind === "dots"));
}

/** Where the text says `o^{(1)}, \\dots, o^{(T)}`, every step that it speaks of. */
function stepsIn({ model, place }: Lowering, symbol: SymbolExpr, beside: readonly SymbolExpr[]): Entity[] {
  const stem = numbered(symbol)?.stem;
  const isSame = (other: SymbolExpr): boolean => stem !== undefined && numbered(other)?.stem === stem;
  return beside.filter(isSame).length > 1 ? model.table.all.filter((entity) => isSame(entity.symbol) && entity.section === place.section) : [];
}

/** Whether a symbol is made of another; of two that are made of one another, whether it comes later in a step, or in the text. */
function isMadeAfter(lowering: Lowering, later: Entity, earlier: Entity): boolean {
  if (!below(lowering, later).has(earlier.id)) return holdsWritten(lowering, later, earlier);
  if (!below(lowering, earlier).has(later.id)) return true;
  const families = systemAt(lowering, later)?.families;
  const placeOf = (entity: Entity): number => families?.indexOf(entity) ?? entity.definition?.assertion ?? -1;
  return placeOf(later) > placeOf(earlier);
}

/** `h = \tanh(xU)W` and then `a = xU`: h is made of a, whose formula it holds, or multiplies out as `h = Ax + Bx` does that of `M = A + B`. */
function holdsWritten(lowering: Lowering, later: Entity, { definition }: Entity): boolean {
  if (definition?.kind !== "value" || !["product", "sum", "apply"].includes(definition.expr.kind)) return false;
  const sought = definition.expr;
  return [later.id, ...below(lowering, later)].some((id) => {
    const made = lowering.model.table.all[id]?.definition;
    return made?.kind === "value" && made !== definition && holds(made.expr, sought);
  });
}

/** What is sought in definitions, and whether it was found in them. */
const searched = new WeakMap<Expr, Map<Expr, boolean>>();

function holds(expr: Expr, sought: Expr): boolean {
  let known = searched.get(sought);
  if (!known) searched.set(sought, (known = new Map()));
  let found = known.get(expr);
  if (found === undefined) known.set(expr, (found = occurs(sought.kind, expr) && (partsOf(expr, sought).some((part) => isAlike(part, sought)) || multipliesOut(expr, sought) || childrenOf(expr).some((child) => holds(child, sought)))));
  return found;
}

/** An expression, or as many neighbouring factors of it as another one has. */
function partsOf(expr: Expr, like: Expr): Expr[] {
  if (expr.kind !== like.kind) return [];
  if (expr.kind !== "product" || like.kind !== "product") return [expr];
  const { factors, operators } = expr;
  const count = like.factors.length;
  return factors.slice(count - 1).map((_, at) => ({ ...expr, factors: factors.slice(at, at + count), operators: operators.slice(at, at + count - 1) }));
}

/** Whether some terms of a sum are those of another one, each with the same factors before or behind it. */
function multipliesOut(expr: Expr, sum: Expr): boolean {
  if (expr.kind !== "sum" || sum.kind !== "sum") return false;
  const [first = [], ...others] = sum.terms.map(({ expr: term, sign }) => expr.terms.flatMap((one) => (one.sign === sign ? restsOf(factorsOf(one.expr), factorsOf(term)) : [])));
  return first.some((rest) => others.every((rests) => rests.some((other) => other.before.length === rest.before.length && isEach(other.before, rest.before) && isEach(other.behind, rest.behind))));
}

interface Rest {
  readonly before: readonly Expr[];
  readonly behind: readonly Expr[];
}

/** What stands before or behind some factors among others. */
function restsOf(all: readonly Expr[], some: readonly Expr[]): Rest[] {
  const over = all.length - some.length;
  const rests = over > 0 ? [{ before: [], behind: all.slice(some.length) }, { before: all.slice(0, over), behind: [] }] : [];
  return rests.filter(({ before }) => isEach(all.slice(before.length, before.length + some.length), some));
}

function isEach(some: readonly Expr[], others: readonly Expr[]): boolean {
  return some.length === others.length && some.every((one, i) => isAlike(one, others[i] as Expr));
}

function factorsOf(expr: Expr): readonly Expr[] {
  return expr.kind === "product" ? expr.factors : [expr];
}

/** Arrays whose definitions lead to one of these symbols; a derivative, and what is made of it, is no part of the function. */
function outputsOf(lowering: Lowering, ids: readonly number[]): Entity[] {
  return lowering.model.table.all.filter((entity) => (entity.definition?.kind === "value" || entity.definition?.kind === "entries") && !derivativesIn(entity.definition.expr).length && lowering.resolve(entity.symbol)?.entity === entity && ids.some((id) => id !== entity.id && below(lowering, entity).has(id)));
}

/** What a definition makes of a letter with a number above it. */
function madeOf(model: Model, key: string): Entity[] {
  return model.table.all.filter(({ definition, isFunction }) => definition?.kind === "value" && !isFunction && symbolsIn(definition.expr, false).some((symbol) => numbered(symbol) !== null && fullKey(symbol) === key));
}

const variables = new WeakMap<Model, Map<string, Map<string, SymbolExpr>>>();

/** What the document differentiates a function by, in order and each spelling once; by the function's key. */
export function differentiatedBy(model: Model, key: string): Iterable<SymbolExpr> {
  let index = variables.get(model);
  if (!index) {
    variables.set(model, (index = new Map()));
    const written = [...model.located.flatMap((located) => located.assertion.sides), ...model.table.all.flatMap(({ definition }) => (definition ? [definition.expr] : []))];
    for (const derivative of written.flatMap(derivativesIn)) {
      if (derivative.of.kind !== "symbol") continue;
      const own = index.get(taggedKey(derivative.of)) ?? new Map<string, SymbolExpr>();
      index.set(taggedKey(derivative.of), own);
      for (const base of derivative.wrt.map(baseSymbol)) if (base) own.set(`${base.font} ${fullKey(base)}`, base);
    }
  }
  return index.get(key)?.values() ?? [];
}

export function baseSymbol(expr: Expr): SymbolExpr | null {
  if (expr.kind === "symbol") return expr;
  if (expr.kind === "transpose" || expr.kind === "entry" || expr.kind === "power") return baseSymbol(expr.base);
  if (expr.kind === "apply") return expr.args.length === 1 && ["vec", "Vec", "vech"].includes(expr.fn.name) ? baseSymbol(expr.args[0] as Expr) : expr.fn;
  return null;
}

const reached = new WeakMap<Model, Map<string, ReadonlySet<number>>>();

/** The entities that an entity's definition leads to, through definitions, as they are at the lowering's place. */
export function below(lowering: Lowering, entity: Entity): ReadonlySet<number> {
  const { model, place } = lowering;
  let known = reached.get(model);
  if (!known) reached.set(model, (known = new Map()));
  const key = `${entity.id}@${place.section}:${place.position}:${lowering.reading.variables.join()}`;
  let found = known.get(key);
  if (!found) known.set(key, (found = walk(lowering, entity)));
  return found;
}

function walk(lowering: Lowering, entity: Entity): Set<number> {
  const found = new Set<number>();
  const open = [entity];
  for (let next = open.pop(); next; next = open.pop()) {
    const carrier = carrierOf(lowering, next);
    const isVariable = carrier.definition?.kind !== "function" && lowering.reading.variables.includes(carrier.key);
    for (const symbol of isVariable ? [] : parts(carrier)) {
      const inner = lowering.model.table.entityOf(symbol, lowering.place);
      const carrier = inner && carrierOf(lowering, inner);
      if (!carrier || found.has(carrier.id)) continue;
      found.add(carrier.id);
      open.push(carrier);
    }
  }
  return found;
}

/** What an entity is made of. */
export function parts({ definition, slices, parameters }: Entity): readonly SymbolExpr[] {
  if (definition) return symbolsIn(definition.expr, false);
  return slices ? [slices.matrix] : parameters;
}
