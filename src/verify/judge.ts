/**
 * Readings tried in order of plausibility, and what follows from how each
 * ended: the verdict on one claim.
 */
import type { Expr, SymbolExpr } from "../semantics/expression";
import { childrenOf, derivativesIn, occurs, symbolsIn, wordOf } from "../semantics/expression";
import { isExample } from "../semantics/declarations/definitions";
import type { Model } from "../semantics/model";
import type { Entity } from "../semantics/symbols/entity";
import type { Failure } from "../readings/failure";
import { isSettled } from "../readings/expectations";
import type { Drawn, Lowering } from "../readings/lower";
import { namesMembers } from "../readings/running";
import { same } from "../readings/special";
import type { Reading } from "../readings/reading";
import { squareProperties } from "../semantics/symbols/entity";
import { baseKey, fullKey, weight } from "../semantics/symbols/key";
import { hasDerivative, involvedIn, opposite, otherReadings, sameLayout, sampleReadings, spectralReadings, spellsOtherwise, usesLaterDefinitions } from "./alternatives";
import { attempt, loweringOf, attemptValue, type Attempt, type Claim } from "./attempt";
import { isZero } from "../tensor";
import { assumedKey } from "./draw";
import { exhausted } from "./fuel";
import { arraysIn, isSurelyArray } from "../readings/guess";
import { holds, vacuous, varying } from "./outcomes";
import { failsAtEndsAlone, leavesEndsOut } from "./ends";
import { repair, type Repair } from "./repair";
import { inFull, Screen, type Tried } from "./screen";
import { isPartlyGiven, isSelfContained, stated } from "./self-contained";
import { shorthands } from "./shorthand";

export type Conclusion =
  | { readonly verdict: "verified"; readonly attempt: Attempt; readonly reading: Reading; readonly assumptions: readonly string[] }
  | { readonly verdict: "convention"; readonly attempt: Attempt; readonly reading: Reading; readonly code: "layout" | "tensor-shorthand"; readonly message: string }
  | { readonly verdict: "conditional"; readonly attempt: Attempt; readonly reading: Reading; readonly assumption: string }
  | { readonly verdict: "refuted"; readonly attempt: Attempt; readonly reading: Reading; readonly repair: Repair | null }
  | { readonly verdict: "unchecked"; readonly attempt: Attempt | null; readonly reason: "unknown-symbol" | "unknown-shape" | "unsupported" | "ambiguous" | "too-large" | "not-a-claim"; readonly message: string; readonly suspect?: Suspect };

/** A claim that fails in every reading, and that nothing explains. */
export interface Suspect {
  readonly claim: Claim;
  readonly attempt: Attempt;
  readonly reading: Reading;
}

type Open = Attempt & { readonly comparison: { readonly status: "undecided" } };

