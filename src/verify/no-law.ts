/** Equations that are no laws: conditions and new values fail without being mistakes. */
import { same } from "../base/same";
import { onlyDifference } from "../semantics/comparison";
import { isExample } from "../semantics/declarations/definitions";
import { childrenOf, derivativesIn, type Expr, occurs, type SymbolExpr, symbolsIn, wordOf } from "../semantics/expression";
import type { Model } from "../semantics/model";
import type { Entity } from "../semantics/symbols/entity";
import { baseKey, fullKey } from "../semantics/symbols/key";
import { partsOf } from "./alternatives";
import { attemptValue, namesDrawn } from "./attempt";
import { guessesOf } from "./charity";
import type { Claim } from "./claim";
import { type Case, leftOpen, unexplained } from "./case";
import type { Unchecked } from "./conclusion";
import { namesBehind } from "./consequences";
import { namesDerivative } from "./named-derivatives";
import { type Repair, repair } from "./repair";
import { isSelfContained } from "./self-contained";

/** Slips that cost so much are no law that was meant. */
const largestEdit = 3;

/**
 * Equations that are no laws: a condition (`p = 1`, `f(x) = 0`), a new value for
 * a letter that had another. They fail without being mistakes.
 */
export function noLaw(one: Case): Unchecked | null {
  const { model, claim, first, repaired } = one;
  const { left, right } = claim;
  const condition = (message: string): Unchecked => leftOpen(one, message, "not-a-claim");
  if (isArithmetic(model, claim) || isMiscounted(model, claim) || [left, right].some((side) => isValueAtPoint(model, side, claim))) return null;
  // `\phi'(0)` is a derivative somewhere, and no number that is given.
  if (isExample(right) || (isExample(left) && !(left.kind === "apply" && left.primes > 0))) {
    const other = isExample(right) ? left : right;
    const zero = [left, right].some((side) => numberOf(side) === 0);
    // Where another number would be right, the derivative is a number; else this is its value somewhere.
    const isSlope = derivativesIn(other).length > 0 || (other.kind === "apply" && other.primes > 0 && model.table.resolve(other.fn, claim.located)?.entity.definition);
    if (!isCalculated(one, other) && (zero || !isSlope || !repaired())) return condition("a condition, not a law");
  }
  if (accumulations(model, claim).some((sum) => [left, right].some((side) => partsOf(side).some((part) => same(part, sum))))) return condition("it adds to what is there");
  if (abbreviates(left, right) || (claim.link > 0 && saysWhatSymbolIs(model, claim))) return condition("it says what a symbol stands for");
  if (left.kind === "derivative" && right.kind === "derivative" && claim.located.assertion.sides.some((side) => numberOf(side) === 0)) return condition("a condition, not a law");
  if (claim.link === 0 && isOfAnother(model, claim)) return condition("another value than the one given before");
  if (derivativesIn(left).length || derivativesIn(right).length || namesDerivative(model, left, claim.located)) return null;
  if (isGivenLater(model, claim)) return condition("another value than the one given later");
  if (isSolvedLater(one)) return condition("an equation that a later line solves");
  if (isEquationFor(one)) return condition("an equation for a letter that has a value elsewhere");
  if (relatesLetters(one) && !repaired()) return condition("a condition, not a law");
  const head = left.kind === "symbol" ? left : left.kind === "power" && left.base.kind === "symbol" && left.exponent.kind === "number" ? left.base : left.kind === "apply" && !wordOf(left.fn.name) && left.args.every((arg) => arg.kind === "symbol") ? left.fn : null;
  const resolved = head ? model.table.resolve(head, claim.located) : null;
  // f' of a function that has a formula, or a name that says what it is, is its derivative, and no value given to it.
  if (left.kind === "apply" && left.primes > 0 && (resolved?.entity.definition || resolved?.entity.named)) return null;
  if (claim.link === 0 && resolved?.indices.length && !resolved.family && !resolved.entity.definition) return condition("it says what the entry is");
  if (head && claim.link === 0 && !(resolved?.indices.length && !resolved.family)) {
    const entity = resolved?.entity;
    if ((!entity?.definition?.stated || entity.section !== claim.located.section || (left.kind === "apply" && hasSameForm(entity.definition.expr, right))) && !(entity && rewrites(entity, claim, repaired))) return condition("another value than the one given before");
  }
  const valued = one.home.examples === "values" && [left, right].flatMap((side) => symbolsIn(side, false)).some((symbol) => {
    const definition = model.table.resolve(symbol, claim.located)?.entity.definition;
    return definition !== null && definition !== undefined && isExample(definition.expr);
  });
  if (valued) return condition("it depends on example values");
  return guessesOf(first).some((key) => key !== "sigma") && !repaired() && !isSelfContained(model, claim, one.home, first) ? unexplained(one, `${guessesOf(first).join(", ")} not declared`, "unknown-symbol") : null;
}

