/**
 * Every statement of a document with what is to be said of it. Assertions are
 * taken link by link; labels under braces and the cells shown beside dots are
 * statements of their own.
 */
import { same } from "../base/same";
import { baseSymbol } from "../readings/dependence";
import type { Reading } from "../readings/reading";
import { childrenOf, type Derivative, derivativesIn, type Expr, type Place, type RelationOperator, type Slip, symbolsIn, wordOf } from "../semantics/expression";
import { fullKey } from "../semantics/symbols/key";
import { loggedIn } from "../semantics/declarations/definitions";
import { mirrorOf } from "../semantics/declarations/relations";
import type { Located, Model } from "../semantics/model";
import { hasDerivative } from "./alternatives";
import { refuteAnchored } from "./anchor";
import { type Attempt, loweringOf } from "./attempt";
import { toldOnce } from "./braces";
import type { Claim } from "./claim";
import { displayed, type Displayed, judgedForm } from "./closed";
import type { Conclusion } from "./conclusion";
import { consequence, followsCondition, nearConsequence } from "./consequences";
import { details } from "./details";
import { atSomeExtreme } from "./extremes";
import type { Finding } from "./finding";
import { idleSum } from "./idle-sums";
import { illFormed } from "./ill-formed";
import { judge, proof, verifiable } from "./judge";
import { checkLabels, labelClaim } from "./labels";
import { refuteLostMeans } from "./lost-means";
import { namesDerivative } from "./named-derivatives";
import { isStep } from "./no-law";
import { atEstimate, atNamedPoint } from "./points";
import { repeatsIn } from "./prepare";
import { withStatedCotangents } from "./stated-cotangents";
import { whereActive, whereChosen, whereStated } from "./where";

/** The findings of the document's reading, with what the core computes for their left sides: for all of them, or beside what is wrong and has no correction. */
export function withComputed(model: Model, findings: readonly Finding[], which: "all" | "wrong"): Finding[] {
  const isShown = (finding: Finding): boolean => which === "all" || finding.conclusion.verdict === "conditional" || (finding.conclusion.verdict === "refuted" && correction(model, finding) === null);
  return findings.map((finding) => (finding.compute && isShown(finding) ? { ...finding, computed: finding.compute() } : finding));
}

/** What the right side should have been, as LaTeX, where an edit of it tells. */
export function correction(model: Model, { conclusion, located, right }: Finding): string | null {
  const repaired = conclusion.verdict === "refuted" && conclusion.repair?.side === "right" ? conclusion.repair.latex : null;
  return repaired === model.document.formulas[located.formula]?.source.text.slice(right.start, right.end) ? null : repaired;
}

/** Whether a statement that does not hold in the document's reading would in another, on its own or by a side before it. */
export function wouldHold(model: Model, { kind, located, left, right, relation, conclusion }: Finding, reading: Reading): boolean {
  const settled = conclusion.verdict === "unchecked" ? conclusion.reason === "not-a-claim" || conclusion.reason === "unread" : conclusion.verdict === "verified" || conclusion.verdict === "definition";
  if (settled) return false;
  if (kind === "label") return verifiable(model, labelClaim(located, relation.start, left, right), reading);
  const { sides } = located.assertion;
  const at = Math.max(0, sides.indexOf(left));
  return [left, ...sides.slice(0, at)].some((side) => side.kind !== "opaque" && verifiable(model, { located, link: at, left: side, right, proportional: false }, reading));
}

/** What is said of a side that is not there. */
const leftOut: Readonly<Record<string, string>> = { open: "its right side is left open", continued: "its left side stands elsewhere" };

const asserted: ReadonlySet<RelationOperator> = new Set(["=", "\\equiv"]);

export function checkDocument(model: Model, home: Reading): Finding[] {
  const sections = new Map<number, Located[]>();
  for (const located of model.located) sections.set(located.section, [...(sections.get(located.section) ?? []), located]);
  return refuteAnchored(model, [...sections.values()].flatMap((section) => checkSection(model, section, home)));
}

