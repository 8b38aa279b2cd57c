/** What a document understood so far tells of its letters, for reading a formula of it anew. */
import { childrenOf, type Derivative, type Expr, occurs, plainSymbol, type ReadFormula, type ReadOptions, type SymbolExpr } from "./expression";
import { sectionsOfDistances } from "./distances";
import type { Model } from "./model";
import type { Definition, Entity } from "./symbols/entity";
import { fullKey, taggedKey } from "./symbols/key";
import type { Place } from "./symbols/table";
import { sectionsOfDifferences, sectionsOfVariations, type Sign } from "./variations";

type Hint = Required<Pick<ReadOptions, "isFunction" | "dependsOn" | "isDeclared" | "origin" | "dIsVariable" | "dIsSize" | "varying" | "namedDifferentials">>;

/** `formulas`: as they were read for the model. */
export function hintsOf(model: Model, formulas: readonly ReadFormula[]): (place: Place) => Hint {
  const named = namedDifferentials(model);
  const derived = derivedFunctions(formulas);
  const multiplied = transposedMatrices(formulas);
  const factors = factorsOf(formulas);
  const bracketed = bracketedOnly(formulas);
  const variations = sectionsOfVariations(model);
  const differences = sectionsOfDifferences(model);
  const distances = sectionsOfDistances(model);
  const dIsSize = model.table.sizeNames.has("d");
  return (place) => {
    const isDistance = distances.has(place.section);
    const entityOf = (symbol: SymbolExpr): Entity | undefined => model.table.resolve(symbol, place)?.entity;
    const isDeclared = (symbol: SymbolExpr): boolean => {
      const entity = entityOf(symbol);
      return entity !== undefined && (entity.shape !== null || entity.definition !== null);
    };
    const isFunction = (symbol: SymbolExpr): boolean | undefined => {
      if (isDistance && fullKey(symbol) === "d") return true;
      const entity = entityOf(symbol);
      const key = taggedKey(symbol);
      const asWritten = factors(symbol) ? false : undefined;
      if (entity?.definition?.kind === "entries" && !symbol.subscripts.length && isAtArguments(model, entity.definition)) return true;
      if (entity) return isKnownFunction(entity, place) ?? asWritten;
      return model.table.sizeNames.has(key) || multiplied.has(key) ? false : derived.has(key) || bracketed.has(key) || asWritten;
    };
    const dependsOn = (symbol: SymbolExpr): readonly SymbolExpr[] => {
      const entity = entityOf(symbol);
      return entity ? parametersOf(symbol, entity, (param) => Boolean(entityOf(param)?.shape?.length)) : [];
    };
    const dIsVariable = isDistance || isDeclared(plainSymbol("d", "", { start: 0, end: 0 }, []));
    return { isFunction, dependsOn, isDeclared, origin: (symbol) => originOf(entityOf(symbol)), dIsVariable, dIsSize, varying: new Set<Sign>([...(variations.has(place.section) ? (["delta"] as const) : []), ...(differences.has(place.section) ? (["Delta"] as const) : [])]), namedDifferentials: named };
  };
}

/** `s(z)_i = \\dots` */
function isAtArguments({ located }: Model, { assertion }: Definition): boolean {
  const left = located[assertion]?.assertion.sides[0];
  return left?.kind === "entry" && left.base.kind === "apply";
}

function isKnownFunction(entity: Entity, place: Place): boolean | undefined {
  if (entity.isFunction || entity.named !== null || entity.elementwise) return true;
  if (entity.parameters.length && !entity.isLoss) return true;
  if (entity.isLoss) return undefined;
  if (entity.shape !== null && entity.shapeFrom === "declared") return false;
  if (entity.definition) return entity.definition.expr.kind === "symbol" ? undefined : false;
  // `\sigma > 0`, "p is an integer": a number in this section, whatever the letter is elsewhere.
  return entity.section === place.section && isSaidNumber(entity) ? false : undefined;
}

/** Whether the text says of a letter what it says of numbers alone. */
function isSaidNumber({ isSize, shape, properties }: Entity): boolean {
  return isSize || (shape?.length === 0 && ["positive", "nonnegative", "unitInterval", "nonzero"].some((property) => properties.has(property)));
}

