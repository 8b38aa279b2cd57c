/**
 * What is declared by how it is written: matrices by their entries, members by
 * their index, arguments and inverses by what they belong to.
 */
import { childrenOf, type Expr, type SymbolExpr, symbolsIn } from "../expression";
import { isNumberedPower } from "../numbering";
import { otherCase, taggedKey, weight } from "../symbols/key";
import { numbered } from "../symbols/positions";
import type { Entity } from "../symbols/entity";
import { vectorMembers } from "../symbols/members";
import { isIndexLetter } from "../symbols/table";
import type { Draft } from "./draft";
import { giveShape, isColumn } from "./shapes";

/** Where `p_{12}` or `P_{ij}` is written and P is a letter of the text, P is a matrix, though nothing declares it. */
export function declareByEntries(draft: Draft, letters: RegExp): void {
  const all = draft.located.flatMap((located) => located.assertion.sides.flatMap((side) => symbolsIn(side, false)).map((symbol) => ({ symbol, located })));
  // The W of which only `W^l` is written may be one of several.
  const bare = new Set(draft.located.flatMap((located) => located.assertion.sides.flatMap(outsidePowers)).filter(({ subscripts }) => !subscripts.length).map(taggedKey));
  // The weights w^{l+1} of a layer, beside the w_{jk}^l of any.
  const layers = new Set(all.filter(({ symbol }) => !symbol.subscripts.length).flatMap(({ symbol }) => numbered(symbol)?.stem ?? []));
  const isNumberedBare = (symbol: SymbolExpr): boolean => layers.has(numbered(symbol)?.stem ?? "");
  for (const { symbol, located } of all) {
    if (symbol.subscripts.length !== 2 || !letters.test(symbol.name) || !symbol.subscripts.every((subscript) => subscript.expr.kind === "number" || isIndexLetter(subscript))) continue;
    const whole = /^[A-Z]$/.test(symbol.name) || isNumberedBare(symbol) ? symbol : otherCase(symbol);
    if (!whole || !(isNumberedBare(whole) || bare.has(taggedKey({ ...whole, subscripts: [] }))) || draft.table.resolve(symbol, located)) continue;
    // Where the x_i are vectors, x_{ij} is an entry of one.
    const member = draft.table.resolve({ ...symbol, subscripts: symbol.subscripts.slice(0, 1) }, located);
    if ((member?.family && isColumn(member.entity.shape)) || isMadeFrom(draft, whole, symbol)) continue;
    const entity = draft.table.declare({ ...whole, subscripts: [] }, located);
    if (entity.shape === null) giveShape(draft, entity, [draft.table.sizes.unknown(), draft.table.sizes.unknown()], "declared");
  }
}

/** `E = \tfrac12 e_{ui}^2` is no matrix of the e_{ui}. */
function isMadeFrom({ located }: Draft, whole: SymbolExpr, entry: SymbolExpr): boolean {
  const [letter, key] = [taggedKey({ ...whole, subscripts: [] }), taggedKey(entry)];
  const uses = (side: Expr): boolean => !["symbol", "matrix", "tuple"].includes(side.kind) && symbolsIn(side, false).some((symbol) => symbol.subscripts.length > 0 && taggedKey(symbol) === key);
  return letter !== key && located.some(({ assertion: { sides: [first, second] } }) => first?.kind === "symbol" && !first.subscripts.length && taggedKey(first) === letter && second !== undefined && uses(second));
}

function outsidePowers(expr: Expr): readonly SymbolExpr[] {
  if (isNumberedPower(expr)) return [];
  return [...(expr.kind === "symbol" ? [expr] : expr.kind === "apply" ? [expr.fn] : []), ...childrenOf(expr).flatMap(outsidePowers)];
}

/** What is written like vectors with an index: members of their own, not entries of the vector of that letter, which is one more of them in its section. */
export function declareMembers(draft: Draft): void {
  declareSamples(draft);
  for (const located of draft.located) {
    for (const { symbol, certain } of located.assertion.sides.flatMap(vectorMembers)) {
      const known = draft.table.resolve(symbol, located);
      const entry = known !== null && !known.family && known.indices.length > 0 && isColumn(known.entity.shape);
      if (known && !(entry && (certain || weight(known.entity.symbol.font) !== weight(symbol.font)))) continue;
      const alike = known?.entity.section === located.section ? known.entity.shape : null;
      giveShape(draft, draft.table.declare(symbol, located), alike ?? [draft.table.sizes.unknown(), "1"], "inferred");
    }
  }
}

/** `x^{(i)}` where x is declared by itself: one more of its kind. */
function declareSamples(draft: Draft): void {
  for (const located of draft.located) {
    for (const symbol of located.assertion.sides.flatMap((side) => symbolsIn(side, false))) {
      const [first] = symbol.subscripts;
      const whole = first?.above ? draft.table.resolve({ ...symbol, subscripts: [] }, located)?.entity : null;
      if (!first || !whole?.shape || whole.isFunction || draft.table.resolve({ ...symbol, subscripts: [first] }, located)) continue;
      giveShape(draft, draft.table.declare({ ...symbol, subscripts: [first] }, located), whole.shape, "inferred");
    }
  }
}

/** `f : \mathbb{R}^n \to \mathbb{R}` gives the argument in `f(x) = …` its shape. */
export function declareArguments(draft: Draft): void {
  for (const entity of [...draft.table.all]) {
    shapeMoving(draft, entity);
    const [only, ...others] = entity.definition?.kind === "function" ? entity.definition.params : [];
    if (!entity.domain || !only || others.length) continue;
    const argument = draft.table.declare(only, entity);
    if (argument.shape === null && !argument.definition) giveShape(draft, argument, entity.domain, "declared");
  }
}

/** x of `\dot x = f(x)`: what f takes. */
function shapeMoving(draft: Draft, { symbol, definition, ...place }: Entity): void {
  const expr = definition?.expr;
  const [argument] = expr?.kind === "apply" ? expr.args : [];
  if (symbol.accents[0] !== "dot" || expr?.kind !== "apply" || argument?.kind !== "symbol") return;
  const domain = draft.table.resolve(expr.fn, place)?.entity.domain;
  const moving = domain ? draft.table.declare(argument, place) : null;
  if (domain && moving?.shape === null && !moving.definition) giveShape(draft, moving, domain, "declared");
}

/** Λ = Σ⁻¹ symmetric positive definite: so is Σ, and of the same size. */
export function passThroughInverses(draft: Draft): void {
  for (const entity of [...draft.table.all]) {
    const expr = entity.definition?.expr;
    const base = expr?.kind === "power" || expr?.kind === "transpose" ? expr.base : null;
    if (!expr || base?.kind !== "symbol" || entity.definition?.kind !== "value") continue;
    if (expr.kind === "power" && !(expr.exponent.kind === "sum" && expr.exponent.terms.length === 1 && expr.exponent.terms[0]?.sign === -1)) continue;
    const other = draft.table.declare(base, { position: entity.position, section: entity.section });
    if (other.definition) continue;
    for (const property of ["symmetric", "positiveDefinite", "diagonal", "orthogonal", "invertible"]) if (entity.properties.has(property)) other.properties.add(property);
    if (other.shape === null && entity.shape?.length === 2) giveShape(draft, other, expr.kind === "transpose" ? [entity.shape[1] as string, entity.shape[0] as string] : entity.shape, "declared");
  }
}
