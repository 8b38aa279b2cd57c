/** What a claim rests on, where that is not understood: then it is no fault of the claim that it fails. */
import { Failure } from "../readings/failure";
import { type Reading, watched } from "../readings/reading";
import { derivativesIn, type Expr, symbolsIn } from "../semantics/expression";
import type { Model } from "../semantics/model";
import { involvedIn } from "./alternatives";
import type { Attempt } from "./attempt";
import type { Claim } from "./claim";
import { prepareAlone } from "./prepare";
import type { Screen } from "./screen";

/** Whether a definition that the claim leads to has sizes that clash in itself: so the symbols in it were not understood. */
export function restsOnClash(model: Model, claim: Claim, home: Reading): boolean {
  return involvedIn(model, claim).slice(2).some((definition) => clashes(model, claim, home, definition));
}

/** Whether what is differentiated does not fit together, of arrays that have no size in common: those are sizes that the text gives for something else, as for a Kronecker product. */
export function differentiatesClash(model: Model, claim: Claim, home: Reading): boolean {
  const areApart = (of: Expr): boolean => {
    const shapes = [...new Set(symbolsIn(of, false).flatMap((symbol) => model.table.resolve(symbol, claim.located)?.entity ?? []))].map(({ shape }) => (shape ?? []).filter((size) => size !== "1"));
    const sized = shapes.filter((sizes) => sizes.length > 0);
    return sized.length > 1 && sized.every((own, at) => sized.slice(at + 1).every((other) => !own.some((size) => other.includes(size))));
  };
  return [claim.left, claim.right].flatMap(derivativesIn).some(({ of }) => of.kind !== "symbol" && areApart(of) && clashes(model, claim, home, of));
}

function clashes(model: Model, claim: Claim, home: Reading, expr: Expr): boolean {
  try {
    prepareAlone(model, claim, watched(home)).lower(expr);
    return false;
  } catch (error) {
    if (error instanceof Failure) return error.clash;
    throw error;
  }
}

/** `\frac{\partial z_j}{\partial W_{ji}} = \frac{\partial}{\partial W_{ji}}(Wh + b) = h_i`: the same entry of what z is made of is meant, whose index is written at the head of the chain alone. */
export function leavesEntryOut(claim: Claim, home: Reading, screen: Screen): Attempt | null {
  const [head] = claim.located.assertion.sides;
  const indices = head?.kind === "derivative" && head.of.kind === "symbol" ? head.of.subscripts.filter(({ above }) => !above) : [];
  const entryOf = (side: Expr): Expr => (side.kind === "derivative" && side.of.kind === "sum" ? { ...side, of: { kind: "entry", base: side.of, indices, start: side.of.start, end: side.of.end } } : side);
  const [left, right] = [entryOf(claim.left), entryOf(claim.right)];
  return indices.length && (left !== claim.left || right !== claim.right) ? screen.proof({ ...claim, left, right }, home) : null;
}
