/**
 * What follows from setting something to zero. `\nabla f(w) = 0` is no law, and
 * `w = …` after it no definition: the stated solution must make zero of what
 * was set to zero, and any other equation must hold wherever that is zero.
 */
import { childrenOf, type Derivative, derivativesIn, type Expr, type SymbolExpr, symbolsIn, wordOf } from "../semantics/expression";
import { isExample } from "../semantics/declarations/definitions";
import type { Located, Model } from "../semantics/model";
import type { Lowering } from "../readings/lower";
import { transposedIn } from "../readings/evidence/arrays";
import { mapped, perMatrix, reshaped } from "../readings/operations";
import type { Reading } from "../readings/reading";
import { freeLetters } from "../semantics/pair-sums";
import { same } from "../base/same";
import { argminParts } from "../readings/special";
import { putIn, whereZero } from "../readings/solve";
import { isScalar, literal, termOf, type Value } from "../readings/value";
import { baseKey, fullKey, taggedKey, withoutSubscripts } from "../semantics/symbols/key";
import { inverse } from "../tensor";
import { otherReadings, partsOf } from "./alternatives";
import { attempt, type Attempt, loweringOf, type Options } from "./attempt";
import { assumedKey } from "./draw";
import { onesAsIdentity, transposesOnes } from "./ones-as-identity";
import { differs, holds } from "./outcomes";
import { guessesOf, kindsOf } from "./charity";
import type { Claim } from "./claim";
import { freeBindings } from "./free-letters";
import type { Conclusion } from "./conclusion";
import { isLetter, repair, type Repair } from "./repair";
import { screenOf } from "./screen";

/** Something that is zero, by what is said before a claim. */
interface Condition {
  readonly zero: Expr;
  /** Zero in so many signs, a derivative that may be set to zero, the difference of the two sides of an equation, or the derivative of an objective that is not written out. */
  readonly by: "zero" | "derivative" | "equation" | "objective";
  /** Whether what does not follow from it is wrong. */
  readonly binding: boolean;
  /** What a derivative is by that is zero; none where it tells of none, or is no derivative. */
  readonly wrt: readonly Expr[];
  /** What states the derivative. */
  readonly source?: Located;
}

/** How many assertions before a claim are looked at. */
const reach = 8;
/** How many conditions a wrong claim is held against. */
const corrected = 4;
/** How many variables a condition is solved for. */
const choices = 2;

/** That a claim follows from a condition; null where there is none, or it tells nothing. */
export function consequence(model: Model, claim: Claim, home: Reading): Conclusion | null {
  const asIdentity = transposesOnes(model) ? claim : { ...claim, left: onesAsIdentity(claim.left), right: onesAsIdentity(claim.right) };
  const isSame = asIdentity.left === claim.left && asIdentity.right === claim.right;
  return followsFrom(model, claim, home) ?? (isSame ? null : followsFrom(model, asIdentity, home));
}

function followsFrom(model: Model, claim: Claim, home: Reading): Conclusion | null {
  for (const condition of conditionsBefore(model, claim)) {
    const follows = (optionsOf: OptionsOf, reading: Reading, subject: Claim): Conclusion | null => {
      const made = screenOf(model, subject).proof(subject, reading, optionsOf(subject));
      return made && holds(made) && !isIdentity(model, subject, condition, reading) ? { verdict: "verified", attempt: made, reading, assumptions: [...loweringOf(made).preconditions] } : null;
    };
    // Of anything else than a solution, these vary from the start.
    const later = unknownIn(claim, condition.zero) ? foundLater(model, claim, condition.zero) : [];
    for (const begun of later.length ? [home, { ...home, variables: [...home.variables, ...later] }] : [home]) {
      const found = underCondition(model, claim, condition, begun, follows);
      if (found) return found;
    }
    // `(S - \lambda I)w = 0` after `Sw = \lambda w`
    const restated = unknownOf(claim.left, condition.zero) ? null : follows((one) => ({ build: (lowering) => ({ left: bound(lowering, differenceOf(one)), right: bound(lowering, condition.zero) }) }), home, claim);
    if (restated) return restated;
  }
  return null;
}

