/** Labels under braces, and the cells shown beside dots, as statements of their own. */
import { patternOf, type Shown, shownCells } from "../readings/dotted";
import { Failure } from "../readings/failure";
import type { MatrixExpr } from "../readings/matrices";
import { type Reading, watched } from "../readings/reading";
import { termOf, type Value } from "../readings/value";
import { childrenOf, derivativesIn, type Expr } from "../semantics/expression";
import type { Located, Model } from "../semantics/model";
import { reshape, slice, stack, type Term } from "../tensor";
import { spellSize } from "../semantics/symbols/key";
import { sizeKey } from "../semantics/symbols/sizes";
import { attempt, type Attempt, loweringOf } from "./attempt";
import { verifiedBy } from "./case";
import { edited } from "./cells";
import type { Claim } from "./claim";
import type { Conclusion } from "./conclusion";
import { details } from "./details";
import type { Finding } from "./finding";
import { judge } from "./judge";
import { holds } from "./outcomes";
import { type CellSlip, strayCorner } from "./patterns";
import { prepareAlone } from "./prepare";

/** Labels under braces, and the cells beside dots. */
export function checkLabels(model: Model, located: Located, expr: Expr, home: Reading): Finding[] {
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
  const sizes = sizesOf(expr.label);
  if (sizes) return checkSizes(model, located, expr, sizes, home);
  const named = expr.label.kind === "symbol" || expr.label.kind === "transpose" || expr.label.kind === "derivative" || expr.label.kind === "product" || expr.label.kind === "power";
  if (!named) return null;
  // What the label names has nothing to prove.
  if (expr.label.kind === "symbol" && model.table.resolve(expr.label, located)?.entity.definition?.expr === expr.body) return null;
  const claim = labelClaim(located, expr.start, expr.label, expr.body);
  const conclusion = judge(model, claim, home, "left");
  if (conclusion.verdict === "refuted" && guessed(conclusion)) return null;
  const base = { formula: located.formula, located, kind: "label", left: expr.label, right: expr.body, relation: { start: expr.start, end: expr.end }, slips: [], wrongCells: [] } as const;
  if (conclusion.verdict === "unchecked" || conclusion.verdict === "verified") return { ...base, range: expr.labelPlace, conclusion, code: null };
  if (conclusion.verdict === "refuted") return { ...base, range: expr.labelPlace, conclusion, code: conclusion.attempt.outcome === "shape" && expr.body.kind === "matrix" && !derivativesIn(expr.label).length ? "shape-mismatch" : "label-mismatch" };
  return { ...base, range: expr.labelPlace, conclusion, code: details(model, claim, conclusion, "label").code };
}

/** `n \\times d`, `m \\times mn` */
function sizesOf(label: Expr): readonly string[] | null {
  if (label.kind !== "product" || !label.operators.includes("\\times")) return null;
  const sides: Expr[][] = [[]];
  label.factors.forEach((factor, at) => {
    if (label.operators[at - 1] === "\\times") sides.push([]);
    (sides.at(-1) as Expr[]).push(factor);
  });
  const sizes = sides.map((factors) => factors.map(sizeKey)).map((keys) => (keys.includes(null) ? null : keys.join("*")));
  return sizes.includes(null) ? null : (sizes as string[]);
}

/** Whether what stands over a size has it: of letters of which the text gives sizes alone. */
function checkSizes(model: Model, located: Located, { body, label, labelPlace, start, end }: Expr & { kind: "labelled" }, sizes: readonly string[], home: Reading): Finding | null {
  const claim = labelClaim(located, start, body, body);
  const made = attempt(model, claim, home);
  if (!holds(made) || made.outcome !== "compared" || loweringOf(made).guessed.size) return null;
  const { lowering, left } = made.sides;
  const shape = left.shape.length ? left.shape : ["1", "1"];
  if (left.free.length || shape.length !== sizes.length) return null;
  const base = { formula: located.formula, located, kind: "label", left: label, right: body, relation: { start, end }, range: labelPlace, slips: [], wrongCells: [] } as const;
  const isSame = (at: number): boolean => factorsOf(lowering.classes.find(shape[at] as string)) === factorsOf(lowering.classes.find(sizes[at] as string));
  const wrong = sizes.findIndex((_, at) => !isSame(at));
  if (wrong < 0) return { ...base, conclusion: verifiedBy(made, home), code: null };
  const [own, said] = [shape[wrong] as string, sizes[wrong] as string].map((size) => lowering.classes.find(size)) as [string, string];
  // Whether a vector stands as a row or as a column is a matter of taste, and so is how a derivative is arranged.
  const isOfTaste = derivativesIn(body).length > 0 || [...shape, ...sizes].includes("1");
  const known = sizesIn(model);
  if (isOfTaste || ![own, said].every((size) => /^\w+$/.test(size)) || !sizes.every((size) => known.has(size))) return null;
  const failure = new Failure("shape", `this is ${shape.map(spellSize).join("×")}, and no ${sizes.map(spellSize).join("×")}`, label, true);
  return { ...base, conclusion: { verdict: "refuted", attempt: { outcome: "shape", failure, lowering }, reading: home, repair: null }, code: "shape-mismatch" };
}

/** The sizes of which the text makes the arrays that it declares. */
function sizesIn({ table }: Model): ReadonlySet<string> {
  return new Set(table.all.flatMap(({ shape, shapeFrom }) => (shapeFrom === "declared" ? (shape ?? []) : [])));
}

function factorsOf(size: string): string {
  return size.split("*").sort().join("*");
}

/** Labels are numbered after the links of a chain, by where they stand. */
export function labelClaim(located: Located, start: number, label: Expr, body: Expr): Claim {
  return { located, link: 100 + start, left: label, right: body, isLabel: true, proportional: false };
}

function guessed(conclusion: Conclusion): boolean {
  const made = conclusion.attempt;
  return made !== null && loweringOf(made).guessed.size > 0;
}

/** The cells that are displayed must be the entries that the dots make of them. */
function checkPattern(model: Model, located: Located, matrix: MatrixExpr, home: Reading): Finding | null {
  const claim: Claim = { located, link: 1000 + matrix.start, left: matrix, right: matrix, isLabel: true, proportional: false };
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
    return { ...base, range: cell, conclusion: { verdict: "refuted", attempt: { outcome: "shape", failure, lowering: prepareAlone(model, claim, watched(home)) }, reading: home, repair: null }, code: "index-pattern", wrongCells: [cell] };
  }
  const whole = compared((shown) => shown.flatMap((at) => (at.cell.expr ? [{ at, expr: at.cell.expr }] : [])));
  if (holds(whole) || whole.outcome !== "compared" || whole.comparison.status !== "different") return null;
  const { shown, rows, columns } = shownOf(matrix);
  // The ends of what dots shorten make the pattern: where one of them does not fit it, it is not understood.
  const isEnd = (at: number, all: readonly (number | null)[]): boolean => at === 0 || at === -1 || !all.includes(null);
  const corner = (cell: (typeof shown)[number]): boolean => isEnd(cell.row, rows) && isEnd(cell.column, columns);
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

function column(terms: readonly Term[]): Term {
  return reshape(stack(terms), [terms.length, 1]);
}

function entryAt(matrix: Term, row: number, column: number): Term {
  const [rows, columns] = matrix.shape as [number, number];
  return slice(slice(matrix, 0, row < 0 ? rows + row : row), 0, column < 0 ? columns + column : column);
}
