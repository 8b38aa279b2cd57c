/** Losses of a single step: `\\partial L/\\partial W = \\delta_t x_t^\\top`, where others sum over t. */
import { looksLikeLoss } from "../readings/numerators";
import { isBound } from "../readings/running";
import { derivativesIn, type SymbolExpr, symbolsIn } from "../semantics/expression";
import type { Model } from "../semantics/model";
import { taggedKey } from "../semantics/symbols/key";
import { isIndexLetter } from "../semantics/symbols/table";
import type { Claim } from "./claim";

/**
 * Whether a loss is one of the step t that is spoken of: the text says that it
 * is a function of h_t, or it says nothing and sums over no t, and speaks of the
 * derivative by a member (likely) or of that by what all steps share (unsaid).
 */
export function ownStep({ left, right, located }: Claim, model: Model): "said" | "likely" | "unsaid" | null {
  const derivatives = [left, right].flatMap(derivativesIn);
  const [loss, ...others] = new Set(derivatives.flatMap(({ of }) => (of.kind === "symbol" ? [taggedKey(of)] : [])));
  const written = derivatives.find(({ of }) => of.kind === "symbol")?.of as SymbolExpr | undefined;
  if (loss === undefined || others.length || !written) return null;
  const { definition = null, parameters = [], isLoss = false } = model.table.resolve(written, located)?.entity ?? {};
  if (definition || !(isLoss || looksLikeLoss(written))) return null;
  if (parameters.length) return parameters.some(isMember) && !parameters.some(isFirst) ? "said" : null;
  const members = symbolsIn(left, false).concat(symbolsIn(right, false)).filter(isMember);
  if (!members.length || members.some(({ subscripts }) => subscripts.some(({ text }) => isBound(model, text)))) return null;
  const named = model.table.all.flatMap(({ definition }) => (definition?.expr.kind === "derivative" ? definition.expr.wrt : []));
  return [...(left.kind === "derivative" ? left.wrt : []), ...named].some((one) => one.kind === "symbol" && model.table.resolve(one, located)?.family) ? "likely" : "unsaid";
}

/** o_1 of "a function of $o_1, \\dots, o_n$": of all of them. */
function isFirst({ subscripts: [only] }: SymbolExpr): boolean {
  return only?.expr.kind === "number";
}

/** h_t, with a letter that is an index. */
function isMember({ subscripts }: SymbolExpr): boolean {
  return subscripts.length === 1 && subscripts.every(isIndexLetter);
}