/** Derivatives, or differentials that stand for them, that a line of the same formula adds to, as code does: `dx = dx + dr`. */
function accumulations({ located }: Model, { located: { formula } }: Claim): Expr[] {
  const isAdded = (left: Expr, right: Expr | undefined): boolean => right?.kind === "sum" && right.terms.length > 1 && right.terms.some(({ sign, expr }) => sign > 0 && same(expr, left));
  return located.filter((other) => other.formula === formula).flatMap(({ assertion: { sides: [left, right] } }) => ((left?.kind === "derivative" || left?.kind === "differential") && isAdded(left, right) ? [left] : []));
}

/** "$H$ is now the Hessian of $-f$": a letter that another section uses for the derivative of something else. */
function isOfAnother(model: Model, { left, right, located }: Claim): boolean {
  if (left.kind !== "symbol" || left.subscripts.length || right.kind !== "derivative") return false;
  const { section, definition } = model.table.resolve(left, located)?.entity ?? {};
  return section !== located.section && definition?.expr.kind === "derivative" && functionIn(definition.expr.of) !== functionIn(right.of);
}

/** f of `f` and `f(x)`. */
function functionIn(expr: Expr): string | null {
  return expr.kind === "symbol" ? baseKey(expr) : expr.kind === "apply" ? baseKey(expr.fn) : null;
}

/** `f'(2) = 12` and `\nabla f(1, 1) = (-1, -8)` of functions that are given in full: nothing in it is to be found. */
function isCalculated({ model, claim, home }: Case, slope: Expr): boolean {
  if (slope !== claim.left || claim.link > 0 || (slope.kind !== "derivative" && slope.kind !== "at" && !(slope.kind === "apply" && slope.primes > 0))) return false;
  // A formula that comes later may be of another case: `\psi'(0) = 1` before "ψ vanishes if $\psi(x) = 0$".
  const lowering = attemptValue(model, claim, { ...home, later: "free" }, slope)?.lowering;
  return lowering !== undefined && !lowering.guessed.size && [...lowering.drawn.values()].every(({ name }) => /^[⟨π]/.test(name));
}

/** `A x = b`, `X^\top X w = X^\top y`, `AB = I`, `AB = BA`: where each side is made of something that the other has nothing of, is no more than an identity, or says that two letters commute. */
function relatesLetters({ model, claim, first }: Case): boolean {
  const { sides } = claim.located.assertion;
  if (first.outcome === "shape" || sides.length !== 2 || sides.some((side) => occurs("differential", side))) return false;
  const drawn = namesDrawn(first);
  const [left, right] = [claim.left, claim.right].map((side) => [...namesBehind(model, claim.located, side), ...symbolsIn(side, false).map(fullKey)].filter((name) => drawn.has(name))) as [string[], string[]];
  const factors = [claim.left, claim.right].map((side) => (side.kind === "product" && side.factors.length === 2 ? side.factors : []));
  if (factors[0]?.length && same(factors[0], [...(factors[1] ?? [])].reverse())) return true;
  const isIdentity = claim.right.kind === "symbol" && claim.right.name === "I" && !right.length;
  return left.some((name) => !right.includes(name)) && (isIdentity || right.some((name) => !left.includes(name)));
}

