/**
 * `Z^{[1]} = W^{[1]} X + b^{[1]}` beside `Z^{[2]} = W^{[2]} A^{[1]} + b^{[2]}`: what
 * stands in the first where the formula of the next layer has its neighbour is
 * the `A^{[0]}` that the text writes elsewhere and nowhere introduces.
 */
import { onlyDifference } from "../comparison";
import { type SymbolExpr, symbolsIn } from "../expression";
import type { Definition, Entity } from "../symbols/entity";
import { fullKey } from "../symbols/key";
import { numbered, type Position, relettered } from "../symbols/positions";
import type { Draft } from "./draft";

export function declareFirstLayers(draft: Draft): void {
  for (const located of draft.located) {
    for (const symbol of located.assertion.sides.flatMap((side) => symbolsIn(side))) {
      const own = numbered(symbol);
      if (!own || own.position.letter || draft.table.resolve(symbol, located)?.entity.definition) continue;
      const definition = givenAs(draft, symbol, located.section);
      if (definition) draft.table.declare(symbol, located).definition = { ...definition, instance: true };
    }
  }
}

/** What the formula of one layer has where that of another, moved to it, has the symbol. */
function givenAs(draft: Draft, symbol: SymbolExpr, section: number): Definition | null {
  const layers = draft.table.all.flatMap((entity) => (entity.section === section ? (layerOf(entity) ?? []) : []));
  for (const { stem, position, definition } of layers.filter(({ position: { letter } }) => !letter)) {
    for (const other of layers.filter((one) => one.stem === stem && one.definition !== definition)) {
      const moved = relettered(other.definition.expr, other.position.letter, { letter: "", shift: position.shift - other.position.shift });
      const only = onlyDifference(moved, definition.expr);
      if (only?.left.kind === "symbol" && fullKey(only.left) === fullKey(symbol) && only.right.kind === "symbol" && !numbered(only.right)) return { ...definition, expr: only.right };
    }
  }
  return null;
}

function layerOf({ symbol, definition }: Entity): { stem: string; position: Position; definition: Definition } | null {
  const own = definition?.kind === "value" ? numbered(symbol) : null;
  return own && definition ? { ...own, definition } : null;
}
