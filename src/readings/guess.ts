/**
 * The shape of a symbol that the document does not declare, from the way it is
 * written: capitals and bold capitals are matrices, bold letters vectors,
 * letters that are transposed or have a norm are vectors, the rest numbers.
 */
import { same } from "../base/same";
import { childrenOf, type Derivative, derivativesIn, type Expr, isInverse, type SymbolExpr, symbolsIn, wordOf } from "../semantics/expression";
import type { Located, Model } from "../semantics/model";
import type { Reading } from "./reading";
import { toldSide } from "./told-samples";
import type { Entity } from "../semantics/symbols/entity";
import { baseKey, fullKey, weight } from "../semantics/symbols/key";
import { hasEntries, isInnerProduct } from "../semantics/symbols/members";
import { numbered } from "../semantics/symbols/positions";
import type { SizeClasses } from "../semantics/symbols/sizes";
import type { Place } from "../semantics/symbols/table";

/** Capitals that are counts, losses or constants as often as matrices: they need evidence. */
const countLike = new Set(["N", "T", "K", "M", "D", "C", "L", "J", "E", "R", "P"]);
const capitalGreek = new Set(["Sigma", "Lambda", "Omega", "Phi", "Psi", "Theta", "Gamma", "Pi", "Xi"]);

/** What a letter of which the text says nothing may be. */
export type Kind = "scalar" | "vector" | "row" | "matrix";

export function guessShape(symbol: SymbolExpr, model: Model, override: Kind | null, classes: SizeClasses): readonly string[] | null {
  const kind = override ?? kindOf(symbol, model);
  if (kind === "scalar") return [];
  if (kind === "row") return ["1", classes.length()];
  if (kind === "vector") return override ? [classes.length(), "1"] : vectorShape(classes.length(), model);
  return [classes.unknown(), classes.unknown()];
}

/** The shape of a vector that nothing tells more of: a row where all that the text declares are rows. */
export function vectorShape(length: string, model: Model): readonly string[] {
  return evidenceOf(model).rows ? ["1", length] : [length, "1"];
}

export function kindOf(symbol: SymbolExpr, model: Model): "scalar" | "vector" | "matrix" {
  const evidence = evidenceOf(model);
  const isArray = evidence.arrays.has(weighted(symbol));
  if (evidence.collecting.has(weighted(symbol))) return "vector";
  const bold = weight(symbol.font) === "b";
  if (isCapital(symbol) && (bold || isArray || (evidence.linear && !(countLike.has(symbol.name) || evidence.divisors.has(weighted(symbol)))))) return "matrix";
  if (evidence.smallMatrices.has(weighted(symbol))) return "matrix";
  if (bold) return "vector";
  return isArray || evidence.biases.has(weighted(symbol)) || evidence.applied.has(weighted(symbol)) ? "vector" : "scalar";
}

/** Whether the document transposes it, takes its norm or its trace somewhere, or maps an array by it or it by one, in every weight in which it is written; not where it maps or is mapped alone, and stands beside a number somewhere. */
export function isSurelyArray(key: string, model: Model): boolean {
  const { arrays, mapped, weights, beside } = evidenceOf(model);
  const all = weights.get(key);
  return all !== undefined && [...all].every((one) => (arrays.has(one) || mapped.has(one)) && !beside.has(one));
}

/** Whether the text writes the matrices of cross products. */
export function isSpatial(model: Model): boolean {
  return evidenceOf(model).spatial;
}

/** Whether its members are written as only vectors are. */
export function hasVectorMembers(symbol: SymbolExpr, model: Model): boolean {
  return evidenceOf(model).members.has(weighted(symbol));
}

/** Whether it is added to each row of a product of matrices somewhere, as b of `XW + b`, or to each column, as in `WX + b`. */
export function biasOf(symbol: SymbolExpr, model: Model): "rows" | "columns" | null {
  return evidenceOf(model).repeated.get(weighted(symbol)) ?? null;
}

/** Whether it is written without an index somewhere. */
export function standsAlone(symbol: SymbolExpr, model: Model): boolean {
  return evidenceOf(model).fewest.get(weighted(symbol)) === 0;
}

/** Whether the letter of an entry stands for an array somewhere. */
export function isWrittenWhole(symbol: SymbolExpr, model: Model): boolean {
  return evidenceOf(model).bare.has(weighted(symbol));
}

/** What an undeclared letter with an index is: the entry of a vector that is also written whole, one matrix or vector of several, or one number of several. */
export function memberKind(symbol: SymbolExpr, model: Model): "entry" | "vector" | "matrix" | "number" {
  const { arrays, bare, biases, members, applied, matrices } = evidenceOf(model);
  const key = weighted(symbol);
  if (matrices.has(key) && symbol.subscripts.length === 1) return "matrix";
  if (members.has(key)) return "vector";
  const whole = applied.has(key);
  // x^{(i)} is one of several x, and no entry; y of X^\top(Xw - y) is made of the numbers y^{(i)}.
  if (symbol.subscripts.length === 1 && symbol.subscripts[0]?.above) return whole && !arrays.has(key) ? "number" : kindOf({ ...symbol, subscripts: [] }, model) === "vector" ? "vector" : "number";
  return (whole || bare.has(key) || (biases.has(key) && !numbered(symbol) && !symbol.tags.length)) && symbol.subscripts.length === 1 && kindOf({ ...symbol, subscripts: [] }, model) === "vector" ? "entry" : "number";
}

/** The Y of `Xw - Y` beside the numbers of `w^\top x_i - y_i`: the vector of them all, where no y is written. */
export function collectorOf(symbol: SymbolExpr, model: Model): SymbolExpr | null {
  const whole = { ...capitalOf(symbol), subscripts: [] };
  return symbol.subscripts.length === 1 && evidenceOf(model).collecting.has(weighted(whole)) ? whole : null;
}

function capitalOf(symbol: SymbolExpr): SymbolExpr {
  return { ...symbol, name: symbol.name.toUpperCase() };
}

/** The plain `w_j` and `x_{ij}` of a text that writes **w** and **x**_i: their entries, where the plain letter has no other use. */
export function inBold(symbol: SymbolExpr, model: Model): SymbolExpr {
  if (weight(symbol.font) !== "" || !symbol.subscripts.length) return symbol;
  const { fewest } = evidenceOf(model);
  const bold: SymbolExpr = { ...symbol, font: "mathbf" };
  const whole = fewest.get(weighted(bold)) ?? Infinity;
  return whole < symbol.subscripts.length && whole < (fewest.get(weighted(symbol)) ?? Infinity) ? bold : symbol;
}

/** A letter and its weight: x and **x** may be a number and a vector side by side. */
function weighted(symbol: SymbolExpr): string {
  return `${weight(symbol.font)} ${baseKey(symbol)}`;
}

/** Whether the document writes `y^{(i)}` of several. */
export function runsAbove(symbol: SymbolExpr, model: Model): boolean {
  return evidenceOf(model).running.has(weighted(symbol));
}

