/**
 * Eigenvalues, singular vectors and their kin: of which matrix each is, from
 * the words, from its equation (`Av = \lambda v`), from a decomposition, from
 * the symbols beside it, or since there is one matrix alone.
 */
import { childrenOf, type Expr, type SymbolExpr, symbolsIn } from "../expression";
import type { SpectralPart } from "../prose";
import type { Entity, Spectrum } from "../symbols/entity";
import { fullKey, otherCase, taggedKey } from "../symbols/key";
import type { Place } from "../symbols/table";
import type { Draft } from "./draft";
import { isMade, letterOf } from "./implicit";

export function declareSpectra(draft: Draft): void {
  for (const { assertion, ...place } of draft.located) {
    assertion.links.forEach((link, i) => {
      const [left, right] = [assertion.sides[i], assertion.sides[i + 1]];
      if (link.operator === "=" && left && right) readEquation(draft, left, right, place);
      if (link.operator === "=" && left && right && place.inline) readPencil(draft, left, right, place);
    });
  }
  for (const { assertion, ...place } of draft.located) for (const side of assertion.sides) readExtremes(draft, side, place);
  for (const entity of [...draft.table.all]) readDecomposition(draft, entity);
  for (const entity of [...draft.table.all]) readNumbered(draft, entity);
  for (const entity of draft.table.all) if (entity.spectrum && !entity.spectrum.of) revise(entity, { of: matrixOf(draft, entity) });
  for (const entity of draft.table.all) settle(draft, entity);
  for (const entity of draft.table.all) attach(draft, entity);
  for (const { assertion, ...place } of draft.located) if (assertion.sides.length === 2) readNormalization(draft, assertion.sides, place);
}

function revise(entity: Entity, parts: Partial<Spectrum>): void {
  const known: Spectrum = entity.spectrum ?? { part: "eigenvalue", end: null, of: null, ordinal: 0, whole: false, dual: false, ascending: false };
  entity.spectrum = { ...known, ...parts };
}

/** `A(t)v(t) = \lambda(t)v(t)` and `Ax = \lambda Bx` in the words around formulas that differentiate λ or x: an eigenvalue of B⁻¹A, and its vector of length one by B. */
function readPencil(draft: Draft, left: Expr, right: Expr, place: Place): void {
  const [[matrix, vector, ...more], [value, ...image]] = [left, right].map((side) => factorsOf(side).map(letterOf)) as [(SymbolExpr | null)[], (SymbolExpr | null)[]];
  const [last, metric = null, ...others] = [...image].reverse();
  if (!matrix || !vector || !value || !last || more.length || others.length || taggedKey(vector) !== taggedKey(last) || (image.length === 2 && !metric)) return;
  const known = (symbol: SymbolExpr): Entity | undefined => draft.table.resolve(symbol, place)?.entity;
  if (![matrix, ...(metric ? [metric] : [])].every((one) => isSquareMatrix(draft, known(one))) || [value, vector].some((one) => known(one)?.section === place.section && known(one)?.definition)) return;
  if (![value, vector].some((one) => known(one)?.properties.has("spectral") || isMade(draft, one, place))) return;
  const of = metric ? quotientOf(metric, matrix) : matrix;
  const note = (symbol: SymbolExpr, part: SpectralPart): void => {
    const own = known(symbol);
    const entity = own?.section === place.section ? own : draft.table.declare(symbol, place);
    revise(entity, { part, of, ...(part === "eigenvector" ? { metric } : {}) });
    entity.properties.add("spectral");
    entity.parameters = [];
  };
  note(value, "eigenvalue");
  note(vector, "eigenvector");
}

function isSquareMatrix(draft: Draft, entity: Entity | undefined): boolean {
  const [rows, columns] = entity?.shape ?? [];
  return rows !== undefined && columns !== undefined && rows !== "1" && draft.table.sizes.find(rows) === draft.table.sizes.find(columns);
}

/** B⁻¹A */
function quotientOf(metric: SymbolExpr, matrix: SymbolExpr): Expr {
  const { start, end } = matrix;
  const inverse: Expr = { kind: "power", base: metric, exponent: { kind: "number", numerator: -1, denominator: 1, start, end }, elementwise: false, start, end };
  return { kind: "product", factors: [inverse, matrix], operators: [""], start, end };
}