/** The letters that an array or a number depends on. */
function parametersOf(symbol: SymbolExpr, entity: Entity, isArray: (param: SymbolExpr) => boolean): readonly SymbolExpr[] {
  if (entity.isLoss) return [];
  if (!entity.isFunction) return entity.parameters;
  // A matrix M(s) = (1-s)A + sB is a function, and beside another matrix a factor.
  const isNumber = (param: SymbolExpr): boolean => /^[a-z]/.test(param.name) && !isArray(param);
  return entity.definition?.kind === "function" && /^[A-Z]$/.test(symbol.name) && entity.definition.params.every(isNumber) ? entity.definition.params : [];
}

function originOf(entity: Entity | undefined): "given" | "made" | undefined {
  if (!entity || entity.isFunction || entity.isLoss || entity.shape?.length === 0) return undefined;
  return entity.definition || entity.parameters.length ? "made" : entity.shape ? "given" : undefined;
}

/** The letters θ of which the document writes `\theta'(s)`: nobody puts a lone letter behind a transpose in parentheses. Two primes transpose nothing, nor does one where the document writes transposes: b of `b'(x_i^\top \beta)`. */
function derivedFunctions(formulas: readonly ReadFormula[]): ReadonlySet<string> {
  const transposes = formulas.some(({ assertions }) => assertions.some(({ sides }) => sides.some((side) => occurs("transpose", side))));
  const isDerived = ({ primes, args }: Expr & { kind: "apply" }): boolean => args.length === 1 && (args[0]?.kind === "symbol" || primes > 1 || (primes > 0 && transposes));
  const within = (expr: Expr): string[] => [...(expr.kind === "apply" && expr.primes > 0 && isDerived(expr) ? [taggedKey(expr.fn)] : expr.kind === "derivative" ? byItsArgument(expr) : []), ...childrenOf(expr).flatMap(within)];
  // `\Phi' = \varphi` speaks of functions too.
  const named = (sides: readonly Expr[]): string[] => (sides.length === 2 && sides.every((side) => side.kind === "symbol" && !side.subscripts.length) ? sides.flatMap((side) => (side.kind === "symbol" && side.primes === 1 ? [taggedKey({ ...side, primes: 0 })] : [])) : []);
  return new Set(formulas.flatMap(({ assertions }) => assertions.flatMap(({ sides }) => [...sides.flatMap(within), ...named(sides)])));
}

/** The a of `\frac{\partial}{\partial \eta} a(\eta)`, for which nobody would write aη. */
function byItsArgument({ of, wrt }: Derivative): string[] {
  const [arg, ...more] = of.kind === "apply" && !of.primes ? of.args : [];
  return of.kind === "apply" && arg?.kind === "symbol" && !more.length && wrt.some((by) => by.kind === "symbol" && fullKey(by) === fullKey(arg)) ? [taggedKey(of.fn)] : [];
}

/**
 * The letters p that the document multiplies by themselves, `\sum_i p_i g_i`, and
 * nowhere applies to a letter or a list: `2p_j(g_j + 1)` is a product. One without
 * an index, which a rule of the chain may name so, only where it is differentiated by.
 * Also those that are an entry of a matrix, as σ is of `\sigma(y - x)`, and the f
 * of `f_i (\sum_j p_{ij} - a_i)` where f_i is a term of a sum.
 */