/** `Aw = \lambda Bw` behind a `w = \dots` of another problem: of any w, no small edit makes a law of it. */
function isEquationFor({ model, claim, home, screen }: Case): boolean {
  const [left, right] = [claim.left, claim.right].map((side) => (side.kind === "product" ? side.factors.at(-1) : undefined));
  const entity = left?.kind === "symbol" && right?.kind === "symbol" && fullKey(left) === fullKey(right) ? model.table.resolve(left, claim.located)?.entity : undefined;
  if (entity?.definition?.kind !== "value") return false;
  return repair(model, claim, { ...home, variables: [...home.variables, entity.key] }, "right", screen, largestEdit) === null;
}

/** "$z = xW$, but with $z = Wx$": two formulas of one letter in the words, of which the first is none that the second corrects. */
function isGivenLater(model: Model, { left, link, located }: Claim): boolean {
  if (left.kind !== "symbol" || left.subscripts.length || link > 0 || !located.inline) return false;
  const definition = model.table.resolve(left, located)?.entity.definition;
  const there = definition ? model.located[definition.assertion] : undefined;
  return there !== undefined && there.inline && there.position > located.position;
}

/** `\lambda w = S^{-1} B w` before `w = \alpha S^{-1} a`, and `A w = b` before `w = A^{-1} b`, which solve it. */
function isSolvedLater({ model, claim: { left, right, located }, first }: Case): boolean {
  const solved = left.kind === "product" ? left.factors.at(-1) : undefined;
  const entity = solved?.kind === "symbol" ? model.table.resolve(solved, located)?.entity : undefined;
  const there = entity?.definition && entity.definition.kind !== "function" && !entity.definition.stated ? model.located[entity.definition.assertion] : undefined;
  if (left.kind !== "product" || !there || there.position <= located.position) return false;
  const isOnBoth = symbolsIn(right, false).some((symbol) => model.table.resolve(symbol, located)?.entity === entity);
  return isOnBoth ? left.factors.length === 2 && there.paragraph !== located.paragraph : first.outcome !== "shape" && located.assertion.sides.length === 2;
}

/** `\sum_{j \in D} V(t_j) = \sum_j V_j`: V_j is short for V(t_j). */
function abbreviates(left: Expr, right: Expr): boolean {
  if (left.kind === "big" && right.kind === "big") return left.operator === right.operator && abbreviates(left.body, right.body);
  const [fn, argument] = left.kind === "apply" ? [left.fn, left.args[0]] : left.kind === "product" && left.factors.length === 2 ? left.factors : [];
  if (right.kind !== "symbol" || fn?.kind !== "symbol" || argument?.kind !== "symbol" || fn.subscripts.length || right.subscripts.length !== 1) return false;
  return baseKey(fn) === baseKey(right) && argument.subscripts.length === 1 && argument.subscripts[0]?.text === right.subscripts[0]?.text;
}

/** A step that puts a formula in the place of a symbol which has none: `\sum_j \tilde{x}_j b_j = \sum_j \frac{x_j - \mu_j}{\sigma_j} b_j`. */
function saysWhatSymbolIs(model: Model, { left, right, located }: Claim): boolean {
  const only = onlyDifference(left, right);
  // `\operatorname{E} \mu(\Theta) = \operatorname{E} \Theta` of a function without a formula.
  if (only?.left.kind === "apply" && only.left.args.some((arg) => same(arg, only.right))) return isFree(model, only.left.fn, located);
  if (only?.left.kind !== "symbol" || childrenOf(only.right).length < 2) return false;
  const entity = model.table.resolve(only.left, located)?.entity;
  const key = baseKey(only.left);
  return entity !== undefined && !entity.definition && !entity.isLoss && !entity.slices && !symbolsIn(only.right, false).some((symbol) => baseKey(symbol) === key);
}

function isFree(model: Model, fn: SymbolExpr, at: Claim["located"]): boolean {
  const entity = model.table.resolve(fn, at)?.entity;
  return !wordOf(fn.name) && !entity?.definition && !entity?.named && !entity?.elementwise;
}

