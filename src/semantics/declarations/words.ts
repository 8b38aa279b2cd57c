/** What sentences declare: the facts that prose states of a symbol. */
import { same } from "../../base/same";
import type { Span } from "../../base/span";
import { childrenOf, type Expr, plainSymbol, type SymbolExpr, wordOf } from "../expression";
import type { Fact } from "../prose";
import { type Distribution, type Entity, squareProperties } from "../symbols/entity";
import { fullKey, otherCase, taggedKey } from "../symbols/key";
import { factsOfSet } from "../symbols/sets";
import { sizeKey } from "../symbols/sizes";
import { isIndexLetter, type Place } from "../symbols/table";
import type { Draft } from "./draft";
import { matrixOf } from "./relations";
import { giveShape, isColumn, makeSquare } from "./shapes";

/** `paragraph`: the one that speaks of a case in which it is so, where it need not be. */
export function declareFacts(draft: Draft, symbol: SymbolExpr, facts: readonly Fact[], span: Span, place: Place, local: boolean, paragraph: number | null): void {
  if (facts.some((fact) => fact.kind === "structured")) draft.structured.add("*");
  if (symbol.name.length > 1 && wordOf(symbol.name)) return;
  const cofactors = facts.find((fact) => fact.kind === "cofactors");
  if (cofactors) return defineCofactors(draft, symbol, cofactors, place);
  const derivative = facts.find((fact) => fact.kind === "derivativeOf");
  if (derivative) defineDerivative(draft, symbol, derivative, place);
  if (symbol.subscripts.length === 2 && symbol.subscripts.every(isIndexLetter) && declareMirrors(draft, symbol, facts, place, paragraph)) return;
  const resolved = draft.table.resolve(symbol, place);
  // What is said of an entry of a known array declares no symbol; nor does what the checker makes nothing of.
  // A row of a matrix is no entry of an array that has the same letter.
  const isSlice = facts.some((fact) => fact.kind === "rowsOf" || fact.kind === "columnsOf");
  // Nor is the "bias vector $b_2$" an entry of the vector b of another section.
  const isWhole = isSlice || (resolved?.entity.section !== place.section && facts.some((fact) => (fact.kind === "role" && /vector$|matrix$/i.test(fact.role)) || (fact.kind === "shape" && fact.dims.length > 0)));
  if (resolved?.indices.length && !resolved.family && !(isWhole && resolved.indices.length === 1)) return;
  if (facts.every((fact) => fact.kind === "entriesOf" || fact.kind === "independentOf" || fact.kind === "vecColumns" || fact.kind === "vecRows" || fact.kind === "unconstrained" || fact.kind === "replicated")) return;
  // "$k_1$ is the positive one" of $k_1, \dots, k_m$ makes it no letter of its own.
  if (resolved?.family && symbol.subscripts.every(({ expr }) => expr.kind === "number") && facts.every((fact) => fact.kind === "property" && !squareProperties.has(fact.name) && !vectorProperties.has(fact.name))) return;
  const known = resolved && !resolved.indices.length ? resolved.entity : null;
  const entity = known && (known.section === place.section || local || !startsAnew(known, facts)) ? known : draft.table.declare(symbol, place);
  // Other moments in another section make no other shape.
  if (entity !== known && known?.shape && entity.shape === null && facts.some((fact) => fact.kind === "moments")) giveShape(draft, entity, known.shape, known.shapeFrom ?? "inferred");
  if (entity.section !== place.section && !local) entity.toldAgain.add(place.section);
  // "The softmax function s takes a vector z": what is said to be a function is no vector.
  const isFunction = facts.some((fact) => fact.kind === "named" || (fact.kind === "role" && fact.role === "function"));
  for (const fact of facts.filter((one) => !isFunction || (one.kind !== "shape" && !(one.kind === "role" && /vector$/i.test(one.role))))) {
    suppose(entity, fact, paragraph);
    declareFact(draft, entity, fact);
  }
  if (facts.some((fact) => fact.kind === "shape" || fact.kind === "role")) entity.declaredAt ??= span;
}

