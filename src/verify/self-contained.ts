/**
 * Claims that rest on nothing but what the text gives: what fails of them in
 * every reading is wrong, whether a small correction explains it or not.
 */
import type { Drawn, Lowering } from "../readings/lower";
import type { Reading } from "../readings/reading";
import { isExample } from "../semantics/declarations/definitions";
import { type Derivative, displayOf, type Expr, isInverse } from "../semantics/expression";
import type { Model } from "../semantics/model";
import type { Entity } from "../semantics/symbols/entity";
import { baseKey } from "../semantics/symbols/key";
import { type Attempt, attemptValue, loweringOf } from "./attempt";
import type { Claim } from "./claim";
import { excused } from "./excuses";

/** The derivative of what is given in full, or the inverse of a matrix that is shown, in its own variables, of which the text says nothing more: no reading of anything else bears on it. */
export function isSelfContained(model: Model, claim: Claim, home: Reading, first: Attempt): boolean {
  const left = stated(claim, model);
  const all = left ? (derivativesListed(left) ?? [left]) : [];
  if (!left || !all.every((one) => one.kind === "derivative" || (one.kind === "apply" && one.primes > 0) || isOfShown(model, claim, one)) || all.some((one) => isOfAnother(model, claim, one))) return false;
  const own = attemptValue(model, claim, home, left)?.lowering.drawn;
  const lowering = loweringOf(first);
  const isGiven = ({ entity, ...drawn }: Drawn): boolean => (entity === null ? isNumber(drawn) : entity.shape !== null && isVariable(entity, lowering) && !isPartlyGiven(model, entity));
  // A function that nothing defines is not given.
  const isDrawn = (key: string): boolean => [...lowering.drawn.values()].some(({ latex }) => latex === key);
  return own !== undefined && [...lowering.guessed].every(isDrawn) && [...lowering.drawn.values()].every((drawn) => own.has(drawn.name) && isGiven(drawn)) && !excused(model, claim, home, first);
}

/** F⁻¹ of an F whose entries are shown. */
export function isOfShown(model: Model, { located }: Claim, expr: Expr): boolean {
  const definition = expr.kind === "power" && isInverse(expr) && expr.base.kind === "symbol" ? model.table.resolve(expr.base, located)?.entity.definition : null;
  return definition?.kind === "value" && (displayOf(definition.expr)?.rows.every((row) => row.every((cell) => cell.expr !== null)) ?? false);
}

/** The entries of a display that has nothing but derivatives. */
export function derivativesListed(expr: Expr): Derivative[] | null {
  const cells = displayOf(expr)?.rows.flat().map((cell) => cell.expr);
  return cells?.length && cells.every((cell) => cell?.kind === "derivative") ? cells : null;
}

/** An f of another section, which may be another one here: texts call the function of each exercise so. */
function isOfAnother(model: Model, { located }: Claim, left: Expr): boolean {
  const of = left.kind === "derivative" ? left.of : left;
  const fn = of.kind === "apply" ? of.fn : of;
  if (fn.kind !== "symbol" || !/^[fghuvyF]$/.test(fn.name) || fn.subscripts.length || fn.tags.length) return false;
  const entity = model.table.resolve(fn, located)?.entity;
  return entity !== undefined && entity.section !== located.section;
}

/** A letter that stands for a number wherever it stands, at a point, or for one of several, needs no declaration. */
function isNumber({ name, shape }: Pick<Drawn, "name" | "shape">): boolean {
  const [letter, indices = "0"] = /^(?:π|⟨[A-Za-z]+⟩|[A-Za-z]+(?:_\d+)?|[A-Za-z]+_\*(\d+)\[\])$/.exec(name) ?? [];
  return letter !== undefined && shape.length === Number(indices);
}

/** What has a definition and is drawn all the same has not been understood, unless its members are made step by step. */
function isVariable({ id, definition, properties }: Entity, { recurrences }: Lowering): boolean {
  // What the words call a derivative is none, whether it could be computed or not.
  if (properties.has("derivative")) return false;
  return definition === null || recurrences.has(id);
}

/** Whether the text gives a number to an entry of an array, or to one of several. */
export function isPartlyGiven({ located }: Model, { symbol, properties }: Entity): boolean {
  return !properties.has("leadingOne") && located.some(({ assertion: { sides: [part, value], links } }) => links[0]?.operator === "=" && part?.kind === "symbol" && value !== undefined && isExample(value) && part.subscripts.length > symbol.subscripts.length && baseKey(part) === baseKey(symbol));
}

/** What the right side is said to be: the left side, also one that says what a letter before it is, or the first of a chain that holds until there. */
export function stated({ link, left, shown, located }: Claim, { defining }: Model): Expr | null {
  return link === 0 || (link === 1 && defining.has(located.id)) ? left : shown ? (located.assertion.sides[0] ?? null) : null;
}
