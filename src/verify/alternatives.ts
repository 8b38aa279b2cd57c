/**
 * The readings of a claim after the document's own, in the order in which they
 * are tried: other meanings of the same notation first, which leave a verdict
 * as it is, then other layouts.
 */
import { Kept } from "../base/kept";
import { isExample } from "../semantics/declarations/definitions";
import { isMeant } from "../semantics/declaring";
import { childrenOf, derivativesIn, type Expr, hasRate, type SymbolExpr, symbolsIn } from "../semantics/expression";
import type { Located, Model } from "../semantics/model";
import type { Definition, Entity } from "../semantics/symbols/entity";
import { freeLetters } from "../semantics/pair-sums";
import { baseKey, fullKey, otherCase, taggedKey } from "../semantics/symbols/key";
import type { Place } from "../semantics/symbols/table";
import { isNoise } from "../readings/expectations";
import { isPhi } from "../readings/applications";
import { canonical, isSoftmax, statedSoftmax } from "../readings/functions";
import { isOfColumns, kindOf } from "../readings/guess";
import { isSum, statedSum } from "../readings/kronecker";
import { looksLikeLoss } from "../readings/numerators";
import { isMatrixFunction } from "../readings/matrix-functions";
import { isEntryPower, isTracePower } from "../readings/powers";
import { multiplies, multipliesDerivative, writesHadamard } from "../readings/hadamards";
import type { Reading } from "../readings/reading";
import { toldSide } from "../readings/told-samples";
import { isOpenArgument, isOpenSlash } from "../readings/extents";
import { otherDefinitions } from "../readings/restated";
import { classLetter } from "../readings/running";
import type { Claim } from "./claim";
import { ownStep } from "./own-step";
import { chosenPairs, pairsOfClaim } from "./two-members";
import { fedBack, turnedRound } from "./turned-round";
import { differentialsIn } from "./varying";

/** So many meanings of a letter are tried. */
const mostRestated = 3;
/** So many letters are tried as the variable of a gradient. */
const mostVariables = 4;
/** What the same notation may mean by itself. */
const spellings = ["sigma", "phi", "gradientBy", "dot", "bars", "sizes", "slices", "softmax", "members", "classes", "steps", "factors", "norms", "slashes", "arguments", "factorsByEntries", "arraysOfLosses"] as const;

/** Another meaning of the same notation, with the document's definitions and layout. */
export function spellsOtherwise(reading: Reading, home: Reading): boolean {
  return sameLayout(reading, home) && spellings.some((field) => reading[field] !== home[field]);
}

export function opposite(reading: Reading): Reading {
  return { ...reading, gradient: reading.gradient === "denominator" ? "numerator" : "denominator", jacobian: reading.jacobian === "denominator" ? "numerator" : "denominator" };
}

/** Two of the other readings at once, where they speak of different things. */
export function inTwoWays(home: Reading, others: readonly Reading[]): Reading[] {
  const fields = Object.keys(home) as (keyof Reading)[];
  const ways = others.filter((other) => sameLayout(other, home)).map((other) => ({ other, changed: fields.filter((field) => other[field] !== home[field]) }));
  const both = ways.flatMap(({ other, changed }, at) =>
    ways.slice(at + 1).flatMap((further) => (further.changed.some((field) => changed.includes(field)) ? [] : [{ ...other, ...Object.fromEntries(further.changed.map((field) => [field, further.other[field]])) }])),
  );
  return [...new Map(both.map((reading) => [JSON.stringify(reading), reading])).values()];
}

export function sameLayout(a: Reading, b: Reading): boolean {
  return a.gradient === b.gradient && a.jacobian === b.jacobian && a.transposedLeft === b.transposedLeft && a.partial === b.partial;
}

