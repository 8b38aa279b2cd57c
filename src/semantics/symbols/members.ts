/**
 * Vectors that are written with an index and nowhere declared: `x_i` is one
 * where it is bold, transposed, normed, or multiplied from the left by the
 * transpose of a vector (`w^\top x_i`, `\langle w, x_i\rangle`).
 */
import { childrenOf, type Expr, type SymbolExpr, symbolsIn } from "../expression";
import { baseKey, taggedKey, weight } from "./key";
import { isIndexLetter } from "./table";

export interface Member {
  readonly symbol: SymbolExpr;
  /** It stands where a number makes no sense; bold letters alone may be entries. */
  readonly certain: boolean;
}

export function vectorMembers(expr: Expr): Member[] {
  const own = wholes(expr).filter(isMember).map((symbol): Member => ({ symbol, certain: true }));
  if (isMember(expr) && weight(expr.font) === "b") own.push({ symbol: expr, certain: false });
  return [...own, ...childrenOf(expr).flatMap(vectorMembers)];
}

/** Whether a function is written in the entries of its letter: x of `F(x) = F_0 + x_1F_1 + \\dots + x_nF_n`. */
export function hasEntries(param: SymbolExpr, expr: Expr): boolean {
  const written = symbolsIn(expr, false).filter((symbol) => baseKey(symbol) === baseKey(param) && weight(symbol.font) === weight(param.font));
  return written.length > 0 && written.every(({ subscripts }) => subscripts.length === 1);
}

/** `x_{t+1} = x_t - \\eta \\nabla f(x_t)`: the x that steps, none of whose entries x_t is. */
export function iterates([next, ...made]: readonly Expr[]): Member[] {
  const [index, ...more] = next?.kind === "symbol" ? next.subscripts : [];
  if (next?.kind !== "symbol" || more.length || index?.expr.kind !== "sum") return [];
  const [letter, one] = index.expr.terms;
  if (index.expr.terms.length !== 2 || letter?.expr.kind !== "symbol" || one?.expr.kind !== "number") return [];
  const { name } = letter.expr;
  const isBefore = (expr: Expr): expr is SymbolExpr => expr.kind === "symbol" && taggedKey(expr) === taggedKey(next) && expr.subscripts.length === 1 && expr.subscripts[0]?.text === name;
  const terms = made.flatMap((side) => (side.kind === "sum" ? side.terms.map(({ expr }) => expr) : []));
  return terms.filter(isBefore).slice(0, 1).map((symbol) => ({ symbol, certain: true }));
}

/** What an expression makes arrays of. */
function wholes(expr: Expr): Expr[] {
  switch (expr.kind) {
    case "transpose":
      return [expr.base];
    case "norm":
      if (expr.body.kind !== "sum") return [expr.body];
      // The size of a number.
      return expr.body.terms.some((term) => isInnerProduct(term.expr)) ? [] : expr.body.terms.map((term) => term.expr);
    case "inner":
      return [expr.left, expr.right];
    case "product":
      return expr.factors.filter((_, i) => {
        const before = expr.factors[i - 1];
        return before?.kind === "transpose" && before.base.kind === "symbol" && /^[a-z]/.test(before.base.name);
      });
    default:
      return [];
  }
}

/** `w^\top x_i` of small letters. */
export function isInnerProduct(expr: Expr): boolean {
  const [row, column, ...more] = expr.kind === "product" ? expr.factors : [];
  return !more.length && row?.kind === "transpose" && [row.base, column].every((one) => one?.kind === "symbol" && /^[a-z]/.test(one.name));
}

function isMember(expr: Expr): expr is SymbolExpr {
  if (expr.kind !== "symbol" || !/^[a-z]/.test(expr.name)) return false;
  return expr.subscripts.length === 1 && expr.subscripts.every(isIndexLetter);
}