/** How a bias is repeated is one choice for a section: the one that makes most of it true. */
function checkSection(model: Model, section: readonly Located[], home: Reading): Finding[] {
  // What does not look at the choice is decided once.
  const settled = new Map<Located, Finding[]>();
  const run = (reading: Reading): Finding[] =>
    section.flatMap((located) => {
      const known = settled.get(located);
      if (known) return known;
      const before = repeatsIn(model);
      const findings = checkAssertion(model, located, reading);
      if (repeatsIn(model) === before) settled.set(located, findings);
      return findings;
    });
  const first = trusted(model, refuteLostMeans(model, run(home)));
  if (!first.some((finding) => finding.conclusion.verdict === "refuted" && repeats(finding))) return first;
  const other: Reading = { ...home, bias: home.bias === "rows" ? "columns" : "rows" };
  if (!first.some((finding) => wouldHold(model, finding, other))) return first;
  const second = trusted(model, refuteLostMeans(model, run(other)));
  const score = (findings: readonly Finding[]): number => findings.filter((finding) => finding.conclusion.verdict === "verified").length;
  return score(second) > score(first) ? second : first;
}

/** Where more fails without a plain correction than holds, or would with one, it is our reading that fails. */
function trusted(model: Model, findings: Finding[]): Finding[] {
  const judged = findings.filter(({ conclusion }) => conclusion.verdict !== "definition" && !(conclusion.verdict === "unchecked" && conclusion.reason === "not-a-claim")).length;
  if (model.located.length <= 8 || judged <= 1) return findings;
  const unexplained = findings.filter(({ conclusion, wrongCells }) => conclusion.verdict === "refuted" && conclusion.repair === null && !wrongCells.length);
  const held = findings.filter(({ conclusion, kind }) => kind !== "label" && (conclusion.verdict === "verified" || (conclusion.verdict === "refuted" && conclusion.repair !== null))).length;
  if (unexplained.length <= held) return findings;
  return findings.map((finding) => (unexplained.includes(finding) ? { ...finding, code: null, conclusion: { verdict: "unchecked", attempt: null, reason: "ambiguous", message: "no small correction explains it" } } : finding));
}

function repeats({ conclusion }: Finding): boolean {
  if (conclusion.verdict !== "refuted") return false;
  const made = conclusion.attempt;
  return loweringOf(made).repeats.size > 0;
}

function checkAssertion(model: Model, located: Located, home: Reading): Finding[] {
  const { assertion } = located;
  let findings: Finding[] = [];
  // Sides that a slip has made differ from the first.
  const astray = new Set<number>();
  assertion.links.forEach((link, index) => {
    const [left, right] = [assertion.sides[index], assertion.sides[index + 1]];
    if (!left || !right) return;
    const shown = index > 0 && findings.length === index && findings.every(({ conclusion }, at) => conclusion.verdict === "verified" && asserted.has(assertion.links[at]?.operator ?? "other"));
    const own = checkLink(model, located, index, left, right, link.operator, home, shown);
    const finding = own.conclusion.verdict === "refuted" && astray.has(index) ? (returning(model, own, index, astray, home) ?? own) : own;
    const { verdict } = finding.conclusion;
    if (verdict === "refuted" || (verdict === "verified" && finding === own && astray.has(index))) astray.add(index + 1);
    findings.push(finding);
  });
  if (findings.length || assertion.sides.length) for (const side of assertion.sides) findings.push(...checkLabels(model, located, side, home));
  findings = toldOnce(model, findings, home);
  const [first] = findings;
  if (first && assertion.slips.length) findings[0] = { ...first, slips: assertion.slips };
  else if (assertion.slips.length) findings.push(slipOnly(located, assertion.slips));
  return findings;
}

/** After a slip, a side that is right again is held against the last that was: one slip marks one link. */
function returning(model: Model, finding: Finding, index: number, astray: ReadonlySet<number>, home: Reading): Finding | null {
  const { assertion } = finding.located;
  let at = index;
  while (astray.has(at)) at--;
  const left = assertion.sides[at];
  if (!left || left.kind === "opaque" || assertion.links.slice(at, index).some(({ operator }) => !asserted.has(operator))) return null;
  const conclusion = proof(model, { located: finding.located, link: index, left, right: finding.right, proportional: false }, home);
  return conclusion?.verdict === "verified" ? { ...finding, conclusion, code: null, wrongCells: [], range: { start: finding.right.start, end: finding.right.end } } : null;
}

function slipOnly(located: Located, slips: readonly Slip[]): Finding {
  const side = located.assertion.sides[0] as Expr;
  return { formula: located.formula, located, kind: "equation", left: side, right: side, relation: side, range: slips[0] as Slip, conclusion: { verdict: "definition" }, code: null, slips, wrongCells: [] };
}

