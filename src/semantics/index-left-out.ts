/**
 * `s = \sum_j a_{ij} b_{ij}` of each i: where the text writes s_i elsewhere, and
 * s nowhere else, the definition is one of s_i.
 */
import { childrenOf, type Expr, type Subscript, type SymbolExpr, symbolsIn } from "./expression";
import type { Located } from "./model";
import { baseKey, taggedKey } from "./symbols/key";
import { isIndexLetter } from "./symbols/table";

/** The assertions with the index on their left sides that the right sides have. */
export function withLeftIndices(located: readonly Located[]): Located[] {
  const written = located.flatMap(({ assertion }) => assertion.sides.flatMap((side) => symbolsIn(side, false)));
  return located.map((one) => {
    const [left, right, ...more] = one.assertion.sides;
    if (left?.kind !== "symbol" || left.subscripts.length || !right || more.length || one.assertion.links[0]?.operator !== "=") return one;
    const alike = written.filter((symbol) => baseKey(symbol) === baseKey(left));
    const bare = alike.filter(({ subscripts }) => !subscripts.length);
    const [index, ...others] = indicesOf(right);
    if (!index || others.length || bare.length !== 1 || alike.length === 1 || !alike.every((symbol) => symbol === left || isAt(symbol, index))) return one;
    return { ...one, assertion: { ...one.assertion, sides: [{ ...left, subscripts: [index] }, right] } };
  });
}

function isAt({ subscripts }: SymbolExpr, index: Subscript): boolean {
  return subscripts.length === 1 && subscripts[0]?.text === index.text;
}

/** The index letters of a formula that nothing in it binds, each once. */
function indicesOf(expr: Expr): Subscript[] {
  const found = new Map<string, Subscript>();
  const note = (inner: Expr, bound: ReadonlySet<string>): void => {
    if (inner.kind === "symbol") for (const one of inner.subscripts) if (isIndexLetter(one) && !bound.has(one.text)) found.set(one.text, one);
    const more = inner.kind === "big" ? new Set([...bound, ...inner.indices.map(({ symbol }) => taggedKey(symbol))]) : bound;
    for (const child of childrenOf(inner)) note(child, more);
  };
  note(expr, new Set());
  return [...found.values()];
}