/** "Symmetric weights $w_{ij}$" are the entries of a matrix that is; symmetric matrices $A_{ij}$ are so each. */
function declareMirrors(draft: Draft, entry: SymbolExpr, facts: readonly Fact[], place: Place, paragraph: number | null): boolean {
  if (facts.some((fact) => fact.kind === "shape" || (fact.kind === "role" && /matrix$/i.test(fact.role)))) return false;
  const mirrors = facts.filter((fact) => fact.kind === "property" && (fact.name === "symmetric" || fact.name === "skew"));
  const entity = mirrors.length ? matrixOf(draft, entry, place) : null;
  for (const fact of entity ? mirrors : []) {
    suppose(entity as Entity, fact, paragraph);
    declareFact(draft, entity as Entity, fact);
  }
  return entity !== null;
}

/** Of these a text speaks as of a case among others; what else it supposes is what makes a formula well-formed. */
const cases: ReadonlySet<string> = new Set(["symmetric", "skew", "orthogonal", "diagonal", "idempotent", "upperTriangular", "lowerTriangular"]);

/** What holds without a condition is no supposition. */
function suppose({ properties, supposed }: Entity, fact: Fact, paragraph: number | null): void {
  if (fact.kind !== "property" || !cases.has(fact.name)) return;
  if (paragraph === null) supposed.delete(fact.name);
  else if (!properties.has(fact.name) || supposed.has(fact.name)) supposed.set(fact.name, (supposed.get(fact.name) ?? new Set()).add(paragraph));
}

/** "$C$ is the cofactor matrix of $X$", "$C_{ij}$ is the cofactor of $x_{ij}$": what C is, by X. */
function defineCofactors(draft: Draft, symbol: SymbolExpr, { of, adjugate }: Fact & { kind: "cofactors" }, place: Place): void {
  const written = draft.located.find(({ position, section }) => section === place.section && position >= place.position);
  const [whole, bare] = [{ ...symbol, subscripts: [] }, { ...of, subscripts: [] }];
  const matrix = draft.table.resolve(bare, place) ? bare : (otherCase(bare) ?? bare);
  const entity = draft.table.declare(whole, place);
  if (!written || entity.definition || taggedKey(whole) === taggedKey(matrix)) return;
  const expr: Expr = { kind: "apply", fn: plainSymbol(adjugate ? "adj" : "cof", "mathrm", of, []), args: [matrix], certain: true, primes: 0, start: of.start, end: of.end };
  entity.definition = { expr, params: [], kind: "value", formula: written.formula, start: written.assertion.start, end: written.assertion.end, stated: true, assertion: written.id };
}

/** "$J$ is the Jacobian of $r$", of a function whose argument the text writes. */
function defineDerivative(draft: Draft, symbol: SymbolExpr, { which, of }: Fact & { kind: "derivativeOf" }, place: Place): void {
  // "For $f(w) = …$, the gradient of $f$ is …" speaks of the gradient, and says not that f is one.
  if (fullKey(symbol) === fullKey(of)) return;
  const entity = draft.table.declare({ ...symbol, subscripts: [] }, place);
  entity.properties.add("derivative");
  const here = draft.located.filter(({ section }) => section === place.section);
  const written = here.find(({ position }) => position >= place.position);
  const value = here.flatMap(({ assertion }) => assertion.sides.flatMap((side) => valuesOf(side, of)))[0];
  if (!written || !value || entity.definition) return;
  entity.parameters = value.args as SymbolExpr[];
  const { start, end } = of;
  const expr: Expr = { kind: "derivative", notation: which === "gradient" ? "nabla" : which, of: value, wrt: [], order: which === "hessian" ? 2 : 1, total: false, missingPartial: false, start, end };
  entity.definition = { expr, params: [], kind: "value", formula: written.formula, start: written.assertion.start, end: written.assertion.end, stated: true, assertion: written.id };
}

/** `r(x)` wherever an expression has it. */
function valuesOf(expr: Expr, fn: SymbolExpr): (Expr & { kind: "apply" })[] {
  const isOwn = expr.kind === "apply" && taggedKey(expr.fn) === taggedKey(fn) && expr.args.every(({ kind }) => kind === "symbol");
  return [...(isOwn ? [expr] : []), ...childrenOf(expr).flatMap((child) => valuesOf(child, fn))];
}

function isSameDistribution(one: Distribution, other: Distribution): boolean {
  const isSame = (a: Expr | null, b: Expr | null): boolean => (a === null || b === null ? a === b : same(a, b));
  return (one.mean === "unsaid" || other.mean === "unsaid" ? one.mean === other.mean : isSame(one.mean, other.mean)) && isSame(one.covariance, other.covariance);
}

