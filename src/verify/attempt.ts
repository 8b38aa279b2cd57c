/** One claim under one reading: its two sides as terms, and whether they agree. */
import { childrenOf, derivativesIn, type Expr, occurs, type Subscript, type SymbolExpr, symbolsIn, wordOf } from "../semantics/expression";
import type { Located, Model } from "../semantics/model";
import { differentialKey, setVarying } from "../readings/derivatives";
import { chanceOf } from "../readings/expectations";
import { Failure } from "../readings/failure";
import { type Binding, Lowering } from "../readings/lower";
import type { Memo } from "../readings/memo";
import { isVector } from "../readings/operations";
import { type Reading, watched, type WatchedReading } from "../readings/reading";
import { isMemberName, runsIn } from "../readings/running";
import { type Axis, type Env, isScalar, mergeAxes, termOf, type Value } from "../readings/value";
import { fullKey, shapeAnnotation, taggedKey } from "../semantics/symbols/key";
import type { SizeClasses } from "../semantics/symbols/sizes";
import { isIndexLetter } from "../semantics/symbols/table";
import { constant, contract, type Term } from "../tensor";
import { bothZero, compare, type Comparison, type Pair } from "./compare";
import type { Drawing } from "./draw";
import { burn } from "./fuel";
import { past, remember } from "./past";
import { assignments, Sizes } from "./sizes";
import { tell } from "./trials";

export interface Claim {
  readonly located: Located;
  /** Which link of the chain. */
  readonly link: number;
  readonly left: Expr;
  readonly right: Expr;
  /** The claim holds up to a constant factor. */
  readonly proportional: boolean;
  /** The sides before it are shown to be equal: what is said is said of the first. */
  readonly shown?: boolean;
}

export interface Options {
  readonly overrides?: ReadonlyMap<string, "scalar" | "vector" | "matrix">;
  readonly extra?: ReadonlyMap<string, readonly string[]>;
  /** What is compared instead of the sides themselves. */
  readonly transform?: (sides: Sides) => { left: Value; right: Value } | null;
  /** What was lowered before, for the same place, reading and overrides. */
  readonly memo?: Memo;
  /** Other sides than the claim's expressions. */
  readonly build?: (lowering: Lowering) => { left: Value; right: Value };
}

export interface Sides {
  readonly left: Value;
  readonly right: Value;
  readonly lowering: Lowering;
  /** The left side is the derivative of a vector. */
  readonly jacobian: boolean;
}

export type Attempt =
  | { readonly outcome: "compared"; readonly comparison: Comparison; readonly sides: Sides; readonly sizes: Readonly<Record<string, number>>; readonly free: readonly Axis[]; readonly shape: readonly number[]; /** What was compared, by each differentiator. */ readonly pairs: readonly Pair[]; readonly drawing: Drawing }
  | { readonly outcome: "shape"; readonly failure: Failure; readonly lowering: Lowering }
  | { readonly outcome: "failed"; readonly failure: Failure; readonly lowering: Lowering };

/** What both sides were lowered by, however it ended. */
export function loweringOf(made: Attempt | { readonly outcome: "differs"; readonly lowering: Lowering }): Lowering {
  return made.outcome === "compared" ? made.sides.lowering : made.lowering;
}

const sizeTrials = 2;

export function attempt(model: Model, claim: Claim, reading: Reading, options: Options = {}): Attempt {
  const { overrides, extra, transform, build } = options;
  const made = overrides || extra || transform || build ? attempted(model, claim, watched(reading), options, []) : remembered(model, claim, reading);
  tell(model, { claim, reading, options, made });
  return made;
}

/** What was attempted before is not attempted again. */
function remembered(model: Model, claim: Claim, reading: Reading): Attempt {
  const before = past(model, claim, reading);
  if (before && before.outcome !== "differs") {
    if (loweringOf(before).algebra.repeated) noteRepeat(model);
    return before;
  }
  const made = attempted(model, claim, watched(reading), {}, []);
  remember(model, claim, made);
  return made;
}

