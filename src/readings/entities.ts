/**
 * The value of a whole symbol that the document declares or defines: its
 * definition's value where that may be used, else a variable of its shape.
 */
import { type Expr, plainSymbol, type SymbolExpr, symbolsIn, wordOf } from "../semantics/expression";
import type { Entity } from "../semantics/symbols/entity";
import { baseKey, taggedKey } from "../semantics/symbols/key";
import { replace, reshape, type Term } from "../tensor";
import { freeValue, hasNumbersAsValues } from "./applications";
import { Failure } from "./failure";
import { vectorShape } from "./guess";
import { familyWhole, shapeOf } from "./families";
import { freeLoss, lossOver } from "./losses";
import type { Lowering } from "./lower";
import { isVector } from "./operations";
import { collected } from "./slices";
import { argminParts, solveStationarity } from "./special";
import { parametric } from "./parametric";
import { isMoving } from "./rates";
import { classLetter } from "./running";
import { spectralValue } from "./spectra";
import { unitArray } from "./standard-symbols";
import { lowerSymbol, sizeNumber } from "./symbols";
import { unknownSymbol } from "./unknowns";
import { type Axis, isScalar, termOf, type Value } from "./value";

/** A whole declared or defined symbol. */
export function entityValue(lowering: Lowering, entity: Entity, symbol: SymbolExpr): Value {
  const mark = `e:${entity.id}`;
  const known = lowering.values.get(mark);
  if (known) return known;
  // `x_0` that the text declares by itself is no argument x.
  const bound = entity.symbol.subscripts.length ? undefined : lowering.scope.get(taggedKey(entity.symbol));
  if (bound?.kind === "argument") return bound.value;
  // The entity as it is read here: a reading may give it another definition, no shape, or fewer properties.
  const part = `${mark}:${entity.definition?.assertion ?? ""}:${entity.shape?.join() ?? ""}:${entity.properties.size}`;
  const value = lowering.recall(part, () => makeEntity(lowering, entity, symbol, mark));
  // Inside a function's body the arguments are bound, so the value is not the symbol's own; nor is it where a formula is asked for its shape alone, of any member.
  if (!bindsArguments(lowering) && !asksForShape(lowering)) lowering.values.set(mark, value);
  return value;
}

function bindsArguments({ scope }: Lowering): boolean {
  for (const { kind } of scope.values()) if (kind === "argument") return true;
  return false;
}

function asksForShape({ expanding }: Lowering): boolean {
  for (const mark of expanding) if (mark.startsWith("s:")) return true;
  return false;
}

function makeEntity(lowering: Lowering, entity: Entity, symbol: SymbolExpr, mark: string): Value {
  const spectral = spectralValue(lowering, entity, symbol);
  if (spectral) return spectral;
  const sinks = lowering.asked && entity.definition ? argumentsOfAny(lowering, entity.definition.expr) : null;
  if (sinks) return lossOver(lowering, taggedKey(entity.symbol), sinks, symbol);
  if (entity.definition && lowering.usable(entity) && !lowering.expanding.has(mark) && entity.definition.kind !== "family") {
    const value = definedValue(lowering, entity, symbol, mark);
    if (value) return value;
  }
  const made = collected(lowering, entity);
  if (made) return made;
  if (entity.slices && !entity.definition) return lowering.fail("unsupported", "a row or column without its index", symbol);
  if (entity.isLoss && !entity.definition) return freeLoss(lowering, entity, symbol);
  if (entity.isSize && entity.shape === null) return sizeNumber(entity.key);
  const key = entity.key;
  if (entity.shape === null && lowering.model.table.sizeNames.has(key) && !entity.definition) return sizeNumber(key);
  // σ is a standard deviation here, and a function elsewhere on the page.
  if (entity.shape === null && entity.isFunction && /^[a-z]{2,}$/.test(entity.symbol.name)) return unknownSymbol(lowering, symbol);
  if (entity.shape === null && entity.isFunction) return lowering.fail("unsupported", `${key} is a function`, symbol);
  const shape = shapeOf(lowering, entity, symbol);
  const hot = entity.properties.has("oneHot") ? ofNamedClass(lowering, shape, symbol) : null;
  if (hot) return hot;
  const oriented = orient(lowering, entity, shape);
  if (entity.parameters.length && !entity.isLoss && !isMoving(lowering, entity) && !lowering.expanding.has(mark)) return ofParameters(lowering, entity, oriented, symbol, mark);
  const random = lowering.chance?.leaf(entity.symbol, entity, oriented);
  if (random) return random;
  const value = lowering.variableOf(`${entity.key}@${entity.id}`, oriented, entity, key);
  return isVector(lowering, value) && entity.orientation === null ? { ...value, bias: "either" } : value;
}