/** That a claim would follow from a condition but for a small edit, or is surely no solution of it. */
export function nearConsequence(model: Model, claim: Claim, home: Reading): Conclusion | null {
  const conditions = conditionsBefore(model, claim);
  if (isRepeated(model, claim) || conditions.some((condition) => isCaseOf(model, claim, condition, home))) return null;
  const binding = conditions.filter((condition) => condition.binding && !goesTogether(claim, condition) && isTrusted(model, claim, condition, home) && !isIdentity(model, claim, condition, home)).slice(0, corrected);
  for (const condition of binding) {
    const isClosed = isSolution(claim, condition) && namesIn(claim.right).every((name) => namesBehind(model, claim.located, condition.zero).has(name));
    const found = underCondition(model, claim, condition, home, (optionsOf, reading, subject) => astray(model, subject, reading, optionsOf, isClosed, condition));
    if (found) return found;
  }
  const [nearest] = binding;
  return nearest && isSolvedBy(claim, nearest) && isSolution(claim, nearest) && isMadeOf(model, claim, nearest) ? underCondition(model, claim, nearest, home, (optionsOf, reading, subject) => noSolution(model, subject, reading, optionsOf)) : null;
}

/** A condition may be right where the derivative stated before it is wrong. */
function isTrusted(model: Model, { left }: Claim, { by, zero, wrt, source }: Condition, home: Reading): boolean {
  if (!source || by !== "derivative" || unknownOf(left, zero)) return true;
  const [slope] = source.assertion.sides;
  return slope === zero || (slope !== undefined && wrt.length > 0 && holds(attempt(model, { located: source, link: 0, left: slope, right: zero, proportional: false }, home)));
}

/** `\lambda = -N` behind `\sum_n \gamma_{nk}/\pi_k + \lambda = 0`: what has no k is found from the equations of all k together. */
function goesTogether(claim: Claim, condition: Condition): boolean {
  const { left, right } = claim;
  const { zero } = condition;
  const own = new Set([left, right].flatMap((side) => [...freeLetters(side)]));
  return unknownOf(left, zero) !== null && !isSolvedBy(claim, condition) && [...freeLetters(zero)].some((letter) => !own.has(letter));
}

/** What is solved for; "the best choice is to set $\\hat b = \\dots$" says so as well. */
function isSolution({ located, left }: Claim, { zero }: Condition): boolean {
  const unknown = unknownOf(left, zero);
  return unknown !== null && (located.role === null || (located.role === "definition" && unknown.marked));
}

/** Whether the derivative that is zero is one by what is solved for. */
function isSolvedBy({ left }: Claim, { zero, wrt }: Condition): boolean {
  const unknown = unknownOf(left, zero)?.symbol;
  return wrt.some((one) => (one.kind === "power" ? one.base : one).kind === "symbol" && unknown !== undefined && baseKey((one.kind === "power" ? one.base : one) as SymbolExpr) === baseKey(unknown));
}

/** What a derivative is by; all arguments of `\\nabla f(w)`. */
function variablesBy({ wrt, of }: Derivative): readonly Expr[] {
  return wrt.length || of.kind !== "apply" ? wrt : of.args;
}

/** Whether a solution has all the data of its condition in it and nothing else: of what it lacks, something else may be known. */
function isMadeOf(model: Model, { located, left, right }: Claim, { zero }: Condition): boolean {
  // An exponential is solved by a logarithm.
  const isFunction = ({ name }: SymbolExpr): boolean => name === "e" || (name.length > 1 && wordOf(name) !== undefined);
  const [all, own] = [zero, right].map((expr) => new Set(symbolsBehind(model, located, expr).filter((symbol) => !isFunction(symbol)).map(taggedKey))) as [Set<string>, Set<string>];
  const unknown = unknownOf(left, zero)?.symbol;
  const isData = (symbol: SymbolExpr): boolean => !isFunction(symbol) && !model.table.sizeNames.has(taggedKey(symbol)) && !model.table.resolve(symbol, located)?.entity.definition && taggedKey(symbol) !== (unknown && taggedKey(unknown));
  const data = symbolsBehind(model, located, zero).filter(isData).map(taggedKey);
  return data.length > 0 && data.every((name) => own.has(name)) && [...own].every((name) => all.has(name));
}

