/**
 * Functions at their arguments: those that the document defines, those that have
 * a name everywhere, and those that stay arbitrary.
 */
import { same } from "../base/same";
import { type Derivative, derivativesIn, type Expr, plainSymbol, type Subscript, type SymbolExpr, symbolsIn, wordOf } from "../semantics/expression";
import type { Model } from "../semantics/model";
import type { Entity } from "../semantics/symbols/entity";
import { baseKey, fullKey, taggedKey } from "../semantics/symbols/key";
import { applicationsOf } from "./applied";
import { chainProduct } from "./chain-product";
import { lowerDerivative } from "./derivatives";
import { sloped } from "./entrywise-functions";
import { applyNamed, canonical, isDensity, isDigamma, isGamma, isNamed, logOfDensity, logOfGamma } from "./functions";
import { byEntries, minimiser } from "./entities";
import { freeLoss } from "./losses";
import { isOfIntegral } from "./integrals";
import { determinedShape, determines } from "./implicit";
import { logOfFreeDensity } from "./integral-densities";
import { indexOf } from "./indices";
import type { Binding, Lowering } from "./lower";
import { kernelBetween } from "./kernels";
import { lowerTuple } from "./matrices";
import { observedEntries } from "./observed";
import { mapped, plus, totalOf } from "./operations";
import { lowerProduct } from "./products";
import { spectralFunction } from "./spectra";
import { primeDerivative } from "./primes";
import { lowerRateAt } from "./rates";
import { isMemberName } from "./running";
import { lowerSymbol } from "./symbols";
import { allOf } from "./gathered";
import { arraysIn, isDiagonal } from "./evidence/arrays";
import { givesNumbers, givesVectors, isTransposed, kindOf, memberKind } from "./guess";
import { isScalar, literal, mergeAxes, termOf, type Value } from "./value";

