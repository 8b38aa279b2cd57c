/** "If $A$ is symmetric, …": what is said of a case holds where the text speaks of it, and nothing is verified by it elsewhere; what is supposed in an equation may make a claim true. */
import { isExample } from "../semantics/declarations/definitions";
import { derivativesIn, type Expr, symbolsIn } from "../semantics/expression";
import type { Located, Model } from "../semantics/model";
import { fullKey } from "../semantics/symbols/key";
import { involvedIn } from "./alternatives";
import { attempt } from "./attempt";
import { type Case, leftOpen } from "./case";
import type { Claim } from "./claim";
import type { Unchecked } from "./conclusion";
import { differs } from "./outcomes";

/** Keys of symbols of which a case is supposed in other paragraphs than the claim's, and for a display those next to it. */
export function supposedElsewhere(model: Model, claim: Claim): string[] {
  const keys = involvedIn(model, claim).flatMap((expr) => symbolsIn(expr, false)).flatMap((symbol) => {
    const entity = model.table.resolve(symbol, claim.located)?.entity;
    return entity && entity.supposed.size && [...entity.supposed.values()].every((paragraphs) => ![...paragraphs].some((paragraph) => isNear(paragraph, claim.located))) ? [entity.key] : [];
  });
  return [...new Set(keys)];
}

/**
 * Keys of symbols that have a value in a case alone ("if $y = 0$") of which
 * another paragraph speaks, or that got one in the words of another section and
 * stand in the right side all the same; `isOver`: whether the claim is of none
 * of these cases for sure.
 */
export function valuesElsewhere(model: Model, claim: Claim): { readonly keys: readonly string[]; readonly isOver: boolean } {
  const written = new Set(symbolsIn(claim.right, false).map(fullKey));
  const cases = involvedIn(model, claim).flatMap((expr) => symbolsIn(expr, false)).flatMap((symbol) => {
    const entity = model.table.resolve(symbol, claim.located)?.entity;
    const located = entity?.definition?.kind === "value" && isExample(entity.definition.expr) ? model.located[entity.definition.assertion] : undefined;
    if (!entity || !located?.inline || isNear(located.paragraph, claim.located)) return [];
    // Who writes a letter does not put a number in its place.
    const isWritten = located.section !== claim.located.section && !entity.isSize && written.has(fullKey(symbol));
    return located.role === "assumption" || isWritten ? [{ key: entity.key, isOver: isWritten || located.position > claim.located.position }] : [];
  });
  return { keys: [...new Set(cases.map(({ key }) => key))], isOver: cases.every(({ isOver }) => isOver) };
}

/** "Since $X^\\top y = 0$, …": equations that the words of the same paragraph suppose, and that are no laws. */
export function underEquation(one: Case): Unchecked | null {
  const { model, claim, home } = one;
  const letters = new Set(involvedIn(model, claim).flatMap((expr) => symbolsIn(expr, false)).map(fullKey));
  const supposed = model.located.filter((located) => isSupposed(located) && isNear(located.paragraph, claim.located) && located.position < claim.located.position && !model.defining.has(located.id));
  const isOpen = supposed.some((located) => {
    const [left, right] = located.assertion.sides as [Expr, Expr];
    const shared = [left, right].flatMap((side) => symbolsIn(side, false)).some((symbol) => letters.has(fullKey(symbol)));
    return shared && differs(attempt(model, { located, link: 0, left, right, proportional: false }, home));
  });
  return isOpen ? leftOpen(one, "it may hold where an equation does that is supposed before") : null;
}

/** An equation, or in the words one with nothing on its right, or another value of a letter. */
function isSupposed({ role, inline, assertion: { sides, links } }: Located): boolean {
  const [left, right, ...more] = sides;
  if (!left || right === undefined || more.length || links[0]?.operator !== "=") return false;
  // `\delta_{ij} = 1` tells what the sign stands for.
  if (left.kind === "symbol" && left.name === "delta" && left.subscripts.length === 2) return false;
  return role === "assumption" || (inline && role === null && right.kind === "number" && (right.numerator === 0 || (left.kind === "symbol" && !left.subscripts.length)) && !derivativesIn(left).length);
}

/** In the same paragraph, or for a display in those next to it. */
function isNear(paragraph: number, { paragraph: own, inline }: Claim["located"]): boolean {
  return Math.abs(paragraph - own) <= (inline ? 0 : 1);
}