/** A solution that does not make zero of its condition, whatever its letters are and however it is read. */
function noSolution(model: Model, claim: Claim, reading: Reading, optionsOf: OptionsOf): Conclusion | null {
  const options = optionsOf(claim);
  const made = attempt(model, claim, reading, options);
  if (!differs(made)) return null;
  const others: Options[] = [{ extra: symmetric(claim, made) }, { extra: positive(made) }, ...kindsOf(guessesOf(made), model, claim).map((overrides) => ({ overrides }))];
  const mayHold = others.some((other) => holds(attempt(model, claim, reading, { ...options, ...other }))) || otherReadings(claim, reading, model, false).some((other) => holds(attempt(model, claim, other, options)));
  return mayHold ? null : { verdict: "refuted", attempt: made, reading, repair: null };
}

/** What is zero for every value conditions nothing: `\nabla^2 f(w) = A` says nothing of w. */
function isIdentity(model: Model, claim: Claim, { zero }: Condition, reading: Reading): boolean {
  return screenOf(model, claim).proof(claim, reading, { build: (lowering) => ({ left: bound(lowering, zero), right: literal(0) }) }) !== null;
}

/** `x + y = 0` once more takes up what was told before, and need not follow from what was said in between. */
function isRepeated({ located: all }: Model, { located, left, right }: Claim): boolean {
  return isZero(right) && all.slice(0, located.id).some(({ section, assertion: { sides } }) => section === located.section && isZero(sides[1] ?? left) && same(sides[0], left));
}

/** `x + y = 0` after `x(x + y) = 0`: one of the cases in which the condition holds does not follow from it, and is none the worse. */
function isCaseOf(model: Model, claim: Claim, condition: Condition, home: Reading): boolean {
  const { left, right } = claim;
  if (unknownOf(left, condition.zero) || !isZero(right)) return false;
  const met: Claim = { ...claim, left: condition.zero };
  return underCondition(model, met, { ...condition, zero: left }, home, (optionsOf, reading, subject) => screenOf(model, subject).proof(subject, reading, optionsOf(subject))) !== null;
}

/** A claim that does not follow, though what a small edit makes of it does; a factor is lost where nothing but letters of the condition is written. */
function astray(model: Model, claim: Claim, reading: Reading, optionsOf: OptionsOf, isClosed: boolean, { by, wrt }: Condition): Conclusion | null {
  const made = attempt(model, claim, reading, optionsOf(claim));
  if ((claim.proportional && claim.located.stationary === undefined) || (made.outcome !== "shape" && !differs(made))) return null;
  const isPlain = loweringOf(made).guessed.size === 0;
  const isTold = claim.located.stationary !== undefined;
  // What words lead to may be of other letters than those that were told before.
  const isOfDeclared = [...loweringOf(made).guessed].every((key) => wrt.some((one) => one.kind === "symbol" && baseKey(one) === key));
  if (made.outcome === "shape" && isTold && !isOfDeclared && by === "objective") return null;
  const extra = symmetric(claim, made);
  const ofSymmetric: OptionsOf = (one) => ({ ...optionsOf(one), extra });
  const repaired = (options: OptionsOf): Repair | null => {
    const sides = claim.left.kind === "symbol" ? (["right"] as const) : (["right", "left"] as const);
    for (const side of sides) {
      const found = repair(model, claim, reading, side, screenOf(model, claim), isPlain ? 4 : 3, options, ({ cost, scales }) => isPlain || isTold || cost <= 2 || (scales === true && isClosed));
      if (found) return found;
    }
    return null;
  };
  const found = repaired(optionsOf) ?? (extra.size && isTold ? repaired(ofSymmetric) : null);
  if (!found) return null;
  if (extra.size && holds(attempt(model, claim, reading, ofSymmetric(claim)))) return { verdict: "unchecked", attempt: made, reason: "ambiguous", message: "it follows where a matrix is symmetric, which is not said" };
  return { verdict: "refuted", attempt: made, reading, repair: found };
}

/** Some roots are the solution of positive numbers alone. */
function positive(made: Attempt): ReadonlyMap<string, readonly string[]> {
  const numbers = [...loweringOf(made).drawn.values()].filter(({ shape }) => !shape.length);
  return new Map(numbers.map((drawn) => [assumedKey(drawn), ["positive"]]));
}

