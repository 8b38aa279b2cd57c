/**
 * Derivatives under a reading: what is differentiated with respect to which
 * node of the term graph, and in which layout the result stands.
 */
import type { Derivative, Expr, SymbolExpr } from "../semantics/expression";
import { childrenOf, derivativesIn, symbolsIn } from "../semantics/expression";
import type { Model } from "../semantics/model";
import type { Entity } from "../semantics/symbols/entity";
import { baseKey, familyKey, fullKey, taggedKey } from "../semantics/symbols/key";
import { numbered } from "../semantics/symbols/positions";
import { contract, dependsOn, gradient, identity, jacobian, jacobianForward, map, permute, pushforward, replace, stack, sum, type Term, variable } from "../tensor";
import { goesByEntries } from "./by-entries";
import { lowerDirectional } from "./directional";
import { entityValue, heldFixed } from "./entities";
import { Failure } from "./failure";
import { familyWhole, systemAt } from "./families";
import { isIndexed, pick } from "./indices";
import { lossOver } from "./losses";
import type { Lowering } from "./lower";
import { isVector, mapped, plus, reshaped, sameShape } from "./operations";
import { squareOf } from "./powers";
import { productKey } from "./products";
import { isMemberName } from "./running";
import { isTime, timeDerivative } from "./rates";
import { carrierOf, sliceShape } from "./slices";
import { same } from "./special";
import { lowerSymbol } from "./symbols";
import { unknownArray } from "./unknowns";
import { type Axis, type Env, isScalar, literal, mergeAxes, termOf, type Value } from "./value";

/** What is differentiated by: a whole node, and the entries of it that are meant. */
interface Target {
  /** The node: axes of a family before those of the shape. */
  readonly whole: Value;
  readonly lead: number;
  /** Entries of it; null for all. */
  readonly indices: SymbolExpr["subscripts"] | null;
  /** From where they are counted; 1 where absent. */
  readonly origin?: 0 | 1;
  /** Written transposed (`\partial x^\top`), or as a vec. */
  readonly transposed: boolean;
  readonly vec: boolean;
  /** Declared symmetric. */
  readonly symmetric?: boolean;
  /** The letter, where nothing in the text says what it is. */
  readonly stranger?: string;
  /** A matrix that is made of these members. */
  readonly by?: "row" | "column";
  /** One row or column of it, and the shape that it has by itself. */
  readonly slice?: { readonly axis: number; readonly shape: readonly string[] };
}

export function lowerDerivative(lowering: Lowering, expr: Derivative): Value {
  if (expr.notation === "prime" || expr.notation === "dot") return primeDerivative(lowering, expr);
  const directional = lowerDirectional(lowering, expr);
  if (directional) return directional;
  if (expr.along) return lowering.lower(asProduct(expr, expr.along));
  const placed = atArgument(lowering, expr);
  if (placed) return lowering.lower(placed);
  const wrt = (expr.wrt.length ? expr.wrt : impliedVariables(lowering, expr)).map((one) => unprimed(lowering, one));
  const [time] = wrt;
  if (expr.order > 1 && time && isTime(lowering, time)) return timeDerivative(lowering, numeratorOf(lowering, expr.of, expr), expr.order, [time], expr);
  if (expr.order === 2 || wrt.length === 2) {
    const [first, second] = [wrt[0], wrt[1] ?? wrt[0]];
    if (!first || !second || wrt.length > 2) return lowering.fail("unsupported", "a derivative of this order", expr);
    const inner = lowerOne(lowering, expr.of, stripTranspose(first), expr);
    return hessian(lowering, inner, targetOf(lowering, stripTranspose(second)), expr);
  }
  if (expr.order > 1 || wrt.length !== 1) return lowering.fail("unsupported", "a derivative of this order", expr);
  return lowerOne(lowering, expr.of, wrt[0] as Expr, expr);
}

/** `f'(x)[y]` where y is no direction: a product. */
function asProduct(expr: Derivative, along: readonly Expr[]): Expr {
  const { along: _, ...whole } = expr;
  return { kind: "product", factors: [whole, ...along], operators: along.map(() => ""), start: expr.start, end: expr.end };
}

/** `\nabla f(0)`, `\nabla f(x + s)`: the gradient of f, at what is no letter. */
function atArgument(lowering: Lowering, expr: Derivative): Expr | null {
  const { of, wrt } = expr;
  const [arg] = of.kind === "apply" && of.args.length === 1 ? of.args : [];
  if (of.kind !== "apply" || wrt.length || !arg || arg.kind === "transpose" || (arg.kind === "symbol" && arg.name !== "0")) return null;
  const definition = lowering.resolve(of.fn)?.entity.definition;
  const letter = definition?.kind === "function" && definition.params.length === 1 ? definition.params[0] : undefined;
  if (!letter) return null;
  const place = { start: arg.start, end: arg.end };
  return { kind: "at", body: { ...expr, of: { ...of, args: [letter] } }, where: [{ sides: [letter, arg], links: [{ operator: "=", ...place }], ...place }], start: expr.start, end: expr.end };
}

