/**
 * A loss without a formula: linear in what it directly depends on, so that its
 * cotangents are free.
 */
import { type Expr, type SymbolExpr, symbolsIn } from "../semantics/expression";
import type { Entity } from "../semantics/symbols/entity";
import { fullKey, spellSymbol, taggedKey } from "../semantics/symbols/key";
import { numbered } from "../semantics/symbols/positions";
import { baseSymbol, below, sinksOf } from "./dependence";
import { entityValue } from "./entities";
import { familyWhole } from "./families";
import type { Lowering } from "./lower";
import { pick } from "./indices";
import { plus } from "./operations";
import { lowerSymbol } from "./symbols";
import { termOf, type Value } from "./value";

/** A loss without a formula: linear in what it directly depends on, so that its cotangents are free. */
export function freeLoss(lowering: Lowering, entity: Entity, symbol: SymbolExpr): Value {
  return lossOver(lowering, taggedKey(entity.symbol), sinksOf(lowering, symbol, entity), symbol);
}

/**
 * C of \partial C/\partial z^{(l)}, where the text has C of the last layer alone
 * and leaves out those between: some loss of what the layer l gives on.
 */
export function lossOfLastLayer(lowering: Lowering, of: Expr, wrt: Expr): Value | null {
  const entity = of.kind === "symbol" ? lowering.resolve(of)?.entity : null;
  const by = baseSymbol(wrt);
  const letter = by && numbered(by)?.position.letter;
  if (of.kind !== "symbol" || entity?.definition?.kind !== "value" || !letter) return null;
  const { model, judged } = lowering;
  const lettersOf = (symbols: readonly SymbolExpr[]): string[] => symbols.flatMap((symbol) => numbered(symbol)?.position.letter || []);
  const reached = new Set(lettersOf([...below(lowering, entity)].flatMap((id) => model.table.all[id]?.symbol ?? [])));
  if (!reached.size || reached.has(letter)) return null;
  // What is said of both rests on what stands between them.
  const said = model.located.find(({ id }) => id === judged)?.assertion.sides.flatMap((side) => symbolsIn(side)) ?? [];
  return lettersOf(said).some((one) => reached.has(one)) ? null : freeLoss(lowering, entity, of);
}

export function lossOver(lowering: Lowering, name: string, sinks: readonly SymbolExpr[], place: SymbolExpr): Value {
  const known = lowering.losses.get(name);
  if (known) return known;
  if (!sinks.length) return lowering.fail("unknown-symbol", `${name} is not defined`, place);
  // u_j beside an array u is an entry of it.
  const arrays = new Set(sinks.filter((sink) => !lowering.resolve(sink)?.entity.arity).map(taggedKey));
  const terms = sinks.filter((sink) => !(lowering.resolve(sink)?.entity.arity && arrays.has(taggedKey(sink)))).map((sink) => {
    const value = sinkValue(lowering, sink);
    const resolved = lowering.resolve(sink);
    if (resolved) lowering.sinks.add(resolved.entity.id);
    const cotangent = lowering.variableOf(`∂${name}/∂${resolved?.entity.arity ? taggedKey(sink) : fullKey(sink)}`, [...value.free.map((axis) => axis.range), ...value.shape], nameOfCotangent(lowering, name, sink), `\\frac{\\partial ${spellSymbol(place)}}{\\partial ${spellSymbol(sink)}}`);
    const labels = [...value.free, ...value.shape].map((_, i) => `p${i}`);
    const open: Value = { free: [], shape: [...value.free.map((axis) => axis.range), ...value.shape], make: (env) => termOf(value, env) };
    const kept = isSpokenOf(lowering, sink) ? value.free.length : 0;
    const each = lowering.algebra.contractValues([open, cotangent], [labels, labels], labels.slice(0, kept), open.shape.slice(0, kept));
    return sink.subscripts.slice(0, kept).reduce((rest, subscript) => pick(lowering, rest, 0, subscript), each);
  });
  const loss = terms.reduce((a, b) => plus(lowering, a, b, place));
  lowering.losses.set(name, loss);
  return loss;
}

/** h_t of the step t that the claim is about, where the loss is read as a function of that one. */
function isSpokenOf({ reading, scope }: Lowering, { subscripts }: SymbolExpr): boolean {
  return subscripts.length > 0 && reading.steps === "own" && subscripts.every(({ text }) => scope.get(text)?.kind === "axis");
}

/** A sink as a whole: an array, or all members of a family. */
export function sinkValue(lowering: Lowering, sink: SymbolExpr): Value {
  const resolved = lowering.resolve(sink);
  if (!resolved) return lowerSymbol(lowering, sink);
  const { entity } = resolved;
  if (!entity.arity) return entityValue(lowering, entity, entity.symbol);
  return familyWhole(lowering, entity);
}

/** G of `G = \frac{\partial L}{\partial Y}`, where the text says more of it: what it says holds of the derivative. */
function nameOfCotangent({ model }: Lowering, loss: string, sink: SymbolExpr): Entity | null {
  const names = (entity: Entity): boolean => {
    const expr = entity.definition?.expr;
    const [wrt, ...more] = expr?.kind === "derivative" ? expr.wrt : [];
    return expr?.kind === "derivative" && expr.of.kind === "symbol" && taggedKey(expr.of) === loss && wrt?.kind === "symbol" && !more.length && fullKey(wrt) === fullKey(sink);
  };
  return model.table.all.find((entity) => entity.properties.size > 0 && names(entity)) ?? null;
}