/** What the text solves for with a covariance needs it to be symmetric, as those are; nobody transposes what is. */
function symmetric(claim: Claim, made: Attempt): ReadonlyMap<string, readonly string[]> {
  const { algebra, drawn: all } = loweringOf(made);
  const turned = new Set([claim.left, claim.right].flatMap(transposedIn).map(taggedKey));
  const squares = [...all.values()].filter(({ shape, entity, latex }) => {
    if (turned.has(latex)) return false;
    const [rows, columns, ...more] = shape.slice(entity?.arity ?? 0);
    return rows !== undefined && columns !== undefined && !more.length && !algebra.isOne(rows) && algebra.same(rows, columns);
  });
  return new Map(squares.map((drawn) => [assumedKey(drawn), ["symmetric"]]));
}

/** Whether something before a claim may be the condition that it follows from. */
export function followsCondition(model: Model, claim: Claim): boolean {
  return conditionsBefore(model, claim).some(({ by }) => by !== "equation" && by !== "objective");
}

type OptionsOf = (claim: Claim) => Options;

function underCondition<T>(model: Model, claim: Claim, { zero, by }: Condition, home: Reading, judged: (optionsOf: OptionsOf, reading: Reading, subject: Claim) => T | null): T | null {
  const unknown = unknownIn(claim, zero);
  if (unknown) {
    const key = model.table.resolve(unknown.symbol, claim.located)?.entity.key;
    const reading: Reading = key ? { ...home, variables: [...home.variables, key] } : home;
    return judged((one) => ({ build: (lowering) => solutionPutIn(lowering, one, zero, unknown) }), reading, { ...claim, left: unknown.symbol });
  }
  const reading = { ...home, variables: [...home.variables, ...foundLater(model, claim, zero)] };
  for (let choice = 0; choice < choices; choice++) {
    const found = judged((one) => ({ build: (lowering) => movedTo(lowering, one, zero, choice) }), reading, claim);
    if (found) return found;
  }
  if (by !== "objective" || zero.kind !== "derivative") return null;
  const optionsOf: OptionsOf = (one) => ({ build: (lowering) => multiples(lowering, one, zero) });
  return judged(optionsOf, reading, claim) ?? judged(optionsOf, reading, { ...claim, proportional: true });
}

/** The letter that a claim gives a value, of what is set to zero; null where it is no solution. */
function unknownIn({ left, right }: Claim, zero: Expr): Unknown | null {
  const unknown = unknownOf(left, zero);
  return unknown && !mentions(right, unknown.symbol) ? unknown : null;
}

/** What the text finds behind a condition for its letters makes zero of it, and proves nothing. */
function foundLater(model: Model, { located, left, right }: Claim, zero: Expr): string[] {
  const entities = [left, right, zero].flatMap((expr) => symbolsIn(expr, false)).flatMap((symbol) => model.table.resolve(symbol, located)?.entity ?? []);
  return [...new Set(entities)].filter(({ definition }) => definition?.kind === "value" && definition.assertion > located.id).map(({ key }) => key);
}

function differenceOf({ left, right }: Pick<Claim, "left" | "right">): Expr {
  return isZero(right) ? left : isZero(left) ? right : { kind: "sum", terms: [{ sign: 1, expr: left }, { sign: -1, expr: right }], start: left.start, end: right.end };
}

/** Both sides of a condition against what was set to zero, up to a factor: of numbers, one that the variable is not in. */
function multiples(lowering: Lowering, { left, right, proportional }: Claim, zero: Derivative): { left: Value; right: Value } {
  const difference = differenceOf({ left, right });
  const slope = (of: Expr): Expr => ({ ...zero, of });
  const product = (one: Expr, other: Expr): Expr => ({ kind: "product", factors: [one, other], operators: [""], start: left.start, end: right.end });
  const condition = bound(lowering, zero);
  if (proportional) return { left: bound(lowering, difference), right: condition };
  if (condition.shape.length) lowering.fail("unsupported", "a condition on an array", left);
  return { left: bound(lowering, product(difference, slope(zero))), right: bound(lowering, product(zero, slope(difference))) };
}