function attempted(model: Model, claim: Claim, reading: WatchedReading, options: Options, letters: readonly string[]): Attempt {
  const lowering = prepare(model, claim, reading, options);
  if (model.facts.some(({ kind }) => kind === "summation") && [claim.left, claim.right].some((side) => leavesSumsOut(side, new Set()))) return { outcome: "failed", failure: new Failure("unsupported", "an index that is repeated without a sum", claim.left), lowering };
  try {
    const sides = lowerSides(lowering, claim, options, letters);
    const transformed = options.transform ? options.transform(sides) : reconcile(sides, claim);
    if (!transformed) throw new Failure("unsupported", "the transformation does not apply", claim.left);
    return decide(transformed, sides, claim, options);
  } catch (error) {
    if (!(error instanceof Failure)) return { outcome: "failed", failure: fault(error), lowering };
    if (error.index && isRepeated(lowering, claim, error.index)) return { outcome: "failed", failure: new Failure("unsupported", "an index that is repeated without a sum", error.place), lowering };
    const more = withFreeLetter(letters, error);
    if (more) return attempted(model, claim, reading, options, more);
    return { outcome: error.kind === "shape" ? "shape" : "failed", failure: error, lowering };
  }
}

/** A letter that only a definition has below it (`\log p_c` for the true class c) stands for any position: the letters to try again with. */
export function withFreeLetter(letters: readonly string[], { index }: Failure): readonly string[] | null {
  return index && !letters.includes(index) && letters.length < 2 ? [...letters, index] : null;
}

/** `g_{ij} x_i x_j` in a definition, with the sums left out: they are not read. */
function isRepeated(lowering: Lowering, { left, right }: Claim, letter: string): boolean {
  const has = (expr: Expr): boolean => symbolsIn(expr, false).some(({ subscripts }) => subscripts.some(({ text }) => text === letter));
  // `\\operatorname{diag}(p_i (1 - p_i))` runs over its own index.
  const twice = (expr: Expr): boolean => !(expr.kind === "apply" && wordOf(expr.fn.name)?.fn === "diag") && ((expr.kind === "product" && expr.factors.filter(has).length > 1) || childrenOf(expr).some(twice));
  return [left, right].flatMap((side) => symbolsIn(side, false)).some((symbol) => {
    const definition = lowering.resolve(symbol)?.entity.definition;
    return definition?.kind === "value" && twice(definition.expr);
  });
}

/** An index twice in a product, and no sum around it. */
function leavesSumsOut(expr: Expr, bound: ReadonlySet<string>): boolean {
  const inner = expr.kind === "big" ? new Set([...bound, ...expr.indices.map(({ symbol }) => symbol.name)]) : bound;
  if (expr.kind === "product") {
    const letters = expr.factors.flatMap((factor) => [...new Set(symbolsIn(factor, false).flatMap(({ subscripts }) => subscripts.map(({ text }) => text)))]);
    if (letters.some((letter, i) => /^[a-z]$/.test(letter) && letters.indexOf(letter) < i && !bound.has(letter))) return true;
  }
  return childrenOf(expr).some((child) => leavesSumsOut(child, inner));
}

/** Our own bugs cost one claim, and say so. */
export function fault(error: unknown): Failure {
  faults.push(error);
  return new Failure("unsupported", `gradcheck could not compute this: ${error instanceof Error ? error.message : String(error)}`, { start: 0, end: 0 });
}

/** What went wrong inside since the tests last looked. */
export const faults: unknown[] = [];

export function prepare(model: Model, claim: Claim, reading: WatchedReading, { overrides, memo }: Options): Lowering {
  burn(model);
  const lowering = new Lowering(model, claim.located, reading, memo ? memo.next(reading) : sizesAt(model, claim, reading), restsOnDefinition(claim) ? null : claim.located.id, overrides, memo);
  lowering.algebra.onRepeat = () => noteRepeat(model);
  return lowering;
}

const repeats = new WeakMap<Model, number>();

function noteRepeat(model: Model): void {
  repeats.set(model, repeatsIn(model) + 1);
}

/** How often it has mattered so far how a bias is repeated. */
export function repeatsIn(model: Model): number {
  return repeats.get(model) ?? 0;
}

/** `Y = XW = [y_{11} …]`: the first link says what Y is, and the later ones may use it. */
function restsOnDefinition({ link, located }: Claim): boolean {
  return link > 0 && link < located.assertion.links.length && located.assertion.links[0]?.operator === "=";
}

