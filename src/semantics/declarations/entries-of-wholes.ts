/**
 * Entries of layers that the text defines by a formula of their own before it defines the
 * array of them in steps: `a_j^l = \sigma(\sum_k w_{jk}^l a_k^{l-1} + b_j^l)`, and
 * then `z^l = w^l a^{l-1} + b^l` and `a^l = \sigma(z^l)`. What is differentiated
 * by z goes through it, so that the array's definition holds.
 */
import { isExample } from "./definitions";
import { symbolsIn } from "../expression";
import { baseKey, taggedKey, withoutSubscripts } from "../symbols/key";
import type { Definition, Entity } from "../symbols/entity";
import { numbered } from "../symbols/positions";
import type { Draft } from "./draft";

export function leaveEntriesToWholes({ table }: Draft): void {
  const pairs = table.all.flatMap((family) => {
    const whole = family.arity > 0 && numbered(family.symbol) ? table.resolve(withoutSubscripts(family.symbol), family)?.entity : undefined;
    const isArray = whole?.definition?.kind === "value" && whole.section === family.section && !isExample(whole.definition.expr) && !isMadeOfMembers(whole, whole.definition);
    return isArray ? [{ family, whole, reached: lettersBehind(whole, table) }] : [];
  });
  const follows = pairs.filter(({ family: { definition }, reached }) => definition?.kind === "family" && lettersIn(definition).every((letter) => reached.has(letter)));
  const isStep = ({ family: { definition }, whole, reached }: (typeof pairs)[number]): boolean => [...reached].some((letter) => letter !== baseKey(whole.symbol) && !lettersIn(definition as Definition).includes(letter));
  const stepped = new Set(follows.filter(isStep).map(({ whole }) => baseKey(whole.symbol)));
  // Those of other layers, too, of which nothing is said.
  const isLeft = ({ family, whole }: (typeof pairs)[number]): boolean => stepped.has(baseKey(whole.symbol)) && (!family.definition || follows.some((one) => one.family === family));
  for (const { family } of pairs.filter(isLeft)) {
    family.definition = null;
    table.withdraw(family);
  }
}

/** L of `L = \sum_t L_t` */
function isMadeOfMembers({ symbol }: Entity, { expr }: Definition): boolean {
  return symbolsIn(expr, false).some((one) => taggedKey(one) === taggedKey(symbol));
}

/** The letters of a formula but those that number what they stand below. */
function lettersIn({ expr, params }: Definition): string[] {
  const numbers = params.map(baseKey);
  return symbolsIn(expr, false).map(baseKey).filter((letter) => !numbers.includes(letter));
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