export function lowerApply(lowering: Lowering, expr: Expr & { kind: "apply" }): Value {
  const { fn } = expr;
  const key = taggedKey(fn);
  const resolved = lowering.resolve(fn)?.entity ?? null;
  const entity = resolved && isNumberElsewhere(lowering, resolved, expr) ? null : resolved;
  const name = entity?.named ?? (isDivergence(fn) ? "KL" : fn.name);
  const bound = lowering.scope.get(key);
  runOverPlaces(lowering, expr);
  if (expr.primes) return primed(lowering, expr, entity);
  const rate = lowerRateAt(lowering, expr) ?? lowering.chance?.spread(expr);
  if (rate) return rate;
  if (bound?.kind === "argument") return bound.value;
  const least = minimiser(lowering, expr);
  if (least) return least;
  const inNatural = fn.name === "log" ? naturalLogarithm(expr) : null;
  if (inNatural) return lowering.lower(inNatural);
  if (fn.name === "log" || fn.name === "ln") {
    const density = logOfDensity(lowering, expr.args[0] as Expr) ?? logOfGamma(lowering, expr.args[0] as Expr) ?? logOfExponential(lowering, expr.args[0] as Expr) ?? logOfFreeDensity(lowering, expr.args[0] as Expr);
    if (density) return density;
  }
  if (isGamma(lowering, expr)) return mapped("exp", mapped("loggamma", lowering.lower(expr.args[0] as Expr)));
  if ((!entity || (!entity.definition && !entity.named && entity.domain === null)) && isDigamma(lowering, expr)) return mapped("polygamma:0", lowering.lower(expr.args[0] as Expr));
  if (entity?.definition?.kind === "function" && lowering.usable(entity)) return applyDefined(lowering, entity, expr);
  if (entity?.definition?.expr.kind === "symbol" && lowering.usable(entity)) {
    // `\phi = \Phi'` is another name, of a derivative.
    const alias = entity.definition.expr;
    return lowerApply(lowering, { ...expr, fn: { ...alias, primes: 0, start: fn.start, end: fn.end }, primes: alias.primes });
  }
  const spectral = entity?.spectrum ? spectralFunction(lowering, expr) : null;
  if (spectral) return spectral;
  // A loss at its own parameters is the loss; elsewhere an arbitrary function of what is written out.
  if (entity?.isLoss && !entity.definition && isAtItsParameters(lowering, entity, expr.args)) return freeLoss(lowering, entity, fn);
  if (entity?.isLoss && !entity.definition) return applyFree(lowering, expr, entity);
  if (entity && !entity.isFunction && !entity.named && !entity.elementwise && (entity.shape !== null || entity.parameters.length || entity.definition || entity.spectrum)) {
    // `A(t)`, `y(x)`: the symbol with its arguments written out.
    return resultElsewhere(lowering, entity, expr) ?? lowerSymbol(lowering, fn);
  }
  if (fn.name === "sigma" && !fn.subscripts.length && !entity?.named && !entity?.definition && lowering.reading.sigma !== "free") {
    lowering.guessed.add(key);
    return mapped(lowering.reading.sigma, lowering.lower(expr.args[0] as Expr));
  }
  if (lowering.reading.phi === "normal" && isPhi(expr) && !entity?.named && !entity?.definition) {
    lowering.guessed.add(key);
    return applyNamed(lowering, fn.name === "Phi" ? "normalCdf" : "normalPdf", expr.args.map((arg) => lowering.lower(arg)), expr);
  }
  if (isDensity(expr) && !entity) {
    const density = logOfDensity(lowering, expr);
    if (density) return mapped("exp", density);
  }
  if (wordOf(fn.name)?.fn === "prod" && expr.args.length > 1 && !entity?.definition) return chainProduct(lowering, expr.args, expr);
  if (isNamed(name) || isNamed(fn.name)) {
    const listed = expr.args.length > 1 && ["diag", "Diag", "vec", "softmax", "mean"].includes(fn.name);
    const bent = sloped[canonical(isNamed(name) ? name : fn.name)];
    if (bent && expr.args.length === 1) return bent.apply(lowering, lowering.lower(expr.args[0] as Expr), slopeOf(lowering, fn) ?? bent.usual);
    const args = listed ? [lowerTuple(lowering, expr.args, expr)] : expr.args.map((arg) => lowering.lower(arg));
    const [only] = args;
    const entries = isDiagonal(expr) && only && isScalar(only) ? allOf(lowering, expr.args[0] as Expr) : null;
    if (entries) return applyNamed(lowering, "diag", [entries], expr);
    return applyNamed(lowering, isNamed(name) ? name : fn.name, args, expr);
  }
  const density = logOfFreeDensity(lowering, expr);
  if (density) return mapped("exp", density);
  if (!entity?.isFunction) {
    const observed = observedEntries(lowering, expr);
    if (observed) return observed;
  }
  return spectralFunction(lowering, expr) ?? applyFree(lowering, expr, entity);
}

/** σ of `\sigma(z)` where another section has a number σ that has nothing to do with z. */
function isNumberElsewhere({ place }: Lowering, { section, isFunction, named, parameters, definition }: Entity, { fn, args }: Expr & { kind: "apply" }): boolean {
  if (section === place.section || isFunction || named || parameters.length || definition?.kind !== "value" || !/^(sigma|phi|psi|rho)$/.test(fn.name)) return false;
  const below = new Set(symbolsIn(definition.expr).map(baseKey));
  return !args.flatMap((arg) => symbolsIn(arg)).some((symbol) => below.has(baseKey(symbol)));
}

/** `s(a)`, where the text has `s(z)_i = \dots`. */
function resultElsewhere(lowering: Lowering, entity: Entity, { args }: Expr & { kind: "apply" }): Value | null {
  const { definition } = entity;
  const left = definition?.kind === "entries" ? lowering.model.located[definition.assertion]?.assertion.sides[0] : undefined;
  const own = left?.kind === "entry" && left.base.kind === "apply" ? left.base.args.filter((arg) => arg.kind === "symbol") : [];
  const mark = `e:${entity.id}`;
  if (!definition || !lowering.usable(entity) || lowering.expanding.has(mark) || own.length !== args.length || own.every((letter, at) => same(letter, args[at]))) return null;
  const values = own.map((letter, at) => [taggedKey(letter), { kind: "argument", value: lowering.lower(args[at] as Expr) }] as const);
  lowering.expanding.add(mark);
  try {
    return lowering.within(values, () => byEntries(lowering, entity, definition));
  } finally {
    lowering.expanding.delete(mark);
  }
}

