/**
 * Families of symbols by index (`h_t`, `v_j`): a member by its definition with the
 * letters put in, by recurrence, as a slice of a matrix, or as a variable.
 */
import { type Expr, type Subscript, type SymbolExpr, symbolsIn } from "../semantics/expression";
import type { Definition, Entity } from "../semantics/symbols/entity";
import { baseKey, fullKey, otherCase, taggedKey } from "../semantics/symbols/key";
import { positionOf, relettered } from "../semantics/symbols/positions";
import type { Chance } from "./expectations";
import { Failure } from "./failure";
import { sideOfSamples } from "./guess";
import { indexOf, selectAxes } from "./indices";
import { labelOf } from "./integers";
import type { Binding, Lowering } from "./lower";
import { type Part, type System, systemOf, unroll } from "./recurrence";
import { isMemberName } from "./running";
import { isMadeOf, sliceMember } from "./slices";
import { spectralValue } from "./spectra";
import { guessedShape } from "./unknowns";
import type { Axis, Value } from "./value";

/** A family's member `v_j`: its definition with the letters put in, or a variable with axes. */
export function familyMember(lowering: Lowering, entity: Entity, symbol: SymbolExpr): Value {
  const spectral = spectralValue(lowering, entity, symbol);
  if (spectral) return spectral;
  const slices = entity.slices && !isMadeOf(lowering, entity) ? entity.slices : samplesOf(lowering, entity);
  if (slices) return sliceMember(lowering, { ...entity, slices }, symbol);
  const state = lowering.chance ? stateBefore(lowering, lowering.chance, entity, symbol) : null;
  if (state) return state;
  if (isGiven(lowering, entity, symbol)) return memberVariable(lowering, entity, symbol);
  const recurrent = lowering.chance ? null : recurrenceOf(lowering, entity);
  if (recurrent) return selectAxes(lowering, recurrent, symbol.subscripts);
  return plainMember(lowering, entity, symbol);
}

/** Where one step is spoken of, what comes before and after it is given: h_{t-1} in what h_t is made of. */
export function isGiven({ reading, scope }: Lowering, { definition, arity }: Entity, { subscripts: [only] }: SymbolExpr): boolean {
  const [head, shift] = only?.expr.kind === "sum" ? only.expr.terms : [];
  return reading.steps === "own" && definition?.kind === "family" && arity === 1 && head?.expr.kind === "symbol" && shift?.expr.kind === "number" && scope.get(taggedKey(head.expr))?.kind === "axis";
}

/** The members of a family as variables, along an axis of their own. */
export function givenMembers(lowering: Lowering, entity: Entity, symbol: SymbolExpr): Value {
  const shape = shapeOf(lowering, entity, symbol);
  const axes = symbol.subscripts.map((_, i) => familyAxis(lowering, entity, `f${i}`, i));
  return lowering.variableOf(nameOf(entity), shape, entity, entity.key, axes);
}

/**
 * Where something is random, one step of a filter is spoken of: the state before
 * it, x_{k-1}, is whatever it is, and what is made of it follows its formula.
 */
function stateBefore(lowering: Lowering, chance: Chance, entity: Entity, symbol: SymbolExpr): Value | null {
  const [subscript] = symbol.subscripts;
  const { definition } = entity;
  const at = subscript && symbol.subscripts.length === 1 ? positionOf(subscript.expr) : null;
  const index = subscript && indexOf(lowering, subscript);
  if (!at?.letter || !at.shift || index?.kind !== "axis" || index.axis.summed || definition?.kind !== "family" || !lowering.usable(entity)) return null;
  const [param] = definition.params as [SymbolExpr];
  if (!systemAt(lowering, entity)) return lowering.expanding.has(`m:${entity.id}`) ? null : sharedMember(lowering, `m:${entity.id}:${subscript?.text}`, relettered(definition.expr, param.name, at));
  const shape = shapeOf(lowering, entity, symbol);
  return chance.leaf(symbol, entity, shape) ?? lowering.variableOf(`${entity.key}@${entity.id}_${subscript?.text}`, shape, entity, entity.key);
}

