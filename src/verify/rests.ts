/** What a claim rests on, where that is not understood: then it is no fault of the claim that it fails. */
import { Failure } from "../readings/failure";
import { type Reading, watched } from "../readings/reading";
import type { Expr } from "../semantics/expression";
import { derivativesIn, symbolsIn } from "../semantics/expression";
import type { Model } from "../semantics/model";
import { hasDerivative, involvedIn } from "./alternatives";
import { attempt, type Attempt, prepare } from "./attempt";
import type { Claim } from "./claim";
import { vacuous } from "./outcomes";
import type { Screen } from "./screen";

/** Whether a definition that the claim leads to has sizes that clash in itself: so the symbols in it were not understood. */
export function restsOnClash(model: Model, claim: Claim, home: Reading): boolean {
  return involvedIn(model, claim).slice(2).some((definition) => clashes(model, claim, home, definition));
}

function clashes(model: Model, claim: Claim, home: Reading, expr: Expr): boolean {
  try {
    prepare(model, claim, watched(home), {}).lower(expr);
    return false;
  } catch (error) {
    if (error instanceof Failure) return error.clash;
    throw error;
  }
}

/**
 * `\frac{d}{dx}(ax^2) = 2ax`: a rule whose function is written out, and that
 * holds for letters of its own, may have them from nowhere, though an earlier
 * section sets them equal to something.
 */
export function bindsOwnLetters(model: Model, claim: Claim, home: Reading, screen: Screen): Attempt | null {
  const { left, right, located } = claim;
  if (!hasDerivative(claim) || derivativesIn(left).some(({ of }) => of.kind === "symbol" || of.kind === "apply")) return null;
  const elsewhere = [left, right].flatMap((side) => symbolsIn(side, false)).some((symbol) => {
    const entity = model.table.resolve(symbol, located)?.entity;
    return entity !== undefined && entity.definition !== null && entity.section !== located.section;
  });
  return elsewhere ? screen.proof(claim, { ...home, fresh: true }) : null;
}

/** A chain rule that runs against the definitions more than once (∂a/∂u, where u is made of a): it is about other functions than those that have these letters elsewhere. */
export function speaksOfOthers(model: Model, claim: Claim, home: Reading): boolean {
  const { right } = claim;
  const vanishes = (factor: Expr): boolean => vacuous(attempt(model, { ...claim, left: factor, right: factor }, home));
  const terms = right.kind === "sum" ? right.terms.map(({ expr }) => expr) : [right];
  const chains = terms.map((term) => (term.kind === "product" ? term.factors : [term]));
  const runsBack = (expr: Expr): boolean => expr.kind === "derivative" && expr.wrt[0]?.kind === "symbol" && vanishes(expr) && !vanishes({ ...expr, of: expr.wrt[0], wrt: [expr.of] });
  return chains.flat().every((expr) => expr.kind === "derivative" && expr.of.kind === "symbol" && expr.wrt.length === 1) && chains.flat().filter(runsBack).length > 1;
}

/** `\frac{\partial z_j}{\partial W_{ji}} = \frac{\partial}{\partial W_{ji}}(Wh + b) = h_i`: the same entry of what z is made of is meant, whose index is written at the head of the chain alone. */
export function leavesEntryOut(claim: Claim, home: Reading, screen: Screen): Attempt | null {
  const [head] = claim.located.assertion.sides;
  const indices = head?.kind === "derivative" && head.of.kind === "symbol" ? head.of.subscripts.filter(({ above }) => !above) : [];
  const entryOf = (side: Expr): Expr => (side.kind === "derivative" && side.of.kind === "sum" ? { ...side, of: { kind: "entry", base: side.of, indices, start: side.of.start, end: side.of.end } } : side);
  const [left, right] = [entryOf(claim.left), entryOf(claim.right)];
  return indices.length && (left !== claim.left || right !== claim.right) ? screen.proof({ ...claim, left, right }, home) : null;
}