/** What was set to zero, at the stated solution, against zero. */
function solutionPutIn(lowering: Lowering, claim: Claim, zero: Expr, unknown: Unknown): { left: Value; right: Value } {
  const condition = bound(lowering, zero);
  const solved = lowering.lower(unknown.symbol);
  const value = isZero(claim.right) ? lowering.algebra.scale(literal(0), solved) : unknown.undo(lowering.lower(claim.right));
  const stated = [{ unknown: solved, value }];
  // At a solution, everything is what is marked as solved for: \hat\mu in \hat\Sigma.
  for (const symbol of unknown.marked ? symbolsIn(claim.right, false) : []) {
    const plain = unmarked(symbol);
    if (plain !== symbol && mentions(zero, plain) && !mentions(zero, symbol)) stated.push({ unknown: lowering.lower(plain), value: lowering.lower(symbol) });
  }
  for (const { unknown: one, value: other } of stated) if (!lowering.classes.attempt(() => one.shape.length === other.shape.length && one.shape.every((dim, axis) => lowering.classes.unify(dim, other.shape[axis] as string)))) lowering.fail("shape", `the solution is ${lowering.algebra.describe(other)}, and what is solved for ${lowering.algebra.describe(one)}`, claim.right);
  const free = stated[0]?.unknown.free ?? [];
  const wholes = stated.map(({ unknown: one, value: other }) => asWhole(lowering, unknown.symbol, one, lowering.algebra.withFree(other, one.free.length ? one.free : free.slice(0, 0))));
  return { left: putIn(condition, wholes), right: literal(0) };
}

/** The vector w and what it is where each entry w_i is solved for, else what is solved for itself. */
function asWhole(lowering: Lowering, symbol: SymbolExpr, entry: Value, value: Value): { unknown: Value; value: Value } {
  const resolved = lowering.resolve(symbol);
  const isEntry = resolved?.indices.length === 1 && !resolved.family && entry.free.length === 1 && entry.shape.length === 0;
  const whole = isEntry ? lowering.lower(withoutSubscripts(symbol)) : null;
  if (whole?.shape.length !== 2 || !lowering.algebra.isOne(whole.shape[1] as string)) return { unknown: entry, value };
  return { unknown: whole, value: reshaped({ free: [], shape: whole.shape.slice(0, 1), make: (env) => termOf(value, env) }, whole.shape) };
}

/** Both sides where the condition holds. */
function movedTo(lowering: Lowering, claim: Claim, zero: Expr, choice: number): { left: Value; right: Value } {
  const condition = bound(lowering, zero);
  const [left, right] = [claim.left, claim.right].map((side) => lowering.lower(side)) as [Value, Value];
  const moved = (value: Value): Value => (value.literal ? value : whereZero(value, condition, choice));
  return { left: moved(left), right: moved(right) };
}

function bound(lowering: Lowering, expr: Expr): Value {
  // The derivative of what words call an objective begins where that does.
  if (expr.kind === "derivative" && expr.start === expr.of.start && !isScalar(lowering.algebra.normal(lowering.within(freeBindings(lowering, { left: expr.of, right: expr.of }), () => lowering.lower(expr.of))))) lowering.fail("unsupported", "an objective that is no number", expr);
  return lowering.within(freeBindings(lowering, { left: expr, right: expr }), () => lowering.lower(expr));
}

/** What a claim solves for, and how its right side gives it: `\sigma^2 = …` by a root, `\Sigma^{-1} = …` by an inverse. */
interface Unknown {
  readonly symbol: SymbolExpr;
  readonly undo: (value: Value) => Value;
  readonly marked: boolean;
}

function unknownOf(left: Expr, zero: Expr): Unknown | null {
  if (left.kind === "power" && left.base.kind === "symbol") {
    const inner = unknownOf(left.base, zero);
    if (inner && exponentOf(left.exponent) === 2) return { ...inner, undo: (value) => mapped("sqrt", value) };
    if (inner && exponentOf(left.exponent) === -1) return { ...inner, undo: (value) => (value.shape.length ? perMatrix(value, value.shape, (term) => inverse(term), left) : mapped("reciprocal", value)) };
    return null;
  }
  if (left.kind !== "symbol") return null;
  if (isSolvedFor(zero, left)) return { symbol: left, undo: (value) => value, marked: false };
  const plain = unmarked(left);
  return plain !== left && isSolvedFor(zero, plain) ? { symbol: plain, undo: (value) => value, marked: true } : null;
}