/** All members of a family that are made from one another; null where they are not, or while the definitions of its system are read. */
function recurrenceOf(lowering: Lowering, entity: Entity): Value | null {
  if (lowering.reading.steps === "own" || entity.definition?.kind !== "family" || entity.arity !== 1 || lowering.expanding.has(`m:${entity.id}`)) return null;
  const known = lowering.recurrences.get(entity.id);
  if (known) return known;
  const system = systemAt(lowering, entity);
  if (!system?.families.every((family) => lowering.usable(family) && !lowering.expanding.has(`m:${family.id}`))) return null;
  const axis = lowering.newAxis("step", familyRange(lowering, entity, 0));
  const parts: Part[] = [];
  for (const family of system.families) {
    const body = bodyOf(lowering, family, system.families, axis);
    if (!body) return null;
    // Members that differ by more than their index, such as draws of noise, are not unrolled.
    if (body.free.some((other) => other.name !== axis.name)) return null;
    const name = nameOf(family);
    parts.push({ body: lowering.algebra.withFree(body, [axis]), name, start: lowering.variableOf(`${name}_first`, body.shape, family, family.key) });
  }
  unroll(parts, system.direction).forEach((whole, i) => lowering.recurrences.set((system.families[i] as Entity).id, whole));
  return lowering.recurrences.get(entity.id) ?? null;
}

/** Whether the members are made from one another in a way that we cannot unroll, so that nothing tells what depends on one of them. */
export function isRolledUp(lowering: Lowering, entity: Entity): boolean {
  return lowering.reading.steps === "all" && !lowering.chance && !lowering.expanding.has(`m:${entity.id}`) && systemAt(lowering, entity) !== null && recurrenceOf(lowering, entity) === null;
}

/** The families that a family is made from, and that are made from it. */
export function systemAt(lowering: Lowering, entity: Entity): System | null {
  return systemOf(entity, (symbol) => {
    const resolved = lowering.resolve(symbol);
    return resolved?.family ? resolved.entity : null;
  });
}

/** The definition of a family along an axis, with the members of its system as letters; null where it says more than we can reach. */
function bodyOf(lowering: Lowering, family: Entity, system: readonly Entity[], axis: Axis): Value | null {
  const marks = system.filter((other) => other !== family).map(({ id }) => `m:${id}`);
  const letter = family.symbol.subscripts[0] as Subscript;
  lowering.classes.unify(familyRange(lowering, family, 0), axis.range);
  for (const mark of marks) lowering.expanding.add(mark);
  try {
    if (!family.shape && !lowering.systemShapes.has(family.id)) tellShape(lowering, family, system, axis);
    const body = lowering.within([[letter.text, { kind: "axis", axis }]], () => sharedMember(lowering, `m:${family.id}`, (family.definition as Definition).expr));
    const known = family.shape ?? lowering.systemShapes.get(family.id);
    const letterShape = lowering.drawn.get(nameOf(family))?.shape.slice(1);
    if ([known, letterShape].some((shape) => shape && !(shape.length === body.shape.length && shape.every((dim, i) => lowering.classes.unify(dim, body.shape[i] as string))))) return null;
    // What it comes to tells the others of the system the shape of its letter.
    lowering.systemShapes.set(family.id, body.shape);
    return body;
  } catch (error) {
    if (isBeyondReach(error)) return null;
    throw error;
  } finally {
    for (const mark of marks) lowering.expanding.delete(mark);
  }
}

function nameOf({ key, id }: Entity): string {
  return `${key}@${id}`;
}

/** The members of `m_t = \\beta m_{t-1} + g_t` have the shape of what is added to them, those of `h_t = f(h_{t-1})` that of what f gives. */
function tellShape(lowering: Lowering, { id, definition, symbol }: Entity, system: readonly Entity[], axis: Axis): void {
  const { expr } = definition as Definition;
  const isOther = (term: Expr): boolean => symbolsIn(term, false).every((one) => !system.includes(lowering.resolve(one)?.entity as Entity));
  for (const { expr: term } of expr.kind === "sum" ? expr.terms : [{ expr }]) {
    const given = term.kind === "apply" ? lowering.resolve(term.fn)?.entity : null;
    const told = given?.isFunction ? given.shape : expr.kind === "sum" && isOther(term) ? lowering.within([[(symbol.subscripts[0] as Subscript).text, { kind: "axis", axis }]], () => lowering.lower(term)).shape : null;
    if (told?.length) return void lowering.systemShapes.set(id, told);
  }
}

