/** What leaves a claim open that fails in every reading: where our understanding may fail rather than the text. */
import { withParts } from "../base/parts";
import { withUnwritten } from "../readings/applications";
import { isSettled } from "../readings/expectations";
import type { Failure } from "../readings/failure";
import { multiplies } from "../readings/hadamards";
import { namesMembers } from "../readings/running";
import { isExample } from "../semantics/declarations/definitions";
import { childrenOf, type Derivative, derivativesIn, type Expr, occurs, type SymbolExpr, symbolsIn, wordOf } from "../semantics/expression";
import type { Model } from "../semantics/model";
import type { Entity } from "../semantics/symbols/entity";
import { baseKey, fullKey, otherCase, taggedKey } from "../semantics/symbols/key";
import { variedIn } from "../semantics/variations";
import { atomsOf, sizeKey } from "../semantics/symbols/sizes";
import { definitionsBehind, definitionsOf, hasDerivative, involvedIn, involves, partsOf, showsLists, softmaxUnsaid } from "./alternatives";
import { attempt, type Attempt, loweringOf } from "./attempt";
import { type Case, firstOf, leftOpen, unexplained } from "./case";
import { charitable, vagueOf } from "./charity";
import type { Claim } from "./claim";
import type { Unchecked } from "./conclusion";
import { failsAtEndsAlone, leavesEndsOut } from "./ends";
import { claimsIn, smallDocument } from "./extent";
import { losesIndexInChain } from "./index-lost-in-a-chain";
import { isMiscounted, noLaw } from "./no-law";
import { oneHotUnsaid } from "./one-hot";
import { differs, isZeroOnTheLeft, vanishesOnTheRight, vacuous } from "./outcomes";
import { ownStep } from "./own-step";
import { differentiatesClash, leavesEntryOut, restsOnClash } from "./rests";
import { labelValuesUnsaid } from "./label-values";
import { lastDigitUnsaid } from "./rounded";
import { inFull, type Tried } from "./screen";
import { isSelfContained, stated } from "./self-contained";
import { functionUnsaid } from "./told-loosely";
import { leavesUnsaid } from "./unsaid";
import { generalEntry } from "./shorthand";
import { bringsLetters } from "./short-letters";
import { underEquation } from "./supposed";
import { differentiatesByOthers } from "./two-members";
import { wordsUnread } from "./unread";
import { goesUpstream } from "./upstream";

/** In this order: the first that applies is what is said. */
const reservations = [
  functionUnsaid,
  lastDigitUnsaid,
  listsUnsaid,
  slopeUnsaid,
  formulaInWords,
  convolutionUnsaid,
  roundingUnsaid,
  oneHotUnsaid,
  labelValuesUnsaid,
  undecided,
  misread,
  entriesForWholes,
  sumsUnsaid,
  butAtTheEnds,
  spreadUnsaid,
  identityUnsaid,
  forSomeDistributions,
  forSomeMeasures,
  differencesUnsaid,
  inOneCase,
  primesUnsaid,
  applicationUnsaid,
  argumentsUnsaid,
  noLaw,
  commutingUnsaid,
  leavesUnsaid,
  caseUnsaid,
  meanUnsaid,
  lettersUnsaid,
  wordsUnread,
  underEquation,
  uncorrected,
  membersUnsaid,
  othersUnsaid,
  stepUnsaid,
  sinkUnsaid,
  wholeUnsaid,
  namesTwo,
  directionUnsaid,
  unclear,
  charitable,
  independent,
] as const;

export function reservationOf(one: Case): Unchecked | null {
  return firstOf(one, reservations);
}

/** What an attempt that decides nothing says of it. */
export function unchecked(one: Attempt): Unchecked {
  if (one.outcome === "compared") return { verdict: "unchecked", attempt: one, reason: "unsupported", message: one.comparison.status === "undecided" ? one.comparison.why : "not decided" };
  const { kind, message } = (one as { failure: Failure }).failure;
  const reason = kind === "shape" || kind === "range" ? "unsupported" : kind;
  return { verdict: "unchecked", attempt: one, reason, message };
}