function exponentOf(expr: Expr): number | null {
  if (expr.kind === "number") return expr.numerator / expr.denominator;
  if (expr.kind !== "sum" || expr.terms.length !== 1 || expr.terms[0]?.expr.kind !== "number") return null;
  return (expr.terms[0].sign * expr.terms[0].expr.numerator) / expr.terms[0].expr.denominator;
}

const methods = /^(\*|\\?star|\\?ast|opt|ML|MLE|MAP|LS|OLS|WLS|GLS)$/;

/** `\hat\mu`, `w^*`, `\theta_{\mathrm{ML}}`, `\mu_{ML}` as the letter that is solved for. */
export function unmarked(symbol: SymbolExpr): SymbolExpr {
  const accents = symbol.accents.filter((accent) => !["hat", "widehat", "tilde", "widetilde"].includes(accent));
  const tags = symbol.tags.filter((tag) => !methods.test(tag.text));
  // Under a hat a capital names the problem that is solved: \hat\beta_W.
  const name = accents.length < symbol.accents.length ? /^[A-Z]$|^[A-Za-z]{2,}$|^\*$/ : /^[A-Za-z]{2,}$|^\*$/;
  const subscripts = methods.test(symbol.subscripts.map(({ text }) => text).join("")) ? [] : symbol.subscripts.filter((subscript) => !name.test(subscript.text));
  const same = accents.length === symbol.accents.length && tags.length === symbol.tags.length && subscripts.length === symbol.subscripts.length;
  return same ? symbol : { ...symbol, accents, tags, subscripts };
}

/** Whether a condition says anything of it: what stands under a sign alone, as in `\mathbb 1[h > 0]`, is solved for nothing. */
function isSolvedFor(zero: Expr, symbol: SymbolExpr): boolean {
  const isSign = (expr: Expr): boolean => expr.kind === "indicator" && mentions(expr, symbol);
  const stands = (expr: Expr): boolean => !isSign(expr) && (expr.kind === "symbol" ? mentions(expr, symbol) : childrenOf(expr).some(stands));
  return mentions(zero, symbol) && (stands(zero) || !partsOf(zero).some(isSign));
}

function mentions(expr: Expr, symbol: SymbolExpr): boolean {
  return symbolsIn(expr, false).some((other) => taggedKey(other) === taggedKey(symbol) && (fullKey(other) === fullKey(symbol) || (other.subscripts.length > 0 && other.subscripts.length === symbol.subscripts.length)));
}

/** What is zero before a claim, nearest first: in its own formula before an arrow, or in the assertions before it. */
function conditionsBefore(model: Model, claim: Claim): Condition[] {
  const { located } = claim;
  // `= c` goes on from the formula before.
  if (claim.left.start === claim.left.end) return [];
  if (claim.link > 0 || hasDerivative(claim.left) || hasDerivative(claim.right) || isSlope(model, claim)) return [];
  const found: Condition[] = [];
  const before = model.located[located.id - 1];
  let adjacent = true;
  for (let at = located.id - 1; at >= 0 && at >= located.id - reach; at--) {
    const earlier = model.located[at] as Located;
    if (earlier.section !== located.section) break;
    const joined = earlier.formula === located.formula && located.assertion.follows;
    const near = adjacent || joined || earlier.formula === before?.formula;
    const told = conditionsIn(model, earlier, near).map((condition) => (isPoint(claim) && !earlier.assertion.links.length ? { ...condition, binding: false } : condition));
    const conditions = [...told, ...objectiveIn(model, earlier, claim, near)];
    // Words in between, and steps on the way, part nothing.
    adjacent = adjacent && (earlier.inline || !(model.defining.has(earlier.id) || earlier.assertion.sides.some(hasDerivative)));
    found.push(...conditions.filter(({ zero }) => concerns(model, claim, zero)));
  }
  return before?.section === located.section ? found : conditionsAfter(model, claim);
}

/** "the gradient $\nabla f(x)$ at $x^* = 0$": where something is taken, and no solution. */
function isPoint({ located, right }: Claim): boolean {
  return located.inline && (isZero(right) || isExample(right));
}

/** `\ell'(p) = …` of an ℓ that has a formula: a derivative, which follows from nothing else. */
function isSlope(model: Model, { left, located }: Claim): boolean {
  return left.kind === "apply" && left.primes > 0 && Boolean(model.table.resolve(left.fn, located)?.entity.definition);
}