function factorsOf(formulas: readonly ReadFormula[]): (symbol: SymbolExpr) => boolean {
  const [multiplied, applied, variables, entries, terms, beforeSums] = [new Set<string>(), new Set<string>(), new Set<string>(), new Set<string>(), new Set<string>(), new Set<string>()];
  const note = (expr: Expr): void => {
    const operands = expr.kind === "product" ? expr.factors : expr.kind === "power" ? [expr.base] : [];
    for (const operand of operands) if (operand.kind === "symbol") multiplied.add(written(operand));
    if (expr.kind === "apply" && (expr.primes || expr.args.length > 1 || expr.args.some(({ kind }) => kind === "symbol"))) applied.add(taggedKey(expr.fn));
    if (expr.kind === "apply" && expr.args.some((arg) => arg.kind === "sum" && arg.terms.some(({ expr: term }) => term.kind === "big"))) beforeSums.add(taggedKey(expr.fn));
    if (expr.kind === "sum") for (const { expr: term } of expr.terms) if (term.kind === "symbol" && term.subscripts.length) terms.add(written(term));
    if (expr.kind === "derivative") for (const by of expr.wrt) if (by.kind === "symbol") variables.add(taggedKey(by));
    const cells = expr.kind === "matrix" && expr.rows.length > 1 && expr.rows.some(({ length }) => length > 1) ? childrenOf(expr).map(withoutSign) : [];
    for (const cell of cells) if (cell.kind === "symbol") entries.add(written(cell));
    childrenOf(expr).forEach(note);
  };
  for (const { assertions } of formulas)
    for (const { sides } of assertions) {
      const [left] = sides;
      if (left?.kind === "apply") applied.add(taggedKey(left.fn));
      sides.forEach(note);
    }
  return (symbol) => !applied.has(taggedKey(symbol)) && ((multiplied.has(written(symbol)) && (symbol.subscripts.length > 0 || variables.has(taggedKey(symbol)))) || entries.has(written(symbol)) || (terms.has(written(symbol)) && beforeSums.has(taggedKey(symbol))));
}

function withoutSign(expr: Expr): Expr {
  const [only, ...more] = expr.kind === "sum" ? expr.terms : [];
  return only && !more.length ? only.expr : expr;
}

/** Φ and Ψ where the document writes them before brackets alone, `S\Phi(a + b)`: matrices stand elsewhere too. */
function bracketedOnly(formulas: readonly ReadFormula[]): ReadonlySet<string> {
  const [before, alone] = [new Set<string>(), new Set<string>()];
  const note = (expr: Expr): void => {
    const factors = expr.kind === "product" ? expr.factors : [];
    for (const child of childrenOf(expr)) {
      const next = factors[factors.indexOf(child) + 1];
      // `\log\Phi(a + b)` is read as `(\log\Phi)(a + b)` so far.
      const isBefore = (expr.kind === "apply" && expr.bare === true) || next?.kind === "sum" || next?.kind === "product";
      if (child.kind === "symbol") (isBefore ? before : alone).add(taggedKey(child));
      note(child);
    }
  };
  for (const { assertions } of formulas)
    for (const { sides } of assertions)
      for (const side of sides) {
        if (side.kind === "symbol") alone.add(taggedKey(side));
        note(side);
      }
  return new Set([...before].filter((key) => !alone.has(key) && /^(Phi|Psi)$/.test(key)));
}

function written(symbol: SymbolExpr): string {
  return `${taggedKey(symbol)}${symbol.subscripts.length ? "_" : ""}`;
}

/** The letters F that the document transposes: `F(x_{k-1} - \\hat{x}_{k-1})` is a product. */
function transposedMatrices(formulas: readonly ReadFormula[]): ReadonlySet<string> {
  const within = (expr: Expr): string[] => [...(expr.kind === "transpose" && expr.base.kind === "symbol" && /^[A-Z]$/.test(expr.base.name) ? [taggedKey(expr.base)] : []), ...childrenOf(expr).flatMap(within)];
  return new Set(formulas.flatMap(({ assertions }) => assertions.flatMap(({ sides }) => sides.flatMap(within))));
}

/** Where the document writes `dX = \partial L/\partial X` of some X: the letters X for which it gives `dX`. */
function namedDifferentials(model: Model): ReadonlySet<string> {
  const given = model.located.flatMap(({ assertion: { sides: [left, ...rest] } }) => (left?.kind === "differential" && left.of.kind === "symbol" && rest.length ? [{ name: left.of.name, by: rest[0] as Expr }] : []));
  const isNamed = ({ name, by }: (typeof given)[number]): boolean => by.kind === "derivative" && by.wrt.some((wrt) => wrt.kind === "symbol" && wrt.name === name);
  return new Set(given.some(isNamed) ? given.map(({ name }) => name) : []);
}
