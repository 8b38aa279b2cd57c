/**
 * What a symbol stands for: a bound letter, a standard symbol, something that
 * the document declares or defines, an entry of it, or a stranger.
 */
import { derivativesIn, type Expr, type SymbolExpr, symbolsIn } from "../semantics/expression";
import type { Located } from "../semantics/model";
import type { Entity } from "../semantics/symbols/entity";
import { baseKey, isNumberedZero, membersKey, taggedKey, withoutSubscripts } from "../semantics/symbols/key";
import type { Resolved } from "../semantics/symbols/table";
import { constant } from "../tensor";
import { appliedMember } from "./applied";
import { lowerDerivative } from "./derivatives";
import { entityValue } from "./entities";
import { familyMember, familyWhole } from "./families";
import { vectorShape } from "./guess";
import { select } from "./indices";
import type { Binding, Lowering } from "./lower";
import { reshaped } from "./operations";
import { lowerRate } from "./rates";
import { standardSymbol } from "./standard-symbols";
import { isPartOfTotal, lossOfPart } from "./totals";
import { unknownSymbol } from "./unknowns";
import { termOf, type Value } from "./value";

export function lowerSymbol(lowering: Lowering, written: SymbolExpr): Value {
  const key = taggedKey(written);
  const symbol = completed(lowering, written);
  const bound = symbol.subscripts.length ? undefined : lowering.scope.get(key);
  if (bound) return boundValue(bound);
  const argument = lowering.scope.get(key);
  if (argument?.kind === "argument" && symbol.subscripts.length && argument.value.shape.length && !isOfItsOwn(lowering, symbol)) return select(lowering, argument.value, symbol.subscripts, symbol, lowering.resolve(symbol)?.entity.origin);
  if (isPartOfTotal(lowering, symbol)) return lossOfPart(lowering, symbol);
  const standard = standardSymbol(lowering, symbol);
  if (standard) return standard;
  noteMember(lowering, symbol);
  const resolved = lowering.resolve(symbol);
  const applied = appliedMember(lowering, symbol, resolved);
  if (applied) return lowering.lower(applied);
  const whole = !resolved || resolved.entity.isFunction ? fromFamily(lowering, symbol) : null;
  if (whole) return whole;
  if (!resolved) return lowerRate(lowering, symbol) ?? primed(lowering, symbol) ?? unknownSymbol(lowering, symbol);
  const { entity, indices, family } = resolved;
  if (family) return familyMember(lowering, entity, symbol);
  const value = entityValue(lowering, entity, symbol);
  if (isOneOfSeveral(resolved, value)) return oneOfSeveral(lowering, symbol);
  return indices.length ? select(lowering, value, indices, symbol, entity.origin) : value;
}

/** `x_0` and `x_k` of which the text says that they are vectors, and a number β_0 beside a vector β that is counted from 1: no entries of a vector that a function is of. */
function isOfItsOwn(lowering: Lowering, symbol: SymbolExpr): boolean {
  const resolved = lowering.resolve(symbol);
  if (!resolved || (resolved.indices.length > 0 && !resolved.family)) return false;
  const { shape, shapeFrom } = resolved.entity;
  if (shapeFrom !== "declared" || shape === null) return false;
  return shape.some((dim) => dim !== "1") || (isNumberedZero(symbol) && lowering.resolve(withoutSubscripts(symbol))?.entity.origin !== 0);
}

/** An index on what is a number elsewhere, of which nothing says that it has entries. */
export function isOneOfSeveral({ entity, indices }: Resolved, whole: Value): boolean {
  return indices.length > 0 && whole.shape.length === 0 && entity.shapeFrom !== "declared";
}

/** `y_i` of data beside the number `y = ax + b`: one of several numbers, and no entry of it. */
function oneOfSeveral(lowering: Lowering, symbol: SymbolExpr): Value {
  lowering.several.add(taggedKey(symbol));
  return unknownSymbol(lowering, symbol);
}

/** The index of a member runs over all that the text counts. */
function noteMember(lowering: Lowering, symbol: SymbolExpr): void {
  const [below, ...more] = symbol.subscripts;
  const index = below && !below.above && !more.length ? lowering.scope.get(below.text) : undefined;
  if (index?.kind === "axis") lowering.noteRange(membersKey(symbol), index.axis.range);
}

function completed(lowering: Lowering, symbol: SymbolExpr): SymbolExpr {
  const indexed = symbol.subscripts.length ? undefined : (lowering.indexed.get(taggedKey(symbol)) ?? asDefined(lowering, symbol));
  if (!indexed || lowering.scope.has(taggedKey(symbol)) || lowering.resolve(symbol)) return symbol;
  return lowering.reading.indices === "dropped" ? indexed : symbol;
}

/** `\hat r_{ui}` for \hat r, where the text defines that and the claim is of a u and an i. */
function asDefined({ model, place, scope }: Lowering, symbol: SymbolExpr): SymbolExpr | undefined {
  const definition = model.table.familyOf(symbol, place)?.definition;
  const written = definition ? model.located[definition.assertion]?.assertion.sides[0] : undefined;
  return written?.kind === "symbol" && written.subscripts.length > 0 && written.subscripts.every(({ text }) => scope.has(text)) ? written : undefined;
}

