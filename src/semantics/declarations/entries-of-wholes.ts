/**
 * Entries that the text defines by a formula of their own where it defines the array of
 * them as well: `z_k = \sum_j W_{kj} x_j + b_k` beside `z = Wx + b`, or
 * `a_j^l = \sigma(\sum_k w_{jk}^l a_k^{l-1} + b_j^l)` beside `z^l = w^l a^{l-1} + b^l`
 * and `a^l = \sigma(z^l)`. What goes through the array is differentiated by its
 * entries, so that the array's definition holds.
 */
import { isExample } from "./definitions";
import { childrenOf, type Expr, type SymbolExpr, symbolsIn } from "../expression";
import { baseKey, taggedKey, withoutSubscripts } from "../symbols/key";
import type { Definition, Entity } from "../symbols/entity";
import { numbered } from "../symbols/positions";
import type { Draft } from "./draft";

interface Pair {
  readonly family: Entity;
  readonly whole: Entity;
  /** The letters that the definitions of the whole lead to. */
  readonly reached: ReadonlySet<string>;
}

export function leaveEntriesToWholes({ table, defining }: Draft): void {
  const pairs = table.all.flatMap((family): Pair[] => {
    const whole = family.arity > 0 ? table.resolve(withoutSubscripts(family.symbol), family)?.entity : undefined;
    const isArray = whole?.definition?.kind === "value" && !isExample(whole.definition.expr) && !isMadeOfMembers(whole, whole.definition);
    return isArray ? [{ family, whole, reached: lettersBehind(whole, table) }] : [];
  });
  const follows = pairs.filter(({ family: { definition }, reached }) => definition?.kind === "family" && lettersIn(definition).every((letter) => reached.has(letter)));
  const isStep = ({ family: { definition }, whole, reached }: Pair): boolean => [...reached].some((letter) => letter !== baseKey(whole.symbol) && !lettersIn(definition as Definition).includes(letter));
  const stepped = new Set(follows.filter((pair) => isOfLayer(pair) && isStep(pair)).map(({ whole }) => baseKey(whole.symbol)));
  // Those of other layers, too, of which nothing is said.
  const isLeft = (pair: Pair): boolean => (isOfLayer(pair) && stepped.has(baseKey(pair.whole.symbol)) && (!pair.family.definition || follows.includes(pair))) || (follows.includes(pair) && isOfRows(pair));
  for (const pair of pairs.filter(isLeft)) {
    const { family } = pair;
    // What can be held against the formula of the whole is.
    if (family.definition && isOfRows(pair)) defining.delete(family.definition.assertion);
    family.definition = null;
    table.withdraw(family);
  }
}

function isOfLayer({ family, whole }: Pair): boolean {
  return numbered(family.symbol) !== null && family.section === whole.section;
}

/** Whether the formula of the entries has the entries of a matrix, of which that of the whole has the matrix: those of samples have it whole. */
function isOfRows({ family: { definition }, whole }: Pair): boolean {
  const matrices = symbolsIn(whole.definition?.expr as Expr, false).filter(({ subscripts }) => !subscripts.length).map(taggedKey);
  const params = definition?.params.map(baseKey) ?? [];
  return symbolsIn(definition?.expr as Expr, false).some((one) => one.subscripts.length === 2 && one.subscripts.some(({ text }) => params.includes(text)) && matrices.includes(taggedKey(one)));
}

/** L of `L = \sum_t L_t` */
function isMadeOfMembers({ symbol }: Entity, { expr }: Definition): boolean {
  return symbolsIn(expr, false).some((one) => taggedKey(one) === taggedKey(symbol));
}

/** The letters of a formula but those that number what they stand below, and how far these run. */
function lettersIn({ expr, params }: Definition): string[] {
  const numbers = [...params, ...countsIn(expr)].map(baseKey);
  return symbolsIn(expr, false).map(baseKey).filter((letter) => !numbers.includes(letter));
}

function countsIn(expr: Expr): SymbolExpr[] {
  const bounds = expr.kind === "big" ? expr.indices.flatMap(({ from, to }) => [from, to]) : [];
  return [...bounds.flatMap((bound) => (bound ? symbolsIn(bound, false) : [])), ...childrenOf(expr).flatMap(countsIn)];
}

/** The letters that the definitions of an array lead to. */
function lettersBehind(whole: Entity, table: Draft["table"]): Set<string> {
  const found = new Set<string>();
  const seen = new Set<Entity>();
  const follow = (entity: Entity): void => {
    if (seen.has(entity) || !entity.definition) return;
    seen.add(entity);
    for (const symbol of symbolsIn(entity.definition.expr, false)) {
      found.add(baseKey(symbol));
      const next = table.resolve(symbol, entity)?.entity;
      if (next) follow(next);
    }
  };
  follow(whole);
  return found;
}