/** What the document says of sizes at the place of a claim. */
export function sizesAt(model: Model, { located }: Claim, reading: Reading): SizeClasses {
  const classes = model.table.sizes.fork();
  for (const [dim, value] of model.fixedSizes.get(located.section) ?? []) classes.force(dim, String(value));
  const example = model.exampleSizes.get(located.section);
  if (example && reading.sizes === "example") for (const [dim, value] of example) if (!/^\d+$/.test(classes.find(dim))) classes.force(dim, String(value));
  return classes;
}

/** One expression of a claim by itself; null where it has no value. */
export function attemptValue(model: Model, claim: Claim, reading: Reading, of: Expr, asked = false): { value: Value; lowering: Lowering } | null {
  return attemptWith(model, claim, reading, of, asked, (lowering) => ({ value: lowering.lower(of), lowering }));
}

/** What is made of one expression of a claim by the lowering that its letters are bound in; null where it has no value. */
export function attemptWith<T>(model: Model, claim: Claim, reading: Reading, of: Expr, asked: boolean, make: (lowering: Lowering) => T): T | null {
  const lowering = prepare(model, claim, watched(reading), {});
  lowering.asked = asked;
  try {
    setVarying(lowering, varyingIn([of]));
    return lowering.within(freeBindings(lowering, { ...claim, left: of, right: of }), () => make(lowering));
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}

/** Lowers both sides with their free indices, further `letters` and differentials bound. */
export function lowerSides(lowering: Lowering, claim: Claim, options: Options, letters: readonly string[] = []): Sides {
  return lowering.within(letters.map((letter) => lowering.bindFree(letter, false)), () => lowerBound(lowering, claim, options));
}

function lowerBound(lowering: Lowering, claim: Claim, options: Options): Sides {
  const { left, right } = claim;
  setVarying(lowering, varyingFor(lowering, claim));
  lowering.indexed = indexedIn([left, right]);
  lowering.chance = chanceOf(lowering, [left, right]);
  const run = (): Sides => {
    if (options.build) return { ...options.build(lowering), lowering, jacobian: false };
    const l = left.kind === "derivative" && left.of.kind === "symbol" ? differentiated(lowering, left) : lowering.lower(left);
    const r = lowering.lower(right);
    if (lowering.reading.transposedLeft && isMatrixByNumber(lowering, left, l)) throw new Failure("unsupported", "the derivative of a matrix by a number has one layout", left);
    return { left: lowering.reading.transposedLeft ? lowering.algebra.transpose(l) : l, right: r, lowering, jacobian: isJacobian(lowering, left) };
  };
  return lowering.within(freeBindings(lowering, claim), run);
}

/** Letters that have the same indices wherever they have any. */
export function indexedIn(sides: readonly Expr[]): Map<string, SymbolExpr> {
  const found = new Map<string, SymbolExpr | null>();
  for (const symbol of sides.flatMap((side) => (occurs("index", side) ? symbolsIn(side, false) : []))) {
    if (!symbol.subscripts.length) continue;
    const known = found.get(taggedKey(symbol));
    found.set(taggedKey(symbol), known === undefined || (known && fullKey(known) === fullKey(symbol)) ? symbol : null);
  }
  return new Map([...found].filter((entry): entry is [string, SymbolExpr] => entry[1] !== null));
}

/** ∂Y/∂t and ∂Y/∂x_{ij} have the shape of Y, whoever writes them. */
function isMatrixByNumber(lowering: Lowering, left: Expr, value: Value): boolean {
  if (left.kind !== "derivative" || value.shape.length !== 2 || isVector(lowering, value) || left.order !== 1) return false;
  try {
    const of = lowering.lower(left.of);
    return of.shape.length === 2 && !isVector(lowering, of);
  } catch (error) {
    if (error instanceof Failure) return false;
    throw error;
  }
}

function isJacobian(lowering: Lowering, left: Expr): boolean {
  if (left.kind !== "derivative" || left.order !== 1) return false;
  try {
    return isVector(lowering, lowering.lower(left.of));
  } catch (error) {
    if (error instanceof Failure) return false;
    throw error;
  }
}

/** A derivative whose own function does not fit together was not understood: that is no error of what is said of it. */
function differentiated(lowering: Lowering, left: Expr): Value {
  try {
    return lowering.lower(left);
  } catch (error) {
    if (error instanceof Failure && error.kind === "shape") throw new Failure("ambiguous", error.message, error.place, true);
    throw error;
  }
}

/** What varies under d: what the claim says, else what its chain says, else everything that stands under a d and can. */
export function varyingFor(lowering: Lowering, claim: Claim): readonly SymbolExpr[] {
  if (!speaksOfDifferentials(claim)) return [];
  for (const sides of [[claim.left, claim.right], claim.located.assertion.sides]) {
    const placed = new Set(sides.flatMap(placedIn).map(taggedKey));
    const written = varyingIn(sides).filter((symbol) => !placed.has(taggedKey(symbol)));
    if (written.length) return sourcesOf(lowering, written);
  }
  const below = [claim.left, claim.right].flatMap(differentialsIn).flatMap(({ of }) => symbolsIn(of, false));
  const variables = below.filter((symbol) => {
    const entity = lowering.resolve(symbol)?.entity;
    return !symbol.subscripts.length && (!entity || (!entity.definition && !entity.isFunction && !entity.isSize && !entity.named && !entity.properties.has("constant")));
  });
  return [...new Map(variables.map((symbol) => [differentialKey(symbol) as string, symbol])).values()];
}

/** Whether d stands in a claim or in its chain. */
export function speaksOfDifferentials({ left, right, located }: Claim): boolean {
  return [left, right, ...located.assertion.sides].some((side) => occurs("differential", side));
}

/** In `df = \operatorname{tr}(G^\top dX)` X varies, and f with it; in `dJ = \tfrac12 J \operatorname{tr}(C^{-1} dC)` what both are defined from. */
function sourcesOf(lowering: Lowering, written: readonly SymbolExpr[]): readonly SymbolExpr[] {
  const below = new Map(written.map((symbol) => [symbol, madeOf(lowering, symbol)]));
  const sources = written.filter((symbol) => !written.some((other) => other !== symbol && below.get(symbol)?.has(taggedKey(other))));
  const [first, ...rest] = sources.map((symbol) => below.get(symbol) as ReadonlyMap<string, SymbolExpr>);
  const common = first && rest.length ? [...first].filter(([key, symbol]) => madeOf(lowering, symbol).size === 0 && rest.every((other) => other.has(key))) : [];
  return common.length ? common.map(([, symbol]) => symbol) : sources;
}

/** What a symbol is defined from, through definitions. */
function madeOf(lowering: Lowering, symbol: SymbolExpr, found = new Map<string, SymbolExpr>()): Map<string, SymbolExpr> {
  const entity = lowering.resolve(symbol)?.entity;
  if (!entity?.definition || !lowering.usable(entity)) return found;
  for (const inner of symbolsIn(entity.definition.expr, false)) {
    if (found.has(taggedKey(inner))) continue;
    found.set(taggedKey(inner), inner);
    madeOf(lowering, inner, found);
  }
  return found;
}

/** Letters that are given a value at the end: `\big|_{y = Wx}`. */
function placedIn(expr: Expr): SymbolExpr[] {
  if (!occurs("at", expr)) return [];
  const own = expr.kind === "at" ? expr.where.flatMap(({ sides: [letter] }) => (letter?.kind === "symbol" ? [letter] : [])) : [];
  return [...own, ...childrenOf(expr).flatMap(placedIn)];
}

export function differentialsIn(expr: Expr): (Expr & { kind: "differential" })[] {
  if (!occurs("differential", expr)) return [];
  return [...(expr.kind === "differential" ? [expr] : []), ...childrenOf(expr).flatMap(differentialsIn)];
}

/** Symbols whose differential is written: what varies under d. */
function varyingIn(sides: readonly Expr[]): SymbolExpr[] {
  const found = new Map<string, SymbolExpr>();
  const visit = (expr: Expr): void => {
    if (expr.kind === "differential" && expr.of.kind === "symbol") found.set(differentialKey(expr.of) as string, expr.of);
    if (expr.kind === "differential" && expr.of.kind === "transpose" && expr.of.base.kind === "symbol") found.set(differentialKey(expr.of.base) as string, expr.of.base);
    childrenOf(expr).forEach(visit);
  };
  sides.forEach(visit);
  return [...found.values()];
}

/** Letters in subscripts that no sum binds: they run over their whole range, the same on both sides. */
export function freeBindings(lowering: Lowering, claim: Claim): [string, Binding][] {
  const letters = new Map<string, { value: boolean }>();
  const sides = [claim.left, claim.right];
  const dots = sides.some(hasDots);
  const seen = new Set<number>();
  // `P = E[x_t x_t^\top]` leaves out its index: it is that of the claims about P.
  const visitDefinition = (symbol: SymbolExpr): void => {
    const entity = symbol.subscripts.length ? undefined : lowering.resolve(symbol)?.entity;
    if (!entity?.definition || entity.definition.kind !== "value" || !lowering.usable(entity) || seen.has(entity.id)) return;
    seen.add(entity.id);
    visit(entity.definition.expr, new Set());
  };
  const compared: { sides: readonly Expr[]; bound: ReadonlySet<string> }[] = [];
  const visit = (expr: Expr, bound: ReadonlySet<string>): void => {
    if (expr.kind === "indicator") compared.push({ sides: expr.condition.sides, bound });
    if (!lowering.chance && !occurs("index", expr)) return;
    if (expr.kind === "symbol" && lowering.chance) visitDefinition(expr);
    if (expr.kind === "symbol") noteSubscripts(lowering, expr, expr.subscripts, bound, letters, dots);
    if (expr.kind === "apply") noteSubscripts(lowering, expr.fn, expr.fn.subscripts, bound, letters, dots);
    if (expr.kind === "entry") for (const index of expr.indices) noteLetters(lowering, index, expr.indices, bound, letters, dots);
    if (expr.kind === "big") {
      const inner = new Set([...bound, ...expr.indices.map((index) => taggedKey(index.symbol))]);
      for (const index of expr.indices) for (const side of [index.from, index.to]) if (side) visit(side, bound);
      visit(expr.body, inner);
      return;
    }
    for (const child of childrenOf(expr)) visit(child, bound);
  };
  for (const side of sides) visit(side, new Set());
  // In `\mathbb{1}[k = y]` y is a place as k is.
  for (const { sides: pair, bound } of compared) {
    const isPlace = (letter: Expr): boolean => letter.kind === "symbol" && [bound, letters].some((known) => known.has(taggedKey(letter)));
    if (pair.length === 2 && pair.some(isPlace)) for (const letter of pair) if (letter.kind === "symbol" && !letter.subscripts.length) noteLetters(lowering, { ...letter, expr: letter, text: letter.name }, [], bound, letters, dots);
  }
  return [...letters].map(([letter, { value }]) => lowering.bindFree(letter, value));
}

function hasDots(expr: Expr): boolean {
  if (!occurs("dots", expr) && !occurs("matrix", expr)) return false;
  if (expr.kind === "dots") return true;
  if (expr.kind === "matrix" && expr.rows.some((row) => row.some((cell) => cell.dots))) return true;
  return childrenOf(expr).some(hasDots);
}

const alwaysIndexed = new Set(["delta", "E", "e", "J"]);

function noteSubscripts(lowering: Lowering, symbol: SymbolExpr, subscripts: readonly Subscript[], bound: ReadonlySet<string>, letters: Map<string, { value: boolean }>, dots: boolean): void {
  if (!subscripts.length || shapeAnnotation(symbol)) return;
  const resolved = lowering.resolve(symbol);
  const standard = alwaysIndexed.has(symbol.name) && subscripts.every((subscript) => isIndexLetter(subscript) || subscript.expr.kind === "number");
  if (resolved && !resolved.indices.length && !resolved.family) return;
  if (!resolved && !standard) return noteUnknown(lowering, symbol, subscripts, bound, letters, dots);
  for (const subscript of subscripts) noteLetters(lowering, subscript, subscripts, bound, letters, dots);
}

/** A symbol that is nowhere declared: its letters are indices where they run elsewhere in the claim, or a sum of the text runs over its members. */
function noteUnknown(lowering: Lowering, symbol: SymbolExpr, subscripts: readonly Subscript[], bound: ReadonlySet<string>, letters: Map<string, { value: boolean }>, dots: boolean): void {
  const isSummed = runsIn(lowering.model, symbol) && subscripts.every(isIndexLetter);
  const running = subscripts.filter((subscript) => subscript.expr.kind === "symbol" && (isSummed || bound.has(taggedKey(subscript.expr)) || letters.has(taggedKey(subscript.expr))));
  if (!running.length && !(subscripts.length === 2 && subscripts.every(isIndexLetter))) return;
  for (const subscript of subscripts) noteLetters(lowering, subscript, subscripts, bound, letters, dots);
}

function noteLetters(lowering: Lowering, subscript: Subscript, siblings: readonly Subscript[], bound: ReadonlySet<string>, letters: Map<string, { value: boolean }>, dots: boolean): void {
  for (const symbol of symbolsIn(subscript.expr)) {
    const key = taggedKey(symbol);
    if (bound.has(key) || symbol.subscripts.length || lowering.binding(key) || isMemberName(lowering, subscript)) continue;
    if (lowering.resolve(symbol)?.entity.definition?.kind === "argmin") lowering.fail("unsupported", `${symbol.name} is where something is largest or smallest`, symbol);
    const isSize = lowering.model.table.sizeNames.has(key);
    const besideNumber = siblings.some((other) => other.expr.kind === "number");
    // `h_T` is the last of h_1, …, h_T.
    const last = /^[A-Z]$/.test(symbol.name);
    const value = isSize && (last || besideNumber || dots || subscript.expr.kind === "sum");
    if (!letters.has(key) || value) letters.set(key, { value });
  }
}

/** The two sides as one shape. A zero is a zero of any shape. */
export function reconcile(sides: Sides, claim: Claim): { left: Value; right: Value } {
  const { lowering } = sides;
  const { algebra, classes } = lowering;
  // Sizes found equal to one while the other side was read make numbers of 1×1 arrays.
  const [left, right] = [algebra.normal(sides.left), algebra.normal(sides.right)];
  if (right.literal?.[0] === 0) return { left, right: algebra.spread(right, left.shape) };
  if (left.literal?.[0] === 0) return { left: algebra.spread(left, right.shape), right };
  const fits = left.shape.length === right.shape.length && classes.attempt(() => left.shape.every((dim, axis) => algebra.isOne(dim) === algebra.isOne(right.shape[axis] as string) || loose(lowering, dim) || loose(lowering, right.shape[axis] as string)) && left.shape.every((dim, axis) => classes.unify(dim, right.shape[axis] as string)));
  if (!fits) throw new Failure("shape", `the left side is ${article(algebra.describe(left))}, the right side ${article(algebra.describe(right))}`, claim.right);
  return { left, right };
}

function loose(lowering: Lowering, dim: string): boolean {
  return lowering.classes.find(dim).startsWith("?");
}

function article(text: string): string {
  return text.startsWith("a ") ? text : `${/^(8|11|18)/.test(text) ? "an" : "a"} ${text} array`;
}

/** Arrays are proportional where aᵢ bⱼ = aⱼ bᵢ for all entries: the factor is whatever it is. */
function crossed({ left, right }: Pair, claim: Claim): Pair {
  if (left.shape.every((size) => size === 1)) throw new Failure("unsupported", "numbers are always proportional", claim.right);
  const rank = left.shape.length;
  const axes = Array.from({ length: 2 * rank }, (_, axis) => axis);
  const outer = (a: Term, b: Term): Term => contract([axes.slice(0, rank), axes.slice(rank)], axes, [a, b], [...a.shape, ...b.shape]);
  return { left: outer(left, right), right: outer(right, left) };
}

function decide(values: { left: Value; right: Value }, sides: Sides, claim: Claim, options: Options): Attempt {
  const { lowering } = sides;
  const free = mergeAxes([values.left, values.right]);
  const left = lowering.algebra.withFree(values.left, free);
  const right = lowering.algebra.withFree(values.right, free);
  let vague: Attempt | null = null;
  let equal: Attempt | null = null;
  let failure: Failure | null = null;
  let done = 0;
  for (let trial = 0; trial < assignments && done < sizeTrials; trial++) {
    const sizes = new Sizes(lowering.classes, trial);
    if (!fullRanksFit(lowering, sizes)) continue;
    let pairs: Pair[];
    let differentiates = false;
    const pairBy = (mode: Env["mode"]): Pair => {
      const env: Env = {
        size: sizes.of,
        get mode() {
          differentiates = true;
          return mode;
        },
        memo: new Map(),
      };
      const pair = masked(claim, free, env, { left: termOf(left, env), right: termOf(right, env) });
      return claim.proportional ? crossed(pair, claim) : pair;
    };
    try {
      const pair = pairBy("reverse");
      pairs = [pair, differentiates ? pairBy("forward") : pair];
    } catch (error) {
      if (!(error instanceof Failure) || error.kind !== "range") throw error;
      failure = error;
      continue;
    }
    const drawing: Drawing = { drawn: lowering.drawn, extra: options.extra ?? new Map() };
    const comparison = compare(pairs, { ...drawing, seed: `${claim.located.formula}:${claim.link}:${trial}`, zeroStated: sides.left.literal?.[0] === 0 || sides.right.literal?.[0] === 0 });
    const made: Attempt = { outcome: "compared", comparison, sides, sizes: sizes.named(), free, shape: claim.proportional ? [] : [...(pairs[0] as Pair).left.shape], pairs, drawing };
    if (comparison.status === "different" || (comparison.status === "undecided" && comparison.why === bothZero)) return made;
    if (comparison.status === "equal") {
      equal = made;
      done++;
      continue;
    }
    // Where nothing can be computed at these sizes (a Gram matrix with too few rows has no inverse), others may tell.
    vague = vague ?? made;
  }
  if (equal && (done === sizeTrials || !vague)) return equal;
  if (vague) return vague;
  throw failure ?? new Failure("unsupported", "no sizes fit", claim.right);
}

/** Full column rank needs at least as many rows as columns, full row rank the reverse. */
export function fullRanksFit(lowering: Lowering, sizes: Sizes): boolean {
  return [...lowering.drawn.values()].every(({ entity, shape }) => {
    if (!entity || shape.length !== 2) return true;
    const [rows, columns] = shape.map(sizes.of) as [number, number];
    if (entity.properties.has("fullColumnRank") || entity.properties.has("orthonormalColumns")) return rows >= columns;
    return !entity.properties.has("fullRowRank") || rows <= columns;
  });
}

/** Side conditions such as i ≠ j leave entries out on both sides, and so does ∂/∂h_{t-1} at the first t, which has none before it. */
export function masked(claim: Claim, free: readonly Axis[], env: Env, pair: Pair): Pair {
  let { left, right } = pair;
  for (const { letter, by } of shiftsIn(claim)) {
    const axis = free.findIndex(({ name }) => name.startsWith(`${letter}#`));
    if (axis < 0) continue;
    const n = env.size((free[axis] as Axis).range);
    const mask = constant([n], Array.from({ length: n }, (_, at) => (at + by >= 0 && at + by < n ? 1 : 0)));
    const apply = (term: Term): Term => {
      const labels = [...term.shape.keys()];
      return contract([[axis], labels], labels, [mask, term]);
    };
    [left, right] = [apply(left), apply(right)];
  }
  for (const note of claim.located.assertion.notes) {
    if (note.kind !== "relation" || note.relation.sides.length !== 2) continue;
    const [a, b] = note.relation.sides;
    const operator = note.relation.links[0]?.operator;
    if (a?.kind !== "symbol" || b?.kind !== "symbol" || (operator !== "\\neq" && operator !== "=")) continue;
    const [i, j] = [a, b].map((symbol) => free.findIndex((axis) => axis.name.startsWith(`${symbol.name}#`))) as [number, number];
    if (i < 0 || j < 0 || i === j) continue;
    const [n, m] = [env.size((free[i] as Axis).range), env.size((free[j] as Axis).range)];
    const entries = Array.from({ length: n * m }, (_, at) => ((Math.floor(at / m) === at % m) === (operator === "=") ? 1 : 0));
    const mask = constant([n, m], entries);
    const apply = (term: Term): Term => {
      const labels = [...term.shape.keys()];
      return contract([[i, j], labels], labels, [mask, term]);
    };
    [left, right] = [apply(left), apply(right)];
  }
  return { left, right };
}

/** The `t - 1` of what a claim differentiates, and of what it differentiates by. */
function shiftsIn({ left, right }: Claim): { letter: string; by: number }[] {
  const members = [left, right].flatMap(derivativesIn).flatMap(({ of, wrt }) => [of, ...wrt].flatMap((one) => (one.kind === "symbol" ? [one] : [])));
  return members.flatMap(({ subscripts }) => subscripts).flatMap(({ expr }) => {
    const [head, tail] = expr.kind === "sum" && expr.terms.length === 2 ? expr.terms : [];
    return head?.expr.kind === "symbol" && tail?.expr.kind === "number" ? [{ letter: head.expr.name, by: (tail.sign * tail.expr.numerator) / tail.expr.denominator }] : [];
  });
}

export { isScalar };
