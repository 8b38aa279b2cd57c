/**
 * Derivatives by time: `\dot V` and `\frac{dV}{dt}` along a system `\dot x =
 * f(x)`, and of what depends on t itself. What moves is t, and each x whose
 * rate the text defines; all else stands still.
 */
import type { Place } from "../latex/types";
import { type Expr, plainSymbol, type SymbolExpr, symbolsIn } from "../semantics/expression";
import type { Entity } from "../semantics/symbols/entity";
import { spellSymbol } from "../semantics/symbols/key";
import { contract, dependsOn, jacobian, jacobianForward, add, type Term } from "../tensor";
import { Failure } from "./failure";
import type { Lowering } from "./lower";
import { lowerSymbol } from "./symbols";
import { literal, termOf, type Value } from "./value";

interface Moving {
  readonly x: Value;
  readonly rate: Value;
}

/** `\dot{V}`, `\ddot{x}` of what has its meaning without the dots; null where it has none. */
export function lowerRate(lowering: Lowering, symbol: SymbolExpr): Value | null {
  if (!symbol.accents.length) return null;
  const { order, of } = undotted(symbol);
  const entity = order ? lowering.resolve(of)?.entity : undefined;
  if (entity && order === 1 && dottedHere(lowering).has(entity.id)) return lowering.variableOf(`${entity.key}@${entity.id}˙`, entity.shape ?? [], null, spellSymbol(symbol));
  if (!entity || !(entity.definition || entity.spectrum || entity.isFunction || entity.parameters.length === 1)) return null;
  const { definition } = entity;
  const value = definition?.kind === "function" && lowering.usable(entity) ? lowering.lower(definition.expr) : lowerSymbol(lowering, of);
  return timeDerivative(lowering, value, order, definition?.kind === "function" ? definition.params : entity.parameters, symbol);
}

/** `\dot{V}(x)`, `\dot{X}(t)` */
export function lowerRateAt(lowering: Lowering, expr: Expr & { kind: "apply" }): Value | null {
  const { order, of } = undotted(expr.fn);
  if (!order || expr.primes || lowering.resolve(expr.fn) || !lowering.resolve(of)) return null;
  return timeDerivative(lowering, lowering.lower({ ...expr, fn: of }), order, expr.args, expr);
}

/** Whether `\frac{d}{dt}` goes along a system. */
export function isTime(lowering: Lowering, wrt: Expr): boolean {
  return wrt.kind === "symbol" && wrt.name === "t" && !wrt.subscripts.length && flowing(lowering).length > 0;
}

/** Whether the text says how a symbol moves. */
export function isMoving(lowering: Lowering, { symbol }: Entity): boolean {
  const rate = lowering.resolve({ ...symbol, accents: ["dot", ...symbol.accents] })?.entity;
  return rate !== undefined && rate.definition !== null && lowering.usable(rate);
}

/** `letters`: among them the one for the time, where what is differentiated is written with it. */
export function timeDerivative(lowering: Lowering, value: Value, order: number, letters: readonly Expr[], place: Place): Value {
  const moving = [...flowing(lowering).map((rate) => motionOf(lowering, rate)), ...timesOf(lowering, letters).map((t) => ({ x: lowerSymbol(lowering, t), rate: literal(1) }))];
  if (!moving.length) for (const { symbol } of dottedHere(lowering).values()) moving.push({ x: lowerSymbol(lowering, symbol), rate: lowerSymbol(lowering, { ...symbol, accents: ["dot", ...symbol.accents] }) });
  let current = value;
  for (let k = 0; k < order; k++) current = along(current, moving, place);
  return current;
}

function along(value: Value, moving: readonly Moving[], place: Place): Value {
  return {
    free: value.free,
    shape: value.shape,
    make: (env) => {
      const y = termOf(value, env);
      const parts = moving.flatMap(({ x, rate }): Term[] => {
        const letter = termOf(x, env);
        if (!dependsOn(y, letter)) return [];
        const [lead, tail] = [y.shape.map((_, i) => i), letter.shape.map((_, i) => y.shape.length + i)];
        return [contract([[...lead, ...tail], tail], lead, [(env.mode === "reverse" ? jacobian : jacobianForward)(y, letter), termOf(rate, env)])];
      });
      if (!parts.length) throw new Failure("unknown-symbol", "nothing says how it depends on time", place);
      return parts.reduce((a, b) => add(a, b));
    },
  };
}

function motionOf(lowering: Lowering, { symbol }: Entity): Moving {
  const [x, rate] = [lowerSymbol(lowering, undotted(symbol, 1).of), lowerSymbol(lowering, symbol)];
  const fits = x.shape.length === rate.shape.length && x.shape.every((dim, axis) => lowering.classes.unify(dim, rate.shape[axis] as string));
  return fits ? { x, rate } : lowering.fail("ambiguous", "what moves and its rate have other shapes", symbol);
}

/** The rates that the text defines of what has no definition itself; of a second-order system those of x and of its rate. */
function flowing(lowering: Lowering): Entity[] {
  return lowering.model.table.all.filter((rate) => {
    const { order, of } = undotted(rate.symbol, 1);
    if (order !== 1 || rate.definition === null || !lowering.usable(rate) || lowering.resolve(rate.symbol)?.entity.id !== rate.id) return false;
    const moved = lowering.resolve(of)?.entity;
    return !moved?.definition || !lowering.usable(moved);
  });
}

/** In forward mode, `\dot Y = \dot X W` for Y = XW, what moves is what a claim writes with a dot and the text gives no rate: arrays that nothing defines. */
function dottedHere(lowering: Lowering): Map<number, Entity> {
  const { model, judged } = lowering;
  const symbols = judged === null ? [] : (model.located[judged]?.assertion.sides ?? []).flatMap((side) => symbolsIn(side, false));
  const dotted = symbols.filter((symbol) => symbol.accents[0] === "dot" && !lowering.resolve(symbol)).flatMap((symbol) => lowering.resolve(undotted(symbol, 1).of)?.entity ?? []);
  return new Map(dotted.filter(({ shape, definition, spectrum, parameters, isFunction }) => shape && !definition && !spectrum && !parameters.length && !isFunction).map((entity) => [entity.id, entity]));
}

/** The letter for the time: an argument called t, else what something in the text depends on. */
function timesOf(lowering: Lowering, letters: readonly Expr[]): SymbolExpr[] {
  const own = letters.filter((letter): letter is SymbolExpr => letter.kind === "symbol" && letter.name === "t");
  if (own.length) return own.slice(0, 1);
  const parameters = lowering.model.table.all.filter((entity) => !isMoving(lowering, entity) && lowering.resolve(entity.symbol)?.entity.id === entity.id).flatMap(({ parameters }) => parameters);
  return parameters.filter(({ name }) => name === "t").slice(0, 1);
}

/** A symbol without its dots, or without so many of them. */
function undotted(symbol: SymbolExpr, most = 2): { order: number; of: SymbolExpr } {
  const [dots = "", ...accents] = symbol.accents;
  const order = dots === "dot" ? 1 : dots === "ddot" ? 2 : 0;
  if (order <= most) return { order, of: { ...symbol, accents } };
  return { order: 1, of: { ...plainSymbol(symbol.name, symbol.font, symbol, ["dot", ...accents]), subscripts: symbol.subscripts, tags: symbol.tags } };
}