/** Whether it is `q_{kj}` where the document writes q_j and no q_k: the entry first, and then the member, unless it has q_{jk} as well. */
export function hasMemberLast(symbol: SymbolExpr, model: Model): boolean {
  const { single, pairs } = evidenceOf(model);
  const [one, other] = symbol.subscripts.map(({ text }) => text);
  const [first, second, ...more] = symbol.subscripts.map(({ text }) => single.has(`${weighted(symbol)} ${text}`));
  return second === true && !first && !more.length && !pairs.has(`${baseKey(symbol)} ${other} ${one}`);
}

/** Whether the entries of its members are written so: then they are columns. */
export function isOfColumns(symbol: SymbolExpr, model: Model): boolean {
  return evidenceOf(model).columns.has(weighted(symbol));
}

/** What the members of a letter are of their matrix under a reading of samples. */
export function sideOfSamples({ samples }: Reading, member: SymbolExpr, model: Model): "row" | "column" {
  return toldSide(member, model) ?? (samples === "columns" || (samples === "written" && isOfColumns(member, model)) ? "column" : "row");
}

/** A matrix by declaration, or a capital that nothing declares and that is no count. */
function isMatrix(expr: Expr, model: Model): boolean {
  const base = expr.kind === "transpose" ? expr.base : expr;
  if (base.kind !== "symbol") return false;
  if (model.table.withKey(baseKey(base)).length) return isDeclaredMatrix(base, model);
  return isCapital(base) && (weight(base.font) === "b" || !countLike.has(base.name));
}

function isDeclaredMatrix(expr: Expr, model: Model): boolean {
  return expr.kind === "symbol" && model.table.withKey(baseKey(expr)).some((entity) => entity.shape?.length === 2 && !entity.shape.includes("1"));
}

function isCapital(symbol: SymbolExpr): boolean {
  return /^[A-Z]$/.test(symbol.name) || capitalGreek.has(symbol.name);
}

interface Evidence {
  /** Weighted capitals that stand for the vector of the numbers which the small letter has with an index. */
  readonly collecting: ReadonlySet<string>;
  /** Weighted letters that are transposed, inverted as matrices or normed somewhere. */
  readonly arrays: ReadonlySet<string>;
  /** A and x of `Ax + b` and `\\|Ax\\|` where one of them is among the former. */
  readonly mapped: ReadonlySet<string>;
  /** y of `1 - y`, which is a number in `Xy` as well, unless it is transposed somewhere. */
  readonly beside: ReadonlySet<string>;
  /** Small letters that map one layer to the next: w of `w^l a^{l-1} + b^l`, where one of the three is an array. */
  readonly smallMatrices: ReadonlySet<string>;
  /** Letters that are added to a matrix's product with a letter, and that letter: vectors most often, and sometimes numbers. */
  readonly biases: ReadonlySet<string>;
  /** Letters that a matrix is applied to, in a sum of such. */
  readonly applied: ReadonlySet<string>;
  /** Those of the first that stand without an index there, and those that have one. */
  readonly bare: ReadonlySet<string>;
  readonly members: ReadonlySet<string>;
  /** Capitals of which each member is a matrix: Σ of `(x - \mu_k)^\top \Sigma_k^{-1} (x - \mu_k)` and `\det \Sigma_k`, K of the gains of a filter. */
  readonly matrices: ReadonlySet<string>;
  /** Letters by which something is divided, or which a Jacobian lists as variables: numbers, unless more is known of them. */
  readonly divisors: ReadonlySet<string>;
  /** Along what letters are repeated that are added to products of matrices. */
  readonly repeated: ReadonlyMap<string, "rows" | "columns">;
  /** Letters above which an index runs. */
  readonly running: ReadonlySet<string>;
  /** Functions whose values stand behind a transposed vector: φ in `w^\top \phi(s)`. */
  readonly vectorFunctions: ReadonlySet<string>;
  /** Functions whose values are transposed: J in `J(x)^\top r`. */
  readonly transposedFunctions: ReadonlySet<string>;
  /** Functions that have a gradient, or a derivative by an entry: their values are numbers. */
  readonly numberFunctions: ReadonlySet<string>;
  /** Letters with the only index that they have somewhere. */
  readonly single: ReadonlySet<string>;
  /** Letters with the two indices that they have somewhere. */
  readonly pairs: ReadonlySet<string>;
  /** Letters of which the entry k of q_j is written `q_{kj}`. */
  readonly columns: Set<string>;
  /** With how few subscripts a letter is written. */
  readonly fewest: ReadonlyMap<string, number>;
  /** The weights in which each letter is written. */
  readonly weights: ReadonlyMap<string, ReadonlySet<string>>;
  /** Vectors that the text declares are rows, all of them. */
  readonly rows: boolean;
  /** The text writes `[a]_\times`: its vectors are in space. */
  readonly spatial: boolean;
  /** The text has arrays of some kind; where it has none, and divides by capitals, these are numbers as they are in economics. */
  readonly linear: boolean;
}

function declaresRows({ table }: Model): boolean {
  const isVector = ({ symbol, shape, shapeFrom }: Entity): boolean => shapeFrom === "declared" && /^[a-z]/.test(symbol.name) && shape?.length === 2 && shape.includes("1") && shape.some((dim) => dim !== "1");
  const vectors = table.all.filter(isVector);
  return vectors.length > 0 && vectors.every(({ shape }) => shape?.[0] === "1");
}

/** Whether a text declares, writes or transposes arrays anywhere, or speaks of them; or has no capital that only a number can be. */
function hasArrays({ table, located, facts }: Model): boolean {
  const isArray = (expr: Expr): boolean => {
    if (["transpose", "norm", "matrix", "tuple", "differential"].includes(expr.kind) || (expr.kind === "derivative" && expr.notation !== "fraction" && expr.notation !== "prime")) return true;
    if (expr.kind === "symbol") return weight(expr.font) === "b" || expr.subscripts.length > 1;
    if (expr.kind === "apply" && /^([tT]r|trace|det|[dD]iag|vec|rank|softmax)$/.test(expr.fn.name)) return true;
    return (expr.kind === "product" && expr.operators.some((operator) => ["\\odot", "\\otimes", "*"].includes(operator))) || childrenOf(expr).some(isArray);
  };
  if (facts.some(({ kind }) => kind === "vectors" || kind === "layout") || table.all.some(({ shape, shapeFrom }) => shapeFrom === "declared" && (shape?.length ?? 0) > 0)) return true;
  const sides = located.flatMap(({ assertion }) => assertion.sides);
  return sides.some(isArray) || !sides.some(hasCapitalNumber);
}

/** K of `S/K` and `K^\alpha`, S of `\ln S`. */
function hasCapitalNumber(expr: Expr): boolean {
  const isCapitalLetter = (one: Expr): boolean => (one.kind === "symbol" && isCapital(one)) || (one.kind === "product" && one.factors.some(isCapitalLetter)) || (one.kind === "sum" && one.terms.some(({ expr: term }) => isCapitalLetter(term)));
  const own = expr.kind === "quotient" ? isCapitalLetter(expr.denominator) : expr.kind === "power" ? isCapitalLetter(expr.base) && !isInverse(expr) : expr.kind === "root" ? isCapitalLetter(expr.base) : expr.kind === "apply" && /^(ln|log|exp|sin|cos|tan)$/.test(expr.fn.name) && expr.args.some(isCapitalLetter);
  return own || childrenOf(expr).some(hasCapitalNumber);
}

