/** "$N$ is nilpotent", "$H$ is a Householder reflector": what a claim may follow from where words say something that no table knows. */
import { derivativesIn, occurs, type SymbolExpr, symbolsIn } from "../semantics/expression";
import { ofMatrices } from "../semantics/prose";
import type { Entity } from "../semantics/symbols/entity";
import { baseKey } from "../semantics/symbols/key";
import { definitionsBehind, involvedIn } from "./alternatives";
import { loweringOf } from "./attempt";
import type { Claim } from "./claim";
import { type Case, leftOpen } from "./case";
import type { Unchecked } from "./conclusion";
import { assumedKey } from "./draw";

/** An equation without derivatives that no small edit corrects, and whatever holds where an array has one of the usual properties. */
export function wordsUnread(one: Case): Unchecked | null {
  return one.first.outcome !== "shape" && (isUncorrected(one) || holdsOfSome(one)) ? leftOpen(one, "it may follow from what the text says in words") : null;
}

function isUncorrected({ model, claim, repaired }: Case): boolean {
  if (differentiates(claim) || repaired()) return false;
  const isUnread = (symbol: SymbolExpr): boolean => model.unread.has(baseKey(symbol)) || isMisfit(model.table.resolve(symbol, claim.located)?.entity);
  return involvedIn(model, claim).some((expr) => symbolsIn(expr, false).some(isUnread));
}

function differentiates({ left, right }: Claim): boolean {
  return [left, right].some((side) => derivativesIn(side).length || occurs("differential", side));
}

/** Vectors that are said to be orthogonal. */
function isMisfit(entity: Entity | undefined): boolean {
  return entity?.shape?.length === 1 && [...ofMatrices].some((name) => entity.properties.has(name));
}

function holdsOfSome({ model, claim, home, first, screen }: Case): boolean {
  const sides = [claim.left, claim.right];
  const variables = new Set([...sides.flatMap(derivativesIn).flatMap(({ wrt }) => wrt.flatMap((one) => symbolsIn(one, false))), ...definitionsBehind(model, sides, claim.located).flatMap(({ params }) => params)].map(baseKey));
  const isOpen = (key: string): boolean => model.unread.has(key) && !variables.has(key);
  const unread = [...loweringOf(first).drawn.values()].filter(({ entity, latex, shape }) => shape.length > 0 && !entity?.properties.size && isOpen(entity ? baseKey(entity.symbol) : latex));
  return unread.some((drawn) => {
    const holdsOf = (properties: readonly string[]): boolean => screen.proof(claim, home, { extra: new Map([[assumedKey(drawn), properties]]) }) !== null;
    // A transpose that a derivative has lost is no matter of words.
    return usual.some(holdsOf) || (holdsOf(["symmetric"]) ? !differentiates(claim) : usualOfSymmetric.some(holdsOf));
  });
}

/** Of matrices that preserve lengths, project and average, and of directions and weights. */
const usual = [["orthogonal"], ["orthonormalColumns"], ["idempotent"], ["stochastic", "columnStochastic"], ["unit"], ["sumsToOne"]] as const;

/** Of those that reflect, and project at right angles. */
const usualOfSymmetric = [["symmetric", "orthogonal"], ["symmetric", "idempotent"]] as const;