/** Of letters that a list of their entries shows. */
function listsUnsaid(one: Case): Unchecked | null {
  const { model, claim, home, screen } = one;
  return showsLists(claim, model) && screen.proof(claim, { ...home, listed: "rows" }) ? leftOpen(one, "whether a list is a row or a column is not said") : null;
}

/** `\frac{\partial}{\partial\theta} a(\theta^\top x)` for a', the derivative by what a is of. */
function slopeUnsaid(one: Case): Unchecked | null {
  const { claim, home, screen } = one;
  // 2 ∂σ(wᵀx)/∂w = 2σ'(wᵀx) has lost a factor of the chain rule.
  if ([claim.left, claim.right].some((side) => isSlope(side) || hasPrimes(side))) return null;
  const [left, right] = [asSlopes(claim.left), asSlopes(claim.right)];
  return (left !== claim.left || right !== claim.right) && screen.proof({ ...claim, left, right }, home) ? leftOpen(one, "whether a derivative is by the argument of the function is not said") : null;
}

/** Of `p(y \mid x)`, which may be of one w or whatever p the text means there, beside `p(y \mid x, w) = \dots`. */
function argumentsUnsaid(one: Case): Unchecked | null {
  const { model, claim } = one;
  const leaves = (expr: Expr): boolean => {
    const definition = expr.kind === "apply" ? model.table.resolve(expr.fn, claim.located)?.entity.definition : null;
    return expr.kind === "apply" && Boolean(definition && withUnwritten(definition, expr));
  };
  return [claim.left, claim.right].some((side) => partsOf(side).some(leaves)) ? leftOpen(one, "what arguments that are not written are is not said") : null;
}

function asSlopes<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  const expr = value as unknown as Expr;
  return isSlope(expr) ? ({ ...expr.of, primes: expr.order } as unknown as T) : (withParts(value, asSlopes) as T);
}

function hasPrimes(expr: Expr): boolean {
  return (expr.kind === "apply" && Boolean(expr.primes)) || childrenOf(expr).some(hasPrimes);
}

function isSlope(expr: Expr): expr is Extract<Expr, { kind: "derivative" }> & { of: Extract<Expr, { kind: "apply" }> } {
  return expr.kind === "derivative" && expr.of.kind === "apply" && !expr.of.primes && expr.of.args.length === 1 && expr.of.args[0]?.kind !== "symbol" && !expr.along;
}

/** s of `\frac{\partial}{\partial b_0} \frac{e^{b_0}}{s}`, of which plain text says what it is made of. */
function formulaInWords(one: Case): Unchecked | null {
  const { model, claim } = one;
  const isOpen = (symbol: SymbolExpr): boolean => !symbol.subscripts.length && model.inPlainFormulas.has(baseKey(symbol)) && !isGiven(model.table.resolve(symbol, claim.located)?.entity);
  const letter = involvedIn(model, claim).flatMap((expr) => symbolsIn(expr, false)).find(isOpen);
  return letter ? leftOpen(one, `what ${letter.name} is made of is said outside of formulas`) : null;
}

/** `x * \delta` where the text speaks of convolutions. */
function convolutionUnsaid(one: Case): Unchecked | null {
  const { model, claim } = one;
  const speaks = model.facts.some(({ kind }) => kind === "convolution") && involvedIn(model, claim).some((expr) => multiplies(expr, ["*", "\\ast", "\\star", "\\circledast"]));
  return speaks ? leftOpen(one, "whether a star is a convolution is not said") : null;
}

/** `\hat w = s\,\operatorname{round}(w/s)`: the derivative of a rounding is zero, or what an estimator passes straight through. */
function roundingUnsaid(one: Case): Unchecked | null {
  const { model, claim } = one;
  const rounds = (expr: Expr): boolean => expr.kind === "apply" && /^(round|rint|floor|ceil|quantize)$/i.test(expr.fn.name);
  return hasDerivative(claim) && involves(claim, model, rounds) ? leftOpen(one, "how a rounding is differentiated is not said") : null;
}

