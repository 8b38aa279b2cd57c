/**
 * Every statement of a document with what is to be said of it. Assertions are
 * taken link by link; labels under braces and the cells shown beside dots are
 * statements of their own.
 */
import { baseSymbol } from "../readings/derivatives";
import { patternOf, shownCells, type Shown } from "../readings/dotted";
import type { MatrixExpr } from "../readings/matrices";
import { type Reading, watched } from "../readings/reading";
import { termOf, type Value } from "../readings/value";
import { childrenOf, derivativesIn, type Expr, type RelationOperator, type Slip, symbolsIn, type Place } from "../semantics/expression";
import type { Located, Model } from "../semantics/model";
import { slice, stack, type Term } from "../tensor";
import { refuteAnchored } from "./anchor";
import { Failure } from "../readings/failure";
import { attempt, prepare, loweringOf, type Attempt, type Claim, repeatsIn } from "./attempt";
import { hasDerivative } from "./alternatives";
import { toldOnce } from "./braces";
import { type CellSlip, strayCorner } from "./patterns";
import { corrected, edited, type WrongCell, wrongMatrix } from "./cells";
import { computedForm, judgedForm, displayed, type Displayed } from "./closed";
import { consequence, followsCondition, nearConsequence } from "./consequences";
import { type Conclusion, judge, namesDerivative, verifiable } from "./judge";
import { atNamedPoint } from "./points";
import { holds } from "./outcomes";

export type Reason = "unread" | "unknown-symbol" | "unknown-shape" | "unsupported" | "ambiguous" | "not-a-claim" | "too-large";

/** A statement in formula coordinates. */
export interface Finding {
  readonly formula: number;
  readonly located: Located;
  readonly kind: "gradient" | "equation" | "shape" | "label" | "definition" | "differential";
  readonly left: Expr;
  readonly right: Expr;
  readonly relation: Place;
  readonly range: Place;
  readonly conclusion: Conclusion | { readonly verdict: "definition" } | { readonly verdict: "unchecked"; readonly attempt: null; readonly reason: Reason; readonly message: string; readonly suspect?: never };
  readonly code: string | null;
  readonly slips: readonly Slip[];
  /** Cells of a matrix that are wrong. */
  readonly wrongCells: readonly WrongCell[];
  /** Other places of the formula that show the same slip. */
  readonly related?: readonly { readonly place: Place; readonly message: string }[];
  /** What the core computes for the left side, in closed form. */
  readonly computed?: Displayed | null;
  /** Works that out; see `withComputed`. */
  readonly compute?: () => Displayed | null;
}

/** A derivative whose right side is left open. */
export interface Open {
  readonly open: OpenClaim;
  readonly computed: Displayed;
}

/** A derivative whose right side is left open, as a claim of it alone. */
export interface OpenClaim {
  readonly claim: Claim;
  /** Where the right side would stand. */
  readonly at: Place;
}

export function openClaims(model: Model): OpenClaim[] {
  return model.located.flatMap((located): OpenClaim[] => {
    const { sides, links } = located.assertion;
    const [left, right] = sides;
    if (left?.kind !== "derivative" || links.length !== 1 || links[0]?.operator !== "=" || right?.kind !== "opaque" || right.why !== "open") return [];
    return [{ claim: { located, link: 0, left, right: left, proportional: false }, at: { start: links[0].end, end: links[0].end } }];
  });
}

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

/** What could be written where the notes leave a derivative open. */
export function openGradients(model: Model, home: Reading): Open[] {
  return openClaims(model).flatMap((open): Open[] => {
    const computed = computedForm(model, open.claim, home, open.claim.left, true);
    return computed ? [{ open, computed: displayed(computed) }] : [];
  });
}

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
  const first = trusted(model, run(home));
  if (!first.some((finding) => finding.conclusion.verdict === "refuted" && repeats(finding))) return first;
  const other: Reading = { ...home, bias: home.bias === "rows" ? "columns" : "rows" };
  if (!first.some((finding) => wouldHold(model, finding, other))) return first;
  const second = trusted(model, run(other));
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
  return loweringOf(made).algebra.repeated;
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
  const conclusion = judge(model, { located: finding.located, link: index, left, right: finding.right, proportional: false }, home);
  return conclusion.verdict === "verified" ? { ...finding, conclusion, code: null, wrongCells: [], range: { start: finding.right.start, end: finding.right.end } } : null;
}

function slipOnly(located: Located, slips: readonly Slip[]): Finding {
  const side = located.assertion.sides[0] as Expr;
  return { formula: located.formula, located, kind: "equation", left: side, right: side, relation: side, range: slips[0] as Slip, conclusion: { verdict: "definition" }, code: null, slips, wrongCells: [] };
}

