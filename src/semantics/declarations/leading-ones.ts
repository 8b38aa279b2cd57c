/**
 * `x_0 = 1` and `x = (1, x_1, \dots, x_d)^\top` beside `\theta^\top x` or
 * `\sum_{j=0}^d \theta_j x_j`: the first entry of a vector that takes the
 * intercept into the product. It is drawn as one, and is no letter by itself.
 */
import { childrenOf, displayOf, type Expr, type SymbolExpr, symbolsIn } from "../expression";
import type { Located } from "../model";
import type { Entity } from "../symbols/entity";
import { isNumberedZero, otherCase, taggedKey, withoutSubscripts } from "../symbols/key";
import { sizeKey, successor } from "../symbols/sizes";
import { isIndexLetter } from "../symbols/table";
import type { Draft } from "./draft";
import { giveShape } from "./shapes";

export function declareLeadingOnes(draft: Draft): void {
  const sides = draft.located.flatMap(({ assertion }) => assertion.sides);
  const partners = partnersIn(sides);
  const fromZero = new Set(sides.flatMap((side) => symbolsIn(side, false)).filter(({ subscripts }) => subscripts.length === 1).filter(isNumberedZero).map(taggedKey));
  for (const located of draft.located) {
    const { sides: [left, right, ...more], links } = located.assertion;
    if (!left || !right || more.length || !/^:?=$/.test(links[0]?.operator ?? "") || located.role === "wrong-example") continue;
    const named = left.kind === "symbol" ? left : null;
    const padded = named && (paddedBy(named, right) ?? shownPadded(named, right));
    const partner = padded && partners.get(taggedKey(padded.array));
    // Otherwise x_0 may be where an iteration starts.
    const isEntry = padded && (padded.length !== null || padded.array.subscripts.length > 0 || (partner && fromZero.has(taggedKey(partner))));
    if (partner && isEntry) declarePadded(draft, located, padded, partner);
  }
}

interface Padded {
  readonly array: SymbolExpr;
  /** How many entries it has, where the text shows that. */
  readonly length: string | null;
}

function declarePadded(draft: Draft, located: Located, { array, length }: Padded, partner: SymbolExpr): void {
  const entity = draft.table.declare(array, located);
  const size = entity.shape?.find((dim) => dim !== "1") ?? length ?? draft.table.sizes.length();
  if (entity.shape === null) giveShape(draft, entity, [size, "1"], "declared");
  markLeadingOne(entity);
  draft.defining.set(located.id, entity);
  const matrix = array.subscripts.length ? collecting(draft, array, located) : null;
  if (matrix && matrix.shape === null) giveShape(draft, matrix, [draft.table.sizes.unknown(), size], "inferred");
  if (matrix?.shape?.length === 2 && entity.slices?.by !== "column") matrix.properties.add("leadingOne");
  const other = draft.table.resolve(partner, located)?.entity ?? draft.table.declare(partner, located);
  if (other.shape === null && !other.definition) giveShape(draft, other, [size, "1"], "inferred");
  if (other.shape?.length === 2) other.origin = 0;
}

/** The X of the samples x_i, where the text writes it. */
function collecting(draft: Draft, member: SymbolExpr, located: Located): Entity | null {
  const whole = otherCase(withoutSubscripts(member));
  if (!whole || !draft.located.some(({ assertion }) => assertion.sides.some((side) => symbolsIn(side, false).some((one) => !one.subscripts.length && taggedKey(one) === taggedKey(whole))))) return null;
  const known = draft.table.resolve(whole, located)?.entity;
  return known?.definition || known?.isFunction ? null : known ?? draft.table.declare(whole, located);
}

export function markLeadingOne(entity: Entity): void {
  entity.origin = 0;
  entity.properties.add("leadingOne");
}

/** x of `x_0 = 1`, x_i of `x_{i0} = 1`. */
function paddedBy(entry: SymbolExpr, value: Expr): Padded | null {
  const last = entry.subscripts.find(({ above }, at) => above === undefined && at === entry.subscripts.length - 1);
  const members = entry.subscripts.slice(0, -1);
  const isOne = value.kind === "number" && value.numerator === 1 && value.denominator === 1;
  if (!last || !isOne || !isNumberedZero({ ...entry, subscripts: [last] }) || members.length > 1 || !members.every(isIndexLetter)) return null;
  return { array: { ...entry, subscripts: members }, length: null };
}

/** x of `x = (1, x_1, \dots, x_d)^\top`, x_i of `x_i = (1, x_{i1}, \dots, x_{ip})^\top`. */
function shownPadded(array: SymbolExpr, shown: Expr): Padded | null {
  const cells = displayOf(shown)?.rows.flat() ?? [];
  const [one, first] = cells;
  const last = cells[cells.length - 1]?.expr;
  if (one?.expr?.kind !== "number" || one.expr.numerator !== 1 || cells.length < 3 || array.subscripts.length > 1 || !array.subscripts.every(isIndexLetter)) return null;
  const numberOf = (cell: Expr | null | undefined): Expr | null => {
    const own = cell?.kind === "symbol" && taggedKey(cell) === taggedKey(array) ? cell.subscripts.filter(({ text }) => !array.subscripts.some((member) => member.text === text)) : [];
    return own.length === 1 ? (own[0]?.expr ?? null) : null;
  };
  const [start, end] = [numberOf(first?.expr), numberOf(last)];
  const isEntry = cells.slice(1).every(({ expr, dots }) => dots || numberOf(expr) !== null);
  const count = end && sizeKey(end);
  return isEntry && start?.kind === "number" && start.numerator === 1 && count ? { array, length: successor(count) } : null;
}

/** What each vector is multiplied with, by the letter of either: θ for x of `\theta^\top x`, `\langle\theta, x_i\rangle` or `\sum_{j=0}^d \theta_j x_{ij}`. */
function partnersIn(exprs: readonly Expr[]): ReadonlyMap<string, SymbolExpr> {
  const found = new Map<string, SymbolExpr>();
  const look = (expr: Expr): void => {
    for (const [one, other] of pairsIn(expr)) {
      found.set(taggedKey(one), withoutSubscripts(other));
      found.set(taggedKey(other), withoutSubscripts(one));
    }
    childrenOf(expr).forEach(look);
  };
  exprs.forEach(look);
  return found;
}

function pairsIn(expr: Expr): (readonly [SymbolExpr, SymbolExpr])[] {
  const pair = (one: Expr | undefined, other: Expr | undefined): (readonly [SymbolExpr, SymbolExpr])[] => (one?.kind === "symbol" && other?.kind === "symbol" ? [[one, other]] : []);
  if (expr.kind === "inner") return pair(expr.left, expr.right);
  if (expr.kind === "big" && expr.operator === "sum" && expr.body.kind === "product" && expr.indices.some(({ from }) => from?.kind === "number" && from.numerator === 0)) return pair(expr.body.factors[0], expr.body.factors[1]);
  if (expr.kind !== "product" || expr.factors.length !== 2) return [];
  const [row, column] = expr.factors;
  return row?.kind === "transpose" ? pair(row.base, column) : expr.operators[0] === "\\cdot" ? pair(row, column) : [];
}
