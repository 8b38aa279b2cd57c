/**
 * What ties a symbol to other formulas: "is a function of $x$", "depends on
 * $t$", "the rows of $X$", "has rows $x_i^\top$", "in $\mathbb{R}^n$", "of
 * shape $(N, D)$".
 */
import type { Ahead } from "./ahead";
import { isArticle, isCopula } from "./ahead";
import { choose, described, hasSubject, type State } from "./clause-state";
import { factsOf, type Item } from "./items";
import { type RelationKey, relations } from "./meanings";
import type { MathInfo } from "./math";
import { sliceFact, type Telling } from "./telling";
import type { SymbolExpr } from "../expression/types";
import type { Fact, Part } from "./types";

/** What the reader of clauses shares with this. */
export interface Walk {
  readonly items: readonly Item[];
  readonly ahead: Ahead;
  readonly telling: Telling;
  state: State;
  /** Arguments of relations: no topics. */
  readonly taken: Set<number>;
  /** Descriptions before it are of the argument. */
  argumentUntil: number;
  /** Read already. */
  skipUntil: number;
  describe(item: Item, facts: readonly Fact[], at: number): void;
}

/** "$X$ has rows $x_i^\top$", "its columns are orthonormal", "the $i$-th row $x_i$ of $X$"; whether it was one of these. */
export function readPart(walk: Walk, item: Item, part: Part, at: number): boolean {
  const { state, items, ahead } = walk;
  const [owner] = state.targets.length ? state.targets : state.topics.slice(-1);
  if (ahead.isTopic(at + 1)) return readNamedPart(walk, item, part, at, owner);
  const of = items[at + 1];
  const [whole = -1] = of?.grammar.has("stop") && of.words.length <= 4 ? ahead.argumentsAfter(at + 1) : [];
  const matrix = ahead.isTopic(whole) ? items[whole]?.math : null;
  if (matrix) {
    walk.skipUntil = at + 1;
    return readSlices(walk, item, part, matrix, [whole], whole);
  }
  const verb = isCopula(of) || (of?.fact?.noun === false && state.mode === "predicate");
  if (!owner || !verb || state.stopped || (state.mode === "none" && !isArticle(items[at - 1]))) return item.fact === null;
  Object.assign(state, { mode: state.mode === "none" ? "apposed" : state.mode, part, broken: false, foreign: false });
  if (!state.targets.length) state.targets = [owner];
  return true;
}

/** A part with its symbol: "has rows $x_i^\top$", "where each row $x_i$", "the row $x_i$ of $X$". */
function readNamedPart({ state, items, telling }: Walk, item: Item, part: Part, at: number, owner: MathInfo | undefined): boolean {
  const opener = isArticle(items[at - 1]) ? items[at - 2] : items[at - 1];
  const belongs = (state.mode === "predicate" && !state.broken && !state.stopped) || opener?.grammar.has("with") || opener?.grammar.has("where");
  const whole = items[at + 2]?.grammar.has("stop") ? items[at + 3]?.math : null;
  const matrix = whole ?? (belongs ? owner : undefined);
  if (matrix?.subjects.length) telling.slices = { part, matrix };
  return matrix !== undefined || item.fact === null;
}

/** "$\\lambda$ is an eigenvalue of $A$", "an eigenvalue $\\lambda$ of $A$", "has a simple eigenvalue $\\lambda$"; whether the symbol or the matrix is named. */
export function readSpectrum(walk: Walk, item: Item, at: number): boolean {
  const { items, ahead, telling } = walk;
  const named = ahead.isTopic(at + 1);
  const stop = named ? at + 2 : at + 1;
  const [whole = -1] = items[stop]?.grammar.has("stop") ? ahead.argumentsAfter(stop) : [];
  const math = items[whole]?.math;
  const of = math?.expr ?? math?.subjects[0];
  if (!of && !named) return false;
  const facts = factsOf(item).map((fact): Fact => (fact.kind === "spectrum" ? { ...fact, of: of ?? null } : fact));
  if (named) telling.announce(at + 1, { facts, item: { ...item, fact: null }, negated: false });
  else if (hasSubject(walk.state)) telling.tell(walk.state, described(walk.state), facts, item);
  else return false;
  if (!of) return true;
  walk.taken.add(whole);
  walk.skipUntil = named ? walk.skipUntil : stop;
  walk.argumentUntil = whole;
  return true;
}