/** A display that opens a section, of which the words right after it say what it solves: "where $\hat w$ minimises $J(w) = …$". */
function conditionsAfter(model: Model, claim: Claim): Condition[] {
  const { id, section, inline } = claim.located;
  const found: Condition[] = [];
  for (let at = id + 1; !inline && at <= id + reach && model.located[at]?.inline && model.located[at]?.section === section; at++) {
    const later = model.located[at] as Located;
    found.push(...[...conditionsIn(model, later, true), ...objectiveIn(model, later, claim, true)].filter(({ by, zero }) => by !== "equation" && concerns(model, claim, zero)));
  }
  return found;
}

/** A condition on what is solved for; for other equations, one in which all that they speak of occurs. */
function concerns(model: Model, claim: Claim, zero: Expr): boolean {
  const unknown = unknownOf(claim.left, zero);
  if (unknown) return !mentions(claim.right, unknown.symbol);
  const known = namesBehind(model, claim.located, zero);
  const own = [claim.left, claim.right].flatMap(namesIn);
  return own.length > 0 && own.every((name) => known.has(name));
}

function namesIn(expr: Expr): string[] {
  return symbolsIn(expr, false).filter(({ name }) => !["I", "0", "1"].includes(name)).map(taggedKey);
}

/** The names in an expression and in the definitions that it leads to. */
export function namesBehind(model: Model, place: Located, expr: Expr): Set<string> {
  return new Set(symbolsBehind(model, place, expr).map(taggedKey));
}

/** The same as symbols, each name once. */
function symbolsBehind(model: Model, place: Located, expr: Expr): SymbolExpr[] {
  const found = new Map<string, SymbolExpr>();
  const pending = [expr];
  for (let next = pending.pop(); next; next = pending.pop()) {
    for (const symbol of symbolsIn(next, false)) {
      if (found.has(taggedKey(symbol))) continue;
      found.set(taggedKey(symbol), symbol);
      const definition = model.table.resolve(symbol, place)?.entity.definition;
      // What is said right there leads to nothing.
      if (definition && definition.assertion !== place.id) pending.push(definition.expr);
    }
  }
  return [...found.values()];
}

function conditionsIn(model: Model, located: Located, adjacent: boolean): Condition[] {
  const { assertion, id, role, stationary } = located;
  const { sides, links } = assertion;
  if (role === "wrong-example" || role === "question" || links.some(({ operator }) => operator !== "=")) return [];
  const others = sides.filter((side) => side.kind !== "opaque" && !isZero(side));
  // `x = 0` gives a value, for a case or a place, and what else is said goes beyond it.
  if (sides.some(isZero)) return others.reverse().map((zero) => ({ zero, by: "zero", binding: zero.kind !== "symbol", wrt: [...(stationary ?? []), ...sides.flatMap(derivativesIn).flatMap(variablesBy)] }));
  if (!adjacent) return [];
  const [left, right] = sides;
  if (left?.kind === "derivative" && left.order === 1) return others.reverse().map((zero) => ({ zero, by: "derivative", binding: true, wrt: variablesBy(left), source: located }));
  // `Y = \{y_1, \dots, y_n\}` says how the members are called.
  if (!left || !right || sides.length !== 2 || others.length !== 2 || model.defining.has(id) || sides.some((side) => side.kind === "tuple" && (side.braces || side.items.some(({ kind }) => kind === "dots")))) return [];
  return [{ zero: { kind: "sum", terms: [{ sign: 1, expr: left }, { sign: -1, expr: right }], start: left.start, end: right.end }, by: "equation", binding: !(left.kind === "symbol" && isExample(right)), wrt: [] }];
}

