/** `\frac{\partial h}{\partial w_k} = h' x = \sigma(1 - \sigma) x_k`: an index that the chain writes before and behind is lost between, and no array is meant. */
import { withParts } from "../base/parts";
import { type Expr, type SymbolExpr, symbolsIn } from "../semantics/expression";
import { taggedKey } from "../semantics/symbols/key";
import type { Case } from "./case";

/** Whether a claim holds once a letter of its right side has the index that a later side of the chain writes it with. */
export function losesIndexInChain({ claim, home, screen }: Case): boolean {
  const { sides } = claim.located.assertion;
  const later = sides.includes(claim.right) ? sides.slice(sides.indexOf(claim.right) + 1).flatMap((side) => symbolsIn(side, false)) : [];
  const entries = new Map(later.flatMap((symbol) => (symbol.subscripts.length ? [[taggedKey(symbol), symbol] as const] : [])));
  return symbolsIn(claim.right, false).some((symbol) => {
    const entry = symbol.subscripts.length ? undefined : entries.get(taggedKey(symbol));
    return entry !== undefined && screen.proof({ ...claim, right: replaced(claim.right, symbol, entry) }, home) !== null;
  });
}

function replaced<T>(value: T, one: SymbolExpr, other: SymbolExpr): T {
  if (typeof value !== "object" || value === null) return value;
  const { kind, start } = value as unknown as Expr;
  return kind === "symbol" && start === one.start ? ({ ...other, start, end: one.end } as unknown as T) : (withParts(value, (part) => replaced(part, one, other)) as T);
}
