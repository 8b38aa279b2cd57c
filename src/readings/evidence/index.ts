/** What the way in which a text writes its letters tells of them, gathered once. */
import { childrenOf, derivativesIn, type Expr, isInverse, type SymbolExpr, symbolsIn } from "../../semantics/expression";
import type { Model } from "../../semantics/model";
import type { Entity } from "../../semantics/symbols/entity";
import { baseKey, weight } from "../../semantics/symbols/key";
import { hasEntries } from "../../semantics/symbols/members";
import { actedOnIn, appliedIn, arraysIn, besideInnerProducts, blocksIn, enteredIn, frobeniusIn, hasCrossMatrix, invertedIn, jacobiansIn, squaresIn, stackedIn, transposedIn } from "./arrays";
import { besideProducts, biasesIn, isRowsTimesWeights, summedIn } from "./biases";
import { addSummedWithNumbers, argumentsIn, densitiesInLogarithms, integratedIn, numberFunctionsIn, transposedFunctionsIn, vectorFunctionsIn } from "./functions";
import { capitalOf, countLike, isCapital, isMatrixProduct, weighted } from "./letters";
import { layersIn, layerWeightsIn, mappedIn, mapsIn, mapsKnown, statesIn } from "./maps";

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
  readonly columns: ReadonlySet<string>;
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

export function evidenceOf(model: Model): Evidence {
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
      for (const symbol of enteredIn(side, model, located).filter(isOpen)) for (const set of [arrays, bare]) set.add(weighted(symbol));
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
  const columns = new Set(model.located.flatMap(({ assertion }) => assertion.sides.flatMap((side) => symbolsIn(side, false))).filter((symbol) => isMemberLast(symbol, { single, pairs })).map(weighted));
  const evidence = { collecting, arrays, smallMatrices, mapped, beside, biases, applied, bare, members, matrices, divisors, repeated, running, single, pairs, columns, fewest, weights, vectorFunctions, transposedFunctions, numberFunctions, rows, spatial: model.located.some(({ assertion }) => assertion.sides.some(hasCrossMatrix)), linear: hasArrays(model) };
  cache.set(model, evidence);
  return evidence;
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

function besideNumbers(expr: Expr): SymbolExpr[] {
  const terms = expr.kind === "sum" ? expr.terms.map((term) => term.expr) : [];
  const own = terms.some((term) => term.kind === "number") ? terms.filter((term): term is SymbolExpr => term.kind === "symbol" && !term.subscripts.length) : [];
  return [...own, ...childrenOf(expr).flatMap(besideNumbers)];
}

/** See `hasMemberLast`. */
export function isMemberLast(symbol: SymbolExpr, { single, pairs }: Pick<Evidence, "single" | "pairs">): boolean {
  const [one, other] = symbol.subscripts.map(({ text }) => text);
  const [first, second, ...more] = symbol.subscripts.map(({ text }) => single.has(`${weighted(symbol)} ${text}`));
  return second === true && !first && !more.length && !pairs.has(`${baseKey(symbol)} ${other} ${one}`);
}
