/**
 * What is declared by how it is written: matrices by their entries, members by
 * their index, arguments and inverses by what they belong to.
 */
import { childrenOf, derivativesIn, type Expr, isInverse, type Subscript, type SymbolExpr, symbolsIn } from "../expression";
import { isNumberedPower } from "../numbering";
import type { Located } from "../model";
import { fullKey, otherCase, taggedKey, weight } from "../symbols/key";
import { numbered } from "../symbols/positions";
import type { Entity, Shape } from "../symbols/entity";
import { iterates, vectorMembers } from "../symbols/members";
import { isIndexLetter, type Place } from "../symbols/table";
import type { Draft } from "./draft";
import { markLeadingOne } from "./leading-ones";
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
    // `x_j^{(i)}` is an entry of a sample, and X may have samples as its rows or its columns.
    if (symbol.subscripts.some(({ above }) => above !== undefined)) continue;
    const whole = /^[A-Z]$/.test(symbol.name) || isNumberedBare(symbol) ? symbol : otherCase(symbol);
    if (!whole || !(isNumberedBare(whole) || bare.has(taggedKey({ ...whole, subscripts: [] }))) || draft.table.resolve(symbol, located)) continue;
    // Where the x_i are vectors, x_{ij} is an entry of one.
    const member = draft.table.resolve({ ...symbol, subscripts: symbol.subscripts.slice(0, 1) }, located);
    if ((member?.family && isColumn(member.entity.shape)) || isMadeFrom(draft, whole, symbol)) continue;
    const entity = draft.table.declare({ ...whole, subscripts: [] }, located);
    // "one-hot labels $Y$": one of them is a vector, and all of them are its rows.
    if (entity.properties.has("oneHot") && (entity.shape ?? []).every((dim) => dim === "1" || dim.startsWith("?"))) entity.shape = null;
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
    for (const { symbol, certain } of [...located.assertion.sides.flatMap(vectorMembers), ...iterates(located.assertion.sides)]) {
      const known = draft.table.resolve(symbol, located);
      const entry = known !== null && !known.family && known.indices.length > 0 && isColumn(known.entity.shape);
      if (known && !(entry && (certain || weight(known.entity.symbol.font) !== weight(symbol.font)))) continue;
      const alike = known?.entity.section === located.section ? known.entity.shape : null;
      giveShape(draft, draft.table.declare(symbol, located), alike ?? [draft.table.sizes.length(), "1"], "inferred");
    }
  }
}

/** `x^{(i)}` where x is declared by itself: one more of its kind, or its entry where it is a column of as many as i runs to. */
function declareSamples(draft: Draft): void {
  const vectors = new Set(draft.located.flatMap(({ assertion }) => assertion.sides.flatMap(sampledVectors)));
  for (const located of draft.located) {
    for (const symbol of located.assertion.sides.flatMap((side) => symbolsIn(side, false))) {
      const [first] = symbol.subscripts;
      const whole = first?.above ? draft.table.resolve({ ...symbol, subscripts: [] }, located)?.entity : null;
      if (!first || !whole?.shape || whole.isFunction || draft.table.resolve({ ...symbol, subscripts: [first] }, located)) continue;
      if (!whole.properties.has("leadingOne") && isColumn(whole.shape) && hasEntryForEach(draft, whole.shape, first, located, !vectors.has(taggedKey(symbol)))) whole.entries.add("above");
      else {
        const member = draft.table.declare({ ...symbol, subscripts: [first] }, located);
        giveShape(draft, member, whole.shape, "inferred");
        if (whole.properties.has("leadingOne")) markLeadingOne(member);
      }
    }
  }
}

/** Letters whose x^{(i)} are vectors: where one stands as only a vector can, has entries, or is bold. */
function sampledVectors(expr: Expr): string[] {
  const certain = vectorMembers(expr).filter(({ symbol, certain: isCertain }) => isCertain || symbol.subscripts[0]?.above !== undefined);
  const entered = symbolsIn(expr, false).filter(({ subscripts: [first, ...more] }) => first?.above !== undefined && more.length > 0);
  return [...certain.map(({ symbol }) => symbol), ...entered].map(taggedKey);
}

/** Whether a column has as many entries as an index runs to, or may have. */
function hasEntryForEach({ table }: Draft, [length = ""]: Shape, { expr }: Subscript, place: Place, mayBe: boolean): boolean {
  const count = expr.kind === "symbol" ? table.extentOf(taggedKey(expr), place) : null;
  if (count === null) return false;
  return table.sizes.find(count) === table.sizes.find(length) || (mayBe && table.sizes.find(length).startsWith("?") && table.sizes.unify(length, count));
}

/** What a matrix is differentiated by, it depends on; and the θ that K depends on is a vector where K is differentiated by θ_j. */
export function declareParameters(draft: Draft): void {
  for (const { expr, located } of draft.located.flatMap((located) => located.assertion.sides.flatMap(derivativesIn).map((expr) => ({ expr, located })))) {
    for (const symbol of expr.wrt) {
      if (symbol.kind !== "symbol" || symbol.subscripts.length > 1 || draft.table.resolve(symbol, located)?.entity.definition) continue;
      const whole = { ...symbol, subscripts: [] };
      dependOn(draft, expr.of, whole, located);
      if (!symbol.subscripts.length || !isParameter(draft, whole)) continue;
      const entity = draft.table.resolve(whole, located)?.entity ?? draft.table.declare(whole, located);
      if (entity.shape === null && !entity.definition) giveShape(draft, entity, [draft.table.sizes.length(), "1"], "inferred");
    }
  }
}