function checkLink(model: Model, located: Located, index: number, left: Expr, right: Expr, operator: RelationOperator, home: Reading, shown: boolean): Finding {
  const base = { formula: located.formula, located, left, right, relation: { start: left.start, end: right.end }, range: { start: right.start, end: right.end }, slips: [], wrongCells: [], code: null } as const;
  const kind = kindOf(left, right);
  const notAClaim = (message: string): Finding => ({ ...base, kind, conclusion: { verdict: "unchecked", attempt: null, reason: "not-a-claim", message } });
  if (operator === ":=" || operator === "=:") return { ...base, kind: "definition", conclusion: { verdict: "definition" } };
  if (operator === "\\in") return { ...base, kind: "shape", conclusion: { verdict: "definition" } };
  const proportional = operator === "\\propto" && kind === "gradient";
  if (!asserted.has(operator) && !proportional) return notAClaim("not an equality");
  const role = located.role;
  if (role === "wrong-example") return notAClaim("said to be wrong");
  if (role === "question") return notAClaim("a question");
  if (role === "condition") return notAClaim("a condition on indices");
  if (role === "update") return notAClaim("an assignment");
  if (role === "initial") return notAClaim("an initial value");
  if (model.document.formulas[located.formula]?.struck) return notAClaim("struck out");
  if (left.kind === "opaque" || right.kind === "opaque") {
    const opaque = (left.kind === "opaque" ? left : right) as Expr & { kind: "opaque" };
    return { ...base, kind, conclusion: { verdict: "unchecked", attempt: null, reason: opaque.why in leftOut ? "not-a-claim" : "unread", message: leftOut[opaque.why] ?? opaque.why } };
  }
  const claim: Claim = { located, link: index, left, right, proportional: false, shown };
  const mayFollow = index === 0 && role !== "assumption" && !proportional;
  const follows = mayFollow ? consequence(model, claim, home) : null;
  if (follows) return { ...base, kind, conclusion: follows };
  const near = (): Conclusion | null => (mayFollow && role !== "hypothetical" && role !== "approximation" ? nearConsequence(model, claim, home) : null);
  const named = index === 0 ? namedDerivative(model, claim, home) : null;
  if (named) return { ...base, kind: "gradient", conclusion: named, ...details(model, claim, named, "gradient") };
  if (index === 0 && model.defining.has(located.id)) {
    const derived = rewritten(model, claim, home) ?? near() ?? illFormed(model, claim, home) ?? idleSum(model, claim, home);
    return derived ? { ...base, kind, conclusion: derived, ...details(model, claim, derived, kind) } : { ...base, kind: "definition", conclusion: { verdict: "definition" } };
  }
  if (isOwnProperty(left, right) && isDefined(model, left, located)) {
    const own = judgeLink(model, claim, home);
    if (own.verdict === "verified") return { ...base, kind, conclusion: own };
  }
  if (index > 0 && !hasDerivative(claim) && !located.assertion.sides.some((side) => derivativesIn(side).length) && isOwnDefinition(model, left.kind === "entry" ? (located.assertion.sides[0] as Expr) : left, right, located)) return { ...base, kind, conclusion: { verdict: "definition" } };
  if (isOwnProperty(left, right) || (located.inline && mirrorOf(left, right))) return { ...base, kind: "definition", conclusion: { verdict: "definition" } };
  // A wrong condition is right of the solution that the text goes on to find for it.
  const told = located.stationary && !hasDerivative(claim) ? near() : null;
  if (told) return { ...base, kind, conclusion: told, ...details(model, claim, told, kind) };
  const own = judgeTold(model, { ...claim, proportional }, home);
  if (index > 0 && isValueOf(model, located.assertion.sides[0] as Expr, right, located) && judge(model, claim, home).verdict === "unchecked") return { ...base, kind: "definition", conclusion: { verdict: "definition" } };
  const conclusion = own.verdict === "verified" ? own : (near() ?? elsewhere(model, claim, home, own));
  if (conclusion.verdict !== "verified" && isStep(claim)) return notAClaim("an assignment");
  const isLoose = role === "approximation" || (located.upToFactor && index === 0);
  if ((role === "hypothetical" || isLoose) && (conclusion.verdict === "refuted" || conclusion.verdict === "conditional")) return { ...base, kind, conclusion: { verdict: "unchecked", attempt: conclusion.attempt, reason: "ambiguous", message: role === "hypothetical" ? "it may be said of another case" : "it may leave something out" } };
  // "where $\\delta = \\partial L/\\partial z = p - y$" says what δ is, and derives it.
  const derives = (role === "definition" && (index > 0 || hasDerivative({ ...claim, right: left }))) || isOfKnownFunction(model, claim);
  if ((role === "assumption" || role === "definition") && located.inline && conclusion.verdict !== "verified" && !(derives && (conclusion.verdict === "refuted" || conclusion.verdict === "convention"))) return { ...base, kind: "definition", conclusion: { verdict: "definition" } };
  if (conclusion.verdict !== "verified" && statesFreeCotangent(model, conclusion, claim)) return { ...base, kind: "definition", conclusion: { verdict: "definition" } };
  const found = { ...base, kind, conclusion, ...details(model, claim, conclusion, kind) };
  const compute = (): Displayed | null => {
    const form = judgedForm(model, claim, conclusion, home);
    return form && displayed(form);
  };
  return kind === "equation" ? found : { ...found, compute };
}

