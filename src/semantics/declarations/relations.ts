/**
 * What relations declare: memberships, signatures, distributions, shapes written
 * below letters, and properties such as `A = A^\top` or `\lambda > 0`.
 */
import { offsetAt, type Span } from "../../base/span";
import { isAlike } from "../comparison";
import { childrenOf, type Expr, plainSymbol, type SymbolExpr, symbolsIn, wordOf } from "../expression";
import type { Located } from "../model";
import type { Entity } from "../symbols/entity";
import { shapeAnnotation, taggedKey } from "../symbols/key";
import { hasEntries } from "../symbols/members";
import { factsOfSet } from "../symbols/sets";
import { atomsOf, sizeKey } from "../symbols/sizes";
import { isIndexLetter, type Place } from "../symbols/table";
import type { Draft } from "./draft";
import { giveShape, makeSquare } from "./shapes";

/** Memberships, shapes written below letters, properties written as relations. */
export function declareShapes(draft: Draft): void {
  for (const located of draft.located) {
    const { assertion } = located;
    assertion.links.forEach((link, index) => {
      const [left, right] = [assertion.sides[index], assertion.sides[index + 1]];
      if (!left || !right) return;
      if (link.operator === "\\in" && assertion.links[index + 1]?.operator === "\\to") declareSignature(draft, left, right, assertion.sides[index + 2], located);
      else if (link.operator === "\\in") {
        // `A = A^\top \in \mathbb{R}^{n\times n}`: the whole chain is in the set.
        const chain = [left];
        for (let k = index - 1; k >= 0 && assertion.links[k]?.operator === "="; k--) chain.push(assertion.sides[k] as Expr);
        // `h = \phi(u) \in \mathbb{R}^m` is said of h, and of φ at this u alone.
        const isNamed = chain.some(({ kind }) => kind === "symbol");
        for (const side of chain) if (!(isNamed && side.kind === "apply") && !chain.some((whole) => isEntryOf(side, whole))) declareMembership(draft, side, right, located);
      }
      if (link.operator === "\\sim") declareDistribution(draft, left, right, located);
      if (link.operator === "=" || link.operator === "\\equiv") declareProperty(draft, left, right, located);
      if (link.operator === "=" && located.inline) declareNormalised(draft, left, right, located);
      if (link.operator === "=" && located.inline) declareMoment(draft, left, right, located);
      if (link.operator === "=" && (located.inline || located.role === "assumption")) declareMirrored(draft, left, right, located);
      if (link.operator === "\\succ" || link.operator === "\\succeq") {
        for (const symbol of left.kind === "apply" ? [left.fn] : subjects(left)) declareDefinite(draft, symbol, link.operator === "\\succ" ? "positiveDefinite" : "positiveSemidefinite", located);
      }
      if ((link.operator === ">" || link.operator === "\\geq") && right.kind === "number" && right.numerator === 0) declareSigned(draft, left, link.operator === ">" ? "positive" : "nonnegative", located);
      if (link.operator === "<" || link.operator === "\\leq") declareAbove(draft, left, right, assertion.sides[index + 2], located);
      if (link.operator === "\\neq" && right.kind === "number" && right.numerator === 0) for (const symbol of subjects(left)) draft.table.declare(symbol, located).properties.add("nonzero");
    });
    for (const side of assertion.sides) {
      for (const symbol of symbolsIn(side, false)) declareAnnotation(draft, symbol, located);
      declareNormals(draft, side, located);
    }
  }
}

/** `U = (u_{ij}) \in \mathbb{R}^{m\times n}` says what U is, and of no u_{ij} that it is a matrix. */
export function isEntryOf(side: Expr, whole: Expr): boolean {
  if (side.kind !== "symbol" || whole.kind !== "symbol" || whole.subscripts.length || !side.subscripts.length) return false;
  return side.name.toLowerCase() === whole.name.toLowerCase() && side.subscripts.every(isIndexLetter);
}

/** `\Sigma_1, \Sigma_2 \succ 0` */
function declareDefinite(draft: Draft, symbol: SymbolExpr, property: string, place: Place): void {
  const entity = draft.table.declare(symbol, place);
  entity.properties.add("symmetric").add(property);
  // Of a vector it says that its entries are positive.
  if (entity.shape !== null || !/^[A-Z]/.test(symbol.name)) return;
  const size = draft.table.sizes.length();
  giveShape(draft, entity, [size, size], "inferred");
}