const cache = new WeakMap<Model, Evidence>();

function evidenceOf(model: Model): Evidence {
  const known = cache.get(model);
  if (known) return known;
  const arrays = new Set<string>();
  const biases = new Set<string>();
  const numbers = new Map<string, SymbolExpr>();
  const bare = new Set<string>();
  const members = new Set<string>();
  const matrices = new Set<string>();
  const divisors = new Set<string>();
  const repeated = new Map<string, "rows" | "columns">();
  const running = new Set<string>();
  const applied = new Set<string>();
  const weights = new Map<string, Set<string>>();
  const fewest = new Map<string, number>();
  const single = new Set<string>();
  const pairs = new Set<string>();
  const rows = declaresRows(model);
  for (const located of model.located) {
    // Where another section declares the letter, it is another one.
    const isOpen = (symbol: SymbolExpr): boolean => (model.table.resolve(symbol, located)?.entity.shape ?? null) === null;
    for (const symbol of [...mappedIn(located.assertion.sides), ...summedIn(located.assertion.sides)]) biases.add(weighted(symbol));
    for (const symbol of actedOnIn(located, model).filter(isOpen)) for (const set of [arrays, bare]) set.add(weighted(symbol));
    for (const symbol of [...mapsIn(located, model), ...located.assertion.sides.flatMap(frobeniusIn)]) arrays.add(weighted(symbol));
    for (const side of located.assertion.sides) {
      for (const symbol of arraysIn(side, model).filter(isOpen)) {
        arrays.add(weighted(symbol));
        (symbol.subscripts.length ? members : bare).add(weighted(symbol));
      }
      for (const symbol of squaresIn(side).filter(isOpen)) matrices.add(weighted(symbol));
      for (const symbol of appliedIn(side, model).filter(isOpen)) applied.add(weighted(symbol));
      for (const symbol of symbolsIn(side, false)) {
        const [only, ...more] = symbol.subscripts;
        if (only?.above && !more.length) running.add(weighted(symbol));
        if (only && !more.length) single.add(`${weighted(symbol)} ${only.text}`);
        if (only && more.length === 1) pairs.add(`${baseKey(symbol)} ${only.text} ${more[0]?.text}`);
      }
      for (const symbol of [...layerWeightsIn(side), ...blocksIn(side, model), ...stackedIn(side, model)]) arrays.add(weighted(symbol));
      for (const symbol of besideInnerProducts(side).filter(isOpen)) numbers.set(weighted(symbol), symbol);
      for (const symbol of biasesIn(side, rows)) biases.add(weighted(symbol));
      for (const symbol of divisorsIn(side)) divisors.add(weighted(symbol));
      for (const symbol of besideProducts(side, isMatrixProduct)) repeated.set(weighted(symbol), "columns");
      for (const symbol of besideProducts(side, isRowsTimesWeights)) repeated.set(weighted(symbol), "rows");
      for (const symbol of symbolsIn(side, false)) fewest.set(weighted(symbol), Math.min(symbol.subscripts.length, fewest.get(weighted(symbol)) ?? Infinity));
      for (const symbol of symbolsIn(side, false).filter(isOpen)) weights.set(baseKey(symbol), (weights.get(baseKey(symbol)) ?? new Set()).add(weighted(symbol)));
    }
  }
  const states = statesIn(model);
  const isUndeclared = (symbol: SymbolExpr): boolean => !model.table.withKey(baseKey(symbol)).some(({ shape }) => shape);
  for (const symbol of states.vectors.filter(isUndeclared)) for (const set of [arrays, members]) set.add(weighted(symbol));
  for (const symbol of states.matrices.filter(isUndeclared)) matrices.add(weighted(symbol));
  // What is said of one sample is said of each.
  for (const { definition, ...place } of model.table.all) for (const symbol of definition?.instance && definition.kind === "family" ? arraysIn(definition.expr, model) : []) if (symbol.subscripts.length && (model.table.resolve(symbol, place)?.entity.shape ?? null) === null) members.add(weighted(symbol));
  for (const { assertion } of model.located) for (const symbol of [...jacobiansIn(assertion.sides), ...assertion.sides.flatMap(invertedIn)]) for (const set of [arrays, symbol.subscripts.length ? members : bare]) set.add(weighted(symbol));
  for (const { definition } of model.table.all) for (const param of definition?.kind === "function" ? definition.params : []) if (hasEntries(param, definition?.expr as Expr)) for (const set of [arrays, bare]) set.add(weighted(param));
  const transposedFunctions = new Set(model.located.flatMap(({ assertion }) => assertion.sides.flatMap(transposedFunctionsIn)));
  const vectorFunctions = new Set(model.located.flatMap(({ assertion }) => assertion.sides.flatMap(vectorFunctionsIn)));
  for (const located of model.located) for (const side of located.assertion.sides) for (const symbol of argumentsIn(side, model, located, biases)) members.add(weighted(symbol));
  const integrated = model.located.flatMap(({ assertion }) => assertion.sides.flatMap(integratedIn)).filter((fn) => !vectorFunctions.has(fn));
  const numberFunctions = new Set([...model.located.flatMap(({ assertion }) => assertion.sides.flatMap(derivativesIn).flatMap(numberFunctionsIn)), ...integrated, ...model.located.flatMap(({ assertion }) => assertion.sides.flatMap(densitiesInLogarithms))]);
  addSummedWithNumbers(model, numberFunctions, vectorFunctions);
  const smallMatrices = new Set<string>();
  for (const [matrix, ...vectors] of model.located.flatMap(({ assertion }) => assertion.sides.flatMap(layersIn))) {
    const isEntered = model.located.some(({ assertion }) => assertion.sides.some((side) => symbolsIn(side, false).some((symbol) => weighted(symbol) === weighted(matrix) && symbol.subscripts.length === 2)));
    if (!isEntered && ![matrix, ...vectors].some((symbol) => arrays.has(weighted(symbol)))) continue;
    smallMatrices.add(weighted(matrix));
    for (const vector of vectors) for (const set of [arrays, bare]) set.add(weighted(vector));
  }
  const mapped = new Set(model.located.flatMap((located) => mapsKnown(located, model, arrays)).map(weighted));
  const turned = new Set(model.located.flatMap(({ assertion }) => assertion.sides.flatMap(transposedIn)).map(weighted));
  const beside = new Set(model.located.flatMap(({ assertion }) => assertion.sides.flatMap(besideNumbers)).map(weighted).filter((key) => !turned.has(key)));
  const isWhole = (key: string): boolean => fewest.get(key) === 0;
  const collecting = new Set([...numbers].filter(([key]) => !isWhole(key)).map(([, symbol]) => weighted(capitalOf(symbol))).filter((key) => isWhole(key) && arrays.has(key)));
  const evidence = { collecting, arrays, smallMatrices, mapped, beside, biases, applied, bare, members, matrices, divisors, repeated, running, single, pairs, columns: new Set<string>(), fewest, weights, vectorFunctions, transposedFunctions, numberFunctions, rows, spatial: model.located.some(({ assertion }) => assertion.sides.some(hasCrossMatrix)), linear: hasArrays(model) };
  cache.set(model, evidence);
  for (const { assertion } of model.located) for (const symbol of assertion.sides.flatMap((side) => symbolsIn(side, false))) if (hasMemberLast(symbol, model)) evidence.columns.add(weighted(symbol));
  return evidence;
}

