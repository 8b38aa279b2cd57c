/** How much a claim and a document say. */
import { childrenOf, type Expr } from "../semantics/expression";
import type { Model } from "../semantics/model";

/** Parts of an expression; a claim of more takes too long under all readings and repairs. */
export const longest = 6000;

export function isLongerThan(exprs: readonly Expr[], most: number): boolean {
  let count = 0;
  const open = [...exprs];
  for (let next = open.pop(); next; next = open.pop()) {
    if (++count > most) return true;
    for (const child of childrenOf(next)) open.push(child);
  }
  return false;
}

/** In a text of several steps an undeclared symbol has its meaning from somewhere that was not understood. */
export const smallDocument = 4;

export function claimsIn(model: Model): number {
  return model.located.filter((located) => located.assertion.links.some((link) => link.operator === "=") && !model.defining.has(located.id)).length;
}
