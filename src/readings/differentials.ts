/** Differentials: `dY` as the tangent of Y along what varies. */
import type { Expr, SymbolExpr } from "../semantics/expression";
import { taggedKey } from "../semantics/symbols/key";
import { add, contract, dependsOn, jacobian, map, pushforward, type Term, variable } from "../tensor";
import { differentiatedBy, sinksOf } from "./dependence";
import { Failure } from "./failure";
import { lossOver } from "./losses";
import type { Lowering } from "./lower";
import { functionItself, looksLikeLoss } from "./numerators";
import { lowerSymbol } from "./symbols";
import { type Env, literal, mergeAxes, termOf, type Value } from "./value";

/** d(…): the pushforward along dX for each symbol whose differential is written somewhere in the claim. */
export function lowerDifferential(lowering: Lowering, expr: Expr & { kind: "differential" }): Value {
  if (expr.order > 2) return lowering.fail("unsupported", "a differential of this order", expr);
  if (!lowering.varying.size) return lowering.fail("unknown-symbol", "what varies under d is not written", expr);
  const defined = expr.of.kind === "symbol" && !lowering.binding(taggedKey(expr.of)) ? lowering.resolve(expr.of)?.entity : null;
  const value = defined?.definition?.kind === "function" ? functionItself(lowering, defined, expr.of as SymbolExpr) : (lossBelow(lowering, expr.of) ?? lowering.lower(expr.of));
  const seeds = [...lowering.varying].map((key) => varyingValue(lowering, key));
  return {
    free: value.free,
    shape: value.shape,
    make: (env) => {
      const moving = seeds.map((seed) => ({ x: termOf(seed, env), dx: termOf(tangentOf(seed), env) }));
      // In dA = Z dW, A moves as W does.
      const independent = moving.filter(({ x }) => !moving.some((other) => other.x !== x && dependsOn(x, other.x)));
      // In d²f, dX stays as it is.
      let tangent = termOf(value, env);
      for (let order = 0; order < expr.order; order++) tangent = tangentTerm(tangent, independent, env);
      return tangent;
    },
  };
}

/** The loss in dL, where the notes have derivatives of it and no formula. */
function lossBelow(lowering: Lowering, of: Expr): Value | null {
  if (of.kind !== "symbol" || of.subscripts.length || lowering.scope.has(taggedKey(of)) || ![...differentiatedBy(lowering.model, taggedKey(of))].length) return null;
  const entity = lowering.resolve(of)?.entity ?? null;
  if (entity ? entity.definition !== null || !(entity.isLoss || (looksLikeLoss(of) && entity.shape?.length !== 2)) : !looksLikeLoss(of)) return null;
  return lossOver(lowering, taggedKey(of), sinksOf(lowering, of, entity), of);
}

/** Reverse mode: the Jacobian times the tangent; forward mode: the pushforward. */
function tangentTerm(y: Term, seeds: readonly { x: Term; dx: Term }[], env: Env): Term {
  if (env.mode === "forward") return pushforward(y, new Map(seeds.map(({ x, dx }) => [x, dx])), []);
  let total: Term | null = null;
  for (const { x, dx } of seeds) {
    const j = jacobian(y, x);
    const lead = y.shape.map((_, i) => i);
    const tail = x.shape.map((_, i) => y.shape.length + i);
    const part = contract([[...lead, ...tail], tail], lead, [j, dx]);
    total = total ? addTerm(total, part) : part;
  }
  return total as Term;
}

function addTerm(a: Term, b: Term): Term {
  return add(a, b);
}

function keyOf(expr: Expr): string | null {
  return expr.kind === "symbol" ? taggedKey(expr) + expr.subscripts.map((subscript) => `_${subscript.text}`).join("") : null;
}

export function differentialKey(expr: Expr): string | null {
  return keyOf(expr);
}

const symbolsOfKeys = new WeakMap<Lowering, Map<string, SymbolExpr>>();

/** Declares which symbols vary, before a claim with differentials is lowered. */
export function setVarying(lowering: Lowering, symbols: readonly SymbolExpr[]): void {
  if (!symbols.length) return;
  const known = new Map(symbols.map((symbol) => [keyOf(symbol) as string, symbol]));
  symbolsOfKeys.set(lowering, known);
  lowering.varying = new Set(known.keys());
}

function varyingValue(lowering: Lowering, key: string): Value {
  const symbol = symbolsOfKeys.get(lowering)?.get(key);
  if (!symbol) throw new Failure("unknown-symbol", `d${key}`, { start: 0, end: 0 });
  return lossBelow(lowering, symbol) ?? lowerSymbol(lowering, symbol);
}

/** dX as a variable, which what is linear in it is differentiated by. */
export function differentialOf(lowering: Lowering, symbol: SymbolExpr): Value {
  return tangentOf(varyingValue(lowering, keyOf(symbol) as string));
}

const tangents = new WeakMap<Value, Value>();

function tangentOf(value: Value): Value {
  const known = tangents.get(value);
  if (known) return known;
  const tangent: Value = {
    free: value.free,
    shape: value.shape,
    make: (env) => {
      const x = termOf(value, env);
      return variable(`d:${x.kind === "variable" ? x.name : x.hash}`, x.shape);
    },
  };
  tangents.set(value, tangent);
  return tangent;
}

export { literal, map, mergeAxes };