/** "for a scalar function $L$ of $Y$", "the loss $L$ of the outputs $o_1, \\dots, o_T$" */
export function readNamedLoss(walk: Walk, item: Item, at: number): boolean {
  const { items, ahead, telling } = walk;
  if (!/^(scalarFunction|scalarLoss|loss)$/.test(item.fact?.key ?? "") || !ahead.isTopic(at + 1) || items[at + 2]?.words !== "of" || !items[at + 1]?.math?.bare) return false;
  const list = ahead.argumentsAfter(at + 2);
  const fact = relationFact("scalarFunctionOf", list.map((i) => items[i]?.math as MathInfo));
  if (!fact) return false;
  telling.announce(at + 1, { facts: [...factsOf(item), fact], item: { ...item, fact: null }, negated: false });
  for (const i of list) walk.taken.add(i);
  walk.argumentUntil = Math.max(...list);
  return true;
}

/** Whether the phrase was a relation here. */
export function readRelation(walk: Walk, item: Item, key: RelationKey, at: number): boolean {
  const { make, side } = relations[key];
  if (make === "memberOf") return readMembership(walk, item, at);
  if (make === "shape") return readShape(walk, item, at);
  if (make === "ownGradient" || make === "ownJacobian" || make === "ownHessian") return readOwnDerivative(walk, item, ownDerivatives[make], at);
  if (make === "derivative" || make === "density") return readItsDerivative(walk, item, make === "density", at);
  const list = side === "after" ? walk.ahead.argumentsAfter(at) : argumentsBefore(walk, at);
  const maths = list.map((i) => walk.items[i]?.math as MathInfo);
  const [first] = maths;
  if (!first) return readBareRelation(walk, item, make, at);
  const after = side === "after" ? Math.max(...list) : at;
  if (make === "rows" || make === "columns" || make === "entries") return readSlices(walk, item, make, first, list, after);
  for (const i of list) walk.taken.add(i);
  walk.argumentUntil = side === "after" ? after : -1;
  const fact = relationFact(make, maths);
  if (!fact) return true;
  // What stands before "の関数" is no subject of it.
  const subject = hasSubject(walk.state) && !(side === "before" && described(walk.state).every((one) => maths.includes(one)));
  const ahead = side === "before" && !subject ? walk.ahead.forward(at) : -1;
  if (ahead >= 0) walk.telling.announce(ahead, { facts: [fact], item, negated: false });
  else if (subject) tellRelation(walk, item, key, fact);
  return true;
}

/** "depends" is a verb of its own: what follows it goes on being about its subject. */
function tellRelation({ state, telling }: Walk, item: Item, key: RelationKey, fact: Fact): void {
  const verb = key === "dependsOn" || key === "dependsOnBefore" || key === "minimizes" || key === "maximizes";
  if (verb && state.mode === "apposed") state.targets = choose(state.topics, /^(that |which )?(depends|varies|changes|is)\b/.test(item.words) ? "copulaOne" : /^(depend|vary|change)\b/.test(item.words) ? "copulaMany" : "copula");
  telling.tell(state, described(state), [fact], item);
  if (verb) state.mode = "predicate";
}

/** "a function of several variables": a function all the same. */
function readBareRelation(walk: Walk, item: Item, make: string, at: number): boolean {
  if (item.fact || item.part) return false;
  if (make === "functionOf" || make === "scalarFunctionOf") walk.describe(item, [{ kind: "role", role: make === "functionOf" ? "function" : "scalarFunction" }], at);
  walk.state.stopped = true;
  return true;
}

/** "$x_i$ is the $i$-th row of $X$", "the rows of $X$ are …" */
function readSlices(walk: Walk, item: Item, part: Part, matrix: MathInfo, list: readonly number[], after: number): boolean {
  const { state, telling, items } = walk;
  const next = items[after + 1];
  const [symbol] = matrix.subjects;
  for (const i of list) walk.taken.add(i);
  walk.argumentUntil = after;
  const predicate = isCopula(next) || next?.fact?.noun === false || (next?.math && !next.dims);
  // "$Y = HX$ centres the rows of $X$" makes no rows of Y.
  if (!hasSubject(state) || predicate || (state.apart && state.mode === "apposed" && !state.topics.every(({ bare }) => bare))) aboutPart(walk, part, matrix, after);
  else if (symbol) {
    const wholes = list.map((i) => items[i]?.math?.subjects[0]);
    const parts = described(state);
    // "$x_i$ and $y_i$ are the $i$-th rows of $X$ and $Y$": one of each.
    parts.forEach((one, i) => telling.tell(state, [one], [sliceFact(part, (wholes.length === parts.length ? wholes[i] : undefined) ?? symbol)], item));
  }
  return true;
}