function lowerOne(lowering: Lowering, of: Expr, wrt: Expr, expr: Derivative): Value {
  if (wrt.kind === "power" && !squareOf(lowering, wrt) && isScalar(lowering.lower(wrt.base))) return byPower(lowering, of, wrt, expr);
  const applied = functionAt(lowering, of, wrt) ?? functionAsApplied(lowering, of, wrt);
  if (applied) return lowerOne(lowering, applied, wrt, expr);
  if (isTime(lowering, wrt)) return timeDerivative(lowering, numeratorOf(lowering, of, expr), 1, [wrt], expr);
  const target = targetOf(lowering, wrt);
  const whole = numeratorOf(lowering, of, expr);
  const held = lowering.reading.partial === "direct" ? heldFixed(lowering, of, target.whole) : otherArguments(lowering, of, wrt);
  return holding(held, whole, target, (fixed) => differentiate(lowering, fixed, target, expr, of.kind === "transpose"));
}

/** ∂V/∂x where V takes such an x as its argument, and x is all that it can be of: V(x). */
function functionAt(lowering: Lowering, of: Expr, wrt: Expr): Expr | null {
  if (of.kind !== "symbol" || of.subscripts.length || wrt.kind !== "symbol") return null;
  const point = lowering.binding(taggedKey(wrt));
  const [fn, x] = [of, wrt].map((symbol) => lowering.resolve(symbol)?.entity);
  if (point?.kind === "argument" && fn?.isFunction && !fn.definition && fn.domain?.length === point.value.shape.length && fn.domain.every((dim, axis) => lowering.classes.unify(dim, point.value.shape[axis] as string))) return { kind: "apply", fn: of, args: [wrt], certain: true, primes: 0, start: of.start, end: of.end };
  if (!fn?.isFunction || fn.definition || !fn.domain?.length || !x || x.definition || JSON.stringify(x.shape) !== JSON.stringify(fn.domain)) return null;
  const others = lowering.model.table.all.filter(({ symbol, definition }) => definition && symbol.accents[0] !== "dot" && symbolsIn(definition.expr, false).some((part) => taggedKey(part) === taggedKey(wrt)));
  return others.length ? null : { kind: "apply", fn: of, args: [wrt], certain: true, primes: 0, start: of.start, end: of.end };
}

/** ∂y/∂σ² of a number σ: (∂y/∂σ)/(∂σ²/∂σ). */
function byPower(lowering: Lowering, of: Expr, wrt: Expr & { kind: "power" }, expr: Derivative): Value {
  const [inner, outer] = [lowerOne(lowering, of, wrt.base, expr), lowerOne(lowering, wrt, wrt.base, expr)];
  return lowering.algebra.scale(mapped("reciprocal", outer), inner);
}

/** ∂f(x, h, w)/∂w of a function that is written with w as one of its arguments holds the others fixed, whatever they depend on. */
function otherArguments(lowering: Lowering, of: Expr, wrt: Expr): Value[] {
  if (of.kind !== "apply" || of.args.length < 2 || lowering.resolve(of.fn)?.entity.definition || !of.args.some((arg) => same(arg, wrt))) return [];
  return of.args.filter((arg) => !same(arg, wrt)).map((arg) => lowering.lower(arg));
}

/**
 * A direct partial derivative: what is held fixed stands as letters while the
 * derivative is taken, and means what it means again after it.
 */
function holding(held: readonly Value[], whole: Value, target: Target, differentiated: (fixed: Value) => Value): Value {
  if (!held.length) return differentiated(whole);
  const letter = (node: Term, i: number): Term => variable(`held:${i}:${node.hash}`, node.shape);
  const nodesIn = (env: Env): Term[] => {
    const by = target.whole.steps?.(env) ?? [termOf(target.whole, env)];
    return held.map((value) => termOf(value, env)).filter((node) => by.some((x) => node !== x && dependsOn(node, x)));
  };
  const fixed: Value = { ...whole, make: (env) => replace(termOf(whole, env), new Map(nodesIn(env).map((node, i) => [node, letter(node, i)]))) };
  const derivative = differentiated(fixed);
  return { ...derivative, make: (env) => replace(termOf(derivative, env), new Map(nodesIn(env).map((node, i) => [letter(node, i), node]))) };
}

function stripTranspose(expr: Expr): Expr {
  return expr.kind === "transpose" ? expr.base : expr;
}

/** `\partial\beta'` of a declared β is `\partial\beta^\top`. */
function unprimed(lowering: Lowering, wrt: Expr): Expr {
  if (wrt.kind === "derivative" && wrt.notation === "prime" && wrt.order === 1 && wrt.of.kind === "apply") return { kind: "transpose", base: wrt.of, start: wrt.start, end: wrt.end };
  if (wrt.kind !== "symbol" || wrt.primes !== 1 || lowering.resolve(wrt)) return wrt;
  const base = { ...wrt, primes: 0 };
  return lowering.resolve(base)?.entity.shape?.length === 2 ? { kind: "transpose", base, start: wrt.start, end: wrt.end } : wrt;
}