/** `\Phi(z)`, `\varphi(z)`. */
export function isPhi(expr: Expr): boolean {
  return expr.kind === "apply" && /^(Phi|phi|varphi)$/.test(expr.fn.name) && !expr.fn.subscripts.length && expr.args.length === 1;
}

/** `D_{\mathrm{KL}}`. */
function isDivergence({ name, subscripts }: SymbolExpr): boolean {
  return name === "D" && subscripts.map(({ text }) => text).join("") === "KL";
}

/** `\log_2 x` as \ln x / \ln 2; e is the base of the natural one. */
function naturalLogarithm(expr: Expr & { kind: "apply" }): Expr | null {
  const [base, ...more] = expr.fn.subscripts;
  if (!base || more.length || base.above !== undefined || expr.args.length !== 1) return null;
  const log = { ...expr.fn, subscripts: [] };
  const natural: Expr = { ...expr, fn: log };
  return base.text === "e" ? natural : { kind: "quotient", numerator: natural, denominator: { ...expr, fn: log, args: [base.expr], primes: 0 }, elementwise: true, start: expr.start, end: expr.end };
}

/** `\\sum_b \\phi(s, b)`: whatever runs over a place of a function runs over the same. */
function runOverPlaces(lowering: Lowering, { fn, args }: Expr & { kind: "apply" }): void {
  if (fn.name.length > 1 && wordOf(fn.name)) return;
  args.forEach((arg, place) => {
    const bound = arg.kind === "symbol" && !arg.subscripts.length ? lowering.scope.get(taggedKey(arg)) : undefined;
    const key = `${taggedKey(fn)}(${place})`;
    if (bound?.kind !== "axis") return;
    const known = lowering.ranges.get(key);
    if (known) lowering.classes.unify(known, bound.axis.range);
    else lowering.ranges.set(key, bound.axis.range);
  });
}

/** The slope of a leaky rectifier: what is written below its name, else the α or a that the text declares as a number. */
function slopeOf(lowering: Lowering, fn: SymbolExpr): Value | null {
  const [below] = fn.subscripts;
  if (below) return lowering.lower(below.expr);
  for (const name of ["alpha", "a"]) {
    const letter = plainSymbol(name, "", fn, []);
    const entity = lowering.resolve(letter)?.entity;
    if (entity && !entity.isFunction && !entity.definition && (entity.shape ?? []).length === 0) return lowerSymbol(lowering, letter);
  }
  return null;
}

function isAtItsParameters(lowering: Lowering, entity: Entity, args: readonly Expr[]): boolean {
  const ids = (symbols: readonly Expr[]): string => symbols.map((one) => (one.kind === "symbol" ? (lowering.resolve(one)?.entity.id ?? taggedKey(one)) : "?")).join();
  return args.length > 0 && args.length === entity.parameters.length && !ids(args).includes("?") && ids(args) === ids(entity.parameters);
}

/** log p where p is defined as an exponential, or as a density: the exponent itself, or the log-density. */
function logOfExponential(lowering: Lowering, arg: Expr): Value | null {
  const symbol = arg.kind === "apply" ? arg.fn : arg.kind === "symbol" ? arg : null;
  const entity = symbol ? lowering.model.table.resolve(symbol, lowering.place)?.entity : null;
  const inner = entity?.definition?.kind === (arg.kind === "apply" ? "function" : "value") && lowering.usable(entity) ? entity.definition.expr : null;
  if (!entity || inner?.kind !== "apply") return null;
  const logarithm: Expr | undefined = inner.fn.name === "exp" ? inner.args[0] : isDensity(inner) ? { ...inner, fn: { ...inner.fn, name: "log", font: "" }, args: [inner], certain: true } : undefined;
  if (!logarithm) return null;
  if (arg.kind !== "apply") return lowering.lower(logarithm);
  return applyDefined(lowering, { ...entity, definition: { ...(entity.definition as NonNullable<Entity["definition"]>), expr: logarithm } }, arg);
}