/** The letters of an expression that are transposed, or stand where only arrays make sense; what `\operatorname{diag}(d_1, \dots, d_n)` lists is numbers, and so is d_i of `\operatorname{diag}(d_i)`. */
export function arraysIn(expr: Expr, model: Model): SymbolExpr[] {
  const inner = expr.kind === "transpose" ? [expr.base] : expr.kind === "norm" ? [expr.body] : expr.kind === "apply" && ["tr", "Tr", "trace", "det", "diag", "vec", "crossMatrix"].includes(expr.fn.name) ? expr.args : expr.kind === "apply" && expr.fn.name === "softmax" ? expr.args.map(unscaled) : [];
  const letters = [...inner, ...kroneckerFactors(expr)].flatMap((one) => lettersOf(one, model));
  return [...(isDiagonal(expr) ? letters.filter(({ subscripts }) => !subscripts.length) : letters), ...besideArrays(expr), ...crossedIn(expr, model), ...childrenOf(expr).flatMap((child) => arraysIn(child, model))];
}

/** z of `z/\tau` and `\beta z`. */
function unscaled(expr: Expr): Expr {
  if (expr.kind === "quotient") return unscaled(expr.numerator);
  const [first, second, ...more] = expr.kind === "product" ? expr.factors : [];
  return second?.kind === "symbol" && !more.length && (first?.kind === "quotient" || (first?.kind === "symbol" && !isCapital(first))) ? second : expr;
}

export function isDiagonal(expr: Expr): boolean {
  return expr.kind === "apply" && /^[dD]iag$/.test(expr.fn.name);
}

/** R of `V^2/R`, `V/R^2` and `V/(2R)`; X, Y and Z of `\partial(u, v) / \partial(X, Y, Z)`. */
function divisorsIn(expr: Expr): SymbolExpr[] {
  const inside = childrenOf(expr).flatMap(divisorsIn);
  if (expr.kind === "derivative" && expr.of.kind === "tuple") return [...inside, ...expr.wrt.flatMap((by) => (by.kind === "tuple" ? by.items : [])).filter((item) => item.kind === "symbol")];
  if (expr.kind !== "quotient" || expr.elementwise) return inside;
  const { denominator } = expr;
  const bases = (denominator.kind === "product" ? denominator.factors : [denominator]).map((factor) => ((factor.kind === "power" && !isInverse(factor)) || factor.kind === "root" ? factor.base : factor));
  const capitals = bases.filter((base) => base.kind === "symbol" && isCapital(base) && !countLike.has(base.name));
  return bases.every(({ kind }) => kind === "symbol" || kind === "number") && capitals.length === 1 ? [...(capitals as SymbolExpr[]), ...inside] : inside;
}

/** Capitals on either side of ⊗. */
function kroneckerFactors(expr: Expr): Expr[] {
  if (expr.kind !== "product") return [];
  return expr.factors.filter((factor, at) => factor.kind === "symbol" && /^[A-Z]/.test(factor.name) && [at - 1, at].some((gap) => expr.operators[gap] === "\\otimes"));
}

/** Whether an undefined function gives vectors. */
export function givesVectors(fn: SymbolExpr, model: Model): boolean {
  return evidenceOf(model).vectorFunctions.has(weighted(fn));
}

/** Whether the values of an undefined function are transposed somewhere, as numbers are not. */
export function isTransposed(fn: SymbolExpr, model: Model): boolean {
  return evidenceOf(model).transposedFunctions.has(weighted(fn));
}

/** Whether the values of an undefined function are numbers. */
export function givesNumbers(fn: SymbolExpr, model: Model): boolean {
  return evidenceOf(model).numberFunctions.has(weighted(fn));
}

/** f of `\nabla f`, `\nabla f(x)` and `\partial f / \partial y_i`. */
function numberFunctionsIn({ notation, of, wrt }: Derivative): string[] {
  const fn = of.kind === "apply" && !of.primes ? of.fn : of.kind === "symbol" ? of : null;
  const isByEntry = wrt.length > 0 && wrt.every((by) => by.kind === "symbol" && by.subscripts.length > 0 && by.subscripts.every(({ above }) => above === undefined));
  return fn && !fn.subscripts.length && (notation === "nabla" || isByEntry) ? [weighted(fn)] : [];
}

/** g of `L = f(x) + g(z)` where L or f gives numbers, and of `g(z) + \|z\|^2`. */
function addSummedWithNumbers(model: Model, numberFunctions: Set<string>, vectorFunctions: ReadonlySet<string>): void {
  const isNumber = (expr: Expr): boolean => {
    if (expr.kind === "norm" || expr.kind === "inner" || (expr.kind === "symbol" && numberFunctions.has(weighted(expr)))) return true;
    if (expr.kind === "apply") return !expr.primes && numberFunctions.has(weighted(expr.fn));
    return expr.kind === "power" ? isNumber(expr.base) : expr.kind === "product" && expr.factors.some(isNumber);
  };
  const sums = (expr: Expr): (Expr & { kind: "sum" })[] => [...(expr.kind === "sum" ? [expr] : []), ...childrenOf(expr).flatMap(sums)];
  const found = model.located.flatMap(({ assertion: { sides } }) => {
    const whole = sides.some((side) => side.kind !== "sum" && isNumber(side)) ? sides.flatMap((side) => (side.kind === "sum" ? [side] : [])) : [];
    return [...whole, ...sides.flatMap(sums).filter(({ terms }) => terms.some(({ expr }) => isNumber(expr)))];
  });
  const applied = found.flatMap(({ terms }) => terms.flatMap(({ expr }) => (expr.kind === "product" ? (expr.factors.at(-1) ?? []) : expr)));
  // What a kernel gives is as large as what it is of.
  for (const expr of applied) if (expr.kind === "apply" && expr.args.length === 1 && !expr.primes && !vectorFunctions.has(weighted(expr.fn))) numberFunctions.add(weighted(expr.fn));
}

/** h of `\int h(x) T(x)\,dx`: a density of some kind, as capitals need not be. */
function integratedIn(expr: Expr): string[] {
  const inside = childrenOf(expr).flatMap(integratedIn);
  if (expr.kind !== "integral") return inside;
  const factors = expr.body.kind === "product" ? expr.body.factors : [expr.body];
  return [...inside, ...factors.flatMap((factor) => (factor.kind === "apply" && !factor.primes && /^[a-z]$/.test(factor.fn.name) ? [weighted(factor.fn)] : []))];
}

function vectorFunctionsIn(expr: Expr): string[] {
  const inside = childrenOf(expr).flatMap(vectorFunctionsIn);
  if (expr.kind === "transpose" && expr.base.kind === "apply" && /^[sT]$/.test(expr.base.fn.name)) return [...inside, weighted(expr.base.fn)];
  if (expr.kind !== "product") return inside;
  const own = expr.factors.flatMap((factor, i) => (factor.kind === "apply" && !factor.primes && /^(phi|varphi|psi|Phi|Psi|f|g|h|s|t|u|T)$/.test(factor.fn.name) && isSmallRow(expr.factors[i - 1]) ? [weighted(factor.fn)] : []));
  return [...own, ...inside];
}