/** `\lambda > 0` says that λ is a number, unless its shape is given elsewhere; beside `f(x) = \sum_i x_i \log x_i`, `x > 0` is said of the entries. */
function declareSigned(draft: Draft, left: Expr, property: string, place: Place): void {
  for (const symbol of subjects(left)) {
    // `w_{ij} = w_{ji} \geq 0` is said of the entries of what is symmetric.
    const mirrored = symbol.subscripts.length === 2 && symbol.subscripts.every(isIndexLetter) ? wholeOf(draft, symbol, place) : undefined;
    const entity = mirrored?.properties.has("symmetric") ? mirrored : draft.table.declare(symbol, place);
    entity.properties.add(property);
    const isWrittenByEntries = !symbol.subscripts.length && draft.located.some(({ section, assertion: { sides: [target, value] } }) => section === place.section && value !== undefined && target?.kind === "apply" && target.args.some((arg) => arg.kind === "symbol" && taggedKey(arg) === taggedKey(symbol)) && hasEntries(symbol, value));
    if (entity.shape === null && /^[a-z]/.test(symbol.name)) giveShape(draft, entity, isWrittenByEntries ? [draft.table.sizes.unknown(), "1"] : [], "inferred");
  }
}

/** `0 < \alpha`, `0 < \alpha < 1`; `0 \leq i < n` is said of an index. */
function declareAbove(draft: Draft, left: Expr, right: Expr, next: Expr | undefined, place: Place): void {
  if (left.kind !== "number" || left.numerator !== 0 || right.kind !== "symbol" || right.subscripts.length || (next && next.kind !== "number")) return;
  declareSigned(draft, right, next?.kind === "number" && next.numerator === next.denominator ? "unitInterval" : "positive", place);
}

function declareMembership(draft: Draft, left: Expr, set: Expr, place: Located): void {
  const facts = factsOfSet(set);
  if (!facts || !facts.shape) return;
  for (const item of left.kind === "tuple" ? withGeneralMember(left.items) : [left]) {
    const transposed = item.kind === "transpose";
    const symbol = bareSubject(item);
    // `\operatorname{softmax}(W) \in \mathbb{R}^{n\times n}` declares no softmax.
    // Zeros and identities are as large as they have to be wherever they stand.
    if (!symbol || ["0", "I"].includes(symbol.name) || (item.kind === "apply" && wordOf(item.fn.name)) || (left.kind === "tuple" && isOfAnother(item, left.items))) continue;
    const entity = draft.table.declare(symbol, place);
    // `\phi(s, a) \in \mathbb{R}^d`, `\phi(x_n) \in \mathbb{R}^M`: a function of several things, or of each of many, that gives vectors.
    if (item.kind === "apply" && (item.args.length > 1 || item.args.some(isMember)) && facts.shape.includes("1") && entity.definition === null) {
      entity.isFunction = true;
      entity.domain ??= [];
    }
    // `U(x) \in \mathbb{R}^{m\times n}` and `c(x) \in \mathbb{R}` depend on x.
    const isVector = facts.shape.includes("1");
    if (item.kind === "apply" && !entity.parameters.length && item.args.every((arg) => arg.kind === "symbol" && (time.test(arg.name) || !isVector) && !arg.subscripts.length)) entity.parameters = item.args as SymbolExpr[];
    const shape = transposed && facts.shape.length === 2 ? [facts.shape[1] as string, facts.shape[0] as string] : facts.shape;
    giveShape(draft, entity, shape, "declared");
    entity.declaredAt ??= spanOf(draft, place, { start: left.start, end: set.end });
    for (const property of facts.properties) entity.properties.add(property);
  }
}

function isMember(arg: Expr): boolean {
  return arg.kind === "symbol" && arg.subscripts.length === 1 && arg.subscripts.every(isIndexLetter);
}