/** `p(y \mid x)` where the text defines `p(y \mid x, w)`: at the letters that are not written, as at those that are; null for other functions. */
export function withUnwritten({ params }: NonNullable<Entity["definition"]>, expr: Expr & { kind: "apply" }): (Expr & { kind: "apply" }) | null {
  const { args, ahead } = expr;
  if (ahead === undefined || args.length >= params.length || !same(args[0], params[0])) return null;
  const places = args.map((arg) => params.findIndex((param) => same(arg, param)));
  return places.every((place, at) => place >= 0 && (at === 0 || place > (places[at - 1] as number))) ? { ...expr, args: params } : null;
}

function applyDefined(lowering: Lowering, entity: Entity, expr: Expr & { kind: "apply" }): Value {
  const definition = entity.definition as NonNullable<Entity["definition"]>;
  const mark = `f:${entity.id}`;
  if (lowering.expanding.has(mark)) return lowering.fail("unsupported", "a recursive function", expr);
  const listed = listedArguments(definition, expr.args);
  if (listed) return applyDefined(lowering, entity, { ...expr, args: listed });
  // `f(x, y) = …` is an example of the f that the text says takes a vector.
  if (expr.args.length === 1 && definition.params.length > 1 && entity.domain?.length) return applyFree(lowering, expr, { ...entity, definition: null });
  const full = withUnwritten(definition, expr);
  if (full) return applyDefined(lowering, entity, full);
  if (definition.params.length !== expr.args.length) return lowering.fail("ambiguous", "another number of arguments than in the definition", expr);
  if (standsForMembers(lowering, definition, expr.args)) return lowering.lower(definition.expr);
  const places = definition.params.map((param, i) => (isPlace(lowering.model, definition.expr, param) ? placeOf(lowering, expr.args[i] as Expr, param, definition.expr) : null));
  const args = expr.args.map((arg, i) => (places[i] ? literal(0) : definition.squares?.[i] ? rooted(lowering, arg) : lowering.lower(arg)));
  if (!entity.elementwise && definition.params.some((param, i) => isOfVectors(lowering, definition, param) && isMatrix(lowering, args[i] as Value))) return lowering.fail("ambiguous", "a matrix as the argument of a function of vectors", expr);
  const body = (values: readonly Value[]): Value =>
    lowering.within(definition.params.flatMap((param, i) => (places[i] === "itself" ? [] : [[taggedKey(param), places[i] ?? { kind: "argument", value: values[i] as Value }] as const])), () => {
      lowering.expanding.add(mark);
      try {
        return lowering.lower(definition.expr);
      } finally {
        lowering.expanding.delete(mark);
      }
    });
  if (args.length === 1 && isOfNumbers(lowering, entity, definition) && args[0] && !isScalar(args[0])) {
    const [arg] = args as [Value];
    const flat: Value = { free: [...arg.free, ...arg.shape.map((dim, axis) => lowering.newAxis(`e${axis}`, dim))], shape: [], make: (env) => termOf(arg, env) };
    const result = body([flat]);
    if (isScalar(result) && result.free.length === flat.free.length) return { free: arg.free, shape: arg.shape, make: (env) => termOf(lowering.algebra.withFree(result, flat.free), env) };
  }
  return body(args);
}

/** The letters of a function's arguments that choose one of several: o and c of `p(o|c) = \\exp(u_o^\\top v_c)/\\dots`, which stand below letters alone. */
export function placesIn({ model, place }: Lowering, { fn, args }: Expr & { kind: "apply" }): Subscript[] {
  const definition = model.table.resolve(fn, place)?.entity.definition;
  if (definition?.kind !== "function" || definition.params.length !== args.length) return [];
  return args.flatMap((arg, i) => (isPlace(model, definition.expr, definition.params[i] as SymbolExpr) ? [subscriptOf(arg)] : []));
}