/** `Av = \lambda v`, `w^\top A = \lambda w^\top`, `Xv = \sigma u`, where words call one of the letters part of a spectrum. */
function readEquation(draft: Draft, left: Expr, right: Expr, place: Place): void {
  const [product, multiple] = [factorsOf(left), factorsOf(right)];
  const [value, image] = multiple as [Expr, Expr];
  if (multiple.length !== 2 || product.length < 2 || (value.kind !== "symbol" && value.kind !== "norm")) return;
  const [first, last] = [product[0] as Expr, product[product.length - 1] as Expr];
  if (image.kind === "symbol" && last.kind === "symbol") return bind(draft, value, last, image, matrixIn(product.slice(0, -1), left), false, place);
  if (image.kind === "transpose" && image.base.kind === "symbol" && first.kind === "transpose" && first.base.kind === "symbol") bind(draft, value, first.base, image.base, matrixIn(product.slice(1), left), true, place);
}

/** M·vector = value·image, or, `onLeft`, with the vectors on the left of M. */
function bind(draft: Draft, value: SymbolExpr | (Expr & { kind: "norm" }), vector: SymbolExpr, image: SymbolExpr, matrix: Expr, onLeft: boolean, place: Place): void {
  const symbols = [value, vector, image].filter((one): one is SymbolExpr => one.kind === "symbol");
  if (!symbols.some((symbol) => draft.table.resolve(symbol, place)?.entity.properties.has("spectral"))) return;
  const turned = matrix.kind === "transpose";
  const of = turned ? matrix.base : matrix;
  const end = value.kind === "norm" ? "largest" : null;
  const note = (symbol: Expr, part: SpectralPart): void => {
    if (symbol.kind !== "symbol") return;
    const entity = draft.table.resolve(symbol, place)?.entity ?? draft.table.declare(symbol, place);
    if (!entity.definition || entity.properties.has("spectral")) revise(entity, { part, of, ...(end ? { end } : {}) });
    entity.properties.add("spectral");
  };
  if (taggedKey(vector) === taggedKey(image)) {
    note(value, "eigenvalue");
    return note(vector, turned !== onLeft ? "leftEigenvector" : "eigenvector");
  }
  note(value, "singularValue");
  note(vector, turned !== onLeft ? "leftSingularVector" : "rightSingularVector");
  note(image, turned !== onLeft ? "rightSingularVector" : "leftSingularVector");
}

/** `\lambda_{\max}(A)`: what `\lambda_{\max}` is where it stands by itself. */
function readExtremes(draft: Draft, expr: Expr, place: Place): void {
  for (const child of childrenOf(expr)) readExtremes(draft, child, place);
  if (expr.kind !== "apply" || !/^(lambda|sigma)$/.test(expr.fn.name) || !extremeOf(expr.fn) || draft.table.resolve(expr.fn, place) || !standsAlone(draft, expr.fn, place)) return;
  const [of] = expr.args;
  if (of?.kind === "symbol" && draft.table.resolve(of, place)?.entity.shape?.length === 2) revise(draft.table.declare(expr.fn, place), { part: expr.fn.name === "lambda" ? "eigenvalue" : "singularValue", of });
}

function standsAlone(draft: Draft, symbol: SymbolExpr, { section }: Place): boolean {
  const alone = (expr: Expr): boolean => (expr.kind === "symbol" && fullKey(expr) === fullKey(symbol)) || childrenOf(expr).some(alone);
  return draft.located.some((located) => located.section === section && located.assertion.sides.some(alone));
}

/** `\max` or `\min` below a letter. */
function extremeOf({ subscripts }: SymbolExpr): "largest" | "smallest" | null {
  const below = subscripts[0]?.text.replace(/^\\/, "");
  return below === "max" ? "largest" : below === "min" ? "smallest" : null;
}