function undecided({ tried }: Case): Unchecked | null {
  const isOpen = (one: Tried): one is Attempt => one.outcome === "compared" && one.comparison.status === "undecided" && !vacuous(one);
  const open = tried.find(isOpen);
  return open ? unchecked(open) : null;
}

/** Sizes that clash in what the claim rests on, or but for an index that is left out. */
function misread(one: Case): Unchecked | null {
  const { model, claim, home, first, tried, screen } = one;
  if (first.outcome !== "shape") return null;
  if ([claim.left, claim.right].flatMap(derivativesIn).some((derivative) => isByOther(model, claim, derivative))) return leftOpen(one, "nothing says how it depends on what it is differentiated by");
  const asEntry = leavesEntryOut(claim, home, screen);
  if (asEntry) return { ...leftOpen(one, "the index of an entry is written at the head of the chain alone"), attempt: asEntry };
  if (!tried.every(({ outcome }) => outcome === "shape")) return null;
  if (restsOnClash(model, claim, home)) return leftOpen(one, "what it rests on does not fit together");
  return differentiatesClash(model, claim, home) ? leftOpen(one, "what is differentiated does not fit together") : null;
}

/** `\frac{\partial h}{\partial z}` of an array h in whose formula there is nothing of a z that nothing declares. */
function isByOther(model: Model, { located }: Claim, { of, wrt: [by, ...more], total }: Derivative): boolean {
  const { definition, shape, isLoss } = (of.kind === "symbol" && model.table.resolve(of, located)?.entity) || {};
  // `dU/dt` speaks of a t that all depends on.
  if (isLoss || (total && !definition) || !shape?.some((dim) => dim !== "1") || by?.kind !== "symbol" || more.length) return false;
  const entity = model.table.resolve(by, located)?.entity;
  if (entity?.shape?.length || (entity?.definition && !isExample(entity.definition.expr))) return false;
  const behind = definition ? [definition.expr, ...definitionsBehind(model, [definition.expr], located).map(({ expr }) => expr)] : [];
  return !behind.some((expr) => symbolsIn(expr, true).some((symbol) => baseKey(symbol) === baseKey(by)));
}

/** Of which place in an array letters tell that stand on one side alone. */
function entriesForWholes(one: Case): Unchecked | null {
  const { model, claim, home, first } = one;
  return first.outcome === "shape" && attempt(model, claim, home, { transform: generalEntry }).outcome === "compared" && !losesIndexInChain(one) ? leftOpen(one, "an entry stands for an array") : null;
}

/** `\nabla b = \sum \delta` of a matrix δ: what its rows or columns are is summed then. */
function sumsUnsaid(one: Case): Unchecked | null {
  const { model, claim, first } = one;
  const isBare = (expr: Expr): boolean => (expr.kind === "big" && expr.operator === "sum" && !expr.indices.length && !expr.conditions.length) || childrenOf(expr).some(isBare);
  return first.outcome === "shape" && involvedIn(model, claim).some(isBare) ? leftOpen(one, "over what is summed is not said") : null;
}

function butAtTheEnds(one: Case): Unchecked | null {
  const { model, claim, tried } = one;
  return involvedIn(model, claim).some(leavesEndsOut) && tried.some((made) => differs(made) && !(made.outcome === "differs" && made.inside()) && failsAtEndsAlone(inFull(made))) ? leftOpen(one, "it holds but at the ends") : null;
}

/** "$H = \\frac12 r^2$ for $|r| \\leq \\delta$ and … otherwise": which case a formula is of is said in words. */
function inOneCase(one: Case): Unchecked | null {
  const { model, claim } = one;
  const definitions = definitionsBehind(model, [claim.left, claim.right], claim.located);
  return claim.located.partial || definitions.some(({ assertion }) => model.located[assertion]?.partial) ? leftOpen(one, "it may be said of one case among others") : null;
}

