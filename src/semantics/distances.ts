/**
 * `d(x, y) = \|x - y\|`, `d(x) = \sqrt{(x-\mu)^\top\Sigma^{-1}(x-\mu)}`: sections in
 * which d is a function and no differential, since what it is said to be has no
 * differential in it. Brackets tell it from a step `dx = h`.
 */
import { childrenOf, type Expr, symbolsIn } from "./expression";
import type { Located, Model } from "./model";
import { taggedKey } from "./symbols/key";

export function sectionsOfDistances(model: Model): ReadonlySet<number> {
  return new Set(model.located.flatMap((located) => (definesDistance(model, located) ? [located.section] : [])));
}

function definesDistance({ document }: Model, { assertion: { sides, links }, formula }: Located): boolean {
  const [left, right] = sides;
  if (left?.kind !== "differential" || left.order !== 1 || !right || right.kind === "number" || !["=", ":="].includes(links[0]?.operator ?? "")) return false;
  const written = document.formulas[formula]?.source.text.slice(left.start, right.start) ?? "";
  const letters = left.of.kind === "tuple" ? left.of.items : [left.of];
  return /^d\s*(\\left)?\(/.test(written) && letters.every((letter) => letter.kind === "symbol" && symbolsIn(right, false).some((symbol) => taggedKey(symbol) === taggedKey(letter))) && !sides.slice(1).some(varies);
}

function varies(expr: Expr): boolean {
  return expr.kind === "differential" || expr.kind === "derivative" || childrenOf(expr).some(varies);
}