function isPlace(model: Model, body: Expr, param: SymbolExpr): boolean {
  const key = fullKey(param);
  return !variablesOf(model).has(baseKey(param)) && !symbolsIn(body, false).some((symbol) => fullKey(symbol) === key) && symbolsIn(body).some((symbol) => fullKey(symbol) === key);
}

/** Whether a letter below others makes a name with one of them: v_c, where the text speaks of no other v. */
function isPartOfName({ model, place }: Lowering, body: Expr, param: SymbolExpr): boolean {
  return symbolsIn(body, false).some((symbol) => {
    const resolved = symbol.subscripts.some((one) => symbolsIn(one.expr).some((letter) => fullKey(letter) === fullKey(param))) ? model.table.resolve(symbol, place) : null;
    return resolved !== null && !resolved.family && !resolved.indices.length;
  });
}

/** The place among others that an argument tells; a letter that names one without running stands for itself. */
function placeOf(lowering: Lowering, arg: Expr, param: SymbolExpr, body: Expr): Binding | "itself" {
  const subscript = subscriptOf(arg);
  const isName = isPartOfName(lowering, body, param);
  const index = isName ? null : indexOf(lowering, subscript);
  if (!index && arg.kind === "symbol" && fullKey(arg) === fullKey(param) && (isName || isMemberName(lowering, subscript))) return "itself";
  if (!index || index.kind === "all" || (index.kind === "axis" && index.shift)) return lowering.fail("unsupported", "an argument that chooses one of several, and is no letter that runs", arg);
  return index.kind === "axis" ? { kind: "axis", axis: index.axis } : index;
}

function subscriptOf(arg: Expr): Subscript {
  return { expr: arg, text: arg.kind === "symbol" ? arg.name : "", start: arg.start, end: arg.end };
}

/** `J(\theta)` of a sum over the vectors θ_j, at θ itself: all of them together; and `S(v_c)` of one of several v, or `\ell(\beta_0, \beta)` of two with one letter, at itself. */
function standsForMembers(lowering: Lowering, { params, expr }: NonNullable<Entity["definition"]>, args: readonly Expr[]): boolean {
  const written = symbolsIn(expr, false);
  const isOwn = args.every((arg, at) => arg.kind === "symbol" && fullKey(arg) === fullKey(params[at] as SymbolExpr));

  if (isOwn && (new Set(params.map(taggedKey)).size < params.length || params.some(({ subscripts: [only, ...more] }) => only?.expr.kind === "symbol" && !more.length))) return true;
  return isOwn && params.some((param) => {
    const members = param.subscripts.length ? [] : written.filter((symbol) => baseKey(symbol) === baseKey(param));
    return members.length > 0 && members.every((member) => member.subscripts.length === 1 && isVectorOfSeveral(lowering, member));
  });
}

function isVectorOfSeveral(lowering: Lowering, member: SymbolExpr): boolean {
  const resolved = lowering.resolve(member);
  return resolved ? resolved.family && resolved.entity.shape?.length === 2 : memberKind(member, lowering.model) === "vector";
}

/** The x_1 and x_2 of `f(x)` where `f(x_1, x_2)` is defined, and x is how the text calls the list. */
export function listedArguments({ params, written = params }: NonNullable<Entity["definition"]>, [only, ...more]: readonly Expr[]): readonly SymbolExpr[] | null {
  const isList = only?.kind === "symbol" && !only.subscripts.length && !more.length && written.length > 1 && written.every((member) => member.subscripts.length === 1 && taggedKey(member) === taggedKey(only));
  return isList ? written : null;
}

/** A parameter that the text declares as a vector: `f(X)` beside `f(x) = x^\\top A x` is another function. */
function isOfVectors({ model }: Lowering, { assertion }: NonNullable<Entity["definition"]>, param: SymbolExpr): boolean {
  const entity = model.table.resolve(param, model.located[assertion] ?? { position: 0, section: 0 })?.entity;
  return entity?.shapeFrom === "declared" && entity.shape?.length === 2 && entity.shape.includes("1") && entity.slices === null;
}