/** The readings after the document's own: scopes and orientation first, which leave the verdict as it is, then layouts. */
export function otherReadings(claim: Claim, home: Reading, model: Model, byChance: boolean): Reading[] {
  const out: Reading[] = byChance ? [{ ...home, chance: "independent" }] : [];
  if (usesLaterDefinitions(claim, model)) out.push({ ...home, later: "free" });
  const dropped: Reading = { ...home, indices: "dropped" };
  if (dropsIndices(claim, model)) out.push(dropped, ...(usesLaterDefinitions(claim, model) ? [{ ...dropped, later: "free" } as const] : []));
  // The derivative of a symbol needs its definition; where that stands in the same section, or nothing needs one, letters may be new.
  if ((derivesWrittenOut(claim, model) || derivesItsOwn(claim, model)) && usesOtherSections(claim, model) && !isOfArrays(claim, model)) out.push({ ...home, fresh: true });
  for (let restated = 1; restated <= mostRestated && uses(claim, model, (entity) => otherDefinitions(model, entity, claim.located).length >= restated); restated++) out.push({ ...home, restated });
  if (uses(claim, model, (entity) => entity.definition !== null && isExample(entity.definition.expr))) out.push({ ...home, examples: home.examples === "free" ? "values" : "free" });
  out.push(...spectralReadings(claim, model, { ...home, spectra: "of" }).filter(({ spectra }) => spectra !== home.spectra));
  // Rows of X stand as rows or as columns.
  if (uses(claim, model, ({ slices, orientation }) => slices?.by === "row" && orientation === null)) out.push({ ...home, slices: home.slices === "rows" ? "columns" : "rows" });
  const data = givenData(claim, model);
  if (data.length) out.push({ ...home, variables: [...home.variables, ...data] });
  const beside = writtenBeside(claim, model);
  if (beside.length) out.push({ ...home, variables: [...home.variables, ...beside] });
  if (home.gradientBy === 0 && leavesVariableOut(claim)) for (let by = 1; by <= mostVariables; by++) out.push({ ...home, gradientBy: by });
  const own = ownParameters(claim, model);
  if (own.length) out.push({ ...home, variables: [...home.variables, ...own] });
  const solved = solvedLater(claim, model);
  if (solved.length) out.push({ ...home, variables: [...home.variables, ...solved] });
  const turned = turnedRound(involvedIn(model, claim), claim.located, model);
  if (turned.length) out.push({ ...home, variables: [...home.variables, ...turned] });
  for (const key of fedBack(involvedIn(model, claim), claim.located, model)) out.push({ ...home, variables: [...home.variables, key] });
  out.push(...sampleReadings(claim, home, model));
  // A one-hot y_j tells both cases.
  const tells = [claim.left, claim.right].flatMap((side) => symbolsIn(side, false)).some((symbol) => symbol.subscripts.length > 0 && model.table.resolve(symbol, claim.located)?.entity.properties.has("oneHot"));
  const apart: Reading[] = pairsOfClaim(claim, model, definitionsOf(model, claim)).size || (!tells && chosenPairs(claim, model, definitionsOf(model, claim)).length) ? [{ ...home, members: "different" }] : [];
  out.push(...apart);
  if (hasPairsWith(claim, model)) out.push({ ...home, pairs: "first" });
  if (classLetter(model) !== null && uses(claim, model, ({ properties }) => properties.has("oneHot"))) out.push({ ...home, classes: "named" }, { ...home, classes: "named", members: "among" });
  if (worksExample(claim, model)) out.push({ ...home, sizes: "example" });
  if (/^(said|likely)$/.test(ownStep(claim, model) ?? "")) out.push({ ...home, steps: "own" });
  if (differentiatesFree(claim, model)) out.push({ ...home, losses: "section" });
  if (softmaxUnsaid(claim, model) && hasColumns(model)) out.push({ ...home, softmax: "columns" });
  const since = topicOf(claim, model);
  if (since > 0) out.push({ ...home, since });
  if (!home.equalSizes) out.push({ ...home, equalSizes: true });
  if ([claim.left, claim.right].some(mentionsSigma) || [...model.table.all].some((entity) => entity.definition !== null && mentionsSigma(entity.definition.expr))) out.push(...[home, ...apart, ...sampleReadings(claim, home, model)].map((reading) => ({ ...reading, sigma: "sigmoid" as const })));
  // What another section calls σ may be another function than this one's.
  if ([claim.left, claim.right].some(mentionsSigma) && uses(claim, model, ({ isFunction, symbol, section }) => isFunction && symbol.name === "sigma" && section !== claim.located.section)) out.push({ ...home, fresh: true, sigma: "sigmoid" });
  if (involves(claim, model, (expr) => isPhi(expr) && expr.kind === "apply" && expr.fn.name === "Phi")) out.push({ ...home, phi: "normal" });
  if (involves(claim, model, isTracePower)) out.push({ ...home, traces: "inner" });
  if (involves(claim, model, isEntryPower)) out.push({ ...home, entryPowers: "inner" }, { ...home, entryPowers: "raised" });
  if (involves(claim, model, (expr) => expr.kind === "norm" && expr.which !== null && hasMatrix(expr.body, claim, model))) out.push({ ...home, norms: "induced" });
  const diagonals: Reading[] = involves(claim, model, (expr) => expr.kind === "apply" && canonical(expr.fn.name) === "diag" && expr.args.some((arg) => arg.kind !== "symbol" || hasMatrix(arg, claim, model))) ? [{ ...home, diagonals: "matrices" }] : [];
  out.push(...diagonals);
  if (statedSum(model) === null && involves(claim, model, isSum)) out.push({ ...home, sums: "blocks" });
  if (involves(claim, model, (expr) => expr.kind === "big" && expr.operator === "product")) out.push({ ...home, factors: "rising" });
  if (involves(claim, model, isOpenArgument)) out.push({ ...home, arguments: "factor" }, { ...home, arguments: "fractions" });
  if (involves(claim, model, isOpenSlash)) out.push({ ...home, slashes: "factor" }, { ...home, slashes: "letters" });
  if ([claim.left, claim.right].some(multipliesDerivative)) out.push({ ...home, factorsByEntries: "diagonals" });
  if (involves(claim, model, ({ kind }) => kind === "bars")) out.push({ ...home, bars: "entries" });
  if (involves(claim, model, (expr) => functionArguments(expr).some((arg) => hasMatrix(arg, claim, model)))) out.push({ ...home, functions: home.functions === "matrix" ? "entries" : "matrix" });
  const sides = [claim.left, claim.right];
  const entrywise = sides.some((side) => multiplies(side, ["\\cdot", "*"])) || (sides.some((side) => multiplies(side, [""])) && !writesHadamard(model));
  const dots: Reading[] = entrywise ? [home, ...out.filter(({ sigma }) => sigma !== home.sigma)].map((reading) => ({ ...reading, dot: "elementwise" })) : [];
  if (sides.some((side) => multiplies(side, ["\\cdot"]) || bracketsPair(side))) dots.push({ ...home, dot: "inner" });
  if (!hasDerivative(claim)) return [...out, ...dots];
  if (involves(claim, model, (expr) => expr.kind === "derivative" && expr.of.kind === "tuple")) out.push({ ...home, lists: "determinant" });
  const summed: Reading[] = differentiatesLoss(claim, model) ? [{ ...home, arraysOfLosses: "summed" }, { ...home, arraysOfLosses: "summed", dot: "elementwise" }] : [];
  out.push(...summed);
  const meanings = out.filter((reading) => spellsOtherwise(reading, home) || reading.samples !== home.samples || reading.equalSizes !== home.equalSizes || reading.functions !== home.functions);
  out.push(...dots);
  const flipped = opposite(home);
  if (home.gradient === "numerator" && [claim.left, claim.right].some((side) => derivativesIn(side).some(({ notation }) => notation === "nabla"))) out.push({ ...home, nabla: "column" });
  out.push(flipped, ...(claim.left.kind === "derivative" ? [{ ...home, transposedLeft: true }] : []), { ...home, gradient: flipped.gradient }, { ...home, jacobian: flipped.jacobian });
  out.push(...meanings.map(opposite));
  if (home.partial === "direct") out.push({ ...home, partial: "total" });
  else if (differentiatesSymbol(claim) && chainsThrough(model, claim)) out.push({ ...home, partial: "direct" });
  out.push(...(["extension", "structured", "projection"] as const).filter((symmetric) => symmetric !== home.symmetric).map((symmetric) => ({ ...home, symmetric })));
  if (diagonals.length) out.push({ ...home, symmetric: "structured", diagonals: "matrices" });
  return out;
}