/** x and y of a loss `\ell(x, y)`, where the text does not tell what ℓ is. */
function argumentsOfAny(lowering: Lowering, expr: Expr): readonly SymbolExpr[] | null {
  const fn = expr.kind === "apply" && !expr.primes && !wordOf(expr.fn.name) ? (lowering.resolve(expr.fn)?.entity ?? null) : undefined;
  if (expr.kind !== "apply" || fn === undefined || fn?.definition || !hasNumbersAsValues(lowering, expr.fn, fn)) return null;
  return expr.args.every((arg): arg is SymbolExpr => arg.kind === "symbol" && !arg.subscripts.length) ? expr.args : null;
}

/** What depends on parameters; where they lead back to it, it is a letter. */
function ofParameters(lowering: Lowering, entity: Entity, shape: readonly string[], symbol: SymbolExpr, mark: string): Value {
  lowering.expanding.add(mark);
  try {
    return parametric(lowering, entity, shape, symbol);
  } finally {
    lowering.expanding.delete(mark);
  }
}

/** e_c, where c names the class. */
function ofNamedClass(lowering: Lowering, shape: readonly string[], symbol: SymbolExpr): Value | null {
  const letter = classLetter(lowering.model);
  const bound = letter === null ? undefined : lowering.scope.get(letter);
  if (letter === null || bound?.kind !== "axis" || shape.length !== 2 || shape[1] !== "1" || lowering.reading.classes !== "named" || !lowering.classes.unify(shape[0] as string, bound.axis.range)) return null;
  const { start, end } = symbol;
  return unitArray(lowering, { ...symbol, name: "e", subscripts: [{ expr: plainSymbol(letter, "", { start, end }, []), text: letter, start, end }] });
}

function orient(lowering: Lowering, entity: Entity, shape: readonly string[]): readonly string[] {
  if (entity.listed && shape.length === 2 && shape[1] === "1" && lowering.reading.listed === "rows") return ["1", shape[0] as string];
  if (entity.orientation === null && shape.length === 2 && shape[1] === "1" && entity.shapeFrom === "declared" && lowering.reading.vectors === "rows") return ["1", shape[0] as string];
  return shape;
}

function definedValue(lowering: Lowering, entity: Entity, symbol: SymbolExpr, mark: string): Value | null {
  const definition = entity.definition as NonNullable<Entity["definition"]>;
  if (definition.kind === "argmin") return argmin(lowering, entity, symbol, mark);
  lowering.expanding.add(mark);
  try {
    if (definition.kind === "entries") return byEntries(lowering, entity, definition);
    const value = lowering.lower(definition.expr);
    // A declared shape and the definition's must agree; a number defined by a 1×1 product does.
    if (entity.shape && !agrees(lowering, entity.shape, value)) {
      const turned = lowering.algebra.transpose(value);
      if (agrees(lowering, entity.shape, turned)) return turned;
      // A function that the text does not define gives what its value is said to be.
      const { expr } = definition;
      if (expr.kind === "apply" && !expr.primes && !lowering.resolve(expr.fn)?.entity.definition && !wordOf(expr.fn.name)) return freeValue(lowering, taggedKey(expr.fn), expr.args.map((arg) => lowering.lower(arg)), entity.shape);
      // A guess that the declared shape contradicts is none.
      return lowering.overrides.size ? lowering.fail("ambiguous", `${entity.key} has another shape than its definition`, symbol) : value;
    }
    return value;
  } catch (error) {
    // What a square on the left defines is a letter like others where the right side is not understood.
    if (error instanceof Failure && definition.expr.kind === "root") return null;
    // A letter that chooses an entry, as in `-\\log p_c`, is bound by whoever asks.
    if (error instanceof Failure && error.index) throw error;
    // What a definition says beyond our reach leaves the symbol a variable of its declared shape.
    if (error instanceof Failure && entity.shape && (error.kind === "unsupported" || error.kind === "unknown-symbol")) return null;
    throw error;
  } finally {
    lowering.expanding.delete(mark);
  }
}