/** Eigenvalues λ₁, …, λₙ are a family; in ascending order where `\lambda_1 \leq \dots \leq \lambda_n`. */
function readNumbered(draft: Draft, entity: Entity): void {
  const { symbol, spectrum } = entity;
  if (!spectrum || symbol.subscripts.length !== 1 || symbol.subscripts[0]?.expr.kind !== "number" || spectrum.end) return;
  const ascending = draft.located.some(({ section, assertion: { sides, links } }) => section === entity.section && sides[0]?.kind === "symbol" && sides.length > 2 && taggedKey(sides[0]) === taggedKey(symbol) && links.every(({ operator }) => operator === "<" || operator === "\\leq"));
  if (!draft.table.withKey(`${taggedKey(symbol)}_*1`).length) revise(familyOf(draft, symbol, entity), { ...spectrum });
  if (ascending) for (const one of draft.table.all) if (one.section === entity.section && one.spectrum) revise(one, { ascending });
}

/** The members of a letter by an index. */
function familyOf(draft: Draft, letter: SymbolExpr, place: Place): Entity {
  const index: SymbolExpr = { ...letter, name: "i", font: "", accents: [], subscripts: [], tags: [], primes: 0 };
  return draft.table.declare({ ...letter, subscripts: [{ expr: index, text: "i", start: index.start, end: index.end }] }, place);
}

function factorsOf(expr: Expr): readonly Expr[] {
  return expr.kind === "product" ? expr.factors : [];
}

function matrixIn(factors: readonly Expr[], { start, end }: Expr): Expr {
  return factors.length === 1 ? (factors[0] as Expr) : { kind: "product", factors, operators: factors.slice(1).map(() => ""), start, end };
}

/** `A = Q\Lambda Q^\top`, `X = U\Sigma V^\top` of a matrix: its factors, and the letters of their columns and entries. */
function readDecomposition(draft: Draft, whole: Entity): void {
  const expr = whole.definition?.kind === "value" ? whole.definition.expr : null;
  const [first, middle, last] = expr ? factorsOf(expr) : [];
  if (!first || !middle || !last || factorsOf(expr as Expr).length !== 3 || first.kind !== "symbol" || middle.kind !== "symbol") return;
  const back = last.kind === "transpose" || last.kind === "power" ? last.base : null;
  const [left, values, right] = [first, middle, back].map((symbol) => (symbol?.kind === "symbol" ? draft.table.resolve(symbol, whole)?.entity : undefined));
  if (!left || !values || !right || !values.properties.has("diagonal")) return;
  const of = whole.symbol;
  const note = (entity: Entity, part: SpectralPart): void => {
    revise(entity, { part, of, whole: true });
    const letter = otherCase(entity.symbol);
    if (letter && !draft.table.withKey(`${taggedKey(letter)}_*1`).length) revise(familyOf(draft, letter, whole), { part, of });
  };
  const isEigen = left === right && (last.kind === "power" || left.properties.has("orthogonal"));
  if (!isEigen && !(last.kind === "transpose" && left !== right && [left, right].every(isOrthonormal))) return;
  whole.hasSpectrum = true;
  note(values, isEigen ? "eigenvalue" : "singularValue");
  note(left, isEigen ? "eigenvector" : "leftSingularVector");
  if (!isEigen) whole.properties.add("fullColumnRank");
  if (!isEigen) note(right, "rightSingularVector");
  else if (last.kind === "transpose") whole.properties.add("symmetric");
}

function isOrthonormal({ properties }: Entity): boolean {
  return properties.has("orthonormalColumns") || properties.has("orthogonal");
}

/** The matrix of what stands beside it, else the only one that the section declares. */
function matrixOf(draft: Draft, entity: Entity): Expr | null {
  const singular = isOfSingular(entity);
  const beside = draft.table.all.filter((other) => other.spectrum?.of && other.section === entity.section && isOfSingular(other) === singular);
  const nearest = beside.sort((a, b) => Math.abs(a.position - entity.position) - Math.abs(b.position - entity.position))[0];
  if (nearest?.spectrum) return nearest.spectrum.of;
  const fits = ({ shape, spectrum, isFunction }: Entity): boolean => shape?.length === 2 && !shape.includes("1") && !spectrum && !isFunction && (singular || draft.table.sizes.find(shape[0] as string) === draft.table.sizes.find(shape[1] as string));
  const matrices = draft.table.all.filter((other) => other.section === entity.section && fits(other));
  return matrices.length === 1 ? (matrices[0] as Entity).symbol : null;
}

