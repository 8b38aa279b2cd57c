/** What the text does not say of undeclared symbols may be otherwise: every kind that they may be of is tried before a claim is refuted. */
import { arraysIn } from "../readings/evidence/arrays";
import { isSurelyArray, type Kind, kindOf } from "../readings/guess";
import { childrenOf, type Expr, occurs, type SymbolExpr, symbolsIn } from "../semantics/expression";
import { isOfAnotherExercise } from "../semantics/declaring";
import type { Model } from "../semantics/model";
import { type Entity, maybeNumber } from "../semantics/symbols/entity";
import { baseKey, weight } from "../semantics/symbols/key";
import { hasDerivative, involvedIn, opposite, sampleReadings } from "./alternatives";
import type { Drawn } from "../readings/lower";
import type { Reading } from "../readings/reading";
import { type Attempt, attemptValue, loweringOf } from "./attempt";
import type { Claim } from "./claim";
import { type Case, leftOpen, unexplained } from "./case";
import type { Unchecked } from "./conclusion";
import { claimsIn, smallDocument } from "./extent";
import { namesDerivative } from "./named-derivatives";
import { holds } from "./outcomes";
import { derivativesListed, isOfShown, isSelfContained } from "./self-contained";
import { inFull, type Tried } from "./screen";

/** Letters taken for vectors because of how they are written elsewhere, though nothing in the claim, its definitions or its formula says so: they may be numbers here, or those of them of which no entries are written here. */
export function plainLetters(model: Model, claim: Claim, first: Attempt): Set<string>[] {
  const guessed = new Set(guessesOf(first));
  const involved = involvedIn(model, claim);
  const beside = model.located.filter(({ formula }) => formula === claim.located.formula).flatMap(({ assertion }) => assertion.sides);
  const shown = new Set([...involved, ...beside].flatMap((side) => arraysIn(side, model)).map(baseKey));
  const isOpen = (symbol: SymbolExpr): boolean => {
    const entity = model.table.resolve(symbol, claim.located)?.entity;
    return guessed.has(baseKey(symbol)) || (entity !== undefined && (maybeNumber(symbol, entity) || isOfAnotherExercise(model, entity, claim.located)));
  };
  const letters = involved.flatMap((expr) => symbolsIn(expr, false));
  const entered = new Set(letters.filter(({ subscripts }) => subscripts.some(({ above }) => !above)).map(baseKey));
  const plain = letters.filter((symbol) => isOpen(symbol) && !shown.has(baseKey(symbol)) && /^[a-z]/.test(symbol.name) && weight(symbol.font) !== "b" && kindOf(symbol, model) !== "matrix");
  const all = new Set(plain.map(baseKey));
  const whole = new Set([...all].filter((key) => !entered.has(key)));
  return [all, ...(whole.size < all.size ? [whole] : [])].filter(({ size }) => size > 0);
}

/** Letters taken for numbers that the claim writes whole, and what it rests on with an index. */
function wholesIn(model: Model, claim: Claim, first: Attempt): Set<string> {
  const guessed = new Set(guessesOf(first));
  const written = [claim.left, claim.right].flatMap((side) => symbolsIn(side, false));
  const members = new Set(involvedIn(model, claim).flatMap((expr) => symbolsIn(expr, false)).filter(({ subscripts }) => subscripts.length === 1 && !subscripts[0]?.above).map(baseKey));
  return new Set(written.filter((symbol) => !symbol.subscripts.length && guessed.has(baseKey(symbol)) && kindOf(symbol, model) === "scalar").map(baseKey).filter((key) => members.has(key)));
}

/** The same letters as arrays of one kind or another. */
export function asWholes(model: Model, claim: Claim, first: Attempt): ReadonlyMap<string, Kind>[] {
  const letters = [...wholesIn(model, claim, first)];
  return letters.length ? (["vector", "row"] as const).map((kind) => new Map(letters.map((key) => [key, kind]))) : [];
}

/**
 * Before a refutation: what the text does not say may be otherwise. A claim
 * about undeclared symbols is refuted only where a small edit repairs it, and
 * where no other kind of these symbols makes it true as it stands.
 */