/** `\\alpha_i \\alpha_j (x_i x_j)`: brackets around two letters of one name, which many write for their inner product. */
function bracketsPair(expr: Expr): boolean {
  const isPair = (inner: Expr): boolean => inner.kind === "product" && inner.factors.length === 2 && inner.operators[0] === "" && new Set(inner.factors.map((factor) => (factor.kind === "symbol" && factor.subscripts.length ? baseKey(factor) : factor))).size === 1;
  return (expr.kind === "product" && expr.factors.some(isPair)) || childrenOf(expr).some(bracketsPair);
}

/** Whether something without a formula is differentiated. */
function differentiatesFree({ left, right, located }: Claim, model: Model): boolean {
  return [left, right].flatMap(derivativesIn).some(({ of }) => of.kind === "symbol" && !model.table.resolve(of, located)?.entity.definition);
}

/** Whether a loss is differentiated that has a formula. */
function differentiatesLoss({ left, right, located }: Claim, model: Model): boolean {
  return [left, right].flatMap(derivativesIn).some(({ of }) => {
    const entity = of.kind === "symbol" ? model.table.resolve(of, located)?.entity : null;
    return entity?.definition && (entity.isLoss || looksLikeLoss(entity.symbol));
  });
}

/**
 * Eigenvalues are functions of their matrix, and letters where something is
 * differentiated by them. The factors of a decomposition are letters where the
 * matrix does not vary: what they make up is then defined by them.
 */