/** Which of several it is; and what its matrix is then drawn as. */
function settle(draft: Draft, entity: Entity): void {
  const { spectrum } = entity;
  if (!spectrum?.of) return;
  const named = extremeOf(entity.symbol);
  const ordinal = singlesOf(draft, entity, kindOf(spectrum.part)).filter(({ id }) => id < entity.id).length;
  revise(entity, { ordinal, part: sideOf(draft, entity, spectrum.part), ...(named ? { end: named } : {}) });
  const matrices = symbolsIn(spectrum.of, false).flatMap((symbol) => draft.table.resolve(symbol, entity)?.entity ?? []);
  if (matrices.length === 1 && !/singular/i.test(spectrum.part)) matrices[0]?.properties.add("realSpectrum");
  if (!entity.parameters.length) entity.parameters = matrices.find(({ parameters }) => parameters.length)?.parameters ?? [];
}

/** A vector belongs to the value that has its number among those with a letter of their own; without one, to what the formulas call the largest or smallest. */
function attach(draft: Draft, entity: Entity): void {
  const { spectrum } = entity;
  if (!spectrum?.of || !isSingle(entity) || kindOf(spectrum.part) === "value" || spectrum.end) return;
  const value = singlesOf(draft, entity, "value")[spectrum.ordinal]?.spectrum;
  const ends = value ? [value.end] : endsIn(draft, entity);
  const [end] = ends;
  revise(entity, ends.length === 1 && end !== undefined ? { end } : { of: null });
}

/** With a letter that is neither a family's, nor numbered, nor that of all of them. */
function isSingle({ spectrum, arity, symbol }: Entity): boolean {
  return Boolean(spectrum?.of) && !arity && !spectrum?.whole && symbol.subscripts[0]?.expr.kind !== "number";
}

function singlesOf(draft: Draft, entity: Entity, kind: string): Entity[] {
  return draft.table.all.filter((other) => other.section === entity.section && isSingle(other) && other.spectrum && kindOf(other.spectrum.part) === kind && isOfSingular(other) === isOfSingular(entity));
}

function isOfSingular({ spectrum }: Entity): boolean {
  return /singular/i.test(spectrum?.part ?? "");
}

/** `\\lambda_{\\max}`, `\\sigma_{\\min}` in the formulas of a section; a spectral norm is a largest singular value. */
function endsIn(draft: Draft, entity: Entity): ("largest" | "smallest")[] {
  const letter = isOfSingular(entity) ? "sigma" : "lambda";
  const symbols = draft.located.filter(({ section }) => section === entity.section).flatMap(({ assertion }) => assertion.sides.flatMap((side) => symbolsIn(side)));
  const found = symbols.filter(({ name }) => name === letter).map(extremeOf);
  return (["largest", "smallest"] as const).filter((end) => found.includes(end));
}

function kindOf(part: SpectralPart): string {
  return part === "eigenvalue" || part === "singularValue" ? "value" : part === "eigenvector" || part === "singularVector" || part === "rightSingularVector" ? "vector" : "left";
}

/** `u` is a left singular vector, `v` a right one, whatever their order; else the first is the left one. */
function sideOf(draft: Draft, entity: Entity, part: SpectralPart): SpectralPart {
  if (part !== "singularVector") return part;
  const letter = entity.symbol.name.toLowerCase();
  if (letter === "u" || letter === "v") return letter === "u" ? "leftSingularVector" : "rightSingularVector";
  const before = draft.table.all.some((other) => other.id < entity.id && other.section === entity.section && other.spectrum?.part === "leftSingularVector");
  return before ? "rightSingularVector" : "leftSingularVector";
}

/** `w^\top u = 1` of a left and a right eigenvector. */
function readNormalization(draft: Draft, [product, one]: readonly Expr[], place: Place): void {
  if (product?.kind !== "product" || one?.kind !== "number" || one.numerator !== one.denominator || childrenOf(product).length !== 2) return;
  const entities = symbolsIn(product, false).map((symbol) => draft.table.resolve(symbol, place)?.entity);
  const left = entities.find((entity) => entity?.spectrum?.part === "leftEigenvector");
  if (left && entities.some((entity) => entity?.spectrum?.part === "eigenvector")) revise(left, { dual: true });
}