export function charitable(one: Case): Unchecked | null {
  const { model, claim, home, screen } = one;
  const repaired = one.repaired();
  const first = inFull(looseIn(one) ?? one.first);
  const guessed = guessesOf(first);
  if (!guessed.length) return null;
  const message = `${guessed.join(", ")} ${guessed.length > 1 ? "are" : "is"} not declared`;
  const ambiguous: Unchecked = { ...leftOpen(one, message), attempt: first };
  const unknown = (): Unchecked => ({ ...unexplained(one, message, "unknown-symbol"), attempt: first });
  if (goesRound(one, guessed)) return ambiguous;
  const isApplied = involvedIn(model, claim).some((expr) => occurs("apply", expr));
  if (isApplied && guessed.every((key) => key === "sigma") && claimsIn(model) <= smallDocument) {
    // σ of `\sigma(z)_k` is of the whole of z, as the softmax is.
    if ([claim.left, claim.right].some((side) => side.kind === "entry" && side.base.kind === "apply")) return ambiguous;
    const usual = (["tanh", "relu", "softplus"] as const).some((sigma) => screen.proof(claim, { ...home, sigma }) !== null);
    return usual ? ambiguous : null;
  }
  // What is taken for a transpose may be a derivative: the product rule is no slip.
  const primed = guessed.some((key) => key.endsWith("'"));
  if (!repaired && (primed || vagueOf(first).length || !((anchored(model, claim, first) && isOfTheLeft(model, claim, home, guessed)) || isSelfContained(model, claim, home, first)) || (claimsIn(model) > smallDocument && !isOfArguments(model, claim, guessed) && !isOfShown(model, claim, claim.left)))) return unknown();
  const readings = [home, ...sampleReadings(claim, home, model), opposite(home)];
  // A matrix of which nothing is said may be symmetric, as covariances are.
  const symmetric = new Map(guessed.map((key) => [key, ["symmetric"]] as const));
  if (!repaired && readings.some((reading) => screen.proof(claim, reading, { extra: symmetric }))) return ambiguous;
  // What numbers may stand in in any order is wrong only if no choice of them makes it right.
  for (const overrides of repaired && !repaired.variant.reorders ? guessed.flatMap((key) => kindsOf([key], model, claim)) : kindsOf(guessed, model, claim)) {
    if (readings.some((reading) => holdsAsArrays(model, screen.attempt(claim, reading, { overrides })))) return ambiguous;
  }
  return !repaired && guessed.length > fewGuesses && !isSelfContained(model, claim, home, first) ? unknown() : null;
}

/** Whether the formula of a guessed letter leads back to it (`\\eta = g(\\mu)` beside `\\mu = g^{-1}(\\eta)`), and says nothing of what it is. */
function goesRound({ model, claim }: Case, guessed: readonly string[]): boolean {
  const definedIn = (expr: Expr): Entity[] => symbolsIn(expr, false).flatMap((symbol) => model.table.resolve(symbol, claim.located)?.entity ?? []).filter(({ definition }) => definition?.kind === "value");
  const leadsBack = ({ id, definition }: Entity): boolean => {
    const seen = new Set<number>();
    const reaches = (expr: Expr): boolean => definedIn(expr).some((other) => other.id === id || (!seen.has(other.id) && seen.add(other.id) && other.definition !== null && reaches(other.definition.expr)));
    return definition !== null && reaches(definition.expr);
  };
  return [claim.left, claim.right].flatMap(definedIn).some((entity) => guessed.includes(baseKey(entity.symbol)) && leadsBack(entity));
}

/** Another attempt than one that fails for its sizes, in which more had to be guessed. */
function looseIn({ home, first, tried }: Case): Tried | undefined {
  if (first.outcome !== "shape") return undefined;
  return tried.find((one) => (["spectra", "later", "since"] as const).every((field) => loweringOf(one).reading[field] === home[field]) && guessesOf(one).length > 0);
}

/** A row where the text has rows. */
function kindsIn({ table }: Model): readonly Kind[] {
  const isRow = ({ shape }: Entity): boolean => shape?.length === 2 && shape[0] === "1" && shape[1] !== "1";
  return table.all.some(isRow) ? ["scalar", "vector", "row", "matrix"] : ["scalar", "vector", "matrix"];
}

/** So many undeclared symbols are tried as every kind together. */
const fewGuesses = 3;

/** The kinds that undeclared symbols may be of: all of them together where they are few, else one at a time. */
export function kindsOf(keys: readonly string[], model: Model, claim: Claim): ReadonlyMap<string, Kind>[] {
  if (keys.length > fewGuesses) return keys.flatMap((key) => kindsOf([key], model, claim));
  const kinds = kindsIn(model);
  return keys.reduce<ReadonlyMap<string, Kind>[]>(
    (all, key) => all.flatMap((known) => [known, ...kinds.filter((kind) => kind !== "scalar" || !(isSurelyArray(key, model) || isBold(key, claim) || isApplied(key, model, claim) || isBesideMatrices(key, model))).map((kind) => new Map([...known, [key, kind]]))]),
    [new Map()],
  ).slice(1);
}

