/**
 * What an equation determines without being solved: y of `F(x, y) = 0`, x* of
 * `\nabla_x f(x^*, \theta) = 0`, z of `z = f(z, x)`. Of any point, on the equation or
 * not, the derivative is −(∂F/∂y)⁻¹ ∂F/∂x: y moves as y − M F(x, ȳ) does, where M,
 * the inverse of ∂F/∂y, and ȳ are held. A letter is determined so where the section
 * differentiates it by another of the equation and gives no formula for it.
 */
import { childrenOf, type Derivative, derivativesIn, type Expr, occurs as occursIn, type SymbolExpr, symbolsIn, wordOf } from "../semantics/expression";
import type { Located, Model } from "../semantics/model";
import { taggedKey } from "../semantics/symbols/key";
import { contract, inverse, jacobian, jacobianForward, replace, reshape, scale, variable, add, type Term } from "../tensor";
import { Failure } from "./failure";
import type { Lowering } from "./lower";
import { plus } from "./operations";
import { argminParts } from "./special";
import { guessedShape } from "./unknowns";
import { literal, termOf, type Value } from "./value";

export interface Implicit {
  readonly unknown: SymbolExpr;
  /** Zero by the equation. */
  readonly sides: readonly [Expr, Expr];
  readonly section: number;
  readonly assertion: number;
}

const cache = new WeakMap<Model, readonly Implicit[]>();

export function implicitsOf(model: Model): readonly Implicit[] {
  let known = cache.get(model);
  if (!known) cache.set(model, (known = model.located.flatMap((located) => implicitIn(model, located))));
  return known;
}

function implicitIn(model: Model, located: Located): Implicit[] {
  const { sides, links } = located.assertion;
  const [left, right] = stationarity(model, located) ?? sides;
  if (!left || !right || links.length !== 1 || links[0]?.operator !== "=") return [];
  const inside = new Set([...sides, left].flatMap((side) => symbolsIn(side, false)).map(taggedKey));
  const moved = model.located.filter(({ section }) => section === located.section).flatMap(({ assertion }) => assertion.sides.flatMap(derivativesIn));
  for (const { of, wrt, order } of moved) {
    const [unknown, by] = [letterOf(of), letterOf(wrt[0])];
    if (!unknown || !by || order !== 1 || wrt.length !== 1 || taggedKey(unknown) === taggedKey(by) || ![unknown, by].every((one) => inside.has(taggedKey(one)))) continue;
    if (isDetermined(model, located, unknown, left, right)) return [{ unknown, sides: [left, right], section: located.section, assertion: located.id }];
  }
  return [];
}

/** What is zero at a minimiser of a function without a formula. */
function stationarity(model: Model, { id, assertion: { sides } }: Located): [Expr, Expr] | null {
  const definition = model.table.all.find((entity) => entity.definition?.assertion === id)?.definition;
  const parts = definition && argminParts(definition.expr);
  if (!parts || parts.objective.kind !== "apply" || !sides[0]) return null;
  const { start, end } = parts.objective;
  const gradient: Derivative = { kind: "derivative", notation: "nabla", of: parts.objective, wrt: [parts.variable], order: 1, total: false, missingPartial: false, start, end };
  return [gradient, { kind: "number", numerator: 0, denominator: 1, start, end }];
}

/** Whether an equation holds a letter that nothing else defines, and is neither solved for it nor about its derivative. */
function isDetermined(model: Model, located: Located, unknown: SymbolExpr, left: Expr, right: Expr): boolean {
  const entity = model.table.resolve(unknown, located)?.entity;
  const definition = entity?.definition;
  const occurrences = (expr: Expr): readonly SymbolExpr[] => symbolsIn(expr, false).filter((one) => taggedKey(one) === taggedKey(unknown));
  const occurs = (expr: Expr): boolean => occurrences(expr).length > 0;
  // `h_t` of `h_{t-1}` is no equation for h, and what holds of means determines no value.
  if ([left, right].some((side) => occurrences(side).some(({ subscripts }) => subscripts.length > 0) || occursIn("statistic", side) || occursIn("integral", side))) return false;
  if (entity?.isLoss || (definition && definition.assertion !== located.id && !argminParts(definition.expr))) return false;
  if (definition?.assertion === located.id && argminParts(definition.expr)) return true;
  if ([left, right].some((side) => derivativesIn(side).some(({ of, notation }) => occursAlone(of, unknown) || notation === "dot"))) return false;
  if ([left, right].some((side, at) => side.kind === "apply" && taggedKey(side.fn) === taggedKey(unknown) && !occurs(at ? left : right))) return false;
  const isAlone = (side: Expr): boolean => occursAlone(side, unknown);
  return isAlone(left) ? occurs(right) && !isAlone(right) : !isAlone(right) && (occurs(left) || occurs(right)) && (isNumber(right) || isNumber(left));
}

function occursAlone(expr: Expr, unknown: SymbolExpr): boolean {
  const letter = letterOf(expr);
  return letter !== null && taggedKey(letter) === taggedKey(unknown);
}

function isNumber(expr: Expr): boolean {
  return expr.kind === "number" || (expr.kind === "symbol" && expr.name === "0") || (childrenOf(expr).length > 0 && childrenOf(expr).every(isNumber));
}