/** "the function $f(x), x \\in \\mathbb{R}^n$": x is in the set, and nothing is said of what f gives. */
function isOfAnother(item: Expr, items: readonly Expr[]): boolean {
  const keys = new Set(items.flatMap((other) => (other.kind === "symbol" ? [taggedKey(other)] : [])));
  return item.kind === "apply" && item.args.some((arg) => arg.kind === "symbol" && keys.has(taggedKey(arg)));
}

function spanOf(draft: Draft, { formula }: Located, place: { start: number; end: number }): Span | null {
  const source = draft.document.formulas[formula]?.source;
  return source ? { start: offsetAt(source, place.start), end: offsetAt(source, place.end - 1) + 1 } : null;
}

/** `x \sim N(m, S)` */
function declareDistribution(draft: Draft, left: Expr, right: Expr, place: Place): void {
  const [mean, covariance] = momentsOf(right);
  if (!mean || !covariance) return;
  const zero = (mean.kind === "number" && mean.numerator === 0) || (mean.kind === "symbol" && mean.name === "0");
  for (const symbol of subjects(left)) draft.table.declare(symbol, place).distribution = { mean: zero ? null : mean, covariance };
}

/** `\mathbb{E}[x] = \mu`, `\operatorname{Cov}(x) = \Sigma` in the words around formulas. */
function declareMoment(draft: Draft, left: Expr, right: Expr, place: Place): void {
  const isZero = (right.kind === "number" && right.numerator === 0) || (right.kind === "symbol" && right.name === "0");
  if (left.kind !== "statistic" || left.over || left.body.kind !== "symbol" || left.body.subscripts.length || left.body.tags.length) return;
  const isVariance = right.kind === "power" && right.base.kind === "symbol";
  if (right.kind !== "symbol" && !isVariance && !isZero) return;
  const entity = draft.table.declare(left.body, place);
  const known = entity.distribution ?? { mean: "unsaid", covariance: null };
  if (left.name === "E") entity.distribution = known.mean === "unsaid" ? { ...known, mean: isZero ? null : right } : known;
  else if (!isZero) {
    entity.distribution = { ...known, covariance: known.covariance ?? right };
    if (right.kind === "symbol" && /^[A-Z]/.test(right.name) && !right.subscripts.length) declareDefinite(draft, right, "positiveDefinite", place);
  }
}

/** `c(x) \in \mathbb{R}` of an array x: c takes all such arrays, and says nothing of other letters that it is written of; a c that is written without x is its value there. */
export function declareNumberFunctions({ table, located }: Draft): void {
  for (const entity of table.all) {
    const [argument, ...others] = entity.parameters;
    if (!argument || others.length || entity.shape?.length !== 0 || entity.shapeFrom !== "declared" || entity.isLoss || entity.definition) continue;
    const taken = table.resolve(argument, entity)?.entity;
    if (!taken?.shape?.length || taken.definition || located.some(({ assertion: { sides } }) => sides.some((side) => standsForItsValue(side, entity.symbol)))) continue;
    entity.isFunction = true;
    entity.domain = taken.shape;
    entity.parameters = [];
  }
}

/** Whether a letter is written without arguments, other than as what is differentiated. */
function standsForItsValue(expr: Expr, symbol: SymbolExpr): boolean {
  if (expr.kind === "symbol") return taggedKey(expr) === taggedKey(symbol);
  const { kind } = expr;
  return childrenOf(expr).some((child) => !(kind === "derivative" && child === expr.of && child.kind === "symbol") && standsForItsValue(child, symbol));
}

/** `y = f(x)` of declared vectors of unlike lengths, or of an array and a number: f takes the one and gives the other. */
export function declareFunctionsBetween(draft: Draft): void {
  const shapeOf = (expr: Expr | undefined, place: Place): readonly string[] | null => {
    const entity = expr?.kind === "symbol" && !expr.subscripts.length ? draft.table.resolve(expr, place)?.entity : null;
    return entity?.shapeFrom === "declared" ? entity.shape : null;
  };
  const isVector = (shape: readonly string[]): boolean => shape.length === 2 && shape[1] === "1" && shape[0] !== "1";
  for (const located of draft.located) {
    const [value, applied, ...more] = located.assertion.sides;
    if (applied?.kind !== "apply" || more.length || applied.primes || applied.args.length !== 1 || applied.fn.subscripts.length || wordOf(applied.fn.name) || draft.table.resolve(applied.fn, located)) continue;
    const [given, taken] = [shapeOf(value, located), shapeOf(applied.args[0], located)];
    if (!given || !taken?.some((dim) => dim !== "1") || (given.length && !(isVector(given) && isVector(taken) && given[0] !== taken[0]))) continue;
    const entity = draft.table.declare(applied.fn, located);
    entity.isFunction = true;
    entity.domain = taken;
    giveShape(draft, entity, given, "declared");
  }
}

