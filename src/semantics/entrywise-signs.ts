/**
 * ⊗ for products entry by entry: where a text multiplies so by a derivative of an
 * activation, `W^\top \delta \otimes \sigma'(z)`, or makes a state of the one before,
 * `c_t = f_t \otimes c_{t-1} + \dots`, it means no Kronecker product anywhere.
 */
import { withParts } from "../base/parts";
import { childrenOf, type Expr } from "./expression";
import type { Located } from "./model";
import { taggedKey } from "./symbols/key";

/** The assertions with ⊙ for each ⊗ that goes entry by entry. */
export function withEntrywiseSigns(located: readonly Located[]): Located[] {
  if (!located.some(({ assertion: { sides } }) => sides.some((side) => goesByEntries(side, sides[0])))) return [...located];
  return located.map((one) => {
    const assertion = renamed(one.assertion) as Located["assertion"];
    return assertion === one.assertion ? one : { ...one, assertion };
  });
}

function goesByEntries(expr: Expr, left: Expr | undefined): boolean {
  const isTelling = (factor: Expr | undefined): boolean => (factor?.kind === "apply" && factor.primes > 0) || (factor?.kind === "symbol" && left?.kind === "symbol" && factor.subscripts.length > 0 && factor !== left && taggedKey(factor) === taggedKey(left));
  const own = expr.kind === "product" && expr.operators.some((operator, at) => operator === "\\otimes" && [expr.factors[at], expr.factors[at + 1]].some(isTelling));
  return own || childrenOf(expr).some((child) => goesByEntries(child, left));
}

function renamed(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const changed = withParts(value, renamed) as { readonly kind?: string; readonly operators?: readonly string[] };
  return changed.kind === "product" && changed.operators?.includes("\\otimes") ? { ...changed, operators: changed.operators.map((operator) => (operator === "\\otimes" ? "\\odot" : operator)) } : changed;
}