/** y, or y(x). */
function letterOf(expr: Expr | undefined): SymbolExpr | null {
  if (expr?.kind === "symbol") return expr;
  return expr?.kind === "apply" && !expr.primes && !wordOf(expr.fn.name) && expr.args.every((arg) => arg.kind === "symbol") ? expr.fn : null;
}

/** What the section of a claim determines by an equation other than itself. */
function implicitAt({ model, place, judged }: Lowering): Implicit | null {
  return implicitsOf(model).find(({ section, assertion }) => section === place.section && assertion !== judged) ?? null;
}

export function determines(lowering: Lowering): boolean {
  return implicitAt(lowering) !== null;
}

/** The letters of what is determined, each for one variable: x* and x are the same point. */
export function implicitBindings(lowering: Lowering): (readonly [string, { readonly kind: "argument"; readonly value: Value }])[] {
  const found = implicitAt(lowering);
  if (!found) return [];
  const { unknown } = found;
  const bare: SymbolExpr = { ...unknown, tags: [], accents: unknown.accents.filter((accent) => !/^(hat|bar|tilde)$/.test(accent)) };
  const value = lowering.recall(found, (): Value => {
    const shape = [unknown, bare].map((one) => lowering.model.table.resolve(one, lowering.place)?.entity).find((entity) => entity?.shape)?.shape ?? guessedShape(lowering, bare, bare);
    return lowering.variableOf(`${taggedKey(unknown)}⟨determined⟩`, shape, null, taggedKey(unknown));
  });
  const isOpen = !lowering.model.table.resolve(bare, lowering.place)?.entity.definition;
  return [...new Set([taggedKey(unknown), ...(isOpen ? [taggedKey(bare)] : [])])].map((key) => [key, { kind: "argument", value }] as const);
}

/** A value as it moves with a letter by which what is determined moves: its derivative is `by` of the one that is made; null where nothing does. */
export function movedImplicitly(lowering: Lowering, of: Value, isOfUnknown: boolean, { total }: Derivative, by: Value): { readonly value: Value; restored(derivative: Value): Value } | null {
  const found = implicitAt(lowering);
  const unknown = found && lowering.scope.get(taggedKey(found.unknown));
  if (!found || unknown?.kind !== "argument" || by === unknown.value || !(isOfUnknown || total)) return null;
  const [left, right] = found.sides.map((side) => lowering.lower(side)) as [Value, Value];
  const zero = plus(lowering, left, lowering.algebra.scale(literal(-1), right), found.sides[0]);
  if (zero.free.length) return null;
  lowering.guessed.add("implicit");
  const parts = (env: Parameters<Value["make"]>[0]): Parts => {
    const [f, y] = [termOf(zero, env), termOf(unknown.value, env)];
    const n = sizeOf(y);
    if (sizeOf(f) !== n) throw new Failure("unsupported", "an equation that determines nothing", found.sides[0]);
    const slope = (env.mode === "reverse" ? jacobian : jacobianForward)(f, y);
    return { f, y, n, held: variable(`held:${y.hash}`, y.shape), inverse: inverse(reshape(slope, [n, n])), letter: variable(`inverse:${y.hash}`, [n, n]) };
  };
  return {
    value: {
      ...of,
      make: (env) => {
        const { f, y, n, held, letter } = parts(env);
        const still = reshape(replace(f, new Map([[y, held]])), [n]);
        const step = reshape(contract([[0, 1], [1]], [0], [letter, still]), y.shape);
        const start = variable(`start:${y.hash}`, y.shape);
        return replace(termOf(of, env), new Map([[y, add(held, start, scale(step, -1))]]));
      },
    },
    restored: (derivative) => ({
      ...derivative,
      make: (env) => {
        const { f, y, n, held, inverse: slope, letter } = parts(env);
        const start = reshape(contract([[0, 1], [1]], [0], [slope, reshape(f, [n])]), y.shape);
        return replace(termOf(derivative, env), new Map([[held, y], [letter, slope], [variable(`start:${y.hash}`, y.shape), start]]));
      },
    }),
  };
}

interface Parts {
  readonly f: Term;
  readonly y: Term;
  readonly n: number;
  readonly held: Term;
  readonly inverse: Term;
  readonly letter: Term;
}

function sizeOf({ shape }: Term): number {
  return shape.reduce((all, size) => all * size, 1);
}

/** The shape of the values of F in `F(x, y) = 0` and of f in `y = f(y, x)`: there are as many equations as unknowns. */
export function determinedShape(lowering: Lowering, fn: SymbolExpr): readonly string[] | null {
  const found = implicitAt(lowering);
  const unknown = found && lowering.scope.get(taggedKey(found.unknown));
  if (unknown?.kind !== "argument" || !found?.sides.some((side) => side.kind === "apply" && !side.primes && taggedKey(side.fn) === taggedKey(fn))) return null;
  return unknown.value.shape;
}

/** Whether an expression is what the section's equation determines. */
export function isImplicit(lowering: Lowering, of: Expr): boolean {
  const found = implicitAt(lowering);
  const letter = letterOf(of);
  const [own, its] = [found?.unknown, letter].map((one) => (one ? lowering.scope.get(taggedKey(one)) : undefined));
  return own !== undefined && own === its ? true : own?.kind === "argument" && its?.kind === "argument" && own.value === its.value;
}