function checkLink(model: Model, located: Located, index: number, left: Expr, right: Expr, operator: RelationOperator, home: Reading, shown: boolean): Finding {
  const base = { formula: located.formula, located, left, right, relation: { start: left.start, end: right.end }, range: { start: right.start, end: right.end }, slips: [], wrongCells: [], code: null } as const;
  const kind = kindOf(left, right);
  const notAClaim = (message: string): Finding => ({ ...base, kind, conclusion: { verdict: "unchecked", attempt: null, reason: "not-a-claim", message } });
  if (operator === ":=") return { ...base, kind: "definition", conclusion: { verdict: "definition" } };
  if (operator === "\\in") return { ...base, kind: "shape", conclusion: { verdict: "definition" } };
  const proportional = operator === "\\propto" && kind === "gradient";
  if (!asserted.has(operator) && !proportional) return notAClaim("not an equality");
  const role = located.role;
  if (role === "wrong-example") return notAClaim("said to be wrong");
  if (role === "question") return notAClaim("a question");
  if (role === "condition") return notAClaim("a condition on indices");
  if (role === "update") return notAClaim("an assignment");
  if (model.document.formulas[located.formula]?.struck) return notAClaim("struck out");
  if (left.kind === "opaque" || right.kind === "opaque") {
    const opaque = (left.kind === "opaque" ? left : right) as Expr & { kind: "opaque" };
    return { ...base, kind, conclusion: { verdict: "unchecked", attempt: null, reason: opaque.why === "open" || opaque.why === "continued" ? "not-a-claim" : "unread", message: opaque.why } };
  }
  const claim: Claim = { located, link: index, left, right, proportional: false, shown };
  const mayFollow = index === 0 && role !== "assumption" && !proportional;
  const follows = mayFollow ? consequence(model, claim, home) : null;
  if (follows) return { ...base, kind, conclusion: follows };
  const near = (): Conclusion | null => (mayFollow ? nearConsequence(model, claim, home) : null);
  if (index === 0 && model.defining.has(located.id)) {
    const derived = near();
    return derived ? { ...base, kind, conclusion: derived, ...details(model, claim, derived, kind) } : { ...base, kind: "definition", conclusion: { verdict: "definition" } };
  }
  if (isOwnProperty(left, right)) return { ...base, kind: "definition", conclusion: { verdict: "definition" } };
  const own = judgeLink(model, { ...claim, proportional }, home);
  const conclusion = own.verdict === "verified" ? own : (near() ?? elsewhere(model, claim, home, own));
  // "where $\\delta = \\partial L/\\partial z = p - y$" says what δ is, and derives it.
  const derives = role === "definition" && (index > 0 || hasDerivative({ ...claim, right: left })) && conclusion.verdict === "refuted";
  if ((role === "assumption" || role === "definition") && located.inline && conclusion.verdict !== "verified" && !derives) return { ...base, kind: "definition", conclusion: { verdict: "definition" } };
  if (conclusion.verdict !== "verified" && statesFreeCotangent(model, conclusion, claim)) return { ...base, kind: "definition", conclusion: { verdict: "definition" } };
  const found = { ...base, kind, conclusion, ...details(model, claim, conclusion, kind) };
  const compute = (): Displayed | null => {
    const form = judgedForm(model, claim, conclusion, home);
    return form && displayed(form);
  };
  return kind === "equation" ? found : { ...found, compute };
}