/** "where $A(t)$ is positive definite", of a matrix that nothing defines: it depends on t. */
export function declareDependence(draft: Draft): void {
  for (const { inline, assertion, position, section } of draft.located) {
    const [side] = assertion.sides;
    if (!inline || side?.kind !== "apply" || side.primes || !side.args.every((arg) => arg.kind === "symbol" && !arg.subscripts.length)) continue;
    const entity = draft.table.resolve(side.fn, { position, section })?.entity;
    const isMatrix = entity?.shape?.length === 2 && !entity.shape.includes("1");
    if (entity && isMatrix && !entity.definition && !entity.isFunction && !entity.parameters.length) entity.parameters = side.args as SymbolExpr[];
  }
}

/** The arguments of N, which may be a size elsewhere in the text. */
function momentsOf(right: Expr): readonly Expr[] {
  if (right.kind === "apply") return right.fn.name === "N" ? right.args : [];
  const [name, both, ...more] = right.kind === "product" ? right.factors : [];
  return name?.kind === "symbol" && name.name === "N" && both?.kind === "tuple" && !more.length ? both.items : [];
}

/** A random vector and its mean are of one shape, of which the covariance has two sides. */
export function shapeMoments(draft: Draft): void {
  for (const entity of [...draft.table.all]) {
    if (!entity.distribution) continue;
    const { mean, covariance } = entity.distribution;
    shareShape(draft, entity.symbol, mean === "unsaid" ? null : mean, covariance, entity);
    const spread = covariance?.kind === "symbol" ? draft.table.resolve(covariance, entity)?.entity : undefined;
    if (spread?.shape?.length === 2 && !spread.shape.includes("1")) spread.properties.add("symmetric").add("positiveSemidefinite");
  }
  for (const located of draft.located) {
    for (const { args } of located.assertion.sides.flatMap(densitiesIn)) {
      shareShape(draft, args[0] as Expr, args[1] as Expr, args[2] as Expr, located);
      shapeByCovariance(draft, args.slice(0, 2), args[2] as Expr, located);
    }
  }
}

function shareShape(draft: Draft, x: Expr, mean: Expr | null, covariance: Expr | null, place: Place): void {
  const meant = (expr: Expr | null): Entity | null => (expr?.kind === "symbol" ? (draft.table.resolve(expr, place)?.entity ?? null) : null);
  const shape = [x, mean].map((expr) => meant(expr)?.shape).find((one) => one?.includes("1"));
  if (!shape) return;
  const length = shape.find((dim) => dim !== "1") as string;
  for (const [expr, own] of [[x, shape], [mean, shape], [covariance, [length, length]]] as const) {
    const entity = expr?.kind === "symbol" ? (meant(expr) ?? draft.table.declare(expr, place)) : null;
    if (entity?.shape === null && !entity.definition) giveShape(draft, entity, own, "declared");
  }
}

/** What has a matrix for its covariance is a vector, where nothing says what it is, and no members of it are written. */
function shapeByCovariance(draft: Draft, vectors: readonly Expr[], covariance: Expr, place: Place): void {
  const [size, other] = (covariance.kind === "symbol" && draft.table.resolve(covariance, place)?.entity.shape) || [];
  const hasMembers = (letter: SymbolExpr): boolean => draft.located.some(({ assertion }) => assertion.sides.some((side) => symbolsIn(side).some((other) => other.name === letter.name && (other.subscripts.length > 0 || other.tags.length > 0))));
  const isPlain = (expr: Expr): expr is SymbolExpr => expr.kind === "symbol" && !expr.subscripts.length && !expr.tags.length && !hasMembers(expr);
  if (size === undefined || size === "1" || other !== size || !vectors.every(isPlain)) return;
  const known = vectors.map((symbol) => draft.table.resolve(symbol, place)?.entity);
  if (known.some((entity) => entity && (entity.shape || entity.definition || entity.isFunction))) return;
  const areRows = draft.located.some(({ assertion: { sides } }) => sides.some((side) => squaresRow(side, vectors)));
  vectors.forEach((symbol, i) => giveShape(draft, known[i] ?? draft.table.declare(symbol, place), areRows ? ["1", size] : [size, "1"], "inferred"));
}