/** p where only its entries p_i are defined: the vector, or matrix, of them. */
function fromFamily(lowering: Lowering, symbol: SymbolExpr): Value | null {
  const entity = lowering.model.table.familyOf(symbol, lowering.place);
  if (!entity || !lowering.usable(entity)) return null;
  const whole = familyWhole(lowering, entity);
  if (whole.shape.length) return null;
  const ranges = whole.free.map((axis) => axis.range);
  const [length, ...more] = ranges;
  const shape = length !== undefined && !more.length && entity.arity === 1 ? vectorShape(length, lowering.model) : ranges;
  return reshaped({ free: [], shape: ranges, make: (env) => termOf(whole, env) }, shape);
}

/** `A'` of A(t): the derivative, where the document has no other use for primes; else the transpose of an array. */
function primed(lowering: Lowering, symbol: SymbolExpr): Value | null {
  const base = { ...symbol, primes: 0 };
  const entity = symbol.primes && !lowering.overrides.has(baseKey(symbol)) ? lowering.resolve(base)?.entity : undefined;
  if (!entity && symbol.primes === 1 && symbol.accents[0] === "dot") return transposedRate(lowering, base);
  if (!entity || entity.isFunction || isMadeOf(entity, symbol)) return null;
  if (entity.parameters.length === 1 && !transposesByPrime(lowering, entity)) {
    if (!isRateBeside(lowering, symbol, entity.parameters[0] as SymbolExpr)) lowering.guessed.add(taggedKey(symbol));
    return lowerDerivative(lowering, { kind: "derivative", notation: "prime", of: base, wrt: [], order: symbol.primes, total: true, missingPartial: false, start: symbol.start, end: symbol.end });
  }
  const isMade = entity.shape === null && entity.definition?.kind === "value" && lowering.usable(entity);
  if (symbol.primes !== 1 || (entity.shape?.length !== 2 && !(isMade && lowerSymbol(lowering, base).shape.length === 2))) return null;
  // Nothing else is meant by the prime of a matrix that the text declares.
  if (entity.shapeFrom !== "declared" || entity.shape?.includes("1") || entity.parameters.length) lowering.guessed.add(taggedKey(symbol));
  return lowering.algebra.transpose(lowerSymbol(lowering, base));
}

/** U' of `\frac{d}{dt}(UV) = U'V + UV'`: no transpose makes the derivative that the claim speaks of. */
function isRateBeside({ model, judged }: Lowering, primed: SymbolExpr, parameter: SymbolExpr): boolean {
  const sides = judged === null ? [] : (model.located[judged]?.assertion.sides ?? []);
  const rates = sides.flatMap(derivativesIn).filter(({ wrt }) => wrt.some((by) => by.kind === "symbol" && taggedKey(by) === taggedKey(parameter)));
  return rates.length > 0 && !rates.some(({ of }) => symbolsIn(of, false).some(({ primes, name }) => primes > 0 && name === primed.name));
}

/** c of `c = f \odot c' + i \odot g`, where the prime makes another letter. */
function isMadeOf({ definition }: Entity, symbol: SymbolExpr): boolean {
  return definition?.kind === "value" && symbolsIn(definition.expr, false).some((one) => one.primes > 0 && taggedKey(one) === taggedKey(symbol));
}

/** `\dot x'` */
function transposedRate(lowering: Lowering, rate: SymbolExpr): Value | null {
  const value = lowerRate(lowering, rate);
  return value?.shape.length === 2 ? lowering.algebra.transpose(value) : null;
}

/** Whether the document puts primes on arrays that depend on nothing, or writes the rate of this one in another way. */
function transposesByPrime({ model }: Lowering, { symbol: of, section }: Entity): boolean {
  const isRate = (expr: Expr): boolean => expr.kind === "derivative" && expr.of.kind === "symbol" && expr.of.name === of.name;
  const isOtherUse = (symbol: SymbolExpr, place: Located): boolean => {
    if (symbol.accents[0] === "dot" && symbol.name === of.name) return true;
    const entity = symbol.primes ? model.table.resolve({ ...symbol, primes: 0 }, place)?.entity : undefined;
    return entity !== undefined && !entity.isFunction && !entity.parameters.length && entity.shape?.length === 2;
  };
  const own = model.located.filter((located) => located.section === section);
  // `A' = \frac{dA}{dt}` says what the prime is.
  if (own.some(({ assertion: { sides } }) => sides.some((side) => side.kind === "symbol" && side.primes > 0 && side.name === of.name) && sides.some(isRate))) return false;
  return own.some((located) => located.assertion.sides.some((side) => derivativesIn(side).some(isRate) || symbolsIn(side, false).some((symbol) => isOtherUse(symbol, located))));
}

function boundValue(bound: Binding): Value {
  if (bound.kind === "argument") return bound.value;
  if (bound.kind === "value") return sizeNumber(bound.key);
  const { axis } = bound;
  return { free: [axis], shape: [], make: (env) => constant([env.size(axis.range)], Array.from({ length: env.size(axis.range) }, (_, i) => i + (axis.origin ?? 1))) };
}

/** A size as the number that it is. */
export function sizeNumber(key: string): Value {
  return { free: [], shape: [], make: (env) => constant([], [env.size(key)]) };
}
