/** Functions of a number that are made of others, entry by entry: activations, reciprocals, the standard normal. */
import { add, full, integerPower, map, mul, ones, pi, reciprocal, scale, sub, type Term } from "../tensor";
import type { Lowering } from "./lower";
import { mapped, plus } from "./operations";
import { literal, termOf, type Value } from "./value";

const over = (fn: string) => (t: Term): Term => reciprocal(map(fn, t));
const normalCdf = (t: Term): Term => scale(add(ones(t.shape), map("erf", mul(t, reciprocal(map("sqrt", full(t.shape, 2)))))), 1, 2);

const asinh = (t: Term): Term => map("log", add(t, map("sqrt", add(integerPower(t, 2), ones(t.shape)))));
const acosh = (t: Term): Term => map("log", add(t, map("sqrt", sub(integerPower(t, 2), ones(t.shape)))));
const atanh = (t: Term): Term => scale(map("log", mul(add(ones(t.shape), t), reciprocal(sub(ones(t.shape), t)))), 1, 2);

const composed: Readonly<Record<string, (t: Term) => Term>> = {
  square: (t) => integerPower(t, 2),
  silu: (t) => mul(t, map("sigmoid", t)),
  gelu: (t) => mul(t, normalCdf(t)),
  mish: (t) => mul(t, map("tanh", map("softplus", t))),
  softsign: (t) => mul(t, reciprocal(add(ones(t.shape), map("abs", t)))),
  logit: (t) => map("log", mul(t, reciprocal(sub(ones(t.shape), t)))),
  sec: over("cos"),
  csc: over("sin"),
  cot: (t) => mul(map("cos", t), reciprocal(map("sin", t))),
  sech: over("cosh"),
  csch: over("sinh"),
  coth: over("tanh"),
  acot: (t) => map("atan", reciprocal(t)),
  asec: (t) => map("acos", reciprocal(t)),
  acsc: (t) => map("asin", reciprocal(t)),
  asinh,
  acosh,
  atanh,
  acoth: (t) => atanh(reciprocal(t)),
  asech: (t) => acosh(reciprocal(t)),
  acsch: (t) => asinh(reciprocal(t)),
  erfc: (t) => sub(ones(t.shape), map("erf", t)),
  factorial: (t) => map("exp", map("loggamma", add(t, ones(t.shape)))),
  normalCdf,
  normalPdf: (t) => mul(map("exp", scale(integerPower(t, 2), -1, 2)), reciprocal(map("sqrt", scale(pi(), 2)))),
};

export function isComposed(fn: string): boolean {
  return Object.hasOwn(composed, fn);
}

export function applyComposed(fn: string, x: Value): Value {
  const f = composed[fn] as (t: Term) => Term;
  return { free: x.free, shape: x.shape, make: (env) => f(termOf(x, env)) };
}

/** Functions with a slope that stands below their name or that the text speaks of, and what the slope is where it does not. */
export const sloped: Readonly<Record<string, { readonly apply: (lowering: Lowering, x: Value, slope: Value) => Value; readonly usual: Value }>> = {
  leakyRelu: { apply: leakyRelu, usual: literal(1, 100) },
  elu: { apply: elu, usual: literal(1) },
};

/** x where it is positive, α (eˣ − 1) where it is negative: relu(x) + α (exp(−relu(−x)) − 1). */
function elu(lowering: Lowering, x: Value, slope: Value): Value {
  const below: Value = { free: x.free, shape: x.shape, make: (env) => sub(map("exp", scale(map("relu", scale(termOf(x, env), -1)), -1)), ones(termOf(x, env).shape)) };
  return plus(lowering, mapped("relu", x), lowering.algebra.scale(slope, below), { start: 0, end: 0 });
}

/** relu(x) − α relu(−x), with the slope that is written below its name or that the text speaks of. */
function leakyRelu(lowering: Lowering, x: Value, slope: Value): Value {
  const negative = mapped("relu", lowering.algebra.scale(literal(-1), x));
  return plus(lowering, mapped("relu", x), lowering.algebra.scale(literal(-1), lowering.algebra.scale(slope, negative)), { start: 0, end: 0 });
}
