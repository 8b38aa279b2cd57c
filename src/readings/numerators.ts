/** What is differentiated: a formula, a loss, or a function at the arguments that the text gives it. */
import { childrenOf, type Derivative, type Expr, type SymbolExpr, symbolsIn } from "../semantics/expression";
import type { Entity } from "../semantics/symbols/entity";
import type { Model } from "../semantics/model";
import { fullKey, taggedKey } from "../semantics/symbols/key";
import { isIndexLetter } from "../semantics/symbols/table";
import { applicationsOf } from "./applied";
import { sinksOf } from "./dependence";
import { applyNamed, canonical } from "./functions";
import { lossOver } from "./losses";
import type { Binding, Lowering } from "./lower";
import { reshaped } from "./operations";
import { same } from "../base/same";
import { isPartOfTotal, lossOfPart } from "./totals";
import type { Value } from "./value";

/** ∂V/∂x where V takes such an x as its argument, and x is all that it can be of: V(x). */
export function functionAt(lowering: Lowering, of: Expr, wrt: Expr): Expr | null {
  if (of.kind !== "symbol" || of.subscripts.length || wrt.kind !== "symbol") return null;
  const point = lowering.binding(taggedKey(wrt));
  const [fn, x] = [of, wrt].map((symbol) => lowering.resolve(symbol)?.entity);
  if (point?.kind === "argument" && fn?.isFunction && !fn.definition && fn.domain?.length === point.value.shape.length && fn.domain.every((dim, axis) => lowering.classes.unify(dim, point.value.shape[axis] as string))) return { kind: "apply", fn: of, args: [wrt], certain: true, primes: 0, start: of.start, end: of.end };
  if (!fn?.isFunction || fn.definition || !fn.domain?.length || !x || x.definition || JSON.stringify(x.shape) !== JSON.stringify(fn.domain)) return null;
  const others = lowering.model.table.all.filter(({ symbol, definition }) => definition && symbol.accents[0] !== "dot" && symbolsIn(definition.expr, false).some((part) => taggedKey(part) === taggedKey(wrt)));
  // ∂V/∂x_i is by an entry of what V takes.
  const taken = lowering.resolve(wrt)?.indices.length ? { ...wrt, subscripts: [] } : wrt;
  return others.length ? null : { kind: "apply", fn: of, args: [taken], certain: true, primes: 0, start: of.start, end: of.end };
}

/** F in ∂F/∂x is F(x) or F(x, y), where the text writes that and defines no F; and π in ∂π/∂Y is π(Y), where it writes π(RX) and Y = RX. */
export function functionAsApplied(lowering: Lowering, of: Expr, wrt: Expr): Expr | null {
  if (of.kind !== "symbol" || wrt.kind !== "symbol" || of.subscripts.length || lowering.binding(taggedKey(of))) return null;
  const entity = lowering.resolve(of)?.entity;
  if (entity && (entity.definition || entity.isLoss || entity.parameters.length || (entity.shape !== null && !entity.isFunction))) return null;
  // By an entry of y is by part of y.
  const resolved = lowering.resolve(wrt);
  const whole: Expr = resolved?.indices.length && !resolved.family ? { ...wrt, subscripts: [] } : wrt;
  const meant = [whole, resolved?.entity.definition?.expr];
  const point = lowering.binding(taggedKey(wrt));
  // x(θ) and x* are the x of an equation that determines it.
  const isPoint = (arg: Expr): boolean => {
    const letter = arg.kind === "apply" ? arg.fn : arg;
    const bound = letter.kind === "symbol" ? lowering.binding(taggedKey(letter)) : undefined;
    return point?.kind === "argument" && bound?.kind === "argument" && bound.value === point.value;
  };
  const isMeant = (arg: Expr): boolean => isPoint(arg) || meant.some((one) => one && same(one, arg));
  const all = applicationsOf(lowering.model, taggedKey(of)).filter(({ expr }) => expr.args.filter(isMeant).length === 1);
  const application = (all.find(({ section }) => section === lowering.place.section) ?? all[0])?.expr;
  return application ? { ...application, args: application.args.map((arg) => (isMeant(arg) ? whole : arg)) } : null;
}

/** The function below ∂: a loss without a formula becomes the arbitrary function of its sinks. */
export function numeratorOf(lowering: Lowering, of: Expr, expr: Derivative): Value {
  if (of.kind === "opaque") return lowering.fail("unsupported", of.why, expr);
  if (of.kind === "symbol" && !lowering.binding(taggedKey(of))) {
    if (isPartOfTotal(lowering, of)) return lossOfPart(lowering, of);
    const resolved = lowering.resolve(of);
    const undefinedLoss = resolved === null ? looksLikeLoss(of) || isOfOneSample(lowering, of) || isOnlyDifferentiated(lowering, of) : resolved.entity.definition === null && !resolved.entity.spectrum && (resolved.entity.isLoss || (looksLikeLoss(of) && resolved.entity.shape?.length !== 2));
    if (undefinedLoss && !resolved?.indices.length) return lossOver(lowering, taggedKey(of), sinksOf(lowering, of, resolved?.entity ?? null), of);
    if (resolved?.entity.definition?.kind === "function") {
      const value = functionItself(lowering, resolved.entity, of);
      return looksLikeLoss(of) ? sumOfEntries(lowering, value) : value;
    }
    if (resolved?.entity.isLoss || looksLikeLoss(of)) return asNumber(lowering, lowering.lower(of));
  }
  return logarithmOf(lowering, of) ?? lowering.lower(of);
}