/** s of `h = s(\theta^\top x)`, which nothing declares and which stands before brackets alone: a function as well as a factor, where no small correction tells. */
function applicationUnsaid(one: Case): Unchecked | null {
  const { model, claim } = one;
  const isOpen = (symbol: SymbolExpr): boolean => !isGiven(model.table.resolve(symbol, claim.located)?.entity);
  const letters = new Set(involvedIn(model, claim).flatMap(beforeBrackets).filter(isOpen).map(taggedKey));
  // `c(1) = c(2)`: nobody multiplies numbers in that order.
  const numbered = [...new Set(involvedIn(model, claim).flatMap(beforeNumbers).filter(isOpen).map(taggedKey))];
  const isAlone = (key: string): boolean => model.located.some(({ assertion }) => assertion.sides.some((side) => symbolsAlone(side, null).some((symbol) => !symbol.subscripts.length && taggedKey(symbol) === key)));
  if (numbered.some((key) => !isAlone(key))) return leftOpen(one, `whether ${numbered.join(", ")} multiplies what stands behind it is not said`);
  if (!letters.size || one.repaired()) return null;
  for (const { assertion } of model.located) for (const side of assertion.sides) for (const key of standingAlone(side)) letters.delete(key);
  return letters.size ? leftOpen(one, `whether ${[...letters].join(", ")} multiplies what stands behind it is not said`) : null;
}

function isGiven(entity: Entity | undefined): boolean {
  return entity !== undefined && (entity.definition !== null || entity.shapeFrom === "declared" || entity.isSize);
}

/** Small letters that a bracket stands behind. */
function beforeBrackets(expr: Expr): SymbolExpr[] {
  const own = expr.kind === "product" ? expr.factors.filter((factor, i): factor is SymbolExpr => factor.kind === "symbol" && /^[a-z]$/.test(factor.name) && !factor.subscripts.length && isBracket(expr.factors[i + 1]) && expr.factors[i + 1]?.kind !== "number") : [];
  return [...own, ...childrenOf(expr).flatMap(beforeBrackets)];
}

/** Letters that a number stands behind, in brackets as it must be. */
function beforeNumbers(expr: Expr): SymbolExpr[] {
  const own = expr.kind === "product" ? expr.factors.filter((factor, i): factor is SymbolExpr => factor.kind === "symbol" && !factor.subscripts.length && expr.factors[i + 1]?.kind === "number" && expr.operators[i] === "") : [];
  return [...own, ...childrenOf(expr).flatMap(beforeNumbers)];
}

function isBracket(expr: Expr | undefined): boolean {
  return expr?.kind === "sum" || expr?.kind === "product" || expr?.kind === "number";
}

/** The letters that stand somewhere else than before brackets. */
function standingAlone(expr: Expr): string[] {
  return symbolsAlone(expr, null).map(taggedKey);
}

function symbolsAlone(expr: Expr, next: Expr | null): SymbolExpr[] {
  if (expr.kind === "symbol") return isBracket(next ?? undefined) ? [] : [expr];
  if (expr.kind === "apply") return expr.args.flatMap((arg) => symbolsAlone(arg, null));
  if (expr.kind === "product") return expr.factors.flatMap((factor, i) => symbolsAlone(factor, expr.factors[i + 1] ?? null));
  return childrenOf(expr).flatMap((child) => symbolsAlone(child, null));
}

/** `y' = 3x` behind `y = 2x`: another letter, where nothing tells of derivatives. */
function primesUnsaid(one: Case): Unchecked | null {
  return one.claim.located.bare === "untold" ? leftOpen(one, "a prime or an index may make another letter") : null;
}

/** `\text{var}(a + b)`: that of the entries of an array, or of what is random. */
function spreadUnsaid(one: Case): Unchecked | null {
  const { left, right } = one.claim;
  const isSpread = (expr: Expr): boolean => (expr.kind === "apply" && wordOf(expr.fn.name)?.fn === "variance") || childrenOf(expr).some(isSpread);
  return [left, right].some(isSpread) && ![left, right].some((side) => derivativesIn(side).length) ? leftOpen(one, "whether a variance is of entries or of what is random is not said") : null;
}