/** The derivative of an objective by what a claim solves for, or by the argument that it speaks of: "setting the gradient to zero", "the normal equations" write none. */
function objectiveIn(model: Model, located: Located, claim: Claim, near: boolean): Condition[] {
  const { sides } = located.assertion;
  const [left, right] = sides;
  const written = sides.filter(({ kind }) => kind !== "opaque" && kind !== "dots").pop();
  const { stationary } = claim.located;
  if (left && hasDerivative(left)) return [];
  if (!left || !written || located.role === "wrong-example" || !(right || (stationary ? !located.inline || !isLetter(left) : located.inline && isSquare(left)))) return [];
  const value = minimisedBy(written);
  const unknown = unknownOf(claim.left, value);
  const called = right ? isCalledObjective(model, left, located) : true;
  const derivativeBy = (symbol: Expr): Expr => ({ kind: "derivative", notation: "fraction", of: value, wrt: [symbol], order: 1, total: false, missingPartial: false, start: value.start, end: value.end });
  if (stationary && !hasDerivative(value)) return variablesOf(model, claim, stationary, left, written).map((symbol) => ({ zero: derivativeBy(symbol), by: "objective", binding: true, wrt: [symbol] }));
  if (!unknown) return called && left.kind === "apply" ? left.args.filter((arg): arg is SymbolExpr => arg.kind === "symbol" && mentions(claim.left, arg) && mentions(value, arg)).map((arg) => ({ zero: derivativeBy(arg), by: "objective", binding: false, wrt: [arg] })) : [];
  if (!(called || (unknown.marked && left.kind === "symbol"))) return [];
  return [{ zero: derivativeBy(unknown.symbol), by: "objective", binding: called && unknown.marked && near && !isPoint(claim), wrt: [unknown.symbol] }];
}

/** f of `\arg\min_w f(w)` and `\max_w f(w)`, else the whole. */
function minimisedBy(expr: Expr): Expr {
  return argminParts(expr)?.objective ?? (expr.kind === "big" && (expr.operator === "min" || expr.operator === "max") ? expr.body : expr);
}

/** What an objective may be differentiated by where words set its derivative to zero: what they name, its arguments, or any of the letters that a claim speaks of. */
function variablesOf(model: Model, claim: Claim, told: readonly Expr[], left: Expr, value: Expr): readonly Expr[] {
  const letters = new Set(symbolsBehind(model, claim.located, value).map(baseKey));
  const unknown = unknownOf(claim.left, value)?.symbol;
  const own = unknown ? [unknown] : [claim.left, claim.right].flatMap((side) => symbolsIn(side, false)).filter((symbol, i, all) => letters.has(baseKey(symbol)) && all.findIndex((other) => fullKey(other) === fullKey(symbol)) === i);
  const among = (named: readonly Expr[]): Expr[] => named.flatMap((one): readonly Expr[] => (one.kind === "symbol" ? own.filter((symbol) => baseKey(one) === baseKey(symbol)) : one.kind === "power" && one.base.kind === "symbol" && among([one.base]).length ? [one] : []));
  const least = argminParts(value)?.variable ?? (value.kind === "big" ? value.indices[0]?.symbol : undefined);
  const elsewhere = unknown ? [] : told.filter((one) => one.kind === "symbol" && letters.has(baseKey(one)));
  // Words may name other letters as well: "since $X$ has full rank, we set the derivative to zero".
  const asked = among(told);
  const named = [...new Set([...(asked.length ? asked : elsewhere), ...(left.kind === "apply" ? among(left.args) : [])])];
  return [least ? among([least]) : [], named].find(({ length }) => length > 0) ?? own;
}

/** `\|y - X\beta\|^2`, and what is added to it. */
function isSquare(expr: Expr): boolean {
  if (expr.kind === "sum") return expr.terms.some((term) => isSquare(term.expr));
  return expr.kind === "power" ? expr.base.kind === "norm" : expr.kind === "product" ? expr.factors.some(isSquare) : expr.kind === "norm";
}

/** A function or a loss that the text defines. */
function isCalledObjective(model: Model, left: Expr, located: Located): boolean {
  const symbol = left.kind === "apply" && !left.primes ? left.fn : left.kind === "symbol" ? left : null;
  const entity = symbol && model.table.resolve(symbol, located)?.entity;
  return entity?.definition ? left.kind === "apply" || entity.isLoss : false;
}

function isZero(expr: Expr): boolean {
  return (expr.kind === "number" && expr.numerator === 0) || (expr.kind === "symbol" && expr.name === "0");
}

function hasDerivative(expr: Expr): boolean {
  return derivativesIn(expr).length > 0 || expr.kind === "differential" || childrenOf(expr).some((child) => child.kind === "differential");
}