export function spectralReadings(claim: Claim, model: Model, home: Reading): Reading[] {
  if (!uses(claim, model, isSpectral)) return [home];
  const sides = [claim.left, claim.right];
  const entityOf = (expr: Expr): Entity | null => (expr.kind === "symbol" ? (model.table.resolve(expr, claim.located)?.entity ?? null) : expr.kind === "transpose" ? entityOf(expr.base) : null);
  const varying = [...sides.flatMap(derivativesIn).flatMap(({ wrt }) => wrt), ...sides.flatMap(differentialsIn).map(({ of }) => of)].map(entityOf);
  const [of, free] = [home, { ...home, spectra: "free" } as const];
  if (sides.flatMap(derivativesIn).some(({ wrt }) => wrt.some((one) => entityOf(one)?.spectrum?.of))) return [free, of];
  if (varying.some((entity) => entity?.hasSpectrum)) return [of];
  const isFactor = ({ spectrum, hasSpectrum }: Entity): boolean => hasSpectrum || (spectrum?.of?.kind === "symbol" && model.table.resolve(spectrum.of, claim.located)?.entity.hasSpectrum === true);
  return uses(claim, model, (entity) => isSpectral(entity) && !isFactor(entity)) || varying.length ? [of, free] : [free, of];
}

/** Whether some lists of the text are written transposed: the others may be rows then. */
export function listsAreTold(model: Model): boolean {
  const turns = (expr: Expr): boolean => (expr.kind === "transpose" && expr.base.kind === "tuple") || childrenOf(expr).some(turns);
  return model.located.some(({ assertion }) => assertion.sides.some(turns));
}

/** Letters that a list of their entries shows, which may be columns or rows. */
export function showsLists(claim: Claim, model: Model): boolean {
  return uses(claim, model, ({ listed, definition }) => listed || definition?.expr.kind === "tuple");
}

/** The softmax of a matrix, of which nothing says whether it is taken by rows or by columns. */
export function softmaxUnsaid(claim: Claim, model: Model): boolean {
  return statedSoftmax(model) === null && involves(claim, model, (expr) => expr.kind === "apply" && isSoftmax(expr.fn.name) && expr.args.some((arg) => hasMatrix(arg, claim, model)));
}

/** Samples, or their classes, that stand in columns. */
function hasColumns({ table }: Model): boolean {
  return table.all.some(({ slices, properties }) => slices?.by === "column" || properties.has("columnOneHot") || properties.has("columnStochastic"));
}

function isSpectral({ spectrum, hasSpectrum }: Entity): boolean {
  return hasSpectrum || Boolean(spectrum?.of);
}

/** X beside x_i, of which nothing says that they are its rows or columns. */
export function sampleReadings(claim: Claim, home: Reading, model: Model): Reading[] {
  const written = involvedIn(model, claim).flatMap((expr) => symbolsIn(expr, false));
  // x_{ij} is an entry of X.
  const entered = written.filter(({ subscripts }) => subscripts.length === 2).flatMap((symbol) => model.table.resolve(symbol, claim.located)?.entity.symbol.name ?? []);
  const names = new Set([...written.map(({ name, subscripts }) => `${name}${subscripts.length ? "_" : ""}`), ...entered]);
  const beside = [...names].some((name) => /^[a-z]_$/.test(name) && names.has(name[0]?.toUpperCase() ?? "")) || written.some((symbol) => isPartOfMade(symbol, claim, model) || isOneOfAll(symbol, written, claim, model));
  const told = new Set(written.flatMap((symbol) => toldSide(symbol, model) ?? []));
  const orders = told.size ? [...told].map((side) => `${side}s` as const) : [...(written.some((symbol) => isOfColumns(symbol, model)) ? (["written"] as const) : []), "rows" as const, "columns" as const];
  return beside ? orders.map((samples) => ({ ...home, samples })) : [];
}