/** Whether words in another section make another symbol of the same letter: another shape, or a kind that the defined one need not be. */
function startsAnew(known: Entity, facts: readonly Fact[]): boolean {
  const rank = known.shape?.filter((dim) => dim !== "1").length ?? null;
  return facts.some((fact) => {
    if (fact.kind === "shape") return true;
    if (fact.kind === "moments") return known.distribution !== null && !isSameDistribution(known.distribution, fact);
    if (fact.kind === "property") return squareProperties.has(fact.name) && (known.definition !== null || (known.shape !== null && known.shape[0] !== known.shape[1]));
    if (fact.kind !== "role" || rank === null) return false;
    if (fact.role === "scalar") return rank !== 0;
    if (fact.role === "vector" || fact.role === "columnVector" || fact.role === "rowVector") return rank !== 1;
    return (fact.role === "matrix" || fact.role === "squareMatrix") && rank !== 2;
  });
}

function declareFact(draft: Draft, entity: Entity, fact: Fact): void {
  switch (fact.kind) {
    case "shape": {
      const dims = fact.dims.map(sizeKey);
      if (dims.some((dim) => dim === null)) return;
      if (dims.length === 1) giveShape(draft, entity, [dims[0] as string, "1"], "declared");
      else if (dims.length === 2) giveShape(draft, entity, dims as string[], "declared");
      return;
    }
    case "role":
      return declareRole(draft, entity, fact.role);
    case "property":
      if ("negated" in fact && fact.negated) return;
      if (fact.of === "columns") return;
      entity.properties.add(fact.name);
      if (squareProperties.has(fact.name)) makeSquare(draft, entity);
      // What has one entry that is one, or entries that sum to one, is a vector unless it is a capital.
      if (vectorProperties.has(fact.name) && entity.shape === null && /^[a-z]/.test(entity.symbol.name)) giveShape(draft, entity, [draft.table.sizes.unknown(), "1"], "declared");
      return;
    case "elementwise":
    case "rowwise":
    case "columnwise":
      entity[fact.kind] = true;
      return;
    case "named":
      entity.named = fact.function;
      entity.isFunction = true;
      return;
    case "slopeOf":
      return declareSlope(draft, entity, fact);
    case "spectrum":
      entity.spectrum = { part: fact.part, end: fact.end, of: fact.of ?? entity.spectrum?.of ?? null, ordinal: 0, whole: false, dual: false, ascending: false };
      return;
    case "rowsOf":
    case "columnsOf":
      return declareSlices(draft, entity, fact);
    case "functionOf":
      return declareFunctionOf(draft, entity, fact);
    case "memberOf": {
      const facts = factsOfSet(fact.set);
      if (facts?.shape) giveShape(draft, entity, facts.shape, "declared");
      return;
    }
    case "sameShape": {
      const other = fact.as[0] ? draft.table.resolve(fact.as[0], { position: entity.position, section: entity.section })?.entity.shape : null;
      if (other && entity.shape === null) giveShape(draft, entity, other, "declared");
      return;
    }
    case "extremum":
      return declareExtremum(draft, entity, fact);
    case "structured":
      draft.structured.add(entity.key);
      return;
    case "moments":
      entity.distribution ??= { mean: fact.mean, covariance: fact.covariance };
      // "variance $v(m)$"
      if (fact.covariance?.kind === "apply" && !wordOf(fact.covariance.fn.name)) draft.table.declare(fact.covariance.fn, { position: entity.position, section: entity.section }).isFunction = true;
      return;
    case "loss":
      // "$X \\in \\mathbb{R}^{n \\times d}$ and $L$ a loss": an array is none.
      if (entity.shape?.length) return;
      entity.isLoss = true;
      if (entity.shape === null) giveShape(draft, entity, [], "declared");
      return;
    default:
      return;
  }
}

/** The density of a distribution function that is known; of others only the derivative. */
function declareSlope(draft: Draft, entity: Entity, { of, density }: Fact & { kind: "slopeOf" }): void {
  const source = draft.table.resolve(of, entity)?.entity;
  if (!source || source === entity || !(source.isFunction || source.named)) return;
  entity.isFunction = true;
  const written = draft.located.find(({ position, section }) => section === entity.section && position >= entity.position);
  if (source.named === "normalCdf") entity.named = "normalPdf";
  else if (written && !density) entity.definition ??= { expr: { ...of, primes: of.primes + 1 }, params: [], kind: "alias", formula: written.formula, start: written.assertion.start, end: written.assertion.end, stated: true, assertion: written.id };
}

