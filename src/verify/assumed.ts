/** The assumption that a claim leaves out: that a square matrix is symmetric. */
import type { Drawn, Lowering } from "../readings/lower";
import type { Reading } from "../readings/reading";
import { same } from "../base/same";
import { type Expr, symbolsIn } from "../semantics/expression";
import type { Model } from "../semantics/model";
import { squareProperties } from "../semantics/symbols/entity";
import { fullKey, spellSymbol } from "../semantics/symbols/key";
import { type Attempt, attemptValue } from "./attempt";
import type { Claim } from "./claim";
import type { Conclusion } from "./conclusion";
import { assumedKey } from "./draw";
import { namesDerivative } from "./named-derivatives";
import type { Screen } from "./screen";

/** The usual hypotheses: each square matrix symmetric, one at a time, then all. */
export function underAssumption(model: Model, screen: Screen, claim: Claim, home: Reading, first: Attempt): Conclusion | null {
  // Single entries tell p₂₁ from p₁₂: to call them equal would be to excuse a slip.
  if (first.outcome !== "compared" || [claim.left, claim.right].some((side) => symbolsIn(side, false).some((symbol) => symbol.subscripts.length === 2 && symbol.subscripts.every((subscript) => subscript.expr.kind === "number")))) return null;
  const { lowering } = first.sides;
  const own = claim.left.kind === "derivative" || namesDerivative(model, claim.left, claim.located) ? attemptValue(model, claim, home, claim.left)?.lowering : null;
  // A matrix of no given sizes that only the stated gradient makes square is not thereby symmetric.
  const forced = ({ name, entity }: Drawn): boolean => own !== null && own !== undefined && (entity?.shape ?? []).every((dim) => dim.startsWith("?")) && own.drawn.has(name) && !own.algebra.same(...(own.drawn.get(name)?.shape as [string, string]));
  const isSquare = ({ shape, entity }: Drawn): boolean => {
    const [rows, columns, ...more] = shape.slice(entity?.arity ?? 0);
    return rows !== undefined && columns !== undefined && !more.length && !lowering.algebra.isOne(rows) && lowering.algebra.same(rows, columns);
  };
  const squares = [...lowering.drawn.values()].filter((drawn) => isSquare(drawn) && (drawn.entity === null ? isCotangentOfGram(model, lowering, drawn) : !forced(drawn) && ![...drawn.entity.properties].some((property) => property === "symmetric" || property === "skew" || property === "positiveDefinite" || (squareProperties.has(property) && property === "diagonal"))));
  const sets = squares.map((drawn) => [drawn]);
  if (squares.length > 1) sets.push(squares);
  for (const set of sets) {
    const extra = new Map(set.map((drawn) => [assumedKey(drawn), ["symmetric"]] as const));
    const proof = screen.proof(claim, home, { extra });
    if (proof) return { verdict: "conditional", attempt: proof, reading: home, assumption: `${set.map(spelled).join(", ")} symmetric` };
  }
  return null;
}

/** ∂L/∂G of G = X^\top X: its two halves say the same of G, so that many take it for symmetric. */
function isCotangentOfGram(model: Model, lowering: Lowering, { name }: Drawn): boolean {
  return model.table.all.some(({ id, symbol, definition }) => {
    if (!lowering.sinks.has(id) || !name.startsWith("∂") || !name.endsWith(`/∂${fullKey(symbol)}`) || definition?.expr.kind !== "product") return false;
    const [first, last] = [definition.expr.factors[0], definition.expr.factors[definition.expr.factors.length - 1]] as [Expr, Expr];
    return (first.kind === "transpose" && same(first.base, last)) || (last.kind === "transpose" && same(last.base, first));
  });
}

function spelled({ entity, latex }: Drawn): string {
  return entity ? spellSymbol({ ...entity.symbol, font: "" }) : latex;
}