/** `a^{(i)}` of which nothing is said, where `A = \sigma(w^\top X)`. */
function isPartOfMade(symbol: SymbolExpr, { located }: Claim, model: Model): boolean {
  const [only, ...more] = symbol.subscripts;
  const whole = only && !more.length && /^[a-z]$/.test(symbol.name) && !model.table.resolve(symbol, located) ? otherCase({ ...symbol, subscripts: [] }) : null;
  return whole !== null && model.table.resolve(whole, located)?.entity.definition?.kind === "value";
}

/** `y^{(i)}` of which nothing is said, beside the y of all. */
function isOneOfAll(symbol: SymbolExpr, written: readonly SymbolExpr[], { located }: Claim, model: Model): boolean {
  const [only, ...more] = symbol.subscripts;
  return only?.above !== undefined && !more.length && !model.table.resolve(symbol, located) && written.some((other) => !other.subscripts.length && taggedKey(other) === taggedKey(symbol));
}

/** Arrays of which the text gives a formula by entries or up to noise: a model of data that are otherwise given (`y = X\\beta + \\varepsilon`) is no definition of them. */
export function givenData(claim: Claim, model: Model): string[] {
  const keys = involvedIn(model, claim).flatMap((expr) => symbolsIn(expr, false)).flatMap((symbol) => {
    const entity = model.table.resolve(symbol, claim.located)?.entity;
    return entity?.definition && (entity.definition.kind === "entries" || isModel(entity.definition.expr, claim, model)) ? [entity.key] : [];
  });
  return [...new Set(keys)];
}

/** `\nabla J`, of what the text gives as a value. */
function leavesVariableOut({ left, right }: Claim): boolean {
  return [left, right].flatMap(derivativesIn).some(({ notation, of, wrt }) => notation === "nabla" && !wrt.length && of.kind !== "apply");
}

/** r of `\ell'(r) = \dots`, x and y of `\frac{\partial f}{\partial x} = \dots` behind `\ell(r) = \dots` and `f(x, y) = \dots`, which another paragraph sets equal to something: the letters of the function. */
function ownParameters({ left, located }: Claim, model: Model): string[] {
  const of = left.kind === "derivative" ? left.of : left;
  const fn = of.kind === "apply" && (of !== left || of.primes > 0) ? of.fn : of.kind === "symbol" && of !== left ? of : null;
  const definition = fn && model.table.resolve(fn, located)?.entity.definition;
  return (definition?.kind === "function" ? definition.params : []).flatMap((param) => {
    const entity = model.table.resolve(param, located)?.entity;
    const there = entity?.definition ? model.located[entity.definition.assertion] : undefined;
    return entity && there && there.paragraph !== located.paragraph ? [entity.key] : [];
  });
}

/** Letters that get values behind the claim, in a section that sets derivatives by them to zero: x of `\partial L/\partial x = y - \lambda = 0` that gives `x = 2y`. */
function solvedLater(claim: Claim, model: Model): string[] {
  const { section, position } = claim.located;
  const isZero = (expr: Expr): boolean => expr.kind === "number" && expr.numerator === 0;
  const set = model.located.filter((other) => other.section === section && other.assertion.sides.some(isZero)).flatMap(({ assertion }) => assertion.sides.flatMap(derivativesIn)).flatMap(({ wrt }) => wrt.flatMap((by) => (by.kind === "symbol" ? [taggedKey(by)] : [])));
  if (!set.length) return [];
  const keys = involvedIn(model, claim).flatMap((expr) => symbolsIn(expr, false)).flatMap((symbol) => {
    const entity = set.includes(taggedKey(symbol)) ? model.table.resolve(symbol, claim.located)?.entity : null;
    const there = entity?.definition ? model.located[entity.definition.assertion] : undefined;
    return entity && there && there.position > position ? [entity.key] : [];
  });
  return [...new Set(keys)];
}

/** A sum with noise in it. */
function isModel(expr: Expr, { located }: Claim, model: Model): boolean {
  return expr.kind === "sum" && expr.terms.some(({ expr: term }) => term.kind === "symbol" && (/^(var)?epsilon$/.test(term.name) || isNoise(model.table.resolve(term, located)?.entity ?? null)));
}

/** A claim of numbered entries alone may be about an example whose sizes are as far as the numbers of its section go. */
function worksExample(claim: Claim, model: Model): boolean {
  if (!model.exampleSizes.get(claim.located.section)?.size) return false;
  const sides = [claim.left, claim.right];
  const below = sides.flatMap((side) => symbolsIn(side, false)).flatMap(({ subscripts }) => subscripts);
  return below.length > 0 && below.every(({ expr }) => expr.kind === "number") && !sides.some(runs);
}