/** `I_b = -I_c` of currents, `|I_l| = l` of sets: an identity is as large as something that the text speaks of. */
function identityUnsaid(one: Case): Unchecked | null {
  const { model, claim } = one;
  const sides = [claim.left, claim.right];
  if (sides.some((side) => derivativesIn(side).length)) return null;
  const sizes = new Set(model.table.all.flatMap(({ shape }) => shape ?? []).flatMap(atomsOf));
  const isOpen = ({ name, subscripts: [below] }: SymbolExpr): boolean => name === "I" && below !== undefined && !atomsOf(sizeKey(below.expr) ?? "?").every((atom) => sizes.has(atom) || /^\d+$/.test(atom));
  return sides.flatMap((side) => symbolsIn(side, false)).some(isOpen) ? leftOpen(one, "whether it is an identity is not said") : null;
}

/** What holds for a normal distribution alone fails for others. */
function forSomeDistributions(one: Case): Unchecked | null {
  const { claim, first, byChance, repaired } = one;
  return byChance && !isSettled(loweringOf(first), [claim.left, claim.right]) && !repaired() ? leftOpen(one, "it may hold for some distributions") : null;
}

/** What holds of one measure alone, such as that of lengths, fails for others; what an equation determines is judged at points that are not on it. */
function forSomeMeasures(one: Case): Unchecked | null {
  const { guessed } = loweringOf(one.first);
  const message = guessed.has("∫") ? "it may hold for some integrals" : guessed.has("implicit") ? "it may hold where the equation does" : null;
  return message !== null && !one.repaired() ? leftOpen(one, message) : null;
}

/** `\Delta y = 2x\,\Delta x`, in words of which some are not of first order: how large a difference is taken to be is not said. */
function differencesUnsaid(one: Case): Unchecked | null {
  const { model, claim } = one;
  const isOpen = (side: Expr): boolean => symbolsIn(side, false).some((symbol) => taggedKey(symbol) === "Delta" && !isGiven(model.table.resolve(symbol, claim.located)?.entity));
  return [claim.left, claim.right].some((side) => isOpen(side) && variedIn(side, "Delta").length > 0) ? leftOpen(one, "how large a difference is taken to be is not said") : null;
}

/** Matrices that are said to commute are drawn as any others. */
function commutingUnsaid(one: Case): Unchecked | null {
  const { first } = one;
  const commuting = [...loweringOf(first).drawn.values()].filter(({ entity }) => entity?.properties.has("commuting"));
  return first.outcome !== "shape" && commuting.length > 1 ? leftOpen(one, "it may hold of matrices that commute") : null;
}

/** Of a derivative that nothing small corrects, in letters of which it knows nothing. */
function lettersUnsaid(one: Case): Unchecked | null {
  const { model, claim, first, repaired } = one;
  const [derivative, made] = derivativesIn(claim.left).length ? [claim.left, claim.right] : [claim.right, claim.left];
  if (first.outcome === "shape" || !derivativesIn(derivative).length || repaired()) return null;
  return bringsLetters(model, claim.located, derivative, made, first) ? leftOpen(one, "what a letter is short for is not said") : null;
}

/** `-2X'y` beside `e = Y - X\beta`: a letter of which the text says nothing may be the other case of one that it speaks of; so may z where it writes z_{ij} and Z_{ij}. */
function caseUnsaid(one: Case): Unchecked | null {
  const { model, claim, repaired } = one;
  const made = repaired();
  if (!made) return null;
  const [was, now] = [claim[made.side], made.variant.expr].map((side) => symbolsIn(side, false).map(taggedKey).sort().join(" ")) as [string, string];
  const isEntered = (symbol: SymbolExpr): boolean => model.located.some(({ assertion }) => assertion.sides.some((side) => symbolsIn(side, false).some((entry) => entry.subscripts.length === 2 && taggedKey(entry) === taggedKey(symbol))));
  const isMixed = (symbol: SymbolExpr): boolean => {
    const other = otherCase(symbol);
    const entity = model.table.resolve(symbol, claim.located)?.entity;
    return other !== null && ((!entity?.shape && !entity?.definition) || (isEntered(symbol) && isEntered(other))) && now === was.split(" ").map((key) => (key === taggedKey(symbol) ? taggedKey(other) : key)).sort().join(" ");
  };
  const mixed = was === now ? undefined : symbolsIn(claim[made.side], false).find(isMixed);
  return mixed ? leftOpen(one, "whether a letter and its other case are the same is not said") : null;
}