/** What does not hold as it stands may be meant at a point, or where something is zero. */
function elsewhere(model: Model, claim: Claim, home: Reading, own: Conclusion): Conclusion {
  const placed = own.verdict === "convention" ? null : atNamedPoint(model, claim, home);
  if (placed?.verdict === "verified") return placed;
  if (own.verdict !== "refuted" || own.repair) return own;
  return placed ?? (followsCondition(model, claim) ? { verdict: "unchecked", attempt: own.attempt, reason: "not-a-claim", message: "it may follow from what is set to zero" } : own);
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
    // Where the left side could be computed, what is not known of it is not known of the sides before.
    if (other.verdict !== "unchecked" && !(other.verdict === "refuted" && own.attempt?.outcome === "compared")) return other;
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

/** `A = A^\top` declares. */
function isOwnProperty(left: Expr, right: Expr): boolean {
  const inner = right.kind === "transpose" ? right.base : left.kind === "transpose" ? left.base : null;
  const other = right.kind === "transpose" ? left : right;
  if (right.kind === "apply" && left.kind === "symbol" && right.fn.name === left.name) return true;
  return inner?.kind === "symbol" && other.kind === "symbol" && inner.name === other.name && inner.subscripts.length === 0;
}

/** ∂L/∂Y = … for a loss without a formula, at what it directly depends on: says what L is. */
function statesFreeCotangent(model: Model, conclusion: Conclusion, claim: Claim): boolean {
  const made: Attempt | null = conclusion.attempt;
  const lowering = made ? loweringOf(made) : null;
  if (!lowering) return false;
  return [claim.left, claim.right].some((side, i) => {
    const other = i === 0 ? claim.right : claim.left;
    if (side.kind !== "derivative" || derivativesIn(other).length || symbolsIn(other, false).some((symbol) => namesDerivative(model, symbol, claim.located))) return false;
    return side.wrt.some((wrt) => {
      const base = baseSymbol(wrt);
      const resolved = base ? model.table.resolve(base, claim.located) : null;
      return resolved !== null && lowering.sinks.has(resolved.entity.id);
    });
  });
}

function details(model: Model, claim: Claim, conclusion: Conclusion, kind: Finding["kind"]): Pick<Finding, "code" | "range" | "wrongCells"> {
  const range = { start: claim.right.start, end: claim.right.end };
  if (conclusion.verdict === "convention") return { code: conclusion.code, range, wrongCells: [] };
  if (conclusion.verdict === "conditional") return { code: "missing-assumption", range, wrongCells: [] };
  if (conclusion.verdict !== "refuted") return { code: null, range, wrongCells: [] };
  const made = conclusion.attempt;
  const { repair } = conclusion;
  const repaired = repair?.side === "right" ? (repair.variant.wrong ?? repair.variant.place) : null;
  if (made.outcome !== "compared" || made.comparison.status !== "different") return { code: "shape-mismatch", range: repaired ?? narrow(made, range), wrongCells: [] };
  const code = kind === "equation" ? "equation-mismatch" : "gradient-mismatch";
  const wrong = repair ? null : wrongMatrix(made, claim);
  const [first] = wrong?.cells ?? [];
  if (!wrong || !first) return { code, range: repaired ?? range, wrongCells: [] };
  const cells = corrected(model, claim, conclusion.reading, wrong) ?? wrong.cells;
  return { code: cells.length > 1 ? "misplaced-entries" : code, range: { start: first.start, end: first.end }, wrongCells: cells };
}

/** Where a shape clash stands, if it stands inside the right side. */
function narrow(made: Attempt, range: Place): Place {
  if (made.outcome === "compared") return range;
  const { start, end } = made.failure.place;
  return end > start && start >= range.start && end <= range.end ? { start, end } : range;
}

/** Labels under braces, and the cells beside dots. */
function checkLabels(model: Model, located: Located, expr: Expr, home: Reading): Finding[] {
  const findings: Finding[] = [];
  if (expr.kind === "labelled" && expr.label.kind !== "opaque") {
    const label = checkLabel(model, located, expr, home);
    if (label) findings.push(label);
  }
  if (expr.kind === "matrix" && expr.rows.some((row) => row.some((cell) => cell.dots))) {
    const pattern = checkPattern(model, located, expr, home);
    if (pattern) findings.push(pattern);
  }
  return [...findings, ...childrenOf(expr).flatMap((child) => checkLabels(model, located, child, home))];
}

function checkLabel(model: Model, located: Located, expr: Expr & { kind: "labelled" }, home: Reading): Finding | null {
  const named = expr.label.kind === "symbol" || expr.label.kind === "transpose" || expr.label.kind === "derivative" || expr.label.kind === "product" || expr.label.kind === "power";
  if (!named) return null;
  const claim = labelClaim(located, expr.start, expr.label, expr.body);
  const conclusion = judge(model, claim, home, "left");
  if (conclusion.verdict === "refuted" && guessed(conclusion)) return null;
  const base = { formula: located.formula, located, kind: "label", left: expr.label, right: expr.body, relation: { start: expr.start, end: expr.end }, slips: [], wrongCells: [] } as const;
  if (conclusion.verdict === "unchecked" || conclusion.verdict === "verified") return { ...base, range: expr.labelPlace, conclusion, code: null };
  if (conclusion.verdict === "refuted") return { ...base, range: expr.labelPlace, conclusion, code: conclusion.attempt.outcome === "shape" && expr.body.kind === "matrix" && !derivativesIn(expr.label).length ? "shape-mismatch" : "label-mismatch" };
  return { ...base, range: expr.labelPlace, conclusion, code: details(model, claim, conclusion, "label").code };
}

/** Labels are numbered after the links of a chain, by where they stand. */
function labelClaim(located: Located, start: number, label: Expr, body: Expr): Claim {
  return { located, link: 100 + start, left: label, right: body, proportional: false };
}

function guessed(conclusion: Conclusion): boolean {
  const made = conclusion.attempt;
  return made !== null && loweringOf(made).guessed.size > 0;
}

/** The cells that are displayed must be the entries that the dots make of them. */
function checkPattern(model: Model, located: Located, matrix: MatrixExpr, home: Reading): Finding | null {
  const claim: Claim = { located, link: 1000 + matrix.start, left: matrix, right: matrix, proportional: false };
  const base = { formula: located.formula, located, kind: "equation", left: matrix, right: matrix, relation: { start: matrix.start, end: matrix.end }, slips: [] } as const;
  const compared = (chosen: (shown: readonly Shown[]) => readonly { readonly at: Shown; readonly expr: Expr }[]): Attempt =>
    attempt(model, claim, home, {
      build: (lowering) => {
        const { value, shown } = patternOf(lowering, matrix);
        const cells = chosen(shown);
        const values = cells.map(({ expr }) => lowering.lower(expr));
        const count = String(cells.length);
        if (value.free.length || values.some((cell) => cell.free.length || cell.shape.length)) lowering.fail("unsupported", "a pattern with free indices", matrix);
        const left: Value = { free: [], shape: [count, "1"], make: (env) => column(cells.map(({ at }) => entryAt(termOf(value, env), at.row, at.column))) };
        const right: Value = { free: [], shape: [count, "1"], make: (env) => column(values.map((cell) => termOf(cell, env))) };
        return { left, right };
      },
    });
  const stray = strayCorner(matrix);
  if (stray) {
    const cell = { row: stray.row && -1, column: stray.column && -1, start: stray.expr.start, end: stray.expr.end, right: spelled(model, located, stray) };
    const failure = new Failure("shape", "the corners of the matrix contradict each other", cell);
    return { ...base, range: cell, conclusion: { verdict: "refuted", attempt: { outcome: "shape", failure, lowering: prepare(model, claim, watched(home), {}) }, reading: home, repair: null }, code: "index-pattern", wrongCells: [cell] };
  }
  const whole = compared((shown) => shown.flatMap((at) => (at.cell.expr ? [{ at, expr: at.cell.expr }] : [])));
  if (holds(whole) || whole.outcome !== "compared" || whole.comparison.status !== "different") return null;
  const { shown } = shownOf(matrix);
  // The corners make the pattern: where one of them does not fit it, it is not understood.
  const corner = (cell: (typeof shown)[number]): boolean => (cell.row === 0 || cell.row === -1) && (cell.column === 0 || cell.column === -1);
  if (whole.comparison.wrong.some((wrong, i) => wrong && shown[i] !== undefined && corner(shown[i]))) return null;
  const fits = (at: Shown, expr: Expr): boolean => holds(compared(() => [{ at, expr }]));
  const wrongCells = whole.comparison.wrong.flatMap((wrong, i) => {
    const cell = shown[i];
    const expr = cell?.cell.expr;
    return wrong && cell && expr ? [{ row: cell.row, column: cell.column, start: expr.start, end: expr.end, right: edited(model, claim, expr, (other) => fits(cell, other)) }] : [];
  });
  const [first] = wrongCells;
  return { ...base, range: first ?? base.relation, conclusion: { verdict: "refuted", attempt: whole, reading: home, repair: null }, code: "index-pattern", wrongCells };
}

/** An entry as it is written, with the indices that belong there. */
function spelled(model: Model, located: Located, { expr, slips }: CellSlip): string {
  const source = model.document.formulas[located.formula]?.source.text ?? "";
  const inOrder = [...slips].sort((a, b) => a.start - b.start);
  return inOrder.map((slip, i) => source.slice(inOrder[i - 1]?.end ?? expr.start, slip.start) + source.slice(slip.right.start, slip.right.end)).join("") + source.slice(inOrder[inOrder.length - 1]?.end ?? expr.start, expr.end);
}

function shownOf(matrix: MatrixExpr): ReturnType<typeof shownCells> {
  const all = shownCells(matrix);
  return { ...all, shown: all.shown.filter((cell) => cell.cell.expr !== null) };
}

import { reshape } from "../tensor";

function column(terms: readonly Term[]): Term {
  return reshape(stack(terms), [terms.length, 1]);
}

function entryAt(matrix: Term, row: number, column: number): Term {
  const [rows, columns] = matrix.shape as [number, number];
  return slice(slice(matrix, 0, row < 0 ? rows + row : row), 0, column < 0 ? columns + column : column);
}
