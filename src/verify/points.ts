/**
 * Values at a point that the words name: "evaluated at $\\theta = 0$, the
 * gradient is …". What is said in the sentence before a derivative by that
 * letter is where the derivative is taken.
 */
import { derivativesIn, type Expr, type Relation, type SymbolExpr, symbolsIn } from "../semantics/expression";
import { isExample } from "../semantics/declarations/definitions";
import type { Located, Model } from "../semantics/model";
import { baseSymbol } from "../readings/dependence";
import type { Reading } from "../readings/reading";
import { fullKey } from "../semantics/symbols/key";
import { involvedIn } from "./alternatives";
import { attempt, loweringOf } from "./attempt";
import type { Claim } from "./claim";
import type { Conclusion } from "./conclusion";
import { unmarked } from "./consequences";
import { holds } from "./outcomes";

/** A claim about a derivative at the point that its paragraph names; null where it names none. */
export function atNamedPoint(model: Model, claim: Claim, home: Reading): Conclusion | null {
  const [by, others] = lettersOf(claim);
  const point = pointBefore(model, claim, by) ?? pointBefore(model, claim, others) ?? pointBefore(model, claim, restsOn(model, claim), 0);
  if (!point) return null;
  const reading: Reading = { ...home, examples: "free" };
  const made = attempt(model, placedAt(claim, point), reading);
  if (holds(made)) return { verdict: "verified", attempt: made, reading, assumptions: [...loweringOf(made).preconditions] };
  const [letter] = point.sides;
  return letter?.kind === "symbol" && by.has(fullKey(letter)) ? { verdict: "unchecked", attempt: made, reason: "ambiguous", message: "it may be meant at a point" } : null;
}

function placedAt(claim: Claim, point: Relation): Claim {
  const placed = (side: Expr): Expr => (side.kind === "at" ? side : { kind: "at", body: side, where: [point], start: side.start, end: side.end });
  return { ...claim, left: placed(claim.left), right: placed(claim.right) };
}

/** The letters by which a claim differentiates, and the others in which what it differentiates may be written. */
function lettersOf({ left, right }: Claim): readonly [by: ReadonlySet<string>, others: ReadonlySet<string>] {
  const derivatives = [left, right].flatMap(derivativesIn);
  const by = new Set(derivatives.flatMap(({ wrt, of }) => [...wrt, ...(wrt.length || of.kind !== "apply" ? [] : of.args)]).flatMap((wrt) => baseSymbol(wrt) ?? []).map(fullKey));
  return [by, new Set(derivatives.length ? [left, right].flatMap((side) => symbolsIn(side, false)).map(fullKey) : [])];
}

/** "If $y = 0$, $\frac{\partial L}{\partial a} = \frac{1}{1-a}$": the letters of the formulas that a claim about a derivative rests on. */
function restsOn(model: Model, claim: Claim): ReadonlySet<string> {
  return new Set([claim.left, claim.right].flatMap(derivativesIn).length ? involvedIn(model, claim).flatMap((expr) => symbolsIn(expr, false)).map(fullKey) : []);
}

/** `reach`: how many paragraphs before. */
function pointBefore(model: Model, { located }: Claim, letters: ReadonlySet<string>, reach = 1): Relation | null {
  for (let at = located.id - 1; at >= 0; at--) {
    const earlier = model.located[at];
    if (!earlier?.inline || earlier.section !== located.section || located.paragraph - earlier.paragraph > (isAlone(model, earlier) ? 1 : reach)) return null;
    const [letter, value] = earlier.assertion.sides;
    // `y = Wx` says what y is.
    if (value && model.defining.has(earlier.id) && !isExample(value) && !isEstimate(letter, value)) continue;
    if (letter?.kind === "symbol" && value && listsEntries(letter, value)) continue;
    if (letter?.kind === "symbol" && letters.has(fullKey(letter)) && value && value.kind !== "opaque" && earlier.assertion.links.length === 1 && earlier.assertion.links[0]?.operator === "=") return earlier.assertion;
  }
  return null;
}

/** `x = (x_1, \dots, x_n)`, `A = (a_{ij})`: no point, as `x = x_0` is. */
function listsEntries(letter: SymbolExpr, value: Expr): boolean {
  if (value.kind === "symbol" && value.name === letter.name) return false;
  return symbolsIn(value, false).some(({ name }) => name.toLowerCase() === letter.name.toLowerCase());
}

/** "**Case $y = 0$:**" in a paragraph of its own. */
function isAlone({ located }: Model, { id, paragraph }: Located): boolean {
  return located[id - 1]?.paragraph !== paragraph && located[id + 1]?.paragraph !== paragraph;
}

/** `\mu = \hat\mu`: what was found for a letter is put in for it. */
function isEstimate(letter: Expr | undefined, value: Expr): boolean {
  return letter?.kind === "symbol" && value.kind === "symbol" && value.name === letter.name && fullKey(value) !== fullKey(letter);
}

/** A claim about a derivative in which stands what the section found for a letter: `(x_i - \bar x)^2` after `\hat\mu = \bar x`; null where it does not hold there. */
export function atEstimate(model: Model, claim: Claim, home: Reading): Conclusion | null {
  for (const [letter, estimate] of estimatesIn(model, claim)) {
    const where: Relation = { sides: [letter, estimate], links: [{ operator: "=", start: letter.start, end: letter.end }], start: letter.start, end: letter.end };
    const made = attempt(model, placedAt(claim, where), home);
    if (holds(made)) return { verdict: "verified", attempt: made, reading: home, assumptions: [...loweringOf(made).preconditions] };
  }
  return null;
}

/** The letters that the section solves for before a claim, and what it calls their solutions in the claim. */
function estimatesIn(model: Model, { located, left, right }: Claim): [SymbolExpr, SymbolExpr][] {
  if (left.kind !== "derivative") return [];
  const written = symbolsIn(right, false);
  const found = model.located.slice(0, located.id).filter(({ section }) => section === located.section);
  return found.flatMap(({ assertion: { sides } }) => {
    const [solution] = sides;
    const letter = solution?.kind === "symbol" ? unmarked(solution) : null;
    // What stands beside its estimate is not replaced by it.
    if (!letter || letter === solution || written.some((symbol) => fullKey(symbol) === fullKey(letter))) return [];
    return sides.flatMap((side) => (side.kind === "symbol" && written.some((symbol) => fullKey(symbol) === fullKey(side)) ? [[letter, side] as [SymbolExpr, SymbolExpr]] : []));
  });
}
