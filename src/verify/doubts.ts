/** What leaves a claim open that holds: another meaning of its letters than the one that stands nearest. */
import { baseSymbol } from "../readings/dependence";
import { otherDefinitions } from "../readings/restated";
import type { Reading } from "../readings/reading";
import { derivativesIn, type Expr, type SymbolExpr, symbolsIn } from "../semantics/expression";
import type { Model } from "../semantics/model";
import { taggedKey } from "../semantics/symbols/key";
import { involvedIn } from "./alternatives";
import { type Attempt, attempt, loweringOf } from "./attempt";
import type { Claim } from "./claim";
import { holds } from "./outcomes";
import { movesConstants } from "./varying";

export function doubtOf(model: Model, claim: Claim, { reading, attempt: made }: { readonly reading: Reading; readonly attempt: Attempt }): string | null {
  if (reading.restated > 0 && restsOnSpent(model, claim, reading)) return "it holds of what a symbol was set equal to before";
  if (movesConstants(loweringOf(made), claim)) return "it holds where what is said to be constant varies, and what can vary does not";
  return differentiatesWhole(model, claim, made) ? "whether it is one number or made of those with an index is not said" : null;
}

/** f as it was set before, differentiated, and set anew: the text has gone on to the new one. */
function restsOnSpent(model: Model, claim: Claim, reading: Reading): boolean {
  const { located } = claim;
  return involvedIn(model, claim).flatMap((expr) => symbolsIn(expr, false)).some((symbol) => {
    const entity = model.table.resolve(symbol, located)?.entity;
    const used = entity && otherDefinitions(model, entity, located)[reading.restated - 1];
    if (!used) return false;
    const from = model.located[used.assertion]?.position ?? 0;
    const isOwn = (one: Expr | undefined): boolean => {
      const head = one ? baseSymbol(one) : null;
      return head !== null && taggedKey(head) === taggedKey(symbol);
    };
    const anew = model.located.filter(({ position, assertion }) => from < position && position < located.position && isOwn(assertion.sides[0])).pop();
    const [left, right] = anew?.assertion.sides ?? [];
    if (!anew || !left || !right) return false;
    const goesOn = model.located.some(({ position, assertion }) => from < position && position < anew.position && assertion.sides.slice(0, 1).flatMap(derivativesIn).some(({ of }) => isOwn(of)));
    // What is last but one here may be last there.
    const restated = otherDefinitions(model, entity, anew).indexOf(used) + 1;
    return goesOn && !holds(attempt(model, { located: anew, link: 0, left, right, proportional: false }, { ...reading, restated }));
  });
}

/** ∂/∂x of a number x that nothing declares, where another formula that it rests on has x_j: the whole of them, most often. */
function differentiatesWhole(model: Model, claim: Claim, made: Attempt): boolean {
  const { drawn } = loweringOf(made);
  const isNumber = (symbol: SymbolExpr): boolean => !symbol.subscripts.length && [...drawn.values()].some(({ entity, name, shape }) => entity === null && shape.length === 0 && name === taggedKey(symbol));
  const wrt = [claim.left, claim.right].flatMap(derivativesIn).flatMap((derivative) => derivative.wrt.filter((one) => one.kind === "symbol")).filter(isNumber);
  if (!wrt.length) return false;
  const written = involvedIn(model, claim).map((expr) => symbolsIn(expr, false));
  return wrt.some((letter) => {
    const same = (symbol: SymbolExpr): boolean => taggedKey(symbol) === taggedKey(letter);
    return written.some((symbols) => symbols.some((symbol) => same(symbol) && symbol.subscripts.length === 1) && !symbols.some((symbol) => same(symbol) && !symbol.subscripts.length));
  });
}
