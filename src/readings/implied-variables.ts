/**
 * The variable of a gradient that is written without one: the arguments of what
 * it is taken of, what another gradient in the same chain is taken by, what all
 * gradients of the section or else the document are taken by that name it, or
 * the only letter that it depends on.
 */
import { type Derivative, derivativesIn, type Expr, symbolsIn, type SymbolExpr, wordOf } from "../semantics/expression";
import { baseKey, fullKey } from "../semantics/symbols/key";
import type { Lowering } from "./lower";
import { lowerSymbol } from "./symbols";
import { isScalar } from "./value";

export function impliedVariables(lowering: Lowering, expr: Derivative): Expr[] {
  const { of } = expr;
  const fn = of.kind === "apply" ? of.fn : of.kind === "symbol" ? of : null;
  if (of.kind === "apply" && of.args.length === 1 && !wordLike(of.fn.name)) return [of.args[0] as Expr];
  const entity = fn ? lowering.resolve(fn)?.entity : null;
  if (entity?.definition?.params.length === 1 && entity.definition.kind === "function") return [entity.definition.params[0] as SymbolExpr];
  const candidates = new Map(leavesOf(lowering, of).map((symbol) => [baseKey(symbol), symbol]));
  const beside = variableBeside(lowering).filter((symbol) => candidates.has(baseKey(symbol)));
  if (beside.length) return beside;
  const named = variableOfOthers(lowering);
  if (named && dependsOn(lowering, of, baseKey(named))) return [named];
  const usual = [...candidates.values()].filter((symbol) => ["x", "w", "theta", "X", "W", "z", "beta"].includes(symbol.name));
  // ∇x of a letter that is made of nothing is the gradient of something else.
  if (of.kind === "symbol" && candidates.has(baseKey(of))) return lowering.fail("ambiguous", "what the gradient is taken of is not written", expr);
  const other = [...candidates.values()][lowering.reading.gradientBy - 1];
  if (other) return [other];
  if (candidates.size === 1) return [...candidates.values()];
  if (usual.length === 1) return usual;
  return lowering.fail("ambiguous", "the variable of the gradient is not written", expr);
}

/**
 * x and y, or x, y and z, of `\nabla u = (2xy, x^2)` for u = x²y, and of
 * `\nabla\frac1r = -\frac{\mathbf r}{r^3}` for 𝐫 = (x, y, z): the numbers that a
 * formula without arguments is written in, where as many entries are said to be its gradient.
 */
export function coordinates(lowering: Lowering, of: Expr): SymbolExpr[] {
  const made = of.kind === "symbol" ? lowering.resolve(of)?.entity.definition : null;
  if (of.kind === "symbol" ? made?.kind !== "value" : of.kind === "apply") return [];
  const count = listed(lowering);
  if (count !== 2 && count !== 3) return [];
  const leaves = new Map([...leavesOf(lowering, of), ...(made ? symbolsIn(made.expr, false) : [])].map((symbol) => [fullKey(symbol), symbol]));
  const told = listedLetters(lowering, of).filter((symbol) => leaves.has(fullKey(symbol)));
  if (told.length === count && told.every((symbol) => isScalar(lowerSymbol(lowering, symbol)))) return told;
  const [x, y, z] = ["x", "y", "z"].map((name) => leaves.get(name));
  if (!x || !(y ?? z) || ![x, y, z].every((symbol) => !symbol || isScalar(lowerSymbol(lowering, symbol)))) return [];
  const all = [x, y ?? { ...x, name: "y" }, z ?? { ...x, name: "z" }];
  return count === 3 ? all : z ? [] : all.slice(0, 2);
}

