/**
 * Letters of another section that fit into no formula of this one: y = Wx with
 * an m×n W that the section declares, and an x of length d from before. There
 * the letter is a new one; and so is a number from before that stands
 * transposed beside a matrix.
 */
import { childrenOf, type Expr, type SymbolExpr } from "../expression";
import type { Located } from "../model";
import { type Entity, isOf } from "../symbols/entity";
import type { Draft } from "./draft";
import { giveShape } from "./shapes";

export function declareClashingLetters(draft: Draft): void {
  for (const located of draft.located) {
    const [left, right] = located.assertion.sides;
    // What is stated of derivatives may itself be wrong.
    if ((left?.kind === "symbol" || left?.kind === "apply") && right && located.assertion.links[0]?.operator === "=") for (const pair of neighboursIn(right)) renew(draft, pair, located);
  }
}

interface Factor {
  readonly symbol: SymbolExpr;
  readonly transposed: boolean;
}

/** Letters that stand side by side in a product. */
function neighboursIn(expr: Expr): (readonly [Factor, Factor])[] {
  const inside = childrenOf(expr).flatMap(neighboursIn);
  if (expr.kind !== "product") return inside;
  const factors = expr.factors.map(factorOf);
  const own = factors.flatMap((right, at) => {
    const left = factors[at - 1];
    return left && right && expr.operators[at - 1] === "" ? [[left, right] as const] : [];
  });
  return [...own, ...inside];
}

function factorOf(expr: Expr): Factor | null {
  const base = expr.kind === "transpose" ? expr.base : expr;
  return base.kind === "symbol" && !base.subscripts.length && !base.tags.length ? { symbol: base, transposed: expr.kind === "transpose" } : null;
}

/** Declares anew the one of two factors that comes from another section, where their declared sizes do not meet. */
function renew(draft: Draft, [left, right]: readonly [Factor, Factor], located: Located): void {
  const { table } = draft;
  const [a, b] = [left, right].map(({ symbol }) => table.resolve(symbol, located)?.entity);
  if (!a || !b || !isGiven(a, left) || !isGiven(b, right) || isOf(a, located) === isOf(b, located)) return;
  const [inner, meets] = [sizeOf(a, left, 1), sizeOf(b, right, 0)];
  const [one, other] = [inner, meets].map((size) => table.sizes.find(size));
  const isLeft = isOf(b, located);
  const isNumber = (isLeft ? a : b).shape?.length === 0;
  if (one === other || [one, other].some((size) => (size === "1" && !isNumber) || size?.startsWith("?"))) return;
  const [old, factor, size] = isLeft ? [a, left, meets] : [b, right, inner];
  const entity = table.declare(factor.symbol, located);
  const across = isNumber || sizeOf(old, factor, isLeft ? 0 : 1) === "1" ? "1" : table.sizes.unknown();
  if (entity.shape === null) giveShape(draft, entity, isLeft === factor.transposed ? [size, across] : [across, size], "inferred");
}

function isGiven({ shape, shapeFrom }: Entity, { transposed }: Factor): boolean {
  return shapeFrom === "declared" && (shape?.length === 2 || (shape?.length === 0 && transposed));
}

/** How many rows (0) or columns (1) a factor has as it is written. */
function sizeOf({ shape }: Entity, { transposed }: Factor, axis: 0 | 1): string {
  return shape?.[transposed ? 1 - axis : axis] ?? "1";
}