/** `side`: the one that a repair may edit. */
export function judge(model: Model, claim: Claim, usual: Reading, side: "left" | "right" = "right"): Conclusion {
  const [home = usual] = spectralReadings(claim, model, usual);
  if (isLongerThan([claim.left, claim.right], longest)) return { verdict: "unchecked", attempt: null, reason: "too-large", message: "too long to decide" };
  if (exhausted(model)) return { verdict: "unchecked", attempt: null, reason: "too-large", message: "the document takes more work than a document is given" };
  const first = attempt(model, claim, home);
  if (holds(first) && collapses(first)) return { verdict: "unchecked", attempt: first, reason: "ambiguous", message: "it holds for numbers alone" };
  if (holds(first)) return { verdict: "verified", attempt: first, reading: home, assumptions: preconditions(first) };
  if (vacuous(first)) return judgeVarying(model, claim, home, side) ?? unchecked(first);
  if (blocked(first)) return judgeSpelledOtherwise(model, claim, home, side) ?? unchecked(first);
  const byChance = loweringOf(first).chance !== null;
  const screen = new Screen(model, claim);
  const others = otherReadings(claim, home, model, byChance);
  const tried: Tried[] = [first];
  for (const reading of others) {
    const next = screen.attempt(claim, reading);
    if (holds(next)) {
      if (sameLayout(reading, home)) return { verdict: "verified", attempt: next, reading, assumptions: preconditions(next) };
      return { verdict: "convention", attempt: next, reading, code: "layout", message: conventionMessage(reading) };
    }
    tried.push(next);
  }
  const asNumbers = plainLetters(model, claim, first);
  if (asNumbers.size) {
    const next = screen.proof(claim, home, { overrides: new Map([...asNumbers].map((key) => [key, "scalar"])) });
    if (next && !collapses(next)) return { verdict: "verified", attempt: next, reading: home, assumptions: preconditions(next) };
  }
  for (const reading of [home, opposite(home)]) {
    for (const shorthand of shorthands) {
      const proof = screen.proof(claim, reading, { transform: shorthand.transform });
      if (proof) return { verdict: "convention", attempt: proof, reading, code: "tensor-shorthand", message: shorthand.message };
    }
  }
  for (const reading of usesLaterDefinitions(claim, model) ? [home, { ...home, later: "free" } as const] : [home]) {
    const conditional = underAssumption(model, screen, claim, reading, first);
    if (conditional) return conditional;
  }
  const open = tried.find(undecided);
  if (open) return unchecked(open);
  const differing = once(() => inFull(tried.find(differs) ?? first));
  if (involvedIn(model, claim).some(leavesEndsOut) && tried.some((one) => differs(one) && failsAtEndsAlone(inFull(one)))) return { verdict: "unchecked", attempt: first, reason: "ambiguous", message: "it holds but at the ends" };
  const repaired = once(() => repairOf(model, claim, home, others, side, first, screen));
  const suspect = (): { suspect?: Suspect } => (fails(first) && tried.every((one) => fails(one) || one.outcome === "failed") && !byChance && claim.link < 100 && isLaw(claim) && !repaired() ? { suspect: { claim, attempt: differing(), reading: home } } : {});
  // What holds for a normal distribution alone fails for others.
  if (byChance && !repaired() && !isSettled(loweringOf(first), [claim.left, claim.right])) return { verdict: "unchecked", attempt: first, reason: "ambiguous", message: "it may hold for some distributions" };
  const lawless = noLaw(model, claim, first, repaired);
  if (lawless) return lawless.verdict === "unchecked" && lawless.reason === "unknown-symbol" ? { ...lawless, ...suspect() } : lawless;
  if (!repaired() && claimsIn(model) > smallDocument && claim.link < 100 && !statesGradient(claim, first) && !(vagueOf(first).length === 0 && isSelfContained(model, claim, home, first)) && ![claim.left, claim.right].some((side) => occurs("matrix", side))) return { verdict: "unchecked", attempt: first, reason: "ambiguous", message: "no small correction explains it", ...suspect() };
  const unsaid = leavesUnsaid(model, claim, first, repaired);
  if (unsaid) return { verdict: "unchecked", attempt: first, reason: "ambiguous", message: unsaid };
  if (home.members === "among" && namesMembers(model) && screen.proof(claim, { ...home, members: "apart" })) return { verdict: "unchecked", attempt: first, reason: "ambiguous", message: "whether it is one of those that are summed over is not said" };
  const loose = first.outcome === "shape" ? tried.find((one) => loweringOf(one).reading.spectra === home.spectra && guessesOf(one).length > 0) : undefined;
  const guarded = charitable(model, claim, home, inFull(loose ?? first), repaired(), screen);
  if (guarded) return guarded.verdict === "unchecked" && guarded.reason === "unknown-symbol" ? { ...guarded, ...suspect() } : guarded;
  return { verdict: "refuted", attempt: differing(), reading: home, repair: repaired() };
}

/** What words say and no formula: that something depends on what it is differentiated by, or solves the equation of an eigenvector. */
function leavesUnsaid(model: Model, claim: Claim, first: Attempt, repaired: () => Repair | null): string | null {
  if (dependsUnsaid(claim, first)) return "nothing says how it depends on what it is differentiated by";
  if (claim.left.kind === "derivative" && first.outcome === "compared" && first.pairs.every(({ left }) => isZero(left))) return "nothing says how it depends on what it is differentiated by";
  const { drawn } = loweringOf(first);
  if (hasDerivative(claim) && [...drawn.values()].some(({ entity }) => entity !== null && isPartlyGiven(model, entity)) && !repaired()) return "an entry has a value of its own";
  return [...drawn.values()].some(({ entity }) => entity?.properties.has("spectral")) && !repaired() ? "the equation of an eigenvector or singular vector is not drawn" : null;
}