/** π of `-\log \pi(q)`. */
function densitiesInLogarithms(expr: Expr): string[] {
  const [of] = expr.kind === "apply" && /^(log|ln)$/.test(expr.fn.name) ? expr.args : [];
  const own = of?.kind === "apply" && !of.primes && /^(p|q|pi|P)$/.test(of.fn.name) ? [weighted(of.fn)] : [];
  return [...own, ...childrenOf(expr).flatMap(densitiesInLogarithms)];
}

function transposedFunctionsIn(expr: Expr): string[] {
  const own = expr.kind === "transpose" && expr.base.kind === "apply" && !expr.base.primes ? [weighted(expr.base.fn)] : [];
  return [...own, ...childrenOf(expr).flatMap(transposedFunctionsIn)];
}

/** `w^\top`, `\nabla f(x)^\top`. */
function isSmallRow(expr: Expr | undefined): boolean {
  return expr?.kind === "transpose" && ((expr.base.kind === "symbol" && /^[a-z]/.test(expr.base.name)) || (expr.base.kind === "derivative" && expr.base.notation === "nabla"));
}

/** x in `Wx` and `w^\top x`, M in `w^\top M x`, all that `\odot` stands between, and what is added to that. */
/** u, v and w of `\frac{\partial u}{\partial v} = I + \frac{\partial w}{\partial v}`: what adds up with an identity matrix is one of vector by vector. */
function jacobiansIn(sides: readonly Expr[]): SymbolExpr[] {
  const terms = sides.flatMap((side) => (side.kind === "sum" ? side.terms.map(({ expr }) => expr) : [side]));
  if (!terms.some((term) => term.kind === "symbol" && term.name === "I")) return [];
  return terms.flatMap((term) => (term.kind === "derivative" ? [term.of, ...term.wrt] : [])).filter((part) => part.kind === "symbol");
}

/** x and θ of `(\partial F/\partial x)^{-1} \partial F/\partial\theta`, z of `(I - \partial f/\partial z)^{-1} \partial f/\partial x`. */
function invertedIn(expr: Expr): SymbolExpr[] {
  const inside = childrenOf(expr).flatMap(invertedIn);
  const inverts = (one: Expr): boolean => isInverse(one) && derivativesIn(one.base).length > 0;
  const factors = expr.kind === "product" ? expr.factors : [];
  if (!factors.some(inverts)) return inside;
  return [...inside, ...factors.flatMap(derivativesIn).flatMap(({ wrt }) => wrt.filter((one) => one.kind === "symbol"))];
}

/** y_i of `w^\top x_i - y_i` */
function besideInnerProducts(expr: Expr): SymbolExpr[] {
  const inside = childrenOf(expr).flatMap(besideInnerProducts);
  if (expr.kind !== "sum" || !expr.terms.some((term) => isInnerProduct(term.expr))) return inside;
  return [...inside, ...expr.terms.flatMap(({ expr: term }) => (term.kind === "symbol" && term.subscripts.length === 1 && /^[a-z]$/.test(term.name) ? [term] : []))];
}

function besideArrays(expr: Expr): SymbolExpr[] {
  if (expr.kind === "sum" && expr.terms.some((term) => isEntrywise(term.expr))) return expr.terms.flatMap((term) => (term.expr.kind === "symbol" ? [term.expr] : []));
  if (expr.kind !== "product") return [];
  const { factors, operators } = expr;
  const last = factors[factors.length - 1];
  const row = factors[factors.length - 2];
  const mapped = isMatrixTimesVector(expr) && !symbolsIn(expr, false).some(({ name, subscripts }) => name === "t" || countLike.has(name) || subscripts.some((one) => one.expr.kind !== "number")) && last?.kind === "symbol" ? [last] : [];
  // x of `w^\top x`, and of `w^\top A x`: nobody writes a number behind a row.
  const isMapped = row !== undefined && isCapitalMatrix(row) && isSmallRow(factors[factors.length - 3]) && operators.every((operator) => operator === "");
  const isColumn = last?.kind === "symbol" && !last.tags.length && /^[a-z]/.test(last.name) && (isSmallRow(row) || (isMapped && last.name !== "t" && !last.subscripts.length));
  const crossed = factors.filter((factor, i) => isCrossMatrix(factors[i - 1]) && isSmallLetter(factor)) as SymbolExpr[];
  const entrywise = factors.filter((_, i) => [operators[i - 1], operators[i]].includes("\\odot"));
  const between = factors.filter((factor, i) => factors[i - 1]?.kind === "transpose" && i < factors.length - 1 && factor.kind === "symbol" && /^[A-Z]$/.test(factor.name) && !factor.subscripts.length);
  return [...mapped, ...(isColumn ? [last] : []), ...(between as SymbolExpr[]), ...crossed, ...entrywise.filter((factor) => factor.kind === "symbol")];
}

/** Σ_k of `a^\top \Sigma_k^{-1} b`, `a^\top \Sigma_k a` and `\det \Sigma_k` */
function squaresIn(expr: Expr): SymbolExpr[] {
  const isMember = (one: Expr | undefined): one is SymbolExpr => one?.kind === "symbol" && isCapital(one) && one.subscripts.length === 1 && !(countLike.has(one.name) && weight(one.font) === "");
  const { factors } = expr.kind === "product" ? expr : { factors: [] };
  const between = factors.flatMap((factor, i) => {
    const [before, after] = [factors[i - 1], factors[i + 1]];
    if (before?.kind !== "transpose" || !after) return [];
    return isInverse(factor) ? [factor.base] : same(before.base, after) ? [factor] : [];
  });
  const own = expr.kind === "apply" && /^(det|tr|Tr|trace)$/.test(expr.fn.name) ? expr.args : between;
  return [...own.filter(isMember), ...childrenOf(expr).flatMap(squaresIn)];
}

/** b of `a \times b` and `b \times a` with an a that is declared in space. */
function crossedIn(expr: Expr, model: Model): SymbolExpr[] {
  if (expr.kind !== "product") return [];
  const { factors, operators } = expr;
  const isSpatial = (factor: Expr | undefined): boolean => factor?.kind === "symbol" && model.table.withKey(baseKey(factor)).some(({ shape }) => shape?.join() === "3,1");
  return factors.filter((factor, i): factor is SymbolExpr => isSmallLetter(factor) && ((operators[i] === "\\times" && isSpatial(factors[i + 1])) || (operators[i - 1] === "\\times" && isSpatial(factors[i - 1]))));
}

function hasCrossMatrix(expr: Expr): boolean {
  return isCrossMatrix(expr) || childrenOf(expr).some(hasCrossMatrix);
}

/** `[a]_\times`, and its powers and transpose. */
function isCrossMatrix(expr: Expr | undefined): boolean {
  if (expr?.kind === "power" || expr?.kind === "transpose") return isCrossMatrix(expr.base);
  return expr?.kind === "apply" && expr.fn.name === "crossMatrix";
}

