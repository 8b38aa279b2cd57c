/**
 * `\delta(X^{-1}) = -X^{-1}\,\delta X\,X^{-1}`: δ as physics and mechanics write
 * the differential. It is one in a section where it stands before what is made
 * of a letter, on the one side, and before that letter on the other, and that
 * says nothing of a δ by itself; and so it is where the text says of one letter
 * that `\delta x = \partial L/\partial x`, as it does of `dx`.
 */
import { isBy } from "./cotangents";
import { childrenOf, type Expr, type SymbolExpr, symbolsIn } from "./expression";
import type { Located, Model } from "./model";
import { fullKey } from "./symbols/key";

export function sectionsOfVariations(model: Model): ReadonlySet<number> {
  const declared = new Set(model.table.withKey("delta").flatMap(({ section, shape, definition, properties }) => (shape !== null || definition !== null || properties.size > 0 ? [section] : [])));
  const isNamed = model.located.some((located) => !declared.has(located.section) && namesDerivative(located));
  return new Set(model.located.flatMap((located) => (!declared.has(located.section) && (isNamed || relatesVariations(model, located)) ? [located.section] : [])));
}

function namesDerivative({ assertion: { sides, links } }: Located): boolean {
  const [of, derivative] = sides;
  const [letter, ...more] = (of && afterDelta(of)) ?? [];
  return links.length > 0 && letter?.kind === "symbol" && !more.length && derivative?.kind === "derivative" && isBy(derivative, letter);
}

function relatesVariations(model: Model, located: Located): boolean {
  const { sides, links } = located.assertion;
  return links.some(({ operator }, i) => {
    const of = operator === "=" ? afterDelta(sides[i] as Expr) : null;
    if (!of) return false;
    const letters = new Set(madeOf(model, located, of).map(fullKey));
    return variedIn(sides[i + 1] as Expr).some((letter) => letters.has(fullKey(letter)));
  });
}

/** What stands after a δ at the head of a side: the argument of δ, or its other factors. */
function afterDelta(side: Expr): readonly Expr[] | null {
  if (side.kind === "apply") return isDelta(side.fn) && side.args.length === 1 ? side.args : null;
  const [first, ...rest] = side.kind === "product" ? side.factors : [];
  if (first?.kind === "apply") return isDelta(first.fn) ? [...first.args, ...rest] : null;
  return first && isDelta(first) ? rest : null;
}

/** The letters that something is made of; of a letter by itself, those of its definition. */
function madeOf(model: Model, located: Located, of: readonly Expr[]): readonly SymbolExpr[] {
  const [only] = of;
  if (of.length !== 1 || only?.kind !== "symbol") return of.flatMap((part) => symbolsIn(part, false));
  const definition = model.table.resolve(only, located)?.entity.definition;
  return definition ? symbolsIn(definition.expr, false) : [];
}

/** The letters that stand right behind a δ. */
function variedIn(expr: Expr): SymbolExpr[] {
  const inner = childrenOf(expr).flatMap(variedIn);
  if (expr.kind === "apply" && isDelta(expr.fn)) return [...inner, ...expr.args.filter((arg): arg is SymbolExpr => arg.kind === "symbol")];
  if (expr.kind !== "product") return inner;
  return [...inner, ...expr.factors.filter((factor, i): factor is SymbolExpr => factor.kind === "symbol" && i > 0 && isDelta(expr.factors[i - 1] as Expr))];
}

function isDelta(expr: Expr): boolean {
  return expr.kind === "symbol" && expr.name === "delta" && !expr.subscripts.length && !expr.tags.length && !expr.primes && !expr.accents.length;
}