/** The derivative of a letter that has neither a formula nor a kind. */
function dependsUnsaid({ left }: Claim, first: Attempt): boolean {
  if (left.kind !== "derivative" || left.of.kind !== "symbol" || left.of.subscripts.length) return false;
  const lowering = loweringOf(first);
  const entity = lowering.resolve(left.of)?.entity;
  return lowering.guessed.has(baseKey(left.of)) && !entity?.definition && !entity?.isLoss && !lowering.losses.size;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

function fails(one: Tried): boolean {
  return one.outcome === "shape" || (one.outcome === "failed" && one.failure.kind === "range") || differs(one);
}

function differs(one: Tried): boolean {
  return one.outcome === "differs" || (one.outcome === "compared" && one.comparison.status === "different");
}

/** A step of what speaks of derivatives, or what is said of a numbered entry. */
function isLaw({ located, left }: Claim): boolean {
  return located.assertion.sides.some((side) => derivativesIn(side).length > 0) || (left.kind === "symbol" && left.subscripts.length > 0 && left.subscripts.every(({ expr }) => expr.kind === "number"));
}

/** Parts of an expression; a claim of more takes too long under all readings and repairs. */
const longest = 6000;

function isLongerThan(exprs: readonly Expr[], most: number): boolean {
  let count = 0;
  const open = [...exprs];
  for (let next = open.pop(); next; next = open.pop()) {
    if (++count > most) return true;
    for (const child of childrenOf(next)) open.push(child);
  }
  return false;
}

/** The plainest edit that makes it true; where another letter may be what was meant, no other letter. */
function repairOf(model: Model, claim: Claim, home: Reading, others: readonly Reading[], side: "left" | "right", first: Attempt, screen: Screen): Repair | null {
  const laterLink = claim.link > 0 && claim.link < 100 && !stated(claim) && claimsIn(model) > smallDocument;
  const undeclared = !hasDerivative(claim) && guessesOf(first).length > 0;
  const cost = laterLink || undeclared ? 3 : 4;
  for (const reading of [home, ...others.filter((other) => spellsOtherwise(other, home))]) {
    const found = repair(model, claim, reading, side, screen, cost);
    if (found) return found;
  }
  const left = side === "right" && claim.left.kind === "derivative" && claim.link === 0 ? repair(model, claim, home, "left", screen, cost) : null;
  return left ?? (guessesOf(first).includes("sigma") ? repair(model, claim, { ...home, sigma: "sigmoid" }, side, screen, cost) : null);
}

/** Whether a claim is verified in a reading: in itself, or in one that leaves the verdict as it is. */
export function verifiable(model: Model, claim: Claim, home: Reading): boolean {
  const screen = new Screen(model, claim);
  return [home, ...otherReadings(claim, home, model, false).filter((reading) => sameLayout(reading, home))].some((reading) => screen.proof(claim, reading) !== null);
}

/** What has no meaning in the usual sense of its notation may have one in another (`\operatorname{diag}(|x|)`). */
function judgeSpelledOtherwise(model: Model, claim: Claim, home: Reading, side: "left" | "right"): Conclusion | null {
  const other = otherReadings(claim, home, model, false).find(({ bars }) => bars !== home.bars);
  return other ? judge(model, claim, other, side) : null;
}

/** Where all is zero since a minimiser was put into its own stationarity condition, the condition is one for every value. */
function judgeVarying(model: Model, claim: Claim, home: Reading, side: "left" | "right"): Conclusion | null {
  const reading = varying(model, claim, home);
  const conclusion = reading && judge(model, claim, reading, side);
  return conclusion && conclusion.verdict !== "unchecked" ? conclusion : null;
}

function blocked(one: Tried): boolean {
  return one.outcome === "failed" && one.failure.kind !== "range";
}

function undecided(one: Tried): one is Open {
  return one.outcome === "compared" && one.comparison.status === "undecided" && !vacuous(one);
}

/** Letters taken for vectors because of how they are written elsewhere, though nothing in the claim or its definitions says so: they may be numbers here. */
function plainLetters(model: Model, claim: Claim, first: Attempt): Set<string> {
  const guessed = new Set(guessesOf(first));
  const involved = involvedIn(model, claim);
  const shown = new Set(involved.flatMap((side) => arraysIn(side, model)).map(baseKey));
  const plain = involved.flatMap((expr) => symbolsIn(expr, false)).filter((symbol) => guessed.has(baseKey(symbol)) && !shown.has(baseKey(symbol)) && /^[a-z]/.test(symbol.name) && weight(symbol.font) !== "b");
  return new Set(plain.map(baseKey));
}

/** Whether matrices that nothing declares had to be numbers for it to hold. */
function collapses(one: Attempt): boolean {
  const { drawn, algebra } = loweringOf(one);
  return [...drawn.values()].some(({ entity, shape }) => entity === null && shape.length === 2 && shape.every((dim) => dim !== "1" && algebra.isOne(dim)));
}

function preconditions(one: Attempt): string[] {
  return one.outcome === "compared" ? [...one.sides.lowering.preconditions] : [];
}

function unchecked(one: Attempt): Conclusion {
  if (one.outcome === "compared") return { verdict: "unchecked", attempt: one, reason: "unsupported", message: one.comparison.status === "undecided" ? one.comparison.why : "not decided" };
  const { kind, message } = (one as { failure: Failure }).failure;
  const reason = kind === "shape" || kind === "range" ? "unsupported" : kind;
  return { verdict: "unchecked", attempt: one, reason, message };
}

function conventionMessage(reading: Reading): string {
  if (reading.partial === "direct") return "right with the symbols defined in between held fixed";
  if (reading.transposedLeft) return "right as the transpose of the left side";
  return reading.gradient === "numerator" ? "right in numerator layout" : "right in denominator layout";
}

/** The usual hypotheses: each square matrix symmetric, one at a time, then all. */
function underAssumption(model: Model, screen: Screen, claim: Claim, home: Reading, first: Attempt): Conclusion | null {
  // Single entries tell p₂₁ from p₁₂: to call them equal would be to excuse a slip.
  if (first.outcome !== "compared" || [claim.left, claim.right].some((side) => symbolsIn(side, false).some((symbol) => symbol.subscripts.length === 2 && symbol.subscripts.every((subscript) => subscript.expr.kind === "number")))) return null;
  const { lowering } = first.sides;
  const own = claim.left.kind === "derivative" || namesDerivative(model, claim.left, claim.located) ? attemptValue(model, claim, home, claim.left)?.lowering : null;
  // A matrix of no given sizes that only the stated gradient makes square is not thereby symmetric.
  const forced = ({ name, entity }: Drawn): boolean => own !== null && own !== undefined && (entity?.shape ?? []).every((dim) => dim.startsWith("?")) && own.drawn.has(name) && !own.algebra.same(...(own.drawn.get(name)?.shape as [string, string]));
  const isSquare = ({ shape, entity }: Drawn): boolean => {
    const [rows, columns, ...more] = shape.slice(entity?.arity ?? 0);
    return rows !== undefined && columns !== undefined && !more.length && !lowering.algebra.isOne(rows) && lowering.algebra.same(rows, columns);
  };
  const squares = [...lowering.drawn.values()].filter((drawn) => isSquare(drawn) && (drawn.entity === null ? isCotangentOfGram(model, lowering, drawn) : !forced(drawn) && ![...drawn.entity.properties].some((property) => property === "symmetric" || property === "positiveDefinite" || (squareProperties.has(property) && property === "diagonal"))));
  const sets = squares.map((drawn) => [drawn]);
  if (squares.length > 1) sets.push(squares);
  for (const set of sets) {
    const extra = new Map(set.map((drawn) => [assumedKey(drawn), ["symmetric"]] as const));
    const proof = screen.proof(claim, home, { extra });
    if (proof) return { verdict: "conditional", attempt: proof, reading: home, assumption: `${set.map(assumedKey).join(", ")} symmetric` };
  }
  return null;
}

/** ∂L/∂G of G = X^\top X: its two halves say the same of G, so that many take it for symmetric. */
function isCotangentOfGram(model: Model, lowering: Lowering, { name }: Drawn): boolean {
  return model.table.all.some(({ id, symbol, definition }) => {
    if (!lowering.sinks.has(id) || !name.startsWith("∂") || !name.endsWith(`/∂${fullKey(symbol)}`) || definition?.expr.kind !== "product") return false;
    const [first, last] = [definition.expr.factors[0], definition.expr.factors[definition.expr.factors.length - 1]] as [Expr, Expr];
    return (first.kind === "transpose" && same(first.base, last)) || (last.kind === "transpose" && same(last.base, first));
  });
}

/**
 * Before a refutation: what the text does not say may be otherwise. A claim
 * about undeclared symbols is refuted only where a small edit repairs it, and
 * where no other kind of these symbols makes it true as it stands.
 */
function charitable(model: Model, claim: Claim, home: Reading, first: Attempt, repaired: Repair | null, screen: Screen): Conclusion | null {
  const guessed = guessesOf(first);
  if (!guessed.length) return null;
  const message = `${guessed.join(", ")} ${guessed.length > 1 ? "are" : "is"} not declared`;
  if (guessed.every((key) => key === "sigma") && claimsIn(model) <= smallDocument) {
    const usual = (["tanh", "relu", "softplus"] as const).some((sigma) => screen.proof(claim, { ...home, sigma }) !== null);
    return usual ? { verdict: "unchecked", attempt: first, reason: "ambiguous", message } : null;
  }
  // What is taken for a transpose may be a derivative: the product rule is no slip.
  const primed = guessed.some((key) => key.endsWith("'"));
  if (!repaired && (primed || vagueOf(first).length || !anchored(model, claim, first) || claimsIn(model) > smallDocument)) return { verdict: "unchecked", attempt: first, reason: "unknown-symbol", message };
  const readings = [home, ...sampleReadings(claim, home, model), opposite(home)];
  for (const overrides of repaired ? guessed.flatMap((key) => kindsOf([key], model, claim)) : kindsOf(guessed, model, claim)) {
    if (readings.some((reading) => holdsAsArrays(screen.attempt(claim, reading, { overrides })))) return { verdict: "unchecked", attempt: first, reason: "ambiguous", message };
  }
  return !repaired && guessed.length > fewGuesses ? { verdict: "unchecked", attempt: first, reason: "unknown-symbol", message } : null;
}

const kinds = ["scalar", "vector", "matrix"] as const;
/** So many undeclared symbols are tried as every kind together. */
const fewGuesses = 3;

/** The kinds that undeclared symbols may be of: all of them together where they are few, else one at a time. */
function kindsOf(keys: readonly string[], model: Model, claim: Claim): ReadonlyMap<string, (typeof kinds)[number]>[] {
  if (keys.length > fewGuesses) return keys.flatMap((key) => kindsOf([key], model, claim));
  return keys.reduce<ReadonlyMap<string, (typeof kinds)[number]>[]>(
    (all, key) => all.flatMap((known) => [known, ...kinds.filter((kind) => kind !== "scalar" || !(isSurelyArray(key, model) || isBold(key, claim))).map((kind) => new Map([...known, [key, kind]]))]),
    [new Map()],
  ).slice(1);
}

/** A letter that the claim writes in bold is no number. */
function isBold(key: string, claim: Claim): boolean {
  const written = [claim.left, claim.right].flatMap((side) => symbolsIn(side, false)).filter((symbol) => baseKey(symbol) === key);
  return written.length > 0 && written.every(({ font }) => weight(font) === "b");
}

/** Whether a claim holds, and not because its arrays of unknown sizes had to be numbers. */
function holdsAsArrays(one: Tried): boolean {
  if (one.outcome !== "compared" || !holds(one)) return false;
  const { drawn, algebra } = one.sides.lowering;
  return [...drawn.values()].every(({ entity, shape }) => entity === null || shape.every((dim) => dim === "1" || !algebra.isOne(dim)));
}

/** A derivative stated in the first link, or in a chain that holds until there, whose sizes clash; what else fails may rest on more than it says. */
function statesGradient(claim: Claim, first: Attempt): boolean {
  const left = stated(claim);
  return left !== null && first.outcome === "shape" && (left.kind === "derivative" || occurs("differential", left));
}

/** In a text of several steps an undeclared symbol has its meaning from somewhere that was not understood. */
const smallDocument = 4;

function claimsIn(model: Model): number {
  return model.located.filter((located) => located.assertion.links.some((link) => link.operator === "=") && !model.defining.has(located.id)).length;
}

/** Whether declared arrays take part in a claim about a derivative: then the kinds of the others were all tried. */
function anchored(model: Model, claim: Claim, first: Attempt): boolean {
  if (!hasDerivative(claim) && !namesDerivative(model, claim.left, claim.located) && ![claim.left, claim.right].some((side) => occurs("differential", side))) return false;
  const lowering = loweringOf(first);
  return [...lowering.drawn.values()].some((drawn) => drawn.entity !== null && drawn.entity.shapeFrom === "declared" && drawn.entity.shape !== null && drawn.entity.shape.some((dim) => dim !== "1" && (first.outcome === "compared" || !dim.startsWith("?"))));
}

/** Whether a symbol stands for a derivative, as δ for ∂C/∂z; not in the assertion that says so. */
export function namesDerivative(model: Model, expr: Expr, located: Claim["located"]): boolean {
  const symbol = expr.kind === "symbol" ? expr : expr.kind === "apply" ? expr.fn : null;
  const definition = expr.kind === "symbol" ? model.table.entityOf(expr, located)?.definition : null;
  return (definition?.expr.kind === "derivative" && definition.assertion !== located.id) || (symbol !== null && isRate(model, symbol, located));
}

/** `\dot V` of a V that has its meaning. */
function isRate(model: Model, symbol: SymbolExpr, located: Claim["located"]): boolean {
  if (!/^d?dot$/.test(symbol.accents[0] ?? "") || model.table.resolve(symbol, located)) return false;
  const moving = model.table.resolve({ ...symbol, accents: symbol.accents.slice(1) }, located)?.entity;
  return moving !== undefined && (moving.definition !== null || moving.spectrum !== null || moving.isFunction);
}

/**
 * Equations that are no laws: a condition (`p = 1`, `f(x) = 0`), a new value for
 * a letter that had another. They fail without being mistakes.
 */
function noLaw(model: Model, claim: Claim, first: Attempt, repaired: () => Repair | null): Conclusion | null {
  const condition = (message: string): Conclusion => ({ verdict: "unchecked", attempt: first, reason: "not-a-claim", message });
  const { left, right } = claim;
  if (isArithmetic(model, claim)) return null;
  if (isExample(right) || isExample(left)) {
    const other = isExample(right) ? left : right;
    const zero = [left, right].some((side) => numberOf(side) === 0);
    // Where another number would be right, the derivative is a number; else this is its value somewhere.
    if (zero || derivativesIn(other).length === 0 || !repaired()) return condition("a condition, not a law");
  }
  if (derivativesIn(left).length || derivativesIn(right).length || namesDerivative(model, left, claim.located)) return null;
  const head = left.kind === "symbol" ? left : left.kind === "apply" && !wordOf(left.fn.name) && left.args.every((arg) => arg.kind === "symbol") ? left.fn : null;
  const resolved = head ? model.table.resolve(head, claim.located) : null;
  // f' of a function that has a formula is its derivative, and no value given to it.
  if (left.kind === "apply" && left.primes > 0 && resolved?.entity.definition) return null;
  if (claim.link === 0 && resolved?.indices.length && !resolved.family && !resolved.entity.definition) return condition("it says what the entry is");
  if (head && claim.link === 0 && !(resolved?.indices.length && !resolved.family)) {
    const entity = resolved?.entity;
    if ((!entity?.definition?.stated || entity.section !== claim.located.section) && !(entity && rewrites(entity, claim, repaired))) return condition("another value than the one given before");
  }
  const valued = [left, right].flatMap((side) => symbolsIn(side, false)).some((symbol) => {
    const definition = model.table.resolve(symbol, claim.located)?.entity.definition;
    return definition !== null && definition !== undefined && isExample(definition.expr);
  });
  if (valued) return condition("it depends on example values");
  if (guessesOf(first).length && !repaired()) return { verdict: "unchecked", attempt: first, reason: "unknown-symbol", message: `${guessesOf(first).join(", ")} not declared` };
  return null;
}

/** Whole numbers on both sides, in matrices, by themselves or as the one value that the section gives a symbol: a calculation, which is right or wrong. */
function isArithmetic(model: Model, { left, right, link, located }: Claim): boolean {
  if ((link === 0 && left.kind === "symbol") || ![left, right].every(isWhole)) return false;
  const symbols = [left, right].flatMap((side) => symbolsIn(side, false));
  return (symbols.length > 0 || [left, right].some((side) => occurs("matrix", side))) && symbols.every((symbol) => {
    const entity = model.table.resolve(symbol, located)?.entity;
    if (!entity?.definition || entity.section !== located.section || symbol.subscripts.length || !isExample(entity.definition.expr) || !isWhole(entity.definition.expr)) return false;
    const values = model.located.filter(({ section, position, assertion: { sides } }) => section === located.section && position <= located.position && sides[0]?.kind === "symbol" && model.table.resolve(sides[0], located)?.entity === entity && sides[1] !== undefined && isExample(sides[1]));
    return values.length === 1 && values[0]?.id === entity.definition.assertion;
  });
}

/** Whether sums, products and transposes of whole numbers make it, with no sign between factors that may mean another product. */
function isWhole(expr: Expr): boolean {
  switch (expr.kind) {
    case "number":
      return expr.denominator === 1;
    case "symbol":
      return true;
    case "product":
      return expr.operators.every((operator) => operator === "" || operator === "\\times") && expr.factors.every(isWhole);
    case "power":
      return isWhole(expr.base) && expr.exponent.kind === "number" && isWhole(expr.exponent);
    case "sum":
    case "transpose":
    case "matrix":
    case "labelled":
      return childrenOf(expr).every((child) => isWhole(child) || child === (expr.kind === "labelled" ? expr.label : null));
    default:
      return false;
  }
}

/**
 * Whether a right side is what a symbol was set equal to before, worked out
 * into another form in which one part went wrong: the form is no definition's,
 * and what the correction makes of it is the same for every value.
 */
function rewrites({ definition, section }: Entity, { right, located }: Claim, repaired: () => Repair | null): boolean {
  if (!definition || section !== located.section || definition.assertion > located.id || (definition.expr.kind === right.kind && partsOf(definition.expr).length === partsOf(right).length)) return false;
  const edited = repaired()?.variant.expr;
  if (!edited || edited.kind !== right.kind) return false;
  const [own, other] = [partsOf(right), partsOf(edited)];
  return own.length > 1 && own.length === other.length && own.filter((part, i) => !same(part, other[i])).length === 1;
}

/** The terms of a sum, the factors of a product. */
function partsOf(expr: Expr): readonly unknown[] {
  return expr.kind === "sum" ? expr.terms : expr.kind === "product" ? expr.factors : [expr];
}

function numberOf(expr: Expr): number | null {
  if (expr.kind === "number") return expr.numerator / expr.denominator;
  if (expr.kind === "sum" && expr.terms.length === 1 && expr.terms[0]) return numberOf(expr.terms[0].expr);
  if (expr.kind === "quotient") return numberOf(expr.numerator) !== null && numberOf(expr.denominator) !== null ? 1 : null;
  return null;
}

function guessesOf(one: Tried): string[] {
  return [...new Set([...loweringOf(one).guessed, ...vagueOf(one)])];
}

/** A clash of sizes that the text does not name is no clash of the text's. */
function vagueOf(one: Tried): string[] {
  if (one.outcome !== "shape") return [];
  const { lowering } = one;
  return [...lowering.drawn.values()].filter((drawn) => drawn.entity !== null && drawn.shape.some((dim) => lowering.classes.find(dim).startsWith("?"))).map((drawn) => drawn.entity?.key ?? drawn.name);
}