/** "the rows of $X$": what comes next is about them. */
function aboutPart({ state, ahead, telling, items }: Walk, part: Part, matrix: MathInfo, after: number): void {
  if (ahead.isTopic(after + 1) || (isCopula(items[after + 1]) && ahead.isTopic(after + 2))) telling.slices = { part, matrix };
  telling.flush(false);
  Object.assign(state, { topics: [matrix], targets: [matrix], mode: "apposed", governed: false, apart: false, stopped: false, broken: false, foreign: false, part });
}

/** Formulas before a relation that stands after its arguments; those before the last are taken already. */
function argumentsBefore({ items, taken }: Walk, at: number): number[] {
  const found: number[] = [];
  for (let i = at - 1; i >= 0; i--) {
    const item = items[i] as Item;
    if (item.math) found.unshift(i);
    else if (!(found.length && (item.mark === "," || item.grammar.has("and")))) break;
    if (item.math && !taken.has(i)) break;
  }
  return found;
}

/** "$\\varphi$ its density", "its derivative $g$": of the function named before. */
function readItsDerivative(walk: Walk, item: Item, density: boolean, at: number): boolean {
  const { state, items, ahead, telling } = walk;
  const coming = ahead.isTopic(at + 1) && items[at + 1]?.math?.bare ? at + 1 : -1;
  const own = coming >= 0 ? items[coming]?.math : hasSubject(state) ? described(state)[0] : undefined;
  const before = items.slice(0, at).reverse().find(({ math }) => math && math.subjects.length > 0 && math !== own)?.math;
  const [of] = before?.subjects ?? [];
  if (!own?.bare || !of) return false;
  const description = { facts: [{ kind: "slopeOf" as const, of, density }], item, negated: false };
  if (coming >= 0) telling.announce(coming, description);
  else telling.add(own, description);
  return true;
}

const ownDerivatives = { ownGradient: "gradient", ownJacobian: "jacobian", ownHessian: "hessian" } as const;

/** "with Jacobian $J(x)$", "its Hessian is $H$": of the function named before. */
function readOwnDerivative({ items, telling }: Walk, item: Item, which: (typeof ownDerivatives)[keyof typeof ownDerivatives], at: number): boolean {
  const coming = items[at + 1]?.math ? at + 1 : isCopula(items[at + 1]) && items[at + 2]?.math ? at + 2 : -1;
  const own = items[coming]?.math;
  const before = items.slice(0, at).reverse().find(({ math }) => math && math.subjects.length === 1 && (math.applied || math.called || math.expr?.kind === "apply" || math.steps));
  const [of] = before?.math?.subjects ?? [];
  if (own?.subjects.length !== 1 || own.value || !of) return false;
  telling.announce(coming, { facts: [{ kind: "derivativeOf", which, of }], item, negated: false });
  return true;
}

/** "in" without a set is a preposition like others. */
function readMembership(walk: Walk, item: Item, at: number): boolean {
  const set = walk.items[at + 1]?.math?.set;
  if (set && walk.items[at + 2]?.words !== "to") {
    const fact: Fact = { kind: "memberOf", set };
    if (!tellSizes(walk, described(walk.state), fact, { ...item, fact: null }, at + 1)) walk.describe({ ...item, fact: null }, [fact], at);
    return true;
  }
  const only = !item.fact && !item.grammar.size;
  if (only) walk.state.stopped = true;
  return only;
}