/** Whether dots or big operators run over sizes. */
function runs(expr: Expr): boolean {
  return expr.kind === "dots" || expr.kind === "big" || (expr.kind === "matrix" && expr.rows.some((row) => row.some((cell) => cell.dots))) || childrenOf(expr).some(runs);
}

/** Whether a symbol of the claim, or of what defines it, gets its definition in a later paragraph. */
export function usesLaterDefinitions(claim: Claim, model: Model): boolean {
  return uses(claim, model, ({ definition }) => definition !== null && isLater(definition, claim, model));
}

/** Whether what is differentiated by gets its value in a later paragraph: where the derivative vanishes, in one of several cases, or as a step of a network. */
export function findsVariableLater(claim: Claim, model: Model): boolean {
  return [claim.left, claim.right].flatMap(derivativesIn).some(({ wrt }) =>
    wrt.flatMap((one) => symbolsIn(one, false)).some((symbol) => {
      const definition = model.table.resolve(symbol, claim.located)?.entity.definition;
      return definition !== null && definition !== undefined && isLater(definition, claim, model);
    }),
  );
}

function isLater({ stated, assertion }: Definition, { located }: Claim, model: Model): boolean {
  const there = model.located[assertion];
  return !stated && there !== undefined && there.position > located.position && there.paragraph !== located.paragraph;
}

/** Where the paragraph begins that last says, before a claim, what the claim differentiates; 0 where it leads to nothing that is set equal to something before that, or again after it. */
function topicOf(claim: Claim, model: Model): number {
  const { located, left, right } = claim;
  // What is zero of a letter that the topic does not have is so of any.
  if (right.kind === "number" || !hasDerivative(claim)) return 0;
  const placesOf = ({ definition, restated }: Entity): Located[] => [...(definition ? [definition] : []), ...restated].flatMap(({ assertion }) => model.located[assertion] ?? []);
  const said = [left, right].flatMap(headsIn).flatMap((symbol) => {
    const entity = model.table.resolve(symbol, located)?.entity;
    return entity ? placesOf(entity).filter(({ position }) => position < located.position).slice(-1) : [];
  });
  const [first = located] = said.sort((a, b) => a.position - b.position);
  const since = Math.min(...model.located.filter(({ paragraph }) => paragraph === first.paragraph).map(({ position }) => position));
  const isOtherwise = (entity: Entity): boolean => {
    const places = placesOf(entity);
    return places.some(({ position }) => position < since) || places.length > 1;
  };
  return uses(claim, model, isOtherwise) ? since : 0;
}

/** The letters that are differentiated. */
function headsIn(expr: Expr): SymbolExpr[] {
  const own = expr.kind === "derivative" ? [expr.of.kind === "apply" ? expr.of.fn : expr.of] : expr.kind === "apply" && expr.primes ? [expr.fn] : [];
  return [...own.filter((head) => head.kind === "symbol"), ...childrenOf(expr).flatMap(headsIn)];
}

/** `\hat{x}` beside `\hat{x}_k`, where nothing says what the bare letter is. */
function dropsIndices(claim: Claim, model: Model): boolean {
  const symbols = [claim.left, claim.right].flatMap((side) => symbolsIn(side, false));
  const indexed = new Set(symbols.filter((symbol) => symbol.subscripts.length).map(taggedKey));
  const isBare = (symbol: SymbolExpr): boolean => !symbol.subscripts.length && !model.table.resolve(symbol, claim.located);
  return symbols.some((symbol) => isBare(symbol) && indexed.has(taggedKey(symbol))) || involvedIn(model, claim).flatMap((expr) => symbolsIn(expr, false)).some((symbol) => isBare(symbol) && model.table.familyOf(symbol, claim.located) !== null);
}

/** ∂σ²/∂x, where σ² has a definition in other symbols: they may be meant as held fixed. */
function differentiatesSymbol(claim: Claim): boolean {
  return claim.left.kind === "derivative" && (claim.left.of.kind === "symbol" || (claim.left.of.kind === "power" && claim.left.of.base.kind === "symbol"));
}

/** A Hamiltonian is a function of momenta, which the text has as derivatives: whatever they are made of, they are held fixed. */
export function heldMomenta(claim: Claim, model: Model, home: Reading): Reading {
  const isMomentum = (symbol: SymbolExpr): boolean => model.table.resolve(symbol, claim.located)?.entity.definition?.expr.kind === "derivative";
  const of = differentiatesSymbol(claim) && claim.left.kind === "derivative" && claim.left.notation === "fraction" ? symbolsIn(claim.left.of, false)[0] : undefined;
  const definition = of ? model.table.resolve(of, claim.located)?.entity.definition : null;
  return definition && symbolsIn(definition.expr, false).some(isMomentum) ? { ...home, partial: "direct" } : home;
}