/** `w_{t+1} = w_t - \eta g`: how the next one is found, and no law of the entries of w. */
function isNext(left: SymbolExpr, right: Expr): boolean {
  const [index, ...more] = left.subscripts;
  if (!index || more.length || index.expr.kind !== "sum" || right.kind !== "sum") return false;
  const [letter, one, ...rest] = index.expr.terms;
  if (letter?.expr.kind !== "symbol" || letter.sign < 0 || one?.expr.kind !== "number" || one.expr.numerator !== 1 || rest.length) return false;
  const { expr: before } = letter;
  const isBefore = (expr: Expr): boolean => expr.kind === "symbol" && expr.subscripts.length === 1 && same({ ...expr, subscripts: [] }, { ...left, subscripts: [] }) && same(expr.subscripts[0]?.expr, before);
  return right.terms.some(({ sign, expr }) => sign > 0 && isBefore(expr));
}

/** `w = w - \eta g`: the next value of a letter; as a law it would say that what is added is nothing. */
export function isStep({ left, right }: Claim): boolean {
  if (left.kind === "symbol" && isNext(left, right)) return true;
  return left.kind === "symbol" && right.kind === "sum" && right.terms.some(({ sign, expr }) => sign > 0 && same(expr, left));
}

/** Whole numbers on both sides, in matrices, by themselves or as the one value that the section gives a symbol: a calculation, which is right or wrong. */
function isArithmetic(model: Model, { left, right, link, located }: Claim): boolean {
  // `x + 4 = 0` is to be solved, whatever x is elsewhere.
  if ((link === 0 && left.kind === "symbol") || ![left, right].every(isWhole) || (link === 0 && numberOf(right) === 0)) return false;
  const symbols = [left, right].flatMap((side) => symbolsIn(side, false));
  return (symbols.length > 0 || [left, right].some((side) => occurs("matrix", side))) && symbols.every((symbol) => {
    const entity = model.table.resolve(symbol, located)?.entity;
    if (!entity?.definition || entity.section !== located.section || symbol.subscripts.length || !isExample(entity.definition.expr) || !isWhole(entity.definition.expr)) return false;
    const values = model.located.filter(({ section, position, assertion: { sides } }) => section === located.section && position <= located.position && sides[0]?.kind === "symbol" && model.table.resolve(sides[0], located)?.entity === entity && sides[1] !== undefined && isExample(sides[1]));
    return values.length === 1 && values[0]?.id === entity.definition.assertion;
  });
}

/** `\frac{1}{5}(1 + 3 + 6) = 10`: numbers worked out to one that no rounding makes of them. */
export function isMiscounted(model: Model, { left, right, located }: Claim): boolean {
  const [worked, stated] = [valueOf(left), right.kind === "number" ? valueOf(right) : null];
  if (worked === null || stated === null || (left.kind === "number" && left.denominator === 1) || unsureDigits.test(textAround(model, located.formula, left, right))) return false;
  return Math.abs(worked - stated) >= Math.max(1, Math.abs(stated) / 10);
}

/** With what follows it closely. */
function textAround({ document }: Model, formula: number, { start }: Expr, { end }: Expr): string {
  return (document.formulas[formula]?.source.text ?? "").slice(start, end + 8);
}

