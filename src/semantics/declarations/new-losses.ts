/**
 * The L of a section that differentiates it by nothing on which the L of an
 * earlier section depends: another loss, of which only this section speaks.
 */
import { derivativesIn, type Expr, type SymbolExpr, symbolsIn, wordOf } from "../expression";
import type { Entity } from "../symbols/entity";
import { taggedKey } from "../symbols/key";
import type { Place } from "../symbols/table";
import type { Draft } from "./draft";
import { giveShape } from "./shapes";

interface Use {
  readonly loss: SymbolExpr;
  readonly wrt: SymbolExpr[];
  readonly place: Place;
}

export function declareNewLosses(draft: Draft): void {
  for (const { loss, wrt, place } of usesIn(draft)) {
    const old = draft.table.resolve(loss, place)?.entity;
    if (!old || old.section === place.section || old.definition?.kind !== "value") continue;
    const below = madeOf(draft, old);
    const isOwn = wrt.some((symbol) => draft.table.resolve(symbol, place)?.entity.section === place.section);
    if (!isOwn || speaksOf(draft, place, old, below)) continue;
    const entity = draft.table.declare(loss, place);
    entity.isLoss = true;
    giveShape(draft, entity, [], "declared");
  }
}

/** What each section differentiates letters that are called losses by. */
function usesIn({ located }: Draft): Iterable<Use> {
  const uses = new Map<string, Use>();
  for (const { assertion, position, section } of located) {
    for (const { of, wrt } of assertion.sides.flatMap(derivativesIn)) {
      if (of.kind !== "symbol" || of.subscripts.length || !/^(L|J|C|E|ell|loss|cost)$/.test(of.name)) continue;
      const key = `${section} ${of.font} ${taggedKey(of)}`;
      const use = uses.get(key) ?? { loss: of, wrt: [], place: { position, section } };
      uses.set(key, use);
      use.wrt.push(...wrt.flatMap((one) => symbolsIn(one, false)));
    }
  }
  return uses.values();
}

/** All that a definition leads to, each at its own place: what is known, and the letters of which nothing is. */
function madeOf({ table }: Draft, loss: Entity): { readonly entities: ReadonlySet<Entity>; readonly letters: ReadonlySet<string> } {
  const entities = new Set<Entity>();
  const letters = new Set<string>();
  const open = [loss];
  for (let next = open.pop(); next; next = open.pop()) {
    for (const symbol of partsOf(next)) {
      const inner = table.entityOf(symbol, next);
      if (!inner) letters.add(taggedKey(symbol));
      if (!inner || inner === loss || entities.has(inner)) continue;
      entities.add(inner);
      open.push(inner);
    }
  }
  return { entities, letters };
}

function partsOf({ definition, slices, parameters }: Entity): readonly SymbolExpr[] {
  return [...(definition ? symbolsIn(definition.expr, false) : []), ...(slices ? [slices.matrix] : []), ...parameters];
}

/** Whether a section speaks of the loss itself, or of anything that it is made of but sizes and functions. */
function speaksOf({ table, located }: Draft, { section }: Place, loss: Entity, { entities, letters }: ReturnType<typeof madeOf>): boolean {
  return located.filter((one) => one.section === section).some((one) =>
    one.assertion.sides.some((side) => {
      const differentiated = new Set<Expr>(derivativesIn(side).map(({ of }) => of));
      return symbolsIn(side, false).some((symbol) => {
        if (differentiated.has(symbol) || table.sizeNames.has(taggedKey(symbol)) || wordOf(symbol.name)) return false;
        const entity = table.entityOf(symbol, one);
        return entity === loss || letters.has(taggedKey(symbol)) || (entity !== null && !entity.isFunction && !entity.named && entities.has(entity));
      });
    }),
  );
}