function isMatrix({ algebra }: Lowering, { shape }: Value): boolean {
  return shape.length === 2 && !shape.some((dim) => algebra.isOne(dim));
}

/** A function of a number applied to an array acts entry by entry; `g(u) = \|u\|` is none, and one by cases of how great its argument is always. */
export function isOfNumbers({ model, place }: Lowering, entity: Entity, { expr, params }: NonNullable<Entity["definition"]>): boolean {
  const compares = expr.kind === "cases" && expr.branches.some(({ condition }) => condition?.links.some(({ operator }) => ["<", ">", "\\leq", "\\geq"].includes(operator)) && condition.sides.every((side) => side.kind !== "norm") && condition.sides.some((side) => symbolsIn(side, false).some((symbol) => params.some((param) => taggedKey(param) === taggedKey(symbol)))));
  if (compares) return true;
  const ofArrays = new Set(arraysIn(expr, model).map(taggedKey));
  // `s(z) = e^z / \\sum_j e^{z_j}` is of an array, as whatever has entries of its argument.
  const hasEntries = (param: SymbolExpr): boolean => !param.subscripts.length && symbolsIn(expr, false).some((symbol) => symbol.subscripts.length > 0 && taggedKey(symbol) === taggedKey(param));
  const isArray = (param: SymbolExpr): boolean => ofArrays.has(taggedKey(param)) || hasEntries(param) || kindOf(param, model) !== "scalar";
  return entity.elementwise || (!params.some(isArray) && params.every((param) => (model.table.resolve(param, place)?.entity ?? { shape: [] }).shape?.length === 0));
}

/** What is squared in an argument. */
function rooted(lowering: Lowering, arg: Expr): Value {
  const isSquare = arg.kind === "power" && arg.exponent.kind === "number" && arg.exponent.numerator === 2 * arg.exponent.denominator;
  return isSquare ? lowering.lower(arg.base) : mapped("sqrt", lowering.lower(arg));
}

function primed(lowering: Lowering, expr: Expr & { kind: "apply" }, entity: Entity | null): Value {
  // `A'(t)` of what depends on t.
  if (entity?.parameters.length === 1 && !entity.isLoss && isAtItsParameters(lowering, entity, expr.args)) return primeDerivative(lowering, { kind: "derivative", notation: "prime", of: expr.fn, wrt: [], order: expr.primes, total: true, missingPartial: false, start: expr.start, end: expr.end });
  const isArray = entity !== null && !entity.isFunction && entity.shape?.length === 2 && entity.shapeFrom === "declared";
  if (isArray && expr.primes === 1) return lowerProduct(lowering, { kind: "product", factors: [{ ...expr.fn, primes: 1 }, ...expr.args], operators: expr.args.map(() => ""), start: expr.start, end: expr.end });
  const along = expr.args.length === 2 && entity?.definition?.params.length === 1 ? expr.args.slice(1) : null;
  if (along) return lowerDerivative(lowering, { kind: "derivative", notation: "D", of: { ...expr, primes: 0, args: expr.args.slice(0, 1) }, wrt: [], order: expr.primes, along, total: false, missingPartial: false, start: expr.start, end: expr.end });
  const plain: Expr = { ...expr, primes: 0 };
  const arg = expr.args[0];
  if (!arg || expr.args.length !== 1) return lowering.fail("unsupported", "a prime on a function of several arguments", expr);
  // Of `f = \\tanh` the prime is that of the function.
  const valued = entity?.definition?.kind === "value" && entity.definition.expr.kind !== "symbol" && lowering.usable(entity) ? entity.definition : null;
  if (valued) return ofValue(lowering, expr, valued.expr, arg);
  const derivative: Derivative = { kind: "derivative", notation: "prime", of: plain, wrt: [arg], order: expr.primes, total: true, missingPartial: false, start: expr.start, end: expr.end };
  return lowerDerivative(lowering, derivative);
}