/** F in ∂F/∂x is F(x), where the text writes that and defines no F; and π in ∂π/∂Y is π(Y), where it writes π(RX) and Y = RX. */
function functionAsApplied(lowering: Lowering, of: Expr, wrt: Expr): Expr | null {
  if (of.kind !== "symbol" || wrt.kind !== "symbol" || of.subscripts.length || lowering.binding(taggedKey(of))) return null;
  const entity = lowering.resolve(of)?.entity;
  if (entity && (entity.definition || entity.isLoss || entity.parameters.length || (entity.shape !== null && !entity.isFunction))) return null;
  const meant = [wrt, lowering.resolve(wrt)?.entity.definition?.expr];
  const application = applicationsOf(lowering.model, taggedKey(of)).find(({ args: [only, ...more] }) => only && !more.length && meant.some((one) => one && same(one, only)));
  return application ? { ...application, args: [wrt] } : null;
}

const applications = new WeakMap<Model, Map<string, (Expr & { kind: "apply" })[]>>();

/** What the text applies a function to. */
function applicationsOf(model: Model, key: string): readonly (Expr & { kind: "apply" })[] {
  let known = applications.get(model);
  if (!known) {
    applications.set(model, (known = new Map()));
    const open = model.located.flatMap(({ assertion }) => assertion.sides);
    for (let next = open.pop(); next; next = open.pop()) {
      if (next.kind === "apply" && !next.primes) known.set(taggedKey(next.fn), [...(known.get(taggedKey(next.fn)) ?? []), next]);
      open.push(...childrenOf(next));
    }
  }
  return known.get(key) ?? [];
}

/** The function below ∂: a loss without a formula becomes the arbitrary function of its sinks. */
function numeratorOf(lowering: Lowering, of: Expr, expr: Derivative): Value {
  if (of.kind === "opaque") return lowering.fail("unsupported", of.why, expr);
  if (of.kind === "symbol" && !lowering.binding(taggedKey(of))) {
    const resolved = lowering.resolve(of);
    const undefinedLoss = resolved === null ? looksLikeLoss(of) : resolved.entity.definition === null && !resolved.entity.spectrum && (resolved.entity.isLoss || (looksLikeLoss(of) && resolved.entity.shape?.length !== 2));
    if (undefinedLoss && !resolved?.indices.length) return lossOver(lowering, taggedKey(of), sinksOf(lowering, of, resolved?.entity ?? null), of);
    if (resolved?.entity.definition?.kind === "function") return functionItself(lowering, resolved.entity, of);
    if (resolved?.entity.isLoss || looksLikeLoss(of)) return asNumber(lowering, lowering.lower(of));
  }
  return lowering.lower(of);
}

/** A loss is a number: `L = -y \log a` of a network's output a says that there is one output, where nothing says that a is a vector. */
function asNumber(lowering: Lowering, loss: Value): Value {
  const { classes, drawn } = lowering;
  const [rows, columns] = loss.shape.map((dim) => classes.find(dim));
  if (loss.shape.length !== 2 || columns !== "1" || !rows?.startsWith("?")) return loss;
  const isVector = [...drawn.values()].some(({ entity, shape }) => entity?.shapeFrom === "declared" && shape.some((dim) => classes.find(dim) === rows));
  return !isVector && classes.force(rows, "1") ? reshaped(loss, []) : loss;
}

function looksLikeLoss(symbol: SymbolExpr): boolean {
  return /^(L|J|E|C|e|l|ell|R|loss|Loss|cost|Cost|Q|F|S|xi)$/.test(symbol.name) && !symbol.subscripts.length;
}

/** f where f(x) = … is defined: its body in its own letters. */
function functionItself(lowering: Lowering, entity: Entity, symbol: SymbolExpr): Value {
  const definition = entity.definition as NonNullable<Entity["definition"]>;
  if (!lowering.usable(entity)) return lowering.fail("unknown-symbol", `${entity.key} is not defined`, symbol);
  return lowering.lower(definition.expr);
}

/** The symbols that a loss directly depends on: of all that it is differentiated by, those on which no other of them depends. */
export function sinksOf(lowering: Lowering, loss: SymbolExpr, entity: Entity | null): SymbolExpr[] {
  const found = new Map<number, SymbolExpr>();
  const note = (one: Entity): void => void found.set(carrierOf(lowering, one).id, carrierOf(lowering, one).symbol);
  for (const parameter of entity?.parameters ?? []) {
    const resolved = lowering.resolve(parameter);
    if (resolved) note(resolved.entity);
  }
  for (const symbol of differentiatedBy(lowering.model, taggedKey(loss))) {
    const known = lowering.model.table.entityOf(symbol, lowering.place);
    if (known && !known.isFunction) note(known);
    // Of a letter that nothing declares it is a function by what is made of it.
    if (!known) for (const made of madeOf(lowering.model, fullKey(symbol))) note(made);
  }
  const entities = lowering.model.table.all;
  if (lowering.asked) for (const made of outputsOf(lowering, [...found.keys()])) found.set(made.id, made.symbol);
  // y_1 with a formula of its own beside a formula for every y_i: which of them the loss depends on is not said.
  const numbered = [...found.values()].filter(({ subscripts }) => subscripts.length > 0 && subscripts.every(({ expr }) => expr.kind === "number"));
  if (numbered.some((one) => lowering.model.table.withKey(familyKey(one)).some(({ definition }) => definition))) lowering.fail("ambiguous", "entries with a formula of their own and with a general one", loss);
  const all = [...found.keys()];
  return all.filter((id) => !all.some((other) => other !== id && isMadeAfter(lowering, entities[other] as Entity, entities[id] as Entity))).map((id) => found.get(id) as SymbolExpr);
}