/** `\\ell(w) = \\dots` that goes on from an earlier formula of the same ℓ(w) in other letters: it holds, or does but for a slip that no other choice of a sign or a factor explains. */
function rewritten(model: Model, claim: Claim, home: Reading): Conclusion | null {
  const { located, left } = claim;
  if ((located.role !== null && located.role !== "claim") || located.inline || left.kind !== "apply" || located.assertion.links.length !== 1) return null;
  const earlier = model.located.slice(0, located.id).filter(({ id, section, assertion: { sides } }) => section === located.section && model.defining.has(id) && same(sides[0], left)).at(-1);
  const before = earlier?.assertion.sides[1];
  if (!before || before.kind !== claim.right.kind) return null;
  const told: Claim = { ...claim, left: before };
  const conclusion = judge(model, told, home);
  const isOther = conclusion.verdict === "refuted" && (conclusion.repair?.side !== "right" || covers(conclusion.repair.variant.place, claim.right));
  return conclusion.verdict === "verified" || (conclusion.verdict === "refuted" && !isOther) ? conclusion : null;
}

function covers(place: Place, { start, end }: Expr): boolean {
  return place.start <= start && (place.end >= end || place.end === place.start);
}

/** What words say of `H = X^\\top X`, that H is the Hessian: it holds, or does but for a slip. With the other sign it is one of what is minimised instead. */
function namedDerivative(model: Model, claim: Claim, home: Reading): Conclusion | null {
  const derivative = claim.located.said?.derivative;
  if (!derivative) return null;
  const told: Claim = { ...claim, left: derivative };
  const conclusion = judge(model, told, home);
  if (conclusion.verdict === "verified") return conclusion;
  const { start, end } = claim.right;
  const isOpposite = (): boolean => proof(model, { ...told, right: { kind: "sum", terms: [{ sign: -1, expr: claim.right }], start, end } }, home) !== null;
  return conclusion.verdict === "refuted" && conclusion.repair && !isOpposite() ? conclusion : null;
}

/** "Given that $\\sigma'(x) = \\sigma(x)(1 - \\sigma(x))$" of the sigmoid, "For $f(x) = x^3$: $f'(x) = 3x^2$" and "setting $\\partial_\\mu \\|x - \\mu\\|^2 = 2(\\mu - x) = 0$" are nothing that one may suppose otherwise. */
function isOfKnownFunction(model: Model, { left, located }: Claim): boolean {
  const last = located.assertion.sides.at(-1);
  if (left.kind === "derivative" && isWrittenOut(left) && located.assertion.sides.length > 2 && last?.kind === "number" && last.numerator === 0) return true;
  const of = left.kind === "derivative" ? left.of : left.kind === "apply" && left.primes > 0 ? left : null;
  if (left.kind === "derivative" && of?.kind === "apply" && wordOf(of.fn.name) && left.wrt.every((by) => mentionsLetter(of, by))) return last?.kind !== "number";
  const name = of?.kind === "apply" ? of.fn : of;
  const entity = name?.kind === "symbol" ? model.table.resolve(name, located)?.entity : null;
  return Boolean(entity && (entity.named || (entity.definition && entity.section === located.section)));
}