/** y and p of `X^\top(y - p)`. */
function appliedIn(expr: Expr, model: Model): SymbolExpr[] {
  const inside = childrenOf(expr).flatMap((child) => appliedIn(child, model));
  const [matrix, sum] = expr.kind === "product" && expr.operators[expr.operators.length - 1] === "" ? expr.factors.slice(-2) : [];
  if (!matrix || sum?.kind !== "sum" || !(matrix.kind === "transpose" ? isMatrix(matrix, model) : isDeclaredMatrix(matrix, model))) return inside;
  const terms = sum.terms.map((term) => term.expr);
  const symbols = terms.filter((term): term is SymbolExpr => term.kind === "symbol" && /^[a-z]/.test(term.name));
  const isApplied = terms.length > 1 && terms.every((term) => ["product", "apply"].includes(term.kind) || symbols.includes(term as SymbolExpr));
  return isApplied ? [...symbols, ...inside] : inside;
}

/** `A`, `A^\top`, `A^{-1}` */
function isCapitalMatrix(expr: Expr): boolean {
  return expr.kind === "transpose" || isInverse(expr) ? isCapitalMatrix(expr.base) : expr.kind === "symbol" && isCapital(expr);
}

function isEntrywise(expr: Expr): boolean {
  return expr.kind === "product" && expr.operators.includes("\\odot");
}

/** b and x of `Wx + b`, h and x of `Wh + Ux`: a capital's product with a letter beside a bias, which has an entry for each row, or beside another; b of `hW + b` where vectors are rows. */
function biasesIn(expr: Expr, ofRows: boolean): SymbolExpr[] {
  const inside = [...childrenOf(expr).flatMap((child) => biasesIn(child, ofRows)), ...besideTransposed(expr)];
  if (expr.kind !== "sum") return inside;
  if (expr.terms.some((term) => isMatrixProduct(term.expr))) inside.push(...expr.terms.flatMap((term) => repeatedBias(term.expr)), ...besideProducts(expr, isMatrixProduct));
  const vectors = expr.terms.flatMap((term) => {
    const map = untransposed(term.expr);
    return isMatrixTimesVector(map) ? [map.factors[1] as SymbolExpr] : [];
  });
  if (!vectors.length && !(ofRows && expr.terms.some((term) => isRowTimesMatrix(term.expr)))) return inside;
  const biases = expr.terms.flatMap((term) => (isBias(term) ? [term.expr as SymbolExpr] : []));
  return [...biases, ...(biases.length + vectors.length > 1 ? vectors : []), ...inside];
}

/** b of `XW + b` and `WX + b`, which is added to each row or each column. */
function besideProducts(expr: Expr, isProduct: (product: Expr) => boolean): SymbolExpr[] {
  if (expr.kind !== "sum" || !expr.terms.some((term) => isProduct(term.expr))) return childrenOf(expr).flatMap((child) => besideProducts(child, isProduct));
  return expr.terms.flatMap((term) => (isBias(term) ? [term.expr as SymbolExpr] : []));
}

/** `XW`, `A_1 W_2^\top`: the weights last. */
function isRowsTimesWeights(expr: Expr): boolean {
  const last = isMatrixProduct(expr) && expr.kind === "product" ? expr.factors[expr.factors.length - 1] : undefined;
  const base = last?.kind === "transpose" ? last.base : last;
  return base?.kind === "symbol" && /^(W|U|V|Theta)$/.test(base.name);
}

/** b of `db = \operatorname{rowsum}(dZ)` */
function summedIn([left, ...sides]: readonly Expr[]): SymbolExpr[] {
  const by = left?.kind === "differential" ? left.of : left?.kind === "derivative" ? left.wrt[0] : undefined;
  const sums = (expr: Expr): boolean => (expr.kind === "apply" && ["rowSums", "columnSums"].includes(wordOf(expr.fn.name)?.fn ?? "")) || childrenOf(expr).some(sums);
  return by?.kind === "symbol" && /^[a-z]$/.test(by.name) && sides.some(sums) ? [by] : [];
}

/** b in `b \mathbf{1}^\top` and `\mathbf{1} b^\top`, which stand beside a matrix. */
function repeatedBias(expr: Expr): SymbolExpr[] {
  const [column, row] = expr.kind === "product" && expr.factors.length === 2 ? expr.factors : [];
  if (column?.kind !== "symbol" || row?.kind !== "transpose" || row.base.kind !== "symbol") return [];
  return [column, row.base].some(({ name }) => name === "1") ? [column, row.base].filter(({ name }) => /^[a-z]/.test(name)) : [];
}

/** `WX`, `XW^\top` */
function isMatrixProduct(expr: Expr): boolean {
  return expr.kind === "product" && expr.factors.map((factor) => (factor.kind === "transpose" ? factor.base : factor)).every((base) => base.kind === "symbol" && isCapital(base));
}

/** x_i of `h(x_i)`, where h is defined of a vector. */
function argumentsIn(expr: Expr, model: Model, place: Place, vectors: ReadonlySet<string>): SymbolExpr[] {
  const inside = childrenOf(expr).flatMap((child) => argumentsIn(child, model, place, vectors));
  const definition = expr.kind === "apply" ? model.table.resolve(expr.fn, place)?.entity.definition : null;
  if (expr.kind !== "apply" || definition?.kind !== "function") return inside;
  const own = expr.args.filter((arg, i): arg is SymbolExpr => {
    const param = definition.params[i];
    return arg.kind === "symbol" && arg.subscripts.length === 1 && param !== undefined && vectors.has(weighted(param));
  });
  return [...own, ...inside];
}

/** W^l of `W^l a^{l-1}`, W^l and A^{l-1} of `W^l A^{l-1}`: the weights between layers are no numbers. */
function layerWeightsIn(expr: Expr): SymbolExpr[] {
  const factors = isMatrixTimesVector(expr) ? expr.factors.slice(0, 1) : isMatrixTimesMatrix(expr) ? expr.factors : [];
  const [matrix] = factors;
  const own = matrix?.kind === "symbol" && numbered(matrix) && !countLike.has(matrix.name) ? (factors as SymbolExpr[]) : [];
  return [...own, ...childrenOf(expr).flatMap(layerWeightsIn)];
}

/** w, a and b of `w^l a^{l-1} + b^l`, in small letters with different numbers above them. */
function layersIn(expr: Expr): (readonly [SymbolExpr, ...SymbolExpr[]])[] {
  const inside = childrenOf(expr).flatMap(layersIn);
  if (expr.kind !== "sum") return inside;
  const isLayered = (one: Expr | undefined): one is SymbolExpr => one?.kind === "symbol" && /^[a-z]$/.test(one.name) && numbered(one) !== null;
  const terms = expr.terms.map((term) => term.expr);
  const pair = terms.find((term) => term.kind === "product" && term.factors.length === 2 && term.operators[0] === "" && term.factors.every(isLayered));
  const [matrix, vector] = pair?.kind === "product" ? (pair.factors as SymbolExpr[]) : [];
  const biases = terms.filter((term) => term !== pair);
  if (!matrix || !vector || terms.length !== 2 || !biases.every(isLayered) || matrix.tags[0]?.text === vector.tags[0]?.text) return inside;
  return [[matrix, vector, ...biases], ...inside];
}