/** `(x - \mu)\Sigma^{-1}(x - \mu)^\top` of rows. */
function squaresRow(expr: Expr, vectors: readonly SymbolExpr[]): boolean {
  const factors = expr.kind === "product" ? expr.factors : [];
  const isSquare = factors.some((row, i) => {
    const column = factors[i + 2];
    return column?.kind === "transpose" && isAlike(column.base, row) && symbolsIn(row, false).some((symbol) => vectors.some((vector) => taggedKey(vector) === taggedKey(symbol)));
  });
  return isSquare || childrenOf(expr).some((child) => squaresRow(child, vectors));
}

/** `\mathcal{N}(x \mid \mu, \Sigma)` */
function densitiesIn(expr: Expr): (Expr & { kind: "apply" })[] {
  const own = expr.kind === "apply" && expr.fn.name === "N" && expr.fn.font === "mathcal" && expr.args.length === 3 ? [expr] : [];
  return [...own, ...childrenOf(expr).flatMap(densitiesIn)];
}

/** The last argument of `\mathcal{N}(\mu, \Sigma)` is a covariance: symmetric and positive definite. */
function declareNormals(draft: Draft, expr: Expr, place: Place): void {
  for (const child of childrenOf(expr)) declareNormals(draft, child, place);
  if (expr.kind !== "apply" || expr.fn.name !== "N" || expr.fn.font !== "mathcal" || expr.args.length < 2) return;
  const covariance = expr.args[expr.args.length - 1];
  // A single capital may be a variance; Σ is a matrix.
  if (covariance?.kind === "symbol" && covariance.name === "Sigma") declareDefinite(draft, covariance, "positiveDefinite", place);
}

/** `f : \mathbb{R}^n \to \mathbb{R}^m`: what f takes and what it gives. */
function declareSignature(draft: Draft, left: Expr, domain: Expr, codomain: Expr | undefined, place: Place): void {
  const facts = codomain ? factsOfSet(codomain) : null;
  if (!facts?.shape) return;
  for (const fn of left.kind === "tuple" ? left.items : [left]) {
    if (fn.kind !== "symbol") continue;
    const entity = draft.table.declare(fn, place);
    entity.isFunction = true;
    entity.domain = factsOfSet(domain)?.shape ?? null;
    giveShape(draft, entity, facts.shape, "declared");
    for (const dim of entity.domain ?? []) for (const atom of atomsOf(dim)) draft.table.sizeNames.add(atom);
  }
}

function declareAnnotation(draft: Draft, symbol: SymbolExpr, place: Located): void {
  const annotation = shapeAnnotation(symbol);
  const dims = annotation?.map(sizeKey);
  if (!dims || dims.some((dim) => dim === null)) return;
  if (["I", "0", "1"].includes(symbol.name)) return;
  const entity = draft.table.declare(symbol, place);
  giveShape(draft, entity, dims as string[], "declared");
  entity.declaredAt ??= spanOf(draft, place, symbol);
}

/** What vectors depend on; other letters are more likely arguments of a function. */
const time = /^(t|s|tau)$/;