/** "$\\hat\\beta$ minimises $\\|X\\beta - y\\|^2$": where it is least in β, what it is without its accents and stars. */
function declareExtremum(draft: Draft, entity: Entity, { of, which }: Fact & { kind: "extremum" }): void {
  const { symbol } = entity;
  const written = draft.located.find(({ assertion }) => assertion.sides.includes(of));
  const variable: SymbolExpr = { ...symbol, accents: [], tags: [] };
  // "$w$ minimises $\\|Xw - y\\|^2$": the letter goes on being any.
  if (!written || entity.definition || symbol.subscripts.length || taggedKey(variable) === taggedKey(symbol)) return;
  const fn = { ...plainSymbol(which, "mathrm", of, []), subscripts: [{ expr: variable, text: variable.name, start: of.start, end: of.start }] };
  entity.definition = { expr: { kind: "apply", fn, args: [of], certain: true, primes: 0, start: of.start, end: of.end }, params: [], kind: "argmin", formula: written.formula, start: written.assertion.start, end: written.assertion.end, stated: true, assertion: written.id };
}

function declareFunctionOf(draft: Draft, entity: Entity, fact: Fact & { kind: "functionOf" }): void {
  // Nothing is a function of itself, nor of what is a function of it.
  const isOwn = (arg: SymbolExpr): boolean => taggedKey(arg) === taggedKey(entity.symbol) || draft.table.withKey(taggedKey(arg)).some(({ parameters }) => parameters.some((one) => taggedKey(one) === taggedKey(entity.symbol)));
  const args = fact.arguments.filter((arg): arg is SymbolExpr => arg.kind === "symbol" && !isOwn(arg));
  if (fact.scalar || args.length) entity.parameters = args;
  if (!fact.scalar) return;
  entity.isLoss = true;
  if (entity.shape === null) giveShape(draft, entity, [], "declared");
}

function declareSlices(draft: Draft, entity: Entity, fact: Fact & { kind: "rowsOf" | "columnsOf" }): void {
  const { matrix } = fact;
  // "$y_i \in \{0, 1\}$ and $x_i \in \mathbb{R}^d$ are the rows of $X$": a number is none.
  if (entity.shape?.length === 0 && entity.shapeFrom === "declared") return;
  // "an input $x$ (a row of $X$)": which of them is not said, and it is a vector like others.
  if (!entity.symbol.subscripts.length && !entity.symbol.tags.length) return declareRole(draft, entity, "vector");
  entity.slices = { matrix, by: fact.kind === "rowsOf" ? "row" : "column" };
  if (fact.kind === "rowsOf" && fact.turned) entity.orientation ??= "column";
  if (!draft.table.resolve(matrix, entity)) declareRole(draft, draft.table.declare(matrix, entity), "matrix");
}

function declareRole(draft: Draft, entity: Entity, role: string): void {
  const unknown = (): string => draft.table.sizes.unknown();
  switch (role) {
    case "scalar":
      if (entity.shape === null) giveShape(draft, entity, [], "declared");
      return;
    case "vector":
    case "columnVector":
    case "rowVector": {
      entity.orientation = role === "rowVector" ? "row" : role === "columnVector" ? "column" : entity.orientation;
      const length = entity.shape?.find((dim) => dim !== "1") ?? draft.table.sizes.length();
      // "$x \in \mathbb{R}^n$ (a row vector)": the set tells its length alone.
      if (role === "rowVector" && isColumn(entity.shape)) entity.shape = ["1", length];
      if (entity.shape === null || entity.shapeFrom !== "declared" || role !== "vector") giveShape(draft, entity, role === "rowVector" ? ["1", length] : [length, "1"], "declared");
      return;
    }
    case "matrix":
      if (entity.shape === null) giveShape(draft, entity, [unknown(), unknown()], "declared");
      return;
    case "squareMatrix":
      makeSquare(draft, entity);
      entity.properties.add("squareMatrix");
      return;
    case "function":
    case "scalarFunction":
      entity.isFunction = true;
      return;
    case "integer":
    case "index":
      entity.isSize = true;
      return;
    default:
      return;
  }
}

export const vectorProperties: ReadonlySet<string> = new Set(["oneHot", "sumsToOne", "standardBasis"]);