/** `Wx` for `W^\top x`. */
function untransposed(expr: Expr): Expr {
  const [first, ...rest] = expr.kind === "product" ? expr.factors : [];
  return expr.kind === "product" && first?.kind === "transpose" ? { ...expr, factors: [first.base, ...rest] } : expr;
}

/** B and C beside a declared matrix in a matrix of blocks, and d_s of `[d_s; d_a]` beside vectors s and a. */
function blocksIn(expr: Expr, model: Model): SymbolExpr[] {
  const cells = expr.kind === "matrix" ? childrenOf(expr) : [];
  const named = cells.filter((cell): cell is SymbolExpr => cell.kind === "symbol" && model.table.namedByArrays.has(fullKey(cell)));
  const own = cells.some((cell) => isMatrix(cell, model)) ? cells.flatMap((cell) => (cell.kind === "transpose" ? [cell.base] : [cell])).filter((cell): cell is SymbolExpr => cell.kind === "symbol" && /^[A-Z]$/.test(cell.name)) : [];
  return [...named, ...own, ...childrenOf(expr).flatMap((child) => blocksIn(child, model))];
}

/** x and y of a column that stands beside blocks: `\begin{bmatrix} A & B \\ B^\top & C \end{bmatrix} \begin{bmatrix} x \\ y \end{bmatrix}`. */
function stackedIn(expr: Expr, model: Model): SymbolExpr[] {
  const inside = childrenOf(expr).flatMap((child) => stackedIn(child, model));
  const displays = expr.kind === "product" ? expr.factors.map((factor) => (factor.kind === "transpose" || factor.kind === "power" ? factor.base : factor)).filter((one) => one.kind === "matrix") : [];
  if (!displays.some(({ rows }) => rows.some((row) => row.length > 1 && row.some(({ expr: cell }) => cell && isMatrix(cell, model))))) return inside;
  const cells = displays.filter(({ rows }) => rows.length > 1 && rows.every(({ length }) => length === 1)).flatMap(childrenOf);
  const letters = cells.flatMap((cell) => (cell.kind === "sum" ? cell.terms.map((term) => term.expr) : [cell])).filter((cell) => cell.kind === "symbol");
  return [...inside, ...letters];
}

/** x of `w^\top x`. */
function besideTransposed(expr: Expr): SymbolExpr[] {
  if (expr.kind !== "product") return [];
  return expr.factors.filter((factor, i): factor is SymbolExpr => {
    const before = expr.factors[i - 1];
    return isSmallLetter(factor) && before?.kind === "transpose" && isSmallLetter(before.base) && expr.operators[i - 1] === "";
  });
}

function isSmallLetter(expr: Expr): boolean {
  return expr.kind === "symbol" && /^[a-z]/.test(expr.name) && !expr.subscripts.length && !expr.tags.length;
}

/** y and x of `y = Wx`, `y = W^\top x`, `y = W^{-1}x`, where both are small letters. */
function mappedIn([left, right]: readonly Expr[]): SymbolExpr[] {
  const product = right && mapsByItself(right);
  if (left?.kind !== "symbol" || !/^[a-z]$/.test(left.name) || !product || !isMatrixTimesVector(product)) return [];
  const [matrix, vector] = product.factors as [SymbolExpr, SymbolExpr];
  return countLike.has(matrix.name) || left.subscripts.length || vector.subscripts.length ? [] : [left, vector];
}

/** `Wx` for `W^\top x`, `W^{-1}x` and `W^{-\top}x`. */
function mapsByItself(expr: Expr): Expr {
  const plain = untransposed(expr);
  const [first, ...rest] = plain.kind === "product" ? plain.factors : [];
  return plain.kind === "product" && first && isInverse(first) ? untransposed({ ...plain, factors: [first.base, ...rest] }) : plain;
}

/** x, u and w of `x_k = A x_{k-1} + B u_k + w_k`, and e and y of `e_k = x_k - y_k` beside it: what a matrix maps to the next of its kind is a vector, and so is what adds up with vectors; and K of `\hat x_k = \bar x_k + K_k(z_k - H \bar x_k)`. */
function statesIn(model: Model): { readonly vectors: readonly SymbolExpr[]; readonly matrices: readonly SymbolExpr[] } {
  const sums = model.located.map(({ assertion: { sides } }) => ({ sides, letters: sides.flatMap(addedIn) }));
  const found = new Map(sums.filter(({ sides }) => isStep(sides)).flatMap(({ letters }) => letters).map((letter) => [weighted(letter), letter]));
  const isOfStates = ({ letters }: { letters: readonly SymbolExpr[] }): boolean => letters.some((letter) => found.has(weighted(letter)));
  for (let before = 0; before < found.size; ) {
    before = found.size;
    for (const sum of sums) if (isOfStates(sum)) for (const letter of sum.letters) found.set(weighted(letter), letter);
  }
  return { vectors: [...found.values()], matrices: sums.filter(isOfStates).flatMap(({ sides }) => sides.flatMap(termsOf).flatMap(matrixBefore)) };
}

/** A_k of `A_k x_k` and `A_k(x_k - y_k)` */
function matrixBefore(term: Expr): SymbolExpr[] {
  const [matrix, of, ...more] = term.kind === "product" ? term.factors : [];
  return matrix?.kind === "symbol" && isCapital(matrix) && matrix.subscripts.length === 1 && !more.length && (of?.kind === "sum" || isMember(of)) ? [matrix] : [];
}

/** `x_k = A x_{k-1} + w_k` */
function isStep([left, ...sides]: readonly Expr[]): boolean {
  const maps = sides.flatMap(termsOf).filter(isMatrixTimesVector).map(({ factors }) => factors as [SymbolExpr, SymbolExpr]);
  return isMember(left) && maps.some(([matrix, vector]) => !countLike.has(matrix.name) && isMember(vector) && vector.name === left.name && vector.subscripts[0]?.text !== left.subscripts[0]?.text);
}

/** x, u and w of `A x_{k-1} + B u_k + w_k` */
function addedIn(side: Expr): SymbolExpr[] {
  return termsOf(side).map((term) => (isMatrixTimesVector(term) ? term.factors[1] : term)).filter(isMember);
}

function termsOf(expr: Expr): Expr[] {
  return expr.kind === "sum" ? expr.terms.map((term) => term.expr) : [expr];
}

/** `x_k` */
function isMember(expr: Expr | undefined): expr is SymbolExpr {
  return expr?.kind === "symbol" && /^[a-z]$/.test(expr.name) && expr.subscripts.length === 1 && expr.subscripts[0]?.above === undefined;
}

/** A and B of `\dot x = Ax + Bu`, K of `u = -Kx`, where all the small letters are declared vectors. */
function mapsIn({ assertion: { sides, links }, ...place }: Located, model: Model): SymbolExpr[] {
  const [left, right] = sides;
  if (left?.kind !== "symbol" || !right || sides.length !== 2 || links[0]?.operator !== "=") return [];
  const terms = (right.kind === "sum" ? right.terms.map(({ expr }) => expr) : [right]).map((term) => (isMatrixTimesVector(term) ? (term.factors as [SymbolExpr, SymbolExpr]) : null));
  const isVector = (symbol: SymbolExpr): boolean => model.table.resolve({ ...symbol, accents: symbol.accents.filter((accent) => accent !== "dot") }, place)?.entity.shape?.includes("1") === true;
  return terms.every((pair) => pair && isVector(pair[1])) && isVector(left) ? terms.flatMap((pair) => (pair ? [pair[0]] : [])) : [];
}

