/**
 * `\delta(X^{-1}) = -X^{-1}\,\delta X\,X^{-1}`: δ as physics and mechanics write
 * the differential. It is one in a section where it stands before what is made
 * of a letter, on the one side, and before that letter on the other, and that
 * says nothing of a δ by itself; and so it is where the text says of one letter
 * that `\delta x = \partial L/\partial x`, as it does of `dx`. Δ is one to first
 * order: where all that a section writes of differences has as many of them on
 * both sides, `\Delta y = 2x \Delta x`, which no finite ones with a square do.
 */
import { isBy } from "./cotangents";
import { childrenOf, type Expr, type SymbolExpr, symbolsIn } from "./expression";
import type { Located, Model } from "./model";
import { fullKey } from "./symbols/key";

export type Sign = "delta" | "Delta";

/** The sections in which Δ stands for differentials. */
export function sectionsOfDifferences(model: Model): ReadonlySet<number> {
  const declared = sectionsThatDeclare(model, "Delta");
  const found = new Set(model.located.flatMap((located) => (!declared.has(located.section) && relatesVariations(model, located, "Delta") ? [located.section] : [])));
  for (const { section, assertion } of model.located) if (found.has(section) && !isOfOneOrder(assertion.sides)) found.delete(section);
  return found;
}

function sectionsThatDeclare(model: Model, sign: Sign): ReadonlySet<number> {
  return new Set(model.table.withKey(sign).flatMap(({ section, shape, definition, properties }) => (shape !== null || definition !== null || properties.size > 0 ? [section] : [])));
}

export function sectionsOfVariations(model: Model): ReadonlySet<number> {
  const declared = sectionsThatDeclare(model, "delta");
  const isNamed = model.located.some((located) => !declared.has(located.section) && namesDerivative(located));
  return new Set(model.located.flatMap((located) => (!declared.has(located.section) && (isNamed || relatesVariations(model, located, "delta")) ? [located.section] : [])));
}

function namesDerivative({ assertion: { sides, links } }: Located): boolean {
  const [of, derivative] = sides;
  const [letter, ...more] = (of && afterSign(of, "delta")) ?? [];
  return links.length > 0 && letter?.kind === "symbol" && !more.length && derivative?.kind === "derivative" && isBy(derivative, letter);
}

function relatesVariations(model: Model, located: Located, sign: Sign): boolean {
  const { sides, links } = located.assertion;
  return links.some(({ operator }, i) => {
    const side = sides[i] as Expr;
    // `\frac{\Delta y}{\Delta x} = 2x`
    const [above, below] = sign === "Delta" && side.kind === "quotient" ? [side.numerator, variedIn(side.denominator, sign)] : [side, []];
    const of = operator === "=" ? afterSign(above, sign) : null;
    if (!of) return false;
    const letters = new Set(madeOf(model, located, of).map(fullKey));
    return [...below, ...variedIn(sides[i + 1] as Expr, sign)].some((letter) => letters.has(fullKey(letter)));
  });
}

/** Whether the sides have as many differences as factors, none of them in a sum with something else or below a function. */
function isOfOneOrder(sides: readonly Expr[]): boolean {
  const orders = new Set(sides.map(orderOf));
  return orders.size < 2 && !orders.has(Number.NaN);
}

/** How many differences are factors of an expression, those below a line counted off; NaN where terms have unlike numbers of them. */
function orderOf(expr: Expr): number {
  switch (expr.kind) {
    case "symbol":
      return isSign(expr, "Delta") ? 1 : 0;
    case "product":
      return expr.factors.reduce((sum, factor) => sum + orderOf(factor), 0);
    case "quotient":
      return orderOf(expr.numerator) - orderOf(expr.denominator);
    case "transpose":
      return orderOf(expr.base);
    case "sum": {
      const [first = 0, ...others] = expr.terms.map(({ expr: term }) => orderOf(term));
      return others.every((other) => other === first) ? first : Number.NaN;
    }
    case "apply":
      return isSign(expr.fn, "Delta") ? 1 + expr.args.reduce((sum, arg) => sum + orderOf(arg), 0) : within(expr);
    default:
      return within(expr);
  }
}

function within(expr: Expr): number {
  return childrenOf(expr).every((child) => orderOf(child) === 0) ? 0 : Number.NaN;
}

/** What stands after a δ at the head of a side: the argument of δ, or its other factors. */
function afterSign(side: Expr, sign: Sign): readonly Expr[] | null {
  if (side.kind === "apply") return isSign(side.fn, sign) && side.args.length === 1 ? side.args : null;
  const [first, ...rest] = side.kind === "product" ? side.factors : [];
  if (first?.kind === "apply") return isSign(first.fn, sign) ? [...first.args, ...rest] : null;
  return first && isSign(first, sign) ? rest : null;
}

/** The letters that something is made of; of a letter by itself, those of its definition. */
function madeOf(model: Model, located: Located, of: readonly Expr[]): readonly SymbolExpr[] {
  const [only] = of;
  if (of.length !== 1 || only?.kind !== "symbol") return of.flatMap((part) => symbolsIn(part, false));
  const definition = model.table.resolve(only, located)?.entity.definition;
  return definition ? symbolsIn(definition.expr, false) : [];
}

/** The letters that stand right behind a δ. */
export function variedIn(expr: Expr, sign: Sign): SymbolExpr[] {
  const inner = childrenOf(expr).flatMap((child) => variedIn(child, sign));
  if (expr.kind === "apply" && isSign(expr.fn, sign)) return [...inner, ...expr.args.filter((arg): arg is SymbolExpr => arg.kind === "symbol")];
  if (expr.kind !== "product") return inner;
  return [...inner, ...expr.factors.filter((factor, i): factor is SymbolExpr => factor.kind === "symbol" && i > 0 && isSign(expr.factors[i - 1] as Expr, sign))];
}

function isSign(expr: Expr, sign: Sign): boolean {
  return expr.kind === "symbol" && expr.name === sign && !expr.subscripts.length && !expr.tags.length && !expr.primes && !expr.accents.length;
}