/** `\ln L` of a likelihood, where `L(\theta) = …` may be defined. */
function logarithmOf(lowering: Lowering, of: Expr): Value | null {
  const inner = of.kind === "apply" && canonical(of.fn.name) === "log" && !of.fn.subscripts.length ? of.args[0] : undefined;
  if (inner?.kind !== "symbol" || lowering.binding(taggedKey(inner))) return null;
  const resolved = lowering.resolve(inner);
  if (resolved?.entity.definition?.kind === "function" && !resolved.indices.length) return applyNamed(lowering, "log", [functionItself(lowering, resolved.entity, inner)], of);
  return looksLikeLoss(inner) ? asNumber(lowering, lowering.lower(of)) : null;
}

/** A loss is a number: `L = -y \log a` of a network's output a says that there is one output, where nothing says that a is a vector. */
function asNumber(lowering: Lowering, loss: Value): Value {
  const { classes, drawn } = lowering;
  const [rows, columns] = loss.shape.map((dim) => classes.find(dim));
  if (loss.shape.length !== 2 || columns !== "1" || !rows?.startsWith("?")) return sumOfEntries(lowering, loss);
  const isVector = [...drawn.values()].some(({ entity, shape }) => entity?.shapeFrom === "declared" && shape.some((dim) => classes.find(dim) === rows));
  return !isVector && classes.force(rows, "1") ? reshaped(loss, []) : sumOfEntries(lowering, loss);
}

/** `E = \frac12 (y - a)^2` of arrays, which many write for the sum. */
function sumOfEntries(lowering: Lowering, loss: Value): Value {
  const { algebra, reading } = lowering;
  if (loss.shape.every((dim) => algebra.isOne(dim)) || reading.arraysOfLosses === "kept") return loss;
  const axes = loss.shape.map((_, axis) => `entry${axis}`);
  return algebra.contractValues([loss], [axes], [], []);
}

/** E_n of one sample, where the text speaks of no other n. */
function isOfOneSample({ model }: Lowering, loss: SymbolExpr): boolean {
  const [only, ...more] = loss.subscripts;
  if (!only || more.length || only.above !== undefined || !isIndexLetter(only) || !looksLikeLoss({ ...loss, subscripts: [] })) return false;
  const isElsewhere = (symbol: SymbolExpr): boolean => taggedKey(symbol) !== taggedKey(loss) && symbol.subscripts.some(({ text }) => text.includes(only.text));
  return !model.table.sizeNames.has(only.text) && !model.located.some(({ assertion }) => assertion.sides.some((side) => symbolsIn(side, false).some(isElsewhere)));
}

/** f of which a text writes nothing but `\partial f/\partial W`, `\partial f/\partial X` …, by arrays that it declares. */
function isOnlyDifferentiated({ model, place }: Lowering, of: SymbolExpr): boolean {
  const key = taggedKey(of);
  let known = differentiated.get(model);
  if (!known) differentiated.set(model, (known = onlyDifferentiated(model)));
  const by = known.get(key);
  return by !== undefined && by.size > 1 && [...by.values()].some((symbol) => (model.table.resolve(symbol, place)?.entity.shape?.length ?? 0) === 2);
}

const differentiated = new WeakMap<Model, ReadonlyMap<string, ReadonlyMap<string, SymbolExpr>>>();

/** The letters that stand above ∂ and nowhere else, with what stands below it. */
function onlyDifferentiated(model: Model): Map<string, Map<string, SymbolExpr>> {
  const [above, elsewhere] = [new Map<string, Map<string, SymbolExpr>>(), new Set<string>()];
  const note = (expr: Expr): void => {
    const inside = expr.kind === "derivative" && expr.notation === "fraction" && expr.order === 1 && expr.of.kind === "symbol" && !expr.of.subscripts.length ? expr.of : null;
    const [by, ...more] = expr.kind === "derivative" ? expr.wrt : [];
    if (inside && by?.kind === "symbol" && !more.length) {
      const all = above.get(taggedKey(inside)) ?? new Map<string, SymbolExpr>();
      above.set(taggedKey(inside), all.set(fullKey(by), by));
      elsewhere.add(taggedKey(by));
      return;
    }
    if (expr.kind === "symbol") elsewhere.add(taggedKey(expr));
    if (expr.kind === "apply") elsewhere.add(taggedKey(expr.fn));
    childrenOf(expr).forEach(note);
  };
  for (const { assertion } of model.located) assertion.sides.forEach(note);
  for (const key of elsewhere) above.delete(key);
  return above;
}

export function looksLikeLoss(symbol: SymbolExpr): boolean {
  return /^(L|J|E|C|e|l|ell|R|loss|Loss|cost|Cost|Q|F|S|xi)$/.test(symbol.name) && !symbol.subscripts.length;
}

/** f where f(x) = … is defined: its body in its own letters. */
export function functionItself(lowering: Lowering, entity: Entity, symbol: SymbolExpr): Value {
  const definition = entity.definition as NonNullable<Entity["definition"]>;
  if (!lowering.usable(entity)) return lowering.fail("unknown-symbol", `${entity.key} is not defined`, symbol);
  return lowering.within(membersOf(lowering, definition), () => lowering.lower(definition.expr));
}

/** The letters of `f(x_1, x_2)` as the text writes them. */
function membersOf(lowering: Lowering, { params, written = [] }: NonNullable<Entity["definition"]>): (readonly [string, Binding])[] {
  if (!written.length || !written.every(({ subscripts }) => subscripts.every((below) => below.expr.kind === "number" || !isIndexLetter(below)))) return [];
  return params.map((param, i) => [taggedKey(param), { kind: "argument", value: lowering.lower(written[i] as SymbolExpr) }] as const);
}