/** a of `z = \sigma(a)` where z is declared as a vector. */
function actedOnIn({ assertion: { sides: [left, right], links }, ...place }: Located, model: Model): SymbolExpr[] {
  const shape = left?.kind === "symbol" && right && links[0]?.operator === "=" ? model.table.resolve(left, place)?.entity.shape : null;
  if (!right || !shape?.includes("1") || shape.every((dim) => dim === "1")) return [];
  const isActivation = ({ fn, primes, args }: Expr & { kind: "apply" }): boolean => !primes && args.length === 1 && /^(sigma|phi|rho|sigmoid|tanh|relu|softplus|exp|gelu|silu)$/.test(wordOf(fn.name)?.fn ?? fn.name) && !model.table.resolve(fn, place)?.entity.definition;
  return right.kind === "apply" && isActivation(right) ? right.args.filter((arg): arg is SymbolExpr => arg.kind === "symbol" && /^[a-z]/.test(arg.name)) : [];
}

/** What maps an array or is mapped by one: where one of the letters is an array, none of them is a number. */
function mapsKnown({ assertion: { sides }, ...place }: Located, model: Model, arrays: ReadonlySet<string>): SymbolExpr[] {
  const isArray = (symbol: SymbolExpr): boolean => {
    const shape = model.table.resolve(symbol, place)?.entity.shape;
    return shape ? shape.some((dim) => dim !== "1") : arrays.has(weighted(symbol));
  };
  return [...sides.flatMap((side) => mapsBeside(side, isArray)), ...mapsAlone(sides, isArray)];
}

function besideNumbers(expr: Expr): SymbolExpr[] {
  const terms = expr.kind === "sum" ? expr.terms.map((term) => term.expr) : [];
  const own = terms.some((term) => term.kind === "number") ? terms.filter((term): term is SymbolExpr => term.kind === "symbol" && !term.subscripts.length) : [];
  return [...own, ...childrenOf(expr).flatMap(besideNumbers)];
}

/** The letters that are transposed somewhere in an expression. */
export function transposedIn(expr: Expr): SymbolExpr[] {
  return [...(expr.kind === "transpose" && expr.base.kind === "symbol" ? [expr.base] : []), ...childrenOf(expr).flatMap(transposedIn)];
}

/** A and x of `Ax + b`, `A^\top x - b` and `\|Ax\|`, X and W of `XW + b`, where one of them is an array; time and counts may stand so as well. */
function mapsBeside(expr: Expr, isArray: (symbol: SymbolExpr) => boolean): SymbolExpr[] {
  const inside = childrenOf(expr).flatMap((child) => mapsBeside(child, isArray));
  const terms = expr.kind === "sum" ? expr.terms.map((term) => term.expr) : expr.kind === "norm" ? [expr.body] : [];
  const isBiased = terms.some((term) => term.kind === "symbol" && /^[a-z]$/.test(term.name));
  const pairs = terms.map(untransposed).flatMap((term) => (isMatrixTimesVector(term) || (isBiased && isMatrixTimesMatrix(term)) ? [term.factors as [SymbolExpr, SymbolExpr]] : []));
  const mayMap = ([matrix, other]: readonly [SymbolExpr, SymbolExpr]): boolean => isArray(matrix) || (isArray(other) && !countLike.has(matrix.name));
  return [...pairs.filter(([matrix, other]) => mayMap([matrix, other]) && (isArray(other) || other.name !== "t")).flat(), ...inside];
}

/** x of `Ax + b` where A is surely an array. */
export function mappedBySureArrays(expr: Expr, model: Model): SymbolExpr[] {
  return mapsBeside(expr, (symbol) => isCapital(symbol) && isSurelyArray(baseKey(symbol), model)).filter((symbol) => !isCapital(symbol));
}

/** A and x of `u = Ax`, where one of the three is an array. */
function mapsAlone(sides: readonly Expr[], isArray: (symbol: SymbolExpr) => boolean): SymbolExpr[] {
  const [image, vector] = mappedIn(sides);
  const map = sides[1] && mapsByItself(sides[1]);
  const matrix = map?.kind === "product" ? (map.factors[0] as SymbolExpr) : undefined;
  return image && vector && matrix && [image, vector, matrix].some(isArray) ? [matrix, vector] : [];
}

/** A and X of `\\|AX - B\\|_F`. */
function frobeniusIn(expr: Expr): SymbolExpr[] {
  const isFrobenius = expr.kind === "norm" && expr.which?.kind === "symbol" && expr.which.name === "F";
  return [...(isFrobenius ? symbolsIn(expr.body, false).filter(isCapital) : []), ...childrenOf(expr).flatMap(frobeniusIn)];
}

function isBias({ sign, expr }: { readonly sign: 1 | -1; readonly expr: Expr }): boolean {
  return sign === 1 && expr.kind === "symbol" && /^[a-z]$/.test(expr.name);
}

function isMatrixTimesVector(expr: Expr): expr is Expr & { kind: "product" } {
  if (expr.kind !== "product" || expr.operators.some((operator) => operator !== "")) return false;
  const [matrix, vector] = expr.factors;
  return expr.factors.length === 2 && matrix?.kind === "symbol" && /^[A-Z]$/.test(matrix.name) && vector?.kind === "symbol" && /^([a-z]|alpha|beta|theta)$/.test(vector.name);
}

/** `hW` */
function isRowTimesMatrix(expr: Expr): boolean {
  return expr.kind === "product" && isMatrixTimesVector({ ...expr, factors: [...expr.factors].reverse() });
}

function isMatrixTimesMatrix(expr: Expr): expr is Expr & { kind: "product" } {
  return expr.kind === "product" && expr.operators.every((operator) => operator === "") && expr.factors.length === 2 && expr.factors.every((factor) => factor.kind === "symbol" && /^[A-Z]$/.test(factor.name));
}

function lettersOf(expr: Expr, model: Model): SymbolExpr[] {
  if (expr.kind === "symbol") return [expr];
  // What follows a matrix is an array: `\|Xw - y\|`.
  if (expr.kind === "product" && expr.factors.slice(0, -1).some((factor) => isMatrix(factor, model))) return lettersOf(expr.factors[expr.factors.length - 1] as Expr, model);
  // `\|w^\top x_i - y_i\|` is the size of a number.
  if (expr.kind === "sum" && expr.terms.some((term) => isInnerProduct(term.expr))) return [];
  if (expr.kind === "sum" && expr.terms.some((term) => isMatrixTimesVector(term.expr))) return expr.terms.filter((term) => !isBias(term)).flatMap((term) => lettersOf(term.expr, model));
  return expr.kind === "sum" || expr.kind === "transpose" ? childrenOf(expr).flatMap((child) => lettersOf(child, model)) : [];
}