function plainMember(lowering: Lowering, entity: Entity, symbol: SymbolExpr): Value {
  const { definition } = entity;
  const mark = `m:${entity.id}`;
  if (definition && lowering.usable(entity) && definition.kind === "family" && !lowering.expanding.has(mark)) {
    const spelled = spelledMember(lowering, definition, symbol);
    if (spelled) return sharedMember(lowering, `${mark}:${symbol.subscripts.map(({ text }) => text).join()}`, spelled);
    // p_1 and p_{t-1} are members of what p_i runs through, so that a derivative by p_i meets them.
    if (!symbol.subscripts.every((subscript) => isWholeIndex(lowering, subscript))) return selectAxes(lowering, familyWhole(lowering, entity), symbol.subscripts, entity.origin);
    const bindings = definition.params.map((param, i) => [taggedKey(param), indexBinding(lowering, symbol.subscripts[i] as Subscript)] as const);
    if (bindings.every(([, binding]) => binding !== null)) {
      // Whoever runs over the members runs over all of them.
      for (const [i, [, binding]] of bindings.entries()) if (binding?.kind === "axis") lowering.classes.unify(familyRange(lowering, entity, i), binding.axis.range);
      try {
        return alongLetters(lowering, bindings, lowering.within(bindings as [string, Binding][], () => sharedMember(lowering, mark, definition.expr)));
      } catch (error) {
        // What a definition says beyond our reach leaves the members variables.
        if (!isBeyondReach(error)) throw error;
        lowering.guessed.add(baseKey(symbol));
      }
    }
  }
  return dependentMember(lowering, entity, symbol) ?? memberVariable(lowering, entity, symbol);
}

/** A member's letters lead in their order, whichever stands first in its formula: the node is the one that a derivative by z_ij looks for. */
function alongLetters({ algebra }: Lowering, bindings: readonly (readonly [string, Binding | null])[], value: Value): Value {
  const axes = bindings.flatMap(([, binding]) => (binding?.kind === "axis" ? [binding.axis] : []));
  if (new Set(axes.map(({ name }) => name)).size < axes.length) return value;
  return algebra.withFree(value, [...axes, ...value.free.filter(({ name }) => !axes.some((axis) => axis.name === name))]);
}

/** The definition of D_2 where D_t is made of h_t, and the text says by itself what h_2 is; that of e_{t+1} where it says what h_{t+1} is. */
function spelledMember(lowering: Lowering, { expr, params }: Definition, { subscripts }: SymbolExpr): Expr | null {
  const spelled = params.reduce((body, param, i) => {
    const at = positionOf(subscripts[i]?.expr ?? null);
    return at?.letter === "" || at?.shift ? relettered(body, param.name, at) : body;
  }, expr);
  const before = symbolsIn(expr, false);
  const isOwn = (symbol: SymbolExpr, i: number): boolean => {
    const own = fullKey(symbol) === fullKey(before[i] as SymbolExpr) ? null : lowering.resolve(symbol);
    return own !== null && !own.family && !own.indices.length;
  };
  return symbolsIn(spelled, false).some(isOwn) ? spelled : null;
}

function isBeyondReach(error: unknown): boolean {
  return error instanceof Failure && (error.kind === "unsupported" || error.kind === "unknown-symbol");
}

/** ℓ_t of which words say that it depends on o_t: some function of it. */
function dependentMember(lowering: Lowering, { definition, parameters, shape, symbol: general }: Entity, symbol: SymbolExpr): Value | null {
  if (definition || shape?.length || !parameters.length || !parameters.every(({ subscripts }) => subscripts.length) || lowering.chance) return null;
  const bindings = general.subscripts.map((subscript, i) => [subscript.text, indexBinding(lowering, symbol.subscripts[i] as Subscript)] as const);
  if (bindings.some(([, binding]) => binding === null)) return null;
  const fn = { ...general, subscripts: [] };
  return lowering.within(bindings as [string, Binding][], () => lowering.lower({ kind: "apply", fn, args: parameters, certain: true, primes: 0, start: symbol.start, end: symbol.end }));
}

/** A definition with its letters bound, read once for what is bound alike: members are made from one another again and again. */
function sharedMember(lowering: Lowering, mark: string, expr: Expr): Value {
  const bound = [...lowering.scope].map(([key, binding]) => (binding.kind === "axis" ? `${key}=${binding.axis.name}` : binding.kind === "value" ? `${key}=${binding.key}` : null));
  const key = bound.includes(null) ? null : [mark, ...lowering.expanding, ...bound].join(" ");
  const known = key === null ? undefined : lowering.values.get(key);
  if (known) return known;
  lowering.expanding.add(mark);
  try {
    const value = lowering.lower(expr);
    if (key !== null) lowering.values.set(key, value);
    return value;
  } finally {
    lowering.expanding.delete(mark);
  }
}

function isWholeIndex(lowering: Lowering, subscript: Subscript): boolean {
  const index = indexOf(lowering, subscript);
  return index?.kind === "axis" ? index.shift === 0 : index === null && labelOf(lowering, subscript.expr) === null;
}