/** Whether a symbol is made of another; of two that are made of one another, whether it comes later in a step. */
function isMadeAfter(lowering: Lowering, later: Entity, earlier: Entity): boolean {
  if (!below(lowering, later).has(earlier.id)) return false;
  const families = below(lowering, earlier).has(later.id) ? systemAt(lowering, later)?.families : undefined;
  return families === undefined || families.indexOf(later) > families.indexOf(earlier);
}

/** Arrays whose definitions lead to one of these symbols. */
function outputsOf(lowering: Lowering, ids: readonly number[]): Entity[] {
  return lowering.model.table.all.filter((entity) => (entity.definition?.kind === "value" || entity.definition?.kind === "entries") && lowering.resolve(entity.symbol)?.entity === entity && ids.some((id) => id !== entity.id && below(lowering, entity).has(id)));
}

/** What a definition makes of a letter with a number above it. */
function madeOf(model: Model, key: string): Entity[] {
  return model.table.all.filter(({ definition, isFunction }) => definition?.kind === "value" && !isFunction && symbolsIn(definition.expr, false).some((symbol) => numbered(symbol) !== null && fullKey(symbol) === key));
}

const variables = new WeakMap<Model, Map<string, Map<string, SymbolExpr>>>();

/** What the document differentiates a function by, in order and each spelling once; by the function's key. */
function differentiatedBy(model: Model, key: string): Iterable<SymbolExpr> {
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
  if (expr.kind === "apply") return expr.args.length === 1 && ["vec", "Vec"].includes(expr.fn.name) ? baseSymbol(expr.args[0] as Expr) : expr.fn;
  return null;
}

const reached = new WeakMap<Model, Map<string, ReadonlySet<number>>>();

/** The entities that an entity's definition leads to, through definitions, as they are at the lowering's place. */
function below(lowering: Lowering, entity: Entity): ReadonlySet<number> {
  const { model, place } = lowering;
  let known = reached.get(model);
  if (!known) reached.set(model, (known = new Map()));
  const key = `${entity.id}@${place.section}:${place.position}`;
  let found = known.get(key);
  if (!found) known.set(key, (found = walk(lowering, entity)));
  return found;
}