/** `h'(p)` where `h = -p \\log p` is written without its argument: its derivative by p. */
function ofValue(lowering: Lowering, { fn, primes, start, end }: Expr & { kind: "apply" }, value: Expr, arg: Expr): Value {
  const isVariable = arg.kind === "symbol" && symbolsIn(value, false).some((symbol) => fullKey(symbol) === fullKey(arg));
  if (!isVariable) return lowering.fail("unsupported", "a prime whose variable is not known", fn);
  return lowerDerivative(lowering, { kind: "derivative", notation: "fraction", of: { ...fn, primes: 0 }, wrt: Array.from({ length: primes }, () => arg), order: primes, total: true, missingPartial: false, start, end });
}

/** Whether the values of a function are numbers whatever it is of, as those of a loss are. */
export function hasNumbersAsValues({ model }: Lowering, fn: SymbolExpr, entity: Entity | null): boolean {
  return entity?.isLoss || entity?.shape?.length === 0 || (!entity?.elementwise && givesNumbers(fn, model)) || /^(L|J|E|C|ell|loss|mathcalL|l)$/.test(fn.name);
}

/** A function that the document does not define: free, entry by entry or of its arguments as a whole. */
function applyFree(lowering: Lowering, expr: Expr & { kind: "apply" }, entity: Entity | null): Value {
  const args = expr.args.map((arg) => lowering.lower(arg));
  const name = taggedKey(expr.fn);
  const parameter = parameterBelow(lowering, expr.fn);
  if (parameter && !entity?.elementwise && (entity?.shape ?? []).length === 0) return freeValue(lowering, name, [lowering.lower(parameter), ...args], []);
  if (!expr.certain && !entity) lowering.guessed.add(name);
  const [only] = args;
  // The same function wherever it is applied, also to what nothing else gives a size.
  if (only && args.length === 1 && entity?.domain?.length === only.shape.length) entity.domain.forEach((dim, i) => void lowering.classes.unify(dim, only.shape[i] as string));
  const scalarValued = hasNumbersAsValues(lowering, expr.fn, entity);
  const arrayValued = entity?.isFunction && entity.domain !== null && (entity.shape?.length ?? 0) > 0 && !entity.elementwise;
  const determined = arrayValued ? null : determinedShape(lowering, expr.fn);
  if (determined) return freeValue(lowering, name, args, determined);
  if (arrayValued) return freeValue(lowering, name, args, entity.shape ?? []);
  if (!entity?.elementwise && !scalarValued && givesVectors(expr.fn, lowering.model)) {
    lowering.guessed.add(name);
    return freeValue(lowering, name, args, [vectorLength(lowering, name), "1"]);
  }
  // Nobody transposes what gives numbers: a capital that nothing declares gives some matrix.
  if (!entity && /^[A-Z]$/.test(expr.fn.name) && isTransposed(expr.fn, lowering.model)) return kernelBetween(lowering, expr, args) ?? lowering.fail("unknown-symbol", `the function ${name} is not defined`, expr.fn);
  // `\rho : \mathbb{R} \to \mathbb{R}` of a vector acts on each of its entries.
  const ofNumbers = entity?.isFunction && entity.domain?.length === 0 && entity.shape?.length === 0;
  if (args.length === 1 && only && (ofNumbers || (!scalarValued && isOfEntries(lowering, name)))) return mapped(`free:${name}:0`, only);
  if (args.length === 1 && only && (entity?.elementwise || isScalar(only)) && !scalarValued) return mapped(`free:${name}:0`, only);
  if (args.length === 1 && only && !scalarValued && /^(sigma|phi|varphi|psi|f|g|h|a|rho|act|activation)$/.test(expr.fn.name)) {
    if (!entity?.elementwise) lowering.guessed.add(name);
    return mapped(`free:${name}:0`, only);
  }
  // What is integrated is a number, whatever it is of.
  if (scalarValued || args.every(isScalar) || args.some(({ free }) => free.some(isOfIntegral))) return freeValue(lowering, name, args, []);
  return kernelBetween(lowering, expr, args) ?? lowering.fail("unknown-symbol", `the function ${name} is not defined`, expr.fn);
}