function isParameter(draft: Draft, symbol: SymbolExpr): boolean {
  return draft.table.all.some(({ parameters }) => parameters.some((one) => !one.subscripts.length && taggedKey(one) === taggedKey(symbol)));
}

/** `\partial K / \partial\theta` of a declared matrix K, where nothing else is said of θ, and where θ is in no formula of its own. */
function dependOn(draft: Draft, of: Expr, by: SymbolExpr, located: Located): void {
  if (of.kind !== "symbol" || draft.table.resolve(by, located)?.entity.shape || isParameter(draft, by)) return;
  const written = draft.located.some(({ assertion: { sides, links } }) => links.length > 0 && sides.some((side) => usesOf(side, by)));
  const leaves = (symbol: SymbolExpr, seen: readonly Expr[]): Entity[] => {
    const entity = draft.table.resolve(symbol, located)?.entity;
    const made = draft.located.find(({ assertion: { sides: [left], links } }) => links[0]?.operator === "=" && left?.kind === "symbol" && fullKey(left) === fullKey(symbol))?.assertion.sides[1];
    if (made && !seen.includes(made)) return symbolsIn(made, false).flatMap((inner) => leaves(inner, [...seen, made]));
    return entity?.shape?.length === 2 && !entity.shape.includes("1") && !entity.isFunction && !entity.parameters.length ? [entity] : [];
  };
  if (!written) for (const entity of leaves(of, [])) entity.parameters = [by];
}

/** Whether a letter stands anywhere but below ∂ and in brackets behind a function. */
function usesOf(expr: Expr, letter: SymbolExpr): boolean {
  if (expr.kind === "symbol") return taggedKey({ ...expr, subscripts: [] }) === taggedKey(letter);
  if (expr.kind === "derivative") return usesOf(expr.of, letter);
  if (expr.kind === "apply") return expr.args.some((arg) => arg.kind !== "symbol" && usesOf(arg, letter));
  return childrenOf(expr).some((child) => usesOf(child, letter));
}

/** `f : \mathbb{R}^n \to \mathbb{R}` gives the argument in `f(x) = …` its shape, and x of every `f(x)` that is nothing else. */
export function declareArguments(draft: Draft): void {
  for (const located of draft.located) for (const side of located.assertion.sides) shapeTaken(draft, side, located);
  for (const entity of [...draft.table.all]) {
    const [only, ...others] = entity.definition?.kind === "function" ? entity.definition.params : [];
    if (!entity.domain || !only || others.length) continue;
    const argument = draft.table.declare(only, entity);
    if (argument.shape === null && !argument.definition) giveShape(draft, argument, entity.domain, "declared");
  }
}

/** The letters that functions of vectors and matrices take in an expression. */
function shapeTaken(draft: Draft, expr: Expr, place: Place): void {
  for (const child of childrenOf(expr)) shapeTaken(draft, child, place);
  const [argument, ...others] = expr.kind === "apply" ? expr.args : [];
  if (expr.kind !== "apply" || argument?.kind !== "symbol" || argument.subscripts.length || argument.tags.length || others.length) return;
  const domain = draft.table.resolve(expr.fn, place)?.entity.domain;
  // A function of a number may go over the entries of what it takes.
  if (!domain?.length || (draft.table.resolve(argument, place)?.entity.shape ?? null) !== null || isTakenElsewhere(draft, argument, place)) return;
  const taken = draft.table.declare(argument, place);
  if (taken.shape === null && !taken.definition) giveShape(draft, taken, domain, "declared");
}

/** Whether a function that another section defines, of whatever it takes, takes something by that letter. */
function isTakenElsewhere({ table }: Draft, letter: SymbolExpr, { section }: Place): boolean {
  return table.all.some((entity) => entity.section !== section && !entity.domain && entity.definition?.kind === "function" && entity.definition.params.some((one) => taggedKey(one) === taggedKey(letter)));
}

/** Λ = Σ⁻¹ symmetric positive definite: so is Σ, and of the same size. */
export function passThroughInverses(draft: Draft): void {
  for (const entity of [...draft.table.all]) {
    const expr = entity.definition?.expr;
    const base = expr?.kind === "power" || expr?.kind === "transpose" ? expr.base : null;
    if (!expr || base?.kind !== "symbol" || entity.definition?.kind !== "value") continue;
    if (expr.kind === "power" && !isInverse(expr)) continue;
    const passed = ["symmetric", "positiveDefinite", "diagonal", "orthogonal", "invertible"].filter((property) => entity.properties.has(property));
    if (!passed.length && entity.shape?.length !== 2) continue;
    const other = draft.table.declare(base, { position: entity.position, section: entity.section });
    if (other.definition) continue;
    for (const property of passed) other.properties.add(property);
    if (other.shape === null && entity.shape?.length === 2) giveShape(draft, other, expr.kind === "transpose" ? [entity.shape[1] as string, entity.shape[0] as string] : entity.shape, "declared");
  }
}

