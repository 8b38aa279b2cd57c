/** Derivatives written with primes and dots: `f'(x)`, `\dot x`. */
import { type Derivative, type Expr, type SymbolExpr, symbolsIn } from "../semantics/expression";
import { taggedKey } from "../semantics/symbols/key";
import { contract, gradient, jacobian, sum, type Term } from "../tensor";
import { goesByEntries } from "./by-entries";
import { isEntrywise, isNamed } from "./functions";
import { differentiate, rawJacobian } from "./jacobians";
import type { Lowering } from "./lower";
import { substitute } from "./integrals";
import { isVector, sameShape } from "./operations";
import { lowerSymbol } from "./symbols";
import { targetOf } from "./targets";
import { isScalar, termOf, type Value } from "./value";

/** f′(x): of a function of one number, entry by entry; of a symbol with a parameter, by the parameter. */
export function primeDerivative(lowering: Lowering, expr: Derivative): Value {
  const { of } = expr;
  if (of.kind === "symbol") {
    const entity = lowering.resolve(of)?.entity;
    const parameter = entity?.parameters[0];
    if (!entity || !parameter) return lowering.fail("unknown-symbol", "a prime whose variable is not known", expr);
    const target = targetOf(lowering, parameter);
    let value = lowerSymbol(lowering, of);
    for (let order = 0; order < Math.max(1, expr.order); order++) value = rawJacobian(lowering, value, target, expr);
    return value;
  }
  const rearranges = of.kind === "apply" && isNamed(of.fn.name) && !isEntrywise(of.fn.name) ? transposedByPrime(lowering, expr) : null;
  if (rearranges) return rearranges;
  if (of.kind !== "apply" || of.args.length !== 1) return transposedByPrime(lowering, expr) ?? lowering.fail("unsupported", "a prime on an expression", expr);
  const arg = lowering.lower(of.args[0] as Expr);
  const name = "⟨argument⟩";
  // The function at a letter of its own, differentiated entry by entry; then the argument in its place: f′(0) is no derivative by 0.
  const letter: Value = { ...arg, literal: undefined, make: (env) => lowering.placeholder(termOf(arg, env)) };
  const symbol: SymbolExpr = { kind: "symbol", name, font: "", accents: [], subscripts: [], tags: [], primes: 0, start: of.start, end: of.end };
  const applied = lowering.within([[name, { kind: "argument", value: letter }]], () => lowering.lower({ ...of, args: [symbol] }));
  // f′(x) of a number by an array, or of other sizes than x, is its derivative as ∂f/∂x is.
  if (isScalar(arg) !== isScalar(applied) || (!isScalar(arg) && (!sameShape(lowering, arg, applied) || !goesByEntries(lowering, of.fn, !isVector(lowering, arg))))) return ofArray(lowering, expr, arg, applied, letter);
  const own = applied.free.map((axis) => letter.free.findIndex(({ name: other }) => other === axis.name));
  let value = applied;
  for (let order = 0; order < Math.max(1, expr.order); order++) {
    const current = value;
    value = { free: applied.free, shape: applied.shape, make: (env) => (own.includes(-1) ? derivativeAlong(termOf(current, env), termOf(letter, env), own) : elementwiseDerivative(termOf(current, env), termOf(lowering.algebra.withFree(letter, applied.free), env))) };
  }
  return { ...value, make: (env) => substitute(termOf(value, env), new Map([[termOf(letter, env), termOf(arg, env)]]), env) };
}

/** `(y - X\beta)'`, `(\operatorname{vec} X)'` of arrays that depend on nothing: the transpose. */
function transposedByPrime(lowering: Lowering, { of, order }: Derivative): Value | null {
  const symbols = symbolsIn(of, false).filter((symbol) => lowering.resolve(symbol) || !isNamed(symbol.name));
  const entities = symbols.map((symbol) => lowering.resolve({ ...symbol, primes: 0 })?.entity);
  const isStill = entities.some(Boolean) && entities.every((entity) => !entity || (!entity.isFunction && entity.parameters.length === 0));
  const value = isStill && order === 1 ? lowering.lower(of) : null;
  if (value?.shape.length !== 2) return null;
  for (const symbol of symbols) lowering.guessed.add(`${taggedKey(symbol)}'`);
  return lowering.algebra.transpose(value);
}

function ofArray(lowering: Lowering, expr: Derivative, arg: Value, applied: Value, letter: Value): Value {
  if (expr.order > 1 || arg.free.length || applied.free.length) return lowering.fail("unsupported", "the derivative of a function of an array", expr);
  const value = differentiate(lowering, applied, { whole: letter, lead: 0, indices: null, transposed: false, vec: false }, expr, false);
  return { ...value, make: (env) => substitute(termOf(value, env), new Map([[termOf(letter, env), termOf(arg, env)]]), env) };
}

/** dy/dx for y of more indices than x, entry by entry: `own` tells which axis of x each of the first axes of y is, -1 for none. */
function derivativeAlong(y: Term, x: Term, own: readonly number[]): Term {
  const axes = y.shape.map((_, axis) => axis);
  const shared = x.shape.map((_, at) => {
    const lead = own.indexOf(at);
    return lead >= 0 ? lead : own.length + at - own.filter((axis) => axis >= 0).length;
  });
  return contract([[...axes, ...shared]], axes, [jacobian(y, x)]);
}

/** dy/dx for y that depends on x entry by entry. */
function elementwiseDerivative(y: Term, x: Term): Term {
  const [derivative] = gradient(sum(y), [x]) as [Term];
  return derivative;
}