/** `\\partial_\\mu \\sum_i \\|x_i - \\mu\\|^2`: what is differentiated is no letter and no function by name, and has its variable in it. */
function isWrittenOut({ of, wrt }: Derivative): boolean {
  return of.kind !== "symbol" && of.kind !== "apply" && wrt.length > 0 && wrt.every((by) => mentionsLetter(of, by));
}

function mentionsLetter(expr: Expr, letter: Expr): boolean {
  return letter.kind === "symbol" && symbolsIn(expr, false).some((symbol) => fullKey(symbol) === fullKey(letter));
}

/** What does not hold as it stands may be meant at a point, or where something is zero, or greater than something. */
function elsewhere(model: Model, claim: Claim, home: Reading, own: Conclusion): Conclusion {
  const placed = own.verdict === "convention" ? null : atNamedPoint(model, claim, home);
  if (placed?.verdict === "verified") return placed;
  const inCase = own.verdict === "convention" ? null : inCaseAtHand(model, claim, home, own);
  if (inCase) return inCase;
  const estimated = own.verdict === "refuted" ? atEstimate(model, claim, home) : null;
  if (estimated) return estimated;
  const there = own.verdict === "refuted" || (own.verdict === "unchecked" && own.reason === "ambiguous") ? whereStated(model, claim, home) : null;
  if (there && (own.verdict === "refuted" || there.verdict !== "unchecked")) return there;
  const active = own.verdict === "refuted" || (own.verdict === "unchecked" && claim.located.inWords) ? whereActive(model, claim, home) : null;
  if (active) return active;
  const chosen = own.verdict === "refuted" ? whereChosen(model, claim, home) : null;
  if (chosen) return chosen;
  const extreme = own.verdict === "refuted" || (own.verdict === "unchecked" && own.suspect) ? atSomeExtreme(model, claim, home) : null;
  if (extreme) return extreme;
  if (own.verdict !== "refuted" || own.repair) return own;
  return placed ?? (followsCondition(model, claim) ? { verdict: "unchecked", attempt: own.attempt, reason: "not-a-claim", message: "it may follow from what is set to zero" } : own);
}

/** "Case 1: $i = j$." sentences before: what is false of all indices is said of these. */
function inCaseAtHand(model: Model, claim: Claim, home: Reading, own: Conclusion): Conclusion | null {
  const { cases = [], assertion } = claim.located;
  if (assertion.notes.some(({ kind }) => kind === "relation")) return null;
  const conclusions: Conclusion[] = [];
  for (const inCase of cases) {
    const conclusion = judgeTold(model, { ...claim, inCase }, home);
    if (conclusion.verdict === "verified") return conclusion;
    conclusions.push(conclusion);
  }
  return conclusions.find(({ verdict }) => own.verdict === "refuted" || verdict !== "unchecked") ?? null;
}

/**
 * What is not decided of a loss without a formula may be by what was said of
 * its derivatives before: up to a factor, since notes that sum over samples in
 * one place take the mean in another.
 */
function judgeTold(model: Model, claim: Claim, home: Reading): Conclusion {
  const own = judgeLink(model, claim, home);
  const told = own.verdict === "unchecked" ? withStatedCotangents(model, claim, own.attempt) : null;
  if (!told) return own;
  const conclusion = judge(model, told, home);
  if (conclusion.verdict === "verified") return conclusion;
  return conclusion.verdict === "refuted" && proof(model, { ...told, proportional: true }, home)?.verdict !== "verified" ? conclusion : own;
}

/** A link whose own left side cannot be computed is held against the sides before it: the chain says that they are equal. */
function judgeLink(model: Model, claim: Claim, home: Reading): Conclusion {
  const own = judge(model, claim, home);
  if (own.verdict !== "unchecked" || own.reason === "not-a-claim") return own;
  const { assertion } = claim.located;
  let corrected = false;
  for (let at = claim.link - 1; at >= 0; at--) {
    const earlier = assertion.sides[at];
    if (!asserted.has(assertion.links[at]?.operator ?? "other")) break;
    if (!earlier || earlier.kind === "opaque") continue;
    const against: Claim = { ...claim, left: earlier };
    // What no edit brings to the nearest side, none brings to those before it.
    if (corrected && !verifiable(model, against, home)) continue;
    const other = judge(model, against, home);
    corrected ||= other.attempt !== null && other.attempt.outcome !== "failed";
    // A step from a number to an array is none, whatever the side before is.
    if (other.verdict === "verified" && own.attempt?.outcome === "shape") return own;
    // Where the left side could be computed, what is not known of it is not known of the sides before, unless an edit brings it to them.
    if (other.verdict !== "unchecked" && !(other.verdict === "refuted" && !other.repair && own.attempt?.outcome === "compared")) return other;
  }
  return own;
}

