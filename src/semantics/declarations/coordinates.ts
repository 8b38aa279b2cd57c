/**
 * `f(x) = x_1^2 + x_1 x_2`: where a function of one letter is made of numbered
 * entries of it alone, the letter is the vector of these, though nothing
 * declares it.
 */
import { childrenOf, type Expr, type SymbolExpr } from "../expression";
import type { Definition } from "../symbols/entity";
import { fullKey, taggedKey } from "../symbols/key";
import type { Draft } from "./draft";
import { giveShape } from "./shapes";

export function declareCoordinates(draft: Draft): void {
  for (const { definition, position, section } of [...draft.table.all]) {
    const [only, ...others] = definition?.kind === "function" ? definition.params : [];
    if (!definition || !only || others.length || only.subscripts.length || draft.table.resolve(only, { position, section })) continue;
    const length = lengthOf(draft, definition, only, section);
    if (length !== null) giveShape(draft, draft.table.declare(only, { position, section }), [`${length}`, "1"], "inferred");
  }
}

/** How many entries a definition is made of, where it takes each of them and nothing else of the letter; at least two. */
function lengthOf(draft: Draft, { expr }: Definition, letter: SymbolExpr, section: number): number | null {
  const written = occurrences(expr).filter((symbol) => taggedKey(symbol) === taggedKey(letter));
  const numbers = new Set(written.map(({ subscripts: [below, ...more] }) => (below?.expr.kind === "number" && !below.above && !more.length ? below.expr.numerator : 0)));
  const isOne = written.every((symbol) => draft.table.withKey(fullKey(symbol)).every((one) => one.section !== section || one.shape === null || one.shape.length === 0));
  const isWhole = [...numbers].every((number) => number >= 1 && number <= numbers.size);
  return isOne && isWhole && numbers.size > 1 && !hasDots(expr) ? numbers.size : null;
}

function occurrences(expr: Expr): SymbolExpr[] {
  return [...(expr.kind === "symbol" ? [expr] : expr.kind === "apply" ? [expr.fn] : []), ...childrenOf(expr).flatMap(occurrences)];
}

function hasDots(expr: Expr): boolean {
  return expr.kind === "dots" || childrenOf(expr).some(hasDots);
}