/** Whether the text differentiates by what stands between: only then can a partial derivative be meant to hold it fixed. */
function chainsThrough(model: Model, claim: Claim): boolean {
  const of = claim.left.kind === "derivative" ? symbolsIn(claim.left.of, false)[0] : undefined;
  const definition = of ? model.table.resolve(of, claim.located)?.entity.definition : null;
  const between = new Set(definition ? symbolsIn(definition.expr, false).filter((symbol) => model.table.resolve(symbol, claim.located)?.entity.definition).map(taggedKey) : []);
  return model.located.some(({ assertion }) => assertion.sides.some((side) => derivativesIn(side).some(({ wrt }) => wrt.some((one) => symbolsIn(one, false).some((symbol) => between.has(taggedKey(symbol)))))));
}

/** y of `\frac{\partial}{\partial x}(x^2 y^3)`, made of x elsewhere, in a section that has a function of both. */
function writtenBeside({ left, located }: Claim, model: Model): string[] {
  if (left.kind !== "derivative" || !["fraction", "operator"].includes(left.notation) || left.total || left.of.kind === "symbol") return [];
  const by = new Set(left.wrt.flatMap((one) => symbolsIn(one, false)).map(fullKey));
  const written = symbolsIn(left.of, false);
  const functions = model.table.all.flatMap(({ section, definition }) => (section === located.section && definition?.kind === "function" ? [definition.params.map(fullKey)] : [])).filter((params) => params.some((key) => by.has(key)));
  if (!functions.length || !written.some((symbol) => by.has(fullKey(symbol)))) return [];
  return written.flatMap((symbol) => {
    const entity = model.table.resolve(symbol, located)?.entity;
    return functions.some((params) => params.includes(fullKey(symbol))) && entity?.definition?.kind === "value" && symbolsIn(entity.definition.expr, false).some((part) => by.has(fullKey(part))) ? [entity.key] : [];
  });
}

function mentionsSigma(side: Expr): boolean {
  return symbolsIn(side, false).some((symbol) => symbol.name === "sigma");
}

function usesOtherSections(claim: Claim, model: Model): boolean {
  const ofRates = [claim.left, claim.right].some(hasRate);
  return involvedIn(model, claim).some((side) =>
    symbolsIn(side, false).some((symbol) => {
      const resolved = model.table.resolve(symbol, claim.located);
      return resolved !== null && !isMeant(model, resolved.entity, claim.located, ofRates);
    }),
  );
}

/** `x^\top A x` in this section, of an x that is a vector in another one: what is written as an array is the array. */
function isOfArrays({ left, right, located }: Claim, model: Model): boolean {
  const isArray = (expr: Expr): boolean => expr.kind === "symbol" && model.table.resolve(expr, located)?.entity.shape?.some((size) => size !== "1") === true;
  const turns = (expr: Expr): boolean => (expr.kind === "transpose" && isArray(expr.base)) || childrenOf(expr).some(turns);
  const here = definitionsBehind(model, [left, right], located).filter(({ assertion }) => model.located[assertion]?.section === located.section);
  return [left, right, ...here.map(({ expr }) => expr)].some(turns);
}

/** Whether such an expression is part of a claim, or of a definition that it rests on. */
export function involves(claim: Claim, model: Model, test: (expr: Expr) => boolean): boolean {
  let all = involved.get(claim);
  if (!all) involved.set(claim, (all = involvedIn(model, claim)));
  return all.some((expr) => partsOf(expr).some(test));
}

/** All that a claim involves, which is asked about in many ways. */
const involved = new WeakMap<Claim, readonly Expr[]>();
/** Of definitions, which many claims involve. */
const parts = new Kept<Expr, readonly Expr[]>();

/** An expression and all that it is made of. */
export function partsOf(expr: Expr): readonly Expr[] {
  let known = parts.get(expr);
  if (!known) {
    const all = [expr];
    for (let at = 0; at < all.length; at++) all.push(...childrenOf(all[at] as Expr));
    parts.set(expr, (known = all));
  }
  return known;
}

/** What stands in a function that there is of whole matrices: `\\exp(At)`, `e^{At}`. */
function functionArguments(expr: Expr): readonly Expr[] {
  if (expr.kind === "power") return expr.base.kind === "symbol" && expr.base.name === "e" ? [expr.exponent] : [];
  return expr.kind === "apply" && isMatrixFunction(canonical(expr.fn.name)) ? expr.args : [];
}