/** W of `W_1x + b` with a declared vector x is no number. */
function isApplied(key: string, model: Model, claim: Claim): boolean {
  const isMatrix = (expr: Expr | undefined): boolean => expr?.kind === "symbol" && /^[A-Z]$/.test(expr.name) && baseKey(expr) === key;
  const isVector = (expr: Expr | undefined): boolean => {
    const entity = expr?.kind === "symbol" ? model.table.resolve(expr, claim.located)?.entity : null;
    return entity?.shapeFrom === "declared" && entity.shape?.length === 2 && entity.shape.includes("1") && entity.shape.some((dim) => dim !== "1");
  };
  const isAffine = (expr: Expr): boolean => expr.kind === "sum" && expr.terms.length > 1 && expr.terms.some(({ expr: term }) => term.kind === "product" && term.factors.length === 2 && isMatrix(term.factors[0]) && isVector(term.factors[1]));
  const has = (expr: Expr): boolean => isAffine(expr) || childrenOf(expr).some(has);
  return involvedIn(model, claim).some(has);
}

/** W_o beside a W_q and a W_k that are declared matrices is no number. */
function isBesideMatrices(key: string, { table }: Model): boolean {
  const declared = table.all.filter(({ symbol, shapeFrom }) => shapeFrom === "declared" && symbol.subscripts.length + symbol.tags.length > 0 && baseKey(symbol) === key);
  return /^[A-Z]$/.test(key) && declared.length > 1 && declared.every(({ shape }) => shape?.length === 2 && !shape.includes("1"));
}

/** A letter that the claim writes in bold is no number. */
function isBold(key: string, claim: Claim): boolean {
  const written = [claim.left, claim.right].flatMap((side) => symbolsIn(side, false)).filter((symbol) => baseKey(symbol) === key);
  return written.length > 0 && written.every(({ font }) => weight(font) === "b");
}

/** Whether a claim holds, and not because its arrays of unknown sizes had to be numbers, or what is made of them and surely no number. */
function holdsAsArrays(model: Model, one: Tried): boolean {
  if (one.outcome !== "compared" || !holds(one)) return false;
  const { lowering } = one.sides;
  const { drawn, algebra } = lowering;
  const isOne = (dim: string): boolean => algebra.isOne(dim);
  if (lowering.definedValues().some(({ entity, value: { shape } }) => shape.length === 2 && shape.every(isOne) && isSurelyArray(baseKey(entity.symbol), model))) return false;
  return [...drawn.values()].every(({ entity, shape }) => (entity === null ? !shape.length || !shape.every(isOne) : shape.every((dim) => dim === "1" || !isOne(dim))));
}

/** Whether declared arrays take part in a claim about a derivative: then the kinds of the others were all tried. */
function anchored(model: Model, claim: Claim, first: Attempt): boolean {
  if (!hasDerivative(claim) && !namesDerivative(model, claim.left, claim.located) && ![claim.left, claim.right].some((side) => occurs("differential", side))) return false;
  const lowering = loweringOf(first);
  return [...lowering.drawn.values()].some((drawn) => drawn.entity !== null && drawn.entity.shapeFrom === "declared" && drawn.entity.shape !== null && drawn.entity.shape.some((dim) => dim !== "1" && (first.outcome === "compared" || !dim.startsWith("?"))));
}

/** Whether all that is not declared are arguments of the function that is differentiated: `f(x, y) = …` says of them all that there is. */
function isOfArguments(model: Model, { left, located }: Claim, guessed: readonly string[]): boolean {
  const keys = (derivativesListed(left) ?? [left]).flatMap((one) => {
    const of = one.kind === "derivative" ? one.of : null;
    // `\partial(x^2 - ay, xy) / \partial(x, y)` is made of numbers.
    if (of?.kind === "tuple") return symbolsIn(one, false).map(baseKey);
    const fn = of?.kind === "apply" ? of.fn : of?.kind === "symbol" ? of : null;
    const definition = fn && model.table.resolve(fn, located)?.entity.definition;
    return definition?.kind === "function" ? definition.params.map(baseKey) : [];
  });
  return guessed.every((key) => keys.includes(key));
}

/** Whether whatever is not declared takes part in the left side; what stands on the right alone may be a name for anything. */
function isOfTheLeft(model: Model, claim: Claim, home: Reading, guessed: readonly string[]): boolean {
  const own = new Set([...(attemptValue(model, claim, home, claim.left)?.lowering.guessed ?? []), ...symbolsIn(claim.left, false).map(baseKey)]);
  return guessed.every((key) => own.has(key));
}

export function guessesOf(one: Tried): string[] {
  return [...new Set([...loweringOf(one).guessed, ...vagueOf(one)])];
}

/** A clash of sizes that the text does not name is no clash of the text's. */
export function vagueOf(one: Tried): string[] {
  if (one.outcome !== "shape") return [];
  const { lowering } = one;
  // How many members a family has is no size of one.
  const ownShape = ({ entity, shape }: Drawn): readonly string[] => shape.slice(entity?.shapeFrom === "declared" && entity.shape ? shape.length - entity.shape.length : 0);
  return [...lowering.drawn.values()].filter((drawn) => drawn.entity !== null && ownShape(drawn).some((dim) => lowering.classes.find(dim).startsWith("?"))).map((drawn) => drawn.entity?.key ?? drawn.name);
}