/** `1,000`, `1.000`, `1\frac12`, `8 + 7 = 3 \bmod 12`: digits of which what they mean is not sure. */
const unsureDigits = /mod|\d\s*[.,'{\\~ ]+\d|\d\s*\\d?t?frac/;

function valueOf(expr: Expr): number | null {
  const all = (parts: readonly Expr[]): number[] | null => {
    const values = parts.map(valueOf);
    return values.every((value): value is number => value !== null) ? values : null;
  };
  switch (expr.kind) {
    case "number":
      return expr.numerator / expr.denominator;
    case "sum":
      return all(expr.terms.map((term) => term.expr))?.reduce((sum, value, i) => sum + (expr.terms[i]?.sign ?? 1) * value, 0) ?? null;
    case "product":
      return expr.operators.every((operator) => ["", "\\times", "\\cdot"].includes(operator)) ? (all(expr.factors)?.reduce((product, value) => product * value, 1) ?? null) : null;
    case "quotient": {
      const [above, below] = all([expr.numerator, expr.denominator]) ?? [];
      return above === undefined || !below ? null : above / below;
    }
    default:
      return null;
  }
}

/** `\frac{\partial f}{\partial x}(2, 1)`, `\nabla f|_{x = 2, y = 1}`, `f(2, 1)` where the formula of f has no letters but its arguments: it is what it is. */
function isValueAtPoint(model: Model, expr: Expr, { located }: Claim): boolean {
  const derivative = expr.kind === "at" ? expr.body : expr;
  const of = derivative.kind === "derivative" ? derivative.of : derivative;
  const fn = of.kind === "apply" ? of.fn : of;
  const definition = fn.kind === "symbol" ? model.table.resolve(fn, located)?.entity.definition : null;
  if (definition?.kind !== "function" || (model.located[definition.assertion]?.paragraph ?? 0) > located.paragraph) return false;
  const points = expr.kind === "at" ? expr.where.flatMap(({ sides }) => sides.at(-1) ?? []) : of.kind === "apply" ? of.args : [];
  const keys = new Set([...definition.params.map(baseKey), "e", "pi"]);
  return points.length > 0 && points.every(isExample) && symbolsIn(definition.expr, false).every((symbol) => keys.has(baseKey(symbol)));
}

/** Whether sums, products and transposes of whole numbers make it, with no sign between factors that may mean a product of which no reading is tried. */
function isWhole(expr: Expr): boolean {
  switch (expr.kind) {
    case "number":
      return expr.denominator === 1;
    case "symbol":
      return true;
    case "product":
      return expr.operators.every((operator) => ["", "\\times", "\\cdot"].includes(operator)) && expr.factors.every(isWhole);
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
 * into another form, or concluded from it, where one part went wrong, or two changed places: the form is no
 * definition's, and what the correction makes of it is the same for every value.
 */
function rewrites({ definition, section }: Entity, { right, located }: Claim, repaired: () => Repair | null): boolean {
  if (!definition || section !== located.section || definition.assertion > located.id || (located.role !== "claim" && hasSameForm(definition.expr, right))) return false;
  const edited = repaired()?.variant.expr;
  if (!edited || edited.kind !== right.kind) return false;
  const [own, other] = [operandsOf(right), operandsOf(edited)];
  const wrong = own.flatMap((part, i) => (same(part, other[i]) ? [] : [i]));
  const [i, j] = wrong as [number, number];
  return own.length > 1 && own.length === other.length && (wrong.length === 1 || (wrong.length === 2 && same(own[i], other[j]) && same(own[j], other[i])));
}

/** As many terms, or as many factors. */
function hasSameForm(one: Expr, other: Expr): boolean {
  if (one.kind === "big" && other.kind === "big") return hasSameForm(one.body, other.body);
  return one.kind === other.kind && operandsOf(one).length === operandsOf(other).length;
}

/** The terms of a sum, the factors of a product, also below a big operator. */
function operandsOf(expr: Expr): readonly unknown[] {
  if (expr.kind === "big") return operandsOf(expr.body);
  return expr.kind === "sum" ? expr.terms : expr.kind === "product" ? expr.factors : [expr];
}

function numberOf(expr: Expr): number | null {
  if (expr.kind === "number") return expr.numerator / expr.denominator;
  if (expr.kind === "symbol" && expr.name === "0") return 0;
  if (expr.kind === "transpose") return numberOf(expr.base);
  if (expr.kind === "sum" && expr.terms.length === 1 && expr.terms[0]) return numberOf(expr.terms[0].expr);
  if (expr.kind === "quotient") return numberOf(expr.numerator) !== null && numberOf(expr.denominator) !== null ? 1 : null;
  return null;
}
