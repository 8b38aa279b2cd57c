/**
 * `\sum_{i<j} a_{ij}` goes over pairs: its second letter runs as the first does,
 * unless it has its meaning from elsewhere, from the other sides, from what stands
 * beside the sum or from a sum around it. What `\sum_{j \neq k}` leaves out is the
 * one k that the text speaks of, where it does, and may be where a claim has that k.
 */
import { letterOfLabel } from "./class-labels";
import { type BoundIndex, childrenOf, type Expr, occurs, type SymbolExpr } from "./expression";
import type { Located } from "./model";
import { taggedKey } from "./symbols/key";
import { isIndexLetter } from "./symbols/table";

type Big = Expr & { readonly kind: "big" };

/** The assertions with both letters of their sums over pairs bound. */
export function withPairs(located: readonly Located[]): Located[] {
  return located.map((one) => {
    const { sides, notes } = one.assertion;
    if (!sides.some(hasPairs)) return one;
    const beside = notes.flatMap((note) => (note.kind === "relation" ? note.relation.sides : []));
    const bound = new Set([...sides, ...beside].flatMap((side) => [...freeLetters(side)]));
    const named = new Set(located.flatMap((other) => (other.section === one.section ? namedIn(other) : [])));
    return { ...one, assertion: { ...one.assertion, sides: sides.map((side) => paired(side, bound, named) as Expr) } };
  });
}

/** The letter that a formula is about: `$k$`, `k \in \{1, \dots, K\}`. */
function namedIn({ assertion: { sides, links } }: Located): string[] {
  const [letter] = sides;
  return letter?.kind === "symbol" && links.every(({ operator }) => operator === "\\in" || operator === "=") ? [taggedKey(letter)] : [];
}

/** `bound`: the letters that have a meaning here; `named`: those that the text speaks of. */
function paired(value: unknown, bound: ReadonlySet<string>, named: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((item) => paired(item, bound, named));
  if (typeof value !== "object" || value === null) return value;
  if (!isBig(value)) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, paired(inner, bound, named)]));
  const more = pairsOf(value).filter(({ symbol, ordered }) => !bound.has(taggedKey(symbol)) && (ordered || !named.has(taggedKey(symbol))));
  const indices = [...value.indices, ...more.map(({ symbol }): BoundIndex => ({ symbol, from: null, to: value.indices[0]?.to ?? null, paired: true }))];
  return { ...value, indices, body: paired(value.body, new Set([...bound, ...indices.map(({ symbol }) => taggedKey(symbol))]), named) };
}

/** The second letters of the comparisons below an operator, where they stand below something in what it goes over. */
function pairsOf({ conditions, indices, body }: Big): { symbol: SymbolExpr; ordered: boolean }[] {
  const own = new Set(indices.map(({ symbol }) => taggedKey(symbol)));
  return conditions.flatMap((condition) => {
    const [left, right] = condition.kind === "indicator" ? condition.condition.sides : [];
    const operator = condition.kind === "indicator" ? condition.condition.links[0]?.operator : undefined;
    if (left?.kind !== "symbol" || right?.kind !== "symbol" || !own.has(taggedKey(left)) || own.has(taggedKey(right)) || letterOfLabel(right.name) !== null) return [];
    const isLetter = isIndexLetter({ expr: right, text: right.name, start: right.start, end: right.end }) && lettersBelow(body).has(taggedKey(right));
    return isLetter && operator && ["<", ">", "\\leq", "\\geq", "\\neq"].includes(operator) ? [{ symbol: right, ordered: operator !== "\\neq" }] : [];
  });
}

function isBig(value: object): value is Big {
  return "kind" in value && value.kind === "big";
}

function hasPairs(expr: Expr): boolean {
  return occurs("big", expr) && ((expr.kind === "big" && pairsOf(expr).length > 0) || childrenOf(expr).some(hasPairs));
}

/** The letters below symbols that neither a sum nor the other half of a pair binds. */
export function freeLetters(expr: Expr): Set<string> {
  const inner = new Set([...lettersOf(expr), ...childrenOf(expr).flatMap((child) => [...freeLetters(child)])]);
  if (expr.kind === "big") for (const symbol of [...expr.indices.map((index) => index.symbol), ...pairsOf(expr).map((pair) => pair.symbol)]) inner.delete(taggedKey(symbol));
  return inner;
}

/** All letters below symbols. */
function lettersBelow(expr: Expr): Set<string> {
  return new Set([...lettersOf(expr), ...childrenOf(expr).flatMap((child) => [...lettersBelow(child)])]);
}

function lettersOf(expr: Expr): Set<string> {
  const subscripts = expr.kind === "symbol" ? expr.subscripts : expr.kind === "apply" ? expr.fn.subscripts : expr.kind === "entry" ? expr.indices : [];
  return new Set(subscripts.filter(isIndexLetter).map(({ expr: letter }) => taggedKey(letter as SymbolExpr)));
}
