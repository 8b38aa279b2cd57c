/** `-\log p_c = -\sum_k y_k \log p_k`, where c names a class: y is 1 there and 0 elsewhere, which texts often do not say. */
import { withParts } from "../base/parts";
import { classLetter } from "../readings/running";
import { type Expr, type SymbolExpr, symbolsIn } from "../semantics/expression";
import { baseKey, taggedKey } from "../semantics/symbols/key";
import { involvedIn } from "./alternatives";
import { type Case, leftOpen } from "./case";
import type { Unchecked } from "./conclusion";

export function oneHotUnsaid(one: Case): Unchecked | null {
  const { model, claim, home, screen } = one;
  const letter = classLetter(model);
  const written = [claim.left, claim.right].flatMap((side) => symbolsIn(side, false));
  const chosen = letter === null ? undefined : involvedIn(model, claim).flatMap((expr) => symbolsIn(expr, false)).flatMap(({ subscripts }) => subscripts).find(({ expr }) => expr.kind === "symbol" && taggedKey(expr) === letter)?.expr;
  if (chosen?.kind !== "symbol") return null;
  const isOpen = (symbol: SymbolExpr): boolean => {
    const entity = model.table.resolve(symbol, claim.located)?.entity;
    return symbol.subscripts.length === 1 && symbol.subscripts[0]?.expr.kind === "symbol" && !entity?.definition;
  };
  return [...new Set(written.filter(isOpen).map(baseKey))].some((key) => screen.proof({ ...claim, left: asIndicator(claim.left, key, chosen), right: asIndicator(claim.right, key, chosen) }, home)) ? leftOpen(one, "whether a vector is one-hot is not said here") : null;
}

/** y_k as 1 where k is the class, and 0 elsewhere. */
function asIndicator<T>(value: T, key: string, chosen: SymbolExpr): T {
  if (typeof value !== "object" || value === null) return value;
  const expr = value as unknown as Expr;
  const own = expr.kind === "symbol" && expr.subscripts.length === 1 && baseKey(expr) === key ? expr.subscripts[0] : undefined;
  if (!own) return withParts(value, (part) => asIndicator(part, key, chosen)) as T;
  const { start, end } = expr;
  return { kind: "indicator", condition: { sides: [own.expr, chosen], links: [{ operator: "=", start, end }], start, end }, start, end } as T;
}
