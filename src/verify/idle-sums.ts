/** `m = \frac{1}{n} \sum_{j=1}^n z_i`: a sum over a letter that nothing in it has, beside the one letter that nothing binds. */
import { childrenOf, type Expr, symbolsIn } from "../semantics/expression";
import type { Model } from "../semantics/model";
import { freeLetters } from "../semantics/pair-sums";
import { taggedKey } from "../semantics/symbols/key";
import type { Reading } from "../readings/reading";
import { attempt } from "./attempt";
import type { Claim } from "./claim";
import type { Conclusion } from "./conclusion";
import { applied, contextOf } from "./repair";
import { variantsOf } from "./variants";

const runs = /^[i-nr-t]$/;

/** What a definition should have been summed over; null where its sums are of what they run over. */
export function idleSum(model: Model, claim: Claim, home: Reading): Conclusion | null {
  const { left, right } = claim;
  const given = new Set(symbolsIn(left, true).map(taggedKey));
  const [open, ...more] = [...freeLetters(right)].filter((letter) => !freeLetters(left).has(letter) && !given.has(letter));
  if (!open || more.length || !runs.test(open) || !isIdle(right, open)) return null;
  const context = contextOf(model, claim);
  const variant = variantsOf(right, context).find(({ title, expr }) => title === `sum over ${open}` && !freeLetters(expr).has(open));
  return variant ? { verdict: "refuted", attempt: attempt(model, { ...claim, left: right }, home), reading: home, repair: { variant, side: "right", latex: applied(context.source, right, variant) } } : null;
}

/** Whether a sum has the open letter in place of its own. */
function isIdle(expr: Expr, open: string): boolean {
  if (expr.kind !== "big" || expr.operator !== "sum") return childrenOf(expr).some((child) => isIdle(child, open));
  const [index, ...more] = expr.indices;
  if (!index || more.length || expr.conditions.length) return isIdle(expr.body, open);
  const own = taggedKey(index.symbol);
  const mentions = (part: Expr | null, letter: string): boolean => part !== null && symbolsIn(part, true).some((symbol) => taggedKey(symbol) === letter);
  return runs.test(own) && mentions(expr.body, open) && !mentions(expr.body, own) && ![index.from, index.to].some((bound) => mentions(bound, open));
}