function readShape(walk: Walk, item: Item, at: number): boolean {
  const next = walk.items[at + 1];
  const dims = next?.tuple ?? next?.dims ?? (next?.math?.size ? [next.math.size] : null);
  if (!dims) return false;
  if (next?.math) walk.taken.add(at + 1);
  const fact: Fact = { kind: "shape", dims };
  if (tellSizes(walk, described(walk.state), fact, { ...item, fact: null }, at + 1)) return true;
  if (walk.state.mode === "predicate" && walk.state.stopped && isPlacedOnly(walk.items, at)) walk.telling.tell(walk.state, described(walk.state), [fact], { ...item, fact: null });
  // A size is not of itself.
  else if (!next?.math || next.dims || next.tuple || walk.ahead.forward(at) !== at + 1) walk.describe({ ...item, fact: null }, [fact], at);
  return true;
}

/** "$x$ and $b$ are vectors of length $n$ and $m$", "in $\\mathbb{R}^n$ and $\\mathbb{R}^m$": one size for each, of which the first ends at `at`; whether there are more. */
export function tellSizes({ items, state, taken, telling }: Walk, targets: readonly MathInfo[], first: Fact, item: Item, at: number): boolean {
  const more = targets.length > 1 ? sizesBehind(items, at, first) : [];
  if (!more.length) return false;
  for (const i of more) taken.add(i);
  const sizes = [first, ...more.flatMap((i) => sizeOf(items[i], first) ?? [])];
  if (sizes.length === targets.length) targets.forEach((one, i) => telling.tell(state, [one], [sizes[i] as Fact], item));
  return true;
}

/** A size or a set, as one before it was. */
function sizeOf(item: Item | undefined, { kind }: Fact): Fact | null {
  const dims = item?.tuple ?? item?.dims ?? (item?.math?.size ? [item.math.size] : null);
  const set = item?.math?.set;
  if (kind === "memberOf") return set ? { kind, set } : null;
  return kind === "shape" && dims ? { kind, dims } : null;
}

/** The places of the sizes that go on a list; what something else is said of is none. */
function sizesBehind(items: readonly Item[], at: number, first: Fact): number[] {
  const isJoiner = (item: Item | undefined): boolean => item?.mark === "," || item?.grammar.has("and") === true;
  const found: number[] = [];
  for (let i = at + 1; isJoiner(items[i]); i++) {
    if (isJoiner(items[i + 1])) continue;
    const behind = items[i + 2];
    const isClosed = behind === undefined || behind.mark !== null || isJoiner(behind) || behind.grammar.has("respectively");
    if (!sizeOf(items[i + 1], first) || !isClosed) break;
    found.push(++i);
  }
  return found;
}

/** "$b$ is the bias vector of the first layer of shape $(H)$": words that place the noun of the predicate, and no other noun. */
function isPlacedOnly(items: readonly Item[], at: number): boolean {
  const isOther = (item: Item): boolean => item.math !== null || item.mark !== null || item.relation !== null || item.part !== null;
  let noun = at - 1;
  while (noun >= 0 && !items[noun]?.fact?.noun && !isOther(items[noun] as Item)) noun--;
  if (!items[noun]?.fact?.noun) return false;
  let verb = noun - 1;
  while (verb >= 0 && !isCopula(items[verb]) && !isOther(items[verb] as Item) && !items[verb]?.grammar.has("stop")) verb--;
  return isCopula(items[verb]);
}

function relationFact(make: string, maths: readonly MathInfo[]): Fact | null {
  if (make === "argmin" || make === "argmax") {
    const of = maths[0]?.expr ?? maths[0]?.value;
    return of ? { kind: "extremum", of, which: make } : null;
  }
  const symbols = maths.flatMap(({ subjects }) => subjects);
  if (!symbols.length) return null;
  switch (make) {
    case "functionOf":
    case "scalarFunctionOf":
      return { kind: "functionOf", arguments: symbols, scalar: make === "scalarFunctionOf" };
    case "cofactors":
    case "adjugate":
      return { kind: "cofactors", of: symbols[0] as SymbolExpr, adjugate: make === "adjugate" };
    case "gradient":
    case "jacobian":
    case "hessian":
      // "the Hessian of $-f$" is not that of f.
      if (maths[0]?.expr?.kind === "sum") return null;
      return { kind: "derivativeOf", which: make, of: symbols[0] as SymbolExpr };
    case "independentOf":
      return { kind: "independentOf", arguments: symbols };
    case "sameShape":
      return { kind: "sameShape", as: symbols };
    default:
      return null;
  }
}