/** `\frac{1}{N}(\hat{y} - y)` beside the loss of one sample: of the mean over N of them, where N is nothing that the loss is made of. */
function meanUnsaid(one: Case): Unchecked | null {
  const { model, claim, first } = one;
  const made = one.repaired();
  if (!made || !hasDerivative(claim)) return null;
  const known = new Set([...involvedIn(model, { ...claim, [made.side]: made.variant.expr }).flatMap((expr) => symbolsIn(expr, false)).map(taggedKey), ...[...loweringOf(first).drawn.values()].flatMap(({ shape }) => shape).flatMap(atomsOf)]);
  const counts = countsIn(claim[made.side]).map(taggedKey).filter((key) => !known.has(key));
  return counts.length ? leftOpen(one, `whether the mean over ${counts[0]} is taken is not said`) : null;
}

/** N of `\frac{1}{N}`. */
function countsIn(expr: Expr): SymbolExpr[] {
  const own = expr.kind === "quotient" && expr.numerator.kind === "number" && expr.denominator.kind === "symbol" ? [expr.denominator] : [];
  return [...own, ...childrenOf(expr).flatMap(countsIn)];
}

/** In a long text what no small edit corrects is most often misunderstood. */
function uncorrected(one: Case): Unchecked | null {
  const { model, claim, home, first, repaired } = one;
  if (claimsIn(model) <= smallDocument || claim.isLabel || statesGradient(one) || isMiscounted(model, claim)) return null;
  if ([claim.left, claim.right].some((side) => occurs("matrix", side)) || repaired()) return null;
  return vagueOf(first).length === 0 && isSelfContained(model, claim, home, first) ? null : unexplained(one, "no small correction explains it");
}

/** A derivative stated in the first link, or in a chain that holds until there, whose sizes clash; what else fails may rest on more than it says. */
function statesGradient({ model, claim, first }: Case): boolean {
  const left = stated(claim, model);
  return left !== null && first.outcome === "shape" && (left.kind === "derivative" || occurs("differential", left));
}

function membersUnsaid(one: Case): Unchecked | null {
  const { model, claim, home, screen } = one;
  if (home.members !== "among" || !namesMembers(model)) return null;
  return [home, { ...home, sigma: "sigmoid" } as const].some((reading) => screen.proof(claim, { ...reading, members: "apart" })) ? leftOpen(one, "whether it is one of those that are summed over is not said") : null;
}

function othersUnsaid(one: Case): Unchecked | null {
  const { model, claim, repaired } = one;
  return differentiatesByOthers(claim, definitionsOf(model, claim)) && !repaired() ? leftOpen(one, "whether it is the one that a sum leaves out is not said") : null;
}

function stepUnsaid(one: Case): Unchecked | null {
  const { model, claim, home, screen } = one;
  return ownStep(claim, model) === "unsaid" && screen.proof(claim, { ...home, steps: "own" }) ? leftOpen(one, "whether the loss is of one step or of all is not said") : null;
}

/** `\\partial E / \\partial b` that is right for u of `u = hW + b`: of an E without a formula, it is that where nothing else is made of b. */
function sinkUnsaid(one: Case): Unchecked | null {
  const { model, claim, repaired } = one;
  const { left, located } = claim;
  const made = repaired();
  const [own, other] = [left, made?.side === "left" ? made.variant.expr : null].map((expr) => (expr?.kind === "derivative" && expr.wrt.length === 1 ? expr.wrt[0] : undefined));
  if (left.kind !== "derivative" || left.of.kind !== "symbol" || own?.kind !== "symbol" || other?.kind !== "symbol" || model.table.resolve(left.of, located)?.entity.definition) return null;
  const definition = model.table.resolve(other, located)?.entity.definition?.expr;
  const isAdded = definition?.kind === "sum" && definition.terms.some(({ sign, expr }) => sign > 0 && expr.kind === "symbol" && fullKey(expr) === fullKey(own));
  return isAdded ? leftOpen(one, "whether the loss depends on it in another way is not said") : null;
}