/** `A = A^\top`, `Q^\top Q = I`, `A = A(t)` */
function declareProperty(draft: Draft, left: Expr, right: Expr, place: Place): void {
  for (const [a, b] of [[left, right], [right, left]] as const) {
    if (a.kind === "symbol" && b.kind === "transpose" && b.base.kind === "symbol" && taggedKey(b.base) === taggedKey(a) && !a.subscripts.length) {
      const entity = draft.table.declare(a, place);
      entity.properties.add("symmetric");
      makeSquare(draft, entity);
    }
    if (a.kind === "symbol" && !a.subscripts.length && b.kind === "apply" && taggedKey(b.fn) === taggedKey(a) && b.args.every((arg) => arg.kind === "symbol")) draft.table.declare(a, place).parameters = b.args as SymbolExpr[];
  }
  declareCommutation(draft, left, right, place);
  declareHalving(draft, left, right, place);
  if (left.kind === "product" && left.factors.length === 2 && right.kind === "symbol" && right.name === "I") {
    const [first, second] = left.factors as [Expr, Expr];
    if (first.kind === "transpose" && first.base.kind === "symbol" && second.kind === "symbol" && taggedKey(first.base) === taggedKey(second)) draft.table.declare(second, place).properties.add("orthonormalColumns");
  }
}

/** `K_{mn} \operatorname{vec}(X) = \operatorname{vec}(X^\top)` */
function declareCommutation(draft: Draft, left: Expr, right: Expr, place: Place): void {
  const [matrix, stacked] = left.kind === "product" && left.factors.length === 2 ? left.factors : [];
  const [of, transposed] = [stacked && stackedIn(stacked), stackedIn(right)];
  if (matrix?.kind !== "symbol" || !matrix.subscripts.length || of?.kind !== "symbol" || !transposed) return;
  const base = transposed.kind === "transpose" ? transposed.base : transposed.kind === "symbol" && transposed.primes === 1 ? { ...transposed, primes: 0 } : null;
  if (base?.kind === "symbol" && taggedKey(base) === taggedKey(of)) draft.table.declare(matrix, place).properties.add("commutationMatrix");
}

/** `D_n \operatorname{vech}(A) = \operatorname{vec}(A)`, `L_n \operatorname{vec}(A) = \operatorname{vech}(A)`, in the words around formulas and either way round. */
function declareHalving(draft: Draft, left: Expr, right: Expr, place: Place & { readonly inline?: boolean }): void {
  if (!place.inline) return;
  for (const [product, whole] of [[left, right], [right, left]] as const) {
    const [matrix, stacked, ...more] = product.kind === "product" ? product.factors : [];
    if (matrix?.kind !== "symbol" || !matrix.subscripts.length || more.length || stacked?.kind !== "apply" || whole.kind !== "apply") continue;
    const [from, to] = [stacked.fn.name, whole.fn.name];
    if (from === "vech" && wordOf(to)?.fn === "vec") draft.table.declare(matrix, place).properties.add("duplicationMatrix");
    if (wordOf(from)?.fn === "vec" && to === "vech") draft.table.declare(matrix, place).properties.add("eliminationMatrix");
  }
}

function stackedIn(expr: Expr): Expr | null {
  return expr.kind === "apply" && wordOf(expr.fn.name)?.fn === "vec" && expr.args.length === 1 ? (expr.args[0] as Expr) : null;
}

/** `w_{ij} = w_{ji}`, `a_{ij} = -a_{ji}` in the words around formulas: of the matrix with these entries. */
function declareMirrored(draft: Draft, left: Expr, right: Expr, place: Place): void {
  const entity = mirrorOf(left, right) ? matrixOf(draft, left as SymbolExpr, place) : null;
  if (!entity) return;
  entity.properties.add(right.kind === "symbol" ? "symmetric" : "skew");
  makeSquare(draft, entity);
}

/** What has an entry with two letters, if that may be a matrix. */
export function matrixOf(draft: Draft, entry: SymbolExpr, place: Place): Entity | null {
  const entity = wholeOf(draft, entry, place) ?? draft.table.declare({ ...entry, subscripts: [] }, place);
  return entity.shape && entity.shape.length !== 2 ? null : entity;
}

/** The array of an entry with two letters: the a_{ij} may be those of A. */
function wholeOf(draft: Draft, entry: SymbolExpr, place: Place): Entity | undefined {
  const resolved = draft.table.resolve(entry, place);
  return resolved?.indices.length === 2 && !resolved.family ? resolved.entity : draft.table.resolve({ ...entry, subscripts: [] }, place)?.entity;
}