/** The array whose entries are given by a formula in its indices. */
export function byEntries(lowering: Lowering, entity: Entity, { expr, params }: NonNullable<Entity["definition"]>): Value {
  const { classes, model } = lowering;
  const shape = entity.shape ? orient(lowering, entity, entity.shape) : params.length === 1 ? vectorShape(classes.unknown(), model) : [classes.unknown(), classes.unknown()];
  const dims = shape.filter((dim) => dim !== "1");
  const axes = params.map((param, i): Axis => lowering.newAxis(param.name, dims[i] as string));
  const body = lowering.within(params.map((param, i) => [taggedKey(param), { kind: "axis", axis: axes[i] as Axis }] as const), () => lowering.lower(expr));
  if (!isScalar(body) || body.free.some((axis) => !axes.some(({ name }) => name === axis.name))) return lowering.fail("unsupported", `the entries of ${entity.key} are no numbers`, expr);
  return { free: [], shape, make: (env) => reshape(termOf(lowering.algebra.withFree(body, axes), env), shape.map(env.size)) };
}

function agrees(lowering: Lowering, shape: readonly string[], value: Value): boolean {
  const own = shape.every((dim) => lowering.algebra.isOne(dim)) ? [] : shape;
  return own.length === value.shape.length && lowering.classes.attempt(() => own.every((dim, axis) => lowering.classes.unify(dim, value.shape[axis] as string)));
}

/** What `\\operatorname{argmin}_w f(w)` is called. */
function argmin(lowering: Lowering, entity: Entity, symbol: SymbolExpr, mark: string): Value | null {
  const { expr } = entity.definition as NonNullable<Entity["definition"]>;
  lowering.expanding.add(mark);
  const value = minimiser(lowering, expr);
  lowering.expanding.delete(mark);
  return value ?? lowering.fail("unsupported", "a minimiser that is not read", symbol);
}

/** The minimiser of a quadratic: solves the stationarity condition, which is linear in it. */
export function minimiser(lowering: Lowering, expr: Expr): Value | null {
  const parts = argminParts(expr);
  return parts && extremal(lowering, parts, (_, __, solution) => solution);
}

/** `\min_w f(w)` of a quadratic: what it is at its minimiser. */
export function minimum(lowering: Lowering, variable: SymbolExpr, objective: Expr): Value {
  return extremal(lowering, { variable, objective }, (of, by, solution) => replace(of, new Map([[by, solution]])), []);
}

/** What is made of an objective, its variable and where it is stationary; of the shape of the variable unless another is given. */
function extremal(lowering: Lowering, { variable, objective: of }: { readonly variable: SymbolExpr; readonly objective: Expr }, made: (objective: Term, variable: Term, solution: Term) => Term, shape?: readonly string[]): Value {
  const elsewhere = lowering.guessed.has(baseKey(variable));
  const variableValue = lowerSymbol(lowering, variable);
  const objective = lowering.lower(of);
  // The letter is bound here: its kind follows from the objective.
  if (!elsewhere) lowering.guessed.delete(baseKey(variable));
  if (!isScalar(objective)) return lowering.fail("shape", "an objective that is no number", of);
  return {
    free: [],
    shape: shape ?? variableValue.shape,
    make: (env) => {
      const [value, by] = [termOf(objective, env), termOf(variableValue, env)];
      return made(value, by, solveStationarity(value, by, of));
    },
  };
}

/** The symbols in an entity's definition that have definitions of their own: what a direct partial derivative holds fixed. */
export function heldFixed(lowering: Lowering, of: Expr, target: Value): Value[] {
  const entity = of.kind === "symbol" ? lowering.resolve(of)?.entity : null;
  const expr = entity?.definition && lowering.usable(entity) ? entity.definition.expr : of;
  const out: Value[] = [];
  for (const symbol of symbolsIn(expr, false)) {
    const inner = lowering.resolve(symbol);
    if (!inner || inner.indices.length !== inner.entity.arity || !inner.entity.definition || inner.entity.isFunction || inner.entity.id === entity?.id) continue;
    const value = inner.family ? familyWhole(lowering, inner.entity) : entityValue(lowering, inner.entity, symbol);
    if (value !== target) out.push(value);
  }
  return out;
}