/** L and L_t, where no formula says how the one is made of the others. */
function wholeUnsaid(one: Case): Unchecked | null {
  const { model, claim } = one;
  const losses = [claim.left, claim.right].flatMap(derivativesIn).flatMap(({ of }) => (of.kind === "symbol" && !model.table.resolve(of, claim.located)?.entity.definition ? [of] : []));
  const isPart = (whole: SymbolExpr, part: SymbolExpr): boolean => !whole.subscripts.length && part.subscripts.length === 1 && part.font === whole.font && baseKey(part) === baseKey(whole);
  return losses.some((whole) => losses.some((part) => isPart(whole, part))) ? leftOpen(one, "how the loss is made of those of its parts is not said") : null;
}

/** σ behind `\sigma = \sqrt{\sigma^2 + \epsilon}`, which may be either. */
function namesTwo(one: Case): Unchecked | null {
  const { model, claim } = one;
  const letters = new Set(model.located.flatMap(({ assertion: { sides: [left, right], links: [link] } }) => (left?.kind === "symbol" && link?.operator === "=" && right && ["root", "power"].includes(right.kind) && symbolsIn(right, false).some((symbol) => fullKey(symbol) === fullKey(left)) ? [fullKey(left)] : [])));
  return letters.size && involvedIn(model, claim).flatMap((expr) => symbolsIn(expr, false)).some((symbol) => letters.has(fullKey(symbol))) ? leftOpen(one, "a letter stands for what it is made of as well") : null;
}

function directionUnsaid(one: Case): Unchecked | null {
  const { model, claim, home, screen } = one;
  return softmaxUnsaid(claim, model) && screen.proof(claim, { ...home, softmax: "columns" }) ? leftOpen(one, "whether the softmax is taken by rows or by columns is not said") : null;
}

function unclear(one: Case): Unchecked | null {
  const { model, claim, first, repaired } = one;
  if (speaksOfBoth(one)) return leftOpen(one, "an index on a number");
  if (repaired()) return null;
  if (first.outcome === "shape" && !first.failure.clash) return leftOpen(one, "how a derivative of more than two axes is arranged is not said");
  return goesUpstream(model, claim) ? leftOpen(one, "it differentiates what a symbol is made of by that symbol") : null;
}

/** A number y beside the y_i of samples, in one claim: what has to do with what is not said. */
function speaksOfBoth({ model, claim, first }: Case): boolean {
  const { several } = loweringOf(first);
  return several.size > 0 && involvedIn(model, claim).some((expr) => symbolsIn(expr, false).some((symbol) => !symbol.subscripts.length && several.has(taggedKey(symbol))));
}

/** `\nabla_w f(\theta)`, of a w that the text has nowhere else. */
function isByAnotherLetter({ model, claim }: Case): boolean {
  const { left } = claim;
  if (left.kind !== "derivative" || !left.wrt.length) return false;
  const written = new Set(model.located.flatMap(({ assertion }) => assertion.sides).flatMap(outsideDerivatives).map(baseKey));
  return left.wrt.every((by) => symbolsIn(by, false).every((symbol) => !written.has(baseKey(symbol))));
}

/** The letters of an expression but those that it differentiates by. */
function outsideDerivatives(expr: Expr): SymbolExpr[] {
  if (expr.kind === "symbol") return [expr];
  return (expr.kind === "derivative" ? [expr.of] : childrenOf(expr)).flatMap(outsideDerivatives);
}

function independent(one: Case): Unchecked | null {
  const { claim, repaired, shown } = one;
  if (one.first.outcome === "shape" && isByAnotherLetter(one)) return leftOpen(one, "nothing says how it depends on what it is differentiated by");
  const stands = (claim.left.kind === "derivative" && isZeroOnTheLeft(shown())) || vanishesOnTheRight(claim, shown());
  return stands && !repaired() ? leftOpen(one, "nothing says how it depends on what it is differentiated by") : null;
}