function hasMatrix(expr: Expr, claim: Claim, model: Model): boolean {
  return symbolsIn(expr, false).some((symbol) => {
    const entity = model.table.resolve(symbol, claim.located)?.entity;
    return entity?.shape ? entity.shape.length === 2 && !entity.shape.includes("1") : kindOf(symbol, model) === "matrix";
  });
}

const used = new WeakMap<Claim, readonly Entity[]>();

/** Whether such an entity takes part, by itself or in the definitions of what does. */
function uses(claim: Claim, model: Model, test: (entity: Entity) => boolean): boolean {
  let known = used.get(claim);
  if (!known) used.set(claim, (known = usedBy(claim, model)));
  return known.some(test);
}

function usedBy(claim: Claim, model: Model): Entity[] {
  const found = new Set<Entity>();
  const visit = (expr: Expr): void => {
    for (const symbol of symbolsIn(expr, false)) {
      const entity = model.table.resolve(symbol, claim.located)?.entity;
      if (!entity || found.has(entity)) continue;
      found.add(entity);
      if (entity.definition) visit(entity.definition.expr);
    }
  };
  [claim.left, claim.right].forEach(visit);
  return [...found];
}

/** Whether nothing is differentiated that rests on a definition: no symbol but by itself, no function, no prime. One member of a family by another rests on what makes them. */
function derivesWrittenOut({ left, right, located }: Claim, model: Model): boolean {
  const byItself = (of: Expr, wrt: readonly Expr[]): boolean => of.kind === "symbol" && wrt.every((one) => one.kind === "symbol" && (fullKey(one) === fullKey(of) || (taggedKey(one) === taggedKey(of) && !model.table.resolve(of, located)?.entity.definition)));
  return ![left, right].some((side) => isPrimed(side) || derivativesIn(side).some(({ of, wrt }) => ["symbol", "apply", "derivative"].includes(of.kind) && !byItself(of, wrt)));
}

/** Whether all that is differentiated has a formula in the section of the claim. */
function derivesItsOwn({ left, right, located }: Claim, model: Model): boolean {
  return [left, right].flatMap(derivativesIn).every(({ of }) => {
    const symbol = of.kind === "apply" ? of.fn : of.kind === "symbol" ? of : null;
    const entity = symbol && model.table.resolve(symbol, located)?.entity;
    return Boolean(entity && entity.definition && entity.section === located.section);
  });
}

export function hasDerivative({ left, right }: Claim): boolean {
  return [left, right].some((side) => derivativesIn(side).length > 0 || isPrimed(side));
}

function isPrimed(expr: Expr): boolean {
  return (expr.kind === "apply" && expr.primes > 0) || childrenOf(expr).some(isPrimed);
}

/** The definitions that the sides of a claim lead to. */
export function definitionsOf(model: Model, claim: Claim): Expr[] {
  return involvedIn(model, claim).slice(2);
}

/** The sides of a claim and the definitions that they lead to. */
export function involvedIn(model: Model, claim: Claim): Expr[] {
  const sides = [claim.left, claim.right];
  return [...sides, ...definitionsBehind(model, sides, claim.located).map(({ expr }) => expr)];
}

/** The definitions that expressions lead to at a place, each once, the nearest first. */
export function definitionsBehind(model: Model, exprs: readonly Expr[], place: Place): Definition[] {
  const found: Definition[] = [];
  const open = [...exprs];
  const seen = new Set<number>();
  for (let at = 0; at < open.length; at++) {
    for (const symbol of symbolsIn(open[at] as Expr, false)) {
      const entity = model.table.resolve(symbol, place)?.entity;
      if (!entity?.definition || seen.has(entity.id)) continue;
      seen.add(entity.id);
      found.push(entity.definition);
      open.push(entity.definition.expr);
    }
  }
  return found;
}

/** Whether a definition goes over pairs of which the second letter is one of the claim's. */
function hasPairsWith(claim: Claim, model: Model): boolean {
  const letters = new Set([claim.left, claim.right].flatMap((side) => [...freeLetters(side)]));
  const goesOver = (expr: Expr): boolean => (expr.kind === "big" && expr.indices.some(({ paired, symbol }) => paired && letters.has(taggedKey(symbol)))) || childrenOf(expr).some(goesOver);
  return definitionsOf(model, claim).some(goesOver);
}
