/**
 * The slip of leaving out a factor of the chain rule: `W^\top\delta` where
 * `(W^\top\delta) \odot \sigma'(z)` is meant. What the notes make entry by entry,
 * `a = \sigma(z)`, tells which factors there are.
 */
import { type Expr, type ProductOperator, productOf, symbolsIn, wordOf } from "../semantics/expression";
import type { Model } from "../semantics/model";
import { spellSymbol } from "../semantics/symbols/key";
import { relettered } from "../semantics/symbols/positions";
import type { Claim } from "./claim";
import type { Context, Variant } from "./variants";

export interface ChainFactor {
  readonly expr: Expr;
  readonly text: string;
}

/** σ'(z) for each `a = σ(z)` of the section; of entries, at the indices that the left side has. */
export function chainFactorsOf(model: Model, { located, left }: Claim): readonly ChainFactor[] {
  const found = new Map<string, ChainFactor>();
  const indices = new Set(symbolsIn(left).flatMap(({ subscripts }) => subscripts.map(({ text }) => text)));
  for (const { definition, section } of model.table.all) {
    const expr = definition?.expr;
    if (section !== located.section || expr?.kind !== "apply" || expr.args.length !== 1 || expr.primes || wordOf(expr.fn.name)) continue;
    const [param] = definition?.kind === "family" ? definition.params : [];
    const source = definition?.instance ? null : (model.document.formulas[definition?.formula ?? -1]?.source.text ?? "");
    for (const made of param ? [...indices].map((letter) => relettered(expr, param.name, { letter, shift: 0 })) : [expr]) {
      const factor = factorOf(made, param ? null : source);
      if (factor) found.set(factor.text, factor);
    }
  }
  return [...found.values()].slice(0, most);
}

function factorOf(expr: Expr & { kind: "apply" }, source: string | null): ChainFactor | null {
  const [arg] = expr.args as [Expr];
  const of = arg.kind === "symbol" ? spellSymbol(arg) : (source?.slice(arg.start, arg.end) ?? null);
  const text = `${spellSymbol(expr.fn)}'(${of})`;
  return of === null ? null : { expr: { ...expr, primes: 1 }, text };
}

const most = 8;

/** The factor behind the whole, or behind the first factors of a product. */
export function* chained(expr: Expr, { factors: all, source }: Context): Generator<Variant> {
  const [factors, operators]: readonly [readonly Expr[], readonly ProductOperator[]] = expr.kind === "product" ? [expr.factors, expr.operators] : [[expr], []];
  for (const { expr: factor, text } of all) {
    for (let kept = factors.length; kept > 0; kept--) {
      const head = productOf(factors.slice(0, kept), operators.slice(0, kept - 1));
      const scaled = productOf([head, factor], ["\\odot"]);
      const last = factors[kept - 1] as Expr;
      const written = source.slice(expr.start, last.end);
      const whole = kept > 1 ? `\\left(${written}\\right)` : written;
      const next = productOf([scaled, ...factors.slice(kept)], operators.slice(kept - 1));
      yield { expr: next, place: { start: expr.start, end: last.end }, text: `${kept < factors.length ? "\\left(" : ""}${whole} \\odot ${text}${kept < factors.length ? "\\right)" : ""}`, wrong: expr, title: `multiply by ${text}`, cost: 3 };
    }
  }
}