/** θ of `V_\theta(s)`, where the text differentiates by it: one more argument. */
function parameterBelow({ model }: Lowering, { subscripts }: SymbolExpr): SymbolExpr | null {
  const [below, ...more] = subscripts;
  const letter = below?.expr.kind === "symbol" && !below.expr.subscripts.length && !more.length && below.above === undefined ? below.expr : null;
  if (!letter) return null;
  return variablesOf(model).has(baseKey(letter)) ? letter : null;
}

/** What a text differentiates by. */
function variablesOf(model: Model): ReadonlySet<string> {
  let known = variables.get(model);
  if (!known) variables.set(model, (known = new Set(model.located.flatMap(({ assertion }) => assertion.sides.flatMap(derivativesIn)).flatMap(({ wrt }) => wrt.flatMap((by) => (by.kind === "symbol" ? [baseKey(by)] : []))))));
  return known;
}

const variables = new WeakMap<Model, ReadonlySet<string>>();

/** `\sum_i S(r_i)` of the entries of an array says that S of the whole goes over them. */
function isOfEntries(lowering: Lowering, name: string): boolean {
  return applicationsOf(lowering.model, name).some(({ expr: { args } }) => {
    const [only, ...more] = args;
    const resolved = only?.kind === "symbol" && !more.length ? lowering.resolve(only) : null;
    return resolved !== null && resolved.indices.length > 0 && !resolved.family;
  });
}

/** The length of the vectors that a function gives, the same wherever it is applied. */
function vectorLength({ ranges, classes }: Lowering, name: string): string {
  const key = `${name}()`;
  const known = ranges.get(key);
  if (known) return known;
  const length = classes.length();
  ranges.set(key, length);
  return length;
}

/** What an equation determines rests on inverses of derivatives, which have as many rows as there are units. */
function hiddenUnits(lowering: Lowering): number {
  return determines(lowering) ? 6 : 2;
}

/** One for each shape that a function takes, also where what an argument's sizes are is found out between. */
function weightsOf(lowering: Lowering, name: string, unit: string, shape: readonly string[]): Value {
  for (let at = 0; ; at++) {
    const key = `${name}·${unit}:${at}`;
    const known = lowering.values.get(key);
    if (known && known.shape.length === shape.length && known.shape.every((dim, i) => lowering.classes.find(dim) === lowering.classes.find(shape[i] as string))) return known;
    if (known) continue;
    const weights = lowering.variableOf(key, shape, null, name);
    lowering.values.set(key, weights);
    return weights;
  }
}

/** An arbitrary smooth function of its arguments: Σₖ Cₖ φ(Σₐ⟨Mₖₐ, xₐ⟩), each Cₖ of the function's shape. */
export function freeValue(lowering: Lowering, name: string, args: readonly Value[], shape: readonly string[]): Value {
  const hidden = hiddenUnits(lowering);
  const free = mergeAxes(args);
  const inner = Array.from({ length: hidden }, (_, k) => {
    const terms = args.map((arg, a) => {
      const weights = weightsOf(lowering, name, `${k}${a}`, arg.shape);
      return totalOf(lowering.algebra.contractValues([arg, weights], [arg.shape.map((_, i) => `p${i}`), arg.shape.map((_, i) => `p${i}`)], arg.shape.map((_, i) => `p${i}`), arg.shape));
    });
    return terms.reduce((a, b) => plus(lowering, a, b, { start: 0, end: 0 }));
  });
  const activated = inner.map((value, k) => lowering.algebra.scale(mapped(`free:${name}:0`, value), lowering.variableOf(`${name}·c${k}`, shape, null, name)));
  const total = activated.reduce((a, b) => plus(lowering, a, b, { start: 0, end: 0 }));
  return lowering.algebra.withFree(total, free);
}