function walk(lowering: Lowering, entity: Entity): Set<number> {
  const found = new Set<number>();
  const open = [entity];
  for (let next = open.pop(); next; next = open.pop()) {
    for (const symbol of parts(carrierOf(lowering, next))) {
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
function parts({ definition, slices, parameters }: Entity): readonly SymbolExpr[] {
  if (definition) return symbolsIn(definition.expr, false);
  return slices ? [slices.matrix] : parameters;
}

/** `\nabla f` without a variable: the arguments of f, or the only array that it depends on. */
function impliedVariables(lowering: Lowering, expr: Derivative): Expr[] {
  const { of } = expr;
  const fn = of.kind === "apply" ? of.fn : of.kind === "symbol" ? of : null;
  if (of.kind === "apply" && of.args.length === 1 && !wordLike(of.fn.name)) return [of.args[0] as Expr];
  const entity = fn ? lowering.resolve(fn)?.entity : null;
  if (entity?.definition?.params.length === 1 && entity.definition.kind === "function") return [entity.definition.params[0] as SymbolExpr];
  const candidates = new Map(leavesOf(lowering, of).map((symbol) => [baseKey(symbol), symbol]));
  const usual = [...candidates.values()].filter((symbol) => ["x", "w", "theta", "X", "W", "z", "beta"].includes(symbol.name));
  if (candidates.size === 1) return [...candidates.values()];
  if (usual.length === 1) return usual;
  return lowering.fail("ambiguous", "the variable of the gradient is not written", expr);
}

/** What an expression depends on in the end, through the definitions of its symbols. */
function leavesOf(lowering: Lowering, of: Expr, seen = new Set<number>()): SymbolExpr[] {
  return symbolsIn(of, false).flatMap((symbol) => {
    const entity = lowering.resolve(symbol)?.entity;
    if (!entity || seen.has(entity.id) || entity.spectrum || entity.isFunction || entity.isSize || entity.properties.has("constant")) return [];
    seen.add(entity.id);
    const definition = entity.definition?.kind === "value" && lowering.usable(entity) ? entity.definition : null;
    return definition ? leavesOf(lowering, definition.expr, seen) : [entity.symbol];
  });
}

function wordLike(name: string): boolean {
  return name.length > 1 && !["phi", "psi", "ell", "sigma", "mathcal"].includes(name);
}

function targetOf(lowering: Lowering, wrt: Expr): Target {
  if (wrt.kind === "transpose") return { ...targetOf(lowering, wrt.base), transposed: true };
  if (wrt.kind === "apply" && ["vec", "Vec"].includes(wrt.fn.name) && wrt.args.length === 1) return { ...targetOf(lowering, wrt.args[0] as Expr), vec: true };
  if (wrt.kind === "entry") {
    const inner = targetOf(lowering, wrt.base);
    return { ...inner, indices: wrt.indices };
  }
  if (wrt.kind === "apply" && wrt.args.every((arg) => arg.kind === "symbol")) return targetOf(lowering, wrt.fn);
  if (wrt.kind !== "symbol") {
    const value = lowering.lower(wrt);
    return { whole: value, lead: 0, indices: null, transposed: false, vec: false };
  }
  const bound = lowering.binding(taggedKey(wrt));
  if (bound?.kind === "argument") return { whole: bound.value, lead: 0, indices: wrt.subscripts.length ? wrt.subscripts : null, transposed: false, vec: false };
  const resolved = lowering.resolve(wrt);
  if (!resolved && isIndexed(lowering, wrt)) {
    lowering.guessed.add(baseKey(wrt));
    const whole = unknownArray(lowering, wrt);
    return { whole, lead: whole.shape.length > wrt.subscripts.length && !isVector(lowering, whole) ? wrt.subscripts.length : 0, indices: wrt.subscripts, transposed: false, vec: false, stranger: baseKey(wrt) };
  }
  if (!resolved) {
    const value = lowerSymbol(lowering, wrt);
    return { whole: value, lead: 0, indices: null, transposed: false, vec: false, stranger: baseKey(wrt) };
  }
  if (resolved.family && wrt.subscripts.some((subscript) => isMemberName(lowering, subscript))) return { whole: lowerSymbol(lowering, wrt), lead: 0, indices: null, transposed: false, vec: false };
  if (resolved.family) {
    const { entity } = resolved;
    if (carrierOf(lowering, entity) !== entity) return sliceTarget(lowering, entity, wrt);
    const whole = familyWhole(lowering, entity);
    return { whole, lead: whole.free.length, indices: wrt.subscripts, transposed: false, vec: false };
  }
  const members = carrierOf(lowering, resolved.entity);
  if (members !== resolved.entity && members.slices) {
    const whole = familyWhole(lowering, members);
    return { whole, lead: whole.free.length, indices: resolved.indices.length ? resolved.indices : null, transposed: false, vec: false, by: members.slices.by };
  }
  const whole = entityValue(lowering, resolved.entity, wrt);
  const symmetric = ["symmetric", "positiveDefinite", "positiveSemidefinite"].some((property) => resolved.entity.properties.has(property));
  return { whole, lead: 0, indices: resolved.indices.length ? resolved.indices : null, origin: resolved.entity.origin, transposed: false, vec: false, symmetric };
}

/** x_ij and x_ji move together: G + Gᵀ − diag(G). */
function structured(lowering: Lowering, full: Value, place: Derivative): Value {
  const { algebra } = lowering;
  const diagonal = algebra.hadamard(full, { free: [], shape: full.shape, make: (env) => identity(env.size(full.shape[0] as string)) }, place, "rows");
  return plus(lowering, plus(lowering, full, algebra.transpose(full), place), algebra.scale(literal(-1), diagonal), place);
}

/** A row x_i of X: differentiated by as a row of the whole. */
function sliceTarget(lowering: Lowering, entity: Entity, wrt: SymbolExpr): Target {
  const { matrix, by } = entity.slices as NonNullable<Entity["slices"]>;
  const target = targetOf(lowering, matrix);
  const { shape } = target.whole;
  if (target.lead || shape.length !== 2) return lowering.fail("unknown-shape", "rows of something that is no matrix", wrt);
  const axis = by === "row" ? 0 : 1;
  return { whole: target.whole, lead: 0, indices: wrt.subscripts, transposed: false, vec: false, slice: { axis, shape: sliceShape(lowering, entity, shape[1 - axis] as string) } };
}

/** ∂value/∂target in the reading's layout. */
function differentiate(lowering: Lowering, value: Value, target: Target, expr: Derivative, ofTransposed: boolean): Value {
  const full = rawJacobian(lowering, value, target, expr);
  const { shape } = value;
  const at = full.shape.slice(shape.length);
  // J_f and Df have a row for each entry of f, in any layout.
  const named = expr.notation === "jacobian" || expr.notation === "D";
  // ∂y/∂w_{ij} is shaped like y; members of families and rows have shapes of their own.
  if (target.indices && !at.length) return full;
  if (target.vec || (isVectorShape(lowering, shape) && isVectorShape(lowering, at))) {
    if (isVectorShape(lowering, shape) && isVectorShape(lowering, at)) {
      const flat = reshaped(full, [lengthOf(lowering, shape), lengthOf(lowering, at)]);
      const numerator = target.transposed || named || (!ofTransposed && lowering.reading.jacobian === "numerator");
      return numerator ? flat : lowering.algebra.transpose(flat);
    }
  }
  if (!shape.length) {
    if (!at.length) return full;
    if (target.symmetric && lowering.reading.symmetric === "structured") return structured(lowering, full, expr);
    const column = expr.notation === "nabla" && lowering.reading.nabla === "column";
    return target.transposed || named || (lowering.reading.gradient === "numerator" && !column) ? lowering.algebra.transpose(full) : full;
  }
  return full;
}

function isVectorShape(lowering: Lowering, shape: readonly string[]): boolean {
  return shape.length === 2 && shape.some((dim) => lowering.algebra.isOne(dim));
}

function lengthOf(lowering: Lowering, shape: readonly string[]): string {
  return shape.find((dim) => !lowering.algebra.isOne(dim)) ?? "1";
}

/** A first derivative as an array in no layout: the axes of what is differentiated, then those of what it is differentiated by. */
export function tensorOf(lowering: Lowering, expr: Derivative): { value: Value; of: number } {
  const [wrt] = expr.wrt.map((one) => unprimed(lowering, one));
  if (!wrt || expr.order !== 1 || expr.wrt.length !== 1) return lowering.fail("unsupported", "a derivative of this order", expr);
  const whole = numeratorOf(lowering, expr.of, expr);
  const target = targetOf(lowering, stripTranspose(wrt));
  const value = holding(otherArguments(lowering, expr.of, stripTranspose(wrt)), whole, target, (fixed) => rawJacobian(lowering, fixed, target, expr));
  return { value, of: whole.shape.length };
}

/** A function and what it is differentiated by, both whole, before any layout. */
export interface Differentiation {
  readonly of: Value;
  readonly by: Value;
  /** A loss without a formula, which stands for an arbitrary function. */
  readonly arbitrary: boolean;
  /** What stands below the variable where entries alone are meant. */
  readonly entry: string | null;
  /** The function is itself the first derivative. */
  readonly twice: boolean;
  /** x_ij and x_ji are one variable. */
  readonly structured: boolean;
}

/** Null for what is no derivative of one thing by another: of a second derivative, it is that of the first. */
export function differentiationOf(lowering: Lowering, expr: Derivative): Differentiation | null {
  const [first, second] = (expr.wrt.length || expr.notation === "prime" || expr.notation === "dot" ? expr.wrt : impliedVariables(lowering, expr)).map((one) => unprimed(lowering, one));
  const parts = { arbitrary: false, entry: null, twice: false, structured: false };
  if (expr.notation === "prime" && expr.of.kind === "apply" && expr.order <= 1) return { ...parts, of: lowering.lower(expr.of), by: lowering.lower(expr.of.args[0] as Expr) };
  if (!first || expr.order > 2 || lowering.reading.partial === "direct" || otherArguments(lowering, expr.of, first).length) return null;
  const twice = expr.order === 2 || second !== undefined;
  const { whole, lead, indices, symmetric } = targetOf(lowering, stripTranspose(twice ? (second ?? first) : first));
  if (whole.steps) return null;
  const of = twice ? lowerOne(lowering, expr.of, stripTranspose(first), expr) : numeratorOf(lowering, expr.of, expr);
  return { of, by: whole, arbitrary: !twice && [...lowering.losses.values()].includes(of), entry: indices && !lead ? indices.map(({ text }) => text).join(indices.some(({ text }) => text.length > 1 || /\d/.test(text)) ? "," : "") : null, twice, structured: symmetric === true && lowering.reading.symmetric === "structured" };
}

/** All partial derivatives: the axes of the value's shape, then those of what it is differentiated by (or of the selected entries). */
function rawJacobian(lowering: Lowering, value: Value, target: Target, expr: Derivative): Value {
  const { whole, lead } = target;
  const targetKeys = [...whole.free.map((axis) => axis.range), ...whole.shape];
  const open: Value = {
    free: value.free,
    shape: [...value.shape, ...targetKeys],
    make: (env) => {
      const y = termOf(value, env);
      const x = termOf(whole, env);
      // Zero, since the function is not of this letter, tells that the letter is not understood.
      if (target.stranger && !dependsOn(y, x)) throw new Failure("unknown-symbol", `${target.stranger} is not declared`, expr);
      const by = env.mode === "reverse" ? jacobian : jacobianForward;
      return whole.steps ? byEachStep(y, whole.steps(env), by) : by(y, x);
    },
  };
  if (target.vec && !target.indices) {
    // vec stacks columns.
    const [rows, columns] = whole.shape as [string, string];
    const n = value.shape.length;
    const turned: Value = { free: open.free, shape: [...value.shape, columns, rows], make: (env) => permute(termOf(open, env), [...Array(open.free.length + n).keys(), open.free.length + n + 1, open.free.length + n]) };
    return reshaped(turned, [...value.shape, productKey(lowering, columns, rows), "1"]);
  }
  if (target.by) return gatheredTail(lowering, open, value.shape.length, target, expr);
  if (!target.indices) return open;
  return selectTail(lowering, open, value.shape.length, target, lead, expr);
}

/** ∂/∂V where V is made of its rows: their axes as those of a matrix, or the entries of it that are meant. */
function gatheredTail(lowering: Lowering, open: Value, kept: number, { whole, by, indices }: Target, expr: Derivative): Value {
  const [count, ...own] = open.shape.slice(kept) as [string, ...string[]];
  const length = own.find((dim) => !lowering.algebra.isOne(dim)) ?? "1";
  const flat = reshaped(open, [...open.shape.slice(0, kept), count, length]);
  const turned: Value = { ...flat, shape: [...open.shape.slice(0, kept), length, count], make: (env) => swapLast(termOf(flat, env)) };
  const matrix = by === "row" ? flat : turned;
  return indices ? selectTail(lowering, matrix, kept, { whole: { ...whole, free: [], shape: matrix.shape.slice(kept) }, lead: 0, indices, transposed: false, vec: false }, 0, expr) : matrix;
}

function swapLast(term: Term): Term {
  const rank = term.shape.length;
  return permute(term, [...Array.from({ length: rank - 2 }, (_, i) => i), rank - 1, rank - 2]);
}

/** The members of a recurrence are nodes of their own, later ones made from earlier ones. */
function byEachStep(y: Term, steps: readonly Term[], by: (y: Term, x: Term) => Term): Term {
  const rank = y.shape.length;
  const stacked = stack(steps.map((x) => by(y, x)));
  return permute(stacked, [...Array.from({ length: rank }, (_, i) => i + 1), 0, ...stacked.shape.map((_, i) => i).slice(rank + 1)]);
}

/** Picks the entries `∂/∂w_{kl}` out of the trailing axes. */
function selectTail(lowering: Lowering, open: Value, kept: number, target: Target, lead: number, expr: Derivative): Value {
  let current = open;
  const indices = target.indices ?? [];
  const positional = target.whole.shape.length;
  if (target.slice) return reshaped(pick(lowering, current, kept + target.slice.axis, indices[0] as SymbolExpr["subscripts"][number], expr), [...open.shape.slice(0, kept), ...target.slice.shape]);
  if (lead > 0) {
    // A family member: its letters select the leading axes, the shape of a member stays.
    for (const index of indices) current = pick(lowering, current, kept, index, expr);
    return current;
  }
  if (indices.length === 1 && positional === 2) {
    const axis = target.whole.shape.findIndex((dim) => !lowering.algebra.isOne(dim));
    if (!isVectorShape(lowering, target.whole.shape)) return lowering.fail("ambiguous", "one index on a matrix", expr);
    const picked = pick(lowering, current, kept + Math.max(axis, 0), indices[0] as SymbolExpr["subscripts"][number], expr, target.origin);
    return reshaped(picked, picked.shape.slice(0, kept));
  }
  if (indices.length !== positional) return lowering.fail("shape", `${indices.length} indices on ${lowering.algebra.describe(target.whole)}`, expr);
  for (const index of indices) current = pick(lowering, current, kept, index, expr, target.origin);
  return current;
}

/** The second derivative: the gradient differentiated again. */
function hessian(lowering: Lowering, first: Value, second: Target, expr: Derivative): Value {
  const full = rawJacobian(lowering, first, second, expr);
  const { shape } = first;
  const at = full.shape.slice(shape.length);
  if (second.indices || !shape.length || !at.length) return full;
  if (isVectorShape(lowering, shape) && isVectorShape(lowering, at)) return reshaped(full, [lengthOf(lowering, shape), lengthOf(lowering, at)]);
  return full;
}

/** f′(x): of a function of one number, entry by entry; of a symbol with a parameter, by the parameter. */
function primeDerivative(lowering: Lowering, expr: Derivative): Value {
  const { of } = expr;
  if (of.kind === "symbol") {
    const entity = lowering.resolve(of)?.entity;
    const parameter = entity?.parameters[0];
    if (!entity || !parameter) return lowering.fail("unknown-symbol", "a prime whose variable is not known", expr);
    const target = targetOf(lowering, parameter);
    let value = lowerSymbol(lowering, of);
    for (let order = 0; order < Math.max(1, expr.order); order++) value = rawJacobian(lowering, value, target, expr);
    return value;
  }
  if (of.kind !== "apply" || of.args.length !== 1) return transposedByPrime(lowering, expr) ?? lowering.fail("unsupported", "a prime on an expression", expr);
  const arg = lowering.lower(of.args[0] as Expr);
  const name = "⟨argument⟩";
  // The function at a letter of its own, differentiated entry by entry; then the argument in its place: f′(0) is no derivative by 0.
  const letter: Value = { ...arg, literal: undefined, make: (env) => lowering.placeholder(termOf(arg, env)) };
  const symbol: SymbolExpr = { kind: "symbol", name, font: "", accents: [], subscripts: [], tags: [], primes: 0, start: of.start, end: of.end };
  const applied = lowering.within([[name, { kind: "argument", value: letter }]], () => lowering.lower({ ...of, args: [symbol] }));
  // f′(x) of a number by an array, or of other sizes than x, is its derivative as ∂f/∂x is.
  if (isScalar(arg) !== isScalar(applied) || (!isScalar(arg) && (!sameShape(lowering, arg, applied) || !goesByEntries(lowering, of.fn, !isVector(lowering, arg))))) return ofArray(lowering, expr, arg, applied, letter);
  let value = applied;
  for (let order = 0; order < Math.max(1, expr.order); order++) {
    const current = value;
    value = { free: applied.free, shape: applied.shape, make: (env) => elementwiseDerivative(termOf(current, env), termOf(lowering.algebra.withFree(letter, applied.free), env)) };
  }
  return { ...value, make: (env) => replace(termOf(value, env), new Map([[termOf(letter, env), termOf(arg, env)]])) };
}

/** `(y - X\beta)'` of arrays that depend on nothing: the transpose. */
function transposedByPrime(lowering: Lowering, { of, order }: Derivative): Value | null {
  const symbols = symbolsIn(of, false);
  const known = symbols.every((symbol) => {
    const entity = lowering.resolve({ ...symbol, primes: 0 })?.entity;
    return entity !== undefined && !entity.isFunction && entity.parameters.length === 0;
  });
  const value = known && order === 1 ? lowering.lower(of) : null;
  if (value?.shape.length !== 2) return null;
  for (const symbol of symbols) lowering.guessed.add(`${taggedKey(symbol)}'`);
  return lowering.algebra.transpose(value);
}

function ofArray(lowering: Lowering, expr: Derivative, arg: Value, applied: Value, letter: Value): Value {
  if (expr.order > 1 || arg.free.length || applied.free.length) return lowering.fail("unsupported", "the derivative of a function of an array", expr);
  const value = differentiate(lowering, applied, { whole: letter, lead: 0, indices: null, transposed: false, vec: false }, expr, false);
  return { ...value, make: (env) => replace(termOf(value, env), new Map([[termOf(letter, env), termOf(arg, env)]])) };
}

/** dy/dx for y that depends on x entry by entry. */
function elementwiseDerivative(y: Term, x: Term): Term {
  const [derivative] = gradient(sum(y), [x]) as [Term];
  return derivative;
}

/** d(…): the pushforward along dX for each symbol whose differential is written somewhere in the claim. */
export function lowerDifferential(lowering: Lowering, expr: Expr & { kind: "differential" }): Value {
  if (expr.order !== 1) return lowering.fail("unsupported", "a second differential", expr);
  if (!lowering.varying.size) return lowering.fail("unknown-symbol", "what varies under d is not written", expr);
  const defined = expr.of.kind === "symbol" && !lowering.binding(taggedKey(expr.of)) ? lowering.resolve(expr.of)?.entity : null;
  const value = defined?.definition?.kind === "function" ? functionItself(lowering, defined, expr.of as SymbolExpr) : (lossBelow(lowering, expr.of) ?? lowering.lower(expr.of));
  const seeds = [...lowering.varying].map((key) => varyingValue(lowering, key));
  return {
    free: value.free,
    shape: value.shape,
    make: (env) => {
      const moving = seeds.map((seed) => ({ x: termOf(seed, env), dx: termOf(tangentOf(seed), env) }));
      // In dA = Z dW, A moves as W does.
      const independent = moving.filter(({ x }) => !moving.some((other) => other.x !== x && dependsOn(x, other.x)));
      return tangentTerm(termOf(value, env), independent, env);
    },
  };
}

/** The loss in dL, where the notes have derivatives of it and no formula. */
function lossBelow(lowering: Lowering, of: Expr): Value | null {
  if (of.kind !== "symbol" || of.subscripts.length || lowering.scope.has(taggedKey(of)) || ![...differentiatedBy(lowering.model, taggedKey(of))].length) return null;
  const entity = lowering.resolve(of)?.entity ?? null;
  if (entity ? entity.definition !== null || !(entity.isLoss || (looksLikeLoss(of) && entity.shape?.length !== 2)) : !looksLikeLoss(of)) return null;
  return lossOver(lowering, taggedKey(of), sinksOf(lowering, of, entity), of);
}

/** Reverse mode: the Jacobian times the tangent; forward mode: the pushforward. */
function tangentTerm(y: Term, seeds: readonly { x: Term; dx: Term }[], env: Env): Term {
  if (env.mode === "forward") return pushforward(y, new Map(seeds.map(({ x, dx }) => [x, dx])), []);
  let total: Term | null = null;
  for (const { x, dx } of seeds) {
    const j = jacobian(y, x);
    const lead = y.shape.map((_, i) => i);
    const tail = x.shape.map((_, i) => y.shape.length + i);
    const part = contract([[...lead, ...tail], tail], lead, [j, dx]);
    total = total ? addTerm(total, part) : part;
  }
  return total as Term;
}

function addTerm(a: Term, b: Term): Term {
  return add(a, b);
}

function keyOf(expr: Expr): string | null {
  return expr.kind === "symbol" ? taggedKey(expr) + expr.subscripts.map((subscript) => `_${subscript.text}`).join("") : null;
}

export function differentialKey(expr: Expr): string | null {
  return keyOf(expr);
}

const symbolsOfKeys = new WeakMap<Lowering, Map<string, SymbolExpr>>();

/** Declares which symbols vary, before a claim with differentials is lowered. */
export function setVarying(lowering: Lowering, symbols: readonly SymbolExpr[]): void {
  const known = new Map(symbols.map((symbol) => [keyOf(symbol) as string, symbol]));
  symbolsOfKeys.set(lowering, known);
  lowering.varying = new Set(known.keys());
}

function varyingValue(lowering: Lowering, key: string): Value {
  const symbol = symbolsOfKeys.get(lowering)?.get(key);
  if (!symbol) throw new Failure("unknown-symbol", `d${key}`, { start: 0, end: 0 });
  return lossBelow(lowering, symbol) ?? lowerSymbol(lowering, symbol);
}

const tangents = new WeakMap<Value, Value>();

function tangentOf(value: Value): Value {
  const known = tangents.get(value);
  if (known) return known;
  const tangent: Value = {
    free: value.free,
    shape: value.shape,
    make: (env) => {
      const x = termOf(value, env);
      return variable(`d:${x.kind === "variable" ? x.name : x.hash}`, x.shape);
    },
  };
  tangents.set(value, tangent);
  return tangent;
}

import { add } from "../tensor";
export { literal, map, mergeAxes };
export type { Axis };
