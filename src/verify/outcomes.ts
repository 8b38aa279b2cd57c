/** How an attempt ended, and the reading under which one that says nothing says something. */
import { baseSymbol } from "../readings/dependence";
import type { Reading } from "../readings/reading";
import { childrenOf, derivativesIn, type Expr } from "../semantics/expression";
import type { Model } from "../semantics/model";
import { isZero } from "../tensor";
import type { Attempt } from "./attempt";
import type { Claim } from "./claim";
import { bothZero } from "./compare";
import type { Tried } from "./screen";

type Held = Attempt & { readonly comparison: { readonly status: "equal" } };

export function holds(one: Tried): one is Held {
  return one.outcome === "compared" && one.comparison.status === "equal";
}

export function differs(one: Tried): boolean {
  return one.outcome === "differs" || (one.outcome === "compared" && one.comparison.status === "different");
}

/** Zero on both sides: nothing that is said depends on anything. */
export function vacuous(one: Tried): boolean {
  return one.outcome === "compared" && one.comparison.status === "undecided" && one.comparison.why === bothZero;
}

/** Zero on the left at every size, whatever the right side is. */
export function isZeroOnTheLeft(one: Attempt): boolean {
  return one.outcome === "compared" && one.pairs.every(({ left }) => isZero(left));
}

/** Derivatives on the right that come to nothing at every size: what they are of does not depend on what they are by. */
export function vanishesOnTheRight({ right }: Claim, one: Attempt): boolean {
  return derivativesIn(right).length > 0 && one.outcome === "compared" && one.pairs.every((pair) => isZero(pair.right));
}

/** What is differentiated by takes every value, also where the text gives it one; null where it gives none. */
export function varying(model: Model, claim: Claim, home: Reading): Reading | null {
  const sides = [claim.left, claim.right];
  const wrt = [...sides.flatMap(derivativesIn).flatMap(({ wrt, of }) => (wrt.length || of.kind !== "apply" ? wrt : of.args)), ...sides.flatMap(primedAt)].map(baseSymbol);
  const defined = wrt.flatMap((symbol) => {
    const entity = symbol ? model.table.resolve(symbol, claim.located)?.entity : null;
    return entity?.definition && !home.variables.includes(entity.key) ? [entity.key] : [];
  });
  return defined.length ? { ...home, variables: [...home.variables, ...defined] } : null;
}

/** α of `\phi'(\alpha)`. */
function primedAt(expr: Expr): readonly Expr[] {
  return [...(expr.kind === "apply" && expr.primes ? expr.args : []), ...childrenOf(expr).flatMap(primedAt)];
}