function indexBinding(lowering: Lowering, subscript: Subscript): Binding | null {
  const index = indexOf(lowering, subscript);
  if (index?.kind === "axis") return { kind: "axis", axis: index.axis };
  if (index?.kind === "value") return { kind: "value", key: index.key };
  return null;
}

/** The shape of what is a variable here: as declared, as its system or its formula gives it where a reading frees it of that, or as it looks. */
export function shapeOf(lowering: Lowering, entity: Entity, symbol: SymbolExpr): readonly string[] {
  return entity.shape ?? lowering.systemShapes.get(entity.id) ?? shapeByFormula(lowering, entity) ?? guessedShape(lowering, entity.symbol, symbol);
}

function shapeByFormula(lowering: Lowering, { id, definition }: Entity): readonly string[] | null {
  const entity = lowering.model.table.all[id];
  const written = entity?.definition;
  const mark = `s:${id}`;
  if (definition || !entity || !written || (written.kind !== "value" && written.kind !== "family") || lowering.expanding.has(mark)) return null;
  const axes = written.params.map((param, i) => [taggedKey(param), { kind: "axis", axis: familyAxis(lowering, entity, `s${i}`, i) }] as const);
  lowering.expanding.add(mark);
  try {
    return lowering.within(written.kind === "family" ? axes : [], () => lowering.lower(written.expr)).shape;
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  } finally {
    lowering.expanding.delete(mark);
  }
}

/** A family without a definition: an array with one axis for each letter before the member's own. */
function memberVariable(lowering: Lowering, entity: Entity, symbol: SymbolExpr): Value {
  const shape = shapeOf(lowering, entity, symbol);
  const random = lowering.chance?.leaf(symbol, entity, shape);
  if (random) return random;
  if (symbol.subscripts.some((subscript) => isMemberName(lowering, subscript))) return lowering.variableOf(`${nameOf(entity)}_${symbol.subscripts.map(({ text }) => text).join(",")}`, shape, entity, entity.key);
  if (isBeforeFirst(entity, symbol)) return lowering.variableOf(`${fullKey(symbol)}@${entity.id}`, shape, entity, entity.key);
  return selectAxes(lowering, givenMembers(lowering, entity, symbol), symbol.subscripts, entity.origin);
}

/** F_0 beside F_1, …, F_n is none of them. */
export function isBeforeFirst({ origin, definition }: Entity, { subscripts }: SymbolExpr): boolean {
  return origin > 0 && !definition && subscripts.some(({ expr }) => expr.kind === "number" && expr.numerator === 0);
}

function familyAxis(lowering: Lowering, entity: Entity, letter: string, position: number): Axis {
  return { ...lowering.newAxis(letter, familyRange(lowering, entity, position)), ...(entity.origin === 0 ? { origin: 0 } : {}) };
}

function familyRange(lowering: Lowering, entity: Entity, position: number): string {
  const key = `${entity.id}:${position}`;
  const known = lowering.ranges.get(key);
  if (known) return known;
  const range = lowering.classes.unknown();
  lowering.ranges.set(key, range);
  return range;
}

/** The matrix that the reading makes of vectors x_i: the X of the text. */
export function samplesOf({ reading, model, place }: Lowering, entity: Entity): Entity["slices"] {
  const whole = entity.arity === 1 && !entity.definition && entity.shape?.length === 2 && reading.samples !== "own" ? otherCase(entity.symbol) : null;
  const matrix = whole && { ...whole, subscripts: [] };
  const known = matrix && model.table.resolve(matrix, place)?.entity;
  return known && !known.definition && known.shape?.length === 2 && known.shape.every((dim) => dim !== "1") ? { matrix, by: sideOfSamples(reading, entity.symbol, model) } : null;
}

/** All members of a family as one value with free axes of its own. */
export function familyWhole(lowering: Lowering, entity: Entity): Value {
  const known = lowering.families.get(entity.id) ?? recurrenceOf(lowering, entity);
  if (known) return known;
  const axes = entity.symbol.subscripts.map((_, i) => familyAxis(lowering, entity, `w${i}`, i));
  const bindings = entity.symbol.subscripts.map((subscript, i) => [subscript.text, { kind: "axis", axis: axes[i] as Axis }] as [string, Binding]);
  const member = lowering.within(bindings, () => familyMember(lowering, entity, entity.symbol));
  if (member.free.some(({ name }) => !axes.some((axis) => axis.name === name))) lowering.fail("ambiguous", "what is made of all members has an index more", entity.symbol);
  const whole = lowering.algebra.withFree(member, axes);
  lowering.families.set(entity.id, whole);
  return whole;
}