/** The letters of `\nabla f = (f_u, f_v)` and `\vec r = (u, v, w)`. */
function listedLetters(lowering: Lowering, of: Expr): SymbolExpr[] {
  const { model, judged } = lowering;
  const sides = judged === null ? [] : (model.located[judged]?.assertion.sides ?? []);
  const named = sides.flatMap((side) => symbolsIn(side, false)).flatMap((symbol) => lowering.resolve(symbol)?.entity.definition?.expr ?? []);
  const letterOf = (item: Expr): SymbolExpr[] => {
    if (item.kind === "derivative") return item.wrt.length === 1 && item.wrt[0]?.kind === "symbol" ? [item.wrt[0]] : [];
    const [below, ...more] = item.kind === "symbol" ? item.subscripts : [];
    if (below) return !more.length && of.kind === "symbol" && item.kind === "symbol" && item.name === of.name && below.expr.kind === "symbol" ? [below.expr] : [];
    return item.kind === "symbol" ? [item] : [];
  };
  const lists = [...sides, ...named].flatMap((side) => (side.kind === "tuple" ? [side.items.flatMap(letterOf)] : []));
  return lists.find((letters) => letters.length > 1) ?? [];
}

/** How many entries the claim lists, or a vector in it has that the text lists. */
function listed(lowering: Lowering): number | null {
  const { model, judged } = lowering;
  const sides = judged === null ? [] : (model.located[judged]?.assertion.sides ?? []);
  const counted = (side: Expr): number | null => {
    if (side.kind === "product") return side.factors.map(counted).find((count) => count !== null) ?? null;
    return side.kind === "tuple" ? side.items.length : side.kind === "matrix" ? Math.max(side.rows.length, side.rows[0]?.length ?? 0) : null;
  };
  const named = sides.flatMap((side) => symbolsIn(side, false)).map((symbol) => lowering.resolve(symbol)?.entity.definition?.expr);
  return [...sides, ...named].map((side) => (side ? counted(side) : null)).find((count) => count !== null) ?? null;
}

/** `\nabla f(x)` in the same chain says by what the others differentiate. */
function variableBeside({ model, judged }: Lowering): SymbolExpr[] {
  const sides = judged === null ? [] : (model.located[judged]?.assertion.sides ?? []);
  const gradients = sides.flatMap(derivativesIn).filter(({ notation }) => notation === "nabla");
  const named = gradients.flatMap(({ of, wrt }) => (wrt.length ? wrt : of.kind === "apply" && !wordLike(of.fn.name) ? of.args : []));
  return named.length === 1 && named[0]?.kind === "symbol" ? [named[0]] : [];
}

/** w where `\nabla_w` is what the section writes, or else the document, and no other. */
function variableOfOthers({ model, place }: Lowering): SymbolExpr | null {
  const written = model.located.flatMap(({ assertion, section }) => assertion.sides.flatMap(derivativesIn).flatMap(({ notation, wrt }) => (notation === "nabla" && wrt.length === 1 && wrt[0]?.kind === "symbol" ? [{ section, symbol: wrt[0] }] : [])));
  const here = written.filter(({ section }) => section === place.section);
  const [first, ...others] = here.length ? here : written;
  return first && others.every(({ symbol }) => baseKey(symbol) === baseKey(first.symbol)) ? first.symbol : null;
}

export function dependsOn(lowering: Lowering, of: Expr, key: string, seen = new Set<number>()): boolean {
  return symbolsIn(of, false).some((symbol) => {
    if (baseKey(symbol) === key) return true;
    const entity = lowering.resolve(symbol)?.entity;
    if (!entity?.definition || seen.has(entity.id) || !lowering.usable(entity)) return false;
    seen.add(entity.id);
    return dependsOn(lowering, entity.definition.expr, key, seen);
  });
}

/** What an expression depends on in the end, through the definitions of its symbols. */
function leavesOf(lowering: Lowering, of: Expr, seen = new Set<number>()): SymbolExpr[] {
  return symbolsIn(of, false).flatMap((symbol) => {
    const entity = lowering.resolve(symbol)?.entity;
    if (!entity) return wordOf(symbol.name) || lowering.model.table.sizeNames.has(baseKey(symbol)) ? [] : [symbol];
    if (seen.has(entity.id) || entity.spectrum || entity.isFunction || entity.isSize || entity.properties.has("constant")) return [];
    seen.add(entity.id);
    const definition = entity.definition?.kind === "value" && lowering.usable(entity) ? entity.definition : null;
    return definition ? leavesOf(lowering, definition.expr, seen) : [entity.symbol];
  });
}

function wordLike(name: string): boolean {
  return name.length > 1 && !["phi", "psi", "ell", "sigma", "mathcal"].includes(name);
}