function kindOf(left: Expr, right: Expr): Finding["kind"] {
  const has = (test: (expr: Expr) => boolean): boolean => [left, right].some((side) => contains(side, test));
  if ((left.kind === "apply" && left.primes > 0) || has((expr) => expr.kind === "derivative")) return "gradient";
  if (has((expr) => expr.kind === "differential")) return "differential";
  return "equation";
}

function contains(expr: Expr, test: (expr: Expr) => boolean): boolean {
  return test(expr) || childrenOf(expr).some((child) => contains(child, test));
}

/** Whether the text gives a formula for it, which has its properties or has not. */
function isDefined(model: Model, side: Expr, located: Located): boolean {
  const symbol = side.kind === "transpose" ? side.base : side;
  return symbol.kind === "symbol" && Boolean(model.table.resolve(symbol, located)?.entity.definition);
}

/** `E[y] = \mu = b(\theta)`: what the chain itself sets μ equal to proves nothing of it. */
function isOwnDefinition(model: Model, left: Expr, right: Expr, located: Located): boolean {
  const logged = loggedIn(left);
  const fn = logged?.kind === "apply" ? logged.fn : logged;
  // `\ell = \log L = \dots` says what L is.
  if (fn?.kind === "symbol" && model.table.resolve(fn, located)?.entity.definition?.assertion === located.id) return true;
  return left.kind === "symbol" && isValueOf(model, left, right, located);
}

/** `h(c) = \log f(y; c) = \dots`: what is said of h behind a name of its own is what h is. */
function isValueOf(model: Model, head: Expr, right: Expr, located: Located): boolean {
  const name = head.kind === "apply" ? head.fn : head;
  const definition = name.kind === "symbol" ? model.table.resolve(name, located)?.entity.definition : null;
  return definition?.assertion === located.id && definition.expr === right;
}

/** `A = A^\top` declares. */
function isOwnProperty(left: Expr, right: Expr): boolean {
  const inner = right.kind === "transpose" ? right.base : left.kind === "transpose" ? left.base : null;
  const other = right.kind === "transpose" ? left : right;
  if (right.kind === "apply" && left.kind === "symbol" && right.fn.name === left.name) return true;
  return inner?.kind === "symbol" && other.kind === "symbol" && inner.name === other.name && !inner.subscripts.length && !other.subscripts.length;
}

/** ∂L/∂Y = … for a loss without a formula, at what it directly depends on, as a whole or by its entries: says what L is. */
function statesFreeCotangent(model: Model, conclusion: Conclusion, claim: Claim): boolean {
  const made: Attempt | null = conclusion.attempt;
  const lowering = made ? loweringOf(made) : null;
  if (!lowering) return false;
  return [claim.left, claim.right].some((side, i) => {
    const other = i === 0 ? claim.right : claim.left;
    const stated = cellsOf(side);
    if (!stated.every((cell) => cell.kind === "derivative") || cellsOf(other).some((cell) => !isPlainlyGiven(cell)) || symbolsIn(other, false).some((symbol) => namesDerivative(model, symbol, claim.located))) return false;
    return stated.flatMap(({ wrt }) => wrt).some((wrt) => {
      const base = baseSymbol(wrt);
      const resolved = base ? model.table.resolve(base, claim.located) : null;
      return resolved !== null && lowering.sinks.has(resolved.entity.id);
    });
  });
}

/** The entries of an array that is written out, or what is none. */
function cellsOf(expr: Expr): readonly Expr[] {
  return expr.kind === "matrix" ? expr.rows.flatMap((row) => row.flatMap((cell) => cell.expr ?? [])) : [expr];
}

/** Free of derivatives, or one of a formula that is all there. */
function isPlainlyGiven(expr: Expr): boolean {
  return !derivativesIn(expr).length || (expr.kind === "derivative" && expr.of.kind !== "symbol" && expr.of.kind !== "apply" && !derivativesIn(expr.of).length);
}
