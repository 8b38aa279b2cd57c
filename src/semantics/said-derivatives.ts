/** "The gradient of $f$ is $2Xw$": equations of the derivatives that sentences state in words. */
import type { Document } from "../document/types";
import { movedTo } from "./continued";
import { type Derivative, derivativesIn, type Expr, type SymbolExpr, symbolsIn, wordOf } from "./expression";
import type { Located } from "./model";
import type { DerivativeFact } from "./prose";
import { fullKey } from "./symbols/key";

export function withSaidDerivatives({ formulas }: Document, located: readonly Located[], facts: readonly DerivativeFact[]): Located[] {
  if (!facts.length) return [...located];
  const byFormula = new Map<number, Located[]>();
  for (const one of located) byFormula.set(one.formula, [...(byFormula.get(one.formula) ?? []), one]);
  const written = new Map<number, Located>();
  const textIn = (formula: number): string => {
    const { start, end } = expressionIn(byFormula.get(formula), true) as Expr;
    return (formulas[formula]?.source.text ?? "").slice(start, end);
  };
  for (const fact of facts) {
    const [value, ...more] = byFormula.get(fact.value) ?? [];
    if (!value || more.length) continue;
    const of = value.assertion.links.length && fact.amidst === "section" ? (functionBefore(value, located) ?? fact.of) : fact.of;
    const equation = of === null ? null : equationOf({ ...fact, of }, value, byFormula);
    if (!equation || of === null) continue;
    const said = { left: writtenAs({ ...fact, of }, textIn), amidst: fact.amidst };
    const [derivative] = equation.sides;
    // `H = X^\top X` is said of H besides.
    if (value.assertion.links.length) written.set(value.id, { ...value, said: { ...said, derivative } });
    else written.set(value.id, { ...value, assertion: equation, role: value.role === null || value.role === "definition" || value.role === "assumption" ? "claim" : value.role, said });
  }
  return located.map((one) => written.get(one.id) ?? one);
}

type Told = DerivativeFact & { readonly of: number };

/** The last `f(x) = …` of the section. */
function functionBefore({ id, section }: Located, located: readonly Located[]): number | null {
  const isFunction = ({ assertion: { sides, links } }: Located): boolean => sides.length === 2 && links[0]?.operator === "=" && sides[0]?.kind === "apply" && !sides[0].primes;
  return located.filter((other) => other.id < id && other.section === section && isFunction(other)).at(-1)?.formula ?? null;
}

function equationOf({ of, by, which }: Told, { assertion }: Located, byFormula: ReadonlyMap<number, readonly Located[]>): Located["assertion"] | null {
  const [value, ...others] = isNamed(assertion) ? assertion.sides.slice(1) : assertion.sides;
  const function_ = expressionIn(byFormula.get(of), true);
  const letter = by === null ? null : expressionIn(byFormula.get(by), false);
  if (!value || others.length || !function_ || !(isForm(value, byFormula.get(of) ?? []) || (which !== "gradient" && value.kind === "symbol" && value.name === "I")) || (by !== null && letter?.kind !== "symbol")) return null;
  const place = { start: value.start, end: value.start };
  const order = which === "hessian" ? 2 : 1;
  const variables = letter ? Array.from({ length: order }, () => movedTo(letter, place) as SymbolExpr) : [];
  const derivative: Derivative = { kind: "derivative", notation: which === "gradient" ? (letter ? "operator" : "nabla") : which, of: movedTo(function_, place) as Expr, wrt: variables, order, total: false, missingPartial: false, ...place };
  return { ...assertion, sides: [derivative, value], links: [{ operator: "=", ...place }] };
}

function writtenAs({ of, by, which }: Told, textIn: (formula: number) => string): string {
  const argument = /^\\?[A-Za-z]+(\([^()]*\))?$/.test(textIn(of)) ? textIn(of) : `\\left(${textIn(of)}\\right)`;
  const below = by === null ? "" : `_{${textIn(by)}}`;
  return which === "jacobian" ? `J${below}${argument.startsWith("\\left") ? argument : `(${argument})`}` : `\\nabla${below}${which === "hessian" ? "^2" : ""} ${argument}`;
}

/** `H = X^\\top X`, which gives the derivative a name. */
function isNamed({ sides: [left, ...values], links: [link, ...more] }: Located["assertion"]): boolean {
  return (left?.kind === "symbol" || (left?.kind === "apply" && !left.primes)) && values.length === 1 && link?.operator === "=" && !more.length;
}

/** The only expression of a formula, or the f(x) that it defines. */
function expressionIn([one, ...more]: readonly Located[] = [], defined: boolean): Expr | null {
  const [first, second, ...others] = one?.assertion.sides ?? [];
  if (!first || more.length || others.length || first.kind === "opaque" || derivativesIn(first).length) return null;
  return !second || (defined && one?.assertion.links[0]?.operator === "=" && (first.kind === "apply" || first.kind === "symbol")) ? first : null;
}

/** Whether it says more than a name of the derivative, or a number that it has somewhere. */
function isForm(value: Expr, of: readonly Located[]): boolean {
  if (value.kind === "symbol") return of.some(({ assertion }) => assertion.sides.some((side) => symbolsIn(side, false).some((symbol) => fullKey(symbol) === fullKey(value))));
  if (["number", "opaque", "tuple", "dots", "derivative"].includes(value.kind) || derivativesIn(value).length) return false;
  return value.kind !== "apply" || wordOf(value.fn.name) !== undefined;
}