/** What a side says of the entries mirrored to those of the other: `w_{ji}` or `-w_{ji}` beside `w_{ij}`. */
export function mirrorOf(left: Expr, right: Expr): boolean {
  const [only, ...others] = right.kind === "sum" ? right.terms : [];
  const mirror = only?.sign === -1 && !others.length ? only.expr : right;
  if (left.kind !== "symbol" || mirror.kind !== "symbol" || taggedKey(left) !== taggedKey(mirror) || !left.subscripts.every(isIndexLetter)) return false;
  const [a, b] = [left, mirror].map(({ subscripts }) => subscripts.map(({ text }) => text));
  return a?.length === 2 && a[0] !== a[1] && b?.length === 2 && a[0] === b[1] && a[1] === b[0];
}

/** `\sum_k p_k = 1`, `\mathbf{1}^\top p = 1`, `\|u\| = 1` in the words around formulas. */
function declareNormalised(draft: Draft, left: Expr, right: Expr, place: Place): void {
  const normalised = right.kind === "number" && right.numerator === 1 && right.denominator === 1 ? normalisedBy(left) : null;
  if (!normalised || draft.table.resolve(normalised.symbol, place)?.entity.definition) return;
  const entity = draft.table.declare(normalised.symbol, place);
  entity.properties.add(normalised.property);
  if (entity.shape === null) giveShape(draft, entity, [draft.table.sizes.length(), "1"], "declared");
}

function normalisedBy(left: Expr): { symbol: SymbolExpr; property: string } | null {
  if (left.kind === "norm" && left.body.kind === "symbol" && left.which === null) return { symbol: left.body, property: "unit" };
  if (left.kind === "big" && left.operator === "sum" && left.indices.length === 1 && left.body.kind === "symbol") {
    const [below, ...others] = left.body.subscripts;
    const isOwn = below?.expr.kind === "symbol" && below.expr.name === left.indices[0]?.symbol.name;
    return isOwn && !others.length ? { symbol: { ...left.body, subscripts: [] }, property: "sumsToOne" } : null;
  }
  const [first, second] = left.kind === "product" && left.factors.length === 2 ? left.factors : [];
  if (first?.kind !== "transpose" || second?.kind !== "symbol" || first.base.kind !== "symbol") return null;
  if (first.base.name === "1") return { symbol: second, property: "sumsToOne" };
  return taggedKey(first.base) === taggedKey(second) && /^[a-z]/.test(second.name) ? { symbol: second, property: "unit" } : null;
}

/** `x_1, \dots, x_N` stands for every `x_i`, whatever stands before and behind it: `q, x_1, \dots, x_N`. */
function withGeneralMember(items: readonly Expr[]): readonly Expr[] {
  const enumerated = new Map(items.flatMap((item, at) => {
    const before = items[at - 1];
    return item.kind === "dots" && before?.kind === "symbol" && before.subscripts.length === 1 ? [[taggedKey(before), before] as const] : [];
  }));
  const general = [...enumerated.values()].map((symbol) => {
    const below = symbol.subscripts[0] as SymbolExpr["subscripts"][number];
    return { ...symbol, subscripts: [{ ...below, text: "i", expr: plainSymbol("i", "", below, []) }] };
  });
  return [...general, ...items.filter((item) => item.kind !== "dots" && !(item.kind === "symbol" && item.subscripts.length === 1 && enumerated.has(taggedKey(item))))];
}

function subjects(expr: Expr): SymbolExpr[] {
  return (expr.kind === "tuple" ? expr.items : [expr]).filter((item): item is SymbolExpr => item.kind === "symbol");
}

function bareSubject(expr: Expr): SymbolExpr | null {
  if (expr.kind === "symbol") return expr;
  if (expr.kind === "transpose") return bareSubject(expr.base);
  // `\sigma^2 \in \mathbb{R}^{1 \times D}`: σ is of the same shape.
  if (expr.kind === "power" && expr.base.kind === "symbol" && /^[a-z]/.test(expr.base.name) && expr.exponent.kind === "number" && expr.exponent.numerator === 2) return expr.base;
  if (expr.kind === "apply" && !expr.primes && expr.args.every((arg) => arg.kind === "symbol")) return expr.fn;
  return null;
}
