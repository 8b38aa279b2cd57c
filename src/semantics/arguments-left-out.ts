/**
 * "Let $x \in \mathbb{R}^d$ and $y, z : \mathbb{R}^d \to \mathbb{R}$": what is
 * differentiated by x depends on x, so that y z stands for y(x) z(x), and
 * \nabla (y z) for its gradient by the one x that they take.
 */
import { childrenOf, derivativesIn, type Expr, type SymbolExpr, symbolsIn } from "./expression";
import type { Located } from "./model";
import { taggedKey } from "./symbols/key";
import type { SymbolTable } from "./symbols/table";

export function withArguments(table: SymbolTable, located: Located): Located {
  const { sides } = located.assertion;
  // A rule: what says what the derivative of such a function is, says what function it is.
  if (!sides.every((side) => derivativesIn(side).length > 0) || sides.length < 2) return located;
  const derivatives = sides.flatMap(derivativesIn);
  const by = derivatives.flatMap(({ wrt }) => wrt);
  const first = by[0] ?? argumentOf(table, located, derivatives.flatMap(({ of }) => symbolsIn(of, false)));
  if (first?.kind !== "symbol" || first.subscripts.length || by.some((other) => other.kind !== "symbol" || taggedKey(other) !== taggedKey(first))) return located;
  const shape = table.resolve(first, located)?.entity.shape?.join();
  const takes = (symbol: SymbolExpr): boolean => {
    const entity = table.resolve(symbol, located)?.entity;
    return entity?.isFunction === true && entity.section === located.section && entity.domain !== null && entity.domain.join() === shape;
  };
  const left = new Set(sides.flatMap((side) => symbolsIn(side, false)).filter((symbol) => !symbol.subscripts.length && takes(symbol)).map(taggedKey));
  const isTaken = (expr: Expr): boolean => (expr.kind === "apply" && left.has(taggedKey(expr.fn))) || childrenOf(expr).some(isTaken);
  return left.size === 0 || sides.some(isTaken) ? located : { ...located, assertion: { ...located.assertion, sides: sides.map((side) => applied(side, left, first) as Expr) } };
}

/** The one letter of the section that is in the domain of the functions among those. */
function argumentOf(table: SymbolTable, located: Located, symbols: readonly SymbolExpr[]): SymbolExpr | undefined {
  const domains = new Set(symbols.flatMap((symbol) => table.resolve(symbol, located)?.entity.domain?.join() ?? []));
  const [only, ...others] = table.all.filter(({ section, isFunction, shape, symbol }) => section === located.section && !isFunction && !symbol.subscripts.length && shape !== null && domains.has(shape.join()));
  return domains.size === 1 && !others.length ? only?.symbol : undefined;
}

/** The value with its letters among `left` taken at `by`; what is applied already and what is differentiated by stays. */
function applied(value: unknown, left: ReadonlySet<string>, by: SymbolExpr): unknown {
  if (Array.isArray(value)) return value.map((item) => applied(item, left, by));
  if (typeof value !== "object" || value === null) return value;
  if (isSymbol(value)) return !value.subscripts.length && left.has(taggedKey(value)) ? { kind: "apply", fn: value, args: [{ ...by, start: value.end, end: value.end }], certain: true, primes: 0, start: value.start, end: value.end } : value;
  const wrt = "kind" in value && value.kind === "derivative" && "wrt" in value && Array.isArray(value.wrt) && !value.wrt.length ? { wrt: [{ ...by }] } : {};
  return { ...Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, key === "fn" || key === "wrt" ? inner : applied(inner, left, by)])), ...wrt };
}

function isSymbol(value: object): value is SymbolExpr {
  return "kind" in value && value.kind === "symbol";
}
